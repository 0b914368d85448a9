"""Rules for what is counted or pointed at: two weeks ago, last month, five years, every Tuesday."""

from __future__ import annotations

from typing import Final

from dateline.times.forms import MASKS
from dateline.times.lexer import CLASSES, DAYPARTS, DAYS, MONTHS, SEASONS, WEEKDAYS
from dateline.times.reading import (
    ABOUT,
    AMOUNT,
    UNIT,
    Lean,
    Match,
    Reading,
    Rule,
    amount_of,
    duration,
    offset,
    unit_of,
)

# The unit by whose steps another is counted in forms, and how many of it that is.
_STEPS: Final = {
    "night": ("day", 1),
    "fortnight": ("week", 2),
    "decade": ("year", 10),
    "century": ("year", 100),
}
_LETTERS: Final = {"day": "d", "week": "w", "month": "m", "quarter": "q", "year": "y"}
_OF_THE_CLOCK: Final = frozenset(("second", "minute", "hour"))
# "A few" and "several" of a unit: from two to nine of it. News gives ten and more as a number.
_FEW: Final = (2, 9)
_FURTHEST: Final = 5_000  # of any unit: further back no calendar date is meant


# --------------------------------------------------------------------------- from publication, from the story


def _today(match: Match) -> Reading | None:
    """today; yesterday; late yesterday; tonight."""
    word = match.lower("today")
    night = " TNI" if word in CLASSES["tonight"] else ""
    return match.reading(f"published day{DAYS[word]:+d}{night}")


def _day_but_one(match: Match) -> Reading | None:
    """the day before yesterday; the day after tomorrow."""
    by = DAYS[match.lower("today")]
    return match.reading(f"published day{2 * by:+d}") if by else None


def _ago(match: Match) -> Reading | None:
    """two weeks ago; a few days ago; years ago; more than two years ago."""
    return _counted(match, "published", -1)


def _hence(match: Match) -> Reading | None:
    """two weeks from now; a year hence."""
    return _counted(match, "published", 1)


def _later(match: Match) -> Reading | None:
    """two days later; a year earlier: from the story's last date."""
    return _counted(match, "context", -1 if match.has("earlier") else 1)


def _counted(match: Match, start: str, sign: int) -> Reading | None:
    unit = unit_of(match)
    if not match.has("amount") and match.before() in CLASSES["millions"]:
        return None
    amount = amount_of(match) if match.has("amount") else None
    lean: Lean = "story" if start == "context" else ""
    if unit in _OF_THE_CLOCK:
        return match.reading(None, timex=("DURATION", duration(amount, unit)))
    if amount is None:
        return _vaguely_counted(match, start, sign, lean)
    if unit == "year" and amount == (1, 1):
        return match.reading(
            f"{start} year{sign:+d}{_around(match)}", "comparison" if sign < 0 else lean
        )
    step, times = _STEPS.get(unit, (unit, 1))
    around = " around" if unit in ("decade", "century") else _around(match)
    low, high = amount[0] * times, amount[1] * times
    if low % 1 and step == "year":
        step, low, high, around = "month", round(low * 12), round(high * 12), " around"
    if low % 1 or high % 1 or high > _FURTHEST:
        return None
    near, far = (f"{start} {step}{sign * int(n):+d}" for n in (low, high))
    if match.lower("about") in CLASSES["than"] | CLASSES["least"] | CLASSES["exceeding"]:
        return match.reading(f"..{near}" if sign < 0 else f"{near}..", lean)
    if near == far:
        return match.reading(f"{near}{around}", lean)
    return match.reading(f"{far}..?{near}" if sign < 0 else f"{near}..?{far}", lean)


def _around(match: Match) -> str:
    return " around" if match.lower("about") in CLASSES["about"] else ""


def _vaguely_counted(match: Match, start: str, sign: int, lean: Lean) -> Reading:
    unit = unit_of(match)
    step, times = _STEPS.get(unit, (unit, 1))
    near, far = (f"{start} {step}{sign * n * times:+d}" for n in _FEW)
    value = "PAST_REF" if sign < 0 else "FUTURE_REF"
    if start == "context":
        value = MASKS[step]
    if match.has("amount"):
        form = f"{far}..?{near}" if sign < 0 else f"{near}..?{far}"
    else:  # "years ago"
        form = f"..{near}" if sign < 0 else f"{near}.."
    return match.reading(form, lean, timex=("DATE", value))


