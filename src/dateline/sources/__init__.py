"""Bytes and where they are from -> RawItems. READERS is the table of formats."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dateline.model import Problem, RawItem
from dateline.sources import feed, html, mail, table, text, warc
from dateline.sources.opened import GZIP_MAGIC, Opened, TooLarge, unpacked

_HEAD = 8192  # bytes that a reader may look at to tell its format


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: `sniff(head, name)` tells it by its first bytes, `read` yields its reports."""

    name: str
    sniff: Callable[[bytes, str], bool]
    read: Callable[[Opened], Iterator[RawItem | Problem]]


# In order: the first that knows the bytes reads them. Text takes whatever is left.
READERS: tuple[Reader, ...] = (
    Reader("warc", warc.sniff, warc.read),
    Reader("feed", feed.sniff, feed.read),
    Reader("html", html.sniff, html.read),
    Reader("mail", mail.sniff, mail.read),
    Reader("json", table.sniff_json, table.read_json),
    Reader("csv", table.sniff_csv, table.read_csv),
    Reader("text", text.sniff, text.read),
)


def read_all(
    inputs: Sequence[str | Path],
    *,
    allow_private: bool = False,
    now: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Iterator[RawItem | Problem]:
    """Yields every report in files, folders, "-" (standard input) and http(s) addresses.

    What cannot be read is yielded as a Problem and the rest is read. Folders are read
    recursively in the order of their names, hidden entries left out. `now` (ISO 8601) becomes
    `captured` of what is fetched; `mapping` names columns of tables by field.
    """
    for given in inputs:
        yield from _read_input(str(given), allow_private, now, mapping or {})


def _read_input(
    given: str, allow_private: bool, now: str | None, mapping: Mapping[str, str]
) -> Iterator[RawItem | Problem]:
    if given == "-":
        yield from read(Opened(sys.stdin.buffer, "-", mapping=mapping))
    elif given.startswith(("http://", "https://")):
        yield Problem("sources", given, "fetching is not there yet")
    else:
        path = Path(given)
        if path.is_dir():
            for file in _files(path):
                yield from _read_file(file, file.relative_to(path).as_posix(), mapping)
        else:
            yield from _read_file(path, path.name, mapping)


def _files(folder: Path) -> Iterable[Path]:
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _files(path)
        else:
            yield path


def _read_file(path: Path, where: str, mapping: Mapping[str, str]) -> Iterator[RawItem | Problem]:
    try:
        with path.open("rb") as stream:
            yield from read(Opened(stream, where, name=path.name, mapping=mapping))
    except OSError as error:
        yield Problem("sources", where, error.strerror or str(error))


def read(opened: Opened) -> Iterator[RawItem | Problem]:
    """Yields the reports of one opened input, whatever its format, gzipped or not."""
    import dataclasses

    try:
        stream: BinaryIO = (
            io.BufferedReader(opened.stream, 1 << 16)
            if not hasattr(opened.stream, "peek")
            else opened.stream
        )  # type: ignore[arg-type]
        head = _peek(stream)
        name = opened.name
        if head.startswith(GZIP_MAGIC):
            stream = unpacked(stream)
            name = name.removesuffix(".gz")
            head = _peek(stream)
        opened = dataclasses.replace(opened, stream=stream, name=name)
        reader = next(r for r in READERS if r.sniff(head, name))
        yield from reader.read(opened)
    except (TooLarge, EOFError) as error:
        yield opened.problem(str(error))


def _peek(stream: BinaryIO) -> bytes:
    return stream.peek(_HEAD)[:_HEAD]  # type: ignore[attr-defined,no-any-return]
