"""A desk's names and the lexicon's titles as one vocabulary, and the pieces of a text it knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from dateline import lexicon
from dateline.model import Actor, Desk

# One letter a kind, so that phrases are found by a regular expression over a paragraph's letters:
# S state, C seat of one, B body of the desk, b kind of body, G government, T title, U titles,
# K counterpart, P person of the desk, Q person that the language pipeline sees, n unknown word with
# a capital, h honorific, m modifier, x former, ' possessive, o of, d the, a a or an, r his or her,
# c and, f for, # number, N a name that is none of these, w other word, and , - . as they stand ("." is any
# other mark).
Kind = Literal[
    "S", "C", "B", "b", "G", "T", "U", "K", "P", "Q", "n", "h", "m", "x", "'", "o", "d", "a", "r",
    "c", "#", "N", "f", "w", ",", "-", "."
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the vocabulary knows, or one word or mark that it does not."""

    start: int
    end: int
    kind: Kind
    words: str
    actor: Actor | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What one wording stands for."""

    words: str
    kind: Kind
    actor: Actor | None = None
    title: str | None = None


Table = Mapping[str, tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All wordings by their first word: as written, and in lower case for plain words."""

    written: Table
    lower: Table
    actors: Mapping[str, Actor]
    families: Mapping[str, tuple[Actor, ...]]
    holders: Mapping[tuple[str, str], tuple[tuple[str | None, str | None, Actor], ...]]
    sufficient: Mapping[str, Actor]
    titles: Mapping[str, str]
    plurals: Mapping[str, str]
    people: Mapping[str, Actor]
    by_key: Mapping[str, Actor]
    glued: re.Pattern[str] | None


class _Same:
    """A desk as a key: equal only to itself, so that looking it up costs no hashing of its data."""

    __slots__ = ("desk",)

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def __hash__(self) -> int:
        return id(self.desk)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.desk is self.desk


def vocabulary(desk: Desk) -> Vocabulary:
    """The vocabulary of `desk`; the same desk is compiled once (about 30 ms)."""
    return _compiled(_Same(desk))


# --------------------------------------------------------------------------- reading a text

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "‑": "-", "‐": "-", "\u00a0": " ", "\n": " ", "\t": " "}
)
_WORD = re.compile(r"[^\W_]+")
_UNIT = re.compile(
    r"(?P<poss>'s\b|(?<=[sxz])'(?=\s|$))"
    r"|(?P<word>[^\W_]+(?:'(?!s\b)[^\W_]+)*(?:\.[^\W_]\b)*)"
    r"|(?P<mark>\S)"
)
# Leaders' names in bold lose the space beside them on KCNA's pages: "ComradeKim Jong Unin reverence".
_GLUED = r"(?<=[A-Za-z])(?:{0})|(?:{0})(?=[a-z]{{2}}|[A-Z][a-z])"


def plain(text: str) -> str:
    """`text` with straight apostrophes and hyphens and single white space, length unchanged.

    >>> plain("Beijing’s\\nrole")
    "Beijing's role"
    """
    return text.translate(_PLAIN)


def pieces(text: str, start: int, end: int, known: Vocabulary) -> list[Piece]:
    """The pieces of `text[start:end]`, in order and without gaps but for white space.

    `text` is what `plain` gives. The longest wording at a place wins.
    """
    found: list[Piece] = []
    glued = [m.span() for m in known.glued.finditer(text, start, end)] if known.glued else []
    at = start
    for name_start, name_end in (*glued, (end, end)):
        while (unit := _UNIT.search(text, at, name_start)) is not None:
            piece = _named(text, unit.start(), name_start, known) or _plain_piece(unit)
            found.append(piece)
            at = piece.end
        if name_start < name_end:
            words = text[name_start:name_end]
            actor = known.people[words]
            found.append(Piece(name_start, name_end, "P", words, actor))
            at = name_end
    return found


def _named(text: str, at: int, end: int, known: Vocabulary) -> Piece | None:
    word = _WORD.match(text, at, end)
    if word is None:
        return None
    first = word.group()
    best: Entry | None = None
    stop = at
    for entry in known.written.get(first, ()):
        if _stands(text, at, at + len(entry.words), end, entry.words):
            best, stop = entry, at + len(entry.words)
            break
    folded = first.lower()
    for entry in known.lower.get(folded, ()):
        length = len(entry.words)
        if at + length <= stop:
            break
        if text[at : at + length].lower() == entry.words and _ends(text, at + length, end):
            best, stop = entry, at + length
            break
    if best is None:
        return None
    if best.words[:4] in ("the ", "The "):
        inner = _named(text, at + 4, end, known)
        if inner is not None and inner.end > stop:
            return None  # "the South American", "the North Atlantic"
    return Piece(at, stop, best.kind, text[at:stop], best.actor, best.title)


