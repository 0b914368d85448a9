"""Words of time -> readings: which words name a time, and the form of what they mean.

Each rule is a pattern over word classes and a function that makes its form. All rules run over a
paragraph; where two readings overlap the longer one stands, then the one of the earlier rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dateline.times.lexer import (
    DAYPARTS,
    DAYS,
    DECADES,
    HOLIDAYS,
    MONTHS,
    NOT_A_YEAR_AFTER,
    NOT_A_YEAR_BEFORE,
    REFERENCES,
    SEASONS,
    UNITS,
    WEEKDAYS,
    ZONES,
    Word,
    classes_of,
    pattern,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Words `first` to `last` (exclusive) and the form of what they mean.

    A "?" in the form stands for a side that the tense decides. `lean` says on what the form
    leans besides the anchor: "story" on the story's last date (its form starts with "context"),
    "either" on that if there is one, else on publication; "quarter" on the last quarter named.
    """

    first: int
    last: int
    form: str
    lean: str = ""
    weak: bool = False


Make = Callable[["_Match"], "Reading | str | None"]


@dataclass(frozen=True, slots=True)
class _Match:
    """A rule's match: the groups as words."""

    words: Sequence[Word]
    classes: str
    match: re.Match[str]

    @property
    def first(self) -> int:
        return self.match.start()

    @property
    def last(self) -> int:
        return self.match.end()

    def has(self, group: str) -> bool:
        return self._span(group) != (-1, -1)

    def _span(self, group: str) -> tuple[int, int]:
        """Where the group is; nowhere, where it is empty or the rule has no such group."""
        if group not in self.match.re.groupindex:
            return -1, -1
        start, end = self.match.span(group)
        return (start, end) if end > start else (-1, -1)

    def word(self, group: str) -> Word | None:
        start, end = self._span(group)
        return self.words[end - 1] if end > start else None

    def lower(self, group: str) -> str:
        word = self.word(group)
        return word.lower if word else ""

    def group(self, group: str) -> Sequence[Word]:
        start, end = self._span(group)
        return self.words[start:end] if end > start else ()

    def before(self) -> str:
        return self.words[self.first - 1].lower if self.first else ""

    def after(self) -> str:
        return self.words[self.last].lower if self.last < len(self.words) else ""

    def reading(self, form: str, lean: str = "", *, weak: bool = False) -> Reading:
        return Reading(self.first, self.last, form, lean, weak)


# --------------------------------------------------------------------------- pieces of patterns

_YEAR: Final = r"(?P<year><year>|<shortyear>|<juche><number>(?:<open><year><close>)?)"
_REL: Final = r"(?:<of>?(?P<rel><last>|<this>|<next>|<past>|<previous>|<following>|<that>|<the><same>|<the>)<yearword>)"
_WHEN: Final = rf"(?:(?:<comma>|<of>?<fiscal>?)?{_YEAR}|<comma>?{_REL})"
_ABOUT: Final = r"(?P<about><about>|<nearly>|(?:<no>?<more>|<at><least>)<than>?|<at><least>|<up><to>)"
_AMOUNT: Final = (
    r"(?P<amount><number>(?:(?:<hyphen>|<to>|<or>)<number>)?<fraction>?|<a>?<couple><of>?"
    r"|<a>?<few>(?:<more>)?|<another>|<half>(?:<of>)?<a>|<a><number>|<a>)"
)
_PART: Final = (
    r"(?:(?P<part><early>|<late>|<mid>|<earlier>|<later>)<hyphen>?<in>?"
    r"|<the>?(?P<edge><end>|<start>|<mid>|<half>)<of>)?"
)

_PARTS: Final = {"early": "early", "late": "late", "mid": "mid", "middle": "mid"}
_EDGES: Final = {"end": "late", "close": "late", "middle": "mid", "half": ""}
_UNIT_LETTER: Final = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W",
    "weekend": "W", "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "E",
    "century": "C",
}  # fmt: skip
_STEP_UNIT: Final = {"night": "day", "fortnight": "week"}
_SHIFT_LETTER: Final = {"day": "d", "night": "d", "week": "w", "month": "m", "quarter": "q", "year": "y"}
# "A few" and "several" of a unit: from two to nine of it. News rounds ten and more.
_FEW: Final = (2, 9)
_CENTURY: Final = 100


# --------------------------------------------------------------------------- numbers, years, durations


def _year(match: _Match) -> str | None:
    """The year that the `year` group names, as four digits."""
    words = match.group("year")
    if not words:
        return None
    if words[0].lower == "juche":
        return f"{int(words[1].value or 0) + 1911:04d}" if (words[1].value or 0) < 300 else None
    if words[0].text[0] in "'’‘":
        number = int(words[0].text[1:])
        return f"{(1900 if number > 40 else 2000) + number}"
    value = words[0].value
    if value is None or value != int(value):
        return None
    return f"{int(value):04d}"


