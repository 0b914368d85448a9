"""Who a report's phrases stand for: people joined by name, offices looked up by date.

More than one candidate left means unresolved: an office without its holder, or nobody.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from dateline import lexicon
from dateline.actors.phrases import Phrase, Pronoun
from dateline.actors.vocabulary import Vocabulary, family, key
from dateline.model import Actor, ActorMention, Report, Span, Time

How = Literal["alias", "name", "last-name"]
_GENDERS: tuple[Pronoun, Pronoun] = ("he", "she")
_BESIDE = re.compile(r",?\s+(?:the |a |an |his |her |then )?")
_APPOSED = re.compile(r",\s+(?:the |a |an |his |her |then )?")
_AFTER_APPOSITION = re.compile(r"[,.;:)]|\s+(?:said|says|told|who|and)\b|\s*$")


@dataclass(slots=True)
class People:
    """The people whom one report names, and the titles that it gives them.

    `first` is where each is first named in full; `unclear` are family names that more than one
    of those named so far bears.
    """

    known: Vocabulary
    report: Report
    by_name: dict[str, Actor] = field(default_factory=dict)
    by_family: dict[str, list[str]] = field(default_factory=dict)
    titles: dict[str, set[str]] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    bodies: dict[str, set[str]] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    unclear: list[Span] = field(default_factory=list)

    # ---------------------------------------------------------------- whole names

    def meet(self, phrase: Phrase) -> None:
        """Takes note of a person whom the phrase names in full."""
        if phrase.name is None or phrase.form != "person":
            return
        actor = phrase.person or self._whole(phrase.name)
        if actor is None:
            return
        state = _state_for(phrase)
        pronoun = _pronoun(phrase, actor.name)
        known = self.actors.get(actor.id, actor)
        if actor.id not in self.known.actors:
            known = replace(known, state=known.state or state, pronoun=known.pronoun or pronoun)
        self.actors[actor.id] = known
        self._bears(actor.id, family(actor.name, actor.state))
        self._bears(actor.id, family(phrase.name, actor.state))
        self.by_name[key(phrase.name)] = actor
        if not phrase.former:
            titles = set(phrase.titles) & set(self.known.titles.values())
            self.titles.setdefault(actor.id, set()).update(titles)
        first = self.first.get(actor.id, phrase.start)
        self.first[actor.id] = min(first, phrase.start)

    def _whole(self, name: str) -> Actor | None:
        """The person of that whole name: one met before under a near form of it, or a new one."""
        if " " not in name:
            return None
        met = self.by_name.get(key(name)) or self.known.by_key.get(key(name))
        if met is not None:
            return met
        for part in _shorter(name):
            near = self.by_name.get(key(part)) or self.known.by_key.get(key(part))
            if near is not None:
                return near
        for other in self.by_family.get(family(name), ()):
            if _same_given(self.actors[other].name, name):
                return self.actors[other]
        return Actor(id=f"person:{slug(_without_initials(name))}", name=name, type="person")

    def _bears(self, actor: str, name: str) -> None:
        bearers = self.by_family.setdefault(name, [])
        if actor not in bearers:
            bearers.append(actor)

    # ---------------------------------------------------------------- names

    def named(self, phrase: Phrase) -> Actor | None:
        """The person whom the phrase names, in full or by family name; None where it is not told."""
        if phrase.name is None:
            return None
        whole = phrase.person
        if whole is None and phrase.form == "person":
            whole = self.by_name.get(key(phrase.name))
        if whole is not None:
            return self.actors.get(whole.id, whole)
        if phrase.form == "person":
            return self._titled(phrase)
        return self._bare(phrase)

    def _bare(self, phrase: Phrase) -> Actor | None:
        name = phrase.name or ""
        bearers = self.by_family.get(name, [])
        if len(bearers) > 1:
            bearers = [b for b in bearers if self.first.get(b, phrase.start) < phrase.start]
        if len(bearers) == 1:
            return self.actors[bearers[0]]
        desk = self.known.sufficient.get(name)
        if desk is not None and (
            not bearers or min(bearers, key=self.first.__getitem__) == desk.id
        ):
            # Whoever is known by the name alone keeps it when relatives are named after them.
            self.first.setdefault(desk.id, phrase.start)
            return self._add(desk, name)
        if name in self.by_family:
            self.unclear.append((phrase.start, phrase.end))
            return None
        return self._unmet(name, None) if phrase.seen else None

    def _titled(self, phrase: Phrase) -> Actor | None:
        """A family name after a title: the title chooses among its bearers."""
        name = phrase.name or ""
        state = _state_for(phrase)
        bearers = [self.actors[b] for b in self.by_family.get(name, ())]
        bearers = [b for b in bearers if state is None or b.state in (None, state)]
        gender = phrase.pronoun
        bearers = [b for b in bearers if gender is None or b.pronoun in (None, gender)]
        fitting = [b for b in bearers if self.titles_of(b) & set(phrase.titles)]
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            for title in phrase.titles:
                bearer = self.bearer(name, title, state)
                if bearer is not None:
                    return bearer
        if len(bearers) == 1:
            return bearers[0]
        if bearers:
            self.unclear.append((phrase.start, phrase.end))
            return None
        if name in self.known.sufficient:
            return self._add(self.known.sufficient[name], name)
        return self._unmet(name, state)

    def bearer(self, name: str, title: str, state: str | None) -> Actor | None:
        """The only one of the desk's people of that family name to whom the title fits."""
        desk = [
            person
            for person in self.known.families.get(name, ())
            if title in self._desk_titles(person) and (state is None or person.state == state)
        ]
        if len(desk) > 1:
            desk = [person for person in desk if self._held_any(person, (title,))]
        return self._add(desk[0], name) if len(desk) == 1 else None

    def _add(self, actor: Actor, name: str) -> Actor:
        self.actors.setdefault(actor.id, actor)
        self._bears(actor.id, name)
        return self.actors[actor.id]

    def _unmet(self, name: str, state: str | None) -> Actor | None:
        """A person of whom the report tells no more than a family name: known in it alone."""
        if " " in name or not name[:1].isupper():
            return None
        if name[-1] == "s" and (name[:-1] in self.by_family or name[:-1] in self.known.families):
            return None  # "the Does"
        where = self.report.id.rpartition("_")[2][:8]
        return self._add(
            Actor(id=f"person:{slug(name)}@{where}", name=name, type="person", state=state), name
        )

    # ---------------------------------------------------------------- offices

    def titles_of(self, actor: Actor) -> set[str]:
        """The titles that the report or the desk gives a person."""
        return self.titles.get(actor.id, set()) | self._desk_titles(actor)

    def _desk_titles(self, actor: Actor) -> set[str]:
        titles = self.known.titles
        return {titles.get(o.title.lower(), o.title.lower()) for o in actor.offices}

    def _held_any(self, actor: Actor, titles: Iterable[str]) -> bool:
        return any(
            self.known.titles.get(o.title.lower(), o.title.lower()) in titles
            and _may_overlap(o.start, o.end, self.report.published)
            for o in actor.offices
        )

    def holder(self, owner: Actor, title: str) -> Actor | None:
        """Who held the title of a state or body when the report was published, if only one did."""
        published = self.report.published
        if published.earliest is None or published.latest is None:
            return None
        rows = self.known.holders.get((owner.id, title), ())
        held = {a.id: a for start, end, a in rows if _may_overlap(start, end, published)}
        return next(iter(held.values())) if len(held) == 1 else None

    def office(self, phrase: Phrase) -> Actor | None:
        """The holder of an unnamed office, else the office itself, else None."""
        title, owner = self.place(phrase)
        role = title in lexicon.load("titles")["roles"]
        if phrase.former:
            return None if owner is None else unheld(owner, f"former {title}", state=None)
        met = [
            a
            for a in self.actors.values()
            if title in self.titles_of(a)
            and (owner is None or a.state == owner.state)
            and self._current(a, title)
        ]
        if owner is None:
            told = len(met) == 1 and phrase.article == "d"
            told = told and title not in lexicon.load("titles")["anonymous"]["roles"]
            return met[0] if told else None
        if role or phrase.article == "a":
            definite = phrase.article == "d" and len(met) == 1
            return met[0] if definite else unheld(owner, title)
        holder = self.holder(owner, title)
        if holder is not None:
            return self._add(holder, family(holder.name, holder.state))
        if len(met) == 1 and self.report.published.earliest is None:
            return met[0]
        return unheld(owner, title)

    def place(self, phrase: Phrase) -> tuple[str, Actor | None]:
        """The phrase's title and whose it is: "chairman" of a body may be a title of its state."""
        title = phrase.titles[-1]
        if phrase.body is not None and phrase.owners:
            whole = f"{title} of the {phrase.body.replace('-', ' ')}"
            if whole in self.known.titles:
                return self.known.titles[whole], phrase.owners[0]
        return title, self.owner(phrase)

    def _current(self, actor: Actor, title: str) -> bool:
        """Whether the report calls the person so, or the desk says that they held it then."""
        return title in self.titles.get(actor.id, ()) or self._held_any(actor, (title,))

    def owner(self, phrase: Phrase) -> Actor | None:
        """The state or body whose office or part the phrase speaks of."""
        owner = phrase.owners[0] if phrase.owners else None
        if phrase.body is None:
            if owner is not None and owner.type == "body":
                kind = owner.id.partition(":")[2].partition("-")[2]
                self.bodies.setdefault(kind, set()).add(owner.id)
                self.actors.setdefault(owner.id, owner)
            return owner
        return self.body(owner, phrase.body)

    def body(self, owner: Actor | None, kind: str) -> Actor | None:
        """A state's body of that kind; without a state the only one of its kind in the report."""
        if owner is None:
            met = self.bodies.get(kind, set())
            return self.actors[next(iter(met))] if len(met) == 1 else None
        code = (owner.state or owner.id.partition(":")[2]).lower()
        name = f"body:{code}-{kind}"
        found = self.known.actors.get(name) or Actor(
            id=name, name=f"{owner.name}: {kind.replace('-', ' ')}", type="body", state=owner.state
        )
        self.bodies.setdefault(kind, set()).add(found.id)
        self.actors.setdefault(found.id, found)
        return found

    def several(self, phrase: Phrase, counterpart_of: Actor | None) -> Actor | None:
        """The group that "Japanese and South Korean foreign ministers" or "US officials" are."""
        title = phrase.titles[-1] if phrase.titles else "official"
        single = title.removesuffix("s") if title.startswith("counterpart") else title
        if single == "counterpart" and counterpart_of is not None:
            roles = lexicon.load("titles")["roles"]
            called = self.titles.get(counterpart_of.id, set()) - set(roles)
            held = called or {
                t
                for t in self._desk_titles(counterpart_of)
                if t not in roles and self._held_any(counterpart_of, (t,))
            }
            single = next(iter(held)) if len(held) == 1 else single
        owners = [self.owner(replace(phrase, owners=(o,))) for o in phrase.owners]
        bodies = [owner for owner in owners if owner is not None]
        if not bodies or phrase.former:
            return None
        if single in lexicon.load("titles")["roles"] or single == "counterpart":
            return _officials(bodies, single)
        members = [self.holder(o, single) or unheld(o, single) for o in bodies]
        if len(members) == 1:
            return (
                _officials(bodies, single) if phrase.plural and not _counter(title) else members[0]
            )
        return group(members)


