"""The tables of a record, and the numbered migrations that make them.

What is asked for by a filter is a column; the rest of a value is its JSON in `data`. Tables in
the first group belong to one report and are written once, in that report's transaction; those
in the second are proposals over all reports and are made again by every `link`.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import (
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    select,
    text,
)
from sqlalchemy.types import JSON

METADATA = MetaData()

meta = Table("meta", METADATA, Column("key", String, primary_key=True), Column("value", Text))

# ---------------------------------------------------------------- written once a report

raw = Table(
    "raw",
    METADATA,
    Column("sha256", String, primary_key=True),
    Column("compressed", LargeBinary, nullable=False),
)
report = Table(
    "report",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", String, unique=True, nullable=False),
    Column("sha256", ForeignKey("raw.sha256"), nullable=False),
    Column("outlet", String, index=True),
    Column("url", String, index=True),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("language", String),
    Column("published_earliest", String, index=True),
    Column("published_latest", String),
    Column("coded", Integer, nullable=False, default=0, index=True),
    Column("data", JSON, nullable=False),
)
capture = Table(
    "capture",
    METADATA,
    Column("report", ForeignKey("report.id"), nullable=False),
    Column("location", String, nullable=False),
    Column("captured", String),
    PrimaryKeyConstraint("report", "location"),
)
report_actor = Table(
    "report_actor",
    METADATA,
    Column("report", ForeignKey("report.id"), nullable=False),
    Column("id", String, nullable=False),
    Column("data", JSON, nullable=False),
    PrimaryKeyConstraint("report", "id"),
)
actor_mention = Table(
    "actor_mention",
    METADATA,
    Column("report", ForeignKey("report.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("actor", String, nullable=False, index=True),
    Column("alias", Text, nullable=False),
    Column("how", String, nullable=False),
    Column("office", Text),
    PrimaryKeyConstraint("report", "start", "end", "actor"),
)
time = Table(
    "time",
    METADATA,
    Column("report", ForeignKey("report.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("earliest", String),
    Column("latest", String),
    Column("data", JSON, nullable=False),
    PrimaryKeyConstraint("report", "start", "end"),
)
statement = Table(
    "statement",
    METADATA,
    Column("id", String, primary_key=True),
    Column("report", ForeignKey("report.id"), nullable=False, index=True),
    Column("speaker", String, index=True),
    Column("mode", String, nullable=False),
    Column("data", JSON, nullable=False),
)
mention = Table(
    "mention",
    METADATA,
    Column("id", String, primary_key=True),
    Column("report", ForeignKey("report.id"), nullable=False, index=True),
    Column("type", String, nullable=False),
    Column("desk_kind", String, index=True),
    Column("status", String, nullable=False),
    Column("earliest", String),
    Column("latest", String),
    Column("data", JSON, nullable=False),
)
evidence = Table(
    "evidence",
    METADATA,
    Column("owner", String, nullable=False),
    Column("role", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("report", ForeignKey("report.id"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("words", Text, nullable=False),
    PrimaryKeyConstraint("owner", "role", "position"),
    Index("evidence_place", "report", "start"),
)
problem = Table(
    "problem",
    METADATA,
    Column("stage", String, nullable=False),
    Column("location", String, nullable=False),
    Column("why", Text, nullable=False),
    PrimaryKeyConstraint("stage", "location", "why"),
)

# ---------------------------------------------------------------- made again by every link

link = Table(
    "link",
    METADATA,
    Column("kind", String, nullable=False),
    Column("a", String, nullable=False),
    Column("b", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    PrimaryKeyConstraint("kind", "a", "b"),
    Index("link_b", "kind", "b"),
)
origin = Table(
    "origin",
    METADATA,
    Column("report", ForeignKey("report.id"), primary_key=True),
    Column("id", String, nullable=False, index=True),
    Column("reasons", JSON, nullable=False),
)
linked_time = Table(
    "linked_time",
    METADATA,
    Column("owner", String, nullable=False),
    Column("field", String, nullable=False),
    Column("data", JSON, nullable=False),
    Column("reasons", JSON, nullable=False),
    PrimaryKeyConstraint("owner", "field"),
)
event = Table(
    "event",
    METADATA,
    Column("id", String, primary_key=True),
    Column("type", String, nullable=False),
    Column("desk_kind", String, index=True),
    Column("status", String, nullable=False),
    Column("earliest", String, index=True),
    Column("latest", String),
    Column("origins", Integer, nullable=False),
    Column("data", JSON, nullable=False),
)
event_mention = Table(
    "event_mention",
    METADATA,
    Column("mention", ForeignKey("mention.id"), primary_key=True),
    Column("event", ForeignKey("event.id"), nullable=False, index=True),
)

LINKED = (link, origin, linked_time, event_mention, event)


def _first(connection: Connection) -> None:
    METADATA.create_all(connection)
    connection.execute(
        text(
            "CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='report', "
            "content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')"
        )
    )


MIGRATIONS: tuple[Callable[[Connection], None], ...] = (_first,)


def version(connection: Connection) -> int:
    """How many migrations the record has had; 0 for an empty file."""
    if not connection.dialect.has_table(connection, "meta"):
        return 0
    found = connection.execute(select(meta.c.value).where(meta.c.key == "schema")).scalar()
    return int(found or 0)


def migrate(connection: Connection) -> None:
    """Bring the record up to the newest schema, inside the caller's transaction."""
    done = version(connection)
    for migration in MIGRATIONS[done:]:
        migration(connection)
    if done < len(MIGRATIONS):
        connection.execute(meta.delete().where(meta.c.key == "schema"))
        connection.execute(meta.insert().values(key="schema", value=str(len(MIGRATIONS))))
