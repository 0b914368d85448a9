"""A small record of our own writing as public JSON Lines objects, built from words, not offsets."""

from __future__ import annotations

from typing import Any

Object = dict[str, Any]

_TEXTS = {
    "wire": (
        "SEOUL, July 22 (AP) — North Korea fired several cruise missiles into the sea west of the "
        "peninsula early on Saturday, South Korea’s military said.\n"
        "“We have tightened our watch and are working closely with the United States,” the Joint "
        "Chiefs of Staff said in a message to reporters.\n"
        "The launch came three days after the North fired two ballistic missiles from near "
        "Pyongyang.\n"
        "Support our journalism: subscribe today for one dollar a week.\n"
        "The defence ministers of the United States, Japan and South Korea plan to meet in the "
        "autumn, an official said. “If they test, we will answer,” the official said."
    ),
    "copy": (
        "North fires cruise missiles, Seoul says\n"
        "North Korea fired several cruise missiles into the sea west of the peninsula early on "
        "Saturday, South Korea’s military said. (AP)\n"
        "ADVERTISEMENT"
    ),
    "paper": (
        "The North launched four cruise missiles into the Yellow Sea on 22 July, a Japanese "
        "official said, and joint naval drills of Washington and Seoul went on from 17 July to 28 "
        "July.\n"
        "Secretary of State Antony Blinken said that “here is the answer we got: one launch after "
        "another”. He called on Beijing to use what he named its unique influence."
    ),
    "undated": (
        "At a security forum in the mountains, Antony Blinken told the audience: “Here is the "
        "answer we got: one launch after another.”\n"
        "Since the spring of 2022 the North has fired an estimated 100 missiles. In 1994 "
        "it promised to freeze its reactors."
    ),
    "korean": (
        "북한이 22일 새벽 서해상으로 순항미사일을 여러 발 발사했다고 합동참모본부가 밝혔다.\n"
        "군은 미국과 긴밀히 공조하고 있다고 덧붙였다."
    ),
    "attack": (
        '<script>alert(1)</script> & <b onclick="x()">bold</b> said a reader’s letter.\n'
        "Left \u202eto right\u202c and a zero \x00 byte; </mark><img src=x onerror=alert(2)>."
    ),
}


def span(report: str, words: str, nth: int = 0) -> list[int]:
    """Where `words` stand in a text of the record, the `nth` time."""
    at = -1
    for _ in range(nth + 1):
        at = _TEXTS[report].index(words, at + 1)
    return [at, at + len(words)]


def day(
    earliest: str | None, latest: str | None, basis: str, words: list[int] | None = None
) -> Object:
    """A time as the public format has it."""
    edtf = earliest if earliest == latest else f"{earliest or '..'}/{latest or '..'}"
    known = earliest or latest
    return {
        "edtf": edtf if known else None,
        "earliest": earliest,
        "latest": latest,
        "zone": None,
        "basis": basis,
        "words": words,
    }


_NO_DATE = day(None, None, "unresolved")


def _report(name: str, published: Object = _NO_DATE, **more: object) -> Object:
    return {
        "kind": "report",
        "id": f"rep_{name}",
        "sha256": "0" * 64,
        "outlet": None,
        "url": None,
        "title": None,
        "byline": None,
        "published": published,
        "language": "en",
        "text": _TEXTS[name],
        "furniture": [],
        "copy_of": None,
        "origin": f"rep_{name}",
        "wire": None,
    } | more


def _actor(id: str, name: str, type: str, state: str | None, *offices: str) -> Object:
    held = [{"title": title, "of": state, "from": None, "to": None} for title in offices]
    return {
        "kind": "actor",
        "id": id,
        "name": name,
        "type": type,
        "state": state,
        "aliases": [],
        "offices": held,
    }


def _statement(name: str, report: str, content: list[list[int]], **more: object) -> Object:
    return {
        "kind": "statement",
        "id": f"st_{name}",
        "report": f"rep_{report}",
        "speaker": None,
        "speaker_words": [],
        "cue": [],
        "content": content,
        "mode": "indirect",
        "negated": False,
        "made": _NO_DATE,
        "place": None,
        "to": [],
        "about": [],
    } | more


def _mention(name: str, report: str, evidence: str, trigger: str, **more: object) -> Object:
    return {
        "kind": "mention",
        "id": f"mn_{name}",
        "report": f"rep_{report}",
        "event": None,
        "type": "ASSAULT",
        "plover_mode": None,
        "contexts": [],
        "desk_kind": None,
        "source": ["state:PRK"],
        "target": [],
        "when": _NO_DATE,
        "place": None,
        "counts": [],
        "status": "occurred",
        "according_to": None,
        "trigger": [span(report, trigger)],
        "evidence": [span(report, evidence)],
    } | more


def _count(value: float | None, words: list[int], approx: bool = False) -> Object:
    return {
        "what": "missile",
        "value": value,
        "min": value,
        "max": value,
        "approx": approx,
        "words": words,
    }


