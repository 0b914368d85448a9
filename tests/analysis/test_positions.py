"""What an actor said over time: one utterance however many reports tell it."""

from __future__ import annotations

import pytest
from record import ACTORS

from dateline.analysis.positions import positions
from dateline.model import Link, Report, Statement
from factory import day, report

QUOTED = report("“We seek talks without conditions,” she said.", "2021-03-25")
RETOLD = report("She spoke of talks without conditions.", "2021-03-27")
LATER = report("She called for sanctions on Japan's neighbour.", None)
SAID = [
    Statement(
        "s1", QUOTED.id, ((0, 35),), speaker="person:doe", mode="direct", about=("state:PRK",)
    ),
    Statement("s2", RETOLD.id, ((10, 37),), speaker="person:doe", about=("state:PRK",)),
    Statement("s3", LATER.id, ((4, 45),), speaker="person:doe", made=day("2021-03-01")),
    Statement("s4", LATER.id, ((0, 3),), speaker=None),
]
REPORTS: dict[str, Report] = {r.id: r for r in (QUOTED, RETOLD, LATER)}
SAME = Link("same-words", "s2", "s1", 0.9, ("The same words.",))


def test_positions_in_order_with_same_words_as_one() -> None:
    found = positions("state:USA", SAID, REPORTS, ACTORS, [SAME])
    assert found.question == "What did United States say?"
    assert [(p.statement.id, p.also) for p in found.items] == [("s3", ()), ("s1", ("s2",))]


def test_what_no_report_dates_was_said_by_its_first_report() -> None:
    position = positions("person:doe", SAID, REPORTS, ACTORS, [SAME]).items[1]
    assert (position.when.earliest, position.when.latest) == (None, "2021-03-25")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param({"about": "state:PRK"}, ["s1"], id="about a state"),
        pytest.param({"with_words": "sanctions"}, ["s3"], id="with words"),
        pytest.param({"since": "2021-03-10"}, ["s1"], id="since"),
        pytest.param({"until": "2021-02-01"}, ["s1"], id="an open start may be before"),
    ],
)
def test_positions_asked_for(asked: dict[str, str], expected: list[str]) -> None:
    found = positions("person:doe", SAID, REPORTS, ACTORS, [SAME], **asked)  # type: ignore[arg-type]
    assert [p.statement.id for p in found.items] == expected


def test_positions_do_not_depend_on_the_order_of_statements() -> None:
    assert positions("person:doe", SAID[::-1], REPORTS, ACTORS, [SAME]) == positions(
        "person:doe", SAID, REPORTS, ACTORS, [SAME]
    )
