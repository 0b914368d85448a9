"""Whether an event happened, is under way, is planned, wished for, denied or only alleged.

Read from the trigger outward: its own negation, modal and tense; then each verb, noun and
adjective that governs it, until something decides. What nothing marks has occurred. The words
are in lexicon/status.toml.
"""

from __future__ import annotations

from collections.abc import Mapping

from dateline.events import syntax
from dateline.events.codings import Trigger
from dateline.events.verb_status import (
    ends_in,
    has,
    is_none,
    is_perfect,
    is_present,
    listed,
    modal_status,
    of_noun,
    verb_status,
)
from dateline.model import Analysis, Status


def find_status(analysis: Analysis, trigger: Trigger) -> Status:
    """The status of the trigger's event, as its sentence tells it."""
    verb, noun = trigger.verb, trigger.noun
    if noun is not None:
        of_noun = _noun_status(analysis, noun, verb)
        if of_noun is not None:
            return of_noun
        if verb is None:
            return "occurred"
        if syntax.lemma(analysis, verb) == "be" and is_present(analysis, verb):
            return "ongoing"  # "are in talks"
    assert verb is not None
    if _called_off(analysis, verb):
        return "denied"
    return _asked(analysis, verb, verb_status(analysis, verb) or "occurred")


def _asked(analysis: Analysis, verb: int, status: Status) -> Status:
    """The status of what is only asked: "Will Beijing veto it?" is open, "Did it fire?" alleged.

    What a question with "why" or "who" takes for granted has occurred.
    """
    if status not in ("occurred", "planned", "ongoing") or not ends_in(analysis, verb, "?"):
        return status
    if analysis.tokens[verb].dep == "advcl" and has(analysis, verb, "when_words", "advmod", "mark"):
        return "conditional" if is_present(analysis, verb) else status
    clause = syntax.below(analysis, verb)
    taken_for_granted = any(analysis.tokens[c].tag in ("WP", "WRB", "WDT") for c in clause)
    first = next(iter(syntax.kids(analysis, verb, "nsubj", "nsubjpass")), None)
    auxiliaries = syntax.kids(analysis, verb, "aux", "auxpass")
    inverted = first is not None and any(c < first for c in auxiliaries)
    if taken_for_granted or not inverted:
        return status
    past = any(analysis.tokens[c].tag == "VBD" for c in auxiliaries)
    return "alleged" if past or is_perfect(analysis, verb) else "conditional"


def _called_off(analysis: Analysis, verb: int) -> bool:
    """Whether a verb beside it takes it back: "had planned to meet but cancelled"."""
    token = analysis.tokens[verb]
    for at in (verb, token.head) if token.dep == "xcomp" else (verb,):
        for other in syntax.kids(analysis, at, "conj"):
            finite = analysis.tokens[other].tag in ("VBD", "VBN") and other > verb
            bare = not syntax.kids(analysis, other, "dobj", "xcomp", "ccomp", "prep", "nsubj")
            if finite and bare and syntax.lemma(analysis, other) in listed("called_off"):
                return True
    return False


# --------------------------------------------------------------------------- an event noun

_BY_ADJECTIVE: Mapping[str, Status] = {
    "planned_adjectives": "planned",
    "conditional_adjectives": "conditional",
    "ongoing_adjectives": "ongoing",
    "denied_adjectives": "denied",
    "alleged_adjectives": "alleged",
}


def _noun_status(analysis: Analysis, noun: int, light: int | None) -> Status | None:
    """What marks an event noun itself: its adjectives, its determiner, what governs it."""
    if has(analysis, noun, "negative", "det"):
        return "denied"
    adjectives = syntax.kids(analysis, noun, "amod", "compound", "advmod", "det", "nmod")
    texts = {analysis.tokens[c].text.lower() for c in adjectives}
    by_adjective = next((s for name, s in _BY_ADJECTIVE.items() if texts & listed(name)), None)
    governed = _governed(analysis, noun, light)
    if by_adjective is None and governed in (None, "occurred") and _is_ahead(analysis, noun):
        return "planned"
    if by_adjective in ("planned", "conditional") and governed in ("denied", "called-for"):
        return governed
    if by_adjective == "conditional" and governed is None and light is not None:
        return verb_status(analysis, light)  # "held further talks" did happen
    return by_adjective or governed


def _governed(analysis: Analysis, noun: int, light: int | None) -> Status | None:
    """What the verb, preposition or noun over an event noun says of it."""
    first = syntax.first_conjunct(analysis, noun)
    token = analysis.tokens[first]
    head = token.head
    if head == first:
        return None
    if syntax.is_verb(analysis, head):
        if token.dep in ("dobj", "nsubjpass"):
            status = _of_object(analysis, noun, head, head == light)
            if status is not None:
                return status
        if token.dep == "nsubj":
            status = _as_subject(analysis, noun, head)
            if status is not None:
                return status
        if token.dep == "attr":
            status = _as_what(analysis, head)
            if status is not None:
                return status
        return verb_status(analysis, head) if head == light else None
    if token.dep != "pobj":
        return None
    text, over = analysis.tokens[head].text.lower(), analysis.tokens[head].head
    if analysis.tokens[over].pos == "ADP":  # "in response to"
        text, over = analysis.tokens[over].text.lower(), analysis.tokens[over].head
    if over == light:
        return verb_status(analysis, over)
    if syntax.is_verb(analysis, over):
        return _of_preposition(syntax.lemma(analysis, over), text)
    if analysis.tokens[over].pos == "ADJ":
        ready = analysis.tokens[over].text.lower() in listed("planned")
        return "planned" if ready and text in ("for", "to") else None
    return of_noun(analysis, over)


