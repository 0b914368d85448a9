"""RSS and Atom."""

from __future__ import annotations

from pathlib import Path

from samples import read_bytes

from dateline.sources.feed import text_of_markup

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Straits digest</title><link>https://digest.example/</link><language>en</language>
<item><title>Two &amp; more</title><link>https://echo.example/1</link>
  <pubDate>Mon, 24 Jul 2023 09:30:00 +0900</pubDate>
  <source url="https://echo.example/">Island Echo</source>
  <description>Short.</description>
  <content:encoded><![CDATA[<p>Two missiles fell.</p><p>Ships <b>turned</b> back.</p>]]></content:encoded></item>
<item><title>Same date</title><pubDate>Mon, 24 Jul 2023 09:30:00 +0900</pubDate>
  <description>&lt;p&gt;Another story.&lt;/p&gt;</description></item>
<item><title>Headline alone</title></item>
</channel></rss>"""

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Northern Ledger</title>
<entry><title>One</title><link href="https://ledger.example/1"/><id>1</id>
  <published>2023-07-24T00:30:00Z</published><updated>2023-07-25T00:30:00Z</updated>
  <author><name>Tomas Reyes</name></author><content type="html">&lt;p&gt;A test.&lt;/p&gt;</content></entry>
<entry><title>Two</title><id>2</id><updated>2023-07-25T00:30:00Z</updated><summary>Another.</summary>
  <source><title>Island Echo</title></source></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    items, problems = read_bytes(tmp_path, "f.xml", RSS)
    assert not problems
    assert [(i.where, i.title, i.text, i.outlet, i.published) for i in items] == [
        (
            "f.xml#1",
            "Two & more",
            "Two missiles fell.\nShips turned back.",  # content before summary
            "Island Echo",  # the real publisher
            "Mon, 24 Jul 2023 09:30:00 +0900",  # word for word
        ),
        (
            "f.xml#2",
            "Same date",
            "Another story.",
            "Straits digest",
            "Mon, 24 Jul 2023 09:30:00 +0900",
        ),
        ("f.xml#3", "Headline alone", "Headline alone", "Straits digest", None),
    ]


def test_atom_updated_is_not_published(tmp_path: Path) -> None:
    items, _ = read_bytes(tmp_path, "f.xml", ATOM)
    assert [(i.text, i.outlet, i.published, i.byline) for i in items] == [
        ("A test.", "Northern Ledger", "2023-07-24T00:30:00Z", "Tomas Reyes"),
        ("Another.", "Island Echo", None, None),
    ]


def test_a_feed_that_grows_leaves_older_entries_as_they_are(tmp_path: Path) -> None:
    newer = RSS.replace(
        "<item>", "<item><title>New</title><description>New.</description></item>\n<item>", 1
    )
    before, _ = read_bytes(tmp_path, "f.xml", RSS)
    after, _ = read_bytes(tmp_path, "f.xml", newer)
    assert [item.raw for item in after[1:]] == [item.raw for item in before]
    assert before[1].raw.startswith(b"<item><title>Same date")
    assert before[1].raw.endswith(b"</item>")


def test_a_damaged_feed_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    items, problems = read_bytes(tmp_path, "f.xml", RSS[: RSS.index("<item><title>Headline")])
    assert [item.title for item in items] == ["Two & more", "Same date"]
    assert len(problems) == 1


def test_entities_of_the_world_outside_are_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret words")
    evil = RSS.replace(
        "<rss", f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]><rss', 1
    ).replace("Short.", "&e;")
    items, _ = read_bytes(tmp_path, "f.xml", evil)
    assert all("secret words" not in item.text for item in items)


def test_text_of_markup_of_nothing() -> None:
    assert text_of_markup("<!-- -->") == ""
    assert text_of_markup("5 < 6 & 7") == "5 < 6 & 7"
