"""What others did after: only what is known to have come after is certain."""

from __future__ import annotations

from dataclasses import replace

import pytest
from record import ACTORS, event, until

from dateline.analysis.responses import responses
from dateline.model import Event
from factory import day

LAUNCH = event("launch", "2021-03-25", target=("state:JPN",))


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(
            event("e", "2021-03-27", source=("state:USA",), target=("state:PRK",)),
            [((2, 2), True, "at its source")],
            id="at the one who did it",
        ),
        pytest.param(
            event("e", "2021-03-27", source=("person:doe",), target=("state:JPN",)),
            [((2, 2), True, "with its target")],
            id="with the one it was done to",
        ),
        pytest.param(
            event("e", "2021-03-27", source=("body:council",)),
            [((2, 2), True, "at that time")],
            id="neither",
        ),
        pytest.param(event("e", "2021-03-27"), [], id="the same actor again"),
        pytest.param(event("e", "2021-03-24", source=("state:USA",)), [], id="before"),
        pytest.param(event("e", "2021-04-24", source=("state:USA",)), [], id="long after"),
        pytest.param(event("e", source=("state:USA",)), [], id="no date"),
        pytest.param(
            event("e", until("2021-03-26"), source=("state:USA",)), [], id="no known start"
        ),
        pytest.param(
            event("e", "2021-03-27", source=("state:USA",), status="planned"), [], id="a plan"
        ),
        pytest.param(
            event("e", replace(day("2021-03-24"), latest="2021-03-26"), source=("state:USA",)),
            [((0, 1), False, "at that time")],
            id="which came first is open",
        ),
    ],
)
def test_responses(other: Event, expected: list[object]) -> None:
    found = responses(LAUNCH, [LAUNCH, other], ACTORS)
    assert [(r.days, r.certain, r.relation) for r in found.items] == expected
    assert found.question == "What did others do in the 14 days after the missile launch (launch)?"


def test_responses_by_one_actor() -> None:
    others = [
        event("us", "2021-03-27", source=("person:doe",)),
        event("jp", "2021-03-26", source=("state:JPN",)),
    ]
    assert [r.event.id for r in responses(LAUNCH, others, ACTORS).items] == ["jp", "us"]
    assert [r.event.id for r in responses(LAUNCH, others, ACTORS, by="state:USA").items] == ["us"]


def test_an_undated_event_has_no_answer() -> None:
    assert responses(event("x"), [LAUNCH], ACTORS).items == ()
