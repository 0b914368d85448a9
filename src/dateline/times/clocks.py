"""Rules for times of day, and for words that are a time by themselves: now, recently."""

from __future__ import annotations

import re
from typing import Final

from dateline.times.lexer import CLASSES, DAYPARTS, REFERENCES, ZONES
from dateline.times.reading import ABOUT, Make, Match, Reading, Rule, offset

_CLOCK: Final = re.compile(r"(\d\d?)[:.](\d\d)")


def _clock(match: Match) -> Reading | None:
    """8:24 a.m. local time; 5 p.m. EST; 2100 GMT; 22:30 UTC+9; at 14:00: but not a score of 21:15."""
    ampm, zone = match.lower("ampm"), _zone(match)
    time = _hour_and_minute(match, bool(ampm or zone or match.has("oclock")))
    if time is None:
        return None
    hour, minute = time
    if ampm:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if ampm[0] == "p" else 0)
    elif not zone and match.before() not in CLASSES["before_clock"]:
        return None
    if hour > 24 or minute > 59:
        return None
    # "At 9:15" may be in the evening; "09:15", "15:09" and what has a zone may not.
    either = "" if ampm or zone or hour > 12 or match.lower("clock")[0] == "0" else "/12"
    zone_step = f" @{zone}" if zone else ""
    return match.reading(f"context day+0 T{hour:02d}:{minute:02d}{either}{zone_step}", "day")


def _hour_and_minute(match: Match, is_marked: bool) -> tuple[int, int] | None:
    """The hour and minute; a bare number only where "p.m." or a zone marks it."""
    text = match.lower("clock")
    if (parts := _CLOCK.match(text)) and (":" in text or is_marked):
        return int(parts[1]), int(parts[2])
    number = match.number("clock")
    if number is None or not is_marked:
        return None
    if len(text) == 4 and text.isdigit():
        return number // 100, number % 100
    return (number, 0) if number <= 24 else None


def _zone(match: Match) -> str | None:
    """The offset ("+09:00", "Z"), the abbreviation where that is all there is, or "local"."""
    words = [w.lower for w in match.group("zone")]
    name = next((w for w in words if w in ZONES), None)
    hours = re.fullmatch(r"(\d\d?)(?::(\d\d))?", words[2]) if len(words) > 2 else None
    if name and hours and words[1] in "+-–":
        sign = "+" if words[1] == "+" else "-"
        return f"{sign}{int(hours[1]):02d}:{hours[2] or '00'}"
    if name:
        return ZONES[name]
    return "local" if words else None


def _daypart(match: Match) -> Reading | None:
    """this morning; last night; the afternoon; at dawn; and with a day beside it, "evening"."""
    part = DAYPARTS[match.lower("daypart")]
    word = match.lower("which")
    by = offset(word)
    if word in CLASSES["last"]:
        return match.reading(f"published day{-1 if part == 'NI' else 0:+d} T{part}")
    if word in CLASSES["this"]:
        return match.reading(f"published day+0 T{part}")
    if word:
        return match.reading(f"context day{by:+d} T{part}", "story")
    alone = match.has("the") or match.has("mid") or match.before() in CLASSES["before_daypart"]
    return match.reading(f"context day+0 T{part}", "day", weak=not alone)


def _overnight(match: Match) -> Reading | None:
    return match.reading("published day-1 TNI")


def _reference(match: Match) -> Reading | None:
    """now; currently; recently; and without a date, "the current president"."""
    word = match.lower("reference")
    if word in CLASSES["undated"]:
        return match.reading(None, timex=("DATE", REFERENCES[word]))
    return _referring(REFERENCES[word])(match)


def _referring(value: str) -> Make:
    """A rule for words of that TIMEX3 value: until, at or from publication."""
    forms = {"PRESENT_REF": "published", "PAST_REF": "..published", "FUTURE_REF": "published.."}

    def make(match: Match) -> Reading | None:
        return match.reading(forms[value], timex=("DATE", value))

    return make


_ZONE: Final = (
    r"(?P<zone><local><time>?|<zone>(?:(?:<plus>|<hyphen>)(?:<number>|<clock>))?<time>?"
    r"|<place>+<time>)"
)

RULES: Final[tuple[Rule, ...]] = (
    (
        rf"{ABOUT}?(?P<clock><clock>|<number>)(?P<ampm><ampm>)?(?:<hourword>|(?P<oclock><oclock>))?(?:{_ZONE})?",
        _clock,
        False,
    ),
    (
        r"(?:(?P<which><last>|<this>|<that>|<the><same>|<the><next>|<the><following>"
        r"|<the><previous>)|(?P<the><the>))?(?:<early>|<late>|(?P<mid><mid>))?<hyphen>?"
        r"(?P<daypart><daypart>)",
        _daypart,
        False,
    ),
    (r"<overnight>", _overnight, False),
    (r"(?P<reference><reference>)", _reference, False),
    (r"<the><near>?<future>", _referring("FUTURE_REF"), False),
    (r"<the><past>", _referring("PAST_REF"), False),
    (r"<long><ago>", _referring("PAST_REF"), False),
    (r"<these><dayword>", _referring("PRESENT_REF"), False),
    (r"<the><moment>", _referring("PRESENT_REF"), False),
)
