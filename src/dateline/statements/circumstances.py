"""How, when, where and to whom it was said: what the cue's own clause tells, never the content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.lexicon import load
from dateline.model import UNKNOWN_TIME, ActorMention, Mode, Span, Time
from dateline.statements.confidence import SAID, word_classes
from dateline.statements.parse import Parse
from dateline.statements.quotes import Quotations
from dateline.statements.spans import Located


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


def find_made(p: Parse, cue: int, content: Sequence[Span], times: Located[Time]) -> Time:
    """The first time that hangs on the cue itself; unknown where the clause gives none."""
    first, last = p.wholes[cue]
    for time in times.touching((p.starts[first], p.ends[last - 1])):
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


def find_place(p: Parse, cue: int, content: Sequence[Span]) -> Span | None:
    """The words of the place or meeting at which it was said, or None.

    "Speaking at the Aspen Security Forum in Colorado, she said" gives "the Aspen Security Forum
    in Colorado"; "said in a statement" gives none.
    """
    words = load("cues")
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
                if gathering or p.labels[noun] in _PLACES:
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
    p: Parse, cue: int, content: Sequence[Span], actors: Located[ActorMention]
) -> tuple[str, ...]:
    """The ids of the actors to whom it was said: "told Seoul that", "urged China to"."""
    nouns = p.kids(cue, "dative")
    if p.tokens[cue].lemma in _ADDRESSING:
        nouns += p.kids(cue, "nsubjpass")
    for prep in p.kids(cue, "prep", "dative"):
        if p.tokens[prep].lemma.lower() == "to":
            nouns += p.kids(prep, "pobj")
    if p.kids(cue, "ccomp", "xcomp") or p.tokens[cue].lemma in _ADDRESSING:
        nouns += p.kids(cue, "dobj")
    nouns = [i for i in nouns if not _within((p.starts[i], p.ends[i]), content)]
    nouns += _urged(p, cue)
    found = [m.actor.id for i in nouns for m in actors.touching((p.starts[i], p.ends[i]))]
    return tuple(dict.fromkeys(found))


_ADDRESSING = frozenset(["tell", "ask", "urge", "warn", "assure", "inform", "remind"])


def _urged(p: Parse, cue: int) -> list[int]:
    """The one who is to do it ("urged China to use", "called on China to use")."""
    lemma = p.tokens[cue].lemma.lower()
    nouns: list[int] = []
    if word_classes().get(lemma) == "command" or lemma in _ADDRESSING:
        for clause in p.kids(cue, "ccomp"):
            if any(p.tokens[k].tag == "TO" for k in p.kids(clause, "aux")):
                nouns += p.kids(clause, "nsubj")
        if p.kids(cue, "xcomp"):
            nouns += p.kids(cue, "dobj")
    if lemma == "call":
        for prep in p.kids(cue, "prep"):
            if p.tokens[prep].lemma.lower() in ("on", "upon"):
                nouns += p.kids(prep, "pobj")
    return nouns


def find_about(content: Sequence[Span], actors: Located[ActorMention]) -> tuple[str, ...]:
    """The ids of the actors named in the content, in order of first mention."""
    mentions = [mention for span in content for mention in actors.touching(span)]
    found = [m.actor.id for m in mentions if _within((m.start, m.end), content)]
    return tuple(dict.fromkeys(found))


def is_speech(p: Parse, cue: int) -> bool:
    """Whether the cue tells of words uttered or written, rather than believed, wanted or shown."""
    noun = "n:" if p.tokens[cue].pos == "NOUN" else ""
    kind = word_classes().get(noun + p.tokens[cue].lemma.lower())
    return kind is None or kind in SAID
