"""A report's parse with the questions that attribution rules ask of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.model import Analysis, Report, Sentence, Span, Token
from dateline.statements.quotes import Quotations


@dataclass(frozen=True, slots=True)
class Parse:
    """The tokens of a report, and for each where it begins and ends and what it stands in.

    `labels` are the labels of the entities that tokens belong to, or "". `wholes` are the first
    and last (exclusive) token of the written sentence: the parser's sentences, joined where it
    cut one within quotation marks ("“No. Never,” he said." is one).
    """

    text: str
    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    sentences: tuple[Sentence, ...]
    sentence_of: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    labels: tuple[str, ...]
    wholes: tuple[tuple[int, int], ...]

    def kids(self, index: int, *deps: str) -> list[int]:
        """The children of a token that hang on it by one of `deps`, in text order."""
        return [child for child in self.children[index] if self.tokens[child].dep in deps]

    def kid(self, index: int, *deps: str) -> int | None:
        """The first child that hangs on the token by one of `deps`, or None."""
        return next(iter(self.kids(index, *deps)), None)

    def subtree(self, index: int, without: Iterable[int] = ()) -> list[int]:
        """The token and all beneath it, in text order, less the subtrees of `without`."""
        barred = set(without)
        found: list[int] = []
        waiting = [index]
        while waiting:
            at = waiting.pop()
            if at not in barred:
                found.append(at)
                waiting.extend(self.children[at])
        return sorted(found)

    def tokens_in(self, spans: Iterable[Span]) -> list[int]:
        """The tokens that share a character with the spans, in text order."""
        found: set[int] = set()
        for start, end in spans:
            first = bisect_right(self.ends, start)
            while first < len(self.tokens) and self.tokens[first].start < end:
                found.add(first)
                first += 1
        return sorted(found)

    def spans(self, indices: Iterable[int]) -> tuple[Span, ...]:
        """The characters of the tokens, neighbours joined, edges trimmed of punctuation."""
        ordered = sorted(set(indices))
        out: list[Span] = []
        first = 0
        for place in range(1, len(ordered) + 1):
            if place == len(ordered) or ordered[place] != ordered[place - 1] + 1:
                run = self._trimmed(ordered[first:place])
                if run:
                    out.append((self.tokens[run[0]].start, self.tokens[run[-1]].end))
                first = place
        return tuple(out)

    def _trimmed(self, run: list[int]) -> list[int]:
        while run and self._droppable(run[0]):
            run = run[1:]
        while run and (self._droppable(run[-1]) or self.tokens[run[-1]].tag == "CC"):
            run = run[:-1]
        return run

    def _droppable(self, index: int) -> bool:
        token = self.tokens[index]
        return token.pos == "SPACE" or token.text in _EDGE_MARKS


_EDGE_MARKS = frozenset([",", ".", ";", ":", "--", "—", "–", "-", "!", "?", "…", "..."])


def parse(report: Report, analysis: Analysis, quotations: Quotations) -> Parse:
    """The parse of a report's paragraphs, whose quotations are known."""
    sentence_of = [0] * len(analysis.tokens)
    for number, sentence in enumerate(analysis.sentences):
        for index in range(sentence.first, sentence.last):
            sentence_of[index] = number
    return Parse(
        text=report.text,
        tokens=analysis.tokens,
        children=analysis.children,
        sentences=analysis.sentences,
        sentence_of=tuple(sentence_of),
        starts=tuple(token.start for token in analysis.tokens),
        ends=tuple(token.end for token in analysis.tokens),
        labels=_labels(analysis),
        wholes=_wholes(analysis, quotations),
    )


def _labels(analysis: Analysis) -> tuple[str, ...]:
    labels = [""] * len(analysis.tokens)
    for entity in analysis.entities:
        for index in range(entity.first, entity.last):
            labels[index] = entity.label
    return tuple(labels)


def _wholes(analysis: Analysis, quotations: Quotations) -> tuple[tuple[int, int], ...]:
    wholes: list[tuple[int, int]] = []
    runs: list[tuple[int, int]] = []
    previous: Sentence | None = None
    for sentence in analysis.sentences:
        joined = (
            previous is not None
            and previous.paragraph == sentence.paragraph
            and not _ends_there(analysis, previous, sentence, quotations)
        )
        if joined:
            runs[-1] = (runs[-1][0], sentence.last)
        elif previous is not None and _closes(analysis, sentence, quotations):
            runs[-1] = (runs[-1][0], sentence.first + 1)
            runs.append((sentence.first + 1, sentence.last))
        else:
            runs.append((sentence.first, sentence.last))
        previous = sentence
    for first, last in runs:
        wholes.extend([(first, last)] * (last - first))
    return tuple(wholes)


def _closes(analysis: Analysis, sentence: Sentence, quotations: Quotations) -> bool:
    """Whether the sentence begins with the mark that closes the quotation before it."""
    token = analysis.tokens[sentence.first]
    held = quotations.holding(token.start)
    return held is not None and token.end == held.end and sentence.last > sentence.first + 1


def _ends_there(
    analysis: Analysis, left: Sentence, right: Sentence, quotations: Quotations
) -> bool:
    """Whether a written sentence ends between two of the parser's."""
    at = analysis.tokens[right.first].start
    held = quotations.holding(at)
    if held is not None and held.start < at < held.end - 1:
        return False
    last = left.last - 1
    while last > left.first and analysis.tokens[last].text.strip("\"'”’»)] ") == "":
        last -= 1
    return analysis.tokens[last].text[-1:] in ".!?…:;"
