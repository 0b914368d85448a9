"""Whose words a report carries: the desk's agencies, credits in the text, and the outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from dateline.cleaning.blocks import Marks, plain_words
from dateline.model import Dateline, Desk, Span


class Wires:
    """The desk's agencies: their short names by any name they go by."""

    def __init__(self, desk: Desk) -> None:
        self._outlets = {plain_words(n) for o in desk.outlets for n in (o.name, *o.aliases)} - {""}
        self._by_name = {
            name.casefold(): short
            for short, names in desk.wires.items()
            for name in (short, *names)
        }
        names = sorted(
            {name for short, names in desk.wires.items() for name in (short, *names)},
            key=lambda name: (-len(name), name),
        )
        either = "|".join(map(re.escape, names)) if names else r"(?!)"
        self._name = re.compile(rf"(?<!\w)(?:the )?(?P<wire>{either})(?!\w)", re.I)
        self._row = re.compile(
            rf"\W*(?:(?:source|via|from|credit)s? ?:? ?)?(?:the )?(?:{either})(?:\W+(?:and )?(?:{either}))*\W*",
            re.I,
        )
        self._credit = re.compile(
            rf"(?:^|(?<=[\s(,|/–—-]))(?:\((?P<bracketed>{either})\)"
            rf"|(?:the )?(?P<contributed>{either})(?: \w+){{0,6}} contributed\b"
            rf"|contribut\w+:?[^.]{{0,80}}?(?P<contributing>{either})"
            rf"|(?:source|credit|via|©|copyright)[\s:(]*(?:\d{{4}} )?(?:the )?(?P<source>{either}))(?!\w)",
            re.I,
        )

    def is_outlet(self, text: str) -> bool:
        """Whether a row is nothing but the name of an outlet that the desk knows."""
        return plain_words(text) in self._outlets

    def short(self, name: str | None) -> str | None:
        """The short name of an agency by one of its names, "the" and case apart."""
        if name is None:
            return None
        plain = " ".join(name.casefold().split())
        return self._by_name.get(plain) or self._by_name.get(plain.removeprefix("the "))

    def named(self, text: str) -> tuple[str, Span] | None:
        """The first agency named in a byline or a row, and where."""
        match = self._name.search(text)
        return (self._by_name[match["wire"].casefold()], match.span("wire")) if match else None

    def named_in(self, text: str | None) -> str | None:
        """The short name of the first agency named in a text that may be missing."""
        credit = self.named(text) if text else None
        return credit[0] if credit else None

    def of_address(self, url: str | None, desk: Desk) -> str | None:
        """The agency at whose address a report says its original stands."""
        host = _host(url)
        outlet = next((o for o in desk.outlets if host and _is_of(host, o.hosts)), None)
        return (outlet.wire or self.short(outlet.name)) if outlet else None

    def is_credit(self, text: str) -> bool:
        """Whether a row is nothing but an agency's name: "- Reuters", "Source: AP", "(AFP)"."""
        return self._row.fullmatch(text) is not None

    def credit(self, text: str) -> tuple[str, Span] | None:
        """The first agency that a text credits, not merely cites: "(AP)", "AP contributed"."""
        match = self._credit.search(text)
        if match is None:
            return None
        group = next(name for name, value in match.groupdict().items() if value)
        return self._by_name[match[group].casefold()], match.span(group)


def find_outlet(
    url: str | None, stated: str | None, desk: Desk, wires: Wires
) -> tuple[str | None, str | None]:
    """The outlet by the desk's name for it, and the agency where one is named as publisher.

    Sites that carry an agency's story often name the agency as its publisher: the address at
    which the story stands tells the outlet then. Where nothing is stated, the host is the name.
    """
    host = _host(url)
    by_host = next((o for o in desk.outlets if host and _is_of(host, o.hosts)), None)
    if stated is None:
        return (by_host.name if by_host else host), None
    name = plain_words(stated)
    by_name = next(
        (o for o in desk.outlets if name in map(plain_words, (o.name, *o.aliases))), None
    )
    wire = wires.short(stated)
    if wire and host and not (by_name and _is_of(host, by_name.hosts)) and by_name != by_host:
        return (by_host.name if by_host else host), wire
    return (by_name.name if by_name else stated), wire


def find_wire(
    marks: Marks, dateline: Dateline | None, wires: Wires
) -> tuple[str | None, Span | None]:
    """The agency that the text credits, and the words that do: dateline, byline, note, closing row.

    "According to Yonhap" cites and does not credit; a photograph's credit is not the text's.
    """
    if dateline and dateline.wire:
        at = marks.text.index("(", dateline.start, dateline.end) + 1
        return dateline.wire, (at, marks.text.index(")", at, dateline.end))
    for number, block in enumerate(marks.blocks):
        kind = marks.taken(number)
        if _PICTURE.search(block.text):
            continue
        credit = None
        if kind == "byline":
            credit = wires.named(block.text)
        elif kind is not None or number in (0, len(marks.blocks) - 1):
            credit = wires.credit(block.text)
        if credit:
            return credit[0], _moved(credit[1], block.start)
    return None, None


_PICTURE = re.compile(r"\b(?:photo|photograph|image|picture|video|graphic|caption)s?\b", re.I)


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return host.removeprefix("www.") or None


def _is_of(host: str, hosts: Iterable[str]) -> bool:
    return any(host == h or host.endswith("." + h) for h in hosts)
