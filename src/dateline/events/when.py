"""When an event was, as its own clause says it: by syntax, never by nearness alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from dateline.events import syntax
from dateline.events.codings import Trigger
from dateline.events.counts import parse_number
from dateline.model import UNKNOWN_TIME, Analysis, Report, Status, Time

ByToken = Mapping[int, Time]

_NO_POINT = frozenset({"DURATION", "SET"})


def times_by_token(analysis: Analysis, times: Iterable[Time]) -> ByToken:
    """Token index -> the time that covers it; times without words are left out."""
    starts = sorted((t.words, t) for t in times if t.words is not None)
    found: dict[int, Time] = {}
    at = 0
    for index, token in enumerate(analysis.tokens):
        while at < len(starts) and starts[at][0][1] <= token.start:
            at += 1
        if at < len(starts) and starts[at][0][0] < token.end:
            found[index] = starts[at][1]
    return found


def find_when(
    report: Report, analysis: Analysis, trigger: Trigger, times: ByToken, status: Status
) -> Time:
    """The time that modifies the trigger, else an open one that says only before or after.

    An event that occurred, and whose time nobody says, lies before its report: `..published`;
    one that is planned lies after it. The published day itself is never taken for its day.
    """
    things = trigger.things or (
        syntax.objects(analysis, trigger.verb) if trigger.verb is not None else ()
    )
    for host in _hosts(analysis, trigger):
        if host in things and host != trigger.noun:
            best = _after_object(analysis, host, times)
        else:
            best = _modifying(analysis, host, times)
        if best is not None:
            return _without_assumed_day(report, _since(analysis, best, times), status)
    counted = _counted_from_another(analysis, trigger, times)
    return counted if counted is not None else _open(status)


def _since(analysis: Analysis, time: Time, times: ByToken) -> Time:
    """The time, open to its end where "since" stands before it and is not yet taken in."""
    index = next((i for i, t in times.items() if t is time), 0)
    bare = time.relative is None or ".." not in time.relative
    if index == 0 or analysis.tokens[index - 1].text.lower() != "since" or not bare:
        return time
    if time.earliest is None and time.relative is None:
        return time
    return replace(
        time,
        edtf=f"{time.earliest}/.." if time.earliest else None,
        latest=None,
        relative=f"{time.relative}..published" if time.relative else None,
    )


_DAYS = {"day": 1, "week": 7}
# "a day after it fired" is said of what came later: the firing was a day before that.
_SIGN = {"after": -1, "before": 1}


def _counted_from_another(analysis: Analysis, trigger: Trigger, times: ByToken) -> Time | None:
    """The day that "a day after it fired ..." gives, from the day of the clause above, or None."""
    verb = trigger.verb
    if verb is None or analysis.tokens[verb].dep != "advcl":
        return None
    marks = [c for c in syntax.kids(analysis, verb, "mark", "prep") if c < verb]
    mark = next((c for c in marks if analysis.tokens[c].text.lower() in _SIGN), None)
    above = analysis.tokens[verb].head
    base = _modifying(analysis, above, times)
    if mark is None or base is None or base.earliest is None or base.latest is None:
        return None
    for amount in (
        *syntax.kids(analysis, verb, "npadvmod"),
        *syntax.kids(analysis, mark, "npadvmod"),
    ):
        first, _ = syntax.core(analysis, amount)
        number = parse_number(" ".join(t.text for t in analysis.tokens[first:amount]))
        unit = _DAYS.get(syntax.lemma(analysis, amount))
        whole = base.earliest[:10] == base.latest[:10]
        if number is None or unit is None or not whole or number > _FAR_DAYS:
            continue
        shift = _SIGN[analysis.tokens[mark].text.lower()] * unit * int(number)
        day = (date.fromisoformat(base.earliest[:10]) + timedelta(days=shift)).isoformat()
        words = (analysis.tokens[first].start, analysis.tokens[mark].end)
        relative = None if base.relative is None else f"{base.relative} day{shift:+d}"
        return Time(day, day, day, basis=base.basis, words=words, relative=relative)
    return None


_FAR_DAYS = 400


# A clock without a day ("at 10:15 a.m."), or a part of one: the times stage takes the published
# day for it, as TIMEX3 does. For an event that would be a guess.
_CLOCK_ONLY = re.compile(r"(around )?(published )?day\+0 (around )?T\d")
_SAYS_DAY = re.compile(r"\b(?:today|tonight|this|same day)\b", re.IGNORECASE)


def _without_assumed_day(report: Report, time: Time, status: Status) -> Time:
    """The time, or an open one with its words where only a clock was given and no day."""
    assumed = time.relative is not None and _CLOCK_ONLY.search(time.relative)
    if not assumed or time.words is None or _SAYS_DAY.search(report.text[slice(*time.words)]):
        return time
    return replace(_open(status), words=time.words, zone=time.zone)


def _open(status: Status) -> Time:
    if status in ("occurred", "ongoing", "alleged"):
        return Time(relative="..published")
    return Time(relative="published..") if status == "planned" else UNKNOWN_TIME


def _hosts(analysis: Analysis, trigger: Trigger) -> list[int]:
    """The tokens whose modifiers may date the event, nearest first."""
    hosts: list[int] = []
    if trigger.noun is not None:
        hosts.append(trigger.noun)
    if trigger.noun is not None and trigger.verb is None:
        hosts += _occasion(analysis, trigger.noun)
    if trigger.verb is not None:
        hosts.append(trigger.verb)
        hosts += trigger.things or syntax.objects(analysis, trigger.verb)
        hosts += _carriers(analysis, trigger.verb)
    return hosts


_AT = frozenset({"during", "at", "in", "on"})


def _occasion(analysis: Analysis, noun: int) -> list[int]:
    """The verb that an event noun is the occasion of: "spoke in June at the meeting in Singapore"."""
    index = noun
    for _ in range(2):
        token = analysis.tokens[index]
        prep = analysis.tokens[token.head]
        if token.dep != "pobj" or prep.text.lower() not in _AT:
            return []
        index = prep.head
        if syntax.is_verb(analysis, index):
            return [index]
    return []


def _carriers(analysis: Analysis, verb: int) -> list[int]:
    """Verbs above that share the event's time: "is scheduled to meet", "on Monday fired and ..."."""
    found: list[int] = []
    index = verb
    while len(found) < 4:
        token = analysis.tokens[index]
        if token.head == index or not syntax.is_verb(analysis, token.head):
            break
        if token.dep == "xcomp" or (
            token.dep == "conj" and not syntax.kids(analysis, index, "nsubj", "nsubjpass")
        ):
            index = token.head
            found.append(index)
        else:
            break
    return found


