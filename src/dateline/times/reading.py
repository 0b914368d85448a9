"""What a rule of the grammar is given and gives: its match as words, and a reading.

Also the pieces that many patterns share (a year, an amount, "late", "the end of") and what they
mean. A pattern is a regular expression over word classes in angle brackets; see `lexer`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from dateline.model import TimexType
from dateline.times.forms import grain_of
from dateline.times.lexer import CLASSES, UNITS, Word

# On what a reading's form leans besides publication:
#   story       the story's last date; its form starts with "context"
#   either      that if there is one, else publication
#   day, month  a time of day on the story's last day, a day of its last month
#   quarter     the last quarter named, else the form
#   comparison  a year before the last quarter named, else as "either"
#   likewise    the quarter, if one was named, of the form's year
# and two that the language stage must confirm: `rate` is nothing where "a year" is a rate ("$5 a
# year"), `adverb` is nothing where "daily" is no adverb ("a daily paper").
Lean = Literal[
    "", "story", "either", "day", "month", "quarter", "comparison", "likewise", "rate", "adverb"
]


@dataclass(frozen=True, slots=True)
class Reading:
    """Words `first` to `last` (exclusive) and the form of what they mean.

    `form` is None for a length or a frequency, which no anchor can date. A "?" in it stands for
    a side that the tense decides. `timex` overrides the TIMEX3 type and value that the form
    gives. A `weak` reading counts only where it joins a neighbour.
    """

    first: int
    last: int
    form: str | None
    lean: Lean = ""
    timex: tuple[TimexType, str] | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's match with its groups as words; a group that is empty or absent has none."""

    words: Sequence[Word]
    match: re.Match[str]

    @property
    def first(self) -> int:
        return self.match.start()

    @property
    def last(self) -> int:
        return self.match.end()

    def span(self, group: str) -> tuple[int, int]:
        if group not in self.match.re.groupindex:
            return 0, 0
        start, end = self.match.span(group)
        return (start, end) if end > start else (0, 0)

    def has(self, group: str) -> bool:
        return self.span(group) != (0, 0)

    def group(self, group: str) -> Sequence[Word]:
        start, end = self.span(group)
        return self.words[start:end]

    def lower(self, group: str) -> str:
        """The last word of the group in lower case."""
        words = self.group(group)
        return words[-1].lower if words else ""

    def number(self, group: str) -> int | None:
        """The number that the group's last word is, if it is a whole one."""
        words = self.group(group)
        value = words[-1].value if words else None
        return int(value) if value is not None and value == int(value) else None

    def before(self) -> str:
        return self.words[self.first - 1].lower if self.first else ""

    def after(self) -> str:
        return self.words[self.last].lower if self.last < len(self.words) else ""

    def reading(
        self,
        form: str | None,
        lean: Lean = "",
        *,
        timex: tuple[TimexType, str] | None = None,
        weak: bool = False,
    ) -> Reading:
        return Reading(self.first, self.last, form, lean, timex, weak)


Make = Callable[[Match], "Reading | None"]
# A pattern, what makes its reading, and whether "late", "the end of", "around" may stand before.
Rule = tuple[str, Make, bool]


# --------------------------------------------------------------------------- pieces of patterns

YEAR: Final = r"(?P<year><year>|<shortyear>|<juche><number>(?:<open><year><close>)?)"
REL: Final = (
    r"(?:<of>?(?P<rel><last>|<this>|<next>|<past>|<previous>|<following>|<that>|<the><same>|<the>)"
    r"<yearword>)"
)
WHEN: Final = rf"(?:(?:<comma>|<of>?<fiscal>?)?{YEAR}|<comma>?{REL})"
ABOUT: Final = (
    r"(?P<about><about>|<nearly>|(?:<no>?<more>|<at><least>)<than>?|<at><least>|<up><to>)"
)
AMOUNT: Final = (
    r"(?P<amount><number>(?:(?:<hyphen>|<to>|<or>)<number>)?<fraction>?|<a>?<couple><of>?"
    r"|<a>?<few><more>?|<another>|<a>?<half><of>?<a>?(?=<hyphen>?<unit>)|<a><number>|<a>)"
)
UNIT: Final = r"(?P<unit><unit>)"
PART: Final = (
    rf"(?:{ABOUT})?"
    r"(?:<the>?(?P<part><early>|<late>|<mid>|<earlier>|<later>)<hyphen>?<in>?"
    r"|<the>?(?P<edge><end>|<start>|<mid>|<half>)<of>)?"
)


def with_part(match: Match, reading: Reading) -> Reading:
    """The reading with what "late", "the end of" or "around" before it say."""
    form = reading.form
    if form is None or reading.timex or ".." in form:
        return reading
    if match.has("part"):
        word = match.lower("part")
        if word in CLASSES["earlier"] or word in CLASSES["later"]:
            side = "before" if word in CLASSES["earlier"] else "after"
            whole = form.startswith("published") and grain_of(form) != "day"
            form += f" {side}" if whole else ""
        else:
            form += f" {_third(word)}"
    elif match.has("edge"):
        word = match.lower("edge")
        form += "" if word in CLASSES["half"] else f" {_third(word)}"
    elif match.lower("about") in CLASSES["about"]:
        form += " around"
    return replace(reading, form=form)


