"""Attributions in the making: what each cue of a parse would hold, with its quotations whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.model import Span
from dateline.statements.confidence import SAID, find_confidence, find_features, word_classes
from dateline.statements.frames import Candidate, candidates
from dateline.statements.parse import Parse
from dateline.statements.quotes import Quotations
from dateline.statements.spans import cut_out, merge, overlap, trimmed


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution in the making, with what the later rules need to know of it."""

    cue_head: int
    word: str
    frame: str
    speech: bool
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float = 0.0
    quoted: bool = False
    features: tuple[str, ...] = ()


def find_drafts(p: Parse, quotations: Quotations) -> Iterator[Draft]:
    """Yields every construction that a word of the lexicon could be the cue of, however unlikely.

    Words inside quotation marks are no cues: PolNeAR's readers seldom marked them.
    """
    kinds = word_classes()
    for candidate in candidates(p):
        kind = kinds.get(candidate.word)
        if kind is None or quotations.holding(p.starts[candidate.cue_head]):
            continue
        draft = _with_quotations(p, _draft(p, candidate, kind in SAID), quotations)
        if draft is not None:
            features = tuple(find_features(p, candidate, draft.source, draft.content, draft.quoted))
            confidence = find_confidence(kind, draft.word, draft.frame, features)
            yield replace(draft, confidence=confidence, features=features)


# Frames whose content is a clause that the quotation beside it belongs to.
CLAUSAL = frozenset(
    ["clause", "gerund", "small-clause", "wh", "parenthesis", "object", "quote", "afterthought"]
)
HOLDS_CLAUSE = (
    frozenset(["clause", "gerund", "small-clause", "wh", "parenthesis", "afterthought"])
    | frozenset(["infinitive", "clause-infinitive", "object-infinitive", "as-parenthesis", "to"])
    | frozenset(
        ["be-clause", "be-infinitive", "passive-clause", "passive-infinitive", "passive-wh"]
    )
)
_OF_THAT = frozenset(["of", "about", "in", "to", "during", "on", "at", "for"])
_GOES_ON = CLAUSAL | {"infinitive", "object-infinitive", "object-as", "object-predicate"}


def _draft(p: Parse, candidate: Candidate, speech: bool) -> Draft:
    content = p.spans(candidate.content)
    if candidate.frame in ("clause", "small-clause", "gerund"):
        content = _from_sentence_start(p, candidate, content)
    return Draft(
        cue_head=candidate.cue_head,
        word=candidate.word,
        frame=candidate.frame,
        speech=speech,
        source=p.spans(candidate.source),
        cue=p.spans(candidate.cue),
        content=content,
    )


def _from_sentence_start(
    p: Parse, candidate: Candidate, content: tuple[Span, ...]
) -> tuple[Span, ...]:
    """For "X, he said": all that stands before the source and cue is content.

    The parser hangs opening adverbs and clauses on the cue ("To win, she said, they must").
    """
    teller = sorted({*candidate.source, *candidate.cue})
    if not content or content[0][0] > p.tokens[teller[0]].start:
        return content
    first = p.wholes[candidate.cue_head][0]
    head = next((i for i in candidate.content if p.tokens[i].start >= content[0][0]), first)
    for index in range(first, head):
        if p.tokens[index].text in _BREAKS:
            first = index + 1
    before = p.spans(range(first, teller[0]))
    after = [span for span in content if span[0] > p.tokens[teller[-1]].start]
    return (*before, *after)


_BREAKS = frozenset([";", ":", "--", "-", "–", "—"])

_NEAR = 8  # characters between a content and a quotation beside it: ", and " with room to spare


def _with_quotations(p: Parse, draft: Draft, quotations: Quotations) -> Draft | None:
    """The draft with each quotation that its content touches taken whole, none in its source.

    A quotation beside the content belongs to it, and so does one that goes on right after the
    words of the teller ("X," he said, "Y"). None is returned where no content is left.
    """
    content = draft.content
    if not content or not draft.cue:
        return None
    teller = max([end for _, end in (*draft.source, *draft.cue)])
    quoted = False
    first = min([start for start, _ in draft.source or draft.cue])
    if draft.frame in _OF_THAT and quotations.between(first - 3, first):
        return None  # '"No," he said of the plan': the quotation is what he said
    at = content[0][0] - 3
    while (q := quotations.after(at)) is not None:
        at = q.end
        span = (q.start, q.end)
        if q.start >= max(content[-1][1], teller) + _NEAR:
            break
        if overlap(span, draft.cue):
            continue
        touches = overlap(span, content)
        beside = draft.frame in _GOES_ON and any(
            end <= q.start and p.text[end : q.start].strip(" ,:") in ("", "and", "but", "or")
            for _, end in content
        )
        goes_on = quoted and q.start >= teller and not p.text[teller : q.start].strip(" ,")
        if touches or beside or goes_on:
            content = merge(p.text, (*content, span))
            quoted = True
    source = draft.source
    if quoted:
        marks = [
            (q.start, q.end)
            for start, end in source
            for q in quotations.between(start, end)
            if overlap((q.start, q.end), content)
        ]
        source = trimmed(p.text, cut_out(source, marks))
    content = cut_out(content, source, draft.cue)
    return replace(draft, source=source, content=content, quoted=quoted) if content else None
