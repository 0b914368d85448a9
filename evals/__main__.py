"""python -m evals TASK DATA [--predictions OUT.jsonl]: predictions in the scorers' forms.

    python -m evals attribution ../shared/data/polnear/dev --predictions out.jsonl
    python -m evals all ../shared/data          every task, one table, into docs/evaluation.md
    python -m evals gate ../shared/data         the same, and fails below evals/floors.json

TASK is attribution, time, events, html, timeline or launches. DATA is any folder or file of the
form of that task's data in ../shared/data. `all` and `gate` take the scorers from DATA/../scorers.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

TASKS = ("attribution", "time", "events", "html", "timeline", "launches")


def predictions(task: str, data: Path) -> Iterator[str]:
    """The lines of the task's predictions on `data`, made by the product's own stages."""
    module = importlib.import_module(f"evals.{task}")
    made = module.predict(data)
    if isinstance(made, dict):  # html: one object for all pages
        yield json.dumps(made, ensure_ascii=False)
        return
    for line in made:
        yield json.dumps(line, ensure_ascii=False)


def write_predictions(task: str, data: Path, out: Path | None) -> int:
    """Writes the predictions to `out` or standard output; returns how many lines."""
    count = 0
    stream: Any = out.open("w", encoding="utf-8") if out else sys.stdout
    try:
        for line in predictions(task, data):
            stream.write(line + "\n")
            count += 1
    finally:
        if out:
            stream.close()
    return count


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m evals",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=[*TASKS, "all", "gate"])
    parser.add_argument("data", type=Path)
    parser.add_argument("--predictions", type=Path, help="where to write; else standard output")
    parser.add_argument(
        "--only", nargs="+", choices=TASKS, help="for all and gate: these tasks, nothing saved"
    )
    parser.add_argument(
        "--lower",
        action="store_true",
        help="for gate: pin today's figures as the new floors even where they are lower",
    )
    given = parser.parse_args(arguments)
    if not given.data.exists():
        parser.error(f"there is nothing at {given.data}: give a folder or file of the task's data")
    if given.task in TASKS:
        write_predictions(given.task, given.data, given.predictions)
        return 0
    from evals import table

    results = table.measure(given.data, given.only or TASKS)
    table.show(results)
    if given.task == "gate":
        return table.gate(results, lower=given.lower)
    if not given.only:
        table.save(results)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
