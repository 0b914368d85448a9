"""Where the events of a record stand on its timeline: lanes by actor, marks in them, trays beside.

Only geometry: `x` and `width` are per cents of the track, `y`, `r` and heights are pixels, so that
the drawing fills any width and its marks keep their shape. A day is a dot, an interval a bar, an
open end fades, and what has no date stands in a tray, never at a place on the axis.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

# The track is some 760 px wide on a desk and never narrower than 600: marks are packed for this.
_TRACK = 720
_ROW = 18
_ROWS = 8
_LANES = 12
_TRAY = 24
# A lane that has more events than room shows columns instead: so many over the track, so high.
_COLUMNS = 60
_COLUMN_HEIGHT = 72
_FADE = 5.0  # per cent of the track that an open end fades over

# The axis covers the shortest stretch that holds this share of the dated events, unless all of
# them fit in a stretch so many times as long; the rest stand in the trays "earlier" and "later".
# Looked at on records of 5 to 1,196 reports: background years ("since 1953") else take the page.
_BULK = 0.9
_STRETCH = 3.0
_FEW = 5  # from so many dated events on, at least one of them may stand outside
_LONGEST = 400  # days: what is longer is background, and does not decide where the axis lies

# Any number would do; with this one six states that often stand side by side (PRK, USA, KOR, JPN,
# CHN, RUS) have six hues of eight, the first that gave them orange, blue, magenta, teal, gold, purple.
_HUE_SEED = 43374

Fade = Literal["", "start", "end"]
TrayName = Literal["earlier", "later", "undated"]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as the timeline needs it. `lanes` are the ids of the actors who did it."""

    id: str
    lanes: tuple[str, ...]
    earliest: date | None
    latest: date | None
    origins: int
    disputed: bool
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One drawn event: a dot at `x`, or a bar from `x` over `width`; `fades` at open ends."""

    event: Happening
    shape: Literal["dot", "bar"]
    x: float = 0.0
    width: float = 0.0
    y: float = 0.0
    r: float = 0.0
    fades: Fade = ""

    @property
    def filled(self) -> bool:
        """Whether more than one origin tells it."""
        return self.event.origins > 1


@dataclass(frozen=True, slots=True)
class Column:
    """How many events a stretch of days has: `height` for all, `filled` for several origins.

    `first` is the earliest of them, from where the list goes on with the others.
    """

    x: float
    width: float
    height: float
    filled: float
    count: int
    begin: date
    end: date
    first: Happening


@dataclass(frozen=True, slots=True)
class Tray:
    """Events beside the axis: those drawn, and how many more there are."""

    marks: tuple[Mark, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Lane:
    """One actor's lane: marks, or columns where more days are told than can be told apart.

    `left_out` counts what the track does not show: events known to no single day for which there
    is no room, with columns all of these.
    """

    id: str
    height: int
    marks: tuple[Mark, ...]
    columns: tuple[Column, ...]
    trays: Mapping[TrayName, Tray]
    left_out: int
    total: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the track at `x`, with its label."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole drawing. `trays` are those that hold something; `more` names lanes left out."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    trays: tuple[TrayName, ...]
    more: tuple[str, ...]
    first: date | None
    last: date | None


def draw(events: Sequence[Happening]) -> Timeline:
    """The timeline of `events`: lanes of most events first, each packed into rows."""
    window = _window(events)
    by_lane: dict[str, list[Happening]] = defaultdict(list)
    for event in events:
        for lane in event.lanes or ("",):
            by_lane[lane].append(event)
    order = sorted(by_lane, key=lambda lane: (lane == "", -len(by_lane[lane]), lane))
    lanes = tuple(_lane(lane, by_lane[lane], window) for lane in order[:_LANES])
    return Timeline(
        lanes=lanes,
        ticks=_ticks(*window) if window else (),
        trays=tuple(name for name in _TRAYS if any(name in lane.trays for lane in lanes)),
        more=tuple(order[_LANES:]),
        first=date.fromordinal(window[0]) if window else None,
        last=date.fromordinal(window[1]) if window else None,
    )


_TRAYS: tuple[TrayName, ...] = ("earlier", "later", "undated")


# --------------------------------------------------------------------------- the axis


def _window(events: Iterable[Happening]) -> tuple[int, int] | None:
    """The first and last day of the axis as ordinals; `None` where nothing is dated."""
    spans = [_days(event) for event in events if event.earliest or event.latest]
    short = [span for span in spans if span[1] - span[0] <= _LONGEST] or spans
    if not short:
        return None
    days = sorted((first + last) // 2 for first, last in short)
    kept = max(1, min(math.ceil(len(days) * _BULK), len(days) - (len(days) >= _FEW)))
    first, last = min(
        ((days[i], days[i + kept - 1]) for i in range(len(days) - kept + 1)),
        key=lambda pair: (pair[1] - pair[0], -pair[0]),
    )
    if days[-1] - days[0] <= max(_STRETCH * (last - first), 60):
        first, last = days[0], days[-1]
    inside = [span for span in short if first <= (span[0] + span[1]) // 2 <= last]
    first, last = min(span[0] for span in inside), max(span[1] for span in inside)
    margin = max(3, round((last - first) * 0.03))
    return max(1, first - margin), min(date.max.toordinal(), last + margin)


def _days(event: Happening) -> tuple[int, int]:
    first, last = event.earliest or event.latest, event.latest or event.earliest
    assert first is not None
    assert last is not None
    return min(first, last).toordinal(), max(first, last).toordinal()


def _ticks(first: int, last: int) -> tuple[Tick, ...]:
    """Round dates along the axis, five to ten of them, years or months or days as they fit."""
    days = last - first
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600) if days / 30.44 / s <= 9), 1200)
    if days <= 75:
        apart = next(n for n in (1, 2, 7, 14) if days / n <= 10)
        places = [date.fromordinal(n) for n in range(first, last + 1) if n % apart == 0]
        labels = [f"{day.day} {day:%b}" for day in places]
    else:
        begin, end = date.fromordinal(first), date.fromordinal(last)
        months = range(begin.year * 12 + begin.month, end.year * 12 + end.month)
        places = [date(n // 12, n % 12 + 1, 1) for n in months if n % step == 0]
        labels = [f"{day:%b}" if day.month > 1 else str(day.year) for day in places]
    shown = []
    for n, (day, label) in enumerate(zip(places, labels, strict=True)):
        year = n == 0 or places[n - 1].year != day.year
        full = f"{label} {day.year}" if year and not label.isdigit() else label
        shown.append(Tick(_x(day.toordinal(), (first, last)), full))
    return tuple(shown)


def _x(day: float, window: tuple[int, int]) -> float:
    """Where a day stands: its middle, in per cent of the track."""
    first, last = window
    return round(100 * (day + 0.5 - first) / (last + 1 - first), 2)


# --------------------------------------------------------------------------- one lane


def _lane(name: str, events: Sequence[Happening], window: tuple[int, int] | None) -> Lane:
    trays: dict[TrayName, list[Happening]] = defaultdict(list)
    inside: list[Happening] = []
    for event in sorted(events, key=_reading_order):
        tray = _tray(event, window)
        (inside if tray is None else trays[tray]).append(event)
    columns: tuple[Column, ...] = ()
    marks, height, dots = _packed(inside, window)
    left_out = len(inside) - len(marks)
    exact = [event for event in inside if event.earliest and event.earliest == event.latest]
    if dots < len(exact) and window is not None:
        columns, marks, height = _columns(exact, window), (), _COLUMN_HEIGHT + 10
        left_out = len(inside) - len(exact)
    return Lane(
        id=name,
        height=height,
        marks=marks,
        columns=columns,
        trays={
            tray: Tray(
                tuple(Mark(event, "dot", r=_radius(event)) for event in held[:_TRAY]),
                len(held[_TRAY:]),
            )
            for tray, held in trays.items()
        },
        left_out=left_out,
        total=len(events),
    )


def _packed(
    events: Sequence[Happening], window: tuple[int, int] | None
) -> tuple[tuple[Mark, ...], int, int]:
    """The marks of a lane that find room in its rows, its height, and how many of them are dots."""
    rows: list[list[tuple[float, float]]] = []
    marks = []
    for event in events if window is not None else ():
        assert window is not None
        mark, begin, end = _mark(event, window)
        row = _free_row(rows, begin, end)
        if row is not None:
            marks.append((mark, row))
    height = max(len(rows), 1) * _ROW + 10
    dots = sum(mark.shape == "dot" for mark, _ in marks)
    return tuple(_at_row(mark, row, height) for mark, row in marks), height, dots


def _columns(events: Sequence[Happening], window: tuple[int, int]) -> tuple[Column, ...]:
    """The events of a lane by stretches of equal length; the highest takes all of the height."""
    first, last = window
    days = max(1, math.ceil((last + 1 - first) / _COLUMNS))
    bins: dict[int, list[Happening]] = defaultdict(list)
    for event in events:
        bins[(_days(event)[0] - first) // days].append(event)
    most = max((len(held) for held in bins.values()), default=1)
    columns = []
    for number, held in sorted(bins.items()):
        begin = first + number * days
        columns.append(
            Column(
                x=_x(begin - 0.5, window),
                width=round(100 * days / (last + 1 - first), 2),
                height=round(_COLUMN_HEIGHT * len(held) / most, 1),
                filled=round(_COLUMN_HEIGHT * sum(e.origins > 1 for e in held) / most, 1),
                count=len(held),
                begin=date.fromordinal(begin),
                end=date.fromordinal(min(begin + days - 1, last)),
                first=min(held, key=lambda event: (_days(event), event.id)),
            )
        )
    return tuple(columns)


def _free_row(rows: list[list[tuple[float, float]]], begin: float, end: float) -> int | None:
    """The lowest row with room from `begin` to `end`, which is then taken; `None` if all are full."""
    for number, taken in enumerate(rows):
        if all(e <= begin or end <= b for b, e in taken):
            taken.append((begin, end))
            return number
    if len(rows) == _ROWS:
        return None
    rows.append([(begin, end)])
    return len(rows) - 1


def _reading_order(event: Happening) -> tuple[int, int, str]:
    """Dots before bars, those that more origins tell first, so that these are sure of room."""
    known = event.earliest == event.latest
    return (0 if known else 1, -event.origins, event.id)


def _tray(event: Happening, window: tuple[int, int] | None) -> TrayName | None:
    if window is None or not (event.earliest or event.latest):
        return "undated"
    first, last = _days(event)
    if last < window[0]:
        return "earlier"
    return "later" if first > window[1] else None


def _mark(event: Happening, window: tuple[int, int]) -> tuple[Mark, float, float]:
    """The mark of an event and the stretch of track, in per cent, that it takes up."""
    first, last = _days(event)
    radius = _radius(event)
    gap = 100 * 2 / _TRACK
    if event.earliest and event.latest and first == last:
        x, half = _x(first, window), 100 * radius / _TRACK
        return Mark(event, "dot", x=x, r=radius), x - half - gap, x + half + gap
    begin = _x(first - 0.5, window) if event.earliest else _x(last, window) - _FADE
    end = _x(last + 0.5, window) if event.latest else _x(first, window) + _FADE
    begin, end = max(begin, 0.0), min(end, 100.0)
    if end - begin < 2.0:  # a bar is never so short that it reads as a dot
        begin, end = (begin, begin + 2.0) if begin < 98 else (98.0, 100.0)
    fades: Fade = ""
    if event.earliest is None or first < window[0]:
        fades = "start"
    elif event.latest is None or last > window[1]:
        fades = "end"
    mark = Mark(event, "bar", x=round(begin, 2), width=round(end - begin, 2), r=4, fades=fades)
    return mark, begin - gap, end + gap


def _at_row(mark: Mark, row: int, height: int) -> Mark:
    y = height - 5 - _ROW / 2 - row * _ROW
    return Mark(mark.event, mark.shape, mark.x, mark.width, y, mark.r, mark.fades)


def _radius(event: Happening) -> float:
    """Four pixels for one origin, growing with the root of their number, eight at most."""
    return round(min(4 + 1.4 * math.sqrt(max(event.origins, 1) - 1), 8), 1)


def hue(actor: str, count: int) -> int:
    """The hue of an actor out of `count`: always the same, by its id alone.

    Two actors may share one: each is told by its letters too.
    """
    digest = hashlib.sha256(f"{_HUE_SEED}:{actor}".encode()).digest()
    return digest[0] % count
