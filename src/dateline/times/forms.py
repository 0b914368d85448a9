"""Normal form -> Time: what words of time mean, free of any anchor, and how an anchor settles it.

A form is what `Time.relative` keeps, so that a date can be worked out again when its report's
own date becomes known. It is read from left to right:

    published day-1                 yesterday
    published Mon<                  the Monday on or before the anchor
    published month-1 late          late last month: its last third
    published 07-24~                July 24, no year: the one nearest to the anchor
    published year-1 M12= D31       December 31 last year
    published Mon< day+2            two days after that Monday
    2022 early..published           since the start of 2022
    ..published   published..       at any time until the anchor; from the anchor on
    published day-9..?published day-2   some day in there ("a few days ago")
    published -2w..published | DURATION P2W     in the past two weeks
    context day+2                   two days after a time that the report does not give

form   point [" | " TIMEX-type " " TIMEX-value], or [point] ".." [point] (a stretch),
       or point "..?" point (one day in there, unknown which)
point  start, then steps: "published" (the anchor), "context" (never known), or a date
steps  day week weekend month quarter half year decade century with -N or +N: the unit that holds
       the start, moved N units; -Nd -Nw -Nm -Nq -Ny: the same stretch moved, as fine as it was;
       Mon M07 07-24 Q3 H1 SU D24 with < (latest not after) << (latest before) > >> (the same
       ahead), ~ (nearest), <~ >~ (nearest, with more room behind or ahead), = (in the stretch
       so far);
       early mid late (thirds), end (its last day), before after (the part on that side of the anchor);
       T08:24, T08:24/12 (of the morning or the evening), TMO (part of the day), @+09:00 (zone),
       around (not exactly)

An anchor that is an interval ("some time in July") is taken at both ends: every step is monotone,
so what the ends give bounds all that lies between.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from dateline.model import Basis, Time, TimexType

Grain = Literal[
    "day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"
]

_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# First month of each season (northern, meteorological; EDTF's 21 to 24). Winter is named for the
# year in which it begins, as TIMEX3 and newspapers do.
_SEASONS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_SEASON_CODES: Final = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_MONTHS_IN: Final = {
    "month": 1,
    "quarter": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
}
_DAYS_IN: Final = {"day": 1, "week": 7, "weekend": 7}
_LETTERS: Final = {"d": "day", "w": "week", "m": "month", "q": "quarter", "y": "year"}
MASKS: Final = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "half": "XXXX-HX",
    "season": "XXXX-XX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}
# "Around" widens by half of the unit on each side, and a day by three days. A choice, to be wide
# enough to be true; no data say how wide "around" is.
_AROUND_DAYS: Final = {
    "day": 3,
    "week": 4,
    "weekend": 4,
    "month": 15,
    "quarter": 45,
    "half": 91,
    "season": 45,
    "year": 183,
    "decade": 1826,
    "century": 18262,
}

# "<~" and ">~" look for the date nearest to a day five months behind or ahead, so that "Nov. 10"
# beside a past verb on October 27 is two weeks ahead and not a year behind, but "met in September"
# told in July is last year's: up to a month ahead is near. Value F1 on TimeBank: 82.4 with 60
# days, 83.1 with 120, 82.9 with 150, 82.3 with 175; 120 would take dates two months ahead for
# the past's.
_LEAN_DAYS: Final = 150

_UNIT_STEP: Final = re.compile(
    r"(day|weekend|week|month|quarter|half|year|decade|century)([+-]\d+)$"
)
_SHIFT_STEP: Final = re.compile(r"([+-]\d+)([dwmqy])$")
_NAMED_STEP: Final = re.compile(
    r"(?:(?P<weekday>Mon|Tue|Wed|Thu|Fri|Sat|Sun)|M(?P<month>\d\d)|(?P<monthday>\d\d-\d\d)"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)|D(?P<day>\d\d))"
    r"(?P<side><<|<~|<|>>|>~|>|~|=)?$"
)
# Midnight ("24:00") is at the beginning of a day to some and at its end to others.
_EXACT_CLOCK: Final = re.compile(r"(?:[01]\d|2[0-3]):\d\d$")
_ABSOLUTE: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?$|\d{3}X$|\d\dXX$")


class FormError(ValueError):
    """The form is not of the grammar above: whoever made it has a bug."""


class _Beyond(Exception):
    """The date cannot be said: no such day, or before year 1 or after 9999."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A first and a last day, how fine that is, and its TIMEX3 value (of the whole unit)."""

    first: date
    last: date
    grain: Grain
    value: str
    part: bool = False
    around: bool = False
    clock: str | None = None
    zone: str | None = None


