"""python -m evals.linking [dev|test|all] [--errors]: copies, origins, events and dates on our gold set.

A record is built with the product from the reports of that part, as `dateline build` would, and
its links are compared with the gold of evals/gold/linking (see the README there). The test part is
for releases: score it once and leave its errors unread.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dateline.linking.wording import stems
from dateline.model import Link, Mention, Report, Time, words
from dateline.pipeline import build
from dateline.store import open_record, read
from dateline.store.rows import LinkedTime, OriginRow
from evals.clusters import Grouping, Score, b_cubed, ceafe, conll, groups_of, muc, pairs

GOLD = Path(__file__).parent / "gold" / "linking"
PARTS = ("dev", "test", "all")
_NARROW = 31  # days: an interval no wider than this is of use to a reader
_SHOWN = 12  # errors of one sort that are printed

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold lines of one part: of reports by their key, and of tellings of events."""

    reports: Mapping[str, Line]
    tellings: Mapping[str, Line]


@dataclass(frozen=True, slots=True)
class Found:
    """What the record says; reports and mentions go by the gold's keys where they have one."""

    reports: Mapping[str, Report]
    links: Sequence[Link]
    origins: Mapping[str, OriginRow]
    dates: Mapping[str, LinkedTime]
    mentions: Mapping[str, Mention]
    event_of: Mapping[str, str]


def measure(folder: Path = GOLD, part: str = "dev") -> dict[str, Any]:
    """All figures for one part of the gold set in `folder`, from a record built of its reports.

    Shares are from 0 to 1. A gold telling for which the record has no mention stands alone on the
    system's side under "events"; "events_matched" leaves those tellings out on both sides, so
    that it shows what linking does with the mentions that it is given.
    """
    gold = read_gold(folder, part)
    return figures(gold, find(folder, gold))


def read_gold(folder: Path, part: str) -> Gold:
    """The gold lines of that part; tellings are keyed by report and place in the text."""
    reports = {row["report"]: row for row in _lines(folder / "gold.jsonl", part)}
    tellings = {
        f"{row['report']}:{row['start']:05}": row for row in _lines(folder / "events.jsonl", part)
    }
    return Gold(reports, tellings)


def _lines(path: Path, part: str) -> Iterator[Line]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if part in ("all", row["part"]):
                yield row


# --------------------------------------------------------------------------- the record


def find(folder: Path, gold: Gold) -> Found:
    """What a record says that is built of the gold's reports, in a folder that is then removed."""
    with TemporaryDirectory() as made:
        inputs, record = Path(made) / "reports.jsonl", Path(made) / "gold.dateline"
        keys = _write_reports(folder, gold, inputs)
        build([inputs], record, desk=str(_desk(folder, Path(made) / "desk")))
        return _read(record, keys, gold)


def _write_reports(folder: Path, gold: Gold, out: Path) -> list[str]:
    """Writes the reports of the part; their keys, in the order of the lines."""
    keys = []
    with (
        (folder / "reports.jsonl").open(encoding="utf-8") as lines,
        out.open("w", encoding="utf-8") as wanted,
    ):
        for line in lines:
            key = json.loads(line)["id"]
            if key in gold.reports:
                keys.append(key)
                wanted.write(line)
    return keys


def _desk(folder: Path, made: Path) -> Path:
    """The Korea desk with the gold's agencies: without them no credit could be read."""
    made.mkdir()
    with as_file(files("dateline.desks") / "korea") as korea:
        for file in sorted(korea.glob("*.toml")):
            (made / file.name).write_text(file.read_text("utf-8"), "utf-8")
    with (made / "outlets.toml").open("a", encoding="utf-8") as outlets:
        outlets.write("\n" + (folder / "outlets.toml").read_text("utf-8"))
    return made


