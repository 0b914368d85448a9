"""A record's values at one moment, with the times that linking gave them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from dateline.model import Actor, Event, Link, Mention, Problem, Report, Statement, Time
from dateline.store import read
from dateline.store.rows import LinkedTime, OriginRow


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a record holds, by id.

    Where linking gave a report, statement or mention its time, that time stands in the value and
    its reasons in `linked` under (id, field).
    """

    reports: Mapping[str, Report]
    actors: Mapping[str, Actor]
    statements: Mapping[str, Statement]
    mentions: Mapping[str, Mention]
    events: Mapping[str, Event]
    event_of: Mapping[str, str]
    origins: Mapping[str, OriginRow]
    links: tuple[Link, ...]
    linked: Mapping[tuple[str, str], LinkedTime]
    problems: tuple[Problem, ...]

    def cut(self, report: str, spans: tuple[tuple[int, int], ...]) -> str:
        """The words at `spans` of a report, in one line."""
        text = self.reports[report].text
        return " … ".join(" ".join(text[start:end].split()) for start, end in spans)

    def outlet(self, report: str) -> str:
        """What a report is called where there is little room: its outlet, else its file."""
        found = self.reports[report]
        return found.outlet or found.where

    def same_words(self) -> dict[str, list[tuple[str, Link]]]:
        """Statement id -> the statements of other reports with the same words, and each link."""
        found: dict[str, list[tuple[str, Link]]] = defaultdict(list)
        for link in self.links:
            if link.kind == "same-words":
                found[link.a].append((link.b, link))
                found[link.b].append((link.a, link))
        return dict(found)

    def name(self, actor: str | None) -> str:
        """The name that an actor goes by; an id that is not known stands for itself."""
        if actor is None:
            return "speaker not told"
        return self.actors[actor].name if actor in self.actors else actor


def contents(connection: Connection) -> Contents:
    """All that the record holds, read on one connection."""
    linked = read.linked_times(connection)

    def known(time: Time, owner: str, field: str) -> Time:
        found = linked.get((owner, field))
        return replace(found.time, words=found.time.words or time.words) if found else time

    return Contents(
        reports={
            r.id: replace(r, published=known(r.published, r.id, "published"))
            for r in read.reports(connection)
        },
        actors=dict(sorted(read.actors(connection).items())),
        statements={
            s.id: replace(s, made=known(s.made, s.id, "made"))
            for s in sorted(read.statements(connection), key=lambda s: s.id)
        },
        mentions={
            m.id: replace(m, when=known(m.when, m.id, "when"))
            for m in sorted(read.mentions(connection), key=lambda m: m.id)
        },
        events={e.id: e for e in read.events(connection)},
        event_of=read.event_of(connection),
        origins=read.origins(connection),
        links=tuple(read.links(connection)),
        linked=linked,
        problems=tuple(read.problems(connection)),
    )
