"""Dates for the undated: each from something that is said, and no narrower than that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tellings import ACTORS, DESK, mention, span, statement

from dateline.linking.dating import Dated, date_undated
from dateline.model import Dateline, Link, Mention, Report, Statement, Time
from factory import day, report

DATED = report(
    "Doe said on Friday that the bond had grown deeper.", "2023-07-23", title="The bond grows"
)
SAID = statement(DATED, "that the bond had grown deeper", made=day("2023-07-21"))


def date_all(
    of: Report,
    links: list[Link] | None = None,
    statements: list[Statement] | None = None,
    mentions: list[Mention] | None = None,
    times: list[Time] | None = None,
) -> Dated | None:
    found = date_undated(
        [of, DATED],
        links or [],
        [SAID, *(statements or [])],
        mentions or [],
        ACTORS,
        DESK,
        {of.id: times or []},
    )
    assert {d.report for d in found} <= {of.id}
    return found[0] if found else None


def same_words(of: Report, content: str, **fields: object) -> tuple[Link, Statement]:
    own = statement(of, content, **fields)
    return Link("same-words", SAID.id, own.id, 1.0, ("Both have the same speaker.",)), own


def interval(dated: Dated | None) -> tuple[str | None, str | None] | None:
    return (dated.published.earliest, dated.published.latest) if dated else None


QUOTE = "“The bond has grown deeper,” she said at the recent forum."


def test_event_that_a_dated_report_tells_too_bounds_the_undated_one() -> None:
    tale = "Gulls, a ferry and a lighthouse keeper with binoculars were witnesses to the splash."
    dated = report(
        f"Two missiles were fired off Wonsan on Friday.\n{tale}", "2024-03-16", title="Splash"
    )
    text = f"The missiles that were fired on Friday woke the gulls.\n{tale}"
    for status, expected in (("occurred", ("2024-03-15", "2024-03-21")), ("planned", None)):
        of = report(text)
        mentions = [
            mention(dated, "fired", "2024-03-15", status=status),
            mention(of, "fired", bare(of, "on Friday", "published Fri<"), status=status),
        ]
        found = date_undated([of, dated], [], [], mentions, ACTORS, DESK)
        assert (interval(found[0]) if found else None) == expected


def bare(of: Report, words: str, relative: str) -> Time:
    return Time(words=span(of, words), relative=relative)


# --------------------------------------------------------------------------- one rule a row


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The council met and parted.", None, id="nothing tells: not dated"),
        pytest.param(
            "Secretary of State Jane Doe left.", ("2021-01-20", None), id="still in office"
        ),
        pytest.param(
            "Foreign Minister Lee left.", ("2019-03-01", "2021-06-30"), id="both ends known"
        ),
        pytest.param(
            "Foreign Minister Lee met Secretary of State Jane Doe.",
            ("2021-01-20", "2021-06-30"),
            id="two offices meet",
        ),
        pytest.param("Former Foreign Minister Lee left.", None, id="no longer in office"),
        pytest.param("Lee, a foreign minister's friend, left.", None, id="the words apart"),
        pytest.param("Foreign Minister Leeson left.", None, id="another name that starts so"),
        pytest.param(
            "In 2020 Foreign Minister Lee left.",
            ("2019-03-01", None),
            id="a year: told of the past, no end",
        ),
    ],
)
def test_offices_bound(text: str, expected: tuple[str | None, str | None] | None) -> None:
    assert interval(date_all(report(text))) == expected


def test_what_bounds_is_said_with_the_words_of_the_report() -> None:
    dated = date_all(report("Foreign Minister Lee left."))
    assert dated is not None
    assert dated.published.basis == "linked"
    assert dated.published.edtf == "2019-03-01/2021-06-30"
    assert dated.reasons == (
        "It speaks of “Foreign Minister Lee”, who held that office from 2019-03-01 on.",
        "It speaks of “Foreign Minister Lee”, who held that office until 2021-06-30.",
    )


def test_words_said_on_a_day_are_told_after_it_and_recent_within_a_year() -> None:
    of = report(QUOTE)
    link, own = same_words(of, "“The bond has grown deeper,”")
    dated = date_all(of, [link], [own])
    assert interval(dated) == ("2023-07-21", "2024-07-20")
    assert dated is not None
    assert "“The bond grows” (published 2023-07-23)" in dated.reasons[0]


def test_words_without_a_date_of_their_own_were_news_in_the_dated_report() -> None:
    of = report("“The bond has grown deeper,” she said.")
    link, own = same_words(of, "“The bond has grown deeper,”")
    unsaid = replace(SAID, made=Time())
    (dated,) = date_undated([of, DATED], [link], [unsaid, own], [], ACTORS, DESK)
    assert interval(dated) == ("2023-06-22", None)


def test_one_phrase_in_common_may_be_a_habit() -> None:
    of = report(QUOTE)
    link, own = same_words(of, "“The bond has grown deeper,”")
    assert date_all(of, [replace(link, score=0.8)], [own]) is None


def test_two_utterances_in_common_are_none() -> None:
    of = report(QUOTE)
    links, own = zip(
        *(same_words(of, words) for words in ("The bond", "grown deeper")), strict=True
    )
    dated = date_all(of, [replace(link, score=0.8) for link in links], list(own))
    assert interval(dated) == ("2023-07-21", "2024-07-20")


def test_a_weekday_of_what_is_dated_elsewhere_sets_the_week() -> None:
    of = report("“The bond has grown deeper,” she said on Friday.")
    link, own = same_words(
        of, "“The bond has grown deeper,”", made=bare(of, "Friday", "published Fri<")
    )
    assert interval(date_all(of, [link], [own])) == ("2023-07-21", "2023-07-27")


def test_a_day_without_a_year_takes_the_year_of_what_is_linked() -> None:
    of = report("“The bond has grown deeper,” she said. A ship came in on July 24.")
    link, own = same_words(of, "“The bond has grown deeper,”")
    dated = date_all(of, [link], [own], times=[bare(of, "July 24", "published 07-24<")])
    assert interval(dated) == ("2023-07-24", "2024-07-23")
    assert any("“July 24” without a year" in reason for reason in dated.reasons) if dated else False


def test_a_day_without_a_year_says_nothing_where_nothing_is_linked() -> None:
    of = report("A ship came in on July 24.")
    assert date_all(of, times=[bare(of, "July 24", "published 07-24<")]) is None


def test_copy_of_a_dated_report_runs_within_days() -> None:
    of = report(DATED.text, outlet="B")
    copy = Link("copy", of.id, DATED.id, 1.0, ("Same text.",))
    assert interval(date_all(of, [copy])) == ("2023-07-16", "2023-07-30")


def test_what_happened_on_a_full_date_is_told_after_it() -> None:
    of = report("The council met on 3 May 2022.")
    met = mention(of, "met", "2022-05-03", "ministers-meeting")
    assert interval(date_all(of, mentions=[met])) == ("2022-05-03", None)


@pytest.mark.parametrize("status", ["planned", "conditional", "called-for", "denied"])
def test_what_did_not_happen_yet_bounds_nothing(status: str) -> None:
    of = report("The council will meet on 3 May 2022.")
    assert date_all(of, mentions=[mention(of, "meet", "2022-05-03", status=status)]) is None


def filed(text: str, words: str, **fields: object) -> Report:
    """A report whose dateline has those words for its date."""
    plain = report(text)
    start = text.index(words)
    dateline = Dateline(0, start + len(words), None, (start, start + len(words)), None)
    return replace(plain, dateline=dateline, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("July 26", ("2023-07-26", "2023-07-28"), id="month and day"),
        pytest.param("26 July", ("2023-07-26", "2023-07-28"), id="day and month"),
        pytest.param("Jan. 2", ("2024-01-02", "2024-01-04"), id="the nearest year is the next"),
        pytest.param("Friday", ("2023-07-21", "2024-07-20"), id="a weekday says too little"),
    ],
)
def test_dateline_takes_the_year_of_what_is_linked(words: str, expected: tuple[str, str]) -> None:
    of = filed(f"SEOUL, {words} -- {QUOTE}", words)
    link, own = same_words(of, "“The bond has grown deeper,”")
    assert interval(date_all(of, [link], [own])) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            "May 5", ("2021-05-05", "2021-05-07"), id="only one May 5 with both in office"
        ),
        pytest.param(
            "December 5", ("2021-01-20", "2021-06-30"), id="none: the dateline is left out"
        ),
    ],
)
def test_dateline_takes_the_year_that_offices_leave(words: str, expected: tuple[str, str]) -> None:
    of = filed(f"SEOUL, {words} -- Foreign Minister Lee met Secretary of State Jane Doe.", words)
    assert interval(date_all(of)) == expected


def test_dateline_with_two_years_open_says_nothing() -> None:
    of = filed("SEOUL, May 5 -- Foreign Minister Lee left.", "May 5")
    assert interval(date_all(of)) == ("2019-03-01", "2021-06-30")


# --------------------------------------------------------------------------- rules together


def test_soft_bound_gives_way_to_a_firm_one() -> None:
    of = report("Foreign Minister Lee left.\nThe council met on 3 May 2022.")
    met = mention(of, "met", "2022-05-03", "ministers-meeting")
    dated = date_all(of, mentions=[met])
    assert interval(dated) == ("2022-05-03", None)


def test_reports_with_a_stated_date_are_left_alone() -> None:
    assert date_undated([DATED], [], [SAID], [], ACTORS, DESK) == []


def test_no_report_is_dated_by_one_that_was_dated_here() -> None:
    first, second = (
        report("Foreign Minister Lee left."),
        report("Foreign Minister Lee left.", outlet="B"),
    )
    plain = replace(second, text="The minister left.", paragraphs=((0, 18),), id="rep_plain")
    chain = Link("copy", plain.id, first.id, 1.0, ("Same text.",))
    assert [d.report for d in date_undated([first, plain], [chain], [], [], ACTORS, DESK)] == [
        first.id
    ]


@given(st.permutations(range(5)))
@settings(max_examples=15, deadline=None)
def test_order_leaves_no_trace(order: list[int]) -> None:
    texts = [
        QUOTE,
        "Foreign Minister Lee left.",
        "Secretary of State Doe came.",
        "Nothing.",
        "More.",
    ]
    reports = [report(text) for text in texts] + [DATED]
    link, own = same_words(reports[0], "“The bond has grown deeper,”")
    shuffled = [*(reports[i] for i in order), DATED]
    expected = date_undated(reports, [link], [SAID, own], [], ACTORS, DESK)
    assert date_undated(shuffled, [link], [own, SAID], [], ACTORS, DESK) == expected
