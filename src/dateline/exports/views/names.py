"""Actors as they are named and coloured on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.exports import lanes, wording
from dateline.exports.views.fields import Fields, ids

# The hues in report.css, h0 to h7. None of them is a red or a green.
_HUES = 8


@dataclass(frozen=True, slots=True)
class Tag:
    """An actor as a letter code in its hue; -1 is no hue."""

    name: str
    code: str
    hue: int


@dataclass(frozen=True, slots=True)
class Names:
    """The actors of a record by id."""

    actors: dict[str, Fields]

    def name(self, id: str) -> str:
        """An actor's name, its id where the record has none."""
        return str(self.actors.get(id, {}).get("name") or id.removeprefix("state:"))

    def speaker(self, statement: Fields) -> str | None:
        """The name of who said it, `None` where that is not told."""
        id = statement.get("speaker")
        return self.name(str(id)) if id else None

    def lane(self, id: str) -> str:
        """The lane an actor's doings stand in: its state's, else its own."""
        state = self.actors.get(id, {}).get("state")
        return f"state:{state}" if state else id

    def each(self, actors: Iterable[str]) -> tuple[str, ...]:
        """The actors, each once; in place of a group those in it, where the record has them all."""
        each: list[str] = []
        for id in actors:
            members = ids(self.actors.get(id, {}).get("members"))
            each += members if members and all(m in self.actors for m in members) else [id]
        return tuple(dict.fromkeys(each))

    def lanes(self, actors: Iterable[str]) -> tuple[str, ...]:
        """The lanes of several actors, each once, in their order."""
        return tuple(dict.fromkeys(self.lane(id) for id in self.each(actors)))

    def tag(self, lane: str) -> Tag:
        """The letters and the hue of a lane."""
        if not lane:
            return Tag("actor not told", "?", -1)
        name = self.name(lane)
        if re.fullmatch(r"state:[A-Z]{3}", lane):
            code = lane[6:]
        else:
            capital = [word for word in re.findall(r"\w+", name) if word[0].isupper()]
            initials = [word if word.isupper() and len(word) > 1 else word[0] for word in capital]
            code = "".join(initials)[:5] or name[:3]
        return Tag(name, code, lanes.hue(lane, _HUES))

    def tags(self, actors: Iterable[str]) -> tuple[Tag, ...]:
        """The tags of several actors, one for each lane."""
        return tuple(self.tag(lane) for lane in self.lanes(actors))

    def spoken_of(self, actors: Iterable[str], words: str) -> bool:
        """Whether `words` name one of the actors, so that nobody need ask who is meant."""
        return any(self.name(id).casefold() in words.casefold() for id in self.each(actors))

    def sentence(self, happening: Fields) -> str:
        """The sentence that tells an event, or one mention of it."""
        return wording.event_sentence(
            happening,
            [self.name(id) for id in self.each(ids(happening.get("source")))],
            [self.name(id) for id in self.each(ids(happening.get("target")))],
        )
