"""Statements -> links "same-words": one utterance told in two reports, quoted or put otherwise."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

from dateline.linking.wording import names, shared_weight, stems, weigh
from dateline.model import Link, Report, Statement
from dateline.model import words as words_of

# A paraphrase keeps the rarer words of what was said. Set on our own pairs in
# tests/linking/test_same_words.py and by reading the links of the shared reports and of KCNA's
# 714 stories, whose house phrases ("to defend the sovereignty, security and interests of the
# state") stand in statement after statement; see docs/decisions.md. Weights are counted in words
# that no third report has, which makes them the same for small records and large.
_ENOUGH = 0.5
_TOPIC = 2.5  # what a paraphrase must share at the least; less is a topic
_RUN, _RUN_WEIGHT = 5, 1.5  # a run of quoted words; shorter or lighter ones are turns of phrase
_PLAIN_RUN, _PLAIN_RUN_WEIGHT = (
    7,
    2.5,
)  # where neither marks the words as a quote, or a speaker is not told
_DAYS_APART = 45  # a later paraphrase names its occasion; verbatim words may be quoted years after
_COMMON = 60  # a stem in more statements than this brings no candidates: it is the beat's own word
_SHORT = 4  # stems; a sentence with fewer is read with the next one

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")


@dataclass(frozen=True, slots=True)
class _Said:
    """One sentence of a statement's content. Long statements share words by chance; sentences do not."""

    statement: Statement
    report: Report
    length: int
    words: tuple[str, ...]
    stems: frozenset[str]
    pairs: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Weights:
    """How much a word or pair says. Names say nothing: "the United States, South Korea and Japan"
    stand in row after row of a beat. `rarest` is the weight of a word that no third report has."""

    words: Mapping[str, float]
    pairs: Mapping[str, float]
    rarest: float


@dataclass(frozen=True, slots=True)
class _Feature:
    score: Callable[[_Said, _Said, _Weights], tuple[float, str]]
    weight: float


def find_same_words(statements: Sequence[Statement], reports: Sequence[Report]) -> list[Link]:
    """The pairs of statements in different reports that tell one utterance, in order of ids.

    `b` is the fuller of the two: a direct quote before a paraphrase, then the longer. Both have
    one speaker; where a report does not tell the speaker, the words must be closer.
    """
    known = {report.id: report for report in reports}
    ordered = [s for s in sorted(statements, key=lambda s: s.id) if s.report in known]
    proper = names(words_of(known[s.report].text, s.content) for s in ordered)
    groups = _same_text([_said(s, known[s.report], proper) for s in ordered])
    weights = _weights([said for group in groups for sentences in group for said in sentences])
    links = [link for group in groups for link in _repeated(group, weights)]
    first = [said for group in groups for said in group[0]]
    within = [frozenset(s[0].report.id for s in group) for group in groups for _ in group[0]]
    best: dict[tuple[str, str], Link] = {}
    for a, b in _candidates(first, within):
        link = _compare(first[a], first[b], weights)
        if link:
            known_link = best.get((link.a, link.b), link)
            best[link.a, link.b] = max(link, known_link, key=lambda one: one.score)
    return sorted([*links, *best.values()], key=lambda link: (link.a, link.b))


_Sentences = list[_Said]


def _said(statement: Statement, report: Report, proper: frozenset[str]) -> _Sentences:
    """The statement's sentences, with their content words but for names; empty ones left out."""
    text = words_of(report.text, statement.content)
    found: _Sentences = []
    for sentence in _sentences(text):
        content = stems(sentence)
        pairs = (f"{a} {b}" for a, b in pairwise(content) if not {a, b} <= proper)
        said = _Said(
            statement=statement,
            report=report,
            length=len(text),
            words=tuple(_WORD.findall(sentence.casefold())),
            stems=frozenset(content) - proper,
            pairs=frozenset(pairs),
        )
        if said.stems:
            found.append(said)
    return found


def _sentences(text: str) -> list[str]:
    """The sentences of `text`, short ones together with what follows.

    >>> _sentences("No. We defend allies and old partners. Sea lanes stay open to free trade.")
    ['No. We defend allies and old partners.', 'Sea lanes stay open to free trade.']
    """
    found, held = [], ""
    for sentence in _SENTENCE_END.split(text):
        held = f"{held} {sentence}".strip()
        if len(stems(held)) >= _SHORT:
            found.append(held)
            held = ""
    if held and found:
        found[-1] = f"{found[-1]} {held}"
    return found or ([held] if held else [])


def _weights(said: Sequence[_Said]) -> _Weights:
    """Rarity by how many reports hold a word; two are one, as a pair is what is looked for."""
    holders: dict[str, set[str]] = defaultdict(set)
    for one in said:
        for key in one.stems | one.pairs:
            holders[key].add(one.report.id)
    number = len({one.report.id for one in said}) + 1
    weigh = {key: math.log(number / max(1, len(ids) - 1)) for key, ids in holders.items()}
    return _Weights(weigh, weigh, math.log(number))


def _same_text(said: Sequence[_Sentences]) -> list[list[_Sentences]]:
    """Statements of the same words by the same speaker, the one with the smallest id first.

    Copies of a report repeat all its statements: they are linked to one of them, and only that one
    is compared with others.
    """
    groups: dict[tuple[object, ...], list[_Sentences]] = defaultdict(list)
    for sentences in said:
        if sentences:
            text = tuple(one.words for one in sentences)
            groups[sentences[0].statement.speaker, text].append(sentences)
    return list(groups.values())


