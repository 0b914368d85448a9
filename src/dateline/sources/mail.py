"""An e-mail (.eml) -> RawItem: its text part; attachments are named as not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from dateline.model import Problem, RawItem
from dateline.sources.article import article_text
from dateline.sources.encoding import decode
from dateline.sources.feed import text_of_markup
from dateline.sources.html import parse_markup
from dateline.sources.opened import MAX_TEXT, Opened

_HEADERS = re.compile(
    rb"^(?:Return-Path|Received|Delivered-To|Message-ID|MIME-Version|From|To|Subject|Date|Content-Type|Sender|Reply-To|List-Id|DKIM-Signature)[ \t]*:",
    re.I | re.M,
)
_ENOUGH = 3  # kinds of header before the first blank line; a text with "Date:" and "From:" has two


def sniff(head: bytes, name: str) -> bool:
    """True where the bytes begin with a block of mail headers."""
    block = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    kinds = {match.group(0).lower() for match in _HEADERS.finditer(block)}
    starts = _HEADERS.match(block) is not None or block.startswith(b"From ")
    return starts and len(kinds) >= (2 if name.lower().endswith(".eml") else _ENOUGH)


def read(opened: Opened) -> Iterator[RawItem | Problem]:
    """Yields the report that a mail is, and a problem for each attachment it carries."""
    data = opened.read_item()
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    for part in message.iter_attachments():
        name = part.get_filename() or part.get_content_type()
        yield opened.problem(f"attachment {name!r} is not read")
    text = _text(message)
    if not text:
        yield opened.problem("a mail without a text or HTML part")
    elif len(text) > MAX_TEXT:
        yield opened.problem(f"text of {len(text):,} characters is no report; not read")
    else:
        yield RawItem(
            raw=data,
            where=opened.where,
            media="message/rfc822",
            text=text,
            title=_header(message, "Subject"),
            outlet=_sender(message),
            published=_header(message, "Date"),
            captured=opened.captured,
        )


def _text(message: EmailMessage) -> str | None:
    body = message.get_body(("plain", "html"))
    if body is None:
        return None
    payload = body.get_payload(decode=True)
    decoded = decode(payload, body.get_content_charset()) if isinstance(payload, bytes) else None
    if decoded is None:
        return None
    if body.get_content_type() == "text/html":
        return _article(decoded.text)
    return decoded.text if decoded.text.strip() else None


def _article(markup: str) -> str | None:
    """The article of an HTML part, or all its text: newsletters are seldom set as articles."""
    tree = parse_markup(markup)
    return (
        (article_text(markup, tree) if tree is not None else None) or text_of_markup(markup) or None
    )


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return (" ".join(str(value).split()) or None) if value is not None else None


def _sender(message: EmailMessage) -> str | None:
    """The sender's display name, else the address."""
    header = message.get("From")
    for address in getattr(header, "addresses", ()):
        return address.display_name or address.addr_spec or None
    return None
