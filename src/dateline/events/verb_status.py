"""What a verb says of the event it tells: its own negation, modal and tense, and what governs it.

For `status`. The words are in lexicon/status.toml; None where nothing marks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dateline.events import syntax
from dateline.lexicon import load
from dateline.model import Analysis, Status

_DEPTH = 8  # governors looked at; what stands above more of them is a parse error more often


@cache
def listed(name: str) -> frozenset[str]:
    """One of the lists of lexicon/status.toml."""
    return frozenset(load("status")[name])


# --------------------------------------------------------------------------- a verb by itself


def ends_in(analysis: Analysis, index: int, mark: str) -> bool:
    """Whether that mark closes the sentence in which a token stands."""
    sentence = analysis.sentences[syntax.sentence_of(analysis, index)]
    last = sentence.last - 1
    while last > sentence.first and analysis.tokens[last].text in ('"', "”", "’", "'", ")"):
        last -= 1
    return analysis.tokens[last].text == mark


def verb_status(analysis: Analysis, verb: int, depth: int = 0) -> Status | None:
    """The status that a verb and what governs it give, or None where nothing marks it."""
    if depth > _DEPTH:
        return None
    own = _own_status(analysis, verb)
    if own == "ongoing" and _is_timetable(analysis, verb):
        own = "planned"  # "is flying to Brussels on Friday"
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
    if _is_condition(analysis, verb):
        return "alleged" if _is_open_fact(analysis, verb) else "conditional"
    modal = modal_status(analysis, verb)
    if modal is not None:
        unsure = _hangs_on_a_condition(analysis, verb) or has(analysis, verb, "perhaps", "advmod")
        return "conditional" if modal == "planned" and unsure else modal
    if has(analysis, verb, "alleged_adverbs", "advmod") or _is_aside(analysis, verb):
        return "alleged"
    if _is_timetable(analysis, verb):
        return "planned"
    token = analysis.tokens[verb]
    auxiliaries = syntax.kids(analysis, verb, "aux", "auxpass")
    texts = {analysis.tokens[c].text.lower() for c in auxiliaries}
    past = any(analysis.tokens[c].tag == "VBD" for c in auxiliaries)
    if "being" in texts:
        return None if past else "ongoing"
    lemmas = {syntax.lemma(analysis, c) for c in auxiliaries}
    if token.tag == "VBG" and {"be", "have"} <= lemmas and not past and "having" not in texts:
        return "ongoing"  # "has been bombing"
    if token.tag == "VBG" and "be" in lemmas and "have" not in lemmas and not past:
        going_to = token.lemma == "go" and syntax.kids(analysis, verb, "xcomp")
        return "planned" if going_to else "ongoing"
    if _is_meanwhile(analysis, verb):
        return "ongoing"
    under_be = token.dep in ("xcomp", "advcl") and syntax.lemma(analysis, token.head) == "be"
    ahead = token.dep in ("ROOT", "ccomp") or under_be  # headlines; "are to meet"
    return "planned" if token.tag == "VB" and _has_to(analysis, verb) and ahead else None


def has(analysis: Analysis, head: int, name: str, *deps: str) -> bool:
    """Whether a child of `head` with one of those labels is in the list `name`."""
    return any(
        analysis.tokens[c].text.lower() in listed(name) for c in syntax.kids(analysis, head, *deps)
    )


def _has_to(analysis: Analysis, verb: int) -> bool:
    return any(analysis.tokens[c].tag == "TO" for c in syntax.kids(analysis, verb, "aux"))


def is_present(analysis: Analysis, verb: int) -> bool:
    """Whether the verb is in the present tense by itself."""
    return analysis.tokens[verb].tag in ("VBZ", "VBP")


def _is_tensed(analysis: Analysis, verb: int) -> bool:
    return analysis.tokens[verb].tag in ("VBD", "VBZ", "VBP")


def is_perfect(analysis: Analysis, verb: int) -> bool:
    """Whether the verb has "have" as an auxiliary."""
    return any(syntax.lemma(analysis, c) == "have" for c in syntax.kids(analysis, verb, "aux"))


def _negated(analysis: Analysis, verb: int) -> bool:
    """ "did not", "never", "no missile was", "neither", "without firing"."""
    if _is_set_aside(analysis, verb) or _at_no_time(analysis, verb):
        return True
    if syntax.kids(analysis, verb, "neg"):
        return not any(analysis.tokens[c].text.lower() == "only" for c in analysis.children[verb])
    for child in syntax.kids(
        analysis, verb, "advmod", "nsubj", "nsubjpass", "dobj", "preconj", "cc"
    ):
        if analysis.tokens[child].dep == "cc" and child > verb:
            continue  # "shelled it nor meant to" is said of what follows
        if analysis.tokens[child].text.lower() in listed("negative"):
            return True
        if has(analysis, child, "negative", "det", "preconj"):
            return True
    token = analysis.tokens[verb]
    return token.dep == "pcomp" and analysis.tokens[token.head].text.lower() == "without"


def _is_set_aside(analysis: Analysis, verb: int) -> bool:
    """ "instead of attacking", "stopped short of severing ties", "far from withdrawing"."""
    if verb < 2 or analysis.tokens[verb].tag not in ("VBG", "VB"):
        return False
    before = " ".join(t.text.lower() for t in analysis.tokens[verb - 2 : verb])
    return before in listed("set_aside")


def _at_no_time(analysis: Analysis, verb: int) -> bool:
    """ "at no time", "in no way", "under no circumstances"."""
    return any(
        syntax.lemma(analysis, noun) in listed("no_occasion")
        and has(analysis, noun, "negative", "det")
        for prep in syntax.kids(analysis, verb, "prep")
        for noun in syntax.kids(analysis, prep, "pobj")
    )


def _is_aside(analysis: Analysis, verb: int) -> bool:
    """Whether hearsay is thrown in: "Ethiopia, it is said, bombed it"."""
    return any(
        syntax.lemma(analysis, c) in listed("alleged") | listed("alleged_passive")
        and syntax.kids(analysis, c, "nsubjpass")
        and analysis.tokens[syntax.kids(analysis, c, "nsubjpass")[0]].text.lower() == "it"
        for c in syntax.kids(analysis, verb, "parataxis", "ccomp")
        if not syntax.kids(analysis, c, "mark")
    )


def _is_timetable(analysis: Analysis, verb: int) -> bool:
    """Whether a present says what lies ahead: "ratifies it on Tuesday", "is flying there tomorrow".

    Headlines tell the past in the present ("fires missile on Monday"): only sentences with a stop.
    """
    token = analysis.tokens[verb]
    auxiliaries = syntax.kids(analysis, verb, "aux")
    going_on = token.tag == "VBG" and any(is_present(analysis, c) for c in auxiliaries)
    going_on = going_on and not is_perfect(analysis, verb)
    simple = is_present(analysis, verb) and not auxiliaries
    if not (going_on or simple) or not ends_in(analysis, verb, "."):
        return False
    for child in syntax.kids(analysis, verb, "npadvmod", "prep", "advmod"):
        below = [analysis.tokens[i].text.lower() for i in syntax.below(analysis, child)]
        weekday = below[0] == "on" and not listed("weekdays").isdisjoint(below)
        if child > verb and (weekday or not listed("ahead_words").isdisjoint(below)):
            return True
    return False


def _is_meanwhile(analysis: Analysis, verb: int) -> bool:
    """Whether it goes on beside what goes on: "while it masses troops, they are appealing"."""
    token = analysis.tokens[verb]
    if token.dep != "advcl" or not is_present(analysis, verb):
        return False
    marks = {analysis.tokens[c].text.lower() for c in syntax.kids(analysis, verb, "mark")}
    return "while" in marks and _own_status(analysis, token.head) == "ongoing"


def _hangs_on_a_condition(analysis: Analysis, verb: int) -> bool:
    """ "will destroy them if ...", "will pay once ...", "only when"."""
    return any(
        _is_condition(analysis, c)
        for c in syntax.kids(analysis, verb, "advcl")
        if not has(analysis, c, "concessions", "mark", "advmod")
    )


def _is_open_fact(analysis: Analysis, verb: int) -> bool:
    """ "whether Iran tested it is disputed": about the past, so nobody decides it any more."""
    marks = {analysis.tokens[c].text.lower() for c in syntax.kids(analysis, verb, "mark")}
    past = analysis.tokens[verb].tag == "VBD" or is_perfect(analysis, verb)
    return "whether" in marks and past


def modal_status(analysis: Analysis, verb: int) -> Status | None:
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
    if text in listed("modals_planned"):
        return "planned"
    if text in listed("modals_called"):
        return "called-for"
    if text not in listed("modals_conditional"):
        return None
    if text in ("may", "might", "could") and is_perfect(analysis, verb):
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
    if has(analysis, verb, "if_words", "mark", "advmod"):
        return True
    token = analysis.tokens[verb]
    once = has(analysis, verb, "once_words", "mark", "advmod", "prep")
    if token.dep == "advcl" and once:
        return is_present(analysis, verb) or token.tag == "VB"
    before = token.dep == "ccomp" and verb < token.head  # the parser's other reading of it
    return (token.dep == "advcl" or before) and _is_inverted(analysis, verb)


def _is_inverted(analysis: Analysis, verb: int) -> bool:
    """ "Should Iran attack ...", "were the North to test", "had it fired": verb before subject."""
    subjects = syntax.kids(analysis, verb, "nsubj", "nsubjpass")
    first = [*syntax.kids(analysis, verb, "aux", "auxpass"), verb][0]
    before = bool(subjects) and first < subjects[0]
    return before and analysis.tokens[first].text.lower() in listed("inverted")


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
        return verb_status(analysis, head, depth + 1)
    if dep in ("xcomp", "ccomp", "advcl", "oprd", "csubj", "csubjpass"):
        if syntax.is_verb(analysis, head):
            return _under_verb(analysis, verb, head, depth)
        if analysis.tokens[head].pos == "ADJ":
            return _under_adjective(analysis, head, depth)
    if dep in ("relcl", "acl") and _is_high_time(analysis, head):
        return "called-for"
    if dep == "pcomp" and analysis.tokens[head].dep == "prep":
        return _under_preposition(analysis, head, depth)
    infinitive = dep == "relcl" and token.tag == "VB" and _has_to(analysis, verb)
    if (dep == "acl" or infinitive) and analysis.tokens[head].pos in ("NOUN", "PROPN"):
        return _on_noun(analysis, verb, head)
    return None


def _is_high_time(analysis: Analysis, noun: int) -> bool:
    """ "It is (high) time that they met"."""
    token = analysis.tokens[noun]
    subjects = syntax.kids(analysis, token.head, "nsubj")
    return (
        token.lemma.lower() == "time"
        and token.dep == "attr"
        and any(analysis.tokens[s].text.lower() == "it" for s in subjects)
    )


def _said_of_it(analysis: Analysis, verb: int, over: int) -> Status | None:
    """What "it is untrue that", "the fear is that", "it is possible that" say of the clause."""
    if syntax.lemma(analysis, over) != "be":
        return None
    for adjective in syntax.kids(analysis, over, "acomp"):
        text = analysis.tokens[adjective].text.lower()
        if text in listed("untrue"):
            return "denied"
        if text in listed("unsure"):
            past = _is_tensed(analysis, verb) and analysis.tokens[verb].tag == "VBD"
            return "alleged" if past or is_perfect(analysis, verb) else "conditional"
    for subject in syntax.kids(analysis, over, "nsubj"):
        return of_noun(analysis, subject)
    return None


def _under_adjective(analysis: Analysis, adjective: int, depth: int) -> Status | None:
    """ "is ready to fire" lies ahead, "is able to fire" is open."""
    text = analysis.tokens[adjective].text.lower()
    if text in listed("planned"):
        return verb_status(analysis, analysis.tokens[adjective].head, depth + 1) or "planned"
    return "conditional" if text in listed("able") else None


def _under_verb(analysis: Analysis, verb: int, head: int, depth: int) -> Status | None:
    """What a governing verb says of the clause under it."""
    token, lemma = analysis.tokens[verb], syntax.lemma(analysis, head)
    infinitive = _has_to(analysis, verb)
    bare = infinitive or token.tag in ("VB", "VBG")
    said = _said_of_it(analysis, verb, head) if token.dep in ("ccomp", "csubj") else None
    if said is not None:
        return said
    governor = verb_status(analysis, head, depth + 1)
    if lemma == "ought" and infinitive:
        return "called-for"
    if syntax.lemma(analysis, head) == "be" and infinitive and _is_inverted(analysis, head):
        return "conditional"  # "were the North to test"
    if lemma == "let" and analysis.tokens[head].tag == "VB" and _lets_another(analysis, verb, head):
        return "called-for"
    if token.dep == "advcl":
        wished = infinitive and lemma in listed("called_for")
        if not wished and not (infinitive and lemma in listed("planned")):
            return _purpose(governor) if infinitive else None
    out = any(analysis.tokens[c].text.lower() == "out" for c in syntax.kids(analysis, head, "prt"))
    if lemma == "rule" and out:
        return "denied"
    if lemma in listed("denied") and (bare or token.dep == "ccomp" or token.tag == "VBN"):
        return "alleged" if lemma == "deny" and _neither(analysis, head) else "denied"
    if _negated(analysis, head) and lemma in listed("begun") | listed("planned"):
        return "denied"
    if lemma in listed("proposed") and _is_wish(analysis, verb, head):
        return "called-for"
    if _is_hearsay(analysis, verb, head):
        return "alleged"
    if _is_wish(analysis, verb, head):
        return "called-for"
    if lemma in listed("planned") and bare:
        if is_perfect(analysis, verb):
            return "alleged"  # "is expected to have fired"
        if _hangs_on_a_condition(analysis, verb) or _hangs_on_a_condition(analysis, head):
            return "conditional"  # "threatened to leave if ..."
        return governor if governor in ("denied", "conditional", "called-for") else "planned"
    if lemma in ("be", "go") and infinitive:
        return "planned"
    if lemma in listed("going_on") and bare and governor is None:
        return "ongoing" if is_present(analysis, head) else None
    if bare and (lemma in listed("begun") or token.dep == "xcomp"):
        return governor
    return None


def _lets_another(analysis: Analysis, verb: int, head: int) -> bool:
    """ "Let Iran first dismantle them": an imperative to others; "let us" is one's own plan."""
    subjects = syntax.kids(analysis, verb, "nsubj")
    others = [s for s in subjects if analysis.tokens[s].text.lower() not in ("us", "me", "'s")]
    return bool(others) and not syntax.kids(analysis, head, "nsubj", "aux")


