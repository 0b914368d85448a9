"""How many of what: "at least two short-range ballistic missiles", "an estimated 100", "multiple"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from dateline.events import syntax
from dateline.events.codings import Trigger
from dateline.lexicon import load
from dateline.model import Analysis, Count

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_DASHES = ("-", "–", "—")
_LONGEST = 8  # words in a number: "one hundred and twenty-five thousand"
_RANGE = re.compile(r"(\d+)\s*[-–—]\s*(\d+)")


@dataclass(frozen=True, slots=True)
class _Number:
    value: float | None
    least: float | None
    most: float | None
    approx: bool
    first: int
    last: int


@cache
def _table(name: str) -> Mapping[str, float]:
    return cast("Mapping[str, float]", load("numbers")[name])


@cache
def _qualifiers() -> Mapping[str, str]:
    return cast("Mapping[str, str]", load("numbers")["qualifiers"])


@cache
def _units() -> frozenset[str]:
    return frozenset(load("numbers")["units"]["list"])


def find_counts(analysis: Analysis, trigger: Trigger) -> list[Count]:
    """The counts of what the trigger's event is about, in order of the text.

    Only of what it was done to ("fired two missiles"), of its actor where it has no object
    ("five drones crossed"), or of the event noun ("two launches"). How far or how long a thing
    flew is never a count.
    """
    counted = _counted(trigger)
    heads = _heads(analysis, trigger)
    found: dict[tuple[int, int], Count] = {}
    counted_heads: list[int] = []
    for head in heads:
        lemma = syntax.lemma(analysis, head)
        if lemma in _units() or (counted and not _is_counted(analysis, head, counted)):
            continue
        number = _number_of(analysis, head)
        if number is None or number.first == head:
            continue
        if (head == trigger.noun or not _material(trigger)) and _is_article(analysis, number):
            continue  # "held a meeting", "the launch": no count of events
        if (not _material(trigger) and number.value == 1) or _is_year(analysis, number, head):
            continue  # "one broad outline", "the 2018 military agreement"
        if any(_same_thing(analysis, head, over) for over in counted_heads):
            continue
        counted_heads.append(head)
        count = _count(analysis, number, head)
        found.setdefault(count.words, count)
    return [found[words] for words in sorted(found)]


def _same_thing(analysis: Analysis, head: int, other: int) -> bool:
    """Whether one noun only says again what the other is ("a Hwasong-17, an ICBM")."""
    return analysis.tokens[head].dep == "appos" and analysis.tokens[head].head == other


def _material(trigger: Trigger) -> bool:
    """Whether the event does something to things or people, so that "a soldier" counts one."""
    return trigger.coding.type in ("MOBILIZE", "ASSAULT", "COERCE", "AID", "RETREAT", "SANCTION")


def _is_article(analysis: Analysis, number: _Number) -> bool:
    return number.first == number.last and analysis.tokens[number.first].text.lower() in (
        "a",
        "an",
        "another",
    )


def _is_year(analysis: Analysis, number: _Number, head: int) -> bool:
    """Whether a number before a singular is a year: "the 2018 agreement"."""
    text = analysis.tokens[number.first].text
    year = number.first == number.last and len(text) == 4 and text[:2] in ("19", "20")
    return year and analysis.tokens[head].tag not in ("NNS", "NNPS")


def _counted(trigger: Trigger) -> tuple[str, ...]:
    return trigger.coding.kind.counted if trigger.coding.kind is not None else ()


def _is_counted(analysis: Analysis, head: int, counted: Iterable[str]) -> bool:
    lemma = syntax.lemma(analysis, head)
    if lemma in counted or lemma.rstrip("s") in counted:
        return True
    # "three Hwasong-12s", "2 KN-02": a maker's name stands for the thing.
    return analysis.tokens[head].pos == "PROPN" or any(char.isdigit() for char in lemma)


def _heads(analysis: Analysis, trigger: Trigger) -> list[int]:
    heads: list[int] = []
    if trigger.things:
        heads += trigger.things
    elif trigger.verb is not None and trigger.noun is None:
        heads += syntax.objects(analysis, trigger.verb)
        if not heads and trigger.coding.kind is not None:
            heads += syntax.subjects(analysis, trigger.verb)
    kind = trigger.coding.kind
    if trigger.verb is not None and kind is not None and kind.counted and not kind.sources:
        heads += syntax.subjects(analysis, trigger.verb)  # "five drones crossed"
    if trigger.noun is not None:
        heads += list(syntax.under(analysis, trigger.noun, "of", "with", "involving", "by"))
        if kind is not None and kind.counted:
            heads += syntax.kids(analysis, trigger.noun, "compound")
        heads.append(trigger.noun)
    if trigger.verb is not None and not trigger.things:
        heads += [
            t
            for t in syntax.under(analysis, trigger.verb, "with", "involving", "of")
            if trigger.noun is None or trigger.coding.kind is not None
        ]
    return list(dict.fromkeys(_through_collectives(analysis, heads)))


def _through_collectives(analysis: Analysis, heads: Iterable[int]) -> list[int]:
    """ "a pair of missiles" counts missiles; "tests of two missiles" counts both."""
    found: list[int] = []
    for head in heads:
        found.append(head)
        found += syntax.under(analysis, head, "of")
        found += syntax.kids(analysis, head, "appos")
    return found


def _number_of(analysis: Analysis, head: int) -> _Number | None:
    """The number beside a noun: a numeral before it, a collective over it, a vague word, an article.

    The words before the noun are read from the left, whatever the parser hung them on ("3" on
    "KN-01" in "3 KN-01 missiles"); possessors are left out, and numbers that belong to a unit or
    a compound ("600 mm rockets", "a 10-day drill").
    """
    before = _before(analysis, head)
    for index in before:
        number = _numeral(analysis, index, head)
        if number is not None:
            return _qualified(analysis, number, head)
    collective = _collective_over(analysis, head)
    if collective is not None:
        return collective
    for index in before:
        number = _word(analysis, index, head)
        if number is not None:
            return number
    return None


def _before(analysis: Analysis, head: int) -> list[int]:
    """The tokens of the noun's phrase before it, in order, without possessors."""
    first, _ = syntax.core(analysis, head)
    owned = {i for c in syntax.kids(analysis, head, "poss") for i in syntax.below(analysis, c)}
    start = max(owned, default=first - 1) + 1
    return list(range(start, head))


