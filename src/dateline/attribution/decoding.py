"""The encoder's scores -> attributions: best tag path, spans, which belongs to which.

Arrays only: nothing here knows reports or the runtime, so training measures itself with the
same code that ships.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

TAGS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES = ("source", "cue", "content")
LINK_SIZE = 64
GAP_BUCKETS = 14
_IMPOSSIBLE = -1e4

# What each projection of a word is for, in the order in which the encoder gives them.
PROJECTIONS = ("content-asks", "cue-answers", "cue-asks", "source-answers")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words first..last (inclusive) of one window in one role, with the tagger's certainty."""

    role: str
    first: int
    last: int
    certainty: float


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution of a window, as word ranges (inclusive)."""

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Head:
    """What is learned beside the encoder: tag transitions, and the small tables of linking."""

    transitions: Floats  # [7, 7] from, to
    opening: Floats  # [7] tag of a window's first word
    gaps: Floats  # [2, 14] bias by how far apart, for (content to cue), (cue to source)
    paragraphs: Floats  # [2, 2] bias by same paragraph or not
    between: Floats  # [2, 3] bias by how many other cues stand between
    nobody: Floats  # [65] the key of "no source", its bias last

    @staticmethod
    def read(path: Path) -> Head:
        """The head stored beside a model (labels.json)."""
        stored: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if tuple(stored["tags"]) != TAGS:
            raise ValueError(f"{path} is for other tags: {stored['tags']}")
        return Head(
            **{name: np.asarray(stored["head"][name], np.float32) for name in Head.__slots__}
        )

    def as_json(self) -> dict[str, Any]:
        """The head as labels.json holds it."""
        tables = {
            name: np.round(getattr(self, name).astype(float), 5).tolist() for name in self.__slots__
        }
        return {"tags": list(TAGS), "head": tables}


def allowed_transitions() -> NDArray[np.bool_]:
    """[7, 7]: an inside tag follows only its own role's tags."""
    allowed = np.ones((len(TAGS), len(TAGS)), bool)
    for inside in (2, 4, 6):
        allowed[:, inside] = False
        allowed[[inside - 1, inside], inside] = True
    return allowed


def decode(
    tags: Floats, links: Floats, paragraphs: Sequence[int], head: Head, lean: float = 0.0
) -> list[Found]:
    """The attributions of one window.

    `tags` is [words, 7], `links` [words, 4 x 2 x 64], `lean` is added to every tag but O.
    """
    if not len(tags):
        return []
    segments = find_segments(tags, paragraphs, head, lean)
    return link_segments(segments, links, paragraphs, head)


