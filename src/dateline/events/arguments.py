"""Who did it and to whom: actor mentions under a trigger, by the parse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.events import syntax
from dateline.events.triggers import Trigger
from dateline.model import ActorMention, Analysis, Span

_SUBJECTIVE = ("by",)
_TOGETHER = ("with", "between", "among", "of", "alongside", "involving")


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as an argument: whose id, and the words that stand for it here."""

    actor: str
    words: Span


@dataclass(frozen=True, slots=True)
class Parties:
    """Who did it and to whom."""

    source: tuple[Party, ...] = ()
    target: tuple[Party, ...] = ()


ByToken = Mapping[int, Sequence[ActorMention]]


def actors_by_token(analysis: Analysis, actors: Iterable[ActorMention]) -> ByToken:
    """Token index -> the actor mentions that cover it, the longest first."""
    starts = {token.start: i for i, token in enumerate(analysis.tokens)}
    found: dict[int, list[ActorMention]] = {}
    for actor in actors:
        index = starts.get(actor.start)
        if index is None:
            index = next((i for i, t in enumerate(analysis.tokens) if t.end > actor.start), None)
        while (
            index is not None
            and index < len(analysis.tokens)
            and analysis.tokens[index].start < actor.end
        ):
            found.setdefault(index, []).append(actor)
            index += 1
    for here in found.values():
        here.sort(key=lambda a: (a.start - a.end, a.start, a.actor.id))
    return found


def find_parties(analysis: Analysis, trigger: Trigger, actors: ByToken) -> Parties:
    """Source and target of the trigger's event.

    In events that all take part in (meetings, joint drills) the first is source, the others are
    targets, as PLOVER has it.
    """
    source = _sources(analysis, trigger, actors)
    target = _targets(analysis, trigger, actors)
    if trigger.coding.reciprocal:
        everyone = _distinct([*source, *target, *_companions(analysis, trigger, actors)])
        return Parties(tuple(everyone[:1]), tuple(everyone[1:]))
    source = _distinct(source)
    return Parties(
        tuple(source),
        tuple(p for p in _distinct(target) if p.words not in {s.words for s in source}),
    )


def _distinct(parties: Iterable[Party]) -> list[Party]:
    seen: dict[str, Party] = {}
    for party in parties:
        seen.setdefault(party.actor, party)
    return list(seen.values())


def _sources(analysis: Analysis, trigger: Trigger, actors: ByToken) -> list[Party]:
    heads: list[int] = []
    noun, verb = trigger.noun, trigger.verb
    if noun is not None:
        heads += _owners(analysis, noun)
    if verb is not None and (noun is None or noun not in syntax.subjects(analysis, verb)):
        heads += (
            syntax.agents(analysis, verb)
            if syntax.is_passive(analysis, verb)
            else syntax.subjects(analysis, verb)
        )
    elif verb is not None:
        heads += syntax.agents(analysis, verb)
    if not heads and trigger.things:
        return _whose(analysis, trigger.things, actors)
    found = [p for head in heads for p in _parties(analysis, head, actors)]
    if not found and noun is None and verb is not None and trigger.coding.kind is not None:
        found = _whose(analysis, syntax.objects(analysis, verb), actors)
    return found


def _whose(analysis: Analysis, things: Iterable[int], actors: ByToken) -> list[Party]:
    """The owner of what was done: "two North Korean missiles were fired"."""
    return [
        party
        for thing in things
        for child in syntax.kids(analysis, thing, "poss", "amod", "compound", "nmod")
        for party in _covering(analysis, child, actors)
    ]


def _owners(analysis: Analysis, noun: int) -> list[int]:
    """Those an event noun belongs to: "the North's launch", "launch by", "firing of X by Y"."""
    found = syntax.kids(analysis, noun, "poss")
    found = [c for f in found for c in syntax.conjuncts(analysis, f)]
    found += syntax.under(analysis, noun, *_SUBJECTIVE)
    found += syntax.agents(analysis, noun)
    if not found:
        found = [c for c in syntax.kids(analysis, noun, "amod", "compound", "nmod")]
    return _once(found)


