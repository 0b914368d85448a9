"""Quotation marks: where quoted words begin and end, paragraph by paragraph.

Marks in the wild are curly, straight, doubled apostrophes, nested, forgotten and left open at a
paragraph's end because the next paragraph goes on. One wrong mark costs at most its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.model import Span

_OPENERS = {"“": "”", "«": "»", "„": "“", "``": "''"}
_CLOSERS = frozenset("”»")
_EITHER = frozenset(['"', "''", "＂"])
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


def find_quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """The outermost quotations of each paragraph, in order.

    >>> said = 'He said “no “early” talks” and "go'
    >>> [said[q.start:q.end] for q in find_quotations(said, [(0, len(said))])]
    ['“no “early” talks”']
    """
    found: list[Quotation] = []
    for number, (start, end) in enumerate(paragraphs):
        follows = number + 1 < len(paragraphs) and _opens(text, paragraphs[number + 1][0])
        found.extend(_in_paragraph(text, start, end, number, follows))
    return found


def _in_paragraph(text: str, start: int, end: int, number: int, follows: bool) -> list[Quotation]:
    found: list[Quotation] = []
    opened: list[int] = []  # starts of the marks still open, outermost first
    last_close: int | None = None  # the last inner closing mark, should the outer one be missing
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        if (mark in _OPENERS and mark != "«") or mark == "«":
            opened.append(at)
        elif mark in _CLOSERS:
            if len(opened) == 1:
                found.append(Quotation(opened.pop(), after, number))
                last_close = None
            elif opened:
                opened.pop()
                last_close = after
        elif not opened:
            if not _must_close(text, at, after, start, end):
                opened.append(at)
        elif _must_open(text, at, after, start, end):
            if text[opened[0]] != mark[0]:
                opened.append(at)
            else:
                opened = [at]  # the one before was never closed
        elif len(opened) > 1:
            opened.pop()
            last_close = after
        else:
            found.append(Quotation(opened.pop(), after, number))
            last_close = None
    if opened:
        if follows or (opened[0] == start and last_close is None):
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