def _event(name: str, first: Object, mentions: list[str], **more: object) -> Object:
    kept = ("type", "desk_kind", "source", "target", "when", "place", "counts", "status")
    return (
        {
            "kind": "event",
            "id": f"ev_{name}",
            "mentions": mentions,
            "reports": [first["report"]],
            "origins": 1,
            "disagreements": [],
            "reasons": [],
        }
        | {key: first[key] for key in kept}
        | more
    )


def _reports() -> list[Object]:
    advert = [
        *span("wire", "Support our journalism: subscribe today for one dollar a week."),
        "advert",
    ]
    dateline = [*span("wire", "SEOUL, July 22 (AP) — "), "other"]
    return [
        _report(
            "wire",
            day("2023-07-22", "2023-07-22", "stated", span("wire", "July 22")),
            outlet="Associated Press",
            url="https://example.org/wire",
            title="North Korea fires cruise missiles, South says",
            byline="By a staff writer",
            furniture=[dateline, advert],
            wire="AP",
        ),
        _report(
            "copy",
            day("2023-07-22", "2023-07-22", "stated"),
            outlet="The Harbour Gazette",
            url="javascript:alert(3)",
            title="North fires cruise missiles, Seoul says",
            furniture=[
                [*span("copy", "North fires cruise missiles, Seoul says"), "title"],
                [*span("copy", "ADVERTISEMENT"), "advert"],
            ],
            copy_of="rep_wire",
            origin="rep_wire",
            wire="AP",
        ),
        _report(
            "paper",
            day("2023-07-24", "2023-07-24", "stated"),
            outlet="The Tokyo Ledger",
            title="A fourth week of launches",
        ),
        _report(
            "undated",
            day("2023-07-19", "2023-07-24", "linked"),
            outlet="The Forum Review",
            title="What was said in the mountains",
        ),
        _report("korean", outlet="서해신문", title="북한, 순항미사일 발사", language="ko"),
        _report("attack", outlet="<i>Letters</i>", title="</title><script>alert(4)</script>"),
    ]


def _statements() -> list[Object]:
    said = "“We have tightened our watch and are working closely with the United States,”"
    threat = "“If they test, we will answer,”"
    answer = "“here is the answer we got: one launch after another”"
    there = "“Here is the answer we got: one launch after another.”"
    beijing = "on Beijing to use what he named its unique influence"
    return [
        _statement(
            "watch",
            "wire",
            [span("wire", said)],
            speaker="body:jcs",
            speaker_words=[span("wire", "the Joint Chiefs of Staff")],
            cue=[span("wire", "said", 1)],
            mode="direct",
        ),
        _statement(
            "fired",
            "wire",
            [
                span(
                    "wire",
                    "North Korea fired several cruise missiles into the sea west of the "
                    "peninsula early on Saturday",
                )
            ],
            speaker="body:jcs",
            speaker_words=[span("wire", "South Korea’s military")],
            cue=[span("wire", "said")],
        ),
        _statement(
            "threat",
            "wire",
            [span("wire", threat)],
            speaker_words=[span("wire", "the official")],
            cue=[span("wire", "said", 3)],
            mode="direct",
        ),
        _statement(
            "launched",
            "paper",
            [
                span(
                    "paper",
                    "The North launched four cruise missiles into the Yellow Sea on 22 July",
                )
            ],
            speaker_words=[span("paper", "a Japanese official")],
            cue=[span("paper", "said")],
        ),
        _statement(
            "answer",
            "paper",
            [span("paper", answer)],
            speaker="person:blinken",
            speaker_words=[span("paper", "Secretary of State Antony Blinken")],
            cue=[span("paper", "said", 1)],
            mode="mixed",
            made=day(None, "2023-07-24", "published-anchored"),
            same_words=["st_there"],
        ),
        _statement(
            "there",
            "undated",
            [span("undated", there)],
            speaker="person:blinken",
            speaker_words=[span("undated", "Antony Blinken")],
            cue=[span("undated", "told")],
            mode="direct",
            place="a security forum",
            same_words=["st_answer"],
        ),
        _statement(
            "beijing",
            "paper",
            [span("paper", beijing)],
            speaker="person:blinken",
            cue=[span("paper", "called")],
            to=["state:CHN"],
        ),
    ]