def _counter(title: str) -> bool:
    return title.startswith("counterpart")


def _officials(owners: Sequence[Actor], role: str) -> Actor:
    codes = "+".join(sorted(o.id.partition(":")[2] for o in owners))
    names = ", ".join(sorted(o.name for o in owners))
    states = {o.state for o in owners}
    return Actor(
        id=f"group:{codes}:{slug(role)}",
        name=f"{names}: {role}s",
        type="group",
        state=states.pop() if len(states) == 1 else None,
        members=tuple(sorted(o.id for o in owners)) if len(owners) > 1 else (),
    )


def group(members: Sequence[Actor]) -> Actor:
    """The group of exactly these actors; its id is made of theirs, whatever their order."""
    known = {member.id: member for member in members}
    ids = tuple(sorted(known))
    states = {member.state for member in members}
    return Actor(
        id="group:" + "+".join(i.partition(":")[2] for i in ids),
        name=", ".join(known[i].name for i in ids),
        type="group",
        state=states.pop() if len(states) == 1 else None,
        members=ids,
    )


def unheld(owner: Actor, title: str, state: str | None = "") -> Actor:
    """An office whose holder is not told: a person without a name, who acts for its state."""
    code = owner.id.partition(":")[2]
    return Actor(
        id=f"office:{code}:{slug(title)}",
        name=f"{title} of {owner.name}",
        type="person",
        state=owner.state if state == "" else state,
    )


