"""Times: what words name, on what they lean, and that forms settle the same way everywhere."""

from __future__ import annotations

import itertools
import re
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

import dateline.times
from dateline import lexicon
from dateline.model import Analysis, Sentence, Time
from dateline.times import find_times, resolve
from dateline.times import grammar as times_grammar
from dateline.times.forms import FormError
from dateline.times.reading import PART
from factory import analysed, day

# Each sentence is read as of Sunday, 23 July 2023.
PUBLISHED = "2023-07-23"


def found(text: str, published: str | None = PUBLISHED) -> list[tuple[str, Time]]:
    """The words and the time of each time in the text."""
    report, analysis = analysed(text, published)
    out = []
    for time in find_times(report, analysis):
        assert time.words is not None
        out.append((report.text[slice(*time.words)], time))
    return out


def only(text: str, published: str | None = PUBLISHED) -> tuple[str, Time]:
    times = found(text, published)
    assert len(times) == 1, times
    return times[0]


# --------------------------------------------------------------------------- stated dates


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        pytest.param("It flew on July 12, 2023.", "July 12, 2023", "2023-07-12", id="american"),
        pytest.param("It flew on 12 July 2023.", "12 July 2023", "2023-07-12", id="british"),
        pytest.param("It flew on the 12th of July 2023.", "the 12th of July 2023", "2023-07-12", id="ordinal"),
        pytest.param("It flew on Sept. 9, 2022.", "Sept. 9, 2022", "2022-09-09", id="short month"),
        pytest.param("It flew on 2023-07-12.", "2023-07-12", "2023-07-12", id="iso"),
        pytest.param("It flew on 7/21/2023.", "7/21/2023", "2023-07-21", id="slashes, one reading"),
        pytest.param("It flew on 7/8/2023.", "7/8/2023", "[2023-07-08..2023-08-07]", id="slashes, two readings"),
        pytest.param("It was built in May 1998.", "May 1998", "1998-05", id="month"),
        pytest.param("It was built in 1998.", "1998", "1998", id="year"),
        pytest.param("It was built in nineteen ninety-six.", "nineteen ninety-six", "1996", id="spelled year"),
        pytest.param("It grew in the third quarter of 2022.", "the third quarter of 2022", "2022-35", id="quarter"),
        pytest.param("It grew in Q3 2022.", "Q3 2022", "2022-35", id="short quarter"),
        pytest.param("It grew in the first half of 2022.", "the first half of 2022", "2022-01/2022-06", id="half"),
        pytest.param("They met in the summer of 2021.", "the summer of 2021", "2021-22", id="season"),
        pytest.param("It began in the 1980s.", "the 1980s", "198X", id="decade"),
        pytest.param("It began in the early '90s.", "the early '90s", "1990-01-01/1993-05-01", id="third of a decade"),
        pytest.param("It began in the 19th century.", "the 19th century", "18XX", id="century"),
        pytest.param("It began in fiscal 2019.", "fiscal 2019", "2019~", id="fiscal year is around the calendar's"),
        pytest.param("It was held on January 1, Juche 113 (2024).", "January 1, Juche 113 (2024)", "2024-01-01", id="Juche year and ours"),
        pytest.param("It was held in Juche 112.", "Juche 112", "2023", id="Juche year alone"),
        pytest.param("The drill ran from July 5 to 7, 2022.", "July 5 to 7, 2022", "2022-07-05/2022-07-07", id="days of a month"),
        pytest.param("The drill ran from July 30 to August 3, 2022.", "July 30 to August 3, 2022", "2022-07-30/2022-08-03", id="the end's year is the start's"),
        pytest.param("It was built between 2017 and 2019.", "2017 and 2019", "2017/2019", id="between years"),
        pytest.param("It was built in 1998-99.", "1998-99", "1998/1999", id="years with a hyphen"),
        pytest.param("It stood at the end of 2021.", "the end of 2021", "2021-09-01/2021-12-31", id="end is the last third"),
        pytest.param("It was built around May 1998.", "around May 1998", "1998-05~", id="around"),
    ],
)  # fmt: skip
def test_stated_dates(text: str, words: str, edtf: str) -> None:
    got, time = only(text, None)
    assert (got, time.edtf, time.basis) == (words, edtf, "stated")


