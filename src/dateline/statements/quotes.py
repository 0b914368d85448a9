"""Quotation marks: where quoted words begin and end, paragraph by paragraph.

Marks in the wild are curly, straight, doubled apostrophes, nested, forgotten and left open at a
paragraph's end because the next paragraph goes on. One wrong mark costs at most its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.model import Span

_OPENERS = frozenset(["“", "«", "„", "``"])
_CLOSERS = frozenset("”»")
_MARK = re.compile(r"''|``|[“”„«»\"＂]")
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=\w)([^‘’'\n]|(?<=\w)[’'](?=\w))+[’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words with their marks. `open_end`: no closing mark, the next paragraph goes on."""

    start: int
    end: int
    paragraph: int
    open_end: bool = False
    single: bool = False


class Quotations:
    """The quotations of a report, in order and apart from each other, to be asked by place."""

    def __init__(self, found: Sequence[Quotation]) -> None:
        self.found = tuple(found)
        self._ends = [q.end for q in found]

    def __iter__(self) -> Iterator[Quotation]:
        return iter(self.found)

    def after(self, at: int) -> Quotation | None:
        """The first quotation that ends after the character."""
        place = bisect_right(self._ends, at)
        return self.found[place] if place < len(self.found) else None

    def holding(self, at: int) -> Quotation | None:
        """The quotation in which the character stands, or None."""
        q = self.after(at)
        return q if q is not None and q.start <= at else None

    def between(self, start: int, end: int) -> list[Quotation]:
        """The quotations that share a character with that span."""
        found: list[Quotation] = []
        place = bisect_right(self._ends, start)
        while place < len(self.found) and self.found[place].start < end:
            found.append(self.found[place])
            place += 1
        return found


def find_quotations(text: str, paragraphs: Sequence[Span]) -> Quotations:
    """The outermost quotations of each paragraph, in order.

    >>> said = 'He said “no “early” talks” and "go'
    >>> [said[q.start:q.end] for q in find_quotations(said, [(0, len(said))])]
    ['“no “early” talks”']
    """
    found: list[Quotation] = []
    for number, (start, end) in enumerate(paragraphs):
        follows = number + 1 < len(paragraphs) and _opens(text, paragraphs[number + 1][0])
        found.extend(_in_paragraph(text, start, end, number, follows))
    return Quotations(found)


def _in_paragraph(text: str, start: int, end: int, number: int, follows: bool) -> list[Quotation]:
    found: list[Quotation] = []
    opened: list[int] = []  # starts of the marks still open, outermost first
    last_close: int | None = None  # the last inner closing mark, should the outer one be missing
    for match in _MARK.finditer(text, start, end):
        at, after = match.start(), match.end()
        act = _act(text, match, opened, start, end)
        if act == "open":
            opened.append(at)
        elif act == "restart":
            opened = [at]  # the one before was never closed
        elif act == "close" and len(opened) == 1:
            found.append(Quotation(opened.pop(), after, number))
            last_close = None
        elif act == "close":
            opened.pop()
            last_close = after
    if opened:
        if follows or (last_close is None and _runs_on(text, opened[0], start)):
            found.append(Quotation(opened[0], end, number, open_end=True))
        elif last_close is not None:
            found.append(Quotation(opened[0], last_close, number))
    if not found and not opened:
        found = [
            Quotation(m.start(), m.end(), number, single=True)
            for m in _SINGLE.finditer(text, start, end)
            if " " in m.group()
        ]
    return found


def _act(
    text: str, match: re.Match[str], opened: Sequence[int], start: int, end: int
) -> Literal["open", "restart", "close", "nothing"]:
    """What a mark does, given the marks that are open."""
    mark, at, after = match.group(), match.start(), match.end()
    must_open = _must_open(text, at, after, start, end)
    must_close = _must_close(text, at, after, start, end)
    if mark in _OPENERS:  # some outlets print “this“
        return "close" if opened and must_close else "open"
    if mark in _CLOSERS:
        if opened:
            return "close"
        return "open" if must_open else "nothing"
    if not opened:
        return "nothing" if must_close else "open"
    if must_open:
        return "open" if text[opened[0]] != mark[0] else "restart"
    return "close"


def _runs_on(text: str, at: int, start: int) -> bool:
    """Whether a mark without an end opens a sentence, which then runs to the paragraph's end."""
    before = text[start:at].rstrip()
    return not before or before[-1] in '.!?:,”"'


def _opens(text: str, at: int) -> bool:
    return bool(_MARK.match(text, at)) and text[at] not in _CLOSERS


def _must_open(text: str, at: int, after: int, start: int, end: int) -> bool:
    """Whether an undirected mark can only open: space before it, a word after it."""
    before_free = at == start or text[at - 1].isspace() or text[at - 1] in "([—–-"
    return before_free and after < end and (text[after].isalnum() or text[after] in "'‘$[.…")


def _must_close(text: str, at: int, after: int, start: int, end: int) -> bool:
    """Whether an undirected mark can only close: a word before it, none after it."""
    after_free = after == end or text[after].isspace() or text[after] in ",.;:!?)]"
    return after_free and at > start and not text[at - 1].isspace() and text[at - 1] not in "([—–"
