"""Who spoke: how often the product's speakers are those of the hand-judged `evals/gold/speakers.jsonl`.

    python -m evals.speakers ../shared/data             the figures, with how many items stand behind
    python -m evals.speakers ../shared/data --errors    and each error of the even half

Reads the stories that the set needs from DATA (`korea/kcna.jsonl.gz` and `reports/`), codes them by
the product's own stages, and pairs each judged content with the statement whose content overlaps it
best, one to one. `evals/gold/README.md` says how the set was drawn and judged. Items with an odd
number are the test half: their figures are shown, their errors never are.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.cleaning import clean
from dateline.desks import load_desk
from dateline.language import analyse
from dateline.model import Problem, RawItem, Span, Statement, words
from dateline.pipeline import code
from dateline.sources import read_all

GOLD = Path(__file__).parent / "gold" / "speakers.jsonl"
SOURCES = ("korea/kcna.jsonl.gz", "reports")

# Two contents are the same from half of their joint characters on, as in PolNeAR's relaxed match:
# a lost adverb or "that" must not hide the speaker.
_SAME = 0.5

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A judged item and the product's statement on it, if it made one; `text` is the story's."""

    row: Row
    statement: Statement | None
    text: str = ""

    @property
    def speaker(self) -> str | None:
        """The speaker that the product gives."""
        return self.statement.speaker if self.statement else None

    @property
    def right(self) -> bool:
        """Whether the speaker is the judged one, or another that the judgement accepts."""
        return self.speaker == self.row["speaker"] or self.speaker in self.row["also"]


def measure(shared: Path) -> dict[str, float]:
    """The figures, as shares of 1, each followed by the number of items that it is a share of.

    `shared` is the folder with `korea/` and `reports/`. Raises FileNotFoundError without them.
    """
    figures: dict[str, float] = {}
    for name, share, count in _table(answer(shared)):
        figures[name] = share
        figures[f"{name}, of"] = float(count)
    return figures


# --------------------------------------------------------------------------- answers


def answer(shared: Path, gold: Path = GOLD) -> list[Answer]:
    """Each judged item with the statement that the product makes of the same words."""
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    asked: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        asked[row["text_sha256"]].append(row)
    desk = load_desk()
    found: dict[str, Answer] = {}
    reports = [clean(item, desk) for item in _stories(shared, asked)]
    for report, analysis in analyse(reports):
        statements = code(report, analysis, desk).statements
        wanted = asked[_sha256(report.text)]
        for row, statement in pair(wanted, statements):
            found[row["id"]] = Answer(row, statement, report.text)
    return [found[row["id"]] for row in rows]


def _stories(shared: Path, asked: Mapping[str, Sequence[Row]]) -> Iterator[RawItem]:
    """The stories asked for, each once, though the data has many under several addresses."""
    missing = [name for name in SOURCES if not (shared / name).exists()]
    if missing:
        raise FileNotFoundError(
            f"there is no {missing[0]} in {shared}: give the shared data folder"
        )
    waiting = set(asked)
    for item in read_all([shared / name for name in SOURCES]):
        if isinstance(item, Problem):
            continue
        key = _sha256(item.text)
        if key in waiting:
            waiting.discard(key)
            yield item
    if waiting:
        raise FileNotFoundError(f"{len(waiting)} of the judged stories are not in {shared}")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def pair(
    rows: Sequence[Row], statements: Sequence[Statement]
) -> Iterator[tuple[Row, Statement | None]]:
    """Each row with the statement of the same content, best first, no statement twice."""
    scored = sorted(
        (
            (-_overlap(row["content"], statement.content), i, j)
            for i, row in enumerate(rows)
            for j, statement in enumerate(statements)
        ),
    )
    taken: dict[int, int] = {}
    for score, i, j in scored:
        if -score >= _SAME and i not in taken and j not in taken.values():
            taken[i] = j
    for i, row in enumerate(rows):
        yield row, statements[taken[i]] if i in taken else None


def _overlap(a: Sequence[Sequence[int]], b: Sequence[Span]) -> float:
    """Characters in both as a share of those in either."""
    ours = {at for start, end in a for at in range(start, end)}
    theirs = {at for start, end in b for at in range(start, end)}
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0


