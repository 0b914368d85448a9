"""The phrases of a text that may stand for an actor, before anyone says for whom.

A paragraph is cut into pieces (see `vocabulary`); each piece's kind is a letter; the forms below
are regular expressions over those letters. "South Korean Foreign Minister Cho Tae-yul" is "STQ".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from dateline import lexicon
from dateline.actors.view import View
from dateline.actors.vocabulary import Piece, Vocabulary, pieces
from dateline.model import Actor, Entity, Span, Token

Pronoun = Literal["he", "she"]
Form = Literal["state", "seat", "body", "person", "office", "offices", "surname"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase: `owners` are whose office or body it is, `name` the person's name, if it has one.

    `person` is set where the desk knows the whole name. `titles` are canonical; `article` is the
    letter of the word before ("d" the, "a" a, "r" his), `former` says that the office is past,
    `seen` that the language pipeline takes the name for a person's, `pronoun` what "Mrs." tells.
    """

    start: int
    end: int
    form: Form
    owners: tuple[Actor, ...] = ()
    body: str | None = None
    titles: tuple[str, ...] = ()
    name: str | None = None
    person: Actor | None = None
    article: str = ""
    former: bool = False
    plural: bool = False
    seen: bool = False
    pronoun: Pronoun | None = None


@dataclass(frozen=True, slots=True)
class Phrases:
    """What one paragraph holds: phrases, and lists of states ("the US, Japan and South Korea")."""

    phrases: tuple[Phrase, ...]
    lists: tuple[tuple[Span, tuple[Actor, ...]], ...]


_NAME = r"(?P<name>P|Q|n(?:-[nw])*(?:n(?:-[nw])*){0,3})"
_OWN = r"(?:(?P<own>[SC])'?)?"
_BODY = r"(?:(?P<body>[Bb])'?)?"
# "of Egyptian President ..." is not "of Egypt".
_OF = r"(?:[of]d?(?P<of>[SBC])(?![mxTbUhG]))?"
_OF_ANY = (
    r"(?:[of]d?(?P<of>[SBC])(?![mxTbUhGn'-])"
    r"|[of]d?(?:(?P<of_own>[SC])'?)?(?P<of_kind>b)(?:od?(?P<of_state>[SC]))?)?"
)
_BEFORE = r"(?:[mx]+-?(?=[SC]))?"
_SEVERAL = r"[SC]'?(?:,d?[SC]'?)*,?cd?[SC]'?"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("several", re.compile(rf"(?P<several>{_SEVERAL})[mx]*(?P<titles>[UK])")),
    ("several", re.compile(r"(?P<several>[SC](?:,[SC]){2,})[mx]*(?P<titles>U)")),
    ("several", re.compile(rf"(?P<titles>U)od?(?P<several>{_SEVERAL})")),
    ("titled", re.compile(rf"{_BEFORE}{_OWN}[mx-]*{_BODY}m*(?P<titles>[Th][mTh]*){_OF}{_NAME}")),
    ("office", re.compile(rf"{_BEFORE}{_OWN}[mx-]*{_BODY}m*(?P<titles>[TUK]){_OF_ANY}")),
    ("body", re.compile(rf"{_OWN}m*(?P<body>b){_OF}")),
    ("desk-body", re.compile(rf"{_OWN}(?P<body>B)")),
    ("government", re.compile(r"(?P<own>[SC])'?[mx]*G|God?(?P<of>[SC])(?![mxTbUhG])")),
    ("state", re.compile(r"(?P<own>[SC])")),
    ("person", re.compile(r"(?P<name>[PQ])")),
)  # fmt: skip
_LIST = re.compile(r"[SC]'?(?:,d?[SC]'?)*,?cd?[SC]'?(?![TbG])|[SC](?:-[SC])+")
_STARTS = frozenset("SCBbmxTUKGhPQ")


