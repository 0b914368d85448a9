"""The record: one SQLite file. Only this package speaks SQL."""

from dateline.store.record import Record, RecordError, open_record

__all__ = ["Record", "RecordError", "open_record"]