def _day_after(match: Match) -> Reading | None:
    """the day after; the year before: where nothing follows that they are counted from."""
    after = match.after()
    if after[:1].isalnum() and after not in CLASSES["clause"]:
        return None
    unit = unit_of(match)
    if unit in _OF_THE_CLOCK:
        return None
    step = _STEPS.get(unit, (unit, 1))[0]
    night = " TNI" if unit == "night" else ""
    return match.reading(f"context {step}{-1 if match.has('earlier') else 1:+d}{night}", "story")


# --------------------------------------------------------------------------- last week, that day


def _pointed(match: Match) -> Reading | None:
    """last week; this month; next year; the previous day; the following year; that week."""
    unit = unit_of(match)
    if unit in _OF_THE_CLOCK:
        return None
    step = _STEPS.get(unit, (unit, 1))[0] if unit in ("night", "fortnight") else unit
    words = [w.lower for w in match.group("which")]
    word, has_the = words[-1], words[0] in CLASSES["the"]
    by = offset(word)
    if unit == "night":
        start, lean = _start_of_pointed(word)
        return match.reading(f"{start} day{by:+d} TNI", lean)
    if (word in CLASSES["past"] or (word in CLASSES["last"] and has_the)) and unit in _LETTERS:
        letter = _LETTERS[unit]
        value = duration((1, 1), unit)
        return match.reading(f"published -1{letter}..published", timex=("DURATION", value))
    if (word in CLASSES["past"] or (word in CLASSES["last"] and has_the)) and unit == "decade":
        return match.reading("published -10y..published", timex=("DURATION", "P10Y"))
    if word in CLASSES["next"] and has_the and step == "day":
        return match.reading("context day+1", "story")
    if word in CLASSES["latest"]:
        return match.reading(f"published {step}{0 if unit == 'day' else -1:+d}")
    start, lean = _start_of_pointed(word)
    if word in CLASSES["previous"] and step != "day":
        lean = "either"
    fiscal = " around" if match.lower("fiscal") in CLASSES["fiscal"] else ""
    return match.reading(f"{start} {step}{by:+d}{fiscal}", lean)


def _start_of_pointed(word: str) -> tuple[str, Lean]:
    for name in ("last", "past", "this", "next", "current", "latest"):
        if word in CLASSES[name]:
            return "published", ""
    return "context", "story"


def _the_unit(match: Match) -> Reading | None:
    """the quarter; the end of the year; in the week; the full year: of publication."""
    unit = unit_of(match)
    if unit in _OF_THE_CLOCK or unit in ("night", "fortnight"):
        return None
    if unit == "quarter":
        return match.reading("published quarter-1", "quarter")
    if unit == "year" and match.after() in CLASSES["ended"]:  # "the year ended March 31"
        return match.reading(None, timex=("DURATION", "P1Y"))
    if unit == "day" and match.has("part"):  # "later in the day"
        return match.reading("context day+0", "either")
    if match.has("part") or match.has("edge"):
        return match.reading(f"published {unit}+0")
    if match.after() in CLASSES["of"] | CLASSES["before"] | CLASSES["after"] | {
        "when",
        "that",
        "-",
    }:
        return None
    if unit == "weekend":
        return match.reading("published weekend?")
    if match.has("fiscal"):
        fiscal = " around" if match.lower("fiscal") in CLASSES["fiscal"] else ""
        return match.reading(f"published year+0{fiscal}") if unit == "year" else None
    if match.before() in CLASSES["within_unit"] or match.after() in ("'s", "’s"):
        return match.reading(f"published {unit}+0")
    return None


def _year_end(match: Match) -> Reading | None:
    """year-end; the year's end."""
    return match.reading("published year+0 late")


def _latest_period(match: Match) -> Reading | None:
    """the latest period, of a company's results."""
    return match.reading("published quarter-1")