def _start(match: _Match) -> str | None:
    """Where the form starts by its year: "2021", "published year-1", or "published"; None if bad."""
    if match.has("year"):
        return _year(match)
    if match.has("rel"):
        return _relative_year(match)
    return "published"


def _relative_year(match: _Match) -> str:
    match_word = match.lower("rel")
    by = {"last": -1, "past": -1, "this": 0, "next": 1, "coming": 1}.get(match_word)
    if by is not None:
        return f"published year{by:+d}"
    by = -1 if match_word in ("previous", "prior", "preceding") else 1 if match_word == "following" else 0
    return f"context year{by:+d}"


def _amount(match: _Match) -> tuple[float, float] | None:
    """The lowest and highest number that the `amount` group says; None for "a few"."""
    words = match.group("amount")
    lowers = [w.lower for w in words]
    if "couple" in lowers:
        return 2, 2
    if "half" in lowers:
        return 0.5, 0.5
    numbers = [w.value for w in words if w.value is not None]
    fraction = next((w.text for w in words if "/" in w.text), None)
    if fraction and numbers and fraction[-1] != "0":
        return (numbers[0] + int(fraction[0]) / int(fraction[-1]),) * 2
    if numbers:
        return min(numbers), max(numbers)
    if lowers and lowers[0] in ("a", "an", "another"):
        return (1, 1) if len(lowers) == 1 else None
    return None


def _duration(amount: tuple[float, float] | None, unit: str) -> str:
    """A TIMEX3 duration: P2Y, PT10H, PXW; the lower number of "two to three"."""
    letter = _UNIT_LETTER[unit]
    time, letter = ("T", letter[1]) if letter[0] == "T" else ("", letter)
    if amount is None:
        return f"P{time}X{letter}"
    number = amount[0]
    if unit == "fortnight":
        number *= 2
    if unit == "decade" and number > 1:
        number, letter = number * 10, "Y"
    if unit == "century" and number >= 1:
        number, letter = number * 100, "Y"
    if number != int(number):
        if unit == "year":
            whole = f"{int(number)}Y" if number >= 1 else ""
            return f"P{whole}{round(number % 1 * 12)}M"
        if unit == "hour":
            whole = f"{int(number)}H" if number >= 1 else ""
            return f"PT{whole}{round(number % 1 * 60)}M"
        if unit == "minute":
            whole = f"{int(number)}M" if number >= 1 else ""
            return f"PT{whole}{round(number % 1 * 60)}S"
        return f"P{time}{number:g}{letter}"
    return f"P{time}{int(number)}{letter}"


def _unit(match: _Match, group: str = "unit") -> str:
    return UNITS[match.lower(group)]


# --------------------------------------------------------------------------- rules: calendar


def _iso(match: _Match) -> str | None:
    return match.words[match.first].text


def _slash(match: _Match) -> str | None:
    """7/21/2023 is July 21 and 21/7/2023 too; 7/8/2023 is July 8 or August 7."""
    a, b, year = match.words[match.first].text.split("/")
    if len(year) == 2:
        year = ("19" if int(year) > 40 else "20") + year
    month, day = int(a), int(b)
    if month > 12:
        month, day = day, month
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if day <= 12 and month != day:
        low, high = sorted((f"{year}-{month:02d}-{day:02d}", f"{year}-{day:02d}-{month:02d}"))
        return f"{low}..?{high}"
    return f"{year}-{month:02d}-{day:02d}"


def _month_day(match: _Match) -> str | None:
    """July 24; Friday, July 21, 2023; the 24th of July; July 5-7; December 31 last year."""
    month = MONTHS[match.lower("month")]
    days = [int(w.value or 0) for w in (match.word("day"), match.word("to_day")) if w]
    if any(not 1 <= d <= 31 for d in days):
        return None
    start = _start(match)
    if start is None:
        return None
    points = [_dated(start, month, d) for d in days]
    return "..".join(points)


def _dated(start: str, month: int, day: int) -> str:
    if start.isdigit():
        return f"{start}-{month:02d}-{day:02d}"
    return f"{start} {month:02d}-{day:02d}{'?' if start == 'published' else '='}"


def _month(match: _Match) -> str | None:
    """May 1998; mid-November; last July; July of this year; each July is another rule's."""
    month = MONTHS[match.lower("month")]
    start = _start(match)
    if start is None:
        return None
    if start.isdigit():
        return f"{start}-{month:02d}"
    if start != "published":
        return f"{start} M{month:02d}="
    return f"published M{month:02d}{_side(match)}"


def _side(match: _Match) -> str:
    """The side that "last", "this", "next" before a name ask for; "?" where none does."""
    word = match.lower("dir")
    if word in ("last", "past"):
        return "<<"
    if word in ("next", "coming", "upcoming"):
        return ">>"
    if word == "this":
        return "?"
    return "?"


