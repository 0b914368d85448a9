"""The report page: what it says, that it is safe, and that it works in a real browser."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_objects import Object, small_record, span

from dateline.exports.page import render_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
QUESTION = "What six reports say that four states did and said in July 2023."


class Outline(HTMLParser):
    """The parts of a page that tests ask about; fails where tags do not nest."""

    VOID = frozenset({"meta", "input", "br", "img", "link"})

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag in {"a", "use"} and given.get("href"):
            self.links.append(str(given["href"]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"tags cross at </{tag}>"
        self.text += " " * (tag in {"td", "th", "li", "p"})

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "script"}:
            self.text += data


def words(page: str) -> str:
    """What a reader reads, with single spaces."""
    return " ".join(Outline(page).text.split())


@pytest.fixture(scope="module")
def page() -> str:
    return render_page(small_record(), title="July 2023", question=QUESTION)


# --------------------------------------------------------------------------- what it says


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(QUESTION, id="what was asked"),
        pytest.param(
            "6 reports, 5 origins, 8 events, 7 statements; 2 problems.", id="what it holds"
        ),
        pytest.param(
            "North Korea carries out a cruise missile launch PRK 3 reports, 2 origins · they differ "
            "on how many and where",
            id="a sentence takes no side",
        ),
        pytest.param("3 reports, 2 origins", id="reports and origins are told apart"),
        pytest.param(
            "19 July 2023 reckoned from another date in the text North Korea launches two ballistic "
            "missiles (near Pyongyang)",
            id="an event: when, on what that leans, and a sentence",
        ),
        pytest.param("no date given the report gives none", id="an event without a date"),
        pytest.param("22 July 2023 or later (date of the report)", id="a bound is a bound"),
        pytest.param(
            "how many several missiles 4 missiles where does not say Yellow Sea",
            id="values that differ stand side by side, and who says nothing",
        ),
        pytest.param("according to Joint Chiefs of Staff", id="whose telling it is"),
        pytest.param(
            "report 4, ¶ 2 · who: “He”", id="words that stand for an actor by another name"
        ),
        pytest.param("Speaker not told 2 statements", id="unknown speakers in their own group"),
        pytest.param(
            "Like words: “here is the answer we got: one launch after another” – Antony Blinken",
            id="the same words elsewhere",
        ),
        pytest.param("credits AP; a copy of report 1; one origin with report 1", id="a copy"),
        pytest.param("sources in/torn.warc.gz the file ends within a record", id="a problem"),
        pytest.param("북한이 22일 새벽", id="a report in Korean"),
        pytest.param(
            "Left ⟨U+202E⟩to right⟨U+202C⟩ and a zero ⟨U+0000⟩ byte", id="unseen characters"
        ),
    ],
)
def test_the_page_says(page: str, said: str) -> None:
    assert said in words(page)


def test_every_link_leads_somewhere_and_every_address_is_one(page: str) -> None:
    outline = Outline(page)
    assert len(outline.ids) == len(set(outline.ids))
    inside = {link[1:] for link in outline.links if link.startswith("#")}
    assert inside <= set(outline.ids)
    assert [link for link in outline.links if not link.startswith("#")] == [
        "https://example.org/wire"
    ]


def test_a_claim_leads_to_its_very_words(page: str) -> None:
    start, end = span("paper", "four")
    assert f'href="#r4-s{start}-{end}"' in page
    assert f'<mark id="r4-s{start}-{end}" class="w">four</mark>' in page


def test_furniture_is_grey_and_is_not_cited(page: str) -> None:
    assert re.search(r'class="furniture f-advert">Support our journalism[^<]*</mark>', page)


@pytest.mark.parametrize(
    ("objects", "said"),
    [
        pytest.param([], "0 reports, 0 origins, 0 events, 0 statements; no problems.", id="nothing"),
        pytest.param([{"kind": "report", "id": "a"}], "The report has no text.", id="a bare report"),
        pytest.param([{"kind": "event", "id": "a"}], "An actor not named takes part in", id="a bare event"),
        pytest.param([{"kind": "statement", "id": "a"}], "how is not told", id="a bare statement"),
        pytest.param(
            [{"kind": "event", "id": "a", "mentions": ["gone"], "source": ["state:PRK"]}],
            "PRK takes part in", id="a mention and an actor that are not there",
        ),
        pytest.param([{"kind": "problem"}], "1 problem", id="a bare problem"),
        pytest.param([{"id": "no kind"}, {"kind": "unheard-of"}], "0 reports", id="unknown objects"),
        pytest.param(
            [{"kind": "report", "id": "a", "text": "One \udc80 word", "title": "\ud800"}],
            "One ⟨U+DC80⟩ word", id="half a surrogate pair",
        ),
    ],
)  # fmt: skip
def test_what_is_missing_is_borne(objects: list[Object], said: str) -> None:
    page = render_page(objects, title="Bare", question="What there is.")
    assert said in words(page)
    page.encode("utf-8")


AMISS = st.sampled_from(
    [
        *(None, "", "x", 0, -1, 7, True, float("nan"), [], {}, [None], [{}], {"id": 3}),
        *([[5, 2]], [[-3, 4]], [[0, 10**6]], [[1, 2, 3]], ["a", "b", "c"]),
        *({"earliest": 5, "latest": []}, {"words": [0, 1]}),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 40), AMISS), max_size=8))
def test_fields_amiss_are_borne(changes: list[tuple[int, int, object]]) -> None:
    record = small_record()
    for which, key, value in changes:
        thing = record[which % len(record)]
        thing[sorted(thing)[key % len(thing)]] = value
    page = render_page(record, title="Amiss", question="What is amiss?")
    outline = Outline(page)
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)


def test_the_order_of_the_objects_leaves_no_trace(page: str) -> None:
    again = render_page(reversed(small_record()), title="July 2023", question=QUESTION)
    assert again == page


def test_an_event_with_many_tellings_says_how_many_it_does_not_list() -> None:
    record = small_record()
    (mention,) = [o for o in record if o.get("id") == "mn_ballistic"]
    (event,) = [o for o in record if o.get("id") == "ev_ballistic"]
    more = [mention | {"id": f"mn_more{n}"} for n in range(60)]
    event["mentions"] = [mention["id"], *(m["id"] for m in more)]
    page = render_page([*record, *more], title="Many", question="Many.")
    assert "59 tellings more" in words(page)
    assert "21 more are marked in the reports" in words(page)


def test_one_telling_of_each_origin_comes_before_a_copy(page: str) -> None:
    event = page[page.index('id="ev_cruise"') : page.index('id="ev_meet"')]
    tellings = re.findall(r'class="telling">.*?report&nbsp;(\d)', event, re.DOTALL)
    assert tellings == ["1", "4", "2"]


def test_a_known_group_is_its_members() -> None:
    record = small_record()
    pair = {"kind": "actor", "id": "group:pair", "name": "the two", "type": "group"}
    (event,) = [o for o in record if o.get("id") == "ev_ballistic"]
    event["source"] = ["group:pair"]
    whole = [*record, pair | {"members": ["state:JPN", "state:KOR"]}]
    assert "Japan and South Korea launch" in words(
        render_page(whole, title="Pair", question="A pair.")
    )
    lacking = [*record, pair | {"members": ["state:JPN", "state:???"]}]
    assert "The two launches" in words(render_page(lacking, title="Pair", question="A pair."))


def test_a_long_record_is_all_there_and_its_timeline_counts() -> None:
    record = small_record()
    (event,) = [o for o in record if o.get("id") == "ev_ballistic"]
    crowd = [event | {"id": f"ev_{n:03}"} for n in range(400)]
    page = render_page([*record, *crowd], title="Crowd", question="A crowd.")
    assert '<body class="long">' in page
    assert page.count('<article class="event"') == 408
    assert "402 events with a day, at most 401 to a column" in words(page)


def test_a_small_record_makes_a_small_page(page: str) -> None:
    assert len(page.encode()) < 100_000


# --------------------------------------------------------------------------- that it is safe


def test_nothing_that_a_report_says_is_markup(page: str) -> None:
    outline = Outline(page)
    assert [tag for tag, _ in outline.tags].count("script") == 1
    assert not {"img", "iframe", "object", "form"} & {tag for tag, _ in outline.tags} - {"form"}
    assert not [name for _, given in outline.tags for name in given if name.startswith("on")]
    assert not [name for _, given in outline.tags for name in given if name in {"style", "src"}]
    assert "javascript:" not in "".join(outline.links)


def test_the_policy_allows_this_style_and_this_script_alone(page: str) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert "default-src &#39;none&#39;" in policy
    for tag in ("style", "script"):
        (inline,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
        assert f"{tag}-src &#39;sha256-{digest}&#39;" in policy
        assert "url(http" not in inline
        assert "@import" not in inline


# --------------------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if BROWSER is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(page: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    file: Path = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(page, encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def opened(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page in a context of its own; the test fails if it complains, asks or alerts."""
    given_settings: dict[str, Any] = getattr(request, "param", {})
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | given_settings))
    tab = context.new_page()
    amiss: list[str] = []
    tab.on("console", lambda message: amiss.append(message.text))
    tab.on("pageerror", lambda error: amiss.append(str(error)))
    tab.on("dialog", lambda dialog: (amiss.append("a dialog"), dialog.dismiss()))
    tab.on("request", lambda r: None if r.url.startswith("file:") else amiss.append(r.url))
    tab.goto(address)
    yield tab
    context.close()
    assert amiss == []


