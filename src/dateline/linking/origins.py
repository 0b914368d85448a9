"""Reports and links -> origins: the independent voices behind the reports.

Two reports share an origin when one is a copy or a revision of the other, when one names the
other, or its outlet, as what it is based on, or when both credit one wire and tell the same story in like words.
A credit alone is not enough: an agency sends many stories a day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from dateline.lexicon import load
from dateline.linking.copies import address
from dateline.linking.house_form import filled_anew
from dateline.linking.wording import rarity, runs, shared_weight, stems, story_words
from dateline.model import Desk, Link, Report, content_id

# A rewrite of a wire story keeps its rare words and some runs of words; two stories of one agency
# on one beat share its common words only. Set on our own rewrites in tests/linking.
_LIKE_WORDS = 0.6
_LIKE_RUNS = 0.08
# A thorough rewrite: more rare words, fewer runs. Who says whose report it hands on needs less: in the
# gold set's dev part such pairs share .50 and more, reports of one event by two voices .50 and less (.35
# where no wire is behind them).
_MUCH_LIKE_WORDS, _FEW_RUNS = 0.7, 0.03
_LIKE_CREDITED = 0.45
_RUN = 4
_PHRASE = (
    40  # a run of words in more reports than this is a turn of phrase, or its reports are copies
)
_DAYS_APART = 4  # a wire story is taken up within days


@dataclass(frozen=True, slots=True)
class Origin:
    """An independent voice: the reports that carry it, and why they are taken for one."""

    id: str
    reports: tuple[str, ...]
    reasons: tuple[str, ...]


def find_origins(reports: Sequence[Report], links: Sequence[Link], desk: Desk) -> dict[str, Origin]:
    """The origin of each report, by the report's id.

    The id of an origin is a hash of the smallest id among its reports, whatever their order.
    """
    known = {report.id: report for report in reports}
    joined = _Joined(known)
    lengths = {id: len(story_words(report)) for id, report in known.items()}
    for link in sorted(links, key=lambda link: (link.kind, link.a, link.b)):
        if link.a in known and link.b in known and _one_voice(link, lengths):
            joined.join(link.a, link.b, f"{_NOUNS[link.kind]}: {' '.join(link.reasons)}")
    _join_based_on(known, joined)
    _join_wires(known, joined, desk)
    _join_credited(known, joined, desk)
    return _origins(known, joined, desk)


_NOUNS = {"copy": "Copy", "revision": "Revision", "origin": "Same origin"}
# A short text that stands whole inside a longer one makes them one voice only where it is a good
# part of it: BBC's explaining boxes stand in a dozen of its reports, as a quarter of each.
_PART = 1 / 3


def _one_voice(link: Link, lengths: Mapping[str, int]) -> bool:
    if link.kind in ("revision", "origin"):
        return True
    if link.kind != "copy":
        return False
    shorter, longer = sorted((lengths[link.a], lengths[link.b]))
    return link.score * shorter >= _PART * longer


class _Joined:
    """Union-find that keeps the smallest id as the root and remembers why."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.parent = {id: id for id in ids}
        self.reasons: list[tuple[str, str]] = []

    def root(self, id: str) -> str:
        while self.parent[id] != id:
            self.parent[id] = self.parent[self.parent[id]]
            id = self.parent[id]
        return id

    def join(self, a: str, b: str, why: str) -> None:
        self.reasons.append((a, why))
        low, high = sorted((self.root(a), self.root(b)))
        self.parent[high] = low


def _join_based_on(known: Mapping[str, Report], joined: _Joined) -> None:
    by_source: dict[str, list[str]] = defaultdict(list)
    for id in sorted(known):
        report = known[id]
        for url in {address(report.url), address(report.based_on)} - {None}:
            assert url is not None
            by_source[url].append(id)
    for ids in by_source.values():
        for id in ids[1:]:
            if known[id].based_on or known[ids[0]].based_on:
                joined.join(ids[0], id, "The page names the story that it is based on.")


# --------------------------------------------------------------------------- wires


def _join_wires(known: Mapping[str, Report], joined: _Joined, desk: Desk) -> None:
    wires = _outlet_wires(desk)
    by_wire: dict[str, list[str]] = defaultdict(list)
    own: dict[str, set[str]] = defaultdict(set)
    for id in sorted(known):
        itself = wires.get((known[id].outlet or "").casefold())
        if wire := known[id].wire or itself:
            by_wire[wire].append(id)
            if wire == itself:
                own[wire].add(id)
    for wire, ids in sorted(by_wire.items()):
        if len(ids) > len(own[wire]):
            _join_alike(wire, ids, own[wire], known, joined)


def _outlet_wires(desk: Desk) -> dict[str, str]:
    return {
        name.casefold(): outlet.wire
        for outlet in desk.outlets
        if outlet.wire
        for name in (outlet.name, *outlet.aliases)
    }


