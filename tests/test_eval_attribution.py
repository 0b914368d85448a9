"""Predictions in the scorer's form, and their breakdown, on a compartment of our own."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from dateline.model import Span

TEXT = "Park said that talks had failed.\n\nAccording to Kim, “no date” is set.\n"


@pytest.fixture
def evaluation(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module evals/attribution.py, which stands beside the package."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent))
    return import_module("evals.attribution")


@pytest.fixture
def compartment(tmp_path: Path) -> Path:
    """One article with two attributions, in PolNeAR's form."""
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "one.txt").write_text(TEXT, "utf-8")
    lines: list[str] = []
    for number, parts in enumerate(
        [
            ("Park", "said", "that talks had failed"),
            ("Kim", "According to", "“no date” is set"),
        ]
    ):
        refs = []
        for place, (role, words) in enumerate(
            zip(("Source", "Cue", "Content"), parts, strict=True)
        ):
            start = TEXT.index(words)
            ref = f"T{number * 3 + place + 1}"
            lines.append(f"{ref}\t{role} {start} {start + len(words)}\t{words}")
            refs.append(f"{role}:{ref}")
        lines.append(f"E{number + 1}\t{refs[1]} {refs[0]} {refs[2]}")
    (tmp_path / "attributions" / "one_7.ann").write_text("\n".join(lines) + "\n", "utf-8")
    return tmp_path


def test_predictions_are_what_is_annotated(evaluation: Any, compartment: Path) -> None:
    [prediction] = evaluation.predict(compartment)
    gold = evaluation.read_annotations(compartment / "attributions" / "one_7.ann")
    assert prediction["doc"] == "one"
    assert [
        {role: tuple(map(tuple, spans)) for role, spans in each.items()}
        for each in prediction["attributions"]
    ] == gold


def test_breakdown_counts_by_cue_and_content(evaluation: Any, compartment: Path) -> None:
    found = evaluation.breakdown(compartment, evaluation.predict(compartment))
    assert sorted(found) == ["according, direct", "saying, indirect"]
    assert all(each["recall"] == each["precision"] == 1.0 for each in found.values())


def test_segments_of_one_span_are_kept_apart(evaluation: Any, tmp_path: Path) -> None:
    path = tmp_path / "x_1.ann"
    path.write_text("T1\tContent 0 4;9 12\ta b\nT2\tCue 5 8\tc\nE1\tCue:T2 Content:T1\n", "utf-8")
    expected: tuple[Span, ...] = ((0, 4), (9, 12))
    assert evaluation.read_annotations(path)[0]["content"] == expected
