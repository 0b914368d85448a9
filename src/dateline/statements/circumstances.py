"""How, when, where and to whom it was said: what the cue's own clause tells, never the content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.lexicon import load
from dateline.model import UNKNOWN_TIME, ActorMention, Entity, Mode, Span, Time
from dateline.statements.confidence import SAID, word_classes
from dateline.statements.parse import Parse
from dateline.statements.quotes import Quotations


def cue_head(p: Parse, cue: Sequence[Span]) -> int | None:
    """The token that governs the cue: its first verb that hangs outside, else its first word."""
    inside = p.tokens_in(cue)
    members = set(inside)
    tops = [i for i in inside if p.tokens[i].head not in members or p.tokens[i].head == i]
    verbs = [i for i in tops if p.tokens[i].pos in ("VERB", "AUX")]
    nouns = [i for i in tops if p.tokens[i].pos in ("NOUN", "ADJ")]
    return next(iter(verbs or nouns or tops), None)


def find_mode(text: str, content: Sequence[Span], quotations: Quotations) -> Mode:
    """Direct where every word stands in quotation marks or after a colon, mixed where some do."""
    quoted = unquoted = False
    for start, end in content:
        at = start
        for q in quotations.between(start, end):
            quoted = True
            unquoted = unquoted or _has_words(text[at : max(at, q.start)])
            at = max(at, q.end)
        unquoted = unquoted or _has_words(text[at:end])
    if text[max(0, content[0][0] - 3) : content[0][0]].rstrip().endswith(":"):
        return "direct"
    if not quoted:
        return "indirect"
    return "mixed" if unquoted else "direct"


def _has_words(piece: str) -> bool:
    return any(c.isalnum() for c in piece) and piece.strip(" ,:").lower() != "that"


def is_negated(p: Parse, cue: int) -> bool:
    """Whether the words say that it was not said, or was denied, declined or refused."""
    chain = [cue]
    if p.tokens[cue].dep == "xcomp":
        chain.append(p.tokens[cue].head)
    for verb in chain:
        if p.kids(verb, "neg") or any(
            p.tokens[k].lemma.lower() in ("never", "hardly", "neither", "nor")
            for k in p.kids(verb, "advmod", "preconj", "cc")
        ):
            return True
        subject = p.kid(verb, "nsubj", "nsubjpass")
        if subject is not None and any(
            p.tokens[k].lemma.lower() in ("no", "neither", "nobody", "none")
            for k in [subject, *p.children[subject]]
        ):
            return True
    return any(word_classes().get(p.tokens[v].lemma.lower()) == "denial" for v in chain)


def is_question(p: Parse, cue: int, content: Sequence[Span]) -> bool:
    """Whether something was asked: a verb of asking (not of asking for), or a question mark."""
    last = p.text[content[-1][0] : content[-1][1]].rstrip("”»\"' ")
    if last.endswith("?"):
        return True
    token = p.tokens[cue]
    noun = "n:" if token.pos == "NOUN" else ""
    if word_classes().get(noun + token.lemma.lower()) != "question":
        return False
    first = p.text[content[0][0] : content[0][1]].split()
    requested = first[:1] == ["to"] or any(
        p.tokens[k].tag == "VB" and any(p.tokens[a].tag == "TO" for a in p.kids(k, "aux"))
        for k in p.kids(cue, "xcomp", "ccomp")
    )
    return not requested


def find_made(p: Parse, cue: int, content: Sequence[Span], times: Sequence[Time]) -> Time:
    """The first time that hangs on the cue itself; unknown where the clause gives none."""
    for time in times:
        if time.words is None or time.timex_type not in (None, "DATE", "TIME"):
            continue
        inside = p.tokens_in([time.words])
        if inside and not _within(time.words, content) and _hangs_on(p, inside, cue):
            return time
    return UNKNOWN_TIME


def _hangs_on(p: Parse, inside: Sequence[int], cue: int) -> bool:
    """Whether the phrase reaches the cue by nominal and prepositional steps alone."""
    at = inside[-1]
    for _ in range(12):
        if at == cue:
            return True
        token = p.tokens[at]
        if token.head == at or (token.pos in ("VERB", "AUX") and at not in inside):
            return False
        at = token.head
    return False


def _within(span: Span, spans: Iterable[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def find_place(
    p: Parse, cue: int, content: Sequence[Span], entities: Sequence[Entity]
) -> Span | None:
    """The words of the place or meeting at which it was said, or None.

    >>> # "Speaking at the Aspen Security Forum, she said" -> "the Aspen Security Forum"
    """
    words = load("cues")
    labelled = {i: e.label for e in entities for i in range(e.first, e.last)}
    holders = [cue, *[k for k in p.kids(cue, "advcl") if p.tokens[k].lemma in _SPEAKING]]
    for holder in holders:
        for prep in p.kids(holder, "prep"):
            if p.tokens[prep].lemma.lower() not in words["place-prepositions"]:
                continue
            for noun in p.kids(prep, "pobj"):
                span = _place_span(p, noun)
                if _within(span, content):
                    continue
                gathering = p.tokens[noun].lemma.lower() in words["gatherings"]
                if gathering or labelled.get(noun) in _PLACES:
                    return span
    return None


_SPEAKING = frozenset(["speak", "address", "talk", "appear"])
_PLACES = frozenset(["GPE", "LOC", "FAC", "EVENT"])


def _place_span(p: Parse, noun: int) -> Span:
    """The noun phrase with its "in Colorado", without clauses, times or apposed remarks."""
    left = min([noun, *[i for k in p.children[noun] if k < noun for i in p.subtree(k)]])
    right = noun
    for k in p.children[noun]:
        if k == right + 1 and p.tokens[k].lemma in ("in", "of") and p.tokens[k].dep == "prep":
            right = max(right, *p.subtree(k, p.kids(k, "prep")))
    return p.tokens[left].start, p.tokens[right].end


def find_audience(
    p: Parse, cue: int, content: Sequence[Span], actors: Sequence[ActorMention]
) -> tuple[str, ...]:
    """The ids of the actors to whom it was said ("told Seoul that", "said to reporters")."""
    nouns = p.kids(cue, "dative")
    for prep in p.kids(cue, "prep", "dative"):
        if p.tokens[prep].lemma.lower() == "to":
            nouns += p.kids(prep, "pobj")
    if p.kids(cue, "ccomp", "xcomp") or p.tokens[cue].lemma in ("tell", "ask", "urge", "warn"):
        nouns += p.kids(cue, "dobj")
    if p.kids(cue, "nsubjpass"):
        nouns += p.kids(cue, "nsubjpass")
    found: list[str] = []
    for noun in nouns:
        token = p.tokens[noun]
        if _within((token.start, token.end), content):
            continue
        found += [m.actor.id for m in actors if m.start < token.end and token.start < m.end]
    return tuple(dict.fromkeys(found))


def find_about(content: Sequence[Span], actors: Sequence[ActorMention]) -> tuple[str, ...]:
    """The ids of the actors named in the content, in order of first mention."""
    ordered = sorted(actors, key=lambda m: (m.start, m.end))
    found = [m.actor.id for m in ordered if _within((m.start, m.end), content)]
    return tuple(dict.fromkeys(found))


def is_speech(p: Parse, cue: int | None, content: Sequence[Span], quotations: Quotations) -> bool:
    """Whether it was uttered or written, rather than believed, wanted or shown.

    A sentence in quotation marks was uttered whatever the cue is.
    """
    if cue is None:
        return True
    token = p.tokens[cue]
    noun = "n:" if token.pos == "NOUN" else ""
    kind = word_classes().get(noun + token.lemma.lower())
    if kind in SAID or kind is None:
        return True
    return find_mode(p.text, content, quotations) == "direct"
