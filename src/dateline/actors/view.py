"""A report with its analysis, ready for questions of the kind "what does this stretch do here?"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.actors.vocabulary import plain
from dateline.model import Analysis, Entity, Report, Sentence, Span, Token

_HEADLINE = 0.6  # share of capitalised words; sentences of KCNA's stories stay below 0.45
_QUOTE = re.compile(r"[“”\"]")


@dataclass(frozen=True, slots=True)
class View:
    """`text` has the report's length with plain apostrophes; `starts` are the tokens' starts."""

    report: Report
    analysis: Analysis
    text: str
    starts: tuple[int, ...]
    sentence_starts: tuple[int, ...]
    entity_starts: tuple[int, ...]
    quotes: tuple[Span, ...]
    common: frozenset[str]

    def first_token(self, start: int) -> int:
        """The index of the token at or after the character `start`."""
        at = bisect_right(self.starts, start) - 1
        if at >= 0 and self.analysis.tokens[at].end > start:
            return at
        return at + 1

    def tokens(self, start: int, end: int) -> range:
        """The indices of the tokens that overlap the characters."""
        return range(self.first_token(start), bisect_left(self.starts, end))

    def head(self, start: int, end: int) -> Token | None:
        """The token of the stretch that the rest of it hangs on: the one whose head is outside."""
        inside = self.tokens(start, end)
        for index in inside:
            token = self.analysis.tokens[index]
            if token.head not in inside or token.head == index:
                return token
        return None

    def head_of(self, token: Token) -> Token:
        return self.analysis.tokens[token.head]

    def sentence(self, at: int) -> int:
        """The index of the sentence that holds the character `at` (the one before, if none)."""
        return max(bisect_right(self.sentence_starts, at) - 1, 0)

    def entity(self, start: int, end: int) -> Entity | None:
        """The entity that holds the whole stretch, or None."""
        at = bisect_right(self.entity_starts, start) - 1
        if at >= 0 and self.analysis.entities[at].end >= end:
            return self.analysis.entities[at]
        return None

    def entities(self, start: int, end: int) -> tuple[Entity, ...]:
        """The entities that begin within the characters."""
        first, last = bisect_left(self.entity_starts, start), bisect_left(self.entity_starts, end)
        return self.analysis.entities[first:last]

    def is_headline(self, at: int) -> bool:
        """Whether the sentence there is written with capitals throughout, so that they say little."""
        if not self.analysis.sentences:
            return False
        sentence = self.analysis.sentences[self.sentence(at)]
        tokens = self.analysis.tokens[sentence.first : sentence.last]
        words = [t.text for t in tokens if t.text[:1].isalpha() and len(t.text) > 3]
        return len(words) > 2 and sum(w[0].isupper() for w in words) > _HEADLINE * len(words)

    def is_common(self, word: str) -> bool:
        """Whether the report writes the word without a capital too: no name then."""
        return word.lower() in self.common

    def opens_sentence(self, start: int) -> bool:
        """Whether the first word of a sentence, or of a quotation, stands there."""
        if not self.analysis.sentences:
            return False
        first = self.analysis.sentences[self.sentence(start)].start
        return not any(map(str.isalnum, self.text[first:start]))

    def in_quotes(self, at: int) -> int | None:
        """The number of the quotation that holds the character, or None outside of any."""
        number = bisect_right(self.quotes, (at, len(self.text) + 1)) - 1
        if number >= 0 and self.quotes[number][0] < at < self.quotes[number][1]:
            return number
        return None

    def is_quoted(self, sentence: Sentence) -> bool:
        """Whether the whole sentence stands within one quotation."""
        first = self.in_quotes(sentence.start + 1)
        return first is not None and first == self.in_quotes(max(sentence.end - 2, sentence.start))


def view(report: Report, analysis: Analysis) -> View:
    """The view of a report."""
    return View(
        report=report,
        analysis=analysis,
        text=plain(report.text),
        starts=tuple(token.start for token in analysis.tokens),
        sentence_starts=tuple(sentence.start for sentence in analysis.sentences),
        entity_starts=tuple(entity.start for entity in analysis.entities),
        quotes=tuple(_quotes(report.text, report.paragraphs)),
        common=frozenset(token.text for token in analysis.tokens if token.text.islower()),
    )


def _quotes(text: str, paragraphs: Iterable[Span]) -> Iterable[Span]:
    """The quotations, each within its paragraph; one that never closes runs to its end."""
    for start, end in paragraphs:
        opened: int | None = None
        for mark in _QUOTE.finditer(text, start, end):
            if opened is None and mark.group() != "”":
                opened = mark.start()
            elif opened is not None and mark.group() != "“":
                yield opened, mark.end()
                opened = None
        if opened is not None:
            yield opened, end