# --------------------------------------------------------------------------- phrases -> mentions


def mentions(phrases: Sequence[Phrase], people: People, text: str) -> list[ActorMention]:
    """The mentions that the phrases make, in text order; what cannot be told makes none."""
    # Short names first: a headline's "Mary Doe Declines" is then known for Mary Doe's.
    for phrase in sorted(phrases, key=lambda p: ((p.name or "").count(" "), p.start)):
        people.meet(phrase)
    apposed = _appositions(phrases, people, text)
    named_twice = _named_otherwise(phrases, text)
    found: list[ActorMention] = []
    latest: Actor | None = None
    for phrase in phrases:
        made = _mention(phrase, people, text, apposed, latest)
        if made is None or (phrase.form == "state" and not _stands(made, named_twice)):
            continue
        found.append(made)
        if phrase.form in ("person", "surname"):
            latest = made.actor
    return found


def _mention(
    phrase: Phrase,
    people: People,
    text: str,
    apposed: dict[int, Actor],
    latest: Actor | None,
) -> ActorMention | None:
    words = text[phrase.start : phrase.end]
    title = phrase.titles[-1] if phrase.titles else None
    span = (phrase.start, phrase.end)
    if phrase.form in ("state", "seat"):
        owner = phrase.owners[0]
        return ActorMention(*span, owner, words, "alias")
    if phrase.form == "body":
        actor = people.owner(phrase)
        if actor is None:
            return None
        return ActorMention(*span, actor, words, "group" if actor.type == "group" else "alias")
    if phrase.form in ("person", "surname"):
        actor = people.named(phrase)
        if actor is None:
            return None
        whole = " " in (phrase.name or "")
        how: How = "alias" if phrase.person else "name" if whole else "last-name"
        return ActorMention(*span, actor, phrase.name or words, how, title)
    if phrase.start in apposed:
        actor = people.actors.get(apposed[phrase.start].id, apposed[phrase.start])
        return ActorMention(*span, actor, words, "apposition", title)
    if phrase.form == "offices" or (title or "").startswith("counterpart"):
        by_owner = latest if phrase.article == "r" else None
        actor = people.several(phrase, by_owner)
        if actor is None:
            return None
        return ActorMention(
            *span, actor, words, "group" if actor.type == "group" else "office", title
        )
    actor = people.office(phrase)
    return None if actor is None else ActorMention(*span, actor, words, "office", title)


