"""Undated reports -> when they can have been published, from what links them to known dates.

Each rule gives bounds with a reason in plain English. Firm bounds follow from what is said: who
tells of the 24th does not write before the 24th. Soft ones follow from how news is written: who
says "July 24" without a year writes within the year. A soft bound gives way where it
contradicts a firm one. What no bound says stays open, and where nothing bounds a report it is
not in the answer. What a report does *not* know yet bounds nothing: silence is no evidence here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from dateline.lexicon import load
from dateline.linking.intervals import FIRST, LAST, Days, days_of, time_of
from dateline.linking.same_event import join_events
from dateline.model import Actor, Desk, Link, Mention, Office, Report, Statement, Time
from dateline.times import resolve

# One shared phrase may be a speaker's habit: of KCNA's stories with their dates hidden, one link alone
# misdated two of eight, none where the words are the same throughout or two utterances are shared.
_SURE, _SURE_TOGETHER = 0.95, 2
_COPY_DAYS = 7  # copies of a news story run within the week
_FRESH_DAYS = 31  # words told as news without a date of their own are seldom older
_FILED_DAYS = 2  # from the dateline's day to publication: 663 of KCNA's 664
_MANY_YEARS = 3 * 365  # an office held for longer says too little about a year
_YEAR = 365  # "recent", "July 24" without a year
_EVENT_DAYS = 2  # an event that bounds who tells it is dated to a day; at night it falls on two
_SEARCH = 400  # days to both sides of a known date in which a report that leans on it is looked for
_NO_YEAR = re.compile(r"^published (?:\d\d-\d\d|M\d\d)[<>]{0,2}~?$")
_FULL_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTHS = {
    month: n
    for n, month in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_DATELINE_DAY = re.compile(
    r"\b({0})[a-z]*\.?\s+(\d{{1,2}})\b|\b(\d{{1,2}})\s+({0})".format("|".join(_MONTHS))
)
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s")


@dataclass(frozen=True, slots=True)
class Dated:
    """When an undated report was published, as an interval, and what says so."""

    report: str
    published: Time
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Bound:
    """The report was published on one of `days`, for the reason `why`."""

    days: Days
    why: str
    firm: bool = True


@dataclass(frozen=True, slots=True)
class _Tie:
    """What links the report to a dated one: its own time for the thing, and the other's."""

    what: str
    other: Report
    own: Time
    there: Time
    at: int | None


@dataclass(frozen=True, slots=True)
class _Case:
    """All that the rules may ask about one undated report."""

    report: Report
    ties: Sequence[_Tie]
    statements: Sequence[Statement]
    mentions: Sequence[Mention]
    times: Sequence[Time]
    holders: _Holders


def date_undated(
    reports: Sequence[Report],
    links: Sequence[Link],
    statements: Sequence[Statement],
    mentions: Sequence[Mention],
    actors: Mapping[str, Actor],
    desk: Desk,
    times: Mapping[str, Sequence[Time]] | None = None,
) -> list[Dated]:
    """The undated reports that links, offices or their own words date, in order of their ids.

    A report is dated by its links to reports whose dates are stated, never by one that was itself
    dated here: so no chain of guesses arises, and no order matters. `times` are all the times in
    each report's text, where the caller has them; else those of its statements and mentions serve.
    """
    known = {report.id: report for report in reports}
    said, told = _by_report(statements), _by_report(mentions)
    ties = _ties(links, known, statements, mentions)
    for id, more in _event_ties(known, mentions, desk, actors).items():
        ties[id] += more
    holders = _holders([*desk.actors, *(actors[id] for id in sorted(actors))], desk)
    found = []
    for id in sorted(known):
        if known[id].published.earliest or known[id].published.latest:
            continue
        own = [
            *(m.when for m in told[id]),
            *(s.made for s in said[id]),
            *((times or {}).get(id, ())),
        ]
        case = _Case(known[id], ties[id], said[id], told[id], own, holders)
        bounds = [bound for rule in _RULES for bound in rule(case)]
        met = _meet(bounds)
        if met and (filed := _filed(case, met[0])):
            days, reasons = met
            if (day := days.common(filed.days)) is not None:
                met = (day, (filed.why, *reasons))
        if met:
            found.append(Dated(id, time_of(met[0], "linked"), met[1]))
    return found


