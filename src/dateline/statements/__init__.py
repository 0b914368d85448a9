"""Report, Analysis, actors, times -> Statements: who said, thought or asked what.

Two steps, so that a trained tagger can stand in for the first: attributions (which words are
source, cue and content), then statements (who that is, how, when, where, to whom, about whom).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.model import (
    ActorMention,
    Analysis,
    Attribution,
    Report,
    Statement,
    Time,
    content_id,
    words,
)
from dateline.statements import circumstances as how
from dateline.statements.attributions import find_attributions
from dateline.statements.parse import Parse, parse
from dateline.statements.quotes import Quotations, find_quotations
from dateline.statements.spans import Located
from dateline.statements.speakers import find_speaker

__all__ = ["find_attributions", "find_statements"]


def find_statements(
    report: Report,
    analysis: Analysis,
    actors: Sequence[ActorMention] = (),
    times: Sequence[Time] = (),
    attributions: Sequence[Attribution] | None = None,
) -> list[Statement]:
    """The report's statements in the order of their content.

    `attributions` are the spans to start from; the rules find them where none are given. A
    speaker whom the source's words do not settle is None, with `speaker_words` kept; what the
    cue's own clause does not say (when, where, to whom) stays unknown.

    >>> from dateline.language import analyse
    >>> text = "“We will wait,” Park said in Seoul. “There is time.”"
    >>> report = Report("r", "", "", text, language="en", paragraphs=((0, len(text)),))
    >>> [found] = find_statements(*next(analyse([report])))
    >>> found.mode, found.place, words(text, found.speaker_words), words(text, found.content)
    ('direct', 'Seoul', 'Park', '“We will wait,” … “There is time.”')
    """
    if attributions is None:
        attributions = find_attributions(report, analysis)
    quotations = find_quotations(report.text, report.paragraphs)
    p = parse(report, analysis, quotations)
    who = Located(((mention.start, mention.end), mention) for mention in actors)
    when = Located((time.words, time) for time in times if time.words is not None)
    found = [
        _statement(report, p, quotations, attribution, who, when)
        for attribution in sorted(attributions, key=lambda a: (a.content, a.cue, a.source))
    ]
    return _with_first_persons(report.text, [s for s in found if _is_vouched_for(report.text, s)])


def _is_vouched_for(text: str, statement: Statement) -> bool:
    """Whether the text shows that these are somebody's words or thoughts at all.

    Without a source, quotation marks or "that", what looks like one is mostly the report's own
    telling: of 36 such statements drawn from KCNA, 28 were nobody's (evals/gold/speakers.jsonl).
    """
    start = statement.content[0][0]
    opens_with_that = text[start : start + 5].lower() == "that "
    return bool(statement.speaker_words) or statement.mode != "indirect" or opens_with_that


def _with_first_persons(text: str, found: Sequence[Statement]) -> list[Statement]:
    """The statements, where "I" and "we" within another's words are the one whose words they are.

    "We reject it" in a ministry's statement is the ministry speaking.
    """
    out: list[Statement] = []
    open_ones: list[Statement] = []  # longest first; their content opened before this one's
    for statement in found:
        start, end = statement.content[0][0], statement.content[-1][1]
        open_ones = [each for each in open_ones if each.content[-1][1] >= end]
        source = words(text, statement.speaker_words).lower()
        if statement.speaker is None and source in ("i", "we") and open_ones:
            statement = replace(statement, speaker=open_ones[-1].speaker)
        out.append(statement)
        if statement.mode == "direct" and end > start:
            open_ones.append(statement)
    return out


def _statement(
    report: Report,
    p: Parse,
    quotations: Quotations,
    attribution: Attribution,
    actors: Located[ActorMention],
    times: Located[Time],
) -> Statement:
    content, cue, source = attribution.content, attribution.cue, attribution.source
    statement = Statement(
        id=content_id("st", report.id, content, cue, source),
        report=report.id,
        content=content,
        cue=cue,
        speaker=find_speaker(p, source, actors),
        speaker_words=source,
        mode=how.find_mode(report.text, content, quotations),
        about=how.find_about(content, actors),
        confidence=attribution.confidence,
    )
    head = how.cue_head(p, cue)
    if head is None:
        return statement
    place = how.find_place(p, head, content)
    return replace(
        statement,
        speech=how.is_speech(p, head) or statement.mode == "direct",
        negated=how.is_negated(p, head),
        question=how.is_question(p, head, content),
        made=how.find_made(p, head, content, times),
        place=None if place is None else report.text[place[0] : place[1]],
        place_words=place,
        to=how.find_audience(p, head, content, actors),
    )
