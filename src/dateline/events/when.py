"""When an event was, as its own clause says it: by syntax, never by nearness alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from dateline.events import syntax
from dateline.events.codings import Trigger
from dateline.events.counts import parse_number
from dateline.events.rows import word_list
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
            best = _whole_run(analysis, trigger, _since(analysis, best, times))
            return _without_assumed_day(report, best, status)
    shared = _of_clause_above(analysis, trigger, times)
    if shared is not None:
        return shared
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


_LONGEST_RUN = 100  # days that an exercise or a meeting may last


def _whole_run(analysis: Analysis, trigger: Trigger, time: Time) -> Time:
    """All the days of what "ended 11 days of drills on Thursday" or "began a five-day visit" tell."""
    if trigger.noun is None or not time.earliest or not time.latest:
        return time
    days = _days_long(analysis, trigger.noun)
    verb = next(
        (i for i in syntax.ancestors(analysis, trigger.noun) if _at_an_end(analysis, i)), None
    )
    if days is None or verb is None or time.earliest[:10] != time.latest[:10]:
        return time
    day = date.fromisoformat(time.earliest[:10])
    shift = timedelta(days=days - 1)
    ended = syntax.lemma(analysis, verb) in word_list("ending")
    first, last = (day - shift, day) if ended else (day, day + shift)
    edtf = f"{first.isoformat()}/{last.isoformat()}"
    return replace(time, edtf=edtf, earliest=first.isoformat(), latest=last.isoformat())


def _at_an_end(analysis: Analysis, index: int) -> bool:
    ends = word_list("ending") | word_list("beginning")
    return syntax.is_verb(analysis, index) and syntax.lemma(analysis, index) in ends


def _days_long(analysis: Analysis, noun: int) -> int | None:
    """How many days long "11 days of drills" or "a five-day drill" is, or None."""
    for index in (*syntax.kids(analysis, noun, "compound", "amod", "nmod"), *_over(analysis, noun)):
        unit = _DAYS.get(syntax.lemma(analysis, index))
        numerals = syntax.kids(analysis, index, "nummod")
        if unit is None or len(numerals) != 1:
            continue
        number = parse_number(analysis.tokens[numerals[0]].text)
        if number is not None and 1 < number * unit <= _LONGEST_RUN and number == int(number):
            return int(number) * unit
    return None


def _over(analysis: Analysis, noun: int) -> list[int]:
    """The "days" of "days of drills"."""
    token = analysis.tokens[noun]
    prep = analysis.tokens[token.head]
    return [prep.head] if token.dep == "pobj" and prep.text.lower() == "of" else []


# "ran for shelter on Wednesday after it fired": not later than that day, and hardly before the day
# before. "as it fired", "when it fired": that day.
_BEFORE_BY = {"after": 1, "as": 0, "when": 0, "while": 0}


def _of_clause_above(analysis: Analysis, trigger: Trigger, times: ByToken) -> Time | None:
    """The day that the clause above gives "... on Wednesday after it fired missiles", or None.

    Only for what was done, and only where that clause has a day of its own.
    """
    verb = trigger.verb
    if verb is None or analysis.tokens[verb].dep != "advcl" or analysis.tokens[verb].tag != "VBD":
        return None
    marks = syntax.kids(analysis, verb, "mark", "advmod")
    words = [analysis.tokens[c].text.lower() for c in marks if c < verb]
    mark = next((w for w in words if w in _BEFORE_BY), None)
    above = analysis.tokens[verb].head
    base = _modifying(analysis, above, times)
    amounts = [a for c in (verb, *marks) for a in syntax.kids(analysis, c, "npadvmod")]
    if mark is None or base is None or amounts or analysis.tokens[above].tag != "VBD":
        return None
    if not base.earliest or not base.latest or base.earliest[:10] != base.latest[:10]:
        return None
    first = date.fromisoformat(base.earliest[:10]) - timedelta(days=_BEFORE_BY[mark])
    day = base.latest[:10]
    edtf = day if first.isoformat() == day else f"{first.isoformat()}/{day}"
    return replace(base, edtf=edtf, earliest=first.isoformat(), latest=day, relative=None)


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
        if _reaches_back(analysis, index):
            continue
        time = times.get(index)
        if time is not None and time.timex_type not in _NO_POINT:
            if _is_argument(analysis, index, host):
                continue
            dated = 0 if time.earliest is not None or time.latest is not None else 1
            found.append((dated, depth, index, time))
        elif depth < _DEPTH and _leads_on(analysis, index, own_noun):
            stack += [(child, depth + 1) for child in analysis.children[index]]
    return min(found, key=lambda f: f[:3])[3] if found else None


def _reaches_back(analysis: Analysis, index: int) -> bool:
    """Whether it says how rare a thing is, not when it was: "for the first time since 1981"."""
    if analysis.tokens[index].text.lower() not in ("since", "in"):
        return False
    before = analysis.tokens[max(0, index - _RANK_BEFORE) : index]
    ranked = any(
        t.text.lower() in ("first", "second", "third") or t.tag in ("JJS", "RBS") for t in before
    )
    since = analysis.tokens[index].text.lower() == "since"
    times_over = bool(before) and before[-1].lemma.lower() == "time"
    return times_over if not since else ranked or times_over


_RANK_BEFORE = 3  # "first time since", "largest drill since", "most people since"

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
