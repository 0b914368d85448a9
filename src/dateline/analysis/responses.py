"""What others did after an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dateline.analysis.asking import in_order, name_of, plural, sides, what
from dateline.model import Actor, Event

Relation = Literal["at its source", "with its target", "at that time"]


@dataclass(frozen=True, slots=True)
class Response:
    """An event by others that came after. `days` is the least and the most that can lie between.

    `certain` is unset where the dates leave open which of the two came first. That one thing
    came after another does not say that it came because of it.
    """

    event: Event
    days: tuple[int, int]
    certain: bool
    relation: Relation


@dataclass(frozen=True, slots=True)
class Responses:
    """Responses in order of time."""

    question: str
    items: tuple[Response, ...]


def responses(
    event: Event,
    events: Sequence[Event],
    actors: Mapping[str, Actor],
    *,
    within: int = 14,
    by: str | None = None,
) -> Responses:
    """What others than the sources of `event` did in the `within` days after it.

    Only events that happened, with known ends of their dates, are looked at; where the event itself
    has none, there is no answer.
    """
    first = _ends(event)
    found = []
    for other in sorted(events, key=lambda e: (*in_order(e.when), e.id)):
        ends = _ends(other)
        if other.id == event.id or first is None or ends is None:
            continue
        if other.status not in ("occurred", "ongoing") or not _by_others(event, other, by, actors):
            continue
        least, most = (ends[0] - first[1]).days, (ends[1] - first[0]).days
        if most < 0 or least > within:
            continue
        days = (max(0, least), most)
        found.append(Response(other, days, least >= 0, _relation(event, other, actors)))
    who = name_of(by, actors) if by else "others"
    asked = (
        f"What did {who} do in the {plural(within, 'day')} after the {what(event)} ({event.id})?"
    )
    return Responses(asked, tuple(found))


def _ends(event: Event) -> tuple[date, date] | None:
    when = event.when
    if when.earliest is None or when.latest is None:
        return None
    return date.fromisoformat(when.earliest[:10]), date.fromisoformat(when.latest[:10])


def _by_others(event: Event, other: Event, by: str | None, actors: Mapping[str, Actor]) -> bool:
    own, theirs = sides(event.source, actors), sides(other.source, actors)
    if by is not None:
        return by in theirs or by in other.source
    return bool(theirs) and not theirs & own


def _relation(event: Event, other: Event, actors: Mapping[str, Actor]) -> Relation:
    if sides(other.target, actors) & sides(event.source, actors):
        return "at its source"
    if sides((*other.source, *other.target), actors) & sides(event.target, actors):
        return "with its target"
    return "at that time"