def find_phrases(view: View, start: int, end: int, known: Vocabulary) -> Phrases:
    """The phrases of a paragraph in text order, longest form first, not overlapping."""
    row = _with_people(view, pieces(view.text, start, end, known))
    row = [_checked(view, row, i) for i in range(len(row))]
    letters = "".join(piece.kind for piece in row)
    found: list[Phrase] = []
    at = 0
    while at < len(row):
        made = _phrase_at(view, row, letters, at) if letters[at] in _STARTS else None
        if made is None:
            if letters[at] == "n" and (surname := _surname(view, row, letters, at, known)):
                found.append(surname)
                at = _after(row, surname.end, at)
            else:
                at += 1
        else:
            phrase, at = made
            found.append(phrase)
    lists = tuple(
        ((row[m.start()].start, row[m.end() - 1].end), _actors(row[m.start() : m.end()]))
        for m in _LIST.finditer(letters)
    )
    return Phrases(tuple(found), lists)


def _actors(row: list[Piece]) -> tuple[Actor, ...]:
    return tuple({p.actor.id: p.actor for p in row if p.actor is not None}.values())


def _phrase_at(view: View, row: list[Piece], letters: str, at: int) -> tuple[Phrase, int] | None:
    for form, pattern in _FORMS:
        match = pattern.match(letters, at)
        if match is not None:
            made = _BUILDERS[form](view, row, match)
            if made is not None:
                article = letters[at - 1] if at and letters[at - 1] in "dar" else ""
                return replace(made, article=made.article or article), _after(row, made.end, at)
    return None


def _after(row: list[Piece], end: int, at: int) -> int:
    while at < len(row) and row[at].start < end:
        at += 1
    return at


# --------------------------------------------------------------------------- forms


def _piece(row: list[Piece], match: re.Match[str], group: str) -> Piece | None:
    if group not in match.re.groupindex or match.start(group) < 0:
        return None
    return row[match.start(group)]


def _span(row: list[Piece], match: re.Match[str]) -> Span:
    end = match.end() - 1
    while row[end].kind in "'-" and end > match.start():
        end -= 1
    return row[match.start()].start, row[end].end


def _owner(row: list[Piece], match: re.Match[str]) -> tuple[Actor, ...]:
    """Whose office: a body of the desk before the state that it belongs to."""
    for group in ("body", "of", "own", "of_own", "of_state"):
        piece = _piece(row, match, group)
        if piece is not None and piece.actor is not None:
            return (piece.actor,)
    return ()


def _body_kind(row: list[Piece], match: re.Match[str]) -> str | None:
    for group in ("body", "of_kind"):
        piece = _piece(row, match, group)
        if piece is not None and piece.kind == "b":
            return piece.title
    return None


def _former(row: list[Piece], match: re.Match[str]) -> bool:
    return any(piece.kind == "x" for piece in row[match.start() : match.end()])


def _titles(row: list[Piece], match: re.Match[str]) -> tuple[str, ...]:
    start, end = match.span("titles")
    return tuple(p.title for p in row[start:end] if p.title is not None)


def _told_pronoun(row: list[Piece], match: re.Match[str]) -> Pronoun | None:
    """The pronoun that a title tells: "Mrs." and "spokeswoman" are she."""
    start, end = match.span("titles")
    told = {_pronouns().get(piece.words.lower()) for piece in row[start:end]} - {None}
    return told.pop() if len(told) == 1 else None


@lru_cache(maxsize=1)
def _pronouns() -> dict[str, Pronoun]:
    words = lexicon.load("titles")
    genders: tuple[Pronoun, Pronoun] = ("he", "she")
    return {
        word: gender
        for gender in genders
        for word in (*words["honorifics"][gender], *words["pronouns"][gender])
    }


def _several(view: View, row: list[Piece], match: re.Match[str]) -> Phrase | None:
    owners = _actors(row[match.start("several") : match.end("several")])
    start, end = _span(row, match)
    before = row[match.start() - 1].kind if match.start() else ""
    return Phrase(
        start, end, "offices", owners, titles=_titles(row, match), plural=True,
        article=before if before in "dr" else "",
    )  # fmt: skip


