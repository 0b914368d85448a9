"""The English in which dates, counts and events are shown: from their fields alone, nothing added.

All functions take the objects of the public JSON Lines format as plain mappings, and are lenient:
what a field does not say is said to be untold, or left out, never made up.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dateline import lexicon

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]

Dict = Mapping[str, Any]


# --------------------------------------------------------------------------- dates


def time_words(time: Dict | None, published: Dict | None = None) -> str:
    """A time in honest words; `published` is the report's own, named where it is the only bound.

    >>> time_words({"earliest": "2023-07-21", "latest": "2023-07-21"})
    '21 July 2023'
    >>> time_words({"earliest": "2021-03-01", "latest": "2021-03-31"})
    'March 2021'
    >>> time_words({"earliest": None, "latest": "2023-07-23"})
    'by 23 July 2023'
    >>> time_words(None)
    'no date given'
    """
    earliest, latest = bounds(time)
    if earliest is None and latest is None:
        return "no date given"
    if earliest is None:
        return f"by {_moment(latest)}{_of_report(latest, published)}"
    if latest is None:
        return f"{_moment(earliest)} or later{_of_report(earliest, published)}"
    return _between(earliest, latest)


def bounds(time: Dict | None) -> tuple[str | None, str | None]:
    """The earliest and latest of a time as ISO strings that can be read; `None` where open."""
    if not isinstance(time, Mapping):
        return None, None
    return tuple(  # type: ignore[return-value]
        value if isinstance(value, str) and day_of(value) else None
        for value in (time.get("earliest"), time.get("latest"))
    )


def day_of(iso: str | None) -> date | None:
    """The day of an ISO date or date-time; `None` where it is none.

    >>> day_of("2023-07-21T09:30:00+09:00")
    datetime.date(2023, 7, 21)
    >>> day_of("soon") is None
    True
    """
    try:
        return date.fromisoformat((iso or "")[:10])
    except ValueError:
        return None


def basis_words(time: Dict | None) -> str:
    """What a date leans on, in words; for a time that nothing dates, why it has none."""
    basis = time.get("basis") if isinstance(time, Mapping) else None
    if bounds(time) == (None, None):
        return "the report gives none that can be set to a day"
    named: str = lexicon.load("phrases")["basis"].get(str(basis), "")
    return named


def _of_report(iso: str | None, published: Dict | None) -> str:
    """The note that a bound is no more than the day on which the report came out."""
    day = day_of(iso)
    known = {day_of(bound) for bound in bounds(published)} - {None}
    return " (date of the report)" if day and known == {day} else ""


def _between(earliest: str, latest: str) -> str:
    first, last = day_of(earliest), day_of(latest)
    assert first is not None
    assert last is not None
    if first == last:
        return _moment(earliest) if earliest == latest else _day(first)
    if first.day == 1 and last == _month_end(first):
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"between {first.day} and {_day(last)}"
    if first.year == last.year:
        return f"between {first.day} {_MONTHS[first.month - 1]} and {_day(last)}"
    return f"between {_day(first)} and {_day(last)}"


def _month_end(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _moment(iso: str | None) -> str:
    """A day, with the clock time where the ISO string has one other than midnight."""
    day = day_of(iso)
    assert iso is not None
    assert day is not None
    if len(iso) <= 10:
        return _day(day)
    try:
        clock = datetime.fromisoformat(iso)
    except ValueError:
        return _day(day)
    zone = "" if clock.tzinfo is None else f" ({clock.tzname()})"
    return f"{_day(day)}, {clock:%H:%M}{zone}" if (clock.hour or clock.minute) else _day(day)


# --------------------------------------------------------------------------- counts, names


def plural(number: int, noun: str) -> str:
    """A number and its noun: "1 report", "1,204 reports".

    >>> plural(1, "origin"), plural(2, "story"), plural(0, "launch"), plural(2, "day")
    ('1 origin', '2 stories', '0 launches', '2 days')
    """
    return f"{number:,} {noun if number == 1 else _plural_noun(noun)}"


def _plural_noun(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    if re.search(r"(s|x|z|ch|sh)$", noun):
        return noun if noun.endswith("s") and not noun.endswith("ss") else noun + "es"
    return noun + "s"


def listed(items: Sequence[str], last: str = "and") -> str:
    """Items as English lists them: "a", "a and b", "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def count_words(count: Dict, thing: str | None = None) -> str:
    """How many of what, in words; `thing` names it more fully than the count does.

    >>> count_words({"what": "missile", "value": 2})
    'two missiles'
    >>> count_words({"what": "missiles", "value": 100, "approx": True})
    'about 100 missiles'
    >>> count_words({"what": "missile", "value": None})
    'several missiles'
    >>> count_words({"what": "missile", "value": None, "min": 3})
    'at least three missiles'
    """
    what = thing or str(count.get("what") or "")
    value, low, high = (_number(count.get(key)) for key in ("value", "min", "max"))
    approx = bool(count.get("approx"))
    single = (low if value is None else value) == 1 and high in (None, 1)
    noun = what if single or not what else _plural_noun(what)
    return f"{_amount(value, low, high, approx=approx)} {noun}".strip()


def _amount(value: float | None, low: float | None, high: float | None, *, approx: bool) -> str:
    """A number with its bounds, in words: "several" is two or more with nothing else known."""
    if low is not None and high is not None and low != high:
        return f"{_figure(low)} to {_figure(high)}"
    if low is not None and high is None:
        return "several" if value is None and low == 2 else f"at least {_figure(low)}"
    if high is not None and low is None:
        return f"at most {_figure(high)}"
    if value is None:
        return "several" if low is None else _figure(low)
    return ("about " if approx else "") + _figure(value)


