"""Where events stand on the timeline."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.exports.lanes import Happening, draw, hue


def happening(
    id: str, earliest: str | None, latest: str | None, *lanes: str, origins: int = 1
) -> Happening:
    first, last = (date.fromisoformat(iso) if iso else None for iso in (earliest, latest))
    return Happening(id, lanes or ("state:PRK",), first, last, origins, disputed=False, title=id)


NEAR = [happening(f"n{day}", f"2023-07-{day}", f"2023-07-{day}") for day in range(10, 20)]


@pytest.mark.parametrize(
    ("earliest", "latest", "shape", "fades"),
    [
        pytest.param("2023-07-14", "2023-07-14", "dot", "", id="a day is a dot"),
        pytest.param("2023-07-12", "2023-07-16", "bar", "", id="an interval is a bar"),
        pytest.param(None, "2023-07-16", "bar", "start", id="an open start fades"),
        pytest.param("2023-07-16", None, "bar", "end", id="an open end fades"),
        pytest.param("2001-01-01", "2023-07-16", "bar", "start", id="what begins before the axis"),
    ],
)
def test_a_mark_says_how_well_its_time_is_known(
    earliest: str | None, latest: str | None, shape: str, fades: str
) -> None:
    (lane,) = draw([*NEAR, happening("x", earliest, latest)]).lanes
    (mark,) = [mark for mark in lane.marks if mark.event.id == "x"]
    assert (mark.shape, mark.fades) == (shape, fades)


@pytest.mark.parametrize(
    ("earliest", "latest", "tray"),
    [
        pytest.param(None, None, "undated", id="no date"),
        pytest.param("1953-07-27", "1953-07-27", "earlier", id="background, long before"),
        pytest.param("2048-01-01", "2048-12-31", "later", id="far ahead"),
    ],
)
def test_what_the_axis_cannot_show_stands_in_a_tray(
    earliest: str | None, latest: str | None, tray: str
) -> None:
    timeline = draw([*NEAR, happening("x", earliest, latest)])
    assert timeline.trays == (tray,)
    (lane,) = timeline.lanes
    assert [mark.event.id for mark in lane.trays[tray].marks] == ["x"]  # type: ignore[index]


def test_an_event_of_several_actors_stands_in_each_lane_and_the_unknown_come_last() -> None:
    events = [
        happening("a", "2023-07-10", "2023-07-10", "state:KOR", "state:USA"),
        happening("b", "2023-07-11", "2023-07-11", "state:USA"),
        *(
            Happening(f"u{n}", (), date(2023, 7, 12), date(2023, 7, 12), 1, False, "")
            for n in "xyz"
        ),
    ]
    timeline = draw(events)
    assert [(lane.id, lane.total) for lane in timeline.lanes] == [
        ("state:USA", 2),
        ("state:KOR", 1),
        ("", 3),
    ]


def test_a_lane_too_full_for_marks_counts_by_column_and_says_what_it_leaves_out() -> None:
    crowd = [
        happening(f"c{n:03}", "2023-07-14", "2023-07-14", origins=1 + n % 2) for n in range(90)
    ]
    (lane,) = draw([*NEAR, *crowd, happening("x", None, "2023-07-16")]).lanes
    assert not lane.marks
    assert sum(column.count for column in lane.columns) == len(crowd) + len(NEAR)
    assert max(column.filled for column in lane.columns) > 0
    assert lane.left_out == 1


def test_bounds_give_way_to_days() -> None:
    bounds = [happening(f"b{n:02}", None, "2023-07-14") for n in range(20)]
    (lane,) = draw([*NEAR, *bounds]).lanes
    assert [mark.shape for mark in lane.marks].count("dot") == len(NEAR)
    assert not lane.columns
    assert 0 < lane.left_out < len(bounds)


def test_nothing_dated_is_a_tray_alone() -> None:
    timeline = draw([happening("x", None, None)])
    assert timeline.ticks == ()
    assert timeline.trays == ("undated",)
    assert draw([]).lanes == ()


DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(st.lists(st.tuples(st.none() | DAYS, st.integers(0, 900), st.booleans(), st.integers(1, 9))))
def test_every_event_is_somewhere_and_no_marks_overlap(
    drawn: list[tuple[date | None, int, bool, int]],
) -> None:
    events = []
    for n, (day, length, is_open, origins) in enumerate(drawn):
        last = None if day is None or is_open else day + timedelta(length)
        events.append(Happening(str(n), ("a",), day, last, origins, disputed=False, title=""))
    for lane in draw(events).lanes:
        trays = sum(len(tray.marks) + tray.more for tray in lane.trays.values())
        columns = sum(column.count for column in lane.columns)
        assert len(lane.marks) + columns + trays + lane.left_out == len(events)
        for mark in lane.marks:
            assert 0 <= mark.x <= 100
            assert mark.x + mark.width <= 100.01
            assert mark.y - mark.r >= 0
            assert mark.y + mark.r <= lane.height
        dots = sorted((mark.y, mark.x) for mark in lane.marks if mark.shape == "dot")
        for (y, x), (below, after) in itertools.pairwise(dots):
            assert y != below or after - x > 1


def test_an_actor_always_has_the_same_hue_and_those_often_together_differ() -> None:
    states = [f"state:{code}" for code in ("PRK", "KOR", "USA", "JPN", "CHN", "RUS")]
    assert [hue(state, 8) for state in states] == [0, 5, 4, 1, 2, 3]
