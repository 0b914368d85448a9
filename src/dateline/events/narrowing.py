"""Which kind of thing it was, where only the sentences around the telling one say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.events import syntax
from dateline.events.codings import Trigger, coding_of
from dateline.events.rows import word_list
from dateline.events.texts import all_below, any_in, text_of
from dateline.model import Analysis, Desk, DeskKind, Sentence

_POINTING = frozenset(
    {"the", "these", "those", "both", "each", "all", "it", "they", "first", "this", "that"}
)
_SAME = frozenset({"the", "these", "those", "both"})


def narrowed(
    analysis: Analysis,
    trigger: Trigger,
    before: Sequence[Sentence],
    after: Sequence[Sentence],
    desk: Desk,
) -> tuple[Trigger, Sentence] | None:
    """The trigger with the narrower kind that a sentence near by makes of its own, and that sentence.

    "North Korea fired two missiles. They were Scuds.": a sentence of `after` that speaks of what
    was counted and says what it is. "A rocket carrying a satellite fell. The North had launched
    the rocket": one of `before` that names the same thing. Words of exactly one of the kind's
    `narrower` kinds must stand there; else None.
    """
    kind = trigger.coding.kind
    if kind is None or not kind.narrower:
        return None
    for sentence in after:
        fitting = _fitting(_said_to_be(analysis, sentence, kind), kind, desk)
        if fitting is not None:
            return replace(trigger, coding=coding_of(fitting)), sentence
    for sentence in reversed(before):
        fitting = _fitting(_named_before(analysis, trigger, sentence), kind, desk)
        if fitting is not None:
            return replace(trigger, coding=coding_of(fitting)), sentence
    return None


def _fitting(text: str, kind: DeskKind, desk: Desk) -> DeskKind | None:
    found = [k for k in desk.kinds if k.id in kind.narrower and any_in(k.objects, text)]
    return found[0] if len(found) == 1 else None


def _said_to_be(analysis: Analysis, sentence: Sentence, kind: DeskKind) -> str:
    """What a sentence says that the counted things are, or nothing."""
    root = sentence.root
    says = syntax.lemma(analysis, root) in word_list("saying_what")
    if not says or not _speaks_of(analysis, root, kind):
        return ""
    return text_of(analysis, range(root, sentence.last))


def _named_before(analysis: Analysis, trigger: Trigger, sentence: Sentence) -> str:
    """What an earlier sentence says of the thing that "the rocket" means, or nothing."""
    for thing in trigger.things:
        first = analysis.tokens[syntax.core(analysis, thing)[0]].text.lower()
        if first not in _SAME:
            continue
        lemma = syntax.lemma(analysis, thing)
        for index in range(sentence.first, sentence.last):
            token = analysis.tokens[index]
            if token.pos in ("NOUN", "PROPN") and syntax.lemma(analysis, index) == lemma:
                indices = set(syntax.noun_phrase(analysis, index))
                for clause in syntax.kids(analysis, index, "acl"):
                    indices |= set(all_below(analysis, clause))
                return text_of(analysis, sorted(indices))
    return ""


def _speaks_of(analysis: Analysis, root: int, kind: DeskKind) -> bool:
    for subject in syntax.kids(analysis, root, "nsubj", "nsubjpass"):
        first = syntax.core(analysis, subject)[0]
        points = analysis.tokens[first].text.lower() in _POINTING
        pronoun = analysis.tokens[subject].text.lower() in ("it", "they", "both")
        if pronoun or (points and syntax.lemma(analysis, subject) in kind.counted):
            return True
    return False
