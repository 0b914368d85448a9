"""Whether an event happened, is under way, is planned, wished for, denied or only alleged.

Read from the trigger outward: its own negation, modal and tense; then each verb, noun and
adjective that governs it, until something decides. What nothing marks has occurred.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dateline.events import syntax
from dateline.events.triggers import Trigger
from dateline.lexicon import load
from dateline.model import Analysis, Status

_DEPTH = 8  # governors looked at; parses deeper than this are parse errors more often than not


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load("status")[name])


def find_status(analysis: Analysis, trigger: Trigger) -> Status:
    """The status of the trigger's event, as its sentence tells it."""
    if trigger.noun is not None:
        of_noun = _noun_status(analysis, trigger.noun, trigger.verb)
        if of_noun is not None:
            return of_noun
        if trigger.verb is None:
            return "occurred"
    assert trigger.verb is not None
    present = analysis.tokens[trigger.verb].tag in ("VBZ", "VBP")
    if trigger.noun is not None and syntax.lemma(analysis, trigger.verb) == "be" and present:
        return "ongoing"  # "are in talks"
    return _verb_status(analysis, trigger.verb) or "occurred"


# --------------------------------------------------------------------------- verbs


def _verb_status(analysis: Analysis, verb: int) -> Status | None:
    """The status that a verb and what governs it give, or None where nothing marks it."""
    own = _own_status(analysis, verb)
    above = _status_from_above(analysis, verb, 0)
    if own in (None, "ongoing", "alleged"):
        return above or own
    if own == "planned" and above in ("conditional", "alleged", "denied"):
        return above
    return own


def _own_status(analysis: Analysis, verb: int) -> Status | None:
    negated = _negated(analysis, verb)
    modal = _modal(analysis, verb)
    if negated:
        return "denied"
    if modal is not None:
        return modal
    if _children_in(analysis, verb, "alleged_adverbs", "advmod"):
        return "alleged"
    if _conditional_clause(analysis, verb):
        return "conditional"
    token = analysis.tokens[verb]
    if any(
        analysis.tokens[c].text.lower() == "being"
        for c in syntax.kids(analysis, verb, "auxpass", "aux")
    ):
        return None if _past_aux(analysis, verb) else "ongoing"
    aux = [syntax.lemma(analysis, c) for c in syntax.kids(analysis, verb, "aux", "auxpass")]
    if token.tag == "VBG" and "be" in aux and "have" not in aux and not _past_aux(analysis, verb):
        return (
            "planned"
            if syntax.lemma(analysis, verb) == "go" and syntax.kids(analysis, verb, "xcomp")
            else "ongoing"
        )
    ahead = token.dep in ("ROOT", "ccomp") or _be_to(analysis, verb)
    return "planned" if token.tag == "VB" and _has_to(analysis, verb) and ahead else None


def _past_aux(analysis: Analysis, verb: int) -> bool:
    return any(analysis.tokens[c].tag == "VBD" for c in syntax.kids(analysis, verb, "aux"))


def _has_to(analysis: Analysis, verb: int) -> bool:
    return any(analysis.tokens[c].tag == "TO" for c in syntax.kids(analysis, verb, "aux"))


def _be_to(analysis: Analysis, verb: int) -> bool:
    """ "are to meet": an infinitive under a bare "be"."""
    token = analysis.tokens[verb]
    return token.dep in ("xcomp", "advcl") and syntax.lemma(analysis, token.head) == "be"


def _negated(analysis: Analysis, verb: int) -> bool:
    if syntax.kids(analysis, verb, "neg"):
        return not any(analysis.tokens[c].text.lower() == "only" for c in analysis.children[verb])
    for child in syntax.kids(analysis, verb, "advmod", "nsubj", "nsubjpass"):
        text = analysis.tokens[child].text.lower()
        if text in ("never", "neither", "nor", "nobody", "none"):
            return True
    for subject in syntax.kids(analysis, verb, "nsubj", "nsubjpass", "dobj"):
        if any(
            analysis.tokens[c].text.lower() in ("no", "neither")
            for c in syntax.kids(analysis, subject, "det", "preconj")
        ):
            return True
    token = analysis.tokens[verb]
    return token.dep == "pcomp" and analysis.tokens[token.head].text.lower() == "without"


