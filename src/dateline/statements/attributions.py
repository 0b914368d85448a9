"""Attributions by rules: which words are source, cue and content of something said or thought."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp, log
from typing import Any

from dateline.lexicon import load
from dateline.model import Analysis, Attribution, Report, Span
from dateline.statements.frames import Candidate, candidates, cue_tokens, find_source
from dateline.statements.parse import Parse, parse
from dateline.statements.quotes import Quotation, find_quotations

# An attribution is kept from this confidence on. Tuned for relaxed F1 on a quarter of PolNeAR's
# training articles, the numbers of cue_frames.toml being those of the other three quarters.
FLOOR = 0.36
SAID = frozenset(["speech", "question", "command", "promise", "denial", "criticism"])
_QUOTE_CONFIDENCE = 0.85  # of those articles' quotations with a speech verb right beside the marks


def find_attributions(report: Report, analysis: Analysis) -> list[Attribution]:
    """The report's attributions by rules, in the order of their content.

    Cue words come from lexicon/cues.toml; how often each is one, in which construction, from
    lexicon/cue_frames.toml. `confidence` is the share of such attributions that were right.

    >>> from dateline.model import Token
    >>> find_attributions(Report(id="r", where="", sha256="", text=""), Analysis())
    []
    """
    quotations = find_quotations(report.text, report.paragraphs)
    p = parse(report, analysis, quotations)
    drafts = [draft for draft in find_drafts(p, quotations) if draft.confidence >= FLOOR]
    drafts = _with_sources(p, _one_per_cue(drafts))
    drafts = _take_loose_quotations(p, report, drafts, quotations)
    found = [
        Attribution(d.source, d.cue, d.content, round(d.confidence, 3)) for d in drafts if d.content
    ]
    return sorted(found, key=lambda a: (a.content, a.cue, a.source))


def find_drafts(p: Parse, quotations: Sequence[Quotation]) -> Iterator[Draft]:
    """Yields every construction that a word of the lexicon could be the cue of, however unlikely.

    Words inside quotation marks are no cues: PolNeAR's readers seldom marked them.
    """
    kinds = word_classes()
    measured = load("cue_frames")
    inside = _Inside(quotations)
    for candidate in candidates(p):
        kind = kinds.get(candidate.word)
        if kind is None or inside.quoted(p.starts[candidate.cue_head]):
            continue
        draft = _with_quotations(p, _draft(p, candidate, kind in SAID), quotations)
        if draft is not None:
            features = tuple(_features(p, candidate, draft))
            confidence = _confidence(measured, kind, draft, features)
            yield replace(draft, confidence=confidence, features=features)


@cache
def word_classes() -> Mapping[str, str]:
    """Each cue lemma's class ("speech", "belief" ...); nouns are written "n:claim"."""
    classes = load("cues")["classes"]
    return {word: kind for kind, listed in classes.items() for word in listed}


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


class _Inside:
    """Answers whether a character stands within quotation marks."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self.starts = [q.start for q in quotations]
        self.quotations = quotations

    def quoted(self, at: int) -> bool:
        place = bisect_right(self.starts, at) - 1
        return place >= 0 and at < self.quotations[place].end


# --------------------------------------------------------------------------- confidence


def _confidence(
    measured: Mapping[str, Any], kind: str, draft: Draft, features: Iterable[str]
) -> float:
    """The logistic of the word's own share in this construction and of what else is the case."""
    group = f"{kind}-nouns" if draft.word.startswith("n:") else kind
    share = measured["frames"].get(draft.word, {}).get(draft.frame)
    if share is None:
        share = measured["classes"].get(group, {}).get(draft.frame, _UNSEEN)
    weights = measured["weights"]
    score = weights["bias"] + weights["share"] * log_odds(share)
    score += sum(weights.get(feature, 0.0) for feature in features)
    return 1 / (1 + exp(-score))


_UNSEEN = 0.02  # the share of constructions that no class of cue words was seen in


def log_odds(share: float) -> float:
    """The logarithm of the odds of a share, which is kept off 0 and 1."""
    share = min(max(share, 0.01), 0.99)
    return log(share / (1 - share))


def _features(p: Parse, candidate: Candidate, draft: Draft) -> list[str]:
    """The names of what is the case with a draft, beside its word and frame."""
    cue = p.tokens[candidate.cue_head]
    found = [f"tag-{cue.tag}", f"dep-{cue.dep}"]
    if draft.quoted:
        found.append("quoted")
        if len(draft.content) == 1 and p.text[draft.content[0][0]] in "“\"«'":
            found.append("opens-quoted")
    tags = {p.tokens[i].tag for i in candidate.cue}
    found += [f"cue-{tag}" for tag in ("TO", "MD") if tag in tags]
    if p.kids(candidate.cue_head, "neg"):
        found.append("negated")
    if any(p.tokens[k].lemma in _IF for k in p.kids(candidate.cue_head, "mark", "advmod")):
        found.append("conditional")
    found += _source_features(p, draft)
    length = len(candidate.content)
    found.append("long" if length > 8 else "short" if length < 3 else "middling")
    if draft.content[0][0] < p.starts[candidate.cue_head]:
        found.append("content-first")
    if _beneath_clause(p, candidate.cue_head):
        found.append("nested")
    return found