def _weekday(match: _Match) -> Reading | str | None:
    day = WEEKDAYS[match.lower("weekday")]
    word = match.lower("dir")
    if word in ("previous", "preceding", "prior"):
        return match.reading(f"context {day}<<", "story")
    if word in ("following", "subsequent"):
        return match.reading(f"context {day}>>", "story")
    if word == "same":
        return match.reading(f"context {day}~", "story")
    return f"published {day}{_side(match)}"


def _season(match: _Match) -> Reading | str | None:
    """last fall; the summer of 2021; this spring."""
    season = SEASONS[match.lower("season")]
    start = _start(match)
    if start is None:
        return None
    if start != "published":
        return f"{start} {season}="
    word = match.lower("dir")
    if match.words[match.match.end("season") - 1].lower in ("falls", "springs") and not word:
        return None
    if not word and match.lower("season") in ("fall", "spring") and match.before() not in ("in", "of", "by", "until", "since", "last"):
        return None
    if not word and not match.has("the") and match.before() not in ("in", "by", "until", "since", "during"):
        return None
    return f"published {season}{_side(match) if word != 'this' else '~'}"


def _quarter(match: _Match) -> Reading | str | None:
    """the third quarter; third-quarter 2023; the fourth quarter of last year; Q3 2023."""
    name = match.lower("name")
    number = int(name[1]) if name else int((match.word("ordinal") or Word(0, 0, "", "", 9)).value or 9)
    if number > 4:
        return None
    start = _start(match)
    if start is None:
        return None
    if match.has("yearago"):
        return f"published Q{number}< -1y"
    if start != "published":
        return f"{start} Q{number}="
    return f"published Q{number}?"


def _half(match: _Match) -> Reading | str | None:
    """the first half of 1989; the second half of this year."""
    word = match.word("ordinal")
    number = 2 if match.lower("which") in ("last", "latter") else int((word.value if word else 9) or 9)
    if number > 2:
        return None
    start = _start(match)
    if start is None or start == "published":
        return None
    return f"{start} H{number}="


def _decade(match: _Match) -> str | None:
    text = match.lower("decade").replace("’", "'").replace("‘", "'")
    if text in DECADES:
        return f"19{DECADES[text] // 10}X"
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) == 4:
        return f"{digits[:3]}X"
    if len(digits) == 2 and (text[0] == "'" or match.has("the")):
        return f"19{digits[0]}X"
    return None


def _century(match: _Match) -> str | None:
    number = int((match.word("ordinal") or Word(0, 0, "", "", 0)).value or 0)
    return f"{number - 1:02d}XX" if 1 <= number <= 30 else None


def _plain_year(match: _Match) -> Reading | str | None:
    """1998; fiscal 1989; the year 2000: but not "Resolution 1718", "1,100 people", "2000 troops"."""
    year = _year(match)
    if year is None:
        return None
    before, after = match.before(), match.after()
    if match.has("fiscal"):
        return f"{year} around" if not match.words[match.first].lower.startswith("juche") else year
    word = match.group("year")[0]
    if word.lower == "juche" or word.text[0] in "'’‘":
        return year if before in ("in", "of", "since", "by", "from", "to", "until", "late", "early", "and", "during", "summer", "spring", "fall") or word.lower == "juche" else None
    if before in NOT_A_YEAR_BEFORE or before in ("$", "£", "€", "¥", "₩", "#", "/", "+", ".", ":", "@", "%"):
        return None
    if after in NOT_A_YEAR_AFTER and word.text.isdigit() or after in ("%", "/", ":", "°"):
        return None
    if before in ("-", "–") and match.first > 1 and not match.words[match.first - 2].text.isdigit() and match.words[match.first - 2].lower not in ("mid", "pre", "post", "early", "late"):
        return None
    if not _is_plain(match) and not 1900 <= int(year) <= 2099:
        return None
    return year


_YEAR_PREPOSITIONS: Final = frozenset("in since by of from until till before after during to through between and for early late year circa than".split())


def _is_plain(match: _Match) -> bool:
    return match.before() in _YEAR_PREPOSITIONS


def _holiday(match: _Match) -> Reading | str | None:
    """New Year's Day; Christmas Eve 2022; New Year's Day this year."""
    name = re.sub(r"\s+", " ", match.lower("holiday").replace("’", "'"))
    start = _start(match)
    return None if start is None else _dated(start, *map(int, HOLIDAYS[name].split("-")))


# --------------------------------------------------------------------------- rules: relative


def _today(match: _Match) -> Reading | str | None:
    word = match.lower("today")
    form = f"published day{DAYS[word]:+d}"
    if word == "tonight":
        form += " TNI"
    return form


def _ago(match: _Match) -> Reading | str | None:
    """two weeks ago; a few days ago; years ago; a year ago (of the last quarter, if one was named)."""
    return _counted(match, "published", -1)


def _hence(match: _Match) -> Reading | str | None:
    """two weeks from now; a year hence."""
    return _counted(match, "published", 1)


def _after_story(match: _Match) -> Reading | str | None:
    """two days later; a year earlier: from the story's last date."""
    return _counted(match, "context", -1 if match.has("earlier") else 1)


