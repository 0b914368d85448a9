"""The blocks of a text, and the marks that cleaning puts on them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.model import Furniture, FurnitureKind, Span

HEAD = 6  # blocks at the start where titles, bylines, datelines and standfirsts stand
TAIL = 6  # blocks at the end where author notes and credits stand
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad"

_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]+")
_WRAPPED_AT = 120  # characters; mail and agency text is wrapped at 60 to 100
# In hard-wrapped prose 60 to 90 % of the lines go on in lower case; in lists, verse and stories of
# one line a paragraph fewer than 10 % do (PolNeAR, Timeline17, KCNA: none is over 0.15).
_WRAPPED_SHARE = 0.4
_SHORT_LINE = 0.6  # of the widest: a shorter line ends its paragraph


def _blocks(text: str) -> list[Span]:
    """The paragraphs as the text sets them: its lines, or runs of them where it is hard-wrapped."""
    lines = [m.span() for m in _LINE.finditer(text) if m.group().strip().strip(_INVISIBLE)]
    breaks = [(a, b) for a, b in itertools.pairwise(lines) if _is_one_break(text, a, b)]
    goes_on = sum(text[b[0] : b[1]].lstrip()[:1].islower() for _, b in breaks)
    widest = max((end - start for start, end in lines), default=0)
    if len(breaks) < 3 or widest > _WRAPPED_AT or goes_on < _WRAPPED_SHARE * len(breaks):
        return lines
    joined = lines[:1]
    for line, following in itertools.pairwise(lines):
        if _is_one_break(text, line, following) and _runs_on(text, line, following, widest):
            joined[-1] = (joined[-1][0], following[1])
        else:
            joined.append(following)
    return joined


def _is_one_break(text: str, line: Span, following: Span) -> bool:
    """Whether two lines are next to each other, with no blank line between."""
    return text[line[1] : following[0]] in ("\n", "\r\n", "\r")


def _runs_on(text: str, line: Span, following: Span, widest: int) -> bool:
    if text[following[0] : following[1]].lstrip()[:1].islower():
        return True
    indented = text[following[0]] in " \t" and text[line[0]] not in " \t"
    return line[1] - line[0] >= _SHORT_LINE * widest and not indented


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its span without white space around it, and its characters."""

    start: int
    end: int
    text: str


class Marks:
    """The blocks of a text and the furniture found in them so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks = [
            Block(start, end, text[start:end])
            for span in _blocks(text)
            for start, end in _trimmed(text, *span) or [span]
        ]
        self._kinds: dict[Span, FurnitureKind] = {}
        self._whole: set[int] = set()

    def free(self, blocks: Iterable[int] | None = None) -> Iterator[tuple[int, Block]]:
        """The blocks that no rule has taken whole, with their numbers; `blocks` limits them."""
        for number in range(len(self.blocks)) if blocks is None else blocks:
            if 0 <= number < len(self.blocks) and number not in self._whole:
                yield number, self.blocks[number]

    def head(self) -> Iterator[tuple[int, Block]]:
        """The free ones among the first blocks."""
        return self.free(range(HEAD))

    def tail(self) -> Iterator[tuple[int, Block]]:
        """The free ones among the last blocks."""
        return self.free(range(max(0, len(self.blocks) - TAIL), len(self.blocks)))

    def take(self, number: int, kind: FurnitureKind) -> None:
        """Marks a whole block."""
        block = self.blocks[number]
        self._whole.add(number)
        self._kinds[block.start, block.end] = kind

    def mark(self, start: int, end: int, kind: FurnitureKind) -> None:
        """Marks some characters."""
        self._kinds[start, end] = kind

    def story_start(self, number: int) -> int:
        """Where the story of a block begins: after what is marked at its start."""
        at = self.blocks[number].start
        for start, end in sorted(self._kinds):
            if start <= at < end:
                at = end
                while at < len(self.text) and self.text[at].isspace():
                    at += 1
        return at

    def taken(self, number: int) -> FurnitureKind | None:
        """What a block was taken for, whole."""
        block = self.blocks[number]
        return self._kinds.get((block.start, block.end)) if number in self._whole else None

    def furniture(self) -> tuple[Furniture, ...]:
        """All that was marked, in order; marks inside other marks are left out."""
        kept: list[Furniture] = []
        for (start, end), kind in sorted(self._kinds.items(), key=lambda m: (m[0][0], -m[0][1])):
            if not kept or start >= kept[-1].end:
                kept.append(Furniture(start, end, kind))
        return tuple(kept)


def find_paragraphs(text: str, furniture: Sequence[Furniture]) -> tuple[Span, ...]:
    """The spans of story: the blocks of `text` less their furniture, trimmed, in order."""
    paragraphs: list[Span] = []
    marks = sorted((f.start, f.end) for f in furniture)
    for block_start, block_end in _blocks(text):
        at = block_start
        for start, end in (m for m in marks if m[0] < block_end and m[1] > block_start):
            paragraphs += _trimmed(text, at, min(start, block_end))
            at = max(at, end)
        paragraphs += _trimmed(text, at, block_end)
    return tuple(paragraphs)


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return [(start, end)] if start < end and any(map(str.isalnum, text[start:end])) else []


def plain_words(text: str) -> str:
    """A text's words alone, for comparing: no case, punctuation or white space."""
    return " ".join(re.findall(r"\w+", text.casefold()))
