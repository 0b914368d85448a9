"""Which words of a sentence tell an event, and of what type: the rules reading.

`find_triggers` is what `find_mentions` uses unless it is given another `Typing`. Words come from
lexicon/plover.toml and the desk's kinds; the parse says which word is done to which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.events import syntax
from dateline.events.codings import Coding, Trigger, coding_of
from dateline.events.merging import merged
from dateline.events.rows import Row, last_noun_words, rows, rows_by_verb, word_list
from dateline.events.texts import (
    all_below,
    any_in,
    core_text,
    direct_text,
    text_of,
    verb_text,
    wide_text,
    with_apposition,
)
from dateline.model import Analysis, Desk, DeskKind, Sentence

_VERBAL = frozenset({"AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})


def find_triggers(analysis: Analysis, sentence: Sentence, desk: Desk) -> list[Trigger]:
    """The triggers of a sentence in order of the text, one for each event told in a clause."""
    found: list[Trigger] = []
    if _is_apolitical(analysis, sentence):
        return []
    for index in range(sentence.first, sentence.last):
        token = analysis.tokens[index]
        if token.pos == "VERB" and token.dep not in ("amod", "compound", "aux", "auxpass"):
            told = _verb_triggers(analysis, index, desk)
            found += told or _of_what_stood_before(analysis, index, sentence, desk)
        elif token.dep == "acomp" and token.pos == "ADJ":
            found += _adjective_triggers(analysis, index, desk)
        elif token.pos in ("NOUN", "PROPN") and token.dep not in ("compound", "npadvmod", "nmod"):
            found += _noun_triggers(analysis, index, desk)
    return merged(analysis, found)


def _is_apolitical(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a word of the sentence says that it is about sport or show."""
    about_show = word_list("apolitical")
    verbs = word_list("apolitical_verbs")
    if any_in(about_show, text_of(analysis, range(sentence.first, sentence.last))):
        return True
    for index in range(sentence.first, sentence.last):
        lemma = syntax.lemma(analysis, index)
        if lemma in about_show or (lemma in verbs and syntax.is_verb(analysis, index)):
            return True
    return False


# --------------------------------------------------------------------------- verbs


def _verb_triggers(analysis: Analysis, verb: int, desk: Desk) -> list[Trigger]:
    if _is_habit(analysis, verb):
        return []
    tokens = (*_prefix(analysis, verb), verb)
    split = _split_by_kind(analysis, verb, desk)
    if split:
        return [
            Trigger(
                tokens=(*tokens, *_object_words(analysis, verb, things)),
                coding=coding,
                verb=verb,
                things=things,
            )
            for coding, things in split
        ]
    row_and_words = _row_of_verb(analysis, verb)
    if row_and_words is None or _by_nature(analysis, verb):
        return _demand(analysis, verb)
    row, words = row_and_words
    coding = row.coding
    if coding.type == "REQUEST" and word_list("papers") & _doers(analysis, verb):
        return []
    if coding.type == "AGREE" and _menaces(analysis, verb):
        coding = _MENACE
    return [Trigger(tokens=tuple(sorted({*tokens, *words})), coding=coding, verb=verb)]


_MENACE = Coding("THREATEN", cameo="130", onto=("against", "on"))
_HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "THREATEN"})


def _menaces(analysis: Analysis, verb: int) -> bool:
    """Whether what is vowed is hostile: "swore to crush them", "vowed to impose tariffs"."""
    for vowed in syntax.kids(analysis, verb, "xcomp"):
        if syntax.lemma(analysis, vowed) in word_list("menaces"):
            return True
        told = _row_of_verb(analysis, vowed)
        if told is not None and told[0].coding.type in _HOSTILE:
            return True
    return False


def _is_habit(analysis: Analysis, verb: int) -> bool:
    """ "the fleet used to moor there": what was a custom is no event."""
    token = analysis.tokens[verb]
    over = analysis.tokens[token.head]
    return (
        token.dep == "xcomp"
        and over.lemma.lower() == "use"
        and over.tag in ("VBD", "VBN")
        and (
            any(analysis.tokens[c].tag == "TO" for c in syntax.kids(analysis, verb, "aux"))
            and not syntax.kids(analysis, token.head, "auxpass", "dobj")
        )
    )