# --------------------------------------------------------------------------- against publication


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        pytest.param("It fired a missile yesterday.", "yesterday", "2023-07-22", id="yesterday"),
        pytest.param("It fired a missile on Monday.", "Monday", "2023-07-17", id="past verb, past weekday"),
        pytest.param("They will meet on Monday.", "Monday", "2023-07-24", id="future verb, next weekday"),
        pytest.param("They plan to meet on Monday.", "Monday", "2023-07-24", id="a plan is future"),
        pytest.param("They had planned to meet on Monday.", "Monday", "2023-07-17", id="a plan that was is past"),
        pytest.param("They may have met on Monday.", "Monday", "2023-07-17", id="may have is past"),
        pytest.param("They met last Friday.", "last Friday", "2023-07-21", id="last weekday"),
        pytest.param("They will meet next Friday.", "next Friday", "2023-07-28", id="next weekday"),
        pytest.param("They met on Friday (July 21) in Aspen.", "Friday (July 21)", "2023-07-21", id="weekday and date in brackets"),
        pytest.param("They met on July 13.", "July 13", "2023-07-13", id="day without a year"),
        pytest.param("They met on December 28.", "December 28", "2022-12-28", id="past day over the turn of the year"),
        pytest.param("They will meet on January 5.", "January 5", "2024-01-05", id="future day over the turn of the year"),
        pytest.param("They met in June.", "June", "2023-06", id="month without a year"),
        pytest.param("They met in September.", "September", "2022-09", id="past month ahead of the anchor is last year's"),
        pytest.param("They will meet in September.", "September", "2023-09", id="future month"),
        pytest.param("They met on December 31 last year.", "December 31 last year", "2022-12-31", id="day of last year"),
        pytest.param("They met in May of this year.", "May of this year", "2023-05", id="month of this year"),
        pytest.param("They met two weeks ago.", "two weeks ago", "2023-07-03/2023-07-09", id="weeks ago is a week"),
        pytest.param("They met 10 days ago.", "10 days ago", "2023-07-13", id="days ago is a day"),
        pytest.param("They met a few days ago.", "a few days ago", "[2023-07-14..2023-07-21]", id="a few is two to nine"),
        pytest.param("They met two to three months ago.", "two to three months ago", "[2023-04..2023-05]", id="a range of months"),
        pytest.param("They met about two years ago.", "about two years ago", "2021~", id="about"),
        pytest.param("They met more than two years ago.", "more than two years ago", "../2021", id="more than is open"),
        pytest.param("They met a decade ago.", "a decade ago", "2013~", id="a decade ago is no exact year"),
        pytest.param("They met last month.", "last month", "2023-06", id="last month"),
        pytest.param("They met late last month.", "late last month", "2023-06-21/2023-06-30", id="late is the last third"),
        pytest.param("They met early this month.", "early this month", "2023-07-01/2023-07-10", id="early is the first third"),
        pytest.param("They met earlier this month.", "earlier this month", "2023-07-01/2023-07-23", id="earlier is until the anchor"),
        pytest.param("They will meet later this year.", "later this year", "2023-07-23/2023-12-31", id="later is from the anchor"),
        pytest.param("They met last week.", "last week", "2023-07-10/2023-07-16", id="last week"),
        pytest.param("They met at the weekend.", "the weekend", "2023-07-15/2023-07-16", id="the weekend, past"),
        pytest.param("They met in the past two years.", "the past two years", "2021-07-23/2023-07-23", id="a length back is a stretch"),
        pytest.param("It has fired 100 missiles since 2022.", "2022", "2022/2023-07-23", id="since runs to publication"),
        pytest.param("It has fired since the start of 2022.", "the start of 2022", "2022-01-01/2023-07-23", id="since the start"),
        pytest.param("The talks run until Friday.", "Friday", "../2023-07-28", id="until"),
        pytest.param("It will leave by July 30.", "July 30", "../2023-07-30", id="by"),
        pytest.param("They spoke after Monday's launch.", "Monday", "2023-07-17", id="after what was on Monday, not after Monday"),
        pytest.param("They met in the third quarter.", "the third quarter", "2023-35", id="quarter without a year"),
        pytest.param("They met last fall.", "last fall", "2022-23", id="last season"),
        pytest.param("They met on New Year's Day.", "New Year's Day", "2023-01-01", id="holiday"),
        pytest.param("They met the day before yesterday.", "the day before yesterday", "2023-07-21", id="day before yesterday"),
        pytest.param("The two met from 5 to 7 July.", "5 to 7 July", "2023-07-05/2023-07-07", id="days before the month"),
    ],
)  # fmt: skip
def test_dates_against_publication(text: str, words: str, edtf: str) -> None:
    got, time = only(text)
    assert (got, time.edtf, time.basis) == (words, edtf, "published-anchored")


