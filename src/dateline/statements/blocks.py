"""Whole paragraphs that are someone's words: transcripts, and papers that an agency prints in full."""

from __future__ import annotations

import re
from itertools import takewhile

from dateline.lexicon import load
from dateline.model import Attribution, Report, Span
from dateline.statements.frames import cue_tokens, find_source
from dateline.statements.parse import Parse

# KCNA's stories printed in full: all 75 headed "press statement" are found, and the eleven others
# that are found are such papers too. Transcripts were only tried on texts of our own, hence the doubt.
_CONFIDENCE = 0.9

_LABEL = re.compile(
    r"(?P<name>Q(?:uestion)?|A(?:nswer)?|(?:[A-Z][\w.’'-]*)(?:[ ,]+(?:[A-Z(][\w.’')-]*|of|the|and)){0,8})"
    r"\s*(?P<mark>:|--|—|–)\s+(?=\S)"
)
_FEWEST_TURNS = 2  # one line of the form "Name: words" may be a heading


def find_blocks(p: Parse, report: Report) -> list[Attribution]:
    """The attributions whose content is whole paragraphs, in text order.

    "PARK: We will wait." turns of a transcript, each with the paragraphs that follow it, and "Kim
    issued the following statement:" with all that follows to the end of the report.
    """
    return _turns(report) or _issued(p, report)


def _turns(report: Report) -> list[Attribution]:
    labels = [_label(report.text, paragraph) for paragraph in report.paragraphs]
    known = [label for label in labels if label is not None]
    if len(known) < _FEWEST_TURNS or len(known) * 3 < len(labels):
        return []
    found: list[Attribution] = []
    for (_, end), label in zip(report.paragraphs, labels, strict=True):
        if label is not None:
            name, mark, start = label
            found.append(Attribution((name,), (mark,), ((start, end),), _CONFIDENCE))
        elif found:
            last = found[-1]
            content = ((last.content[0][0], end),)
            found[-1] = Attribution(last.source, last.cue, content, _CONFIDENCE)
    return found


def _label(text: str, paragraph: Span) -> tuple[Span, Span, int] | None:
    """The name, the mark after it and where the words begin, of a paragraph that opens so."""
    match = _LABEL.match(text, *paragraph)
    if match is None:
        return None
    name = match["name"]
    loud = name.isupper() or name in ("Question", "Answer")
    if not loud and (match["mark"] != ":" or name.count(" ") > 3):
        return None
    return match.span("name"), match.span("mark"), match.end()


def _issued(p: Parse, report: Report) -> list[Attribution]:
    """The paper that the report prints after its first paragraph announces it.

    Where the next paragraph opens with a quotation mark, only the quoted paragraphs are the paper.
    """
    if len(report.paragraphs) < 2:
        return []
    words = load("cues")
    first, *following = report.paragraphs
    inside = p.tokens_in([first])
    papers = [i for i in inside if p.tokens[i].lemma.lower() in words["documents"]]
    announced = report.text[first[0] : first[1]].rstrip().endswith(":") or any(
        p.tokens[k].text.lower() == "following" for i in papers for k in range(max(i - 4, 0), i)
    )
    if not papers or not announced:
        return []
    if report.text[following[0][0]] in _MARKS:
        following = list(takewhile(lambda span: report.text[span[0]] in _MARKS, following))
    for index in inside:
        token = p.tokens[index]
        if token.pos == "VERB" and token.lemma in words["issuing"] and index < papers[-1]:
            source = p.spans(find_source(p, index))
            content = ((following[0][0], following[-1][1]),)
            return [Attribution(source, p.spans(cue_tokens(p, index)), content, _CONFIDENCE)]
    return []


_MARKS = frozenset('“"«„')
