"""How well attributions are read, on PolNeAR's form: predictions for scorers/polnear_score.py."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dateline.language import analyse
from dateline.model import Analysis, Attribution, Report, Span, content_id
from dateline.pipeline import find_attributions

_PARAGRAPH = re.compile(r"\S[^\n]*")


Attribute = Callable[[Report, Analysis], list[Attribution]]


def predict(data: Path, attribute: Attribute = find_attributions) -> Iterator[dict[str, Any]]:
    """Yields `{"doc", "attributions": [{"source", "cue", "content"}]}` for each text/*.txt.

    Offsets are code points of the file as it is; every line that is not empty is a paragraph.
    `attribute` is what a build uses: the encoder that ships, with the rules beside it.
    """
    for report, analysis in analyse(read_reports(data)):
        yield prediction(report, attribute(report, analysis))


def prediction(report: Report, attributions: Iterable[Attribution]) -> dict[str, Any]:
    """The line of one article in the scorer's form."""
    return {
        "doc": report.where,
        "attributions": [
            {"source": _lists(a.source), "cue": _lists(a.cue), "content": _lists(a.content)}
            for a in attributions
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


Gold = dict[str, tuple[Span, ...]]

_SAYING = re.compile(
    r"(?:said|says?|saying|told|tells?|telling|add(?:ed|s|ing)?|wrote|writes?|writing|argu(?:ed|es|ing)"
    r"|announc(?:ed|es|ing)|stat(?:ed|es|ing)|report(?:ed|s|ing)|tweet(?:ed|s|ing)|not(?:ed|es|ing)"
    r"|ask(?:ed|s|ing)|explain(?:ed|s|ing)|repl(?:ied|ies|ying)|claim(?:ed|s|ing)|declar(?:ed|es|ing))"
)
_MARKS = re.compile("[“”\"«»]|''")


def breakdown(data: Path, predictions: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Relaxed recall and precision by kind of cue and of content.

    Kinds of cue: "saying" (a verb of speech), "according" and "other"; of content: "direct" (with
    quotation marks) and "indirect". A gold attribution and a predicted one match as in the
    scorer's relaxed figure, one to one.
    """
    gold_counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    found_counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for prediction in predictions:
        text = (data / "text" / f"{prediction['doc']}.txt").read_bytes().decode("utf-8")
        path = min((data / "attributions").glob(f"{prediction['doc']}_*.ann"))
        gold, found = read_annotations(path), list(prediction["attributions"])
        pairs = _matched(gold, found)
        for counts, items, hits in (
            (gold_counts, gold, {g for g, _ in pairs}),
            (found_counts, found, {f for _, f in pairs}),
        ):
            for place, item in enumerate(items):
                counts[_kind(text, item)][0] += place in hits
                counts[_kind(text, item)][1] += 1
    return {
        kind: {
            "recall": gold_counts[kind][0] / max(gold_counts[kind][1], 1),
            "precision": found_counts[kind][0] / max(found_counts[kind][1], 1),
            "gold": gold_counts[kind][1],
            "predicted": found_counts[kind][1],
        }
        for kind in sorted({*gold_counts, *found_counts})
    }


def _kind(text: str, item: Mapping[str, Any]) -> str:
    cue = " ".join(text[start:end] for start, end in item["cue"]).lower()
    content = "".join(text[max(start - 2, 0) : end + 2] for start, end in item["content"])
    if "according" in cue:
        word = "according"
    else:
        word = "saying" if any(map(_SAYING.fullmatch, re.findall(r"\w+", cue))) else "other"
    return f"{word}, {'direct' if len(_MARKS.findall(content)) >= 2 else 'indirect'}"


def _matched(gold: Sequence[Gold], found: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    pairs = []
    gold_words = [{role: _characters(spans) for role, spans in each.items()} for each in gold]
    for f, each in enumerate(found):
        content, source = _characters(each["content"]), _characters(each["source"])
        for g, true in enumerate(gold_words):
            both = len(content & true["content"])
            share = both / len(content | true["content"]) if both else 0.0
            sources = bool(source & true["source"]) or not (source or true["source"])
            if share >= 0.5 and sources:
                pairs.append((-share, f, g))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, f, g in sorted(pairs):
        if f not in taken and g not in matched:
            matched[g] = f
            taken.add(f)
    return sorted(matched.items())


def _characters(spans: Iterable[Sequence[int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def read_annotations(path: Path) -> list[Gold]:
    """The attributions of a brat standoff file, as spans by role."""
    spans: dict[str, list[Span]] = {}
    found: list[Gold] = []
    for line in path.read_text("utf-8").split("\n"):
        fields = line.split("\t")
        if fields[0].startswith("T") and len(fields) > 1:
            pieces = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = [(int(a), int(b)) for a, b in (piece.split() for piece in pieces)]
        elif fields[0].startswith("E") and len(fields) > 1:
            roles: dict[str, list[Span]] = {"source": [], "cue": [], "content": []}
            for argument in fields[1].split():
                role, _, reference = argument.partition(":")
                role = role.rstrip("0123456789").lower()
                if role in roles:
                    roles[role] += spans.get(reference, [])
            if roles["content"]:
                found.append({role: tuple(sorted(each)) for role, each in roles.items()})
    return found
