"""Report, Analysis, Desk -> the actors that its words stand for (thin first version)."""

from __future__ import annotations

import re

from dateline.model import ActorMention, Analysis, Desk, Report


def find_actors(report: Report, analysis: Analysis, desk: Desk) -> list[ActorMention]:
    """The words of the story that stand for an actor, in text order, not overlapping."""
    owner = {alias: actor for actor in desk.actors for alias in (*actor.aliases, *actor.seats)}
    if not owner:
        return []
    names = sorted(owner, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")
    found = []
    for start, end in report.paragraphs:
        for match in pattern.finditer(report.text, start, end):
            alias = match.group()
            found.append(ActorMention(*match.span(), owner[alias], alias, "alias"))
    return found
