"""Predictions for dates: TimeML documents through the product's own language and times stages."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.language import analyse
from dateline.model import UNKNOWN_TIME, Analysis, Report, Sentence, Span, Time, content_id
from dateline.times import find_times

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def predict(data: Path, *, parse: bool = True) -> Iterator[dict[str, Any]]:
    """Yields a line `{"doc", "timexes": [{"start", "end", "type", "value"}]}` for each document.

    `data` is one TimeML file or a folder of them. Offsets count from the first character of the
    text in <TEXT>, as `timex_score.py` defines them; the document creation time is `published`.
    Without `parse` the times stage is given paragraphs and nothing of the language stage, which
    is what its own speed is measured by.
    """
    reports = read_reports(data)
    for report, analysis in analyse(reports) if parse else map(_unparsed, reports):
        timexes = [
            {"start": t.words[0], "end": t.words[1], "type": t.timex_type, "value": t.timex_value}
            for t in find_times(report, analysis, stretches=False)
            if t.words is not None
        ]
        yield {"doc": report.where, "timexes": timexes}


def read_reports(data: Path) -> Iterator[Report]:
    """Yields the TimeML file, or those in the folder by name, as reports; `where` is the stem."""
    for path in sorted(data.glob("*.tml")) if data.is_dir() else [data]:
        if path.name.startswith("._"):
            continue
        root = ET.parse(path).getroot()
        body = next(root.iter("TEXT"))
        text = "".join(body.itertext())
        yield Report(
            id=content_id("rep", text),
            where=path.stem,
            sha256="",
            text=text,
            language="en",
            published=_creation_time(root),
            paragraphs=_paragraphs(text),
        )


def _unparsed(report: Report) -> tuple[Report, Analysis]:
    """The report with an analysis that has its paragraphs for sentences and no tokens."""
    spans = enumerate(report.paragraphs)
    sentences = tuple(Sentence(start, end, 0, 0, 0, number) for number, (start, end) in spans)
    return report, Analysis(sentences=sentences)


def _creation_time(root: ET.Element) -> Time:
    for dct in root.iter("DCT"):
        for timex in dct.iter("TIMEX3"):
            if day := _DAY.match(timex.get("value") or ""):
                return Time(edtf=day[0], earliest=day[0], latest=day[0], basis="stated")
    return UNKNOWN_TIME


def _paragraphs(text: str) -> tuple[Span, ...]:
    """The spans between blank lines, without white space at their ends."""
    return tuple((m.start(), m.start() + len(m[0].rstrip())) for m in _PARAGRAPH.finditer(text))