# --------------------------------------------------------------------------- figures

_BANDS: tuple[tuple[str, float, float], ...] = (
    ("below .5", -1.0, 0.5),
    (".5 to .8", 0.5, 0.8),
    ("above .8", 0.8, 2.0),
)
_WORDS = ("name", "pronoun", "office", "body", "document", "people", "none")

Line = tuple[str, float, int]


def _table(answers: Sequence[Answer]) -> list[Line]:
    """The figures: name, share, and of how many."""
    valid = [a for a in answers if a.row["valid"]]
    given = [a for a in valid if a.speaker]
    # "given" rows were drawn because a speaker was given: they say nothing of what is left out.
    drawn = [a for a in answers if a.row["draw"] != "given"]
    known = [a for a in drawn if a.row["speaker"]]
    unknown = [a for a in drawn if a.row["valid"] and not a.row["speaker"]]
    found = [_share("speaker right where given", given, _right)]
    for half in ("even", "odd"):
        part = [a for a in given if _half(a.row) == half]
        found.append(_share(f"speaker right where given, {half} half", part, _right))
    for source in ("reports", "kcna"):
        part = [a for a in given if a.row["source"] == source]
        found.append(_share(f"speaker right where given, {source}", part, _right))
        part = [a for a in known if a.row["source"] == source]
        found.append(_share(f"known speakers found, {source}", part, _right))
    told = [a for a in answers if a.speaker]
    found += [
        _share("speaker right where given, no attribution counted wrong", told, _right),
        _share("known speakers found", known, _right),
        _share("nulls right", [a for a in unknown if a.statement], _right),
        _share("contents found", [a for a in drawn if a.row["valid"]], _has_statement),
        _share(
            "KCNA draw that is no attribution",
            [a for a in drawn if a.row["source"] == "kcna"],
            lambda a: not a.row["valid"],
        ),
        _share(
            "no attribution that is told as one",
            [a for a in drawn if not a.row["valid"]],
            _has_statement,
        ),
    ]
    for name, least, below in _BANDS:
        part = [a for a in given if least <= _confidence(a) < below]
        found.append(_share(f"speaker right where given, confidence {name}", part, _right))
    for kind in _WORDS:
        part = [a for a in given if a.row["words"] == kind]
        found.append(_share(f"speaker right where given, source {kind}", part, _right))
        part = [a for a in known if a.row["words"] == kind]
        found.append(_share(f"known speakers found, source {kind}", part, _right))
    return [line for line in found if line[2]]


def _share(name: str, answers: Sequence[Answer], holds: Callable[[Answer], bool]) -> Line:
    count = sum(1 for a in answers if holds(a))
    return name, count / len(answers) if answers else 0.0, len(answers)


def _right(a: Answer) -> bool:
    return bool(a.row["valid"]) and a.right


def _has_statement(a: Answer) -> bool:
    return a.statement is not None


def _confidence(a: Answer) -> float:
    return (a.statement.confidence if a.statement else None) or 0.0


def _half(row: Row) -> str:
    return "odd" if int(row["id"].rpartition("-")[2]) % 2 else "even"


# --------------------------------------------------------------------------- command line


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.speakers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data", type=Path, help="the shared data folder")
    parser.add_argument("--errors", action="store_true", help="list the even half's errors")
    given = parser.parse_args(arguments)
    try:
        answers = answer(given.data)
    except FileNotFoundError as error:
        print(f"skipped: {error}")
        return 0
    for name, share, count in _table(answers):
        print(f"{name:<62}{share:>6.1%} of {count}")
    if given.errors:
        print()
        for line in _errors(answers):
            print(line)
    return 0


def _errors(answers: Iterable[Answer]) -> Iterator[str]:
    for a in answers:
        if a.right or a.statement is None or not a.row["valid"] or _half(a.row) == "odd":
            continue
        s = a.statement
        yield (
            f"{a.row['id']} {'WRONG' if s.speaker else 'open '} found {s.speaker}, "
            f"meant {a.row['speaker']} ({a.row['speaker_name']}); confidence {s.confidence}; "
            f"source “{words(a.text, s.speaker_words)}”, cue “{words(a.text, s.cue)}”\n"
            f"    {' '.join(words(a.text, s.content).split())[:160]}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
