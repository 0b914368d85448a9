"""Who is subject, object and time of what, over the dependency parse. Indices are token indices.

The labels are those of spaCy's English pipelines (ClearNLP style). Everything here is a pure
reading of one `Analysis`; no word lists, no decisions about events.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dateline.lexicon import load
from dateline.model import Analysis, Token

_SUBJECT = ("nsubj", "nsubjpass", "csubj")
_OBJECT_CONTROL = frozenset(
    [
        "urge",
        "ask",
        "call",
        "force",
        "help",
        "allow",
        "persuade",
        "press",
        "push",
        "order",
        "tell",
        "want",
        "encourage",
        "invite",
        "expect",
        "enable",
        "compel",
        "warn",
        "lead",
        "request",
        "require",
        "permit",
        "cause",
        "get",
        "convince",
        "beg",
        "implore",
        "pressure",
    ]
)
_FAR = 8  # steps along a chain of verbs; longer ones are lists or parse errors
_CLAUSE = frozenset({"relcl", "acl", "advcl", "ccomp", "csubj", "parataxis"})


def kids(analysis: Analysis, head: int, *deps: str) -> list[int]:
    """The children of `head` with one of those labels, in order."""
    return [c for c in analysis.children[head] if analysis.tokens[c].dep in deps]


def lemma(analysis: Analysis, index: int) -> str:
    """The lower-case lemma."""
    return analysis.tokens[index].lemma.lower()


def is_verb(analysis: Analysis, index: int) -> bool:
    """Whether the token is a verb or an auxiliary standing as one."""
    return analysis.tokens[index].pos in ("VERB", "AUX")


def is_passive(analysis: Analysis, verb: int) -> bool:
    """Whether the verb is passive: "was fired", or a bare participle after its noun."""
    for _ in range(_FAR):
        token = analysis.tokens[verb]
        if kids(analysis, verb, "nsubjpass", "auxpass", "agent"):
            return True
        bare = token.tag == "VBN" and not kids(analysis, verb, "aux", "nsubj", "dobj")
        if token.dep != "conj" or not bare:
            return bare and token.dep in ("acl", "relcl", "advcl")
        verb = token.head
    return False


def conjuncts(analysis: Analysis, index: int) -> list[int]:
    """The token and what is coordinated with it, in order of the text."""
    found, stack = [], [index]
    while stack:
        at = stack.pop()
        found.append(at)
        stack += kids(analysis, at, "conj")
    return sorted(found)


def first_conjunct(analysis: Analysis, index: int) -> int:
    """The head of the coordination that the token stands in."""
    while analysis.tokens[index].dep == "conj":
        index = analysis.tokens[index].head
    return index


def subjects(analysis: Analysis, verb: int, depth: int = 0) -> list[int]:
    """The grammatical subjects of a verb: its own, or those that control it.

    Follows coordination ("fired a missile and condemned"), raising and control ("plans to
    fire", "urged China to help"), participles and relative clauses ("missiles, which were ...").
    """
    if depth > _FAR:
        return []
    tokens = analysis.tokens
    own = [c for c in kids(analysis, verb, *_SUBJECT) if c != verb]
    if own:
        found: list[int] = []
        for subject in own:
            if tokens[subject].tag in ("WDT", "WP") and tokens[verb].dep == "relcl":
                found += conjuncts(analysis, tokens[verb].head)
            else:
                found += conjuncts(analysis, subject)
        return found
    token = tokens[verb]
    head, dep = token.head, token.dep
    if head == verb or dep == "ROOT":
        return []
    if dep == "conj":
        return subjects(analysis, head, depth + 1) if is_verb(analysis, head) else []
    if dep in ("xcomp", "ccomp", "oprd") and is_verb(analysis, head):
        controlled = kids(analysis, head, "dobj", "nsubjpass")
        if controlled and lemma(analysis, head) in _OBJECT_CONTROL:
            return [c for o in controlled for c in _antecedents(analysis, o, head)]
        return subjects(analysis, head, depth + 1)
    if dep in ("xcomp", "acomp") or (dep in ("advcl", "pcomp") and not is_verb(analysis, head)):
        if tokens[head].dep == "prep":  # "accused the North of firing", "after firing"
            over = tokens[head].head
            if is_verb(analysis, over):
                objects_over = kids(analysis, over, "dobj", "nsubjpass")
                if lemma(analysis, head) in ("of", "from", "for", "into") and objects_over:
                    return [c for o in objects_over for c in conjuncts(analysis, o)]
                return subjects(analysis, over, depth + 1)
            if lemma(analysis, head) == "of" and tokens[over].pos == "NOUN":
                return _noun_owner(analysis, over, depth)  # "has no intention of meeting"
            return subjects(analysis, head, depth + 1) if is_verb(analysis, head) else []
        if tokens[head].dep == "advmod" and is_verb(analysis, tokens[head].head):
            return subjects(analysis, tokens[head].head, depth + 1)  # "instead of attacking"
        if is_verb(analysis, tokens[head].head) and tokens[head].dep == "acomp":
            return subjects(analysis, tokens[head].head, depth + 1)
        return []
    if dep == "advcl":
        # "called on China to help" is parsed as an adverbial clause: the one called on helps.
        if token.tag == "VB" and lemma(analysis, head) in ("call", "appeal"):
            for prep in kids(analysis, head, "prep"):
                if lemma(analysis, prep) in ("on", "upon", "to"):
                    return [c for o in kids(analysis, prep, "pobj") for c in conjuncts(analysis, o)]
        return subjects(analysis, head, depth + 1)
    if dep == "acl":
        if token.tag in ("VBN", "VBG", "VBD"):
            return conjuncts(analysis, head)
        return _noun_owner(analysis, head, depth)  # "plans to launch", "the decision to withdraw"
    return []


def _antecedents(analysis: Analysis, pronoun: int, verb: int) -> list[int]:
    """Whom a subject or object is: the noun before its clause where it is "who" or "which"."""
    tokens = analysis.tokens
    if tokens[pronoun].tag in ("WDT", "WP") and tokens[verb].dep == "relcl":
        return conjuncts(analysis, tokens[verb].head)
    return conjuncts(analysis, pronoun)


def _noun_owner(analysis: Analysis, noun: int, depth: int) -> list[int]:
    owners = kids(analysis, noun, "poss")
    if owners:
        return owners
    of = [o for o in under(analysis, noun, "of") if not is_verb(analysis, o)]
    if of:
        return of  # "the commitment of Japan to work ..."
    token = analysis.tokens[noun]
    if token.dep in ("dobj", "attr") and is_verb(analysis, token.head):
        if lemma(analysis, token.head) in _AGAINST_ANOTHERS:
            return []
        return subjects(analysis, token.head, depth + 1)
    return []


# What these are done to is somebody else's: "vetoed a resolution to tighten sanctions".
_AGAINST_ANOTHERS = frozenset(
    {"veto", "reject", "oppose", "block", "condemn", "denounce", "criticize", "criticise", "slam"}
)


def agents(analysis: Analysis, verb: int) -> list[int]:
    """Those by whom a passive is done ("was fired by the North")."""
    found: list[int] = []
    for child in analysis.children[verb]:
        token = analysis.tokens[child]
        if token.dep == "agent" or (token.dep == "prep" and token.text.lower() == "by"):
            for pobj in kids(analysis, child, "pobj"):
                found += conjuncts(analysis, pobj)
    return found


def objects(analysis: Analysis, verb: int) -> list[int]:
    """What the verb is done to: direct objects, passive subjects, the noun of a relative clause."""
    tokens = analysis.tokens
    if is_passive(analysis, verb):
        return subjects(analysis, verb)
    found: list[int] = []
    for child in kids(analysis, verb, "dobj", "attr", "oprd"):
        if tokens[child].tag in ("WDT", "WP") and tokens[verb].dep == "relcl":
            found += conjuncts(analysis, tokens[verb].head)
        elif tokens[child].pos != "VERB":
            found += conjuncts(analysis, child)
    found += _what_was(analysis, verb)
    if not found and tokens[verb].dep == "relcl" and kids(analysis, verb, "nsubj"):
        subject = kids(analysis, verb, "nsubj")[0]
        if tokens[subject].tag not in ("WDT", "WP"):  # "the missile it fired"
            found += conjuncts(analysis, tokens[verb].head)
    if not found and tokens[verb].dep != "conj":
        later = [c for c in kids(analysis, verb, "conj") if is_verb(analysis, c)]
        for child in later[:1]:  # "researched and tested a missile"
            if not kids(analysis, verb, "prep", "ccomp", "xcomp", "dative"):
                found += kids(analysis, child, "dobj")
    return found


def _what_was(analysis: Analysis, verb: int) -> list[int]:
    """The missile of "launched what appeared to be a missile"."""
    for clause in kids(analysis, verb, "ccomp"):
        subject = kids(analysis, clause, "nsubj", "nsubjpass")
        if subject and analysis.tokens[subject[0]].text.lower() == "what":
            for at in (clause, *kids(analysis, clause, "xcomp")):
                for attr in kids(analysis, at, "attr"):
                    return conjuncts(analysis, attr)
    return []


def datives(analysis: Analysis, verb: int) -> list[int]:
    """To whom: "gave Yoon a letter", "handed a letter to Yoon"."""
    found: list[int] = []
    for child in kids(analysis, verb, "dative"):
        if analysis.tokens[child].pos == "ADP":
            found += [c for p in kids(analysis, child, "pobj") for c in conjuncts(analysis, p)]
        else:
            found += conjuncts(analysis, child)
    return found


def under(analysis: Analysis, head: int, *preps: str) -> list[int]:
    """The nouns under those prepositions at `head`, with their conjuncts."""
    found: list[int] = []
    for prep in kids(analysis, head, "prep", "dative", "agent", "prt"):
        if analysis.tokens[prep].text.lower() not in preps:
            continue
        for pobj in kids(analysis, prep, "pobj", "pcomp"):
            found += conjuncts(analysis, pobj)
        for inner in kids(analysis, prep, "prep"):  # "along with", "from off the coast"
            found += [c for p in kids(analysis, inner, "pobj") for c in conjuncts(analysis, p)]
    return found


def noun_phrase(analysis: Analysis, head: int) -> list[int]:
    """The tokens of a noun phrase: all below its head but clauses, appositions and conjuncts."""
    found = [head]
    for child in analysis.children[head]:
        dep = analysis.tokens[child].dep
        if dep in _CLAUSE or dep in ("appos", "conj", "cc", "punct"):
            if dep == "punct" and analysis.tokens[child].text in ("-", "–", "/", "'"):
                found.append(child)
            continue
        found += below(analysis, child)
    return sorted(found)


def below(analysis: Analysis, head: int, clauses: bool = False) -> list[int]:
    """The token and all that hangs on it, in order, without clauses unless asked for."""
    found, stack = [], [head]
    while stack:
        at = stack.pop()
        found.append(at)
        stack += [
            c for c in analysis.children[at] if clauses or analysis.tokens[c].dep not in _CLAUSE
        ]
    return sorted(found)


def core(analysis: Analysis, head: int) -> tuple[int, int]:
    """First and last token (inclusive) of the phrase from its first modifier to its head."""
    first = head
    for child in analysis.children[head]:
        token = analysis.tokens[child]
        if child < head and token.dep not in _CLAUSE | {"prep", "cc", "preconj", "advmod"}:
            first = min(first, min(below(analysis, child)))
    return first, head


def ancestors(analysis: Analysis, index: int) -> Iterator[int]:
    """The heads above a token, nearest first."""
    while analysis.tokens[index].head != index:
        index = analysis.tokens[index].head
        yield index


def sentence_of(analysis: Analysis, index: int) -> int:
    """The number of the sentence in which a token stands."""
    return bisect_right(analysis.sentences, index, key=lambda s: s.first) - 1


def clause_verb(analysis: Analysis, index: int) -> int:
    """The verb of the clause that a token stands in (itself if a verb; else the sentence's root)."""
    if is_verb(analysis, index) and analysis.tokens[index].dep not in ("aux", "auxpass"):
        return index
    last = index
    for last in ancestors(analysis, index):
        if is_verb(analysis, last):
            return last
    return last


# --------------------------------------------------------------------------- mending


def mend(analysis: Analysis) -> Analysis:
    """The analysis with a few plain errors of the small parser set right.

    - "The North test-fired 4 missiles": the verb read as an adjective of a noun that is the
      root, or the subject of a participle ("believed to be Scuds") that is.
    - "Seoul, Tokyo to hold drills": a headline's infinitive read as a clause about its subject.
    - "the North's missile launches drew anger": a plural taken for a verb.
    - "followed talks Monday in London": when and where hung on the verb, not on the talks.
    - "staged" given the lemma "stag", and others of the lexicon's `lemmas`.
    - "attempted to test-launch a missile": a verb after "to" tagged as a noun.

    Measured on the 209 launch descriptions of CSIS: 14 had one of these.
    """
    tokens = list(analysis.tokens)
    lemmas: Mapping[str, str] = load("plover")["lemmas"]
    changed = False
    for sentence in analysis.sentences:
        for index in range(sentence.first, sentence.last):
            token = tokens[index]
            if token.pos == "VERB" and token.lemma in lemmas:
                token = tokens[index] = replace(token, lemma=lemmas[token.lemma])
                changed = True
            if token.pos in ("NOUN", "PROPN", "ADJ", "ADV") and _is_infinitive(analysis, index):
                tokens[index] = replace(token, pos="VERB", tag="VB", lemma=token.text.lower())
                changed = True
            elif token.tag == "VBZ" and token.dep in ("nsubj", "nsubjpass", "dobj", "pobj"):
                changed |= _noun_as_verb(analysis, tokens, index)
            elif token.dep == "dobj" and token.head < index:
                changed |= _object_with_its_tail(analysis, tokens, index)
        root = sentence.root
        if tokens[root].pos in ("NOUN", "PROPN"):
            changed |= _verb_as_adjective(analysis, tokens, root) or _headline(
                analysis, tokens, sentence.first, root
            )
        elif tokens[root].tag in ("VBN", "VBD") and not kids(analysis, root, "aux", "auxpass"):
            for subject in kids(analysis, root, "nsubj", "nsubjpass"):
                if _verb_as_adjective(analysis, tokens, subject):
                    tokens[root] = replace(tokens[root], dep="acl", head=subject)
                    changed = True
    if not changed:
        return analysis
    children: list[list[int]] = [[] for _ in tokens]
    for index, token in enumerate(tokens):
        if token.head != index:
            children[token.head].append(index)
    sentences = tuple(
        replace(s, root=_root(tokens, s.first, s.last, s.root)) for s in analysis.sentences
    )
    return replace(
        analysis,
        tokens=tuple(tokens),
        sentences=sentences,
        children=tuple(tuple(c) for c in children),
    )


def _root(tokens: Sequence[Token], first: int, last: int, root: int) -> int:
    return next((i for i in range(first, last) if tokens[i].head == i), root)


def _is_infinitive(analysis: Analysis, index: int) -> bool:
    """Whether a token has "to" as auxiliary and an object, so that it must be a verb."""
    has_to = any(analysis.tokens[c].tag == "TO" for c in kids(analysis, index, "aux"))
    return has_to and bool(kids(analysis, index, "dobj"))


def _verb_as_adjective(analysis: Analysis, tokens: list[Token], root: int) -> bool:
    """Mends "North Korea test-fired 4 missiles" in place; whether it did."""
    verbs = [c for c in kids(analysis, root, "amod") if tokens[c].tag == "VBD" and c < root]
    if not verbs:
        return False
    verb = verbs[0]
    before = [c for c in analysis.children[root] if c < verb]
    named = [c for c in before if tokens[c].pos in ("PROPN", "NOUN", "PRON")]
    if not named:
        return False
    subject = named[-1]
    tokens[verb] = replace(tokens[verb], pos="VERB", dep="ROOT", head=verb)
    tokens[root] = replace(tokens[root], dep="dobj", head=verb)
    for child in before:
        dep = tokens[child].dep
        if child == subject:
            tokens[child] = replace(tokens[child], dep="nsubj", head=verb)
        elif dep in ("det", "compound", "amod", "poss", "nmod"):
            tokens[child] = replace(tokens[child], head=subject)
        else:
            tokens[child] = replace(tokens[child], head=verb)
    for child in analysis.children[root]:
        if child > root and tokens[child].dep in ("prep", "punct", "npadvmod", "advcl", "advmod"):
            tokens[child] = replace(tokens[child], head=verb)
    return True


def _noun_as_verb(analysis: Analysis, tokens: list[Token], index: int) -> bool:
    """Mends "the North's missile launches drew anger" in place: a plural taken for a verb."""
    before = [c for c in kids(analysis, index, "nsubj") if c < index]
    if len(before) != 1 or kids(analysis, index, "aux", "dobj", "ccomp"):
        return False
    modifier = before[0]
    if tokens[modifier].pos not in ("NOUN", "PROPN"):
        return False
    noun = replace(tokens[index], pos="NOUN", tag="NNS")
    tokens[index] = noun
    tokens[modifier] = replace(tokens[modifier], dep="compound")
    for child in analysis.children[modifier]:
        if tokens[child].dep in ("poss", "det", "amod", "nummod"):
            tokens[child] = replace(tokens[child], head=index)
    return True


_BEFORE_AND_AFTER = frozenset({"follow", "precede"})


def _object_with_its_tail(analysis: Analysis, tokens: list[Token], noun: int) -> bool:
    """Mends "followed talks Monday in London" in place: when and where are the talks'."""
    verb = tokens[noun].head
    if tokens[verb].lemma.lower() not in _BEFORE_AND_AFTER:
        return False
    tail = [c for c in analysis.children[verb] if c > noun]
    changed = False
    for child in tail:
        if tokens[child].dep not in ("prep", "npadvmod"):
            break
        tokens[child] = replace(tokens[child], head=noun)
        changed = True
    return changed


def _headline(analysis: Analysis, tokens: list[Token], first: int, root: int) -> bool:
    """Mends "US, South Korea to hold drills" in place; whether it did."""
    for child in kids(analysis, root, "relcl", "acl"):
        verb = tokens[child]
        has_to = any(tokens[c].tag == "TO" for c in kids(analysis, child, "aux"))
        own = kids(analysis, child, "nsubj", "nsubjpass")
        if verb.tag != "VB" or not has_to or own or tokens[root].tag not in ("NNP", "NNPS"):
            continue
        tokens[child] = replace(verb, dep="ROOT", head=child)
        tokens[root] = replace(tokens[root], dep="nsubj", head=child)
        for named in kids(analysis, root, "appos"):
            if named < child:
                tokens[named] = replace(tokens[named], dep="conj")
        return True
    return False