def resolve(relative: str, anchor: Time) -> Time:
    """The time that the normal form `relative` names for a report published at `anchor`.

    An anchor whose ends are open or unknown leaves the time unresolved unless the form does not
    need one. Where the anchor is an interval and its ends give different times, the answer is
    the set "[a..b]" from the first day possible to the last.

    >>> resolve("published Mon<", Time("2023-07-20", "2023-07-20", "2023-07-20", basis="stated")).edtf
    '2023-07-17'
    >>> resolve("published Mon<", Time("2023-07", "2023-07-01", "2023-07-31", basis="linked")).edtf
    '[2023-06-26..2023-07-31]'
    >>> resolve("published Mon<", Time()).timex_value
    'XXXX-WXX-1'
    >>> resolve("2021-05-03 day+2", Time()).edtf
    '2021-05-05'
    """
    body, _, tag = relative.partition(" | ")
    anchors = _ends(anchor)
    try:
        time = _unresolved(body) if "context" in body else _settle(body, anchors)
    except (_Beyond, OverflowError):
        time = _unresolved(body)
    if tag:
        kind, _, value = tag.partition(" ")
        time = replace(time, timex_type=_timex_type(kind), timex_value=value)
    basis: Basis = "unresolved"
    if time.edtf is not None:
        leans = "published" in body and anchors is not None
        on: Basis = "linked" if anchor.basis == "linked" else "published-anchored"
        basis = on if leans else "stated"
    return replace(time, basis=basis, relative=relative)


def has_anchor(anchor: Time) -> bool:
    """Whether `anchor` is bounded on both sides, so that relative words can lean on it."""
    return _ends(anchor) is not None


def grain_of(form: str) -> Grain | None:
    """How fine the time of that form is, None for stretches and what has no unit.

    A step whose side is still to be decided ends in "?".
    """
    body = form.partition(" | ")[0]
    if ".." in body:
        return None
    start, *steps = body.split()
    grain = _grain_of_start(start)
    for step in steps:
        grain = _grain_of_step(step) or grain
    return grain


def _timex_type(kind: str) -> TimexType:
    if kind not in ("DATE", "TIME", "DURATION", "SET"):
        raise FormError(f"no TIMEX3 type {kind!r}")
    return kind  # type: ignore[return-value]


def _ends(anchor: Time) -> tuple[date, date] | None:
    if anchor.earliest is None or anchor.latest is None:
        return None
    return date.fromisoformat(anchor.earliest[:10]), date.fromisoformat(anchor.latest[:10])


# --------------------------------------------------------------------------- with an anchor


def _settle(body: str, anchors: tuple[date, date] | None) -> Time:
    left, stretch, right = body.partition("..")
    one_of = right.startswith("?")
    left, right = left.strip(), right.removeprefix("?").strip()
    if not stretch:
        return _unresolved(body) if _lacks_anchor(left, anchors) else _one(*_at(left, anchors))
    if one_of:
        if _lacks_anchor(left, anchors) or _lacks_anchor(right, anchors):
            return _unresolved(body)
        return _one(_at(left, anchors)[0], _at(right, anchors)[1])
    known = [not _lacks_anchor(text, anchors) for text in (left, right)]
    first = _at(left, anchors)[0] if left and known[0] else None
    last = _at(right, anchors)[1] if right and known[1] else None
    named = first or last
    if named is None:
        return _unresolved(body)
    if first and last and first.first > last.last:
        raise _Beyond
    # EDTF tells an end that is open ("..") from one that is not known ("").
    lower = _end_text(first, first.first) if first else "" if left else ".."
    upper = _end_text(last, last.last) if last else "" if right else ".."
    return Time(
        edtf=f"{lower}/{upper}",
        earliest=first.first.isoformat() if first else None,
        latest=last.last.isoformat() if last else None,
        timex_type="TIME" if named.clock else "DATE",
        timex_value=named.value,
    )


def _lacks_anchor(text: str, anchors: tuple[date, date] | None) -> bool:
    return anchors is None and text.startswith("published")


def _at(text: str, anchors: tuple[date, date] | None) -> tuple[_Stretch, _Stretch]:
    """The point at both ends of the anchor."""
    early, late = anchors or (date.min, date.min)  # not looked at by a form that needs none
    return _point(text, early), _point(text, late)


def _end_text(stretch: _Stretch, bound: date) -> str:
    """An interval's end: as coarse as it was said where EDTF has a plain date for that."""
    if stretch.part or stretch.around:
        return bound.isoformat()
    if stretch.grain in ("year", "month"):
        return stretch.value
    return bound.isoformat()