def _modal(analysis: Analysis, verb: int) -> Status | None:
    for child in syntax.kids(analysis, verb, "aux"):
        text = analysis.tokens[child].text.lower()
        if text in _words("modals_planned"):
            return "planned"
        if text in _words("modals_called"):
            return "called-for"
        if text in _words("modals_conditional"):
            perfect = any(
                syntax.lemma(analysis, c) == "have" for c in syntax.kids(analysis, verb, "aux")
            )
            if perfect and text in ("may", "might", "could"):
                return "alleged"
            return "planned" if _future_in_the_past(analysis, verb, text) else "conditional"
    token = analysis.tokens[verb]
    shared = (
        token.dep == "conj"
        and not syntax.kids(analysis, verb, "nsubj", "nsubjpass")
        and syntax.is_verb(analysis, token.head)
        and token.tag in ("VB", "VBN", "VBG", "VBP", analysis.tokens[token.head].tag)
    )
    return _modal(analysis, token.head) if shared else None


def _future_in_the_past(analysis: Analysis, verb: int, modal: str) -> bool:
    """Whether a "would" is somebody's "will": "Seoul said it would hold talks"."""
    if modal not in ("would", "'d", "’d"):
        return False
    token = analysis.tokens[verb]
    if token.dep == "conj" and syntax.is_verb(analysis, token.head):
        return _future_in_the_past(analysis, token.head, modal)
    clauses = syntax.kids(analysis, verb, "advcl")
    head = analysis.tokens[token.head]
    reported = token.dep == "ccomp" and head.tag in ("VBD", "VBN")
    return reported and not any(_conditional_clause(analysis, c) for c in clauses)


def _conditional_clause(analysis: Analysis, verb: int) -> bool:
    """Whether the verb is the condition itself: "if the North fires"."""
    marks = syntax.kids(analysis, verb, "mark", "advmod")
    return any(analysis.tokens[c].text.lower() in _words("if_words") for c in marks)


def _children_in(analysis: Analysis, head: int, words: str, *deps: str) -> bool:
    return any(
        analysis.tokens[c].text.lower() in _words(words) for c in syntax.kids(analysis, head, *deps)
    )


def _status_from_above(analysis: Analysis, index: int, depth: int) -> Status | None:
    """What the governors of a verb say of it."""
    token = analysis.tokens[index]
    head, dep = token.head, token.dep
    if head == index or depth > _DEPTH:
        return None
    if dep == "conj" and syntax.is_verb(analysis, head):
        if syntax.kids(analysis, index, "nsubj", "nsubjpass"):
            return (
                _status_from_above(analysis, head, depth + 1)
                if _marked_complement(analysis, head)
                else None
            )
        if _tensed(analysis, index):
            return _status_from_above(analysis, head, depth + 1)
        return (
            _complement_of(analysis, head, index, depth) if False else _verb_status(analysis, head)
        )
    if dep in ("xcomp", "ccomp", "advcl", "oprd", "csubj", "csubjpass") and syntax.is_verb(
        analysis, head
    ):
        return _complement_of(analysis, index, head, depth)
    if dep in ("xcomp", "ccomp", "advcl") and analysis.tokens[head].pos == "ADJ":
        if analysis.tokens[head].text.lower() in _words("planned"):
            return _verb_status(analysis, analysis.tokens[head].head) or "planned"
        return (
            "conditional"
            if syntax.lemma(analysis, head) in ("possible", "able", "capable", "unable", "unlikely")
            else None
        )
    if dep == "pcomp" and analysis.tokens[head].dep == "prep":
        over = analysis.tokens[head].head
        return _under_preposition(analysis, index, head, over, depth)
    if (
        dep in ("acl", "pobj")
        and analysis.tokens[head].pos in ("NOUN", "PROPN")
        and token.tag in ("VB", "VBG")
    ):
        return _status_of_governing_noun(analysis, head) if token.tag == "VB" else None
    if dep in ("relcl",):
        return None
    return None


def _marked_complement(analysis: Analysis, verb: int) -> bool:
    return analysis.tokens[verb].dep in ("ccomp", "advcl")


def _tensed(analysis: Analysis, verb: int) -> bool:
    return analysis.tokens[verb].tag in ("VBD", "VBZ", "VBP")