def _neither(analysis: Analysis, verb: int) -> bool:
    """ "neither confirmed nor denied"."""
    return any(
        analysis.tokens[c].text.lower() in ("nor", "neither")
        for at in (verb, analysis.tokens[verb].head)
        for c in syntax.kids(analysis, at, "cc", "preconj", "advmod")
    )


def _purpose(governor: Status | None) -> Status:
    """An infinitive of purpose ("flew to Seoul to meet Yoon") lies ahead of its head."""
    marked = governor in ("denied", "conditional", "called-for", "alleged")
    return governor if marked and governor is not None else "planned"


def _is_hearsay(analysis: Analysis, verb: int, head: int) -> bool:
    """ "alleged that", "accused of", "is believed to have", "appears to have"."""
    lemma = syntax.lemma(analysis, head)
    if lemma in listed("alleged"):
        return True
    passive = syntax.is_passive(analysis, head) and _has_to(analysis, verb)
    return passive and lemma in listed("alleged_passive")


def _is_wish(analysis: Analysis, verb: int, head: int) -> bool:
    """ "urged it to fire", "demanded that it release them", "wants them to meet"."""
    token, lemma = analysis.tokens[verb], syntax.lemma(analysis, head)
    # A subjunctive is tagged as base form or as present: "that the North release them".
    subjunctive = token.tag == "VB" or (token.dep == "ccomp" and token.tag == "VBP")
    if lemma in listed("called_for"):
        return subjunctive or _has_to(analysis, verb)
    another = bool(syntax.kids(analysis, verb, "nsubj") or syntax.kids(analysis, head, "dobj"))
    if lemma in listed("wanted"):
        return another
    return another and token.dep == "ccomp" and subjunctive and lemma in listed("proposed")


