"""Who says what about one event, field by field, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dateline.analysis.asking import count_words, name_of, plural, what
from dateline.model import Actor, Event, Mention


@dataclass(frozen=True, slots=True)
class Cell:
    """What one origin says of a field: the values, and the mentions that say them."""

    origin: str
    values: tuple[str, ...]
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the event. `differs` is set where the event says that its reports differ."""

    field: str
    differs: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A table: fields down, origins across. A cell without values is an origin that is silent."""

    question: str
    origins: tuple[str, ...]
    rows: tuple[Row, ...]


def agreement(
    event: Event,
    mentions: Sequence[Mention],
    origins: Mapping[str, str],
    actors: Mapping[str, Actor],
) -> Agreement:
    """What each origin says of each field of `event`.

    `origins` is the origin id of each report id; mentions of other events are passed over. A field
    that no origin speaks of has no row.
    """
    own = sorted((m for m in mentions if m.id in event.mentions), key=lambda m: m.id)
    across = sorted({origins.get(m.report, m.report) for m in own})
    disputed = {d.field for d in event.disagreements}
    rows = []
    for field, values in _fields(actors):
        cells = tuple(_cell(o, own, origins, values) for o in across)
        if any(cell.values for cell in cells):
            rows.append(Row(field, field in disputed, cells))
    do = "does" if len(across) == 1 else "do"
    asked = f"What {do} {plural(len(across), 'origin')} say of the {what(event)} ({event.id})?"
    return Agreement(asked, tuple(across), tuple(rows))


_Values = Callable[[Mention], list[str]]


def _fields(actors: Mapping[str, Actor]) -> list[tuple[str, _Values]]:
    return [
        ("when", lambda m: [m.when.edtf] if m.when.edtf else []),
        ("source", lambda m: [name_of(id, actors) for id in m.source]),
        ("target", lambda m: [name_of(id, actors) for id in m.target]),
        ("place", lambda m: [m.place.name] if m.place else []),
        ("count", lambda m: [count_words(c) for c in m.counts]),
        ("status", lambda m: [m.status]),
    ]


def _cell(
    origin: str, mentions: Sequence[Mention], origins: Mapping[str, str], values: _Values
) -> Cell:
    said: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        if origins.get(mention.report, mention.report) == origin:
            for value in values(mention):
                said[value].append(mention.id)
    told = sorted({id for ids in said.values() for id in ids})
    return Cell(origin, tuple(sorted(said)), tuple(told))