def _year_ago_period(match: Match) -> Reading | None:
    """the year-ago quarter; the year-earlier period; the year-ago third quarter."""
    number = match.number("ordinal")
    if number is not None and number <= 4:
        return match.reading(f"published Q{number}< -1y")
    return match.reading("published year-1", "comparison")


def _many(match: Match) -> Reading | None:
    """the past two weeks; the next few days; recent months; the coming weeks."""
    unit = unit_of(match)
    amount = amount_of(match) if match.has("amount") else None
    word = match.lower("which")
    back = offset(word) < 0 or word in CLASSES["recent"] or word in CLASSES["latest"]
    timex: tuple[str, str] = ("DURATION", duration(amount, unit))
    vague = word in CLASSES["recent"] | CLASSES["past"] or offset(word) > 0
    if vague and not match.has("amount"):
        timex = ("DATE", "PAST_REF" if back else "FUTURE_REF")
    step, times = _STEPS.get(unit, (unit, 1))
    far = int((_FEW[1] if amount is None else amount[1]) * times)
    told = word in CLASSES["previous"] or word in CLASSES["following"]
    start, lean = ("context", "story") if told else ("published", "")
    if step not in _LETTERS or not 0 < far <= _FURTHEST:
        form = f"..{start}" if back else f"{start}.."
    elif back:
        form = f"{start} -{far}{_LETTERS[step]}..{start}"
    else:
        form = f"{start}..{start} +{far}{_LETTERS[step]}"
    return match.reading(form, lean, timex=timex)  # type: ignore[arg-type]


# --------------------------------------------------------------------------- lengths


def _length(match: Match) -> Reading | None:
    """two years; a 10-hour flight; two to three weeks; half an hour; a year: but no one's age."""
    unit = unit_of(match)
    words = match.group("amount")
    if match.lower("old") in CLASSES["old"] or match.after() in CLASSES["old"]:
        return None
    if unit == "second" and match.lower("unit") not in CLASSES["plural"]:
        return None  # "a second", "one second thought"
    fraction = words[-1].lower in ("one", "three") and match.has("hyphen")
    if unit == "quarter" and fraction:  # "three-quarters"
        return None
    value = duration(amount_of(match), unit)
    if len(words) > 1 or words[0].lower not in CLASSES["a"]:
        return match.reading(None, timex=("DURATION", value))
    if match.before() in CLASSES["twice"] or match.before() == "times":
        return match.reading(None, timex=("SET", value))
    return (
        None
        if unit in ("quarter", "night")
        else match.reading(None, "rate", timex=("DURATION", value))
    )


def _unit_and_half(match: Match) -> Reading | None:
    """a year and a half; two and a half hours; two and a half years ago."""
    unit = unit_of(match)
    amount = amount_of(match)
    if amount is None:
        return None
    number = amount[0] + 0.5
    if match.has("ago"):
        months = round(number * 12)
        return match.reading(f"published month-{months} around") if unit == "year" else None
    return match.reading(None, timex=("DURATION", duration((number, number), unit)))


def _bare_units(match: Match) -> Reading | None:
    """for years; weeks before; weeks or months."""
    if match.after() in CLASSES["after_units"] or match.before() in CLASSES["before_units"]:
        return match.reading(None, timex=("DURATION", duration(None, unit_of(match))))
    return None


# --------------------------------------------------------------------------- sets


def _each(match: Match) -> Reading | None:
    """every Tuesday; Monday nights; each month; every two years; each July."""
    part = f"T{DAYPARTS[match.lower('daypart')]}" if match.has("daypart") else ""
    if match.has("weekday"):
        names = list(dict.fromkeys(WEEKDAYS.values()))
        name = match.lower("weekday")
        number = names.index(WEEKDAYS.get(name) or WEEKDAYS[name.removesuffix("s")]) + 1
        value = f"XXXX-WXX-{number}{part}"
    elif match.has("month"):
        value = f"XXXX-{MONTHS[match.lower('month')]:02d}"
    elif match.has("season"):
        value = f"XXXX-{SEASONS[match.lower('season')]}"
    elif part:
        value = f"XXXX-XX-XX{part}"
    else:
        amount = amount_of(match) if match.has("amount") else (1.0, 1.0)
        value = duration(amount, unit_of(match))
    return match.reading(None, timex=("SET", value))


