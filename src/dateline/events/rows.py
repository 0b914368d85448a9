"""lexicon/plover.toml as values: its rows in the order that they are tried, and its word lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.events.codings import Coding
from dateline.lexicon import load


@dataclass(frozen=True, slots=True)
class Row:
    coding: Coding
    verbs: Mapping[str, tuple[tuple[str, ...], ...]]
    objects: tuple[str, ...]
    nouns: frozenset[str]
    unless: tuple[str, ...]
    bound: bool
    held: bool
    transitive: bool
    intransitive: bool
    accident: tuple[str, ...]
    adjectives: frozenset[str]
    persons: bool
    doers: frozenset[str]


@cache
def rows() -> tuple[Row, ...]:
    rows = [_row(entry) for entry in load("plover")["rows"]]
    return tuple(sorted(rows, key=lambda row: not row.objects))  # stable: rows with objects first


def _row(entry: Mapping[str, Any]) -> Row:
    verbs: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in entry["verbs"]:
        first, *rest = words.split()
        verbs[first] = (*verbs.get(first, ()), tuple(rest))
    return Row(
        coding=Coding(
            type=entry["type"],
            mode=entry.get("mode"),
            contexts=tuple(entry.get("contexts", ())),
            cameo=entry.get("cameo"),
            reciprocal=entry.get("reciprocal", False),
            onto=tuple(entry.get("onto", ())),
        ),
        verbs=verbs,
        objects=tuple(entry.get("objects", ())),
        nouns=frozenset(entry.get("nouns", ())),
        unless=tuple(entry.get("unless", ())),
        bound=entry.get("bound", False),
        held=entry.get("held", False),
        transitive=entry.get("transitive", False),
        intransitive=entry.get("intransitive", False),
        accident=tuple(entry.get("accident", ())),
        adjectives=frozenset(entry.get("adjectives", ())),
        persons=entry.get("persons", False),
        doers=frozenset(entry.get("doers", ())),
    )


@cache
def word_list(name: str) -> frozenset[str]:
    """One of the lexicon's plain lists ("light", "things")."""
    return frozenset(load("plover")[name])


@cache
def rows_by_verb() -> Mapping[str, tuple[Row, ...]]:
    index: dict[str, list[Row]] = {}
    for row in rows():
        for lemma in row.verbs:
            index.setdefault(lemma, []).append(row)
    return {lemma: tuple(rows) for lemma, rows in index.items()}


@cache
def last_noun_words() -> frozenset[str]:
    return frozenset(noun.split()[-1] for row in rows() for noun in row.nouns)
