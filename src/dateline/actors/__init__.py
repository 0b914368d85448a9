"""Report, Analysis, Desk -> the words of the story that stand for an actor, and for which.

Pieces of text that the desk and the lexicon know (`vocabulary`) make phrases (`phrases`); phrases
are joined with the report's people and the desk's dated offices (`people`); what leans on them,
groups and pronouns, comes last (`references`).
"""

from __future__ import annotations

from collections.abc import Iterable

from dateline.actors.people import People, mentions
from dateline.actors.phrases import find_phrases
from dateline.actors.references import find_groups, find_pronouns
from dateline.actors.view import view as view_of
from dateline.actors.vocabulary import vocabulary
from dateline.model import ActorMention, Analysis, Desk, Report


def find_actors(report: Report, analysis: Analysis, desk: Desk) -> list[ActorMention]:
    """The words of the story that stand for an actor, in text order, not overlapping.

    An office is looked up by the report's publication day. Where that leaves more than one
    holder, or the day is not known and the report names none, the actor is the office itself
    ("office:KOR:foreign-minister", a person without a name). A person of whom the report tells
    only a family name that the desk does not know is known in that report alone
    ("person:doe@1a2b3c4d"). Words that may mean more than one actor make no mention.

    >>> from dateline.desks import load_desk
    >>> from dateline.language import analyse
    >>> from dateline.model import Time
    >>> text = "Japan's foreign minister called Pyongyang's launch reckless. Cho Tae-yul agreed."
    >>> day = Time(earliest="2024-03-20", latest="2024-03-20", basis="stated")
    >>> report = Report("rep_0", "a.txt", "", text, published=day, paragraphs=((0, len(text)),))
    >>> ((report, analysis),) = analyse([report])
    >>> for mention in find_actors(report, analysis, load_desk("korea")):
    ...     print(mention.alias, "=", mention.actor.id, mention.how)
    Japan's foreign minister = person:yoko-kamikawa office
    Pyongyang = state:PRK alias
    Cho Tae-yul = person:cho-tae-yul alias
    """
    if not analysis.tokens:
        return []
    known = vocabulary(desk)
    view = view_of(report, analysis)
    parts = [find_phrases(view, start, end, known) for start, end in report.paragraphs]
    phrases = [phrase for part in parts for phrase in part.phrases]
    lists = [listed for part in parts for listed in part.lists]
    people = People(known, report)
    named = mentions(phrases, people, view.text)
    found = _apart([*find_groups(view, lists, named, people), *named])
    return _apart([*found, *find_pronouns(view, found, sorted(people.unclear))])


def _apart(found: Iterable[ActorMention]) -> list[ActorMention]:
    """The mentions in text order; of two that overlap the longer stays, of equals the first."""
    kept: list[ActorMention] = []
    for mention in sorted(found, key=lambda m: (m.start, m.start - m.end)):
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
            continue
        kept.append(mention)
    return kept
