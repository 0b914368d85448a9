"""Report, analysis, actors, times, statements -> mentions: who did what to whom, as one report tells it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.events import syntax
from dateline.events.arguments import Parties, actors_by_token, find_parties
from dateline.events.counts import find_counts
from dateline.events.places import find_place, named_places
from dateline.events.status import find_status
from dateline.events.triggers import Coding, Trigger, Typing, find_triggers
from dateline.events.when import find_when, times_by_token
from dateline.model import (
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
    """
    analysis = syntax.mend(analysis)
    by_token = actors_by_token(analysis, actors)
    times_at = times_by_token(analysis, times)
    found: dict[str, Mention] = {}
    for sentence in analysis.sentences:
        triggers = typing(analysis, sentence, desk)
        if not triggers:
            continue
        places = named_places(analysis, sentence, desk)
        anyone = any(i in by_token for i in range(sentence.first, sentence.last))
        for trigger in triggers:
            parties = find_parties(analysis, trigger, by_token)
            if not _tellable(trigger, parties, anyone):
                continue
            trigger_spans = _spans(analysis, trigger.tokens)
            statement = _told_in(trigger_spans, statements)
            status = _within(statement, find_status(analysis, trigger))
            spans = [p.words for p in (*parties.source, *parties.target)]
            place = find_place(analysis, trigger, places, spans)
            coding = trigger.coding
            mention = Mention(
                id=content_id("mn", report.id, trigger_spans, coding.type, _kind_id(coding)),
                report=report.id,
                type=coding.type,
                trigger=trigger_spans,
                evidence=((sentence.start, sentence.end),),
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


def _kind_id(coding: Coding) -> str | None:
    return coding.kind.id if coding.kind is not None else None


def _tellable(trigger: Trigger, parties: Parties, anyone: bool) -> bool:
    """Whether enough is said to speak of a political event."""
    if parties.source or parties.target:
        return True
    kind = trigger.coding.kind
    return anyone and kind is not None and bool(kind.objects) and bool(kind.sources)


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
