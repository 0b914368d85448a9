"""Builders for analysis tests: actors, and an event from a few words."""

from __future__ import annotations

from dateline.model import UNKNOWN_TIME, Actor, Event, Time
from factory import day

ACTORS = {
    "state:PRK": Actor("state:PRK", "North Korea", "state", "PRK"),
    "state:USA": Actor("state:USA", "United States", "state", "USA"),
    "state:JPN": Actor("state:JPN", "Japan", "state", "JPN"),
    "person:doe": Actor("person:doe", "Jane Doe", "person", "USA"),
    "body:council": Actor("body:council", "the Council", "body"),
}


def event(id: str, when: Time | str | None = None, **fields: object) -> Event:
    base: dict[str, object] = {
        "id": id,
        "type": "MOBILIZE",
        "desk_kind": "missile-launch",
        "source": ("state:PRK",),
        "target": (),
        "when": day(when) if isinstance(when, str) else when or UNKNOWN_TIME,
        "place": None,
        "counts": (),
        "status": "occurred",
        "mentions": (f"mn_{id}",),
        "reports": (f"rep_{id}",),
        "origins": 1,
    }
    return Event(**(base | fields))  # type: ignore[arg-type]


def until(latest: str) -> Time:
    return Time(edtf=f"../{latest}", latest=latest, basis="published-anchored")