def _of_what_stood_before(
    analysis: Analysis, verb: int, sentence: Sentence, desk: Desk
) -> list[Trigger]:
    """ "The North launched it", where the sentence before is about a rocket with a satellite.

    Only of kinds that one state alone does, and only if one kind fits a subject or object there.
    """
    things = syntax.objects(analysis, verb)
    if len(things) != 1 or analysis.tokens[things[0]].text.lower() not in ("it", "them", "they"):
        return []
    lemma = syntax.lemma(analysis, verb)
    kinds = [k for k in desk.kinds if k.sources and lemma in k.triggers]
    before = next((s for s in analysis.sentences if s.last == sentence.first), None)
    if before is None or not kinds:
        return []
    for index in range(before.first, before.last):
        if analysis.tokens[index].dep not in ("nsubj", "nsubjpass", "dobj"):
            continue
        lemma_before = syntax.lemma(analysis, index)
        indices = set(syntax.noun_phrase(analysis, index))
        for clause in syntax.kids(analysis, index, "acl"):
            indices |= set(all_below(analysis, clause))
        text = text_of(analysis, sorted(indices))
        kind = next((k for k in kinds if lemma_before in k.counted and _fits(k, text)), None)
        if kind is not None:
            told_by = ((before.start, before.end),)
            coding = coding_of(kind)
            return [Trigger((verb,), coding, verb, things=tuple(things), told_by=told_by)]
    return []


_DEMAND = Coding("REQUEST", mode="change", cameo="100", needs_target=True)
_DUTY = frozenset({"must", "should", "ought"})


def _demand(analysis: Analysis, verb: int) -> list[Trigger]:
    """ "said that the North must return to talks": somebody wants another to do something."""
    if syntax.lemma(analysis, verb) in word_list("propositions"):
        return _proposed(analysis, verb)
    if syntax.lemma(analysis, verb) not in word_list("sayings"):
        return []
    own = {analysis.tokens[s].text.lower() for s in syntax.subjects(analysis, verb)}
    for clause in syntax.kids(analysis, verb, "ccomp"):
        duties = [
            c
            for c in syntax.kids(analysis, clause, "aux")
            if analysis.tokens[c].text.lower() in _DUTY
        ]
        others = syntax.subjects(analysis, clause)
        if (
            duties
            and others
            and analysis.tokens[others[0]].text.lower() not in own | {"it", "we", "i"}
        ):
            return [Trigger(tokens=(verb, duties[0]), coding=_DEMAND, verb=verb)]
    return []


def _proposed(analysis: Analysis, verb: int) -> list[Trigger]:
    """ "proposed to Seoul that it send them home": a request to somebody else."""
    for clause in syntax.kids(analysis, verb, "ccomp"):
        marks = {analysis.tokens[c].text.lower() for c in syntax.kids(analysis, clause, "mark")}
        others = syntax.kids(analysis, clause, "nsubj")
        wished = analysis.tokens[clause].tag == "VB" or syntax.lemma(analysis, verb) == "propose"
        own = [o for o in others if analysis.tokens[o].text.lower() in _ONESELF]
        if "that" in marks and wished and others and not own:
            return [Trigger(tokens=(verb,), coding=_PROPOSAL, verb=verb)]
    return []


_ONESELF = frozenset({"it", "they", "we", "i"})
_PROPOSAL = Coding("REQUEST", mode="change", cameo="100", onto=("to",))


def _prefix(analysis: Analysis, verb: int) -> tuple[int, ...]:
    """The "test-" of "test-fired"."""
    if (
        verb >= 2
        and analysis.tokens[verb - 1].text in ("-", "‐", "–")
        and analysis.tokens[verb - 1].end == analysis.tokens[verb].start
    ):
        return (verb - 2, verb - 1)
    return ()


def _object_words(analysis: Analysis, verb: int, things: Sequence[int]) -> tuple[int, ...]:
    """The event noun under a light verb, so that the trigger reads "conducted … test"."""
    if syntax.lemma(analysis, verb) not in word_list("light"):
        return ()
    names = last_noun_words() | {"test", "launch", "exercise", "drill"}
    return tuple(t for t in things if t > verb and syntax.lemma(analysis, t) in names)


