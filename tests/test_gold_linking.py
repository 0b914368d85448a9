"""The gold set for linking is whole, and its measures give what is worked out by hand."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from datetime import date
from importlib import import_module
from itertools import permutations
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.cleaning import clean
from dateline.desks import load_desk
from dateline.model import Mention, Problem, Time
from dateline.sources import read_all

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "evals" / "gold" / "linking"


def _beside(name: str) -> ModuleType:
    """A module of evals, which stands beside the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        return import_module(name)


@pytest.fixture(scope="module")
def linking() -> ModuleType:
    return _beside("evals.linking")


@pytest.fixture(scope="module")
def clusters() -> ModuleType:
    return _beside("evals.clusters")


# --------------------------------------------------------------------------- the set


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def reports() -> list[dict[str, Any]]:
    return _rows("reports.jsonl")


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    return _rows("gold.jsonl")


@pytest.fixture(scope="module")
def tellings() -> list[dict[str, Any]]:
    return _rows("events.jsonl")


def test_the_files_are_what_the_sources_make(monkeypatch: pytest.MonkeyPatch) -> None:
    make = importlib.util.spec_from_file_location("make_gold_linking", GOLD / "make.py")
    assert make
    assert make.loader
    module = importlib.util.module_from_spec(make)
    monkeypatch.setitem(sys.modules, "make_gold_linking", module)
    make.loader.exec_module(module)
    made: dict[str, list[str]] = {}
    for name, line in module.lines(GOLD):
        made.setdefault(name, []).append(json.dumps(line, ensure_ascii=False))
    for name, lines in made.items():
        assert (GOLD / name).read_text("utf-8").splitlines() == lines, f"{name}: run make.py"


@pytest.mark.parametrize("part", ["dev", "test"])
def test_each_part_is_large_enough(
    part: str, gold: list[dict[str, Any]], tellings: list[dict[str, Any]]
) -> None:
    rows = [row for row in gold if row["part"] == part]
    told = [row for row in tellings if row["part"] == part]
    assert len(rows) >= 125
    assert len({row["event"] for row in told}) >= 30
    assert sum(row["undated"] for row in rows) >= 20
    assert sum(row["revision_of"] is not None for row in rows) >= 3
    copies = Counter(row["copy_group"] for row in rows)
    origins = Counter(row["origin"] for row in rows)
    assert sum(number > 1 for number in copies.values()) >= 25
    assert len(origins) < len(copies)
    assert {row["kind"].isupper() for row in told} == {True, False}


def test_reports_and_gold_are_of_the_same_reports(
    reports: list[dict[str, Any]], gold: list[dict[str, Any]]
) -> None:
    assert [row["id"] for row in reports] == [row["report"] for row in gold]
    assert len({row["id"] for row in reports}) == len(reports)
    for report, row in zip(reports, gold, strict=True):
        date.fromisoformat(row["truth_published"])
        assert report["published"] == (None if row["undated"] else row["truth_published"])
        assert len(report["text"].split()) >= 30


def test_no_event_copy_or_origin_is_in_both_parts(
    gold: list[dict[str, Any]], tellings: list[dict[str, Any]]
) -> None:
    part = {row["report"]: row["part"] for row in gold}
    for row in gold:
        assert part[row["copy_group"]] == part[row["origin"]] == row["part"]
    by_event: dict[str, set[str]] = {}
    for row in tellings:
        by_event.setdefault(row["event"], set()).add(row["part"])
    assert all(len(parts) == 1 for parts in by_event.values())


def test_a_copy_has_the_origin_of_its_text(gold: list[dict[str, Any]]) -> None:
    origin = {row["report"]: row["origin"] for row in gold}
    assert all(origin[row["copy_group"]] == row["origin"] for row in gold)


def test_revisions_share_their_address(
    reports: list[dict[str, Any]], gold: list[dict[str, Any]]
) -> None:
    url = {row["id"]: row["url"] for row in reports}
    for row in gold:
        same = [key for key in url if url[key] == url[row["report"]] and key != row["report"]]
        assert (row["revision_of"] in same) if row["revision_of"] else True
        assert len(same) <= 1


def test_tellings_cite_their_words(
    reports: list[dict[str, Any]], tellings: list[dict[str, Any]]
) -> None:
    text = {row["id"]: row["text"] for row in reports}
    for row in tellings:
        assert text[row["report"]][row["start"] : row["end"]] == row["trigger_words"]
        assert text[row["report"]].count("{") == 0


def test_the_product_reads_every_report() -> None:
    items = list(read_all([GOLD / "reports.jsonl"]))
    assert not [item for item in items if isinstance(item, Problem)]
    desk = load_desk("korea")
    ids = {clean(item, desk).id for item in items if not isinstance(item, Problem)}
    assert len(ids) == len(items), "two reports would be one in a record"


def test_a_part_is_read_alone(linking: ModuleType) -> None:
    dev, test, both = (linking.read_gold(GOLD, part) for part in ("dev", "test", "all"))
    assert not set(dev.reports) & set(test.reports)
    assert len(both.tellings) == len(dev.tellings) + len(test.tellings)


# --------------------------------------------------------------------------- matching


def test_a_mention_serves_the_telling_it_shares_most_with(linking: ModuleType) -> None:
    tellings = {
        "a:1": {"report": "a", "start": 0, "end": 10},
        "a:2": {"report": "a", "start": 10, "end": 20},
        "b:1": {"report": "b", "start": 0, "end": 10},
    }
    wide = Mention("m1", "r1", "CONSULT", trigger=((4, 18),), evidence=())
    narrow = Mention("m2", "r1", "CONSULT", trigger=((0, 4),), evidence=())
    elsewhere = Mention("m3", "r2", "CONSULT", trigger=((10, 14),), evidence=())
    found = linking.match(tellings, [wide, narrow, elsewhere], {"r1": "a", "r2": "b"})
    assert {key: mention.id for key, mention in found.items()} == {"a:2": "m1", "a:1": "m2"}