def _third(word: str) -> str:
    if word in CLASSES["early"] or word in CLASSES["start"]:
        return "early"
    return "mid" if word in CLASSES["mid"] else "late"


# --------------------------------------------------------------------------- years

# Juche 1 is 1912, the year of Kim Il Sung's birth.
_JUCHE: Final = 1911
# A two-digit year is of this century up to here ("'24"), and of the last one from there on.
_LAST_SHORT_YEAR: Final = 40


def full_year(digits: str) -> int:
    """The year of two or four digits: "98" is 1998."""
    number = int(digits)
    if len(digits) != 2:
        return number
    return number + (1900 if number > _LAST_SHORT_YEAR else 2000)


def year_of(match: Match) -> str | None:
    """The year that the `year` group names, as four digits."""
    words = match.group("year")
    if not words:
        return None
    if words[0].lower in CLASSES["juche"]:
        number = words[1].value or 0
        return f"{int(number) + _JUCHE:04d}" if 1 <= number < 300 else None
    if words[0].text[0] in "'’‘":
        return str(full_year(words[0].text[1:]))
    value = words[0].value
    return f"{int(value):04d}" if value is not None and 1000 <= value < 3000 else None


def start_of(match: Match) -> str | None:
    """Where the form starts by the year beside it: "2021", "published year-1", or "published"."""
    if match.has("year"):
        return year_of(match)
    if not match.has("rel"):
        return "published"
    word = match.lower("rel")
    by = offset(word)
    if word in CLASSES["last"] or word in CLASSES["past"] or word in CLASSES["next"]:
        return f"published year{by:+d}"
    return "published year+0" if word in CLASSES["this"] else f"context year{by:+d}"


def offset(word: str) -> int:
    """How far "last", "this", "next" and their like move: -1, 0 or 1."""
    if any(word in CLASSES[name] for name in ("last", "past", "previous")):
        return -1
    return 1 if word in CLASSES["next"] or word in CLASSES["following"] else 0


# --------------------------------------------------------------------------- amounts

Amount = tuple[float, float]

_UNIT_LETTER: Final = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W",
    "weekend": "W", "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "DE",
    "century": "CE",
}  # fmt: skip
# A unit and how many of a finer one it has, for halves: two and a half years is P2Y6M.
_FINER: Final = {"year": (12, "M"), "hour": (60, "M"), "minute": (60, "S")}
# Units that TIMEX3 counts in another: two decades are P20Y, a fortnight is P2W.
_COUNTED_AS: Final = {"decade": (10, "year"), "century": (100, "year"), "fortnight": (2, "week")}


def unit_of(match: Match) -> str:
    """The unit that the `unit` group names, in the singular."""
    return UNITS[match.lower("unit")]


def amount_of(match: Match) -> Amount | None:
    """The lowest and the highest number that the `amount` group says; None for "a few"."""
    words = match.group("amount")
    lowers = {w.lower for w in words}
    if lowers & CLASSES["couple"]:
        return 2, 2
    if lowers & CLASSES["half"]:
        return 0.5, 0.5
    numbers = [w.value for w in words if w.value is not None]
    fractions = [w.text.split("/") for w in words if "/" in w.text]
    if fractions and numbers:
        top, bottom = map(int, fractions[0])
        return None if not bottom else (numbers[0] + top / bottom,) * 2
    if numbers:
        return min(numbers), max(numbers)
    if len(words) == 1 and (lowers & CLASSES["a"] or lowers & CLASSES["another"]):
        return 1, 1
    return None


def duration(amount: Amount | None, unit: str) -> str:
    """The TIMEX3 duration: P2Y, PT10H, PXW for "a few weeks", the lower of "two to three".

    >>> duration((2.5, 2.5), "year"), duration((2, 3), "week"), duration(None, "hour")
    ('P2Y6M', 'P2W', 'PTXH')
    """
    time = "T" if _UNIT_LETTER[unit][0] == "T" else ""
    letter = _UNIT_LETTER[unit].removeprefix("T")
    if amount is None:
        return f"P{time}X{letter}"
    number = amount[0]
    if unit in _COUNTED_AS and number != 1:
        times, unit = _COUNTED_AS[unit]
        number, letter = number * times, _UNIT_LETTER[unit]
    whole, part = int(number), number % 1
    if not part:
        return f"P{time}{whole}{letter}"
    if unit not in _FINER:
        return f"P{time}{number:g}{letter}"
    size, finer = _FINER[unit]
    return f"P{time}{f'{whole}{letter}' if whole else ''}{round(part * size)}{finer}"
