"""How far two ways of putting the same things into groups agree: the measures of coreference.

A grouping maps each thing to the name of its group. Both groupings hold the same things; one that
is alone in its group is a group of one. Precision is the share of what the first (the system's)
joins that the second (the gold) joins too, recall the other way round.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

Grouping = Mapping[str, Hashable]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, from 0 to 1; nothing wrong in nothing is 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def groups_of(grouping: Grouping) -> list[frozenset[str]]:
    """The groups as sets, in the order of their first things by name.

    >>> [sorted(group) for group in groups_of({"a": 1, "b": 2, "c": 1})]
    [['a', 'c'], ['b']]
    """
    found: dict[Hashable, set[str]] = defaultdict(set)
    for thing in sorted(grouping):
        found[grouping[thing]].add(thing)
    return [frozenset(group) for group in found.values()]


def b_cubed(system: Grouping, gold: Grouping) -> Score:
    """B-cubed: for each thing, how much of its group belongs there (Bagga and Baldwin 1998)."""
    _check(system, gold)
    mine, theirs = _by_thing(system), _by_thing(gold)
    shared = {thing: len(mine[thing] & theirs[thing]) for thing in gold}
    return Score(
        _mean([shared[thing] / len(mine[thing]) for thing in gold]),
        _mean([shared[thing] / len(theirs[thing]) for thing in gold]),
    )


def muc(system: Grouping, gold: Grouping) -> Score:
    """MUC: the links that are needed to make each group (Vilain and others 1995)."""
    _check(system, gold)
    return Score(_links_kept(system, gold), _links_kept(gold, system))


def ceafe(system: Grouping, gold: Grouping) -> Score:
    """CEAF-e: groups matched one to one for the best sum of 2|A∩B|/(|A|+|B|) (Luo 2005).

    The matching is exact (Hungarian), done for each set of groups that overlap.
    """
    _check(system, gold)
    mine, theirs = groups_of(system), groups_of(gold)
    if not mine:
        return Score(1.0, 1.0)
    best = sum(_best_matching(*part) for part in _overlapping(mine, theirs))
    return Score(best / len(mine), best / len(theirs))


def conll(system: Grouping, gold: Grouping) -> float:
    """The CoNLL score: the mean F1 of MUC, B-cubed and CEAF-e."""
    return sum(measure(system, gold).f1 for measure in (muc, b_cubed, ceafe)) / 3


def pairs(system: Grouping, gold: Grouping) -> Score:
    """Of the pairs that one joins, the share that the other joins too."""
    _check(system, gold)
    mine, theirs = _pairs(system), _pairs(gold)
    both = len(mine & theirs)
    return Score(both / len(mine) if mine else 1.0, both / len(theirs) if theirs else 1.0)


def _check(system: Grouping, gold: Grouping) -> None:
    if set(system) != set(gold):
        raise ValueError("Both groupings must be of the same things; give each missing one its own")


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def _by_thing(grouping: Grouping) -> dict[str, frozenset[str]]:
    return {thing: group for group in groups_of(grouping) for thing in group}


def _pairs(grouping: Grouping) -> Set[tuple[str, str]]:
    return {pair for group in groups_of(grouping) for pair in combinations(sorted(group), 2)}


def _links_kept(made: Grouping, judge: Grouping) -> float:
    """The share of the links that make the groups of `made` which hold by `judge`."""
    needed = kept = 0
    for group in groups_of(made):
        needed += len(group) - 1
        kept += len(group) - len({judge[thing] for thing in group})
    return kept / needed if needed else 1.0


# --------------------------------------------------------------------------- matching


_Groups = list[frozenset[str]]


def _overlapping(mine: _Groups, theirs: _Groups) -> list[tuple[_Groups, _Groups]]:
    """The groups of both sides in parts that share nothing: each may be matched by itself."""
    at = {thing: number for number, group in enumerate(theirs) for thing in group}
    parts: list[tuple[list[int], set[int]]] = []
    for number, group in enumerate(mine):
        touched = {at[thing] for thing in group}
        joined: tuple[list[int], set[int]] = ([number], touched)
        apart = []
        for part in parts:
            if part[1] & joined[1]:
                joined = ([*part[0], *joined[0]], part[1] | joined[1])
            else:
                apart.append(part)
        parts = [*apart, joined]
    return [([mine[i] for i in a], [theirs[j] for j in sorted(b)]) for a, b in parts]


def _best_matching(mine: _Groups, theirs: _Groups) -> float:
    rows, columns = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    likeness = [[2 * len(a & b) / (len(a) + len(b)) for b in columns] for a in rows]
    return sum(likeness[i][j] for i, j in enumerate(_assign(likeness)))


def _assign(gain: Sequence[Sequence[float]]) -> list[int]:
    """The column of each row, no column twice, for the greatest sum: rows are no more than columns.

    The Hungarian method with potentials, row by row along shortest paths (Jonker and Volgenant).

    >>> _assign([[1.0, 0.9], [0.9, 0.1]])
    [1, 0]
    """
    width = len(gain[0])
    row_potential, column_potential = [0.0] * (len(gain) + 1), [0.0] * (width + 1)
    held_by = [0] * (width + 1)  # the row (from 1) that holds each column; column 0 is the start
    for row in range(1, len(gain) + 1):
        held_by[0] = row
        came_from, slack = [0] * (width + 1), [float("inf")] * (width + 1)
        done = [False] * (width + 1)
        column = 0
        while held_by[column]:
            done[column] = True
            current, step, nearest = held_by[column], float("inf"), 0
            for j in range(1, width + 1):
                if done[j]:
                    continue
                cost = -gain[current - 1][j - 1] - row_potential[current] - column_potential[j]
                if cost < slack[j]:
                    slack[j], came_from[j] = cost, column
                if slack[j] < step:
                    step, nearest = slack[j], j
            for j in range(width + 1):
                if done[j]:
                    row_potential[held_by[j]] += step
                    column_potential[j] -= step
                else:
                    slack[j] -= step
            column = nearest
        while column:
            held_by[column] = held_by[came_from[column]]
            column = came_from[column]
    columns = {held_by[j] - 1: j - 1 for j in range(1, width + 1) if held_by[j]}
    return [columns[row] for row in range(len(gain))]