def _counted(match: _Match, start: str, sign: int) -> Reading | str | None:
    unit = _unit(match)
    step = _STEP_UNIT.get(unit, unit)
    amount = _amount(match) if match.has("amount") else None
    lean = "story" if start == "context" else ""
    reference = "PAST_REF" if sign < 0 else "FUTURE_REF"
    if unit in ("second", "minute", "hour"):
        value = _duration(amount, unit)
        return match.reading(f"{start} | DURATION {value}", lean)
    if amount is None:
        near, far = (f"{start} {step}{sign * n:+d}" for n in _FEW)
        low, high = (far, near) if sign < 0 else (near, far)
        if not match.has("amount"):  # "years ago"
            form = f"..{near}" if sign < 0 else f"{near}.."
            return match.reading(f"{form} | DATE {reference}", lean)
        return match.reading(f"{low}..?{high} | DATE {reference}", lean)
    low_n, high_n = amount
    if unit == "fortnight":
        low_n, high_n = low_n * 2, high_n * 2
    if low_n != int(low_n) or high_n != int(high_n):
        months = round(low_n * 12)
        if unit != "year":
            return None
        return match.reading(f"{start} month{sign * months:+d}", lean)
    if abs(high_n) > 5000:
        return None
    if low_n != high_n:
        near, far = f"{start} {step}{sign * int(low_n):+d}", f"{start} {step}{sign * int(high_n):+d}"
        low, high = (far, near) if sign < 0 else (near, far)
        return match.reading(f"{low}..?{high}", lean)
    around = " around" if match.lower("about") in _ABOUT_WORDS else ""
    if match.lower("about") in _MORE_WORDS:  # "more than two years ago"
        edge = f"{start} {step}{sign * int(low_n):+d}"
        return match.reading(f"..{edge}" if sign < 0 else f"{edge}..", lean)
    if unit == "year" and low_n == 1 and match.lower("amount") in ("a", "one"):
        return match.reading(f"{start} year{sign:+d}{around}", f"{lean or 'published'} quarter")
    return match.reading(f"{start} {step}{sign * int(low_n):+d}{around}", lean)


def _near_unit(match: _Match) -> Reading | str | None:
    """last week; this month; next year; the previous day; the following year; that week."""
    unit = _unit(match)
    step = _STEP_UNIT.get(unit, unit)
    words = [w.lower for w in match.group("which")]
    word = words[-1]
    if unit in ("second", "minute", "hour"):
        return None
    if unit == "night":
        return _near_night(match, words)
    if word == "past" or (word == "last" and "the" in words and unit != "century"):
        letter, by = ("y", 10) if unit == "decade" else (_SHIFT_LETTER.get(unit, "y"), 1)
        if unit in ("weekend", "century"):
            return f"published {step}-1"
        value = f"P{by}{_UNIT_LETTER[unit] if by == 1 else 'Y'}"
        return match.reading(f"published -{by}{letter}..published | DURATION {value}")
    if word == "last":
        return f"published {step}-1"
    if word in ("next", "coming", "upcoming"):
        if "the" in words:
            return match.reading(f"published {step}+1", "either")
        return f"published {step}+1"
    if word == "this" or word == "current":
        return f"published {step}+0"
    if word == "latest":
        if unit == "quarter":
            return match.reading("published quarter-1", "quarter")
        return f"published {step}{-1 if unit in ('year', 'week', 'month') else 0:+d}"
    if word in ("previous", "prior", "preceding"):
        return match.reading(f"context {step}-1", "either")
    if word in ("following", "ensuing", "subsequent"):
        return match.reading(f"context {step}+1", "story")
    return match.reading(f"context {step}+0", "story")


def _near_night(match: _Match, words: list[str]) -> Reading | str | None:
    word = words[-1]
    if word == "last":
        return "published day-1 TNI"
    if word == "this":
        return "published day+0 TNI"
    if word in ("previous", "following", "next"):
        by = -1 if word == "previous" else 1
        return match.reading(f"context day{by:+d} TNI", "story")
    if word in ("that", "same"):
        return match.reading("context day+0 TNI", "story")
    return None


def _the_unit(match: _Match) -> Reading | str | None:
    """the quarter, the year, the week: of the story if it has named one, else of publication."""
    unit = _unit(match)
    if unit in ("second", "minute", "hour", "night", "fortnight"):
        return None
    if unit == "quarter":
        return match.reading("published quarter-1", "quarter")
    if match.after() in ("of", "before", "after", "when", "that", "-"):
        return None
    if match.has("part") or match.has("edge"):
        return match.reading(f"published {unit}+0", "either")
    if unit == "weekend":
        return "published weekend?"
    if match.before() in ("of", "in", "for", "during", "this", "by"):
        if match.before() == "for" and unit == "year":
            return match.reading("published year+0")
        return match.reading(f"published {unit}+0", "either")
    return None


