"""Report, analysis, actors, times, statements -> mentions: who did what to whom, as one report tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.events import syntax
from dateline.events.arguments import Parties, Party, actors_by_token, find_parties
from dateline.events.codings import Coding, Trigger, Typing
from dateline.events.counts import find_counts
from dateline.events.narrowing import narrowed
from dateline.events.places import NamedPlace, capitals, find_place, named_places
from dateline.events.rows import word_list
from dateline.events.status import find_status
from dateline.events.triggers import find_triggers
from dateline.events.when import find_when, times_by_token
from dateline.model import (
    Actor,
    ActorMention,
    Analysis,
    Desk,
    Mention,
    Report,
    Sentence,
    Span,
    Statement,
    Status,
    Time,
    content_id,
)

__all__ = ["Coding", "Trigger", "Typing", "find_mentions", "find_triggers"]

# Sentences before and after the telling one that may say what was fired. In the launch
# descriptions of CSIS all that did came next or next but one.
_NEAR_BY = 2
# Code points between the end of one event's sentence and a "their" that may mean its parties:
# the next sentence, in practice.
_NEAR = 5


def find_mentions(
    report: Report,
    analysis: Analysis,
    actors: Sequence[ActorMention],
    times: Sequence[Time],
    statements: Sequence[Statement],
    desk: Desk,
    typing: Typing = find_triggers,
) -> list[Mention]:
    """The events that a report tells, in order of its text, each with the sentence that tells it.

    An event needs a trigger and a political actor of `actors` as source or target; one of the
    desk's kinds whose objects leave no doubt ("a ballistic missile was fired") needs only that
    somebody of the desk is named in the sentence. An event told inside a statement belongs to
    it (`according_to`). `typing` says which words are triggers and of what type.

    >>> from dateline.actors import find_actors
    >>> from dateline.desks import load_desk
    >>> from dateline.language import analyse
    >>> text = "Japan condemned North Korea, which had fired at least two cruise missiles from Sinpo."
    >>> report = Report("rep_1", "a.txt", "", text, paragraphs=((0, len(text)),))
    >>> (report, analysis), desk = next(analyse([report])), load_desk("korea")
    >>> actors = find_actors(report, analysis, desk)
    >>> for m in find_mentions(report, analysis, actors, (), (), desk):
    ...     print(m.desk_kind, m.source, m.target, [(c.min, c.max) for c in m.counts], m.status)
    statement-of-condemnation ('state:JPN',) ('state:PRK',) [] occurred
    cruise-missile-launch ('state:PRK',) () [(2.0, None)] occurred
    """
    analysis = syntax.mend(analysis)
    actors = [*actors, *_first_persons(analysis, actors, statements)]
    by_token = actors_by_token(analysis, actors)
    by_id = {a.actor.id: a.actor for a in actors}
    times_at = times_by_token(analysis, times)
    seats = capitals(desk)
    found: dict[str, Mention] = {}
    for number, sentence in enumerate(analysis.sentences):
        triggers = typing(analysis, sentence, desk)
        if not triggers:
            continue
        places = named_places(analysis, sentence, desk, seats)
        anyone = any(i in by_token for i in range(sentence.first, sentence.last))
        for trigger in triggers:
            trigger, evidence = _with_what_is_near(analysis, trigger, number, desk)
            parties = find_parties(analysis, trigger, by_token)
            place = find_place(analysis, trigger, places, _words(parties))
            if not parties.source and not parties.target:
                parties = _theirs(analysis, trigger, parties, found, sentence)
            if not parties.source:
                parties = replace(parties, source=_from_its_place(trigger, place))
            armed = _done_by_a_power(analysis, trigger)
            if not _tellable(trigger, parties, place, by_id, anyone, armed):
                continue
            trigger_spans = _spans(analysis, trigger.tokens)
            statement = _told_in(trigger_spans, statements)
            status = _within(statement, find_status(analysis, trigger))
            coding = trigger.coding
            mention = Mention(
                id=content_id("mn", report.id, trigger_spans, coding.type, _kind_id(coding)),
                report=report.id,
                type=coding.type,
                trigger=trigger_spans,
                evidence=evidence,
                plover_mode=coding.mode,
                contexts=coding.contexts,
                desk_kind=_kind_id(coding),
                cameo=coding.cameo,
                source=tuple(p.actor for p in parties.source),
                source_words=tuple(p.words for p in parties.source),
                target=tuple(p.actor for p in parties.target),
                target_words=tuple(p.words for p in parties.target),
                when=find_when(report, analysis, trigger, times_at, status),
                place=place.place if place else None,
                place_words=place.words if place else None,
                counts=tuple(find_counts(analysis, trigger)),
                status=status,
                according_to=statement.id if statement else None,
            )
            found.setdefault(mention.id, mention)
    return list(found.values())


def _with_what_is_near(
    analysis: Analysis, trigger: Trigger, number: int, desk: Desk
) -> tuple[Trigger, tuple[Span, ...]]:
    """The trigger, narrowed by a sentence near by, and the sentences that tell it."""
    sentences = analysis.sentences
    sentence = sentences[number]
    told = (sentence.start, sentence.end)
    before = sentences[max(0, number - _NEAR_BY) : number]
    after = [
        following
        for following in sentences[number + 1 : number + 1 + _NEAR_BY]
        if following.paragraph == sentence.paragraph
    ]
    found = narrowed(analysis, trigger, before, after, desk)
    if found is None:
        return trigger, (told, *trigger.told_by)
    narrower, near = found
    return narrower, (told, (near.start, near.end))


def _theirs(
    analysis: Analysis,
    trigger: Trigger,
    parties: Parties,
    found: Mapping[str, Mention],
    sentence: Sentence,
) -> Parties:
    """Those who "their talks" are of: all who took part in the event told last before, or nobody."""
    noun = trigger.noun
    if noun is None or not trigger.coding.reciprocal:
        return parties
    theirs = [
        c for c in syntax.kids(analysis, noun, "poss") if analysis.tokens[c].text.lower() == "their"
    ]
    last = next(reversed(list(found.values())), None)
    if not theirs or last is None or len(last.source + last.target) < 2:
        return parties
    if sentence.start - last.evidence[-1][1] > _NEAR:
        return parties
    token = analysis.tokens[theirs[0]]
    here = [Party(actor, (token.start, token.end)) for actor in last.source + last.target]
    return Parties((here[0],), tuple(here[1:]))


def _from_its_place(trigger: Trigger, place: NamedPlace | None) -> tuple[Party, ...]:
    """The state that a thing was launched from, where the desk's kind is that state's alone.

    "A ballistic missile was launched from the Wonsan area": the place's words are its words.
    """
    kind = trigger.coding.kind
    if kind is None or place is None or place.place.state is None:
        return ()
    state = f"state:{place.place.state}"
    return (Party(state, place.words),) if state in kind.sources else ()


def _words(parties: Parties) -> list[Span]:
    return [p.words for p in (*parties.source, *parties.target)]


def _kind_id(coding: Coding) -> str | None:
    return coding.kind.id if coding.kind is not None else None


# PLOVER asks for a recipient in the first three; praise of nobody is none. What only says
# something is nobody's without a speaker.
_NEEDS_TARGET = frozenset({"AID", "COOPERATE", "SANCTION", "SUPPORT"})
_NEEDS_SOURCE = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"}
)


def _tellable(
    trigger: Trigger,
    parties: Parties,
    place: NamedPlace | None,
    actors: Mapping[str, Actor],
    anyone: bool,
    armed: bool,
) -> bool:
    """Whether enough is said to speak of a political event."""
    coding = trigger.coding
    kind = coding.kind
    everyone = [actors.get(p.actor) for p in (*parties.source, *parties.target)]
    if everyone and not armed and not any(_is_political(actor) for actor in everyone):
        return False
    if not parties.source and not parties.target:
        sure = kind is not None and bool(kind.objects) and kind.type == "MOBILIZE"
        return armed or (anyone and sure)
    if coding.type in _NEEDS_SOURCE and not parties.source:
        return coding.reciprocal and bool(parties.target)
    needs_target = coding.needs_target or (kind is None and coding.type in _NEEDS_TARGET)
    there = coding.type == "AID" and place is not None  # "airlifted food into Gaza"
    if needs_target and not parties.target and not there:
        return False
    if _stays_at_home(coding, parties, place, actors):
        return False
    if coding.mode == "visit":
        return bool(parties.target) or place is not None
    if coding.reciprocal and coding.type == "CONSULT" and not parties.target:
        return _is_many(actors.get(parties.source[0].actor), trigger.noun is not None)
    return True


# What those who hold or fight for power do, and what is political whoever of them does it.
_OF_POWER = frozenset({"ASSAULT", "MOBILIZE", "PROTEST", "COERCE", "RETREAT"})


def _done_by_a_power(analysis: Analysis, trigger: Trigger) -> bool:
    """Whether an army, rebels or protesters do it, whoever they are: "the junta freed 200 prisoners".

    Who they are stays open: the event has no source.
    """
    if trigger.coding.type not in _OF_POWER:
        return False
    verb = trigger.verb
    if verb is None:
        return False
    passive = syntax.is_passive(analysis, verb)
    doers = syntax.agents(analysis, verb) if passive else syntax.subjects(analysis, verb)
    return any(syntax.lemma(analysis, doer) in word_list("powers") for doer in doers)


def _is_political(actor: Actor | None) -> bool:
    """Whether an actor acts in politics: all but people of no state and no office, past or present.

    A place that launched something (see `_from_its_place`) stands for its state.
    """
    if actor is None or actor.type != "person" or actor.id.startswith("office:"):
        return True
    return actor.state is not None or bool(actor.offices)


def _stays_at_home(
    coding: Coding, parties: Parties, place: NamedPlace | None, actors: Mapping[str, Actor]
) -> bool:
    """Whether a state only praises or trains its own, or they go about in it: nothing between actors."""
    states = {a.state for p in parties.source if (a := actors.get(p.actor)) is not None}
    if not states or None in states:
        return False
    others = {a.state for p in parties.target if (a := actors.get(p.actor)) is not None}
    if coding.type in ("SUPPORT", "COOPERATE"):
        return bool(others) and others <= states
    visited = others | ({place.place.state} if place is not None else set())
    return coding.mode == "visit" and bool(visited) and visited <= states


def _is_many(actor: Actor | None, named_event: bool) -> bool:
    """Whether one party stands for several: "the three ministers met", "a G7 summit"."""
    if actor is None:
        return False
    alliance = named_event and actor.type == "body"
    return len(actor.members) > 1 or (actor.state is None and (alliance or actor.type == "group"))


def _first_persons(
    analysis: Analysis, actors: Sequence[ActorMention], statements: Sequence[Statement]
) -> list[ActorMention]:
    """The speakers of statements where they say "I" or "we", and nobody has told who that is."""
    named = {a.actor.id: a.actor for a in actors}
    taken = {a.start for a in actors}
    found = []
    for token in analysis.tokens:
        if token.text.lower() not in ("i", "we") or token.start in taken:
            continue
        statement = _told_in([(token.start, token.end)], statements)
        speaker = named.get(statement.speaker or "") if statement else None
        if speaker is not None:
            found.append(ActorMention(token.start, token.end, speaker, token.text, "pronoun"))
    return found


def _spans(analysis: Analysis, tokens: Sequence[int]) -> tuple[Span, ...]:
    """The characters of tokens; neighbours make one span."""
    spans: list[Span] = []
    last = -2
    for index in sorted(set(tokens)):
        token = analysis.tokens[index]
        if index == last + 1:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
        last = index
    return tuple(spans)


def _told_in(trigger: Sequence[Span], statements: Sequence[Statement]) -> Statement | None:
    """The statement whose content holds the whole trigger; the innermost of several."""
    holding = [
        s
        for s in statements
        if all(any(c[0] <= t[0] and t[1] <= c[1] for c in s.content) for t in trigger)
    ]
    return min(holding, key=lambda s: (sum(e - b for b, e in s.content), s.id), default=None)


def _within(statement: Statement | None, status: Status) -> Status:
    """The status, taking in that the statement round it is a denial or a question."""
    if statement is not None and statement.question and status == "occurred":
        return "conditional"
    return status
