"""Whether an event happened, is under way, is planned, wished for, denied or only alleged.

Read from the trigger outward: its own negation, modal and tense; then each verb, noun and
adjective that governs it, until something decides. What nothing marks has occurred. The words
are in lexicon/status.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dateline.events import syntax
from dateline.events.codings import Trigger
from dateline.lexicon import load
from dateline.model import Analysis, Status

_DEPTH = 8  # governors looked at; what stands above more of them is a parse error more often


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("status")[name])


def find_status(analysis: Analysis, trigger: Trigger) -> Status:
    """The status of the trigger's event, as its sentence tells it."""
    verb, noun = trigger.verb, trigger.noun
    if noun is not None:
        of_noun = _noun_status(analysis, noun, verb)
        if of_noun is not None:
            return of_noun
        if verb is None:
            return "occurred"
        if syntax.lemma(analysis, verb) == "be" and _is_present(analysis, verb):
            return "ongoing"  # "are in talks"
    assert verb is not None
    return _verb_status(analysis, verb) or "occurred"


# --------------------------------------------------------------------------- a verb by itself


def _verb_status(analysis: Analysis, verb: int, depth: int = 0) -> Status | None:
    """The status that a verb and what governs it give, or None where nothing marks it."""
    if depth > _DEPTH:
        return None
    own = _own_status(analysis, verb)
    if own == "denied" and _has_to(analysis, verb):
        # "urged it not to fire": nobody says that it did not.
        return "conditional" if _from_above(analysis, verb, depth) == "called-for" else own
    if own in ("denied", "conditional", "called-for"):
        return own
    above = _from_above(analysis, verb, depth)
    if own == "planned":
        return above if above in ("conditional", "alleged", "denied", "called-for") else own
    return above or own


def _own_status(analysis: Analysis, verb: int) -> Status | None:
    """What a verb's own negation, modal, adverbs, conjunction and tense say."""
    if _negated(analysis, verb):
        return "denied"
    modal = _modal(analysis, verb)
    if modal is not None:
        return modal
    if _has(analysis, verb, "alleged_adverbs", "advmod"):
        return "alleged"
    if _is_condition(analysis, verb):
        return "conditional"
    token = analysis.tokens[verb]
    auxiliaries = syntax.kids(analysis, verb, "aux", "auxpass")
    texts = {analysis.tokens[c].text.lower() for c in auxiliaries}
    past = any(analysis.tokens[c].tag == "VBD" for c in auxiliaries)
    if "being" in texts:
        return None if past else "ongoing"
    lemmas = {syntax.lemma(analysis, c) for c in auxiliaries}
    if token.tag == "VBG" and "be" in lemmas and "have" not in lemmas and not past:
        going_to = token.lemma == "go" and syntax.kids(analysis, verb, "xcomp")
        return "planned" if going_to else "ongoing"
    under_be = token.dep in ("xcomp", "advcl") and syntax.lemma(analysis, token.head) == "be"
    ahead = token.dep in ("ROOT", "ccomp") or under_be  # headlines; "are to meet"
    return "planned" if token.tag == "VB" and _has_to(analysis, verb) and ahead else None


def _has(analysis: Analysis, head: int, words: str, *deps: str) -> bool:
    return any(
        analysis.tokens[c].text.lower() in _words(words) for c in syntax.kids(analysis, head, *deps)
    )


def _has_to(analysis: Analysis, verb: int) -> bool:
    return any(analysis.tokens[c].tag == "TO" for c in syntax.kids(analysis, verb, "aux"))


def _is_present(analysis: Analysis, verb: int) -> bool:
    return analysis.tokens[verb].tag in ("VBZ", "VBP")


def _is_tensed(analysis: Analysis, verb: int) -> bool:
    return analysis.tokens[verb].tag in ("VBD", "VBZ", "VBP")


def _is_perfect(analysis: Analysis, verb: int) -> bool:
    return any(syntax.lemma(analysis, c) == "have" for c in syntax.kids(analysis, verb, "aux"))


