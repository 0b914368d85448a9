"""One self-contained HTML page from the public JSON Lines objects: the record as a research note.

The page needs no network and no script: script only adds a filter and keys. Nothing that a report
says is ever run or fetched: all text is escaped, characters that cannot be seen are written out,
and the page's own policy allows nothing but its own style and script.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from dateline import lexicon
from dateline.exports import lanes, wording
from dateline.exports.marking import Paragraph, marked_paragraphs, span_id, visible
from dateline.model import Span

Dict = Mapping[str, Any]

# A page of more events or reports than this is laid out as one scrolls: browsers lay out some
# 300 of either in a tenth of a second.
_LONG = 300
# Hues in report.css. None of them is a red or a green.
_HUES = 8
# Quotes shown of one event, and speakers' statements, before the rest is folded away.
_QUOTES_OPEN = 2
_STATEMENTS_OPEN = 12
# An evidence sentence longer than this is cut at a word: the click shows all of it.
_QUOTE_LENGTH = 420
_SAME_LENGTH = 160
# Of a speaker's offices the last few are named.
_OFFICES = 3
# Events with at least this many mentions list only so many tellings; each report still marks all.
_TELLINGS = 40


def render_page(objects: Iterable[Mapping[str, Any]], *, title: str, question: str) -> str:
    """The page as HTML: timeline, events, statements, reports with evidence marked, problems.

    `objects` are those of the public JSON Lines format, in any order; unknown kinds and keys are
    passed over, and what an object lacks is shown as not told. `question` is the sentence that
    says what was asked for.
    """
    record = _Record.of(objects)
    folder = files("dateline.exports").joinpath("templates")
    style = folder.joinpath("report.css").read_text("utf-8")
    script = folder.joinpath("report.js").read_text("utf-8")
    environment = Environment(
        loader=PackageLoader("dateline.exports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    return environment.get_template("report.html.j2").render(
        title=title,
        question=question,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        plural=wording.plural,
        anchor=_anchor,
        open=_STATEMENTS_OPEN,
        tellings_open=_QUOTES_OPEN,
        page=_Page(record),
    )


def _policy(style: str, script: str) -> str:
    """The content security policy: this style and this script, and nothing else."""

    def hashed(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return (
        f"default-src 'none'; style-src 'sha256-{hashed(style)}'; "
        f"script-src 'sha256-{hashed(script)}'; base-uri 'none'; form-action 'none'"
    )


# --------------------------------------------------------------------------- reading the objects


@dataclass(frozen=True, slots=True)
class _Record:
    """The objects by kind and id, as given."""

    report: dict[str, Dict]
    actor: dict[str, Dict]
    statement: dict[str, Dict]
    mention: dict[str, Dict]
    event: dict[str, Dict]
    problems: list[Dict]

    @classmethod
    def of(cls, objects: Iterable[Mapping[str, Any]]) -> _Record:
        by_kind: dict[str, dict[str, Dict]] = defaultdict(dict)
        problems = []
        for thing in objects:
            kind = thing.get("kind")
            if kind == "problem":
                problems.append(thing)
            elif isinstance(kind, str) and thing.get("id"):
                by_kind[kind][str(thing["id"])] = thing
        kinds = ("report", "actor", "statement", "mention", "event")
        return cls(*(by_kind[kind] for kind in kinds), problems)


def _spans(value: object) -> list[Span]:
    """The spans in a field that holds one, several, or none."""
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        return []
    if len(value) == 2 and all(isinstance(n, int) for n in value):
        return [(value[0], value[1])]
    return [span for item in value for span in _spans(item)]


def _ids(value: object) -> list[str]:
    """The ids in a field: strings, or objects that hold one."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, Sequence):
        return []
    found = [item.get("id") or item.get("statement") if isinstance(item, Mapping) else item
             for item in value]
    return [str(item) for item in found if item]


# --------------------------------------------------------------------------- what is shown


@dataclass(frozen=True, slots=True)
class _Tag:
    """An actor as a letter code in its hue."""

    name: str
    code: str
    hue: int


