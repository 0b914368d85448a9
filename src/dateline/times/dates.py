"""Rules for calendar dates: days, months, quarters, seasons, years, decades, with a year or not."""

from __future__ import annotations

import re
from typing import Final

from dateline.times.lexer import (
    BEFORE_YEAR,
    CLASSES,
    DECADES,
    HOLIDAYS,
    MONTHS,
    NO_YEAR_AFTER,
    NO_YEAR_BEFORE,
    SEASONS,
    WEEKDAYS,
)
from dateline.times.reading import (
    REL,
    WHEN,
    YEAR,
    Match,
    Reading,
    Rule,
    full_year,
    offset,
    start_of,
    year_of,
)

_DIRECTION: Final = r"(?P<dir><last>|<this>|<next>|<past>|<this><past>|<this><next>)"
_TO_DAY: Final = r"(?:(?:<hyphen>|<to>)(?P<to_day><dayno>))?"


def _iso(match: Match) -> Reading | None:
    """2023-07-21"""
    text = match.words[match.first].text
    month, day = int(text[5:7]), int(text[8:])
    return match.reading(text) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _slash(match: Match) -> Reading | None:
    """7/21/2023 and 21/7/2023 are July 21; 7/8/2023 is July 8 or August 7, and says so."""
    a, b, year = match.words[match.first].text.split("/")
    low, high = sorted((int(a), int(b)))
    if low < 1 or low > 12 or high > 31:
        return None
    either = f"{full_year(year)}-{low:02d}-{high:02d}"
    if low == high or high > 12:
        return match.reading(either)
    return match.reading(f"{either}..?{full_year(year)}-{high:02d}-{low:02d}")


def _day(match: Match) -> Reading | None:
    """July 24; Friday (July 21); the 24th of July; July 5-7; 5 to 7 July; December 31 last year."""
    month = MONTHS[match.lower("month")]
    start = start_of(match)
    days = [n for n in (match.number("day"), match.number("to_day")) if n is not None]
    if start is None or any(not 1 <= day <= 31 for day in days):
        return None
    return match.reading("..".join(_dated(start, month, day) for day in days))


def _dated(start: str, month: int, day: int) -> str:
    if start.isdigit():
        return f"{start}-{month:02d}-{day:02d}"
    return f"{start} {month:02d}-{day:02d}{'?' if start == 'published' else '='}"


def _day_of_month(match: Match) -> Reading | None:
    """on the 24th: of the month last named."""
    day = match.number("day")
    word = match.group("day")[0]
    if day is None or not word.text[0].isdigit():
        return None
    after = match.after()
    if after[:1].isalpha() and after not in CLASSES["clause"]:  # "on the 5th floor"
        return None
    return Reading(match.first + 1, match.last, f"published D{day:02d}?", "month")


def _holiday(match: Match) -> Reading | None:
    """New Year's Day; Christmas Eve 2022; New Year's Day this year."""
    name = re.sub(r"\s+", " ", match.lower("holiday").replace("’", "'"))
    start = start_of(match)
    if start is None:
        return None
    month, day = map(int, HOLIDAYS[name].split("-"))
    return match.reading(_dated(start, month, day))


def _weekday(match: Match) -> Reading | None:
    """Monday; last Friday; next Tuesday; the previous Friday."""
    day = WEEKDAYS[match.lower("weekday")]
    word = match.lower("dir")
    if word in CLASSES["previous"] or word in CLASSES["following"]:
        side = "<<" if word in CLASSES["previous"] else ">>"
        return match.reading(f"context {day}{side}", "story")
    if word in CLASSES["same"]:
        return match.reading(f"context {day}~", "story")
    return match.reading(f"published {day}{_side(match)}")


def _side(match: Match) -> str:
    """The side that "last" or "next" before a name asks for; "?" where the tense must tell."""
    return {-1: "<<", 1: ">>"}.get(offset(match.lower("dir")), "?")


def _month(match: Match) -> Reading | None:
    """May 1998; mid-November; last July; July of this year; the month of March."""
    month = MONTHS[match.lower("month")]
    start = start_of(match)
    if start is None:
        return None
    if start.isdigit():
        return match.reading(f"{start}-{month:02d}")
    if start != "published":
        return match.reading(f"{start} M{month:02d}=")
    return match.reading(f"published M{month:02d}{_side(match)}")


def _season(match: Match) -> Reading | None:
    """last fall; the summer of 2021; this spring; in winter: but not "winter wheat"."""
    season = SEASONS[match.lower("season")]
    start = start_of(match)
    if start is None:
        return None
    if start != "published":
        return match.reading(f"{start} {season}=")
    word = match.lower("dir")
    if word:
        side = "~" if word in CLASSES["this"] else _side(match)
        return match.reading(f"published {season}{side}")
    told = match.has("part") or match.has("edge") or match.before() in CLASSES["season_in"]
    if not told or match.lower("season") in CLASSES["plural"]:
        return None
    return match.reading(f"published {season}?")


def _quarter(match: Match) -> Reading | None:
    """the third quarter; fiscal second-quarter; Q3 2023; this year's third quarter."""
    name = match.lower("name")
    number = int(name[1]) if name else match.number("ordinal") or 9
    start = start_of(match)
    if number > 4 or start is None:
        return None
    return match.reading(f"{start} Q{number}{'?' if start == 'published' else '='}")


def _half(match: Match) -> Reading | None:
    """the first half of 1989; the last half of this year."""
    number = 2 if match.lower("which") in CLASSES["last"] else match.number("which") or 9
    start = start_of(match)
    if number > 2 or start is None or start == "published":
        return None
    return match.reading(f"{start} H{number}=")


