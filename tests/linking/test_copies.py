"""Copies and revisions: what is the same text, what changed, and what only looks alike."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.linking.copies import address, find_copies
from factory import report

STORY = (
    "North Korea fired two short-range ballistic missiles into the sea off its east coast on Monday, "
    "the South Korean military said, hours after the allies closed their spring drill.\n"
    "The missiles flew about 300 kilometres before they fell outside Japan's exclusive economic zone, "
    "and no damage to ships or aircraft was known, officials in Tokyo told reporters.\n"
    "Washington called on Pyongyang to come back to talks without conditions, and said that its "
    "commitment to the defence of its allies stood firm."
)
OTHER = (
    "The foreign ministers of three countries met in Manila on Tuesday to speak about supply chains, "
    "fishing rights and a shared centre for forecasts of typhoons in the western Pacific.\n"
    "They agreed to meet again before the end of the year, and left open who would be the host."
)


def pairs(*reports: object) -> list[tuple[str, str, str]]:
    return [(link.kind, link.a, link.b) for link in find_copies(reports)]  # type: ignore[arg-type]


EDITED = STORY.replace("on Monday, ", "Monday, ").replace("was known", "was reported")
PARTS = STORY.split("\n")


@pytest.mark.parametrize(
    ("one", "two", "linked"),
    [
        pytest.param(STORY, STORY, True, id="same text, other outlet"),
        pytest.param(STORY, EDITED, True, id="small edits"),
        pytest.param(STORY, "\n".join(PARTS[:2]), True, id="cut at the end"),
        pytest.param(STORY, f"{PARTS[1]}\n{OTHER}\n{OTHER[:90]}", False, id="one paragraph shared"),
        pytest.param(
            STORY, f"{OTHER}\n{STORY}\n{OTHER[::-1]}", True, id="a wire story inside a longer one"
        ),
        pytest.param(STORY, OTHER, False, id="other stories"),
        pytest.param(
            STORY, "\n".join([PARTS[2], PARTS[0], PARTS[1]]), True, id="paragraphs in another order"
        ),
        pytest.param("Missiles fired.", "Missiles fired.", True, id="short but the same"),
        pytest.param(
            "Missiles fired again.", "Missiles fired.", False, id="short and not the same"
        ),
    ],
)
def test_copy_is_the_same_story_in_the_same_order(one: str, two: str, linked: bool) -> None:
    found = pairs(report(one, "2024-03-18", outlet="A"), report(two, "2024-03-19", outlet="B"))
    assert [kind for kind, _, _ in found] == (["copy"] if linked else [])


def test_older_report_is_what_was_copied() -> None:
    old, new = report(STORY, "2024-03-18", outlet="A"), report(EDITED, "2024-03-19", outlet="B")
    assert pairs(new, old) == [("copy", new.id, old.id)]


def test_fuller_report_is_what_was_copied_where_no_date_tells() -> None:
    full, cut = report(STORY, outlet="A"), report("\n".join(PARTS[:2]), outlet="B")
    assert pairs(full, cut) == [("copy", cut.id, full.id)]


def test_furniture_is_not_compared() -> None:
    advert = (
        "Subscribe today and read every story that we have, for less than a cup of coffee a week. "
        * 3
    )
    one = report(f"{advert}\n{STORY}")
    two = report(f"{advert}\n{OTHER}")
    stories = [
        report(r.text, outlet=name, paragraphs=r.paragraphs[1:])
        for r, name in [(one, "A"), (two, "B")]
    ]
    assert pairs(*stories) == []


def test_house_form_of_one_outlet_is_no_copy() -> None:
    form = (
        "Pyongyang, {day} -- The leader sent a message of greeting to the president of {who} on the "
        "occasion of the founding day of that country, and wished its friendly people prosperity and "
        "success in all their work for the good of the nation and for lasting peace in the world."
    )
    one = report(form.format(day="June 12", who="Russia"), "2024-06-12", outlet="KCNA")
    two = report(form.format(day="July 1", who="Laos"), "2024-07-01", outlet="KCNA")
    assert pairs(one, two) == []


@pytest.mark.parametrize(
    ("changed", "days", "linked"),
    [
        pytest.param(
            [("Monday", "Friday"), ("300", "410")], "02", False, id="another day and range"
        ),
        pytest.param([("300", "310")], "02", True, id="one figure mended"),
        pytest.param([("300", "410"), ("two", "three")], "02", True, id="figures alone: an update"),
        pytest.param(
            [("two", "2"), ("east coast", "eastern coast")], "02", True, id="a number in figures"
        ),
        pytest.param(
            [("Japan's", "Laos's"), ("spring", "autumn"), ("two", "three")],
            "22",
            False,
            id="another name, weeks later",
        ),
    ],
)
def test_house_form_that_other_outlets_carry_is_no_copy(
    changed: list[tuple[str, str]], days: str, linked: bool
) -> None:
    text = STORY
    for old, new in changed:
        text = text.replace(old, new)
    one, two = report(STORY, "2024-03-01", outlet="A"), report(text, f"2024-03-{days}", outlet="B")
    assert bool(pairs(one, two)) == linked


@pytest.mark.parametrize(
    ("fields", "changed", "kind"),
    [
        pytest.param({"url": "https://x.org/a"}, EDITED, "revision", id="same address, edited"),
        pytest.param(
            {"url": "https://x.org/a"}, OTHER, "revision", id="same address, written anew"
        ),
        pytest.param(
            {"outlet": "A", "title": "Missiles"}, EDITED, "revision", id="same outlet and title"
        ),
        pytest.param(
            {"outlet": "A", "title": "The week"}, OTHER, None, id="a column's standing title"
        ),
        pytest.param({"url": "https://x.org/a"}, STORY, "copy", id="same address, same words"),
    ],
)
def test_revision_is_changed_text_at_one_address(
    fields: dict[str, object], changed: str, kind: str | None
) -> None:
    old, new = report(STORY, "2024-03-18", **fields), report(changed, "2024-03-19", **fields)
    assert pairs(new, old) == ([(kind, new.id, old.id)] if kind else [])


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param("https://www.x.org/a/", "http://x.org/a", id="scheme, www, last slash"),
        pytest.param(
            "https://x.org/a?utm_source=feed", "https://x.org/a#top", id="tracking, fragment"
        ),
        pytest.param("https://x.org/a?b=1&c=2", "https://x.org/a?c=2&b=1", id="order of the query"),
    ],
)
def test_address_names_the_page_only(one: str, two: str) -> None:
    assert address(one) == address(two)


def test_address_keeps_what_names_the_page() -> None:
    assert address("https://x.org/?p=1") != address("https://x.org/?p=2")


@given(st.permutations(range(5)))
@settings(max_examples=15, deadline=None)
def test_order_of_reports_leaves_no_trace(order: list[int]) -> None:
    reports = [
        report(t, outlet=str(i)) for i, t in enumerate([STORY, EDITED, OTHER, PARTS[0], STORY])
    ]
    assert find_copies([reports[i] for i in order]) == find_copies(reports)


def test_very_long_copies_are_found_without_alignment() -> None:
    dice = random.Random(3)
    words = ["".join(dice.choices(string.ascii_lowercase, k=5)) for _ in range(40_000)]
    one = report(" ".join(words), outlet="A")
    two = report(" ".join(words[:20_000] + words[21_000:]), outlet="B")
    assert [kind for kind, _, _ in pairs(one, two)] == ["copy"]


def test_hundreds_of_copies_are_linked_without_comparing_all_with_all() -> None:
    dice = random.Random(5)
    reports = []
    for number in range(300):
        words = STORY.split(" ")
        words[dice.randrange(len(words))] = "".join(dice.choices(string.ascii_lowercase, k=6))
        reports.append(report(" ".join(words), outlet=f"outlet {number}"))
    links = find_copies(reports)
    linked = {id for link in links for id in (link.a, link.b)}
    assert linked == {r.id for r in reports}
    assert len(links) < 300 * 40


def test_standing_title_of_an_undated_story_is_no_revision() -> None:
    half = f"{PARTS[0]}\n{OTHER}"
    fields = {"outlet": "A", "title": "The sea today"}
    assert pairs(report(STORY, **fields), report(half, "2024-03-19", **fields)) == []
    assert pairs(report(STORY, **fields), report(EDITED, "2024-03-19", **fields)) != []