def _many(match: _Match) -> Reading | str | None:
    """the past two weeks; the next few days; recent months; the coming weeks."""
    unit = _unit(match)
    amount = _amount(match) if match.has("amount") else None
    word = match.lower("which")
    value = _duration(amount, unit)
    back = word in ("last", "past", "previous", "recent", "latest", "prior", "preceding")
    if amount is None and word in ("recent", "coming", "past", "future") and not match.has("amount"):
        tag = "DATE PAST_REF" if back else "DATE FUTURE_REF"
    else:
        tag = f"DURATION {value}"
    letter = _SHIFT_LETTER.get(unit)
    if letter is None or (amount and (amount[1] > 5000 or amount[1] != int(amount[1]))):
        return match.reading(f"{'..published' if back else 'published..'} | {tag}")
    far = _FEW[1] if amount is None else int(amount[1])
    start = "context" if word in ("previous", "prior", "preceding", "following", "ensuing", "subsequent") else "published"
    lean = "story" if start == "context" else ""
    if back:
        return match.reading(f"{start} -{far}{letter}..{start} | {tag}", lean)
    return match.reading(f"{start}..{start} +{far}{letter} | {tag}", lean)


def _year_ago_period(match: _Match) -> Reading | str | None:
    """the year-ago quarter; the year-earlier period; year-ago."""
    return match.reading("published year-1", "yearago")


def _year_end(match: _Match) -> Reading | str | None:
    """year-end; the year's end."""
    return "published year+0 late"


def _latest_period(match: _Match) -> Reading | str | None:
    return match.reading("published quarter-1", "quarter")


def _day_of_month(match: _Match) -> Reading | str | None:
    """on the 24th, of the month last named."""
    day = match.word("day")
    after = match.words[match.last] if match.last < len(match.words) else None
    if day is None or not day.text[0].isdigit() or not day.value or day.value > 31:
        return None
    if after is not None and after.text[0].isalpha() and after.lower not in ("in", "at", "and", "with", "to", "for", "by", "the", "on", "when", "as", "after", "a"):
        return None
    return Reading(match.first + 1, match.last, f"published D{int(day.value):02d}?", "month")


def _year_period(match: _Match) -> Reading | str | None:
    """the 1988 quarter; the 1988 third quarter; the 1989 period."""
    year = _year(match)
    if year is None:
        return None
    if match.has("ordinal"):
        number = int((match.word("ordinal") or Word(0, 0, "", "", 9)).value or 9)
        return f"{year} Q{number}=" if number <= 4 else None
    return match.reading(year, "yearperiod")


def _day_after(match: _Match) -> Reading | str | None:
    """the day after; the year before: where nothing follows that they are counted from."""
    following = match.words[match.last] if match.last < len(match.words) else None
    if following is not None and following.text[0].isalnum() and following.lower not in _CLAUSE_WORDS:
        return None
    step = _STEP_UNIT.get(_unit(match), _unit(match))
    if step in ("second", "minute", "hour"):
        return None
    return match.reading(f"context {step}{-1 if match.has('earlier') else 1:+d}", "story")


# Words that may follow "the day after" without being what it is counted from.
_CLAUSE_WORDS: Final = frozenset("in at on with to for by and when but as from it he she they".split())


def _day_but_one(match: _Match) -> Reading | str | None:
    """the day before yesterday; the day after tomorrow."""
    by = DAYS[match.lower("today")]
    return f"published day{2 * by:+d}" if by else None


# --------------------------------------------------------------------------- rules: times of day


def _clock(match: _Match) -> Reading | str | None:
    """8:24 a.m. local time; 5 p.m. EST; 2100 GMT; 10 o'clock."""
    text = match.lower("clock")
    zone = _zone(match)
    ampm = match.lower("ampm")
    if re.fullmatch(r"\d\d?[:.]\d\d(?::\d\d)?", text):
        hour, minute = (int(p) for p in re.split(r"[:.]", text)[:2])
        precise = True
    else:
        number = match.word("clock")
        value = int(number.value or 0) if number and (number.value or 0) < 2400 else 99
        if len(text) == 4 and text.isdigit():
            hour, minute, precise = value // 100, value % 100, True
        else:
            hour, minute, precise = value, 0, False
    if ampm:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if ampm[0] == "p" else 0)
    if hour > 24 or minute > 59:
        return None
    if not ampm and not zone and match.before() not in ("at", "by", "until", "around", "from", "about", "between", "before", "after", "since", "to") and not match.has("hours"):
        return None
    clock = f"T{hour:02d}:{minute:02d}"
    if not precise and not ampm and not zone:
        return None
    form = f"context day+0 {clock}{' @' + zone if zone else ''}"
    return match.reading(form, "day")


