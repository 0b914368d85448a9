"""Report text -> windows of word pieces with the features that the encoder reads.

Training and inference both cut their windows here, so the model never meets another form of
input than the one that it was trained on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from dateline.model import Span

LONGEST_WINDOW = 256  # pieces, the two marks [CLS] and [SEP] included
FEATURES = 24  # case (4) x quotation (3) x opens a paragraph (2)

_CLS, _SEP = 101, 102
_MARKS = re.compile(r"[“”«»\"]|''|``|‘‘|’’")
_OPENING = frozenset({"“", "«", "``", "‘‘"})
_CLOSING = frozenset({"”", "»", "’’"})
_OPENERS_BEFORE = frozenset("([{—–-/")
_SENTENCE_ENDS = frozenset({".", "?", "!", "”", '"', ";"})


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces that the encoder reads at once, and the words that they make up.

    `firsts` are the positions (in `pieces`) of each word's first piece; `words` their spans in
    the text; `paragraphs` the number of the paragraph each word stands in.
    """

    pieces: tuple[int, ...]
    features: tuple[int, ...]
    firsts: tuple[int, ...]
    words: tuple[Span, ...]
    paragraphs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One word or one mark of punctuation: its characters, pieces and feature number."""

    span: Span
    pieces: tuple[int, ...]
    feature: int
    paragraph: int
    ends_sentence: bool


def read_words(text: str, paragraphs: Sequence[Span], tokenizer: Tokenizer) -> list[list[Word]]:
    """The words of each paragraph, in order, with offsets in `text`."""
    encodings = tokenizer.encode_batch(
        [text[start:end] for start, end in paragraphs], add_special_tokens=False
    )
    found = []
    for number, ((start, end), encoding) in enumerate(zip(paragraphs, encodings, strict=True)):
        quoted = quoted_characters(text[start:end])
        words: list[Word] = []
        groups: list[tuple[int, int, list[int]]] = []
        last = None
        for piece, word, (left, right) in zip(
            encoding.ids, encoding.word_ids, encoding.offsets, strict=True
        ):
            if word is not None and word == last:
                groups[-1] = (groups[-1][0], right, groups[-1][2])
                groups[-1][2].append(piece)
            else:
                groups.append((left, right, [piece]))
            last = word
        for left, right, pieces in groups:
            if left >= right:
                continue
            word_text = text[start + left : start + right]
            feature = (_case(word_text) * 3 + quoted[left]) * 2 + (not words)
            words.append(
                Word(
                    span=(start + left, start + right),
                    pieces=tuple(pieces),
                    feature=feature,
                    paragraph=number,
                    ends_sentence=word_text in _SENTENCE_ENDS,
                )
            )
        if words:
            found.append(words)
    return found


def cut_windows(
    paragraphs: Sequence[Sequence[Word]], longest: int = LONGEST_WINDOW, first: int | None = None
) -> Iterator[Window]:
    """Windows of whole paragraphs, as many as fit; `first` makes the first window shorter.

    A paragraph too long for one window is cut at a sentence's end in its last third, or where
    it must be.
    """
    room = first or longest
    taken: list[Word] = []
    used = 2
    for paragraph in paragraphs:
        rest = list(paragraph)
        length = sum(len(word.pieces) for word in rest)
        if taken and used + length > room:
            yield _window(taken)
            taken, used, room = [], 2, longest
        while length + 2 > longest:
            at = _cut(rest, longest - 2)
            yield _window(rest[:at])
            rest = rest[at:]
            length = sum(len(word.pieces) for word in rest)
        taken.extend(rest)
        used += length
    if taken:
        yield _window(taken)


def quoted_characters(paragraph: str) -> list[int]:
    """For each character: 0 outside quotation marks, 1 inside, 2 on a mark.

    Whether a straight mark opens or closes is told by the space beside it, so that an odd number
    of marks spoils no more than the paragraph's rest; every paragraph starts outside.

    >>> "".join(map(str, quoted_characters('"No," he said.')))
    '21112000000000'
    """
    states = []
    at = 0
    inside = False
    for mark in _MARKS.finditer(paragraph):
        states.extend([int(inside)] * (mark.start() - at))
        inside = _opens(paragraph, mark.start(), mark.end(), inside)
        states.extend([2] * len(mark[0]))
        at = mark.end()
    states.extend([int(inside)] * (len(paragraph) - at))
    return states


def _opens(paragraph: str, start: int, end: int, inside: bool) -> bool:
    mark = paragraph[start:end]
    if mark in _OPENING:
        return True
    if mark in _CLOSING:
        return False
    before = paragraph[start - 1] if start else " "
    after = paragraph[end] if end < len(paragraph) else " "
    free_before = before.isspace() or before in _OPENERS_BEFORE
    free_after = after.isspace() or not after.isalnum()
    if free_before == free_after:
        return not inside
    return free_before


def _case(word: str) -> int:
    if word.islower() or not word[0].isalnum():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[0].isupper() else 3


def _cut(words: Sequence[Word], room: int) -> int:
    used = 0
    fits = 0
    best = 0
    for number, word in enumerate(words, 1):
        used += len(word.pieces)
        if used > room:
            break
        fits = number
        if word.ends_sentence and used > room * 2 // 3:
            best = number
    return best or max(fits, 1)


def _window(words: Sequence[Word]) -> Window:
    pieces = [_CLS]
    features = [0]
    firsts = []
    for word in words:
        firsts.append(len(pieces))
        pieces.extend(word.pieces[: LONGEST_WINDOW - 2])
        features.extend([word.feature] * len(word.pieces[: LONGEST_WINDOW - 2]))
    pieces.append(_SEP)
    features.append(0)
    return Window(
        pieces=tuple(pieces),
        features=tuple(features),
        firsts=tuple(firsts),
        words=tuple(word.span for word in words),
        paragraphs=tuple(word.paragraph for word in words),
    )
