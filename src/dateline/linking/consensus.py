"""Mentions of one thing -> the Event: what they agree on, and side by side what they do not."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeVar

from dateline.linking.intervals import Days, days_of, time_of
from dateline.model import (
    Count,
    Disagreement,
    Event,
    Mention,
    Place,
    Report,
    Status,
    Time,
    content_id,
)

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")

_ROUGH_KM = 150.0  # seas and stretches of coast; sites, cities and their waters are below
_NEAR_KM = 30.0  # a city and the base outside it

# What is said to have happened outranks what is only said to be so.
_STATUS_RANK: tuple[Status, ...] = (
    "occurred",
    "ongoing",
    "alleged",
    "denied",
    "planned",
    "conditional",
    "called-for",
)


@dataclass(frozen=True, slots=True)
class _Votes:
    """Which origin tells what: an origin has one voice, however many reports carry it."""

    origins: Mapping[str, str]

    def most(
        self, mentions: Sequence[Mention], key: Callable[[Mention], _K]
    ) -> list[tuple[_K, int]]:
        """The values of `key` with the number of origins that tell each, most first."""
        told: dict[_K, set[str]] = defaultdict(set)
        for mention in mentions:
            told[key(mention)].add(self.origin(mention))
        return sorted(
            ((value, len(who)) for value, who in told.items()), key=lambda v: (-v[1], str(v[0]))
        )

    def origin(self, mention: Mention) -> str:
        return self.origins.get(mention.report, mention.report)


def agree(
    mentions: Sequence[Mention],
    reports: Mapping[str, Report],
    origins: Mapping[str, str],
    reasons: Iterable[str] = (),
) -> Event:
    """The event that `mentions` tell, with what their origins agree on and what they do not.

    `origins` names the origin of each report. A field has a value where more than half of the
    origins that tell it can be right at once; else it is left open, or as wide as they are apart.
    """
    ordered = sorted(mentions, key=lambda m: m.id)
    votes = _Votes(_voices({m.report for m in ordered}, reports, origins))
    when, when_differs = _when(ordered, votes)
    counts, counts_differ = _counts(ordered, votes)
    place, place_differs = _place(ordered, votes)
    status, status_differs = _status(ordered, votes)
    kinded = [m for m in ordered if m.desk_kind] or ordered
    kind = max(votes.most(kinded, lambda m: m.desk_kind), key=lambda v: (len(v[0] or ""), v[1]))[0]
    of_kind = [m for m in kinded if m.desk_kind == kind]
    differ = [*when_differs, *place_differs, *counts_differ, *status_differs]
    return Event(
        id=content_id("ev", ordered[0].id),
        type=votes.most(of_kind, lambda m: m.type)[0][0],
        desk_kind=kind,
        source=_parties([m.source for m in ordered]),
        target=_parties([m.target for m in ordered]),
        when=when,
        place=place,
        counts=counts,
        status=status,
        mentions=tuple(m.id for m in ordered),
        reports=tuple(sorted({m.report for m in ordered})),
        origins=len({votes.origin(m) for m in ordered}),
        disagreements=tuple(differ),
        reasons=tuple(reasons),
    )


def _voices(
    ids: Iterable[str], reports: Mapping[str, Report], origins: Mapping[str, str]
) -> dict[str, str]:
    """Whose voice each report is: its origin, or what several origins have in common.

    An agency or an outlet that tells of a launch in two stories does not bear itself out: where all
    reports of an origin credit one wire, that wire is the voice; where all are one outlet's own, it is.
    """
    carried: dict[str, list[Report]] = defaultdict(list)
    for id in sorted(ids):
        carried[origins.get(id, id)].append(reports[id])
    voices: dict[str, str] = {}
    for origin, held in carried.items():
        wires, outlets = {report.wire for report in held}, {report.outlet for report in held}
        voice = origin
        if len(wires) == 1 and held[0].wire:
            voice = f"wire:{held[0].wire}"
        elif wires == {None} and len(outlets) == 1 and held[0].outlet:
            voice = f"outlet:{held[0].outlet}"
        voices |= {report.id: voice for report in held}
    return voices


def _parties(told: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The actors that at least half of the mentions name, of those that name any; most named first."""
    named = [set(actors) for actors in told if actors]
    number = Counter(actor for actors in named for actor in actors)
    enough = [actor for actor in number if number[actor] * 2 >= len(named)]
    return tuple(sorted(enough, key=lambda actor: (-number[actor], actor)))


_Same = Callable[[_V, _V], bool]