def _stands(text: str, at: int, stop: int, end: int, words: str) -> bool:
    return text.startswith(words, at) and _ends(text, stop, end)


def _ends(text: str, stop: int, end: int) -> bool:
    if stop > end:
        return False
    return stop == end or not (text[stop].isalnum() and text[stop - 1].isalnum())


_SMALL: Mapping[str, Kind] = MappingProxyType(
    {
        "of": "o", "for": "f", "the": "d", "a": "a", "an": "a", "his": "r", "her": "r", "their": "r",
        "and": "c", "or": "c", "both": "#",
    }
)  # fmt: skip


def _plain_piece(unit: re.Match[str]) -> Piece:
    words = unit.group()
    kind: Kind
    if unit.lastgroup == "poss":
        kind = "'"
    elif unit.lastgroup == "word":
        kind = _SMALL.get(words.lower()) or ("n" if words[0].isupper() else "w")
    else:
        kind = "," if words == "," else "-" if words == "-" else "c" if words == "&" else "."
    return Piece(unit.start(), unit.end(), kind, words)


# --------------------------------------------------------------------------- compiling


@lru_cache(maxsize=8)
def _compiled(same: _Same) -> Vocabulary:
    desk = same.desk
    written: dict[str, list[Entry]] = {}
    lower: dict[str, list[Entry]] = {}
    for entry in _desk_entries(desk):
        _put(written, entry)
        if entry.kind in "SB" and entry.words != entry.words.upper():
            _put(written, Entry(entry.words.upper(), entry.kind, entry.actor))
    for entry in _lexicon_entries(desk):
        _put(lower, entry)
    people = {e.words: e.actor for es in written.values() for e in es if e.kind == "P" and e.actor}
    families: dict[str, list[Actor]] = {}
    sufficient: dict[str, Actor] = {}
    for actor in desk.actors:
        if actor.type == "person":
            for name in {family(alias, actor.state) for alias in actor.aliases if " " in alias}:
                families.setdefault(name, []).append(actor)
            sufficient |= {alias: actor for alias in actor.aliases if " " not in alias}
    return Vocabulary(
        written=_frozen(written),
        lower=_frozen(lower),
        actors=MappingProxyType({actor.id: actor for actor in desk.actors}),
        families=MappingProxyType({k: tuple(v) for k, v in families.items()}),
        holders=_holders(desk),
        sufficient=MappingProxyType(sufficient),
        titles=desk.titles,
        plurals=MappingProxyType({plural(word): title for word, title in desk.titles.items()}),
        people=MappingProxyType(people),
        by_key=MappingProxyType({key(name): actor for name, actor in people.items()}),
        glued=_glued_pattern(people),
    )


def _put(table: dict[str, list[Entry]], entry: Entry) -> None:
    word = _WORD.match(entry.words)
    if word is not None:
        table.setdefault(word.group(), []).append(entry)


def _frozen(table: dict[str, list[Entry]]) -> Table:
    # Longest first; the sort is stable, so the desk's order decides between equals.
    return MappingProxyType(
        {k: tuple(sorted(v, key=lambda e: -len(e.words))) for k, v in table.items()}
    )


def _desk_entries(desk: Desk) -> Iterator[Entry]:
    for words in lexicon.load("states")["not_states"]:
        yield Entry(words, "N")
    for actor in desk.actors:
        if actor.type == "person":
            for words in _spellings(actor):
                yield Entry(words, "P", actor)
            continue
        if actor.type == "state":
            for form in lexicon.load("states")["long_forms"]:
                yield Entry(f"{form} {actor.name}", "S", actor)
        for alias in actor.aliases:
            kind: Kind = "S" if actor.type == "state" else "B"
            yield Entry(plain(alias), kind, actor)
            if alias[:1].isupper() and " " in alias and alias.rpartition(" ")[2].islower():
                first, _, last = alias.rpartition(" ")
                yield Entry(plain(f"{first} {last.capitalize()}"), kind, actor)
            if alias.startswith("the "):
                yield Entry(plain(f"T{alias[1:]}"), kind, actor)
        for seat in actor.seats:
            yield Entry(plain(seat), "C", actor)