_FREQUENCIES: Final = {
    "daily": "XXXX-XX-XX",
    "nightly": "XXXX-XX-XXTNI",
    "weekly": "XXXX-WXX",
    "monthly": "XXXX-XX",
    "annually": "XXXX",
    "yearly": "XXXX",
    "hourly": "PT1H",
}


def _frequency(match: Match) -> Reading | None:
    """daily; weekly; annually: as adverbs."""
    return match.reading(None, "adverb", timex=("SET", _FREQUENCIES[match.lower("set")]))


_POINTING: Final = (
    r"(?P<which><the>?<last>|<the>?<past>|<this><past>|<the>?<next>|<this>|<the>?<current>"
    r"|<the><latest>|<the><previous>|<the><following>|<that>|<the><same>)"
)
_OTHER: Final = r"(?P<fiscal><fiscal>|<filler>)?"

RULES: Final[tuple[Rule, ...]] = (
    (r"(?:<early>|<late>|<later>|<earlier>)?(?P<today><today>)", _today, False),
    (r"<the>?<dayword>(?:<before>|<after>)(?P<today><today>)", _day_but_one, False),
    (rf"{ABOUT}?{AMOUNT}<hyphen>?<filler>?{UNIT}(?:<or><so>)?<ago>", _ago, False),
    (rf"{UNIT}<ago>", _ago, False),
    (rf"{ABOUT}?{AMOUNT}{UNIT}(?:<from><now>|<hence>)", _hence, False),
    (rf"{ABOUT}?{AMOUNT}{UNIT}(?:(?P<earlier><earlier>)|<later>)", _later, False),
    (rf"{UNIT}(?:(?P<earlier><earlier>)|<later>)", _later, False),
    (
        r"<the>(?P<unit><one>)(?:(?P<earlier><before>)|<after>)"
        r"(?!<a|the|that|this|month|weekday|today>)",
        _day_after,
        False,
    ),
    (rf"{_POINTING}{_OTHER}(?P<unit><one>)", _pointed, True),
    (rf"<the>{_OTHER}(?P<unit><one>)", _the_unit, True),
    (
        r"(?P<which>(?:<the>|<these>|<own>)(?:<previous>|<following>|<latest>)"
        r"|(?:<the>|<these>|<own>)?(?:<last>|<past>|<next>|<recent>))"
        rf"(?:{AMOUNT}<filler>?)?{UNIT}",
        _many,
        False,
    ),
    (r"(?:<the>|<this>)?<yearword>(?:<poss>|<hyphen>)?<end>", _year_end, True),
    (r"<the><latest><period>", _latest_period, False),
    (
        r"<the>?<own>?<comparable>?<yearword><hyphen>(?:<ago>|<earlier>)"
        r"(?:(?P<ordinal><ordinal>)?<quarterword>|<period>)?",
        _year_ago_period,
        False,
    ),
    (
        rf"{ABOUT}?{AMOUNT}(?P<hyphen><hyphen>)?(?:<more>|<filler>)?<hyphen>?{UNIT}"
        r"(?:<hyphen>?(?P<old><old>)|<hyphen><longish>)?(?:<or><so>)?",
        _length,
        False,
    ),
    (rf"<the><ordinal>(?P<amount><number>|<few>|<couple>){UNIT}", _length, False),
    (rf"{AMOUNT}{UNIT}<and><a><half>", _unit_and_half, False),
    (rf"(?P<amount><number>)<and><a><half>{UNIT}(?P<ago><ago>)?", _unit_and_half, False),
    (r"(?P<unit><units>)(?:(?:<or>|<and>)<units>)?", _bare_units, False),
    (
        rf"<each><other>?(?:(?P<amount><number>)?{UNIT}|(?P<weekday><weekday>)(?P<daypart><daypart>)?"
        r"|(?P<month><month>)|(?P<season><season>))",
        _each,
        False,
    ),
    (r"(?P<weekday><weekdays>)(?P<daypart><daypart>)?", _each, False),
    (r"(?P<weekday><weekday>)(?P<daypart><nights>)", _each, False),
    (r"(?P<set><frequency>)", _frequency, False),
)