_IF = frozenset(["if", "unless", "when", "while", "before", "after", "until", "because", "although"])


def _source_features(p: Parse, draft: Draft) -> list[str]:
    inside = p.tokens_in(draft.source)
    if not inside:
        return ["no-source"]
    members = set(inside)
    head = next((i for i in inside if p.tokens[i].head not in members), inside[-1])
    token = p.tokens[head]
    found = [f"source-{token.tag}"]
    if p.labels[head]:
        found.append(f"source-{p.labels[head]}")
    if token.text.lower() in ("i", "we", "you", "it"):
        found.append(f"source-{token.text.lower()}")
    return found


def _beneath_clause(p: Parse, at: int) -> bool:
    """Whether the cue stands in the content of another verb."""
    while p.tokens[at].head != at:
        if p.tokens[at].dep == "ccomp":
            return True
        at = p.tokens[at].head
    return False


# --------------------------------------------------------------------------- from tokens to words

# Frames whose content is a clause that the quotation beside it belongs to.
_CLAUSAL = frozenset(["clause", "gerund", "small-clause", "wh", "parenthesis", "object", "quote", "afterthought"])


_OF_THAT = frozenset(["of", "about", "in", "to", "during", "on", "at", "for"])


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


def _with_quotations(
    p: Parse, draft: Draft, quotations: Sequence[Quotation]
) -> Draft | None:
    """The draft with each quotation that its content touches taken whole, none in its source.

    A quotation beside the content belongs to it, and so does one that goes on right after the
    words of the teller ("X," he said, "Y"). None is returned where no content is left.
    """
    content = draft.content
    if not content or not draft.cue:
        return None
    teller = max([end for _, end in (*draft.source, *draft.cue)])
    quoted = False
    first = min([start for start, _ in (*draft.source, *draft.cue)])
    if draft.frame in _OF_THAT and any(0 <= first - q.end <= 2 for q in quotations):
        return None  # '"No," he said of the plan': the quotation is what he said
    for q in quotations:
        span = (q.start, q.end)
        if q.end <= content[0][0] - 3 or q.start >= max(content[-1][1], teller) + 3:
            continue
        if _overlap(span, draft.cue):
            continue
        touches = _overlap(span, content)
        beside = draft.frame in _CLAUSAL and any(
            end <= q.start and not p.text[end : q.start].strip(" ,:") for _, end in content
        )
        goes_on = quoted and q.start >= teller and not p.text[teller : q.start].strip(" ,")
        if touches or beside or goes_on:
            content = merge(p.text, (*content, span))
            quoted = True
    source = draft.source
    if quoted:
        marks = [(q.start, q.end) for q in quotations if _overlap((q.start, q.end), content)]
        source = trimmed(p.text, cut_out(source, marks))
    content = cut_out(content, source, draft.cue)
    return replace(draft, source=source, content=content, quoted=quoted) if content else None