def _one(low: _Stretch, high: _Stretch) -> Time:
    if low == high:
        return _exact(low)
    first, last = low.first, high.last
    if last < first:
        raise _Beyond
    if low.around:
        first, last = _widened(low)[0], _widened(high)[1]
    edtf = f"[{first}..{last}]"
    if not low.part and not low.around and low.grain in ("year", "month"):
        edtf = f"[{low.value}..{high.value}]"
    return Time(
        edtf=edtf,
        earliest=first.isoformat(),
        latest=last.isoformat(),
        zone=low.zone,
        timex_type="TIME" if low.clock else "DATE",
        timex_value=_common(low.value, high.value),
    )


def _common(low: str, high: str) -> str:
    """The characters on which both agree, X for the others."""
    if len(low) != len(high):
        return "XXXX"
    return "".join(a if a == b else "X" for a, b in zip(low, high, strict=True))


def _exact(stretch: _Stretch) -> Time:
    first, last = _widened(stretch) if stretch.around else (stretch.first, stretch.last)
    earliest, latest = first.isoformat(), last.isoformat()
    edtf = _edtf(stretch)
    clock = stretch.clock
    if clock and _EXACT_CLOCK.match(clock) and not stretch.around:
        zone = stretch.zone if stretch.zone and stretch.zone[0] in "+-Z" else ""
        edtf = earliest = latest = f"{stretch.first}T{clock}:00{zone}"
    return Time(
        edtf=edtf,
        earliest=earliest,
        latest=latest,
        zone=stretch.zone,
        timex_type="TIME" if clock else "DATE",
        timex_value=stretch.value,
    )


def _widened(stretch: _Stretch) -> tuple[date, date]:
    more = timedelta(days=_AROUND_DAYS[stretch.grain])
    return stretch.first - more, stretch.last + more


def _edtf(stretch: _Stretch) -> str:
    mark = "~" if stretch.around else ""
    first, last = stretch.first, stretch.last
    if stretch.part or stretch.grain in ("week", "weekend"):
        return f"{first}{mark}/{last}{mark}"
    match stretch.grain:
        case "day":
            return f"{first}{mark}"
        case "month" | "year":
            return f"{stretch.value}{mark}"
        case "decade":
            return f"{first.year // 10:03d}X{mark}"
        case "century":
            return f"{first.year // 100:02d}XX{mark}"
        case "quarter" if not mark:
            return f"{first.year:04d}-{33 + (first.month - 1) // 3}"
        case "season" if not mark:
            return f"{first.year:04d}-{_SEASON_CODES[stretch.value[-2:]]}"
        case _:
            return f"{first.isoformat()[:7]}{mark}/{last.isoformat()[:7]}{mark}"


# --------------------------------------------------------------------------- points and steps


def _point(text: str, anchor: date) -> _Stretch:
    start, *steps = text.split()
    stretch = _start(start, anchor)
    for step in steps:
        stretch = _step(stretch, step, anchor)
    return stretch


def _start(word: str, anchor: date) -> _Stretch:
    if word == "published":
        return _unit(anchor, "day")
    if not _ABSOLUTE.match(word):
        raise FormError(f"a form does not start with {word!r}")
    try:
        if word.endswith("XX"):
            return _unit(date(int(word[:2]) * 100 or 1, 1, 1), "century")
        if word.endswith("X"):
            return _unit(date(int(word[:3]) * 10 or 1, 1, 1), "decade")
        grains: dict[int, Grain] = {4: "year", 7: "month", 10: "day"}
        return _unit(date.fromisoformat((word + "-01-01")[:10]), grains[len(word)])
    except ValueError as error:
        raise _Beyond from error


def _step(stretch: _Stretch, step: str, anchor: date) -> _Stretch:
    if match := _UNIT_STEP.match(step):
        return _unit(_moved(stretch.first, match[1], int(match[2])), match[1])  # type: ignore[arg-type]
    if match := _SHIFT_STEP.match(step):
        return _shifted(stretch, _LETTERS[match[2]], int(match[1]))
    if match := _NAMED_STEP.match(step):
        return _named(stretch, match)
    if step in ("early", "mid", "late"):
        return _third(stretch, step)
    if step == "end":
        return _unit(stretch.last, "day")
    if step in ("before", "after"):
        if not stretch.first <= anchor <= stretch.last:
            return stretch
        if step == "before":
            return replace(stretch, last=anchor, part=True)
        return replace(stretch, first=anchor, part=True)
    if step == "around":
        return replace(stretch, around=True)
    if step[0] == "T":
        return replace(stretch, clock=step[1:], value=f"{stretch.value}{step.partition('/')[0]}")
    if step[0] == "@":
        return replace(stretch, zone=step[1:])
    raise FormError(f"no step {step!r}")


