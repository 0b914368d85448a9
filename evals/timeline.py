"""Predictions for timelines: the days that a topic's articles tell most of, best first.

Articles of all sources of a topic are pooled, as the scorer says, and go through the product's
own stages: cleaning, language, times, actors, statements, events, copies. A day counts by the
reports that tell of it, by a date in their words or by an event that they place on it.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.cleaning import clean
from dateline.desks import load_desk
from dateline.language import analyse
from dateline.linking.copies import find_copies
from dateline.model import Desk, RawItem, Report, Time
from dateline.pipeline import code

# Days after which a report tells of what it still finds worth telling, not of the news. Date-F1 on
# the eight shared timelines is .78 to .80 for anything from 2 to 30 days, .76 without this.
_LATER = 7


@dataclass(frozen=True, slots=True)
class Told:
    """What one article tells: the days that its words name or its events are on."""

    report: Report
    days: frozenset[str]


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
        times = [*coding.times, *(mention.when for mention in coding.mentions)]
        yield Told(report, frozenset(day for time in times if (day := _day(time))))


def _day(time: Time) -> str | None:
    """The day, where it is known to the day."""
    if time.earliest is None or time.latest is None or time.earliest[:10] != time.latest[:10]:
        return None
    return time.earliest[:10]


def rank(told: Sequence[Told]) -> list[str]:
    """The days, best first: by how many reports tell of them, and how many still do a week later.

    A copy tells nothing that its original does not.
    """
    copies = {link.a for link in find_copies([t.report for t in told]) if link.kind == "copy"}
    now: Counter[str] = Counter()
    later: Counter[str] = Counter()
    for article in told:
        if article.report.id not in copies:
            now.update(article.days)
            later.update(day for day in article.days if _age(article.report, day) >= _LATER)
    most_now, most_later = max(now.values(), default=1), max(later.values(), default=1)
    score = {day: now[day] / most_now + later[day] / most_later for day in now}
    return sorted(score, key=lambda day: (-score[day], day))


def _age(report: Report, day: str) -> int:
    """How many days before the report came out that day was; 0 where its date is not known."""
    if report.published.earliest is None:
        return 0
    published = date.fromisoformat(report.published.earliest[:10])
    return (published - date.fromisoformat(day)).days
