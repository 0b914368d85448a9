"""RSS and Atom -> RawItems: every entry is a report; the feed's `<source>` is its outlet."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import feedparser
from lxml import etree
from lxml import html as lxml_html

from dateline.model import Problem, RawItem
from dateline.sources.opened import MAX_TEXT, Opened

_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_ENTRY = re.compile(rb"<(item|entry)[\s>]")
_TAG = re.compile(r"<[a-zA-Z/!]")
_BLOCKS = [
    "p",
    "div",
    "li",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "br",
    "figure",
    "figcaption",
    "section",
    "article",
]


def sniff(head: bytes, name: str) -> bool:
    """True where an RSS, Atom or RDF root element opens before any HTML does."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    root = _ROOT.search(head[:2048])
    return (
        start.startswith(b"<") and root is not None and b"<html" not in head[: root.start()].lower()
    )


def read(opened: Opened) -> Iterator[RawItem | Problem]:
    """Yields a report or a problem for each entry, in the feed's order."""
    data = opened.read_item()
    parsed: Any = feedparser.parse(  # type: ignore[attr-defined,no-untyped-call]
        io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False
    )
    raws = _raw_entries(data)
    if len(raws) != len(parsed.entries):  # tags in comments, or a damaged end
        raws = [b""] * len(parsed.entries)
    if parsed.bozo and not parsed.entries:
        yield opened.problem(f"not a feed we can read ({parsed.bozo_exception})")
    elif parsed.bozo:
        yield opened.problem(
            f"the feed is damaged ({parsed.bozo_exception}); read as far as it goes"
        )
    elif not parsed.entries:
        yield opened.problem("a feed without entries")
    for number, (entry, raw) in enumerate(zip(parsed.entries, raws, strict=True), start=1):
        yield _item(opened, number, raw, entry, parsed)


def _raw_entries(data: bytes) -> list[bytes]:
    """The bytes of each entry: a feed that grows leaves those of its older entries as they are."""
    starts = list(_ENTRY.finditer(data))
    bounds = [match.start() for match in starts] + [len(data)]
    raws = []
    for match, following in zip(starts, bounds[1:], strict=True):
        closing = b"</" + match.group(1)
        end = data.find(closing, match.end(), following)
        raws.append(data[match.start() : end + len(closing) + 1 if end >= 0 else following])
    return raws


def _item(opened: Opened, number: int, raw: bytes, entry: Any, parsed: Any) -> RawItem | Problem:
    title = _flat(entry.get("title"))
    text = text_of_markup(_body(entry)) or title
    if not text:
        return opened.problem("an entry with neither text nor title", number)
    if len(text) > MAX_TEXT:
        return opened.problem(f"text of {len(text):,} characters is no report; not read", number)
    feed = parsed.feed
    return RawItem(
        raw=raw or text.encode(),
        where=opened.item(number),
        media="application/feed+xml",
        text=text,
        title=title,
        url=entry.get("link"),
        outlet=_flat(entry.get("source", {}).get("title")) or _flat(feed.get("title")),
        byline=_flat(entry.get("author")),
        published=_published(entry, parsed.version),
        language=feed.get("language"),
        captured=opened.captured,
    )


def _body(entry: Any) -> str:
    """The entry's full content where it has one, else its summary."""
    contents = [part.get("value", "") for part in entry.get("content", ())]
    body: str = max([*contents, entry.get("summary", "")], key=len)
    return body


def _published(entry: Any, version: str) -> str | None:
    """The stated string; RSS 1.0's dc:date counts, Atom's `updated` is not a publication."""
    stated = entry.get("published")
    if not stated and version.startswith("rss"):
        stated = entry.get("updated")
    return stated or None


def _flat(markup: str | None) -> str | None:
    text = text_of_markup(markup or "")
    return " ".join(text.split()) or None


def text_of_markup(markup: str) -> str:
    """The text of a piece of HTML, a line a block; plain text comes back as it is.

    >>> text_of_markup("<p>Two missiles.</p><p>Both <b>fell</b> in the sea.</p>")
    'Two missiles.\\nBoth fell in the sea.'
    """
    if not _TAG.search(markup):
        return markup.strip()
    try:
        tree = _fragment(markup)
    except (etree.LxmlError, ValueError, AssertionError):  # nothing in it but a comment, say
        return ""
    for element in tree.iter("script", "style"):
        element.text = None
    for element in tree.iter(*_BLOCKS):
        element.tail = "\n" + (element.tail or "")
        element.text = "\n" + (element.text or "")
    rows = (" ".join(row.split()) for row in tree.text_content().split("\n"))
    return "\n".join(row for row in rows if row)


def _fragment(markup: str) -> Any:
    return lxml_html.fragment_fromstring(markup, create_parent="div")  # type: ignore[no-untyped-call]
