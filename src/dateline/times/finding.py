"""Report, Analysis -> list[Time]: reads each paragraph and decides what each time leans on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dateline.model import Analysis, Basis, Report, Sentence, Time, Token
from dateline.times.forms import grain_of, has_anchor, resolve
from dateline.times.grammar import Reading, readings
from dateline.times.lexer import (
    ABBREVIATED,
    AMBIGUOUS,
    BEFORE_MONTH,
    FUTURE_CUES,
    NOTHING,
    PAST_CUES,
    PLANS,
    Word,
    classes_of,
    read_words,
)


def find_times(report: Report, analysis: Analysis) -> list[Time]:
    """The times that the report's words name, in text order, `words` the span of each.

    >>> from dateline.model import Report
    """
    if not analysis.sentences:
        return []
    story = _Story(report, analysis)
    times: list[Time] = []
    for start, end in _paragraphs(analysis.sentences):
        words, classes = read_words(report.text, start, end)
        classes = story.without_names(words, classes)
        for reading in _joined(readings(words, classes), words):
            time = story.time(reading, words)
            if time is not None:
                times.append(time)
    return times


def _paragraphs(sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for sentence in sentences:
        start, end = spans.get(sentence.paragraph, (sentence.start, sentence.end))
        spans[sentence.paragraph] = (min(start, sentence.start), max(end, sentence.end))
    return sorted(spans.values())


# --------------------------------------------------------------------------- joining neighbours

_BETWEEN_CLOCK_AND_DAY: Final = frozenset(
    ("", ",", "on", "at", "of", "in", "in the", ", on", "the", "on the", "local time", "- -")
)


def _joined(found: Sequence[Reading], words: Sequence[Word]) -> list[Reading]:
    """The readings with a time of day and its day as one, and "from A to B" as one."""
    out: list[Reading] = []
    for reading in found:
        if out:
            gap = " ".join(w.lower for w in words[out[-1].last : reading.first])
            joined = _clock_and_day(out[-1], reading, gap)
            if joined:
                out[-1] = joined
                continue
        out.append(reading)
    return [r for r in out if not r.weak]


def _clock_and_day(a: Reading, b: Reading, gap: str) -> Reading | None:
    if gap not in _BETWEEN_CLOCK_AND_DAY:
        return None
    first, last = a.first, b.last
    if a.lean == "day" and _is_day(b):
        return Reading(first, last, b.form + _clock_steps(a), b.lean)
    if b.lean == "day" and _is_day(a):
        return Reading(first, last, a.form + _clock_steps(b), a.lean)
    return None


def _is_day(reading: Reading) -> bool:
    return (
        grain_of(reading.form) == "day"
        and not _has_clock(reading.form)
        and " | " not in reading.form
        and reading.lean != "day"
    )


def _clock_steps(reading: Reading) -> str:
    """The steps of the form that say the time of day, with a space before each."""
    return "".join(f" {s}" for s in reading.form.split() if _is_clock(s))


# --------------------------------------------------------------------------- the story so far


class _Story:
    """What the times of one report lean on: its publication, and the dates it has named."""

    def __init__(self, report: Report, analysis: Analysis) -> None:
        self._text = report.text
        self._published = report.published
        self._dated = has_anchor(report.published)
        self._analysis = analysis
        self._starts = [t.start for t in analysis.tokens]
        self._people = {
            t.start
            for e in analysis.entities
            if e.label == "PERSON"
            for t in analysis.tokens[e.first : e.last]
        }
        self._last: str | None = None  # the last date's form
        self._quarter: str | None = None

    def without_names(self, words: Sequence[Word], classes: str) -> str:
        """The class string with months and weekdays that are names or verbs here taken out."""
        chars = list(classes)
        for i, word in enumerate(words):
            if word.lower in AMBIGUOUS and not self._is_month_or_day(words, classes, i):
                chars[i] = NOTHING
        return "".join(chars)

    def _is_month_or_day(self, words: Sequence[Word], classes: str, i: int) -> bool:
        word = words[i]
        after = classes_of(classes[i + 1]) if i + 1 < len(words) else frozenset()
        if not word.text[0].isupper() or (word.text.isupper() and len(word.text) > 1 and "dayno" not in after):
            return False
        if word.text.endswith("."):
            return True
        far = classes_of(classes[i + 2]) if i + 2 < len(words) else frozenset()
        if "dayno" in after or "year" in after:
            return True
        if word.lower in ABBREVIATED:
            return "comma" in after and bool({"dayno", "month"} & far)
        if "comma" in after and "year" in far:
            return True
        if self._is_person(word):
            return False
        before = classes_of(classes[i - 1]) if i else frozenset()
        if {"dayno", "month"} & before or {"ordinal"} & before:
            return True
        return bool(before & BEFORE_MONTH)

    def _is_person(self, word: Word) -> bool:
        return word.start in self._people

    def time(self, reading: Reading, words: Sequence[Word]) -> Time | None:
        span = (words[reading.first].start, words[reading.last - 1].end)
        form, from_story = self._leaning(reading)
        if _UNDECIDED.search(form):
            form = self._sided(form, span, words[reading.first - 1].lower if reading.first else "")
        if form.startswith("none"):
            kind, _, value = form.partition(" | ")[2].partition(" ")
            return Time(words=span, timex_type=kind, timex_value=value)  # type: ignore[arg-type]
        time = resolve(form, self._published)
        basis: Basis = time.basis
        if from_story and basis in ("stated", "published-anchored"):
            basis = "context-anchored"
        if reading.lean not in ("yearago", "published quarter", "story quarter"):
            self._remember(form)
        return replace(time, words=span, basis=basis)

    def _leaning(self, reading: Reading) -> tuple[str, bool]:
        form, lean = reading.form, reading.lean
        if lean == "day":
            if self._last and grain_of(self._last) == "day":
                return f"{_without_clock(self._last)}{_clock_steps(reading)}", True
            return form, False
        if lean == "month":
            if self._last and grain_of(self._last) in ("day", "month"):
                return f"{self._last} month+0 {form.split()[-1].rstrip('?')}=", True
            return form, False
        if "quarter" in lean or lean in ("yearago", "yearperiod"):
            if self._quarter:
                if lean == "quarter":
                    return self._quarter, True
                if lean == "yearperiod":
                    name = re.search(r" Q[1-4]", self._quarter)
                    return (f"{form}{name[0]}=" if name else form), False
                return f"{self._quarter} -1y", True
            if form.startswith("context"):
                form = form.replace("context", self._last or "published")
            return form, False
        if "context" in form:
            if self._last and " | " not in self._last:
                return form.replace("context", self._last), True
            if lean == "either":
                return form.replace("context", "published"), False
        return form, False

    def _remember(self, form: str) -> None:
        if " | " in form or ".." in form or "context" in form:
            return
        grain = grain_of(form)
        if grain == "quarter":
            self._quarter = form
        self._last = _without_clock(form)

    def _sided(self, form: str, span: tuple[int, int], before: str) -> str:
        tense = self._tense(span, before)
        return _UNDECIDED.sub(lambda match: _with_side(match[0][:-1], tense), form)

    def _tense(self, span: tuple[int, int], before: str) -> str | None:
        """The tense of the verb on which the words hang: past, present, future or None."""
        if before in FUTURE_CUES:
            return "future"
        if before in PAST_CUES:
            return "past"
        tokens = self._analysis.tokens
        index = bisect_left(self._starts, span[0])
        if index >= len(tokens):
            return None
        while index < len(tokens) and tokens[index].end <= span[1]:
            if not span[0] <= tokens[tokens[index].head].start < span[1]:
                break
            if tokens[index].head == index:
                break
            index += 1
        index = min(index, len(tokens) - 1)
        seen = 0
        while seen < 12:
            token = tokens[index]
            if token.pos in ("VERB", "AUX"):
                return self._verb_tense(index)
            if token.head == index:
                return None
            index = token.head
            seen += 1
        return None

    def _verb_tense(self, index: int) -> str | None:
        tokens = self._analysis.tokens
        token = tokens[index]
        helpers = [tokens[c] for c in self._analysis.children[index] if tokens[c].dep in ("aux", "auxpass")]
        lemmas = {h.text.lower() for h in helpers}
        if lemmas & {"will", "shall", "'ll", "’ll", "wo", "can", "may", "should", "must"}:
            return "future"
        if "to" in lemmas and token.tag == "VB":
            head = tokens[token.head]
            if head.lemma in PLANS or token.dep in ("relcl", "acl"):
                return "future"
            return self._verb_tense(token.head) if token.head != index and head.pos in ("VERB", "AUX") else None
        if any(h.tag == "VBD" for h in helpers) or token.tag == "VBD":
            return "past"
        if token.tag == "VBN":
            if any(h.lemma in ("have", "be") and h.tag in ("VBP", "VBZ") for h in helpers):
                return "past"
            return "past"
        if token.tag in ("VBZ", "VBP"):
            return "present"
        if token.tag == "VBG" and any(h.tag in ("VBZ", "VBP") for h in helpers):
            return "present"
        if token.dep in ("conj", "advcl", "xcomp", "pcomp") and token.head != index:
            head = tokens[token.head]
            if head.pos in ("VERB", "AUX"):
                return self._verb_tense(token.head)
        return None


# A step that the tense must give a side, but not the "..?" between two points.
_UNDECIDED: Final = re.compile(r"(?:[A-Za-z]\w*|\d\d-\d\d)\?")


def _with_side(step: str, tense: str | None) -> str:
    if step == "weekend":
        return "weekend-1" if tense == "past" else "weekend+0"
    if step[:3] in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"):
        return f"{step}>" if tense == "future" else f"{step}<"
    if tense == "past":
        return f"{step}<~"
    return f"{step}>~" if tense == "future" and step[0] != "Q" else f"{step}~"


def _has_clock(form: str) -> bool:
    return any(_is_clock(s) for s in form.split())


def _is_clock(step: str) -> bool:
    return step[0] == "@" or (step[0] == "T" and step[:3] not in ("Tue", "Thu"))


def _without_clock(form: str) -> str:
    return " ".join(s for s in form.split() if not _is_clock(s))
