"""python -m benchmarks DATA [--limit N]: the whole build beside a bare parse, in one run.

DATA is anything that `dateline build` reads. Bare `nlp.pipe` of the same pipeline runs over the
same paragraphs in batches of the same size, in this process, before the build; then each stage by
itself over the first reports. Prints Markdown for docs/performance.md.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dateline.actors import find_actors
from dateline.cleaning import clean
from dateline.desks import load_desk
from dateline.events import find_mentions
from dateline.language import analyse, load_pipeline
from dateline.model import Problem, Report
from dateline.pipeline import build, find_attributions
from dateline.sources import read_all
from dateline.statements import find_statements
from dateline.store import open_record, read
from dateline.times import find_times

_STAGED = 200  # reports over which single stages are timed


def bare_parse(texts: list[str]) -> tuple[float, int]:
    """Seconds and tokens of `nlp.pipe` over `texts`."""
    nlp = load_pipeline()
    started = time.perf_counter()
    tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
    return time.perf_counter() - started, tokens


def stage_seconds(reports: list[Report]) -> dict[str, float]:
    """Seconds each stage takes over `reports`."""
    desk = load_desk("korea")
    spent: defaultdict[str, float] = defaultdict(float)

    def timed(stage: str, call: Callable[..., Any], *arguments: object) -> Any:
        started = time.perf_counter()
        result = call(*arguments)
        spent[stage] += time.perf_counter() - started
        return result

    for report, analysis in timed("language", lambda: list(analyse(reports))):
        times = timed("times", find_times, report, analysis)
        actors = timed("actors", find_actors, report, analysis, desk)
        tagged = timed("attribution", find_attributions, report, analysis)
        said = timed("statements", find_statements, report, analysis, actors, times, tagged)
        timed("events", find_mentions, report, analysis, actors, times, said, desk)
    return dict(spent)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data")
    parser.add_argument("--limit", type=int, help="only the first so many reports")
    given = parser.parse_args()
    desk = load_desk("korea")
    items = [i for i in read_all([given.data]) if not isinstance(i, Problem)][: given.limit]
    started = time.perf_counter()
    reports = [clean(item, desk) for item in items]
    cleaning = time.perf_counter() - started
    texts = [r.text[start:end] for r in reports for start, end in r.paragraphs]
    load_pipeline()
    bare, tokens = bare_parse(texts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.dateline"
        inputs = [given.data]
        if given.limit:
            kept = Path(folder) / "reports"
            kept.mkdir()
            for number, item in enumerate(items):
                (kept / f"{number:06}.txt").write_text(item.text, "utf-8")
            inputs = [str(kept)]
        phases: dict[str, float] = {}
        last = started = time.perf_counter()

        def advance(phase: str, done: int, total: int | None) -> None:
            nonlocal last
            now = time.perf_counter()
            phases[phase] = phases.get(phase, 0.0) + now - last
            last = now

        summary = build(inputs, path, progress=advance)
        whole = time.perf_counter() - started
        size = path.stat().st_size
        with open_record(path) as record, record.reading() as connection:
            problems = Counter(p.stage for p in read.problems(connection))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    per_stage = stage_seconds(reports[:_STAGED])
    print("| | reports a second | tokens a second | seconds | times bare `nlp.pipe` |")
    print("|---|---:|---:|---:|---:|")
    for name, seconds in (("bare `nlp.pipe`", bare), ("whole build", whole)):
        print(
            f"| {name} | {len(reports) / seconds:.1f} | {tokens / seconds:.0f} | {seconds:.1f} "
            f"| {bare / seconds:.2f} |"
        )
    print(
        f"\n{len(reports)} reports, {tokens} tokens; record {size / 1e6:.1f} MB; peak {peak:.0f} MB."
    )
    print(
        f"Phases: {', '.join(f'{k} {v:.1f} s' for k, v in phases.items())}; cleaning {cleaning:.1f} s."
    )
    print(f"Counts: {', '.join(f'{v} {k}' for k, v in summary.counts.items())}.")
    print(f"Problems: {dict(problems) or 'none'}.")
    total = sum(per_stage.values())
    print(f"\nStages over {min(_STAGED, len(reports))} reports:\n")
    print("| stage | seconds | share |\n|---|---:|---:|")
    for stage, seconds in per_stage.items():
        print(f"| {stage} | {seconds:.1f} | {seconds / total:.0%} |")


if __name__ == "__main__":
    main()
