"""The report's text as HTML: nothing lost, everything escaped, each span one address."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.exports.marking import marked_paragraphs, span_id, visible


class Reader(HTMLParser):
    """Reads back a text, and the characters under each mark, and fails where tags do not nest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[tuple[str, str | None]] = []
        self.marked: dict[str, str] = {}
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        self.open.append((tag, given.get("id") or given.get("data-of")))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag, "tags cross"

    def handle_data(self, data: str) -> None:
        self.text += data
        for _, name in self.open:
            if name:
                self.marked[name] = self.marked.get(name, "") + data


def read(paragraphs: list) -> Reader:
    reader = Reader()
    for paragraph in paragraphs:
        reader.feed(str(paragraph.html))
        assert not reader.open, "a tag is left open at a paragraph's end"
    return reader


@pytest.mark.parametrize(
    ("spans", "html"),
    [
        pytest.param([], "ab cd ef", id="nothing cited: the text alone"),
        pytest.param([(0, 2)], '<mark id="r1-s0-2" class="w">ab</mark> cd ef', id="one span"),
        pytest.param(
            [(0, 5), (3, 5)],
            '<mark id="r1-s0-5" class="w">ab <mark id="r1-s3-5" class="w">cd</mark></mark> ef',
            id="nested spans nest",
        ),
        pytest.param(
            [(0, 5), (3, 8)],
            '<mark id="r1-s0-5" class="w">ab <mark id="r1-s3-8" class="w">cd</mark></mark>'
            '<mark data-of="r1-s3-8" class="w"> ef</mark>',
            id="crossing spans: the later is taken up again",
        ),
        pytest.param([(5, 99), (3, 3), (-1, 2)], "ab cd ef", id="spans outside the text are none"),
    ],
)
def test_spans_become_marks(spans: list[tuple[int, int]], html: str) -> None:
    paragraphs = marked_paragraphs("ab cd ef", "r1", dict.fromkeys(spans, "w"))
    assert [str(paragraph.html) for paragraph in paragraphs] == [html]


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        pytest.param("one\ntwo\n\nthree", ["one\ntwo", "three"], id="wrapped by hand"),
        pytest.param("one\ntwo\nthree", ["one", "two", "three"], id="no blank line: lines"),
        pytest.param(
            f"{'long ' * 30}\n\ntwo\nthree", ["long " * 30, "two", "three"], id="long lines: lines"
        ),
        pytest.param("", [], id="no text"),
        pytest.param("\n \n", [], id="white space"),
    ],
)
def test_paragraphs_are_those_of_the_text(text: str, paragraphs: list[str]) -> None:
    assert [text[p.start : p.end] for p in marked_paragraphs(text, "r1", {})] == paragraphs


def test_furniture_is_grey_and_has_no_address() -> None:
    first, second = marked_paragraphs("story\nadvert", "r1", {(0, 5): "w"}, [(6, 12, "advert")])
    assert not first.furniture
    assert second.furniture
    assert second.html == '<mark class="furniture f-advert">advert</mark>'


@given(
    st.text(st.sampled_from("ab <>&\"'\n\u202e\x00é조\U0001f680"), min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12),
)
def test_nothing_is_lost_and_each_span_is_found_at_its_address(
    text: str, spans: list[tuple[int, int]]
) -> None:
    cited = {(s, e): "w" for s, e in spans if s < e <= len(text)}
    paragraphs = marked_paragraphs(text, "r9", cited)
    reader = read(paragraphs)
    shown = "".join(visible(text[p.start : p.end]) for p in paragraphs)
    assert reader.text == shown
    assert len(reader.ids) == len(set(reader.ids))
    for start, end in cited:
        words = "".join(
            visible(text[max(start, p.start) : min(end, p.end)])
            for p in paragraphs
            if max(start, p.start) < min(end, p.end)
        )
        assert reader.marked.get(span_id("r9", (start, end)), "") == words
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", visible(text))
