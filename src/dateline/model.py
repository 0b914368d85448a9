"""The nouns of Dateline: frozen values that every stage takes and gives. Standard library only.

All spans count Unicode code points in the report's stored text, end exclusive.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Span = tuple[int, int]

FurnitureKind = Literal["advert", "byline", "note", "title", "link", "dateline", "other"]
Basis = Literal["stated", "published-anchored", "context-anchored", "linked", "unresolved"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
ActorType = Literal["state", "body", "person", "group", "place-as-actor"]
Mode = Literal["direct", "indirect", "mixed"]
Status = Literal["occurred", "ongoing", "planned", "conditional", "called-for", "denied", "alleged"]
LinkKind = Literal["copy", "revision", "origin", "same-event", "same-words", "date"]


class DatelineError(Exception):
    """Something that a user can mend: the message says what is wrong and what to do next."""


# --------------------------------------------------------------------------- sources, cleaning


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or understood: nothing is lost in silence."""

    stage: str
    where: str
    why: str


@dataclass(frozen=True, slots=True)
class RawItem:
    """One published text as a source handed it over, before anything is decided about it.

    `raw` are the bytes that `sha256` and `verify` speak of; `text` is what a reader saw. The
    other fields hold what the format itself states (JSON-LD, feed elements, columns, headers),
    word for word; `None` where it states nothing. `published` is the format's own string
    (ISO 8601, RFC 822 ...), never made up and never taken from the clock or the file system.
    """

    raw: bytes
    where: str
    media: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    based_on: str | None = None
    captured: str | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """Characters that stand in the text but are not the story."""

    start: int
    end: int
    kind: FurnitureKind


@dataclass(frozen=True, slots=True)
class Dateline:
    """The opening "SEOUL, July 24 (AP) --": metadata, not story."""

    start: int
    end: int
    place: str | None
    date_words: Span | None
    wire: str | None


# --------------------------------------------------------------------------- times


@dataclass(frozen=True, slots=True)
class Time:
    """When something was.

    `edtf` is an ISO 8601-2 string; `earliest` and `latest` are inclusive ISO dates or
    date-times, `None` where open or unknown. `basis` says what it leans on. `relative` is the
    anchor-free normal form of the words (see `times.resolve`), so that a date can be worked out
    again when its report's own date becomes known. `timex_type` and `timex_value` are TIMEX3's.
    """

    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    zone: str | None = None
    basis: Basis = "unresolved"
    words: Span | None = None
    relative: str | None = None
    timex_type: TimexType | None = None
    timex_value: str | None = None


UNKNOWN_TIME = Time()


