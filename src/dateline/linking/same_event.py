"""Mentions -> events: which tellings, in one report and across reports, tell one thing.

Mentions are compared only with those of their kind and day (blocks), so the work grows with the
number of mentions and not with its square. A pair is scored by a table of features, whose
docstrings are the reasons that users read; a conflict keeps a pair apart whatever its score, and
where two events fit equally well the mention joins neither.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from dateline.lexicon import load
from dateline.linking.consensus import agree, count_head, counts_agree, kilometres, near
from dateline.linking.intervals import LAST, Days, days_of
from dateline.linking.wording import rarity, shared_weight, stems, story_words
from dateline.model import (
    Actor,
    Desk,
    DeskKind,
    Event,
    Link,
    Mention,
    Report,
    Status,
)
from dateline.model import words as words_of

# Weights and thresholds were set on the pairs in tests/linking/test_same_event.py and by reading
# joins on the shared reports and KCNA; see docs/decisions.md.
_ENOUGH = 6.5  # kind (2), actors (2) and day (3) together, with little else
_ENOUGH_LOOSE = 8.0  # where the desk does not say that one day and actor make one event
_ENOUGH_UNDATED = 6.0  # kind, actors, and place, counts or words; the day is not told
_MARGIN = 0.75  # by how much the best event must fit better than the next
_DAY = 2  # a time of at most two days counts as a day: launches at night fall on two
_LONG = 31  # "since the start of 2022": a sum over many events, joined only with its like
_FAR_KM = 100.0  # beyond what both are rough by; farther, they are two launch sites
_CORE = 8  # members of an event that a newcomer is compared with; the first in order of day and id
_NEWS_DAYS = 14  # news without a date is of the days before its report; older is told with its date
_NEARLY_THE_SAME = 0.85  # wording that joins the undated whatever the dates of the reports
_COMMON = 50  # a stem in more events than this does not bring candidates for the undated
# How well news without a day fits an event by the days from the event to the report: what a report
# tells as news is mostly of the day before. The steps are less than _MARGIN apart on purpose: they
# bring a telling to a lone launch, and do not choose between two.
_CLOSENESS = ((2, 0.5), (7, 0.35), (_NEWS_DAYS, 0.15))
_SAME_NEWS = (
    2  # days between reports of which neither gives a day; a week apart it may be another drill
)
_CLOSE = 3  # days before the report in which candidates are found by day, without shared words
_WEEKDAY_FITS, _DATE_FITS = 0.35, 0.8  # "Friday" fits one event in seven, "July 24" one in a year
_ONE_SENTENCE = 0.6  # shared wording of two sentences in texts of one origin: the same sentence
# Two reports, one undated, that tell of one thing share words that few others hold. In the gold set's
# dev part those that do have 3 such words and .2 of the lighter one's weight in common, and others have less.
_FEW = 12  # reports; a word that more hold says nothing of which event is meant
_RARE, _LIKE_REPORTS = 3, 0.2
_MUCH_LIKE = 0.4


def join_events(
    mentions: Sequence[Mention],
    reports: Sequence[Report],
    origins: Mapping[str, str],
    desk: Desk,
    actors: Mapping[str, Actor],
) -> tuple[list[Event], list[Link]]:
    """The events that the mentions tell, and the links between mentions that join them.

    `origins` is the origin id of each report id. Each mention is in exactly one event; the id of
    an event comes from the smallest id among its mentions. Both lists are in order of ids.
    """
    known = {report.id: report for report in reports}
    reader = _Reader(known, desk, actors, origins)
    tellings = [reader.read(m) for m in sorted(mentions, key=lambda m: m.id) if m.report in known]
    weights = rarity(telling.stems for telling in tellings)
    groups = _across_reports(_within_reports(tellings, weights), weights)
    events = [agree([t.mention for t in g.tellings], known, origins, g.reasons()) for g in groups]
    links = [link for group in groups for link in group.links]
    return sorted(events, key=lambda e: e.id), sorted(links, key=lambda link: (link.a, link.b))


# --------------------------------------------------------------------------- what is compared


@dataclass(frozen=True, slots=True)
class _Telling:
    """A mention with all that the features ask of it, worked out once."""

    mention: Mention
    kind: DeskKind | None
    label: str
    like: frozenset[str]
    voice: str
    family: str
    days: Days
    news: Days
    source: frozenset[str]
    target: frozenset[str]
    states: Mapping[str, str]
    names: Mapping[str, str]
    people: frozenset[str]
    trigger: frozenset[str]
    of_kind: frozenset[str]
    stems: frozenset[str]
    content: _Content
    on: _On | None
    answers: bool

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Exact days first, then who says most: what leaves more open must meet all that it can be."""
        said = (
            self.mention.place,
            self.mention.counts,
            self.mention.desk_kind,
            self.mention.source,
        )
        return self.days.length, self.days.first, -sum(map(bool, said)), self.mention.id

    @property
    def by_day(self) -> bool:
        return self.days.length <= _DAY

    @property
    def sums(self) -> bool:
        """Whether it is told of so long a time that it sums up many events."""
        return not self.days.open and self.days.length > _LONG

    @property
    def reciprocal(self) -> bool:
        """Whether either side may be told as the one that acted."""
        return self.answers or (self.kind is not None and self.kind.reciprocal)

    @property
    def news_open(self) -> bool:
        """Whether it has no day, and its report has none either."""
        return self.days.open and self.news.open

    def parties(self) -> frozenset[str]:
        """Who took part, as states where the actors act for one."""
        return frozenset(self.states.get(id, id) for id in self.source | self.target)

    def named(self, ids: Iterable[str]) -> str:
        """Those actors by name, in order."""
        return ", ".join(sorted(self.names.get(id, id) for id in ids))