def _titled(view: View, row: list[Piece], match: re.Match[str]) -> Phrase | None:
    first, last = match.span("name")
    name_start, name_end = row[first].start, row[last - 1].end
    if row[first].kind == "n":
        while last > first and not _may_be_name(view, row[last - 1]):
            last -= 1
        if last == first or (view.is_headline(name_start) and last - first > 1):
            return None
        if (last < len(row) and row[last].kind in "TUbG") or row[last - 1].words in _things():
            return None
        entity = view.entity(name_start, row[last - 1].end)
        if row[last - 1].kind == "-" or (
            entity is not None and entity.label != "PERSON" and entity.start < name_start
        ):
            return None
        name_end = row[last - 1].end
    start = row[match.start()].start
    if row[match.start()].kind == "-":
        return None
    return Phrase(
        start, name_end, "person", _owner(row, match), _body_kind(row, match),
        _titles(row, match), view.text[name_start:name_end],
        row[first].actor, former=_former(row, match), seen=row[first].kind == "Q",
        pronoun=_told_pronoun(row, match),
    )  # fmt: skip


def _may_be_name(view: View, piece: Piece) -> bool:
    if piece.kind == "-":
        return False
    token = view.head(piece.start, piece.end)
    if token is None or (token.pos != "PROPN" and piece.kind == "n"):
        return False
    entity = view.entity(piece.start, piece.end)
    return entity is None or entity.label in ("PERSON", "ORG", "GPE", "NORP")


def _office(view: View, row: list[Piece], match: re.Match[str]) -> Phrase | None:
    title = row[match.start("titles")]
    before = row[match.start() - 1].kind if match.start() else ""
    owners = _owner(row, match)
    kind = _body_kind(row, match)
    plural = title.kind == "U" or (title.title or "").endswith("counterparts")
    if not owners and not kind and before != "d":
        return None
    following = row[match.end()].kind if match.end() < len(row) else ""
    if not owners and (plural or title.kind == "K" or following == "o"):
        return None
    token = _last_word(view, title)
    if token is not None and (token.pos not in ("NOUN", "PROPN") or token.dep in ("amod",)):
        return None
    if token is not None and token.dep == "compound" and view.head_of(token).start > title.end:
        return None
    start, end = _span(row, match)
    if row[match.start()].kind == "-":
        return None
    return Phrase(
        start, end, "offices" if plural else "office", owners, kind, _titles(row, match),
        article=before if before in ("d", "a", "r") else "",
        former=_former(row, match), plural=plural,
    )  # fmt: skip


def _last_word(view: View, piece: Piece) -> Token | None:
    inside = view.tokens(piece.start, piece.end)
    return view.analysis.tokens[inside[-1]] if inside else None


def _body(view: View, row: list[Piece], match: re.Match[str]) -> Phrase | None:
    owners = _owner(row, match)
    kind = row[match.start("body")]
    token = view.head(kind.start, kind.end)
    if token is not None and (token.dep in ("compound", "amod", "nmod") or token.pos == "ADJ"):
        return None
    start, end = _span(row, match)
    return Phrase(start, end, "body", owners, kind.title)


def _government(view: View, row: list[Piece], match: re.Match[str]) -> Phrase | None:
    start, end = _span(row, match)
    return Phrase(start, end, "state", _owner(row, match))


def _state(view: View, row: list[Piece], match: re.Match[str]) -> Phrase | None:
    piece = row[match.start()]
    if piece.actor is None:
        return None
    if piece.kind == "C" and not _acts(view, row, match.start()):
        return None
    form: Form = "seat" if piece.kind == "C" else "state"
    return Phrase(piece.start, piece.end, form, (piece.actor,))


