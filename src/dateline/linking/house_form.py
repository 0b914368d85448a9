"""Two stories -> whether one is the other's form filled in anew: another day, number or name."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
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


def filled_anew(one: Report, two: Report, one_house: bool = False) -> bool:
    """Whether the two, though alike, tell two things by one form ("38 aircraft on Wednesday").

    In short stretches that differ there are then days, numbers or names: in two places at least. In
    one of these both have a day of their own, or both a name and the reports are days apart. Two
    stories of `one_house` tell two things already where both have one of their own in one place.
    """
    a, b = story_words(one), story_words(two)
    facts = _facts(one), _facts(two)
    slots = days = named = both = 0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    for tag, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        if tag != "replace" or max(a_to - a_from, b_to - b_from) > _SLOT:
            continue
        mine = _sorts(a[a_from:a_to], facts[0], facts[1])
        theirs = _sorts(b[b_from:b_to], facts[1], facts[0])
        slots += bool(mine or theirs)
        both += bool(mine and theirs)
        days += "day" in mine & theirs
        named += "name" in mine & theirs
    if one_house:
        return both > 0
    apart = _days_apart(one, two) >= _DAYS
    return slots >= _SLOTS and (days > 0 or (named > 0 and apart))


_Facts = Mapping[str, str]


def _facts(report: Report) -> _Facts:
    """The days, numbers and names of the story, each as it is compared, with its sort."""
    proper = proper_words(report)
    return {part: sort for word in story_words(report) for part, sort in _parts(word, proper)}


def _parts(word: str, proper: Collection[str]) -> list[tuple[str, str]]:
    if word in _calendar():
        return [(word, "day")]
    plain = _plain(word)
    if _NUMBER.fullmatch(plain):
        return [(plain, "number")]
    return [(stem, "name") for stem in stems(word) if stem in proper]


def _sorts(words: Sequence[str], own: _Facts, other: _Facts) -> set[str]:
    """The sorts of facts among `words` that the other story does not have at all."""
    parts = [part for word in words for part, _ in _parts(word, own)]
    return {own[part] for part in parts if part not in other}


@cache
def _calendar() -> frozenset[str]:
    return frozenset(load("linking")["calendar"])


@cache
def _numbers() -> dict[str, str]:
    return {word: str(value) for word, value in load("linking")["numbers"].items()}


def _plain(word: str) -> str:
    """The word, a number as figures: "eighty" for 80 is an editor's change and no other number."""
    return _numbers().get(word, word)


def _days_apart(one: Report, two: Report) -> int:
    first, second = one.published.latest, two.published.latest
    if first is None or second is None:
        return 0
    return abs((date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])).days)
