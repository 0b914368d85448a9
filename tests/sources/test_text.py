"""Plain text and Markdown."""

from __future__ import annotations

from pathlib import Path

from samples import the_item


def test_markdown_title_and_front_matter(tmp_path: Path) -> None:
    text = "---\ntitle: 'Two missiles'\ndate: 2023-07-24\nsource: Island Echo\n---\n\n# Other\n\nThey fell.\n"
    item = the_item(tmp_path, "a.txt", text)
    assert (item.media, item.title, item.published, item.outlet) == (
        "text/markdown",
        "Two missiles",
        "2023-07-24",
        "Island Echo",
    )
    assert item.text == text


def test_markdown_heading(tmp_path: Path) -> None:
    assert the_item(tmp_path, "a.md", "# Two missiles #\n\nThey fell.").title == "Two missiles"


def test_plain_text_has_no_fields(tmp_path: Path) -> None:
    item = the_item(tmp_path, "a.txt", "# Two missiles\n\nThey fell.")
    assert (item.media, item.title, item.published) == ("text/plain", None, None)
