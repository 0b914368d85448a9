"""How well the article text of web pages is read, in the form of the article-extraction-benchmark.

`DATA` holds `<page id>.html.gz` (or `.html`) files and, for scoring, `ground-truth.json`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from statistics import mean

from dateline.model import RawItem
from dateline.sources import read_all

_WORD = re.compile(r"\w+")
_SHINGLE = 4


def predict(data: Path) -> dict[str, dict[str, str]]:
    """`{"<page id>": {"articleBody": text}}` of a page or a folder of them; "" where none is read."""
    predictions: dict[str, dict[str, str]] = {}
    pages = [data] if data.is_file() else [*data.glob("*.html.gz"), *data.glob("*.html")]
    for path in sorted(pages):
        texts = [item.text for item in read_all([path]) if isinstance(item, RawItem)]
        page = path.name.removesuffix(".gz").removesuffix(".html")
        predictions[page] = {"articleBody": "\n".join(texts)}
    return predictions


def score(data: Path, predictions: Mapping[str, Mapping[str, str]]) -> dict[str, float]:
    """Precision, recall and F1 over bags of 4-word shingles, the benchmark's own measure.

    Precision is the mean over pages with a prediction, recall over pages with a true text, F1 is
    of these two means (scrapinghub/article-extraction-benchmark, evaluate.py).
    """
    truth = json.loads((data / "ground-truth.json").read_text("utf-8"))
    precisions: list[float] = []
    recalls: list[float] = []
    for page in sorted(truth):
        true = _shingles(truth[page].get("articleBody", ""))
        predicted = _shingles(predictions.get(page, {}).get("articleBody", ""))
        shared = (true & predicted).total()
        if predicted:
            precisions.append(shared / predicted.total())
        if true:
            recalls.append(shared / true.total())
    precision, recall = mean(precisions or [0.0]), mean(recalls or [0.0])
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "pages": float(len(truth))}


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(
        tuple(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1)) if words
    )
