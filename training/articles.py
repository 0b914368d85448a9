"""PolNeAR's articles and the gold of each window of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.attribution.decoding import LINKS, ROLES, Segment
from dateline.attribution.windows import Window
from dateline.model import Span

NOBODY, UNSEEN = -2, -1  # a gold link that has no answer; one whose answer is in another window


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text, its lines, and the gold attributions as {role: spans}."""

    name: str
    text: str
    paragraphs: tuple[Span, ...]
    attributions: tuple[dict[str, tuple[Span, ...]], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One window with gold: a tag for each word, segments, and who belongs to whom."""

    window: Window
    tags: tuple[int, ...]
    segments: dict[str, tuple[Segment, ...]]
    links: tuple[tuple[int, ...], ...]  # for each of LINKS and asker: who answers, NOBODY, UNSEEN


def read_articles(folder: Path) -> list[Article]:
    """The articles of a compartment; of several annotators the alphabetically first."""
    gold: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        gold.setdefault(path.stem.rsplit("_", 1)[0], path)
    articles = []
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        articles.append(
            Article(
                name=path.stem,
                text=text,
                paragraphs=tuple(m.span() for m in re.finditer(r"\S[^\n]*", text)),
                attributions=tuple(_read_brat(gold[path.stem], text)) if path.stem in gold else (),
            )
        )
    return articles


def _read_brat(path: Path, text: str) -> Iterator[dict[str, tuple[Span, ...]]]:
    spans: dict[str, list[Span]] = {}
    groups = []
    for line in path.read_text("utf-8").split("\n"):
        fields = line.split("\t")
        if len(fields) > 1 and re.match(r"T\d+$", fields[0]):
            offsets = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = [(int(a), int(b)) for a, b in (o.split() for o in offsets)]
        elif len(fields) > 1 and re.match(r"E\d+$", fields[0]):
            groups.append(fields[1].split())
    for group in groups:
        roles: dict[str, list[Span]] = {role: [] for role in ROLES}
        for argument in group:
            role, reference = argument.split(":")
            role = re.sub(r"\d+$", "", role).lower()
            if role in roles:
                roles[role] += spans.get(reference, [])
        if roles["content"]:
            yield {role: _joined(found, text) for role, found in roles.items()}


def _joined(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """Spans in order, those that only white space divides made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def make_example(window: Window, article: Article) -> Example:
    """The window with the gold that lies in it."""
    low, high = window.words[0][0], window.words[-1][1]
    tags = [0] * len(window.words)
    segments: dict[str, list[Segment]] = {role: [] for role in ROLES}
    known: dict[tuple[str, int, int], int] = {}

    def place(role: str, spans: Sequence[Span]) -> list[int]:
        numbers = []
        for span in spans:
            if span[1] <= low or span[0] >= high:
                continue
            for first, last in _word_runs(window, span):
                key = (role, first, last)
                if key not in known:
                    begin = 1 + 2 * ROLES.index(role)
                    if any(tags[first : last + 1]):
                        continue
                    tags[first] = begin
                    tags[first + 1 : last + 1] = [begin + 1] * (last - first)
                    known[key] = len(segments[role])
                    segments[role].append(Segment(role, first, last, 1.0))
                numbers.append(known[key])
        return numbers

    links: tuple[dict[int, int], ...] = ({}, {}, {})
    for attribution in article.attributions:
        placed = {role: place(role, attribution[role]) for role in ROLES}
        for answers, (asker, answer) in zip(links, LINKS, strict=True):
            gone = UNSEEN if attribution[answer] else NOBODY
            for number in placed[asker]:
                answers[number] = placed[answer][0] if placed[answer] else gone
    return Example(
        window=window,
        tags=tuple(tags),
        segments={role: tuple(found) for role, found in segments.items()},
        links=tuple(
            tuple(answers.get(number, UNSEEN) for number in range(len(segments[asker])))
            for answers, (asker, _) in zip(links, LINKS, strict=True)
        ),
    )


def _word_runs(window: Window, span: Span) -> list[tuple[int, int]]:
    """Word ranges that lie in `span` by at least half, one a paragraph."""
    runs: list[list[int]] = []
    for number, (start, end) in enumerate(window.words):
        shared = min(end, span[1]) - max(start, span[0])
        if shared * 2 >= end - start and shared > 0:
            fresh = not runs or window.paragraphs[runs[-1][1]] != window.paragraphs[number]
            if fresh:
                runs.append([number, number])
            else:
                runs[-1][1] = number
    return [(a, b) for a, b in runs]