def _split_by_kind(
    analysis: Analysis, verb: int, desk: Desk
) -> list[tuple[Coding, tuple[int, ...]]]:
    """The desk kinds that a verb tells with each of its objects; objects of one kind together."""
    lemma = syntax.lemma(analysis, verb)
    candidates = [kind for kind in desk.kinds if lemma in kind.triggers]
    if lemma == "carry" and not syntax.kids(analysis, verb, "prt"):
        return []  # a rocket that carries a satellite, not "carried out a launch"
    if lemma == "send" and not _flies(analysis, verb):
        candidates = [k for k in candidates if "missile" not in k.counted]
    if not candidates:
        return []
    things = syntax.objects(analysis, verb)
    whole = verb_text(analysis, verb)
    wide = wide_text(analysis, verb)
    if lemma in word_list("light"):
        # "made plans for exercises", "conducted a series of tests": the noun is the event.
        below = {t for o in things for t in syntax.noun_phrase(analysis, o)} - set(things)
        beyond = [t for t in below if analysis.tokens[t].dep == "pobj"]
        nouns = {syntax.lemma(analysis, t) for t in beyond}
        candidates = [k for k in candidates if not nouns & set(k.triggers) - word_list("things")]
    by_kind: dict[str, tuple[DeskKind, list[int]]] = {}
    for thing in things:
        text = text_of(analysis, with_apposition(analysis, thing))
        kind = _first_kind(candidates, text, text, wide, lemma in word_list("light"))
        if kind is not None:
            by_kind.setdefault(kind.id, (kind, []))[1].append(thing)
    if not by_kind:
        texts = text_of(analysis, [t for o in things for t in syntax.noun_phrase(analysis, o)])
        kind = _first_kind(
            candidates,
            texts if lemma in word_list("light") else whole,
            texts,
            wide,
            lemma in word_list("light"),
        )
        if kind is not None:
            return [(coding_of(kind), tuple(things))]
        # "Five drones crossed the border": what comes is the thing itself. Not of kinds that one
        # state alone does, where the subject is that state's.
        comers = [k for k in candidates if not k.sources and not k.reciprocal and k.objects]
        subjects = syntax.subjects(analysis, verb)
        who = text_of(analysis, [t for s in subjects for t in syntax.noun_phrase(analysis, s)])
        kind = _first_kind(comers, who + whole, texts, wide, lemma in word_list("light"))
        return [(coding_of(kind), ())] if kind is not None else []
    return [(coding_of(kind), tuple(heads)) for kind, heads in by_kind.values()]


def _flies(analysis: Analysis, verb: int) -> bool:
    """ "sent a missile over Japan" is a launch, "sent missiles to Sudan" none."""
    preps = [
        c for h in (verb, *syntax.objects(analysis, verb)) for c in syntax.kids(analysis, h, "prep")
    ]
    return any(analysis.tokens[p].text.lower() in word_list("of_flight") for p in preps)


def _first_kind(
    kinds: Iterable[DeskKind], text: str, direct: str, wide: str, light: bool
) -> DeskKind | None:
    for kind in kinds:
        searched = text
        if not light and (kind.reciprocal or kind.type in _VERBAL):
            searched = wide
        if not _fits(kind, searched, light) or any_in(kind.unless, direct):
            continue
        return kind
    return None


def _fits(kind: DeskKind, text: str, light: bool = False) -> bool:
    """Whether a clause's text fits a kind: a whole phrase of it, or one of its objects."""
    if any_in(kind.unless, text):
        return False
    if kind.objects:
        return any_in((*kind.phrases, *kind.objects), text)
    return any_in(kind.phrases, text) or not (light or kind.phrases)


def _row_of_verb(analysis: Analysis, verb: int) -> tuple[Row, tuple[int, ...]] | None:
    lemma = syntax.lemma(analysis, verb)
    rows = rows_by_verb().get(lemma, ())
    if not rows:
        return None
    direct = direct_text(analysis, verb)
    heads = core_text(analysis, verb)
    reach = verb_text(analysis, verb, with_subject=False)
    best: tuple[int, Row, tuple[int, ...]] | None = None
    for row in rows:
        if any_in(row.unless, heads) or any_in(row.accident, reach):
            continue
        if (row.transitive and not direct) or (row.intransitive and direct):
            continue
        named = row.persons and _names_person(analysis, verb)
        if row.objects and not named and not any_in(row.objects, direct or reach):
            continue
        if row.doers and not row.doers & _doers(analysis, verb):
            continue
        for rest in row.verbs[lemma]:
            words = _particles(analysis, verb, rest)
            if words is None:
                continue
            score = 2 * len(rest) + 3 * bool(row.objects or row.doers) + bool(row.doers)
            if best is None or score > best[0]:
                best = (score, row, words)
    if best is None or _other_sense(analysis, verb, best[1]):
        return None
    return best[1], best[2]


def _names_person(analysis: Analysis, verb: int) -> bool:
    """Whether what it is done to is a person by name: "received Mr. Doe"."""
    people = {e.last - 1 for e in analysis.entities if e.label == "PERSON"}
    return any(o in people for o in syntax.objects(analysis, verb))


def _doers(analysis: Analysis, verb: int) -> frozenset[str]:
    passive = syntax.is_passive(analysis, verb)
    doers = syntax.agents(analysis, verb) if passive else syntax.subjects(analysis, verb)
    return frozenset(syntax.lemma(analysis, d) for d in doers)