_FAMILIES: Mapping[Status, str] = {
    "occurred": "told",
    "ongoing": "told",
    "alleged": "told",
    "denied": "told",
    "planned": "planned",
    "conditional": "conditional",
    "called-for": "called-for",
}


@dataclass(frozen=True, slots=True)
class _On:
    """The weekday (0 is Monday), or the month and day, of a time whose report has no date."""

    weekday: int | None
    day: tuple[int, int] | None

    def may_be(self, days: Days) -> bool:
        """Whether one of those few days is such a one."""
        return any(self._is(date.fromordinal(n)) for n in range(days.first, days.last + 1))

    def _is(self, day: date) -> bool:
        return day.weekday() == self.weekday or (day.month, day.day) == self.day


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ON_WEEKDAY = re.compile(rf"published ({'|'.join(_WEEKDAYS)})<(?: T\w+)?")
_ON_DAY = re.compile(r"published (\d\d)-(\d\d)[<>~]*(?: T\w+)?")


def _on(mention: Mention) -> _On | None:
    form = mention.when.relative or ""
    if match := _ON_WEEKDAY.fullmatch(form):
        return _On(_WEEKDAYS.index(match[1]), None)
    if match := _ON_DAY.fullmatch(form):
        return _On(None, (int(match[1]), int(match[2])))
    return None


@cache
def _answering() -> frozenset[str]:
    return frozenset(stem for word in load("linking")["answering"] for stem in stems(word))


