"""Two stories -> whether one is the other's form filled in anew: another day, number or name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import cache

from dateline.lexicon import load
from dateline.linking.wording import proper_words, stems, story_words
from dateline.model import Report

_SLOTS = 2  # an editor mends one figure or name; who fills in a form changes several
_SLOT = 4  # words; longer stretches are written anew, not filled in
_DAYS = 3  # names alone tell two fillings apart only where they came out days apart
_NUMBER = re.compile(r"\d[\d.,:]*")


def filled_anew(one: Report, two: Report) -> bool:
    """Whether the two, though alike, tell two things by one form ("38 aircraft on Wednesday").

    In short stretches that differ, both then have days, numbers or names of their own: in two
    places at least, and one of these is the day, or is a name and the reports are days apart.
    """
    a, b = story_words(one), story_words(two)
    names = proper_words(one) | proper_words(two)
    everywhere = set(map(_plain, a)) & set(map(_plain, b))

    def told(words: Sequence[str], sort: Callable[[str], bool]) -> bool:
        return any(sort(word) and _plain(word) not in everywhere for word in words)

    slots = days = named = 0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if tag != "replace" or max(a_to - a_from, b_to - b_from) > _SLOT:
            continue
        mine, theirs = a[a_from:a_to], b[b_from:b_to]
        day, name = _is_day, lambda word: bool(names.intersection(stems(word)))
        is_day = told(mine, day) and told(theirs, day)
        is_name = not is_day and told(mine, name) and told(theirs, name)
        is_number = told(mine, _is_number) and told(theirs, _is_number)
        slots += is_day or is_name or is_number
        days += is_day
        named += is_name
    return slots >= _SLOTS and (days > 0 or (named > 0 and _days_apart(one, two) >= _DAYS))


@cache
def _calendar() -> frozenset[str]:
    return frozenset(load("linking")["calendar"])


@cache
def _numbers() -> dict[str, str]:
    return {word: str(value) for word, value in load("linking")["numbers"].items()}


def _is_day(word: str) -> bool:
    return word in _calendar()


def _is_number(word: str) -> bool:
    return bool(_NUMBER.fullmatch(_plain(word)))


def _plain(word: str) -> str:
    """The word, a number as figures: "eighty" for 80 is an editor's change and no other number."""
    return _numbers().get(word, word)


def _days_apart(one: Report, two: Report) -> int:
    first, second = one.published.latest, two.published.latest
    if first is None or second is None:
        return 0
    return abs((date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])).days)
