"""An opened input, and the limits that every reader keeps to: bytes in, nothing decided yet."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from dateline.model import Problem

# The largest honest inputs we met: a Common Crawl news WARC is 1 GiB packed and about 4 GiB
# unpacked, a year of one agency as JSON Lines under 100 MiB. Containers are streamed, so these
# guard the disk-full and bomb cases, not memory.
MAX_UNPACKED = 4 << 30
# A gzip bomb packs 1,000 to 1 (deflate's limit is 1,032); a feed's or WARC's text packs 3 to 30
# to 1. Counted only beyond the first 64 MiB, so small repetitive files pass.
MAX_RATIO = 200
RATIO_FROM = 64 << 20
# One text: the longest of Timeline17's and PolNeAR's articles has 60,000 characters; a book has
# a million. What is longer is no report, and parsing it would take hours.
MAX_TEXT = 1_000_000
# One page, mail or line of a table: the benchmark's largest page has 2.3 MB.
MAX_ITEM_BYTES = 16 << 20

BUFFER = 1 << 16  # bytes; what readers may look at to tell a format or an encoding
_CHUNK = 1 << 16
GZIP_MAGIC = b"\x1f\x8b"


class TooLarge(Exception):
    """An input passes a limit; the message says which."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One input, opened: its bytes, where they are from, and what its carrier said of them.

    `name` is the file's name (a hint only), `charset`, `url` and `captured` are what a server
    stated or `None`, `mapping` names columns or keys of tables ({"text": "story"}).
    """

    stream: BinaryIO
    where: str
    name: str = ""
    charset: str | None = None
    url: str | None = None
    captured: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)

    def read_item(self) -> bytes:
        """All the bytes, for formats that hold one text; raises TooLarge past the cap."""
        data = self.stream.read(MAX_ITEM_BYTES + 1)
        if len(data) > MAX_ITEM_BYTES:
            raise TooLarge(f"larger than {MAX_ITEM_BYTES:,} bytes; not read")
        return data

    def problem(self, why: str, record: int | None = None) -> Problem:
        """A problem with this input, or with one record of it."""
        return Problem("sources", self.item(record), why)

    def item(self, record: int | None = None) -> str:
        """Where a record of this input is: "stories.jsonl#12"."""
        return self.where if record is None else f"{self.where}#{record}"


class Unpacked(io.RawIOBase):
    """The bytes inside a gzip stream of any number of members, never more than the caps.

    Raises TooLarge past a cap and EOFError where the stream ends early or is damaged; what was
    unpacked before that has been handed over by then.
    """

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__()
        self._packed = packed
        self._inflate = zlib.decompressobj(wbits=31)
        self._fed = 0
        self._given = 0
        self._pending = b""
        self._in_member = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._next(len(view))
        view[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        while True:
            if not self._pending:
                self._pending = self._packed.read(_CHUNK)
                self._fed += len(self._pending)
                if not self._pending:
                    if self._in_member:
                        raise EOFError("the gzip stream ends early")
                    return b""
            if not self._in_member:
                self._pending = self._pending.lstrip(b"\0")  # padding between members
                if not self._pending:
                    continue
                self._inflate = zlib.decompressobj(wbits=31)
                self._in_member = True
            try:
                data = self._inflate.decompress(self._pending, size)
            except zlib.error as error:
                raise EOFError(f"the gzip stream is damaged ({error})") from error
            if self._inflate.eof:
                self._pending = self._inflate.unused_data
                self._in_member = False
            else:
                self._pending = self._inflate.unconsumed_tail
            self._given += len(data)
            self._check()
            if data:
                return data

    def _check(self) -> None:
        if self._given > MAX_UNPACKED:
            raise TooLarge(f"unpacks to more than {MAX_UNPACKED:,} bytes; the rest is not read")
        if self._given > RATIO_FROM and self._given > MAX_RATIO * self._fed:
            raise TooLarge(
                f"unpacks more than {MAX_RATIO} to 1 (a gzip bomb?); the rest is not read"
            )


def unpacked(packed: BinaryIO) -> io.BufferedReader:
    """A buffered stream of what is inside a gzip stream."""
    return io.BufferedReader(Unpacked(packed), buffer_size=BUFFER)


def peek(stream: BinaryIO) -> bytes:
    """The first bytes of a buffered stream, which stay in it; pipes may give few at once."""
    assert isinstance(stream, io.BufferedReader)
    return stream.peek(BUFFER)[:BUFFER]
