"""What a page states, and its article's text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from samples import STORY, page, read_bytes, the_item

from dateline.model import RawItem

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Two missiles",
    "datePublished": "2023-07-24T09:30:00+09:00",
    "publisher": {"@type": "Organization", "name": "Harbour Post"},
    "author": [{"@type": "Person", "name": "Mina Calder"}, {"name": "Tomas Reyes"}],
}


def linked(*values: Any) -> str:
    """JSON-LD scripts."""
    return "".join(
        f"<script type='application/ld+json'>{v if isinstance(v, str) else json.dumps(v)}</script>"
        for v in values
    )


def meta(**tags: str) -> str:
    """Meta tags; "__" stands for a colon in a name."""
    return "".join(
        f"<meta property='{name.replace('__', ':')}' content='{value}'>"
        for name, value in tags.items()
    )


def read_page(folder: Path, head: str = "", **parts: Any) -> RawItem:
    return the_item(folder, "page.html", page(head, **parts))


PUBLISHED = "2023-07-24T09:30:00+09:00"
OTHER = ARTICLE | {"headline": "Something else", "datePublished": "2020-01-01"}


@pytest.mark.parametrize(
    ("head", "published"),
    [
        pytest.param(linked(ARTICLE), PUBLISHED, id="json-ld"),
        pytest.param(linked([{"@type": "WebPage"}, ARTICLE]), PUBLISHED, id="in-a-list"),
        pytest.param(
            linked({"@graph": [{"@type": "WebSite"}, ARTICLE]}), PUBLISHED, id="in-a-graph"
        ),
        pytest.param(
            linked(ARTICLE | {"@type": ["Article", "BlogPosting"]}), PUBLISHED, id="type-is-a-list"
        ),
        pytest.param(
            linked(f"<!-- {json.dumps(ARTICLE)} -->"), PUBLISHED, id="wrapped-in-a-comment"
        ),
        pytest.param(linked(json.dumps(ARTICLE) + ";"), PUBLISHED, id="something-after-it"),
        pytest.param(linked("{bad json", ARTICLE), PUBLISHED, id="bad-json-is-passed-over"),
        pytest.param(linked(OTHER, ARTICLE), PUBLISHED, id="the-one-with-this-headline"),
        pytest.param(
            linked(OTHER, OTHER | {"headline": "A third"}), None, id="none-of-two-is-this-page"
        ),
        pytest.param(meta(article__published_time=PUBLISHED), PUBLISHED, id="meta-property"),
        pytest.param(
            meta(article__modified_time=PUBLISHED), None, id="modified-is-not-published"
        ),
        pytest.param(
            meta(article__published_time="2023-07-25") + linked(ARTICLE), PUBLISHED, id="json-ld-first"
        ),
        pytest.param("<meta name='date' content='24 July 2023'>", "24 July 2023", id="as-stated"),
        pytest.param("", None, id="unknown"),
    ],
)  # fmt: skip
def test_published(tmp_path: Path, head: str, published: str | None) -> None:
    assert read_page(tmp_path, head).published == published


@pytest.mark.parametrize(
    ("body", "published"),
    [
        pytest.param("<time datetime='2023-07-24'>24 July</time>", "2023-07-24", id="the-only-one"),
        pytest.param(
            "<time datetime='2023-07-24'>a</time><time datetime='2023-07-20'>b</time>",
            None,
            id="two-that-differ",
        ),
        pytest.param(
            "<time datetime='2023-07-20'>b</time><time datetime='2023-07-24' pubdate>a</time>",
            "2023-07-24",
            id="the-marked-one",
        ),
        pytest.param("<p>Posted 24 July 2023 somewhere</p>", None, id="never-guessed-from-text"),
    ],
)
def test_time_elements(tmp_path: Path, body: str, published: str | None) -> None:
    markup = page().replace("<h1>", body + "<h1>")
    assert the_item(tmp_path, "page.html", markup).published == published


def test_all_that_is_stated(tmp_path: Path) -> None:
    stated = ARTICLE | {"isBasedOn": "https://wire.example/1", "inLanguage": "en-GB"}
    head = linked(stated) + "<link rel='canonical' href='https://harbour.example/two'>"
    item = read_page(tmp_path, head)
    assert (item.title, item.outlet, item.byline, item.url, item.based_on, item.language) == (
        "Two missiles",
        "Harbour Post",
        "Mina Calder, Tomas Reyes",
        "https://harbour.example/two",
        "https://wire.example/1",
        "en-GB",
    )


def test_publisher_by_reference(tmp_path: Path) -> None:
    article = ARTICLE | {"publisher": {"@id": "#us"}}
    organisation = {"@type": "Organization", "@id": "#us", "name": "Strait Courier"}
    assert (
        read_page(tmp_path, linked({"@graph": [article, organisation]})).outlet == "Strait Courier"
    )


def test_an_address_is_no_author(tmp_path: Path) -> None:
    assert read_page(tmp_path, meta(author="https://harbour.example/mina")).byline is None


def test_text_is_a_line_a_paragraph_and_nothing_else(tmp_path: Path) -> None:
    lines = read_page(tmp_path).text.split("\n")
    assert [line for line in lines if line != "Two missiles"] == list(STORY)


def test_lists_get_no_dashes(tmp_path: Path) -> None:
    markup = page().replace("</article>", "<ul><li>One ship turned back.</li></ul></article>")
    assert "\nOne ship turned back." in the_item(tmp_path, "page.html", markup).text


def test_an_article_in_two_containers_is_read_whole(tmp_path: Path) -> None:
    def part(kind: str, words: str) -> str:
        rows = "".join(f"<p>{p} That was the {words}, {n}.</p>" for n, p in enumerate(STORY * 2))
        return f"<div class='grid'><div class='{kind}'>{rows}</div></div>"

    chunks = part("article-body", "first part") + part("article-body", "second part")
    markup = (
        "<html><head><title>Two missiles</title></head><body><div class='chunks'>"
        f"{chunks}{part('related-stories', 'other story')}</div></body></html>"
    )
    text = the_item(tmp_path, "page.html", markup).text
    assert [line for line in text.split("\n") if line.endswith("5.")] == [
        f"{STORY[2]} That was the first part, 5.",
        f"{STORY[2]} That was the second part, 5.",
    ]


def test_declared_charset(tmp_path: Path) -> None:
    markup = page("<meta charset='euc-kr'>", headline="미사일 두 발").encode("euc-kr")
    items, _ = read_bytes(tmp_path, "page.html", markup)
    assert items[0].title == "미사일 두 발"