def _once(indices: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(indices))


def _targets(analysis: Analysis, trigger: Trigger, actors: ByToken) -> list[Party]:
    onto = trigger.coding.onto
    noun, verb = trigger.noun, trigger.verb
    heads: list[int] = []
    if noun is not None:
        heads += syntax.under(analysis, noun, *onto)
    if verb is not None:
        if noun is None and not trigger.things:
            heads += syntax.objects(analysis, verb)
            heads += syntax.datives(analysis, verb)
        found = [p for head in heads for p in _parties(analysis, head, actors)]
        if found:
            return found
        heads = syntax.under(analysis, verb, *onto) if onto else []
        if trigger.things:
            heads += [t for thing in trigger.things for t in syntax.under(analysis, thing, *onto)]
        if not heads and noun is None:
            heads = _of_complement(analysis, verb)
    return [p for head in heads for p in _parties(analysis, head, actors)]


def _of_complement(analysis: Analysis, verb: int) -> list[int]:
    """Whom a verb's clause is about, where it has no object: "said that China must help"."""
    for child in syntax.kids(analysis, verb, "ccomp", "xcomp"):
        own = syntax.kids(analysis, child, "nsubj", "nsubjpass")
        if own:
            return [c for s in own for c in syntax.conjuncts(analysis, s)]
        inner = syntax.objects(analysis, child) or syntax.under(
            analysis, child, "with", "to", "against", "on", "from", "for", "in", "at"
        )
        if inner:
            return inner
    return []


def _companions(analysis: Analysis, trigger: Trigger, actors: ByToken) -> list[Party]:
    heads: list[int] = []
    for at in (trigger.noun, trigger.verb):
        if at is not None:
            heads += syntax.under(analysis, at, *_TOGETHER)
    return [p for head in _once(heads) for p in _parties(analysis, head, actors)]


_INSIDE = (("poss",), ("compound", "amod", "nmod"), ("prep",), ("appos",))


def _parties(analysis: Analysis, head: int, actors: ByToken, depth: int = 0) -> list[Party]:
    """The actors that a noun stands for: itself named, or named inside its phrase.

    Nearest first: the head's own name, its possessor, its modifiers, then "of" and "by" phrases;
    "North Korean troops" are North Korea, "the decision of the court" is the court.
    """
    own = _covering(analysis, head, actors)
    if own or depth > 3:
        return own
    for labels in _INSIDE:
        found: list[Party] = []
        for child in syntax.kids(analysis, head, *labels):
            if labels == ("prep",):
                if analysis.tokens[child].text.lower() in (
                    "of",
                    "by",
                    "from",
                    "in",
                    "against",
                    "between",
                    "on",
                    "with",
                    "to",
                ):
                    for pobj in syntax.kids(analysis, child, "pobj"):
                        for each in syntax.conjuncts(analysis, pobj):
                            found += _parties(analysis, each, actors, depth + 1)
            else:
                for each in syntax.conjuncts(analysis, child) if labels == ("poss",) else [child]:
                    found += _parties(analysis, each, actors, depth + 1)
        if found:
            return [Party(p.actor, _phrase(analysis, head, p.words)) for p in found]
    return []


def _covering(analysis: Analysis, index: int, actors: ByToken) -> list[Party]:
    here = actors.get(index)
    if not here:
        return []
    best = here[0]
    alike = {a.actor.id: a for a in here if (a.start, a.end) == (best.start, best.end)}
    return [Party(a.actor.id, (a.start, a.end)) for a in alike.values()]


def _phrase(analysis: Analysis, head: int, words: Span) -> Span:
    """The words of an argument named only inside its phrase: the name itself."""
    return words
