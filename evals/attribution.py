"""How well attributions are read, on PolNeAR's form: predictions for scorers/polnear_score.py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dateline.language import analyse
from dateline.model import Report, Span, content_id
from dateline.statements import find_attributions

_PARAGRAPH = re.compile(r"\S[^\n]*")


def predict(data: Path) -> Iterator[dict[str, Any]]:
    """Yields `{"doc", "attributions": [{"source", "cue", "content"}]}` for each text/*.txt.

    Offsets are code points of the file as it is; every line that is not empty is a paragraph.
    """
    for report, analysis in analyse(read_reports(data)):
        yield {
            "doc": report.where,
            "attributions": [
                {
                    "source": _lists(attribution.source),
                    "cue": _lists(attribution.cue),
                    "content": _lists(attribution.content),
                }
                for attribution in find_attributions(report, analysis)
            ],
        }


def read_reports(data: Path) -> Iterator[Report]:
    """Yields a report for each text/*.txt of a PolNeAR compartment."""
    for path in sorted((data / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        yield Report(
            id=content_id("rep", path.stem, text),
            where=path.stem,
            sha256="",
            text=text,
            language="en",
            paragraphs=tuple(match.span() for match in _PARAGRAPH.finditer(text)),
        )


def _lists(spans: Sequence[Span]) -> list[list[int]]:
    return [[start, end] for start, end in spans]