def _spellings(actor: Actor) -> Iterator[str]:
    """The ways a person's whole names are written: "Choe Son Hui", "Choe Son-hui", "Choe Sonhui"."""
    seen: set[str] = set()
    for alias in actor.aliases:
        if " " not in alias:
            continue
        ways = [plain(alias)]
        parts = ways[0].replace("-", " ").split()
        if len(parts) == 3 and parts[0] in _family_first():
            first, given, rest = parts
            ways += [
                f"{first} {given.capitalize()} {rest.capitalize()}",
                f"{first} {given.capitalize()}-{rest.lower()}",
                f"{first} {given.capitalize()}-{rest.capitalize()}",
                f"{first} {given.capitalize()}{rest.lower()}",
            ]
        for way in ways:
            for spelling in (way, way.upper()):
                if spelling not in seen:
                    seen.add(spelling)
                    yield spelling


def _glued_pattern(people: Iterable[str]) -> re.Pattern[str] | None:
    names = sorted((name for name in people if name.count(" ") == 2), key=len, reverse=True)
    return re.compile(_GLUED.format("|".join(map(re.escape, names)))) if names else None


def _lexicon_entries(desk: Desk) -> Iterator[Entry]:
    words = lexicon.load("titles")
    for word, title in desk.titles.items():
        yield Entry(word, "T", title=title)
        yield Entry(plural(word), "U", title=title)
    for kind, wordings in words["bodies"].items():
        for word in wordings:
            yield Entry(word, "b", title=kind)
    for word in words["governments"]["words"]:
        yield Entry(word, "G")
    for word in (*words["modifiers"]["past"],):
        yield Entry(word, "x")
    for word in words["modifiers"]["plain"]:
        if word not in words["modifiers"]["past"]:
            yield Entry(word, "m")
    for gender in ("he", "she", "any"):
        for word in words["honorifics"][gender]:
            if word not in desk.titles:
                yield Entry(word, "h", title=word)
    for word in words["numbers"]:
        yield Entry(word, "#", title=word)
    yield Entry("counterpart", "K", title="counterpart")
    yield Entry("counterparts", "K", title="counterparts")


def plural(word: str) -> str:
    """The plural of a title.

    >>> plural("secretary of state"), plural("spokesman"), plural("foreign minister")
    ('secretaries of state', 'spokesmen', 'foreign ministers')
    """
    head, joint, rest = word.partition(" of ")
    if not joint:
        head, joint, rest = word.partition(" for ")
    if not joint:
        head, joint, rest = word.partition(" to ")
    if head.endswith("man"):
        head = f"{head[:-3]}men"
    elif head.endswith("y") and head[-2] not in "aeiou":
        head = f"{head[:-1]}ies"
    else:
        head = f"{head}s"
    return f"{head}{joint}{rest}"


def _holders(
    desk: Desk,
) -> Mapping[tuple[str, str], tuple[tuple[str | None, str | None, Actor], ...]]:
    holders: dict[tuple[str, str], list[tuple[str | None, str | None, Actor]]] = {}
    for actor in desk.actors:
        for office in actor.offices:
            title = desk.titles.get(office.title.lower(), office.title.lower())
            row = (office.start, office.end, actor)
            holders.setdefault((office.of, title), []).append(row)
    return MappingProxyType({k: tuple(v) for k, v in holders.items()})


# --------------------------------------------------------------------------- parts of names

_FAMILY_FIRST_STATES = frozenset({"PRK", "KOR", "CHN", "TWN", "VNM"})


@lru_cache(maxsize=1)
def _family_first() -> frozenset[str]:
    return frozenset(lexicon.load("names")["family_first"])


def family(name: str, state: str | None = None) -> str:
    """The family name in a person's whole name.

    >>> family("Cho Tae-yul"), family("Sung Kim"), family("Antony Blinken"), family("Joe Doe Jr.")
    ('Cho', 'Kim', 'Blinken', 'Doe')
    """
    parts = [part for part in plain(name).split() if part not in lexicon.load("names")["suffixes"]]
    if not parts:
        return name
    first_is_family = state in _FAMILY_FIRST_STATES or state is None
    if first_is_family and parts[0] in _family_first() and len(parts) in (2, 3):
        # "Sung Kim" and "Chung Lee": an English order where the last part is the surer family name.
        if len(parts) == 2 and parts[1] in {"Kim", "Lee", "Park", "Choi"} and state is None:
            return parts[1]
        return parts[0]
    return parts[-1]


def key(name: str) -> str:
    """A name's letters, without initials and "Jr.": the same however it is written.

    >>> key("Choe Son-hui") == key("CHOE Son Hui"), key("John F. Doe Jr.")
    (True, 'johndoe')
    """
    parts = [part for part in re.split(r"[\s.]+", plain(name)) if len(part) > 1]
    suffixes = lexicon.load("names")["suffixes"]
    return re.sub(r"[\W_]", "", "".join(p for p in parts if p not in suffixes)).casefold()
