"""Builders for the tests of sources: our own small pages, archives and feeds, and reading them."""

from __future__ import annotations

import gzip
from pathlib import Path

from dateline.model import Problem, RawItem
from dateline.sources import read_all

STORY = (
    "North Korea fired two missiles into the sea on Monday, the military in Seoul said.",
    "Japan's coast guard told ships to stay away from what had fallen, and found no damage.",
    "Washington called for talks without conditions, as it had done twice that spring.",
)


def page(
    head: str = "", paragraphs: tuple[str, ...] = STORY, headline: str = "Two missiles"
) -> str:
    """A page with a menu and a footer around an article; `head` goes into its head element."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{headline} - Harbour Post</title>{head}</head>"
        f"<body><nav><a href='/'>Home</a> <a href='/asia'>Asia</a></nav><main><article>"
        f"<h1>{headline}</h1>{body}</article></main><footer>Copyright Harbour Post</footer></body></html>"
    )


def warc(pages: list[str], packed: bool = False) -> bytes:
    """An archive of one response record a page, each captured on its own day."""
    archive = b""
    for number, markup in enumerate(pages, start=1):
        body = markup.encode()
        http = (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body)
        ) + body
        record = (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-03-%02dT06:00:00Z\r\n"
            b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>\r\n"
            b"WARC-Target-URI: https://harbour.example/%d\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
            % (number, number, number, len(http))
        ) + http + b"\r\n\r\n"  # fmt: skip
        archive += gzip.compress(record, mtime=0) if packed else record
    return archive


def read_bytes(
    folder: Path, name: str, data: bytes | str, mapping: dict[str, str] | None = None
) -> tuple[list[RawItem], list[Problem]]:
    """What is read from a file of these bytes: its reports and its problems."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found = list(read_all([path], mapping=mapping))
    return (
        [item for item in found if isinstance(item, RawItem)],
        [item for item in found if isinstance(item, Problem)],
    )


def the_item(folder: Path, name: str, data: bytes | str) -> RawItem:
    """The one report in a file of these bytes, read without problems."""
    items, problems = read_bytes(folder, name, data)
    assert not problems
    assert len(items) == 1
    return items[0]