def _zone(match: _Match) -> str | None:
    words = [w.lower for w in match.group("zone")]
    if not words:
        return None
    if "local" in words:
        return "local"
    name = next((w for w in words if w in ZONES), None)
    number = next((w for w in words if w.replace(":", "").isdigit()), None)
    if name and number:
        hours, _, minutes = number.partition(":")
        sign = "+" if "+" in words else "-"
        return f"{sign}{int(hours):02d}:{minutes or '00'}"
    return ZONES[name] if name else {"korean": "+09:00", "korea": "+09:00"}.get(words[0], "local")


def _daypart(match: _Match) -> Reading | str | None:
    """this morning; last night; the afternoon; at dawn; midnight."""
    part = DAYPARTS[match.lower("daypart")]
    word = match.lower("which")
    if word in ("last", "this"):
        by = -1 if word == "last" and part == "NI" else 0
        return f"published day{by:+d} T{part}"
    if word in ("that", "same"):
        return match.reading(f"context day+0 T{part}", "story")
    if word in ("next", "following"):
        return match.reading(f"context day+1 T{part}", "story")
    if word in ("previous",):
        return match.reading(f"context day-1 T{part}", "story")
    weak = not (match.has("the") or match.has("mid") or match.before() in _DAYPART_PREPOSITIONS)
    return match.reading(f"context day+0 T{part}", "day", weak=weak)


_DAYPART_PREPOSITIONS: Final = frozenset(("at", "by", "until", "around", "since"))


def _overnight(match: _Match) -> Reading | str | None:
    return "published day-1 TNI"


# --------------------------------------------------------------------------- rules: durations, sets, references


def _length(match: _Match) -> Reading | str | None:
    """two years; a 10-hour flight; two to three weeks; half an hour; a year (a $5 a year is a set)."""
    unit = _unit(match)
    amount = _amount(match)
    lowers = [w.lower for w in match.group("amount")]
    if lowers in (["a"], ["an"]):
        if match.before() in ("times", "twice", "once", "thrice"):
            return match.reading(f"none | SET P1{_UNIT_LETTER[unit]}")
        if unit in ("second", "quarter", "night") or _is_rate(match):
            return None
    if match.words[match.last - 1].lower == "old" or match.after() == "old":
        return None
    if unit == "second" and not match.lower("unit").endswith("s"):
        return None
    if unit == "quarter" and lowers and lowers[-1] in ("one", "three") and not match.lower("unit").endswith("s"):
        return None
    value = _duration(amount, unit)
    return match.reading(f"none | DURATION {value}")


def _is_rate(match: _Match) -> bool:
    """Whether "a year" stands after an amount: "$50,000 a year", "three times a week"."""
    before = match.words[match.first - 1] if match.first else None
    if before is None:
        return False
    if before.value is not None and before.text[0].isdigit():
        return True
    return before.lower in ("times", "twice", "once", "million", "billion", "trillion", "percent", "%", "cents", "dollars", "hours", "days", "tons", "barrels")


def _bare_units(match: _Match) -> Reading | str | None:
    """for years; weeks or months; decades."""
    unit = _unit(match)
    if match.after() in ("before", "after", "since", "ahead"):
        return match.reading(f"none | DURATION {_duration(None, unit)}")
    if match.before() in ("for", "in", "of", "within", "after", "over", "taken", "took", "take", "be", "by", "or", "and", "last", "lasted", "than", "through", "spent", "for", "many", "as"):
        return match.reading(f"none | DURATION {_duration(None, unit)}")
    return None


def _half_more(match: _Match) -> Reading | str | None:
    """a year and a half; two and a half hours."""
    unit = _unit(match)
    amount = _amount(match) if match.has("amount") else (1.0, 1.0)
    if amount is None:
        return None
    return match.reading(f"none | DURATION {_duration((amount[0] + 0.5,) * 2, unit)}")


def _ordinal_unit(match: _Match) -> Reading | str | None:
    """the first nine months (of 1989); the last two years of his life."""
    unit = _unit(match)
    return match.reading(f"none | DURATION {_duration(_amount(match), unit)}")


def _each(match: _Match) -> Reading | str | None:
    """every Tuesday; each month; every July."""
    if match.has("weekday"):
        number = list(dict.fromkeys(WEEKDAYS.values())).index(WEEKDAYS[match.lower("weekday").removesuffix("s")]) + 1
        return match.reading(f"none | SET XXXX-WXX-{number}")
    if match.has("month"):
        return match.reading(f"none | SET XXXX-{MONTHS[match.lower('month')]:02d}")
    if match.has("season"):
        return match.reading(f"none | SET XXXX-{SEASONS[match.lower('season')]}")
    if match.has("daypart"):
        return match.reading(f"none | SET XXXX-XX-XXT{DAYPARTS[match.lower('daypart')]}")
    unit = _unit(match)
    amount = _amount(match) if match.has("amount") else (1.0, 1.0)
    return match.reading(f"none | SET {_duration(amount, unit)}")


_FREQUENCIES: Final = {
    "daily": "XXXX-XX-XX",
    "nightly": "XXXX-XX-XXTNI",
    "weekly": "XXXX-WXX",
    "monthly": "XXXX-XX",
    "annually": "XXXX",
    "yearly": "XXXX",
    "hourly": "PT1H",
}


