"""Every place in a parse where a word could be a cue: its frame, its source and its content.

A frame is the construction in which the word stands ("clause", "infinitive", "object", "about",
"passive-infinitive" ...). Which words are cues in which frames is the lexicon's to say, so that
the same code also counts them in annotated text (see evals/cue_frames.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.lexicon import load
from dateline.statements.parse import Parse

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_CUE_HELPERS = ("aux", "auxpass", "neg", "prt")
_CLAUSES = ("ccomp",)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible attribution, as token indices; `word` is the cue's lemma, in `frame`."""

    cue_head: int
    word: str
    frame: str
    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]


def candidates(p: Parse) -> Iterator[Candidate]:
    """Yields each possible attribution of the parse, in text order of its cue."""
    for index, token in enumerate(p.tokens):
        if token.text.lower() == "according":
            yield from _according(p, index)
        elif token.pos in ("VERB", "AUX"):
            yield from _verb(p, index)
            yield from _predicate(p, index)
        elif token.pos == "NOUN":
            yield from _noun(p, index)


# --------------------------------------------------------------------------- verbs


def _verb(p: Parse, v: int) -> Iterator[Candidate]:
    token = p.tokens[v]
    if token.lemma == "regard" and v > 0 and p.tokens[v - 1].text.lower() == "as":
        return  # "as regards the accident" regards nothing
    passive = (
        bool(p.kids(v, "nsubjpass", "auxpass"))
        or (token.tag == "VBN" and token.dep in ("acl", "relcl", "advcl") and not p.kids(v, "aux"))
        or (token.text == "Asked" and p.kid(v, "nsubj") is None)
    )
    frames = _passive_frames(p, v) if passive else _active_frames(p, v)
    source = _agent(p, v) if passive else find_source(p, v)
    cue = cue_tokens(p, v)
    for frame, content, extra in frames:
        if passive and not source and token.lemma in _ASKED:
            source = _misplaced_agent(p, content)
        barred = {v, *source, *(p.tokens[i].head for i in source if p.tokens[i].dep == "pobj")}
        said = [i for i in content if i not in barred and (p.tokens[i].tag != "WRB" or i > v)]
        if said:
            yield Candidate(
                v,
                token.lemma.lower(),
                frame,
                tuple(source),
                tuple(sorted(cue + extra)),
                tuple(said),
            )


_ASKED = frozenset(["ask", "question", "press", "tell"])


def _misplaced_agent(p: Parse, content: Sequence[int]) -> list[int]:
    """The person after "by" that the parser hung on what was asked ("asked about it by Kim")."""
    for i in content:
        if p.tokens[i].text == "by":
            for noun in p.kids(i, "pobj"):
                if p.labels[noun] in ("PERSON", "ORG") or p.tokens[noun].lemma in _PEOPLE:
                    return p.subtree(noun)
    return []


_PEOPLE = frozenset(["reporter", "journalist", "correspondent", "lawmaker", "official"])


_Frame = tuple[str, list[int], list[int]]


def _active_frames(p: Parse, v: int) -> Iterator[_Frame]:
    token = p.tokens[v]
    clauses = p.kids(v, *_CLAUSES)
    obj = p.kid(v, "dobj")
    infinitive = p.kid(v, "xcomp")
    if clauses:
        content = [i for clause in clauses for i in p.subtree(clause, _participles(p, clause))]
        yield _clause_frame(p, clauses[0]), content, []
    elif _inverted_subject(p, v) is not None:
        teller = {*p.subtree(v)} if token.head != v and token.dep != "ROOT" else {v}
        subject = _inverted_subject(p, v)
        teller |= {*p.subtree(subject if subject is not None else v)}
        before = [i for i in range(p.wholes[v][0], min(teller)) if p.tokens[i].pos != "SPACE"]
        yield "clause", before, []
    elif _is_parenthesis(p, v):
        yield "parenthesis", p.subtree(token.head, without=[v]), []
    elif _is_as_clause(p, v):
        yield "as-parenthesis", p.subtree(token.head, without=[v]), p.kids(v, "mark")
    elif obj is not None and infinitive is not None and obj < infinitive:
        yield "object-infinitive", p.subtree(obj) + p.subtree(infinitive), []
    elif infinitive is not None:
        kind = "infinitive" if p.tokens[infinitive].pos in ("VERB", "AUX") else "adjective"
        on = next((k for k in p.kids(v, "prep") if p.tokens[k].lemma in ("on", "upon")), None)
        if on is not None and token.lemma == "call" and on < infinitive:  # "called on Kim to stop"
            yield kind, p.subtree(on)[1:] + p.subtree(infinitive), [on]
        else:
            yield kind, p.subtree(infinitive), []
    elif obj is not None:
        predicate = p.kid(v, "oprd")
        as_phrase = next((k for k in p.kids(v, "prep") if p.tokens[k].lemma == "as"), None)
        if predicate is not None:
            yield "object-predicate", p.subtree(obj) + p.subtree(predicate), []
        elif as_phrase is not None:
            yield "object-as", p.subtree(obj) + p.subtree(as_phrase), []
        else:
            yield "object", p.subtree(obj), []
            for prep in p.kids(v, "prep"):
                if p.tokens[prep].lemma in _OBJECT_PREPS and prep > obj:
                    frame = f"object-{p.tokens[prep].lemma}"
                    yield frame, p.subtree(obj) + p.subtree(prep), []
    elif _is_afterthought(p, v):
        subject = p.kid(v, "nsubj")
        teller = {v, *p.kids(v, *_CUE_HELPERS), *(p.subtree(subject) if subject else [])}
        yield "afterthought", [i for i in range(*p.wholes[v]) if i not in teller], []
    else:
        for prep in p.kids(v, "prep"):
            yield p.tokens[prep].lemma.lower(), p.subtree(prep)[1:], [prep]


