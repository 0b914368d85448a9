"""The public objects by kind, and their fields read leniently: what is amiss is taken for absent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.model import Span

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """The objects by kind and id, as given."""

    reports: dict[str, Fields]
    actors: dict[str, Fields]
    statements: dict[str, Fields]
    mentions: dict[str, Fields]
    events: dict[str, Fields]
    problems: list[Fields]

    @classmethod
    def of(cls, objects: Iterable[Fields]) -> Given:
        """The objects sorted into their kinds; those of no known kind are passed over."""
        by_kind: dict[str, dict[str, Fields]] = defaultdict(dict)
        problems = []
        for thing in objects:
            kind = thing.get("kind")
            if kind == "problem":
                problems.append(thing)
            elif isinstance(kind, str) and thing.get("id"):
                by_kind[kind][str(thing["id"])] = thing
        return cls(
            reports=by_kind["report"],
            actors=by_kind["actor"],
            statements=by_kind["statement"],
            mentions=by_kind["mention"],
            events=by_kind["event"],
            problems=problems,
        )


def spans(value: object) -> list[Span]:
    """The spans in a field that holds one, several, or none.

    >>> spans([3, 5]), spans([[3, 5], [7, 9]]), spans(None)
    ([(3, 5)], [(3, 5), (7, 9)], [])
    """
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        return []
    if len(value) == 2 and all(isinstance(n, int) for n in value):
        return [(value[0], value[1])]
    return [span for item in value for span in spans(item)]


def ids(value: object) -> list[str]:
    """The ids in a field: one, several, or objects that hold one each."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, Sequence):
        return []
    found = [
        item.get("id") or item.get("statement") if isinstance(item, Mapping) else item
        for item in value
    ]
    return [str(item) for item in found if item]


def objects(value: object) -> list[Fields]:
    """The objects in a field that holds a list of them."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    return [item for item in value if isinstance(item, Mapping)]


def time(value: object) -> Fields:
    """A time, empty where there is none."""
    return value if isinstance(value, Mapping) else {}


def texts(value: object) -> tuple[str, ...]:
    """The sentences in a field that holds a list of them."""
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else ()


def furniture(report: Fields) -> list[tuple[int, int, str]]:
    """What stands in a report but is not the story: start, end and kind."""
    found = []
    given = report.get("furniture")
    for item in given if isinstance(given, list | tuple) else ():
        if isinstance(item, list | tuple) and len(item) == 3:
            start, end, kind = item
            if isinstance(start, int) and isinstance(end, int):
                found.append((start, end, re.sub(r"\W", "", str(kind))))
    return found


def anchor(id: str) -> str:
    """An id as an address on the page: letters, digits and a few marks only.

    >>> anchor("ev_12"), anchor("a b")
    ('ev_12', 'a-20-b')
    """
    return re.sub(r"[^A-Za-z0-9_.-]", lambda match: f"-{ord(match[0]):x}-", id)


def shortened(text: str, length: int) -> str:
    """The text, cut at a word where it is longer than `length`.

    >>> shortened("one two three", 9)
    'one two …'
    """
    if len(text) <= length:
        return text
    return (text[: length + 1].rpartition(" ")[0] or text[:length]) + " …"
