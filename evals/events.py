"""Political events: PLOVER types of marked sentences, and full records, by the product's stages.

The PLOVER manual has one type a record: cooperation that lies ahead is AGREE, conflict that lies
ahead THREATEN, what is called for REQUEST, and what is refused REJECT. Dateline keeps the type of
the act and its status apart; `plover_type` joins them for the scorer and for nobody else.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.actors import find_actors
from dateline.desks import load_desk
from dateline.events import find_mentions, find_triggers
from dateline.events.status import find_status
from dateline.events.syntax import ancestors, mend
from dateline.language import analyse
from dateline.model import (
    Actor,
    ActorMention,
    Analysis,
    Desk,
    Mention,
    Report,
    Span,
    Status,
    content_id,
)
from dateline.times import find_times

_MARK = re.compile(r"</?[st]>")
_COOPERATION = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
_CONFLICT = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})


def predict(data: Path) -> Iterator[dict[str, Any]]:
    """Yields a line a row of a PLV or AW table (.tsv) or a record of the PLOVER gold standard.

    Tables: `{"id", "root"}`, the type of the event told between the marked source and target;
    only the sentence and its two marks are read, no other column. A row for which no trigger is
    found is left out. Records: `{"id", "events": [{"event", "actor", "recipient", "trigger"}]}`.
    """
    path = _file(data)
    desk = load_desk("korea")
    if path.suffix == ".tsv":
        yield from _predict_rows(path, desk)
    else:
        yield from _predict_records(path, desk)


def _file(data: Path) -> Path:
    if data.is_file():
        return data
    folder = data / "plover" if (data / "plover").is_dir() else data
    found = sorted(folder.glob("*.tsv")) or sorted(folder.glob("*GSR*"))
    if not found:
        raise FileNotFoundError(f"{data}: no .tsv and no gold standard records (…GSR…) there.")
    return found[0]


# --------------------------------------------------------------------------- marked sentences


@dataclass(frozen=True, slots=True)
class _Marked:
    id: str
    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]


def _predict_rows(path: Path, desk: Desk) -> Iterator[dict[str, Any]]:
    rows = list(_marked_rows(path))
    reports = [_report(row.id, row.text) for row in rows]
    for row, (report, analysis) in zip(rows, analyse(reports), strict=True):
        actors = _with_marks(row, find_actors(report, analysis, desk))
        times = find_times(report, analysis)
        mentions = find_mentions(report, analysis, actors, times, (), desk)
        best = _between(mentions)
        if best is not None:
            yield {"id": row.id, "root": plover_type(best.type, best.status)}
            continue
        told = _any_trigger(analysis, desk)
        if told is not None:
            yield {"id": row.id, "root": plover_type(*told)}


def _marked_rows(path: Path) -> Iterator[_Marked]:
    csv.field_size_limit(10**9)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t")):
            text, spans = _unmarked(row["marked_sentence"])
            yield _Marked(str(row.get("uid") or number), text, spans["s"], spans["t"])


def _unmarked(marked: str) -> tuple[str, dict[str, tuple[Span, ...]]]:
    """The sentence without `<s>` and `<t>`, and what they enclosed.

    >>> _unmarked("<s>Japan</s> met <t>China</t>.")
    ('Japan met China.', {'s': ((0, 5),), 't': ((10, 15),)})
    """
    spans: dict[str, list[Span]] = {"s": [], "t": []}
    opened: dict[str, int] = {}
    parts: list[str] = []
    length = at = 0
    for match in _MARK.finditer(marked):
        parts.append(marked[at : match.start()])
        length += match.start() - at
        at = match.end()
        name = match.group().strip("</>")
        if match.group().startswith("</"):
            if name in opened:
                spans[name].append((opened.pop(name), length))
        else:
            opened[name] = length
    parts.append(marked[at:])
    return "".join(parts), {name: tuple(found) for name, found in spans.items()}


def _report(where: str, text: str) -> Report:
    return Report(
        id=content_id("rep", where, text),
        where=where,
        sha256="",
        text=text,
        language="en",
        paragraphs=((0, len(text)),) if text.strip() else (),
    )


def _with_marks(row: _Marked, actors: Sequence[ActorMention]) -> list[ActorMention]:
    """The actors found, and the two that the data marks where the product found none."""
    found = [
        ActorMention(start, end, Actor(f"{role}:{start}", row.text[start:end], "group"), "", "name")
        for role, spans in (("source", row.source), ("target", row.target))
        for start, end in spans
    ]
    apart = [a for a in actors if all(a.end <= f.start or f.end <= a.start for f in found)]
    return sorted([*found, *apart], key=lambda a: (a.start, a.end))


def _between(mentions: Sequence[Mention]) -> Mention | None:
    """The mention told between source and target: both fit, else the source, else either."""

    def fit(mention: Mention) -> tuple[int, int]:
        source = any(a.startswith("source:") for a in mention.source)
        target = any(a.startswith("target:") for a in mention.target)
        turned = any(a.startswith("source:") for a in mention.target)
        return (2 * source + target - turned, -mention.trigger[0][0])

    return max(mentions, key=fit, default=None)


def _any_trigger(analysis: Analysis, desk: Desk) -> tuple[str, Status] | None:
    """Type and status of the sentence's highest trigger, where its parties were not found.

    Every row of these tables tells an event, which the product itself must not assume.
    """
    analysis = mend(analysis)
    found = [
        (len(list(ancestors(analysis, trigger.head))), number, trigger)
        for sentence in analysis.sentences
        for number, trigger in enumerate(find_triggers(analysis, sentence, desk))
    ]
    if not found:
        return None
    trigger = min(found, key=lambda f: f[:2])[2]
    return trigger.coding.type, find_status(analysis, trigger)


def plover_type(coded: str, status: Status) -> str:
    """The PLOVER type with the status in it, as the manual codes one event."""
    if status in ("planned", "conditional"):
        if coded in _COOPERATION:
            return "AGREE"
        if coded in _CONFLICT:
            return "THREATEN"
    if status == "called-for" and coded != "ACCUSE":
        return "REQUEST"
    if status == "denied" and coded in _COOPERATION | {"AGREE"}:
        return "REJECT"
    return coded


# --------------------------------------------------------------------------- records


def _predict_records(path: Path, desk: Desk) -> Iterator[dict[str, Any]]:
    records = [r for r in json.loads(path.read_text("utf-8")) if r.get("event") != "DOCUMENT"]
    ids = _record_ids(records)
    reports = [_report(name, record["text"]) for name, record in zip(ids, records, strict=True)]
    for report, analysis in analyse(reports):
        actors = find_actors(report, analysis, desk)
        mentions = find_mentions(report, analysis, actors, find_times(report, analysis), (), desk)
        codes = {a.actor.id: a.actor.state for a in actors}
        yield {"id": report.where, "events": [_event(report, m, codes) for m in mentions]}


def _record_ids(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """The records' ids; the second of one id is "ID#2", as the scorer has it."""
    seen: dict[str, int] = {}
    ids: list[str] = []
    for record in records:
        name = str(record["id"])
        seen[name] = seen.get(name, 0) + 1
        ids.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return ids


def _event(report: Report, mention: Mention, codes: Mapping[str, str | None]) -> dict[str, Any]:
    def parties(ids: Sequence[str], spans: Sequence[Span]) -> list[dict[str, str]]:
        return [
            {"text": report.text[start:end], "code": codes.get(name) or ""}
            for name, (start, end) in zip(ids, spans, strict=True)
        ]

    return {
        "event": plover_type(mention.type, mention.status),
        "actor": parties(mention.source, mention.source_words),
        "recipient": parties(mention.target, mention.target_words),
        "trigger": [report.text[start:end] for start, end in mention.trigger],
    }