def _under_preposition(analysis: Analysis, prep: int, depth: int) -> Status | None:
    """What "of firing", "from firing", "without firing", "on holding talks" hang on."""
    text, over = analysis.tokens[prep].text.lower(), analysis.tokens[prep].head
    if text in listed("prepositions_conditional"):
        return "conditional"
    if not syntax.is_verb(analysis, over):
        return "denied" if is_none(analysis, over) else of_noun(analysis, over)
    lemma = syntax.lemma(analysis, over)
    if text in ("of", "for", "with") and lemma in listed("alleged"):
        return "alleged"
    governor = verb_status(analysis, over, depth + 1)
    if text == "from" and lemma in listed("kept_from"):
        return governor if governor == "called-for" else "conditional"
    if lemma in listed("called_for") and text in ("for", "to"):
        return "called-for"
    if lemma in listed("planned") and text in ("on", "to", "about", "for"):
        return "planned"
    return governor if text in ("by", "in", "to") else None


def _on_noun(analysis: Analysis, verb: int, noun: int) -> Status | None:
    """ "plans to launch", "the claim that it had launched", "the first to launch"."""
    told = of_noun(analysis, noun)
    if is_none(analysis, noun) and told not in ("alleged", "conditional"):
        return "denied"
    over, role = analysis.tokens[noun].head, analysis.tokens[noun].dep
    if role == "nsubj" and _said_of_it(analysis, verb, over) == "denied":
        return "denied"  # "rumours that it fired are false"
    without = listed("object_denied") | {"lack"}
    if role == "dobj" and told != "denied" and syntax.lemma(analysis, over) in without:
        return "denied"  # "scrapped a scheme to send", "lacks the votes to impeach"
    if told == "conditional" and _is_told_as_past(analysis, verb):
        return "alleged"  # "signs that it has fired"
    if analysis.tokens[verb].tag == "VB":
        rank = {analysis.tokens[c].text.lower() for c in syntax.kids(analysis, noun, "amod")}
        return told or (None if rank & listed("past_adjectives") else "planned")
    if told == "alleged":
        over = analysis.tokens[noun].head
        rejected = analysis.tokens[noun].dep in ("dobj", "nsubjpass")
        denied = listed("denied") | listed("object_denied")
        return "denied" if rejected and syntax.lemma(analysis, over) in denied else "alleged"
    return None


def is_none(analysis: Analysis, noun: int) -> bool:
    """ "no intention of", "no plan to"."""
    return has(analysis, noun, "negative", "det")


def _is_told_as_past(analysis: Analysis, verb: int) -> bool:
    return analysis.tokens[verb].tag == "VBD" or (
        is_perfect(analysis, verb) and modal_status(analysis, verb) is None
    )


_BY_NOUN: Mapping[str, Status] = {
    "planned_nouns": "planned",
    "conditional_nouns": "conditional",
    "called_nouns": "called-for",
    "denied_nouns": "denied",
    "alleged_nouns": "alleged",
}


def of_noun(analysis: Analysis, noun: int) -> Status | None:
    """What a noun over the event says of it: "plan", "threat", "call", "denial", "claim"."""
    lemma = syntax.lemma(analysis, noun)
    return next((status for name, status in _BY_NOUN.items() if lemma in listed(name)), None)
