"""One table of all tasks, the floors under it, and the gate that keeps to them."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / "evals" / "floors.json"
DOCUMENT = ROOT / "docs" / "evaluation.md"
_START, _END = "<!-- table: python -m evals all -->", "<!-- end of table -->"


@dataclass(frozen=True, slots=True)
class Result:
    """A task's figures (0 to 1), what they were measured on, and how long that took."""

    task: str
    data: str
    data_hash: str
    seconds: float
    figures: dict[str, float]


def _run(script: Path, *arguments: object) -> str:
    done = subprocess.run(
        [sys.executable, str(script), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


_ATTRIBUTION = ("relaxed", "direct_relaxed", "exact_content", "token_content")


def _attribution(data: Path, predicted: Path, scorers: Path) -> dict[str, float]:
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        _run(scorers / "polnear_score.py", data, predicted, "--json", out.name)
        scores = json.loads(Path(out.name).read_text())
    return {f"{name}_f1": scores[name]["f1"] / 100 for name in _ATTRIBUTION}


def attribution_figures(
    data: Path, predictions: Sequence[Mapping[str, object]], scorers: Path
) -> dict[str, float]:
    """The scorer's F1 figures (0 to 1) for predictions on a PolNeAR compartment."""
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predictions.jsonl"
        predicted.write_text("".join(json.dumps(p) + "\n" for p in predictions), "utf-8")
        return _attribution(data, predicted, scorers)


def _time(data: Path, predicted: Path, scorers: Path) -> dict[str, float]:
    scores = json.loads(
        _run(scorers / "timex_score.py", "--gold", data, "--pred", predicted, "--json")
    )
    return {k: scores[k] for k in ("strict_f1", "relaxed_f1", "value_f1", "type_f1")}


def _events(data: Path, predicted: Path, scorers: Path) -> dict[str, float]:
    scores = json.loads(
        _run(scorers / "plover_score.py", "plv", "--gold", data, "--pred", predicted, "--json")
    )
    return {
        f"{level}_{figure}": scores[level][figure]
        for level in ("root", "quad", "binary")
        for figure in ("macro_f1", "accuracy")
        if level in scores
    }


def _html(data: Path, predicted: Path, _: Path) -> dict[str, float]:
    from evals.html import score

    return score(data, json.loads(predicted.read_text("utf-8")))


def _timeline(data: Path, predicted: Path, scorers: Path) -> dict[str, float]:
    said = _run(scorers / "tls_date_score.py", "--gold", data, "--pred", predicted)
    found = re.search(r"date P ([\d.]+) R ([\d.]+) F1 ([\d.]+)", said)
    assert found, said
    return dict(zip(("date_p", "date_r", "date_f1"), map(float, found.groups()), strict=True))


def _launches(data: Path, predicted: Path, _: Path) -> dict[str, float]:
    from evals.launches import score

    lines = [json.loads(line) for line in predicted.read_text("utf-8").splitlines()]
    scored = score(data, lines)
    return {name: getattr(scored, name) for name in ("state", "kind", "date", "count", "all_three")}


_MEASURES: dict[str, tuple[str, Callable[[Path, Path, Path], dict[str, float]]]] = {
    "attribution": ("polnear/dev", _attribution),
    "time": ("timebank", _time),
    "events": ("plover/PLV_train.tsv", _events),
    "html": ("html", _html),
    "timeline": ("timeline17", _timeline),
    "launches": ("korea/provocations_csis.csv", _launches),
}


def measure(shared: Path, tasks: Sequence[str]) -> list[Result]:
    """Runs each task on its data under `shared` and scores it."""
    from evals.__main__ import write_predictions

    results = []
    for task in tasks:
        below, scored = _MEASURES[task]
        data = shared / below
        if not data.exists():
            print(f"{task}: skipped, there is no {below} in {shared}", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as folder:
            predicted = Path(folder) / f"{task}.jsonl"
            started = time.monotonic()
            write_predictions(task, data, predicted)
            seconds = time.monotonic() - started
            figures = scored(data, predicted, shared.parent / "scorers")
        results.append(Result(task, below, _hash(data), round(seconds, 1), figures))
        print(f"{task}: {seconds:.0f} s", file=sys.stderr)
    return results


def show(results: Sequence[Result]) -> None:
    """Prints the table."""
    print(markdown(results))


def markdown(results: Sequence[Result]) -> str:
    """The table as Markdown: a row a figure."""
    lines = ["| task | data (hash) | figure | value | seconds |", "|---|---|---|---:|---:|"]
    for result in results:
        for number, (name, value) in enumerate(sorted(result.figures.items())):
            place = f"{result.data} ({result.data_hash})" if number == 0 else ""
            seconds = f"{result.seconds:.0f}" if number == 0 else ""
            task = result.task if number == 0 else ""
            lines.append(f"| {task} | {place} | {name} | {value:.3f} | {seconds} |")
    return "\n".join(lines)


def save(results: Sequence[Result]) -> None:
    """Puts the table into docs/evaluation.md, between its marks."""
    today = datetime.now(UTC).date().isoformat()
    table = f"{_START}\n\nMeasured on {today}.\n\n{markdown(results)}\n\n{_END}"
    text = DOCUMENT.read_text("utf-8") if DOCUMENT.exists() else f"# Evaluation\n\n{_START}{_END}\n"
    text = re.sub(
        re.escape(_START) + ".*?" + re.escape(_END), lambda _: table, text, flags=re.DOTALL
    )
    DOCUMENT.write_text(text, "utf-8")


def gate(results: Sequence[Result], *, lower: bool) -> int:
    """0 where no figure is under its floor; pins new floors only upwards, unless `lower`."""
    floors: dict[str, dict[str, float]] = (
        json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    )
    failed = 0
    for result in results:
        pinned = floors.setdefault(result.task, {})
        for name, value in result.figures.items():
            if name in pinned and value < pinned[name] - _NOISE and not lower:
                print(f"GATE {result.task} {name}: {value:.4f} is under its floor {pinned[name]}")
                failed += 1
            elif name in pinned:
                better = round(value - pinned[name], 4)
                print(f"ok   {result.task} {name}: {value:.4f} ({better:+})")
    if lower:
        for result in results:
            floors[result.task] = {
                name: round(result.figures[name], 4)
                for name in _PINNED.get(result.task, result.figures)
                if name in result.figures
            }
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", "utf-8")
    return 1 if failed else 0


_NOISE = 5e-4  # floors are kept to four places, and int8 sums differ a little between processors
# What a floor is kept under: the figures that an issue names, not every row of a table.
_PINNED = {"timeline": ("date_f1",), "html": ("f1",)}


def _hash(data: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(data.rglob("*")) if data.is_dir() else [data]:
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]
