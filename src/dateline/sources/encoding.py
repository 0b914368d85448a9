"""Bytes -> text: which encoding, and whether they are text at all."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Web pages say Latin-1 or ASCII and mean Windows-1252 (WHATWG Encoding, 4.2).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252"}
_SAMPLE = 256 << 10  # bytes; charset-normalizer looks at chunks of it, more only costs time
# Of UTF-8 with a few bytes broken (a cut character, a stray Latin-1 quotation mark) at most this
# share is broken; other encodings taken for UTF-8 break at every accented letter.
_FEW_BROKEN = 0.001
# Random bytes hold 10 % control characters, news none; form feeds and the like are rare.
_FEW_CONTROLS = 0.002
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x85\x1c\x1d\x1e\x1f\x7f")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and how many characters could not be read (U+FFFD)."""

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """The text of `data`, or None where it is not text.

    Tried in order: a byte order mark, the declared charset, UTF-8, UTF-8 with a few broken
    bytes, and what charset-normalizer finds.
    """
    decoded = _decode(data, declared)
    return decoded if decoded is not None and _is_text(decoded.text) else None


def _decode(data: bytes, declared: str | None) -> Decoded | None:
    for mark, marked in _BOMS:
        if data.startswith(mark):
            return _try(data, marked)
    if b"\0" in data[:_SAMPLE] and not (declared or "").lower().startswith(("utf-16", "utf-32")):
        return None
    known = _known(declared)
    for encoding in (known, "utf-8"):
        if encoding and (decoded := _try(data, encoding)):
            return decoded
    text = data.decode("utf-8", "replace")
    broken = text.count("�")
    if broken <= _FEW_BROKEN * len(text) or (known == "utf-8" and broken <= 0.01 * len(text)):
        return Decoded(text, "utf-8", broken)
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    text = data.decode(best.encoding, "replace")
    return Decoded(text, best.encoding, text.count("�"))


def _known(declared: str | None) -> str | None:
    try:
        name = codecs.lookup((declared or "").strip(" \"'")).name
    except (LookupError, ValueError):
        return None
    return _MEANT.get(name, name)


def _try(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeError, LookupError, TypeError):
        return None


def _is_text(text: str) -> bool:
    sample = text[:_SAMPLE]
    controls = sum(
        1
        for c in sample
        if (c < " " or "\x7f" <= c < "\xa0" or c == "�") and c not in _ALLOWED_CONTROLS
    )
    return controls <= max(_FEW_CONTROLS * len(sample), 2)
