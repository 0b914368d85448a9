"""Writing a record: one transaction a report, and one for all that links reports."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, Table, delete, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from dateline.model import (
    Event,
    Link,
    Problem,
    Report,
    Span,
)
from dateline.store import schema
from dateline.store.record import Record
from dateline.store.rows import Coding, LinkedTime, OriginRow
from dateline.store.values import to_json


def note_setting(record: Record, key: str, value: str) -> None:
    """Keep a setting of the build (desk, pipeline ...) in the record."""
    with record.writing() as connection:
        connection.execute(delete(schema.meta).where(schema.meta.c.key == key))
        connection.execute(insert(schema.meta).values(key=key, value=value))


def add_problem(record: Record, problem: Problem) -> None:
    """Keep a problem; the same one twice is one."""
    with record.writing() as connection:
        _add_problems(connection, [problem])


def add_report(record: Record, report: Report, raw: bytes) -> bool:
    """Keep a report and its bytes in one transaction; False if it was there already.

    Reading the same report again, from another place, only adds where it was found.
    """
    with record.writing() as connection:
        known = connection.execute(
            select(schema.report.c.id).where(schema.report.c.id == report.id)
        ).scalar()
        if known is None:
            _insert_report(connection, report, raw)
        connection.execute(
            upsert(schema.capture)
            .values(report=report.id, location=report.where, captured=report.captured)
            .on_conflict_do_nothing()
        )
    return known is None


def _insert_report(connection: Connection, report: Report, raw: bytes) -> None:
    connection.execute(
        upsert(schema.raw)
        .values(sha256=report.sha256, compressed=zlib.compress(raw, 6))
        .on_conflict_do_nothing()
    )
    data = to_json(report)
    for column in ("text", "where", "captured"):
        del data[column]
    result = connection.execute(
        insert(schema.report).values(
            id=report.id,
            sha256=report.sha256,
            outlet=report.outlet,
            url=report.url,
            title=report.title,
            text=report.text,
            language=report.language,
            published_earliest=report.published.earliest,
            published_latest=report.published.latest,
            coded=0,
            data=data,
        )
    )
    number = result.inserted_primary_key
    assert number is not None
    connection.execute(
        text("INSERT INTO report_words(rowid, title, text) VALUES (:n, :title, :text)"),
        {"n": number[0], "title": report.title or "", "text": report.text},
    )


def add_coding(record: Record, coding: Coding) -> None:
    """Keep what was found in one report, in one transaction; a report is coded only once."""
    report = coding.report
    with record.writing() as connection:
        coded = connection.execute(
            select(schema.report.c.coded).where(schema.report.c.id == report.id)
        ).scalar_one()
        if coded:
            return
        actors = {a.id: a for a in [*coding.members, *(m.actor for m in coding.actors)]}
        _insert_all(
            connection,
            schema.report_actor,
            [{"report": report.id, "id": a.id, "data": to_json(a)} for a in actors.values()],
        )
        _insert_all(
            connection,
            schema.actor_mention,
            [
                {
                    "report": report.id,
                    "start": m.start,
                    "end": m.end,
                    "actor": m.actor.id,
                    "alias": m.alias,
                    "how": m.how,
                    "office": m.office,
                }
                for m in coding.actors
            ],
        )
        _insert_all(
            connection,
            schema.time,
            [
                {
                    "report": report.id,
                    "start": t.words[0],
                    "end": t.words[1],
                    "earliest": t.earliest,
                    "latest": t.latest,
                    "data": to_json(t),
                }
                for t in coding.times
                if t.words is not None
            ],
        )
        _insert_all(
            connection,
            schema.statement,
            [
                {
                    "id": s.id,
                    "report": s.report,
                    "speaker": s.speaker,
                    "mode": s.mode,
                    "data": to_json(s),
                }
                for s in coding.statements
            ],
        )
        _insert_all(
            connection,
            schema.mention,
            [
                {
                    "id": m.id,
                    "report": m.report,
                    "type": m.type,
                    "desk_kind": m.desk_kind,
                    "status": m.status,
                    "earliest": m.when.earliest,
                    "latest": m.when.latest,
                    "data": to_json(m),
                }
                for m in coding.mentions
            ],
        )
        _insert_all(connection, schema.evidence, _evidence(coding))
        _add_problems(connection, coding.problems)
        connection.execute(
            update(schema.report).where(schema.report.c.id == report.id).values(coded=1)
        )


def _evidence(coding: Coding) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []

    def cite(owner: str, role: str, spans: Iterable[Span | None]) -> None:
        for position, span in enumerate(s for s in spans if s is not None):
            rows.append(
                {
                    "owner": owner,
                    "role": role,
                    "position": position,
                    "report": coding.report.id,
                    "start": span[0],
                    "end": span[1],
                    "words": coding.report.text[span[0] : span[1]],
                }
            )

    for s in coding.statements:
        cite(s.id, "content", s.content)
        cite(s.id, "cue", s.cue)
        cite(s.id, "speaker", s.speaker_words)
        cite(s.id, "made", (s.made.words,))
        cite(s.id, "place", (s.place_words,))
    for m in coding.mentions:
        cite(m.id, "evidence", m.evidence)
        cite(m.id, "trigger", m.trigger)
        cite(m.id, "source", m.source_words)
        cite(m.id, "target", m.target_words)
        cite(m.id, "when", (m.when.words,))
        cite(m.id, "place", (m.place_words,))
        cite(m.id, "count", (c.words for c in m.counts))
    return rows


def replace_links(
    record: Record,
    *,
    links: Sequence[Link],
    origins: Sequence[OriginRow],
    linked_times: Sequence[LinkedTime],
    events: Sequence[Event],
    settings: Mapping[str, str],
) -> None:
    """Put new proposals in the place of the old ones, in one transaction."""
    with record.writing() as connection:
        for table in schema.LINKED:
            connection.execute(delete(table))
        _insert_all(
            connection,
            schema.link,
            [
                {"kind": k.kind, "a": k.a, "b": k.b, "score": k.score, "reasons": list(k.reasons)}
                for k in links
            ],
        )
        _insert_all(
            connection,
            schema.origin,
            [{"report": o.report, "id": o.id, "reasons": list(o.reasons)} for o in origins],
        )
        _insert_all(
            connection,
            schema.linked_time,
            [
                {
                    "owner": t.owner,
                    "field": t.field,
                    "data": to_json(t.time),
                    "reasons": list(t.reasons),
                }
                for t in linked_times
            ],
        )
        _insert_all(
            connection,
            schema.event,
            [
                {
                    "id": e.id,
                    "type": e.type,
                    "desk_kind": e.desk_kind,
                    "status": e.status,
                    "earliest": e.when.earliest,
                    "latest": e.when.latest,
                    "origins": e.origins,
                    "data": to_json(e),
                }
                for e in events
            ],
        )
        _insert_all(
            connection,
            schema.event_mention,
            [{"mention": m, "event": e.id} for e in events for m in e.mentions],
        )
        for key, value in settings.items():
            connection.execute(delete(schema.meta).where(schema.meta.c.key == key))
            connection.execute(insert(schema.meta).values(key=key, value=value))


def _add_problems(connection: Connection, problems: Sequence[Problem]) -> None:
    for p in problems:
        connection.execute(
            upsert(schema.problem)
            .values(stage=p.stage, location=p.where, why=p.why)
            .on_conflict_do_nothing()
        )


def _insert_all(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def uncoded(record: Record) -> int:
    """How many reports are read but not yet coded."""
    with record.reading() as connection:
        return connection.execute(
            select(func.count()).select_from(schema.report).where(schema.report.c.coded == 0)
        ).scalar_one()