def _frequency(match: _Match) -> Reading | str | None:
    return match.reading(f"none | SET {_FREQUENCIES[match.lower('set')]}")


def _reference(match: _Match) -> Reading | str | None:
    value = REFERENCES[match.lower("reference")]
    return match.reading(_reference_form(value))


def _reference_form(value: str) -> str:
    start = {"PRESENT_REF": "published", "PAST_REF": "..published", "FUTURE_REF": "published.."}[value]
    return f"{start} | DATE {value}"


def _phrase(value: str) -> Make:
    def make(match: _Match) -> Reading | str | None:
        return match.reading(_reference_form(value))

    return make


# --------------------------------------------------------------------------- the table

_UNIT: Final = r"(?P<unit><unit>)"
_DAY: Final = r"(?P<day><dayno>)"
_ZONE: Final = r"(?P<zone><local><time>?|<zone>(?:<plus|hyphen>(?:<number>|<clock>))?<time>?|<place>+?<time>)"

# In the order in which they win where two readings are of one length.
_RULES: Final[tuple[tuple[str, Make, bool], ...]] = (
    (r"<iso>", _iso, False),
    (r"<slash>", _slash, False),
    (rf"(?:<weekday><comma>?<open>?)?(?P<month><month>){_DAY}(?:(?:<hyphen>|<to>)(?P<to_day><dayno>))?(?:{_WHEN})?", _month_day, True),
    (rf"(?:<weekday><comma>?)?<the>?{_DAY}(?:(?:<hyphen>|<to>|<and>)(?P<to_day><dayno>))?<of>?(?P<month><month>)(?:{_WHEN})?", _month_day, True),
    (rf"(?:(?P<dir><last>|<this>|<next>|<past>|<this><past>|<this><next>))?(?P<month><month>)(?:{_WHEN})?", _month, True),
    (r"(?:<the>?(?P<dir><last>|<this>|<next>|<this><past>|<this><next>|<previous>|<following>|<same>))?(?P<weekday><weekday>)", _weekday, True),
    (rf"(?P<the><the>)?(?:(?P<dir><last>|<this>|<next>|<past>|<this><past>|<this><next>))?(?P<season><season>)(?:{_WHEN})?", _season, True),
    (rf"(?:<the>|<own>)?(?:{_YEAR}|{_REL}<poss>?)?<fiscal>?<hyphen>?(?P<ordinal><ordinal>)(?P<name><quartername>)?<hyphen>?<fiscal>?<quarterword>", _quarter, True),
    (rf"(?:<the>|<own>)?<fiscal>?<hyphen>?(?P<ordinal><ordinal>)?(?P<name><quartername>)?<hyphen>?<fiscal>?<quarterword>(?:{_WHEN})?", _quarter, True),
    (rf"(?P<ordinal><ordinal>)?(?P<name><quartername>)(?:{_WHEN})?", _quarter, True),
    (rf"<the>?(?P<which><ordinal>|<last>)(?P<ordinal><ordinal>)?<half>{_WHEN}", _half, True),
    (r"(?P<the><the>)?(?P<decade><decade>)", _decade, True),
    (r"<the>?(?P<ordinal><ordinal>)<hyphen>?<centuryword>", _century, True),
    (r"<the><yearword>(?P<year><number>)", _plain_year, True),
    (rf"(?:<the>?(?P<fiscal><fiscal>)<yearword>?|<the>?<yearword>)?{_YEAR}", _plain_year, True),
    (r"(?:<early>|<late>|<later>|<earlier>)?(?P<today><today>)", _today, False),
    (rf"{_ABOUT}?{_AMOUNT}<hyphen>?(?:<filler>)?{_UNIT}<ago>", _ago, False),
    (rf"{_UNIT}<ago>", _ago, False),
    (rf"{_ABOUT}?{_AMOUNT}{_UNIT}(?:<from><now>|<hence>)", _hence, False),
    (rf"{_ABOUT}?{_AMOUNT}{_UNIT}(?:(?P<earlier><earlier>)|<later>)", _after_story, False),
    (rf"(?P<which><the>?<last>|<the>?<past>|<this><past>|<the>?<next>|<this>|<the>?<current>|<the><latest>|<the>?<previous>|<the>?<following>|<that>|<the><same>)(?P<unit><one>)", _near_unit, True),
    (r"<the>(?P<unit><one>)", _the_unit, True),
    (rf"(?:<the>|<these>|<own>)?(?P<which><last>|<past>|<next>|<previous>|<following>|<latest>|<recent>)(?:{_AMOUNT}(?:<filler>)?)?{_UNIT}", _many, False),
    (r"(?:<the>|<this>)?<yearword>(?:<poss>|<hyphen>)?<end>", _year_end, True),
    (r"<the><latest><period>", _latest_period, False),
    (r"<on><the>(?P<day><ordinal>)(?!<month|of|unit|hyphen|ordinal>)", _day_of_month, False),
    (rf"<the>?<own>?<comparable>?<yearword><hyphen>(?:<ago>|<earlier>)(?:<ordinal>?<quarterword>|<period>)?", _year_ago_period, False),
    (rf"<the>{_YEAR}(?P<ordinal><ordinal>)?(?:<quarterword>|<period>)", _year_period, False),
    (rf"{_ABOUT}?(?P<clock><clock>|<number>)(?P<ampm><ampm>)?(?P<hours><hourword>)?(?:{_ZONE})?", _clock, False),
    (r"(?:(?P<which><last>|<this>|<that>|<the><same>|<the><next>|<the><following>|<the><previous>)|(?P<the><the>))?(?:<early>|<late>|(?P<mid><mid>))?<hyphen>?(?P<daypart><daypart>)", _daypart, False),
    (rf"(?P<holiday><holiday>)(?:{_WHEN})?", _holiday, True),
    (rf"{_UNIT}(?:(?P<earlier><earlier>)|<later>)", _after_story, False),
    (r"<the>(?P<unit><one>)(?:(?P<earlier><before>)|<after>)(?!<a|the|that|this|month|weekday>)", _day_after, False),
    (r"<the>?<dayword>(?:<before>|<after>)(?P<today><today>)", _day_but_one, False),
    (r"<long><ago>", _phrase("PAST_REF"), False),
    (r"<overnight>", _overnight, False),
    (rf"{_ABOUT}?{_AMOUNT}<hyphen>?(?:<more>|<filler>)?<hyphen>?{_UNIT}(?:<hyphen>?<old>|<hyphen><longish>)?", _length, False),
    (rf"<the><ordinal>(?P<amount><number>|<few>|<couple>){_UNIT}", _ordinal_unit, False),
    (rf"(?:{_AMOUNT}{_UNIT}<and><a><half>)", _half_more, False),
    (rf"(?P<amount><number>)<and><a><half>{_UNIT}", _half_more, False),
    (rf"(?P<unit><units>)(?:(?:<or>|<and>)<units>)?", _bare_units, False),
    (rf"<each>(?:<other>)?(?:(?P<amount><number>)?{_UNIT}|(?P<weekday><weekday>)|(?P<month><month>)|(?P<season><season>)|(?P<daypart><daypart>))", _each, False),
    (r"(?P<set><daily>|<weekly>|<monthly>|<annually>|<hourly>)", _frequency, False),
    (r"(?P<reference><reference>)", _reference, False),
    (r"<the><near>?<future>", _phrase("FUTURE_REF"), False),
    (r"<the><past>", _phrase("PAST_REF"), False),
    (r"<these><dayword>", _phrase("PRESENT_REF"), False),
    (r"<the><moment>", _phrase("PRESENT_REF"), False),
)

