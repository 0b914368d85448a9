"""Plain text and Markdown -> RawItem: the file is the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.model import Problem, RawItem
from dateline.sources.encoding import decode
from dateline.sources.opened import MAX_TEXT, Opened

_MARKDOWN_NAMES = (".md", ".markdown")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.S)
_KEY = re.compile(r"^(\w[\w -]*?)[ \t]*:[ \t]*(\S.*?)[ \t]*\r?$", re.M)
_HEADING = re.compile(r"^#[ \t]+(\S.*?)[ \t#]*\r?$", re.M)
_KEYS = {
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical"),
    "outlet": ("outlet", "publisher", "source"),
    "byline": ("byline", "author"),
    "published": ("published", "date", "datepublished"),
    "language": ("language", "lang"),
}


def sniff(head: bytes, name: str) -> bool:
    """True: what no other reader takes is read as text, or found not to be."""
    return True


def read(opened: Opened) -> Iterator[RawItem | Problem]:
    """Yields the one report of a text file, with its front matter's or heading's title if any."""
    data = opened.read_item()
    if not data.strip():
        yield opened.problem("empty")
        return
    decoded = decode(data, opened.charset)
    if decoded is None:
        yield opened.problem("not text in any encoding we could tell (binary or damaged)")
        return
    if len(decoded.text) > MAX_TEXT:
        yield opened.problem(
            f"one text of {len(decoded.text):,} characters (over {MAX_TEXT:,}) is no report; not read"
        )
        return
    if decoded.broken:
        yield opened.problem(f"{decoded.broken} characters could not be decoded; the rest is read")
    yield item(opened, data, decoded.text)


def item(opened: Opened, data: bytes, text: str) -> RawItem:
    """The report that `text` is."""
    stated = _front_matter(text)
    markdown = bool(stated) or opened.name.lower().endswith(_MARKDOWN_NAMES)
    heading = _HEADING.search(text) if markdown else None
    return RawItem(
        raw=data,
        where=opened.where,
        media="text/markdown" if markdown else "text/plain",
        text=text,
        title=stated.get("title") or (heading.group(1) if heading else None),
        url=stated.get("url") or opened.url,
        outlet=stated.get("outlet"),
        byline=stated.get("byline"),
        published=stated.get("published"),
        language=stated.get("language"),
        captured=opened.captured,
    )


def _front_matter(text: str) -> dict[str, str]:
    match = _FRONT_MATTER.match(text.removeprefix("\ufeff"))
    if match is None:
        return {}
    rows = {key.lower(): value.strip("\"'") for key, value in _KEY.findall(match.group(1))}
    return {
        field: rows[name]
        for field, names in _KEYS.items()
        for name in reversed(names)
        if name in rows
    }
