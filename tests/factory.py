"""Builders for tests: a report and its analysis from a few words."""

from __future__ import annotations

import re

from dateline.language import analyse
from dateline.model import UNKNOWN_TIME, Analysis, Report, Time, content_id


def day(iso: str) -> Time:
    """A stated publication day."""
    return Time(edtf=iso, earliest=iso, latest=iso, basis="stated")


def report(text: str, published: str | None = None, **fields: object) -> Report:
    """A report of plain text whose paragraphs are its lines, published on an ISO day or unknown."""
    base: dict[str, object] = {
        "id": content_id("rep", text, published),
        "where": "test.txt",
        "sha256": "",
        "text": text,
        "language": "en",
        "published": day(published) if published else UNKNOWN_TIME,
        "paragraphs": tuple(m.span() for m in re.finditer(r"\S[^\n]*", text)),
    }
    return Report(**(base | fields))  # type: ignore[arg-type]


def analysed(text: str, published: str | None = None, **fields: object) -> tuple[Report, Analysis]:
    """A report as `report` builds it, with its analysis."""
    return next(iter(analyse([report(text, published, **fields)])))
