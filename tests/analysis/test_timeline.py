"""Events in order: which fit, where those without a date go, and the question."""

from __future__ import annotations

import pytest
from record import ACTORS, event, until

from dateline.analysis.timeline import timeline

EVENTS = [
    event("late", "2021-05-09", status="planned"),
    event("early", "2021-03-25", origins=3),
    event("none"),
    event("by", until("2021-04-01"), source=("person:doe",), desk_kind=None, type="CONSULT"),
]


@pytest.mark.parametrize(
    ("asked", "dated", "undated"),
    [
        pytest.param({}, ["early", "by", "late"], ["none"], id="all, in order of time"),
        pytest.param({"actor": "state:USA"}, ["by"], [], id="a state stands for who acts for it"),
        pytest.param({"actor": "person:doe"}, ["by"], [], id="a person"),
        pytest.param({"kind": "missile-launch"}, ["early", "late"], ["none"], id="a desk's kind"),
        pytest.param({"kind": "CONSULT"}, ["by"], [], id="a PLOVER type"),
        pytest.param({"since": "2021-04-15"}, ["late"], ["none"], id="since"),
        pytest.param({"until": "2021-04-15"}, ["early", "by"], ["none"], id="until"),
        pytest.param({"status": "planned"}, ["late"], [], id="a status"),
        pytest.param({"origins": 2}, ["early"], [], id="borne out by another origin"),
    ],
)
def test_timeline(asked: dict[str, object], dated: list[str], undated: list[str]) -> None:
    found = timeline(EVENTS, ACTORS, **asked)  # type: ignore[arg-type]
    assert ([e.id for e in found.dated], [e.id for e in found.undated]) == (dated, undated)


def test_an_open_start_may_be_in_the_period_and_stands_apart() -> None:
    found = timeline(EVENTS, ACTORS, since="2020-01", until="2020-12")
    assert [e.id for e in found.dated] == []
    assert [e.id for e in found.open_ended] == ["by"]
    assert [e.id for e in found.items] == ["by", "none"]


def test_timeline_says_what_was_asked() -> None:
    found = timeline(
        EVENTS, ACTORS, actor="state:USA", kind="exercise", since="2021-01-01", origins=2
    )
    assert found.question == (
        "Which events of kind exercise with United States since 2021-01-01 do at least 2 origins tell, "
        "in order of time?"
    )