def eventually(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Whether something comes to hold in time: what a key or an address does comes after it."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def test_a_click_on_a_claim_lands_on_its_words_and_back_leads_back(opened: Page) -> None:
    opened.locator("#ev_cruise .differ a", has_text="4 missiles").click()
    target = opened.locator("mark:target")
    assert target.inner_text().startswith("The North launched four cruise missiles")
    assert target.evaluate(
        "mark => { const b = mark.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
    )
    assert target.evaluate("mark => getComputedStyle(mark).backgroundColor") == "rgb(255, 226, 122)"
    inner = target.locator("mark").all()
    assert inner
    for mark in inner:  # the whole of it is lit, also where another claim stands within it
        assert mark.evaluate("mark => getComputedStyle(mark).backgroundColor") == "rgba(0, 0, 0, 0)"
    opened.go_back()
    assert eventually(lambda: opened.locator("mark:target").count() == 0)


def test_a_mark_on_the_timeline_leads_to_its_event(opened: Page) -> None:
    opened.locator(".lanes a[href='#ev_cruise']").first.click()
    assert eventually(lambda: opened.evaluate("location.hash") == "#ev_cruise")
    assert eventually(lambda: opened.locator("#ev_cruise").is_visible())


def test_keys_walk_the_events_and_reach_filter_evidence_and_help(opened: Page) -> None:
    events = opened.locator(".event")
    first, second = (events.nth(n).get_attribute("id") for n in (0, 1))
    opened.keyboard.press("j")
    assert eventually(lambda: opened.evaluate("document.activeElement.id") == first)
    opened.keyboard.press("j")
    assert eventually(lambda: opened.evaluate("document.activeElement.id") == second)
    opened.keyboard.press("k")
    assert eventually(lambda: opened.evaluate("document.activeElement.id") == first)
    opened.keyboard.press("e")
    assert (
        opened.locator("mark:target").inner_text() == "In 1994 it promised to freeze its reactors."
    )
    opened.keyboard.press("?")
    assert eventually(lambda: opened.evaluate("location.hash") == "#reading")
    opened.keyboard.press("/")
    assert eventually(lambda: opened.evaluate("document.activeElement.id") == "find")


def test_the_filter_hides_what_does_not_match_says_so_and_has_an_address(
    opened: Page, address: str
) -> None:
    opened.fill("#find", "yellow sea four")
    opened.locator("#found", has_text="1 event, 1 statement, 1 report").wait_for()
    assert eventually(lambda: opened.locator(".event:visible").count() == 1)
    assert eventually(lambda: opened.locator(".lanes .mark:not(.off)").count() == 1)
    opened.goto("about:blank")
    opened.goto(f"{address}#find=blinken")
    assert eventually(lambda: opened.input_value("#find") == "blinken")
    assert eventually(lambda: opened.locator(".speaker:visible").count() == 1)


def test_a_name_beside_a_lane_filters_by_it(opened: Page) -> None:
    opened.locator(".lanes .name a", has_text="Japan").click()
    assert eventually(lambda: opened.input_value("#find") == "Japan")
    assert eventually(lambda: opened.locator(".event:visible").count() == 2)
    opened.go_back()
    assert eventually(lambda: opened.input_value("#find") == "")
    assert eventually(lambda: opened.locator(".event:visible").count() == 8)


def test_a_link_to_what_is_filtered_out_shows_it(opened: Page) -> None:
    opened.fill("#find", "reactors")
    opened.locator("#found", has_text="1 event").wait_for()
    opened.evaluate("location.hash = 'ev_cruise'")
    opened.locator("#ev_cruise").wait_for(state="visible")
    assert eventually(lambda: opened.input_value("#find") == "")


@pytest.mark.parametrize(
    "opened", [pytest.param({"java_script_enabled": False}, id="no script")], indirect=True
)
def test_without_script_all_is_there_and_links_work(opened: Page) -> None:
    assert not opened.locator(".find").is_visible()
    assert eventually(lambda: opened.locator(".event:visible").count() == 8)
    opened.locator("#ev_freeze blockquote a").click()
    assert (
        opened.locator("mark:target").inner_text() == "In 1994 it promised to freeze its reactors."
    )


@pytest.mark.parametrize(
    "opened",
    [
        pytest.param({"viewport": {"width": 375, "height": 700}, "is_mobile": True}, id="a phone"),
        pytest.param({"viewport": {"width": 760, "height": 900}}, id="a tablet"),
        pytest.param({}, id="a desk"),
    ],
    indirect=True,
)
def test_the_page_is_no_wider_than_its_window(opened: Page) -> None:
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_moves_while_it_loads(opened: Page) -> None:
    moved = opened.evaluate(
        """() => new Promise(done => {
            let sum = 0;
            new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
                .observe({type: "layout-shift", buffered: true});
            setTimeout(() => done(sum), 200);
        })"""
    )
    assert moved == 0


CONTRAST = """() => {
    const light = colour => {
        const part = colour.match(/[\\d.]+/g).slice(0, 3).map(n => n / 255)
            .map(n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
        return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
    };
    const paper = light(getComputedStyle(document.documentElement).backgroundColor);
    const low = {};
    for (const item of document.querySelectorAll("h1, h2, h4, p:not(.grey p), .tag, .basis, .status, .margin a, .source, .silent, .row:not(.grey) p, summary")) {
        const ink = light(getComputedStyle(item).color);
        const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        if (ratio < 4.5) low[item.className || item.tagName] = ratio;
    }
    return low;
}"""


@pytest.mark.parametrize(
    "opened",
    [
        pytest.param({"color_scheme": "light"}, id="light"),
        pytest.param({"color_scheme": "dark"}, id="dark"),
    ],
    indirect=True,
)
def test_words_stand_out_from_the_paper(opened: Page) -> None:
    """All text but greyed furniture has the contrast that WCAG AA asks for, 4.5 to 1."""
    assert opened.evaluate(CONTRAST) == {}


def test_it_prints_with_what_is_folded(opened: Page) -> None:
    opened.emulate_media(media="print")
    assert not opened.locator(".tools").is_visible()
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert eventually(lambda: opened.locator("details:not([open])").count() == 0)
    assert len(opened.pdf(format="A4")) > 10_000
