"""Builders for linking tests: mentions and statements from a report's words."""

from __future__ import annotations

from dataclasses import replace

from dateline.model import (
    UNKNOWN_TIME,
    Actor,
    Count,
    Desk,
    DeskKind,
    Mention,
    Office,
    Outlet,
    Place,
    Report,
    Span,
    Statement,
    Time,
    content_id,
)
from factory import day, report

STATES = {
    f"state:{code}": Actor(f"state:{code}", name, "state", code)
    for code, name in [
        ("PRK", "North Korea"),
        ("KOR", "South Korea"),
        ("USA", "United States"),
        ("JPN", "Japan"),
        ("CHN", "China"),
    ]
}
PEOPLE = {
    "person:lee": Actor(
        "person:lee",
        "Lee Sora",
        "person",
        "KOR",
        ("Lee",),
        (Office("Foreign Minister", "KOR", "2019-03-01", "2021-06-30"),),
    ),
    "person:doe": Actor(
        "person:doe",
        "Jane Doe",
        "person",
        "USA",
        ("Doe",),
        (Office("Secretary of State", "USA", "2021-01-20", None),),
    ),
    "person:kato": Actor("person:kato", "Ren Kato", "person", "JPN", ("Kato",)),
}
ACTORS = STATES | PEOPLE

DESK = Desk(
    name="test",
    title="Test",
    actors=tuple(ACTORS.values()),
    kinds=(
        DeskKind("missile-launch", "missile launch", "MOBILIZE", narrower=("satellite-launch",)),
        DeskKind("satellite-launch", "satellite launch", "MOBILIZE"),
        DeskKind("sanction", "sanctions", "COERCE", triggers=("impose", "blacklist")),
        DeskKind("border-fire", "fire over a border", "ASSAULT"),
        DeskKind("ballistic-missile-launch", "ballistic missile launch", "MOBILIZE"),
        DeskKind("cruise-missile-launch", "cruise missile launch", "MOBILIZE"),
        DeskKind("exercise", "exercise", "MOBILIZE", reciprocal=True),
        DeskKind(
            "ministers-meeting",
            "ministers' meeting",
            "CONSULT",
            reciprocal=True,
            same_day_same_event=False,
        ),
    ),
    outlets=(
        Outlet("Associated Press", hosts=("apnews.com",), aliases=("AP",), wire="AP"),
        Outlet("State Voice", state="PRK", voice="state:PRK"),
    ),
    wires={"AP": ("Associated Press",)},
    titles={"foreign minister": "Foreign Minister", "secretary of state": "Secretary of State"},
)

OFF_WONSAN = Place("off Wonsan", 39.2, 127.9, 60.0)
SEA_OF_JAPAN = Place("Sea of Japan", 39.0, 132.0, 400.0)
SOHAE = Place("Sohae", 39.66, 124.7, 5.0)


def span(of: Report, words: str) -> Span:
    """Where `words` stand in the report, which must have them."""
    start = of.text.index(words)
    return start, start + len(words)


def mention(
    of: Report,
    trigger: str,
    when: Time | str | None = None,
    kind: str | None = "missile-launch",
    **fields: object,
) -> Mention:
    """A mention at `trigger`, its evidence the paragraph; `when` an ISO day, a Time or unknown."""
    at = span(of, trigger)
    evidence = next(p for p in of.paragraphs if p[0] <= at[0] < p[1])
    time = day(when) if isinstance(when, str) else when or UNKNOWN_TIME
    base: dict[str, object] = {
        "id": content_id("mn", of.id, at, kind),
        "report": of.id,
        "type": next((k.type for k in DESK.kinds if k.id == kind), "CONSULT"),
        "trigger": (at,),
        "evidence": (evidence,),
        "desk_kind": kind,
        "source": ("state:PRK",),
        "when": time,
    }
    return Mention(**(base | fields))  # type: ignore[arg-type]


def statement(
    of: Report, content: str, speaker: str | None = "person:doe", **fields: object
) -> Statement:
    """A statement whose content is those words of the report."""
    at = span(of, content)
    base: dict[str, object] = {
        "id": content_id("st", of.id, at),
        "report": of.id,
        "content": (at,),
        "speaker": speaker,
    }
    return Statement(**(base | fields))  # type: ignore[arg-type]


def count(value: float | None, what: str = "missile", **fields: object) -> Count:
    """A count of missiles, exact unless said otherwise."""
    base: dict[str, object] = {
        "what": what,
        "value": value,
        "min": None,
        "max": None,
        "approx": False,
        "words": (0, 1),
    }
    return Count(**(base | fields))  # type: ignore[arg-type]


def revised(of: Report, text: str, published: str | None = None) -> Report:
    """The same report with another text."""
    return replace(report(text, published), url=of.url, outlet=of.outlet, title=of.title)
