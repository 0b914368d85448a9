"""A page's markup -> the text of its article, a line a paragraph: trafilatura's, put right.

Two faults of `trafilatura.extract(favor_precision=True)` are mended, both measured on the 102
pages of the article-extraction-benchmark (F1 .954 as it is): where it keeps next to nothing of
what its default keeps, the default is taken; where an article stands in several containers of
one kind and only the first was read, the paragraphs of the others are added. Its list dashes and
table bars are left out: no reader saw them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import trafilatura

# A precise reading of fewer characters, and of less than this share of the default's, is a teaser
# and not the article (a longer one of a small share is right: the default ran on into others).
_TEASER = 500
_LOST = 0.5
# Paragraphs are added where at least this many of those read stand in a container of that kind.
_CONTAINER_PARAGRAPHS = 3
_PARAGRAPH_WORDS = 8  # shorter ones ("Read more", captions) are not added
_BLOCKS = frozenset(("p", "head", "item", "row", "quote", "code", "list", "table", "div", "ab"))
_ASIDE = re.compile(
    r"comment|related|footer|sidebar|promo|newsletter|caption|signup|share|author|bio\b", re.I
)


def article_text(markup: str, tree: Any) -> str | None:
    """The text of the article on a page, or None where there is none; `tree` is the page parsed."""
    lines = _extracted(markup, precise=True)
    fuller = _extracted(markup, precise=False)
    length = sum(map(len, lines))
    if length < _TEASER and length < _LOST * sum(map(len, fuller)):
        lines = fuller
    if not lines:
        return None
    return "\n".join(_completed(lines, tree))


def _extracted(markup: str, *, precise: bool) -> list[str]:
    document = trafilatura.bare_extraction(markup, include_comments=False, favor_precision=precise)
    body = getattr(document, "body", None)
    return [] if body is None else [line for line in _lines(body) if line]


def _lines(body: Any) -> Iterator[str]:
    """The paragraphs of trafilatura's tree, white space folded."""
    pieces: list[str] = []
    for piece in _pieces(body):
        if piece == "\n":
            yield " ".join("".join(pieces).split())
            pieces = []
        else:
            pieces.append(piece.replace("\n", " "))
    yield " ".join("".join(pieces).split())


def _pieces(element: Any) -> Iterator[str]:
    """Texts in document order, with a "\\n" wherever a block begins or ends."""
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:  # no recursion: pages nest thousands deep
        node, closing = stack.pop()
        block = node.tag in _BLOCKS
        if closing:
            yield "\n" if block else " " if node.tag == "cell" else ""
            if node is not element and node.tail:
                yield node.tail
            continue
        if block or node.tag == "lb":
            yield "\n"
        if node.text and isinstance(node.tag, str):
            yield node.text
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _completed(lines: list[str], tree: Any) -> list[str]:
    """The lines, with the paragraphs of the page that stand where they do and were not read."""
    read = {_plain(line): number for number, line in enumerate(lines)}
    everything = _plain(" ".join(lines))
    paragraphs = [(p, _plain(_text(p))) for p in tree.iter("p")]
    containers = Counter(_container(p) for p, text in paragraphs if text in read)
    after = -1
    added: dict[int, list[str]] = {}
    for paragraph, text in paragraphs:
        if text in read:
            after = read[text]
        elif (
            after >= 0
            and containers[_container(paragraph)] >= _CONTAINER_PARAGRAPHS
            and len(text.split()) >= _PARAGRAPH_WORDS
            and text not in everything
            and not _is_aside(paragraph)
            and not _is_link(paragraph)
        ):
            added.setdefault(after, []).append(" ".join(_text(paragraph).split()))
    return [line for number, own in enumerate(lines) for line in (own, *added.get(number, ()))]


def _container(paragraph: Any) -> tuple[tuple[str, str], ...]:
    """What a paragraph stands in: tags and classes of the paragraph and three elements above."""
    return tuple(
        (str(element.tag), " ".join(sorted((element.get("class") or "").split())))
        for element in [paragraph, *_above(paragraph, 3)]
    )


def _above(element: Any, levels: int) -> Iterable[Any]:
    for ancestor, _ in zip(element.iterancestors(), range(levels), strict=False):
        yield ancestor


def _is_aside(paragraph: Any) -> bool:
    return any(
        element.tag in ("aside", "footer", "nav", "figure", "figcaption", "form")
        or _ASIDE.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        for element in [paragraph, *_above(paragraph, 3)]
    )


def _is_link(paragraph: Any) -> bool:
    """Whether most of a paragraph is the text of links: a teaser of another article."""
    linked = sum(len(_text(link)) for link in paragraph.iter("a"))
    return linked > len(_text(paragraph)) / 2


def _text(element: Any) -> str:
    return "".join(element.xpath(".//text()[not(parent::script or parent::style)]"))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
