"""What an event says where its origins differ, however the mentions came together."""

from __future__ import annotations

import pytest
from tellings import OFF_WONSAN, SEA_OF_JAPAN, SOHAE, count, mention

from dateline.linking.consensus import agree, count_head, count_words, counts_agree
from dateline.linking.intervals import Days, days_of, time_of
from dateline.model import Count, Event, Mention, Report, Time
from factory import day, report


def event_of(*fields: dict[str, object], outlets: str = "", wires: str = "") -> Event:
    """The event of one mention a report; letters name outlets and wires, "-" is none."""
    reports: list[Report] = []
    mentions: list[Mention] = []
    for n, given in enumerate(fields):
        outlet = outlets[n] if outlets else f"outlet {n}"
        wire = wires[n] if wires and wires[n] != "-" else None
        reports.append(report(f"They fired missiles, says {n}.", outlet=outlet, wire=wire))
        mentions.append(mention(reports[-1], "fired", **given))  # type: ignore[arg-type]
    return agree(mentions, {r.id: r for r in reports}, {r.id: f"or_{r.id}" for r in reports})


WIDE = Time(
    edtf="2024-03-17/2024-03-19", earliest="2024-03-17", latest="2024-03-19", basis="stated"
)
BY = Time(edtf="../2024-03-20", latest="2024-03-20", basis="published-anchored")


@pytest.mark.parametrize(
    ("told", "when", "sides"),
    [
        pytest.param([day("2024-03-18")] * 2, "2024-03-18", [], id="the same"),
        pytest.param([day("2024-03-18"), WIDE], "2024-03-18", [], id="one inside the other"),
        pytest.param([day("2024-03-18"), BY], "2024-03-18", [], id="an open start agrees"),
        pytest.param([day("2024-03-18"), Time()], "2024-03-18", [], id="one does not say"),
        pytest.param([Time(), Time()], None, [], id="none says"),
        pytest.param(
            [day("2024-03-18"), day("2024-03-18"), day("2024-03-19")],
            "2024-03-18",
            ["2024-03-18", "2024-03-19"],
            id="two against one",
        ),
        pytest.param(
            [day("2024-03-18"), day("2024-03-19")],
            "2024-03-18/2024-03-19",
            ["2024-03-18", "2024-03-19"],
            id="one against one: as wide as they are apart",
        ),
    ],
)
def test_when(told: list[Time], when: str | None, sides: list[str]) -> None:
    event = event_of(*({"when": time} for time in told))
    assert event.when.edtf == when
    assert [value for d in event.disagreements for value, _ in d.values] == sides


@pytest.mark.parametrize(
    ("outlets", "wires", "voices"),
    [
        pytest.param("AB", "--", 2, id="two outlets"),
        pytest.param("AA", "--", 1, id="two stories of one outlet"),
        pytest.param("AB", "WW", 1, id="two stories of one wire"),
        pytest.param("AA", "W-", 2, id="a wire story and the outlet's own"),
        pytest.param("ABC", "W-W", 2, id="two carry the wire"),
    ],
)
def test_origins_are_voices(outlets: str, wires: str, voices: int) -> None:
    event = event_of(*[{}] * len(outlets), outlets=outlets, wires=wires)
    assert event.origins == voices


def test_one_report_that_names_two_places_differs_with_nobody() -> None:
    one = report("They fired missiles from the coast; they fell into the sea, fired at dawn.")
    told = [
        mention(one, "fired missiles", place=OFF_WONSAN),
        mention(one, "fired at dawn", place=SOHAE),
    ]
    assert agree(told, {one.id: one}, {}).disagreements == ()


def test_place_is_the_one_that_most_origins_name() -> None:
    event = event_of({"place": OFF_WONSAN}, {"place": OFF_WONSAN}, {"place": SOHAE})
    assert event.place == OFF_WONSAN
    assert [d.field for d in event.disagreements] == ["place"]


def test_a_sea_and_a_port_on_it_do_not_differ() -> None:
    assert event_of({"place": OFF_WONSAN}, {"place": SEA_OF_JAPAN}).disagreements == ()


def test_a_field_that_most_do_not_tell_is_told_by_those_who_do() -> None:
    event = event_of({"counts": (count(2),)}, {}, {})
    assert [c.value for c in event.counts] == [2]


def test_occurred_outranks_alleged_and_both_are_shown() -> None:
    event = event_of({"status": "alleged"}, {"status": "occurred"})
    assert event.status == "occurred"
    assert [d.field for d in event.disagreements] == ["status"]


def test_a_number_that_nobody_contradicts_is_not_yet_agreed() -> None:
    least = {"counts": (count(23, min=23),)}
    event = event_of(least, {"counts": (count(32),)}, {"counts": (count(None, min=2),)})
    assert [(c.value, c.min, c.max) for c in event.counts] == [(23, 23, None)]
    (differ,) = event.disagreements
    assert [v for v, _ in differ.values] == [
        "32 missiles",
        "at least 23 missiles",
        "several missiles",
    ]


@pytest.mark.parametrize(
    ("a", "b", "agree_"),
    [
        pytest.param(count(2), count(2.0), True, id="the same"),
        pytest.param(count(2), count(3), False, id="other"),
        pytest.param(count(10, approx=True), count(11), True, id="about ten, eleven"),
        pytest.param(count(10, approx=True), count(13), False, id="about ten, thirteen"),
        pytest.param(count(100, approx=True), count(110), True, id="about a hundred, 110"),
        pytest.param(count(23, min=23), count(25), True, id="at least 23, 25"),
        pytest.param(count(23, min=23), count(20), False, id="at least 23, 20"),
        pytest.param(count(23, min=23, approx=True), count(40), True, id="at least 23, 40"),
        pytest.param(
            count(2, min=2, max=2), count(3, min=3, max=3), False, id="exact, with both ends"
        ),
        pytest.param(count(None), count(2), True, id="several, two"),
        pytest.param(count(None), count(1), False, id="several, one"),
        pytest.param(count(None, min=2, max=3), count(3), True, id="two or three, three"),
    ],
)
def test_counts_agree_when_both_can_be_right(a: Count, b: Count, agree_: bool) -> None:
    assert counts_agree(a, b) == counts_agree(b, a) == agree_


@pytest.mark.parametrize(
    ("what", "head", "words"),
    [
        pytest.param("short-range ballistic missiles", "missile", "2 missiles", id="the last word"),
        pytest.param("missile launch", "launch", "2 launches", id="-es"),
        pytest.param("launches", "launch", "2 launches", id="-es, already a plural"),
        pytest.param("companies", "company", "2 companies", id="-ies"),
        pytest.param("days", "day", "2 days", id="-ys"),
        pytest.param("pass", "pass", "2 passes", id="-ss is no plural"),
    ],
)
def test_what_is_counted_is_told_by_its_last_word(what: str, head: str, words: str) -> None:
    assert count_head(count(2, what)) == head
    assert count_words(count(2, what)) == words


def test_days_and_times_round_trip() -> None:
    for time in (WIDE, BY, day("2024-03-18")):
        assert days_of(time_of(days_of(time), "stated")) == days_of(time)
    assert Days(1, 3).common(Days(4, 5)) is None
