"""Times as stretches of whole days, so that they can be met and told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateline.model import Basis, Time

FIRST, LAST = date.min.toordinal(), date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days as ordinals, both ends in it; an open end is the calendar's own."""

    first: int
    last: int

    @property
    def open(self) -> bool:
        """Whether an end is not known."""
        return self.first == FIRST or self.last == LAST

    @property
    def length(self) -> int:
        """How many days it has."""
        return self.last - self.first + 1

    def meets(self, other: Days) -> bool:
        """Whether some day is in both."""
        return self.first <= other.last and other.first <= self.last

    def common(self, other: Days) -> Days | None:
        """The days that are in both, or None."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Days(first, last) if first <= last else None


ANY_DAY = Days(FIRST, LAST)


def days_of(time: Time) -> Days:
    """The days that `time` may be on; both ends open where it is unknown.

    >>> days_of(Time(earliest="2021-05-03", latest="2021-05-05T12:00:00Z")).length
    3
    """
    first = _ordinal(time.earliest) if time.earliest else FIRST
    last = _ordinal(time.latest) if time.latest else LAST
    return Days(min(first, last), max(first, last))


def time_of(days: Days, basis: Basis) -> Time:
    """The Time of that stretch of days, as an EDTF day or interval.

    >>> time_of(Days(date(2021, 5, 3).toordinal(), LAST), "linked").edtf
    '2021-05-03/..'
    """
    first = None if days.first == FIRST else date.fromordinal(days.first).isoformat()
    last = None if days.last == LAST else date.fromordinal(days.last).isoformat()
    if first is None and last is None:
        return Time()
    edtf = first if first == last else f"{first or '..'}/{last or '..'}"
    return Time(edtf=edtf, earliest=first, latest=last, basis=basis)


def _ordinal(iso: str) -> int:
    return date.fromisoformat(iso[:10]).toordinal()