_T = TypeVar("_T", Statement, Mention)


def _by_report(found: Sequence[_T]) -> dict[str, list[_T]]:
    by_report: dict[str, list[_T]] = defaultdict(list)
    for one in sorted(found, key=lambda one: one.id):
        by_report[one.report].append(one)
    return by_report


def _ties(
    links: Sequence[Link],
    known: Mapping[str, Report],
    statements: Sequence[Statement],
    mentions: Sequence[Mention],
) -> dict[str, list[_Tie]]:
    """What ties each undated report to dated ones, by its id."""
    things: dict[str, tuple[str, Report, Time, int | None]] = {
        **{id: ("copy", report, report.published, None) for id, report in known.items()},
        **{
            s.id: ("words", known[s.report], s.made, s.content[0][0])
            for s in statements
            if s.report in known and s.content
        },
        **{
            m.id: ("event", known[m.report], m.when, m.trigger[0][0])
            for m in mentions
            if m.report in known
        },
    }
    together = Counter(
        frozenset((things[link.a][1].id, things[link.b][1].id))
        for link in links
        if link.kind == "same-words" and link.a in things and link.b in things
    )
    ties: dict[str, list[_Tie]] = defaultdict(list)
    for link in sorted(links, key=lambda link: (link.kind, link.a, link.b)):
        if link.a not in things or link.b not in things:
            continue
        for mine, theirs in ((link.a, link.b), (link.b, link.a)):
            what, report, own, at = things[mine]
            _, other, there, _ = things[theirs]
            if report.published.latest or not other.published.latest:
                continue
            number = together[frozenset((report.id, other.id))]
            if what != "words" or link.score >= _SURE or number >= _SURE_TOGETHER:
                ties[report.id].append(_Tie(what, other, own, there, at))
    return ties


def _event_ties(
    known: Mapping[str, Report],
    mentions: Sequence[Mention],
    desk: Desk,
    actors: Mapping[str, Actor],
) -> dict[str, list[_Tie]]:
    """What ties undated reports to dated ones that tell the same happening, by the undated one's id.

    Only happenings serve (what was planned may be told long before), and only where a dated report
    gives a day for them; of several such tellings in an event, the first by its id.
    """
    undated = {id for id, report in known.items() if not report.published.latest}
    happened = [m for m in mentions if m.report in known and m.status in ("occurred", "ongoing")]
    if not any(mention.report in undated for mention in happened):
        return {}
    events, _ = join_events(happened, list(known.values()), {}, desk, actors)
    by_id = {mention.id: mention for mention in happened}
    ties: dict[str, list[_Tie]] = defaultdict(list)
    for event in events:
        held = [by_id[id] for id in event.mentions]
        dated = [m for m in held if m.report not in undated and _to_a_day(m.when)]
        if dated:
            there = min(dated, key=lambda m: m.id)
            for mine in (m for m in held if m.report in undated):
                own = _Tie("event", known[there.report], mine.when, there.when, mine.trigger[0][0])
                ties[mine.report].append(own)
    return ties


def _to_a_day(time: Time) -> bool:
    days = days_of(time)
    return not days.open and days.length <= _EVENT_DAYS


# --------------------------------------------------------------------------- rules


def _copied(case: _Case) -> Iterator[_Bound]:
    """A copy of a dated report runs within days of it."""
    for tie in case.ties:
        if tie.what == "copy":
            days = days_of(tie.other.published)
            window = Days(days.first - _COPY_DAYS, days.last + _COPY_DAYS)
            why = (
                f"Its text is also in {_name(tie.other)}; copies of a news story run within "
                f"{_COPY_DAYS} days."
            )
            yield _Bound(window, why, firm=False)


