"""A web page -> RawItem: trafilatura's text, and what the page itself states about it.

Dates, outlet and author come from JSON-LD, meta tags and `<time>`, word for word; trafilatura's
own date search guesses from URLs and footers, so it is never asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from dateline.model import Problem, RawItem
from dateline.sources.article import article_text
from dateline.sources.encoding import decode
from dateline.sources.opened import MAX_TEXT, Opened

_MARKUP = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:article|div|p|meta|title|script|table)\b[^<]*>",
    re.I,
)
_NAMES = (".html", ".htm", ".xhtml")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def sniff(head: bytes, name: str) -> bool:
    """True where the bytes begin as a page does, or hold its tags and are named one."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        return name.lower().endswith(_NAMES) and _MARKUP.search(head) is not None
    return _MARKUP.search(head) is not None


def read(opened: Opened) -> Iterator[RawItem | Problem]:
    """Yields the one report of a page, or a problem where it holds no article."""
    yield from read_page(opened, opened.read_item())


def read_page(
    opened: Opened, data: bytes, record: int | None = None
) -> Iterator[RawItem | Problem]:
    """Yields the report on the page `data`, as record number `record` of its container if any."""
    declared = _META_CHARSET.search(data[:4096])
    charset = opened.charset or (declared.group(1).decode("ascii") if declared else None)
    decoded = decode(data, charset)
    if decoded is None:
        yield opened.problem("not text in any encoding we could tell (binary or damaged)", record)
        return
    markup = _XML_DECLARATION.sub("", decoded.text)
    tree = parse_markup(markup)
    text = None if tree is None else article_text(markup, tree)
    if tree is None or not text:
        yield opened.problem("no article text on this page", record)
        return
    if len(text) > MAX_TEXT:
        yield opened.problem(f"text of {len(text):,} characters is no report; not read", record)
        return
    if decoded.broken:
        yield opened.problem(
            f"{decoded.broken} characters could not be decoded; the rest is read", record
        )
    stated = stated_fields(tree)
    yield RawItem(
        raw=data,
        where=opened.item(record),
        media="text/html",
        text=text,
        captured=opened.captured,
        **{"url": opened.url, **stated},
    )


def parse_markup(markup: str) -> Any:
    """The element tree of a page, or None where lxml finds no element in it."""
    try:
        return lxml_html.document_fromstring(markup)  # type: ignore[no-untyped-call]
    except (etree.LxmlError, ValueError):
        return None


# --------------------------------------------------------------------------- what the page states

# The names that pages use, in order of how exactly they mean it. Meta tags are matched by their
# `property`, `name` or `itemprop`, in lower case.
_META: Mapping[str, tuple[str, ...]] = {
    "published": (
        "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
        "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
        "article.published", "cxenseparse:recs:publishtime", "publication_date", "publish-date",
        "publishdate", "pubdate", "originalpublicationdate", "date",
    ),
    "outlet": ("og:site_name", "dc.publisher", "publisher", "application-name"),
    "byline": ("author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "byl"),
    "title": ("og:title", "twitter:title", "headline", "dc.title"),
    "url": ("og:url",),
}  # fmt: skip
# Schema.org's own name of an article is the end of its type: NewsArticle, BlogPosting, Report.
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report)$")
_JSON_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>)\s*$")


def stated_fields(tree: Any) -> dict[str, str]:
    """What the page states of its report, by RawItem's field names, word for word.

    JSON-LD goes before meta tags, these before elements of the page. Where a page describes
    several articles, the one with the page's own address or headline is its article.
    """
    meta = _meta(tree)
    canonical = _first(tree.xpath("//link[@rel='canonical']/@href")) or meta.get("url")
    heading = _first(" ".join(h.text_content().split()) for h in tree.iter("h1"))
    article = _article(_linked_data(tree), canonical, (meta.get("title"), heading))
    document_title = _first(" ".join(t.text_content().split()) for t in tree.iter("title"))
    stated = {
        "published": article.get("published") or meta.get("published") or _time_element(tree),
        "outlet": article.get("outlet") or meta.get("outlet"),
        "byline": article.get("byline") or meta.get("byline"),
        "title": article.get("title") or meta.get("title") or heading or document_title,
        "url": canonical if _is_address(canonical) else article.get("url"),
        "language": article.get("language") or _first(tree.xpath("/html/@lang")),
        "based_on": article.get("based_on"),
    }
    return {field: value.strip() for field, value in stated.items() if value and value.strip()}


