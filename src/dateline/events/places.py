"""Where an event was: by the desk's gazetteer, else a place that the text names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.events import syntax
from dateline.events.codings import Trigger
from dateline.events.rows import word_list
from dateline.model import Analysis, Desk, Place, Sentence, Span

# Where a thing was done comes before where it went to: a launch is at its site.
_FROM = (
    "from",
    "at",
    "near",
    "in",
    "on",
    "off",
    "around",
    "outside",
    "inside",
    "within",
    "aboard",
    "along",
    "across",
)
_TO = ("into", "toward", "towards", "to", "through")
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place in a sentence: what it is, and its words and tokens (last exclusive)."""

    place: Place
    words: Span
    first: int
    last: int
    known: bool


@cache
def _aliases(places: tuple[Place, ...]) -> Mapping[str, tuple[tuple[tuple[str, ...], Place], ...]]:
    """First word -> the wordings that begin with it, longest first."""
    index: dict[str, list[tuple[tuple[str, ...], Place]]] = {}
    for place in places:
        for alias in (place.name, *place.aliases):
            parts = tuple(_split(alias))
            index.setdefault(parts[0], []).append((parts, place))
    return {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in index.items()}


def _split(text: str) -> list[str]:
    return (
        text.lower()
        .replace("-", " - ")
        .replace("/", " / ")
        .replace("'s", " 's")
        .replace(",", " ,")
        .split()
    )


def capitals(desk: Desk) -> Mapping[str, str]:
    """The names of capitals -> the alpha-3 code of their state, of those that one state has."""
    found: dict[str, set[str]] = {}
    for actor in desk.actors:
        if actor.type == "state" and actor.state is not None:
            for seat in actor.seats:
                found.setdefault(seat, set()).add(actor.state)
    return {seat: states.pop() for seat, states in found.items() if len(states) == 1}


def named_places(
    analysis: Analysis, sentence: Sentence, desk: Desk, seats: Mapping[str, str]
) -> list[NamedPlace]:
    """The places named in a sentence, in order; the desk's wordings before the pipeline's entities."""
    index = _aliases(desk.places)
    parts: list[tuple[str, int]] = []
    for i in range(sentence.first, sentence.last):
        parts += [(word, i) for word in _split(analysis.tokens[i].text.replace("’", "'"))]
    found: list[NamedPlace] = []
    at = 0
    while at < len(parts):
        for wording, place in index.get(parts[at][0], ()):
            if [word for word, _ in parts[at : at + len(wording)]] == list(wording):
                first, last = parts[at][1], parts[at + len(wording) - 1][1] + 1
                words = (analysis.tokens[first].start, analysis.tokens[last - 1].end)
                found.append(NamedPlace(place, words, first, last, True))
                at += len(wording) - 1
                break
        at += 1
    covered = {i for f in found for i in range(f.first, f.last)}
    for entity in analysis.entities:
        inside = entity.label in _PLACE_LABELS and sentence.first <= entity.first < sentence.last
        if inside and covered.isdisjoint(range(entity.first, entity.last)):
            name = "".join(
                t.text + " " * (analysis.tokens[i + 1].start > t.end)
                for i, t in enumerate(analysis.tokens[entity.first : entity.last - 1], entity.first)
            )
            name += analysis.tokens[entity.last - 1].text
            bare = _without_article(name)
            place = Place(name=bare, state=seats.get(bare))
            words = (entity.start, entity.end)
            found.append(NamedPlace(place, words, entity.first, entity.last, False))
    return sorted(found, key=lambda f: f.words)


def _without_article(name: str) -> str:
    return name[4:] if name.lower().startswith("the ") else name


def find_place(
    analysis: Analysis, trigger: Trigger, places: Sequence[NamedPlace], parties: Iterable[Span]
) -> NamedPlace | None:
    """The place that the trigger's own prepositional phrases name, or None.

    A party to the event is not its place ("talks with China"), but "arrived in South Korea" is.
    """
    if not places:
        return None
    by_token = {i: p for p in reversed(places) for i in range(p.first, p.last)}
    taken = set(parties)
    ranked: list[tuple[int, int, NamedPlace]] = []
    if trigger.coding.mode == "visit" and trigger.verb is not None and trigger.noun is None:
        visited = [by_token.get(o) for o in syntax.objects(analysis, trigger.verb)]
        for place in visited:
            if place is not None and not _overlaps(place.words, taken):
                return place  # "visited Hanoi"
    for head in _hosts(analysis, trigger):
        for prep in syntax.kids(analysis, head, "prep", "advmod"):
            rank = _rank(analysis, prep)
            if rank is None:
                continue
            for index in _along(analysis, prep):
                place = by_token.get(index)
                if place is None or (_overlaps(place.words, taken) and not _arrives(trigger, rank)):
                    continue
                ranked.append((rank + (0 if place.known else 1), len(ranked), place))
    return min(ranked, key=lambda r: r[:2])[2] if ranked else None


def _along(analysis: Analysis, prep: int, depth: int = 0) -> list[int]:
    """The tokens of the place that a preposition names: its object, and further places on it.

    "from a site near Wonsan" goes on to Wonsan; "in talks with Pyongyang" names no place.
    """
    found: list[int] = []
    if depth > 4:
        return found
    for pobj in syntax.kids(analysis, prep, "pobj"):
        for each in syntax.conjuncts(analysis, pobj):
            if syntax.lemma(analysis, each) in word_list("place_nouns"):
                found += range(syntax.core(analysis, each)[0], each)
            found.append(each)
            for child in analysis.children[each]:
                if (
                    analysis.tokens[child].dep == "prep" and _rank(analysis, child) is not None
                ) or (analysis.tokens[child].dep == "prep" and analysis.tokens[child].text == "of"):
                    found += _along(analysis, child, depth + 1)
                elif analysis.tokens[child].dep == "appos":
                    found.append(child)
    for inner in syntax.kids(analysis, prep, "prep"):
        found += _along(analysis, inner, depth + 1)
    return found


def _overlaps(words: Span, others: Iterable[Span]) -> bool:
    return any(words[0] < end and start < words[1] for start, end in others)


def _arrives(trigger: Trigger, rank: int) -> bool:
    """Whether a party may be the place as well: what arrives in a country is there."""
    return rank < _TO_RANK and (trigger.coding.mode == "visit" or trigger.coding.type == "MOBILIZE")


_TO_RANK = 4


def _rank(analysis: Analysis, prep: int) -> int | None:
    text = analysis.tokens[prep].text.lower()
    if text in _FROM:
        return 0 if text in ("from", "at", "in", "near") else 2
    return _TO_RANK if text in _TO else None


def _hosts(analysis: Analysis, trigger: Trigger) -> list[int]:
    """The tokens whose prepositions may place the event: trigger, what it is done to, its verb."""
    hosts = [h for h in (trigger.noun, trigger.verb) if h is not None]
    if trigger.noun is not None and trigger.verb is None:
        hosts += syntax.under(analysis, trigger.noun, "of")
    if trigger.verb is not None:
        hosts += trigger.things or syntax.objects(analysis, trigger.verb)
    if trigger.coding.reciprocal:  # "met with our counterparts in Anchorage"
        hosts += [
            t for h in hosts[:2] for t in syntax.under(analysis, h, "with", "between", "among")
        ]
    return list(dict.fromkeys(hosts))
