"""Mentions of one thing -> the Event: what they agree on, and side by side what they do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dateline.linking.intervals import Days, days_of, time_of
from dateline.model import Count, Disagreement, Event, Mention, Place, Status, Time, content_id

_K = TypeVar("_K", bound=Hashable)

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
    mentions: Sequence[Mention], origins: Mapping[str, str], reasons: Iterable[str] = ()
) -> Event:
    """The event that `mentions` tell, with what their origins agree on and what they do not.

    `origins` names the origin of each report. A field has a value where more than half of the
    origins that tell it can be right at once; else it is left open, or as wide as they are apart.
    """
    ordered = sorted(mentions, key=lambda m: m.id)
    votes = _Votes(origins)
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
        reasons=tuple(sorted(set(reasons))),
    )


def _parties(told: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The actors that at least half of the mentions name, of those that name any; most named first."""
    named = [set(actors) for actors in told if actors]
    number = Counter(actor for actors in named for actor in actors)
    enough = [actor for actor in number if number[actor] * 2 >= len(named)]
    return tuple(sorted(enough, key=lambda actor: (-number[actor], actor)))


def _sides(field: str, told: Sequence[tuple[str, str]]) -> list[Disagreement]:
    """What `told` (value, mention id) differ on, if they do."""
    values: dict[str, list[str]] = defaultdict(list)
    for value, mention in told:
        if mention not in values[value]:
            values[value].append(mention)
    if len(values) < 2:
        return []
    sides = sorted(values.items(), key=lambda v: (-len(v[1]), v[0]))
    return [Disagreement(field, tuple((value, tuple(sorted(ids))) for value, ids in sides))]


# --------------------------------------------------------------------------- when


def _when(mentions: Sequence[Mention], votes: _Votes) -> tuple[Time, list[Disagreement]]:
    told = [(m, days_of(m.when)) for m in mentions if m.when.earliest or m.when.latest]
    if not told:
        return replace(mentions[0].when, words=None) if len(mentions) == 1 else Time(), []
    common = _common(days for _, days in told)
    if common:
        return _time(common, [m.when for m, _ in told]), []
    dated = [(m, days) for m, days in told if not days.open]
    differ = _sides("when", [(m.when.edtf or _edtf(days), m.id) for m, days in dated])
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


def _edtf(days: Days) -> str:
    return time_of(days, "stated").edtf or ".."


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
        differ += _sides("count", [(_count_words(count), m.id) for m, count in told])
        best = _agreed_count(told, votes)
        if best:
            agreed.append(best)
    return tuple(agreed), differ


def count_head(count: Count) -> str:
    """What is counted, by its last word in the singular ("ballistic missiles" are missiles)."""
    words = count.what.casefold().split() or [""]
    last = words[-1]
    return last[:-1] if last.endswith("s") and not last.endswith("ss") and len(last) > 3 else last


def _agreed_count(told: Sequence[tuple[Mention, Count]], votes: _Votes) -> Count | None:
    """The most exact count that more than half of the origins can agree with, or None."""
    everyone = {votes.origin(m) for m, _ in told}
    exact = sorted((c for _, c in told), key=lambda c: (c.value is None, c.approx, c.words, c.what))
    best: tuple[int, Count] | None = None
    for count in exact:
        backers = {votes.origin(m) for m, other in told if counts_agree(count, other)}
        against = {votes.origin(m) for m, other in told if not counts_agree(count, other)}
        backing = len(backers - against)
        if backing * 2 > len(everyone) and (best is None or backing > best[0]):
            best = (backing, count)
    return best[1] if best else None


_TOLERANCE = 0.15  # "about 10" agrees with 9 and 11; a reader takes it so


def counts_agree(a: Count, b: Count) -> bool:
    """Whether both can be right: their ranges meet, "about" being taken with some tolerance."""
    low_a, high_a = _range(a)
    low_b, high_b = _range(b)
    return low_a <= high_b and low_b <= high_a


def _range(count: Count) -> tuple[float, float]:
    if count.value is not None and count.approx:
        slack = max(1.0, count.value * _TOLERANCE)
        low, high = count.value - slack, count.value + slack
    elif count.value is not None and count.min is None and count.max is None:
        low = high = count.value
    else:
        low = (
            count.min if count.min is not None else (2.0 if count.value is None else float("-inf"))
        )
        high = count.max if count.max is not None else float("inf")
    return low, high


def _count_words(count: Count) -> str:
    if count.value is None and count.min is None and count.max is None:
        number = "several"
    elif count.value is None:
        number = f"{_number(count.min)} to {_number(count.max)}"
    elif count.min is not None and count.max is None:
        number = f"at least {_number(count.min)}"
    elif count.max is not None and count.min is None:
        number = f"at most {_number(count.max)}"
    else:
        number = _number(count.value)
    about = "about " if count.approx else ""
    return f"{about}{number} {count.what}".strip()


def _number(value: float | None) -> str:
    return "any number" if value is None else f"{value:g}"


# --------------------------------------------------------------------------- where, and whether


def _place(mentions: Sequence[Mention], votes: _Votes) -> tuple[Place | None, list[Disagreement]]:
    told = [m for m in mentions if m.place]
    if not told:
        return None, []
    differ = _sides("place", [(m.place.name, m.id) for m in told if m.place])
    by_name: dict[str, Place] = {}
    for mention in told:
        if mention.place:
            by_name.setdefault(mention.place.name, mention.place)
    name, number = votes.most(told, lambda m: m.place.name if m.place else "")[0]
    agreed = number * 2 > len({votes.origin(m) for m in told}) or len(by_name) == 1
    return (by_name[name] if agreed else None), differ


def _status(mentions: Sequence[Mention], votes: _Votes) -> tuple[Status, list[Disagreement]]:
    differ = _sides("status", [(m.status, m.id) for m in mentions])
    return min((m.status for m in mentions), key=_STATUS_RANK.index), differ