def _meta(tree: Any) -> dict[str, str]:
    by_name: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").lower()
            if content and name:
                by_name.setdefault(name, content)
    found: dict[str, str] = {}
    for field, names in _META.items():
        values = (by_name[name] for name in names if name in by_name)
        # An author's or publisher's page address is no name.
        value = next((v for v in values if field == "url" or not _is_address(v)), None)
        if value:
            found[field] = value
    return found


def _time_element(tree: Any) -> str | None:
    """The `datetime` that the page marks as its publication, or the only one in its article."""
    marked = tree.xpath(
        "//*[@itemprop='datePublished']/@datetime | //time[@pubdate]/@datetime"
        " | //*[@itemprop='datePublished']/@content"
    )
    values = marked or tree.xpath("//article//time/@datetime | //main//header//time/@datetime")
    return values[0] if len(set(values)) == 1 else None


def _linked_data(tree: Any) -> list[Mapping[str, Any]]:
    """All JSON-LD objects of the page, nested ones and those of lists and graphs too."""
    objects: list[Mapping[str, Any]] = []
    for script in tree.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            source = _JSON_COMMENT.sub("", script.text or "").strip()
            try:
                value, _ = json.JSONDecoder(strict=False).raw_decode(source)
            except (ValueError, RecursionError):
                continue
            _collect(value, objects)
    return objects


def _collect(value: Any, objects: list[Mapping[str, Any]]) -> None:
    if isinstance(value, dict):
        objects.append(value)
        for part in value.values():
            _collect(part, objects)
    elif isinstance(value, list):
        for part in value:
            _collect(part, objects)


def _article(
    objects: list[Mapping[str, Any]], canonical: str | None, titles: tuple[str | None, ...]
) -> dict[str, str]:
    """The fields of the object that describes this page's article; {} where none is told apart."""
    articles = [o for o in objects if any(_ARTICLE_TYPE.search(t) for t in _texts(o.get("@type")))]
    own = [o for o in articles if _is_about(o, canonical, titles)]
    if not own and len(articles) == 1:
        own = articles
    if not own:
        return {}
    by_id = {o["@id"]: o for o in objects if isinstance(o.get("@id"), str) and len(o) > 1}
    return {
        field: value for o in reversed(own) for field, value in _article_fields(o, by_id).items()
    }


def _is_about(
    article: Mapping[str, Any], canonical: str | None, titles: tuple[str | None, ...]
) -> bool:
    addresses = {
        _bare_address(a)
        for key in ("url", "@id", "mainEntityOfPage")
        for a in _names(article.get(key), {}, ("@id", "url"))
    }
    headline = next(iter(_texts(article.get("headline"))), "").casefold()
    return (canonical is not None and _bare_address(canonical) in addresses) or bool(
        headline and any(title and title.casefold().startswith(headline) for title in titles)
    )


def _article_fields(
    article: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]
) -> dict[str, str]:
    names = ("name", "legalName")
    address = ("url", "@id")
    found = {
        "published": _first(_texts(article.get("datePublished"))),
        "outlet": _first(_names(article.get("publisher"), by_id, names)),
        "byline": ", ".join(dict.fromkeys(_names(article.get("author"), by_id, names))) or None,
        "title": _first(_texts(article.get("headline"))),
        "url": _first(
            _names(article.get("url") or article.get("mainEntityOfPage"), by_id, address)
        ),
        "language": _first(_names(article.get("inLanguage"), by_id, ("alternateName", "name"))),
        "based_on": _first(_names(article.get("isBasedOn"), by_id, (*address, "name"))),
    }
    return {field: unescape(value) for field, value in found.items() if value}


def _texts(value: Any) -> list[str]:
    parts = value if isinstance(value, list) else [value]
    return [part for part in parts if isinstance(part, str) and part.strip()]


def _names(
    value: Any, by_id: Mapping[str, Mapping[str, Any]], keys: tuple[str, ...]
) -> Iterator[str]:
    """The names of what `value` is: texts, objects, or references to objects elsewhere."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, str) and part.strip():
            yield part.strip()
        elif isinstance(part, dict):
            full = by_id.get(part["@id"], part) if isinstance(part.get("@id"), str) else part
            yield from (text for key in keys for text in _texts(full.get(key))[:1])


def _first(values: Iterable[str]) -> str | None:
    return next((value for value in values if value.strip()), None)


def _is_address(value: str | None) -> bool:
    return value is not None and value.startswith(("http://", "https://"))


def _bare_address(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[#?].*$|/$", "", url.strip())