def _number(value: object) -> float | None:
    number = float(value) if isinstance(value, (int, float)) else math.nan
    return number if math.isfinite(number) else None


def _figure(value: float) -> str:
    if value == int(value) and 0 <= value < len(_NUMBERS):
        return _NUMBERS[int(value)]
    return f"{value:,.10g}"


def name_words(name: str) -> str:
    """A name as it stands within a sentence, with the article that it takes.

    >>> name_words("United States"), name_words("Japan")
    ('the United States', 'Japan')
    """
    rules = lexicon.load("phrases")["names"]
    takes = name.startswith(tuple(rules["the_starts"])) or name.endswith(
        tuple(rules["the_endings"])
    )
    return f"the {name}" if takes and not name.lower().startswith("the ") else name


# --------------------------------------------------------------------------- events


def kind_words(event: Dict) -> str:
    """The kind of an event in words: the desk's own, else PLOVER's type in lower case.

    >>> kind_words({"desk_kind": "ballistic-missile-launch", "type": "ASSAULT"})
    'ballistic missile launch'
    """
    written = lexicon.load("phrases")["kind_words"]
    kind = str(event.get("desk_kind") or event.get("type") or "event").lower()
    return " ".join(written.get(word, word) for word in re.split(r"[-_ ]+", kind))


def event_sentence(event: Dict, sources: Sequence[str], targets: Sequence[str]) -> str:
    """One sentence that tells an event (or one mention of it) from its fields.

    >>> event_sentence({"desk_kind": "cruise-missile-launch", "status": "occurred",
    ...     "counts": [{"what": "missile", "value": 2}]}, ["North Korea"], [])
    'North Korea launches two cruise missiles'
    >>> event_sentence({"type": "CONSULT", "status": "planned"}, ["Japan", "United States"], [])
    'Japan and the United States plan to meet or speak'
    >>> event_sentence({"type": "THREATEN"}, [], ["South Korea"])
    'An actor not named threatens South Korea'
    """
    phrases = lexicon.load("phrases")
    kind = kind_words(event)
    phrase, rest = _phrase(event, kind)
    counts = _counts(event)
    targets = [name for name in targets if name not in sources]
    forms = _forms(phrase, kind, counted=bool(counts), toward=bool(targets))
    status = phrases["status"].get(str(event.get("status")), phrases["status"]["occurred"])
    who = listed([name_words(name) for name in sources]) or "an actor not named"
    parts = [who, status["many" if len(sources) > 1 else "one"].format_map(forms)]
    if counts and forms["object"] == "{counted}":
        parts.append(_counted(counts, rest))
    else:
        parts.append(_article(forms["object"].format(kind=kind)))
    if targets:
        named = listed([name_words(name) for name in targets])
        parts.append(forms["toward"].format(target=named))
    elif len(sources) > 1:
        parts.append(phrase.get("together", ""))
    place = event.get("place")
    if isinstance(place, Mapping) and place.get("name"):
        parts.append(f"({place['name']})")
    if counts and event.get("desk_kind") and forms["object"] != "{counted}":
        parts.append(f"– {listed([count_words(count) for count in counts])}")
    sentence = " ".join(part for part in parts if part)
    return sentence[:1].upper() + sentence[1:]


def _phrase(event: Dict, kind: str) -> tuple[Mapping[str, str], str]:
    """The phrase that tells this kind, and what stands in its name before the last word."""
    phrases = lexicon.load("phrases")
    rest, _, head = kind.rpartition(" ")
    if event.get("desk_kind"):
        found = phrases["heads"].get(head)
        if found is None:  # "statement of condemnation", "talks offer": any word may be the head
            found = next((phrases["heads"][w] for w in kind.split() if w in phrases["heads"]), None)
        if found is not None:
            return found, rest
    found = phrases["types"].get(str(event.get("type") or "").upper())
    if found is not None:
        return found, rest
    return {
        "base": f"take part in: {kind}",
        "third": f"takes part in: {kind}",
        "participle": f"taken part in: {kind}",
    }, rest


def _forms(phrase: Mapping[str, str], kind: str, *, counted: bool, toward: bool) -> dict[str, str]:
    """The verb's three forms with its object and what leads to the target, as the fields ask."""
    forms = {"object": "", "toward": "toward {target}"} | dict(phrase)
    other = None
    if not toward and not (counted and "uncounted" in phrase):
        other = phrase.get("alone")
    if other is None and not counted:
        other = phrase.get("uncounted")
        forms["toward"] = phrase.get("toward_uncounted", forms["toward"])
    if other is not None:
        verbs = (_article(verb.format(kind=kind)) for verb in other.split("|"))
        forms |= dict(zip(("base", "third", "participle"), verbs, strict=True), object="")
    return forms


def _article(words: str) -> str:
    """Words in which "a" before a vowel is "an"."""
    return re.sub(r"\ba (?=[aeiou])", "an ", words)


def _counts(event: Dict) -> list[Dict]:
    counts = event.get("counts")
    if not isinstance(counts, list | tuple):
        return []
    return [count for count in counts if isinstance(count, Mapping)]


def _counted(counts: Sequence[Dict], thing: str) -> str:
    """The things counted, named by the kind where the count's own noun is a part of its name."""
    said = []
    for count in counts:
        what = str(count.get("what") or "")
        fuller = thing if what and thing.endswith((what, what.removesuffix("s"))) else None
        said.append(count_words(count, fuller))
    return listed(said)