def _told_after(case: _Case) -> Iterator[_Bound]:
    """Who tells words or an event writes no earlier than they were."""
    for tie in case.ties:
        days = days_of(tie.there)
        if tie.what != "copy" and days.first != FIRST:
            thing = "words that were said" if tie.what == "words" else "an event that was"
            why = f"It tells {thing} on {_day(days)} or after, as {_name(tie.other)} has it."
            yield _Bound(Days(days.first, LAST), why)


def _fresh(case: _Case) -> Iterator[_Bound]:
    """Words that a dated report tells as news, without saying when, were said in the weeks before."""
    for tie in case.ties:
        published = days_of(tie.other.published)
        if tie.what == "words" and days_of(tie.there).first == FIRST and not published.open:
            why = (
                f"It tells words that were news in {_name(tie.other)}: not older than a month then."
            )
            yield _Bound(Days(published.first - _FRESH_DAYS, LAST), why, firm=False)


def _leans_on(case: _Case) -> Iterator[_Bound]:
    """The report's own relative words for a thing that another report dates."""
    for tie in case.ties:
        days, form = days_of(tie.there), tie.own.relative
        if tie.what == "copy" or not form or "published" not in form or ".." in form:
            continue
        if days.open or days.length > 7:
            continue
        fitting = _anchors_for(form, days, days)
        if fitting:
            why = (
                f"It says “{_words(case.report, tie.own)}” of what was on {_day(days)}, "
                f"as {_name(tie.other)} has it."
            )
            yield _Bound(fitting, why)


def _own_dates(case: _Case) -> Iterator[_Bound]:
    """Who tells that something happened on a full date writes no earlier than that."""
    for mention in case.mentions:
        if mention.status in ("occurred", "ongoing") and mention.when.basis == "stated":
            days = days_of(mention.when)
            if days.first != FIRST:
                why = f"It tells what happened on {_day(days)} or after."
                yield _Bound(Days(days.first, LAST), why)


def _no_year(case: _Case) -> Iterator[_Bound]:
    """A day or month without a year is the one nearest to what the report tells."""
    anchor = _anchor(case)
    if anchor is None:
        return
    about, tie = anchor
    past = {m.when.words for m in case.mentions if m.status in ("occurred", "ongoing")}
    seen: set[tuple[str, bool]] = set()
    for time in case.times:
        form = (time.relative or "").partition(" | ")[0]
        told = time.words in past or "<" in form
        if not _NO_YEAR.match(form) or (form, told) in seen:
            continue
        seen.add((form, told))
        near = _nearest(form, about)
        fitting = _anchors_for(form, near, about) if near else None
        if near and fitting:
            first = max(fitting.first, near.first) if told else fitting.first
            why = (
                f"It says “{_words(case.report, time)}” without a year. It tells {_THINGS[tie.what]} "
                f"that {_name(tie.other)} tells too, so the nearest is meant: {_day(near)}."
            )
            yield _Bound(Days(first, max(first, fitting.last)), why, firm=False)


_THINGS = {"copy": "the story", "words": "words", "event": "an event"}


def _recent(case: _Case) -> Iterator[_Bound]:
    """What a report calls recent is less than a year old."""
    recent = set(load("linking")["recent"])
    for tie in case.ties:
        if tie.at is None or tie.what == "copy":
            continue
        sentence = _sentence(case.report, tie.at)
        called = sorted(recent & set(re.findall(r"\w+", sentence.casefold())))
        latest = days_of(tie.there).last
        if called and latest != LAST:
            why = f"It calls “{called[0]}” what {_name(tie.other)} tells too: within a year."
            yield _Bound(Days(FIRST, latest + _YEAR), why, firm=False)