_OBJECT_PREPS = frozenset(["of", "about", "for", "on", "against", "over", "with"])


def _clause_frame(p: Parse, clause: int) -> str:
    has_subject = bool(p.kids(clause, *_SUBJECTS))
    if p.tokens[clause].pos not in ("VERB", "AUX"):
        return "small-clause"
    if p.tokens[clause].tag == "VB" and any(p.tokens[k].tag == "TO" for k in p.kids(clause, "aux")):
        return "clause-infinitive" if has_subject else "infinitive"
    first = p.subtree(clause)[0]
    if (
        p.tokens[first].tag in ("WDT", "WP", "WRB", "WP$")
        or p.tokens[first].text.lower() in _WHETHER
    ):
        return "wh"
    return "clause" if has_subject else "gerund"


def _is_parenthesis(p: Parse, v: int) -> bool:
    """Whether the verb with its subject stands between commas in the clause it hangs on."""
    token = p.tokens[v]
    if token.dep not in ("parataxis", "ccomp") or p.kid(v, "nsubj") is None or p.kids(v, "mark"):
        return False
    own = p.subtree(v)
    after = own[-1] + 1
    closed = p.tokens[own[-1]].text == "," or (
        after < len(p.tokens) and p.tokens[after].text in (",", ".")
    )
    before = own[0] - 1
    opened = p.tokens[own[0]].text == "," or (before >= 0 and p.tokens[before].text in _COMMAS)
    return len(own) <= 25 and closed and opened


def _participles(p: Parse, clause: int) -> list[int]:
    """The ", saying that" that hang on the content but go on from the cue."""
    return [
        k
        for k in p.kids(clause, "advcl")
        if p.tokens[k].tag == "VBG"
        and p.tokens[k].lemma in load("cues")["classes"]["speech"]
        and p.tokens[k - 1].text == ","
        and k > clause
    ]


def _is_afterthought(p: Parse, v: int) -> bool:
    """Whether it is a bare "..., she said" that the parser hung on something else."""
    subject = p.kid(v, "nsubj")
    token = p.tokens[v]
    if subject is None or subject > v or token.tag not in ("VBD", "VBZ", "VBP"):
        return False
    first = p.subtree(subject)[0]
    return (
        token.lemma in _INVERTED
        and first > p.wholes[v][0] + 2
        and p.tokens[first - 1].text in _COMMAS
        and (v + 1 >= len(p.tokens) or p.tokens[v + 1].text in (",", "."))
    )


_COMMAS = frozenset([",", "”", '"', "''"])


def _is_as_clause(p: Parse, v: int) -> bool:
    """Whether it is the verb of "as he put it"."""
    return p.tokens[v].dep == "advcl" and any(
        p.tokens[k].lemma == "as" for k in p.kids(v, "mark", "advmod")
    )


def _passive_frames(p: Parse, v: int) -> Iterator[_Frame]:
    subject = p.kid(v, "nsubjpass")
    about = p.subtree(subject) if subject is not None else []
    if not about and p.tokens[v].dep in ("acl", "relcl"):
        about = _phrase_head(p, p.tokens[v].head, v)
    clause = p.kid(v, *_CLAUSES)
    infinitive = p.kid(v, "xcomp")
    predicate = p.kid(v, "oprd")
    if clause is not None:
        yield "passive-" + _clause_frame(p, clause), p.subtree(clause), []
        return
    if infinitive is not None:
        yield "passive-infinitive", about + p.subtree(infinitive), []
        return
    if predicate is not None:
        yield "passive-predicate", about + p.subtree(predicate), []
        return
    preps = [k for k in p.kids(v, "prep") if p.tokens[k].lemma in _PASSIVE_PREPS]
    for prep in preps:
        if p.tokens[prep].lemma == "as":
            yield "passive-as", about + p.subtree(prep), []
        else:
            yield f"passive-{p.tokens[prep].lemma}", p.subtree(prep)[1:], [prep]
    if about and not preps:
        yield "passive-agent" if p.kids(v, "agent") else "passive", about, []


