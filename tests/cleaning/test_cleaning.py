"""What is story and what is not, and what a report says of itself."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.cleaning import clean, find_paragraphs
from dateline.model import Desk, Outlet, RawItem, Report
from dateline.sources import read_all

DESK = Desk(
    "straits",
    "The straits",
    outlets=(
        Outlet("Harbour Post", hosts=("harbour.example",), aliases=("The Harbour Post",)),
        Outlet("Reuters", hosts=("reuters.example",), wire="Reuters"),
        Outlet("Associated Press", hosts=("ap.example",), aliases=("AP",), wire="AP"),
    ),
    wires={
        "AP": ("AP", "Associated Press"),
        "Reuters": ("Reuters", "Thomson Reuters"),
        "Yonhap": ("Yonhap", "Yonhap News Agency"),
        "KCNA": ("KCNA", "Korean Central News Agency"),
    },
)
LEAD = "Two missiles fell into the sea east of the peninsula on Monday, the military said."
MORE = "The coast guard told ships to keep away, and schools on two islands were closed."
SHARED = Path(__file__).parents[3] / "shared" / "data"


def cleaned(text: str, **fields: str | None) -> Report:
    item = RawItem(raw=text.encode(), where="a.txt", media="text/plain", text=text)
    return clean(replace(item, **fields), DESK)  # type: ignore[arg-type]


def story(report: Report) -> list[str]:
    return [report.text[start:end] for start, end in report.paragraphs]


def marked(report: Report) -> list[tuple[str, str]]:
    return [(mark.kind, report.text[mark.start : mark.end]) for mark in report.furniture]


# ------------------------------------------------------------------------------ furniture


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("advert", "Your support helps us to tell the story"),
        ("advert", "Please consider making a donation to keep our newsroom alive."),
        ("advert", "Subscribe to the Harbour Post for unlimited access."),
        ("advert", "Sign up for our morning newsletter"),
        ("advert", "Already a subscriber? Log in."),
        ("advert", "Want to bookmark your favourite articles? Start your Premium subscription today."),
        ("advert", "To continue reading, subscribe today."),
        ("advert", "Get the day's top stories delivered straight to your inbox."),
        ("advert", "Advertisement"),
        ("advert", "Story continues below advertisement"),
        (
            "advert",
            "We choose not to put our journalism behind a paywall, but reporters must be paid: "
            "readers make our newsroom possible.",
        ),
        ("link", "Read more: Five things to know about the launch"),
        ("link", "RELATED: How the sirens work"),
        ("link", "Also read | What the islands want"),
        ("link", "Click here for the full map"),
        ("link", "https://harbour.example/maps"),
        ("link", "Share this article"),
        ("link", "Facebook Twitter WhatsApp Email"),
        ("link", "12 comments"),
        ("note", "Follow us on Twitter and Facebook"),
        ("note", "(AP Photo/Mina Calder)"),
        ("note", "Ships wait off the harbour on Monday. Mina Calder/Reuters"),
        ("note", "Photo: Mina Calder"),
        ("note", "Photograph: Tomas Reyes/AFP via Getty Images"),
        ("other", "We use cookies to make this site better."),
        ("other", "Copyright 2023 The Associated Press. All rights reserved."),
        ("other", "© 2023 Harbour Post"),
        ("other", "* * *"),
        ("other", "___"),
    ],
)  # fmt: skip
def test_rows_that_are_no_story(kind: str, row: str) -> None:
    report = cleaned(f"{LEAD}\n{row}\n{MORE}")
    assert marked(report) == [(kind, row)]
    assert story(report) == [LEAD, MORE]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param('"Your support helps us to rebuild," the mayor told donors.', id="said"),
        pytest.param(
            "The minister called on allies to support our reporting of launches.", id="one"
        ),
        pytest.param("He said his government would share data with Seoul and Tokyo.", id="share"),
        pytest.param("Readers of the pact note that it covers missiles.", id="readers"),
        pytest.param("The leaders agreed to follow up on the Singapore talks.", id="follow"),
        pytest.param(
            "Kim is a professor at a university in Seoul, the ministry said.", id="job-said"
        ),
        pytest.param("More missiles were seen on trucks near the border.", id="more"),
        pytest.param("Watch officers on the ridge saw two trails.", id="watch"),
        pytest.param("By Monday evening the sea was calm again.", id="by"),
        pytest.param("Related talks in Vienna ended without a text.", id="related"),
        pytest.param("Photographs of the launch pad were taken on Sunday.", id="photographs"),
        pytest.param(
            "Correction: an earlier report said three missiles were fired.", id="correction"
        ),
        pytest.param("The council, which meets monthly — in New York — said nothing.", id="dashes"),
        pytest.param("State news agency KCNA said nothing of the test.", id="agency"),
        pytest.param('"It lets people contact them on Twitter," the firm said.', id="contact-said"),
        pytest.param("In 2018 the two countries signed a pact.", id="year"),
        pytest.param("May 2023 was the busiest month.", id="month"),
    ],
)
def test_rows_that_are_story(row: str) -> None:
    for text in (f"{LEAD}\n{row}\n{MORE}", f"{LEAD}\n{MORE}\n{row}"):
        assert row in story(cleaned(text))


@pytest.mark.parametrize(
    "note",
    [
        "Mina Calder, a defence writer for the Harbour Post, is a journalist and critic who also "
        "writes for three magazines.",
        "Tomas Reyes is a senior fellow at the Institute of the Straits.",
        "Mina Calder covers the navy. Follow her on X at @calder.",
        "The Associated Press contributed to this report.",
        "The views expressed here are the author's own.",
        "This article was first published by the Strait Courier.",
        "(Reporting by Mina Calder; Editing by Tomas Reyes)",
    ],
)
def test_notes_at_the_end(note: str) -> None:
    report = cleaned(f"{LEAD}\n{MORE}\n{note}")
    assert story(report) == [LEAD, MORE]
    assert report.furniture[-1].kind in ("note", "byline")


def test_an_appeal_block_by_block() -> None:
    appeal = (
        "Your support helps us to keep going",
        "This is a hard season on the islands, and we need people on the ground.",
        "The Harbour Post is read by nine thousand readers. Unlike other outlets, we have no "
        "paywall, but journalism must be paid for by your support.",
    )
    report = cleaned("\n".join([LEAD, *appeal, MORE]))
    assert story(report) == [LEAD, MORE]


@pytest.mark.parametrize(
    "end",
    ["-0-", " -0-", "\n-0-", "\n###", "\n(END)"],
    ids=["glued", "apart", "row", "hash", "end"],
)
def test_closing_marks(end: str) -> None:
    assert story(cleaned(f"{LEAD}\n{MORE}{end}")) == [LEAD, MORE]


def test_a_reporting_credit_inside_the_last_paragraph() -> None:
    report = cleaned(f"{LEAD}\n{MORE} (Reporting by Mina Calder; Editing by Tomas Reyes)")
    assert story(report) == [LEAD, MORE]
    assert report.furniture[-1].kind == "byline"


def test_the_text_is_kept_whatever_is_marked() -> None:
    text = f"\ufeff  {LEAD}\r\n\r\nAdvertisement\r\n{MORE}\u00a0 -0-\r\n"
    report = cleaned(text)
    assert report.text == text
    assert story(report) == [LEAD, MORE]


# ------------------------------------------------------------------------------ titles, repeats


@pytest.mark.parametrize(
    ("text", "title", "paragraphs"),
    [
        pytest.param(f"Two missiles fall\n{LEAD}\n{MORE}", "Two missiles fall", [LEAD, MORE], id="line"),
        pytest.param(f"{LEAD}\n{MORE}", None, [LEAD, MORE], id="a-sentence-is-no-title"),
        pytest.param(
            f"Two missiles fall\n\nTwo missiles fall\n{LEAD}", "Two missiles fall", [LEAD], id="twice"
        ),
        pytest.param(
            f"Two missiles fall\n{LEAD[:-1]}\n{LEAD}\n{MORE}",
            "Two missiles fall",
            [LEAD, MORE],
            id="standfirst-repeats-the-lead",
        ),
        pytest.param(
            f"Two missiles fall\n{MORE}\n{LEAD}\n{MORE}",
            "Two missiles fall",
            [LEAD, MORE],
            id="standfirst-repeats-a-later-line",
        ),
        pytest.param("Two missiles fall", "Two missiles fall", ["Two missiles fall"], id="alone"),
    ],
)  # fmt: skip
def test_title(text: str, title: str | None, paragraphs: list[str]) -> None:
    report = cleaned(text, title=title if title == text else None)
    assert report.title == title
    assert story(report) == paragraphs


def test_a_stated_title_is_marked_where_it_stands() -> None:
    report = cleaned(f"# Two missiles fall!\n{LEAD}", title="Two Missiles Fall")
    assert (report.title, story(report)) == ("Two Missiles Fall", [LEAD])


def test_a_pull_quote_is_kept_once() -> None:
    quote = '"We will answer every launch with one of our own, and soon," he said.'
    report = cleaned(
        "\n".join([LEAD, *(f"Line {n} of the story." for n in range(9)), quote, MORE, quote])
    )
    assert story(report).count(quote) == 1


# ------------------------------------------------------------------------------ datelines, bylines, wires


@pytest.mark.parametrize(
    ("opening", "place", "date", "wire"),
    [
        ("SEOUL, July 24 (AP) — ", "Seoul", "July 24", "AP"),
        ("SEOUL, South Korea (AP) -- ", "Seoul, South Korea", None, "AP"),
        ("SEOUL, South Korea, July 24 (AP) — ", "Seoul, South Korea", "July 24", "AP"),
        ("Pyongyang, December 24 (KCNA) -- ", "Pyongyang", "December 24", "KCNA"),
        ("SEOUL (Reuters) - ", "Seoul", None, "Reuters"),
        ("BEIJING/SEOUL, 24 July (Reuters) - ", "Beijing/Seoul", "24 July", "Reuters"),
        ("UNITED NATIONS (AP) — ", "United Nations", None, "AP"),
        ("SEOUL, Jan. 2 (Yonhap) -- ", "Seoul", "Jan. 2", "Yonhap"),
        ("SEOUL, Jan. 2, 2024 (Yonhap) -- ", "Seoul", "Jan. 2, 2024", "Yonhap"),
        ("MANCHESTER, N.H. (AP) — ", "Manchester, N.H.", None, "AP"),
        ("WASHINGTON — ", "Washington", None, None),
        ("TOKYO, July 24 -- ", "Tokyo", "July 24", None),
        ("(Reuters) - ", None, None, "Reuters"),
        ("HARBOUR TOWN, July 24 (PWS) — ", "Harbour Town", "July 24", "PWS"),
    ],
)
def test_dateline(opening: str, place: str | None, date: str | None, wire: str | None) -> None:
    report = cleaned(f"{opening}{LEAD}\n{MORE}")
    assert report.dateline is not None
    assert story(report) == [LEAD, MORE]
    assert (report.dateline.place, report.dateline.wire, report.wire) == (place, wire, wire)
    words = report.dateline.date_words
    assert (words and report.text[slice(*words)]) == date
    assert (report.wire_words and report.text[slice(*report.wire_words)]) == wire
    assert marked(report) == [("dateline", opening.strip())]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("North Korea (DPRK) fired two missiles on Monday.", id="a-short-form"),
        pytest.param("Kim Jong Un (right) spoke to officers.", id="a-side"),
        pytest.param("The test — its third this month — failed.", id="dashes-in-a-sentence"),
        pytest.param(
            "NATO - an alliance of 32 states - met.", id="capitals-that-go-on-in-lower-case"
        ),
        pytest.param("Seoul: a city of ten million.", id="a-place-and-a-colon"),
        pytest.param("Blinken: 'We will talk'", id="a-speaker-and-a-colon"),
    ],
)
def test_no_dateline(text: str) -> None:
    report = cleaned(f"{text}\n{MORE}")
    assert report.dateline is None or text.startswith("NATO")


@pytest.mark.parametrize(
    ("row", "byline"),
    [
        ("By Mina Calder", "Mina Calder"),
        ("By Jane Roe, AP", "Jane Roe, AP"),
        ("BY MINA CALDER AND TOMAS REYES", "MINA CALDER AND TOMAS REYES"),
        ("By Mina Calder in Tokyo and Tomas Reyes", "Mina Calder in Tokyo and Tomas Reyes"),
        (
            "By MINA CALDER, Associated Press Staff Writer",
            "MINA CALDER, Associated Press Staff Writer",
        ),
        ("Written by Mina Calder", "Mina Calder"),
    ],
)
def test_byline(row: str, byline: str) -> None:
    report = cleaned(f"Two missiles fall\n{row}\n{LEAD}\n{MORE}")
    assert (report.byline, report.title, story(report)) == (
        byline,
        "Two missiles fall",
        [LEAD, MORE],
    )


@pytest.mark.parametrize(
    ("text", "wire"),
    [
        pytest.param(f"By Jane Roe, AP\n{LEAD}\n{MORE}", "AP", id="byline"),
        pytest.param(f"{LEAD}\n{MORE}\n- Reuters", "Reuters", id="closing-row"),
        pytest.param(f"{LEAD}\n{MORE} (AP)", "AP", id="brackets-at-the-end"),
        pytest.param(f"{LEAD}\n{MORE}\nSource: Yonhap News Agency", "Yonhap", id="source-row"),
        pytest.param(f"{LEAD}\n{MORE}\nThe Associated Press contributed to this report.", "AP", id="note"),
        pytest.param(f"{LEAD}\n{MORE}\nCopyright 2023 The Associated Press.", "AP", id="copyright"),
        pytest.param(f"{LEAD}\nAccording to Yonhap, two were fired.\n{MORE}", None, id="cited"),
        pytest.param(f"{LEAD[:-1]}, according to Yonhap.", None, id="cited-at-the-end"),
        pytest.param(f"{LEAD}\n{MORE}\n(AP Photo/Mina Calder)", None, id="a-photograph"),
        pytest.param(f"Reuters reported two launches.\n{MORE}", None, id="reported"),
    ],
)  # fmt: skip
def test_wire(text: str, wire: str | None) -> None:
    report = cleaned(text)
    assert report.wire == wire
    if wire:
        assert report.wire_words is not None
        assert DESK.wires[wire].count(report.text[slice(*report.wire_words)]) == 1


@pytest.mark.parametrize(
    ("fields", "outlet", "wire"),
    [
        ({"outlet": "the harbour post"}, "Harbour Post", None),
        ({"outlet": "Ridge Radio"}, "Ridge Radio", None),
        ({"url": "https://www.harbour.example/1"}, "Harbour Post", None),
        ({"url": "https://www.ridge.example/1"}, "ridge.example", None),
        ({"outlet": "Associated Press", "url": "https://ridge.example/1"}, "ridge.example", "AP"),
        ({"outlet": "AP", "url": "https://ap.example/1"}, "Associated Press", "AP"),
        ({"byline": "Jane Roe, Reuters", "outlet": "Ridge Radio"}, "Ridge Radio", "Reuters"),
        ({"based_on": "https://reuters.example/1"}, None, "Reuters"),
        ({}, None, None),
    ],
)
def test_outlet_and_wire(fields: dict[str, str], outlet: str | None, wire: str | None) -> None:
    report = cleaned(f"{LEAD}\n{MORE}", **fields)
    assert (report.outlet, report.wire) == (outlet, wire)


# ------------------------------------------------------------------------------ what rows state


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        pytest.param(f" date 2023-07-23 {LEAD}", "2023-07-23", "2023-07-23", id="a-crawler's"),
        pytest.param(f"Published: 24 July 2023\n{LEAD}", "2023-07-24", "24 July 2023", id="row"),
        pytest.param(f"Two missiles\nPublished July 24, 2023\n{LEAD}", "2023-07-24", "July 24, 2023", id="bare"),
        pytest.param(f"Posted on Monday, July 24, 2023\n{LEAD}", "2023-07-24", None, id="weekday"),
        pytest.param(
            f"Published: 2023-07-24 09:30 KST\n{LEAD}", "2023-07-24T09:30:00+09:00", None, id="zone"
        ),
        pytest.param(f"SEOUL, July 24, 2023 (AP) — {LEAD}", "2023-07-24", "July 24, 2023", id="dateline"),
        pytest.param(f"SEOUL, July 24 (AP) — {LEAD}", None, None, id="dateline-without-a-year"),
        pytest.param(f"Updated: 24 July 2023\n{LEAD}", None, None, id="updated-is-not-published"),
        pytest.param(f"24 July 2023\n{LEAD}", None, None, id="a-bare-date-does-not-say-of-what"),
        pytest.param(f"{LEAD}\nPublished works were shown.", None, None, id="published-as-a-word"),
        pytest.param(f"On 24 July 2023 it rained. {LEAD}", None, None, id="a-date-in-the-story"),
        pytest.param(LEAD, None, None, id="unknown-and-never-today"),
    ],
)  # fmt: skip
def test_published(text: str, published: str | None, words: str | None) -> None:
    report = cleaned(text)
    assert report.published.edtf == published
    assert report.published.basis == ("stated" if published else "unresolved")
    if words:
        assert report.published.words is not None
        assert report.text[slice(*report.published.words)] == words
    assert all("Published" not in row or "works" in row for row in story(report))


def test_the_format_s_own_date_goes_first() -> None:
    report = cleaned(f"Published: 24 July 2023\n{LEAD}", published="2023-07-25T00:10:00Z")
    assert (report.published.edtf, report.published.zone) == ("2023-07-25T00:10:00Z", "Z")


def test_a_head_of_rows() -> None:
    report = cleaned(
        f"Published: 2023-07-24\nHarbour Post\nBy Mina Calder\n\nTwo missiles fall\n\n{LEAD}\n\n{MORE}"
    )
    assert (report.outlet, report.byline, report.title, report.published.edtf) == (
        "Harbour Post",
        "Mina Calder",
        "Two missiles fall",
        "2023-07-24",
    )
    assert story(report) == [LEAD, MORE]


# ------------------------------------------------------------------------------ paragraphs


WRAPPED = """North Korea fired two missiles into the sea on Monday, the military in
Seoul said, hours after the allies ended a drill that the North had
called a rehearsal for war.

