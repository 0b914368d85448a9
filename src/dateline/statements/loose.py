"""Quotations that no cue's clause holds: whose they are, by what stands round them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.model import Report, Span
from dateline.statements.confidence import SAID, word_classes
from dateline.statements.drafts import CLAUSAL, Draft
from dateline.statements.frames import cue_tokens, find_source
from dateline.statements.parse import Parse
from dateline.statements.quotes import Quotation, Quotations
from dateline.statements.spans import cut_out, merge, overlap

# 73 of 106 quotations given to a speech verb beside their marks were right in the quarter of
# PolNeAR's training articles on which FLOOR was tuned, 23 of 40 on its dev articles.
_BESIDE_CONFIDENCE = 0.65
_REACH = 4_000  # characters after a cue within which its speaker may go on
_WINDOW = 14  # tokens between the marks and the verb; 10 and 20 gave the same relaxed F1 within 0.1


def take_loose_quotations(
    p: Parse, report: Report, drafts: Iterable[Draft], quotations: Quotations
) -> list[Draft]:
    """The drafts, with the quotations that no content holds given to a cue near by.

    In this order: a speaker whose name and cue interrupt it ("X," she said, "Y"); a speech verb
    right after or before the marks; a cue before a colon that ends the paragraph before; the
    speaker of the same paragraph, when the quotation is whole sentences ("X," he said. "Y."); the
    speaker of the paragraph before, when the paragraph opens with it. A few quoted words without
    any of these stay unattributed.
    """
    shelf = _Shelf(p, report, drafts)
    for q in quotations:
        near = shelf.near(q.start)
        if any(overlap((q.start, q.end), shelf.drafts[place].content) for place in near):
            continue
        place = _interrupted(p, shelf, q)
        beside = None
        if place is None and not q.single:
            beside = _cue_beside(p, report, q, quotations)
        if place is None and beside is None and _is_whole(p.text, q):
            beside = _announced(p, report, shelf, q) or _labelled(p, report, q)
            if beside is None:
                place = _speaker_before(p, report, shelf, q)
        if beside is not None:
            shelf.put(beside)
        elif place is not None:
            shelf.extend(place, ((q.start, q.end),))
    return shelf.drafts


class _Shelf:
    """Drafts, to be asked by where their cue or content stands."""

    def __init__(self, p: Parse, report: Report, drafts: Iterable[Draft]) -> None:
        self.p = p
        self.starts = [start for start, _ in report.paragraphs]
        self.drafts: list[Draft] = []
        self.by_reach: dict[int, list[int]] = defaultdict(list)
        self.by_cue: dict[int, int] = {}
        for draft in drafts:
            self.put(draft)

    def put(self, draft: Draft) -> None:
        """Adds a draft; one with a cue that is there already only adds its content."""
        if draft.cue_head in self.by_cue:
            self.extend(self.by_cue[draft.cue_head], draft.content)
            return
        self.by_cue[draft.cue_head] = len(self.drafts)
        self.drafts.append(draft)
        self._list(len(self.drafts) - 1)

    def extend(self, place: int, content: Sequence[Span]) -> None:
        """Adds quoted words to the content of a draft."""
        held = self.drafts[place]
        spans = merge(self.p.text, (*held.content, *content))
        self.drafts[place] = replace(held, content=spans, quoted=True)
        self._list(place)

    def _list(self, place: int) -> None:
        draft = self.drafts[place]
        for at in (self.p.starts[draft.cue_head], *(start for start, _ in draft.content)):
            listed = self.by_reach[at // _REACH]
            if place not in listed:
                listed.append(place)

    def near(self, at: int) -> list[int]:
        """The places of the drafts that stand within reach of a character or shortly before."""
        reach = at // _REACH
        both = [*self.by_reach.get(reach - 1, []), *self.by_reach.get(reach, [])]
        return sorted(set(both))


def _is_whole(text: str, q: Quotation) -> bool:
    """Whether whole sentences stand in the marks, rather than a few words."""
    body = text[q.start : q.end].strip("“”«»\"'` ")
    ended = body[-1:] in (".", "!", "?", "…", ",") and body.count(" ") >= 2
    stopped = text[q.end : q.end + 1] in (".", "!", "?")
    return (q.open_end or ended or stopped) and not body[:1].islower()


def _interrupted(p: Parse, shelf: _Shelf, q: Quotation) -> int | None:
    """The place of the draft whose teller stands right before the quotation goes on."""
    for place in shelf.near(q.start):
        draft = shelf.drafts[place]
        teller = max(end for _, end in (*draft.source, *draft.cue))
        interrupts = draft.quoted and draft.content[0][0] < teller <= q.start
        if interrupts and not p.text[teller : q.start].strip(" ,"):
            return place
    return None


def _cue_beside(p: Parse, report: Report, q: Quotation, quotations: Quotations) -> Draft | None:
    """A draft of the speech verb in the same sentence right after or before the marks, or None."""
    start, end = report.paragraphs[q.paragraph]
    after = bisect_left(p.starts, q.end)
    closed = p.text[q.start : q.end].rstrip("”»\"'“").endswith(".")
    if not closed or (after < len(p.tokens) and p.tokens[after].text[:1].islower()):
        for index in range(after, min(after + _WINDOW, len(p.tokens))):
            token = p.tokens[index]
            if token.start >= end or token.text in _ENDERS or quotations.holding(token.start):
                break
            draft = _speech_verb(p, index, q)
            if draft is not None:
                return draft
    before = bisect_left(p.starts, q.start) - 1
    for index in range(before, max(before - _WINDOW, -1), -1):
        token = p.tokens[index]
        if token.start < start or token.text in _ENDERS or quotations.holding(token.start):
            break
        draft = _speech_verb(p, index, q)
        if draft is not None:
            between = p.spans(range(max(p.tokens_in(draft.cue)) + 1, before + 1))
            content = merge(p.text, [*between, *draft.content])
            return replace(draft, content=cut_out(content, draft.source))
    return None


_ENDERS = frozenset([".", "!", "?"])


def _speech_verb(p: Parse, index: int, q: Quotation) -> Draft | None:
    """The draft of a verb of speech with the quotation as its content, or None."""
    token = p.tokens[index]
    if token.pos != "VERB" or word_classes().get(token.lemma.lower()) not in SAID:
        return None
    while p.tokens[index].dep == "xcomp" and p.tokens[p.tokens[index].head].pos == "VERB":
        index = p.tokens[index].head  # "vowed to address": the vow is the cue
    source = cut_out(p.spans(find_source(p, index)), [(q.start, q.end)])
    cue = cut_out(p.spans(cue_tokens(p, index)), [(q.start, q.end)])
    if not source or not cue:
        return None
    return Draft(
        cue_head=index,
        word=p.tokens[index].lemma.lower(),
        frame="quote",
        speech=True,
        source=source,
        cue=cue,
        content=((q.start, q.end),),
        confidence=_BESIDE_CONFIDENCE,
        quoted=True,
    )


def _announced(p: Parse, report: Report, shelf: _Shelf, q: Quotation) -> Draft | None:
    """The draft of a cue that ends the paragraph before, with its colon ("She said:")."""
    if q.paragraph == 0 or p.text[shelf.starts[q.paragraph] : q.start].strip():
        return None
    start, end = report.paragraphs[q.paragraph - 1]
    if not p.text[start:end].rstrip().endswith(":"):
        return None
    inside = p.tokens_in([(start, end)])
    for index in reversed(inside):
        if p.wholes[index] != p.wholes[inside[-1]]:
            break
        draft = _speech_verb(p, index, q)
        if draft is not None and draft.cue_head not in shelf.by_cue:
            return draft
    return None


_NAME = r"(?:[A-Z][\w’'-]+|[A-Z][a-z]{0,2}\.|of|the|and|for)"
_NAME_BEFORE = re.compile(rf"(?:^|[.!?\]\n]\s+)({_NAME}(?: {_NAME}){{0,7}}):\s*$")
_NAME_AFTER = re.compile(rf"\s*([-–—]{{1,2}})\s*({_NAME}(?: {_NAME}){{0,5}})(?=\s*(?:[,\n(]|$))")
_LABEL_REACH = 120  # characters of a name with its titles, before or after the marks
_LABEL_CONFIDENCE = 0.8  # all five were right that half of PolNeAR's training articles have


def _labelled(p: Parse, report: Report, q: Quotation) -> Draft | None:
    """The draft of a name with a colon before the marks, or with a dash after them.

    Kim Chol: “We will wait.”       “We will wait.” — Kim Chol, Seoul
    """
    low = max(report.paragraphs[q.paragraph][0], q.start - _LABEL_REACH)
    before = _NAME_BEFORE.search(p.text[low : q.start])
    if before is not None:
        colon = p.text.rindex(":", low, q.start)
        return _label(p, q, (low + before.start(1), low + before.end(1)), (colon, colon + 1))
    after = _NAME_AFTER.match(p.text, q.end, q.end + _LABEL_REACH)
    if after is not None:
        return _label(p, q, after.span(2), after.span(1))
    return None


def _label(p: Parse, q: Quotation, name: Span, mark: Span) -> Draft | None:
    inside = p.tokens_in([mark])
    if not inside or not any(p.tokens[i].pos == "PROPN" for i in p.tokens_in([name])):
        return None
    return Draft(
        cue_head=inside[0],
        word=p.tokens[inside[0]].text,
        frame="label",
        speech=True,
        source=(name,),
        cue=(mark,),
        content=((q.start, q.end),),
        confidence=_LABEL_CONFIDENCE,
        quoted=True,
    )


def _speaker_before(p: Parse, report: Report, shelf: _Shelf, q: Quotation) -> int | None:
    """The place of the draft whose speaker goes on in this quotation, or None."""
    start = shelf.starts[q.paragraph]
    same = []
    drafts = [(place, shelf.drafts[place]) for place in shelf.near(q.start)]
    for place, draft in drafts:
        cue = p.starts[draft.cue_head]
        if draft.speech and start <= cue < q.start and (draft.quoted or draft.frame in CLAUSAL):
            same.append((draft.quoted, cue, place))
    if same:
        return max(same)[2]
    if p.text[start : q.start].strip() or q.paragraph == 0:
        return None
    first, last = report.paragraphs[q.paragraph - 1]
    above = []
    for place, draft in drafts:
        cue, content = p.starts[draft.cue_head], draft.content[-1]
        there = first <= cue < last or (content[0] < last and first < content[1])
        if there and draft.speech and draft.quoted and draft.frame in CLAUSAL:
            above.append((max(cue, content[1]), place))
    return max(above)[1] if above else None
