"""The timeline task: plain English out of treebank spelling, and which days come first."""

from __future__ import annotations

import gzip
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from factory import report


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module evals/timeline.py, which stands beside the package."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent))
    return import_module("evals.timeline")


def rank(task: Any, articles: list[tuple[str, str, str]]) -> list[str]:
    """The days of articles given as text, day of publication, and the day that it tells of."""
    told = [task.Told(report(text, day), frozenset({tells})) for text, day, tells in articles]
    return list(task.rank(told))


def test_days_told_by_more_reports_come_first_copies_told_once(task: Any) -> None:
    story = (
        "Crews reached the well on Monday and closed the valve, which ended three months of leaks. "
        * 2
    )
    articles = [
        (story + "One.", "2010-07-16", "2010-07-12"),
        (story + "Two.", "2010-07-16", "2010-07-12"),
        ("The hearing opened, and the first witness spoke.", "2010-07-15", "2010-07-14"),
        ("A second witness spoke of what he had seen there.", "2010-07-16", "2010-07-14"),
    ]
    assert rank(task, articles) == ["2010-07-14", "2010-07-12"]


def test_days_still_told_a_week_later_come_before_the_news_of_one_day(task: Any) -> None:
    articles = [
        ("News of the fair, with music.", "2010-05-02", "2010-05-01"),
        ("More of the fair and its visitors.", "2010-05-02", "2010-05-01"),
        ("The rig sank.", "2010-04-23", "2010-04-22"),
        ("A month after the rig sank, families met at the quay.", "2010-05-22", "2010-04-22"),
    ]
    assert rank(task, articles)[0] == "2010-04-22"


def test_predictions_are_in_the_scorers_form(task: Any, tmp_path: Path) -> None:
    folder = tmp_path / "spill_bbc"
    (folder / "timelines").mkdir(parents=True)
    (folder / "timelines" / "one.txt").write_text("2010-04-20\nThe rig exploded .\n--------\n")
    rows = [
        {
            "id": "1",
            "time": "2010-04-22",
            "text": "The rig exploded on 20 April , killing 11 workers . \n",
        },
        {
            "id": "2",
            "time": "2010-04-23",
            "text": "It was not `` safe '' -LRB- he said on 20 April -RRB- . \n",
        },
    ]
    with gzip.open(folder / "articles.jsonl.gz", "wt") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
    assert list(task.predict(tmp_path)) == [{"timeline": "spill_bbc/one", "dates": ["2010-04-20"]}]
    assert [item.text for item in task.read_articles(folder)] == [
        "The rig exploded on 20 April, killing 11 workers. \n",
        "It was not “safe” (he said on 20 April). \n",
    ]
    assert len(list(task.read_articles(folder, limit=1))) == 1
