"""One event in many tellings: what joins, what stays apart, and what the event then says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tellings import ACTORS, DESK, OFF_WONSAN, SEA_OF_JAPAN, SOHAE, count, mention

from dateline.linking.same_event import join_events
from dateline.model import Event, Link, Mention, Report, Time, content_id
from factory import report


def told(
    text: str,
    trigger: str,
    when: Time | str | None = None,
    kind: str | None = "missile-launch",
    *,
    published: str | None = None,
    outlet: str | None = None,
    **fields: object,
) -> tuple[Report, Mention]:
    """A report with one mention."""
    found = report(text, published, outlet=outlet)
    return found, mention(found, trigger, when, kind, **fields)


def join(
    *pairs: tuple[Report, Mention], origins: dict[str, str] | None = None
) -> tuple[list[Event], list[Link]]:
    reports = {r.id: r for r, _ in pairs}
    voices = origins or {id: f"or_{id}" for id in reports}
    return join_events([m for _, m in pairs], list(reports.values()), voices, DESK, ACTORS)


def together(*pairs: tuple[Report, Mention]) -> bool:
    return len(join(*pairs)[0]) == 1


MONDAY = "The North fired two ballistic missiles off its coast on Monday, Seoul said."
AGAIN = "Pyongyang launched a pair of missiles, the military in Tokyo told reporters."
KIND = "ballistic-missile-launch"
TALE = "Gulls, a ferry and a lighthouse keeper with binoculars were witnesses to the splash."
BEFORE = Time(edtf="../2024-03-19", latest="2024-03-19", basis="published-anchored")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param(
            told(MONDAY, "fired", "2024-03-18"), told(AGAIN, "launched", "2024-03-18"), True, id="kind, actor, day"
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-05"), told(AGAIN, "launched", "2024-03-07"), False, id="the 5th, the 7th"
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-18", status="planned"),
            told(AGAIN, "launched", "2024-03-18"),
            False,
            id="planned, happened",
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-18", status="alleged"),
            told(AGAIN, "launched", "2024-03-18", status="denied"),
            True,
            id="alleged, denied: a disagreement",
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-18", KIND),
            told(AGAIN, "launched", "2024-03-18"),
            True,
            id="a kind and the kind that it is a sort of",
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-18", KIND),
            told(AGAIN, "launched", "2024-03-18", "cruise-missile-launch"),
            False,
            id="ballistic, cruise",
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-18", "satellite-launch"),
            told(AGAIN, "launched", "2024-03-18"),
            True,
            id="a kind that the desk lists as narrower",
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-18", "satellite-launch"),
            told(AGAIN, "launched", "2024-03-18", KIND),
            False,
            id="two sorts of one kind",
        ),
        pytest.param(
            told("Washington imposed sanctions on three brokers of oil.", "imposed", "2024-03-18", "sanction",
                 source=("state:USA",)),
            told("It blacklisted three brokers over oil.", "blacklisted", "2024-03-18", None, type="COERCE",
                 source=("state:USA",)),
            True,
            id="a kind and the bare type beneath which it stands, in a word of the kind",
        ),
        pytest.param(
            told("Washington imposed sanctions on three brokers of oil.", "imposed", "2024-03-18", "sanction",
                 source=("state:USA",)),
            told("It jailed three brokers of oil.", "jailed", "2024-03-18", None, type="COERCE",
                 source=("state:USA",)),
            False,
            id="the bare type in a word that is none of the kind",
        ),
        pytest.param(
            told(AGAIN, "launched", BEFORE, published="2024-03-19", counts=(count(2),)),
            told(MONDAY, "fired", "2024-03-18", counts=(count(2),)),
            True,
            id="news without a day, and the day before its report",
        ),
        pytest.param(
            told(AGAIN, "launched", BEFORE, published="2024-03-19", counts=(count(2),)),
            told(MONDAY, "fired", "2024-03-08", counts=(count(2),)),
            False,
            id="news without a day, and a day long before its report",
        ),
        pytest.param(
            told(MONDAY, "fired", Time(relative="published Fri<"), counts=(count(2),)),
            told(f"{MONDAY} ", "fired", "2024-03-18", counts=(count(2),)),
            False,
            id="Friday in a report without a date, and a Monday",
        ),
        pytest.param(
            told(f"{MONDAY}\n{TALE}", "fired", Time(relative="published Mon<")),
            told(f"{AGAIN}\n{TALE}", "launched", "2024-03-18"),
            True,
            id="Monday in a report without a date, that shares rare words with one of a Monday",
        ),
        pytest.param(
            told(MONDAY, "fired", Time(relative="published Mon<")),
            told(AGAIN, "launched", "2024-03-18"),
            False,
            id="Monday in a report without a date, with no rare words in common",
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-18"),
            told(AGAIN, "launched", "2024-03-18", source=("state:CHN",)),
            False,
            id="other actors",
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-18", place=OFF_WONSAN),
            told(AGAIN, "launched", "2024-03-18", place=SOHAE),
            False,
            id="two launch sites",
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-18", place=OFF_WONSAN),
            told(AGAIN, "launched", "2024-03-18", place=SEA_OF_JAPAN),
            True,
            id="a site and the sea beyond it",
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-18", counts=(count(2),)),
            told(AGAIN, "launched", "2024-03-18", counts=(count(3),)),
            True,
            id="two, three: a disagreement",
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-18", counts=(count(2),)),
            told(AGAIN, "launched", "2024-03-18", counts=(count(100),)),
            False,
            id="two, a hundred: a sum",
        ),
        pytest.param(
            told(MONDAY, "fired", "2024-03-18"),
            told(AGAIN, "launched", Time(earliest="2022-01-01", latest="2024-12-31", basis="stated")),
            False,
            id="a day, three years",
        ),
        pytest.param(
            told(MONDAY, "fired"), told(AGAIN, "launched"), False, id="both without a date, words apart"
        ),
        pytest.param(
            told(MONDAY, "fired", published="2024-03-19", counts=(count(2),)),
            told(MONDAY.replace("Seoul", "Tokyo"), "fired", "2024-03-18", counts=(count(2),)),
            True,
            id="one without a date, in a report of that week",
        ),
        pytest.param(
            told(MONDAY, "fired", published="2024-09-19", counts=(count(2),)),
            told(MONDAY.replace("Seoul", "Tokyo"), "fired", "2024-03-18", counts=(count(2),)),
            False,
            id="one without a date, in a report of another season",
        ),
        pytest.param(
            told(MONDAY, "fired", counts=(count(2),)),
            told(f"{MONDAY} ", "fired", "2024-03-18", counts=(count(2),)),
            True,
            id="one without a date in a report without one, in the same words",
        ),
        pytest.param(
            told("The two ministers met in Manila over fishing.", "met", "2024-03-18", "ministers-meeting",
                 source=("person:doe",), target=("person:lee",)),
            told("The two met for an hour, aides said.", "met", "2024-03-18", "ministers-meeting",
                 source=("person:doe",), target=("person:lee",)),
            False,
            id="two meetings of a day may be two: nothing more in common",
        ),
        pytest.param(
            told("The two ministers met in Manila over fishing rights.", "met", "2024-03-18", "ministers-meeting",
                 source=("person:doe",), target=("person:lee",)),
            told("In Manila the ministers met, and fishing rights were discussed.", "met", "2024-03-18",
                 "ministers-meeting", source=("person:lee",), target=("person:doe",)),
            True,
            id="a meeting, from either side",
        ),
        pytest.param(
            told("The two ministers met in Manila over fishing rights.", "met", "2024-03-18", "ministers-meeting",
                 source=("person:doe",), target=("person:lee",)),
            told("The three ministers met in Manila over fishing rights.", "met", "2024-03-18", "ministers-meeting",
                 source=("person:kato",), target=("state:CHN",)),
            False,
            id="other people met",
        ),
    ],
)  # fmt: skip
def test_tellings_of_two_reports(
    first: tuple[Report, Mention], second: tuple[Report, Mention], expected: bool
) -> None:
    assert together(first, second) == expected
    assert together(second, first) == expected


def test_fire_and_returned_fire_are_one_exchange() -> None:
    one = report("The North fired four shots at dawn.\nThe South returned fire from its post.")
    shots = mention(one, "fired", "2024-03-18", "border-fire", target=("state:KOR",))
    answer = mention(one, "returned fire", None, "border-fire", source=("state:KOR",))
    assert together((one, shots), (one, answer))


def test_one_sentence_in_texts_of_one_origin_is_one_telling() -> None:
    days = {
        "2024-03-01": "Drills were held off the coast with four ships, the agency wrote in its notice.",
        "2024-03-10": "Drills were held with four ships off the eastern coast, said the agency's notice.",
    }
    pairs = [
        told(text, "Drills", kind="exercise", source=(), published=day, counts=(count(4, "ship"),))
        for day, text in days.items()
    ]
    one_voice = {r.id: "or_agency" for r, _ in pairs}
    assert len(join(*pairs)[0]) == 2
    assert len(join(*pairs, origins=one_voice)[0]) == 1


def test_news_without_a_day_that_may_be_either_of_two_launches_joins_neither() -> None:
    morning = told("Missiles rose from Wonsan at dawn.", "rose", "2024-03-18", place=OFF_WONSAN)
    night = told("Missiles rose from Sohae at night.", "rose", "2024-03-18", place=SOHAE)
    later = told(AGAIN, "launched", BEFORE, published="2024-03-19")
    assert len(join(morning, night, later)[0]) == 3


def test_ambiguous_stays_apart() -> None:
    morning = told(
        "Two missiles were fired at dawn from Wonsan.", "fired", "2024-03-18", place=OFF_WONSAN
    )
    night = told("Two missiles were fired at night from Sohae.", "fired", "2024-03-17", place=SOHAE)
    wide = Time(earliest="2024-03-17", latest="2024-03-18", basis="stated")
    either = told("The North fired missiles in those days.", "fired", wide)
    events, _ = join(morning, night, either)
    assert len(events) == 3


def test_tellings_that_leave_open_which_launch_go_together() -> None:
    pairs = [
        told(
            "Two missiles were fired at dawn from Wonsan.", "fired", "2024-03-18", place=OFF_WONSAN
        ),
        told("Two missiles were fired at night from Sohae.", "fired", "2024-03-18", place=SOHAE),
        *(
            told(f"Missiles flew that day, outlet {n} wrote.", "flew", "2024-03-18")
            for n in range(4)
        ),
    ]
    events, _ = join(*pairs)
    assert sorted(len(e.mentions) for e in events) == [1, 1, 4]


def test_near_miss_launches_of_one_week() -> None:
    days = ["2024-03-04", "2024-03-05", "2024-03-07"]
    reports = [told(f"{MONDAY} {day}", "fired", day, outlet=o) for day in days for o in "AB"]
    events, _ = join(*reports)
    assert sorted(e.when.edtf or "" for e in events) == days
    assert {len(e.mentions) for e in events} == {2}


def test_every_mention_is_in_one_event_and_ids_come_from_the_smallest() -> None:
    pairs = [told(f"{MONDAY} {n}", "fired", f"2024-03-{18 + n % 2}") for n in range(6)]
    events, links = join(*pairs)
    held = [id for e in events for id in e.mentions]
    assert sorted(held) == sorted(m.id for _, m in pairs)
    assert all(e.id == content_id("ev", min(e.mentions)) for e in events)
    assert len(links) == len(pairs) - len(events)


def test_joins_give_reasons_that_a_user_can_read() -> None:
    (event,), (link,) = join(
        told(MONDAY, "fired", "2024-03-18"), told(AGAIN, "launched", "2024-03-18")
    )
    assert link.reasons[:3] == (
        "Both tell the same kind of event (missile-launch).",
        "The same actors did it (North Korea).",
        "Both times meet (on one day).",
    )
    assert event.reasons[:3] == link.reasons[:3]


def test_an_event_told_once_needs_no_reason() -> None:
    assert join(told(MONDAY, "fired", "2024-03-18"))[0][0].reasons == ()


def test_reasons_of_an_event_say_how_often_they_held() -> None:
    counts = [{"counts": (count(2),)}, {"counts": (count(2),)}, {}]
    event = one_event(counts)
    assert "Their counts agree (missile), in 1 of 2 joins." in event.reasons


# --------------------------------------------------------------------------- in one report

LONG = (
    "The North fired two ballistic missiles on Monday.\n"
    "The launch came hours after a drill.\n"
    "It was the third launch this month."
)


def test_later_words_for_the_launch_join_the_dated_one() -> None:
    one = report(LONG)
    first, later = mention(one, "fired", "2024-03-18"), mention(one, "launch ", None)
    assert len(join((one, first), (one, later))[0]) == 1


def test_words_for_one_launch_do_not_join_a_sum_over_years() -> None:
    years = Time(edtf="2022/2024", earliest="2022-01-01", latest="2024-12-31", basis="stated")
    one = report("It has fired 100 missiles in three years.\nThe launch was condemned.")
    pairs = [(one, mention(one, "fired", years)), (one, mention(one, "launch"))]
    assert len(join(*pairs)[0]) == 2


def test_one_report_does_not_contradict_itself() -> None:
    one = report("The allies fired four missiles on Monday.\nEach side launched two of them.")
    pairs = [
        (one, mention(one, "fired", "2024-03-18", counts=(count(4),))),
        (one, mention(one, "launched", counts=(count(2),))),
    ]
    assert len(join(*pairs)[0]) == 2


def test_words_for_one_of_two_launches_join_neither() -> None:
    one = report(
        "It fired a missile on Monday.\nIt fired another on Friday.\nThe launch was condemned."
    )
    pairs = [
        (one, mention(one, "fired a missile", "2024-03-18")),
        (one, mention(one, "fired another", "2024-03-22")),
        (one, mention(one, "launch")),
    ]
    assert len(join(*pairs)[0]) == 3


# --------------------------------------------------------------------------- what the event says


def one_event(
    values: Sequence[dict[str, object]], when: str | None = "2024-03-18", **more: object
) -> Event:
    pairs = [
        told(f"{MONDAY} {n}", "fired", when, outlet=f"outlet {n}", **value)
        for n, value in enumerate(values)
    ]
    (event,) = join(*pairs, **more)[0]  # type: ignore[arg-type]
    return event


@pytest.mark.parametrize(
    ("counts", "agreed", "sides"),
    [
        pytest.param([2, 2, 2], [2], [], id="all the same"),
        pytest.param([2, 2, 3], [2], ["2 missiles", "3 missiles"], id="two against one"),
        pytest.param([2, 3], [], ["2 missiles", "3 missiles"], id="one against one: left open"),
        pytest.param(
            [2, 3, None],
            [None],
            ["2 missiles", "3 missiles", "several missiles"],
            id="two, three, multiple: all agree on several",
        ),
        pytest.param(
            [2, None],
            [None],
            ["2 missiles", "several missiles"],
            id="two, multiple: both say several",
        ),
        pytest.param(
            [2, 2, None], [2], ["2 missiles", "several missiles"], id="two of three say two"
        ),
    ],
)
def test_counts_side_by_side(
    counts: list[float | None], agreed: list[float | None], sides: list[str]
) -> None:
    event = one_event([{"counts": (count(value),)} for value in counts])
    assert [c.value for c in event.counts] == agreed
    assert [v for d in event.disagreements for v, _ in d.values] == sides


def test_from_nine_and_about_ten_follows_about_ten() -> None:
    event = one_event([{"counts": (count(10, approx=True),)}, {"counts": (count(9),)}])
    assert [(c.value, c.approx) for c in event.counts] == [(10, True)]


def test_copies_have_one_voice_in_a_disagreement() -> None:
    pairs = [
        told(f"{MONDAY} {n}", "fired", "2024-03-18", outlet=f"o{n}", counts=(count(value),))
        for n, value in enumerate([3, 3, 3, 2, 2])
    ]
    ids = [r.id for r, _ in pairs]
    origins = dict(zip(ids, ["or_ap", "or_ap", "or_ap", "or_x", "or_y"], strict=True))
    (event,) = join(*pairs, origins=origins)[0]
    assert event.origins == 3
    assert [c.value for c in event.counts] == [2]


def test_when_is_the_narrowest_that_all_agree_on() -> None:
    wide = Time(
        edtf="2024-03-17/2024-03-18", earliest="2024-03-17", latest="2024-03-18", basis="stated"
    )
    pairs = [told(MONDAY, "fired", "2024-03-18"), told(AGAIN, "launched", wide)]
    (event,) = join(*pairs)[0]
    assert (event.when.edtf, event.when.words, event.disagreements) == ("2024-03-18", None, ())


def test_two_stories_of_one_outlet_are_one_origin() -> None:
    pairs = [
        told(MONDAY, "fired", "2024-03-18", outlet="A"),
        told(AGAIN, "launched", "2024-03-18", outlet="A"),
    ]
    (event,) = join(*pairs)[0]
    assert event.origins == 1


# --------------------------------------------------------------------------- order and size


@given(st.permutations(range(8)))
@settings(max_examples=20, deadline=None)
def test_order_leaves_no_trace(order: list[int]) -> None:
    pairs = [
        told(
            f"{MONDAY} {n}",
            "fired",
            [None, "2024-03-18", "2024-03-19"][n % 3],
            counts=(count(n % 4 + 1),),
        )
        for n in range(8)
    ]
    assert join(*[pairs[i] for i in order]) == join(*pairs)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2024-03-17", "2024-03-18", None]),
            st.sampled_from(["missile-launch", KIND, "cruise-missile-launch", None]),
            st.sampled_from([("state:PRK",), ("state:USA",), ()]),
            st.sampled_from(["occurred", "planned", "denied"]),
            st.sampled_from([None, OFF_WONSAN, SOHAE]),
        ),
        min_size=1,
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_mentions_are_shared_out_whole_and_conflicts_never_join(
    rows: list[tuple[Any, ...]],
) -> None:
    pairs = [
        told(f"{MONDAY} {n}", "fired", when, kind, source=source, status=status, place=place)
        for n, (when, kind, source, status, place) in enumerate(rows)
    ]
    events, links = join(*pairs)
    mentions = {m.id: m for _, m in pairs}
    assert sorted(id for e in events for id in e.mentions) == sorted(mentions)
    assert len(links) == len(mentions) - len(events)
    for event in events:
        held = [mentions[id] for id in event.mentions]
        assert len({m.when.edtf for m in held if m.when.edtf}) <= 1
        assert len({m.source for m in held if m.source}) <= 1
        assert len({m.status == "planned" for m in held}) == 1
        assert event.when.edtf in {m.when.edtf for m in held}


def test_thousands_of_mentions_take_seconds() -> None:
    from time import perf_counter

    pairs = []
    for n in range(6_000):
        day = f"20{10 + n % 14}-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        pairs.append(
            told(f"{MONDAY} {n}", "fired", day if n % 5 else None, counts=(count(n % 3 + 1),))
        )
    start = perf_counter()
    events, _ = join(*pairs)
    assert perf_counter() - start < 30
    assert sum(len(e.mentions) for e in events) == 6_000