def _desk_body(view: View, row: list[Piece], match: re.Match[str]) -> Phrase | None:
    """A body of the desk; "Mexico's Congress" is Mexico's, whosever Congress the desk knows."""
    piece = row[match.start("body")]
    own = _piece(row, match, "own")
    before = row[match.start() - 1].kind if match.start() else ""
    after = row[match.end()].kind if match.end() < len(row) else ""
    if " " not in piece.words and piece.words.istitle() and (before == "n" or after == "o"):
        return None  # "the Eighth Congress", "the Congress of Soviets"
    if own is None or own.actor is None or piece.actor is None:
        return Phrase(piece.start, piece.end, "body", _owner(row, match))
    start, end = _span(row, match)
    if piece.actor.state == own.actor.state:
        return Phrase(start, end, "body", (piece.actor,))
    if piece.actor.state is None:
        return None
    kinds = lexicon.load("titles")["bodies"]
    words = piece.words.lower()
    kind = next((k for k, known in kinds.items() if words in known), words.replace(" ", "-"))
    return Phrase(start, end, "body", (own.actor,), kind)


def _person(view: View, row: list[Piece], match: re.Match[str]) -> Phrase | None:
    piece = row[match.start()]
    following = row[match.end()] if match.end() < len(row) else None
    if following is not None and following.words in _things():
        return None
    return Phrase(
        piece.start, piece.end, "person", name=piece.words,
        person=piece.actor, seen=piece.kind == "Q",
    )  # fmt: skip


_BUILDERS = {
    "several": _several,
    "titled": _titled,
    "office": _office,
    "body": _body,
    "government": _government,
    "state": _state,
    "desk-body": _desk_body,
    "person": _person,
}


# --------------------------------------------------------------------------- people in the row


def _with_people(view: View, row: list[Piece]) -> list[Piece]:
    """The row with each whole name of a person whom the desk does not know as one piece."""
    if not row:
        return row
    row = [_family_not_title(row, i) for i in range(len(row))]
    joined: list[Piece] = []
    at = 0
    for entity in view.entities(row[0].start, row[-1].end):
        if entity.label != "PERSON":
            continue
        while at < len(row) and row[at].end <= entity.start:
            joined.append(row[at])
            at += 1
        stop = at
        while stop < len(row) and row[stop].end <= entity.end:
            stop += 1
        first, last = _name_within(view, row, at, _to_the_end(row, stop))
        if last - first >= 2:
            joined += row[at:first]
            joined.append(_joined(view, row, first, last))
            at = last
    return _with_plain_names(view, joined + row[at:])


def _family_not_title(row: list[Piece], at: int) -> Piece:
    """The piece; "King" after a given name or "Mr." is a family name."""
    piece = row[at]
    named = piece.kind == "T" and piece.words in ("King", "Pope", "Prince", "Chancellor")
    if named and at and row[at - 1].kind in "hn":
        return replace(piece, kind="n", title=None)
    return piece


def _to_the_end(row: list[Piece], stop: int) -> int:
    """Past the rest of a name that the language pipeline cut at its hyphen: "Roh Moo"-hyun."""
    rest = row[stop - 1 : stop + 2]
    if len(rest) == 3 and rest[1].kind == "-" and rest[2].kind in "nw":
        touching = rest[0].end == rest[1].start and rest[1].end == rest[2].start
        return stop + 2 if touching and rest[0].kind == "n" else stop
    return stop


def _joined(view: View, row: list[Piece], first: int, last: int) -> Piece:
    start, end = row[first].start, row[last - 1].end
    return Piece(start, end, "Q", view.text[start:end])


def _with_plain_names(view: View, row: list[Piece]) -> list[Piece]:
    """The row with names that show by their form: "Mary Doe", "Cho Hyun-dong", "Pak Mi Song"."""
    letters = "".join(piece.kind for piece in row)
    out: list[Piece] = []
    at = 0
    while at < len(row):
        length = _plain_name(view, row, letters, at)
        out.append(_joined(view, row, at, at + length) if length else row[at])
        at += length or 1
    return out


_EASTERN = re.compile(r"nn-[nw](?!-?n)|nnn(?![-nN])")
_WESTERN = re.compile(r"nn(?![-nN])")


