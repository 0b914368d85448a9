"""A stated date, in whatever form a source has it -> Time. Never a guess: what is open is unknown."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime
from functools import cache

from dateline.lexicon import load
from dateline.model import UNKNOWN_TIME, Time

# Years outside these are placeholders ("0001-01-01T00:00:00Z", epoch 0), not dates of news.
_FIRST_YEAR = 1800
_LAST_YEAR = 2200
_LONGEST = 200  # characters; no date takes more

MONTH = "(?:" + "|".join(sorted(load("times")["months"], key=len, reverse=True)) + r")\b\.?"
_CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<day>\d\d))?"
    rf"(?:(?:T| +|, ){_CLOCK} ?(?P<offset>Z|[+-]\d\d(?::?\d\d)?|[A-Za-z]{{2,4}}\b)?)?"
)
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[/.](?P<month>\d\d?)[/.](?P<day>\d\d?)(?: {_CLOCK})?$")
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)$")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.0+)?$")
_DAY_WORDS = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<name>{MONTH})[ -]?,? ?(?P<year>\d{{4}})\b"
    rf"|(?P<name2>{MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? |, ?)(?:\d{{1,2}}:\d\d(?::\d\d)? (?:[A-Z]{{3}} )?)?(?P<year2>\d{{4}})\b"
    rf"|(?P<name3>{MONTH}),? (?P<year3>\d{{4}})\b",
    re.I,
)
_NUMERIC = re.compile(r"(?P<first>\d{1,2})[/.](?P<second>\d{1,2})[/.](?P<year>\d{4})\b")
_TIME_OF_DAY = re.compile(
    rf"(?<![\d/.-]){_CLOCK}\s*(?P<half>[ap]\.?m\b\.?)?\s*(?P<offset>(?:GMT|UTC)?[+-]\d\d:?\d\d|[A-Za-z]{{1,4}}\b)?",
    re.I,
)

DATE = re.compile(
    r"(?:on |:)?\s*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? )?"
    rf"(?:{_ISO.pattern.replace('?P<', '?P<_')}|\d{{1,2}}(?:st|nd|rd|th)? {MONTH},? \d{{4}}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
    r"(?:,?\s*(?:at |\||-|–)?\s*\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{1,4}\b)?(?:[+-]\d\d:?\d\d)?)?",
    re.I,
)
"""A date with its year as it stands in a row of text, with a weekday, time of day and zone if any."""


def parse_published(stated: str) -> Time:
    """The time that a source states, with its zone if it gives one; UNKNOWN_TIME if unclear.

    Takes ISO 8601, RFC 822, "24 July 2023", "July 24, 2023 9:30 AM EDT", "2023-07", seconds of
    the epoch. Days that may be read in two ways ("03/04/2023") are unknown.

    >>> parse_published("2023-07-24T09:30:00+09:00").edtf
    '2023-07-24T09:30:00+09:00'
    >>> parse_published("Mon, 24 Jul 2023 00:30:00 GMT").earliest
    '2023-07-24T00:30:00Z'
    >>> parse_published("July 2023").latest
    '2023-07-31'
    >>> parse_published("03/04/2023").edtf is None
    True
    """
    text = " ".join(stated[:_LONGEST].split())
    if _EPOCH.match(text):
        return _epoch(text)
    for pattern in (_ISO, _YEAR_FIRST, _COMPACT):
        match = pattern.match(text)
        if match:
            return _from_numbers(match)
    match = _DAY_WORDS.search(text)
    if match:
        return _from_words(match, text)
    match = _NUMERIC.search(text)
    if match:
        first, second = int(match["first"]), int(match["second"])
        if first > 12 or second > 12 or first == second:
            month, day = (second, first) if first > 12 else (first, second)
            return _day(int(match["year"]), month, day)
    return UNKNOWN_TIME


def _epoch(text: str) -> Time:
    seconds = int(text.split(".")[0][:10])
    moment = datetime.fromtimestamp(seconds, UTC)
    if moment.year < 1990:  # small numbers are something else than a time
        return UNKNOWN_TIME
    return _moment(moment.strftime("%Y-%m-%d"), moment.strftime("%H:%M:%S"), "Z")


def _from_numbers(match: re.Match[str]) -> Time:
    parts = match.groupdict()
    year, month = int(parts["year"]), int(parts["month"])
    if parts["day"] is None:
        return _month(year, month)
    day = _day(year, month, int(parts["day"]))
    if day.edtf is None or not parts.get("hour"):
        return day
    clock = _clock(parts["hour"], parts["minute"], parts["second"], None)
    return _moment(day.edtf, clock, _offset(parts.get("offset"))) if clock else day


def _from_words(match: re.Match[str], text: str) -> Time:
    name = match["name"] or match["name2"] or match["name3"]
    month = load("times")["months"][name.lower().rstrip(".")]
    year = int(match["year"] or match["year2"] or match["year3"])
    stated_day = match["day"] or match["day2"]
    if stated_day is None:
        return _month(year, month)
    day = _day(year, month, int(stated_day))
    time = _TIME_OF_DAY.search(text)
    if day.edtf is None or time is None:
        return day
    clock = _clock(time["hour"], time["minute"], time["second"], time["half"])
    return _moment(day.edtf, clock, _offset(time["offset"])) if clock else day


def _day(year: int, month: int, day: int) -> Time:
    try:
        iso = date(year, month, day).isoformat()
    except ValueError:
        return UNKNOWN_TIME
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return UNKNOWN_TIME
    return Time(edtf=iso, earliest=iso, latest=iso, basis="stated")


def _month(year: int, month: int) -> Time:
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        return UNKNOWN_TIME
    start = f"{year:04}-{month:02}"
    last = calendar.monthrange(year, month)[1]
    return Time(edtf=start, earliest=f"{start}-01", latest=f"{start}-{last:02}", basis="stated")


def _moment(day: str, clock: str, zone: str | None) -> Time:
    iso = f"{day}T{clock}{zone or ''}"
    return Time(edtf=iso, earliest=iso, latest=iso, zone=zone, basis="stated")


def _clock(hour: str, minute: str, second: str | None, half: str | None) -> str | None:
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.lower().startswith("p") else 0)
    if hours > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    return f"{hours:02}:{minute}:{second or '00'}"


@cache
def _zones() -> dict[str, str]:
    return dict(load("furniture")["zones"])


def _offset(stated: str | None) -> str | None:
    """A zone as an ISO offset; names that mean several offsets are no zone."""
    if stated is None:
        return None
    name = re.sub(r"^(?:GMT|UTC)(?=[+-])", "", stated.upper())
    if name[:1] in "+-":
        digits = name.replace(":", "").ljust(5, "0")
        return f"{digits[:3]}:{digits[3:]}"
    return _zones().get(name.lower())
