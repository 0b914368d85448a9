"""JSON Lines, JSON and CSV."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import read_bytes

from dateline.model import RawItem
from dateline.sources import read_all

KCNA = Path(__file__).parents[3] / "shared" / "data" / "korea" / "kcna.jsonl.gz"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        pytest.param('{"text": "a"}', "text", "a", id="text"),
        pytest.param('{"Article_Body": "a"}', "text", "a", id="case-and-underscores"),
        pytest.param('{"body": "", "content": "b"}', "text", "b", id="first-with-a-value"),
        pytest.param('{"description": "d", "content": "c"}', "text", "c", id="full-before-summary"),
        pytest.param('{"text": "a", "date": "2024-01-02"}', "published", "2024-01-02", id="date"),
        pytest.param('{"text": "a", "time": 1704153600}', "published", "1704153600", id="number"),
        pytest.param(
            '{"text": "a", "source": {"id": null, "name": "Echo"}}', "outlet", "Echo", id="nested"
        ),
        pytest.param(
            '{"text": "a", "authors": ["A. Roe", {"name": "B. Poe"}]}',
            "byline",
            "A. Roe, B. Poe",
            id="list",
        ),
        pytest.param('{"title": "Only this"}', "text", "Only this", id="headline-alone"),
        pytest.param('{"text": "a", "published": null}', "published", None, id="null-is-unknown"),
    ],
)
def test_columns(tmp_path: Path, line: str, field: str, value: str | None) -> None:
    items, problems = read_bytes(tmp_path, "a.jsonl", line)
    assert not problems
    assert getattr(items[0], field) == value


def test_bad_lines_are_problems_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = '{"text": "one"}\nnot json\n\n[1]\n{"title": ""}\n{"text": "two"}\n{"text": "cut'
    items, problems = read_bytes(tmp_path, "a.jsonl", lines)
    assert [(item.where, item.text) for item in items] == [
        ("a.jsonl#1", "one"),
        ("a.jsonl#6", "two"),
    ]
    assert [problem.where for problem in problems] == [
        "a.jsonl#2",
        "a.jsonl#4",
        "a.jsonl#5",
        "a.jsonl#7",
    ]


def test_a_bad_first_line(tmp_path: Path) -> None:
    items, problems = read_bytes(tmp_path, "a.jsonl", '{"text": oops}\n{"text": "two"}')
    assert [item.text for item in items] == ["two"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    "whole",
    [
        pytest.param('[{"text": "one"}, {"text": "two"}]', id="list-on-a-line"),
        pytest.param('[\n {"text": "one"},\n {"text": "two"}\n]', id="list-over-lines"),
    ],
)
def test_json_lists(tmp_path: Path, whole: str) -> None:
    items, problems = read_bytes(tmp_path, "a.json", whole)
    assert not problems
    assert [item.text for item in items] == ["one", "two"]


def test_one_object_over_lines(tmp_path: Path) -> None:
    items, _ = read_bytes(tmp_path, "a.json", '{\n "text": "one",\n "title": "T"\n}')
    assert [(item.text, item.title) for item in items] == [("one", "T")]


def test_csv_cells_over_lines_keep_their_bytes(tmp_path: Path) -> None:
    data = b'title,text\r\nOne,"Two fell.\r\nThey ""sank""."\r\nTwo,More.\r\n'
    items, problems = read_bytes(tmp_path, "a.csv", data)
    assert not problems
    assert items[0].text == 'Two fell.\r\nThey "sank".'
    assert [item.raw for item in items] == [
        b'One,"Two fell.\r\nThey ""sank""."\r\n',
        b"Two,More.\r\n",
    ]


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        pytest.param(b"Title;Body\nOne;Two, and three\n", ["Two, and three"], id="semicolons"),
        pytest.param(b"Title\tBody\nOne\tTwo\n", ["Two"], id="tabs"),
        pytest.param("title,text\nA,Zwölf\nB,Größe\n".encode("cp1252"), ["Zwölf", "Größe"], id="cp1252"),
        pytest.param("title\ttext\nA\tZwölf\n".encode("utf-16"), ["Zwölf"], id="utf-16"),
        pytest.param(b"title,text\nA,B\nC,D,E\nF,G\n", ["B", "G"], id="a-row-too-long"),
        pytest.param(b"title,text\nA\nF,G\n", ["A", "G"], id="a-row-too-short-has-its-headline"),
    ],
)  # fmt: skip
def test_csv(tmp_path: Path, data: bytes, texts: list[str]) -> None:
    items, _ = read_bytes(tmp_path, "a.csv", data)
    assert [item.text for item in items] == texts


def test_no_known_column_is_one_problem(tmp_path: Path) -> None:
    items, problems = read_bytes(tmp_path, "a.csv", b"narrative,when\nTwo fell.,2024\nMore.,2024\n")
    assert not items
    assert len(problems) == 1
    assert "text=COLUMN" in problems[0].why


def test_mapping_names_columns(tmp_path: Path) -> None:
    data = b"story,text,when\nTwo fell.,never this,2024-01-02\n"
    items, _ = read_bytes(tmp_path, "a.csv", data, {"text": "Story", "published": "when"})
    assert [(item.text, item.published) for item in items] == [("Two fell.", "2024-01-02")]


@pytest.mark.skipif(not KCNA.exists(), reason="the shared data are not here")
def test_kcna_reads_as_it_is() -> None:
    items = [item for item in read_all([KCNA]) if isinstance(item, RawItem)]
    assert len(items) == 1196
    assert all(i.title and i.url and i.published and i.outlet == "KCNA" for i in items)