_PASSIVE_PREPS = frozenset(["as", "about", "of", "for", "with", "against"])


def _phrase_head(p: Parse, head: int, without: int) -> list[int]:
    return p.subtree(head, without=[without])


def cue_tokens(p: Parse, v: int) -> list[int]:
    """The verb with its auxiliaries, negation, particle and the adverbs next to it."""
    found = [v, *p.kids(v, *_CUE_HELPERS)]
    found += [
        k
        for k in p.kids(v, "advmod")
        if abs(k - v) == 1 and not p.children[k] and p.tokens[k].tag == "RB"
    ]
    if p.tokens[v].dep == "xcomp":
        head = p.tokens[v].head
        if p.tokens[head].pos in ("VERB", "AUX") and 0 < v - head <= 3:
            found += cue_tokens(p, head)
    return found


# --------------------------------------------------------------------------- sources


def find_source(p: Parse, v: int, depth: int = 0) -> list[int]:
    """The tokens of the verb's subject: its own, or the one it shares with what it hangs on."""
    token = p.tokens[v]
    if depth == 0:
        after = _inverted_subject(p, v)
        if after is not None:
            return p.subtree(after)
    subject = _subject(p, v)
    if subject is not None:
        return p.subtree(subject)
    if depth > 5 or token.head == v:
        return _nearest_subject(p, v)
    head = p.tokens[token.head]
    verbal = head.pos in ("VERB", "AUX")
    if token.dep == "xcomp" and verbal:
        obj = p.kid(token.head, "dobj")
        return (
            p.subtree(obj) if obj is not None and obj < v else find_source(p, token.head, depth + 1)
        )
    if token.dep == "advcl" and verbal and v in _participles(p, token.head) and head.dep == "ccomp":
        return find_source(p, head.head, depth + 1)
    if token.dep in ("conj", "advcl", "xcomp") and verbal:
        if token.dep == "advcl" and p.kids(token.head, "nsubjpass"):
            return _agent(p, token.head) or find_source(p, token.head, depth + 1)
        return find_source(p, token.head, depth + 1)
    if token.dep in ("acl", "relcl") and head.pos in ("NOUN", "PROPN", "PRON"):
        return _owner_of_clause(p, v, depth)
    if token.dep == "pcomp" and p.tokens[head.head].pos in ("VERB", "AUX"):
        return find_source(p, head.head, depth + 1)
    return _nearest_subject(p, v)


def _subject(p: Parse, v: int) -> int | None:
    """The verb's own subject: of several, the last that is no punctuation mark."""
    subjects = [k for k in p.kids(v, "nsubj", "nsubjpass") if p.tokens[k].pos != "PUNCT"]
    before = [k for k in subjects if k < v]
    return next(reversed(before or subjects), None)


def _inverted_subject(p: Parse, v: int) -> int | None:
    """The noun that follows in ", said Kim": the parser often takes it for an object."""
    token = p.tokens[v]
    if v == 0 or token.lemma not in _INVERTED or p.tokens[v - 1].text not in _BEFORE_INVERSION:
        return None
    if v + 1 >= len(p.tokens) or p.tokens[v + 1].tag not in _NAME_OPENS:
        return None
    if any(clause > v for clause in p.kids(v, "ccomp")):
        return None
    return next((k for k in p.kids(v, "nsubj", "dobj", "dative", "npadvmod") if k > v), None)


_INVERTED = frozenset(
    ["say", "add", "write", "note", "explain", "argue", "recall", "continue", "report", "announce"]
)
_BEFORE_INVERSION = frozenset([",", "”", '"', "''", "?", "!", "—"])
_NAME_OPENS = frozenset(["NNP", "NN", "NNS", "DT", "PRP", "PRP$", "JJ", "NNPS"])


def _owner_of_clause(p: Parse, v: int, depth: int) -> list[int]:
    """The source of a clause on a noun: the noun, or who issued it (", saying", "a letter saying")."""
    noun = p.tokens[v].head
    above = p.tokens[noun].head
    apart = v > 0 and p.tokens[v - 1].text == ","
    is_object = p.tokens[noun].dep in ("dobj", "pobj", "attr")
    if p.tokens[v].tag == "VBG" and apart:
        for _ in range(4):
            if p.tokens[above].pos in ("VERB", "AUX") or p.tokens[above].head == above:
                break
            above = p.tokens[above].head
        if p.tokens[above].pos in ("VERB", "AUX"):
            return find_source(p, above, depth + 1)
    elif is_object and p.tokens[noun].lemma in _PAPERS and p.tokens[above].pos == "VERB":
        return find_source(p, above, depth + 1)
    return p.subtree(noun, without=[v])


