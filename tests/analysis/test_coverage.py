"""What a record holds, by outlet, month and origin."""

from __future__ import annotations

from record import event

from dateline.analysis.coverage import coverage
from factory import report


def test_coverage_counts_by_outlet_month_and_origin() -> None:
    reports = [
        report("First.", "2021-03-25", id="r1", outlet="A"),
        report("Second.", "2021-03-27", id="r2", outlet="A"),
        report("Third.", id="r3"),
    ]
    told = [event("e1", "2021-03-25", reports=("r1", "r3")), event("e2", reports=("r2",))]
    found = coverage(reports, told, {"r1": "o1", "r2": "o1", "r3": "o2"})
    assert found.question == "What does the record hold?"
    assert (found.reports, found.origins, found.events) == (3, 2, 2)
    assert (found.undated_reports, found.undated_events) == (1, 1)
    assert [(o.outlet, o.reports, o.origins, o.events, o.first, o.last) for o in found.outlets] == [
        ("A", 2, 1, 2, "2021-03-25", "2021-03-27"),
        (None, 1, 1, 1, None, None),
    ]
    assert [(m.month, m.reports, m.events) for m in found.months] == [("2021-03", 2, 1)]
    assert found.carried == {1: 1, 2: 1}


def test_coverage_of_a_period_keeps_reports_that_may_be_of_it() -> None:
    reports = [report("First.", "2021-03-25"), report("Third.")]
    found = coverage(reports, [], {}, since="2022-01-01")
    assert found.question == "What does the record hold of reports published since 2022-01-01?"
    assert (found.reports, found.undated_reports) == (1, 1)


def test_an_empty_record_is_told_as_such() -> None:
    found = coverage([], [], {})
    assert (found.reports, found.events, found.outlets, found.months) == (0, 0, (), ())