def _offices(case: _Case) -> Iterator[_Bound]:
    """Someone is called by an office that they held between known dates."""
    for name, offices, sentence in _titled(case):
        starts = [office.start for office in offices]
        ends = [office.end for office in offices]
        if all(starts):
            first = min((start for start in starts if start), key=_first_day)
            why = f"It speaks of “{name}”, who held that office from {first} on."
            yield _Bound(Days(_first_day(first), LAST), why)
        if all(ends) and not _FULL_YEAR.search(sentence):
            last = max((end for end in ends if end), key=_last_day)
            why = f"It speaks of “{name}”, who held that office until {last}."
            yield _Bound(Days(FIRST, _last_day(last)), why, firm=False)


_RULES = (_copied, _told_after, _fresh, _leans_on, _own_dates, _no_year, _recent, _offices)


# --------------------------------------------------------------------------- bounds


def _meet(bounds: Sequence[_Bound]) -> tuple[Days, tuple[str, ...]] | None:
    """The days that all bounds allow together, and the reasons that narrowed them to these.

    Soft bounds that contradict the others are left out; where firm ones contradict each other,
    what the report tells cannot all be true, and no date is better than a wrong one.
    """
    days, used = Days(FIRST, LAST), []
    for bound in sorted(set(bounds), key=lambda b: (not b.firm, b.days.length, b.why)):
        common = days.common(bound.days)
        if common is None and bound.firm:
            return None
        if common is not None and common != days:
            used.append(bound)
            days = common
    needed = [b.why for b in used if b.days.first == days.first or b.days.last == days.last]
    return (days, tuple(needed)) if used else None


def _filed(case: _Case, days: Days) -> _Bound | None:
    """The day in a dateline ("SEOUL, July 24 --"), where the other bounds leave it only one year."""
    dateline = case.report.dateline
    if dateline is None or dateline.date_words is None:
        return None
    words = case.report.text[slice(*dateline.date_words)]
    match = _DATELINE_DAY.search(words.casefold())
    if match is None:
        return None
    form = f"published {_MONTHS[match[1] or match[4]]:02d}-{int(match[2] or match[3]):02d}~"
    anchor = _anchor(case)
    if anchor:
        near = _nearest(form, anchor[0])
        candidates = [near] if near else []
    elif days.open or days.length > _MANY_YEARS:
        return None
    else:
        steps = range(days.first, days.last + 1, 30)
        meant = {m for m in (*map(partial(_meant, form), steps), _meant(form, days.last)) if m}
        candidates = [m for m in meant if m.meets(days)]
    if len(candidates) != 1:
        return None
    day = candidates[0]
    why = f"Its dateline says “{words}”; what else it tells leaves only {_day(day)}."
    if anchor:
        tie = anchor[1]
        why = (
            f"Its dateline says “{words}”. It tells {_THINGS[tie.what]} that {_name(tie.other)} tells "
            f"too, so the nearest is meant: {_day(day)}."
        )
    return _Bound(Days(day.first, day.last + _FILED_DAYS), why, firm=False)


def _anchor(case: _Case) -> tuple[Days, _Tie] | None:
    """About when the report tells of: the first day that a link gives, else the linked report's."""
    there = [(days, tie) for tie in case.ties if not (days := days_of(tie.there)).open]
    near = there or [(days_of(tie.other.published), tie) for tie in case.ties]
    return min(near, key=lambda n: (n[0].length, n[0].first, n[1].other.id)) if near else None


def _anchors_for(form: str, days: Days, about: Days) -> Days | None:
    """The days of publication on which `form` means a time that meets `days`."""
    fitting = [
        day
        for day in range(about.first - _SEARCH, about.last + _SEARCH + 1)
        if (meant := _meant(form, day)) and meant.meets(days)
    ]
    return Days(fitting[0], fitting[-1]) if fitting else None


def _nearest(form: str, about: Days) -> Days | None:
    """The time of that form that is nearest to `about`."""
    meant = {_meant(form, about.first + shift) for shift in range(-_SEARCH, _SEARCH + 1, 30)}
    known = [days for days in meant if days]
    return min(known, key=lambda d: (_gap(d, about), d.first)) if known else None