@dataclass(frozen=True, slots=True)
class Report:
    """One published text from one outlet, kept character for character.

    `paragraphs` are the spans of story (what is neither furniture nor white space), in order:
    the stages read nothing else. `published` is `UNKNOWN_TIME` unless the report or its
    source states it. `wire` is the credited agency (a desk's short name, "AP").
    """

    id: str
    where: str
    sha256: str
    text: str
    media: str = "text/plain"
    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    published: Time = UNKNOWN_TIME
    captured: str | None = None
    language: str | None = None
    furniture: tuple[Furniture, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    dateline: Dateline | None = None
    wire: str | None = None
    wire_words: Span | None = None
    based_on: str | None = None


# --------------------------------------------------------------------------- language


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its characters and what the pipeline says of it. `head` is a token index."""

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    morph: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `first` and `last` are token indices, `last` exclusive."""

    start: int
    end: int
    first: int
    last: int
    root: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: `first` and `last` are token indices, `last` exclusive; label is spaCy's."""

    start: int
    end: int
    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the language pipeline says of a report. Empty where the report is not coded."""

    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    entities: tuple[Entity, ...] = ()
    children: tuple[tuple[int, ...], ...] = ()


# --------------------------------------------------------------------------- desk


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a person held between two dates (ISO, inclusive; `None` is open)."""

    title: str
    of: str
    start: str | None = None
    end: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, body, person or group. `state` is the alpha-3 code it acts for.

    `members` are actor ids where a group has known ones ("the three countries"). `seats` are
    places whose names stand for it only when they act ("Pyongyang said"). `pronoun` is what
    reports call a person, where the desk knows it.
    """

    id: str
    name: str
    type: ActorType
    state: str | None = None
    aliases: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    members: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    pronoun: Literal["he", "she"] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A named place; `radius_km` says how far off the point may be."""

    name: str
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    state: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskKind:
    """A kind of event that a desk follows, beneath a PLOVER type.

    An event is of this kind when a trigger lemma meets one of `objects` in its clause (or
    `objects` is empty), and none of `unless` does. `phrases` are whole wordings that suffice.
    `same_day_same_event`: two tellings with like actors on one day are taken for one event.
    `sources` are the actors who alone do this on the desk. `narrower` are the kinds that a next
    sentence may make of it ("The missiles were of the Scud class").
    """

    id: str
    name: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    triggers: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    reciprocal: bool = False
    sources: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    same_day_same_event: bool = True


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher: names and web hosts it goes by, the state it speaks for if it does."""

    name: str
    hosts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    state: str | None = None
    wire: str | None = None
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """All that is particular to a beat. `titles` maps lower-case office words to a title."""

    name: str
    title: str
    actors: tuple[Actor, ...] = ()
    kinds: tuple[DeskKind, ...] = ()
    places: tuple[Place, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    wires: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    feeds: tuple[str, ...] = ()


# --------------------------------------------------------------------------- what is found


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that stand for an actor. `alias` is what matched; `how` says by which rule.

    `office` is the title in whose holder the words were resolved, where they were.
    """

    start: int
    end: int
    actor: Actor
    alias: str
    how: Literal["alias", "office", "name", "last-name", "pronoun", "apposition", "group"]
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words or thoughts, by which cue, and what: spans only, before anyone is named."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Someone said, thought, asked or announced something. `speaker` is an actor id or None."""

    id: str
    report: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    speaker: str | None = None
    speaker_words: tuple[Span, ...] = ()
    mode: Mode = "indirect"
    speech: bool = True
    negated: bool = False
    question: bool = False
    made: Time = UNKNOWN_TIME
    place: str | None = None
    place_words: Span | None = None
    to: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many of what: "an estimated 100 missiles". `value` is None for "multiple"."""

    what: str
    value: float | None
    min: float | None
    max: float | None
    approx: bool
    words: Span


@dataclass(frozen=True, slots=True)
class Mention:
    """One report's telling of one event. `evidence` is the sentence that tells it."""

    id: str
    report: str
    type: str
    trigger: tuple[Span, ...]
    evidence: tuple[Span, ...]
    plover_mode: str | None = None
    contexts: tuple[str, ...] = ()
    desk_kind: str | None = None
    cameo: str | None = None
    source: tuple[str, ...] = ()
    source_words: tuple[Span, ...] = ()
    target: tuple[str, ...] = ()
    target_words: tuple[Span, ...] = ()
    when: Time = UNKNOWN_TIME
    place: Place | None = None
    place_words: Span | None = None
    counts: tuple[Count, ...] = ()
    status: Status = "occurred"
    according_to: str | None = None
    confidence: float | None = None


# --------------------------------------------------------------------------- linking


@dataclass(frozen=True, slots=True)
class Link:
    """A proposal that two things belong together (`b` is the older or the fuller of the two).

    `reasons` are sentences that the user reads.
    """

    kind: LinkKind
    a: str
    b: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field on which the mentions of an event differ: each value with who gives it."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """The thing itself: all its mentions, what they agree on and what they do not."""

    id: str
    type: str
    desk_kind: str | None
    source: tuple[str, ...]
    target: tuple[str, ...]
    when: Time
    place: Place | None
    counts: tuple[Count, ...]
    status: Status
    mentions: tuple[str, ...]
    reports: tuple[str, ...]
    origins: int
    disagreements: tuple[Disagreement, ...] = ()
    reasons: tuple[str, ...] = ()


# --------------------------------------------------------------------------- ids


def content_id(tag: str, *parts: object) -> str:
    """A tagged hash of `parts` as canonical JSON: the same content always has the same id.

    >>> content_id("st", "rep_1", [[0, 4]]) == content_id("st", "rep_1", ((0, 4),))
    True
    """
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{tag}_{hashlib.sha256(canonical.encode()).hexdigest()[:16]}"


def words(text: str, spans: Sequence[Span]) -> str:
    """The characters of `spans` in `text`, joined by an ellipsis where they are apart."""
    return " … ".join(text[start:end] for start, end in spans)
