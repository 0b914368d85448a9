"""The reports as shown: numbered, their texts marked, and the way to any words in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.exports import wording
from dateline.exports.marking import Paragraph, marked_paragraphs, span_id
from dateline.exports.views.fields import (
    Fields,
    Given,
    furniture,
    ids,
    objects,
    spans,
    texts,
    time,
)
from dateline.exports.views.names import Names
from dateline.model import Span

# Of the reports that share an origin so many are named.
_NAMED = 6


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report as shown. `key` begins the addresses of its spans ("r3")."""

    key: str
    number: int
    fields: Fields
    origin: str
    text: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def outlet(self) -> str:
        """Who published it, empty where nobody says."""
        return str(self.fields.get("outlet") or "")

    @property
    def title(self) -> str:
        """Its title, empty where it has none."""
        return str(self.fields.get("title") or "")

    @property
    def byline(self) -> str:
        """Who wrote it, as it says, empty where it does not."""
        return str(self.fields.get("byline") or "")

    @property
    def published(self) -> str:
        """When it was published, in words, empty where that is not known."""
        when = self.fields.get("published")
        return wording.time_words(when) if wording.bounds(when) != (None, None) else ""

    @property
    def published_basis(self) -> str:
        """What its date leans on, where it is not simply stated."""
        when = time(self.fields.get("published"))
        stated = when.get("basis") == "stated" or not self.published
        return "" if stated else wording.basis_words(when)

    @property
    def published_href(self) -> str:
        """The address of the words that give its date, where it is the text that does."""
        found = spans(time(self.fields.get("published")).get("words"))
        return f"#{span_id(self.key, found[0])}" if found and self.holds(found[0]) else ""

    @property
    def why(self) -> tuple[str, ...]:
        """The reasons for its date and its origin."""
        dated = time(self.fields.get("published")).get("reasons")
        return (*texts(dated), *texts(self.fields.get("origin_reasons")))

    @property
    def cited_as(self) -> str:
        """What stands before its number where it is cited: its outlet and day, where told."""
        days = {bound and bound[:10] for bound in wording.bounds(self.fields.get("published"))}
        iso = days.pop() if len(days) == 1 else None
        day = wording.time_words({"earliest": iso, "latest": iso}) if iso else ""
        return ", ".join(part for part in (self.outlet, day) if part)

    @property
    def link(self) -> str:
        """Its address where that is one of the web: nothing else is made a link."""
        url = str(self.fields.get("url") or "")
        return url if re.match(r"https?://", url) else ""

    @property
    def language(self) -> str:
        """Its language where that is told as a tag of one ("ko")."""
        language = str(self.fields.get("language") or "")
        return language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", language) else ""

    def holds(self, span: Span) -> bool:
        """Whether these are characters of its text."""
        return 0 <= span[0] < span[1] <= len(self.text)

    def paragraph_of(self, span: Span) -> int | None:
        """The number of the paragraph in which a span begins."""
        return next(
            (n for n, p in enumerate(self.paragraphs, 1) if p.start <= span[0] < p.end), None
        )


_NO_REPORT = ReportView("", 0, {}, "", "", ())