def _plain_year(match: Match) -> Reading | None:
    """1998; the year 2000; in '98: but not "Resolution 1718", "2000 troops", "$1998", "F-1999"."""
    year = year_of(match)
    if year is None:
        return None
    word = match.group("year")[0]
    before, after = match.before(), match.after()
    if match.has("named") or word.lower in CLASSES["juche"]:
        return match.reading(year)
    if before in NO_YEAR_BEFORE or after in NO_YEAR_AFTER:
        return None
    prefix = match.words[match.first - 2].lower if match.first > 1 else ""
    if before in ("-", "–") and prefix not in CLASSES["before_hyphen"]:  # "F-1998", not "mid-1998"
        return None
    plain = before in BEFORE_YEAR or match.has("part") or match.has("edge")
    if not plain and (word.text[0] in "'’‘" or not 1900 <= int(year) <= 2099):
        return None
    return match.reading(year)


def _fiscal_year(match: Match) -> Reading | None:
    """fiscal 1989; fiscal year 2023: not quite the calendar's, so around."""
    year = year_of(match)
    return None if year is None else match.reading(f"{year} around")


def _years(match: Match) -> Reading | None:
    """1998-99; 2017-2019."""
    low, high = match.number("year"), match.number("to_year")
    text = match.lower("to_year")
    if low is None or high is None or not text.isdigit():
        return None
    if len(text) == 2:
        high += low // 100 * 100
    return match.reading(f"{low}..{high}") if low < high < low + 100 else None


def _decade(match: Match) -> Reading | None:
    """the 1980s; the '90s; the nineties: but not a man in his 30s."""
    text = match.lower("decade")
    if text in DECADES:
        named = match.has("the") or match.has("part")
        return match.reading(f"19{DECADES[text] // 10}X") if named else None
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) == 4:
        return match.reading(f"{digits[:3]}X")
    if text[0] not in "'’‘" and not match.has("the"):
        return None
    return match.reading(f"19{digits[0]}X") if int(digits) >= 20 else None


def _century(match: Match) -> Reading | None:
    """the 21st century; mid-19th-century."""
    number = match.number("ordinal") or 0
    return match.reading(f"{number - 1:02d}XX") if 1 <= number <= 30 else None


def _year_quarter(match: Match) -> Reading | None:
    """the 1988 quarter; the 1988 third quarter; the 1989 period."""
    year = year_of(match)
    if year is None:
        return None
    number = match.number("ordinal")
    if number is None:
        return match.reading(year, "likewise")
    return match.reading(f"{year} Q{number}=") if number <= 4 else None


# In the order in which they win where two readings are of one length.
RULES: Final[tuple[Rule, ...]] = (
    (r"<iso>", _iso, False),
    (r"<slash>", _slash, False),
    (
        rf"(?:<weekday>(?:<comma>|(?P<paren><open>))?)?(?P<month><month>)(?P<day><dayno>){_TO_DAY}"
        rf"(?:{WHEN})?(?(paren)<close>|)",
        _day,
        True,
    ),
    (
        rf"(?:<weekday><comma>?)?<the>?(?P<day><dayno>){_TO_DAY}<of>?(?P<month><month>)(?:{WHEN})?",
        _day,
        True,
    ),
    (rf"(?:{_DIRECTION}|<the><monthword><of>)?(?P<month><month>)(?:{WHEN})?", _month, True),
    (
        r"(?:(?P<dir><the>?<last>|<the>?<next>|<this><past>?|<this><next>|<the><previous>"
        r"|<the><following>|<the><same>))?(?P<weekday><weekday>)",
        _weekday,
        True,
    ),
    (rf"<the>?{_DIRECTION}?(?P<season><season>)(?:{WHEN})?", _season, True),
    (
        rf"(?:<the>|<own>)?(?:{YEAR}|{REL}<poss>?)?<fiscal>?<hyphen>?(?P<ordinal><ordinal>)"
        r"<hyphen>?<fiscal>?<quarterword>",
        _quarter,
        True,
    ),
    (
        rf"(?:<the>|<own>)?<fiscal>?<hyphen>?(?P<ordinal><ordinal>)<hyphen>?<fiscal>?<quarterword>"
        rf"(?:{WHEN})?",
        _quarter,
        True,
    ),
    (rf"(?P<name><quartername>)(?:{WHEN})?", _quarter, True),
    (rf"<the>?(?P<which><ordinal>|<last>)<half>{WHEN}", _half, True),
    (r"(?P<the><the>)?(?P<decade><decade>)", _decade, True),
    (r"<the>?(?P<ordinal><ordinal>)<hyphen>?<centuryword>", _century, True),
    (r"(?P<year><year>)<hyphen>(?P<to_year><number>)", _years, False),
    (r"(?P<named><the><yearword>)(?P<year><number>|<year>)", _plain_year, True),
    (rf"<the>?<fiscal><yearword>?{YEAR}", _fiscal_year, True),
    (rf"(?P<named><yearword>)?{YEAR}", _plain_year, True),
    (rf"<the>{YEAR}(?P<ordinal><ordinal>)?(?:<quarterword>|<period>)", _year_quarter, False),
    (r"<on><the>(?P<day><ordinal>)(?!<month|of|unit|hyphen|ordinal>)", _day_of_month, False),
    (rf"(?P<holiday><holiday>)(?:{WHEN})?", _holiday, True),
)