def _complement_of(analysis: Analysis, verb: int, head: int, depth: int) -> Status | None:
    """What a governing verb says of the clause under it."""
    lemma = syntax.lemma(analysis, head)
    token = analysis.tokens[verb]
    infinitive = _has_to(analysis, verb)
    bare = token.tag in ("VB", "VBG") or infinitive
    governor = _verb_status(analysis, head)
    passive = syntax.is_passive(analysis, head)
    if token.dep == "advcl" and not (
        infinitive and lemma in _words("planned") | _words("called_for")
    ):
        if lemma in _words("called_for") and infinitive:
            return "called-for"
        if infinitive:
            return _purpose(analysis, verb, head, governor)
        return (
            "conditional"
            if governor == "conditional"
            and token.tag != "VBD"
            and _conditional_clause(analysis, verb)
            else None
        )
    if _negated(analysis, head) and lemma in _words("begun") | _words("planned"):
        return "denied"
    if lemma in _words("denied") and (bare or token.tag in ("VBN", "VBD") or token.dep == "ccomp"):
        return "denied"
    if lemma in _words("alleged") or (
        passive and lemma in _words("alleged_passive") and infinitive
    ):
        if (
            infinitive
            and not _perfect(analysis, verb)
            and lemma not in ("appear", "seem", "say")
            and not passive
        ):
            return "planned" if lemma in ("expect",) else "alleged"
        return "alleged"
    # "demanded that the North release them": a subjunctive, tagged as base form or as present.
    wished = infinitive or token.tag == "VB" or (token.dep == "ccomp" and token.tag == "VBP")
    if lemma in _words("called_for") and wished:
        return "called-for"
    if lemma in _words("planned") and (infinitive or token.tag in ("VB", "VBG")):
        if _perfect(analysis, verb):
            return "alleged"
        return governor if governor in ("denied", "conditional", "called-for") else "planned"
    if lemma in ("be", "go") and infinitive:
        return "planned"
    if lemma in _words("begun") and bare:
        if lemma in _words("going_on") and governor is None:
            return "ongoing" if not _past(analysis, head) else None
        return governor
    if governor is not None and bare and token.dep == "xcomp":
        return governor
    if token.dep == "ccomp" and governor == "conditional":
        return None
    return (
        _status_from_above(analysis, head, depth + 1)
        if token.dep == "ccomp" and not _tensed(analysis, verb)
        else None
    )


def _purpose(analysis: Analysis, verb: int, head: int, governor: Status | None) -> Status:
    """An infinitive of purpose ("flew to Seoul to meet Yoon"): ahead of its head, never behind."""
    return governor if governor in ("denied", "conditional", "called-for", "alleged") else "planned"


def _past(analysis: Analysis, verb: int) -> bool:
    return analysis.tokens[verb].tag in ("VBD", "VBN")


def _perfect(analysis: Analysis, verb: int) -> bool:
    return any(syntax.lemma(analysis, c) == "have" for c in syntax.kids(analysis, verb, "aux"))


def _under_preposition(
    analysis: Analysis, verb: int, prep: int, over: int, depth: int
) -> Status | None:
    text = analysis.tokens[prep].text.lower()
    if text in _words("prepositions_conditional"):
        return "denied" if text == "without" else "conditional"
    if syntax.is_verb(analysis, over):
        lemma = syntax.lemma(analysis, over)
        if (text == "of" and lemma in _words("alleged")) or (
            text in ("for", "of") and lemma in ("blame", "suspect", "accuse")
        ):
            return "alleged"
        if text == "from" and lemma in (
            "refrain",
            "prevent",
            "stop",
            "keep",
            "prohibit",
            "ban",
            "bar",
            "desist",
            "abstain",
            "deter",
            "dissuade",
        ):
            return (
                _verb_status(analysis, over)
                if _verb_status(analysis, over) in ("called-for",)
                else "conditional"
            )
        if lemma in _words("called_for") and text in ("for", "to"):
            return "called-for"
        if lemma in _words("planned") and text in ("on", "to", "about", "for"):
            return "planned"
        return _verb_status(analysis, over) if text in ("by", "in", "to") else None
    return (
        _status_of_governing_noun(analysis, over)
        if analysis.tokens[over].pos in ("NOUN", "PROPN")
        else None
    )


_BY_NOUN: Mapping[str, Status] = {
    "planned_nouns": "planned",
    "conditional_nouns": "conditional",
    "called_nouns": "called-for",
    "denied_nouns": "denied",
    "alleged_nouns": "alleged",
}