def _meant(form: str, day: int) -> Days | None:
    iso = date.fromordinal(day).isoformat()
    time = resolve(form, Time(edtf=iso, earliest=iso, latest=iso, basis="stated"))
    days = days_of(time)
    return None if days.open else days


def _gap(a: Days, b: Days) -> int:
    return max(0, a.first - b.last, b.first - a.last)


# --------------------------------------------------------------------------- offices in the text


@dataclass(frozen=True, slots=True)
class _Holders:
    """Who held which office: by the person's names and the office's words, all in lower case."""

    offices: Mapping[str, Mapping[str, Sequence[Office]]]


def _holders(actors: Sequence[Actor], desk: Desk) -> _Holders:
    words: dict[str, set[str]] = defaultdict(set)
    for word, title in desk.titles.items():
        words[title.casefold()].add(word.casefold())
    found: dict[str, dict[str, list[Office]]] = defaultdict(lambda: defaultdict(list))
    for actor in {actor.id: actor for actor in actors if actor.type == "person"}.values():
        for office in actor.offices:
            title = office.title.casefold()
            for called in words[title] | {title}:
                for name in {actor.name, *actor.aliases}:
                    found[name.casefold()][called].append(office)
    return _Holders(found)


def _titled(case: _Case) -> Iterator[tuple[str, Sequence[Office], str]]:
    """The words "Foreign Minister Chung" where the story has them: all who may be meant, and the
    sentence. Two presidents Kim are both kept: the bound is then as wide as both."""
    not_now = set(load("linking")["not_now"])
    seen = set()
    for start, end in case.report.paragraphs:
        story = case.report.text[start:end]
        lower = story.lower()  # not casefold: the length must stay
        for name in sorted(name for name in case.holders.offices if name in lower):
            for match in re.finditer(rf"\b{re.escape(name)}\b", lower):
                before = lower[: match.start()].rstrip()
                for title, offices in sorted(case.holders.offices[name].items()):
                    if not re.search(rf"\b{re.escape(title)}$", before):
                        continue
                    words = re.findall(r"\w+", before[: -len(title)])
                    called = story[len(before) - len(title) : match.end()]
                    sentence = _sentence(case.report, start + match.start())
                    if not (set(words[-2:]) & not_now) and (called, sentence) not in seen:
                        seen.add((called, sentence))
                        yield called, offices, sentence


# --------------------------------------------------------------------------- words for reasons


def _sentence(report: Report, at: int) -> str:
    """The sentence round that character, cut at full stops inside its paragraph."""
    start, end = next(((s, e) for s, e in report.paragraphs if s <= at < e), (at, at))
    ends = [start, *(start + m.end() for m in _SENTENCE_END.finditer(report.text[start:end])), end]
    first = max(e for e in ends if e <= at)
    last = min((e for e in ends if e > at), default=end)
    return report.text[first:last]


def _name(report: Report) -> str:
    """What a reader knows the report by."""
    day = report.published.edtf or report.published.latest
    title = f"“{report.title}”" if report.title else report.outlet or report.where
    return f"{title} (published {day})"


def _day(days: Days) -> str:
    if days.open:
        return "an unknown day"
    first, last = (date.fromordinal(day).isoformat() for day in (days.first, days.last))
    return first if first == last else f"{first} to {last}"


def _words(report: Report, time: Time) -> str:
    return report.text[slice(*time.words)] if time.words else "then"


def _first_day(iso: str) -> int:
    """The first day of an ISO day, month or year, as an office's start is noted."""
    return date.fromisoformat((iso + "-01-01")[:10]).toordinal()


def _last_day(iso: str) -> int:
    """The last day of an ISO day, month or year, as an office's end is noted."""
    if len(iso) == 4:
        return date(int(iso), 12, 31).toordinal()
    if len(iso) == 7:
        year, month = int(iso[:4]), int(iso[5:])
        return date(year, month, monthrange(year, month)[1]).toordinal()
    return date.fromisoformat(iso[:10]).toordinal()