# --------------------------------------------------------------------------- times of day


@pytest.mark.parametrize(
    ("text", "words", "edtf", "zone"),
    [
        pytest.param("It flew at 8:24 a.m. local time on Friday.", "8:24 a.m. local time on Friday", "2023-07-21T08:24:00", "local", id="local time stays local"),
        pytest.param("It flew on Friday at 8:24 a.m. KST.", "Friday at 8:24 a.m. KST", "2023-07-21T08:24:00+09:00", "+09:00", id="zone by name"),
        pytest.param("It flew on Friday at 22:30 UTC+9.", "Friday at 22:30 UTC+9", "2023-07-21T22:30:00+09:00", "+09:00", id="zone by offset"),
        pytest.param("It flew at 0735 GMT on Friday.", "0735 GMT on Friday", "2023-07-21T07:35:00Z", "Z", id="four digits and GMT"),
        pytest.param("It flew at 10 p.m. Wednesday.", "10 p.m. Wednesday", "2023-07-19T22:00:00", None, id="hour before the day"),
        pytest.param("It flew on the morning of July 12.", "the morning of July 12", "2023-07-12", None, id="part of a day is the day"),
        pytest.param("It flew on Friday evening.", "Friday evening", "2023-07-21", None, id="day and part"),
    ],
)  # fmt: skip
def test_times_of_day(text: str, words: str, edtf: str, zone: str | None) -> None:
    got, time = only(text)
    assert (got, time.edtf, time.zone, time.timex_type) == (words, edtf, zone, "TIME")


def test_a_time_of_day_leans_on_the_last_day_named() -> None:
    (_, friday), (_, clock) = found("It fired two missiles on Friday. One flew at 8:24 a.m. KST.")
    assert friday.edtf == "2023-07-21"
    assert (clock.edtf, clock.basis) == ("2023-07-21T08:24:00+09:00", "context-anchored")


def test_a_time_of_day_leans_on_the_day_its_sentence_names_after_it() -> None:
    (_, clock), (_, gmt), _ = found("It flew at 8:24 a.m. KST (2324 GMT) early on Friday.")
    assert clock.edtf == "2023-07-21T08:24:00+09:00"
    assert gmt.edtf == "2023-07-21T23:24:00Z"


def test_an_hour_that_may_be_of_the_evening_is_not_dated_to_the_minute() -> None:
    _, time = only("It flew at 9:15 on Friday.")
    assert (time.edtf, time.timex_value) == ("2023-07-21", "2023-07-21T09:15")


def test_a_time_of_day_without_a_day_is_not_given_one() -> None:
    _, clock = only("One flew at 8:24 a.m. KST.")
    assert (clock.edtf, clock.basis, clock.timex_value) == (None, "unresolved", "XXXX-XX-XXT08:24")


# --------------------------------------------------------------------------- against the story


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        pytest.param("It fired on May 3, 2021. Two days later it fired again.", "Two days later", "2021-05-05", id="days later"),
        pytest.param("It fired on May 3, 2021. The next day it fired again.", "The next day", "2021-05-04", id="the next day"),
        pytest.param("It fired on May 3, 2021. They spoke that day.", "that day", "2021-05-03", id="that day"),
        pytest.param("It fired on May 3, 2021. They met the following week.", "the following week", "2021-05-10/2021-05-16", id="the following week"),
        pytest.param("It fired on May 3, 2021. They met in March that year.", "March that year", "2021-03", id="month of that year"),
        pytest.param("It fired on May 3, 2021. They had met the previous Friday.", "the previous Friday", "2021-04-30", id="the previous weekday"),
        pytest.param("It fired in May 2021. Two days later it fired again.", "Two days later", "[2021-05-03..2021-06-02]", id="from a month, from both its ends"),
        pytest.param("It fired on May 3, 2021. A few days later it fired again.", "A few days later", "[2021-05-05..2021-05-12]", id="a few days later"),
        pytest.param("They met on July 20, 2021. On the 24th they parted.", "the 24th", "2021-07-24", id="a day of the month last named"),
    ],
)  # fmt: skip
def test_dates_against_the_story(text: str, words: str, edtf: str) -> None:
    _, (got, time) = found(text)
    assert (got, time.edtf, time.basis) == (words, edtf, "context-anchored")


