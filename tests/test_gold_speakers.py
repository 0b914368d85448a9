"""The hand-judged speakers: their shape, that their spans lie in the stories, and the pairing."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import Statement

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
GOLD = ROOT / "evals" / "gold" / "speakers.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
WORDS = {"name", "pronoun", "office", "body", "document", "people", "none"}
ACTOR = re.compile(r"(state:[A-Z]{3}|(body|person|group|office):\S+)$")


@pytest.fixture(scope="module")
def task() -> Iterator[Any]:
    """The module evals/speakers.py, which stands beside the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        yield import_module("evals.speakers")


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_each_judgement_has_its_fields(row: dict[str, Any]) -> None:
    assert row["source"] in ("kcna", "reports")
    assert ("url" in row) == (row["source"] == "kcna")
    assert ("file" in row) == (row["source"] == "reports")
    assert row["draw"] in (("any", "given") if row["source"] == "kcna" else ("all",))
    assert re.fullmatch(r"[0-9a-f]{64}", row["text_sha256"])
    assert row["content"]
    assert all(0 <= start < end for start, end in row["content"])
    assert row["content"] == sorted(row["content"])
    assert all(ACTOR.match(actor) for actor in [row["speaker"] or "state:PRK", *row["also"]])
    assert row["speaker"] not in row["also"]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_notes_are_short_and_our_own(row: dict[str, Any]) -> None:
    if row["valid"]:
        assert row["words"] in WORDS
        assert 0 < len(row["speaker_name"]) <= 60
        assert "note" not in row
    else:
        assert row["speaker"] is None
        assert row["speaker_name"] is None
        assert row["also"] == []
        assert 0 < len(row["note"]) <= 60


def test_enough_is_judged_and_nothing_twice() -> None:
    assert [row["id"] for row in ROWS] == [f"speaker-{n:03}" for n in range(1, len(ROWS) + 1)]
    assert len({(row["text_sha256"], str(row["content"])) for row in ROWS}) == len(ROWS)
    assert sum(row["source"] == "kcna" and row["draw"] == "any" for row in ROWS) >= 200
    assert len({row["file"] for row in ROWS if row["source"] == "reports"}) == 5


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not beside the project")
def test_contents_lie_in_the_stories_they_were_judged_in() -> None:
    texts = [path.read_bytes().decode() for path in (DATA / "reports").glob("*.txt")]
    with gzip.open(DATA / "korea" / "kcna.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts += [json.loads(line)["text"] for line in lines]
    stories = {hashlib.sha256(text.encode()).hexdigest(): text for text in texts}
    for row in ROWS:
        story = stories[row["text_sha256"]]
        for start, end in row["content"]:
            cut = story[start:end]
            assert cut.strip(), f"{row['id']} points at nothing in its story"


def _statement(*content: tuple[int, int]) -> Statement:
    return Statement(id=f"st_{content}", report="rep_1", content=content)


@pytest.mark.parametrize(
    ("judged", "made", "pairs"),
    [
        pytest.param([[[0, 10]]], [((0, 10),)], [0], id="the same"),
        pytest.param([[[0, 10]]], [((5, 15),)], [None], id="a third in common is another"),
        pytest.param([[[0, 10]]], [((0, 6),), ((0, 9),)], [1], id="the better of two"),
        pytest.param([[[0, 10]], [[0, 9]]], [((0, 10),)], [0, None], id="no statement twice"),
        pytest.param([[[0, 4], [8, 12]]], [((0, 4), (8, 12))], [0], id="content in two parts"),
        pytest.param([[[0, 10]]], [], [None], id="nothing found"),
    ],
)
def test_contents_are_paired_by_what_they_share(
    task: Any,
    judged: list[list[list[int]]],
    made: list[tuple[tuple[int, int], ...]],
    pairs: list[int | None],
) -> None:
    rows = [{"content": content} for content in judged]
    statements = [_statement(*content) for content in made]
    found = [statement for _, statement in task.pair(rows, statements)]
    assert found == [None if at is None else statements[at] for at in pairs]


_SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1])),
    max_size=6,
    unique=True,
)


@given(_SPANS, _SPANS)
def test_pairing_gives_every_row_once_and_no_statement_twice(
    task: Any, judged: list[tuple[int, int]], made: list[tuple[int, int]]
) -> None:
    rows = [{"content": [list(span)]} for span in judged]
    found = list(task.pair(rows, [_statement(span) for span in made]))
    assert [row for row, _ in found] == rows
    used = [statement.id for _, statement in found if statement]
    assert len(used) == len(set(used))