def _mentions() -> dict[str, Object]:
    sea = {"name": "Yellow Sea", "lat": 36.0, "lon": 123.5}
    fired = "North Korea fired several cruise missiles into the sea west of the peninsula early on Saturday, South Korea’s military said."
    launch = {"desk_kind": "cruise-missile-launch", "place": sea}
    drill = "joint naval drills of Washington and Seoul went on from 17 July to 28 July"
    found = [
        _mention(
            "wire", "wire", fired, "fired",
            when=day("2023-07-22", "2023-07-22", "published-anchored", span("wire", "Saturday")),
            counts=[_count(None, span("wire", "several"))],
            according_to="st_fired", **launch,
        ),
        _mention(
            "copy", "copy", fired, "fired",
            when=day("2023-07-22", "2023-07-22", "published-anchored", span("copy", "Saturday")),
            counts=[_count(None, span("copy", "several"))], **launch,
        ),
        _mention(
            "paper", "paper",
            "The North launched four cruise missiles into the Yellow Sea on 22 July, a Japanese official said",
            "launched",
            when=day("2023-07-22", "2023-07-22", "published-anchored", span("paper", "22 July")),
            counts=[_count(4, span("paper", "four"))],
            according_to="st_launched", **launch,
        ),
        _mention(
            "ballistic", "wire",
            "The launch came three days after the North fired two ballistic missiles from near Pyongyang.",
            "fired two ballistic missiles",
            when=day("2023-07-19", "2023-07-19", "context-anchored", span("wire", "three days after")),
            counts=[_count(2, span("wire", "two"))],
            desk_kind="ballistic-missile-launch",
            place={"name": "near Pyongyang", "lat": None, "lon": None},
        ),
        _mention(
            "drill", "paper", drill, "drills", type="MOBILIZE", desk_kind="exercise",
            source=["state:USA", "state:KOR"],
            when=day("2023-07-17", "2023-07-28", "published-anchored", span("paper", "from 17 July to 28 July")),
        ),
        _mention(
            "meet", "wire",
            "The defence ministers of the United States, Japan and South Korea plan to meet in the autumn, an official said.",
            "plan to meet", type="CONSULT", desk_kind="ministers-meeting", status="planned",
            source=["state:USA", "state:JPN", "state:KOR"],
            when=day("2023-07-22", None, "published-anchored", span("wire", "in the autumn")),
        ),
        _mention(
            "influence", "paper", "He called on Beijing to use what he named its unique influence.",
            "called on", type="REQUEST", source=["person:blinken"], target=["state:CHN"],
            source_words=[span("paper", "He")],
        ),
        _mention(
            "hundred", "undated",
            "Since the spring of 2022 the North has fired an estimated 100 missiles.", "fired",
            desk_kind="missile-launch", status="ongoing",
            when=day("2022-03-01", "2023-07-24", "linked", span("undated", "Since the spring of 2022")),
            counts=[_count(100, span("undated", "an estimated 100"), approx=True)],
        ),
        _mention(
            "freeze", "undated", "In 1994 it promised to freeze its reactors.", "promised",
            type="AGREE", when=day("1994-01-01", "1994-12-31", "stated", span("undated", "1994")),
        ),
        _mention(
            "answer", "wire", "“If they test, we will answer,” the official said.", "will answer",
            type="THREATEN", source=[], target=["state:PRK"], status="conditional",
            according_to="st_threat",
        ),
    ]  # fmt: skip
    return {mention["id"]: mention for mention in found}


def _events(mentions: dict[str, Object]) -> list[Object]:
    alone = ("ballistic", "drill", "meet", "influence", "hundred", "freeze", "answer")
    cruise = _event(
        "cruise",
        mentions["mn_paper"],
        ["mn_wire", "mn_copy", "mn_paper"],
        reports=["rep_wire", "rep_copy", "rep_paper"],
        counts=[],
        origins=2,
        disagreements=[
            {
                "field": "counts",
                "values": [
                    {"value": "several missiles", "mentions": ["mn_wire", "mn_copy"]},
                    {"value": "4 missiles", "mentions": ["mn_paper"]},
                ],
            },
            {"field": "place", "values": [{"value": "Yellow Sea", "mentions": ["mn_paper"]}]},
        ],
        reasons=["All tell a cruise missile launch by North Korea on 22 July 2023."],
    )
    return [cruise] + [_event(n, mentions[f"mn_{n}"], [f"mn_{n}"]) for n in alone]


def small_record() -> list[Object]:
    """Six reports of five origins, eight events, seven statements and two problems."""
    mentions = _mentions()
    events = _events(mentions)
    for event in events:
        for id in event["mentions"]:
            mentions[id]["event"] = event["id"]
    return [
        *_reports(),
        _actor("state:PRK", "North Korea", "state", "PRK"),
        _actor("state:KOR", "South Korea", "state", "KOR"),
        _actor("state:USA", "United States", "state", "USA"),
        _actor("state:JPN", "Japan", "state", "JPN"),
        _actor("state:CHN", "China", "state", "CHN"),
        _actor("body:jcs", "Joint Chiefs of Staff", "body", "KOR"),
        _actor("person:blinken", "Antony Blinken", "person", "USA", "Secretary of State"),
        *_statements(),
        *mentions.values(),
        *events,
        {"kind": "problem", "stage": "sources", "where": "in/torn.warc.gz", "why": "the file ends within a record"},
        {"kind": "problem", "stage": "language", "where": "서해신문", "why": "Korean is kept and not coded"},
        {"kind": "something-new", "id": "x"},
    ]  # fmt: skip