def trimmed(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans less the white space and commas at their edges, and none that is left empty."""
    out: list[Span] = []
    for start, end in spans:
        while start < end and text[start] in " ,\u00a0\"“”":
            start += 1
        while end > start and text[end - 1] in " ,\u00a0\"“”":
            end -= 1
        if start < end:
            out.append((start, end))
    return tuple(out)


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


def _overlap(span: Span, spans: Iterable[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)


def _one_per_cue(drafts: Iterable[Draft]) -> list[Draft]:
    """Of the drafts that share a cue, the one whose construction is marked most often."""
    best: dict[int, Draft] = {}
    for draft in drafts:
        held = best.get(draft.cue_head)
        if held is None or draft.confidence > held.confidence:
            best[draft.cue_head] = draft
    return [best[cue] for cue in sorted(best)]


def _with_sources(p: Parse, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, where a participle without a source (", adding") has that of the cue before."""
    found: list[Draft] = []
    for draft in drafts:
        if not draft.source and p.tokens[draft.cue_head].tag == "VBG" and found:
            before = found[-1]
            if before.speech and p.wholes[before.cue_head] == p.wholes[draft.cue_head]:
                draft = replace(draft, source=before.source)
        found.append(draft)
    return found


# --------------------------------------------------------------------------- loose quotations


def _take_loose_quotations(
    p: Parse,
    report: Report,
    drafts: list[Draft],
    quotations: Sequence[Quotation],
) -> list[Draft]:
    """The drafts, with the quotations that no content holds given to a cue near by.

    In this order: a speech verb that stands right before or after the marks; the speaker of the
    same paragraph, when the quotation is whole sentences ("X," he said. "Y."); the speaker of the
    paragraph before, when the whole paragraph is quoted. A few quoted words without any of these
    stay unattributed.
    """
    found = list(drafts)
    for q in quotations:
        if any(_overlap((q.start, q.end), d.content) for d in found):
            continue
        place = _goes_on(p, found, q)
        if place is not None:
            held = found[place]
            found[place] = replace(held, content=merge(p.text, (*held.content, (q.start, q.end))))
            continue
        beside = None if q.single else _cue_beside(p, report, q, quotations)
        if beside is not None:
            place = next((i for i, d in enumerate(found) if d.cue_head == beside.cue_head), None)
            if place is None:
                found.append(beside)
            else:
                held = found[place]
                content = merge(p.text, (*held.content, (q.start, q.end)))
                found[place] = replace(held, content=content, quoted=True)
            continue
        if not _whole_sentences(p.text, q):
            continue
        place = _speaker_before(p, report, found, q)
        if place is not None:
            held = found[place]
            content = merge(p.text, (*held.content, (q.start, q.end)))
            found[place] = replace(held, content=content, quoted=True)
    return found


def _goes_on(p: Parse, drafts: Sequence[Draft], q: Quotation) -> int | None:
    """The place of the draft whose teller interrupts this quotation ("X," she said, "Y")."""
    for place, draft in enumerate(drafts):
        teller = max(end for _, end in (*draft.source, *draft.cue))
        between = p.text[teller : q.start] if teller < q.start else "?"
        if draft.quoted and draft.content[0][0] < teller and not between.strip(" ,"):
            return place
    return None


def _whole_sentences(text: str, q: Quotation) -> bool:
    body = text[q.start : q.end].strip("“”«»\"'` ")
    return (
        q.open_end
        or (body[-1:] in ".!?…," and body.count(" ") >= 2)
        or text[q.end : q.end + 1] in ".!?"
    ) and not body[:1].islower()


def _cue_beside(
    p: Parse, report: Report, q: Quotation, quotations: Sequence[Quotation]
) -> Draft | None:
    """The speech verb that stands in the same sentence right after or before the marks."""
    starts = p.starts
    paragraph = report.paragraphs[q.paragraph]
    after = bisect_left(starts, q.end)
    window: list[int] = []
    for index in range(after, min(after + 14, len(starts))):
        token = p.tokens[index]
        if (
            token.start >= paragraph[1]
            or token.text in _ENDERS
            or _starts_quotation(token.start, quotations)
        ):
            break
        window.append(index)
    for index in window:
        draft = _speech_verb(p, index, q)
        if draft is not None:
            return draft
    before = bisect_left(starts, q.start) - 1
    for index in range(before, max(before - 14, -1), -1):
        token = p.tokens[index]
        if token.start < paragraph[0] or token.text in _ENDERS or token.text in _MARKS:
            break
        draft = _speech_verb(p, index, q)
        if draft is not None:
            between = p.spans(range(max(p.tokens_in(draft.cue)) + 1, before + 1))
            content = cut_out(merge(p.text, [*between, *draft.content]), draft.source)
            return replace(draft, content=content)
    return None


_ENDERS = frozenset([".", "!", "?"])
_MARKS = frozenset(["”", '"', "''", "»"])


def _starts_quotation(at: int, quotations: Sequence[Quotation]) -> bool:
    place = bisect_left([q.start for q in quotations], at)
    return place < len(quotations) and quotations[place].start == at


def _speech_verb(p: Parse, index: int, q: Quotation) -> Draft | None:
    token = p.tokens[index]
    if token.pos != "VERB" or word_classes().get(token.lemma.lower()) not in SAID:
        return None
    source = find_source(p, index)
    spans = cut_out(p.spans(source), [(q.start, q.end)])
    if not spans:
        return None
    return Draft(
        cue_head=index,
        word=token.lemma.lower(),
        frame="quote",
        speech=True,
        source=spans,
        cue=p.spans(cue_tokens(p, index)),
        content=((q.start, q.end),),
        confidence=_QUOTE_CONFIDENCE,
        quoted=True,
    )


def _speaker_before(p: Parse, report: Report, drafts: list[Draft], q: Quotation) -> int | None:
    """The place of the draft whose speaker goes on in this quotation, or None."""
    start = report.paragraphs[q.paragraph][0]
    same = [
        (d.quoted, p.tokens[d.cue_head].start, i)
        for i, d in enumerate(drafts)
        if d.speech
        and start <= p.starts[d.cue_head] < q.start
        and (d.quoted or d.frame in _CLAUSAL)
    ]
    if same:
        return max(same)[2]
    if p.text[start : q.start].strip() or q.paragraph == 0:
        return None
    previous = report.paragraphs[q.paragraph - 1]
    above = [
        (max(p.tokens[d.cue_head].start, d.content[-1][1]), i)
        for i, d in enumerate(drafts)
        if d.speech
        and d.quoted
        and d.frame in _CLAUSAL
        and (
            previous[0] <= p.tokens[d.cue_head].start < previous[1]
            or previous[0] <= d.content[-1][0] < previous[1]
        )
    ]
    return max(above)[1] if above else None