@pytest.mark.parametrize(
    ("text", "words", "edtf"),
    [
        pytest.param("They met two days after July 5.", "two days after July 5", "2023-07-07", id="days after a date"),
        pytest.param("They met a week before Monday.", "a week before Monday", "2023-07-10", id="a week before a weekday is a day"),
        pytest.param("They met two days after Monday's launch.", "two days after Monday", "2023-07-19", id="days after what was on a day"),
    ],
)  # fmt: skip
def test_dates_counted_from_a_date_beside_them(text: str, words: str, edtf: str) -> None:
    got, time = only(text)
    assert (got, time.edtf) == (words, edtf)


def test_working_days_are_not_counted_as_days() -> None:
    times = found("They met two trading days after July 5.")
    assert [(w, t.edtf) for w, t in times] == [
        ("two trading days", None),
        ("July 5", "2023-07-05/.."),
    ]


def test_without_stretches_each_date_is_a_time() -> None:
    report, analysis = analysed("It ran from July 5 to August 3.", PUBLISHED)
    assert [t.edtf for t in find_times(report, analysis)] == ["2023-07-05/2023-08-03"]
    apart = find_times(report, analysis, stretches=False)
    assert [t.edtf for t in apart] == ["2023-07-05", "2023-08-03"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        pytest.param("It fired on Monday.", "2023-07-17", id="past"),
        pytest.param("It will fire on Monday.", "2023-07-24", id="will"),
        pytest.param("It plans to fire on Monday.", "2023-07-24", id="plan"),
        pytest.param("It had planned to fire on Monday.", "2023-07-17", id="a plan that was"),
        pytest.param("On Monday it will fire.", "2023-07-24", id="the verb after it"),
    ],
)
def test_without_a_parse_the_words_tell_the_tense(text: str, edtf: str) -> None:
    report, _ = analysed(text, PUBLISHED)
    sentences = (Sentence(0, len(text), 0, 0, 0, 0),)
    (time,) = find_times(report, Analysis(sentences=sentences))
    assert time.edtf == edtf


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('It fired on May 3, 2021. "We met two days later," he said.', id="told outside the quotation"),
        pytest.param('"It fired on May 3, 2021," he said. Two days later they met.', id="told inside the quotation"),
        pytest.param("It fired on May 3, 2021.\nMany spoke.\nTwo days later they met.", id="told two paragraphs before"),
        pytest.param("It fired on May 3, 2021.\nMany spoke.\nA year later they met.", id="a year later is not counted from publication"),
    ],
)  # fmt: skip
def test_what_the_story_tells_elsewhere_is_no_anchor(text: str) -> None:
    _, (words, time) = found(text)
    assert "later" in words
    assert (time.edtf, time.basis) == (None, "unresolved")


def test_a_year_told_holds_for_its_paragraph_when_publication_is_unknown() -> None:
    text = "In 2021 there was a test. On July 24 they met.\nOn July 28 they parted."
    (_, year), (_, met), (_, parted) = found(text, None)
    assert year.edtf == "2021"
    assert (met.edtf, met.basis) == ("2021-07-24", "context-anchored")
    assert (parted.edtf, parted.basis) == (None, "unresolved")


# --------------------------------------------------------------------------- unknown is unknown


@pytest.mark.parametrize(
    ("text", "relative", "timex"),
    [
        pytest.param("It fired on Monday.", "published Mon<", "XXXX-WXX-1", id="weekday"),
        pytest.param("It fired two weeks ago.", "published week-2", "XXXX-WXX", id="weeks ago"),
        pytest.param("It fired late last month.", "published month-1 late", "XXXX-XX", id="last month"),
        pytest.param("It fired on July 24.", "published 07-24<~", "XXXX-07-24", id="day without a year"),
        pytest.param("It fired in the third quarter.", "published Q3<~", "XXXX-Q3", id="quarter"),
        pytest.param("Two days later it fired.", "context day+2", "XXXX-XX-XX", id="no story to lean on"),
    ],
)  # fmt: skip
def test_without_publication_a_time_stays_relative(text: str, relative: str, timex: str) -> None:
    _, time = only(text, None)
    assert (time.edtf, time.earliest, time.latest) == (None, None, None)
    assert (time.basis, time.relative, time.timex_value) == ("unresolved", relative, timex)