class _Reader:
    """Makes tellings of mentions."""

    def __init__(
        self,
        known: Mapping[str, Report],
        desk: Desk,
        actors: Mapping[str, Actor],
        origins: Mapping[str, str],
    ) -> None:
        self.known, self.actors, self.origins = known, actors, origins
        self.kinds = {kind.id: kind for kind in desk.kinds}
        self.like = _like(desk.kinds)
        self.triggers = {k.id: frozenset(stems(" ".join(k.triggers))) for k in desk.kinds}
        self.content = _contents(known, desk)

    def read(self, mention: Mention) -> _Telling:
        text = self.known[mention.report].text
        who = {
            id: self.actors[id] for id in (*mention.source, *mention.target) if id in self.actors
        }
        states = {id: f"state:{actor.state}" for id, actor in who.items() if actor.state}
        named = [*who, *(state for state in states.values() if state in self.actors)]
        label = mention.desk_kind or mention.type
        trigger = frozenset(stems(words_of(text, mention.trigger)))
        return _Telling(
            mention=mention,
            kind=self.kinds.get(label),
            label=label,
            like=self.like.get(label, frozenset([label])),
            voice=self.origins.get(mention.report, mention.report),
            family=_FAMILIES[mention.status],
            days=days_of(mention.when),
            news=_news(self.known[mention.report]),
            source=frozenset(mention.source),
            target=frozenset(mention.target),
            states=states,
            names={id: self.actors[id].name for id in named},
            people=frozenset(id for id, actor in who.items() if actor.type == "person"),
            trigger=trigger,
            of_kind=self.triggers.get(label, frozenset()),
            stems=frozenset(stems(words_of(text, mention.evidence))),
            content=self.content.get(mention.report, _NOTHING),
            on=_on(mention) if mention.when.earliest is None else None,
            answers=bool(trigger & _answering()),
        )


def _like(kinds: Sequence[DeskKind]) -> dict[str, frozenset[str]]:
    """The labels that may tell one event, for each label: a kind, those that it is a sort of or
    that are sorts of it, and the bare type beneath which it stands."""
    wider: dict[str, set[str]] = {
        kind.id: {
            other.id
            for other in kinds
            if other is not kind and (kind.id in other.narrower or kind.id.endswith(f"-{other.id}"))
        }
        for kind in kinds
    }
    for _ in kinds:  # a sort of a sort is a sort
        for held in wider.values():
            held |= {above for other in tuple(held) for above in wider[other]}
    like: dict[str, set[str]] = defaultdict(set)
    for kind in kinds:
        for other in (kind.id, kind.type, *wider[kind.id]):
            like[kind.id].add(other)
            like[other].add(kind.id)
        like[kind.type].add(kind.type)
    return {label: frozenset(held) for label, held in like.items()}


@dataclass(frozen=True, slots=True)
class _Content:
    """The content words of a whole report with their weights, and those that few others hold."""

    words: frozenset[str] = frozenset()
    rare: frozenset[str] = frozenset()
    weights: Mapping[str, float] = field(default_factory=dict)


_NOTHING = _Content()