def _negated(analysis: Analysis, verb: int) -> bool:
    """ "did not", "never", "no missile was", "neither", "without firing"."""
    if syntax.kids(analysis, verb, "neg"):
        return not any(analysis.tokens[c].text.lower() == "only" for c in analysis.children[verb])
    for child in syntax.kids(analysis, verb, "advmod", "nsubj", "nsubjpass", "dobj"):
        if analysis.tokens[child].text.lower() in _words("negative"):
            return True
        if _has(analysis, child, "negative", "det", "preconj"):
            return True
    token = analysis.tokens[verb]
    return token.dep == "pcomp" and analysis.tokens[token.head].text.lower() == "without"


def _modal(analysis: Analysis, verb: int) -> Status | None:
    """What "will", "should", "may", "would" make of it; a coordinated verb shares its head's."""
    for _ in range(_DEPTH):
        for child in syntax.kids(analysis, verb, "aux"):
            status = _of_modal(analysis, verb, analysis.tokens[child].text.lower())
            if status is not None:
                return status
        token = analysis.tokens[verb]
        alike = token.tag in ("VB", "VBN", "VBG", "VBP", analysis.tokens[token.head].tag)
        own = syntax.kids(analysis, verb, "nsubj", "nsubjpass")
        if token.dep != "conj" or own or not alike or not syntax.is_verb(analysis, token.head):
            return None
        verb = token.head
    return None


def _of_modal(analysis: Analysis, verb: int, text: str) -> Status | None:
    if text in _words("modals_planned"):
        return "planned"
    if text in _words("modals_called"):
        return "called-for"
    if text not in _words("modals_conditional"):
        return None
    if text in ("may", "might", "could") and _is_perfect(analysis, verb):
        return "alleged"
    return "planned" if _future_in_the_past(analysis, verb, text) else "conditional"


def _future_in_the_past(analysis: Analysis, verb: int, modal: str) -> bool:
    """Whether a "would" is somebody's "will": "Seoul said it would hold talks"."""
    if modal not in ("would", "'d", "’d"):
        return False
    token = analysis.tokens[verb]
    clauses = syntax.kids(analysis, verb, "advcl")
    reported = token.dep == "ccomp" and analysis.tokens[token.head].tag in ("VBD", "VBN")
    return reported and not any(_is_condition(analysis, c) for c in clauses)


def _is_condition(analysis: Analysis, verb: int) -> bool:
    """Whether the verb is the condition itself: "if the North fires", "should it fire"."""
    return _has(analysis, verb, "if_words", "mark", "advmod")


# --------------------------------------------------------------------------- what governs a verb


def _from_above(analysis: Analysis, verb: int, depth: int) -> Status | None:
    """What the governors of a verb say of it."""
    token = analysis.tokens[verb]
    head, dep = token.head, token.dep
    if head == verb:
        return None
    if dep == "conj" and syntax.is_verb(analysis, head):
        if syntax.kids(analysis, verb, "nsubj", "nsubjpass"):
            reported = analysis.tokens[head].dep in ("ccomp", "advcl")
            return _from_above(analysis, head, depth + 1) if reported and depth < _DEPTH else None
        if _is_tensed(analysis, verb) and depth < _DEPTH:
            return _from_above(analysis, head, depth + 1)
        return _verb_status(analysis, head, depth + 1)
    if dep in ("xcomp", "ccomp", "advcl", "oprd", "csubj", "csubjpass"):
        if syntax.is_verb(analysis, head):
            return _under_verb(analysis, verb, head, depth)
        if analysis.tokens[head].pos == "ADJ":
            return _under_adjective(analysis, head, depth)
    if dep == "pcomp" and analysis.tokens[head].dep == "prep":
        return _under_preposition(analysis, head, depth)
    if dep == "acl" and analysis.tokens[head].pos in ("NOUN", "PROPN"):
        return _on_noun(analysis, verb, head)
    return None


def _under_adjective(analysis: Analysis, adjective: int, depth: int) -> Status | None:
    """ "is ready to fire" lies ahead, "is able to fire" is open."""
    text = analysis.tokens[adjective].text.lower()
    if text in _words("planned"):
        return _verb_status(analysis, analysis.tokens[adjective].head, depth + 1) or "planned"
    return "conditional" if text in _words("able") else None