def _numeral(analysis: Analysis, index: int, head: int) -> _Number | None:
    tokens = analysis.tokens
    value = _parse_at(analysis, index)
    if value is None or (index > 0 and tokens[index - 1].text == "-"):
        return None  # no number, or the end of "one-on-one"
    last = index
    while last + 1 < min(head, index + _LONGEST) and tokens[last + 1].text not in _DASHES:
        longer = parse_number(" ".join(t.text for t in tokens[index : last + 2]))
        if longer is None:
            break
        value, last = longer, last + 1
    after = tokens[last + 1]
    if after.text in ("-", "–", "—", "to", "or", "and") and last + 2 <= head:
        other = parse_number(tokens[last + 2].text)
        if other is not None and other > value:
            return _Number(None, value, other, True, index, last + 2)
        if after.text in _DASHES:
            return None  # "10-day"
    if after.lemma.lower() in _units() and last + 1 != head:
        return None  # "600 mm rockets"
    joined = _RANGE.fullmatch(tokens[index].text)
    if joined:
        low, high = (float(n) for n in joined.groups())
        return _Number(None, low, high, True, index, last)
    return _Number(value, value, value, False, index, last)


def _parse_at(analysis: Analysis, index: int) -> float | None:
    """The number that one token says; articles are no numerals."""
    text = analysis.tokens[index].text.lower()
    named = index > 0 and analysis.tokens[index - 1].text.lower() == "of"
    if named and analysis.tokens[index].text.istitle():
        return None  # "Group of Seven"
    joined = _RANGE.fullmatch(text)
    if joined:
        return float(joined[1])
    if text in ("a", "an", "another", "both", "single") and text != "both":
        return None
    return parse_number(text) if analysis.tokens[index].tag != "JJ" or text[0].isdigit() else None


def parse_number(text: str) -> float | None:
    """The number that words or digits say, or None.

    >>> parse_number("twenty-five"), parse_number("1,500"), parse_number("two hundred")
    (25.0, 1500.0, 200.0)
    >>> parse_number("several") is None
    True
    """
    parts = text.lower().replace("-", " ").split()
    if not parts:
        return None
    total, current = 0.0, None
    for part in parts:
        value: float | None
        if _NUMBER.fullmatch(part):
            value = float(part.replace(",", ""))
        else:
            value = _table("words").get(part)
        if value is not None:
            current = (current or 0.0) + value
        elif part in _table("scales"):
            scale = _table("scales")[part]
            current = (current if current is not None else 1.0) * scale
            if scale > 100:
                total, current = total + current, None
        elif part == "and" and current is not None:
            continue
        else:
            return None
    return total + (current or 0.0)


