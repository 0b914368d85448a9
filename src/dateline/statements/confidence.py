"""How sure an attribution is: measured shares of its cue, and what else is the case with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import exp, log

from dateline.lexicon import load
from dateline.model import Span
from dateline.statements.frames import Candidate
from dateline.statements.parse import Parse

SAID = frozenset(["speech", "question", "command", "promise", "denial", "criticism", "wording"])


@cache
def word_classes() -> Mapping[str, str]:
    """Each cue lemma's class ("speech", "belief" ...); nouns are written "n:claim"."""
    classes = load("cues")["classes"]
    return {word: kind for kind, listed in classes.items() for word in listed}


def find_confidence(kind: str, word: str, frame: str, features: Iterable[str]) -> float:
    """The share of such attributions that are right, as lexicon/cue_frames.toml has it.

    It is the logistic of the word's own share in this construction (its class's, where the word
    is rare in it) and of what else is the case.
    """
    measured = load("cue_frames")
    group = f"{kind}-nouns" if word.startswith("n:") else kind
    share = measured["frames"].get(word, {}).get(frame)
    if share is None:
        share = measured["classes"].get(group, {}).get(frame, _UNSEEN)
    weights = measured["weights"]
    score = weights["bias"] + weights["share"] * log_odds(share)
    score += sum(weights.get(feature, 0.0) for feature in features)
    return 1 / (1 + exp(-score))


_UNSEEN = 0.02  # the share of constructions that no class of cue words was seen in


def log_odds(share: float) -> float:
    """The logarithm of the odds of a share, which is kept off 0 and 1."""
    share = min(max(share, 0.01), 0.99)
    return log(share / (1 - share))


def find_features(
    p: Parse,
    candidate: Candidate,
    source: Sequence[Span],
    content: Sequence[Span],
    quoted: bool,
) -> list[str]:
    """The names of what is the case with an attribution, beside its word and frame."""
    cue = p.tokens[candidate.cue_head]
    found = [f"tag-{cue.tag}", f"dep-{cue.dep}"]
    if quoted:
        found.append("quoted")
        if len(content) == 1 and p.text[content[0][0]] in "“\"«'":
            found.append("opens-quoted")
    tags = {p.tokens[i].tag for i in candidate.cue}
    found += [f"cue-{tag}" for tag in ("TO", "MD") if tag in tags]
    if p.kids(candidate.cue_head, "neg"):
        found.append("negated")
    if any(p.tokens[k].lemma in _IF for k in p.kids(candidate.cue_head, "mark", "advmod")):
        found.append("conditional")
    found += _source_features(p, source)
    length = len(candidate.content)
    found.append("long" if length > 8 else "short" if length < 3 else "middling")
    if content[0][0] < p.starts[candidate.cue_head]:
        found.append("content-first")
    if _beneath_clause(p, candidate.cue_head):
        found.append("nested")
    return found


_IF = frozenset(
    ["if", "unless", "when", "while", "before", "after", "until", "because", "although"]
)


def _source_features(p: Parse, source: Sequence[Span]) -> list[str]:
    inside = p.tokens_in(source)
    if not inside:
        return ["no-source"]
    members = set(inside)
    head = next((i for i in inside if p.tokens[i].head not in members), inside[-1])
    token = p.tokens[head]
    found = [f"source-{token.tag}"]
    if p.labels[head]:
        found.append(f"source-{p.labels[head]}")
    if token.text.lower() in ("i", "we", "you", "it"):
        found.append(f"source-{token.text.lower()}")
    return found


def _beneath_clause(p: Parse, at: int) -> bool:
    """Whether the cue stands in the content of another verb."""
    while p.tokens[at].head != at:
        if p.tokens[at].dep == "ccomp":
            return True
        at = p.tokens[at].head
    return False
