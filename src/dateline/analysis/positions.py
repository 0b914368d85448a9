"""What an actor said about a subject, over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.analysis.asking import acts_for, in_order, may_be_in, name_of, period
from dateline.model import Actor, Link, Report, Statement, Time, words


@dataclass(frozen=True, slots=True)
class Position:
    """One utterance: the statement that tells it most fully, and the others that tell it too.

    `when` is when it was said; where no report tells that, it was said by the time its first
    report was published, and `when` is open before that.
    """

    statement: Statement
    also: tuple[str, ...]
    when: Time


@dataclass(frozen=True, slots=True)
class Positions:
    """Utterances in order of time, those without any date last."""

    question: str
    items: tuple[Position, ...]


def positions(
    actor: str,
    statements: Sequence[Statement],
    reports: Mapping[str, Report],
    actors: Mapping[str, Actor],
    links: Sequence[Link] = (),
    *,
    about: str | None = None,
    with_words: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Positions:
    """What `actor` (a state stands for all who speak for it) said.

    `about` is the id of an actor that the words are about; `with_words` stand in the words as they
    are. Statements that links hold for the same words are one utterance.
    """
    fitting = [
        s
        for s in sorted(statements, key=lambda s: s.id)
        if s.speaker
        and acts_for((s.speaker,), actor, actors)
        and (about is None or acts_for(s.about, about, actors))
        and (with_words is None or _has(s, with_words, reports))
    ]
    found = [_position(group, reports) for group in _utterances(fitting, links)]
    items = [p for p in found if may_be_in(p.when, since, until)]
    items.sort(key=lambda p: (*in_order(p.when), p.statement.id))
    asked = f"What did {name_of(actor, actors)} say"
    asked += f" about {name_of(about, actors)}" if about else ""
    asked += f" with the words “{with_words}”" if with_words else ""
    return Positions(f"{asked}{period(since, until)}?", tuple(items))


def _has(statement: Statement, wanted: str, reports: Mapping[str, Report]) -> bool:
    return wanted.casefold() in words(reports[statement.report].text, statement.content).casefold()


def _utterances(statements: Sequence[Statement], links: Sequence[Link]) -> list[list[Statement]]:
    leader = {s.id: s.id for s in statements}

    def root(id: str) -> str:
        while leader[id] != id:
            id = leader[id]
        return id

    for link in sorted(links, key=lambda link: (link.a, link.b)):
        if link.kind == "same-words" and link.a in leader and link.b in leader:
            low, high = sorted((root(link.a), root(link.b)))
            leader[high] = low
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        groups[root(statement.id)].append(statement)
    return list(groups.values())


def _position(group: Sequence[Statement], reports: Mapping[str, Report]) -> Position:
    fullest = max(
        group,
        key=lambda s: (s.mode == "direct", sum(end - start for start, end in s.content), s.id),
    )
    told = [s.made for s in group if s.made.earliest or s.made.latest]
    published = sorted(
        day for s in group if (day := reports[s.report].published.latest) is not None
    )
    if told:
        when = min(told, key=lambda t: (t.earliest is None or t.latest is None, *in_order(t)))
    elif published:
        when = Time(edtf=f"../{published[0][:10]}", latest=published[0])
    else:
        when = Time()
    return Position(fullest, tuple(s.id for s in group if s.id != fullest.id), when)
