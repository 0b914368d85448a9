"""The lemmas of phrases and clauses as one line of text, in which wordings are looked for."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.events import syntax
from dateline.events.rows import word_list
from dateline.model import Analysis

_CARRIES_OBJECT = ("prep", "dative", "agent", "prt")


def text_of(analysis: Analysis, indices: Iterable[int]) -> str:
    """Lemmas joined by single spaces and a space at both ends, without hyphens and articles."""
    lemmas = (_plain(analysis.tokens[i].lemma) for i in indices)
    return " " + " ".join(word for lemma in lemmas for word in lemma.split()) + " "


def _plain(lemma: str) -> str:
    return lemma.lower().replace("-", " ").replace("–", " ").replace("‐", " ").strip()


def any_in(phrases: Iterable[str], text: str) -> bool:
    return any(
        f" {phrase.replace('-', ' ')} " in text or f" {phrase.replace('-', ' ')}s " in text
        for phrase in phrases
    )


def direct_text(analysis: Analysis, verb: int) -> str:
    indices = [t for o in syntax.objects(analysis, verb) for t in syntax.noun_phrase(analysis, o)]
    return text_of(analysis, indices) if indices else ""


def core_text(analysis: Analysis, verb: int) -> str:
    """What the verb is done to, without what hangs behind it."""
    indices: list[int] = []
    for thing in syntax.objects(analysis, verb):
        first, last = syntax.core(analysis, thing)
        indices += range(first, last + 1)
        if syntax.lemma(analysis, thing) in word_list("gathering"):  # "a handful of songs"
            indices += syntax.under(analysis, thing, "of")
    return text_of(analysis, indices)


def verb_text(analysis: Analysis, verb: int, with_subject: bool = True) -> str:
    """What the verb is done to, with its prepositional phrases; its subject if it has no object."""
    heads = syntax.objects(analysis, verb)
    indices = [t for o in heads for t in with_apposition(analysis, o)]
    for prep in syntax.kids(analysis, verb, *_CARRIES_OBJECT):
        indices += syntax.below(analysis, prep)
    if not heads and with_subject:
        indices += [
            t for s in syntax.subjects(analysis, verb) for t in syntax.noun_phrase(analysis, s)
        ]
    return text_of(analysis, sorted(set(indices)))


def wide_text(analysis: Analysis, verb: int) -> str:
    """All that a verb's clause says, for events that all take part in; and what it is ready to do."""
    indices = [t for o in syntax.objects(analysis, verb) for t in syntax.noun_phrase(analysis, o)]
    for child in analysis.children[verb]:
        if analysis.tokens[child].dep in (*_CARRIES_OBJECT, "xcomp", "acomp"):
            indices += all_below(analysis, child)
    indices += [t for s in syntax.subjects(analysis, verb) for t in with_apposition(analysis, s)]
    return text_of(analysis, sorted({*indices, verb}))


def all_below(analysis: Analysis, head: int) -> list[int]:
    return syntax.below(analysis, head, clauses=True)


def with_apposition(analysis: Analysis, head: int) -> list[int]:
    """A noun phrase with what is said of it beside: "2 missiles, likely Scuds", "called the ..."."""
    found = syntax.noun_phrase(analysis, head)
    beside = syntax.kids(analysis, head, "appos")
    verb = analysis.tokens[head].head
    if syntax.is_verb(analysis, verb):  # "a rocket, the satellite X": an apposition gone astray
        strayed = syntax.kids(analysis, verb, "npadvmod")
        beside += [c for c in strayed if c > head and analysis.tokens[c].pos == "PROPN"]
    for child in beside:
        found += syntax.noun_phrase(analysis, child)
    for child in syntax.kids(analysis, head, "acl"):
        if syntax.lemma(analysis, child) in word_list("naming"):
            found += all_below(analysis, child)
    return sorted(found)
