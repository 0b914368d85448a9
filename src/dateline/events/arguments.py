"""Who did it and to whom: actor mentions under a trigger, by the parse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.events import syntax
from dateline.events.codings import Trigger
from dateline.events.rows import word_list
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
    source, unresolved = _sources(analysis, trigger, actors)
    target = _targets(analysis, trigger, actors)
    if trigger.coding.reciprocal:
        everyone = _distinct([*source, *target, *_companions(analysis, trigger, actors)])
        if unresolved:
            return Parties((), tuple(everyone))
        if len(everyone) == 1:
            everyone = _members(everyone[0], actors)
        return Parties(tuple(everyone[:1]), tuple(everyone[1:]))
    source = _distinct(source)
    return Parties(
        tuple(source),
        tuple(p for p in _distinct(target) if p.actor not in {s.actor for s in source}),
    )


def _members(party: Party, actors: ByToken) -> list[Party]:
    """The states that a group is known to be of ("the two countries met"), else the group."""
    group = next(
        (a.actor for here in actors.values() for a in here if a.actor.id == party.actor), None
    )
    members = group.members if group is not None else ()
    if len(members) < 2 or not all(m.startswith("state:") for m in members):
        return [party]
    return [Party(member, party.words) for member in members]


def _distinct(parties: Iterable[Party]) -> list[Party]:
    seen: dict[str, Party] = {}
    for party in parties:
        seen.setdefault(party.actor, party)
    return list(seen.values())


def _sources(analysis: Analysis, trigger: Trigger, actors: ByToken) -> tuple[list[Party], bool]:
    """Who did it; and whether somebody stands there of whom nobody can say who it is."""
    heads: list[int] = []
    noun, verb = trigger.noun, trigger.verb
    if noun is not None:
        heads += _owners(analysis, noun, actors)
        if not heads and "of" not in trigger.coding.onto and trigger.coding.kind is not None:
            heads += [] if trigger.coding.kind.sources else syntax.under(analysis, noun, "of")
        if verb is None and not any(_parties(analysis, h, actors, ofs=_BELONGING) for h in heads):
            heads += _over_noun(analysis, trigger)
    if verb is not None and (noun is None or noun not in syntax.subjects(analysis, verb)):
        passive = syntax.is_passive(analysis, verb)
        heads += syntax.agents(analysis, verb) if passive else syntax.subjects(analysis, verb)
    elif verb is not None:
        heads += syntax.agents(analysis, verb)
    if not heads and trigger.things:
        return _whose(analysis, trigger.things, actors), False
    found = [p for head in heads for p in _doers(analysis, head, actors)]
    if not found and verb is not None and len(heads) == 1:
        found = _speaker_of_itself(analysis, heads[0], verb, actors)
    if not found and noun is None and verb is not None and trigger.coding.kind is not None:
        found = _whose(analysis, syntax.objects(analysis, verb), actors)
    if not found and trigger.coding.kind is not None and heads:
        found = _only_one_in_play(analysis, heads[0], trigger.coding.kind.sources, actors)
    somebody = [h for h in heads if analysis.tokens[h].dep in ("nsubj", "conj", "poss")]
    return found, bool(somebody) and not found


_IN_PLAY = 2  # sentences before that may name whom "the country" means


def _only_one_in_play(
    analysis: Analysis, head: int, states: Sequence[str], actors: ByToken
) -> list[Party]:
    """Who "the country" is that launched something: of a kind that one state alone does, and no
    other state named in this sentence before it or in the two sentences above."""
    token = analysis.tokens[head]
    definite = any(
        analysis.tokens[c].text.lower() in ("the", "same") for c in analysis.children[head]
    )
    if token.lemma.lower() not in word_list("states_by_noun") or not definite:
        return []
    number = syntax.sentence_of(analysis, head)
    first = analysis.sentences[max(0, number - _IN_PLAY)].first
    named = {
        f"state:{a.actor.state}"
        for i in range(first, head)
        for a in actors.get(i, ())
        if a.actor.state is not None
    }
    if len(named) != 1 or not named <= set(states):
        return []
    begin = min(syntax.core(analysis, head)[0], head)
    return [Party(named.pop(), (analysis.tokens[begin].start, token.end))]


_DURING = ("during", "in", "at", "after", "before", "following", "for")


def _over_noun(analysis: Analysis, trigger: Trigger) -> list[int]:
    """Who takes part in a noun's event by the clause over it.

    "Blinken spoke during a meeting with Yoon", "they made plans for joint exercises".
    """
    noun = trigger.noun
    assert noun is not None
    token = analysis.tokens[noun]
    if token.dep != "pobj":
        return []
    prep, over = analysis.tokens[token.head], analysis.tokens[token.head].head
    if syntax.is_verb(analysis, over):
        together = syntax.under(analysis, noun, "with")
        joins = trigger.coding.reciprocal and together and prep.text.lower() in _DURING
        return (
            syntax.subjects(analysis, over)
            if joins and not syntax.is_passive(analysis, over)
            else []
        )
    if syntax.lemma(analysis, over) not in word_list("plans"):
        return []
    owners = syntax.kids(analysis, over, "poss")
    above = analysis.tokens[over]
    if owners or above.dep not in ("dobj", "attr") or not syntax.is_verb(analysis, above.head):
        return owners
    return syntax.subjects(analysis, above.head)


def _doers(analysis: Analysis, head: int, actors: ByToken) -> list[Party]:
    """The actors that a doer is, or is of: one step down only ("an outline of his review" acts not).

    A firm acts for itself, not for the state before its name ("a Dutch brewer agreed").
    """
    if syntax.lemma(analysis, head) in word_list("firms"):
        return _covering(analysis, head, actors)
    return _parties(analysis, head, actors, depth=_STEPS - 1, ofs=_BELONGING)


def _speaker_of_itself(analysis: Analysis, head: int, verb: int, actors: ByToken) -> list[Party]:
    """Who "it" is in "Pyongyang says it launched ...": the one subject of the clause above."""
    pronoun = analysis.tokens[head].text.lower()
    if pronoun in ("it", "they"):
        for to in syntax.under(analysis, verb, "according"):
            named = _parties(analysis, to, actors)
            if len(named) == 1 and not named[0].actor.startswith("person:"):
                return named  # "according to its academy, they fired ..."
    if pronoun not in ("it", "he", "she"):
        return []
    for above in syntax.ancestors(analysis, verb):
        if not syntax.is_verb(analysis, above):
            continue
        subjects = [s for s in syntax.kids(analysis, above, "nsubj") if s != head]
        if subjects:
            named = [p for s in subjects for p in _parties(analysis, s, actors)]
            person = len(named) == 1 and named[0].actor.startswith("person:")
            return named if len(named) == 1 and person == (pronoun != "it") else []
    return []


def _whose(analysis: Analysis, things: Iterable[int], actors: ByToken) -> list[Party]:
    """The owner of what was done: "two North Korean missiles were fired"."""
    return [
        party
        for thing in things
        for child in syntax.kids(analysis, thing, "poss", "amod", "compound", "nmod")
        for party in _covering(analysis, child, actors)
    ]


def _owners(analysis: Analysis, noun: int, actors: ByToken) -> list[int]:
    """Those an event noun belongs to: "the North's launch", "launch by", "firing of X by Y"."""
    found = syntax.kids(analysis, noun, "poss")
    found = [c for f in found for c in syntax.conjuncts(analysis, f)]
    found += syntax.under(analysis, noun, *_SUBJECTIVE)
    found += syntax.agents(analysis, noun)
    if not found:
        modifiers = syntax.kids(analysis, noun, "amod", "compound", "nmod")
        found = [i for m in modifiers for i in syntax.below(analysis, m) if i in actors]
    return _once(found)


def _once(indices: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(indices))


# What is shared, promised or praised may be about somebody, who is no target of it.
_ONTO_THINGS = frozenset(
    {"SUPPORT", "SANCTION", "AID", "COOPERATE", "AGREE", "CONCEDE", "RETREAT", "PROTEST"}
)
_ABOUT_NOBODY = frozenset({"COOPERATE", "AGREE", "SUPPORT"})


def _targets(analysis: Analysis, trigger: Trigger, actors: ByToken) -> list[Party]:
    onto = trigger.coding.onto
    noun, verb = trigger.noun, trigger.verb
    heads: list[int] = []
    if noun is not None:
        heads += syntax.under(analysis, noun, *onto)
    if verb is not None:
        topic = syntax.lemma(analysis, verb) in word_list("topic_verbs")
        if noun is None and trigger.coding.type != "MOBILIZE" and not topic:
            heads += [o for o in syntax.objects(analysis, verb) if not _own(analysis, trigger, o)]
            heads += syntax.datives(analysis, verb)
        ofs = _BELONGING if trigger.coding.type in _ABOUT_NOBODY else _ANY_WAY
        found = [p for head in heads for p in _parties(analysis, head, actors, ofs=ofs)]
        if found:
            return found
        heads = syntax.under(analysis, verb, *onto) if onto else []
        if not heads and onto and noun is None and trigger.coding.type in _ONTO_THINGS:
            # "restored relations with Syria": the preposition hangs on what was done.
            things = syntax.objects(analysis, verb)
            heads = [t for thing in things for t in syntax.under(analysis, thing, *onto)]
        if trigger.things:
            heads += [t for thing in trigger.things for t in syntax.under(analysis, thing, *onto)]
        if not heads and noun is None:
            heads = _of_complement(analysis, verb)
    return [p for head in heads for p in _parties(analysis, head, actors)]


def _own(analysis: Analysis, trigger: Trigger, thing: int) -> bool:
    """Whether an object is the doer's own mind ("reaffirmed the US's willingness"), no patient."""
    return trigger.verb is not None and syntax.lemma(analysis, thing) in word_list("own_minds")


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
    found: list[Party] = []
    for at in (trigger.noun, trigger.verb):
        if at is not None:
            for head in syntax.under(analysis, at, *_TOGETHER):
                found += _parties(analysis, head, actors)
            for head in syntax.under(analysis, at, "among", "between"):
                found += _listed(analysis, head, actors)
    return found


