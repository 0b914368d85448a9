"""How the events stage does on the hand-labelled sets of `evals/gold` (its README says what they are).

    python -m evals.gold_events              both halves, and all together
    python -m evals.gold_events --errors     and each error of the even half

Beside what the product finds (alarms, status, codebook) stand three figures that say where the
rest is lost: `triggers` (status of the words that tell an event, parties or not), `given` (status
where the event's words are pointed out) and `marked` (codebook, parties pointed out, as PLV is read).

The odd half is the test: its figures are shown, its errors never are, so that nothing is mended
by looking at it. Each sentence is coded as a report of its own, with the Korea desk, by the
product's own stages.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from dateline.desks import load_desk
from dateline.events import Coding, Trigger, find_triggers
from dateline.events.status import find_status
from dateline.events.syntax import mend
from dateline.language import analyse
from dateline.model import UNKNOWN_TIME, Analysis, Mention, Report, Span, Time, content_id, words
from dateline.pipeline import code
from evals.events import plover_type, predict  # the one rule that joins type and status

GOLD = Path(__file__).parent / "gold"

Half = Literal["even", "odd", "all"]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was to be found in a sentence and what was: `None` is no event."""

    row: Row
    gold: str | None
    found: str | None
    note: str = ""

    @property
    def right(self) -> bool:
        return self.gold == self.found


def measure(folder: Path = GOLD) -> dict[str, float]:
    """The figures of the three sets, 0 to 1, each for both halves: "status.odd.macro_f1_all"."""
    return _figures(_answers(folder))