def _join_alike(
    wire: str, ids: list[str], own: set[str], known: Mapping[str, Report], joined: _Joined
) -> None:
    words = {id: story_words(known[id]) for id in ids}
    word_runs = {id: runs(words[id], _RUN) for id in ids}
    content = {id: frozenset(stems(" ".join(words[id]))) for id in ids}
    weights = rarity(content.values())
    for (a, b), shared in sorted(_shared_runs(word_runs).items()):
        if (a in own and b in own) or joined.root(a) == joined.root(b):
            continue
        if not _near_in_time(known[a], known[b]):
            continue
        part = shared / min(len(word_runs[a]), len(word_runs[b]))
        if part < _FEW_RUNS:
            continue
        share = shared_weight(content[a], content[b], weights)
        least = _LIKE_WORDS if part >= _LIKE_RUNS else _MUCH_LIKE_WORDS
        if share >= least and not filled_anew(known[a], known[b]):
            why = (
                f"Both credit {wire}, and {share:.0%} of the rarer words of one stand in the other."
            )
            joined.join(a, b, why)


def _shared_runs(word_runs: Mapping[str, set[str]]) -> dict[tuple[str, str], int]:
    """How many runs of words each pair of reports shares, the agency's turns of phrase left out."""
    holders: dict[str, list[str]] = defaultdict(list)
    for id in sorted(word_runs):
        for run in word_runs[id]:
            holders[run].append(id)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for held in holders.values():
        if 1 < len(held) <= _PHRASE:
            for pair in combinations(held, 2):
                shared[pair] += 1
    return shared


def _near_in_time(a: Report, b: Report) -> bool:
    """Whether they came out within days of each other; one without a date is near to all."""
    first, second = a.published.latest, b.published.latest
    if first is None or second is None:
        return True
    apart = date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])
    return abs(apart.days) <= _DAYS_APART


# --------------------------------------------------------------------------- outlets that are credited


def _join_credited(known: Mapping[str, Report], joined: _Joined, desk: Desk) -> None:
    """Joins a report that says whose report it hands on to the one of that outlet that it is most like."""
    own: dict[str, list[str]] = defaultdict(list)
    for id in sorted(known):
        own[_plain(known[id].outlet)].append(id)
    called = _called(own, desk)
    credited = {id: _credited(known[id], called) for id in sorted(known)}
    if not any(credited.values()):
        return
    content = {id: frozenset(stems(" ".join(story_words(r)))) for id, r in known.items()}
    weights = rarity(content.values())
    for id, outlets in credited.items():
        for outlet in sorted(outlets - {_plain(known[id].outlet)}):
            shares = [
                (shared_weight(content[id], content[other], weights), other)
                for other in own[outlet]
                if _taken_up(known[id], known[other])
            ]
            share, other = max(shares, key=lambda s: (s[0], s[1]), default=(0.0, id))
            if share >= _LIKE_CREDITED:
                name = known[other].outlet
                why = f"It credits {name}, and {share:.0%} of the rarer words of one stand in the other."
                joined.join(id, other, why)


def _plain(name: str | None) -> str:
    return " ".join((name or "").casefold().removeprefix("the ").split())


def _called(own: Iterable[str], desk: Desk) -> dict[str, str]:
    """The outlets whose reports are here, by all the names that the desk knows for them."""
    here = {name: name for name in own if name}
    aliases = {
        _plain(alias): name
        for outlet in desk.outlets
        for name in {_plain(n) for n in (outlet.name, *outlet.aliases)} & set(here)
        for alias in (outlet.name, *outlet.aliases)
    }
    return aliases | here


def _credited(report: Report, called: Mapping[str, str]) -> set[str]:
    """The outlets that the report's own words name as the source of it, title and notes too."""
    text = " ".join(report.text.casefold().split())
    named = sorted(name for name in called if name in text)
    return {
        called[name]
        for name in named
        for form in load("linking")["credits"]
        if re.search(rf"\b{form.format(name=re.escape(name))}(?!\w)", text)
    }


def _taken_up(report: Report, source: Report) -> bool:
    """Whether it can have been taken from the other: days later, or of unknown date."""
    first, second = source.published.earliest, report.published.latest
    if first and second and second[:10] < first[:10]:
        return False
    return _near_in_time(report, source)


# --------------------------------------------------------------------------- what comes out


def _origins(known: Mapping[str, Report], joined: _Joined, desk: Desk) -> dict[str, Origin]:
    groups: dict[str, list[str]] = defaultdict(list)
    for id in sorted(known):
        groups[joined.root(id)].append(id)
    reasons: dict[str, list[str]] = defaultdict(list)
    for id, why in joined.reasons:
        reasons[joined.root(id)].append(why)
    found: dict[str, Origin] = {}
    for root, ids in groups.items():
        told = tuple(sorted(set(reasons[root]))) or (_alone(known[ids[0]], desk),)
        origin = Origin(content_id("or", root), tuple(ids), told)
        found |= dict.fromkeys(ids, origin)
    return found


def _alone(report: Report, desk: Desk) -> str:
    voices = {o.name: o for o in desk.outlets if o.voice}
    if report.outlet in voices and voices[report.outlet].state:
        return f"{report.outlet}'s own report: a state agency speaks for its state."
    if report.wire:
        return f"It credits {report.wire}; no other report here carries that story."
    return "No other report here carries its words or its credit."
