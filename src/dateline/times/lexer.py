"""Text -> words of time: each word with the classes that the grammar knows it by.

A class set is one character, so that a paragraph becomes a short string ("in early July 2023" is
four characters) and the grammar's rules are regular expressions over word classes, not letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dateline import lexicon

_WORDS: Final[Mapping[str, Any]] = lexicon.load("times")
MONTHS: Final[Mapping[str, int]] = _WORDS["months"]
WEEKDAYS: Final[Mapping[str, str]] = _WORDS["weekdays"]
UNITS: Final[Mapping[str, str]] = _WORDS["units"]
SEASONS: Final[Mapping[str, str]] = _WORDS["seasons"]
DAYPARTS: Final[Mapping[str, str]] = _WORDS["dayparts"]
DECADES: Final[Mapping[str, int]] = _WORDS["decades"]
NUMBERS: Final[Mapping[str, int]] = _WORDS["numbers"]
ORDINALS: Final[Mapping[str, int]] = _WORDS["ordinals"]
ZONES: Final[Mapping[str, str]] = _WORDS["zones"]
DAYS: Final[Mapping[str, int]] = _WORDS["days"]
REFERENCES: Final[Mapping[str, str]] = _WORDS["references"]

HOLIDAYS: Final[Mapping[str, str]] = _WORDS["holidays"]
_HOLIDAY_NAMES: Final = "|".join(
    re.escape(name).replace("'", "['’]").replace("\\ ", r"\s+")
    for name in sorted(HOLIDAYS, key=len, reverse=True)
)

_TOKEN: Final = re.compile(
    rf"""
      (?P<holiday>(?<![Ll]unar\s)\b(?i:{_HOLIDAY_NAMES})\b)
    | (?P<iso>\d{{4}}-\d\d-\d\d(?!\d))
    | (?P<slash>\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d)(?![\d/]))
    | (?P<clock>[012]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:])|\d{{1,2}}\.[0-5]\d(?=\s?[ap]\.?m\b))
    | (?P<quarter>[Qq][1-4](?![\w]))
    | (?P<decade>(?:\d{{3}}0|['’‘]?\d0)['’]?s\b)
    | (?P<ordinal>\d+(?:st|nd|rd|th)\b)
    | (?P<fraction>\d/\d(?![\d/]))
    | (?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)
    | (?P<shortyear>['’‘]\d\d(?![\w]))
    | (?P<ampm>[AaPp]\.\s?[Mm]\b\.?|[AaPp][Mm]\b)
    | (?P<poss>['’]s?(?![\w]))
    | (?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?)
    | (?P<other>\S)
    """,
    re.VERBOSE,
)
_PUNCTUATION: Final = {
    ",": "comma",
    "-": "hyphen",
    "–": "hyphen",
    "—": "dash",
    "(": "open",
    ")": "close",
    "$": "money",
    "£": "money",
    "€": "money",
    "¥": "money",
    "₩": "money",
    "+": "plus",
}
# A four-digit number is read as a year within these bounds and without a thousands comma:
# news says "in 1592" and "by 2060", and longer ago or further off in other words.
_FIRST_YEAR: Final = 1400
_LAST_YEAR: Final = 2150


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its characters, its lower-case form, and the number it is, if it is one."""

    start: int
    end: int
    text: str
    lower: str
    value: float | None = None


# --------------------------------------------------------------------------- classes as characters


def _class_sets() -> dict[str, frozenset[str]]:
    sets: dict[str, set[str]] = {}
    for name, members in _WORDS["classes"].items():
        for word in members:
            sets.setdefault(word, set()).add(name)
    tables = {
        "month": MONTHS,
        "weekday": WEEKDAYS,
        "unit": UNITS,
        "season": SEASONS,
        "daypart": DAYPARTS,
        "decade": DECADES,
        "ordinal": ORDINALS,
        "zone": ZONES,
        "today": DAYS,
        "reference": REFERENCES,
    }
    for name, table in tables.items():
        for word in table:
            sets.setdefault(word, set()).add(name)
    for word, unit in UNITS.items():
        sets[word].add("units" if word.endswith("s") or word == "centuries" else "one")
        sets[word].add(f"{unit}word")
    for word in WEEKDAYS:
        if word.endswith("day"):
            sets.setdefault(word + "s", set()).add("weekdays")
    return {word: frozenset(classes) for word, classes in sets.items()}


_SETS: Final[Mapping[str, frozenset[str]]] = _class_sets()
_MADE: Final[tuple[frozenset[str], ...]] = tuple(
    frozenset(classes.split())
    for classes in (
        "number dayno", "number", "number year", "ordinal dayno", "ordinal", "year", "clock",
        "ampm", "holiday", "iso", "slash", "decade", "shortyear", "poss", "quartername", "fraction", "comma",
        "hyphen", "dash", "open", "close", "money", "plus", "number dayno numberword",
        "number numberword", "stop", "year numberword",
    )
)  # fmt: skip
_CHARACTERS: Final[Mapping[frozenset[str], str]] = {
    classes: chr(0xE000 + i)
    for i, classes in enumerate(sorted({*_SETS.values(), *_MADE}, key=sorted))
}
NOTHING: Final = "_"
_SET_OF: Final[Mapping[str, frozenset[str]]] = {char: s for s, char in _CHARACTERS.items()}
_CHARACTER_OF: Final[Mapping[str, str]] = {word: _CHARACTERS[s] for word, s in _SETS.items()}


def classes_of(char: str) -> frozenset[str]:
    """The classes that a character of the class string stands for."""
    return _SET_OF.get(char, frozenset())


def pattern(rule: str) -> re.Pattern[str]:
    """A rule over class names in angle brackets as a regular expression over class strings."""

    def characters(match: re.Match[str]) -> str:
        names = match[1].split("|")
        chars = sorted(c for c, classes in _SET_OF.items() if any(n in classes for n in names))
        if not chars:
            raise ValueError(f"no word is of class {match[1]!r}")
        return f"[{''.join(chars)}]"

    return re.compile(re.sub(r"(?<!\?P)<([\w|]+)>", characters, re.sub(r"\s+", "", rule)))


def _char(*classes: str) -> str:
    return _CHARACTERS[frozenset(classes)]


_CLASS_OF_KIND: Final = {
    kind: _char(classes)
    for kind, classes in {
        "iso": "iso",
        "slash": "slash",
        "clock": "clock",
        "quarter": "quartername",
        "decade": "decade",
        "fraction": "fraction",
        "shortyear": "shortyear",
        "ampm": "ampm",
        "poss": "poss",
        "holiday": "holiday",
    }.items()
}
_PUNCTUATION_CLASS: Final = {mark: _char(name) for mark, name in _PUNCTUATION.items()}
_STOP: Final = _char("stop")
_DAY_NUMBER: Final = _char("number", "dayno")
_PLAIN_NUMBER: Final = _char("number")
_YEAR: Final = _char("number", "year")
_DAY_ORDINAL: Final = _char("ordinal", "dayno")
_PLAIN_ORDINAL: Final = _char("ordinal")
_SMALL_WORD_NUMBER: Final = _char("number", "dayno", "numberword")
_WORD_NUMBER: Final = _char("number", "numberword")
_WORD_YEAR: Final = _char("year", "numberword")


def read_words(text: str, start: int, end: int) -> tuple[list[Word], str]:
    """The words of `text[start:end]`, and the class string that has one character for each.

    >>> words, classes = read_words("Nearly twenty-five years on, in May 1998", 0, 40)
    >>> [w.text for w in words]
    ['Nearly', 'twenty-five', 'years', 'on', ',', 'in', 'May', '1998']
    >>> words[1].value
    25
    """
    words: list[Word] = []
    chars: list[str] = []
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup
        token = match[0]
        if kind == "word":
            lower = token.lower()
            char = _CHARACTER_OF.get(lower, NOTHING)
            stop = match.end()
            if lower in NUMBERS:
                _add_number_word(words, chars, text, match)
                continue
            if (
                stop < end
                and text[stop] == "."
                and (lower in MONTHS or lower in WEEKDAYS)
                and len(lower) <= 5
                and lower not in ("march", "april", "may", "june", "july")
            ):
                words.append(Word(match.start(), stop + 1, text[match.start() : stop + 1], lower))
                chars.append(char)
                continue
            if lower in ORDINALS and _joins_tens(words, chars, text, match.start()):
                tens = words[-1]
                value = (tens.value or 0) + ORDINALS[lower]
                words[-1] = Word(
                    tens.start, stop, text[tens.start : stop], lower, value
                )
                chars[-1] = _DAY_ORDINAL if value <= 31 else _PLAIN_ORDINAL
                continue
            value_of_word = ORDINALS.get(lower)
            words.append(Word(match.start(), stop, token, lower, value_of_word))
            chars.append(char)
        elif kind == "number":
            value = float(token.replace(",", ""))
            words.append(Word(match.start(), match.end(), token, token, value))
            chars.append(_number_class(token, value))
        elif kind == "ordinal":
            value = int(token[:-2])
            words.append(Word(match.start(), match.end(), token, token.lower(), value))
            chars.append(_DAY_ORDINAL if 1 <= value <= 31 else _PLAIN_ORDINAL)
        elif kind == "other":
            if words and match.start() < words[-1].end:  # the full stop of "Sept."
                continue
            words.append(Word(match.start(), match.end(), token, token))
            chars.append(_PUNCTUATION_CLASS.get(token, _STOP if token in ".;:!?" else NOTHING))
        else:
            assert kind is not None
            words.append(Word(match.start(), match.end(), token, token.lower()))
            chars.append(_CLASS_OF_KIND[kind])
    return words, "".join(chars)


def _number_class(token: str, value: float) -> str:
    if len(token) > 2 and token[0] == "0":  # the end of "10 000"
        return NOTHING
    if not token.isdigit():
        return _PLAIN_NUMBER
    if len(token) <= 2 and 1 <= value <= 31:
        return _DAY_NUMBER
    if len(token) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR:
        return _YEAR
    return _PLAIN_NUMBER


def _joins_tens(words: list[Word], chars: list[str], text: str, start: int) -> bool:
    """Whether the last word is a ten to which an ordinal at `start` belongs: "twenty-first"."""
    if not words or chars[-1] not in (_SMALL_WORD_NUMBER, _WORD_NUMBER):
        if len(words) > 1 and words[-1].text == "-" and chars[-2] in (_SMALL_WORD_NUMBER, _WORD_NUMBER):
            if (words[-2].value or 0) % 10 == 0 and words[-1].end == start:
                words.pop()
                chars.pop()
                return True
        return False
    return (words[-1].value or 1) % 10 == 0 and (words[-1].value or 0) < 100 and text[start - 1] in " -"


def _add_number_word(words: list[Word], chars: list[str], text: str, match: re.Match[str]) -> None:
    """Adds a spelled number, or joins it to the one before: "twenty" "-" "five" is one word."""
    lower = match[0].lower()
    part = NUMBERS[lower]
    hyphen = bool(words) and words[-1].text == "-"
    before = words[-2:-1] if hyphen else words[-1:]
    if before and before[0].value is not None and "numberword" in classes_of(chars[-2 if hyphen else -1]):
        joined = _joined(before[0].value, part, hyphen)
        if joined is not None:
            if hyphen:
                words.pop()
                chars.pop()
            start = words[-1].start
            value, is_year = joined
            words[-1] = Word(start, match.end(), text[start : match.end()], lower, value)
            chars[-1] = _WORD_YEAR if is_year else _WORD_NUMBER if value > 31 else _SMALL_WORD_NUMBER
            return
    words.append(Word(match.start(), match.end(), match[0], lower, part))
    chars.append(_SMALL_WORD_NUMBER if part <= 31 else _WORD_NUMBER)


def _joined(before: float, part: int, hyphen: bool) -> tuple[float, bool] | None:
    """The number of two spelled parts and whether it is a year, None where they do not join."""
    if part in (100, 1000) and before < part:
        return before * part, False
    if before in (100, 1000) or (before % 100 == 0 and before < 20_000 and before >= 100):
        return before + part, False
    if part < 10 and before % 10 == 0 and 20 <= before % 100:
        return before + part, 1400 <= before < 2150
    if not hyphen and before in (19, 20) and 10 <= part <= 90:
        return before * 100 + part, True
    return None


NOT_A_YEAR_BEFORE: Final = frozenset(_WORDS["not_a_year"]["before"])
NOT_A_YEAR_AFTER: Final = frozenset(_WORDS["not_a_year"]["after"])
FUTURE_CUES: Final = frozenset(_WORDS["tense"]["future"])
PAST_CUES: Final = frozenset(_WORDS["tense"]["past"])
PLANS: Final = frozenset(_WORDS["tense"]["plans"])
ABBREVIATED: Final = frozenset(w for w in (*MONTHS, *WEEKDAYS) if len(w) <= 5) - frozenset(
    ("may", "march", "april", "june", "july")
)
# Months and weekdays that are also names, verbs or modals: "Theresa May", "they march", "the Sun".
AMBIGUOUS: Final = ABBREVIATED | frozenset(("may", "march", "april", "june", "august"))
# Classes of a word before which "May" is a month: "in May", "last May", "early May".
BEFORE_MONTH: Final = frozenset(
    "in since by from to last this next early late mid of between until each past hyphen and".split()
)
