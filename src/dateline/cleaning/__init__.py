"""RawItem -> Report: text kept as it is, furniture marked, title, date, outlet and wire told.

A text is cut into blocks (lines, or runs of hard-wrapped lines). The finders of `furniture.py`,
with the words of `lexicon/furniture.toml`, say which blocks, or which ends of blocks, are not
story. What is left, trimmed, are the report's paragraphs.
"""

from __future__ import annotations

import hashlib

from dateline.cleaning.blocks import Marks, find_paragraphs
from dateline.cleaning.furniture import FINDERS, Found
from dateline.cleaning.published import parse_published
from dateline.cleaning.wires import Wires, find_outlet, find_wire
from dateline.model import Desk, RawItem, Report, content_id

__all__ = ["clean", "find_paragraphs"]


def clean(item: RawItem, desk: Desk) -> Report:
    """The report that an item is: its text as read, with what is not story marked.

    >>> text = "SEOUL, July 24 (AP) -- Two missiles fell.\\nRead more: Maps of the sea"
    >>> item = RawItem(b"", "a.txt", "text/plain", text)
    >>> report = clean(item, Desk("x", "x", wires={"AP": ("Associated Press",)}))
    >>> [report.text[start:end] for start, end in report.paragraphs]
    ['Two missiles fell.']
    >>> report.wire, report.dateline.place, [f.kind for f in report.furniture]
    ('AP', 'Seoul', ['dateline', 'link'])
    """
    text = item.text
    wires = Wires(desk)
    marks = Marks(text)
    found = Found(title=item.title, byline=item.byline)
    for find in FINDERS:
        find(marks, found, wires)
    furniture = marks.furniture()
    paragraphs = find_paragraphs(text, furniture)
    if not paragraphs:  # a headline alone is all that was published
        furniture = tuple(mark for mark in furniture if mark.kind != "title")
        paragraphs = find_paragraphs(text, furniture)
    outlet, publisher_wire = find_outlet(item.url, item.outlet or found.outlet, desk, wires)
    wire, wire_words = find_wire(marks, found.dateline, wires)
    if wire is None:
        wire = (
            wires.named_in(item.byline) or publisher_wire or wires.of_address(item.based_on, desk)
        )
    published = parse_published(item.published) if item.published else found.published
    return Report(
        id=content_id("rep", text, item.url, item.outlet, item.title, item.published),
        where=item.where,
        sha256=hashlib.sha256(item.raw).hexdigest(),
        text=text,
        media=item.media,
        outlet=outlet,
        url=item.url,
        title=found.title,
        byline=found.byline,
        published=published,
        captured=item.captured,
        language=item.language,
        furniture=furniture,
        paragraphs=paragraphs,
        dateline=found.dateline,
        wire=wire,
        wire_words=wire_words,
        based_on=item.based_on,
    )
