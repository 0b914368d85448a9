"""WARC, plain or gzipped -> RawItems: each HTML response is a report, captured when it says."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from dateline.model import Problem, RawItem
from dateline.sources.html import read_page
from dateline.sources.opened import MAX_ITEM_BYTES, Opened, TooLarge

_HTML = ("text/html", "application/xhtml+xml")
_CHUNK = 1 << 16
_LONGEST_HEADER = 1 << 20
_LENGTH = re.compile(rb"^Content-Length:\s*(\d{1,15})\s*$", re.I | re.M)
_IN_MEMORY = 64 << 20  # bytes of an unpacked archive held in memory; the rest goes to disk


def sniff(head: bytes, name: str) -> bool:
    """True where the bytes begin with a WARC version line."""
    return head.startswith(b"WARC/")


def read(opened: Opened) -> Iterator[RawItem | Problem]:
    """Yields a report or a problem for each HTML response of an archive, in its order.

    Of an archive that breaks off, the whole records before the break are read.
    """
    if opened.stream.seekable():
        yield from _read_records(opened, opened.stream)
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:  # fastwarc needs a stream that seeks
        broken: Exception | None = None
        try:
            # `read1` hands over what was unpacked before a break; `read` would lose it.
            while chunk := opened.stream.read1(_CHUNK):  # type: ignore[attr-defined]
                spool.write(chunk)
        except (EOFError, TooLarge, OSError) as error:
            broken = error
        spool.seek(0)
        yield from _read_records(opened, spool)  # type: ignore[arg-type]
        if broken is not None:
            yield opened.problem(f"{broken}: the archive is read up to there")


def _read_records(opened: Opened, stream: BinaryIO) -> Iterator[RawItem | Problem]:
    number = last = 0
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.any_type):
            last = record.stream_pos
            if record.record_type == WarcRecordType.response:
                number += 1
                yield from _read_record(opened, record, number)
    except OSError as error:
        yield opened.problem(f"the archive cannot be read from here on ({error})", number + 1)
        return
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # fastwarc 2.0 panics where it should raise
            raise
        yield opened.problem(f"the archive cannot be read from here on ({error})", number + 1)
        return
    if not _ends_whole(stream, last):
        yield opened.problem("the archive breaks off inside a record")


def _ends_whole(stream: BinaryIO, at: int) -> bool:
    """Whether the records from offset `at` fill the stream: fastwarc drops half ones in silence."""
    size = stream.seek(0, io.SEEK_END)
    while at < size:
        stream.seek(at)
        header = stream.read(_LONGEST_HEADER)
        end = header.find(b"\r\n\r\n")
        length = _LENGTH.search(header[: max(end, 0)])
        if end < 0 or length is None:
            return not header.strip()
        at += end + len(b"\r\n\r\n") + int(length.group(1))
        if at > size:
            return False
        stream.seek(at)
        trailer = stream.read(_CHUNK)
        at += len(trailer) - len(trailer.lstrip(b"\r\n"))
    return True


def _read_record(opened: Opened, record: Any, number: int) -> Iterator[RawItem | Problem]:
    kind = (record.http_content_type or "").lower()
    if kind not in _HTML:
        return
    data = record.reader.read(MAX_ITEM_BYTES + 1)
    stated = record.http_headers.get("Content-Length") if record.http_headers else None
    if len(data) > MAX_ITEM_BYTES:
        yield opened.problem(f"a page larger than {MAX_ITEM_BYTES:,} bytes; not read", number)
        return
    if stated and stated.isdigit() and len(data) < int(stated):
        yield opened.problem(f"a page cut off at {len(data):,} of {stated} bytes; not read", number)
        return
    page = replace(
        opened,
        charset=record.http_charset,
        url=record.headers.get("WARC-Target-URI"),
        captured=record.headers.get("WARC-Date"),
    )
    yield from read_page(page, data, number)