def _plain_name(view: View, row: list[Piece], letters: str, at: int) -> int:
    """How many pieces from `at` on are a name by their form alone."""
    if letters[at] != "n" or letters[at - 1 : at] in ("n", "N"):
        return 0
    names = lexicon.load("names")
    words = row[at].words
    if words in _family_first() and (match := _EASTERN.match(letters, at)):
        length = match.end() - at
        short = all(len(p.words) <= 6 for p in row[at : at + length])
        return length if short and _is_free(view, row, at, length) else 0
    given = words in names["given"]["he"] or words in names["given"]["she"]
    if given and _WESTERN.match(letters, at) and row[at + 1].words not in _things():
        return 2 if _is_free(view, row, at, 2) else 0
    return 0


def _is_free(view: View, row: list[Piece], at: int, length: int) -> bool:
    """Whether the pieces are proper nouns of one line that no longer name of a thing holds."""
    start, end = row[at].start, row[at + length - 1].end
    entity = view.entity(start, end)
    if entity is not None and entity.label != "PERSON" and entity.end - entity.start > end - start:
        return False
    if any(piece.words.isupper() and len(piece.words) > 2 for piece in row[at : at + length]):
        return False
    return all(_is_proper(view, p) for p in row[at : at + length] if p.kind == "n")


def _name_within(view: View, row: list[Piece], first: int, last: int) -> tuple[int, int]:
    """The part of `row[first:last]` that is a whole name; empty where none is."""
    while first < last and (row[first].kind not in "nSC" or _is_auxiliary(view, row[first])):
        first += 1
    while last > first and not _ends_a_name(view, row, last - 1):
        last -= 1
    name = row[first:last]
    words = [piece for piece in name if piece.kind in "nSC"]
    # Pieces of one letter are initials.
    fine = (
        len(words) >= 2
        and all(_in_a_name(row, i) for i in range(first, last))
        and name[-1].words not in _things()
        and not any(p.words in lexicon.load("names")["never"] for p in words)
        and (_is_given(words[0].words) or not view.is_common(words[-1].words))
        and sum(piece.kind in "SC" for piece in name) < 2
        and not any(len(p.words) > 3 and p.words.isupper() for p in words)
        and (row[first].kind == "n" or row[first].words in _ambiguous())
    )
    return (first, last) if fine else (first, first)


def _is_auxiliary(view: View, piece: Piece) -> bool:
    """Whether "Will" or "May" is a verb: "Will Beijing veto it?"."""
    token = _last_word(view, piece)
    return token is not None and token.tag == "MD"


def _ends_a_name(view: View, row: list[Piece], at: int) -> bool:
    if row[at].kind == "w":  # the second half of "Moo-hyun"
        return row[at - 1].kind == "-" and row[at - 2].kind == "n"
    return row[at].kind == "n" and _is_proper(view, row[at])


def _in_a_name(row: list[Piece], at: int) -> bool:
    piece = row[at]
    if piece.kind in "nSC":
        return not any(map(str.isdigit, piece.words))
    if piece.kind == "w":
        second_half = row[at - 1].kind == "-" and piece.words.isalpha()
        return second_half or piece.words in lexicon.load("names")["particles"]
    return piece.words in ("-", ".", "A")


def _is_proper(view: View, piece: Piece) -> bool:
    token = _last_word(view, piece)
    return token is None or token.pos == "PROPN"


_MONTHS = frozenset({"April", "May", "June", "August"})  # those that are names too