def _particles(analysis: Analysis, verb: int, rest: Sequence[str]) -> tuple[int, ...] | None:
    """The tokens that carry the rest of a verb's entry ("down" of "step down"), or None."""
    if not rest:
        return ()
    near = list(analysis.children[verb])
    near += [
        g
        for c in near
        for g in analysis.children[c]
        if analysis.tokens[c].dep in ("prep", "prt", "advmod", "dobj")
    ]
    found: list[int] = []
    for word in rest:
        hit = next(
            (
                c
                for c in sorted(near)
                if c > verb and syntax.lemma(analysis, c) == word and c not in found
            ),
            None,
        )
        if hit is None:
            return None
        found.append(hit)
    return tuple(found)


def _by_nature(analysis: Analysis, verb: int) -> bool:
    """Whether what did it cannot act: "a typhoon struck", "shares fell"."""
    doers = (
        syntax.agents(analysis, verb)
        if syntax.is_passive(analysis, verb)
        else syntax.subjects(analysis, verb)
    )
    return any(syntax.lemma(analysis, doer) in word_list("no_doers") for doer in doers)


def _other_sense(analysis: Analysis, verb: int, row: Row) -> bool:
    """Whether the verb is used for something else.

    "denied firing" says no more than that it did not happen; "helped it grow" is no aid; "was
    asked about" and "asked if" are questions; "as opposed to" is no opposition.
    """
    lemma = syntax.lemma(analysis, verb)
    clauses = syntax.kids(analysis, verb, "xcomp", "ccomp")
    if lemma == "deny" or (row.coding.type == "AID" and lemma in ("help", "aid", "assist")):
        purpose = [c for c in syntax.kids(analysis, verb, "advcl") if c > verb]
        return bool(clauses) or (lemma != "deny" and bool(purpose))
    if lemma == "ask":
        words = {analysis.tokens[c].text.lower() for c in analysis.children[verb]}
        wished = any(analysis.tokens[c].tag == "VB" for c in clauses)
        return not (wished or "for" in words or "that" in words)
    if lemma == "oppose":
        marks = syntax.kids(analysis, verb, "mark", "prep")
        return any(analysis.tokens[c].text.lower() == "as" for c in marks)
    return False


# --------------------------------------------------------------------------- adjectives


# What one is "willing to" do for another, so that it is an offer; "ready to fight" is none.
_OFFERED = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})


def _adjective_triggers(analysis: Analysis, index: int, desk: Desk) -> list[Trigger]:
    """ "is willing to hold talks", "is ready for dialogue": of the desk's kinds only."""
    lemma = syntax.lemma(analysis, index)
    text = text_of(analysis, all_below(analysis, index))
    for kind in desk.kinds:
        if (
            lemma in kind.triggers
            and kind.objects
            and any_in(kind.objects, text)
            and not any_in(kind.unless, text)
        ):
            return [
                Trigger(tokens=(index,), coding=coding_of(kind), verb=analysis.tokens[index].head)
            ]
    for verb in syntax.kids(analysis, index, "xcomp"):
        offered = _row_of_verb(analysis, verb)
        kind_words = syntax.lemma(analysis, verb) in word_list("light")
        type_ = offered[0].coding.type if offered is not None else None
        for_them = type_ is None and bool(syntax.under(analysis, verb, "for", "with"))
        if not kind_words and not for_them and type_ not in _OFFERED:
            continue
        for row in rows():
            if lemma in row.adjectives:
                over = analysis.tokens[index].head
                return [Trigger(tokens=(index,), coding=row.coding, verb=over)]
    return []


# --------------------------------------------------------------------------- nouns


def _noun_triggers(analysis: Analysis, noun: int, desk: Desk) -> list[Trigger]:
    lemma = syntax.lemma(analysis, noun)
    if lemma in word_list("things"):
        return []
    kinds = [kind for kind in desk.kinds if lemma in kind.triggers]
    in_lexicon = lemma in last_noun_words()
    if not kinds and not in_lexicon:
        return []
    verb = _light_verb(analysis, noun)
    if verb is None and _is_generic(analysis, noun):
        return []
    phrase = syntax.noun_phrase(analysis, noun)
    text = text_of(analysis, phrase)
    wide = text
    if verb is not None:
        wide = f"{text} {wide_text(analysis, verb)}"
    carried = verb is not None and noun in syntax.objects(analysis, verb)
    tokens = tuple(sorted((verb, noun))) if verb is not None and carried else (noun,)
    for kind in kinds:
        searched = wide if kind.reciprocal else text
        if not _fits(kind, searched):
            continue
        return [
            Trigger(
                tokens=_compound(analysis, noun, tokens, kind.objects),
                coding=coding_of(kind),
                verb=verb,
                noun=noun,
            )
        ]
    if not in_lexicon:
        return []
    for row in rows():
        name = _noun_name(analysis, noun, row.nouns)
        if name is None or any_in(row.unless, text):
            continue
        if row.held and verb is None:
            continue
        if row.bound and verb is None and not _bound(analysis, noun):
            continue
        return [
            Trigger(
                tokens=_compound(analysis, noun, tokens), coding=row.coding, verb=verb, noun=noun
            )
        ]
    return []


