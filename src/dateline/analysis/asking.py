"""The English of questions, and the order of time, that all answers share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dateline.linking.consensus import count_words as count_words
from dateline.model import Actor, Event, Time

_LAST = "9999-12-31"


def name_of(actor: str, actors: Mapping[str, Actor]) -> str:
    """The name that the actor goes by; an id that is not known stands for itself."""
    return actors[actor].name if actor in actors else actor


def acts_for(ids: Iterable[str], actor: str, actors: Mapping[str, Actor]) -> bool:
    """Whether `actor` is among `ids`, or one of them acts for that state."""
    return any(
        one == actor
        or (one in actors and actors[one].state and f"state:{actors[one].state}" == actor)
        for one in ids
    )


def sides(ids: Iterable[str], actors: Mapping[str, Actor]) -> frozenset[str]:
    """The states that `ids` act for; an actor that acts for none stands for itself."""
    return frozenset(
        f"state:{actors[id].state}" if id in actors and actors[id].state else id for id in ids
    )


def in_order(time: Time) -> tuple[bool, str, str]:
    """A key that sorts by when it was at the earliest; what has no date at all comes last."""
    first = time.earliest or time.latest
    return first is None, first or "", time.latest or _LAST


def may_be_in(time: Time, since: str | None, until: str | None) -> bool:
    """Whether it can have been between two ISO days, months or years (inclusive; None is open).

    >>> may_be_in(Time(earliest="2022-12-15", latest="2022-12-15"), "2022", "2022-12")
    True
    """
    after = since is None or time.latest is None or time.latest[:10] >= since
    before = until is None or time.earliest is None or time.earliest[: len(until)] <= until
    return after and before


def period(since: str | None, until: str | None) -> str:
    """The period in words, with a space before it, or nothing.

    >>> period("2021-01-01", None)
    ' since 2021-01-01'
    """
    if since and until:
        return f" between {since} and {until}"
    return f" since {since}" if since else f" until {until}" if until else ""


def what(event: Event) -> str:
    """The event's kind in words ("ballistic missile launch"), else its PLOVER type."""
    return event.desk_kind.replace("-", " ") if event.desk_kind else event.type.lower()


def plural(number: int, noun: str) -> str:
    """
    The number with its noun.

    >>> plural(1, "report"), plural(3, "report")
    ('1 report', '3 reports')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
