"""Is the record what it says it is: every report hashed again, every citation cut again."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator

from sqlalchemy import Connection, func, select, text

from dateline.model import Problem
from dateline.store import schema


def verify(connection: Connection) -> Iterator[Problem]:
    """Yields what is wrong with the record; nothing means healthy."""
    for (line,) in connection.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield Problem("verify", "file", f"SQLite: {line}")
    yield from _bytes(connection)
    yield from _citations(connection)
    yield from _references(connection)
    yield from _search_index(connection)


def _bytes(connection: Connection) -> Iterator[Problem]:
    for row in connection.execute(select(schema.raw)):
        try:
            actual = hashlib.sha256(zlib.decompress(row.compressed)).hexdigest()
        except zlib.error as error:
            yield Problem("verify", f"bytes {row.sha256}", f"cannot be unpacked: {error}")
            continue
        if actual != row.sha256:
            yield Problem("verify", f"bytes {row.sha256}", f"the bytes now hash to {actual}")


def _citations(connection: Connection) -> Iterator[Problem]:
    for report in connection.execute(
        select(schema.report.c.id, schema.report.c.text, schema.report.c.data)
    ):
        furniture = [(f["start"], f["end"], f["kind"]) for f in report.data["furniture"]]
        rows = connection.execute(
            select(schema.evidence)
            .where(schema.evidence.c.report == report.id)
            .order_by(schema.evidence.c.owner, schema.evidence.c.role)
        )
        for row in rows:
            where = f"{row.owner} {row.role} [{row.start}, {row.end}] of {report.id}"
            if not 0 <= row.start < row.end <= len(report.text):
                yield Problem("verify", where, "the span is not inside the report's text")
            elif report.text[row.start : row.end] != row.words:
                yield Problem("verify", where, "the words cited are not those at the span")
            for start, end, kind in furniture:
                if row.start < end and start < row.end and row.end - row.start <= end - start:
                    yield Problem("verify", where, f"the span lies in furniture ({kind})")


def _references(connection: Connection) -> Iterator[Problem]:
    if connection.execute(select(func.count()).select_from(schema.event)).scalar_one():
        unplaced = connection.execute(
            select(schema.mention.c.id)
            .where(schema.mention.c.id.not_in(select(schema.event_mention.c.mention)))
            .order_by(schema.mention.c.id)
        ).scalars()
        for mention in unplaced:
            yield Problem("verify", mention, "the mention belongs to no event; run: dateline link")
    cited = set(connection.execute(select(schema.evidence.c.owner).distinct()).scalars())
    for table in (schema.statement, schema.mention):
        for claim in connection.execute(select(table.c.id).order_by(table.c.id)).scalars():
            if claim not in cited:
                yield Problem("verify", claim, "the claim has no evidence")
    for (line,) in connection.execute(text("PRAGMA foreign_key_check")):
        yield Problem("verify", str(line), "a row points at nothing")
    for event in connection.execute(select(schema.event.c.id, schema.event.c.data)):
        held = set(
            connection.execute(
                select(schema.event_mention.c.mention).where(
                    schema.event_mention.c.event == event.id
                )
            ).scalars()
        )
        data = event.data if isinstance(event.data, dict) else json.loads(event.data)
        if held != set(data["mentions"]):
            yield Problem("verify", event.id, "the event's mentions are not those linked to it")


def _search_index(connection: Connection) -> Iterator[Problem]:
    reports = connection.execute(select(func.count()).select_from(schema.report)).scalar_one()
    indexed = connection.execute(text("SELECT count(*) FROM report_words_docsize")).scalar_one()
    if reports != indexed:
        yield Problem("verify", "search", f"{indexed} of {reports} reports can be searched")