def _contents(known: Mapping[str, Report], desk: Desk) -> dict[str, _Content]:
    """The content of each report, if some report has no date; the beat's own names are never rare."""
    if not any(_news(report).open for report in known.values()):
        return {}
    called = [a for actor in desk.actors for a in (actor.name, *actor.aliases, *actor.seats)]
    called += [a for place in desk.places for a in (place.name, *place.aliases)]
    own = frozenset(stems(" ".join([*called, *load("linking")["calendar"]])))
    words = {id: frozenset(stems(" ".join(story_words(known[id])))) for id in sorted(known)}
    weights = rarity(words.values())
    holders = Counter(word for held in words.values() for word in held)
    few = min(_FEW, max(3, len(known) // 8))
    rare = frozenset(word for word, number in holders.items() if number <= few) - own
    return {id: _Content(held, held & rare, weights) for id, held in words.items()}


def _news(report: Report) -> Days:
    """The days that the report's news can be of, as far as its own date is known."""
    published = days_of(report.published)
    if published.open:
        return published
    return Days(published.first - _NEWS_DAYS, published.last)


# --------------------------------------------------------------------------- conflicts


def _other_kind(a: _Telling, b: _Telling) -> bool:
    """They are of different kinds."""
    if a.family != b.family or b.label not in a.like:
        return True
    if (a.kind is None) == (b.kind is None):
        return False
    bare, kinded = (a, b) if a.kind is None else (b, a)
    return not bare.trigger & (kinded.of_kind | kinded.trigger)


def _other_days(a: _Telling, b: _Telling) -> bool:
    """They were on different days, or one is a sum over a long time."""
    if not a.days.meets(b.days) or _other_weekday(a, b):
        return True
    if a.days.open or b.days.open:
        return False
    longer, shorter = max(a.days.length, b.days.length), min(a.days.length, b.days.length)
    return longer > _LONG and longer > 2 * shorter


def _other_weekday(a: _Telling, b: _Telling) -> bool:
    """Whether "Friday" or "July 24" in a report without a date cannot be the other's day."""
    if a.on and b.on:
        return (a.on.weekday is None) == (b.on.weekday is None) and a.on != b.on
    for one, two in ((a, b), (b, a)):
        if one.on and two.by_day and not one.on.may_be(two.days):
            return True
    return False


def _other_actors(a: _Telling, b: _Telling) -> bool:
    """Different actors did it, or had it done to them."""
    if any(t.answers and not t.target for t in (a, b)):
        return False  # "the South returned fire" names one side only
    if a.reciprocal or b.reciprocal:
        both = a.people & b.people
        if a.people and b.people and not both and _shared_states(a.people, b.people, a, b):
            return True
        return bool(a.parties() and b.parties()) and not a.parties() & b.parties()
    return _apart(a.source, b.source, a, b) or _apart(a.target, b.target, a, b)


def _apart(one: frozenset[str], two: frozenset[str], a: _Telling, b: _Telling) -> bool:
    if not one or not two or one & two:
        return False
    return not _states(one, a) & _states(two, b)


def _states(ids: frozenset[str], telling: _Telling) -> frozenset[str]:
    return frozenset(telling.states.get(id, id) for id in ids)


def _shared_states(
    one: frozenset[str], two: frozenset[str], a: _Telling, b: _Telling
) -> frozenset[str]:
    return _states(one, a) & _states(two, b)


def _other_place(a: _Telling, b: _Telling) -> bool:
    """They were in places far apart."""
    one, two = a.mention.place, b.mention.place
    if one is None or two is None or near(one, two):
        return False
    apart = kilometres(one, two)
    slack = (one.radius_km or 0.0) + (two.radius_km or 0.0)
    return apart is not None and apart - slack > _FAR_KM


def _other_order(a: _Telling, b: _Telling) -> bool:
    """Their counts are of different orders: one tells a sum of many."""
    for one in a.mention.counts:
        for two in b.mention.counts:
            if count_head(one) == count_head(two) and one.value and two.value:
                low, high = sorted((one.value, two.value))
                if high > 3 * low and high - low > 3:
                    return True
    return False


_CONFLICTS = (_other_kind, _other_days, _other_actors, _other_place, _other_order)


# --------------------------------------------------------------------------- features


@dataclass(frozen=True, slots=True)
class Feature:
    """A way to compare two tellings: `score` from -1 to 1 with its detail, times `weight`."""

    score: Callable[[_Telling, _Telling, Mapping[str, float]], tuple[float, str]]
    weight: float

    @property
    def reason(self) -> str:
        """The first line of the feature's docstring: what the user reads."""
        return (self.score.__doc__ or "").strip().splitlines()[0].rstrip(".")


def _same_kind(a: _Telling, b: _Telling, _: Mapping[str, float]) -> tuple[float, str]:
    """Both tell the same kind of event."""
    if a.kind and b.kind:
        if a.label == b.label:
            return 1.0, a.label
        wider = a if b.kind.id in a.kind.narrower or b.label.endswith(f"-{a.label}") else b
        return 0.8, f"{wider.label}, of which the other is a sort"
    if a.kind or b.kind:
        kinded = a if a.kind else b
        return 0.6, f"{kinded.label}, in its words"
    if a.mention.desk_kind and a.label == b.label:
        return 1.0, a.label
    if a.trigger & b.trigger:
        return 0.6, f"{a.mention.type}, in like words"
    return 0.0, ""


def _same_actors(a: _Telling, b: _Telling, _: Mapping[str, float]) -> tuple[float, str]:
    """The same actors did it."""
    if a.reciprocal or b.reciprocal:
        one, two = a.parties(), b.parties()
    elif a.source & b.source:
        return 1.0, a.named(a.source & b.source)
    else:
        one, two = _states(a.source, a), _states(b.source, b)
    if not one & two:
        return 0.0, ""
    return len(one & two) / len(one | two), a.named(one & two)


def _same_target(a: _Telling, b: _Telling, _: Mapping[str, float]) -> tuple[float, str]:
    """It was done to the same actors."""
    if a.reciprocal or b.reciprocal:
        return 0.0, ""
    both = _states(a.target, a) & _states(b.target, b)
    return (1.0, a.named(both)) if both else (0.0, "")


def _same_time(a: _Telling, b: _Telling, _: Mapping[str, float]) -> tuple[float, str]:
    """Both times meet."""
    common = a.days.common(b.days)
    if common is None:
        return 0.0, ""
    if not (a.days.open or b.days.open):
        if a.by_day and b.by_day:
            return 1.0, "on one day"
        return max(a.days.length, b.days.length) ** -0.5, "one time holds the other"
    if a.days.open and b.days.open:
        return _same_news(a, b)
    open_one, dated = (a, b) if a.days.open else (b, a)
    if open_one.on and dated.by_day:
        if open_one.on.weekday is not None:
            return _WEEKDAY_FITS, "on one day of the week"
        return _DATE_FITS, "on one day of the year"
    if not _as_news(open_one) or dated.sums:
        return 0.0, ""
    return _closeness(open_one.news.last - dated.days.last), "told as news in the days after"


def _as_news(telling: _Telling) -> bool:
    """Whether all that is known of its time is that its report tells it as news."""
    return not telling.news.open and telling.days.last in (telling.news.last, LAST)


def _same_news(a: _Telling, b: _Telling) -> tuple[float, str]:
    if a.on and b.on:
        return _WEEKDAY_FITS if a.on.day is None else _DATE_FITS, "in the same words for the day"
    if not (_as_news(a) and _as_news(b)) or abs(a.news.last - b.news.last) > _SAME_NEWS:
        return 0.0, ""
    return _closeness(abs(a.news.last - b.news.last)), "told as news in the same days"


def _closeness(days: int) -> float:
    return next((value for most, value in _CLOSENESS if days <= most), 0.0)


def _same_place(a: _Telling, b: _Telling, _: Mapping[str, float]) -> tuple[float, str]:
    """Their places agree."""
    one, two = a.mention.place, b.mention.place
    if one is None or two is None:
        return 0.0, ""
    if one.name == two.name:
        return 1.0, one.name
    if near(one, two):
        return 0.3, f"{one.name}, {two.name}"
    return (-0.5 if kilometres(one, two) is not None else -0.3), ""


def _same_counts(a: _Telling, b: _Telling, _: Mapping[str, float]) -> tuple[float, str]:
    """Their counts agree."""
    pairs = [
        (one, two)
        for one in a.mention.counts
        for two in b.mention.counts
        if count_head(one) == count_head(two)
    ]
    if not pairs:
        return 0.0, ""
    if all(counts_agree(one, two) for one, two in pairs):
        return 1.0, ", ".join(sorted({count_head(one) for one, _ in pairs}))
    return -0.3, ""


def _same_wording(a: _Telling, b: _Telling, weights: Mapping[str, float]) -> tuple[float, str]:
    """The sentences share their rarer words."""
    if len(a.stems & b.stems) < 3:
        return 0.0, ""
    share = shared_weight(a.stems, b.stems, weights)
    return share, f"{share:.0%}"


def _same_sentence(a: _Telling, b: _Telling, weights: Mapping[str, float]) -> tuple[float, str]:
    """One sentence, in texts of one origin."""
    if a.voice != b.voice or a.mention.report == b.mention.report:
        return 0.0, ""
    share = _same_wording(a, b, weights)[0]
    return (1.0, f"{share:.0%}") if share >= _ONE_SENTENCE else (0.0, "")


def _like_reports(a: _Telling, b: _Telling, _: Mapping[str, float]) -> tuple[float, str]:
    """Their reports, one of them without a date, share words that few others hold."""
    if a.mention.report == b.mention.report or not (a.news_open or b.news_open):
        return 0.0, ""
    both = a.content.rare & b.content.rare
    share = shared_weight(a.content.words, b.content.words, a.content.weights)
    if len(both) < _RARE or share < _LIKE_REPORTS:
        return 0.0, ""
    return min(1.0, share / _MUCH_LIKE), f"{len(both)} words"


_FEATURES = (
    Feature(_same_kind, 2.0),
    Feature(_same_actors, 2.0),
    Feature(_same_target, 1.0),
    Feature(_same_time, 3.0),
    Feature(_same_place, 1.5),
    Feature(_same_counts, 1.0),
    Feature(_same_wording, 3.0),
    Feature(_same_sentence, 1.5),
    Feature(_like_reports, 2.0),
)


@dataclass(frozen=True, slots=True)
class _Match:
    """How well a telling fits the telling `to`, with the features that speak for it.

    `score` is what speaks for it plus `against`, which is never above zero.
    """

    score: float
    against: float
    told: tuple[tuple[Feature, str], ...]
    wording: float
    likeness: float
    to: _Telling

    def reasons(self) -> tuple[str, ...]:
        return tuple(f"{feature.reason} ({detail})." for feature, detail in self.told)


def _match(a: _Telling, b: _Telling, weights: Mapping[str, float]) -> _Match | None:
    """How well the two fit, or None where something keeps them apart."""
    if any(conflict(a, b) for conflict in _CONFLICTS):
        return None
    total, against, told, wording, likeness = 0.0, 0.0, [], 0.0, 0.0
    for feature in _FEATURES:
        value, detail = feature.score(a, b, weights)
        total += feature.weight * value
        against += min(0.0, feature.weight * value)
        if value > 0:
            told.append((feature, detail))
        if feature.score is _same_wording:
            wording = value
        if feature.score is _like_reports:
            likeness = value
    return _Match(total, against, tuple(told), wording, likeness, b)


# --------------------------------------------------------------------------- groups


@dataclass(slots=True)
class _Group:
    """The tellings that are taken for one event so far, in the order in which they joined."""

    tellings: list[_Telling] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    matches: list[_Match] = field(default_factory=list)

    def join(self, other: _Group, match: _Match, a: _Telling) -> None:
        score = round(min(1.0, match.score / _BEST), 3)
        link = Link("same-event", a.mention.id, match.to.mention.id, score, match.reasons())
        self.links += [*other.links, link]
        self.matches += [*other.matches, match]
        self.tellings += other.tellings

    def reasons(self) -> list[str]:
        """One line a feature: in how many of the joins it spoke for them, and its usual detail."""
        lines = []
        for feature in _FEATURES:
            details = Counter(d for match in self.matches for f, d in match.told if f is feature)
            if details:
                usual = min(details, key=lambda detail: (-details[detail], detail))
                often = (
                    ""
                    if details.total() == len(self.matches)
                    else f", in {details.total()} of {len(self.matches)} joins"
                )
                shown = "" if feature.score is _same_wording else f" ({usual})"
                lines.append(f"{feature.reason}{shown}{often}.")
        return lines

    def best(self, other: _Group, weights: Mapping[str, float]) -> tuple[_Match, _Telling] | None:
        """The best match of `other` with the core of this group; None where any two conflict.

        What speaks against any of the pairs speaks against the match: a telling that names no place
        must not bring two launch sites together.
        """
        matches: list[tuple[_Match, _Telling]] = []
        for theirs in other.tellings[:_CORE]:
            for mine in self.tellings[:_CORE]:
                match = _match(theirs, mine, weights)
                if match is None:
                    return None
                matches.append((match, theirs))
        best, theirs = max(matches, key=lambda m: m[0].score - m[0].against)
        worst = min(match.against for match, _ in matches)
        score, likeness = best.score - best.against + worst, max(m.likeness for m, _ in matches)
        return replace(best, score=score, against=worst, likeness=likeness), theirs

    @property
    def head(self) -> _Telling:
        """The telling that says most about when."""
        return min(self.tellings, key=lambda t: (t.days.open, t.days.length, t.mention.id))


_BEST = sum(feature.weight for feature in _FEATURES)


def _within_reports(tellings: Sequence[_Telling], weights: Mapping[str, float]) -> list[_Group]:
    """Tellings of one report that are of one thing: the same kind, actors and time, no conflict.

    A telling without a time goes to the one of its kind that has one, if there is just one.
    """
    by_report: dict[tuple[str, str, str], list[_Telling]] = defaultdict(list)
    for telling in tellings:
        by_report[telling.mention.report, telling.mention.type, telling.family].append(telling)
    found: list[_Group] = []
    for key in sorted(by_report):
        groups: list[_Group] = []
        for telling in sorted(by_report[key], key=_told_order):
            alone = _Group([telling])
            fits = [
                (group, match)
                for group in groups
                if (match := group.best(alone, weights)) and _one_thing(telling, match[0])
            ]
            if len(fits) == 1:
                fits[0][0].join(alone, *fits[0][1])
            else:
                groups.append(alone)
        found += groups
    return found


def _told_order(telling: _Telling) -> tuple[bool, int, int, str]:
    days = telling.days
    return days.open, days.length, telling.mention.trigger[0][0], telling.mention.id


def _one_thing(a: _Telling, match: _Match) -> bool:
    b = match.to
    if _same_counts(a, b, {})[0] < 0:
        return False  # a report that says four and then two tells of two things
    mine, theirs = a.parties(), b.parties()
    same_actors = bool(mine & theirs) or not (mine and theirs)
    if a.answers or b.answers:  # "the North fired and the South returned fire"
        same_actors = bool(mine & theirs) or not (mine and theirs)
    elif a.reciprocal or b.reciprocal:  # "Doe met Lee", "Doe attended": one name is too little
        same_actors = not (mine and theirs) or (mine == theirs and len(mine) > 1)
    if a.kind is None and b.kind is None:
        same = a.source == b.source and a.target == b.target and bool(a.trigger & b.trigger)
        return same and a.days == b.days and (not a.days.open or match.wording >= 0.5)
    if a.days.open or b.days.open:
        return same_actors and not (a.sums or b.sums)
    return same_actors and a.days == b.days


# --------------------------------------------------------------------------- across reports


def _across_reports(strands: Sequence[_Group], weights: Mapping[str, float]) -> list[_Group]:
    dated = [s for s in strands if not s.head.days.open]
    undated = [s for s in strands if s.head.days.open]
    shelf = _Shelf(weights)
    for strand in sorted(dated, key=lambda s: s.head.order):
        shelf.put(strand, shelf.of_days(strand.head), _fits)
    for strand in sorted(undated, key=lambda s: s.head.order):
        shelf.put(strand, shelf.of_news(strand.head), _fits_undated)
    return shelf.groups


def _fits(match: _Match, a: _Telling) -> bool:
    kinds = [kind for kind in (a.kind, match.to.kind) if kind]
    by_day = bool(kinds) and all(kind.same_day_same_event for kind in kinds)
    return match.score >= (_ENOUGH if by_day else _ENOUGH_LOOSE)


def _fits_undated(match: _Match, a: _Telling) -> bool:
    """Kind, actors and more must agree; and the reports are of one week, or use nearly the same
    words, or share words that few others hold."""
    if match.wording >= _NEARLY_THE_SAME:
        return match.score >= _ENOUGH_UNDATED
    days = match.to.news if match.to.days.open else match.to.days
    if a.news.open or days.open:
        return match.likeness > 0 and match.score >= _ENOUGH_UNDATED
    if not a.news.meets(days):
        return False
    return match.score >= _ENOUGH_UNDATED + (0.0 if a.kind and match.to.kind else 1.0)


_Fit = tuple[
    float, int, _Match, _Telling
]  # score, number of the event, best match, and whose it is


class _Shelf:
    """The events so far, to be found by kind and day, and by the rarer words of their sentences."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.groups: list[_Group] = []
        self.weights = weights
        self._days: dict[tuple[str, str, int], list[int]] = defaultdict(list)
        self._words: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self._rare: dict[str, list[int]] = defaultdict(list)

    def put(
        self,
        strand: _Group,
        candidates: Iterable[int],
        fit: Callable[[_Match, _Telling], bool],
    ) -> None:
        """Joins the strand to the one event that fits it clearly best, else makes it a new one."""
        fits: list[_Fit] = []
        for number in candidates:
            found = self.groups[number].best(strand, self.weights)
            if found and fit(*found):
                fits.append((found[0].score, number, *found))
        fits.sort(key=lambda fit: (-fit[0], fit[1]))
        chosen = self._clearly(fits)
        if chosen:
            _, number, match, telling = chosen
            self.groups[number].join(strand, match, telling)
        else:
            number = len(self.groups)
            self.groups.append(strand)
        self._file(number, strand)

    def _clearly(self, fits: Sequence[_Fit]) -> _Fit | None:
        """The event that fits clearly best. Of events that fit alike, the one that may itself be any
        of the others: what leaves open which of two launches it means goes with what does so too.
        """
        alike = [fit for fit in fits if fits[0][0] - fit[0] < _MARGIN]
        if len(alike) < 2:
            return fits[0] if fits else None
        groups = [self.groups[number] for _, number, _, _ in alike]
        as_open = [
            fit
            for fit, group in zip(alike, groups, strict=True)
            if all(other is group or group.best(other, self.weights) for other in groups)
        ]
        return as_open[0] if len(as_open) == 1 else None

    def _file(self, number: int, strand: _Group) -> None:
        head = strand.head
        for label in sorted({telling.label for telling in strand.tellings}):
            if not head.days.open and head.days.length <= _LONG:
                for day in range(head.days.first, head.days.last + 1):
                    self._add(self._days[label, head.family, day], number)
        for telling in strand.tellings:
            for stem in telling.stems:
                self._add(self._words[telling.label, telling.family, stem], number)
            for word in telling.content.rare:
                self._add(self._rare[word], number)

    @staticmethod
    def _add(shelf: list[int], number: int) -> None:
        if number not in shelf[-_COMMON:]:
            shelf.append(number)

    def of_days(self, head: _Telling) -> list[int]:
        """The events of like kinds on any of its days."""
        if head.days.length > _LONG:
            return self.of_words(head)
        return self._on_days(head, head.days)

    def of_news(self, head: _Telling) -> list[int]:
        """The events that it may tell as news: of the days before its report, in like words, or in
        like reports."""
        found = set(self.of_words(head)) | self._in_like_reports(head)
        if _as_news(head):
            found |= set(self._on_days(head, Days(head.news.last - _CLOSE, head.news.last)))
        return sorted(found)

    def _on_days(self, head: _Telling, days: Days) -> list[int]:
        return sorted(
            {
                number
                for label in sorted(head.like)
                for day in range(days.first, days.last + 1)
                for number in self._days.get((label, head.family, day), ())
            }
        )

    def _in_like_reports(self, head: _Telling) -> set[int]:
        """The events told in reports that share rare words with its own, where that has no date."""
        if not head.news_open:
            return set()
        shared = Counter(n for word in head.content.rare for n in self._rare.get(word, ()))
        return {number for number, count in shared.items() if count >= _RARE}

    def of_words(self, head: _Telling) -> list[int]:
        """The events of like kinds that share two of its less common words."""
        shared: dict[int, int] = defaultdict(int)
        for stem in sorted(head.stems):
            found: set[int] = set()
            for label in sorted(head.like):
                holders = self._words.get((label, head.family, stem), ())
                if len(holders) <= _COMMON:
                    found |= set(holders)
            for number in found:
                shared[number] += 1
        return sorted(number for number, count in shared.items() if count >= 2)