def _sides(
    field: str, told: Sequence[tuple[_V, Mention]], shown: Callable[[_V], str], same: _Same[_V]
) -> list[Disagreement]:
    """What the reports in `told` differ on, if two of them have nothing that can be the `same`.

    One report that names the launch site in one line and the sea in another differs with nobody.
    """
    by_report: dict[str, list[_V]] = defaultdict(list)
    values: dict[str, set[str]] = defaultdict(set)
    for value, mention in told:
        by_report[mention.report].append(value)
        values[shown(value)].add(mention.id)
    sides = sorted({tuple(v) for v in by_report.values()}, key=str)
    apart = any(
        not any(same(one, two) for one in a for two in b) for a, b in combinations(sides, 2)
    )
    if not apart or len(values) < 2:
        return []
    ordered = sorted(values.items(), key=lambda v: (-len(v[1]), v[0]))
    return [Disagreement(field, tuple((value, tuple(sorted(ids))) for value, ids in ordered))]


# --------------------------------------------------------------------------- when


def _when(mentions: Sequence[Mention], votes: _Votes) -> tuple[Time, list[Disagreement]]:
    told = [(m, days_of(m.when)) for m in mentions if m.when.earliest or m.when.latest]
    if not told:
        return replace(mentions[0].when, words=None) if len(mentions) == 1 else Time(), []
    common = _common(days for _, days in told)
    if common:
        return _time(common, [m.when for m, _ in told]), []
    dated = [(m, days) for m, days in told if not days.open]
    told_days = [(days, m) for m, days in dated]
    differ = _sides("when", told_days, lambda d: time_of(d, "stated").edtf or "..", Days.meets)
    backed = votes.most([m for m, _ in dated], lambda m: days_of(m.when))
    best, number = backed[0]
    if number * 2 > len({votes.origin(m) for m, _ in dated}):
        return _time(best, [m.when for m, _ in dated]), differ
    hull = Days(min(d.first for _, d in dated), max(d.last for _, d in dated))
    return _time(hull, [m.when for m, _ in dated]), differ


def _common(stretches: Iterable[Days]) -> Days | None:
    common: Days | None = None
    for days in stretches:
        common = days if common is None else common.common(days)
        if common is None:
            return None
    return common


def _time(days: Days, told: Sequence[Time]) -> Time:
    """The Time of `days`: a mention's own where one says just that, without its words."""
    same = [time for time in told if days_of(time) == days]
    if same:
        best = min(same, key=lambda t: (_BASES.index(t.basis), t.edtf or ""))
        return replace(best, words=None, relative=None)
    narrowest = min(told, key=lambda t: (days_of(t).length, _BASES.index(t.basis)))
    return time_of(days, narrowest.basis)


_BASES = ("stated", "published-anchored", "context-anchored", "linked", "unresolved")


# --------------------------------------------------------------------------- how many


def _counts(
    mentions: Sequence[Mention], votes: _Votes
) -> tuple[tuple[Count, ...], list[Disagreement]]:
    by_head: dict[str, list[tuple[Mention, Count]]] = defaultdict(list)
    for mention in mentions:
        for count in mention.counts:
            by_head[count_head(count)].append((mention, count))
    agreed, differ = [], []
    for head in sorted(by_head):
        told = by_head[head]
        words = [(count_words(count), mention) for mention, count in told]
        differ += _sides("count", words, str, str.__eq__)
        best = _agreed_count(told, votes)
        if best:
            agreed.append(best)
    return tuple(agreed), differ


def count_head(count: Count) -> str:
    """What is counted, by its last word in the singular ("ballistic missiles" are missiles)."""
    last = (count.what.casefold().split() or [""])[-1]
    if last.endswith(("ches", "shes", "sses", "xes")):
        return last[:-2]
    if last.endswith("ies") and len(last) > 4:
        return f"{last[:-3]}y"
    return last[:-1] if last.endswith("s") and not last.endswith("ss") and len(last) > 3 else last


def _heads(head: str) -> str:
    """The plural of a singular head: launches, companies, missiles."""
    if head.endswith(("ch", "sh", "ss", "x")):
        return f"{head}es"
    if head.endswith("y") and head[-2:-1] not in tuple("aeiou"):
        return f"{head[:-1]}ies"
    return f"{head}s"