def test_since_a_stated_year_keeps_what_is_known_without_publication() -> None:
    _, time = only("It has fired 100 missiles since 2022.", None)
    assert (time.edtf, time.earliest, time.latest) == ("2022/", "2022-01-01", None)


def test_a_report_dated_by_links_gives_a_set_of_days_and_says_so() -> None:
    linked = Time(
        edtf="2023-07-20/2023-07-24", earliest="2023-07-20", latest="2023-07-24", basis="linked"
    )
    report, analysis = analysed("It fired on Monday.", published=None)
    (time,) = find_times(replace(report, published=linked), analysis)
    assert (time.edtf, time.earliest, time.latest) == (
        "[2023-07-17..2023-07-24]",
        "2023-07-17",
        "2023-07-24",
    )
    assert time.basis == "linked"


def test_a_linked_interval_that_settles_a_form_exactly_gives_one_value() -> None:
    linked = Time(
        edtf="2023-07-20/2023-07-24", earliest="2023-07-20", latest="2023-07-24", basis="linked"
    )
    time = resolve("published month-1", linked)
    assert (time.edtf, time.basis) == ("2023-06", "linked")


# --------------------------------------------------------------------------- what is no time


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Theresa May spoke to Mrs. May and said May was tired.", id="a surname"),
        pytest.param("They may march through the city.", id="a modal and a verb"),
        pytest.param("Stocks fall when the Sun rises.", id="a verb and a star"),
        pytest.param("The council passed Resolution 1718.", id="a resolution"),
        pytest.param("About 1,100 people and 2000 troops came.", id="counts"),
        pytest.param("The KN-2000 carries an F-1998 engine.", id="model numbers"),
        pytest.param("They won 21:15 after a 3:0 start.", id="scores"),
        pytest.param("Call 555-1998 or room 2010.", id="a telephone and a room"),
        pytest.param("It was the second test and a second missile.", id="an ordinal"),
        pytest.param("She is 52 years old and has a 12-year-old son.", id="ages"),
        pytest.param("It cost $5 a share and $1998.", id="prices"),
        pytest.param("Shares rose to 2.46 at the close.", id="decimals"),
        pytest.param("Three-quarters of them left.", id="a fraction"),
        pytest.param("It flew 2000 kilometers.", id="a distance"),
        pytest.param("A man in his 30s was seen on the 5th floor.", id="age and floor"),
    ],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Theresa May resigned in May.", "May", id="the month beside the surname"),
        pytest.param("They plan a May summit.", "May", id="a month before a noun"),
        pytest.param("They left in March.", "March", id="March after in"),
        pytest.param("June was hot.", "June", id="a month that is a name too"),
    ],
)
def test_months_that_are_also_other_words(text: str, words: str) -> None:
    got, time = only(text)
    assert got == words
    assert time.edtf is not None


# --------------------------------------------------------------------------- lengths and frequencies


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        pytest.param("It lasted two years.", "DURATION", "P2Y", id="years"),
        pytest.param("It was a 10-hour flight.", "DURATION", "PT10H", id="hyphens"),
        pytest.param("It lasted two and a half hours.", "DURATION", "PT2H30M", id="a half"),
        pytest.param("It lasted several months.", "DURATION", "PXM", id="vague"),
        pytest.param("It lasted two to three weeks.", "DURATION", "P2W", id="the lower of a range"),
        pytest.param("It lasted two decades.", "DURATION", "P20Y", id="decades are years"),
        pytest.param("They meet every Tuesday.", "SET", "XXXX-WXX-2", id="every weekday"),
        pytest.param("They meet on Monday nights.", "SET", "XXXX-WXX-1TNI", id="nights"),
        pytest.param("They meet each month.", "SET", "P1M", id="each month"),
        pytest.param("They meet twice a week.", "SET", "P1W", id="twice a week"),
        pytest.param("They meet annually.", "SET", "XXXX", id="annually"),
    ],
)
def test_lengths_and_frequencies_have_no_date(text: str, kind: str, value: str) -> None:
    _, time = only(text)
    assert (time.timex_type, time.timex_value) == (kind, value)
    assert (time.edtf, time.relative) == (None, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("They now have 40 missiles.", "PRESENT_REF", id="now"),
        pytest.param("They met recently.", "PAST_REF", id="recently"),
        pytest.param("They will meet in the future.", "FUTURE_REF", id="the future"),
    ],
)
def test_references(text: str, value: str) -> None:
    _, time = only(text)
    assert (time.timex_type, time.timex_value) == ("DATE", value)