def _listed(analysis: Analysis, head: int, actors: ByToken) -> list[Party]:
    """Those named after a head in one list, whatever the parser made of it: "X, Y and Z"."""
    found: list[Party] = []
    index, joined = head, True
    while index < len(analysis.tokens) and joined:
        while index in actors:
            found += _covering(analysis, index, actors)
            index += 1
        joined = False
        while index < len(analysis.tokens) and analysis.tokens[index].text.lower() in (
            ",",
            "and",
            "the",
        ):
            index, joined = index + 1, True
        joined = joined and index in actors
    return found


_STEPS = 4  # how far down a phrase a party may be named
_INSIDE = (("poss",), ("compound", "amod", "nmod"), ("prep",), ("appos",))


_BELONGING = ("of", "by", "from", "between")
_ANY_WAY = (*_BELONGING, "against", "on")


def _parties(
    analysis: Analysis,
    head: int,
    actors: ByToken,
    depth: int = 0,
    ofs: tuple[str, ...] = _ANY_WAY,
) -> list[Party]:
    """The actors that a noun stands for: itself named, or named inside its phrase.

    Nearest first: the head's own name, its possessor, its modifiers, then "of" and "by" phrases;
    "North Korean troops" are North Korea, "the decision of the court" is the court.
    """
    own = _covering(analysis, head, actors)
    if own or depth >= _STEPS:
        return own
    if syntax.lemma(analysis, head) in word_list("officials"):
        ofs = (*ofs, "in")
    for labels in _INSIDE:
        found: list[Party] = []
        for child in syntax.kids(analysis, head, *labels):
            inner = [child]
            if labels == ("prep",):
                inner = []
                if analysis.tokens[child].text.lower() in ofs:
                    inner = syntax.kids(analysis, child, "pobj")
            if labels in (("prep",), ("poss",)):
                inner = [c for i in inner for c in syntax.conjuncts(analysis, i)]
            for each in inner:
                found += _parties(analysis, each, actors, depth + 1, ofs)
        if found:
            return found
    return []


def _covering(analysis: Analysis, index: int, actors: ByToken) -> list[Party]:
    here = actors.get(index)
    if not here:
        return []
    best = here[0]
    alike = {a.actor.id: a for a in here if (a.start, a.end) == (best.start, best.end)}
    return [Party(a.actor.id, (a.start, a.end)) for a in alike.values()]