def _modifying(analysis: Analysis, host: int, times: ByToken) -> Time | None:
    """The best time below a token, not looking into other clauses or at other events."""
    own_noun = analysis.tokens[host].pos in ("NOUN", "PROPN")
    found: list[tuple[int, int, int, Time]] = []
    stack = [(child, 1) for child in analysis.children[host]]
    while stack:
        index, depth = stack.pop()
        analysis.tokens[index]
        time = times.get(index)
        if time is not None and time.timex_type not in _NO_POINT:
            if _is_argument(analysis, index, host):
                continue
            dated = 0 if time.earliest is not None or time.latest is not None else 1
            found.append((dated, depth, index, time))
        elif depth < _DEPTH and _leads_on(analysis, index, own_noun):
            stack += [(child, depth + 1) for child in analysis.children[index]]
    return min(found, key=lambda f: f[:3])[3] if found else None


# "fired | from | Sunan | on | Monday" is as deep as a time of one's own hangs in practice.
_DEPTH = 4


def _leads_on(analysis: Analysis, index: int, own_noun: bool) -> bool:
    """Whether a time below this token may still be the host's: through prepositions only.

    "after Tuesday's meeting" dates the meeting; "at Tuesday's meeting" dates both.
    """
    token = analysis.tokens[index]
    if token.dep in ("prep", "agent", "npadvmod", "advmod", "amod", "quantmod"):
        return True
    if token.dep != "pobj" or token.lemma.lower() == "time":
        return False  # "for the first time since 1981"
    prep = analysis.tokens[token.head].text.lower()
    if syntax.kids(analysis, index, "poss"):
        return prep in _AT
    return prep in _AT or prep in (
        "from",
        "into",
        "toward",
        "towards",
        "to",
        "with",
        "of",
        "near",
        "off",
        "for",
        "by",
        "between",
        "over",
        "against",
    )


def _is_argument(analysis: Analysis, index: int, host: int) -> bool:
    """Whether a time is what is talked about, not when ("remembered Monday")."""
    token = analysis.tokens[index]
    return token.head == host and token.dep in ("nsubj", "nsubjpass", "dobj", "attr")


def _after_object(analysis: Analysis, thing: int, times: ByToken) -> Time | None:
    """A time hung on what the verb is done to: "fired a missile Monday", "a missile on Monday"."""
    for child in syntax.kids(analysis, thing, "npadvmod", "prep"):
        below = (
            [child]
            if analysis.tokens[child].dep == "npadvmod"
            else syntax.kids(analysis, child, "pobj")
        )
        for index in below:
            time = times.get(index)
            if time is not None and time.timex_type not in _NO_POINT:
                return time
    return None
