"""Text -> words of time: each word with the classes that the grammar knows it by.

A set of classes is one character, so that a paragraph becomes a short string ("in early July 2023"
is four characters) and the grammar's rules are regular expressions over classes, not letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dateline import lexicon

_LEXICON: Final[Mapping[str, Any]] = lexicon.load("times")
MONTHS: Final[Mapping[str, int]] = _LEXICON["months"]
WEEKDAYS: Final[Mapping[str, str]] = _LEXICON["weekdays"]
UNITS: Final[Mapping[str, str]] = _LEXICON["units"]
SEASONS: Final[Mapping[str, str]] = _LEXICON["seasons"]
DAYPARTS: Final[Mapping[str, str]] = _LEXICON["dayparts"]
DECADES: Final[Mapping[str, int]] = _LEXICON["decades"]
ZONES: Final[Mapping[str, str]] = _LEXICON["zones"]
DAYS: Final[Mapping[str, int]] = _LEXICON["days"]
REFERENCES: Final[Mapping[str, str]] = _LEXICON["references"]
HOLIDAYS: Final[Mapping[str, str]] = _LEXICON["holidays"]
_NUMBERS: Final[Mapping[str, int]] = _LEXICON["numbers"]
_ORDINALS: Final[Mapping[str, int]] = _LEXICON["ordinals"]

# The words of each class and of each list of neighbours.
CLASSES: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(words) for name, words in (_LEXICON["classes"] | _LEXICON["neighbours"]).items()
}
BEFORE_YEAR: Final = CLASSES["before_year"]
NO_YEAR_BEFORE: Final = CLASSES["no_year_before"]
NO_YEAR_AFTER: Final = CLASSES["no_year_after"]

_HOLIDAY_NAMES: Final = "|".join(
    re.escape(name).replace("'", "['’]").replace(r"\ ", r"\s+")
    for name in sorted(HOLIDAYS, key=len, reverse=True)
)
_TOKEN: Final = re.compile(
    rf"""
      (?P<holiday>(?<![Ll]unar\s)(?i:{_HOLIDAY_NAMES})\b)
    | (?P<quartername>[Qq][1-4](?!\w))
    | (?P<ampm>[AaPp]\.\s?[Mm]\b\.?|[AaPp][Mm]\b)
    | (?P<word>[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?)
    | (?P<iso>\d{{4}}-\d\d-\d\d(?!\d))
    | (?P<slash>\d{{1,2}}/\d{{1,2}}/(?:\d{{4}}|\d\d)(?![\d/]))
    | (?P<clock>[012]?\d:[0-5]\d(?::[0-5]\d)?(?![\d:])|\d{{1,2}}\.[0-5]\d(?=\s?[ap]\.?m\b))
    | (?P<decade>(?:\d{{3}}0|['’‘]?\d0)['’]?s\b)
    | (?P<ordinal>\d+(?:st|nd|rd|th)\b)
    | (?P<fraction>\d/\d(?![\d/]))
    | (?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)
    | (?P<shortyear>['’‘]\d\d(?!\w))
    | (?P<poss>['’]s?(?!\w))
    | (?P<other>\S)
    """,
    re.VERBOSE,
)
_PUNCTUATION: Final = {
    ",": "comma",
    "-": "hyphen",
    "–": "hyphen",
    "(": "open",
    ")": "close",
    "+": "plus",
}
# A four-digit number is a year within these bounds: news says "in 1592" and "by 2060", and what
# is longer ago or further off in other words.
_FIRST_YEAR: Final = 1400
_LAST_YEAR: Final = 2150
_LAST_DAY: Final = 31
_LONGEST_ABBREVIATION: Final = 5  # "thurs"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its characters, its lower-case form, and the number it is, if it is one."""

    start: int
    end: int
    text: str
    lower: str
    value: float | None = None


# --------------------------------------------------------------------------- classes as characters


def _classes_of_words() -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    tables = {
        "month": MONTHS, "weekday": WEEKDAYS, "unit": UNITS, "season": SEASONS,
        "daypart": DAYPARTS, "decade": DECADES, "ordinal": _ORDINALS, "zone": ZONES,
        "today": DAYS, "reference": REFERENCES, **_LEXICON["classes"],
    }  # fmt: skip
    for name, table in tables.items():
        for word in table:
            classes.setdefault(word, set()).add(name)
    for word, unit in UNITS.items():
        plural = word.endswith("s") or word == "centuries"
        classes[word] |= {f"{unit}word", "units" if plural else "one"}
    for word in WEEKDAYS:
        if word.endswith("day"):
            classes.setdefault(f"{word}s", set()).add("weekdays")
    return {word: frozenset(names) for word, names in classes.items()}


_WORD_CLASSES: Final = _classes_of_words()
# The class sets of what is not a word of the lexicon.
_DAY_NUMBER: Final = frozenset(("number", "dayno"))
_PLAIN_NUMBER: Final = frozenset(("number",))
_YEAR: Final = frozenset(("number", "year"))
_SPELLED_DAY: Final = frozenset(("number", "dayno", "spelled"))
_SPELLED_NUMBER: Final = frozenset(("number", "spelled"))
_SPELLED_YEAR: Final = frozenset(("year", "spelled"))
_DAY_ORDINAL: Final = frozenset(("ordinal", "dayno"))
_PLAIN_ORDINAL: Final = frozenset(("ordinal",))
_KINDS: Final = (
    "iso", "slash", "clock", "decade", "fraction", "shortyear", "poss", "holiday", "quartername",
    "ampm", "stop", *_PUNCTUATION.values(),
)  # fmt: skip
_SETS: Final = {
    *_WORD_CLASSES.values(), _DAY_NUMBER, _PLAIN_NUMBER, _YEAR, _SPELLED_DAY, _SPELLED_NUMBER,
    _SPELLED_YEAR, _DAY_ORDINAL, _PLAIN_ORDINAL, *(frozenset((kind,)) for kind in _KINDS),
}  # fmt: skip
NOTHING: Final = "_"
_FIRST_CHARACTER: Final = 0xE000  # private use, so that no character means anything in a pattern
_CHARACTER: Final[Mapping[frozenset[str], str]] = {
    classes: chr(_FIRST_CHARACTER + number)
    for number, classes in enumerate(sorted(_SETS, key=sorted))
}
_CLASSES_OF: Final[Mapping[str, frozenset[str]]] = {c: names for names, c in _CHARACTER.items()}
_OF_WORD: Final[Mapping[str, str]] = {w: _CHARACTER[names] for w, names in _WORD_CLASSES.items()}
_OF_KIND: Final[Mapping[str, str]] = {kind: _CHARACTER[frozenset((kind,))] for kind in _KINDS}
_OF_MARK: Final[Mapping[str, str]] = {
    **{mark: _OF_KIND[name] for mark, name in _PUNCTUATION.items()},
    **dict.fromkeys(".;:!?", _OF_KIND["stop"]),
}


def classes_of(char: str) -> frozenset[str]:
    """The classes that a character of a class string stands for."""
    return _CLASSES_OF.get(char, frozenset())


def pattern(rule: str) -> re.Pattern[str]:
    """The regular expression over class strings of a rule over class names in angle brackets.

    "<last|next><month>" is a word of class last or of class next, then one of class month.
    """

    def characters(match: re.Match[str]) -> str:
        names = set(match[1].split("|"))
        chars = sorted(c for c, classes in _CLASSES_OF.items() if names & classes)
        if not chars:
            raise ValueError(f"no word is of class {match[1]!r}")
        return f"[{''.join(chars)}]"

    return re.compile(re.sub(r"(?<!\?P)<([\w|]+)>", characters, rule))


# --------------------------------------------------------------------------- reading


def read_words(text: str, start: int, end: int) -> tuple[list[Word], str]:
    """The words of `text[start:end]`, and the class string that has one character for each.

    >>> words, classes = read_words("Nearly twenty-five years on, in May 1998", 0, 40)
    >>> [w.text for w in words]
    ['Nearly', 'twenty-five', 'years', 'on', ',', 'in', 'May', '1998']
    >>> words[1].value, sorted(classes_of(classes[7]))
    (25, ['number', 'year'])
    """
    reader = _Reader(text, end)
    for match in _TOKEN.finditer(text, start, end):
        reader.read(match)
    return reader.words, "".join(reader.chars)


class _Reader:
    def __init__(self, text: str, end: int) -> None:
        self.words: list[Word] = []
        self.chars: list[str] = []
        self._text = text
        self._end = end

    def read(self, match: re.Match[str]) -> None:
        kind, token = match.lastgroup, match[0]
        if kind == "word":
            lower = token.lower()
            if lower in _NUMBERS:
                self._read_number_word(match, lower)
            elif lower in _ORDINALS:
                self._read_ordinal_word(match, lower)
            else:
                end = self._with_full_stop(match.end(), lower)
                word = Word(match.start(), end, self._text[match.start() : end], lower)
                self._add(word, _OF_WORD.get(lower, NOTHING))
        elif kind == "other":
            if not self.words or match.start() >= self.words[-1].end:  # not the stop of "Sept."
                word = Word(match.start(), match.end(), token, token)
                self._add(word, _OF_MARK.get(token, NOTHING))
        elif kind == "number":
            value = float(token.replace(",", ""))
            self._add(Word(*match.span(), token, token, value), _number_character(token, value))
        elif kind == "ordinal":
            number = int(token[:-2])
            self._add(Word(*match.span(), token, token.lower(), number), _ordinal_character(number))
        else:
            assert kind is not None
            self._add(Word(*match.span(), token, token.lower()), _OF_KIND[kind])

    def _add(self, word: Word, char: str) -> None:
        self.words.append(word)
        self.chars.append(char)

    def _with_full_stop(self, end: int, lower: str) -> int:
        """The end of "Sept." with its full stop; of any other word, its own."""
        if end >= self._end or self._text[end] != "." or lower not in ABBREVIATED:
            return end
        return end + 1

    def _last_spelled(self, start: int) -> int | None:
        """The index of the spelled number that ends just before `start`, over a hyphen or not."""
        at = len(self.words) - 1
        if at > 0 and self.words[at].text == "-":
            at -= 1
        if at < 0 or "spelled" not in classes_of(self.chars[at]):
            return None
        return at if start - self.words[at].end <= 1 else None

    def _replace_from(self, at: int, end: int, lower: str, value: float, char: str) -> None:
        start = self.words[at].start
        self.words[at:] = [Word(start, end, self._text[start:end], lower, value)]
        self.chars[at:] = [char]

    def _read_number_word(self, match: re.Match[str], lower: str) -> None:
        """Adds a spelled number, or joins it to the one before: "twenty" "-" "five" is one word."""
        part = _NUMBERS[lower]
        at = self._last_spelled(match.start())
        before = None if at is None else self.words[at].value
        joined = None if before is None else _joined(before, part, self.words[-1].text == "-")
        if at is not None and joined is not None:
            value, is_year = joined
            char = _CHARACTER[_SPELLED_YEAR] if is_year else _spelled_character(value)
            self._replace_from(at, match.end(), lower, value, char)
        else:
            self._add(Word(*match.span(), match[0], lower, part), _spelled_character(part))

    def _read_ordinal_word(self, match: re.Match[str], lower: str) -> None:
        """Adds a spelled ordinal, or joins it to the ten before: "twenty-first"."""
        part = _ORDINALS[lower]
        at = self._last_spelled(match.start())
        ten = 0 if at is None else int(self.words[at].value or 0)
        if at is not None and 20 <= ten < 100 and ten % 10 == 0 and part < 10:
            value = ten + part
            self._replace_from(at, match.end(), lower, value, _ordinal_character(value))
        else:
            self._add(Word(*match.span(), match[0], lower, part), _OF_WORD[lower])


def _number_character(token: str, value: float) -> str:
    if not token.isdigit():
        return _CHARACTER[_PLAIN_NUMBER]
    if len(token) == 3 and token[0] == "0":  # the end of "10 000"
        return NOTHING
    if len(token) <= 2 and 1 <= value <= _LAST_DAY:
        return _CHARACTER[_DAY_NUMBER]
    is_year = len(token) == 4 and _FIRST_YEAR <= value <= _LAST_YEAR
    return _CHARACTER[_YEAR if is_year else _PLAIN_NUMBER]


def _ordinal_character(value: int) -> str:
    return _CHARACTER[_DAY_ORDINAL if 1 <= value <= _LAST_DAY else _PLAIN_ORDINAL]


def _spelled_character(value: float) -> str:
    return _CHARACTER[_SPELLED_DAY if value <= _LAST_DAY else _SPELLED_NUMBER]


def _joined(before: float, part: int, hyphen: bool) -> tuple[float, bool] | None:
    """The number of two spelled parts and whether it is a year, None where they do not join."""
    if part in (100, 1000) and before < part:
        return before * part, False
    if before % 100 == 0 and 100 <= before < 20_000 and part < 100:
        return before + part, False
    if before % 10 == 0 and before % 100 >= 20 and part < 10:
        return before + part, before >= _FIRST_YEAR
    if before in (19, 20) and 10 <= part < 100 and not hyphen:
        return before * 100 + part, True
    return None


# --------------------------------------------------------------------------- names that are also words

# Months and weekdays in short, but not "May" and its like, which have no full stop.
ABBREVIATED: Final = frozenset(w for w in (*MONTHS, *WEEKDAYS) if len(w) <= _LONGEST_ABBREVIATION) - {
    "may", "march", "april", "june", "july",
}  # fmt: skip
# Those that are also names, verbs or modals: "Theresa May", "they march", "the Sun", "June Smith".
AMBIGUOUS: Final = ABBREVIATED | CLASSES["person_names"] | {"may", "march"}
