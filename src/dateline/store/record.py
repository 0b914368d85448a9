"""Opening a record: one SQLite file in WAL mode, so that readers work while a build writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from dateline.model import DatelineError
from dateline.store import schema

_BUSY_MILLISECONDS = 30_000  # how long a writer waits for another writer before it gives up


class RecordError(DatelineError):
    """The record cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """An open record: its file and the engine that reads and writes it."""

    path: Path
    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the record until it is left."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all that is written in it is kept, or none of it."""
        with self.engine.connect() as connection:
            writer = connection.execution_options(dateline_write=True)
            with writer.begin():
                yield writer

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_record(path: str | Path, *, create: bool = False) -> Record:
    """The record at `path`, brought up to the newest schema.

    With `create` a missing file is made. Raises RecordError where there is no record, where
    the file is something else, or where a newer Dateline wrote it.
    """
    path = Path(path)
    if not path.exists() and not create:
        raise RecordError(
            f"There is no record at {path}. Make one with: dateline build INPUT -o {path}"
        )
    if not path.parent.is_dir():
        raise RecordError(
            f"The folder {path.parent} does not exist. Make it, or give another path."
        )
    if path.is_dir():
        raise RecordError(
            f"{path} is a folder, not a record. Give a file, such as {path}/korea.dateline"
        )
    if path.exists() and path.stat().st_size and path.read_bytes()[:15] != b"SQLite format 3":
        raise RecordError(f"{path} is not a Dateline record. Give another file, or another -o.")
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    record = Record(path, engine)
    try:
        with record.reading() as connection:
            done = schema.version(connection)
            foreign = not done and path.stat().st_size > 0 and _has_tables(connection)
        if foreign:
            raise RecordError(f"{path} is an SQLite file but not a Dateline record.")
        if done > len(schema.MIGRATIONS):
            raise RecordError(f"{path} was written by a newer Dateline. Upgrade, then open it.")
        if done < len(schema.MIGRATIONS):
            with record.writing() as connection:
                schema.migrate(connection)
    except DatabaseError as error:
        engine.dispose()
        raise RecordError(f"{path} cannot be read as a record: {error.orig}") from error
    return record


def _has_tables(connection: Connection) -> bool:
    found = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
    return bool(found)


def _on_connect(connection: sqlite3.Connection, _: object) -> None:
    # SQLAlchemy emits BEGIN itself (see _on_begin): the driver must not start transactions.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    # A reader never takes the write lock; a writer takes it at once, so that it waits its turn
    # instead of failing half-way.
    write = connection.get_execution_options().get("dateline_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