def _repeated(group: Sequence[_Sentences], weights: _Weights) -> Iterator[Link]:
    """Links to the first of statements of the same words, if they say enough: "thanks" does not."""
    first = group[0][0]
    all_stems = {stem for said in group[0] for stem in said.stems}
    needed = _RUN_WEIGHT if first.statement.mode != "indirect" else _TOPIC
    if weigh(all_stems, weights.words) < needed * weights.rarest:
        return
    for other in group[1:]:
        if other[0].report.id != first.report.id:
            yield Link(
                "same-words", other[0].statement.id, first.statement.id, 1.0, ("The same words.",)
            )


def _candidates(first: Sequence[_Said], within: Sequence[frozenset[str]]) -> list[tuple[int, int]]:
    """Pairs that share stems or pairs of stems that are not the beat's common words.

    Two texts that stand in one report, or in a copy of it, are two utterances, or one inside the
    other: they are not retold there.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(first):
        for key in one.stems | one.pairs:
            holders[key].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for key in sorted(holders):
        group = holders[key]
        if 1 < len(group) <= _COMMON:
            for i, a in enumerate(group):
                for b in group[i + 1 :]:
                    shared[a, b] += 1
    return sorted((a, b) for (a, b), n in shared.items() if n >= 2 and not within[a] & within[b])


def _compare(one: _Said, two: _Said, weights: _Weights) -> Link | None:
    speakers = {one.statement.speaker, two.statement.speaker}
    if len(speakers - {None}) > 1 or one.statement.negated != two.statement.negated:
        return None
    shared = weigh(one.stems & two.stems, weights.words) / weights.rarest
    if shared < _RUN_WEIGHT:
        return None
    if not _run(one, two, weights)[1]:
        if None in speakers or _quoted_by_none(one, two):
            return None  # they share a topic; nothing shows that they share the words
        if shared < _TOPIC or not _same_occasion(one, two):
            return None
    told = [(feature.weight, *feature.score(one, two, weights)) for feature in _FEATURES]
    score = min(1.0, sum(weight * value for weight, value, _ in told))
    if score < _ENOUGH:
        return None
    a, b = sorted((one, two), key=_fullness)
    reasons = [detail for _, value, detail in told if value > 0 and detail]
    return Link("same-words", a.statement.id, b.statement.id, round(score, 3), tuple(reasons))


def _fullness(said: _Said) -> tuple[bool, int, str]:
    return said.statement.mode == "direct", said.length, said.statement.id


def _same_occasion(one: _Said, two: _Said) -> bool:
    """Whether both can be of one time: the stated times meet, and the reports are weeks apart."""
    a, b = one.statement.made, two.statement.made
    if a.latest and b.earliest and _days(a.latest, b.earliest) > 1:
        return False
    if b.latest and a.earliest and _days(b.latest, a.earliest) > 1:
        return False
    first, second = one.report.published.earliest, two.report.published.earliest
    return not (first and second) or abs(_days(first, second)) <= _DAYS_APART


def _days(first: str, second: str) -> int:
    return (date.fromisoformat(second[:10]) - date.fromisoformat(first[:10])).days


# --------------------------------------------------------------------------- features


def _same_speaker(one: _Said, two: _Said, weights: _Weights) -> tuple[float, str]:
    """One speaker in both reports."""
    same = one.statement.speaker == two.statement.speaker
    return (1.0, "Both have the same speaker.") if same else (0.0, "")


def _shared_words(one: _Said, two: _Said, weights: _Weights) -> tuple[float, str]:
    """The rarer words of the shorter statement stand in the other."""
    share = shared_weight(one.stems, two.stems, weights.words)
    return share, f"{share:.0%} of the shorter one's content stands in the other too."


def _shared_pairs(one: _Said, two: _Said, weights: _Weights) -> tuple[float, str]:
    """Content words stand side by side in both."""
    if not one.pairs & two.pairs:
        return 0.0, ""
    share = shared_weight(one.pairs, two.pairs, weights.pairs)
    return share, f"They share {_count(len(one.pairs & two.pairs), 'pair')} of neighbouring words."


def _shared_run(one: _Said, two: _Said, weights: _Weights) -> tuple[float, str]:
    """A run of words stands in both, word for word."""
    start, length = _run(one, two, weights)
    if not length:
        return 0.0, ""
    return (
        1.0,
        f"The same {length} words in a row: “{' '.join(one.words[start : start + length])}”.",
    )


_FEATURES = (
    _Feature(_same_speaker, 0.1),
    _Feature(_shared_words, 0.7),
    _Feature(_shared_pairs, 0.3),
    _Feature(_shared_run, 0.4),
)


def _run(one: _Said, two: _Said, weights: _Weights) -> tuple[int, int]:
    """Where the longest run of words that both have starts in `one`, and its length; 0 where it is
    too short or too common to be more than a turn of phrase."""
    match = SequenceMatcher(None, one.words, two.words, autojunk=False).find_longest_match()
    run = one.words[match.a : match.a + match.size]
    least, rare = (_RUN, _RUN_WEIGHT)
    if _quoted_by_none(one, two) or None in (one.statement.speaker, two.statement.speaker):
        least, rare = (_PLAIN_RUN, _PLAIN_RUN_WEIGHT)
    heavy = weigh(set(stems(" ".join(run))) & one.stems, weights.words)
    enough = match.size >= least and heavy >= rare * weights.rarest
    return match.a, match.size if enough else 0


def _quoted_by_none(one: _Said, two: _Said) -> bool:
    return {one.statement.mode, two.statement.mode} == {"indirect"}


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"
