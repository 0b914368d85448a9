"""Attributions by rules: which words are source, cue and content of something said or thought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.model import Analysis, Attribution, Report
from dateline.statements.blocks import find_blocks
from dateline.statements.drafts import HOLDS_CLAUSE, Draft, find_drafts
from dateline.statements.loose import take_loose_quotations
from dateline.statements.parse import Parse, parse
from dateline.statements.quotes import find_quotations
from dateline.statements.spans import overlap

# An attribution is kept from this confidence on. Tuned for relaxed F1 on a quarter of PolNeAR's
# training articles, the numbers of cue_frames.toml then being those of the other three quarters:
# 66.1 at .32, 66.4 at .36, 66.1 at .40.
FLOOR = 0.36
# What is no speech and holds no clause ("concluded the meeting", "presented the flag") is left out
# sooner: the lexicon was measured on articles about a campaign, where such verbs tell of talk.
BARE_FLOOR = 0.5


def find_attributions(report: Report, analysis: Analysis) -> list[Attribution]:
    """The report's attributions by rules, in the order of their content.

    Cue words come from lexicon/cues.toml; how often each is one, in which construction, from
    lexicon/cue_frames.toml. `confidence` is the share of such attributions that were right.

        "We will wait," Park said. "There is time."     one, its content in two pieces
        According to two officials, the site is empty.
        She denied that talks had been held, adding that none were planned.     two, one source
    """
    quotations = find_quotations(report.text, report.paragraphs)
    p = parse(report, analysis, quotations)
    drafts = [draft for draft in find_drafts(p, quotations) if _is_sure(draft)]
    drafts = _with_sources(p, _without_intended(p, _one_per_cue(drafts)))
    drafts = take_loose_quotations(p, report, drafts, quotations)
    blocks = find_blocks(p, report)
    if len(blocks) > 1:  # what the speakers of a transcript quote in turn is not taken apart
        turns = [span for block in blocks for span in block.content]
        drafts = [d for d in drafts if not any(overlap(cue, turns) for cue in d.cue)]
    drafts = [d for d in drafts if not any(d.cue == block.cue for block in blocks)]
    found = [Attribution(d.source, d.cue, d.content, round(d.confidence, 3)) for d in drafts]
    return sorted([*found, *blocks], key=lambda a: (a.content, a.cue, a.source))


def _is_sure(draft: Draft) -> bool:
    bare = not draft.speech and not draft.quoted and draft.frame not in HOLDS_CLAUSE
    return draft.confidence >= (BARE_FLOOR if bare else FLOOR)


def _one_per_cue(drafts: Iterable[Draft]) -> list[Draft]:
    """Of the drafts that share a cue, the one that is right most often."""
    best: dict[int, Draft] = {}
    for draft in drafts:
        held = best.get(draft.cue_head)
        if held is None or draft.confidence > held.confidence:
            best[draft.cue_head] = draft
    return [best[cue] for cue in sorted(best)]


def _without_intended(p: Parse, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts less those of a cue that is only agreed, vowed or asked for by another's.

    In "they agreed to talk about it" nothing has been talked about.
    """
    cues = {draft.cue_head for draft in drafts}
    return [
        draft
        for draft in drafts
        if p.tokens[draft.cue_head].dep != "xcomp" or p.tokens[draft.cue_head].head not in cues
    ]


def _with_sources(p: Parse, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, where a participle without a source (", adding") has that of the cue before."""
    found: list[Draft] = []
    for draft in drafts:
        before = found[-1] if found else None
        if (
            before is not None
            and before.speech
            and not draft.source
            and p.tokens[draft.cue_head].tag == "VBG"
            and p.wholes[before.cue_head] == p.wholes[draft.cue_head]
        ):
            draft = replace(draft, source=before.source)
        found.append(draft)
    return found
