"""Launches and tests: the CSIS list of North Korean provocations, read back from its own texts.

Each row's description is read as a report published on the day after the row's `date`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from dateline.actors import find_actors
from dateline.desks import load_desk
from dateline.events import find_mentions
from dateline.language import analyse
from dateline.model import Desk, Mention, Report, Time, content_id
from dateline.times import find_times

DATA = "korea/provocations_csis.csv"

# A row's `event` names a launch or test: the desk kinds that are right for it, by its first word
# found here. "Missile" rows of an unsaid class take any missile; so do rows whose text never says
# the class (see `_right_kind`).
_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("nuclear test", ("nuclear-test",)),
    ("underwater nuclear", ("underwater-drone-test",)),
    ("satellite", ("satellite-launch",)),
    ("engine", ("engine-test",)),
    ("cruise", ("cruise-missile-launch",)),
    ("intercontinental", ("ballistic-missile-launch",)),
    ("inter-continental", ("ballistic-missile-launch",)),
    ("ballistic", ("ballistic-missile-launch",)),
    ("rocket (mlrs)", ("artillery-fire",)),
    ("mlrs", ("artillery-fire",)),
    (
        "missile",
        ("missile-launch", "ballistic-missile-launch", "cruise-missile-launch", "artillery-fire"),
    ),
)
_CLASS_WORDS = {
    "ballistic-missile-launch": (
        "ballistic",
        "icbm",
        "irbm",
        "mrbm",
        "srbm",
        "slbm",
        "hwasong",
        "nodong",
        "scud",
        "musudan",
        "taepodong",
        "pukguksong",
        "kn-02",
        "kn-11",
    ),
    "cruise-missile-launch": ("cruise", "anti-ship", "kn-01"),
    "artillery-fire": (
        "artillery",
        "rocket launcher",
        "mlrs",
        "multiple launch",
        "multiple rocket",
        "slmr",
    ),
    "satellite-launch": ("satellite", "launch vehicle"),
}
_MISSILES = (
    "missile-launch",
    "ballistic-missile-launch",
    "cruise-missile-launch",
    "artillery-fire",
    "satellite-launch",
)
_DONE = ("occurred", "alleged", "ongoing")


def predict(data: Path) -> Iterator[dict[str, object]]:
    """Yields a line a row of `data` (the CSV, or the folder that holds it as in shared/data).

    `{"row": n, "events": [{"date", "state", "desk_kind", "count"}]}`: rows are numbered from 0 in
    the file's order; the events are those of a desk kind that the text says happened, the telling
    of one launch twice joined; `date` is an ISO day or None where the text gives no day.
    """
    desk = load_desk("korea")
    states = {actor.id: actor.state for actor in desk.actors}
    rows = _rows(data)
    reports = [_report(number, row) for number, row in enumerate(rows)]
    for number, (report, analysis) in enumerate(analyse(reports)):
        actors = find_actors(report, analysis, desk)
        mentions = find_mentions(report, analysis, actors, find_times(report, analysis), (), desk)
        states |= {a.actor.id: a.actor.state for a in actors}
        yield {"row": number, "events": _events(mentions, states, desk)}


def _rows(data: Path) -> list[dict[str, str]]:
    path = data / DATA if (data / DATA).is_file() else data
    if path.is_dir():
        path = path / Path(DATA).name
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _report(number: int, row: Mapping[str, str]) -> Report:
    text = row["description"]
    after = (date.fromisoformat(row["date"]) + timedelta(days=1)).isoformat()
    return Report(
        id=content_id("rep", number, text),
        where=f"row {number}",
        sha256="",
        text=text,
        language="en",
        published=Time(edtf=after, earliest=after, latest=after, basis="stated"),
        paragraphs=((0, len(text)),) if text.strip() else (),
    )


def _events(
    mentions: Sequence[Mention], states: Mapping[str, str | None], desk: Desk
) -> list[dict[str, object]]:
    counted = {kind.id: kind.counted for kind in desk.kinds}
    found: list[dict[str, object]] = []
    for mention in mentions:
        if mention.desk_kind is None or mention.status not in _DONE:
            continue
        state = next((states.get(actor) for actor in mention.source), None)
        event: dict[str, object] = {
            "date": _day(mention.when),
            "state": state,
            "desk_kind": mention.desk_kind,
            "count": _total(mention, counted[mention.desk_kind]),
        }
        same = next((e for e in found if _alike(e, event)), None)
        if same is None:
            found.append(event)
        else:
            for key, value in event.items():
                if same[key] is None:
                    same[key] = value
    return found


def _alike(a: Mapping[str, object], b: Mapping[str, object]) -> bool:
    """Whether two tellings may be of one event: nothing that both say differs."""
    return all(a[k] == b[k] or a[k] is None or b[k] is None for k in a)


def _day(when: Time) -> str | None:
    if when.earliest is None or when.latest is None:
        return None
    return when.earliest[:10] if when.earliest[:10] == when.latest[:10] else None


def _total(mention: Mention, counted: Iterable[str]) -> int | None:
    """The counts of things fired, added up; a count of launches only where no things are counted."""
    things = [
        c
        for c in mention.counts
        if c.what.split()[-1].lower() not in ("launch", "test", "launching")
    ]
    counts = things or list(mention.counts)
    values = [c.value for c in counts if c.value is not None]
    return int(sum(values)) if values and len(values) == len(counts) else None


# --------------------------------------------------------------------------- scoring


@dataclass(frozen=True, slots=True)
class Missed:
    """A row on which something is wrong: what was wanted and what was said."""

    row: int
    field: str
    wanted: str
    found: str
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of rows that are right, in [0, 1], each over the rows where the field is asked for."""

    rows: int
    state: float
    kind: float
    date: float
    count: float
    count_rows: int
    all_three: float
    missed: tuple[Missed, ...]