def _word(analysis: Analysis, child: int, head: int) -> _Number | None:
    """An article or a vague word: "a missile", "multiple missiles", "another missile"."""
    text = analysis.tokens[child].text.lower()
    if text in _table("vague"):
        least = _table("vague")[text] or None
        return _Number(None, least, None, True, child, child)
    if (
        text in _table("words")
        and analysis.tokens[head].tag not in ("NNS", "NNPS")
        and child == _before(analysis, head)[0]
    ):
        return _Number(1.0, 1.0, 1.0, False, child, child) if _table("words")[text] == 1 else None
    return None


def _collective_over(analysis: Analysis, head: int) -> _Number | None:
    """ "dozens of", "a pair of", "a barrage of", "one of": the noun over an "of" phrase."""
    token = analysis.tokens[head]
    over = analysis.tokens[token.head]
    if token.dep != "pobj" or over.text.lower() != "of":
        return None
    index = over.head
    text, lemma = analysis.tokens[index].text.lower(), syntax.lemma(analysis, index)
    if analysis.tokens[index].pos == "NUM":
        return None  # "two of the missiles": part of a count, not the count
    first = min([index, *syntax.kids(analysis, index, "det", "nummod", "amod", "quantmod")])
    if text in _table("vague") or lemma in _table("vague"):
        least = _table("vague").get(text, _table("vague").get(lemma, 0)) or None
        return _Number(None, least, None, True, first, index)
    if lemma in ("type", "kind", "sort", "version", "model", "class", "form"):
        sort = next(
            (n for i in _before(analysis, index) if (n := _numeral(analysis, i, index))), None
        )
        return _qualified(analysis, sort, index) if sort is not None else None
    if lemma in _table("collectives"):
        numeral = next(iter(syntax.kids(analysis, index, "nummod")), None)
        times = parse_number(analysis.tokens[numeral].text) if numeral is not None else 1.0
        if times is None or (numeral is None and text.endswith("s") and text != lemma):
            return _Number(None, 2 * _table("collectives")[lemma], None, True, first, index)
        value = times * _table("collectives")[lemma]
        return _qualified(
            analysis, _Number(value, value, value, lemma == "dozen", first, index), index
        )
    return None


def _qualified(analysis: Analysis, number: _Number, head: int) -> _Number:
    """The number with "at least", "about", "an estimated" before it taken in."""
    tokens = analysis.tokens
    for size in (3, 2, 1):
        start = number.first - size
        if start < 0:
            continue
        words = " ".join(t.text.lower() for t in tokens[start : number.first])
        how = _qualifiers().get(words)
        if how is None:
            continue
        if words == "estimated" and start > 0 and tokens[start - 1].text.lower() in ("an", "a"):
            start -= 1
        least = None if how == "most" else number.least
        most = None if how == "least" else number.most
        return _Number(
            number.value,
            None if how == "about" else least,
            None if how == "about" else most,
            True,
            start,
            number.last,
        )
    return number


def _count(analysis: Analysis, number: _Number, head: int) -> Count:
    tokens = analysis.tokens
    first = number.first
    last = max(number.last, head)
    return Count(
        what=_what(analysis, number, head),
        value=number.value,
        min=number.least,
        max=number.most,
        approx=number.approx,
        words=(tokens[first].start, tokens[last].end),
    )


def _what(analysis: Analysis, number: _Number, head: int) -> str:
    """What is counted: the head's lemma with the words right before it that say which sort."""
    first = number.last + 1 if number.last < head else head
    while first < head and analysis.tokens[first].text.lower() in ("of", "the", "its", "their"):
        first += 1
    if number.last < head and analysis.tokens[number.last + 1].text.lower() == "of":
        first = max(first, syntax.core(analysis, head)[0])
    words = "".join(
        t.lemma if i == head else t.text + " " * (analysis.tokens[i + 1].start > t.end)
        for i, t in enumerate(analysis.tokens[first : head + 1], first)
    )
    return words.strip() if len(words) < 80 else analysis.tokens[head].lemma