def _read(record: Path, keys: Sequence[str], gold: Gold) -> Found:
    with open_record(record) as opened, opened.reading() as connection:
        key_of = {
            report.id: keys[int(report.where.rpartition("#")[2]) - 1]
            for report in read.reports(connection)
        }
        reports = {key_of[report.id]: report for report in read.reports(connection)}
        linked = read.linked_times(connection)
        events = read.event_of(connection)
        matched = match(gold.tellings, read.mentions(connection), key_of)
        return Found(
            reports=reports,
            links=[_renamed(link, key_of) for link in read.links(connection)],
            origins={key_of[id]: row for id, row in read.origins(connection).items()},
            dates={key_of[id]: t for (id, what), t in linked.items() if what == "published"},
            mentions=matched,
            event_of={
                telling: events[mention.id]
                for telling, mention in matched.items()
                if mention.id in events
            },
        )


def _renamed(link: Link, key_of: Mapping[str, str]) -> Link:
    a, b = key_of.get(link.a, link.a), key_of.get(link.b, link.b)
    return Link(link.kind, a, b, link.score, link.reasons)


def match(
    tellings: Mapping[str, Line], mentions: Iterable[Mention], key_of: Mapping[str, str]
) -> dict[str, Mention]:
    """The mention of each gold telling: the one whose trigger shares most characters with its words.

    Each mention is taken for one telling at most; tellings that no trigger touches are left out.
    """
    by_report: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_report[key_of[mention.report]].append(mention)
    shared = []
    for key, telling in tellings.items():
        for mention in by_report[telling["report"]]:
            common = sum(
                max(0, min(end, telling["end"]) - max(start, telling["start"]))
                for start, end in mention.trigger
            )
            if common:
                shared.append((-common, key, mention.trigger[0], mention.id, mention))
    found: dict[str, Mention] = {}
    taken: set[str] = set()
    for _, key, _, id, mention in sorted(shared, key=lambda one: one[:4]):
        if key not in found and id not in taken:
            found[key] = mention
            taken.add(id)
    return found


# --------------------------------------------------------------------------- figures


def figures(gold: Gold, found: Found) -> dict[str, Any]:
    """The measures by task: copies, revisions, origins, events, two baselines, and dates."""
    copies = _copies(found)
    return {
        "reports": len(gold.reports),
        "copies": _shown(b_cubed(copies, _gold_groups(gold, "copy_group"))),
        "revisions": _shown(_revisions(gold, found)),
        "origins": _shown(b_cubed(_origins(found), _gold_groups(gold, "origin"))),
        **_events(gold, found),
        "undated": _undated(gold, found),
    }


def _shown(score: Score) -> dict[str, float]:
    return {
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }


def _gold_groups(gold: Gold, field: str) -> Grouping:
    return {key: row[field] for key, row in gold.reports.items()}


def _copies(found: Found) -> dict[str, str]:
    """The reports in groups of copies and revisions: those that a chain of such links joins."""
    group = {key: key for key in found.reports}
    for link in found.links:
        if link.kind in ("copy", "revision"):
            one, other = group[link.a], group[link.b]
            group = {key: min(one, other) if g in (one, other) else g for key, g in group.items()}
    return group


def _origins(found: Found) -> dict[str, str]:
    return {key: row.id for key, row in found.origins.items()}


def _revisions(gold: Gold, found: Found) -> Score:
    """Pairs of reports that are two states of one text."""
    real = {
        frozenset((key, row["revision_of"]))
        for key, row in gold.reports.items()
        if row["revision_of"]
    }
    linked = {frozenset((link.a, link.b)) for link in found.links if link.kind == "revision"}
    both = len(real & linked)
    return Score(both / len(linked) if linked else 1.0, both / len(real) if real else 1.0)


def _events(gold: Gold, found: Found) -> dict[str, Any]:
    real: dict[str, Hashable] = {key: row["event"] for key, row in gold.tellings.items()}
    matched = {key: real[key] for key in found.mentions}
    ways: dict[str, Callable[[str], Hashable]] = {
        "events": lambda key: found.event_of.get(key, key),
        "baseline_same_type_same_date": lambda key: _type_and_day(key, found),
        "baseline_trigger_stem": lambda key: _trigger(key, found),
    }
    told: dict[str, Any] = {
        "tellings": len(real),
        "tellings_matched": _share(len(matched), len(real)),
        "told_in_reports_matched": _share(len(_told(gold, matched)), len(_told(gold, real))),
    }
    for name, way in ways.items():
        alone = {key: way(key) if key in found.mentions else key for key in real}
        told[name] = _event_figures(alone, real)
        told[f"{name}_matched"] = _event_figures({key: way(key) for key in matched}, matched)
    return told