_INDEFINITE = frozenset({"a", "an", "another", "any"})


def _as_subject(analysis: Analysis, noun: int, verb: int) -> Status | None:
    """What its own verb says of an event noun: "goes on", "is due to open", "could draw in ..."."""
    if _is_under_way(analysis, verb):
        return "ongoing"
    if syntax.lemma(analysis, verb) == "be" and has(analysis, verb, "planned", "acomp"):
        return "planned"
    articles = {analysis.tokens[c].text.lower() for c in syntax.kids(analysis, noun, "det")}
    owned = syntax.kids(analysis, noun, "poss")
    bare = not articles and not owned and analysis.tokens[noun].tag in ("NN", "NNS")
    if (articles & _INDEFINITE or bare) and modal_status(analysis, verb) == "conditional":
        return "conditional"
    return None


def _as_what(analysis: Analysis, verb: int) -> Status | None:
    """ "what may have been a strike", "what was reportedly a test"."""
    subjects = syntax.kids(analysis, verb, "nsubj")
    if not any(analysis.tokens[s].text.lower() == "what" for s in subjects):
        return None
    if modal_status(analysis, verb) == "alleged" or has(
        analysis, verb, "alleged_adverbs", "advmod"
    ):
        return "alleged"
    return None


def _is_ahead(analysis: Analysis, noun: int) -> bool:
    """ "next month's summit", "the launch in the coming days": not told as past by its verb."""
    over = syntax.clause_verb(analysis, noun)
    if analysis.tokens[over].tag in ("VBD", "VBN") and modal_status(analysis, over) is None:
        told = analysis.tokens[over].lemma.lower() in listed("giving_notice")
        if not told:
            return False
    return any(
        not listed("ahead_words").isdisjoint(
            analysis.tokens[i].text.lower() for i in syntax.below(analysis, child)
        )
        for child in syntax.kids(analysis, noun, "poss", "prep", "npadvmod")
    )


def _of_object(analysis: Analysis, noun: int, verb: int, light: bool) -> Status | None:
    """What "plans talks", "demands talks", "fears a test", "cancelled the drill" say of the noun.

    Where stopping it is itself only asked for or planned, the thing goes on; calling it off that
    is only asked for leaves it planned.
    """
    lemma = syntax.lemma(analysis, verb)
    own = verb_status(analysis, verb)
    open_yet = own in ("called-for", "planned", "conditional", "denied")
    if lemma in listed("object_missed") and own in (None, "planned"):
        return "denied"  # "will skip the summit"
    if lemma in listed("object_averted") and own is None:
        return "denied"
    if lemma in listed("object_stopped"):
        return "ongoing" if open_yet else "denied"
    if lemma in listed("object_denied"):
        return "planned" if open_yet else "denied"
    if lemma in listed("object_called"):
        return "called-for"
    if lemma in listed("object_planned"):
        return None if lemma == "announce" and _made_by_announcing(analysis, noun) else "planned"
    if lemma in listed("object_conditional"):
        return "conditional"
    nonfinite = analysis.tokens[verb].tag in ("VB", "VBG")
    return own if nonfinite and not light and own not in (None, "ongoing", "alleged") else None


def _made_by_announcing(analysis: Analysis, noun: int) -> bool:
    """Sanctions that are announced are thereby made; talks that are announced lie ahead."""
    return syntax.lemma(analysis, noun) in listed("made_by_announcing")


def _is_under_way(analysis: Analysis, verb: int) -> bool:
    """ "are under way", "are continuing" in the present."""
    prts = {analysis.tokens[c].text.lower() for c in syntax.kids(analysis, verb, "prt", "advmod")}
    drags_on = syntax.lemma(analysis, verb) in listed("drag") and "on" in prts
    unended = syntax.lemma(analysis, verb) == "show" and any(
        syntax.lemma(analysis, c) == "sign" and is_none(analysis, c)
        for c in syntax.kids(analysis, verb, "dobj")
    )
    if syntax.lemma(analysis, verb) in listed("going_on") or drags_on or unended:
        auxiliaries = syntax.kids(analysis, verb, "aux")
        return not any(analysis.tokens[c].tag == "VBD" for c in auxiliaries) and (
            is_present(analysis, verb) or bool(auxiliaries)
        )
    if syntax.lemma(analysis, verb) != "be" or not is_present(analysis, verb):
        return False
    below = {
        analysis.tokens[i].text.lower()
        for c in analysis.children[verb]
        for i in (c, *analysis.children[c])
    }
    if "underway" in below or {"under", "way"} <= below or {"in", "progress"} <= below:
        return True
    # "is in its third year"
    return any(
        analysis.tokens[p].text.lower() == "in"
        and syntax.lemma(analysis, n) in ("day", "week", "month", "year")
        and syntax.kids(analysis, n, "poss")
        for p in syntax.kids(analysis, verb, "prep")
        for n in syntax.kids(analysis, p, "pobj")
    )


_BY_PREPOSITION: tuple[tuple[str, tuple[str, ...], Status], ...] = (
    ("calls_for", ("for",), "called-for"),
    ("prepares_for", ("for",), "planned"),
    ("agrees_on", ("on", "to"), "planned"),
    ("alleged", ("of",), "alleged"),
    ("warns_of", ("of", "against", "with"), "conditional"),
    ("kept_from", ("from",), "conditional"),
)


def _of_preposition(lemma: str, text: str) -> Status | None:
    for name, prepositions, status in _BY_PREPOSITION:
        if lemma in listed(name) and text in prepositions:
            return status
    return "conditional" if text in ("without", "unless") else None