def _under_verb(analysis: Analysis, verb: int, head: int, depth: int) -> Status | None:
    """What a governing verb says of the clause under it."""
    token, lemma = analysis.tokens[verb], syntax.lemma(analysis, head)
    infinitive = _has_to(analysis, verb)
    bare = infinitive or token.tag in ("VB", "VBG")
    governor = _verb_status(analysis, head, depth + 1)
    if token.dep == "advcl":
        wished = infinitive and lemma in _words("called_for")
        if not wished and not (infinitive and lemma in _words("planned")):
            return _purpose(governor) if infinitive else None
    if lemma in _words("denied") and (bare or token.dep == "ccomp" or token.tag == "VBN"):
        return "denied"
    if _negated(analysis, head) and lemma in _words("begun") | _words("planned"):
        return "denied"
    if _is_hearsay(analysis, verb, head):
        return "alleged"
    if _is_wish(analysis, verb, head):
        return "called-for"
    if lemma in _words("planned") and bare:
        if _is_perfect(analysis, verb):
            return "alleged"  # "is expected to have fired"
        return governor if governor in ("denied", "conditional", "called-for") else "planned"
    if lemma in ("be", "go") and infinitive:
        return "planned"
    if lemma in _words("going_on") and bare and governor is None:
        return "ongoing" if _is_present(analysis, head) else None
    if bare and (lemma in _words("begun") or token.dep == "xcomp"):
        return governor
    return None


def _purpose(governor: Status | None) -> Status:
    """An infinitive of purpose ("flew to Seoul to meet Yoon") lies ahead of its head."""
    marked = governor in ("denied", "conditional", "called-for", "alleged")
    return governor if marked and governor is not None else "planned"


def _is_hearsay(analysis: Analysis, verb: int, head: int) -> bool:
    """ "alleged that", "accused of", "is believed to have", "appears to have"."""
    lemma = syntax.lemma(analysis, head)
    if lemma in _words("alleged"):
        return True
    passive = syntax.is_passive(analysis, head) and _has_to(analysis, verb)
    return passive and lemma in _words("alleged_passive")


def _is_wish(analysis: Analysis, verb: int, head: int) -> bool:
    """ "urged it to fire", "demanded that it release them", "wants them to meet"."""
    token, lemma = analysis.tokens[verb], syntax.lemma(analysis, head)
    # A subjunctive is tagged as base form or as present: "that the North release them".
    subjunctive = token.tag == "VB" or (token.dep == "ccomp" and token.tag == "VBP")
    if lemma in _words("called_for"):
        return subjunctive or _has_to(analysis, verb)
    another = bool(syntax.kids(analysis, verb, "nsubj") or syntax.kids(analysis, head, "dobj"))
    if lemma in _words("wanted"):
        return another
    return another and token.dep == "ccomp" and subjunctive and lemma in _words("proposed")


def _under_preposition(analysis: Analysis, prep: int, depth: int) -> Status | None:
    """What "of firing", "from firing", "without firing", "on holding talks" hang on."""
    text, over = analysis.tokens[prep].text.lower(), analysis.tokens[prep].head
    if text in _words("prepositions_conditional"):
        return "conditional"
    if not syntax.is_verb(analysis, over):
        return _of_noun(analysis, over)
    lemma = syntax.lemma(analysis, over)
    if text in ("of", "for") and lemma in _words("alleged"):
        return "alleged"
    governor = _verb_status(analysis, over, depth + 1)
    if text == "from" and lemma in _words("kept_from"):
        return governor if governor == "called-for" else "conditional"
    if lemma in _words("called_for") and text in ("for", "to"):
        return "called-for"
    if lemma in _words("planned") and text in ("on", "to", "about", "for"):
        return "planned"
    return governor if text in ("by", "in", "to") else None


def _on_noun(analysis: Analysis, verb: int, noun: int) -> Status | None:
    """ "plans to launch", "the claim that it had launched", "the first to launch"."""
    told = _of_noun(analysis, noun)
    if analysis.tokens[verb].tag == "VB":
        rank = {analysis.tokens[c].text.lower() for c in syntax.kids(analysis, noun, "amod")}
        return told or (None if rank & _words("past_adjectives") else "planned")
    if told == "alleged":
        over = analysis.tokens[noun].head
        rejected = analysis.tokens[noun].dep in ("dobj", "nsubjpass")
        denied = _words("denied") | _words("object_denied")
        return "denied" if rejected and syntax.lemma(analysis, over) in denied else "alleged"
    return None


