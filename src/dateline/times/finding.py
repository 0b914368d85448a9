"""Report, Analysis -> list[Time]: reads each paragraph and decides what each time leans on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from dateline import lexicon
from dateline.model import Analysis, Report, Sentence, Span, Time
from dateline.times.forms import grain_of, has_anchor, resolve
from dateline.times.grammar import readings
from dateline.times.lexer import CLASSES, Word, read_words
from dateline.times.reading import Reading
from dateline.times.tense import Grammar, Tense

_BOUNDS: Final[Mapping[str, str]] = lexicon.load("times")["bounds"]


def find_times(report: Report, analysis: Analysis, *, stretches: bool = True) -> list[Time]:
    """The times that the report's words name, in text order, `words` the span of each.

    Relative words are resolved against `report.published` where that is known and stay relative
    where it is not; "two days later" leans on the last date that the story has named. The clock
    of the machine is never asked. With `stretches` false the two dates of "from July 5 to 7 August"
    or "two days after July 5" are two times, as TIMEX3 marks them, and not one.

        On Monday it fired two missiles.                 Mon<, published-anchored
        Since the start of 2022 it has fired 100.        2022-01-01 to publication
        A few days later it fired more.                  some day from two to nine days after that
    """
    story = _Story(report, analysis)
    times: list[Time] = []
    for number, (start, end) in enumerate(_paragraphs(analysis.sentences)):
        words, classes = read_words(report.text, start, end)
        found = readings(words, story.grammar.without_names(words, classes))
        for reading in _joined(_with_day_ahead(found, words), words, stretches):
            place = number, _is_quoted(report.text, start, words[reading.first].start)
            time = story.time(reading, words, place)
            if time is not None:
                times.append(time)
    return times


def _paragraphs(sentences: Sequence[Sentence]) -> list[Span]:
    spans: dict[int, Span] = {}
    for sentence in sentences:
        start, end = spans.get(sentence.paragraph, (sentence.start, sentence.end))
        spans[sentence.paragraph] = min(start, sentence.start), max(end, sentence.end)
    return sorted(spans.values())


def _is_quoted(text: str, start: int, at: int) -> bool:
    """Whether the place is within quotation marks that its paragraph opened."""
    straight = text.count('"', start, at) % 2 == 1
    return straight or text.count("“", start, at) > text.count("”", start, at)


# --------------------------------------------------------------------------- joining neighbours

_BETWEEN_CLOCK_AND_DAY: Final = frozenset(
    ("", ",", "on", "at", "of", "in", "in the", ", on", "the", "on the", "of the")
)
_COUNTING: Final = {"after": "+", "from": "+", "before": "-"}
_LENGTH: Final = re.compile(r"P(\d+)([DWMY])")


def _joined(found: Sequence[Reading], words: Sequence[Word], stretches: bool) -> list[Reading]:
    """The readings with a time of day and its day as one, and "from A to B" as one if wanted."""
    out: list[Reading] = []
    for reading in found:
        joined = None
        if out:
            gap = " ".join(w.lower for w in words[out[-1].last : reading.first])
            joined = _clock_and_day(out[-1], reading, gap)
            if stretches and joined is None:
                joined = _range(out[-1], reading, gap, words) or _counted_from(
                    out[-1], reading, gap, words
                )
        if joined:
            out[-1] = joined
        else:
            out.append(reading)
    return [reading for reading in out if not reading.weak]


def _with_day_ahead(found: Sequence[Reading], words: Sequence[Word]) -> list[Reading]:
    """The readings, each time of day given the day that its sentence names only after it.

    "At 10:35 a.m. (0735 GMT) Friday": but where a day stands before, that is the day.
    """
    out = list(found)
    for at, reading in enumerate(found):
        if reading.lean != "day" or reading.weak:
            continue
        if any(_is_day(r) and _one_sentence(r, reading, words) for r in found[:at]):
            continue
        ahead = (r for r in found[at + 1 :] if _is_day(r) and _one_sentence(reading, r, words))
        day = next(ahead, None)
        if day is not None and day.first > reading.last + 1:
            out[at] = replace(reading, form=f"{day.form}{_clock_steps(reading)}", lean=day.lean)
    return out


def _one_sentence(a: Reading, b: Reading, words: Sequence[Word]) -> bool:
    return not any(word.text in (".", "!", "?") for word in words[a.last : b.first])


def _clock_and_day(a: Reading, b: Reading, gap: str) -> Reading | None:
    """ "10 p.m. Wednesday", "Friday evening", "Friday (July 21) at 8:24 a.m. local time"."""
    if gap not in _BETWEEN_CLOCK_AND_DAY:
        return None
    if a.lean == "day" and _is_day(b):
        return replace(b, first=a.first, form=f"{b.form}{_clock_steps(a)}")
    if b.lean == "day" and _is_day(a):
        return replace(a, last=b.last, form=f"{a.form}{_clock_steps(b)}")
    return None


def _range(a: Reading, b: Reading, gap: str, words: Sequence[Word]) -> Reading | None:
    """ "From July 5 to August 3", "between 2017 and 2019", "March-May 2021" as one stretch."""
    before = words[a.first - 1].lower if a.first else ""
    if not (
        gap in ("-", "–", "—", "through", "thru")
        or (before == "from" and gap in CLASSES["to"])
        or (before == "between" and gap in ("and", "to"))
    ):
        return None
    forms = []
    for reading in (a, b):
        if reading.form is None or reading.timex or reading.lean or _is_stretch(reading.form):
            return None
        if _is_clock_in(reading.form):
            return None
        forms.append(reading.form)
    first, last = forms
    if last[0].isdigit() and _NO_YEAR.fullmatch(first):
        first = f"{last[:4]} {first.split()[1][:-1]}="  # the end's year is the start's too
    return replace(a, last=b.last, form=f"{first}..{last}")


def _counted_from(a: Reading, b: Reading, gap: str, words: Sequence[Word]) -> Reading | None:
    """ "Two days after July 5", "a week from Monday" as one date; not "two trading days after"."""
    if gap not in _COUNTING or a.timex is None or a.form is not None or b.form is None:
        return None
    length = _LENGTH.fullmatch(a.timex[1])
    if length is None or b.timex or b.lean or _is_stretch(b.form) or _is_clock_in(b.form):
        return None
    if any(word.lower in CLASSES["workdays"] for word in words[a.first : a.last]):
        return None
    step = f"{_COUNTING[gap]}{length[1]}{length[2].lower()}"
    return replace(b, first=a.first, form=f"{b.form} {step}")


def _is_stretch(form: str) -> bool:
    return ".." in form


def _is_day(reading: Reading) -> bool:
    form = reading.form
    if form is None or reading.timex or reading.lean == "day":
        return False
    return grain_of(form) == "day" and not _is_clock_in(form)


def _is_clock_in(form: str) -> bool:
    return _without_clock(form) != form


def _is_clock(step: str) -> bool:
    return step[0] == "@" or (step[0] == "T" and step[:3] not in ("Tue", "Thu"))


def _clock_steps(reading: Reading) -> str:
    """The steps that say the time of day, with a space before each."""
    return "".join(f" {step}" for step in (reading.form or "").split() if _is_clock(step))


def _without_clock(form: str) -> str:
    return " ".join(step for step in form.split() if not _is_clock(step))


# --------------------------------------------------------------------------- the story so far

# A day or a month without a year.
_NO_YEAR: Final = re.compile(r"published (?:M\d\d|\d\d-\d\d)\?")
# A step to which the tense must give a side; the "?" of "..?" between two points is not one.
_UNDECIDED: Final = re.compile(r"(?:[A-Za-z]\w*|\d\d-\d\d)\?")
_WEEKDAY_STEP: Final = re.compile(r"Mon|Tue|Wed|Thu|Fri|Sat|Sun")
_COUNTED: Final = re.compile(r"context (day|week|weekend|month|quarter|year)[+-]")
_GRAINS: Final = (
    "day", "week", "weekend", "month", "quarter", "season", "half", "year", "decade", "century",
)  # fmt: skip
# After "the nine months", "a year earlier" is no longer a year before the last quarter named.
_LONGER_THAN_QUARTER: Final = frozenset(("P6M", "P9M", "P1Y"))
# A paragraph's number, and whether the place is within quotation marks.
_Place = tuple[int, bool]
# "Two days later" leans on a date of its own paragraph or the one before: further off, what it is
# counted from is rather something that the story has told without a date.
_FURTHEST_PARAGRAPH: Final = 1


class _Story:
    """What the times of one report lean on: its publication, and the dates it has named."""

    def __init__(self, report: Report, analysis: Analysis) -> None:
        self.grammar = Grammar(analysis)
        self._published = report.published
        self._last: tuple[str, _Place] | None = None  # the form of the last date, and its place
        self._quarter: str | None = None  # the form of the last quarter
        self._year: tuple[str, _Place] | None = None  # the last full date's year

    def time(self, reading: Reading, words: Sequence[Word], place: _Place) -> Time | None:
        """The time of the reading, settled; None where it turns out to be none."""
        span = words[reading.first].start, words[reading.last - 1].end
        if reading.lean == "rate" and self.grammar.is_rate(span):
            return None
        if reading.lean == "adverb" and not self.grammar.is_adverb(span):
            return None
        kind, value = reading.timex or (None, None)
        if reading.form is None:
            if value in _LONGER_THAN_QUARTER:
                self._quarter = None
            return Time(words=span, timex_type=kind, timex_value=value)
        form, from_story = self._leaning(reading, place)
        form = self._sided(form, span, words, reading.first)
        bounded = form if reading.timex else self._bounded(form, span, words, reading)
        time = resolve(f"{bounded} | {kind} {value}" if kind else bounded, self._published)
        if reading.lean != "comparison" and kind is None:
            self._remember(form, place)
        if from_story and time.basis in ("stated", "published-anchored"):
            time = replace(time, basis="context-anchored")
        return replace(time, words=span)

    # ----------------------------------------------------------------------- what a form leans on

    def _leaning(self, reading: Reading, place: _Place) -> tuple[str, bool]:
        """The form with what it leans on put in, and whether that is the story."""
        form = reading.form or ""
        last = self._last_told(place)
        match reading.lean:
            case "day" if last and grain_of(last) == "day":
                return f"{last}{_clock_steps(reading)}", True
            case "month" if last and grain_of(last) in ("day", "month"):
                return f"{last} month+0 {form.split()[-1].rstrip('?')}=", True
            case "quarter" if self._quarter:
                return self._quarter, True
            case "comparison" if self._quarter:
                return f"{self._quarter} -1y", True
            case "likewise" if self._quarter and (name := re.search(r" Q\d", self._quarter)):
                return f"{form}{name[0]}=", True
            case "story" | "either" | "comparison" if last and "context" in form:
                return _from_story(form, last), True
            case "either" | "comparison":
                return form.replace("context", "published"), False
        if year := self._year_told(form, place):
            return form.replace("published", year).replace("?", "="), True
        if "context" in form and last and not reading.lean:
            return _from_story(form, last), True
        return form, False

    def _year_told(self, form: str, place: _Place) -> str | None:
        """The year that the paragraph gave, for a day or month without one: "In 2021 ... in May".

        Only where publication is unknown: on half of TimeBank, where it is known, the nearest
        such day was the right one each time that the two differed.
        """
        if has_anchor(self._published) or self._year is None or not _NO_YEAR.fullmatch(form):
            return None
        return self._year[0] if self._year[1] == place else None

    def _last_told(self, place: _Place) -> str | None:
        """The form of the last date, if near: what is quoted leans on what is quoted with it."""
        if self._last is None:
            return None
        form, (paragraph, quoted) = self._last
        near = place[0] - paragraph <= _FURTHEST_PARAGRAPH
        return form if near and quoted == place[1] else None

    def _remember(self, form: str, place: _Place) -> None:
        if _is_stretch(form) or "context" in form:
            return
        if grain_of(form) == "quarter":
            self._quarter = form
        self._last = _without_clock(form), place
        self._year = (form[:4], place) if form[:4].isdigit() else None

    # ----------------------------------------------------------------------- sides and bounds

    def _sided(self, form: str, span: Span, words: Sequence[Word], at: int) -> str:
        """The form with a side for each step that the tense must decide."""
        if not _UNDECIDED.search(form):
            return form
        tense = self.grammar.tense(span, words, at)
        return _UNDECIDED.sub(lambda match: _with_side(match[0][:-1], tense), form)

    def _bounded(self, form: str, span: Span, words: Sequence[Word], reading: Reading) -> str:
        """The form as the preposition before it bounds it: "since 2022", "until Friday"."""
        before = words[reading.first - 1] if reading.first else None
        if before is None or before.lower not in _BOUNDS or _is_stretch(form):
            return form
        after = words[reading.last].lower if reading.last < len(words) else ""
        if not self.grammar.is_object(span, before, after):
            return form
        return _BOUNDS[before.lower].format(form)


def _from_story(form: str, last: str) -> str:
    """The form counted from the story's last date, from both its ends where that is coarser.

    "Two days later" after "last week" is some day from Wednesday to the Tuesday after.
    """
    low, _, high = form.partition("..")
    unit = _COUNTED.match(high.lstrip("?") or low)
    grain = grain_of(last)
    if unit and grain and _GRAINS.index(grain) > _GRAINS.index(unit[1]):
        high = (high or f"?{low}").replace("context", f"{last} end")
        return f"{low.replace('context', last)}..{high}"
    return form.replace("context", last)


def _with_side(step: str, tense: Tense | None) -> str:
    """The step with its side: weekdays are past unless told; dates are near, past ones behind."""
    if step == "weekend":
        return "weekend-1" if tense == "past" else "weekend+0"
    if _WEEKDAY_STEP.match(step):
        return f"{step}>" if tense == "future" else f"{step}<"
    if tense == "past":
        return f"{step}<~"
    return f"{step}>~" if tense == "future" and step[0] != "Q" else f"{step}~"
