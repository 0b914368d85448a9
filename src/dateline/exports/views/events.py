"""The events as shown: a sentence, honest dates, who tells it, and on what the tellings differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from dateline import lexicon
from dateline.exports import lanes, wording
from dateline.exports.marking import visible
from dateline.exports.views.fields import (
    Fields,
    Given,
    anchor,
    ids,
    objects,
    shortened,
    spans,
    texts,
    time,
)
from dateline.exports.views.names import Names, Tag
from dateline.exports.views.shelf import ReportView, Shelf, other_words
from dateline.model import Span

# Of an event with more mentions than this so many tellings are listed; the reports mark them all.
_TELLINGS = 40
# An evidence sentence longer than this is cut at a word: the click shows all of it.
_QUOTE_LENGTH = 420
_SHORT = 31  # days


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a report that stand behind a field, with their address."""

    field: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One mention: its sentence with the trigger in bold, where it stands, and whose it is."""

    html: Markup
    href: str
    report: ReportView
    paragraph: int | None
    according_to: str
    according_href: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Who says what where they differ: a row for each field, a cell for each origin.

    A cell holds what the origin's reports say, each with its address; empty where they say nothing.
    """

    origins: tuple[tuple[str, tuple[ReportView, ...]], ...]
    rows: tuple[tuple[str, tuple[tuple[tuple[str, str], ...], ...]], ...]

    @property
    def fields(self) -> str:
        """On what they differ, in words."""
        return wording.listed([field for field, _ in self.rows])


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as shown. `year` is the part of the list that it stands in, `None` for no date."""

    id: str
    sentence: str
    kind: str
    code: str
    when: str
    basis: str
    year: int | None
    status: str
    status_words: str
    tags: tuple[Tag, ...]
    reports: int
    origins: int
    according_to: str
    tellings: tuple[Telling, ...]
    left_out: int
    table: Table | None
    reasons: tuple[str, ...]


def event_views(given: Given, names: Names, shelf: Shelf) -> list[EventView]:
    """The events in the order of their dates, those without one last."""
    return [
        _event_view(event, given, names, shelf)
        for event in sorted(given.events.values(), key=_by_date)
    ]


def happenings(views: Sequence[EventView], given: Given, names: Names) -> list[lanes.Happening]:
    """The events as the timeline needs them."""
    found = []
    for view in views:
        event = given.events[view.id]
        earliest, latest = wording.bounds(event.get("when"))
        origins = wording.plural(view.origins, "origin")
        found.append(
            lanes.Happening(
                id=anchor(view.id),
                lanes=names.lanes(ids(event.get("source"))),
                earliest=wording.day_of(earliest),
                latest=wording.day_of(latest),
                origins=view.origins,
                disputed=view.table is not None,
                title=f"{view.when}: {view.sentence} ({origins})",
            )
        )
    return found


def _by_date(event: Fields) -> tuple[bool, date, str]:
    """Where an event stands in the list: those without a date last."""
    day = _listed_under(event)
    return (day is None, day or date.max, str(event["id"]))


def _listed_under(event: Fields) -> date | None:
    """The day that an event is listed under: its first, of a long stretch its last.

    What is told "since 1981" or happened "by" a day is not news of the year in which it may have
    begun; an exercise of two weeks is news of the day on which it began.
    """
    first, last = (wording.day_of(bound) for bound in wording.bounds(event.get("when")))
    if first is None or last is None:
        return first or last
    return first if (last - first).days <= _SHORT else last


def _event_view(event: Fields, given: Given, names: Names, shelf: Shelf) -> EventView:
    mentions = _by_origin(event, given, shelf)
    reports = ids(event.get("reports")) or [str(mention.get("report")) for mention in mentions]
    views = [view for view in map(shelf.find, dict.fromkeys(reports)) if view is not None]
    status = str(event.get("status") or "")
    day = _listed_under(event)
    origins = event.get("origins")
    return EventView(
        id=str(event["id"]),
        sentence=names.sentence(_undisputed(event)),
        kind=wording.kind_words(event),
        code=str(event.get("type") or "") if event.get("desk_kind") else "",
        when=wording.time_words(event.get("when"), _published(views)),
        basis=wording.basis_words(event.get("when")),
        year=day.year if day else None,
        status="" if status == "occurred" else status.replace("-", " "),
        status_words=lexicon.load("phrases")["status_names"].get(status, "status not told"),
        tags=names.tags(ids(event.get("source"))),
        reports=len(set(reports)),
        origins=origins if isinstance(origins, int) else len({view.origin for view in views}),
        according_to=_voices(mentions, given, names),
        tellings=tuple(_telling(mention, given, names, shelf) for mention in mentions[:_TELLINGS]),
        left_out=len(mentions[_TELLINGS:]),
        table=_table(event, given, shelf),
        reasons=texts(event.get("reasons")),
    )


def _undisputed(event: Fields) -> Fields:
    """The event without those fields on which its reports differ: its sentence takes no side."""
    disputed = {str(dispute.get("field")) for dispute in objects(event.get("disagreements"))}
    if "count" in disputed:
        disputed.add("counts")
    # Who did it stays: an event is of those whom linking settled on, and has to be told of someone.
    return {
        key: value for key, value in event.items() if key not in disputed - {"source", "status"}
    }


def _by_origin(event: Fields, given: Given, shelf: Shelf) -> list[Fields]:
    """The mentions of an event: first one of each origin, then the next ones, by report."""
    known = [given.mentions[id] for id in ids(event.get("mentions")) if id in given.mentions]
    known.sort(key=lambda m: (shelf.report(m.get("report")).number, spans(m.get("trigger"))))
    seen: Counter[str] = Counter()
    ranked = []
    for place, mention in enumerate(known):
        origin = shelf.report(mention.get("report")).origin
        ranked.append((seen[origin], place, mention))
        seen[origin] += 1
    return [mention for _, _, mention in sorted(ranked, key=lambda item: item[:2])]


def _published(views: Sequence[ReportView]) -> Fields | None:
    """The one day on which all of these reports came out, where it is one."""
    times = [time(view.fields.get("published")) for view in views]
    bounds = {wording.bounds(published) for published in times}
    return times[0] if len(bounds) == 1 else None


def _voices(mentions: Sequence[Fields], given: Given, names: Names) -> str:
    """On whose word an event rests, where no report tells it in its own voice."""
    voices = [_according_to(mention, given, names)[0] for mention in mentions]
    return wording.listed(list(dict.fromkeys(voices))) if all(voices) else ""


def _according_to(mention: Fields, given: Given, names: Names) -> tuple[str, str]:
    """Who says it, where the report does not itself, and the address of the saying."""
    id = str(mention.get("according_to") or "")
    statement = given.statements.get(id)
    if statement is None:
        return "", ""
    return names.speaker(statement) or "a speaker not told", f"#{anchor(id)}"


def _telling(mention: Fields, given: Given, names: Names, shelf: Shelf) -> Telling:
    report = mention.get("report")
    view = shelf.report(report)
    evidence = spans(mention.get("evidence")) or spans(mention.get("trigger"))
    according_to, according_href = _according_to(mention, given, names)
    words = [("who", span) for span in other_words(mention, "source", names, view.text)]
    words += [("whom", span) for span in other_words(mention, "target", names, view.text)]
    words += [("when", span) for span in spans(time(mention.get("when")).get("words"))]
    for count in objects(mention.get("counts")):
        words += [("how many", span) for span in spans(count.get("words"))]
    return Telling(
        html=_bolded(
            view.text,
            [span for span in evidence if view.holds(span)],
            spans(mention.get("trigger")),
        ),
        href=shelf.href(report, evidence),
        report=view,
        paragraph=view.paragraph_of(evidence[0]) if evidence else None,
        according_to=according_to,
        according_href=according_href,
        words=tuple(
            Words(field, shelf.words(report, [span]), shelf.href(report, [span]))
            for field, span in words
        ),
    )


def _bolded(text: str, evidence: Sequence[Span], trigger: Sequence[Span]) -> Markup:
    """The evidence as one line of HTML, the words that tell the event in bold, cut when long."""
    parts: list[Markup] = []
    for start, end in evidence:
        at = start
        for first, last in sorted(trigger):
            if at <= first < last <= end:
                parts.append(escape(visible(text[at:first])))
                parts.append(Markup("<b>{}</b>").format(visible(text[first:last])))
                at = last
        rest = shortened(text[at:end], max(_QUOTE_LENGTH - (at - start), 80))
        parts.append(escape(visible(rest)))
        parts.append(Markup(" … "))
    return Markup("").join(parts[:-1])


def _table(event: Fields, given: Given, shelf: Shelf) -> Table | None:
    """The disagreements of an event: for each field what each origin says, if anything."""
    disputes = objects(event.get("disagreements"))
    if not disputes:
        return None
    by_origin: dict[str, dict[int, ReportView]] = defaultdict(dict)
    for id in ids(event.get("mentions")):
        view = shelf.find(given.mentions.get(id, {}).get("report"))
        if view is not None:
            by_origin[view.origin][view.number] = view
    order = sorted(by_origin, key=lambda origin: min(by_origin[origin]))
    rows = []
    for dispute in disputes:
        said = _said(dispute, given, shelf)
        rows.append((_field_words(dispute), tuple(tuple(said[origin]) for origin in order)))
    return Table(
        origins=tuple(
            (shelf.origin_name(origin), tuple(by_origin[origin].values())) for origin in order
        ),
        rows=tuple(rows),
    )


def _said(dispute: Fields, given: Given, shelf: Shelf) -> dict[str, list[tuple[str, str]]]:
    """What each origin says of one field, each value once, with where it says so."""
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for value in objects(dispute.get("values")):
        words = "not told" if value.get("value") is None else str(value["value"])
        for id in ids(value.get("mentions")):
            mention = given.mentions.get(id, {})
            view = shelf.find(mention.get("report"))
            if view is not None and words not in [known for known, _ in said[view.origin]]:
                href = shelf.href(mention.get("report"), spans(mention.get("evidence")))
                said[view.origin].append((words, href))
    return said


def _field_words(dispute: Fields) -> str:
    """What is in dispute, in words."""
    name = str(dispute.get("field") or "")
    words: dict[str, str] = lexicon.load("phrases")["fields"]
    return words.get(name, name.replace("_", " ").replace("-", " "))
