"""What a careful reader finds in the example is in its record (examples/korea/expected.jsonl)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.exports.objects import public_objects
from dateline.pipeline import build
from dateline.store import open_record
from dateline.store.contents import contents

FOLDER = Path(__file__).parent.parent / "examples" / "korea"
EXPECTED = [
    json.loads(line) for line in (FOLDER / "expected.jsonl").read_text("utf-8").splitlines()
]


class Found:
    """The example's record, by file name."""

    def __init__(self, objects: list[dict[str, Any]]) -> None:
        self.by_id = {o["id"]: o for o in objects if "id" in o}
        self.reports = {o["origin_of_bytes"]: o for o in objects if o["kind"] == "report"}
        self.events = [o for o in objects if o["kind"] == "event"]
        self.mentions = [o for o in objects if o["kind"] == "mention"]
        self.statements = [o for o in objects if o["kind"] == "statement"]

    def file(self, report: str) -> str:
        return str(self.by_id[report]["origin_of_bytes"])

    def cut(self, report: str, spans: list[list[int]]) -> str:
        text = self.by_id[report]["text"]
        return " … ".join(text[s:e] for s, e in spans)


@pytest.fixture(scope="session")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    path = tmp_path_factory.mktemp("example") / "korea.dateline"
    build([FOLDER / "reports"], path)
    with open_record(path) as record, record.reading() as connection:
        return Found(list(public_objects(contents(connection))))


def of(kind: str) -> list[Any]:
    chosen = [e for e in EXPECTED if e["kind"] == kind]
    return [
        pytest.param(
            e, id=f"{e.get('file') or e['files'][0]} {e.get('desk_kind', '')}{e.get('date', '')}"
        )
        for e in chosen
    ]


@pytest.mark.parametrize("expected", of("report"))
def test_report(found: Found, expected: dict[str, Any]) -> None:
    report = found.reports[expected["file"]]
    for field in ("outlet", "wire", "byline", "url", "language"):
        if field in expected:
            assert report[field] == expected[field], field
    if "published" in expected:
        stated = report["published"] if report["published"]["basis"] == "stated" else {}
        assert (stated.get("earliest") or "")[:10] == (expected["published"] or "")


def test_origins(found: Found) -> None:
    labels: dict[str, set[str]] = {}
    for expected in EXPECTED:
        if "origin" in expected:
            origin = found.reports[expected["file"]]["origin"]
            labels.setdefault(expected["origin"], set()).add(origin)
    assert all(len(origins) == 1 for origins in labels.values()), labels
    assert len({min(o) for o in labels.values()}) == len(labels), labels


@pytest.mark.parametrize("expected", of("event"))
def test_event(found: Found, expected: dict[str, Any]) -> None:
    date = expected["date"]
    first, last = date if isinstance(date, list) else (date, date)
    candidates = [
        e
        for e in found.events
        if e["desk_kind"] == expected["desk_kind"]
        and (e["when"]["earliest"] or "")[:10] == first
        and (e["when"]["latest"] or "")[:10] == last
    ]
    assert candidates, [
        (e["desk_kind"], e["when"]["edtf"], e["source"])
        for e in found.events
        if {found.file(r) for r in e["reports"]} & set(expected["files"])
    ]
    event = max(
        candidates,
        key=lambda e: len({found.file(r) for r in e["reports"]} & set(expected["files"])),
    )
    assert sorted({found.file(r) for r in event["reports"]}) == expected["files"]
    assert event["origins"] == expected["origins"]
    assert event["status"] == expected["status"]
    if "source" in expected:
        assert sorted(event["source"]) == expected["source"]
    if "count" in expected:
        assert expected["count"] in [c["value"] for c in event["counts"]]
    disagreements = {d["field"] for d in event["disagreements"]}
    assert set(expected.get("disagree", [])) <= disagreements


@pytest.mark.parametrize("expected", of("statement"))
def test_statement(found: Found, expected: dict[str, Any]) -> None:
    there = [s for s in found.statements if found.file(s["report"]) == expected["file"]]
    matching = [s for s in there if expected["words"] in found.cut(s["report"], s["content"])]
    assert matching, [found.cut(s["report"], s["content"]) for s in there]
    statement = min(matching, key=lambda s: sum(e - b for b, e in s["content"]))
    assert statement["speaker"] == expected["speaker"]
    assert statement["mode"] == expected["mode"]
    assert statement["negated"] == expected.get("negated", False)


def test_the_same_words_in_two_reports_are_linked(found: Found) -> None:
    (expected,) = [e for e in EXPECTED if e["kind"] == "same-words"]
    linked = {
        (found.file(s["report"]), found.file(found.by_id[o["statement"]]["report"]))
        for s in found.statements
        for o in s["same_words"]
    }
    assert (expected["a"], expected["b"]) in linked


def test_the_undated_report_is_dated_with_a_reason(found: Found) -> None:
    (expected,) = [e for e in EXPECTED if e["kind"] == "dated"]
    published = found.reports[expected["file"]]["published"]
    assert published["basis"] == "linked"
    assert published["reasons"]
    assert (published["earliest"] or "0000") <= expected["contains"]
    assert expected["contains"] <= (published["latest"] or "9999")


def test_nothing_cites_furniture(found: Found) -> None:
    claims = [*found.statements, *found.mentions]
    for claim in claims:
        furniture = found.by_id[claim["report"]]["furniture"]
        spans = claim.get("evidence") or claim["content"]
        for start, end in spans:
            assert not any(start < f[1] and f[0] < end and f[2] != "dateline" for f in furniture), (
                claim
            )
