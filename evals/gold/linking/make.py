"""python evals/gold/linking/make.py: reports.jsonl, gold.jsonl and events.jsonl from source/*.toml.

The sources are written by hand; README.md says what each key means. Nothing here is drawn by
chance: the same sources give the same bytes.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_MARK = re.compile(r"\{(?P<event>[dt]\d\d)(?P<planned>\?)? (?P<words>[^{}]+)\}")
_QUOTED = re.compile(r"\{\{(?P<report>\w+):(?P<paragraph>\d+)\}\}")
_KEYS = {"as", "text", "of", "how", "edits", "order", "cut", "add", "origin", "truth"}


@dataclass(frozen=True, slots=True)
class Written:
    """A report as the sources have it, its text still marked."""

    key: str
    part: str
    outlet: str
    published: str | None
    title: str
    url: str
    marked: str
    copy_group: str
    revision_of: str | None
    origin: str
    truth: str


def read_sources(folder: Path) -> tuple[list[Written], dict[str, dict[str, Any]]]:
    """The reports in the order of the sources, and the events by key.

    Raises ValueError where a source names what is not there or an edit does not fit just once.
    """
    rows: dict[str, Mapping[str, Any]] = {}
    events: dict[str, dict[str, Any]] = {}
    for path in sorted((folder / "source").glob("*.toml")):
        part = path.stem.partition("_")[0]
        data = tomllib.loads(path.read_text("utf-8"))
        for key, row in data.get("reports", {}).items():
            if key in rows or set(row) - _KEYS:
                raise ValueError(f"{path.name}, {key}: doubled, or keys that nothing reads.")
            rows[key] = {**row, "part": part}
        for key, event in data.get("events", {}).items():
            if key in events:
                raise ValueError(f"{path.name}, {key}: doubled.")
            events[key] = {"part": part, **event}
    made: dict[str, Written] = {}
    for key in rows:
        _write(key, rows, made)
    return [made[key] for key in rows], events


def _write(key: str, rows: Mapping[str, Mapping[str, Any]], made: dict[str, Written]) -> Written:
    if key in made:
        return made[key]
    row = rows[key]
    outlet, published, title = row["as"]
    base = _write(row["of"], rows, made) if "of" in row else None
    same_text = base if row.get("how") != "template" else None
    revision = row.get("how") == "revision"
    if bool(published) == ("truth" in row):
        raise ValueError(f"{key}: give a date of publication or the truth, not both or none.")
    made[key] = Written(
        key=key,
        part=row["part"],
        outlet=outlet,
        published=published or None,
        title=title,
        url=base.url if base and revision else _url(outlet, key),
        marked=_edited(key, base.marked, row) if base else _quoting(row["text"], rows, made),
        copy_group=same_text.copy_group if same_text else key,
        revision_of=base.key if base and revision else None,
        origin=row.get("origin") or (same_text.origin if same_text else key),
        truth=row.get("truth") or published,
    )
    origin = made[key].origin
    if origin not in rows:
        raise ValueError(f"{key}: its origin {origin!r} is no report here.")
    return made[key]


def _url(outlet: str, key: str) -> str:
    host = re.sub(r"\W+", "-", outlet.lower())
    return f"https://{host}.example/{key}"


def _quoting(text: str, rows: Mapping[str, Mapping[str, Any]], made: dict[str, Written]) -> str:
    """The text with the paragraphs put in that it takes from others word for word."""

    def paragraph(match: re.Match[str]) -> str:
        source = _write(match["report"], rows, made).marked
        return source.split("\n\n")[int(match["paragraph"]) - 1]

    return _QUOTED.sub(paragraph, text.strip())


def _edited(key: str, text: str, row: Mapping[str, Any]) -> str:
    for old, new in row.get("edits", ()):
        if text.count(old) != 1:
            raise ValueError(
                f"{key}: {old!r} stands {text.count(old)} times in its base, not once."
            )
        text = text.replace(old, new)
    paragraphs = text.split("\n\n")[: row.get("cut")]
    if "order" in row:
        paragraphs = [paragraphs[number - 1] for number in row["order"]]
    if "add" in row:
        paragraphs.append(row["add"])
    return "\n\n".join(paragraphs)


def plain(marked: str) -> tuple[str, list[tuple[str, bool, int, int]]]:
    """The text without marks, and (event, planned, start, end) for each mark in it.

    >>> plain("It {d01 fired two} and {d02? will meet}.")
    ('It fired two and will meet.', [('d01', False, 3, 12), ('d02', True, 17, 26)])
    """
    pieces, marks, length, last = [], [], 0, 0
    for match in _MARK.finditer(marked):
        before = marked[last : match.start()]
        start = length + len(before)
        end = start + len(match["words"])
        pieces += [before, match["words"]]
        marks.append((match["event"], bool(match["planned"]), start, end))
        length, last = end, match.end()
    text = "".join([*pieces, marked[last:]])
    if "{" in text or "}" in text:
        raise ValueError(f"A mark is not whole: {text!r}")
    return text, marks


def lines(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yields (file name, line) for all three files."""
    reports, events = read_sources(folder)
    for report in reports:
        text, marks = plain(report.marked)
        yield (
            "reports.jsonl",
            {
                "id": report.key,
                "text": text,
                "title": report.title,
                "outlet": report.outlet,
                "url": report.url,
                "published": report.published,
            },
        )
        yield (
            "gold.jsonl",
            {
                "report": report.key,
                "copy_group": report.copy_group,
                "revision_of": report.revision_of,
                "origin": report.origin,
                "truth_published": report.truth,
                "undated": report.published is None,
                "part": report.part,
            },
        )
        for event, planned, start, end in marks:
            yield (
                "events.jsonl",
                {
                    "report": report.key,
                    "event": event,
                    "trigger_words": text[start:end],
                    "start": start,
                    "end": end,
                    "planned": planned,
                    "kind": events[event]["kind"],
                    "date": events[event]["date"],
                    "part": report.part,
                },
            )


def main() -> None:
    """Writes the three files beside this one."""
    texts: dict[str, list[str]] = {}
    for name, line in lines(HERE):
        texts.setdefault(name, []).append(json.dumps(line, ensure_ascii=False) + "\n")
    for name, made in texts.items():
        (HERE / name).write_text("".join(made), "utf-8")
        print(name, len(made))


if __name__ == "__main__":
    main()
