"""Full text search of the reports: passages, each with its exact span."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, text

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"  # noncharacters: FTS5 puts them round what matched
_ROUND = 140  # code points of text shown on either side of what matched


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that were searched for, where they stand, and the text round them."""

    report: str
    start: int
    end: int
    before: str
    words: str
    after: str


def fts_query(words: str) -> str:
    """`words` as an FTS5 query: the phrase, or else all of its words; quotes make a phrase.

    >>> fts_query('early warning')
    '("early warning") OR ("early" AND "warning")'
    >>> fts_query('"early warning" Japan')
    '"early warning" AND "Japan"'
    """
    phrases = [m[1] or m[2] for m in re.finditer(r'"([^"]*)"|([^\s"]+)', words)]
    terms = [f'"{p.strip()}"' for p in phrases if re.search(r"\w", p)]
    if not terms:
        return ""
    if len(terms) > 1 and '"' not in words:
        return f'("{" ".join(t.strip(chr(34)) for t in terms)}") OR ({" AND ".join(terms)})'
    return " AND ".join(terms)


def search(connection: Connection, words: str, limit: int = 20) -> list[Passage]:
    """The passages that hold `words`, best report first, at most one passage a report.

    The passage shown is the one in which most of the words stand closest together.
    """
    query = fts_query(words)
    if not query:
        return []
    rows = connection.execute(
        text(
            "SELECT report.id AS id, report.text AS text, "
            "highlight(report_words, 1, :open, :close) AS marked "
            "FROM report_words JOIN report ON report.number = report_words.rowid "
            "WHERE report_words MATCH :query ORDER BY rank, report.id LIMIT :limit"
        ),
        {"open": _OPEN, "close": _CLOSE, "query": query, "limit": limit},
    )
    found = []
    for row in rows:
        start, end = _densest(_marked_spans(row.marked))
        found.append(
            Passage(
                report=row.id,
                start=start,
                end=end,
                before=row.text[max(0, start - _ROUND) : start],
                words=row.text[start:end],
                after=row.text[end : end + _ROUND],
            )
        )
    return found


def _marked_spans(marked: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for shift, match in enumerate(re.finditer(f"[{_OPEN}{_CLOSE}]", marked)):
        at = match.start() - shift
        if match[0] == _OPEN:
            start = at
        else:
            spans.append((start, at))
    return spans


def _densest(spans: list[tuple[int, int]]) -> tuple[int, int]:
    if not spans:  # only the title matched
        return (0, 0)
    best = max(
        range(len(spans)), key=lambda i: sum(0 <= s[0] - spans[i][0] < _ROUND for s in spans)
    )
    # A phrase is marked as one span; words apart are shown from the first of the cluster.
    return spans[best]