def score(path: Path, predictions: Iterable[Mapping[str, object]]) -> Score:
    """How right predictions are for the rows since 1998 whose `event` names a launch or test.

    For each such row the best of its predicted events is judged:
    - state: PRK.
    - kind: the class that `event` names; where the description itself does not name the class,
      `missile-launch` or `weapons-test` (not said) or whatever class it does name is right.
    - date: the row's date, or None where the description gives no day. A day that the text gives
      and that is not the row's date (CSIS errs in some) is right when the text says it.
    - count: asked for where the description gives a number directly before what was fired, read
      by a pattern of its own (`_stated_count`), independent of the reader that is judged.
    """
    by_row = {int(str(p["row"])): p for p in predictions}
    rights: dict[str, list[bool]] = {"state": [], "kind": [], "date": [], "count": [], "all": []}
    missed: list[Missed] = []
    for number, row in enumerate(_rows(path)):
        wanted = _wanted_kinds(row)
        if row["date"] < "1998" or wanted is None:
            continue
        events = by_row.get(number, {}).get("events", [])
        assert isinstance(events, list)
        judged = [_judge(row, wanted, event) for event in events]
        best = max(judged, key=lambda j: sum(bool(v) for v in j.values()), default=None)
        if best is None:
            best = {
                "state": False,
                "kind": False,
                "date": False,
                "count": False if _stated_count(row["description"]) is not None else None,
            }
        for field, right in best.items():
            if right is not None:
                rights[field].append(right)
            if right is False:
                missed.append(_missed(number, row, wanted, field, events))
        rights["all"].append(all(best[f] for f in ("state", "kind", "date")))
    share = {k: sum(v) / len(v) if v else 0.0 for k, v in rights.items()}
    return Score(
        rows=len(rights["all"]),
        state=share["state"],
        kind=share["kind"],
        date=share["date"],
        count=share["count"],
        count_rows=len(rights["count"]),
        all_three=share["all"],
        missed=tuple(missed),
    )


def _missed(
    number: int, row: Mapping[str, str], wanted: Sequence[str], field: str, events: Sequence[object]
) -> Missed:
    want = {
        "state": "PRK",
        "kind": "|".join(wanted),
        "date": str(row["date"]),
        "count": str(_stated_count(row["description"])),
    }[field]
    return Missed(number, field, want, str(events), row["description"])


