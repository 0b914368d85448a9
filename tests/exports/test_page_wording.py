"""English from fields: only what they say."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.exports.wording import basis_words, count_words, event_sentence, time_words


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        pytest.param("2023-07-21", "2023-07-21", "21 July 2023", id="a day"),
        pytest.param("2023-07-01", "2023-07-31", "July 2023", id="a whole month"),
        pytest.param("2024-02-01", "2024-02-29", "February 2024", id="a month in a leap year"),
        pytest.param("2022-01-01", "2022-12-31", "2022", id="a whole year"),
        pytest.param("2017-01-01", "2019-12-31", "2017 to 2019", id="whole years"),
        pytest.param("2023-07-17", "2023-07-28", "between 17 and 28 July 2023", id="in one month"),
        pytest.param(
            "2023-06-30", "2023-07-28", "between 30 June and 28 July 2023", id="in one year"
        ),
        pytest.param(
            "2022-12-30",
            "2023-01-02",
            "between 30 December 2022 and 2 January 2023",
            id="over years",
        ),
        pytest.param(None, "2023-07-20", "by 20 July 2023", id="open at the start"),
        pytest.param("2023-07-20", None, "20 July 2023 or later", id="open at the end"),
        pytest.param(
            None, "2023-07-23", "by 23 July 2023 (date of the report)", id="only the report's date"
        ),
        pytest.param(
            "2023-07-21T09:30:00+09:00",
            "2023-07-21T09:30:00+09:00",
            "21 July 2023, 09:30 (UTC+09:00)",
            id="a moment with its zone",
        ),
        pytest.param(
            "2023-07-21T00:00:00",
            "2023-07-21T23:59:59",
            "21 July 2023",
            id="a day told by its ends",
        ),
        pytest.param(None, None, "no date given", id="nothing"),
        pytest.param(
            "soon", "2023-99-99", "no date given", id="what is no date is not shown as one"
        ),
    ],
)
def test_dates_in_honest_words(earliest: str | None, latest: str | None, words: str) -> None:
    published = {"earliest": "2023-07-23", "latest": "2023-07-23"}
    assert time_words({"earliest": earliest, "latest": latest}, published) == words


def test_a_date_says_what_it_leans_on() -> None:
    day = {"earliest": "2023-07-21", "latest": "2023-07-21"}
    assert basis_words(day | {"basis": "linked"}) == "reckoned from linked reports"
    assert basis_words(day) == ""
    assert basis_words({"basis": "unresolved"}).startswith("the report gives none")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        pytest.param({"what": "missile", "value": 1}, "one missile", id="one"),
        pytest.param({"what": "missiles", "value": 2}, "two missiles", id="a plural stays one"),
        pytest.param(
            {"what": "missile", "value": 100, "approx": True}, "about 100 missiles", id="about"
        ),
        pytest.param({"what": "missile", "value": None}, "several missiles", id="multiple"),
        pytest.param(
            {"what": "missile", "value": None, "min": 2, "approx": True},
            "several missiles",
            id="multiple is two or more",
        ),
        pytest.param(
            {"what": "missile", "value": 23, "min": 23, "max": None, "approx": True},
            "at least 23 missiles",
            id="open above",
        ),
        pytest.param(
            {"what": "air-to-ground missile", "value": 3, "min": 3, "max": 3},
            "three air-to-ground missiles",
            id="a hyphen stays",
        ),
        pytest.param({"what": "body", "min": 2, "max": 3}, "two to three bodies", id="a range"),
        pytest.param({"what": "troop", "min": 11000}, "at least 11,000 troops", id="at least"),
        pytest.param({"what": "shell", "min": 1}, "at least one shell", id="at least one is one"),
        pytest.param({"what": "shell", "min": 1, "max": 3}, "one to three shells", id="up to more"),
        pytest.param({"what": "launch", "max": 3}, "at most three launches", id="at most"),
        pytest.param({"what": "tonne", "value": 2.5}, "2.5 tonnes", id="not whole"),
    ],
)
def test_counts_in_words(count: dict[str, Any], words: str) -> None:
    assert count_words(count) == words


TWO = [{"what": "missile", "value": 2}]


@pytest.mark.parametrize(
    ("event", "sources", "targets", "sentence"),
    [
        pytest.param(
            {"desk_kind": "ballistic-missile-launch", "counts": TWO},
            ["North Korea"], [],
            "North Korea launches two ballistic missiles",
            id="the kind names what is counted",
        ),
        pytest.param(
            {"desk_kind": "ballistic-missile-launch"}, ["North Korea"], [],
            "North Korea carries out a ballistic missile launch",
            id="no count: no number is hinted at",
        ),
        pytest.param(
            {"desk_kind": "satellite-launch", "status": "planned"}, ["North Korea"], [],
            "North Korea plans to carry out a satellite launch", id="planned",
        ),
        pytest.param(
            {"desk_kind": "nuclear-test", "status": "conditional"}, ["North Korea"], [],
            "North Korea would carry out a nuclear test", id="conditional",
        ),
        pytest.param(
            {"desk_kind": "cruise-missile-launch", "status": "denied", "counts": TWO},
            ["North Korea"], [],
            "North Korea is said not to have launched two cruise missiles", id="denied",
        ),
        pytest.param(
            {"type": "SANCTION", "status": "called-for"}, ["Japan", "United States"], ["North Korea"],
            "Japan and the United States are called on to take measures against North Korea",
            id="called for, of two",
        ),
        pytest.param(
            {"desk_kind": "detention", "status": "alleged"}, ["North Korea"], ["Private X"],
            "North Korea is said to have detained Private X", id="alleged",
        ),
        pytest.param(
            {"desk_kind": "officials-meeting"}, ["Japan"], ["South Korea"],
            "Japan holds an officials’ meeting with South Korea", id="an before a vowel",
        ),
        pytest.param(
            {"desk_kind": "exercise"}, ["Japan", "South Korea"], [],
            "Japan and South Korea hold an exercise together", id="several and no target",
        ),
        pytest.param(
            {"type": "ACCUSE"}, ["North Korea"], [],
            "North Korea makes an accusation", id="a verb that needs somebody and has nobody",
        ),
        pytest.param(
            {"type": "THREATEN"}, [], ["Japan"],
            "An actor not named threatens Japan", id="an unknown source is not guessed",
        ),
        pytest.param(
            {"desk_kind": "statement-of-condemnation"}, ["Japan"], ["North Korea"],
            "Japan condemns North Korea", id="the verb may stand anywhere in the kind",
        ),
        pytest.param(
            {"desk_kind": "balloon-race", "type": None}, ["Japan"], [],
            "Japan takes part in: balloon race", id="a kind nobody foresaw",
        ),
        pytest.param(
            {"desk_kind": "port-visit", "place": {"name": "Busan"}}, ["United States"],
            ["South Korea"],
            "The United States pays a port visit to South Korea (Busan)", id="with a place",
        ),
        pytest.param({}, [], [], "An actor not named takes part in: event", id="nothing told"),
    ],
)  # fmt: skip
def test_an_event_in_one_sentence(
    event: dict[str, Any], sources: list[str], targets: list[str], sentence: str
) -> None:
    assert event_sentence(event, sources, targets) == sentence
