"""The encoder's scores -> attributions: best tag path, spans, which belongs to which.

Arrays only: nothing here knows reports or the runtime, so training measures itself with the
same code that ships.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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

# Who looks for whom, in the order in which the encoder gives its two projections for each.
LINKS = (("content", "cue"), ("cue", "source"), ("content", "source"))


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
    gaps: Floats  # [3, 14] for each of LINKS: bias by how far apart
    paragraphs: Floats  # [3, 2] bias by same paragraph or not
    between: Floats  # [3, 3] bias by how many cues stand between
    nobody: Floats  # [3, 65] the key of "none of these", its bias last
    trust: Floats  # [2] slope and shift that make a confidence the share of right ones

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


def decode(tags: Floats, links: Floats, paragraphs: Sequence[int], head: Head) -> list[Found]:
    """The attributions of one window.

    `tags` is [words, 7], `links` [words, 3 x 2 x 2 x 64].
    """
    if not len(tags):
        return []
    segments = find_segments(tags, paragraphs, head)
    return link_segments(segments, links, paragraphs, head)


def find_segments(tags: Floats, paragraphs: Sequence[int], head: Head) -> list[Segment]:
    """The segments on the best tag path, each with the mean posterior of its words' tags."""
    scores = tags.astype(np.float64)
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
    """Attributions: every content goes to its best cue, and both together choose a source.

    A cue without content is dropped. A content that no cue fits (the tagger may have missed it)
    is an attribution without one. Contents of one cue are one attribution.
    """
    of_role = {role: [s for s in segments if s.role == role] for role in ROLES}
    contents, cues, sources = of_role["content"], of_role["cue"], of_role["source"]
    if not contents:
        return []
    to_cue, cue_to_source, to_source = (
        _log_softmax(link_scores(kind, of_role, links, paragraphs, head))
        for kind in range(len(LINKS))
    )
    groups: dict[int, list[int]] = {}
    for number, chances in enumerate(to_cue):
        chosen = int(np.argmax(chances))
        groups.setdefault(chosen if chosen < len(cues) else -1 - number, []).append(number)
    found = []
    for chosen, members in sorted(groups.items()):
        chances = to_source[members].mean(axis=0)
        if chosen >= 0:
            chances = (chances + cue_to_source[chosen]) / 2
        source = int(np.argmax(chances))
        parts = [contents[i] for i in members]
        if chosen >= 0:
            parts.append(cues[chosen])
        if source < len(sources):
            parts.append(sources[source])
        link = min(float(chances[source]), *(float(to_cue[i].max()) for i in members))
        found.append(
            Found(
                source=_range(sources[source]) if source < len(sources) else (),
                cue=_range(cues[chosen]) if chosen >= 0 else (),
                content=tuple((contents[i].first, contents[i].last) for i in members),
                confidence=_trusted(
                    float(np.mean([part.certainty for part in parts]) * np.exp(link)), head
                ),
            )
        )
    return found


def _trusted(confidence: float, head: Head) -> float:
    odds = np.log(np.clip(confidence, 0.01, 0.995)) - np.log1p(-np.clip(confidence, 0.01, 0.995))
    return float(1 / (1 + np.exp(-(head.trust[0] * odds + head.trust[1]))))


def _range(segment: Segment) -> tuple[tuple[int, int]]:
    return ((segment.first, segment.last),)


def link_scores(
    kind: int,
    of_role: Mapping[str, Sequence[Segment]],
    links: Floats,
    paragraphs: Sequence[int],
    head: Head,
) -> Floats:
    """[askers, answers + 1]: how well each belongs to each, last "none of these"."""
    askers, answers = (of_role[role] for role in LINKS[kind])
    parts = links.reshape(len(links), len(LINKS), 2, 2, LINK_SIZE)[:, kind]
    scores = np.zeros((len(askers), len(answers) + 1), np.float32)
    if not askers:
        return scores
    ask = np.stack([parts[s.first, 0, 0] + parts[s.last, 0, 1] for s in askers])
    scores[:, -1] = ask @ head.nobody[kind, :-1] / np.sqrt(LINK_SIZE) + head.nobody[kind, -1]
    if answers:
        answer = np.stack([parts[s.first, 1, 0] + parts[s.last, 1, 1] for s in answers])
        gap, same, between = relations(askers, answers, of_role["cue"], paragraphs)
        scores[:, :-1] = (
            ask @ answer.T / np.sqrt(LINK_SIZE)
            + head.gaps[kind][gap]
            + head.paragraphs[kind][same]
            + head.between[kind][between]
        )
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


def _log_softmax(scores: Floats) -> Floats:
    lowered = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(lowered - np.log(np.exp(lowered).sum(axis=1, keepdims=True)), np.float32)