def find_segments(
    tags: Floats, paragraphs: Sequence[int], head: Head, lean: float = 0.0
) -> list[Segment]:
    """The segments on the best tag path, each with the mean posterior of its words' tags."""
    scores = tags.astype(np.float64)
    scores[:, 1:] += lean
    allowed = allowed_transitions()
    steps = np.where(allowed, head.transitions, _IMPOSSIBLE)
    fresh = np.array(steps)  # no span runs over a paragraph's end
    fresh[:, [2, 4, 6]] = _IMPOSSIBLE
    opens = [True, *(a != b for a, b in pairwise(paragraphs))]
    opening = head.opening.astype(np.float64)
    opening[[2, 4, 6]] = _IMPOSSIBLE
    path = _best_path(scores, steps, fresh, opens, opening)
    sure = _posteriors(scores, steps, fresh, opens, opening)
    segments: list[Segment] = []
    start = -1
    for at in range(len(path) + 1):
        tag = path[at] if at < len(path) else 0
        if start >= 0 and tag not in (2, 4, 6):
            role = ROLES[(path[start] - 1) // 2]
            certainty = float(np.mean([sure[i, path[i]] for i in range(start, at)]))
            segments.append(Segment(role, start, at - 1, certainty))
            start = -1
        if tag in (1, 3, 5):
            start = at
    return segments


def link_segments(
    segments: Sequence[Segment], links: Floats, paragraphs: Sequence[int], head: Head
) -> list[Found]:
    """Attributions: every content goes to its best cue, every cue to its best source or none.

    A cue without content is dropped; a content in a window without any cue stands alone.
    """
    by_role = {role: [s for s in segments if s.role == role] for role in ROLES}
    contents, cues, sources = by_role["content"], by_role["cue"], by_role["source"]
    if not contents:
        return []
    if not cues:
        return [Found((), (), ((c.first, c.last),), c.certainty / 2) for c in contents]
    to_cue = _softmax(link_scores(0, contents, cues, cues, links, paragraphs, head))
    to_source = _softmax(link_scores(1, cues, sources, cues, links, paragraphs, head))
    of_cue: dict[int, list[int]] = {}
    for number, chosen in enumerate(np.argmax(to_cue, axis=1)):
        of_cue.setdefault(int(chosen), []).append(number)
    found = []
    for number in sorted(of_cue):
        cue = cues[number]
        own = [contents[i] for i in of_cue[number]]
        source = int(np.argmax(to_source[number]))
        known = source < len(sources)
        parts = [cue.certainty, *(c.certainty for c in own)]
        if known:
            parts.append(sources[source].certainty)
        link = min(
            float(to_source[number, source]), *(float(to_cue[i, number]) for i in of_cue[number])
        )
        found.append(
            Found(
                source=((sources[source].first, sources[source].last),) if known else (),
                cue=((cue.first, cue.last),),
                content=tuple((c.first, c.last) for c in own),
                confidence=float(np.mean(parts)) * link,
            )
        )
    return found


def link_scores(
    kind: int,
    askers: Sequence[Segment],
    answers: Sequence[Segment],
    cues: Sequence[Segment],
    links: Floats,
    paragraphs: Sequence[int],
    head: Head,
) -> Floats:
    """[askers, answers (+ 1: nobody, for sources)]: how well each belongs to each."""
    parts = links.reshape(len(links), len(PROJECTIONS), 2, LINK_SIZE)
    ask = np.stack([parts[s.first, 2 * kind, 0] + parts[s.last, 2 * kind, 1] for s in askers])
    table, same, between = relations(askers, answers, cues, paragraphs)
    scores = np.zeros((len(askers), len(answers) + kind), np.float32)
    if answers:
        answer = np.stack(
            [parts[s.first, 2 * kind + 1, 0] + parts[s.last, 2 * kind + 1, 1] for s in answers]
        )
        scores[:, : len(answers)] = (
            ask @ answer.T / np.sqrt(LINK_SIZE)
            + head.gaps[kind][table]
            + head.paragraphs[kind][same]
            + head.between[kind][between]
        )
    if kind:
        scores[:, -1] = ask @ head.nobody[:-1] / np.sqrt(LINK_SIZE) + head.nobody[-1]
    return scores


def relations(
    askers: Sequence[Segment],
    answers: Sequence[Segment],
    cues: Sequence[Segment],
    paragraphs: Sequence[int],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Three [askers, answers] tables: gap bucket, same paragraph, other cues between (0, 1, 2+)."""
    shape = (len(askers), len(answers))
    gaps, same, between = (np.zeros(shape, np.int64) for _ in range(3))
    for i, a in enumerate(askers):
        for j, b in enumerate(answers):
            low, high = (a.last, b.first) if b.first > a.last else (b.last, a.first)
            gap = max(high - low - 1, 0)
            gaps[i, j] = min(gap.bit_length(), 6) + 7 * (b.first > a.last)
            same[i, j] = paragraphs[a.first] == paragraphs[b.first]
            between[i, j] = min(sum(low < c.first and c.last < high for c in cues), 2)
    return gaps, same, between


def _best_path(
    scores: NDArray[np.float64],
    steps: NDArray[np.float64],
    fresh: NDArray[np.float64],
    opens: Sequence[bool],
    opening: NDArray[np.float64],
) -> list[int]:
    best = opening + scores[0]
    back = []
    for at in range(1, len(scores)):
        reach = best[:, None] + (fresh if opens[at] else steps)
        origin = reach.argmax(axis=0)
        back.append(origin)
        best = reach[origin, np.arange(len(TAGS))] + scores[at]
    path = [int(best.argmax())]
    for origin in reversed(back):
        path.append(int(origin[path[-1]]))
    return path[::-1]


def _posteriors(
    scores: NDArray[np.float64],
    steps: NDArray[np.float64],
    fresh: NDArray[np.float64],
    opens: Sequence[bool],
    opening: NDArray[np.float64],
) -> NDArray[np.float64]:
    """[words, 7]: the probability of each tag at each word over all paths."""
    often = np.exp(steps), np.exp(fresh)
    peaks = np.exp(scores - scores.max(axis=1, keepdims=True))
    ahead = np.zeros_like(scores)
    behind = np.ones_like(scores)
    row = np.exp(opening) * peaks[0]
    ahead[0] = row / row.sum()
    for at in range(1, len(scores)):
        row = (ahead[at - 1] @ often[opens[at]]) * peaks[at]
        ahead[at] = row / row.sum()
    for at in range(len(scores) - 2, -1, -1):
        row = often[opens[at + 1]] @ (peaks[at + 1] * behind[at + 1])
        behind[at] = row / row.sum()
    both = ahead * behind
    return np.asarray(both / both.sum(axis=1, keepdims=True))


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)
