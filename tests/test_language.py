"""Paragraphs to tokens with exact offsets; which language a text is in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.language import LanguageError, analyse, detect_language, load_pipeline
from dateline.model import Analysis
from factory import analysed, report


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("Two missiles fell into the sea on Monday, officials said.", "en", id="en"),
        pytest.param(
            "북한이 월요일 동해로 미사일 두 발을 발사했다고 합동참모본부가 밝혔다.", "ko", id="ko"
        ),
        pytest.param("Deux missiles sont tombés dans la mer lundi, selon Séoul.", "fr", id="fr"),
        pytest.param("5.", None, id="too little to tell"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_detect_language(text: str, language: str | None) -> None:
    assert detect_language(text) == language


@given(st.text(alphabet=st.sampled_from("Kim fired. “two” missiles\n\t—é한"), max_size=80))
@settings(max_examples=60, deadline=None)
def test_every_token_is_where_it_says(text: str) -> None:
    found, analysis = analysed(text)
    for token in analysis.tokens:
        assert found.text[token.start : token.end] == token.text
    for sentence in analysis.sentences:
        assert sentence.first <= sentence.root < sentence.last
        start, end = found.paragraphs[sentence.paragraph]
        assert start <= sentence.start <= sentence.end <= end


def test_no_sentence_runs_over_a_paragraph() -> None:
    _, analysis = analysed("Kim met\nMoon in Seoul.")
    assert [s.paragraph for s in analysis.sentences] == [0, 1]


def test_a_report_in_another_language_is_not_parsed_and_keeps_its_place() -> None:
    reports = [report("Kim spoke."), report("Kim sprach.", language="de"), report("Kim left.")]
    analyses = [a for _, a in analyse(reports)]
    assert [bool(a.tokens) for a in analyses] == [True, False, True]
    assert analyses[1] == Analysis()


def test_an_endless_line_is_cut_at_white_space() -> None:
    text = "word " * 10_000
    _, analysis = analysed(text.strip())
    assert all(t.text == "word" for t in analysis.tokens)
    assert len(analysis.tokens) == 10_000


def test_a_pipeline_that_is_not_there() -> None:
    with pytest.raises(LanguageError, match="not installed"):
        load_pipeline("no_such_pipeline")