_BY_NOUN: Mapping[str, Status] = {
    "planned_nouns": "planned",
    "conditional_nouns": "conditional",
    "called_nouns": "called-for",
    "denied_nouns": "denied",
    "alleged_nouns": "alleged",
}


def _of_noun(analysis: Analysis, noun: int) -> Status | None:
    """What a noun over the event says of it: "plan", "threat", "call", "denial", "claim"."""
    lemma = syntax.lemma(analysis, noun)
    return next((status for name, status in _BY_NOUN.items() if lemma in _words(name)), None)


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
    if _has(analysis, noun, "negative", "det"):
        return "denied"
    adjectives = syntax.kids(analysis, noun, "amod", "compound", "advmod", "det", "nmod")
    texts = {analysis.tokens[c].text.lower() for c in adjectives}
    by_adjective = next((s for name, s in _BY_ADJECTIVE.items() if texts & _words(name)), None)
    governed = _governed(analysis, noun, light)
    if by_adjective in ("planned", "conditional") and governed in ("denied", "called-for"):
        return governed
    if by_adjective == "conditional" and governed is None and light is not None:
        return _verb_status(analysis, light)  # "held further talks" did happen
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
        if token.dep == "nsubj" and _is_under_way(analysis, head):
            return "ongoing"
        return _verb_status(analysis, head) if head == light else None
    if token.dep != "pobj":
        return None
    text, over = analysis.tokens[head].text.lower(), analysis.tokens[head].head
    if analysis.tokens[over].pos == "ADP":  # "in response to"
        text, over = analysis.tokens[over].text.lower(), analysis.tokens[over].head
    if over == light:
        return _verb_status(analysis, over)
    if syntax.is_verb(analysis, over):
        return _of_preposition(syntax.lemma(analysis, over), text)
    if analysis.tokens[over].pos == "ADJ":
        ready = analysis.tokens[over].text.lower() in _words("planned")
        return "planned" if ready and text in ("for", "to") else None
    return _of_noun(analysis, over)


def _of_object(analysis: Analysis, noun: int, verb: int, light: bool) -> Status | None:
    """What "plans talks", "demands talks", "fears a test", "cancelled the drill" say of the noun.

    Where stopping it is itself only asked for or planned, the thing goes on; calling it off that
    is only asked for leaves it planned.
    """
    lemma = syntax.lemma(analysis, verb)
    own = _verb_status(analysis, verb)
    open_yet = own in ("called-for", "planned", "conditional", "denied")
    if lemma in _words("object_stopped"):
        return "ongoing" if open_yet else "denied"
    if lemma in _words("object_denied"):
        return "planned" if open_yet else "denied"
    if lemma in _words("object_called"):
        return "called-for"
    if lemma in _words("object_planned"):
        return None if lemma == "announce" and _made_by_announcing(analysis, noun) else "planned"
    if lemma in _words("object_conditional"):
        return "conditional"
    nonfinite = analysis.tokens[verb].tag in ("VB", "VBG")
    return own if nonfinite and not light and own not in (None, "ongoing", "alleged") else None


def _made_by_announcing(analysis: Analysis, noun: int) -> bool:
    """Sanctions that are announced are thereby made; talks that are announced lie ahead."""
    return syntax.lemma(analysis, noun) in _words("made_by_announcing")


def _is_under_way(analysis: Analysis, verb: int) -> bool:
    """ "are under way", "are continuing" in the present."""
    if syntax.lemma(analysis, verb) in _words("going_on"):
        auxiliaries = syntax.kids(analysis, verb, "aux")
        return not any(analysis.tokens[c].tag == "VBD" for c in auxiliaries) and (
            _is_present(analysis, verb) or bool(auxiliaries)
        )
    if syntax.lemma(analysis, verb) != "be" or not _is_present(analysis, verb):
        return False
    below = {
        analysis.tokens[i].text.lower()
        for c in analysis.children[verb]
        for i in (c, *analysis.children[c])
    }
    return "underway" in below or {"under", "way"} <= below


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
        if lemma in _words(name) and text in prepositions:
            return status
    return "conditional" if text in ("without", "unless") else None
