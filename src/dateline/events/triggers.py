"""Which words of a sentence tell an event, and of what type: the rules reading.

`find_triggers` is what `find_mentions` uses unless it is given another `Typing`. Words come from
lexicon/plover.toml and the desk's kinds; the parse says which word is done to which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from dateline.events import syntax
from dateline.lexicon import load
from dateline.model import Analysis, Desk, DeskKind, Sentence

_VERBAL = frozenset({"AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"})
_CARRIES_OBJECT = ("prep", "dative", "agent", "prt")


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
    noun. `things` are the heads of what a verb is done to, where only some of it is this event's.
    """

    tokens: tuple[int, ...]
    coding: Coding
    verb: int | None = None
    noun: int | None = None
    things: tuple[int, ...] = ()

    @property
    def head(self) -> int:
        """The token that the event hangs on in the parse."""
        if self.noun is not None:
            return self.noun
        assert self.verb is not None
        return self.verb


# "a missile called the ...", "believed to be a ...": participles that say what a thing is.
_NAMING = frozenset(
    {"call", "believe", "name", "presume", "think", "dub", "know", "suspect", "identify"}
)

Typing = Callable[[Analysis, Sentence, Desk], list[Trigger]]


@dataclass(frozen=True, slots=True)
class _Row:
    coding: Coding
    verbs: Mapping[str, tuple[tuple[str, ...], ...]]
    objects: tuple[str, ...]
    nouns: frozenset[str]
    unless: tuple[str, ...]
    bound: bool
    held: bool
    transitive: bool
    intransitive: bool
    accident: tuple[str, ...]
    adjectives: frozenset[str]


@cache
def _rows() -> tuple[_Row, ...]:
    rows = [_row(entry) for entry in load("plover")["rows"]]
    return tuple(sorted(rows, key=lambda row: not row.objects))  # stable: rows with objects first


def _row(entry: Mapping[str, Any]) -> _Row:
    verbs: dict[str, tuple[tuple[str, ...], ...]] = {}
    for words in entry["verbs"]:
        first, *rest = words.split()
        verbs[first] = (*verbs.get(first, ()), tuple(rest))
    return _Row(
        coding=Coding(
            type=entry["type"],
            mode=entry.get("mode"),
            contexts=tuple(entry.get("contexts", ())),
            cameo=entry.get("cameo"),
            reciprocal=entry.get("reciprocal", False),
            onto=tuple(entry.get("onto", ())),
        ),
        verbs=verbs,
        objects=tuple(entry.get("objects", ())),
        nouns=frozenset(entry.get("nouns", ())),
        unless=tuple(entry.get("unless", ())),
        bound=entry.get("bound", False),
        held=entry.get("held", False),
        transitive=entry.get("transitive", False),
        intransitive=entry.get("intransitive", False),
        accident=tuple(entry.get("accident", ())),
        adjectives=frozenset(entry.get("adjectives", ())),
    )


@cache
def _light() -> frozenset[str]:
    return frozenset(load("plover")["light"])


@cache
def _things() -> frozenset[str]:
    return frozenset(load("plover")["things"])


@cache
def _gathering() -> frozenset[str]:
    return frozenset(load("plover")["gathering"])


@cache
def _happening() -> frozenset[str]:
    return frozenset(load("plover")["happening"])


@cache
def _verbs_by_lemma() -> Mapping[str, tuple[_Row, ...]]:
    index: dict[str, list[_Row]] = {}
    for row in _rows():
        for lemma in row.verbs:
            index.setdefault(lemma, []).append(row)
    return {lemma: tuple(rows) for lemma, rows in index.items()}


@cache
def _last_noun_words() -> frozenset[str]:
    return frozenset(noun.split()[-1] for row in _rows() for noun in row.nouns)


