"""CSV: one table a kind, for spreadsheets. Every row carries the words that stand behind it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

Object = Mapping[str, Any]

_EXCEL_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Texts:
    """The words behind spans, by report."""

    def __init__(self, objects: Iterable[Object]) -> None:
        self.by_report = {o["id"]: o["text"] for o in objects if o["kind"] == "report"}

    def cut(self, report: str, spans: Iterable[Iterable[int]]) -> str:
        text = self.by_report.get(report, "")
        return " … ".join(text[s:e] for s, e in spans)


def _time(prefix: str, time: Object) -> dict[str, Any]:
    return {f"{prefix}_{k}": time[k] for k in ("edtf", "earliest", "latest", "basis")}


def _counts(counts: Iterable[Object]) -> str:
    return "; ".join(
        ("about " if c["approx"] else "")
        + ("several" if c["value"] is None else f"{c['value']:g}")
        + f" {c['what']}"
        for c in counts
    )


def _report_row(o: Object, _: _Texts) -> dict[str, Any]:
    keys = ("id", "outlet", "title", "byline", "url", "language", "wire", "origin", "copy_of")
    return (
        {k: o[k] for k in keys}
        | _time("published", o["published"])
        | {"file": o["origin_of_bytes"], "sha256": o["sha256"]}
    )


def _statement_row(o: Object, texts: _Texts) -> dict[str, Any]:
    return {
        "id": o["id"],
        "report": o["report"],
        "speaker": o["speaker"],
        "speaker_words": texts.cut(o["report"], o["speaker_words"]),
        "cue": texts.cut(o["report"], o["cue"]),
        "content": texts.cut(o["report"], o["content"]),
        "mode": o["mode"],
        "negated": o["negated"],
        **_time("made", o["made"]),
        "place": o["place"],
        "to": "; ".join(o["to"]),
        "about": "; ".join(o["about"]),
    }


def _mention_row(o: Object, texts: _Texts) -> dict[str, Any]:
    return {
        **{k: o[k] for k in ("id", "report", "event", "type", "desk_kind", "cameo", "status")},
        "source": "; ".join(o["source"]),
        "target": "; ".join(o["target"]),
        **_time("when", o["when"]),
        "place": o["place"]["name"] if o["place"] else None,
        "counts": _counts(o["counts"]),
        "according_to": o["according_to"],
        "evidence": texts.cut(o["report"], o["evidence"]),
    }


def _event_row(o: Object, _: _Texts) -> dict[str, Any]:
    place = o["place"] or {}
    return {
        **{k: o[k] for k in ("id", "type", "desk_kind", "status", "origins")},
        "source": "; ".join(o["source"]),
        "target": "; ".join(o["target"]),
        **_time("when", o["when"]),
        "place": place.get("name"),
        "lat": place.get("lat"),
        "lon": place.get("lon"),
        "counts": _counts(o["counts"]),
        "reports": len(o["reports"]),
        "disagree_on": "; ".join(d["field"] for d in o["disagreements"]),
    }


def _problem_row(o: Object, _: _Texts) -> dict[str, Any]:
    return {k: o[k] for k in ("stage", "where", "why")}


TABLES: dict[str, tuple[str, Callable[[Object, _Texts], dict[str, Any]]]] = {
    "events": ("event", _event_row),
    "mentions": ("mention", _mention_row),
    "statements": ("statement", _statement_row),
    "reports": ("report", _report_row),
    "problems": ("problem", _problem_row),
}


def _inert(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: such text gets a quote mark before it."""
    if isinstance(value, str) and value.startswith(_EXCEL_FORMULA):
        return "'" + value
    return value


def write_table(objects: Iterable[Object], table: str, out: TextIO) -> int:
    """Writes one table as CSV; returns how many rows (the heading not counted)."""
    kind, row_of = TABLES[table]
    kept = list(objects)
    texts = _Texts(kept)
    rows = [row_of(o, texts) for o in kept if o["kind"] == kind]
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: _inert(v) for k, v in row.items()} for row in rows)
    return len(rows)


def write_tables(objects: Iterable[Object], folder: Path) -> dict[str, int]:
    """Writes every table into `folder`; returns rows by file name."""
    kept = list(objects)
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, int] = defaultdict(int)
    for table in TABLES:
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as out:
            written[f"{table}.csv"] = write_table(kept, table, out)
    return dict(written)