@dataclass(frozen=True, slots=True)
class _Words:
    """Words of a report that stand behind a field, as a link to them."""

    field: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class _Quote:
    """A telling: its sentence, where it stands, and whose it is."""

    html: Markup
    href: str
    report: _ReportView
    paragraph: int | None
    sentence: str
    when: str
    according_to: str
    according_href: str
    words: tuple[_Words, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A line in a report's margin: what its words say, and where that is told of."""

    text: str
    href: str
    at: str
    type: str
    hue: int


@dataclass(slots=True)
class _ReportView:
    """A report as shown. `key` begins the addresses of its spans."""

    key: str
    number: int
    data: Dict
    origin: str
    text: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    margin: dict[int, list[_Claim]] = field(default_factory=dict)
    claims: int = 0

    @property
    def name(self) -> str:
        """Who published it, or that nobody says."""
        return str(self.data.get("outlet") or "outlet not told")

    @property
    def cited_as(self) -> str:
        """What stands before its number where it is cited: the outlet if told, and the date."""
        known = wording.bounds(self.data.get("published")) != (None, None)
        outlet = str(self.data.get("outlet") or "")
        return ", ".join(part for part in (outlet, self.published if known else "") if part)

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons for its date and its origin."""
        dated = _time(self.data.get("published")).get("reasons") or ()
        return tuple(str(reason) for reason in (*dated, *(self.data.get("origin_reasons") or ())))

    @property
    def title(self) -> str:
        return str(self.data.get("title") or "")

    @property
    def published(self) -> str:
        time = self.data.get("published")
        words = wording.time_words(time)
        return "date of publication not told" if words == "no date given" else words

    @property
    def published_basis(self) -> str:
        time = self.data.get("published")
        basis = _time(time).get("basis")
        if basis == "stated" or wording.bounds(time) == (None, None):
            return ""
        return wording.basis_words(time)

    @property
    def link(self) -> str | None:
        """Its address where that is one of the web: nothing else is made a link."""
        url = str(self.data.get("url") or "")
        return url if re.match(r"https?://", url) else None

    @property
    def language(self) -> str:
        """Its language where that is told as a tag of one ("ko")."""
        language = str(self.data.get("language") or "")
        return language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", language) else ""

    @property
    def published_words(self) -> str:
        """The address of the words that give its date, where it is the text that does."""
        spans = _spans(_time(self.data.get("published")).get("words"))
        inside = spans and 0 <= spans[0][0] < spans[0][1] <= len(self.text)
        return f"#{span_id(self.key, spans[0])}" if inside else ""

    def paragraph_of(self, span: Span) -> int | None:
        return next(
            (n for n, p in enumerate(self.paragraphs, 1) if p.start <= span[0] < p.end), None
        )


@dataclass(frozen=True, slots=True)
class _EventView:
    id: str
    number: int
    sentence: str
    kind: str
    code: str
    when: str
    basis: str
    heading: str
    order: str
    status: str
    status_words: str
    tags: tuple[_Tag, ...]
    reports: int
    origins: int
    according_to: str
    quotes: tuple[_Quote, ...]
    left_out: int
    table: _Table | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """Who says what where they differ: fields down, origins across."""

    origins: tuple[tuple[str, tuple[_ReportView, ...]], ...]
    rows: tuple[tuple[str, tuple[tuple[tuple[str, str], ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class _StatementView:
    id: str
    text: str
    href: str
    mode: str
    mode_words: str
    cue: str
    cue_href: str
    speaker_words: str
    speaker_href: str
    made: str
    made_basis: str
    to: str
    place: str
    negated: bool
    report: _ReportView
    paragraph: int | None
    question: bool
    thought: bool
    same: tuple[_SameWords, ...]


@dataclass(frozen=True, slots=True)
class _SameWords:
    """A statement elsewhere that carries the same words, and why it is taken to."""

    text: str
    href: str
    who: str
    report: _ReportView
    reasons: str


@dataclass(frozen=True, slots=True)
class _Speaker:
    key: str
    name: str
    offices: tuple[str, ...]
    tag: _Tag | None
    statements: tuple[_StatementView, ...]


class _Page:
    """All that the template asks for, worked out once from the record."""

    def __init__(self, record: _Record) -> None:
        self.record = record
        self.problems = [
            {key: str(problem.get(key) or "not told") for key in ("stage", "where", "why")}
            for problem in record.problems
        ]
        self._hues = lanes.hues(self._all_lanes(), _HUES)
        self.reports = self._report_views()
        self._by_report = {str(view.data["id"]): view for view in self.reports}
        self._mark_reports()
        self.events = self._event_views()
        self.speakers = self._speaker_views()
        self._fill_margins()

    # ---- the opening

    @cached_property
    def holds(self) -> str:
        """What is in the record, each number with what it is of."""
        parts = [
            wording.plural(len(self.reports), "report"),
            wording.plural(len({report.origin for report in self.reports}), "origin"),
            wording.plural(len(self.events), "event"),
            wording.plural(len(self.record.statement), "statement"),
        ]
        problems = wording.plural(len(self.problems), "problem") if self.problems else "no problems"
        return f"{', '.join(parts)}; {problems}."

    @property
    def long(self) -> bool:
        """Whether the page is to be laid out part by part as one comes to it."""
        return len(self.events) > _LONG or len(self.reports) > _LONG

    # ---- actors

    def _actor(self, id: str) -> Dict:
        return self.record.actor.get(id, {})

    def _name(self, id: str) -> str:
        return str(self._actor(id).get("name") or id.removeprefix("state:"))

    def _lane(self, id: str) -> str:
        """The lane an actor's doings stand in: its state's, else its own."""
        state = self._actor(id).get("state")
        return f"state:{state}" if state else id

    def _all_lanes(self) -> set[str]:
        acting = {id for event in self.record.event.values() for id in _ids(event.get("source"))}
        speaking = {str(s["speaker"]) for s in self.record.statement.values() if s.get("speaker")}
        return {self._lane(id) for id in acting | speaking}

    def tag(self, lane: str) -> _Tag:
        """The letters and hue of a lane."""
        if not lane:
            return _Tag("actor not told", "?", -1)
        name = self._name(lane)
        if re.fullmatch(r"state:[A-Z]{3}", lane):
            code = lane[6:]
        else:
            initials = "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())
            code = name if name.isupper() and len(name) <= 5 else initials[:4] or name[:3]
        return _Tag(name, code, self._hues.get(lane, -1))

    def _tags(self, ids: Iterable[str]) -> tuple[_Tag, ...]:
        return tuple(self.tag(lane) for lane in dict.fromkeys(self._lane(id) for id in ids))

    # ---- reports

    def _report_views(self) -> list[_ReportView]:
        def order(report: Dict) -> tuple[str, str, str]:
            earliest, latest = wording.bounds(report.get("published"))
            return (latest or earliest or "9999", str(report.get("outlet") or ""), str(report["id"]))

        ordered = sorted(self.record.report.values(), key=order)
        return [
            _ReportView(
                key=f"r{number}",
                number=number,
                data=report,
                origin=str(report.get("origin") or report["id"]),
                text=str(report.get("text") or ""),
            )
            for number, report in enumerate(ordered, 1)
        ]

    def _mark_reports(self) -> None:
        """Cites every span that anything points at, the longer kinds of claim over the shorter."""
        cited: dict[str, dict[Span, str]] = defaultdict(dict)

        def cite(report: object, spans: object, css: str) -> None:
            for span in _spans(spans):
                cited[str(report)].setdefault(span, css)

        for statement in self.record.statement.values():
            cite(statement.get("report"), statement.get("content"), "said")
        for mention in self.record.mention.values():
            cite(mention.get("report"), mention.get("evidence"), "told")
        for statement in self.record.statement.values():
            for key in ("cue", "speaker_words"):
                cite(statement.get("report"), statement.get(key), "w")
            cite(statement.get("report"), _time(statement.get("made")).get("words"), "w")
        for mention in self.record.mention.values():
            cite(mention.get("report"), mention.get("trigger"), "w")
            cite(mention.get("report"), _time(mention.get("when")).get("words"), "w")
            for count in _counts(mention):
                cite(mention.get("report"), count.get("words"), "w")
        for view in self.reports:
            id = str(view.data["id"])
            cite(id, _time(view.data.get("published")).get("words"), "w")
            view.paragraphs = marked_paragraphs(
                view.text, view.key, cited[id], _furniture(view.data)
            )

    def _fill_margins(self) -> None:
        """Puts each claim beside the paragraph in which its first words stand."""
        claims: dict[str, list[tuple[Span, _Claim]]] = defaultdict(list)
        for speaker in self.speakers:
            hue = speaker.tag.hue if speaker.tag else -1
            for statement in speaker.statements:
                data = self.record.statement[statement.id]
                spans = _spans(data.get("content"))
                if spans:
                    claim = _Claim(
                        f"{speaker.name}, {statement.mode_words}",
                        f"#{_anchor(statement.id)}",
                        statement.href,
                        "said",
                        hue,
                    )
                    claims[str(data.get("report"))].append((spans[0], claim))
        for event in self.events:
            for mention_id in _ids(self.record.event[event.id].get("mentions")):
                mention = self.record.mention.get(mention_id)
                spans = _spans(mention.get("trigger") or mention.get("evidence")) if mention else []
                if mention and spans:
                    href = self._href(mention.get("report"), spans)
                    claim = _Claim(
                        self._sentence(mention), f"#{_anchor(event.id)}", href, "told",
                        event.tags[0].hue if event.tags else -1,
                    )
                    claims[str(mention.get("report"))].append((spans[0], claim))
        for view in self.reports:
            found = sorted(
                claims[str(view.data["id"])], key=lambda c: (c[0], c[1].type, c[1].text)
            )
            view.claims = len(found)
            for span, claim in found:
                place = view.paragraph_of(span)
                view.margin.setdefault(place or 1, []).append(claim)

    def origin_note(self, view: _ReportView) -> str:
        """Whose voice a report is, where it is not its own alone."""
        notes = []
        if view.data.get("wire"):
            notes.append(f"credits {view.data['wire']}")
        original = self._by_report.get(str(view.data.get("copy_of") or ""))
        if original is not None:
            notes.append(f"a copy of report {original.number}")
        newer = self._by_report.get(str(view.data.get("revision_of") or ""))
        if newer is not None:
            notes.append(f"a later text of report {newer.number}")
        others = [
            str(other.number)
            for other in self.reports
            if other.origin == view.origin and other is not view
        ]
        if others:
            word = "report" if len(others) == 1 else "reports"
            shown = others[:6] + ([f"{len(others) - 6} more"] if len(others) > 6 else [])
            notes.append(f"one origin with {word} {wording.listed(shown)}")
        return "; ".join(notes)

    def _href(self, report: object, spans: Sequence[Span]) -> str:
        view = self._by_report.get(str(report))
        if view is None:
            return ""
        if not spans or not (0 <= spans[0][0] < spans[0][1] <= len(view.text)):
            return f"#{view.key}"
        return f"#{span_id(view.key, spans[0])}"

    def _text(self, report: object, spans: Iterable[Span]) -> str:
        view = self._by_report.get(str(report))
        if view is None:
            return ""
        return " … ".join(" ".join(view.text[start:end].split()) for start, end in spans)

    # ---- events

    def _sentence(self, thing: Dict) -> str:
        return wording.event_sentence(
            thing,
            [self._name(id) for id in _ids(thing.get("source"))],
            [self._name(id) for id in _ids(thing.get("target"))],
        )

    def _event_views(self) -> list[_EventView]:
        def order(event: Dict) -> tuple[str, str, str]:
            earliest, latest = wording.bounds(event.get("when"))
            return (earliest or latest or "9999", latest or "9999", str(event["id"]))

        ordered = sorted(self.record.event.values(), key=order)
        return [self._event_view(number, event) for number, event in enumerate(ordered, 1)]

    def _event_view(self, number: int, event: Dict) -> _EventView:
        mentions = [
            self.record.mention[id] for id in _ids(event.get("mentions")) if id in self.record.mention
        ]
        reports = _ids(event.get("reports")) or [str(m.get("report")) for m in mentions]
        published = self._published(reports)
        status = str(event.get("status") or "")
        told_by = [self._according_to(mention) for mention in mentions]
        voices = list(dict.fromkeys(name for name, _ in told_by if name))
        return _EventView(
            id=str(event["id"]),
            number=number,
            sentence=self._sentence(event),
            kind=wording.kind_words(event),
            code=str(event.get("type") or "") if event.get("desk_kind") else "",
            when=wording.time_words(event.get("when"), published),
            basis=wording.basis_words(event.get("when")),
            heading=_heading(event.get("when")),
            order=_heading(event.get("when"), undated="zzz"),
            status="" if status == "occurred" else status.replace("-", " "),
            status_words=lexicon.load("phrases")["status_names"].get(status, "status not told"),
            tags=self._tags(_ids(event.get("source"))),
            reports=len(set(reports)),
            origins=self._origins(event, reports),
            according_to=wording.listed(voices) if voices and all(n for n, _ in told_by) else "",
            quotes=tuple(self._quote(mention) for mention in mentions[:_TELLINGS]),
            left_out=len(mentions[_TELLINGS:]),
            table=self._table(event),
            reasons=tuple(str(reason) for reason in event.get("reasons") or ()),
        )

    def _published(self, reports: Sequence[str]) -> Dict | None:
        """The one day on which all of these reports came out, where it is one."""
        times = [
            self._by_report[id].data.get("published") for id in reports if id in self._by_report
        ]
        same = times and all(wording.bounds(t) == wording.bounds(times[0]) for t in times)
        return times[0] if same else None

    def _origins(self, event: Dict, reports: Sequence[str]) -> int:
        given = event.get("origins")
        if isinstance(given, int):
            return given
        return len({self._by_report[id].origin for id in reports if id in self._by_report})

    def _according_to(self, mention: Dict) -> tuple[str, str]:
        """Who says it where the report does not itself, and the address of the saying."""
        id = str(mention.get("according_to") or "")
        statement = self.record.statement.get(id)
        if statement is None:
            return "", ""
        speaker = statement.get("speaker")
        return (self._name(str(speaker)) if speaker else "a speaker not told"), f"#{_anchor(id)}"

    def _quote(self, mention: Dict) -> _Quote:
        report = mention.get("report")
        view = self._view(report)
        evidence = _spans(mention.get("evidence")) or _spans(mention.get("trigger"))
        according_to, according_href = self._according_to(mention)
        when = _time(mention.get("when"))
        words = [("when", span) for span in _spans(when.get("words"))]
        words += [
            ("how many", span) for count in _counts(mention) for span in _spans(count.get("words"))
        ]
        return _Quote(
            html=_bolded(view.text, evidence, _spans(mention.get("trigger"))),
            href=self._href(report, evidence),
            report=view,
            paragraph=view.paragraph_of(evidence[0]) if evidence else None,
            sentence=self._sentence(mention),
            when=wording.time_words(when, view.data.get("published")),
            according_to=according_to,
            according_href=according_href,
            words=tuple(
                _Words(name, self._text(report, [span]), self._href(report, [span]))
                for name, span in words
            ),
        )

    def _table(self, event: Dict) -> _Table | None:
        """The disagreements of an event: for each field what each origin says, if anything."""
        disputes = [d for d in event.get("disagreements") or () if isinstance(d, Mapping)]
        if not disputes:
            return None
        mentions = [self.record.mention.get(id) for id in _ids(event.get("mentions"))]
        by_origin: dict[str, dict[int, _ReportView]] = defaultdict(dict)
        for mention in mentions:
            view = self._by_report.get(str(mention.get("report"))) if mention else None
            if view is not None:
                by_origin[view.origin][view.number] = view
        order = sorted(by_origin, key=lambda origin: min(by_origin[origin]))
        rows = []
        for dispute in disputes:
            cells: dict[str, list[tuple[str, str]]] = defaultdict(list)
            for value in dispute.get("values") or ():
                for id in _ids(value.get("mentions")):
                    mention = self.record.mention.get(id)
                    view = self._by_report.get(str(mention.get("report"))) if mention else None
                    if mention is None or view is None:
                        continue
                    href = self._href(mention.get("report"), _spans(mention.get("evidence")))
                    said = _value_words(value.get("value"))
                    if said not in [words for words, _ in cells[view.origin]]:
                        cells[view.origin].append((said, href))
            rows.append(
                (_field_words(dispute.get("field")), tuple(tuple(cells[o]) for o in order))
            )
        origins = tuple(
            (self._origin_name(origin), tuple(by_origin[origin].values())) for origin in order
        )
        return _Table(origins, tuple(rows))

    def _origin_name(self, origin: str) -> str:
        """Who an origin is: its report's outlet or the wire that its reports credit."""
        first = self._by_report.get(origin)
        wires = {str(r.data["wire"]) for r in self.reports if r.origin == origin and r.data.get("wire")}
        if wires:
            return wording.listed(sorted(wires))
        if first is None:
            first = next((r for r in self.reports if r.origin == origin), None)
        return first.name if first else "origin not told"

    # ---- the timeline

    @cached_property
    def timeline(self) -> lanes.Timeline:
        return lanes.draw([self._happening(view) for view in self.events])

    def _happening(self, view: _EventView) -> lanes.Happening:
        event = self.record.event[view.id]
        earliest, latest = wording.bounds(event.get("when"))
        doing = dict.fromkeys(self._lane(id) for id in _ids(event.get("source")))
        return lanes.Happening(
            id=_anchor(view.id),
            lanes=tuple(doing),
            earliest=wording.day_of(earliest),
            latest=wording.day_of(latest),
            origins=view.origins,
            disputed=view.table is not None,
            title=f"{view.when}: {view.sentence} ({wording.plural(view.origins, 'origin')})",
        )

    # ---- statements

    def _speaker_views(self) -> list[_Speaker]:
        by_speaker: dict[str, list[_StatementView]] = defaultdict(list)
        for id in sorted(self.record.statement, key=self._order):
            statement = self.record.statement[id]
            by_speaker[str(statement.get("speaker") or "")].append(self._statement_view(statement))
        order = sorted(by_speaker, key=lambda id: (id == "", -len(by_speaker[id]), self._name(id)))
        return [self._speaker(id, by_speaker[id]) for id in order]

    def _speaker(self, id: str, statements: list[_StatementView]) -> _Speaker:
        offices = [o for o in self._actor(id).get("offices") or () if isinstance(o, Mapping)]
        return _Speaker(
            key=_anchor(f"by-{id or 'not-told'}"),
            name=self._name(id) if id else "Speaker not told",
            offices=tuple(_office_words(office) for office in offices[-_OFFICES:]),
            tag=self.tag(self._lane(id)) if id else None,
            statements=tuple(statements),
        )

    def _order(self, id: str) -> tuple[int, Span, str]:
        """Where a statement stands: by report, then by its place in it."""
        statement = self.record.statement[id]
        view = self._by_report.get(str(statement.get("report")))
        spans = _spans(statement.get("content")) or [(0, 0)]
        return (view.number if view else 0, spans[0], id)

    def _same_words(self, statement: Dict) -> Iterator[_SameWords]:
        """The statements elsewhere with the same words, by report."""
        links = statement.get("same_words")
        found: dict[str, str] = {}
        for link in links if isinstance(links, Sequence) and not isinstance(links, str) else ():
            reasons = link.get("reasons") or () if isinstance(link, Mapping) else ()
            for id in _ids([link]):
                if id in self.record.statement:
                    found[id] = " ".join(str(reason) for reason in reasons)
        for id in sorted(found, key=self._order):
            other = self.record.statement[id]
            text = self._text(other.get("report"), _spans(other.get("content")))
            speaker = other.get("speaker")
            yield _SameWords(
                text=_shortened(text, _SAME_LENGTH),
                href=f"#{_anchor(id)}",
                who=self._name(str(speaker)) if speaker else "speaker not told",
                report=self._view(other.get("report")),
                reasons=found[id],
            )

    def _statement_view(self, statement: Dict) -> _StatementView:
        report = statement.get("report")
        view = self._view(report)
        content, cue = _spans(statement.get("content")), _spans(statement.get("cue"))
        mode = str(statement.get("mode") or "")
        place = statement.get("place")
        return _StatementView(
            id=str(statement["id"]),
            text=self._text(report, content),
            href=self._href(report, content),
            mode=mode,
            mode_words=lexicon.load("phrases")["modes"].get(mode, "how is not told"),
            cue=self._text(report, cue),
            cue_href=self._href(report, cue),
            speaker_words=self._text(report, _spans(statement.get("speaker_words"))),
            speaker_href=self._href(report, _spans(statement.get("speaker_words"))),
            made=wording.time_words(statement.get("made"), view.data.get("published")),
            made_basis=wording.basis_words(statement.get("made")),
            to=wording.listed([self._name(id) for id in _ids(statement.get("to"))]),
            place=str(place.get("name") if isinstance(place, Mapping) else place or ""),
            negated=bool(statement.get("negated")),
            report=view,
            paragraph=view.paragraph_of(content[0]) if content else None,
            question=bool(statement.get("question")),
            thought=statement.get("speech") is False,
            same=tuple(self._same_words(statement)),
        )

    def _view(self, report: object) -> _ReportView:
        """The report of an id; one without a number where the record lacks it."""
        return self._by_report.get(str(report)) or _ReportView("", 0, {}, "", "")


# --------------------------------------------------------------------------- small pieces


def _anchor(id: str) -> str:
    """An id as an address on the page: letters, digits and a few marks only."""
    return re.sub(r"[^A-Za-z0-9_.-]", lambda match: f"-{ord(match[0]):x}-", id)


def _time(value: object) -> Dict:
    return value if isinstance(value, Mapping) else {}


def _counts(mention: Dict) -> list[Dict]:
    return [count for count in mention.get("counts") or () if isinstance(count, Mapping)]


def _furniture(report: Dict) -> list[tuple[int, int, str]]:
    return [
        (int(item[0]), int(item[1]), re.sub(r"\W", "", str(item[2])))
        for item in report.get("furniture") or ()
        if isinstance(item, Sequence) and len(item) >= 3
    ]


def _heading(time: Dict | None, undated: str = "No date given") -> str:
    """The part of the list that an event stands in: its year, "No date given" for none."""
    earliest, latest = wording.bounds(time)
    day = wording.day_of(earliest or latest)
    return str(day.year) if day else undated


def _value_words(value: object) -> str:
    return "several" if value is None else str(value)


def _field_words(name: object) -> str:
    words = {"counts": "how many", "count": "how many", "when": "when", "place": "where",
             "source": "who", "target": "to whom", "status": "did it happen"}
    return words.get(str(name), str(name).replace("_", " ").replace("-", " "))


def _office_words(office: Dict) -> str:
    """An office with the years in which it was held, where they are told."""
    first, last = (str(office.get(key) or "")[:4] for key in ("from", "to"))
    years = f" ({first}–{last})" if first or last else ""
    return f"{office.get('title') or 'office not told'}{years}"


def _shortened(text: str, length: int) -> str:
    """The text, cut at a word where it is longer than `length`."""
    return text if len(text) <= length else text[:length].rpartition(" ")[0] + " …"


def _bolded(text: str, evidence: Sequence[Span], trigger: Sequence[Span]) -> Markup:
    """The evidence as one line of HTML, the words that tell the event in bold, cut when long."""
    parts = []
    for start, end in evidence:
        at = start
        for first, last in sorted(trigger):
            if at <= first < last <= end:
                parts.append(escape(visible(text[at:first])))
                parts.append(Markup("<b>{}</b>").format(visible(text[first:last])))
                at = last
        rest = _shortened(text[at:end], max(_QUOTE_LENGTH - (at - start), 80))
        parts.append(escape(visible(rest)))
        parts.append(Markup(" … "))
    return Markup("").join(parts[:-1])


__all__ = ["render_page"]
