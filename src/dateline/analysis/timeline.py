"""What happened, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.analysis.asking import acts_for, in_order, may_be_in, name_of, period
from dateline.model import Actor, Event, Status, Time


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in order of time.

    `open_ended` are those that may have been in the period that was asked for, or as well long
    before it or after it: of their dates only one end is known. `undated` have no date at all.
    """

    question: str
    dated: tuple[Event, ...]
    undated: tuple[Event, ...]
    open_ended: tuple[Event, ...] = ()

    @property
    def items(self) -> tuple[Event, ...]:
        """All of them."""
        return (*self.dated, *self.open_ended, *self.undated)


def timeline(
    events: Sequence[Event],
    actors: Mapping[str, Actor],
    *,
    actor: str | None = None,
    kind: str | None = None,
    since: str | None = None,
    until: str | None = None,
    status: Status | None = None,
    origins: int = 1,
) -> Timeline:
    """The events that fit, in order of time.

    `actor` is an id, as source or target; a state stands for all who act for it. An event is in a
    period when it can have been in it. One without any date is never left out for its date, as
    nothing says that it was not then.
    """
    fitting = [
        event
        for event in events
        if (actor is None or acts_for((*event.source, *event.target), actor, actors))
        and (kind is None or kind.casefold() in (event.desk_kind, event.type.casefold()))
        and (status is None or event.status == status)
        and event.origins >= origins
        and may_be_in(event.when, since, until)
    ]
    ordered = sorted(fitting, key=lambda event: (*in_order(event.when), event.id))
    dated = [event for event in ordered if event.when.earliest or event.when.latest]
    return Timeline(
        question=_question(actors, actor, kind, since, until, status, origins),
        dated=tuple(event for event in dated if not _open(event.when, since, until)),
        undated=tuple(ordered[len(dated) :]),
        open_ended=tuple(event for event in dated if _open(event.when, since, until)),
    )


def _open(time: Time, since: str | None, until: str | None) -> bool:
    """Whether the date is open on a side on which the period is not."""
    return bool((since and not time.earliest) or (until and not time.latest))


def _question(
    actors: Mapping[str, Actor],
    actor: str | None,
    kind: str | None,
    since: str | None,
    until: str | None,
    status: Status | None,
    origins: int,
) -> str:
    asked = "Which events" if not kind else f"Which events of kind {kind}"
    asked += f" with {name_of(actor, actors)}" if actor else ""
    asked += f" that are {status}" if status else ""
    asked += period(since, until)
    asked += f" do at least {origins} origins tell" if origins > 1 else " does the record tell"
    return f"{asked}, in order of time?"