def _surname(
    view: View, row: list[Piece], letters: str, at: int, known: Vocabulary
) -> Phrase | None:
    """A lone word with a capital that may be somebody's family name."""
    stop = at + 1
    if letters[at + 1 : at + 3] == "-n":
        double = view.text[row[at].start : row[at + 2].end]
        if double in known.sufficient or double in known.families:
            stop = at + 3
    before = letters[at - 1] if at else ""
    after = letters[stop] if stop < len(letters) else ""
    particle = at > 0 and row[at - 1].words.lower() in lexicon.load("names")["particles"]
    alone = (before not in ("n", "N") or particle) and after not in ("n", "N")
    if not alone and not view.is_headline(row[at].start):
        return None
    if before == "-" and letters[at - 2 : at - 1] not in ("n", "S", "P", "C"):
        return None
    start, end = row[at].start, row[stop - 1].end
    token = view.head(start, end)
    # At the head of a sentence the tagger takes "Sanders" and "Trump" for common nouns.
    subject = token is not None and token.dep == "nsubj" and token.pos == "NOUN"
    subject = subject and not view.is_common(row[at].words)
    if view.opens_sentence(start) and not _is_proper(view, row[at]) and not subject:
        return None
    entity = view.entity(start, end)
    if entity is not None and entity.label in ("FAC", "LAW"):
        return None
    if row[at].words in lexicon.load("names")["never"] or (
        entity is not None and entity.label == "DATE" and row[at].words in _MONTHS
    ):
        return None
    words = view.text[start:end]
    person = (
        entity is not None
        and entity.label == "PERSON"
        and entity.end - entity.start <= len(words) + 2
    )
    acting = token is not None and token.dep in ("nsubj", "nsubjpass", "agent", "poss")
    seen = (
        person
        and acting
        and alone
        and words.isalpha()
        and not words.isupper()
        and not _is_given(words)
        and not view.is_common(words)
        and not view.opens_sentence(start)
    )
    # Transcripts name the speaker in capitals: "KIRBY: Thank you."
    name = words.title() if len(words) > 3 and words.isupper() else words
    return Phrase(start, end, "surname", name=name, seen=seen)


@lru_cache(maxsize=1)
def _things() -> frozenset[str]:
    return frozenset(lexicon.load("titles")["things"]["words"])


@lru_cache(maxsize=1)
def _family_first() -> frozenset[str]:
    return frozenset(lexicon.load("names")["family_first"])


def _is_given(word: str) -> bool:
    given = lexicon.load("names")["given"]
    return word in given["he"] or word in given["she"] or word in _family_first()


# --------------------------------------------------------------------------- states in context


@lru_cache(maxsize=1)
def _ambiguous() -> frozenset[str]:
    return frozenset(lexicon.load("states")["ambiguous"])


_NAMES_OF_THINGS = frozenset(
    {"ORG", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "PERSON", "LOC"}
)


def _checked(view: View, row: list[Piece], at: int) -> Piece:
    """The piece, or the same words as an unknown name where they cannot be a state here."""
    piece = row[at]
    if piece.kind not in "SC":
        return piece
    before = row[at - 1] if at else None
    after = row[at + 1] if at + 1 < len(row) else None
    entity = view.entity(piece.start, piece.end)
    label = entity.label if entity is not None else None
    if _owns_an_office(row, at):
        return piece
    if piece.words in _ambiguous() and label not in ("GPE", "NORP", "LOC"):
        return replace(piece, kind="N")
    if piece.words in lexicon.load("states")["shared"] and not _in_company(view, piece):
        return replace(piece, kind="N")
    if piece.words[:4] in ("the ", "The ") and after is not None and after.kind in "nNSo-":
        return replace(piece, kind="N")
    if entity is not None and label in _NAMES_OF_THINGS:
        for near in (before, after):
            part = near is not None and near.kind == "n" and entity.start <= near.start < entity.end
            if (
                part
                and near is not None
                and not _is_auxiliary(view, near)
                and piece.words not in lexicon.load("states")["before_ships"]
                and near.words not in lexicon.load("titles")["official"]["words"]
            ):
                return replace(piece, kind="N")
    return piece


def _owns_an_office(row: list[Piece], at: int) -> bool:
    """Whether an office that only states have is its own: "Georgia's president", "Chad's army"."""
    at += 1
    if at >= len(row) or row[at].kind != "'":
        return False
    at += 1
    while at < len(row) and row[at].kind in "mx":
        at += 1
    if at >= len(row) or row[at].kind not in "Tb":
        return False
    return row[at].title in lexicon.load("states")["of_states_alone"]


