"""JSON Lines, JSON and CSV -> RawItems: which column is which field, and one report a row.

Columns and keys are told by name, without regard to case, spaces or underscores; the first name
of a row here that the record has (with a value) is taken. `mapping` names others:
{"text": "story"}.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from dateline.model import Problem, RawItem
from dateline.sources.encoding import decode
from dateline.sources.opened import MAX_ITEM_BYTES, MAX_TEXT, Opened, peek

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "articlebody", "content", "fulltext", "story", "maintext", "description", "summary"),
    "title": ("title", "headline", "heading"),
    "url": ("url", "link", "sourceurl", "href"),
    "outlet": ("outlet", "publisher", "source", "sitename", "publication", "domain"),
    "byline": ("byline", "author", "authors", "creator"),
    "published": ("published", "publishedat", "publisheddate", "publicationdate", "datepublished", "datepublish", "pubdate", "date", "time", "timestamp"),
    "language": ("language", "lang", "inlanguage"),
    "based_on": ("basedon", "isbasedon"),
    "captured": ("captured", "capturedat", "datedownload", "retrieved"),
}  # fmt: skip
_NAMED = ("name", "title", "value", "@id", "url")  # what stands for a nested object, in order
_JSON_START = re.compile(rb'[\s\xef\xbb\xbf]*(?:\[\s*)?\{\s*(?:"|\})')
_DELIMITERS = ",;\t|"
_CSV_NAMES = (".csv", ".tsv")


def sniff_json(head: bytes, name: str) -> bool:
    """True where the bytes begin as a JSON object or a list of them does."""
    return _JSON_START.match(head) is not None


def read_json(opened: Opened) -> Iterator[RawItem | Problem]:
    """Yields a report or a problem for each line; a file that is one JSON value also does."""
    lines = _lines(opened)
    first = next(lines, None)
    if first is None:
        yield opened.problem("empty")
        return
    if first[1] is not None and _is_unfinished(first[1]):
        yield from _read_whole(opened, first[1] + b"".join(line or b"" for _, line in lines))
        return
    for number, line in _chain(first, lines):
        if line is None:
            yield opened.problem(f"line larger than {MAX_ITEM_BYTES:,} bytes; not read", number)
        elif line.strip():
            yield from _read_line(opened, number, line)


def sniff_csv(head: bytes, name: str) -> bool:
    """True where the first row names a column of text or title and at least one more we know."""
    first = head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace")
    cells = {_plain(cell.strip(" \"'\r")) for cell in first.split(_delimiter(first))}
    fields = {field for field, names in COLUMNS.items() if cells & set(names)}
    return name.lower().endswith(_CSV_NAMES) or (
        len(fields) >= 2 and bool(fields & {"text", "title"}) and len(first) < 2_000
    )


def read_csv(opened: Opened) -> Iterator[RawItem | Problem]:
    """Yields a report or a problem for each row after the header."""
    rows = _Rows(opened)
    header = next(rows.cells, None)
    if header is None:
        yield opened.problem("empty")
        return
    rows.take()
    if not {"text", "title"} & _fields(dict.fromkeys(header, "x"), opened.mapping).keys():
        yield opened.problem(_no_text(header))
        return
    try:
        for number, cells in enumerate(rows.cells, start=1):
            raw = rows.take()
            if rows.bad:
                yield opened.problem(rows.bad, number)
                rows.bad = None
            elif len(cells) > len(header):
                yield opened.problem(f"{len(cells)} cells under {len(header)} columns", number)
            elif any(cells):
                record = dict(zip(header, cells, strict=False))
                yield _item(opened, number, raw, record, "text/csv")
    except csv.Error as error:
        yield opened.problem(f"not CSV from here on ({error})")


class _Rows:
    """CSV cells row by row, remembering the bytes of each row."""

    def __init__(self, opened: Opened) -> None:
        csv.field_size_limit(MAX_ITEM_BYTES)
        self.bad: str | None = None
        self._taken: list[bytes] = []
        self._charset = _charset(opened)
        self._source = _lines(opened)
        first = next(self._source, None)
        text = self._decoded(first[1]) if first else ""
        rest = (self._decoded(line) for _, line in self._source)
        self.cells: Iterator[list[str]] = csv.reader(
            _chain(text, rest) if first else iter(()), delimiter=_delimiter(text)
        )

    def take(self) -> bytes:
        """The bytes read since the last call."""
        raw, self._taken = b"".join(self._taken), []
        return raw

    def _decoded(self, line: bytes | None) -> str:
        if line is None:
            self.bad = f"line larger than {MAX_ITEM_BYTES:,} bytes; not read"
            return ""
        self._taken.append(line)
        decoded = decode(line, self._charset)
        if decoded is None:
            self.bad = "not text in any encoding we could tell"
            return ""
        return decoded.text


def _chain(first: Any, rest: Iterable[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def _lines(opened: Opened) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines; None for one over the cap, which is skipped without being held."""
    stream = _eight_bit(opened)
    number = 0
    while line := stream.readline(MAX_ITEM_BYTES + 1):
        number += 1
        if len(line) <= MAX_ITEM_BYTES:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(MAX_ITEM_BYTES)
        yield number, None


