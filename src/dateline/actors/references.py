"""Words that lean on what was named before: "the three countries", "both leaders", "he", "they"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from dateline import lexicon
from dateline.actors.people import People, group, unheld
from dateline.actors.view import View
from dateline.actors.vocabulary import plural
from dateline.model import Actor, ActorMention, Sentence, Span, Token

_PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
}  # fmt: skip
_JOINED = re.compile(r",?\s+(?:and|or|&)\s+(?:the |his |her |its |their )?|,\s+(?:the |his |her )?")
_NEAR = 3  # sentences back in which an enumeration is still the one that is meant

Listed = tuple[Span, tuple[Actor, ...]]


# --------------------------------------------------------------------------- groups


@lru_cache(maxsize=1)
def _group_pattern() -> re.Pattern[str]:
    words = lexicon.load("titles")
    heads = sorted(
        {plural(w) for kind in ("state", "person", "any") for w in words["groups"][kind]},
        key=len,
        reverse=True,
    )
    numbers = "|".join(n for n in words["numbers"] if n not in ("both", "trio"))
    return re.compile(
        r"\b(?:(?:all|the|these|those|our|their)\s+)*?"
        rf"(?P<words>(?:the\s+|all\s+)?(?P<number>{numbers}|both)\s+(?:\w+\s+)?"
        rf"(?P<head>{'|'.join(map(re.escape, heads))}))\b(?:'s?\s+(?P<title>[a-z]+(?: (?:of )?[a-z]+)??s\b))?",
        re.IGNORECASE,
    )


def find_groups(
    view: View, lists: Sequence[Listed], found: Sequence[ActorMention], people: People
) -> list[ActorMention]:
    """The mentions of groups whose members are certain, from the enumerations in the report."""
    named = [*lists, *_people_lists(view.text, found)]
    named.sort(key=lambda item: item[0])
    groups: list[ActorMention] = []
    for start, end in view.report.paragraphs:
        for match in _group_pattern().finditer(view.text, start, end):
            members = _members(view, match, named)
            if members:
                groups.append(_group_mention(match, members, people))
    return groups


def _group_mention(match: re.Match[str], members: Sequence[Actor], people: People) -> ActorMention:
    title = _title(match.group("title"), people)
    if title is not None and all(m.type == "state" for m in members):
        holders = [people.holder(m, title) or unheld(m, title) for m in members]
        stop = match.end("title")
        words = match.string[match.start("words") : stop]
        return ActorMention(match.start("words"), stop, group(holders), words, "group", title)
    words = match.group("words")
    return ActorMention(match.start("words"), match.end("words"), group(members), words, "group")


def _title(words: str | None, people: People) -> str | None:
    """The title that the plural names: "defense ministers"."""
    return None if words is None else people.known.plurals.get(words.lower())


def _members(view: View, match: re.Match[str], named: Sequence[Listed]) -> Sequence[Actor]:
    words = lexicon.load("titles")
    number = (
        2
        if match.group("number").lower() == "both"
        else words["numbers"][match.group("number").lower()]
    )
    head = match.group("head").lower()
    kinds = {"state", "person"}
    for kind in ("state", "person"):
        if head in {plural(w) for w in words["groups"][kind]}:
            kinds = {kind}
    fitting = [
        (span, members)
        for span, members in named
        if len(members) == number and {_sort(m) for m in members} <= kinds
    ]
    before = [item for item in fitting if item[0][1] <= match.start()]
    if before:
        (span, members) = before[-1]
        if view.sentence(match.start()) - view.sentence(span[0]) <= _NEAR:
            return members
    return fitting[0][1] if len({frozenset(m.id for m in ms) for _, ms in fitting}) == 1 else ()


def _sort(actor: Actor) -> str:
    return "state" if actor.type == "state" else "person" if actor.type == "person" else "other"


def _people_lists(text: str, found: Sequence[ActorMention]) -> Iterable[Listed]:
    """Runs of people named one after the other: "Blinken, Motegi and Chung"."""
    run: list[ActorMention] = []
    for mention in [*found, None]:
        joined = (
            mention is not None
            and run
            and mention.actor.type == "person"
            and _JOINED.fullmatch(text, run[-1].end, mention.start)
        )
        if mention is not None and joined:
            run.append(mention)
            continue
        members = tuple({m.actor.id: m.actor for m in run}.values())
        if len(members) > 1 and _has_and(text, run):
            yield (run[0].start, run[-1].end), members
        run = [mention] if mention is not None and mention.actor.type == "person" else []


def _has_and(text: str, run: Sequence[ActorMention]) -> bool:
    return " and " in text[run[-2].end : run[-1].start] + " "


# --------------------------------------------------------------------------- pronouns


def find_pronouns(
    view: View,
    found: Sequence[ActorMention],
    unclear: Sequence[Span],
) -> list[ActorMention]:
    """The pronouns for which exactly one person, or one group, fits.

    Who fits is named earlier in the sentence or in the one before it (whole quotations between
    do not count), outside of quotations unless the pronoun stands in the same one. A person
    without a name ("a reporter"), a name that is `unclear` and a pronoun that was left open
    count as people who may be meant.
    """
    by_sentence: dict[int, list[ActorMention]] = {}
    for mention in found:
        by_sentence.setdefault(view.sentence(mention.start), []).append(mention)
    groups = sorted(_people_lists(view.text, found), key=lambda item: item[0])
    taken = {index for m in found for index in view.tokens(m.start, m.end)}
    resolved: list[ActorMention] = []
    open_pronouns: list[Token] = []
    for number, sentence in enumerate(view.analysis.sentences):
        for index in range(sentence.first, sentence.last):
            token = view.analysis.tokens[index]
            word = token.text.lower()
            if token.pos not in ("PRON", "DET") or index in taken:
                continue
            actor: Actor | None = None
            if word in _PRONOUNS:
                actor = _person(view, by_sentence, number, token, open_pronouns, unclear)
                if actor is None:
                    open_pronouns.append(token)
            elif word == "they":
                actor = _they(view, by_sentence, groups, number, token)
            if actor is not None:
                made = ActorMention(token.start, token.end, actor, token.text, "pronoun")
                resolved.append(made)
                by_sentence.setdefault(number, []).append(made)
                by_sentence[number].sort(key=lambda m: m.start)
    return resolved


def _person(
    view: View,
    by_sentence: dict[int, list[ActorMention]],
    number: int,
    token: Token,
    open_pronouns: Sequence[Token],
    unclear: Sequence[Span],
) -> Actor | None:
    gender = _PRONOUNS[token.text.lower()]
    quote = view.in_quotes(token.start)
    here = [m for m in by_sentence.get(number, ()) if m.end <= token.start]
    before = _preceding(view, number, quote)
    mentions = here + (by_sentence.get(before, []) if before is not None else [])
    fitting = {
        m.actor.id: m.actor
        for m in mentions
        if m.actor.type == "person"
        and m.actor.pronoun in (None, gender)
        and view.in_quotes(m.start) in (None, quote)
    }
    if len(fitting) != 1:
        return _subject_here(view, here, token, gender) if len(fitting) > 1 else None
    sentences = [number] if before is None else [before, number]
    first = view.analysis.sentences[sentences[0]].start
    since = open_pronouns[bisect_left(open_pronouns, first, key=lambda p: p.start) :]
    if any(_PRONOUNS[p.text.lower()] == gender for p in since):
        return None  # somebody else is spoken of
    if bisect_left(unclear, (first, 0)) < bisect_left(unclear, (token.start, 0)):
        return None
    if _unnamed_people(view, sentences, token, mentions, gender):
        return None
    return next(iter(fitting.values()))


def _subject_here(
    view: View, here: Sequence[ActorMention], token: Token, gender: str
) -> Actor | None:
    """The only person of the sentence so far, where they are the subject of a clause above.

    "Blinken said he would go" is Blinken's going, whoever the sentence before was about.
    """
    fitting = {
        m.actor.id: m
        for m in here
        if m.actor.type == "person" and m.actor.pronoun in (None, gender)
    }
    if len(fitting) != 1 or view.in_quotes(token.start) is not None:
        return None
    (mention,) = fitting.values()
    head = view.head(mention.start, mention.end)
    if head is None or head.dep not in ("nsubj", "nsubjpass"):
        return None
    verb = view.head_of(head)
    above = token
    for _ in range(12):
        if above.head == view.first_token(above.start):
            return None
        above = view.head_of(above)
        if above.start == verb.start:
            return mention.actor
    return None


def _preceding(view: View, number: int, quote: int | None) -> int | None:
    """The sentence before, leaving out those that are quotation through and through."""
    for earlier in range(number - 1, -1, -1):
        sentence = view.analysis.sentences[earlier]
        if not view.is_quoted(sentence) or view.in_quotes(sentence.start + 1) == quote:
            return earlier
    return None


def _unnamed_people(
    view: View,
    sentences: Iterable[int],
    pronoun: Token,
    named: Sequence[ActorMention],
    gender: str,
) -> bool:
    words = lexicon.load("titles")["unnamed"]
    lemmas = {*words["any"], *words[gender]}
    for number in sentences:
        sentence: Sentence = view.analysis.sentences[number]
        for token in view.analysis.tokens[sentence.first : sentence.last]:
            if token.start >= pronoun.start:
                break
            if (
                token.tag == "NN"
                and token.lemma.lower() in lemmas
                and token.dep not in ("compound", "appos", "attr")
                and not any(m.start <= token.start < m.end for m in named)
                and not _is_named_beside(view, token, named)
                and view.in_quotes(token.start) is None
            ):
                return True
    return False


def _is_named_beside(view: View, noun: Token, named: Sequence[ActorMention]) -> bool:
    """Whether a name stands in apposition: "his sister, Kim Yo Jong"."""
    children = view.analysis.children[view.first_token(noun.start)]
    beside = [view.analysis.tokens[c] for c in children]
    return any(c.dep == "appos" and m.start <= c.start < m.end for c in beside for m in named)


def _they(
    view: View,
    by_sentence: dict[int, list[ActorMention]],
    lists: Sequence[Listed],
    number: int,
    token: Token,
) -> Actor | None:
    """The only group that "they", at the head of a sentence, can be."""
    if token.dep not in ("nsubj", "nsubjpass") or view.in_quotes(token.start) is not None:
        return None
    before = _preceding(view, number, None)
    window = [number] if before is None else [before, number]
    first = view.analysis.sentences[window[0]].start
    groups = {
        m.actor.id: m.actor
        for n in window
        for m in by_sentence.get(n, ())
        if m.actor.type == "group" and m.end <= token.start and m.how != "pronoun"
    }
    for (start, end), members in lists[bisect_left(lists, first, key=lambda item: item[0][0]) :]:
        if start >= token.start:
            break
        if end <= token.start and not view.text[:start].rstrip().endswith(("including", "such as")):
            made = group(members)
            groups[made.id] = made
    return next(iter(groups.values())) if len(groups) == 1 else None
