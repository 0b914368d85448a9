"""Statements -> links "same-words": one utterance told in two reports, quoted or put otherwise."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from dateline.linking.wording import rarity, shared_weight, stems
from dateline.model import Link, Report, Statement
from dateline.model import words as words_of

# A paraphrase keeps the rarer words of what was said. Set on our own pairs in
# tests/linking/test_same_words.py and on the five shared reports; see docs/decisions.md.
_ENOUGH = 0.5
_FEWEST_SHARED = 3  # content stems; two shared words are a topic, not an utterance
_UNKNOWN_ENOUGH = 0.7  # where the speaker of one of the two is not told
_VERBATIM = 5  # words in a row, two of them content words; shorter runs are turns of phrase
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
    words: Mapping[str, float]
    pairs: Mapping[str, float]


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
    ordered = sorted(statements, key=lambda s: s.id)
    said = [one for s in ordered if s.report in known for one in [_said(s, known[s.report])]]
    weights = _Weights(rarity(s.stems for s in said), rarity(s.pairs for s in said))
    links = (_compare(said[a], said[b], weights) for a, b in _candidates(said))
    return sorted((link for link in links if link), key=lambda link: (link.a, link.b))


def _said(statement: Statement, report: Report) -> _Said:
    text = words_of(report.text, statement.content)
    found = stems(text)
    return _Said(
        statement=statement,
        report=report,
        words=tuple(_WORD.findall(text.casefold())),
        stems=frozenset(found),
        pairs=frozenset(f"{a} {b}" for a, b in itertools.pairwise(found)),
    )


def _candidates(said: Sequence[_Said]) -> list[tuple[int, int]]:
    """Pairs that share enough stems that are not the beat's common words, or a rare pair of stems."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(said):
        for key in one.stems | one.pairs:
            holders[key].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for key in sorted(holders):
        group = holders[key]
        if 1 < len(group) <= _COMMON:
            for i, a in enumerate(group):
                for b in group[i + 1 :]:
                    if said[a].report.id != said[b].report.id:
                        shared[a, b] += 1
    return sorted(pair for pair, count in shared.items() if count >= 2)


def _compare(one: _Said, two: _Said, weights: _Weights) -> Link | None:
    if len(one.stems & two.stems) < _FEWEST_SHARED:
        return None
    speakers = {one.statement.speaker, two.statement.speaker}
    if len(speakers - {None}) > 1 or speakers == {None}:
        return None
    if one.statement.negated != two.statement.negated:
        return None
    verbatim = _longest_run(one, two) >= _VERBATIM
    if not verbatim and not _same_occasion(one, two):
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
    start, length = _run(one, two)
    if length < _VERBATIM:
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


def _run(one: _Said, two: _Said) -> tuple[int, int]:
    match = SequenceMatcher(None, one.words, two.words, autojunk=False).find_longest_match()
    run = one.words[match.a : match.a + match.size]
    return match.a, match.size if len(stems(" ".join(run))) >= 2 else 0


def _longest_run(one: _Said, two: _Said) -> int:
    return _run(one, two)[1]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"