def _wanted_kinds(row: Mapping[str, str]) -> tuple[str, ...] | None:
    event = row["event"].lower().replace("lanuch", "launch")
    if not any(word in event for word in ("launch", "test", "missile", "underwater nuclear")):
        return None
    return next((kinds for word, kinds in _KINDS if word in event), None)


def _judge(
    row: Mapping[str, str], wanted: Sequence[str], event: Mapping[str, object]
) -> dict[str, bool | None]:
    text = row["description"]
    stated = _stated_count(text)
    return {
        "state": event["state"] == "PRK",
        "kind": _right_kind(text, wanted, str(event["desk_kind"])),
        "date": _right_date(row, event["date"]),
        "count": None if stated is None else event["count"] in stated,
    }


def _right_kind(text: str, wanted: Sequence[str], kind: str) -> bool:
    if kind in wanted:
        return True
    lower = text.lower()
    named = [k for k, words in _CLASS_WORDS.items() if any(w in lower for w in words)]
    if kind == "weapons-test":
        return wanted == ("engine-test",) and "engine" not in lower
    if kind == "missile-launch":
        return any(w in _MISSILES for w in wanted) and not any(w in named for w in wanted)
    return (
        kind in named
        and kind in _MISSILES
        and any(w in _MISSILES for w in wanted)
        and not any(w in named for w in wanted)
    )


def _right_date(row: Mapping[str, str], day: object) -> bool:
    if day is None:
        return not _says_day(row["description"])
    return day == row["date"] or (isinstance(day, str) and _says(row["description"], day))


_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def _says_day(text: str) -> bool:
    """Whether the first sentence of a text gives a day: a month with a number, or a weekday."""
    first = re.split(r"(?<=[a-z0-9)])\.\s", text)[0]
    days = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    if re.search(r"\bbetween [A-Z]\w+ \d+ (?:to|and)\b", first):
        return False  # a stretch, no day
    return bool(re.search(rf"\b(?:{'|'.join(_MONTHS)})\s+\d{{1,2}}\b|\bon {days}\b", first))


def _says(text: str, day: str) -> bool:
    when = date.fromisoformat(day)
    weekday = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")[when.weekday()] + "day"
    return f"{_MONTHS[when.month - 1]} {when.day}" in text or weekday in text


def _stated_count(text: str) -> tuple[int, ...] | None:
    """The numbers that the description may be read to give for what was fired, or None.

    The first number (digits or word up to twelve, or an article) before a noun of what is fired
    and after a verb of firing; where a second follows by "and", their sum is right as well.
    """
    numbers = {
        w: i
        for i, w in enumerate(
            [
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
            ]
        )
    }
    numbers |= {"a": 1, "an": 1}
    verb = r"(?:fired|launched|tested|test-fired|test-launched|launch|fire|firing of|launch of|test-launch of)"
    number = r"(\d{1,3}(?!\d)|" + "|".join(numbers) + r")"
    thing = r"(?:missiles?|projectiles?|rockets?|SRBMs?|ICBMs?|MRBMs?|IRBMs?|SLBMs?|satellites?|shells|rounds|[\w-]*(?:Scuds?|Nodongs?|Musudans?))"
    between = r"((?!new type)(?:[\w\"“”'-]+,? ){0,6}?)"
    pattern = re.compile(
        rf"\b{verb} (?:off |about |around |at least |up to |a total of )?{number} {between}{thing}\b(.{{0,60}})",
        re.I,
    )
    match = pattern.search(text)
    if match is None:
        return None
    value = int(match[1]) if match[1].isdigit() else numbers[match[1].lower()]
    also = re.match(rf"[\w\s()-]*? and {number} {between}{thing}", match[3], re.I)
    if also:
        more = int(also[1]) if also[1].isdigit() else numbers[also[1].lower()]
        return (value, value + more)
    return (value,)