def _figures(answers: Mapping[str, Sequence[_Answer]]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, given in answers.items():
        for half in ("even", "odd", "all"):
            part = [a for a in given if half in ("all", _half(a.row))]
            for figure, value in _SCORES[name](part):
                figures[f"{name}.{half}.{figure}"] = value
    return figures


def _answers(folder: Path) -> dict[str, list[_Answer]]:
    return {
        "alarms": list(_alarms(_rows(folder / "alarms.jsonl"))),
        "status": list(_status(_rows(folder / "status.jsonl"))),
        "triggers": list(_status_of_words(_rows(folder / "status.jsonl"), given=False)),
        "given": list(_status_of_words(_rows(folder / "status.jsonl"), given=True)),
        "codebook": list(_codebook(_rows(folder / "codebook.jsonl"))),
        "marked": list(_marked(_rows(folder / "codebook.jsonl"))),
    }


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _half(row: Row) -> Half:
    return "odd" if int(row["id"].rpartition("-")[2]) % 2 else "even"


# --------------------------------------------------------------------------- coding


def _coded(rows: Sequence[Row]) -> Iterator[tuple[Row, Report, Sequence[Mention]]]:
    """Each row with its sentence as a report and what the product finds in it."""
    desk = load_desk("korea")
    reports = [_report(row) for row in rows]
    done: dict[str, Sequence[Mention]] = {}
    for row, (report, analysis) in zip(rows, analyse(reports), strict=True):
        if report.id not in done:
            coding = code(report, analysis, desk)
            if coding.problems:
                raise RuntimeError(f"{row['id']}: {coding.problems[0].why}")
            done[report.id] = coding.mentions
        yield row, report, done[report.id]


def _report(row: Row) -> Report:
    text, day = row["text"], row.get("published")
    return Report(
        id=content_id("rep", text, day),
        where=row["id"],
        sha256="",
        text=text,
        language="en",
        published=Time(edtf=day, earliest=day, latest=day, basis="stated") if day else UNKNOWN_TIME,
        paragraphs=((0, len(text)),),
    )


def _alarms(rows: Sequence[Row]) -> Iterator[_Answer]:
    for row, report, mentions in _coded(rows):
        told = ", ".join(f"{m.type} “{words(report.text, m.trigger)}”" for m in mentions)
        yield _Answer(row, None, mentions[0].type if mentions else None, told)


def _status(rows: Sequence[Row]) -> Iterator[_Answer]:
    told: dict[str, tuple[Report, Sequence[Mention], list[Row]]] = {}
    for row, report, mentions in _coded(rows):
        told.setdefault(report.id, (report, mentions, []))[2].append(row)
    for report, mentions, asked in told.values():
        matched = _matched(report, mentions, asked)
        for row in asked:
            mention = matched.get(row["id"])
            if mention is None:
                yield _Answer(row, row["status"], None, f"“{row['trigger']}” not found")
            else:
                note = f"{mention.type} “{words(report.text, mention.trigger)}”"
                yield _Answer(row, row["status"], mention.status, note)


def _matched(
    report: Report, mentions: Sequence[Mention], rows: Sequence[Row]
) -> Mapping[str, Mention]:
    """The mention of each row whose words it is told by; no mention answers for two rows.

    One that joins two rows ("scrapped … drill") answers for that whose status it has, and the
    other is missed.
    """
    pairs = []
    for row in rows:
        place = _occurrence(report.text, row["trigger"], row["nth"])
        for mention in mentions:
            common = _common(mention.trigger, place)
            if common:
                covered = common / (place[1] - place[0])
                pairs.append((covered, mention.status == row["status"], common, row, mention))
    matched: dict[str, Mention] = {}
    taken: set[str] = set()
    for *_, row, mention in sorted(pairs, key=lambda pair: pair[:3], reverse=True):
        if row["id"] not in matched and mention.id not in taken:
            matched[row["id"]] = mention
            taken.add(mention.id)
    return matched


def _status_of_words(rows: Sequence[Row], *, given: bool) -> Iterator[_Answer]:
    """Status by the stage's triggers alone; where there is none and the words are `given`, by them."""
    desk = load_desk("korea")
    reports = [_report(row) for row in rows]
    for row, (report, parsed) in zip(rows, analyse(reports), strict=True):
        analysis = mend(parsed)
        place = _occurrence(report.text, row["trigger"], row["nth"])
        triggers = [t for s in analysis.sentences for t in find_triggers(analysis, s, desk)]
        told = max(triggers, key=lambda t: _common(_spans(analysis, t), place), default=None)
        if told is not None and _common(_spans(analysis, told), place):
            yield _Answer(row, row["status"], find_status(analysis, told), told.coding.type)
        elif given:
            told = _pointed_out(analysis, place)
            yield _Answer(row, row["status"], find_status(analysis, told), "not a trigger")
        else:
            yield _Answer(row, row["status"], None, f"“{row['trigger']}” not found")


def _spans(analysis: Analysis, trigger: Trigger) -> list[Span]:
    return [(analysis.tokens[i].start, analysis.tokens[i].end) for i in trigger.tokens]


def _pointed_out(analysis: Analysis, place: Span) -> Trigger:
    """The words at `place` as a trigger, of whatever type: the one that governs the others tells."""
    within = [i for i, t in enumerate(analysis.tokens) if place[0] <= t.start and t.end <= place[1]]
    head = next(i for i in within if analysis.tokens[i].head not in within or _is_root(analysis, i))
    verbal = analysis.tokens[head].pos in ("VERB", "AUX", "ADJ")
    coding = Coding(type="CONSULT")
    if verbal:
        return Trigger(tokens=tuple(within), coding=coding, verb=head)
    return Trigger(tokens=tuple(within), coding=coding, noun=head)


def _is_root(analysis: Analysis, index: int) -> bool:
    return analysis.tokens[index].head == index


def _codebook(rows: Sequence[Row]) -> Iterator[_Answer]:
    for row, report, mentions in _coded(rows):
        source = _occurrence(report.text, row["source"])
        target = _occurrence(report.text, row["target"])

        def fit(m: Mention, source: Span = source, target: Span = target) -> int:
            """The parties' fit alone: of two mentions that fit alike the first stands."""
            return bool(_common(m.source_words, source)) + bool(_common(m.target_words, target))

        told = max(mentions, key=fit, default=None)
        if told is None:
            yield _Answer(row, row["root"], None)
        else:
            note = f"{told.status} “{words(report.text, told.trigger)}”"
            yield _Answer(row, row["root"], _root(plover_type(told.type, told.status)), note)


def _marked(rows: Sequence[Row]) -> Iterator[_Answer]:
    """The codebook as `evals events` reads a PLV table, parties given: to be set beside PLV."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "codebook.tsv"
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["uid", "marked_sentence"], delimiter="\t")
            writer.writeheader()
            writer.writerows({"uid": row["id"], "marked_sentence": _marks(row)} for row in rows)
        found = {line["id"]: _root(line["root"]) for line in predict(table)}
    for row in rows:
        yield _Answer(row, row["root"], found.get(row["id"]), "parties given")


def _marks(row: Row) -> str:
    text = str(row["text"])
    spans = [(_occurrence(text, row["source"]), "s"), (_occurrence(text, row["target"]), "t")]
    for (start, end), mark in sorted(spans, reverse=True):
        text = f"{text[:start]}<{mark}>{text[start:end]}</{mark}>{text[end:]}"
    return text


def _root(type_: str) -> str:
    """PLOVER 2.0's type as the older PLV data names it."""
    return "YIELD" if type_ in ("CONCEDE", "RETREAT") else type_


def _occurrence(text: str, phrase: str, nth: int = 0) -> Span:
    """The span of the `nth` occurrence of `phrase` as whole words.

    >>> _occurrence("Oman met Omani exiles; Oman paid", "Oman", 1)
    (23, 27)
    """
    return [m.span() for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)][nth]


