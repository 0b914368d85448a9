"""What goes into a record and comes out of it beside the nouns of `model`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.model import Actor, ActorMention, Mention, Problem, Report, Statement, Time


@dataclass(frozen=True, slots=True)
class Coding:
    """All that the stages found in one report.

    `members` are the members of groups that it speaks of ("the three ministers").
    """

    report: Report
    actors: Sequence[ActorMention]
    times: Sequence[Time]
    statements: Sequence[Statement]
    mentions: Sequence[Mention]
    problems: Sequence[Problem] = ()
    members: Sequence[Actor] = ()


@dataclass(frozen=True, slots=True)
class OriginRow:
    """Which origin a report belongs to, and why."""

    report: str
    id: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkedTime:
    """A time that became known by linking: of a report ("published"), statement or mention."""

    owner: str
    field: str
    time: Time
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """An evidence row: the characters that stand behind one field of a claim."""

    owner: str
    role: str
    report: str
    start: int
    end: int
    words: str
