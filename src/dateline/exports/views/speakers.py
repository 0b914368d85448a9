"""The statements as shown: by speaker, each with its words, and its like words elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dateline import lexicon
from dateline.exports import wording
from dateline.exports.views.fields import (
    Fields,
    Given,
    anchor,
    ids,
    objects,
    shortened,
    spans,
    texts,
)
from dateline.exports.views.names import Names, Tag
from dateline.exports.views.shelf import ReportView, Shelf
from dateline.model import Span

# Of a speaker's offices the last few are named.
_OFFICES = 3
# Like words elsewhere are shown so far: they stand in full under their own speaker.
_LIKE_LENGTH = 160


@dataclass(frozen=True, slots=True)
class LikeWords:
    """A statement elsewhere with like words, and why it is taken to have them."""

    text: str
    href: str
    who: str
    report: ReportView
    reasons: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement as shown: what, how, by which words, when, and where it stands."""

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
    question: bool
    thought: bool
    report: ReportView
    paragraph: int | None
    like: tuple[LikeWords, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """All that one actor said; `tag` is `None` for those whom no report tells."""

    key: str
    name: str
    offices: tuple[str, ...]
    tag: Tag | None
    statements: tuple[StatementView, ...]


def speaker_views(given: Given, names: Names, shelf: Shelf) -> list[Speaker]:
    """The speakers, those of most statements first, those who are not told last."""
    by_speaker: dict[str, list[Fields]] = defaultdict(list)
    for statement in given.statements.values():
        by_speaker[str(statement.get("speaker") or "")].append(statement)
    order = sorted(by_speaker, key=lambda id: (id == "", -len(by_speaker[id]), names.name(id)))
    return [
        Speaker(
            key=anchor(f"by-{id or 'not-told'}"),
            name=names.name(id) if id else "Speaker not told",
            offices=tuple(_offices(given.actors.get(id, {}))),
            tag=names.tag(names.lane(id)) if id else None,
            statements=tuple(
                _statement_view(statement, given, names, shelf)
                for statement in sorted(by_speaker[id], key=lambda s: _place(s, shelf))
            ),
        )
        for id in order
    ]


def _offices(actor: Fields) -> Iterator[str]:
    """An actor's last offices with the years in which they were held, where they are told."""
    for office in objects(actor.get("offices"))[-_OFFICES:]:
        first, last = (str(office.get(key) or "")[:4] for key in ("from", "to"))
        years = f" ({first}–{last})" if first or last else ""
        yield f"{office.get('title') or 'office not told'}{years}"


def _place(statement: Fields, shelf: Shelf) -> tuple[int, Span, str]:
    """Where a statement stands: by report, then by its place in it."""
    content = spans(statement.get("content")) or [(0, 0)]
    return (shelf.report(statement.get("report")).number, content[0], str(statement["id"]))


def _statement_view(statement: Fields, given: Given, names: Names, shelf: Shelf) -> StatementView:
    report = statement.get("report")
    view = shelf.report(report)
    content, cue = spans(statement.get("content")), spans(statement.get("cue"))
    speaker = spans(statement.get("speaker_words"))
    mode = str(statement.get("mode") or "")
    place = statement.get("place")
    made = statement.get("made")
    dated = wording.bounds(made) != (None, None)
    return StatementView(
        id=str(statement["id"]),
        text=shelf.words(report, content),
        href=shelf.href(report, content),
        mode=mode,
        mode_words=lexicon.load("phrases")["modes"].get(mode, "how is not told"),
        cue=shelf.words(report, cue),
        cue_href=shelf.href(report, cue),
        speaker_words=shelf.words(report, speaker),
        speaker_href=shelf.href(report, speaker),
        made=wording.time_words(made, view.fields.get("published")) if dated else "",
        made_basis=wording.basis_words(made),
        to=wording.listed([names.name(id) for id in ids(statement.get("to"))]),
        place=str(place.get("name") if isinstance(place, Mapping) else place or ""),
        negated=bool(statement.get("negated")),
        question=bool(statement.get("question")),
        thought=statement.get("speech") is False,
        report=view,
        paragraph=view.paragraph_of(content[0]) if content else None,
        like=tuple(_like(statement, given, names, shelf)),
    )


def _like(statement: Fields, given: Given, names: Names, shelf: Shelf) -> Iterator[LikeWords]:
    """The statements elsewhere with like words, in the order of their reports."""
    links = statement.get("same_words")
    reasons = dict.fromkeys(ids(links), "")
    for link in objects(links):
        reasons |= dict.fromkeys(ids([link]), " ".join(texts(link.get("reasons"))))
    others = [given.statements[id] for id in reasons if id in given.statements]
    for other in sorted(others, key=lambda other: _place(other, shelf)):
        id, report = str(other["id"]), other.get("report")
        yield LikeWords(
            text=shortened(shelf.words(report, spans(other.get("content"))), _LIKE_LENGTH),
            href=f"#{anchor(id)}",
            who=names.speaker(other) or "speaker not told",
            report=shelf.report(report),
            reasons=reasons[id],
        )