def _common(spans: Iterable[Span], other: Span) -> int:
    return sum(max(0, min(end, other[1]) - max(start, other[0])) for start, end in spans)


# --------------------------------------------------------------------------- scoring


def _score_alarms(answers: Sequence[_Answer]) -> Iterator[tuple[str, float]]:
    yield "false_alarms", _share(not a.right for a in answers)
    for domain in sorted({a.row["domain"] for a in answers}):
        yield domain, _share(not a.right for a in answers if a.row["domain"] == domain)


def _score_status(answers: Sequence[_Answer]) -> Iterator[tuple[str, float]]:
    found = [a for a in answers if a.found]
    yield "recall", len(found) / len(answers)
    yield "accuracy", _share(a.right for a in found)
    yield "macro_f1", _macro(found)
    yield "macro_f1_all", _macro(answers)
    yield from _f1(found).items()


def _score_codebook(answers: Sequence[_Answer]) -> Iterator[tuple[str, float]]:
    yield "recall", _share(a.found is not None for a in answers)
    yield "accuracy", _share(a.right for a in answers)
    yield "macro_f1", _macro(answers)
    yield from _f1(answers).items()


_SCORES: dict[str, Callable[[Sequence[_Answer]], Iterator[tuple[str, float]]]] = {
    "alarms": _score_alarms,
    "status": _score_status,
    "triggers": _score_status,
    "given": _score_status,
    "codebook": _score_codebook,
    "marked": _score_codebook,
}


def _share(flags: Iterable[bool]) -> float:
    given = list(flags)
    return sum(given) / len(given) if given else 0.0


def _f1(answers: Sequence[_Answer]) -> dict[str, float]:
    """F1 of each label of the gold; a mention that was not found is no label's false positive."""
    gold = Counter(a.gold for a in answers)
    found = Counter(a.found for a in answers)
    right = Counter(a.gold for a in answers if a.right)
    return {g: 2 * right[g] / (gold[g] + found[g]) for g in sorted(filter(None, gold))}


def _macro(answers: Sequence[_Answer]) -> float:
    each = _f1(answers)
    return sum(each.values()) / len(each) if each else 0.0


# --------------------------------------------------------------------------- showing


def _show(figures: Mapping[str, float]) -> None:
    print(f"{'':28}{'even':>8}{'odd':>8}{'all':>8}")
    for name in figures:
        group, half, figure = name.split(".")
        if half == "all":
            values = (figures.get(f"{group}.{h}.{figure}") for h in ("even", "odd", "all"))
            shown = "".join(f"{'':>8}" if v is None else f"{v:8.3f}" for v in values)
            print(f"{group + ' ' + figure:28}{shown}")


def _show_errors(answers: Mapping[str, Sequence[_Answer]]) -> None:
    for name, given in answers.items():
        wrong = [a for a in given if _half(a.row) == "even" and not a.right]
        print(f"\n{name}: {len(wrong)} errors of the even half")
        for pair, count in Counter((a.gold, a.found) for a in wrong).most_common():
            print(f"  {count:3} {pair[0] or '-'} -> {pair[1] or '-'}")
        for a in wrong:
            print(f"{a.row['id']} {a.gold or '-'} -> {a.found or '-'} | {a.note} | {a.row['text']}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.gold_events",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, nargs="?", default=GOLD)
    parser.add_argument("--errors", action="store_true", help="list the errors of the even half")
    given = parser.parse_args(arguments)
    answers = _answers(given.folder)
    _show(_figures(answers))
    if given.errors:
        _show_errors(answers)


if __name__ == "__main__":
    main()
