"""The hand-labelled sets of evals/gold: their shape only, not how well anything does on them."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from dateline.model import Status

GOLD = Path(__file__).parent.parent / "evals" / "gold"
SETS = {
    "alarms": ("alarm", {"id", "text", "domain"}),
    "status": ("status", {"id", "text", "published", "trigger", "nth", "status"}),
    "codebook": ("code", {"id", "text", "source", "target", "root"}),
}
# PLOVER's sixteen types as the PLV data names them: CONCEDE and RETREAT are YIELD.
ROOTS = {
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "YIELD",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
}


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a set."""
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


def occurrences(text: str, phrase: str) -> list[tuple[int, int]]:
    """Where a phrase stands in a text as whole words."""
    return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)]


@pytest.mark.parametrize("name", SETS)
def test_rows_have_the_fields_and_the_numbers_of_their_set(name: str) -> None:
    prefix, fields = SETS[name]
    for number, row in enumerate(rows(name), start=1):
        assert set(row) == fields
        assert row["id"] == f"{prefix}-{number:03}"  # the number tells the half: never renumber
        assert row["text"] == row["text"].strip()
        assert "\n" not in row["text"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("alarms", ("text",), id="a sentence is one alarm"),
        pytest.param("codebook", ("text",), id="a sentence has one event"),
        pytest.param("status", ("text", "trigger", "nth"), id="a mention is labelled once"),
    ],
)
def test_nothing_is_asked_twice(name: str, key: tuple[str, ...]) -> None:
    seen = Counter(tuple(row[k] for k in key) for row in rows(name))
    assert [words for words, times in seen.items() if times > 1] == []


def test_no_sentence_is_in_two_sets() -> None:
    texts = [{row["text"] for row in rows(name)} for name in SETS]
    assert sum(map(len, texts)) == len(set.union(*texts))


def test_triggers_stand_in_their_sentences() -> None:
    for row in rows("status"):
        assert len(occurrences(row["text"], row["trigger"])) > row["nth"], row["id"]
        date.fromisoformat(row["published"])


def test_parties_stand_in_their_sentences_and_apart() -> None:
    for row in rows("codebook"):
        source = occurrences(row["text"], row["source"])[0]
        target = occurrences(row["text"], row["target"])[0]
        assert source[1] <= target[0] or target[1] <= source[0], row["id"]


@pytest.mark.parametrize(
    ("name", "field", "labels", "all_together", "each"),
    [
        pytest.param("alarms", "domain", None, 420, 20, id="issue 4 asks for 400 sentences"),
        pytest.param(
            "status", "status", set(get_args(Status)), 320, 35, id="issue 4 asks for 300 mentions"
        ),
        pytest.param("codebook", "root", ROOTS, 160, 10, id="all types, thin ones too"),
    ],
)
def test_sets_are_large_enough_and_both_halves_alike(
    name: str, field: str, labels: set[str] | None, all_together: int, each: int
) -> None:
    given = rows(name)
    counts = Counter(row[field] for row in given)
    odd = Counter(row[field] for row in given if int(row["id"][-3:]) % 2)
    assert len(given) >= all_together
    assert labels is None or set(counts) == labels
    assert min(counts.values()) >= each
    assert all(abs(2 * odd[label] - count) <= 2 for label, count in counts.items())
