"""Texts made comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.lexicon import load
from dateline.linking.wording import rarity, shared_weight, stems, story_words
from factory import report


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param("launches", "launched", id="verb and noun"),
        pytest.param("deepening", "deeper", id="gerund and comparative"),
        pytest.param("partnership", "partners", id="-ship"),
        pytest.param("cooperate", "cooperation", id="-ation"),
        pytest.param("country's", "country", id="possessive"),
        pytest.param("North Korea’s", "North Korea", id="curly apostrophe"),
        pytest.param("nuclear-armed", "nuclear armed", id="hyphen"),
    ],
)
def test_forms_of_a_word_meet(one: str, two: str) -> None:
    assert stems(one) == stems(two) != []


def test_empty_words_do_not_count() -> None:
    assert stems("He said that it was as it had been before") == []


def test_story_words_leave_out_furniture() -> None:
    whole = report("Subscribe now\nMissiles fell into the sea.")
    story = report(whole.text, paragraphs=whole.paragraphs[1:])
    assert story_words(story) == ["missiles", "fell", "into", "the", "sea"]


@given(
    st.sets(st.text("abc", min_size=1, max_size=3)), st.sets(st.text("abc", min_size=1, max_size=3))
)
def test_shared_weight_is_a_share_and_has_no_side(a: set[str], b: set[str]) -> None:
    weights = rarity([a, b])
    share = shared_weight(a, b, weights)
    assert 0.0 <= share <= 1.0 + 1e-9
    assert share == pytest.approx(shared_weight(b, a, weights))
    assert not a or shared_weight(a, a, weights) == pytest.approx(1.0)


def test_rare_words_weigh_more() -> None:
    weights = rarity([{"missile", "sohae"}, {"missile"}, {"missile"}])
    assert weights["sohae"] > weights["missile"] > 0


def test_lexicon_has_the_shape_that_is_read() -> None:
    words = load("linking")
    assert set(words) == {
        "answering",
        "calendar",
        "credits",
        "empty",
        "endings",
        "not_now",
        "numbers",
        "recent",
    }
    assert len(words["empty"].split()) == len(set(words["empty"].split()))
    assert all(word == word.casefold() for word in words["empty"].split())