def test_a_year_earlier_than_a_quarter_is_that_quarter() -> None:
    times = found("Profit rose in the third quarter of 2022 from a year earlier.")
    assert [t.timex_value for _, t in times] == ["2022-Q3", "2021-Q3"]


# --------------------------------------------------------------------------- forms

POINTS = (
    "published", "published day-1", "published Mon<", "published Thu>>", "published Sun~",
    "published week-2", "published month-1 late", "published month+0 before",
    "published year+0 after", "published 07-24~", "published 02-29<", "published 12-31<~",
    "published M09>~", "published Q3<~", "published SU<<", "published WI~", "published H1=",
    "published year-1 M12= D31", "published decade-1", "published century+0", "published D31<",
    "published weekend-1", "published quarter-1 -1y", "published Mon< day+2", "published year-2 around",
    "published Fri< T08:24 @+09:00", "published day-1 TNI",
)  # fmt: skip
STRETCHES = (
    "..published", "published..", "2022 early..published", "published day-9..?published day-2",
    "published -2w..published | DURATION P2W", "published..published +9d", "..published Fri>",
    "published week-2 day+2..?published week-2 end day+9",
)  # fmt: skip
DAYS = st.dates(date(1500, 1, 1), date(8000, 12, 31))
# After 400 years the calendar repeats, weekdays and leap years included.
CYCLE = timedelta(days=146_097)


def interval(first: date, last: date) -> Time:
    return Time(edtf=f"{first}/{last}", earliest=str(first), latest=str(last), basis="linked")


@pytest.mark.parametrize("form", POINTS + STRETCHES)
@settings(max_examples=25, deadline=None)
@given(start=DAYS, length=st.integers(0, 400))
def test_a_form_settles_in_order_and_in_edtf(form: str, start: date, length: int) -> None:
    time = resolve(form, interval(start, start + timedelta(days=length)))
    if time.earliest and time.latest:
        assert time.earliest <= time.latest
    if time.edtf is not None:
        parse_edtf(time.edtf)
    assert time.relative == form


@pytest.mark.parametrize("form", [f for f in POINTS + STRETCHES if not f[0].isdigit()])
@settings(max_examples=25, deadline=None)
@given(start=DAYS.filter(lambda d: d.year < 7000))
def test_a_form_moves_with_its_anchor(form: str, start: date) -> None:
    here, there = (resolve(form, day(str(anchor))) for anchor in (start, start + CYCLE))
    for a, b in ((here.earliest, there.earliest), (here.latest, there.latest)):
        assert (a is None) == (b is None)
        if a is not None and b is not None:
            assert date.fromisoformat(a[:10]) + CYCLE == date.fromisoformat(b[:10])


@pytest.mark.parametrize("form", POINTS)
@settings(max_examples=25, deadline=None)
@given(start=DAYS, length=st.integers(0, 120), inside=st.integers(0, 120))
def test_an_interval_bounds_what_each_day_in_it_gives(
    form: str, start: date, length: int, inside: int
) -> None:
    whole = resolve(form, interval(start, start + timedelta(days=length)))
    one = resolve(form, day(str(start + timedelta(days=min(inside, length)))))
    if whole.earliest and whole.latest and one.earliest and one.latest:
        assert whole.earliest[:10] <= one.earliest[:10]
        assert one.latest[:10] <= whole.latest[:10]


def test_a_form_that_is_none_is_an_error() -> None:
    with pytest.raises(FormError):
        resolve("published nonsense", day("2023-07-23"))


