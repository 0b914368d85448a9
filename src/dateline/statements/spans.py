"""Spans of characters: joined, cut and trimmed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Generic, TypeVar

from dateline.model import Span

T = TypeVar("T")


class Located(Generic[T]):
    """Things that stand at spans, to be asked which of them a span touches."""

    def __init__(self, things: Iterable[tuple[Span, T]]) -> None:
        self._things = sorted(things, key=lambda each: each[0])
        self._starts = [start for (start, _), _ in self._things]
        self._longest = max((end - start for (start, end), _ in self._things), default=0)

    def touching(self, span: Span) -> list[T]:
        """The things that share a character with the span, in text order."""
        found: list[T] = []
        place = bisect_left(self._starts, span[0] - self._longest)
        while place < len(self._things) and self._starts[place] < span[1]:
            (_, end), thing = self._things[place]
            if end > span[0]:
                found.append(thing)
            place += 1
        return found


def merge(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those joined that touch or that only white space divides."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and (start <= out[-1][1] or not text[out[-1][1] : start].strip()):
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def cut_out(spans: Iterable[Span], *holes: Iterable[Span]) -> tuple[Span, ...]:
    """The spans less every character of `holes`."""
    out = list(spans)
    for hole_start, hole_end in (hole for group in holes for hole in group):
        kept: list[Span] = []
        for start, end in out:
            if hole_end <= start or hole_start >= end:
                kept.append((start, end))
                continue
            if start < hole_start:
                kept.append((start, hole_start))
            if hole_end < end:
                kept.append((hole_end, end))
        out = kept
    return tuple(out)


def trimmed(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans less the white space and commas at their edges, and none that is left empty."""
    out: list[Span] = []
    for start, end in spans:
        while start < end and text[start] in ' ,\u00a0"“”':
            start += 1
        while end > start and text[end - 1] in ' ,\u00a0"“”':
            end -= 1
        if start < end:
            out.append((start, end))
    return tuple(out)


def overlap(span: Span, spans: Iterable[Span]) -> bool:
    """Whether a span shares a character with any of `spans`."""
    return any(span[0] < end and start < span[1] for start, end in spans)