Japan's coast guard told ships to stay away from what had fallen, and
found no damage.
  A third paragraph is indented, as typewriters did it, and it goes on
over two lines.
"""


def test_hard_wrapped_lines_are_joined() -> None:
    found = story(cleaned(WRAPPED))
    assert [" ".join(paragraph.split())[-16:] for paragraph in found] == [
        "earsal for war.",
        "found no damage.",
        "s over two lines.",
    ] or [paragraph.split()[0] for paragraph in found] == ["North", "Japan's", "A"]
    assert len(found) == 3


def test_wrapped_mail_with_a_title() -> None:
    found = cleaned("Two missiles fall\n" + WRAPPED)
    assert found.title == "Two missiles fall"
    assert len(found.paragraphs) == 3


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"{LEAD}\n{MORE}\n{LEAD[:-1]} again.\n{MORE[:-1]} too.", id="a-line-a-paragraph"
        ),
        pytest.param(
            "\n".join(["Ships: two", "Planes: none", "Trucks: six", "Boats: one"]), id="a-list"
        ),
    ],
)
def test_other_lines_are_not_joined(text: str) -> None:
    assert find_paragraphs(text, ()) == tuple(
        (text.index(row), text.index(row) + len(row)) for row in text.split("\n")
    )


ROWS = st.sampled_from(
    [LEAD, MORE, "", " ", "SEOUL (AP) — Two fell.", "-0-", "By Mina Calder", "Advertisement", "Two fall",
     "Published: 2023-07-24", "북한이 발사했다", "\u00a0", "Read more: x", "a" * 200, "Follow us on X"]
)  # fmt: skip


@given(st.lists(ROWS | st.text(max_size=30), max_size=12).map("\n".join))
@example("-0-")
@example("\ufeff\n\u200b")
@example("By A\nBy A\nBy A")
def test_spans_are_sound(text: str) -> None:
    report = cleaned(text)
    marks = [(mark.start, mark.end) for mark in report.furniture]
    for spans in (marks, list(report.paragraphs)):
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for start, end in report.paragraphs:
        assert text[start:end] == text[start:end].strip()
        assert all(end <= a or b <= start for a, b in marks)
    assert report == cleaned(text)  # and always the same
    covered = set().union(*(range(*span) for span in [*marks, *report.paragraphs]))
    assert not any(text[at].isalnum() for at in range(len(text)) if at not in covered)


def test_id_and_hash() -> None:
    report = cleaned(LEAD)
    assert report.sha256 == hashlib.sha256(LEAD.encode()).hexdigest()
    assert report.id == cleaned(LEAD).id
    others = [cleaned(MORE), cleaned(LEAD, url="https://a.example/"), cleaned(LEAD, outlet="B")]
    assert len({report.id, *(other.id for other in others)}) == 4


# ------------------------------------------------------------------------------ real texts


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_the_five_reports() -> None:
    reports = [
        clean(item, DESK) for item in read_all([SHARED / "reports"]) if isinstance(item, RawItem)
    ]
    assert [report.published.edtf for report in reports] == ["2023-07-23", None, None, None, None]
    told = [" ".join(story(report)) for report in reports]
    for words in (
        "date 2023",
        "Your support",
        "27 million",
        "Premium",
        "bookmark",
        "Follow him",
        "Philly",
    ):
        assert not any(words in text for text in told), words
    assert [len(report.paragraphs) for report in reports] == [5, 9, 8, 9, 5]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data are not here")
def test_kcna() -> None:
    items = [i for i in read_all([SHARED / "korea" / "kcna.jsonl.gz"]) if isinstance(i, RawItem)]
    for item in items[::12]:
        report = clean(item, DESK)
        assert report.wire == "KCNA"
        assert all("-0-" not in row and "(KCNA)" not in row[:60] for row in story(report))
        kept = sum(len(row.split()) for row in story(report))
        assert kept > len(item.text.split()) - 8  # the dateline and the closing mark, no more
