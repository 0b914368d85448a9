"""Who speaks: from the words of a source to an actor, or None where that cannot be told."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.lexicon import load
from dateline.model import ActorMention, Span
from dateline.statements.parse import Parse
from dateline.statements.spans import Located


def find_speaker(p: Parse, source: Sequence[Span], actors: Located[ActorMention]) -> str | None:
    """The id of the actor that the head of the source's phrase stands for, or None.

    "the spokesman for Blinken" is not Blinken, "Blinken and Park" are not one actor, and
    "the department's transcript" is not the department; but "the ministry's statement" is the
    ministry speaking.
    """
    inside = p.tokens_in(source)
    if not inside:
        return None
    head = _head(p, inside)
    if p.tokens[head].tag in _RELATIVE:
        head = _antecedent(p, head)
    together = _conjuncts(p, head, inside)
    if len(together) > 1:
        group = _over(p, together, actors)
        ids = {_actor_at(p, each, actors) for each in together}
        return group or (ids.pop() if len(ids) == 1 else None)
    return (
        _actor_at(p, head, actors)
        or _titled(p, head, inside, actors)
        or _issuer(p, head, inside, actors)
    )


_RELATIVE = frozenset(["WP", "WDT"])


def _head(p: Parse, inside: Sequence[int]) -> int:
    """The first token of the phrase that hangs on something outside it."""
    members = set(inside)
    outside = [i for i in inside if p.tokens[i].head not in members or p.tokens[i].head == i]
    nominal = [i for i in outside if p.tokens[i].pos in _NOMINAL]
    return (nominal or outside or list(inside))[0]


_NOMINAL = frozenset(["NOUN", "PROPN", "PRON"])


def _antecedent(p: Parse, relative: int) -> int:
    """The noun that a relative pronoun stands for (the pronoun itself where none is found)."""
    at = relative
    for _ in range(6):
        token = p.tokens[at]
        if token.dep in ("relcl", "acl"):
            return token.head
        if token.head == at:
            break
        at = token.head
    return relative


def _conjuncts(p: Parse, head: int, inside: Sequence[int]) -> list[int]:
    members = set(inside)
    found = [head]
    at = head
    while True:
        further = [k for k in p.kids(at, "conj") if k in members and p.tokens[k].pos in _NOMINAL]
        if not further:
            return found
        at = further[0]
        found.append(at)


def _over(p: Parse, indices: Sequence[int], actors: Located[ActorMention]) -> str | None:
    """The actor of a mention that covers all the tokens ("the ministers of Japan and Korea")."""
    first, last = p.tokens[indices[0]], p.tokens[indices[-1]]
    for mention in actors.touching((first.start, first.end)):
        if mention.end >= last.end:
            return mention.actor.id
    return None


def _actor_at(p: Parse, index: int, actors: Located[ActorMention]) -> str | None:
    """The actor of the longest mention over the token, if all mentions of that length agree."""
    token = p.tokens[index]
    over = actors.touching((token.start, token.end))
    if not over:
        return None
    longest = max(m.end - m.start for m in over)
    ids = {m.actor.id for m in over if m.end - m.start == longest}
    return ids.pop() if len(ids) == 1 else None


def _titled(
    p: Parse, head: int, inside: Sequence[int], actors: Located[ActorMention]
) -> str | None:
    """The person named at the end of a title that the parser took for the head.

    In "Secretary of State Antony Blinken" the name may hang beneath "of". All words between the
    title and the name must be capitalised or "of", and the name may not follow "of" itself.
    """
    if p.tokens[head].tag in ("NNS", "NNPS"):
        return None  # several people, one of whom is named
    run = [i for i in inside if i > head]
    start = p.tokens[head].start
    for mention in actors.touching((start, p.ends[inside[-1]])):
        if mention.actor.type != "person" or mention.start < start:
            continue
        between = [i for i in run if p.tokens[i].end <= mention.start]
        named = [i for i in run if p.tokens[i].start >= mention.start]
        if not named or p.tokens[named[0]].start != mention.start:
            continue
        plain = [p.tokens[i].text for i in between]
        if all(w[:1].isupper() or w in ("of", "the") for w in plain) and (
            plain[-1:] != ["of"] and p.tokens[head].text[:1].isupper()
        ):
            return mention.actor.id
        apposed = p.tokens[named[0]].dep == "appos" and p.tokens[named[0]].head == head
        if apposed:
            return mention.actor.id
    for k in p.kids(head, "appos"):
        if k in inside and (found := _actor_at(p, k, actors)):
            return found
    return None


def _issuer(
    p: Parse, head: int, inside: Sequence[int], actors: Located[ActorMention]
) -> str | None:
    """Whose statement, announcement or report it is that speaks, when that is said."""
    if p.tokens[head].lemma.lower() not in load("cues")["documents"]:
        return None
    owners = p.kids(head, "poss", "compound")
    for prep in p.kids(head, "prep", "agent"):
        if p.tokens[prep].lemma in ("by", "from"):
            owners += p.kids(prep, "pobj")
    for verb in p.kids(head, "acl"):
        for by in p.kids(verb, "agent"):
            owners += p.kids(by, "pobj")
    ids = {_actor_at(p, owner, actors) for owner in owners if owner in inside} - {None}
    return ids.pop() if len(ids) == 1 else None