def _agreed_count(told: Sequence[tuple[Mention, Count]], votes: _Votes) -> Count | None:
    """The most exact count that follows from what more than half of the origins say, or None.

    From "two" and "three" follows "several", and from "32" follows "at least 23"; but that nobody
    contradicts "32" is no reason to take it.
    """
    voices: dict[tuple[float, float], set[str]] = defaultdict(set)
    shown: dict[tuple[float, float], Count] = {}
    for mention, count in sorted(told, key=lambda t: (t[1].what, t[1].words, t[0].id)):
        voices[_range(count)].add(votes.origin(mention))
        shown.setdefault(_range(count), count)
    everyone = {voice for held in voices.values() for voice in held}
    for span in sorted(shown, key=lambda span: (span[1] - span[0], -span[0], span[1])):
        inside = [o for o in voices if span[0] <= o[0] and o[1] <= span[1]]
        apart = [o for o in voices if not _ranges_meet(span, o)]
        backers = {voice for other in inside for voice in voices[other]}
        against = {voice for other in apart for voice in voices[other]}
        if len(backers - against) * 2 > len(everyone):
            return shown[span]
    return None


_TOLERANCE = 0.15  # "about 10" agrees with 9 and 11; a reader takes it so


def counts_agree(a: Count, b: Count) -> bool:
    """Whether both can be right: their ranges meet, "about" being taken with some tolerance."""
    return _ranges_meet(_range(a), _range(b))


def _ranges_meet(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[0] <= b[1] and b[0] <= a[1]


def _range(count: Count) -> tuple[float, float]:
    """The least and the most that the count leaves open."""
    if count.value is not None and count.min is None and count.max is None:
        slack = max(1.0, count.value * _TOLERANCE) if count.approx else 0.0
        return count.value - slack, count.value + slack
    several = count.value is None and count.min is None and count.max is None
    low = count.min if count.min is not None else 2.0 if several else float("-inf")
    return low, count.max if count.max is not None else float("inf")


def count_words(count: Count) -> str:
    """
    The count in words, by its head: what reports differ on is the number, not the adjectives.

    >>> count_words(Count("cruise missiles", None, 2, None, True, (0, 1)))
    'several missiles'
    >>> count_words(Count("missile", 23, 23, None, True, (0, 1)))
    'at least 23 missiles'
    """
    head = count_head(count)
    if count.value is None and count.max is None and (count.min is None or count.min <= 2):
        number = "several"
    elif count.min is not None and count.max is None:
        number = f"at least {count.min:g}"
    elif count.max is not None and count.min is None:
        number = f"at most {count.max:g}"
    elif count.value is None:
        number = f"{count.min:g} to {count.max:g}"
    else:
        number = f"about {count.value:g}" if count.approx else f"{count.value:g}"
    return f"{number} {head}" if number in ("1", "about 1") else f"{number} {_heads(head)}"


# --------------------------------------------------------------------------- where, and whether


def _place(mentions: Sequence[Mention], votes: _Votes) -> tuple[Place | None, list[Disagreement]]:
    told = [m for m in mentions if m.place]
    if not told:
        return None, []
    differ = _sides("place", [(m.place, m) for m in told if m.place], _place_name, near)
    by_name: dict[str, Place] = {}
    for mention in told:
        if mention.place:
            by_name.setdefault(mention.place.name, mention.place)
    name, number = votes.most(told, lambda m: m.place.name if m.place else "")[0]
    agreed = number * 2 > len({votes.origin(m) for m in told}) or len(by_name) == 1
    return (by_name[name] if agreed else None), differ


def _status(mentions: Sequence[Mention], votes: _Votes) -> tuple[Status, list[Disagreement]]:
    differ = _sides("status", [(m.status, m) for m in mentions], str, _same_status)
    return min((m.status for m in mentions), key=_STATUS_RANK.index), differ


def _place_name(place: Place) -> str:
    return place.name


def _same_status(a: Status, b: Status) -> bool:
    return a == b or {a, b} == {"occurred", "ongoing"}


def near(a: Place, b: Place) -> bool:
    """Whether both can be told of one event: the same name, points closer than both are rough, or
    a site and a stretch of sea: missiles go up at the one and come down in the other."""
    if a.name == b.name or _rough(a) != _rough(b):
        return True
    apart = kilometres(a, b)
    return apart is not None and apart <= (a.radius_km or 0.0) + (b.radius_km or 0.0) + _NEAR_KM


def _rough(place: Place) -> bool:
    return place.radius_km is not None and place.radius_km > _ROUGH_KM


def kilometres(a: Place, b: Place) -> float | None:
    """The distance between the two points, None where one has none.

    >>> round(kilometres(Place("Sohae", 39.66, 124.7), Place("Punggye-ri", 41.28, 129.09)))
    413
    """
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat_a, lon_a, lat_b, lon_b = (math.radians(v) for v in (a.lat, a.lon, b.lat, b.lon))
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