TEXTS = (
    "On Monday it fired two missiles, two weeks after talks that began in late June.",
    "Since the start of 2022 it has fired 100. A few days later, at 8:24 a.m. on Friday, it fired.",
    "The third quarter was better than a year earlier. In May 2021, the next month looked worse.",
    "They meet every Tuesday for two hours and will meet again from July 30 to August 3.",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("published", ["2023-07-23", "2024-02-29", None])
def test_resolving_a_relative_form_again_gives_the_same_time(
    text: str, published: str | None
) -> None:
    anchor = day(published) if published else Time()
    for _, time in found(text, published):
        if time.relative is not None:
            again = resolve(time.relative, anchor)
            assert (again.edtf, again.earliest, again.latest) == (
                time.edtf,
                time.earliest,
                time.latest,
            )
            assert (again.timex_type, again.timex_value) == (time.timex_type, time.timex_value)


@pytest.mark.parametrize("text", TEXTS)
def test_an_undated_report_is_settled_later_by_its_forms(text: str) -> None:
    dated = [t.edtf for _, t in found(text)]
    forms = [t.relative for _, t in found(text, None)]
    anchor = day(PUBLISHED)
    assert [f and resolve(f, anchor).edtf for f in forms] == dated


def test_spans_are_in_order_and_apart() -> None:
    times = [t for _, t in found("\n".join(TEXTS))]
    spans = [t.words for t in times if t.words]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(
    ["on", "Monday", "July", "24", ",", "2023", "to", "5", "the", "third", "quarter", "of", "last", "year", "May", "'s", "two", "weeks", "ago", "8:24", "a.m.", "local", "time", "(", ")", "Juche", "113", "a", "few", "days", "later", "since", "early", "mid-", "1990s", "'98", "1/2", "7/8/2023", "and", "a", "half", "twenty", "-", "first", "hundred", "thousand", "nineteen", "every", "night", "0735", "GMT", "+", "9", "until", "between", "from"]
), max_size=14))  # fmt: skip
def test_any_words_are_read_without_error(tokens: list[str]) -> None:
    for words, time in found(" ".join(tokens)):
        assert words
        if time.edtf is not None:
            parse_edtf(time.edtf)


def test_a_night_does_not_join_a_month() -> None:
    assert [(w, t.edtf) for w, t in found("The July night was warm.")] == [("July", "2023-07")]


def test_an_uncoded_report_has_no_times() -> None:
    report, _ = analysed("It fired on Monday.", PUBLISHED)
    assert find_times(report, Analysis()) == []


# --------------------------------------------------------------------------- the module itself

SOURCES = {p.name: p.read_text("utf-8") for p in Path(dateline.times.__file__).parent.glob("*.py")}


def test_no_stage_asks_the_clock() -> None:
    for name, source in SOURCES.items():
        assert not re.search(r"\b(?:today|now|utcnow|localtime|time)\(\)", source), name
        assert not re.search(r"^(?:import|from) time\b", source, re.MULTILINE), name


def test_every_class_and_neighbour_of_the_lexicon_is_used() -> None:
    words = lexicon.load("times")
    rules = " ".join(rule for rule, _, _ in times_grammar.RULES) + PART
    code = "\n".join(SOURCES.values())
    in_rules = set(re.findall(r"[\w]+(?=[|>])", rules))
    unused = [n for n in words["classes"] if n not in in_rules and f'CLASSES["{n}"]' not in code]
    listed = set().union(
        *(words["neighbours"][n] for n in ("before_month", "before_month_and_noun"))
    )
    unused = [n for n in unused if n not in listed]
    unused += [n for n in words["neighbours"] if f'"{n}"' not in code]
    assert unused == []


def test_words_of_the_lexicon_are_lower_case() -> None:
    for name, table in lexicon.load("times").items():
        words = (
            [w for ws in table.values() for w in ws] if name in ("classes", "neighbours") else table
        )
        assert all(word == word.lower() for word in words), name


# --------------------------------------------------------------------------- the public data

TIMEBANK = Path(__file__).parent.parent.parent / "shared" / "data" / "timebank"


@pytest.mark.skipif(not TIMEBANK.is_dir(), reason="the public data are not beside the checkout")
def test_forms_of_timebank_settle_the_same_way_again() -> None:
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from dateline.language import analyse
    from evals.time import read_reports

    files = sorted(TIMEBANK.glob("*.tml"))[::20]
    reports = [report for file in files for report in read_reports(file)]
    seen = 0
    for report, analysis in analyse(reports):
        for time in find_times(report, analysis):
            if time.edtf is not None and time.relative is not None:
                again = resolve(time.relative, report.published)
                assert (again.edtf, again.timex_value) == (time.edtf, time.timex_value)
                parse_edtf(time.edtf)
                seen += 1
    assert seen > 20
