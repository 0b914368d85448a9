"""What the report page shows, worked out from the public objects: `page_view` is the way in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.exports import lanes, wording
from dateline.exports.views.events import EventView, event_views, happenings
from dateline.exports.views.fields import Fields, Given, anchor, ids, spans
from dateline.exports.views.names import Names
from dateline.exports.views.shelf import ReportView, Shelf
from dateline.exports.views.speakers import Speaker, speaker_views
from dateline.model import Span

# A page of more events or reports than this is laid out as one scrolls. Measured in Chromium on two
# busy cores: 32 reports and 68 events load in 0.3 s; 1,196 reports and 15,548 events in 24 s where
# all is laid out at once, in 5 s part by part.
_LONG = 300

Margin = Mapping[int, Sequence["Claim"]]


@dataclass(frozen=True, slots=True)
class Claim:
    """A line in a report's margin: what its words say, where that is told of, and the words.

    `type` is "said" or "told", `at` the address of the words without its "#".
    """

    text: str
    href: str
    at: str
    type: str
    hue: int


@dataclass(frozen=True, slots=True)
class PageView:
    """All that the page shows. `margins` are the claims by report and paragraph."""

    holds: str
    long: bool
    timeline: lanes.Timeline
    events: Sequence[EventView]
    speakers: Sequence[Speaker]
    shelf: Shelf
    names: Names
    margins: Mapping[str, Margin]
    problems: Sequence[Mapping[str, str]]


def page_view(objects: Iterable[Mapping[str, Any]]) -> PageView:
    """What the page shows of a record's public objects, which may come in any order."""
    given = Given.of(objects)
    names = Names(given.actors)
    shelf = Shelf(given, names)
    events = event_views(given, names, shelf)
    speakers = speaker_views(given, names, shelf)
    problems = sorted(
        (
            {key: str(problem.get(key) or "not told") for key in ("stage", "where", "why")}
            for problem in given.problems
        ),
        key=lambda problem: tuple(problem.values()),
    )
    return PageView(
        holds=_holds(given, shelf),
        long=len(events) > _LONG or len(shelf.reports) > _LONG,
        timeline=lanes.draw(happenings(events, given, names)),
        events=events,
        speakers=speakers,
        shelf=shelf,
        names=names,
        margins=_margins(given, names, shelf, events, speakers),
        problems=problems,
    )


def _holds(given: Given, shelf: Shelf) -> str:
    """What is in the record, each number with what it is of."""
    counted = [
        wording.plural(len(shelf.reports), "report"),
        wording.plural(len(shelf.by_origin), "origin"),
        wording.plural(len(given.events), "event"),
        wording.plural(len(given.statements), "statement"),
    ]
    problems = wording.plural(len(given.problems), "problem") if given.problems else "no problems"
    return f"{', '.join(counted)}; {problems}."


def _margins(
    given: Given,
    names: Names,
    shelf: Shelf,
    events: Iterable[EventView],
    speakers: Iterable[Speaker],
) -> dict[str, Margin]:
    """Each claim beside the paragraph in which its first words stand, in the order of the words."""
    placed: dict[str, list[tuple[Span, Claim]]] = defaultdict(list)

    def place(thing: Fields, words: object, text: str, id: str, type: str, hue: int) -> None:
        view, found = shelf.find(thing.get("report")), spans(words)
        if view is not None and found:
            at = shelf.href(thing.get("report"), found).removeprefix("#")
            claim = Claim(text, f"#{anchor(id)}", at, type, hue)
            placed[view.key].append((found[0], claim))

    for speaker in speakers:
        hue = speaker.tag.hue if speaker.tag else -1
        for view in speaker.statements:
            statement = given.statements[view.id]
            text = f"{speaker.name}, {view.mode_words}"
            place(statement, statement.get("content"), text, view.id, "said", hue)
    for event in events:
        hue = event.tags[0].hue if event.tags else -1
        for id in ids(given.events[event.id].get("mentions")):
            mention = given.mentions.get(id, {})
            words = mention.get("trigger") or mention.get("evidence")
            place(mention, words, names.sentence(mention), event.id, "told", hue)
    return {view.key: _by_paragraph(view, placed[view.key]) for view in shelf.reports}


def _by_paragraph(view: ReportView, placed: Iterable[tuple[Span, Claim]]) -> Margin:
    margin: dict[int, list[Claim]] = defaultdict(list)
    for span, claim in sorted(placed, key=lambda item: (item[0], item[1].type, item[1].text)):
        margin[view.paragraph_of(span) or 1].append(claim)
    return dict(margin)
