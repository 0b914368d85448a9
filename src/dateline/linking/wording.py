"""Texts made comparable: words, content stems, runs of words, and how rare each one is."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

from dateline.lexicon import load
from dateline.model import Report

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_STARTS = re.compile(r"(?:^|[.?!:…])[\s\W]*$")
_SHORTEST_STEM = (
    4  # "deepening", "deeper", "deep" meet at four letters; at three "use" meets "user"
)


def story_words(report: Report) -> list[str]:
    """The words of the report's story in lower case, in order: no furniture, no punctuation."""
    return [
        word
        for start, end in report.paragraphs
        for word in _WORD.findall(report.text[start:end].casefold())
    ]


def stems(text: str) -> list[str]:
    """The content words of `text`, cut to their stems, in order.

    >>> stems("The partnership has grown even stronger, even deeper")
    ['partn', 'grow', 'strong', 'deep']
    >>> stems("growing and deepening partners")
    ['grow', 'deep', 'partn']
    """
    empty = _empty()
    parts = (part for word in _WORD.findall(text.casefold()) for part in _parts(word))
    return [_stem(part) for part in parts if part not in empty]


def runs(words: Sequence[str], length: int) -> set[str]:
    """Every run of `length` words that stand side by side, joined by a space.

    >>> sorted(runs(["one", "missile", "after", "another"], 3))
    ['missile after another', 'one missile after']
    """
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}


def names(texts: Iterable[str]) -> frozenset[str]:
    """The stems that are written with a capital inside sentences more often than not.

    >>> sorted(names(["The talks that Seoul wants", "Talks with Seoul", "and more talks with Seoul"]))
    ['seoul']
    """
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        for match in _WORD.finditer(text):
            if _STARTS.search(text, 0, match.start()):
                continue
            for stem in stems(match[0]):
                (capital if match[0][0].isupper() else small)[stem] += 1
    return frozenset(stem for stem, number in capital.items() if number > small[stem])


def proper_words(report: Report) -> frozenset[str]:
    """The stems of words that the report's story writes with a capital inside a sentence."""
    found: set[str] = set()
    for start, end in report.paragraphs:
        for match in _WORD.finditer(report.text, start, end):
            if match[0][0].isupper() and not _STARTS.search(report.text, start, match.start()):
                found.update(stems(match[0]))
    return frozenset(found)


def rarity(texts: Iterable[Collection[str]]) -> dict[str, float]:
    """How much each word says, by how few of `texts` hold it (smoothed idf, all above zero)."""
    holders: Counter[str] = Counter()
    number = 0
    for text in texts:
        number += 1
        holders.update(set(text))
    return {word: math.log(1 + number / count) for word, count in holders.items()}


def shared_weight(a: Collection[str], b: Collection[str], weights: Mapping[str, float]) -> float:
    """The part of the lighter text's weight that the other holds too, from 0 to 1.

    >>> shared_weight({"north", "aspen"}, {"aspen"}, {"north": 1.0, "aspen": 3.0})
    1.0
    """
    heavy_a, heavy_b = weigh(a, weights), weigh(b, weights)
    lighter = min(heavy_a, heavy_b)
    return weigh(set(a) & set(b), weights) / lighter if lighter else 0.0


def weigh(words: Collection[str], weights: Mapping[str, float]) -> float:
    """The weight of all `words` together; summed in a fixed order, so that it is the same always."""
    return sum(weights.get(word, 0.0) for word in sorted(set(words)))


@cache
def _empty() -> frozenset[str]:
    return frozenset(load("linking")["empty"].split())


@cache
def _endings() -> tuple[str, ...]:
    return tuple(sorted(load("linking")["endings"], key=lambda e: (-len(e), e)))


def _parts(word: str) -> list[str]:
    word = word.replace("’", "'")
    for ending in ("'s", "s'"):
        word = word.removesuffix(ending)
    return [part for part in re.split(r"[-']", word) if part]


def _stem(word: str) -> str:
    for ending in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