def _eight_bit(opened: Opened) -> BinaryIO:
    """The stream, as UTF-8 where it is UTF-16 (spreadsheets export it), so that lines are lines."""
    if not peek(opened.stream).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return opened.stream
    return io.BytesIO(opened.read_item().decode("utf-16").encode())


def _charset(opened: Opened) -> str | None:
    """The encoding of a table, told once: row by row the guesses would differ."""
    if opened.charset:
        return opened.charset
    sample = peek(opened.stream)
    decoded = decode(sample[: sample.rfind(b"\n") + 1] or sample)
    return decoded.encoding if decoded and not decoded.encoding.startswith("utf-16") else None


def _loads(data: bytes) -> Any:
    decoded = decode(data)
    if decoded is None:
        return None
    try:
        return json.loads(decoded.text)
    except (ValueError, RecursionError):
        return None


def _is_unfinished(line: bytes) -> bool:
    """True where a first line is a list, or opens a JSON value that runs over lines."""
    value = _loads(line)
    return isinstance(value, list) or (value is None and line.strip()[-1:] in (b"{", b"[", b","))


def _read_line(opened: Opened, number: int, line: bytes) -> Iterator[RawItem | Problem]:
    record = _loads(line)
    if isinstance(record, dict):
        yield _item(opened, number, line.rstrip(b"\r\n"), record, "application/json")
    else:
        yield opened.problem("not a JSON object", number)


def _read_whole(opened: Opened, data: bytes) -> Iterator[RawItem | Problem]:
    value = _loads(data) if len(data) <= 4 * MAX_ITEM_BYTES else None
    records = value if isinstance(value, list) else [value]
    for number, record in enumerate(records, start=1):
        if isinstance(record, dict):
            raw = (
                data
                if not isinstance(value, list)
                else json.dumps(record, ensure_ascii=False).encode()
            )
            yield _item(opened, number, raw, record, "application/json")
        else:
            yield opened.problem("not a JSON object", number)


def _item(
    opened: Opened, number: int, raw: bytes, record: Mapping[str, Any], media: str
) -> RawItem | Problem:
    fields = _fields(record, opened.mapping)
    text = fields.pop("text", None) or fields.get("title")
    if not text:
        empty = bool({"text", "title"} & _fields(dict.fromkeys(record, "x"), opened.mapping).keys())
        return opened.problem("no text in it" if empty else _no_text(record), number)
    if len(text) > MAX_TEXT:
        return opened.problem(f"text of {len(text):,} characters is no report; not read", number)
    return RawItem(raw=raw, where=opened.item(number), media=media, text=text, **fields)


def _no_text(columns: Iterable[str]) -> str:
    names = ", ".join(str(name)[:40] for name in list(columns)[:12])
    return f"none of its columns ({names}) is known as text: say which is, as text=COLUMN"


def _fields(record: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, str]:
    by_name = {_plain(str(key)): value for key, value in record.items()}
    found: dict[str, str] = {}
    for field, names in COLUMNS.items():
        wanted = (_plain(mapping[field]),) if field in mapping else names
        for name in wanted:
            if value := _value(by_name.get(name)):
                found[field] = value
                break
    return found


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-.\ufeff]+", "", name).lower()


def _value(value: Any) -> str | None:
    """A cell as text: nested objects by their name, lists joined."""
    if isinstance(value, Mapping):
        return next((v for key in _NAMED if (v := _value(value.get(key)))), None)
    if isinstance(value, list):
        return ", ".join(v for part in value if (v := _value(part))) or None
    if value is None or isinstance(value, bool):
        return None
    text = str(value)
    return text if text.strip() else None


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)
