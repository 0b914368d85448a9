"""The record as public objects, the shape of JSON Lines, pages and tables (docs/format.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dateline.model import (
    Actor,
    Count,
    Disagreement,
    Event,
    Link,
    Mention,
    Place,
    Problem,
    Report,
    Statement,
    Time,
)
from dateline.store.contents import Contents


def public_objects(held: Contents) -> Iterator[dict[str, Any]]:
    """Yields the record as public objects: reports, actors, statements, mentions, events,
    problems, each kind sorted by id."""
    yield from report_objects(held, held.reports.values())
    for actor in held.actors.values():
        yield actor_object(actor)
    yield from statement_objects(held, held.statements.values())
    for mention in held.mentions.values():
        yield mention_object(held, mention)
    for event in held.events.values():
        yield event_object(event)
    for problem in held.problems:
        yield problem_object(problem)


def report_objects(held: Contents, reports: Iterable[Report]) -> Iterator[dict[str, Any]]:
    """Yields reports of the public format, with what each is a copy or a revision of."""
    copies, revisions = _best(held.links, "copy"), _best(held.links, "revision")
    for report in reports:
        yield _report(held, report, copies.get(report.id), revisions.get(report.id))


def statement_objects(held: Contents, statements: Iterable[Statement]) -> Iterator[dict[str, Any]]:
    """Yields statements of the public format, with the same words in other reports."""
    same_words = held.same_words()
    for statement in statements:
        yield _statement(held, statement, same_words.get(statement.id, ()))


def _best(links: Sequence[Link], kind: str) -> dict[str, str]:
    best: dict[str, Link] = {}
    for link in links:
        if link.kind == kind and (link.a not in best or link.score > best[link.a].score):
            best[link.a] = link
    return {a: link.b for a, link in best.items()}


def time_object(time: Time) -> dict[str, Any]:
    """A TIME of the public format."""
    return {
        "edtf": time.edtf,
        "earliest": time.earliest,
        "latest": time.latest,
        "zone": time.zone,
        "basis": time.basis,
        "words": list(time.words) if time.words else None,
    }


def _known(held: Contents, time: Time, owner: str, field: str) -> dict[str, Any]:
    found = held.linked.get((owner, field))
    return time_object(time) | ({"reasons": list(found.reasons)} if found else {})


def _spans(spans: tuple[tuple[int, int], ...]) -> list[list[int]]:
    return [list(span) for span in spans]


def _report(
    held: Contents, report: Report, copy_of: str | None, revision_of: str | None
) -> dict[str, Any]:
    origin = held.origins.get(report.id)
    return {
        "kind": "report",
        "id": report.id,
        "origin_of_bytes": report.where,
        "sha256": report.sha256,
        "outlet": report.outlet,
        "url": report.url,
        "title": report.title,
        "byline": report.byline,
        "published": _known(held, report.published, report.id, "published"),
        "captured": report.captured,
        "language": report.language,
        "text": report.text,
        "furniture": [[f.start, f.end, f.kind] for f in report.furniture],
        "copy_of": copy_of,
        "revision_of": revision_of,
        "origin": origin.id if origin else None,
        "origin_reasons": list(origin.reasons) if origin else [],
        "wire": report.wire,
    }


def actor_object(actor: Actor) -> dict[str, Any]:
    """An actor of the public format."""
    return {
        "kind": "actor",
        "id": actor.id,
        "name": actor.name,
        "type": actor.type,
        "state": actor.state,
        "aliases": list(actor.aliases),
        "offices": [
            {"title": o.title, "of": o.of, "from": o.start, "to": o.end} for o in actor.offices
        ],
        "members": list(actor.members),
    }


def _statement(
    held: Contents, statement: Statement, same_words: Sequence[tuple[str, Link]]
) -> dict[str, Any]:
    return {
        "kind": "statement",
        "id": statement.id,
        "report": statement.report,
        "speaker": statement.speaker,
        "speaker_words": _spans(statement.speaker_words),
        "cue": _spans(statement.cue),
        "content": _spans(statement.content),
        "mode": statement.mode,
        "speech": statement.speech,
        "negated": statement.negated,
        "question": statement.question,
        "made": _known(held, statement.made, statement.id, "made"),
        "place": statement.place,
        "to": list(statement.to),
        "about": list(statement.about),
        "same_words": [
            {"statement": other, "score": round(link.score, 4), "reasons": list(link.reasons)}
            for other, link in same_words
        ],
    }


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"name": place.name, "lat": place.lat, "lon": place.lon, "radius_km": place.radius_km}


def _counts(counts: tuple[Count, ...]) -> list[dict[str, Any]]:
    return [
        {
            "what": c.what,
            "value": c.value,
            "min": c.min,
            "max": c.max,
            "approx": c.approx,
            "words": list(c.words),
        }
        for c in counts
    ]


def mention_object(held: Contents, mention: Mention) -> dict[str, Any]:
    """A mention of the public format."""
    return {
        "kind": "mention",
        "id": mention.id,
        "report": mention.report,
        "event": held.event_of.get(mention.id),
        "type": mention.type,
        "plover_mode": mention.plover_mode,
        "contexts": list(mention.contexts),
        "desk_kind": mention.desk_kind,
        "source": list(mention.source),
        "source_words": _spans(mention.source_words),
        "target": list(mention.target),
        "target_words": _spans(mention.target_words),
        "when": _known(held, mention.when, mention.id, "when"),
        "place": _place(mention.place),
        "counts": _counts(mention.counts),
        "status": mention.status,
        "according_to": mention.according_to,
        "trigger": _spans(mention.trigger),
        "evidence": _spans(mention.evidence),
        "cameo": mention.cameo,
    }


def event_object(event: Event) -> dict[str, Any]:
    """An event of the public format."""
    return {
        "kind": "event",
        "id": event.id,
        "type": event.type,
        "desk_kind": event.desk_kind,
        "source": list(event.source),
        "target": list(event.target),
        "when": time_object(event.when),
        "place": _place(event.place),
        "counts": _counts(event.counts),
        "status": event.status,
        "mentions": list(event.mentions),
        "reports": list(event.reports),
        "origins": event.origins,
        "disagreements": [_disagreement(d) for d in event.disagreements],
        "reasons": list(event.reasons),
    }


def _disagreement(disagreement: Disagreement) -> dict[str, Any]:
    return {
        "field": disagreement.field,
        "values": [{"value": v, "mentions": list(m)} for v, m in disagreement.values],
    }


def problem_object(problem: Problem) -> dict[str, Any]:
    """A problem of the public format."""
    return {
        "kind": "problem",
        "stage": problem.stage,
        "where": problem.where,
        "why": problem.why,
    }
