"""Which actor of the record a user's words mean."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.model import Actor, DatelineError


class UnknownActorError(DatelineError):
    """No actor, or more than one, goes by that name; the message says what to give instead."""


def find_actor(wanted: str, actors: Mapping[str, Actor]) -> str:
    """The id of the actor that goes by `wanted`: an id, a name, an alias or a surname.

    The first of these that fits one actor alone decides. Raises UnknownActorError.
    """
    if wanted in actors:
        return wanted
    folded = wanted.casefold()
    ways = (
        lambda a: folded == a.name.casefold(),
        lambda a: folded in (alias.casefold() for alias in a.aliases),
        lambda a: a.state is not None and a.type == "state" and folded == a.state.casefold(),
        lambda a: folded in a.name.casefold().split(),
    )
    for fits in ways:
        found = sorted(a.id for a in actors.values() if fits(a))
        # A bare surname in one report is an actor of its own; it is not what a user means
        # where a whole name fits too.
        found = [i for i in found if "@" not in i] or found
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownActorError(
                f"{len(found)} actors go by {wanted!r}. Give one of: {', '.join(found[:8])}"
                + (" …" if len(found) > 8 else "")
            )
    near = sorted({a.name for a in actors.values() if folded[:4] in a.name.casefold()})
    raise UnknownActorError(
        f"No actor in this record goes by {wanted!r}."
        + (f" Near it: {', '.join(near[:8])}." if near else "")
    )
