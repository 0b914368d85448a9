"""One utterance in two reports: quotes, their fragments and paraphrases, and what only sounds alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tellings import statement

from dateline.linking.same_words import find_same_words
from dateline.model import Link, Report, Statement
from factory import day, report

QUOTE = (
    "“The bond that we have with both of our allies has only grown deeper, and every new test brings "
    "us closer,” she said."
)
BACKGROUND = [
    "She said that the port would open again in autumn once the cranes were repaired.",
    "She said that trade with the islands had doubled, and that tariffs should fall.",
    "She said that the allies would hold their drills as planned, test or no test.",
]


def said(of: Report, **fields: object) -> Statement:
    """All of the report's first paragraph as one statement."""
    start, end = of.paragraphs[0]
    return statement(of, of.text[start:end], **fields)


def linked(*told: tuple[Report, Statement]) -> list[Link]:
    others = [report(text, "2023-07-22") for text in BACKGROUND]
    everything = [*told, *((r, said(r)) for r in others)]
    return find_same_words([s for _, s in everything], [r for r, _ in everything])


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        pytest.param(QUOTE, QUOTE, True, id="the same quote"),
        pytest.param(
            QUOTE,
            "She spoke of a deepening bond with the allies, which each new test would make closer.",
            True,
            id="a paraphrase",
        ),
        pytest.param(
            QUOTE,
            "She said that the bond with both allies “has only grown deeper”.",
            True,
            id="a fragment",
        ),
        pytest.param(
            QUOTE,
            "She said that a new test of the allies was a matter for the council.",
            False,
            id="a topic",
        ),
        pytest.param(QUOTE, "She said that the harvest was good.", False, id="something else"),
    ],
)
def test_quote_meets_its_paraphrase(one: str, two: str, expected: bool) -> None:
    a, b = report(one), report(two, "2023-07-23")
    found = linked((a, said(a, mode="direct")), (b, said(b)))
    assert bool(found) == expected


def test_fuller_words_are_b() -> None:
    quote, told = report(QUOTE), report("She said the bond with both allies had only grown deeper.")
    direct, indirect = said(quote, mode="direct"), said(told)
    (link,) = linked((quote, direct), (told, indirect))
    assert (link.a, link.b) == (indirect.id, direct.id)
    assert link.kind == "same-words"
    assert any("%" in reason for reason in link.reasons)


@pytest.mark.parametrize(
    ("fields", "dates", "expected"),
    [
        pytest.param({"speaker": "person:kato"}, (None, None), False, id="another speaker"),
        pytest.param({"speaker": None}, (None, None), False, id="a speaker not told"),
        pytest.param({"negated": True}, (None, None), False, id="what was not said"),
        pytest.param({"made": day("2022-01-05")}, (None, None), False, id="said on another day"),
        pytest.param({}, ("2022-01-05", "2023-07-20"), False, id="reports a year apart"),
        pytest.param({}, ("2023-07-19", "2023-07-20"), True, id="reports a day apart"),
    ],
)
def test_what_keeps_a_paraphrase_apart(
    fields: dict[str, object], dates: tuple[str | None, str | None], expected: bool
) -> None:
    quote = report(QUOTE, dates[0])
    told = report(
        "She told of a bond with both allies grown deeper, closer with every new test.", dates[1]
    )
    own = {"made": day("2023-07-19")} if "made" in fields else {}
    direct = said(quote, mode="direct", **own)
    assert bool(linked((quote, direct), (told, said(told, **fields)))) == expected


def test_quotes_word_for_word_may_be_years_apart() -> None:
    old, new = report(QUOTE, "2019-03-01"), report(QUOTE + " ", "2023-07-20")
    assert linked((old, said(old, mode="direct")), (new, said(new, mode="direct")))


def test_words_for_word_need_no_speaker_in_one_of_them() -> None:
    one, two = report(QUOTE), report(QUOTE + " ")
    assert linked((one, said(one, mode="direct")), (two, said(two, mode="direct", speaker=None)))


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("She gave thanks.", id="a word"),
        pytest.param(
            "She said that the peace and security of the region mattered.", id="a house phrase"
        ),
    ],
)
def test_phrases_that_many_use_are_no_utterance(words: str) -> None:
    crowd = [(r, said(r)) for r in (report(words + " " * n) for n in range(9))]
    assert linked(*crowd) == []


def test_long_statements_do_not_share_an_utterance_by_sharing_a_beat() -> None:
    long = (
        "“Our defence is ready. The drills of the allies threaten peace in the region. Nuclear weapons "
        "keep war away from our land. Sanctions have never changed our course,” she said."
    )
    other = (
        "“Peace in the region needs talks. The land that war once burned is green. Allies of our defence "
        "stand by the course. Weapons were never our wish, nor sanctions or drills,” she said."
    )
    one, two = report(long, "2023-07-20"), report(other, "2023-07-22")
    assert linked((one, said(one, mode="direct")), (two, said(two, mode="direct"))) == []


def test_statements_of_one_report_are_not_linked() -> None:
    one = report(f"{QUOTE}\n{QUOTE}")
    first, second = (statement(one, QUOTE), said(one))
    assert linked((one, first), (one, second)) == []


@given(st.permutations(range(4)))
@settings(max_examples=10, deadline=None)
def test_order_leaves_no_trace(order: list[int]) -> None:
    reports = [report(text, None) for text in (QUOTE, QUOTE + " ", *BACKGROUND[:2])]
    told = [said(r) for r in reports]
    expected = find_same_words(told, reports)
    assert find_same_words([told[i] for i in order], [reports[i] for i in order]) == expected
