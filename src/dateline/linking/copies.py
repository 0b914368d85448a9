"""Reports -> links "copy" and "revision": the same text, or a changed text at the same address.

Candidates come from two indexes: MinHash bands (texts alike as a whole) and sampled long runs of
words (a wire story inside a longer one). Each candidate is then aligned word by word, and the
aligned share of the shorter story decides. Only story text is compared, never furniture.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from urllib.parse import parse_qsl, urlencode, urlsplit

from rensa import RMinHash  # type: ignore[attr-defined]  # a compiled module without stubs

from dateline.linking.house_form import filled_anew
from dateline.linking.wording import runs, story_words
from dateline.model import Link, LinkKind, Report

# MinHash: 96 values in 24 bands of 4 find 99 % of pairs that share half of their runs of four
# words (1 - (1 - .5**4)**24 = .79 at one half, .998 at two thirds), by the formula.
_VALUES, _BAND, _SEED, _RUN = 96, 4, 7, 4
# Sampled runs: one in four runs of eight words is kept; a run in more than 40 reports is
# boilerplate, or its reports are found by the bands.
_LONG_RUN, _SAMPLE, _BOILERPLATE, _SHARED_RUNS = 8, 4, 40, 2
_SHORTEST_STORY = 20  # words; shorter stories are compared only when they are the same throughout
_SHORTEST_BLOCK = 4  # words in a row that count as aligned; chance matches are shorter
_LONGEST_ALIGNED = (
    6_000  # words; beyond, alignment takes seconds a pair, and shared runs tell enough
)
# Shares of the shorter story that stand in the other, in order. Set by reading pairs of KCNA and
# Timeline17 stories around the threshold, see docs/decisions.md.
_COPY_SHARE = 0.7
# Paragraphs in another order: of the shorter story's words, those that stand in the other in runs of
# _MOVED_RUN or more, wherever. In the gold set's dev part copies have .82 and more, rewrites .75 and less.
_MOVED_SHARE, _MOVED_RUN = 0.8, 4
_TEMPLATE_SHARE = 0.97  # two stories of one outlet: below this it is its house form, not a copy
_REVISION_SHARE = 0.4  # same outlet and title
# Days between revisions at two addresses: in KCNA, like titles ten and more days apart were the
# house form ("Greetings to DPRK FM"), never one story.
_REVISION_DAYS = 3
_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|ref|cmpid|ocid|at_\w+|smid)$")


@dataclass(frozen=True, slots=True)
class _Story:
    report: Report
    words: tuple[str, ...]
    runs: frozenset[str]


def find_copies(reports: Sequence[Report]) -> list[Link]:
    """The copies and revisions among `reports`, in the order of their ids.

    `b` is the older of the two as far as the reports say, else the fuller. A revision has the same
    address (or outlet and title) and other words; the same words at the same address are a copy.
    """
    stories = [_story(report) for report in sorted(reports, key=lambda report: report.id)]
    links = []
    for a, b in _candidates(stories):
        link = _compare(stories[a], stories[b])
        if link:
            links.append(link)
    return sorted(links, key=lambda link: (link.a, link.b, link.kind))


def _story(report: Report) -> _Story:
    found = tuple(story_words(report))
    return _Story(report, found, frozenset(runs(found, _RUN)))


# --------------------------------------------------------------------------- candidates


def _candidates(stories: Sequence[_Story]) -> list[tuple[int, int]]:
    buckets = [_same_address(stories), _same_title(stories), _bands(stories)]
    pairs = {pair for bucket in buckets for group in bucket for pair in _spokes(group)}
    return sorted(pairs | _shared_long_runs(stories))


def _spokes(group: Sequence[int]) -> Iterable[tuple[int, int]]:
    """All pairs of a small group; in a large one each with its first, which keeps it linear."""
    if len(group) > _BOILERPLATE:
        return ((group[0], other) for other in group[1:])
    return ((a, b) for i, a in enumerate(group) for b in group[i + 1 :])


def _groups(keys: Iterable[tuple[object, int]]) -> list[list[int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for key, number in keys:
        groups[key].append(number)
    return [group for group in groups.values() if len(group) > 1]


def _same_address(stories: Sequence[_Story]) -> list[list[int]]:
    return _groups(
        (address(story.report.url), number)
        for number, story in enumerate(stories)
        if story.report.url
    )


def _same_title(stories: Sequence[_Story]) -> list[list[int]]:
    return _groups(
        ((story.report.outlet.casefold(), story.report.title.casefold()), number)
        for number, story in enumerate(stories)
        if story.report.outlet and story.report.title
    )


def _bands(stories: Sequence[_Story]) -> list[list[int]]:
    filled = [number for number, story in enumerate(stories) if story.words]
    token_sets = [sorted(stories[number].runs or stories[number].words) for number in filled]
    digests = RMinHash.digests_from_token_sets(token_sets, _VALUES, _SEED)
    return _groups(
        ((band, tuple(digest[band : band + _BAND])), number)
        for number, digest in zip(filled, digests, strict=True)
        for band in range(0, _VALUES, _BAND)
    )


def _shared_long_runs(stories: Sequence[_Story]) -> set[tuple[int, int]]:
    holders: dict[int, list[int]] = defaultdict(list)
    for number, story in enumerate(stories):
        marks = (zlib.crc32(run.encode()) for run in runs(story.words, _LONG_RUN))
        for mark in {mark for mark in marks if mark % _SAMPLE == 0}:
            holders[mark].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for group in holders.values():
        if 1 < len(group) <= _BOILERPLATE:
            for i, a in enumerate(group):
                for b in group[i + 1 :]:
                    shared[a, b] += 1
    return {pair for pair, count in shared.items() if count >= _SHARED_RUNS}


def address(url: str | None) -> str | None:
    """The address without what does not name the page: scheme, "www.", fragment, tracking.

    >>> address("https://www.example.org/a/?utm_source=x&id=3#top")
    'example.org/a?id=3'
    """
    if not url:
        return None
    parts = urlsplit(url.strip())
    query = [(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.match(k.casefold())]
    host = parts.netloc.casefold().removeprefix("www.")
    tail = f"?{urlencode(sorted(query))}" if query else ""
    return f"{host}{parts.path.rstrip('/')}{tail}"


# --------------------------------------------------------------------------- verification


def _compare(one: _Story, two: _Story) -> Link | None:
    a, b = _newer_and_older(one, two)
    same_address = bool(a.report.url) and address(a.report.url) == address(b.report.url)
    same_outlet = bool(a.report.outlet) and a.report.outlet == b.report.outlet
    same_title = same_outlet and bool(a.report.title) and a.report.title == b.report.title
    share, moved = _aligned_share(a, b), 0.0
    if same_address and a.words != b.words:
        return _link(
            "revision", a, b, max(share, 0.5), ["Same address, changed text.", _said(share)]
        )
    if (
        same_title
        and a.words != b.words
        and _days_apart(a, b) <= _REVISION_DAYS
        and (share >= _REVISION_SHARE if _both_dated(a, b) else _mended(a, b, share))
    ):
        why = "Same outlet and title, changed text."
        return _link("revision", a, b, share, [why, _said(share)])
    if share < _COPY_SHARE and not same_outlet:
        moved = _moved_share(a, b)
        if moved < _MOVED_SHARE:
            return None
    elif share < (_TEMPLATE_SHARE if same_outlet else _COPY_SHARE):
        return None
    if a.words != b.words and filled_anew(a.report, b.report, one_house=same_outlet):
        return None
    if moved:
        return _link("copy", a, b, moved, [_said(moved, "though in another order")])
    return _link("copy", a, b, share, ["Same text." if a.words == b.words else _said(share)])


def _link(kind: LinkKind, a: _Story, b: _Story, score: float, reasons: list[str]) -> Link:
    return Link(kind, a.report.id, b.report.id, round(score, 3), tuple(reasons))


def _said(share: float, order: str = "in the same order") -> str:
    return f"{share:.0%} of the shorter story stands word for word in the other, {order}."


def _aligned_share(a: _Story, b: _Story) -> float:
    """The share of the shorter story's words that stand in the other in runs of four or more."""
    if a.words == b.words:
        return 1.0 if a.words else 0.0
    shorter, longer = sorted((a, b), key=lambda story: (len(story.words), story.report.id))
    if len(shorter.words) < _SHORTEST_STORY:
        return 0.0
    common = len(shorter.runs & longer.runs)
    hopeless = common < _REVISION_SHARE * len(shorter.runs) / 2
    if hopeless or len(longer.words) > _LONGEST_ALIGNED:
        return common / len(shorter.runs)
    matcher = SequenceMatcher(None, shorter.words, longer.words, autojunk=False)
    aligned = sum(m.size for m in matcher.get_matching_blocks() if m.size >= _SHORTEST_BLOCK)
    return aligned / len(shorter.words)


