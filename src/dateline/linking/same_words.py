"""Statements -> links "same-words": one utterance told in two reports, quoted or put otherwise."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import pairwise

from dateline.linking.wording import names, shared_weight, stems, weigh
from dateline.model import Link, Report, Statement
from dateline.model import words as words_of

# A paraphrase keeps the rarer words of what was said. Set on our own pairs in
# tests/linking/test_same_words.py and by reading all links of the shared reports and of 300 KCNA
# stories; see docs/decisions.md.
_ENOUGH = 0.5
_FEWEST_RARE = 2.5  # shared weight, counted in words that no other report has; less is a topic
_UNKNOWN_ENOUGH = 0.7  # where the speaker of one of the two is not told
_VERBATIM = 5  # words in a row; shorter runs are turns of phrase
_VERBATIM_RARE = (
    1.5  # what the run must weigh, as above: "the missiles were launched from" is no quote
)
_VERBATIM_TOLD, _VERBATIM_TOLD_RARE = 7, 2.5  # where neither report marks the words as a quote
_DAYS_APART = 45  # a later paraphrase names its occasion; verbatim words may be quoted years after
_COMMON = 60  # a stem in more statements than this brings no candidates: it is the beat's own word

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Said:
    statement: Statement
    report: Report
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
    said = [_said(s, known[s.report], proper) for s in ordered]
    weights = _weights(said)
    groups = _same_text(said)
    first = [group[0] for group in groups]
    within = [frozenset(one.report.id for one in group) for group in groups]
    links = [
        _repeated(one, group[0]) for group in groups for one in group[1:] if _apart(one, group[0])
    ]
    for a, b in _candidates(first, within):
        if link := _compare(first[a], first[b], weights):
            links.append(link)
    return sorted(links, key=lambda link: (link.a, link.b))


def _said(statement: Statement, report: Report, proper: frozenset[str]) -> _Said:
    text = words_of(report.text, statement.content)
    found = stems(text)
    pairs = (f"{a} {b}" for a, b in pairwise(found) if not {a, b} <= proper)
    return _Said(
        statement=statement,
        report=report,
        words=tuple(_WORD.findall(text.casefold())),
        stems=frozenset(found) - proper,
        pairs=frozenset(pairs),
    )


def _weights(said: Sequence[_Said]) -> _Weights:
    """Rarity by how many reports hold a word; two are one, as a pair is what is looked for."""
    holders: dict[str, set[str]] = defaultdict(set)
    for one in said:
        for key in one.stems | one.pairs:
            holders[key].add(one.report.id)
    number = len({one.report.id for one in said}) + 1
    weigh = {key: math.log(number / max(1, len(ids) - 1)) for key, ids in holders.items()}
    return _Weights(weigh, weigh, math.log(number))


def _same_text(said: Sequence[_Said]) -> list[list[_Said]]:
    """Statements of the same words by the same speaker, the one with the smallest id first.

    Copies of a report repeat all its statements: they are linked to one of them, and only that one
    is compared with others.
    """
    groups: dict[tuple[str | None, tuple[str, ...]], list[_Said]] = defaultdict(list)
    for one in said:
        if one.stems:
            groups[one.statement.speaker, one.words].append(one)
    return list(groups.values())


def _repeated(one: _Said, first: _Said) -> Link:
    return Link("same-words", one.statement.id, first.statement.id, 1.0, ("The same words.",))


def _apart(one: _Said, two: _Said) -> bool:
    return one.report.id != two.report.id


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
    if shared < _VERBATIM_RARE:
        return None
    if not _run(one, two, weights)[1]:
        if _quoted_by_none(one, two):
            return None  # two paraphrases share a topic; nothing shows that they share the words
        if shared < _FEWEST_RARE or not _same_occasion(one, two):
            return None
    told = [(feature.weight, *feature.score(one, two, weights)) for feature in _FEATURES]
    score = min(1.0, sum(weight * value for weight, value, _ in told))
    if score < (_UNKNOWN_ENOUGH if None in speakers else _ENOUGH):
        return None
    a, b = sorted((one, two), key=_fullness)
    reasons = [detail for _, value, detail in told if value > 0 and detail]
    return Link("same-words", a.statement.id, b.statement.id, round(score, 3), tuple(reasons))


def _fullness(said: _Said) -> tuple[bool, int, str]:
    return said.statement.mode == "direct", len(said.words), said.statement.id


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
    least, rare = (_VERBATIM, _VERBATIM_RARE)
    if _quoted_by_none(one, two):
        least, rare = (_VERBATIM_TOLD, _VERBATIM_TOLD_RARE)
    heavy = weigh(set(stems(" ".join(run))) & one.stems, weights.words)
    enough = match.size >= least and heavy >= rare * weights.rarest
    return match.a, match.size if enough else 0


def _quoted_by_none(one: _Said, two: _Said) -> bool:
    return {one.statement.mode, two.statement.mode} == {"indirect"}


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"