def _in_company(view: View, piece: Piece) -> bool:
    """Whether the report names the same state by a word that no other place has."""
    assert piece.actor is not None
    others = {*piece.actor.aliases, *piece.actor.seats} - {piece.words}
    return any(other in view.text for other in others)


def _acts(view: View, row: list[Piece], at: int) -> bool:
    """Whether the name of a capital is the name of a government here: "Seoul said", not "in Seoul"."""
    piece = row[at]
    before = row[at - 1].kind if at else ""
    after = row[at + 1].kind if at + 1 < len(row) else ""
    beyond = row[at + 2] if at + 2 < len(row) else None
    if after in ("n", "N", "P", "Q") and not view.is_headline(piece.start):
        return False
    entity = view.entity(piece.start, piece.end)
    if entity is not None and entity.label in ("PERSON", "FAC"):
        # The pipeline takes "Havana" and "Will Beijing" for people.
        whole = _without_auxiliary(view, entity) == (piece.start, piece.end)
        named_so = piece.words in lexicon.load("acting")["places"]["people"]
        if named_so or not whole or entity.label == "FAC":
            return False
    if after == "-" or before == "-":
        other = beyond.kind if after == "-" and beyond else row[at - 2].kind if at > 1 else ""
        return other in ("S", "C")
    if at == 0 and after == "," and (beyond is None or beyond.kind != "w"):
        return False  # a dateline that was not marked
    if after == "'":
        words = lexicon.load("acting")["places"]
        return (
            beyond is not None and beyond.kind != "n" and beyond.words.lower() not in words["owned"]
        )
    token = _last_word(view, piece)
    return token is not None and _token_acts(view, token, 0)


def _without_auxiliary(view: View, entity: Entity) -> Span:
    """The entity's span without the verb that opens a question: "Will Beijing veto it?"."""
    tokens = view.analysis.tokens
    first = entity.first
    while first + 1 < entity.last and tokens[first].tag == "MD":
        first += 1
    return tokens[first].start, entity.end


def _token_acts(view: View, token: Token, depth: int) -> bool:
    words = lexicon.load("acting")
    head = view.head_of(token)
    if token.dep == "conj" and depth < 4:
        return head.pos in ("PROPN", "NOUN") and _token_acts(view, head, depth + 1)
    if token.dep == "nsubj":
        return head.lemma not in words["places"]["verbs"] and not _is_location(view, head)
    if token.dep == "nsubjpass":
        return head.lemma not in words["places"]["passives"]
    if token.dep in ("dobj", "iobj", "dative"):
        return head.lemma in words["objects"]["verbs"]
    if token.dep == "pobj":
        governor = view.head_of(head)
        preposition = head.lemma.lower()
        if preposition == "by":
            return head.dep == "agent"
        return preposition in words["always"]["prepositions"] or (
            not _governors(view, governor).isdisjoint(words["after"].get(preposition, ()))
        )
    return False


def _governors(view: View, governor: Token) -> set[str]:
    """What a preposition may hang on: "sent a message to" is parsed as "sent to"."""
    children = view.analysis.children[view.first_token(governor.start)]
    objects = (view.analysis.tokens[c] for c in children)
    return {governor.lemma, *(o.lemma for o in objects if o.dep == "dobj")}


def _is_location(view: View, verb: Token) -> bool:
    """Whether "is" says where or what a place is: "Seoul is 50 km away", "Seoul is the capital"."""
    if verb.lemma != "be":
        return False
    places = lexicon.load("acting")["places"]["nouns"]
    index = view.first_token(verb.start)
    children = [view.analysis.tokens[c] for c in view.analysis.children[index]]
    said = [c for c in children if c.dep in ("attr", "acomp", "xcomp", "ccomp")]
    return not said or any(c.lemma in places for c in said)
