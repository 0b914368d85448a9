"""Reading a record: values as the stages made them, and what linking says of them.

Each function takes a connection (`with record.reading() as connection`): what is read on one
connection is one state of the record, also while a build writes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection, func, select

from dateline.model import (
    Actor,
    ActorMention,
    Event,
    Link,
    Mention,
    Office,
    Problem,
    Report,
    Span,
    Statement,
    Time,
)
from dateline.store import schema
from dateline.store.rows import Citation, LinkedTime, OriginRow
from dateline.store.values import from_json


def settings(connection: Connection) -> dict[str, str]:
    """The record's settings: schema, desk, pipeline, and what it was last linked for."""
    return {row.key: row.value for row in connection.execute(select(schema.meta))}


def counts(connection: Connection) -> dict[str, int]:
    """How many of each kind the record holds."""
    tables = {
        "reports": schema.report,
        "statements": schema.statement,
        "mentions": schema.mention,
        "events": schema.event,
        "problems": schema.problem,
    }
    result = {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in tables.items()
    }
    result["origins"] = connection.execute(
        select(func.count(func.distinct(schema.origin.c.id)))
    ).scalar_one()
    return result


def report_ids(connection: Connection, *, coded: bool | None = None) -> list[str]:
    """The ids of all reports, or only of those coded or not, sorted."""
    query = select(schema.report.c.id).order_by(schema.report.c.id)
    if coded is not None:
        query = query.where(schema.report.c.coded == int(coded))
    return list(connection.execute(query).scalars())


def reports(connection: Connection, ids: list[str] | None = None) -> Iterator[Report]:
    """The reports of `ids` in that order, or all of them by id, one at a time."""
    for report_id in report_ids(connection) if ids is None else ids:
        yield report(connection, report_id)


def report(connection: Connection, report_id: str) -> Report:
    """One report by id."""
    row = connection.execute(select(schema.report).where(schema.report.c.id == report_id)).one()
    places = connection.execute(
        select(schema.capture.c.location, schema.capture.c.captured)
        .where(schema.capture.c.report == report_id)
        .order_by(schema.capture.c.location)
    ).all()
    captured = min((p.captured for p in places if p.captured), default=None)
    # `where` is the first place by name, so that the order of reading leaves no trace.
    return from_json(
        Report,
        {
            **row.data,
            "text": row.text,
            "where": places[0].location,
            "captured": captured,
        },
    )


def raw_bytes(connection: Connection, sha256: str) -> bytes:
    """The bytes of a report as they were read."""
    compressed = connection.execute(
        select(schema.raw.c.compressed).where(schema.raw.c.sha256 == sha256)
    ).scalar_one()
    return zlib.decompress(compressed)


def actors(connection: Connection) -> dict[str, Actor]:
    """Every actor in the record by id; what reports say of the same one is brought together."""
    query = select(schema.report_actor.c.data).order_by(
        schema.report_actor.c.id, schema.report_actor.c.report
    )
    told: dict[str, list[Actor]] = {}
    for data in connection.execute(query).scalars():
        actor = from_json(Actor, data)
        known = told.setdefault(actor.id, [])
        if actor not in known:
            known.append(actor)
    return {id: _together(same) for id, same in told.items()}


def _together(same: list[Actor]) -> Actor:
    """What reports tell of one actor: a state or pronoun on which they differ is not known."""
    if len(same) == 1:
        return same[0]
    states = {a.state for a in same if a.state}
    pronouns = {a.pronoun for a in same if a.pronoun}
    return replace(
        same[0],
        name=max((a.name for a in same), key=lambda name: (len(name), name)),
        state=states.pop() if len(states) == 1 else None,
        pronoun=pronouns.pop() if len(pronouns) == 1 else None,
        aliases=tuple(sorted({alias for a in same for alias in a.aliases})),
        offices=tuple(sorted({o for a in same for o in a.offices}, key=_office_key)),
        members=tuple(sorted({m for a in same for m in a.members})),
    )


def _office_key(office: Office) -> tuple[str, str, str]:
    return (office.start or "", office.title, office.of)


def actor_mentions(connection: Connection, report_id: str) -> list[ActorMention]:
    """The actor mentions of one report in text order."""
    known = actors(connection)
    table = schema.actor_mention
    query = select(table).where(table.c.report == report_id).order_by(table.c.start)
    return [
        ActorMention(row.start, row.end, known[row.actor], row.alias, row.how, row.office)
        for row in connection.execute(query)
    ]


def times(connection: Connection, report_id: str) -> list[Time]:
    """The times of one report in text order."""
    table = schema.time
    query = select(table.c.data).where(table.c.report == report_id).order_by(table.c.start)
    return [from_json(Time, data) for data in connection.execute(query).scalars()]


def statements(connection: Connection) -> list[Statement]:
    """All statements, by report and place in the text."""
    found = [
        from_json(Statement, data)
        for data in connection.execute(select(schema.statement.c.data)).scalars()
    ]
    return sorted(found, key=lambda s: (s.report, s.content, s.id))


def mentions(connection: Connection) -> list[Mention]:
    """All mentions of events, by report and place in the text."""
    found = [
        from_json(Mention, data)
        for data in connection.execute(select(schema.mention.c.data)).scalars()
    ]
    return sorted(found, key=lambda m: (m.report, m.trigger, m.id))


def events(connection: Connection) -> list[Event]:
    """All events by id."""
    query = select(schema.event.c.data).order_by(schema.event.c.id)
    return [from_json(Event, data) for data in connection.execute(query).scalars()]


def event_of(connection: Connection) -> dict[str, str]:
    """Mention id -> event id."""
    return {row.mention: row.event for row in connection.execute(select(schema.event_mention))}


def links(connection: Connection) -> list[Link]:
    """All links by kind and ids."""
    table = schema.link
    query = select(table).order_by(table.c.kind, table.c.a, table.c.b)
    return [
        Link(row.kind, row.a, row.b, row.score, tuple(row.reasons))
        for row in connection.execute(query)
    ]


def origins(connection: Connection) -> dict[str, OriginRow]:
    """Report id -> its origin."""
    return {
        row.report: OriginRow(row.report, row.id, tuple(row.reasons))
        for row in connection.execute(select(schema.origin))
    }


def linked_times(connection: Connection) -> dict[tuple[str, str], LinkedTime]:
    """(owner, field) -> the time that linking gave it."""
    return {
        (row.owner, row.field): LinkedTime(
            row.owner, row.field, from_json(Time, row.data), tuple(row.reasons)
        )
        for row in connection.execute(select(schema.linked_time))
    }


def problems(connection: Connection) -> list[Problem]:
    """All problems by stage, place and reason."""
    table = schema.problem
    query = select(table).order_by(table.c.stage, table.c.location, table.c.why)
    return [Problem(row.stage, row.location, row.why) for row in connection.execute(query)]


def citations(connection: Connection) -> Iterator[Citation]:
    """Every evidence row."""
    table = schema.evidence
    query = select(table).order_by(table.c.owner, table.c.role, table.c.position)
    for row in connection.execute(query):
        yield Citation(row.owner, row.role, row.report, row.start, row.end, row.words)


def citing(connection: Connection, report_id: str, span: Span) -> list[Citation]:
    """The evidence rows of a report that overlap `span`."""
    table = schema.evidence
    query = (
        select(table)
        .where(table.c.report == report_id, table.c.start < span[1], table.c.end > span[0])
        .order_by(table.c.start, table.c.owner, table.c.role)
    )
    return [
        Citation(row.owner, row.role, row.report, row.start, row.end, row.words)
        for row in connection.execute(query)
    ]
