"""WARC, plain or gzipped -> RawItems: each HTML response is a report, captured when it says."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from fastwarc.warc import ArchiveIterator, WarcRecordType

from dateline.model import Problem, RawItem
from dateline.sources.html import read_page
from dateline.sources.opened import MAX_ITEM_BYTES, Opened

_HTML = ("text/html", "application/xhtml+xml")


def sniff(head: bytes, name: str) -> bool:
    """True where the bytes begin with a WARC version line."""
    return head.startswith(b"WARC/")


def read(opened: Opened) -> Iterator[RawItem | Problem]:
    """Yields a report or a problem for each HTML response of an archive, in its order."""
    number = 0
    try:
        for record in ArchiveIterator(opened.stream, record_types=WarcRecordType.response):
            number += 1
            if (record.http_content_type or "").lower() not in _HTML:
                continue
            data = record.reader.read(MAX_ITEM_BYTES + 1)
            if len(data) > MAX_ITEM_BYTES:
                yield opened.problem("a page that is too large; not read", number)
                continue
            date = record.headers.get("WARC-Date")
            page = dataclasses.replace(
                opened,
                charset=record.http_charset,
                url=record.headers.get("WARC-Target-URI"),
                captured=date,
            )
            yield from read_page(page, data, number)
    except OSError as error:
        yield opened.problem(f"the archive cannot be read from here on ({error})", number + 1)