_VIEWS = frozenset({"ACCUSE", "PROTEST", "REJECT", "REQUEST", "SUPPORT"})


def _is_generic(analysis: Analysis, noun: int) -> bool:
    """Whether the noun means such things as there are, no one event: "condemned U.S.-led drills".

    A bare plural that somebody only has a view of. An article, a number, a time or a place of its
    own make it one that took place.
    """
    token = analysis.tokens[noun]
    over = analysis.tokens[token.head].head if token.dep == "pobj" else token.head
    if token.tag != "NNS" or not syntax.is_verb(analysis, over):
        return False
    if syntax.kids(analysis, noun, "det", "poss", "nummod", "relcl", "acl", "prep", "npadvmod"):
        return False
    dated = {"recent", "latest", "last", "earlier", "previous", "planned", "upcoming"}
    if any(analysis.tokens[c].text.lower() in dated for c in syntax.kids(analysis, noun, "amod")):
        return False
    return any(
        row.coding.type in _VIEWS for row in rows_by_verb().get(syntax.lemma(analysis, over), ())
    )


def _compound(
    analysis: Analysis, noun: int, tokens: tuple[int, ...], phrases: Iterable[str] = ()
) -> tuple[int, ...]:
    """The trigger with the words before it that name it: "missile test", "nuclear test"."""
    named = set(phrases)
    first = noun
    for back in range(noun - 1, max(noun - 4, -1), -1):
        token = analysis.tokens[back]
        name = text_of(analysis, range(back, noun + 1)).strip()
        hyphened = back > 0 and analysis.tokens[back - 1].text == "-"
        compound = back == first - 1 and token.dep == "compound" and token.pos == "NOUN"
        if name in named or (compound and not hyphened):
            first = back
    return tuple(sorted({*tokens, *range(first, noun + 1)}))


def _noun_name(analysis: Analysis, noun: int, names: frozenset[str]) -> str | None:
    """The longest of `names` that ends in this token."""
    parts: list[str] = []
    for back in range(noun, max(noun - 3, -1), -1):
        parts.insert(0, syntax.lemma(analysis, back))
    for size in range(len(parts), 0, -1):
        name = " ".join(parts[-size:])
        if name in names:
            return name
    return None


def _bound(analysis: Analysis, noun: int) -> bool:
    """Whether the noun has a party of its own: "of", "by", "against" somebody, or a possessor."""
    if syntax.kids(analysis, noun, "poss"):
        return True
    preps = syntax.kids(analysis, noun, "prep", "agent")
    return any(
        analysis.tokens[p].text.lower() in ("by", "against", "with", "between", "of", "on", "in")
        for p in preps
    )


def _light_verb(analysis: Analysis, noun: int, gathered: bool = False) -> int | None:
    """The verb that only carries an event noun: "conducted a test", "talks were held"."""
    first = syntax.first_conjunct(analysis, noun)
    token = analysis.tokens[first]
    over = token.head
    if token.dep == "pobj" and analysis.tokens[over].text.lower() == "of":
        gathering = analysis.tokens[over].head
        if syntax.lemma(analysis, gathering) in word_list("gathering"):  # "a series of launches"
            return None if gathered else _light_verb(analysis, gathering, gathered=True)
    if token.dep == "pobj" and analysis.tokens[over].dep == "prep":
        prep, verb = analysis.tokens[over].text.lower(), analysis.tokens[over].head
        if not syntax.is_verb(analysis, verb) or prep not in ("in", "on", "out", "with"):
            return None
        lemma = syntax.lemma(analysis, verb)
        if lemma == "be" and syntax.lemma(analysis, noun) in word_list("in_progress"):
            return verb
        if lemma in word_list("taking_part"):
            return verb
        return None
    if not syntax.is_verb(analysis, over):
        return None
    lemma = syntax.lemma(analysis, over)
    if token.dep in ("dobj", "nsubjpass") and lemma in word_list("light"):
        return over
    if token.dep in ("nsubj", "nsubjpass") and lemma in word_list("happening"):
        return over
    return None
