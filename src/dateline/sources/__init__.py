"""Bytes and where they are from -> RawItems. READERS is the table of formats."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from dateline.model import Problem, RawItem
from dateline.sources import feed, html, mail, table, text, warc
from dateline.sources.fetch import Fetcher, FetchError
from dateline.sources.opened import BUFFER, GZIP_MAGIC, Opened, TooLarge, peek, unpacked


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
    recursively in the order of their names, hidden entries left out. `where` is the file's name,
    or its path below the folder given, with "#12" for a record in it; never an absolute path.
    `now` (ISO 8601) becomes `captured` of what is fetched; `mapping` names columns of tables by
    field ({"text": "story"}); `allow_private` lets addresses of this machine's own network be
    fetched.
    """
    mapping = mapping or {}
    for given in map(str, inputs):
        if given == "-":
            yield from read(Opened(sys.stdin.buffer, "-", mapping=mapping))
        elif given.startswith(("http://", "https://")):
            yield from _read_address(given, allow_private, now, mapping)
        elif Path(given).is_dir():
            for file in _files(Path(given)):
                where = file.relative_to(given).as_posix()
                yield from _read_file(file, where, mapping)
        else:
            yield from _read_file(Path(given), Path(given).name, mapping)


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():  # a link may lead back up
            yield from _files(path)
        elif not path.is_dir():
            yield path


def _read_file(path: Path, where: str, mapping: Mapping[str, str]) -> Iterator[RawItem | Problem]:
    if path.exists() and not path.is_file():  # reading a pipe or a device may never end
        yield Problem("sources", where, "not a regular file")
        return
    try:
        with path.open("rb", buffering=BUFFER) as stream:
            yield from read(Opened(stream, where, name=path.name, mapping=mapping))
    except OSError as error:
        yield Problem("sources", where, error.strerror or str(error))


def _read_address(
    url: str, allow_private: bool, now: str | None, mapping: Mapping[str, str]
) -> Iterator[RawItem | Problem]:
    try:
        with Fetcher(allow_private=allow_private) as fetcher:
            fetched = fetcher.fetch(url)
    except FetchError as error:
        yield Problem("sources", url, str(error))
        return
    yield from read(
        Opened(
            io.BufferedReader(io.BytesIO(fetched.data), BUFFER),
            where=url,
            name=urlsplit(fetched.url).path.rpartition("/")[2],
            charset=fetched.charset,
            url=fetched.url,
            captured=now,
            mapping=mapping,
        )
    )


def read(opened: Opened) -> Iterator[RawItem | Problem]:
    """Yields the reports of one opened input, whatever its format, gzipped or not.

    Every failure of a reader ends as a Problem: what was read before it stands.
    """
    try:
        stream, head, name = opened.stream, peek(opened.stream), opened.name
        if head.startswith(GZIP_MAGIC):
            stream = unpacked(stream)
            head, name = peek(stream), name.removesuffix(".gz")
        reader = next(reader for reader in READERS if reader.sniff(head, name))
        yield from reader.read(replace(opened, stream=stream, name=name))
    except (TooLarge, EOFError) as error:
        yield opened.problem(str(error))
    except Exception as error:  # five parsers meet hostile bytes here: none may stop the rest
        yield opened.problem(f"cannot be read ({type(error).__name__}: {error})")