def _appositions(phrases: Sequence[Phrase], people: People, text: str) -> dict[int, Actor]:
    """The start of each office phrase that stands beside its holder's name, with the holder."""
    found: dict[int, Actor] = {}
    for first, second in pairwise(phrases):
        between = text[first.end : second.start]
        if {first.form, second.form} not in ({"office", "person"}, {"office", "surname"}):
            continue
        office, name = (first, second) if first.form == "office" else (second, first)
        beside = _APPOSED if first is name else _BESIDE
        if not beside.fullmatch(between) or not _AFTER_APPOSITION.match(text, second.end):
            continue
        if first is name and not text[second.end : second.end + 1]:
            continue
        title, owner = people.place(office)
        state = owner.state if owner is not None else None
        actor = people.named(name) or people.bearer(name.name or "", title, state)
        if actor is None or office.former:
            continue
        if actor.state is not None and state is not None and actor.state != state:
            continue
        titles = {title}
        roles = {*lexicon.load("titles")["roles"], "counterpart"}
        desk = people.known.actors.get(actor.id)
        if desk is not None and not titles & (people.titles_of(actor) | roles):
            continue
        people.titles.setdefault(actor.id, set()).update(titles - {"counterpart"})
        people.actors[actor.id] = replace(actor, state=actor.state or state)
        found[office.start] = actor
    return found