def _moved_share(a: _Story, b: _Story) -> float:
    """The share of the shorter story's words that stand in the other in runs, in whatever order."""
    shorter, longer = sorted((a, b), key=lambda story: (len(story.words), story.report.id))
    if not len(shorter.words) >= _SHORTEST_STORY or len(longer.words) > _LONGEST_ALIGNED:
        return 0.0
    held = [False] * len(shorter.words)
    for start in range(len(shorter.words) - _MOVED_RUN + 1):
        if " ".join(shorter.words[start : start + _MOVED_RUN]) in longer.runs:
            held[start : start + _MOVED_RUN] = [True] * _MOVED_RUN
    return sum(held) / len(held)


def _days_apart(one: _Story, two: _Story) -> int:
    """Days between the two publications as stated; none where one is unknown."""
    first, second = one.report.published.latest, two.report.published.latest
    if first is None or second is None:
        return 0
    return abs((date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])).days)


def _mended(one: _Story, two: _Story, share: float) -> bool:
    """Whether they are one story where no dates tell: "Reply to the President" is a standing title."""
    return share >= _COPY_SHARE and not filled_anew(one.report, two.report, one_house=True)


def _both_dated(one: _Story, two: _Story) -> bool:
    return bool(one.report.published.latest and two.report.published.latest)


def _newer_and_older(one: _Story, two: _Story) -> tuple[_Story, _Story]:
    first, second = one.report, two.report
    for mine, theirs in (
        (first.published.latest, second.published.latest),
        (first.captured, second.captured),
    ):
        if mine and theirs and mine[:10] != theirs[:10]:
            return (one, two) if mine > theirs else (two, one)
    if len(one.words) != len(two.words):
        return (one, two) if len(one.words) < len(two.words) else (two, one)
    return (two, one) if first.id < second.id else (one, two)
