"""Reports -> attributions: the shipped encoder run over windows of many reports at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from onnxruntime import InferenceSession, SessionOptions  # type: ignore[attr-defined]
from tokenizers import Tokenizer

from dateline.attribution.completing import complete
from dateline.attribution.decoding import Floats, Found, Head, decode
from dateline.attribution.windows import Window, cut_windows, read_words
from dateline.model import Analysis, Attribution, Report, Span


class TaggerError(Exception):
    """The attribution model could not be loaded; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Tagger:
    """A loaded model: the runtime's session, its tokenizer, and the tables of decoding."""

    session: Any
    tokenizer: Tokenizer
    head: Head


@cache
def load_tagger(folder: Path | None = None, threads: int = 1) -> Tagger:
    """The tagger in `folder` (default: the one that ships); raises TaggerError.

    One thread by default: sums are then made in one order, and a build may run many at once.
    """
    root = folder or Path(str(files("dateline.attribution").joinpath("model")))
    options = SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return Tagger(
            session=InferenceSession(
                str(root / "attribution.onnx"), options, providers=["CPUExecutionProvider"]
            ),
            tokenizer=Tokenizer.from_file(str(root / "tokenizer.json")),
            head=Head.read(root / "labels.json"),
        )
    except Exception as error:
        raise TaggerError(
            f"The attribution model in {root} cannot be read ({error}). Install Dateline again, or "
            f"give a folder that `python -m training.attribution` wrote."
        ) from error


def find_attributions(
    report: Report,
    analysis: Analysis,
    session: Tagger | None = None,
    ruled: Sequence[Attribution] = (),
) -> list[Attribution]:
    """The attributions of one report, by their content's place; none if it was not analysed.

    A report in another language has an empty analysis: the model reads English only. `ruled`
    are attributions found by rules, that fill what the tagger left open (`completing`).

    >>> from dateline.model import Token
    >>> text = '"We will wait," Mary Lee said on Monday.'
    >>> report = Report("rep_1", "a.txt", "", text, paragraphs=((0, len(text)),))
    >>> mark = Token(0, 1, '"', '"', "PUNCT", "``", "punct", 0)
    >>> analysis = Analysis(tokens=(mark,), children=((),))
    >>> found = find_attributions(report, analysis)
    >>> [[text[a:b] for a, b in spans] for spans in (found[0].source, found[0].cue)]
    [['Mary Lee'], ['said']]
    """
    if not analysis.tokens:
        return []
    tagged = next(tag_reports([report], session))[1]
    return complete(tagged, analysis, ruled)


def tag_reports(
    reports: Iterable[Report], tagger: Tagger | None = None
) -> Iterator[tuple[Report, list[Attribution]]]:
    """Yields each report with its attributions, in order, by their content's place.

    Every window runs by itself: int8 scales its inputs by the largest number in the call, so in
    a shared call the other reports would change what is found in this one. On one core that
    costs nothing (no padding either).
    """
    tagger = tagger or load_tagger()
    for report in reports:
        words = read_words(report.text, report.paragraphs, tagger.tokenizer)
        found: list[Attribution] = []
        for window in cut_windows(words):
            tags, links = run_window(window, tagger)
            found.extend(
                _attribution(one, window)
                for one in decode(tags, links, window.paragraphs, tagger.head)
            )
        yield report, sorted(found, key=lambda a: (a.content, a.cue, a.source))


def run_window(window: Window, tagger: Tagger) -> tuple[Floats, Floats]:
    """Tag scores [words, 7] and link vectors [words, 3 x 2 x 2 x 64] of one window."""
    pieces = np.asarray([window.pieces], np.int64)
    tags, links = tagger.session.run(
        ["tags", "links"],
        {
            "pieces": pieces,
            "features": np.asarray([window.features], np.int64),
            "mask": np.ones_like(pieces),
        },
    )
    firsts = np.asarray(window.firsts)
    return tags[0, firsts], links[0, firsts]


def _attribution(found: Found, window: Window) -> Attribution:
    return Attribution(
        source=_spans(found.source, window),
        cue=_spans(found.cue, window),
        content=_spans(found.content, window),
        confidence=round(found.confidence, 3),
    )


def _spans(ranges: Sequence[tuple[int, int]], window: Window) -> tuple[Span, ...]:
    return tuple((window.words[first][0], window.words[last][1]) for first, last in ranges)