def _named_otherwise(phrases: Iterable[Phrase], text: str) -> set[str]:
    """The states that the report names by more than "the North" and its like."""
    return {
        owner.id
        for phrase in phrases
        for owner in phrase.owners
        if not text[phrase.start : phrase.end].lower().startswith("the ")
    }


def _stands(mention: ActorMention, named_otherwise: set[str]) -> bool:
    return not mention.alias.lower().startswith("the ") or mention.actor.id in named_otherwise


# --------------------------------------------------------------------------- small questions


def slug(name: str) -> str:
    """The name in lower-case ASCII letters joined by hyphens.

    >>> slug("Cho Tae-yul"), slug("António Guterres")
    ('cho-tae-yul', 'antonio-guterres')
    """
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-") or "unnamed"


def _without_initials(name: str) -> str:
    """The name as an id is made of it: the same in a report that leaves the initials out."""
    suffixes = lexicon.load("names")["suffixes"]
    parts = [p for p in name.split() if p not in suffixes and len(p.strip(".")) > 1]
    return " ".join(parts) if len(parts) > 1 else name


def _shorter(name: str) -> list[str]:
    """Shorter forms that may name the same person: without what stands between, before or after.

    >>> _shorter("Vladimir Vladimirovich Putin")[0]
    'Vladimir Putin'
    """
    words = name.split()
    if len(words) < 3 or family(name) == words[0]:
        return []
    return [f"{words[0]} {words[-1]}", " ".join(words[:2]), " ".join(words[-2:])]


def _same_given(name: str, other: str) -> bool:
    """Whether two names of one family name share a given name or a short form of it."""
    first, second = name.split()[0], other.split()[0]
    if family(name) in (first, second):
        return key(name) == key(other)
    if first == second:
        return True
    forms = lexicon.load("names")["nicknames"]
    return second in forms.get(first, ()) or first in forms.get(second, ())


def _state_for(phrase: Phrase) -> str | None:
    if phrase.former or not phrase.titles or not phrase.owners:
        return None
    return phrase.owners[0].state


def _pronoun(phrase: Phrase, name: str) -> Pronoun | None:
    if phrase.pronoun is not None:
        return phrase.pronoun
    given = lexicon.load("names")["given"]
    first = name.split()[0]
    for gender in _GENDERS:
        if first in given[gender]:
            return gender
    return None


def _may_overlap(start: str | None, end: str | None, published: Time) -> bool:
    """Whether an office from `start` to `end` may have been held when the report was published.

    Days cut to a month or a year may be any day of it; an unknown publication day overlaps all.
    """
    earliest, latest = published.earliest, published.latest
    begins_before = start is None or latest is None or start <= latest[:10]
    ends_after = end is None or earliest is None or f"{end}~" >= earliest[:10]
    return begins_before and ends_after
