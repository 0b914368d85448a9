"""Origins: which reports speak with one voice, and why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tellings import DESK
from test_copies import EDITED, OTHER, STORY

from dateline.linking.copies import find_copies
from dateline.linking.origins import find_origins
from dateline.model import Report
from factory import report

REWRITE = (
    "Pyongyang has fired two short-range ballistic missiles off its east coast, hours after the allies "
    "closed their spring drill, the South Korean military said on Monday.\n"
    "They flew about 300 kilometres and fell outside Japan's exclusive economic zone. Officials in Tokyo "
    "knew of no damage to ships or aircraft."
)
SAME_BEAT = (
    "North Korea's parliament met in Pyongyang on Monday and took up a budget, a law on farm land and "
    "new rules for trade with China, the country's media said, without telling of any debate.\n"
    "South Korean officials said that they watch for any change in the tone of Pyongyang."
)


def groups(*reports: Report) -> set[frozenset[str]]:
    """The outlets that share an origin."""
    origins = find_origins(reports, find_copies(reports), DESK)
    assert set(origins) == {r.id for r in reports}
    names = {r.id: r.outlet or "" for r in reports}
    return {frozenset(names[id] for id in origin.reports) for origin in origins.values()}


def of(outlet: str, text: str, day: str | None = "2024-03-18", **fields: object) -> Report:
    return report(text, day, outlet=outlet, **fields)


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        pytest.param([of("A", STORY), of("B", EDITED)], ["AB"], id="an edited copy"),
        pytest.param([of("A", STORY), of("B", OTHER)], ["A", "B"], id="other stories"),
        pytest.param(
            [of("A", STORY, wire="AP"), of("B", REWRITE, wire="AP")],
            ["AB"],
            id="rewrite with credit",
        ),
        pytest.param(
            [of("A", STORY), of("B", REWRITE)],
            ["A", "B"],
            id="like words without a credit: no proof",
        ),
        pytest.param(
            [of("A", STORY, wire="AP"), of("B", SAME_BEAT, wire="AP")],
            ["A", "B"],
            id="two stories of one wire",
        ),
        pytest.param(
            [of("A", STORY, wire="AP"), of("B", REWRITE, wire="Yonhap")], ["A", "B"], id="two wires"
        ),
        pytest.param(
            [of("A", STORY, "2024-03-01", wire="AP"), of("B", REWRITE, "2024-03-18", wire="AP")],
            ["A", "B"],
            id="weeks apart",
        ),
        pytest.param(
            [of("A", STORY, wire="AP"), of("B", REWRITE, None, wire="AP")],
            ["AB"],
            id="one without a date",
        ),
        pytest.param(
            [of("A", STORY, url="https://a.org/1"), of("B", OTHER, based_on="http://a.org/1/")],
            ["AB"],
            id="the page names what it is based on",
        ),
        pytest.param(
            [
                of("A", STORY, based_on="https://w.org/1"),
                of("B", OTHER, based_on="https://w.org/1"),
            ],
            ["AB"],
            id="both based on a page that is not here",
        ),
        pytest.param(
            [of("Bay Post", STORY), of("B", f"{REWRITE}\nSource: The Bay Post")],
            [("Bay Post", "B")],
            id="a source line",
        ),
        pytest.param(
            [
                of("Bay Post", STORY),
                of("B", f"{REWRITE}\nThis was first reported by the Bay Post."),
            ],
            [("Bay Post", "B")],
            id="who reported it first",
        ),
        pytest.param(
            [of("Bay Post", STORY), of("B", f"{OTHER}\nSource: Bay Post")],
            [("Bay Post",), ("B",)],
            id="a source line, but none of its stories here is that one",
        ),
        pytest.param(
            [of("Bay Post", STORY, "2024-03-19"), of("B", f"{REWRITE}\nSource: Bay Post")],
            [("Bay Post",), ("B",)],
            id="a credit to what came out later",
        ),
        pytest.param(
            [of("Bay Post", STORY), of("B", f"{REWRITE}\nThe Bay Post had its own camera there.")],
            [("Bay Post",), ("B",)],
            id="a name without a credit",
        ),
        pytest.param(
            [of("A", STORY), of("B", EDITED), of("C", STORY + "\n" + OTHER)],
            ["ABC"],
            id="through a third",
        ),
        pytest.param(
            [
                of("A", STORY),
                of("B", f"{STORY}\n{OTHER}\n{OTHER[:80]} {SAME_BEAT}\n{REWRITE[::-1]}"),
            ],
            ["AB"],
            id="a story inside one three times as long",
        ),
    ],
)
def test_origin_is_the_independent_voice(reports: list[Report], expected: list[str]) -> None:
    assert groups(*reports) == {frozenset(names) for names in expected}


def test_wire_itself_shares_the_origin_of_those_who_credit_it() -> None:
    wire = of("Associated Press", STORY)
    assert groups(wire, of("B", REWRITE, wire="AP")) == {frozenset({"Associated Press", "B"})}


def test_box_in_many_reports_does_not_make_them_one_voice() -> None:
    box = STORY.split("\n")[0]
    long = [OTHER + "\n" + SAME_BEAT, REWRITE[::-1] + OTHER, SAME_BEAT[::-1] + OTHER[::-1]]
    reports = [of(name, f"{text}\n{box}") for name, text in zip("ABC", long, strict=True)]
    assert len(groups(*reports, of("D", box))) == 4


def test_each_origin_says_why() -> None:
    reports = [
        of("A", STORY),
        of("B", EDITED),
        of("State Voice", OTHER),
        of("C", SAME_BEAT, wire="AP"),
    ]
    origins = find_origins(reports, find_copies(reports), DESK)
    copied, _, state, wire = (origins[r.id].reasons for r in reports)
    assert copied[0].startswith("Copy: ")
    assert state == ("State Voice's own report: a state agency speaks for its state.",)
    assert wire == ("It credits AP; no other report here carries that story.",)


@given(st.permutations(range(5)))
@settings(max_examples=15, deadline=None)
def test_order_of_reports_leaves_no_trace(order: list[int]) -> None:
    reports = [
        of("A", STORY, wire="AP"),
        of("B", EDITED),
        of("C", REWRITE, None, wire="AP"),
        of("D", OTHER, None),
        of("E", SAME_BEAT, wire="AP"),
    ]
    shuffled = [reports[i] for i in order]
    assert find_origins(shuffled, find_copies(shuffled), DESK) == find_origins(
        reports, find_copies(reports), DESK
    )