# --------------------------------------------------------------------------- measures


Grouping = dict[str, int]


def _grouping(*groups: str) -> Grouping:
    return {thing: number for number, group in enumerate(groups) for thing in group}


@pytest.mark.parametrize(
    ("measure", "system", "gold", "precision", "recall"),
    [
        pytest.param("b_cubed", ("ab", "c"), ("ab", "c"), 1.0, 1.0, id="the same groups"),
        pytest.param(
            "b_cubed", ("abc",), ("ab", "c"), 5 / 9, 1.0, id="one wrong joins: 2/3 2/3 1/3"
        ),
        pytest.param("b_cubed", ("a", "b"), ("ab",), 1.0, 0.5, id="a pair in pieces"),
        pytest.param("muc", ("abc",), ("ab", "c"), 0.5, 1.0, id="two links made, one holds"),
        pytest.param("muc", ("a", "b", "c"), ("abc",), 1.0, 0.0, id="no link made"),
        pytest.param("muc", ("ab", "cd"), ("abcd",), 1.0, 2 / 3, id="one of three links missing"),
        pytest.param("ceafe", ("ab", "c"), ("ab", "c"), 1.0, 1.0, id="the same groups"),
        pytest.param("ceafe", ("abc",), ("ab", "c"), 0.8, 0.4, id="matched with ab: 2*2/(3+2)"),
        pytest.param(
            "ceafe", ("a", "b"), ("ab",), 1 / 3, 2 / 3, id="one of two matched: 2*1/(1+2)"
        ),
        pytest.param("pairs", ("abc",), ("ab", "c"), 1 / 3, 1.0, id="one pair of three is real"),
        pytest.param("pairs", ("a", "b"), ("a", "b"), 1.0, 1.0, id="nothing to join, none joined"),
    ],
)
def test_measures(
    clusters: ModuleType,
    measure: str,
    system: tuple[str, ...],
    gold: tuple[str, ...],
    precision: float,
    recall: float,
) -> None:
    score = getattr(clusters, measure)(_grouping(*system), _grouping(*gold))
    assert score.precision == pytest.approx(precision)
    assert score.recall == pytest.approx(recall)


def test_f1_is_the_harmonic_mean(clusters: ModuleType) -> None:
    assert clusters.Score(1.0, 0.5).f1 == pytest.approx(2 / 3)
    assert clusters.Score(0.0, 0.0).f1 == 0.0


def test_groupings_of_other_things_are_refused(clusters: ModuleType) -> None:
    with pytest.raises(ValueError, match="same things"):
        clusters.b_cubed({"a": 1}, {"b": 1})


_GROUPINGS = st.integers(1, 8).flatmap(
    lambda number: st.tuples(
        *(
            st.lists(st.integers(0, 3), min_size=number, max_size=number).map(
                lambda groups: {chr(97 + i): group for i, group in enumerate(groups)}
            )
            for _ in range(2)
        )
    )
)


@given(both=_GROUPINGS)
def test_precision_one_way_is_recall_the_other(
    clusters: ModuleType, both: tuple[Grouping, Grouping]
) -> None:
    one, two = both
    for measure in (clusters.b_cubed, clusters.muc, clusters.ceafe, clusters.pairs):
        there, back = measure(one, two), measure(two, one)
        assert there.precision == pytest.approx(back.recall)
        assert 0.0 <= there.f1 <= 1.0
    assert clusters.conll(one, one) == pytest.approx(1.0)


@given(
    gain=st.integers(1, 4).flatmap(
        lambda rows: st.integers(rows, 5).flatmap(
            lambda columns: st.lists(
                st.lists(st.integers(0, 9).map(float), min_size=columns, max_size=columns),
                min_size=rows,
                max_size=rows,
            )
        )
    )
)
def test_assignment_is_the_best_there_is(clusters: ModuleType, gain: list[list[float]]) -> None:
    columns = range(len(gain[0]))
    best = max(
        sum(row[j] for row, j in zip(gain, chosen, strict=True))
        for chosen in permutations(columns, len(gain))
    )
    chosen = clusters._assign(gain)
    assert len(set(chosen)) == len(chosen)
    assert sum(row[j] for row, j in zip(gain, chosen, strict=True)) == pytest.approx(best)


# --------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("earliest", "latest", "held", "width"),
    [
        pytest.param("2023-03-01", "2023-03-31", True, 31, id="a month that holds the day"),
        pytest.param("2023-03-07", "2023-03-07", True, 1, id="the day"),
        pytest.param("2023-03-08", None, False, None, id="open, but later"),
        pytest.param(None, "2023-03-07T23:00:00Z", True, None, id="open before, on that day"),
        pytest.param("2023-03-01", "2023-03-06", False, 6, id="too early"),
    ],
)
def test_an_interval_and_the_truth(
    linking: ModuleType, earliest: str | None, latest: str | None, held: bool, width: int | None
) -> None:
    time = Time(earliest=earliest, latest=latest)
    assert linking._holds(time, "2023-03-07") is held
    assert linking._width(time) == width


def test_errors_of_the_test_part_are_not_shown(linking: ModuleType) -> None:
    with pytest.raises(SystemExit):
        linking.main(["test", "--errors"])