def find_triggers(analysis: Analysis, sentence: Sentence, desk: Desk) -> list[Trigger]:
    """The triggers of a sentence in order of the text, one for each event told in a clause."""
    found: list[Trigger] = []
    if _is_apolitical(analysis, sentence):
        return []
    for index in range(sentence.first, sentence.last):
        token = analysis.tokens[index]
        if token.pos == "VERB" and token.dep not in ("amod", "compound", "aux", "auxpass"):
            found += _verb_triggers(analysis, index, desk)
        elif token.dep == "acomp" and token.pos == "ADJ":
            found += _adjective_triggers(analysis, index, desk)
        elif token.pos in ("NOUN", "PROPN") and token.dep not in ("compound", "npadvmod", "nmod"):
            found += _noun_triggers(analysis, index, desk)
    return _merged(analysis, found)


def _is_apolitical(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a word of the sentence says that it is about sport or show."""
    words = load("plover")["apolitical"]
    verbs = load("plover")["apolitical_verbs"]
    for index in range(sentence.first, sentence.last):
        lemma = syntax.lemma(analysis, index)
        if lemma in words or (lemma in verbs and syntax.is_verb(analysis, index)):
            return True
    return False


# --------------------------------------------------------------------------- verbs


def _verb_triggers(analysis: Analysis, verb: int, desk: Desk) -> list[Trigger]:
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
    return [Trigger(tokens=tuple(sorted({*tokens, *words})), coding=row.coding, verb=verb)]


_DEMAND = Coding("REQUEST", mode="change", cameo="100", needs_target=True)
_DUTY = frozenset({"must", "should", "ought"})


def _demand(analysis: Analysis, verb: int) -> list[Trigger]:
    """ "said that the North must return to talks": somebody wants another to do something."""
    if syntax.lemma(analysis, verb) not in _sayings():
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
    if syntax.lemma(analysis, verb) not in _light():
        return ()
    names = _last_noun_words() | {"test", "launch", "exercise", "drill"}
    return tuple(t for t in things if t > verb and syntax.lemma(analysis, t) in names)


def _split_by_kind(
    analysis: Analysis, verb: int, desk: Desk
) -> list[tuple[Coding, tuple[int, ...]]]:
    """The desk kinds that a verb tells with each of its objects; objects of one kind together."""
    lemma = syntax.lemma(analysis, verb)
    candidates = [kind for kind in desk.kinds if lemma in kind.triggers]
    if not candidates:
        return []
    things = syntax.objects(analysis, verb)
    whole = _verb_text(analysis, verb)
    wide = _wide_text(analysis, verb)
    if lemma in _light():
        # "made plans for exercises", "conducted a series of tests": the noun is the event.
        below = {t for o in things for t in syntax.noun_phrase(analysis, o)} - set(things)
        beyond = [t for t in below if analysis.tokens[t].dep == "pobj"]
        nouns = {syntax.lemma(analysis, t) for t in beyond}
        candidates = [k for k in candidates if not nouns & set(k.triggers) - _things()]
    by_kind: dict[str, tuple[DeskKind, list[int]]] = {}
    for thing in things:
        text = _text(analysis, _with_apposition(analysis, thing))
        kind = _first_kind(candidates, text, text, wide, lemma in _light())
        if kind is not None:
            by_kind.setdefault(kind.id, (kind, []))[1].append(thing)
    if not by_kind:
        texts = _text(analysis, [t for o in things for t in syntax.noun_phrase(analysis, o)])
        kind = _first_kind(
            candidates, texts if lemma in _light() else whole, texts, wide, lemma in _light()
        )
        if kind is not None:
            return [(_kind_coding(kind), tuple(things))]
        # "Five drones crossed the border": what comes is the thing itself. Not of kinds that one
        # state alone does, where the subject is that state's.
        comers = [k for k in candidates if not k.sources and not k.reciprocal and k.objects]
        subjects = syntax.subjects(analysis, verb)
        who = _text(analysis, [t for s in subjects for t in syntax.noun_phrase(analysis, s)])
        kind = _first_kind(comers, who + whole, texts, wide, lemma in _light())
        return [(_kind_coding(kind), ())] if kind is not None else []
    return [(_kind_coding(kind), tuple(heads)) for kind, heads in by_kind.values()]


def _with_apposition(analysis: Analysis, head: int) -> list[int]:
    """A noun phrase with what is said of it beside: "2 missiles, likely Scuds", "called the ..."."""
    found = syntax.noun_phrase(analysis, head)
    beside = syntax.kids(analysis, head, "appos")
    verb = analysis.tokens[head].head
    if syntax.is_verb(analysis, verb):  # "a rocket, the satellite X": an apposition gone astray
        strayed = syntax.kids(analysis, verb, "npadvmod")
        beside += [c for c in strayed if c > head and analysis.tokens[c].pos == "PROPN"]
    for child in beside:
        found += syntax.noun_phrase(analysis, child)
    for child in syntax.kids(analysis, head, "acl"):
        if syntax.lemma(analysis, child) in _NAMING:
            found += _all_below(analysis, child)
    return sorted(found)


def _first_kind(
    kinds: Iterable[DeskKind], text: str, direct: str, wide: str, light: bool
) -> DeskKind | None:
    for kind in kinds:
        searched = text
        if not light and (kind.reciprocal or kind.type in _VERBAL):
            searched = wide
        if kind.objects and not _any_in(kind.objects, searched):
            continue
        if not kind.objects and not kind.phrases and light:
            continue
        if _any_in(kind.unless, searched) or _any_in(kind.unless, direct):
            continue
        return kind
    return None


def _kind_coding(kind: DeskKind) -> Coding:
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


def _row_of_verb(analysis: Analysis, verb: int) -> tuple[_Row, tuple[int, ...]] | None:
    lemma = syntax.lemma(analysis, verb)
    rows = _verbs_by_lemma().get(lemma, ())
    if not rows:
        return None
    direct = _direct_text(analysis, verb)
    heads = _core_text(analysis, verb)
    reach = _verb_text(analysis, verb, with_subject=False)
    best: tuple[int, _Row, tuple[int, ...]] | None = None
    for row in rows:
        if _any_in(row.unless, heads) or _any_in(row.accident, reach):
            continue
        if (row.transitive and not direct) or (row.intransitive and direct):
            continue
        if row.objects and not _any_in(row.objects, direct or reach):
            continue
        for rest in row.verbs[lemma]:
            words = _particles(analysis, verb, rest)
            if words is None:
                continue
            score = 2 * len(rest) + (3 if row.objects else 0)
            if best is None or score > best[0]:
                best = (score, row, words)
    if best is None or _other_sense(analysis, verb, best[1]):
        return None
    return best[1], best[2]


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


@cache
def _nature() -> frozenset[str]:
    return frozenset(load("plover")["no_doers"])


@cache
def _sayings() -> frozenset[str]:
    return frozenset(load("plover")["sayings"])


def _by_nature(analysis: Analysis, verb: int) -> bool:
    """Whether what did it cannot act: "a typhoon struck", "shares fell"."""
    doers = (
        syntax.agents(analysis, verb)
        if syntax.is_passive(analysis, verb)
        else syntax.subjects(analysis, verb)
    )
    return any(syntax.lemma(analysis, doer) in _nature() for doer in doers)


def _other_sense(analysis: Analysis, verb: int, row: _Row) -> bool:
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
    text = _text(analysis, _all_below(analysis, index))
    for kind in desk.kinds:
        if (
            lemma in kind.triggers
            and kind.objects
            and _any_in(kind.objects, text)
            and not _any_in(kind.unless, text)
        ):
            return [
                Trigger(
                    tokens=(index,), coding=_kind_coding(kind), verb=analysis.tokens[index].head
                )
            ]
    for verb in syntax.kids(analysis, index, "xcomp"):
        offered = _row_of_verb(analysis, verb)
        kind_words = syntax.lemma(analysis, verb) in _light()
        if not kind_words and (offered is None or offered[0].coding.type not in _OFFERED):
            continue
        for row in _rows():
            if lemma in row.adjectives:
                over = analysis.tokens[index].head
                return [Trigger(tokens=(index,), coding=row.coding, verb=over)]
    return []


# --------------------------------------------------------------------------- a next sentence

_SAYING_WHAT = frozenset(
    {
        "be",
        "believe",
        "presume",
        "think",
        "identify",
        "estimate",
        "suspect",
        "assess",
        "say",
        "describe",
    }
)
_POINTING = frozenset(
    {"the", "these", "those", "both", "each", "all", "it", "they", "first", "this", "that"}
)


def narrowed(
    analysis: Analysis, trigger: Trigger, sentence: Sentence, desk: Desk
) -> Trigger | None:
    """The trigger with the narrower kind that a following sentence makes of its own, or None.

    "North Korea fired two missiles. They were Scuds.": only where that sentence speaks of what
    was counted, says what it is, and names words of exactly one of the kind's `narrower` kinds.
    """
    kind = trigger.coding.kind
    if kind is None or not kind.narrower:
        return None
    root = sentence.root
    if syntax.lemma(analysis, root) not in _SAYING_WHAT or not _speaks_of(analysis, root, kind):
        return None
    text = _text(analysis, range(root, sentence.last))
    fitting = [k for k in desk.kinds if k.id in kind.narrower and _any_in(k.objects, text)]
    if len(fitting) != 1:
        return None
    return replace(trigger, coding=_kind_coding(fitting[0]))


def _speaks_of(analysis: Analysis, root: int, kind: DeskKind) -> bool:
    for subject in syntax.kids(analysis, root, "nsubj", "nsubjpass"):
        first = syntax.core(analysis, subject)[0]
        points = analysis.tokens[first].text.lower() in _POINTING
        pronoun = analysis.tokens[subject].text.lower() in ("it", "they", "both")
        if pronoun or (points and syntax.lemma(analysis, subject) in kind.counted):
            return True
    return False


# --------------------------------------------------------------------------- nouns


def _noun_triggers(analysis: Analysis, noun: int, desk: Desk) -> list[Trigger]:
    lemma = syntax.lemma(analysis, noun)
    if lemma in _things():
        return []
    kinds = [kind for kind in desk.kinds if lemma in kind.triggers]
    in_lexicon = lemma in _last_noun_words()
    if not kinds and not in_lexicon:
        return []
    verb = _light_verb(analysis, noun)
    phrase = syntax.noun_phrase(analysis, noun)
    text = _text(analysis, phrase)
    wide = text
    if verb is not None:
        wide = f"{text} {_wide_text(analysis, verb)}"
    carried = verb is not None and noun in syntax.objects(analysis, verb)
    tokens = tuple(sorted((verb, noun))) if verb is not None and carried else (noun,)
    for kind in kinds:
        searched = wide if kind.reciprocal else text
        if kind.objects and not _any_in(kind.objects, searched):
            continue
        if _any_in(kind.unless, searched):
            continue
        return [
            Trigger(
                tokens=_compound(analysis, noun, tokens, kind.objects),
                coding=_kind_coding(kind),
                verb=verb,
                noun=noun,
            )
        ]
    if not in_lexicon:
        return []
    for row in _rows():
        name = _noun_name(analysis, noun, row.nouns)
        if name is None or _any_in(row.unless, text):
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


def _compound(
    analysis: Analysis, noun: int, tokens: tuple[int, ...], phrases: Iterable[str] = ()
) -> tuple[int, ...]:
    """The trigger with the words before it that name it: "missile test", "nuclear test"."""
    named = set(phrases)
    first = noun
    for back in range(noun - 1, max(noun - 4, -1), -1):
        token = analysis.tokens[back]
        name = _text(analysis, range(back, noun + 1)).strip()
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
        analysis.tokens[p].text.lower() in ("by", "against", "with", "between", "of", "on")
        for p in preps
    )


def _light_verb(analysis: Analysis, noun: int, gathered: bool = False) -> int | None:
    """The verb that only carries an event noun: "conducted a test", "talks were held"."""
    first = syntax.first_conjunct(analysis, noun)
    token = analysis.tokens[first]
    over = token.head
    if token.dep == "pobj" and analysis.tokens[over].text.lower() == "of":
        gathering = analysis.tokens[over].head
        if syntax.lemma(analysis, gathering) in _gathering():  # "a series of launches"
            return None if gathered else _light_verb(analysis, gathering, gathered=True)
    if token.dep == "pobj" and analysis.tokens[over].dep == "prep":
        prep, verb = analysis.tokens[over].text.lower(), analysis.tokens[over].head
        if not syntax.is_verb(analysis, verb) or prep not in ("in", "on", "out", "with"):
            return None
        lemma = syntax.lemma(analysis, verb)
        if lemma == "be" and syntax.lemma(analysis, noun) in load("plover")["in_progress"]:
            return verb
        if lemma in ("engage", "participate", "take", "carry", "join", "proceed", "sit"):
            return verb
        return None
    if not syntax.is_verb(analysis, over):
        return None
    lemma = syntax.lemma(analysis, over)
    if token.dep in ("dobj", "nsubjpass") and lemma in _light():
        return over
    if token.dep in ("nsubj", "nsubjpass") and lemma in _happening():
        return over
    return None


# --------------------------------------------------------------------------- texts


def _text(analysis: Analysis, indices: Iterable[int]) -> str:
    """Lemmas joined by single spaces and a space at both ends, without hyphens and articles."""
    lemmas = (_plain(analysis.tokens[i].lemma) for i in indices)
    return " " + " ".join(word for lemma in lemmas for word in lemma.split()) + " "


def _plain(lemma: str) -> str:
    return lemma.lower().replace("-", " ").replace("–", " ").replace("‐", " ").strip()


def _any_in(phrases: Iterable[str], text: str) -> bool:
    return any(
        f" {phrase.replace('-', ' ')} " in text or f" {phrase.replace('-', ' ')}s " in text
        for phrase in phrases
    )


def _direct_text(analysis: Analysis, verb: int) -> str:
    indices = [t for o in syntax.objects(analysis, verb) for t in syntax.noun_phrase(analysis, o)]
    return _text(analysis, indices) if indices else ""


def _core_text(analysis: Analysis, verb: int) -> str:
    """What the verb is done to, without what hangs behind it."""
    indices: list[int] = []
    for thing in syntax.objects(analysis, verb):
        first, last = syntax.core(analysis, thing)
        indices += range(first, last + 1)
    return _text(analysis, indices)


def _verb_text(analysis: Analysis, verb: int, with_subject: bool = True) -> str:
    """What the verb is done to, with its prepositional phrases; its subject if it has no object."""
    heads = syntax.objects(analysis, verb)
    indices = [t for o in heads for t in _with_apposition(analysis, o)]
    for prep in syntax.kids(analysis, verb, *_CARRIES_OBJECT):
        indices += syntax.below(analysis, prep)
    if not heads and with_subject:
        indices += [
            t for s in syntax.subjects(analysis, verb) for t in syntax.noun_phrase(analysis, s)
        ]
    return _text(analysis, sorted(set(indices)))


def _wide_text(analysis: Analysis, verb: int) -> str:
    """All that a verb's clause says, for events that all take part in; and what it is ready to do."""
    indices = [t for o in syntax.objects(analysis, verb) for t in syntax.noun_phrase(analysis, o)]
    for child in analysis.children[verb]:
        if analysis.tokens[child].dep in (*_CARRIES_OBJECT, "xcomp", "acomp"):
            indices += _all_below(analysis, child)
    indices += [t for s in syntax.subjects(analysis, verb) for t in _with_apposition(analysis, s)]
    return _text(analysis, sorted({*indices, verb}))


def _all_below(analysis: Analysis, head: int) -> list[int]:
    return syntax.below(analysis, head, clauses=True)


# --------------------------------------------------------------------------- one event, one trigger


def _merged(analysis: Analysis, triggers: Sequence[Trigger]) -> list[Trigger]:
    """The triggers, two that tell one event in one clause made one ("conducted a test launch")."""
    kept: list[Trigger] = []
    for trigger in triggers:
        same = next((k for k in kept if _one_event(analysis, k, trigger)), None)
        if same is None:
            kept.append(trigger)
        else:
            kept[kept.index(same)] = _joined(same, trigger)
    return kept


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
