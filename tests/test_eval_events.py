"""Predictions and scores of the evaluations of events and launches, on data of our own."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module evals/events.py, which stands beside the package."""
    return _beside(monkeypatch, "evals.events")


@pytest.fixture
def launches(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module evals/launches.py, which stands beside the package."""
    return _beside(monkeypatch, "evals.launches")


def _beside(monkeypatch: pytest.MonkeyPatch, name: str) -> ModuleType:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    return import_module(name)


def test_launch_score_counts_only_rows_that_name_a_launch(
    launches: ModuleType, tmp_path: Path
) -> None:
    path = tmp_path / "provocations_csis.csv"
    path.write_text(
        "date,type,event,description,resources\n"
        "2022-01-05,m,Short-range Ballistic Missile Launch,North Korea fired two ballistic missiles.,\n"
        "2022-01-06,m,Cruise Missile Launch,North Korea fired three cruise missiles on January 6.,\n"
        "2022-01-07,o,Infiltration,A soldier of North Korea crossed the border.,\n"
        "1990-01-07,m,Ballistic Missile Launch,North Korea fired a ballistic missile.,\n"
    )
    predictions = list(launches.predict(path))
    assert [p["row"] for p in predictions] == [0, 1, 2, 3]
    score = launches.score(path, predictions)
    assert (score.rows, score.state, score.kind, score.date, score.count) == (2, 1, 1, 1, 1)
    first, *_ = launches.score(path, []).missed
    assert (first.row, first.field) == (0, "state")


def test_event_predictions_read_the_marks_and_no_other_column(
    events: ModuleType, tmp_path: Path
) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text(
        "uid\tmarked_sentence\tgold_root\n"
        "a\t<s>Ruritania</s> condemned <t>Graustark</t>.\tAGREE\n"
        "b\t<s>Ruritania</s> will meet <t>Graustark</t> on Monday.\tASSAULT\n"
        "c\t<s>Ruritania</s> refused to release <t>the men</t>.\tAID\n"
    )
    assert list(events.predict(path)) == [
        {"id": "a", "root": "ACCUSE"},
        {"id": "b", "root": "AGREE"},
        {"id": "c", "root": "REJECT"},
    ]


def test_record_predictions_give_parties_with_their_words_and_codes(
    events: ModuleType, tmp_path: Path
) -> None:
    path = tmp_path / "PLOVER_GSR.json"
    record = {"id": "X-1", "event": "ACCUSE", "text": "Japan condemned North Korea."}
    path.write_text(json.dumps([record, record, {"event": "DOCUMENT"}]))
    first, second = events.predict(path)
    assert (first["id"], second["id"]) == ("X-1", "X-1#2")
    assert first["events"][0] == {
        "event": "ACCUSE",
        "actor": [{"text": "Japan", "code": "JPN"}],
        "recipient": [{"text": "North Korea", "code": "PRK"}],
        "trigger": ["condemned"],
    }