class Shelf:
    """All reports, by date, and what leads to words in them."""

    def __init__(self, given: Given, names: Names) -> None:
        cited = _cited(given, names)
        ordered = sorted(given.reports.values(), key=_by_date)
        self.reports = [
            _report_view(number, report, cited[str(report["id"])])
            for number, report in enumerate(ordered, 1)
        ]
        self._by_id = {str(view.fields["id"]): view for view in self.reports}
        self.by_origin: dict[str, list[ReportView]] = defaultdict(list)
        for view in self.reports:
            self.by_origin[view.origin].append(view)

    def find(self, report: object) -> ReportView | None:
        """The report of an id; `None` where the record lacks it."""
        return self._by_id.get(str(report))

    def report(self, report: object) -> ReportView:
        """The report of an id; one without number or text where the record lacks it."""
        return self._by_id.get(str(report), _NO_REPORT)

    def href(self, report: object, words: Sequence[Span]) -> str:
        """The address of the first of some words: their own, else their report's, else of all."""
        view = self.find(report)
        if view is None:
            return "#reports"
        if words and view.holds(words[0]):
            return f"#{span_id(view.key, words[0])}"
        return f"#{view.key}"

    def words(self, report: object, words: Iterable[Span]) -> str:
        """The characters of some spans on one line; spans outside the text are none."""
        view = self.report(report)
        held = (view.text[start:end] for start, end in words if view.holds((start, end)))
        return " … ".join(" ".join(text.split()) for text in held)

    def origin_name(self, origin: str) -> str:
        """Who an origin is: the wire that its reports credit, else the outlet of the first."""
        views = self.by_origin.get(origin, [])
        wires = sorted({str(view.fields["wire"]) for view in views if view.fields.get("wire")})
        if wires:
            return wording.listed(wires)
        first = self.find(origin) or next(iter(views), None)
        if first is None:
            return "origin not told"
        return first.outlet or f"outlet of report {first.number} not told"

    def origin_note(self, view: ReportView) -> str:
        """Whose voice a report is, where it is not its own alone."""
        notes = []
        if view.fields.get("wire"):
            notes.append(f"credits {view.fields['wire']}")
        for field, said in (("copy_of", "a copy of"), ("revision_of", "a later text of")):
            other = self.find(view.fields.get(field))
            if other is not None:
                notes.append(f"{said} report {other.number}")
        others = [str(o.number) for o in self.by_origin[view.origin] if o is not view]
        if others:
            left = [f"{len(others) - _NAMED} more"] if len(others) > _NAMED else []
            word = "report" if len(others) == 1 else "reports"
            notes.append(f"one origin with {word} {wording.listed([*others[:_NAMED], *left])}")
        return "; ".join(notes)


def _by_date(report: Fields) -> tuple[str, str, str]:
    earliest, latest = wording.bounds(report.get("published"))
    return (latest or earliest or "9999", str(report.get("outlet") or ""), str(report["id"]))


def _report_view(number: int, report: Fields, cited: dict[Span, str]) -> ReportView:
    key, text = f"r{number}", str(report.get("text") or "")
    return ReportView(
        key=key,
        number=number,
        fields=report,
        origin=str(report.get("origin") or report["id"]),
        text=text,
        paragraphs=tuple(marked_paragraphs(text, key, cited, furniture(report))),
    )


def other_words(mention: Fields, key: str, names: Names, text: str) -> list[Span]:
    """The words for a mention's source or target that do not name it: "he", "the North"."""
    actors = ids(mention.get(key))
    return [
        (start, end)
        for start, end in spans(mention.get(f"{key}_words"))
        if actors and not names.spoken_of(actors, text[start:end])
    ]


def _cited(given: Given, names: Names) -> dict[str, dict[Span, str]]:
    """All spans that anything points at, by report; a span that is two things is the greater."""
    cited: dict[str, dict[Span, str]] = defaultdict(dict)

    def cite(owner: Fields, words: object, css: str) -> None:
        for span in spans(words):
            cited[str(owner.get("report") or owner.get("id"))].setdefault(span, css)

    for statement in given.statements.values():
        cite(statement, statement.get("content"), "said")
    for mention in given.mentions.values():
        cite(mention, mention.get("evidence"), "told")
    for statement in given.statements.values():
        cite(statement, statement.get("cue"), "w")
        cite(statement, statement.get("speaker_words"), "w")
        cite(statement, time(statement.get("made")).get("words"), "w")
    for mention in given.mentions.values():
        text = str(given.reports.get(str(mention.get("report")), {}).get("text") or "")
        cite(mention, mention.get("trigger"), "w")
        for key in ("source", "target"):
            cite(mention, other_words(mention, key, names, text), "w")
        cite(mention, time(mention.get("when")).get("words"), "w")
        for count in objects(mention.get("counts")):
            cite(mention, count.get("words"), "w")
    for report in given.reports.values():
        cite(report, time(report.get("published")).get("words"), "w")
    return cited
