"""Measures what each cue word is worth: writes src/dateline/lexicon/cue_frames.toml.

    python -m evals.cue_frames ../shared/data/polnear/train

Every construction that the statement rules see in annotated articles is compared with what its
readers marked. A word's share in a construction is drawn towards that of its class (as if
`PRIOR` more cases had been seen); a logistic regression over that share and what else is the
case (`find_features`) gives the confidence that an attribution carries.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dateline.language import analyse
from dateline.model import Analysis, Report, Span
from dateline.statements.confidence import log_odds, word_classes
from dateline.statements.drafts import Draft, find_drafts
from dateline.statements.parse import parse
from dateline.statements.quotes import find_quotations
from evals.attribution import Gold, read_annotations, read_reports

PRIOR = 4.0  # cases; 2 and 8 gave the same relaxed F1 within 0.1 on the held-back quarter
RARE = 3  # a word seen less often in a construction has its class's share
RIDGE = 2.0


@dataclass(frozen=True, slots=True)
class Case:
    """One construction of an article, what is the case with it, and whether it was marked."""

    article: int
    word: str
    group: str
    frame: str
    features: tuple[str, ...]
    marked: bool  # some annotation has its cue and some of its content
    right: bool  # some annotation has its source and most of its content


def cases(articles: Iterable[tuple[Report, Analysis, Sequence[Gold]]]) -> Iterator[Case]:
    """Yields every case of the articles."""
    kinds = word_classes()
    for number, (report, analysis, gold) in enumerate(articles):
        quotations = find_quotations(report.text, report.paragraphs)
        p = parse(report, analysis, quotations)
        marked = [{role: _characters(spans) for role, spans in each.items()} for each in gold]
        for draft in find_drafts(p, quotations):
            kind = kinds[draft.word]
            yield Case(
                article=number,
                word=draft.word,
                group=f"{kind}-nouns" if draft.word.startswith("n:") else kind,
                frame=draft.frame,
                features=draft.features,
                marked=any(_touches(draft, p.starts[draft.cue_head], each) for each in marked),
                right=any(_matches(draft, each) for each in marked),
            )


def _characters(spans: Iterable[Span]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def _touches(draft: Draft, cue: int, gold: Mapping[str, set[int]]) -> bool:
    return cue in gold["cue"] and bool(_characters(draft.content) & gold["content"])


def _matches(draft: Draft, gold: Mapping[str, set[int]]) -> bool:
    content, source = _characters(draft.content), _characters(draft.source)
    both = len(content & gold["content"])
    alike = both > 0 and both / len(content | gold["content"]) >= 0.5
    return alike and (bool(source & gold["source"]) or not (source or gold["source"]))


Shares = dict[tuple[str, str], list[float]]


def fit(found: Sequence[Case]) -> dict[str, dict[str, object]]:
    """The tables "classes", "frames" and "weights" of cue_frames.toml."""
    words: Shares = defaultdict(lambda: [0.0, 0.0])
    groups: Shares = defaultdict(lambda: [0.0, 0.0])
    own: dict[tuple[int, str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for case in found:
        value = (case.marked + case.right) / 2
        for table, key in ((words, case.word), (groups, case.group)):
            table[key, case.frame][0] += 1
            table[key, case.frame][1] += value
        own[case.article, case.word, case.frame][0] += 1
        own[case.article, case.word, case.frame][1] += value

    def share(case: Case, held_out: bool) -> float:
        """The word's share in its construction, without the case's own article if held out."""
        count, total = words[case.word, case.frame]
        group_count, group_total = groups[case.group, case.frame]
        if held_out:
            own_count, own_total = own[case.article, case.word, case.frame]
            count, total = count - own_count, total - own_total
            group_count, group_total = group_count - own_count, group_total - own_total
        prior = group_total / group_count if group_count >= 10 else 0.02
        return prior if count < RARE else (total + PRIOR * prior) / (count + PRIOR)

    weights = _regress(found, [share(case, held_out=True) for case in found])
    classes: dict[str, dict[str, float]] = defaultdict(dict)
    for (group, frame), (count, total) in groups.items():
        if count >= 10 and total / count >= 0.02:
            classes[group][frame] = round(total / count, 3)
    frames: dict[str, dict[str, float]] = defaultdict(dict)
    for case in found:
        if words[case.word, case.frame][0] >= RARE:
            frames[case.word][case.frame] = round(share(case, held_out=False), 3)
    return {"classes": dict(classes), "frames": dict(frames), "weights": dict(weights)}


def _regress(found: Sequence[Case], shares: Sequence[float]) -> dict[str, float]:
    counts: dict[str, int] = defaultdict(int)
    for case in found:
        for feature in case.features:
            counts[feature] += 1
    names = sorted(feature for feature, count in counts.items() if count >= 50)
    column = {name: number + 2 for number, name in enumerate(names)}
    x = np.zeros((len(found), len(names) + 2))
    x[:, 0] = 1
    for row, (case, value) in enumerate(zip(found, shares, strict=True)):
        x[row, 1] = log_odds(value)
        for feature in case.features:
            if feature in column:
                x[row, column[feature]] = 1
    y = np.array([case.right for case in found], dtype=float)
    w = np.zeros(x.shape[1])
    for _ in range(12):  # Newton's method settles in about eight
        probability = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (y - probability) - RIDGE * w
        curve = (x * (probability * (1 - probability))[:, None]).T @ x + RIDGE * np.eye(len(w))
        w += np.linalg.solve(curve, slope)
    named = dict(
        zip(["bias", "share", *names], (round(float(value), 3) for value in w), strict=True)
    )
    return {name: value for name, value in named.items() if abs(value) >= 0.05}


def as_toml(tables: Mapping[str, Mapping[str, object]]) -> str:
    """The tables as the text of cue_frames.toml."""
    lines = [
        "# How often a cue word is one, by construction, and what else counts. For statements/.",
        "# Measured on PolNeAR's training articles by `python -m evals.cue_frames`: not by hand.",
        "",
    ]
    for table in ("weights", "classes", "frames"):
        lines.append(f"[{table}]")
        for key, value in sorted(tables[table].items()):
            lines.append(f'"{key}" = {_inline(value)}')
        lines.append("")
    return "\n".join(lines)


def _inline(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    ordered = sorted(value.items(), key=lambda item: (-item[1], item[0]))
    return "{ " + ", ".join(f"{frame} = {share}" for frame, share in ordered) + " }"


def read_articles(data: Path) -> Iterator[tuple[Report, Analysis, list[Gold]]]:
    """Yields each article of a PolNeAR compartment with what its first annotator marked."""
    for report, analysis in analyse(read_reports(data)):
        path = min((data / "attributions").glob(f"{report.where}_*.ann"))
        yield report, analysis, read_annotations(path)


if __name__ == "__main__":
    target = Path(__file__).parents[1] / "src/dateline/lexicon/cue_frames.toml"
    target.write_text(as_toml(fit(list(cases(read_articles(Path(sys.argv[1])))))), "utf-8")
