"""What an event is coded as, and the words of a sentence that tell it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dateline.model import Analysis, Desk, DeskKind, Sentence, Span


@dataclass(frozen=True, slots=True)
class Coding:
    """What type of event it is.

    `onto` are the prepositions that bring in its target; `needs_target` says that without a
    target there is no event.
    """

    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    kind: DeskKind | None = None
    reciprocal: bool = False
    onto: tuple[str, ...] = ()
    needs_target: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell an event. Token indices.

    `verb` is the predicate whose subject and objects take part: the telling verb itself, or the
    light verb over an event noun; None for a noun that stands by itself. `noun` is the event
    noun. `things` are the heads of what a verb is done to, where only some of it is this event's. `told_by` are
    other sentences without which it would not be known.
    """

    tokens: tuple[int, ...]
    coding: Coding
    verb: int | None = None
    noun: int | None = None
    things: tuple[int, ...] = ()
    told_by: tuple[Span, ...] = ()

    @property
    def head(self) -> int:
        """The token that the event hangs on in the parse."""
        if self.noun is not None:
            return self.noun
        assert self.verb is not None
        return self.verb


Typing = Callable[[Analysis, Sentence, Desk], list[Trigger]]


def coding_of(kind: DeskKind) -> Coding:
    return Coding(
        type=kind.type,
        mode=kind.mode,
        contexts=kind.contexts,
        cameo=kind.cameo,
        kind=kind,
        reciprocal=kind.reciprocal,
        onto=_ONTO_BY_TYPE.get(kind.type, ("on", "against", "to", "with")),
    )


_ONTO_BY_TYPE: Mapping[str, tuple[str, ...]] = {
    "MOBILIZE": (),
    "CONSULT": ("with", "between", "among", "of"),
    "COOPERATE": ("with", "between", "among"),
    "ACCUSE": ("against", "of", "for", "over"),
    "COERCE": ("on", "against", "of", "into", "to"),
    "AGREE": ("with", "to"),
    "REJECT": ("with", "from", "of", "by"),
    "ASSAULT": ("on", "at", "against", "into", "of"),
}
