"""One event, one trigger: two words that tell the same event in a clause are made one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from dateline.events import syntax
from dateline.events.codings import Trigger
from dateline.model import Analysis


def merged(analysis: Analysis, triggers: Sequence[Trigger]) -> list[Trigger]:
    """The triggers, two that tell one event in one clause made one ("conducted a test launch")."""
    kept: list[Trigger] = []
    for trigger in triggers:
        if any(_spoken_of(analysis, k, trigger) for k in kept):
            continue
        same = next((k for k in kept if _one_event(analysis, k, trigger)), None)
        if same is None:
            kept.append(trigger)
        else:
            kept[kept.index(same)] = _joined(same, trigger)
    return kept


def _spoken_of(analysis: Analysis, over: Trigger, trigger: Trigger) -> bool:
    """Whether talks are only what an offer of them is about ("is willing to talk")."""
    kind = over.coding.kind
    if kind is None or kind.type != "AGREE" or not kind.objects:
        return False
    tokens = trigger.tokens
    return trigger.coding.type == "CONSULT" and any(
        above in over.tokens for above in islice(syntax.ancestors(analysis, max(tokens)), 6)
    )


def _one_event(analysis: Analysis, a: Trigger, b: Trigger) -> bool:
    if a.noun is not None and a.verb is None and b.noun is None and b.verb is not None:
        return a.noun in syntax.objects(analysis, b.verb) and a.coding.type == b.coding.type
    shared = a.verb is not None and a.verb == b.verb
    if shared and (a.noun is None or b.noun is None) and not (a.things and b.things):
        return True
    if a.coding.type != b.coding.type:
        return False
    if a.coding.kind and b.coding.kind and a.coding.kind.id != b.coding.kind.id and not shared:
        return False
    if a.verb is None or b.verb is not None:
        # Two nouns: one event only where one hangs on the other ("the launch test of ...").
        return (
            b.noun is not None
            and a.noun is not None
            and analysis.tokens[b.noun].head == a.noun
            and b.noun < a.noun
        )
    if a.noun is None and b.noun is not None:
        # "met for talks", "fired a missile in a test": the noun stands in the verb's own clause.
        return _hangs_on(analysis, b.noun, a.verb)
    return False


def _hangs_on(analysis: Analysis, noun: int, verb: int | None) -> bool:
    """Whether a noun is the verb's object, or under "for", "in", "at" right at it."""
    token = analysis.tokens[noun]
    if token.dep == "dobj":
        return token.head == verb
    prep = analysis.tokens[token.head]
    return token.dep == "pobj" and prep.head == verb and prep.text.lower() in ("for", "in", "at")


def _joined(a: Trigger, b: Trigger) -> Trigger:
    """Two triggers of one event as one: the desk's kind wins, then the first."""
    coding = b.coding if a.coding.kind is None and b.coding.kind is not None else a.coding
    noun, verb = a.noun, a.verb
    if noun is None and b.verb == a.verb and coding.type == b.coding.type:
        noun = b.noun  # "ended the strike" is no strike
    if verb is None:
        verb = b.verb
    tokens = tuple(sorted({*a.tokens, *b.tokens}))
    return replace(a, coding=coding, tokens=tokens, noun=noun, verb=verb)