def _told(gold: Gold, keys: Iterable[str]) -> set[tuple[str, str]]:
    """The pairs of report and event, however often the one tells the other."""
    return {(gold.tellings[key]["report"], gold.tellings[key]["event"]) for key in keys}


def _share(some: int, all: int) -> float:
    return round(some / all, 4) if all else 1.0


def _event_figures(system: Grouping, real: Grouping) -> dict[str, Any]:
    joined = pairs(system, real)
    return {
        "b_cubed": _shown(b_cubed(system, real)),
        "muc_f1": round(muc(system, real).f1, 4),
        "ceafe_f1": round(ceafe(system, real).f1, 4),
        "conll_f1": round(conll(system, real), 4),
        "wrong_joins": round(1 - joined.precision, 4),
        "pair_recall": round(joined.recall, 4),
    }


def _type_and_day(key: str, found: Found) -> Hashable:
    """Baseline: what is of one kind on one day is one event; a mention without a day is alone."""
    mention = found.mentions[key]
    day = (mention.when.earliest or "")[:10]
    return (mention.desk_kind or mention.type, day) if day else key


def _trigger(key: str, found: Found) -> Hashable:
    """Baseline: what is told by one word is one event; of a longer trigger, all its stems."""
    mention = found.mentions[key]
    text = found.reports[key.partition(":")[0]].text
    return tuple(stems(words(text, mention.trigger))) or key


def _undated(gold: Gold, found: Found) -> dict[str, Any]:
    """How the undated were dated; an open end holds all days, and is never narrow."""
    keys = [key for key, row in gold.reports.items() if row["undated"]]
    times = {key: found.dates[key].time for key in keys if key in found.dates}
    right = [k for k, time in times.items() if _holds(time, gold.reports[k]["truth_published"])]
    narrow = [key for key, time in times.items() if (_width(time) or _NARROW + 1) <= _NARROW]
    return {
        "reports": len(keys),
        "dated": _share(len(times), len(keys)),
        "truth_in_interval": _share(len(right), len(times)),
        "within_31_days": _share(len(narrow), len(keys)),
        "within_31_days_and_right": _share(len(set(narrow) & set(right)), len(keys)),
    }


def _holds(time: Time, truth: str) -> bool:
    after = time.earliest is None or time.earliest[:10] <= truth
    return after and (time.latest is None or truth <= time.latest[:10])


def _width(time: Time) -> int | None:
    """The days in the interval; None where an end is open."""
    if time.earliest is None or time.latest is None:
        return None
    apart = date.fromisoformat(time.latest[:10]) - date.fromisoformat(time.earliest[:10])
    return apart.days + 1


# --------------------------------------------------------------------------- errors


def errors(gold: Gold, found: Found) -> Iterator[str]:
    """Yields what is wrong, a line each, under a heading for each sort of error."""
    copy_group, origin = _gold_groups(gold, "copy_group"), _gold_groups(gold, "origin")
    yield from _under("copies", _wrong_pairs(_copies(found), copy_group))
    yield from _under("origins", _wrong_pairs(_origins(found), origin))
    real = {key: gold.tellings[key]["event"] for key in found.mentions}
    system = {key: found.event_of.get(key, key) for key in found.mentions}
    yield from _under("wrong joins of events", _wrong_joins(system, real, gold, found))
    yield from _under("events in pieces", _pieces(system, real, gold, found))
    yield from _under("reports whose telling of an event has no mention", _missed(gold, found))
    yield from _under("undated", _wrong_dates(gold, found))


