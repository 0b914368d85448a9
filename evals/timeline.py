"""Predictions for timelines: the days that a topic's articles tell most of, best first.

Articles of all sources of a topic are pooled, as the scorer says, and go through the product's
own stages: cleaning, language, times, actors, statements, events, copies. The days are ranked by
what the record holds of them; nothing is fitted to the topics.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.cleaning import clean
from dateline.desks import load_desk
from dateline.language import analyse
from dateline.linking.copies import find_copies
from dateline.model import Desk, RawItem, Report, Time
from dateline.pipeline import code


@dataclass(frozen=True, slots=True)
class Told:
    """What one article tells: when it came out, and the days of its sentences and its events.

    `sentences` has, for each sentence that names a day, its place in the story from 0 (the first
    words) to 1, and the days. `events` are the days of its mentions.
    """

    report: Report
    published: str
    sentences: tuple[tuple[float, tuple[str, ...]], ...]
    events: tuple[str, ...]


def predict(data: Path, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Yields `{"timeline": "<topic_source>/<stem>", "dates": [best first]}` for each timeline.

    `data` is a folder of `<topic>_<source>` folders, each with `articles.jsonl.gz` and `timelines/`.
    `limit` keeps the first so many articles of each folder, for a quick look.
    """
    desk = load_desk()
    topics: dict[str, list[Path]] = defaultdict(list)
    for folder in sorted(data.iterdir()):
        if (folder / "articles.jsonl.gz").is_file():
            topics[folder.name.split("_")[0]].append(folder)
    for topic in sorted(topics):
        items = (item for folder in topics[topic] for item in read_articles(folder, limit))
        dates = rank(list(read_told(items, desk)))
        for folder in topics[topic]:
            for timeline in sorted((folder / "timelines").glob("*.txt")):
                yield {"timeline": f"{folder.name}/{timeline.stem}", "dates": dates}


def read_articles(folder: Path, limit: int | None = None) -> Iterator[RawItem]:
    """Yields the folder's articles as a source would hand them over, in plain English spelling."""
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            row = json.loads(line)
            yield RawItem(
                raw=line.encode(),
                where=f"{folder.name}#{row['id']}",
                media="application/json",
                text=_plain(row["text"]),
                outlet=folder.name.partition("_")[2],
                published=row["time"],
            )


_TREEBANK = (("``", "“"), ("''", "”"), ("-LRB-", "("), ("-RRB-", ")"))


def _plain(text: str) -> str:
    """The text as it was before a treebank tokenizer split it.

    >>> _plain("He did n't say `` no '' -LRB- yet -RRB- .")
    'He didn’t say “no” (yet).'
    """
    for split, whole in _TREEBANK:
        text = text.replace(split, whole)
    text = re.sub(r" (n't|'(?:s|re|ve|ll|d|m))\b", lambda m: m[1].replace("'", "’"), text)
    text = re.sub(r" ([.,;:?!%)”’])", r"\1", text)
    return re.sub(r"([(“$£#‘]) ", r"\1", text)


def read_told(items: Iterable[RawItem], desk: Desk) -> Iterator[Told]:
    """Yields what each article tells, from the product's own stages."""
    reports = {report.id: report for report in (clean(item, desk) for item in items)}
    for report, analysis in analyse(reports.values()):
        coding = code(report, analysis, desk)
        by_sentence: dict[int, set[str]] = defaultdict(set)
        for time in coding.times:
            if time.words and (day := _day(time)):
                at = next(
                    (s.start for s in analysis.sentences if s.start <= time.words[0] < s.end), -1
                )
                by_sentence[at].add(day)
        length = max(1, len(report.text))
        sentences = tuple((at / length, tuple(sorted(d))) for at, d in sorted(by_sentence.items()))
        events = tuple(day for m in coding.mentions if (day := _day(m.when)))
        yield Told(report, report.published.earliest or "", sentences, events)


def _day(time: Time) -> str | None:
    """The day, where it is known to the day."""
    if time.earliest is None or time.latest is None or time.earliest[:10] != time.latest[:10]:
        return None
    return time.earliest[:10]


def rank(told: Sequence[Told]) -> list[str]:
    """The days, best first: by the sentences and events that tell of them, copies told once."""
    copied = {link.a for link in find_copies([t.report for t in told]) if link.score > 0.95}
    score: Counter[str] = Counter()
    for article in told:
        if article.report.id in copied:
            continue
        for _, days in article.sentences:
            for day in days:
                score[day] += 1
        for day in article.events:
            score[day] += 1
    return sorted(score, key=lambda day: (-score[day], day))