_ANCHORED_PREFIX: Final = rf"(?:{_ABOUT})?{_PART}"
_COMPILED: Final = tuple(
    (pattern(f"{_ANCHORED_PREFIX}(?:{rule})" if dated else rule), make, dated)
    for rule, make, dated in _RULES
)


def readings(words: Sequence[Word], classes: str) -> list[Reading]:
    """The readings of a paragraph's words, in order, none overlapping another."""
    found: list[tuple[int, int, Reading]] = []
    for order, (rule, make, dated) in enumerate(_COMPILED):
        for regex_match in rule.finditer(classes):
            match = _Match(words, classes, regex_match)
            made = make(match)
            if made is None:
                continue
            reading = match.reading(made) if isinstance(made, str) else made
            if dated:
                reading = _with_part(match, reading)
            found.append((reading.last - reading.first, -order, reading))
    found.sort(key=lambda f: (-f[0], -f[1], f[2].first))
    taken = bytearray(len(words))
    chosen = []
    for _, _, reading in found:
        if not any(taken[reading.first : reading.last]):
            taken[reading.first : reading.last] = b"\x01" * (reading.last - reading.first)
            chosen.append(reading)
    return sorted(chosen, key=lambda r: r.first)


def _with_part(match: _Match, reading: Reading) -> Reading:
    """The reading with what "late", "the end of", "around" before it say."""
    if " | " in reading.form or ".." in reading.form:
        return reading
    form = reading.form
    if match.has("part"):
        word = match.lower("part")
        step = {"earlier": "before", "later": "after"}.get(word) or _PARTS[word]
        form += f" {step}"
    elif match.has("edge"):
        word = match.lower("edge")
        step = _EDGES.get(word, "early")
        form += f" {step}" if step else ""
    elif match.has("about") and match.lower("about") in _ABOUT_WORDS:
        form += " around"
    return replace(reading, form=form)


_MORE_WORDS: Final = frozenset(("than", "over", "least"))
_ABOUT_WORDS: Final = frozenset(("about", "around", "approximately", "roughly", "circa"))
