"""python -m evals.attribution_peers DATA: what ships, the rules alone and textacy, in one run.

DATA is a PolNeAR compartment (text/, attributions/). Prints the scorer's figures for each, ours by
kind of cue and content, and words a second of each on one core beside a bare `nlp.pipe` of the
same pipeline. textacy is there after `uv sync --group peers`; without it its row is left out.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dateline.language import analyse, load_pipeline
from dateline.model import Analysis, Attribution, Report, Span
from dateline.pipeline import find_attributions
from dateline.statements import find_attributions as by_rules
from evals.attribution import breakdown, prediction, read_reports
from evals.table import attribution_figures

_FIGURES = ("relaxed_f1", "direct_relaxed_f1", "exact_content_f1", "token_content_f1")


def by_textacy(report: Report, _: Analysis) -> list[Attribution]:
    """textacy's direct quotations, fed a paragraph at a time (an odd mark costs it only that)."""
    direct_quotations = import_module("textacy.extract").direct_quotations
    nlp = load_pipeline()
    found = []
    for start, end in report.paragraphs:
        try:
            quotations = list(direct_quotations(nlp(report.text[start:end])))
        except ValueError:  # an odd number of quotation marks
            continue
        for quotation in quotations:

            def spans(tokens: Any, start: int = start) -> tuple[Span, ...]:
                return tuple((start + t.idx, start + t.idx + len(t)) for t in tokens)

            found.append(
                Attribution(
                    source=_joined(spans(quotation.speaker)),
                    cue=_joined(spans(quotation.cue)),
                    content=_joined(spans(quotation.content)),
                )
            )
    return found


def _joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans of tokens that stand side by side, as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start - out[-1][1] <= 1:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def _systems() -> Iterator[tuple[str, Callable[[Report, Analysis], list[Attribution]]]]:
    yield "what ships (encoder, rules beside it)", find_attributions
    yield "the rules alone", by_rules
    if find_spec("textacy"):
        yield "textacy, a paragraph at a time", by_textacy
    else:
        print("textacy is not installed: uv sync --group peers")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.attribution_peers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--scorers", type=Path, help="default: DATA/../../../scorers")
    given = parser.parse_args()
    scorers = given.scorers or given.data.resolve().parents[2] / "scorers"
    reports = list(read_reports(given.data))
    words = sum(len(r.text.split()) for r in reports)
    load_pipeline()
    started = time.perf_counter()
    for _ in load_pipeline().pipe(r.text[a:b] for r in reports for a, b in r.paragraphs):
        pass
    bare = time.perf_counter() - started
    analyses = list(analyse(reports))
    print("| system | " + " | ".join(_FIGURES) + " | words a second |")
    print("|---|" + "---:|" * (len(_FIGURES) + 1))
    kinds: dict[str, Any] = {}
    for name, attribute in _systems():
        started = time.perf_counter()
        predictions = [prediction(report, attribute(report, a)) for report, a in analyses]
        speed = words / (time.perf_counter() - started)
        figures = attribution_figures(given.data, predictions, scorers)
        row = " | ".join(f"{100 * figures[key]:.1f}" for key in _FIGURES)
        print(f"| {name} | {row} | {speed:,.0f} |")
        kinds = kinds or breakdown(given.data, predictions)
    print(f"| bare `nlp.pipe` | | | | | {words / bare:,.0f} |")
    print("\n| kind of cue, of content | recall | precision | gold |\n|---|---:|---:|---:|")
    for kind, scored in kinds.items():
        recall, precision = (100 * scored[key] for key in ("recall", "precision"))
        print(f"| {kind} | {recall:.1f} | {precision:.1f} | {scored['gold']:.0f} |")
    print("\n" + json.dumps({"documents": len(reports), "words": words}))


if __name__ == "__main__":
    main()
