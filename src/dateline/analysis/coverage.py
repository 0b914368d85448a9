"""What a record holds, by outlet, origin and month: where it is thick, and where it is silent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.analysis.asking import may_be_in, period
from dateline.model import Event, Report


@dataclass(frozen=True, slots=True)
class OutletRow:
    """An outlet (None is not told): its reports, their origins, the events that they tell."""

    outlet: str | None
    reports: int
    origins: int
    events: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month ("2021-05"): reports published in it, and events that were in it and no other."""

    month: str
    reports: int
    events: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of a record. `undated_*` have no month: the date is open or wider than one.

    `carried` says how many origins are carried by how many reports: {1: 40, 3: 2}.
    """

    question: str
    reports: int
    origins: int
    events: int
    undated_reports: int
    undated_events: int
    outlets: tuple[OutletRow, ...]
    months: tuple[MonthRow, ...]
    carried: Mapping[int, int]


def coverage(
    reports: Sequence[Report],
    events: Sequence[Event],
    origins: Mapping[str, str],
    *,
    since: str | None = None,
    until: str | None = None,
) -> Coverage:
    """What the record holds of reports that can have been published in that period.

    `origins` is the origin id of each report id.
    """
    held = [r for r in reports if may_be_in(r.published, since, until)]
    ids = {r.id for r in held}
    told = [e for e in events if ids & set(e.reports)]
    by_origin = Counter(origins.get(r.id, r.id) for r in held)
    months = {r.id: _month(r.published.earliest, r.published.latest) for r in held}
    event_months = [_month(e.when.earliest, e.when.latest) for e in told]
    return Coverage(
        question=f"What does the record hold{_published(since, until)}?",
        reports=len(held),
        origins=len(by_origin),
        events=len(told),
        undated_reports=sum(month is None for month in months.values()),
        undated_events=sum(month is None for month in event_months),
        outlets=_outlets(held, told, origins),
        months=_months(Counter(months.values()), Counter(event_months)),
        carried=dict(sorted(Counter(by_origin.values()).items())),
    )


def _published(since: str | None, until: str | None) -> str:
    return f" of reports published{period(since, until)}" if since or until else ""


def _month(earliest: str | None, latest: str | None) -> str | None:
    if earliest is None or latest is None or earliest[:7] != latest[:7]:
        return None
    return earliest[:7]


def _outlets(
    reports: Sequence[Report], events: Sequence[Event], origins: Mapping[str, str]
) -> tuple[OutletRow, ...]:
    by_outlet: dict[str | None, list[Report]] = defaultdict(list)
    for report in reports:
        by_outlet[report.outlet].append(report)
    rows = []
    for outlet, own in by_outlet.items():
        ids = {r.id for r in own}
        days = sorted(r.published.earliest[:10] for r in own if r.published.earliest)
        rows.append(
            OutletRow(
                outlet=outlet,
                reports=len(own),
                origins=len({origins.get(id, id) for id in ids}),
                events=sum(bool(ids & set(e.reports)) for e in events),
                first=days[0] if days else None,
                last=days[-1] if days else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.reports, row.outlet is None, row.outlet or "")))


def _months(reports: Counter[str | None], events: Counter[str | None]) -> tuple[MonthRow, ...]:
    named = sorted({month for month in (*reports, *events) if month})
    return tuple(MonthRow(month, reports[month], events[month]) for month in named)