def _status_of_governing_noun(analysis: Analysis, noun: int) -> Status | None:
    lemma = syntax.lemma(analysis, noun)
    for name, status in _BY_NOUN.items():
        if lemma in _words(name):
            return status
    return None


# --------------------------------------------------------------------------- nouns

_BY_ADJECTIVE: Mapping[str, Status] = {
    "planned_adjectives": "planned",
    "conditional_adjectives": "conditional",
    "ongoing_adjectives": "ongoing",
    "denied_adjectives": "denied",
    "alleged_adjectives": "alleged",
}

_BY_VERB_OVER_OBJECT: Mapping[str, Status] = {
    "object_denied": "denied",
    "object_called": "called-for",
    "object_planned": "planned",
    "object_conditional": "conditional",
}


def _noun_status(analysis: Analysis, noun: int, light: int | None) -> Status | None:
    """What marks an event noun itself: its adjectives, its determiner, what governs it."""
    by_adjective: Status | None = None
    for child in syntax.kids(analysis, noun, "amod", "compound", "advmod", "det", "nmod"):
        text = analysis.tokens[child].text.lower()
        for name, status in _BY_ADJECTIVE.items():
            if text in _words(name):
                by_adjective = status
        if text == "no" and analysis.tokens[child].dep == "det":
            return "denied"
    governed = _governed(analysis, noun, light)
    if by_adjective in ("planned", "conditional") and governed in ("denied", "called-for"):
        return governed
    if by_adjective == "conditional" and governed is None and light is not None:
        return _verb_status(analysis, light)  # "held further talks" did happen
    return by_adjective or governed


def _governed(analysis: Analysis, noun: int, light: int | None) -> Status | None:
    first = syntax.first_conjunct(analysis, noun)
    token = analysis.tokens[first]
    head = token.head
    if head == first:
        return None
    if syntax.is_verb(analysis, head) and token.dep in ("dobj", "nsubjpass", "nsubj", "attr"):
        lemma = syntax.lemma(analysis, head)
        if token.dep in ("dobj", "nsubjpass"):
            for name, status in _BY_VERB_OVER_OBJECT.items():
                if lemma in _words(name) and not (
                    lemma == "announce" and _past_event(analysis, noun)
                ):
                    return status
        if head == light:
            return _verb_status(analysis, head)
        nonfinite = analysis.tokens[head].tag in ("VB", "VBG") and token.dep == "dobj"
        above = _status_from_above(analysis, head, 0) if nonfinite else None
        return above if above in ("planned", "called-for", "conditional", "denied") else None
    if token.dep != "pobj":
        return None
    prep, over = head, analysis.tokens[head].head
    text = analysis.tokens[prep].text.lower()
    if analysis.tokens[over].pos == "ADP":
        text, over = analysis.tokens[over].text.lower(), analysis.tokens[over].head
    if light is not None and over == light:
        return _verb_status(analysis, light)
    if syntax.is_verb(analysis, over):
        lemma = syntax.lemma(analysis, over)
        if lemma in ("call", "appeal", "push", "press", "ask", "plead", "lobby") and text in (
            "for",
        ):
            return "called-for"
        if lemma in ("prepare", "plan", "wait", "look", "gear") and text in ("for",):
            return "planned"
        if lemma in ("agree", "commit", "return") and text in ("on", "to"):
            return "planned"
        if lemma in ("accuse", "suspect") and text == "of":
            return "alleged"
        if lemma in ("warn", "threaten") and text in ("of", "against", "with"):
            return "conditional"
        if lemma in ("refrain", "prevent", "stop", "abstain", "desist") and text == "from":
            return "conditional"
        return (
            "conditional"
            if text in _words("prepositions_conditional") and text != "against"
            else None
        )
    if analysis.tokens[over].pos in ("NOUN", "PROPN"):
        return _status_of_governing_noun(analysis, over)
    if analysis.tokens[over].pos == "ADJ" and text in ("for", "to"):
        return (
            "planned"
            if syntax.lemma(analysis, over) in ("ready", "open", "willing", "prepared", "due")
            else None
        )
    return None


def _past_event(analysis: Analysis, noun: int) -> bool:
    """Sanctions that are announced are thereby made; talks that are announced lie ahead."""
    return syntax.lemma(analysis, noun) in (
        "sanction",
        "embargo",
        "ban",
        "test",
        "launch",
        "restriction",
        "tariff",
    )