_PAPERS = frozenset(["statement", "letter", "tweet", "message", "note", "email", "release", "memo"])


def _nearest_subject(p: Parse, v: int) -> list[int]:
    """The noun phrase right beside a verb of speech that the parser left without a subject."""
    if p.tokens[v].lemma not in _INVERTED or p.tokens[v].tag not in ("VBD", "VBZ", "VBP"):
        return []
    for at in (v + 1, v - 1):
        if 0 <= at < len(p.tokens) and p.wholes[at] == p.wholes[v]:
            top = at
            while p.tokens[top].head not in (top, v) and p.tokens[p.tokens[top].head].pos in _NAMES:
                top = p.tokens[top].head
            if p.tokens[top].pos in _NAMES and p.tokens[top].dep != "npadvmod":
                return [i for i in p.subtree(top) if i != v and (i > v) == (at > v)]
    return []


_NAMES = frozenset(["PROPN", "NOUN", "PRON"])


def _agent(p: Parse, v: int) -> list[int]:
    by = p.kid(v, "agent")
    return p.subtree(p.children[by][0]) if by is not None and p.children[by] else []


# --------------------------------------------------------------------------- other cues


def _predicate(p: Parse, v: int) -> Iterator[Candidate]:
    """ "is confident that", "is aware of": the adjective is the cue."""
    adjective = p.kid(v, "acomp")
    if adjective is None:
        return
    cue = sorted([*cue_tokens(p, v), adjective])
    source = find_source(p, v)
    word = p.tokens[adjective].lemma.lower()
    below = p.kid(adjective, "ccomp", "xcomp")
    if below is not None:
        yield Candidate(
            v, word, "be-" + _short(p, below), tuple(source), tuple(cue), tuple(p.subtree(below))
        )
        return
    for prep in p.kids(adjective, "prep"):
        content = p.subtree(prep)[1:]
        if content:
            frame = "be-" + p.tokens[prep].lemma
            yield Candidate(v, word, frame, tuple(source), (*cue, prep), tuple(content))


def _short(p: Parse, clause: int) -> str:
    return "infinitive" if p.tokens[clause].tag == "VB" else "clause"


def _noun(p: Parse, n: int) -> Iterator[Candidate]:
    """ "Kim's claim that", "a vow to", "support for", "the view of officials that"."""
    owner = p.kid(n, "poss")
    by = next((k for k in p.kids(n, "prep") if p.tokens[k].lemma in ("by", "from")), None)
    source: list[int] = []
    if owner is not None:
        source = p.subtree(owner)
    elif by is not None:
        source = p.subtree(by)[1:]
    word = "n:" + p.tokens[n].lemma.lower()
    owned = "own-" if source else ""
    clause = p.kid(n, "acl", "ccomp", "xcomp")
    if clause is not None and p.tokens[clause].tag not in ("VBN", "VBG"):
        frame = "infinitive" if p.tokens[clause].tag == "VB" else "clause"
        yield Candidate(n, word, owned + frame, tuple(source), (n,), tuple(p.subtree(clause)))
        return
    for prep in p.kids(n, "prep"):
        if prep != by:
            content = p.subtree(prep)[1:]
            if content:
                yield Candidate(
                    n,
                    word,
                    owned + p.tokens[prep].lemma.lower(),
                    tuple(source),
                    (n, prep),
                    tuple(content),
                )


def _according(p: Parse, a: int) -> Iterator[Candidate]:
    to = a + 1
    if to >= len(p.tokens) or p.tokens[to].lemma != "to" or not p.children[to]:
        return
    source = p.subtree(to)[1:]
    first, last = p.wholes[a]
    clause = p.tokens[a].head
    while p.tokens[clause].pos not in ("VERB", "AUX") and p.tokens[clause].head != clause:
        clause = p.tokens[clause].head
    phrase = {a, *p.subtree(to)}
    ends = [i for i in range(first, last) if p.tokens[i].pos not in ("PUNCT", "SPACE")]
    if ends and (ends[0] in phrase or ends[-1] in phrase):
        content = [i for i in range(first, last) if i not in phrase]
    else:
        content = [i for i in p.subtree(clause) if i not in phrase]
    if content:
        yield Candidate(a, "according", "to", tuple(source), (a, to), tuple(content))


_WHETHER = frozenset(["whether", "if", "how", "why", "what", "who"])