def _unit(day: date, grain: Grain) -> _Stretch:
    """The unit of that grain which holds `day`."""
    if grain == "day":
        return _Stretch(day, day, grain, day.isoformat())
    if grain in ("week", "weekend"):
        monday = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        if grain == "week":
            return _Stretch(monday, monday + timedelta(days=6), grain, f"{year:04d}-W{week:02d}")
        saturday = monday + timedelta(days=5)
        return _Stretch(saturday, saturday + timedelta(days=1), grain, f"{year:04d}-W{week:02d}-WE")
    size = _MONTHS_IN[grain]
    months = (day.year * 12 + day.month - 1) // size * size
    return _months(months, size, grain)


def _months(first: int, size: int, grain: Grain, value: str | None = None) -> _Stretch:
    """`size` months from month number `first` (months since year 0)."""
    end = first + size - 1
    start = _date(first // 12, first % 12 + 1, 1)
    last = _date(
        end // 12, end % 12 + 1, calendar.monthrange(min(end // 12, 9999), end % 12 + 1)[1]
    )
    year, month = first // 12, first % 12
    values = {
        "month": f"{year:04d}-{month + 1:02d}",
        "quarter": f"{year:04d}-Q{month // 3 + 1}",
        "half": f"{year:04d}-H{month // 6 + 1}",
        "year": f"{year:04d}",
        "decade": f"{year // 10:03d}",
        "century": f"{year // 100:02d}",
    }
    return _Stretch(start, last, grain, value or values[grain])


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise _Beyond from error


def _moved(day: date, unit: str, by: int) -> date:
    """`day` moved by so many units; a day that its month lacks becomes the month's last."""
    if unit in _DAYS_IN:
        return day + timedelta(days=by * _DAYS_IN[unit])
    months = day.year * 12 + day.month - 1 + by * _MONTHS_IN[unit]
    year, month = months // 12, months % 12 + 1
    if not 1 <= year <= 9999:
        raise _Beyond
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _shifted(stretch: _Stretch, unit: str, by: int) -> _Stretch:
    if stretch.grain == "season":
        moved = _moved(stretch.first, unit, by)
        return _season(stretch.value[-2:], moved.year)
    return _unit(_moved(stretch.first, unit, by), stretch.grain)


def _season(name: str, year: int) -> _Stretch:
    return _months(year * 12 + _SEASONS[name] - 1, 3, "season", f"{year:04d}-{name}")


def _third(stretch: _Stretch, part: str) -> _Stretch:
    days = (stretch.last - stretch.first).days + 1
    low, high = {"early": (0, 1), "mid": (1, 2), "late": (2, 3)}[part]
    if days < 3:
        return stretch
    return replace(
        stretch,
        first=stretch.first + timedelta(days=days * low // 3),
        last=stretch.first + timedelta(days=days * high // 3 - 1),
        part=True,
    )


def _named(stretch: _Stretch, match: re.Match[str]) -> _Stretch:
    """The weekday, month, day, quarter, half or season of that name, on the side asked for."""
    side = match["side"] or "="
    year = stretch.first.year
    if match["weekday"]:
        return _weekday(stretch, _WEEKDAYS.index(match["weekday"]), side)
    if match["day"]:
        return _day_of_month(stretch, int(match["day"]), side)
    reach = 8 if match["monthday"] == "02-29" else 1
    years = range(year - reach, year + reach + 1)
    candidates = [c for y in years if (c := _in_year(y, match)) is not None]
    if side == "=":
        same = [c for c in candidates if c.first.year == year]
        if not same:
            raise _Beyond
        return same[0]
    return _pick(stretch, candidates, side)


def _day_of_month(stretch: _Stretch, day: int, side: str) -> _Stretch:
    if side == "=":
        return _unit(_date(stretch.first.year, stretch.first.month, day), "day")
    candidates = []
    for by in (-2, -1, 0, 1, 2):
        month = _moved(stretch.first.replace(day=1), "month", by)
        if day <= calendar.monthrange(month.year, month.month)[1]:
            candidates.append(_unit(month.replace(day=day), "day"))
    return _pick(stretch, candidates, side)


def _in_year(year: int, match: re.Match[str]) -> _Stretch | None:
    try:
        if match["month"]:
            return _unit(_date(year, int(match["month"]), 1), "month")
        if match["monthday"]:
            month, day = map(int, match["monthday"].split("-"))
            return _unit(_date(year, month, day), "day")
        if match["quarter"]:
            return _unit(_date(year, int(match["quarter"]) * 3, 1), "quarter")
        if match["half"]:
            return _unit(_date(year, int(match["half"]) * 6, 1), "half")
        return _season(match["season"], year)
    except _Beyond:  # 29 February, or the edge of the calendar
        return None


def _pick(here: _Stretch, candidates: list[_Stretch], side: str) -> _Stretch:
    ok: list[_Stretch]
    match side:
        case "<":
            ok = [c for c in candidates if c.first <= here.first][-1:]
        case "<<":
            ok = [c for c in candidates if c.last < here.first][-1:]
        case ">":
            ok = [c for c in candidates if c.last >= here.last][:1]
        case ">>":
            ok = [c for c in candidates if c.first > here.last][:1]
        case _:
            lean = {"<~": _LEAN_DAYS, ">~": -_LEAN_DAYS}.get(side, 0)
            ok = sorted(candidates, key=lambda c: (_apart(here, c, lean), c.first))[:1]
    if not ok:
        raise _Beyond
    return ok[0]


def _apart(a: _Stretch, b: _Stretch, lean: int = 0) -> int:
    """Days between the two; `lean` moves `a` that much into the past."""
    return max((b.first - a.last).days + lean, (a.first - b.last).days - lean, 0)


def _weekday(stretch: _Stretch, weekday: int, side: str) -> _Stretch:
    here = stretch.first
    back = (here.weekday() - weekday) % 7
    match side:
        case "=":  # in the week so far: the first such day from its first day on
            return _unit(here + timedelta(days=-back % 7), "day")
        case "<":
            return _unit(here - timedelta(days=back), "day")
        case "<<":
            return _unit(here - timedelta(days=back or 7), "day")
        case ">":
            return _unit(here + timedelta(days=-back % 7), "day")
        case ">>":
            return _unit(here + timedelta(days=-back % 7 or 7), "day")
        case _:
            return _unit(here + timedelta(days=-back if back <= 3 else 7 - back), "day")


# --------------------------------------------------------------------------- without one


def _unresolved(body: str) -> Time:
    """What TIMEX3 can still say of a form that nothing anchors: "XXXX-WXX-1" for Monday."""
    left, mark, right = body.partition("..")
    text = (left.strip() or right.removeprefix("?").strip()) if mark else body
    start, *steps = text.split()
    value = _mask_of_start(start)
    zone = None
    for step in steps:
        if step[0] == "T":
            value += step.partition("/")[0]
        elif step[0] == "@":
            zone = step[1:]
        else:
            value = _masked(value, step)
    has_clock = any(step[0] == "T" for step in steps)
    return Time(zone=zone, timex_type="TIME" if has_clock else "DATE", timex_value=value)


def _mask_of_start(start: str) -> str:
    grain = _grain_of_start(start)
    return (
        "XXXX-XX-XX"
        if grain is None
        else start.rstrip("X")
        if _ABSOLUTE.match(start)
        else MASKS[grain]
    )


def _masked(value: str, step: str) -> str:
    match = _NAMED_STEP.match(step)
    if not match:
        grain = _grain_of_step(step)
        return value if grain is None else MASKS[grain]
    if match["weekday"]:
        return f"XXXX-WXX-{_WEEKDAYS.index(match['weekday']) + 1}"
    if match["day"]:
        return f"{value[:7]}-{match['day']}"
    if match["quarter"]:
        return f"XXXX-Q{match['quarter']}"
    if match["half"]:
        return f"XXXX-H{match['half']}"
    return f"XXXX-{match['month'] or match['monthday'] or match['season']}"


def _grain_of_start(start: str) -> Grain | None:
    if start == "published":
        return "day"
    if start == "context":
        return None
    if start.endswith("XX"):
        return "century"
    if start.endswith("X"):
        return "decade"
    grains: dict[int, Grain] = {4: "year", 7: "month", 10: "day"}
    return grains[len(start)]


def _grain_of_step(step: str) -> Grain | None:
    step = step.rstrip("?")
    if step == "weekend":
        return "weekend"
    if match := _UNIT_STEP.match(step):
        return match[1]  # type: ignore[return-value]
    match = _NAMED_STEP.match(step)
    if not match:
        return None
    names: dict[str, Grain] = {
        "weekday": "day",
        "day": "day",
        "monthday": "day",
        "month": "month",
        "quarter": "quarter",
        "half": "half",
        "season": "season",
    }
    return next(grain for name, grain in names.items() if match[name])