def _under(heading: str, found: Iterable[str]) -> Iterator[str]:
    listed = list(found)
    yield f"== {heading}: {len(listed)}"
    yield from listed[:_SHOWN]
    if len(listed) > _SHOWN:
        yield f"   and {len(listed) - _SHOWN} more"


def _wrong_pairs(system: Grouping, real: Grouping) -> Iterator[str]:
    """Gold groups that are in pieces, and groups of the record that hold several gold ones."""
    for group in groups_of(real):
        pieces = groups_of({key: system[key] for key in group})
        if len(pieces) > 1:
            yield "apart: " + " | ".join(" ".join(sorted(piece)) for piece in pieces)
    for group in groups_of(system):
        pieces = groups_of({key: real[key] for key in group})
        if len(pieces) > 1:
            yield "joined: " + " | ".join(" ".join(sorted(piece)) for piece in pieces)


def _wrong_joins(
    system: Grouping, real: Mapping[str, str], gold: Gold, found: Found
) -> Iterator[str]:
    """Two gold events in one event of the record, once for each such pair of events."""
    seen = set()
    for a, b in combinations(sorted(real), 2):
        both = frozenset((real[a], real[b]))
        if system[a] == system[b] and len(both) == 2 and both not in seen:
            seen.add(both)
            yield f"{real[a]}+{real[b]}: {_telling(a, gold, found)} | {_telling(b, gold, found)}"


def _pieces(system: Grouping, real: Mapping[str, str], gold: Gold, found: Found) -> Iterator[str]:
    """An event of the gold that the record has in several, with the first telling of each."""
    for event in sorted(set(real.values())):
        first: dict[Hashable, str] = {}
        for key in sorted(real):
            if real[key] == event:
                first.setdefault(system[key], key)
        if len(first) > 1:
            told = " | ".join(_telling(key, gold, found) for key in first.values())
            yield f"{event} in {len(first)}: {told}"


def _missed(gold: Gold, found: Found) -> list[str]:
    """The kinds of the events that reports tell without a mention in the record, most first."""
    missing = _told(gold, gold.tellings) - _told(gold, found.mentions)
    words: dict[str, list[str]] = defaultdict(list)
    for telling in gold.tellings.values():
        if (telling["report"], telling["event"]) in missing:
            words[telling["kind"]].append(f"{telling['report']} “{telling['trigger_words']}”")
    ordered = sorted(words.items(), key=lambda one: (-len(one[1]), one[0]))
    return [f"{kind}, {len(told)}: {'; '.join(told[:_SHOWN])}" for kind, told in ordered]


def _telling(key: str, gold: Gold, found: Found) -> str:
    mention = found.mentions[key]
    kind = mention.desk_kind or mention.type
    return (
        f"{key} “{gold.tellings[key]['trigger_words']}” ({kind}, {mention.status}, "
        f"{mention.when.edtf or '?'}, {'+'.join(mention.source)}>{'+'.join(mention.target)})"
    )


def _wrong_dates(gold: Gold, found: Found) -> Iterator[str]:
    for key, row in gold.reports.items():
        if not row["undated"]:
            continue
        linked = found.dates.get(key)
        if linked is None:
            yield f"{key} not dated (truth {row['truth_published']})"
            continue
        held, width = _holds(linked.time, row["truth_published"]), _width(linked.time)
        if not held or width is None or width > _NARROW:
            sort = "wide" if held else "WRONG"
            reasons = " ".join(linked.reasons)
            yield f"{key} {sort}: {linked.time.edtf} (truth {row['truth_published']}). {reasons}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m evals.linking", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, default="dev")
    parser.add_argument("--errors", action="store_true", help="list what is wrong too (dev only)")
    given = parser.parse_args(arguments)
    if given.errors and given.part != "dev":
        parser.error("errors are for the dev part: what is read of the test part is spent")
    gold = read_gold(GOLD, given.part)
    found = find(GOLD, gold)
    print(json.dumps(figures(gold, found), indent=2))
    if given.errors:
        for line in errors(gold, found):
            print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
