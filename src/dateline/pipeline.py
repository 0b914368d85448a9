"""The one place that calls the stages in order and meets the store.

Reading comes first (each report kept as soon as it is read), then coding (each report's findings
in one transaction), then linking (all proposals in one transaction). Whatever is cut short is
taken up again by the next `build` or `add`; what is there already is not done twice.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from dateline.actors import find_actors
from dateline.attribution import find_attributions as tag_attributions
from dateline.cleaning import clean
from dateline.desks import load_desk
from dateline.events import find_mentions
from dateline.language import DEFAULT_PIPELINE, analyse, detect_language
from dateline.linking.copies import find_copies
from dateline.linking.dating import date_undated
from dateline.linking.origins import find_origins
from dateline.linking.same_event import join_events
from dateline.linking.same_words import find_same_words
from dateline.model import (
    Analysis,
    Attribution,
    Desk,
    Link,
    Mention,
    Problem,
    Report,
    Statement,
    Time,
)
from dateline.sources import read_all
from dateline.statements import find_attributions as rule_attributions
from dateline.statements import find_statements
from dateline.store import Record, RecordError, open_record, read, write
from dateline.store.rows import Coding, LinkedTime, OriginRow
from dateline.times import find_times, resolve

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int | None], None]
"""Called with the phase ("reading", "coding", "linking"), how many are done, and of how many."""


def _silent(phase: str, done: int, total: int | None) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did: reports read anew, those there before, and the record's counts after."""

    added: int
    known: int
    problems: tuple[Problem, ...]
    counts: dict[str, int]


def build(
    inputs: Sequence[str | Path],
    path: str | Path,
    *,
    desk: str = "korea",
    pipeline: str = DEFAULT_PIPELINE,
    allow_private: bool = False,
    now: str | None = None,
    mapping: dict[str, str] | None = None,
    progress: Progress = _silent,
) -> Summary:
    """Reads `inputs` (files, folders, "-", addresses) into the record at `path`, and links it.

    A record that is there already is added to. `now` (ISO date-time) is only noted as the time
    of fetching. Raises RecordError where the record was made with another desk or pipeline.
    """
    loaded = load_desk(desk)
    with open_record(path, create=True) as record:
        _agree(record, {"desk": desk, "desk_hash": _hash(loaded), "pipeline": pipeline})
        added, known, problems = _read(
            record, inputs, loaded, allow_private, now, mapping, progress
        )
        problems += _code(record, loaded, pipeline, progress)
        _link(record, loaded, progress)
        with record.reading() as connection:
            return Summary(added, known, tuple(problems), read.counts(connection))


def add(inputs: Sequence[str | Path], path: str | Path, **options: object) -> Summary:
    """The same as having built with `inputs` too; the record must be there already.

    Desk and pipeline are the record's own. Options are `build`'s.
    """
    with open_record(path) as record, record.reading() as connection:
        settings = read.settings(connection)
    options.setdefault("desk", settings.get("desk", "korea"))
    options.setdefault("pipeline", settings.get("pipeline", DEFAULT_PIPELINE))
    return build(inputs, path, **options)  # type: ignore[arg-type]


def link(path: str | Path, *, progress: Progress = _silent) -> Summary:
    """Finishes what a cut-short build left, and makes all links again from what is stored."""
    return add([], path, progress=progress)


def _hash(desk: Desk) -> str:
    canonical = json.dumps(asdict(replace(desk, wires={}, titles={})), sort_keys=True)
    words = json.dumps([dict(desk.wires), dict(desk.titles)], sort_keys=True)
    return hashlib.sha256((canonical + words).encode()).hexdigest()[:16]


def _agree(record: Record, wanted: dict[str, str]) -> None:
    with record.reading() as connection:
        settings = read.settings(connection)
    for key, value in wanted.items():
        if key not in settings:
            write.note_setting(record, key, value)
        elif settings[key] != value:
            raise RecordError(
                f"{record.path} was built with {key} {settings[key]!r}, not {value!r}: half of it "
                f"would be read one way and half another. Build a new record from the reports."
            )


def _read(
    record: Record,
    inputs: Sequence[str | Path],
    desk: Desk,
    allow_private: bool,
    now: str | None,
    mapping: dict[str, str] | None,
    progress: Progress,
) -> tuple[int, int, list[Problem]]:
    added = known = 0
    problems: list[Problem] = []
    for item in read_all(inputs, allow_private=allow_private, now=now, mapping=mapping):
        if isinstance(item, Problem):
            write.add_problem(record, item)
            problems.append(item)
            continue
        try:
            report = _in_its_language(clean(item, desk))
        except Exception as error:  # one bad report never stops the rest
            log.info("cleaning failed", exc_info=True)
            problem = Problem("cleaning", item.where, f"{type(error).__name__}: {error}")
            write.add_problem(record, problem)
            problems.append(problem)
            continue
        if write.add_report(record, report, item.raw):
            added += 1
        else:
            known += 1
        progress("reading", added + known, None)
    progress("reading", added + known, added + known)
    return added, known, problems


def _in_its_language(report: Report) -> Report:
    """The report with the language of its story, whatever its source says of it."""
    story = " ".join(report.text[start:end] for start, end in report.paragraphs)
    return replace(report, language=detect_language(story))


def _code(record: Record, desk: Desk, pipeline: str, progress: Progress) -> list[Problem]:
    with record.reading() as connection:
        waiting = read.report_ids(connection, coded=False)
    problems: list[Problem] = []

    def one_by_one() -> Iterator[Report]:
        for report_id in waiting:
            with record.reading() as connection:
                yield read.report(connection, report_id)

    for done, (report, analysis) in enumerate(analyse(one_by_one(), pipeline), start=1):
        coding = code(report, analysis, desk)
        write.add_coding(record, coding)
        problems += [replace(p, where=report.where) for p in coding.problems]
        progress("coding", done, len(waiting))
    return problems


def find_attributions(report: Report, analysis: Analysis) -> list[Attribution]:
    """Attributions by the shipped encoder; rules fill what it left open."""
    return tag_attributions(report, analysis, ruled=rule_attributions(report, analysis))


def code(
    report: Report,
    analysis: Analysis,
    desk: Desk,
    attribute: Callable[[Report, Analysis], list[Attribution]] = find_attributions,
) -> Coding:
    """All that the stages find in one report. A stage that fails leaves a Problem behind it."""
    problems: list[Problem] = []
    if report.language not in (None, "en"):
        why = f"the language is {report.language!r}: kept and searchable, but not coded"
        problems.append(Problem("language", report.id, why))
        return Coding(report, (), (), (), (), problems)
    try:
        times = find_times(report, analysis)
        actors = find_actors(report, analysis, desk)
        attributions = attribute(report, analysis)
        statements = find_statements(report, analysis, actors, times, attributions)
        mentions = find_mentions(report, analysis, actors, times, statements, desk)
    except Exception as error:  # one bad report never stops the rest
        log.info("coding failed", exc_info=True)
        why = f"{type(error).__name__}: {error}"
        problems.append(Problem("coding", report.id, why))
        return Coding(report, (), (), (), (), problems)
    anchored = [
        replace(m, when=_anchored(m.when, report.published))
        if m.when.words is None and m.when.relative
        else m
        for m in mentions
    ]
    wanted = {member for found in actors for member in found.actor.members}
    members = [actor for actor in desk.actors if actor.id in wanted]
    return Coding(report, actors, times, statements, anchored, problems, members)


def _anchored(time: Time, published: Time) -> Time:
    """A relative time worked out against the report's own date, as far as that is known."""
    if time.relative is None or (published.earliest is None and published.latest is None):
        return time
    return replace(resolve(time.relative, published), words=time.words, relative=time.relative)


def _link(record: Record, desk: Desk, progress: Progress) -> None:
    """All links from all that is stored, so that the order of reading leaves no trace."""
    progress("linking", 0, 4)
    with record.reading() as connection:
        reports = list(read.reports(connection))
        statements = read.statements(connection)
        mentions = read.mentions(connection)
        actors = read.actors(connection)
        undated = [r.id for r in reports if r.published.basis != "stated"]
        times = {report_id: read.times(connection, report_id) for report_id in undated}
    links = find_copies(reports)
    origins = find_origins(reports, links, desk)
    progress("linking", 1, 4)
    links += find_same_words(statements, reports)
    progress("linking", 2, 4)
    dated = {
        d.report: d for d in date_undated(reports, links, statements, mentions, actors, desk, times)
    }
    linked_times = [
        LinkedTime(d.report, "published", d.published, d.reasons) for d in dated.values()
    ]
    reports = [replace(r, published=dated[r.id].published) if r.id in dated else r for r in reports]
    leaning = _lean(statements, mentions, {r: d.published for r, d in dated.items()})
    linked_times += leaning
    when = {t.owner: t.time for t in leaning if t.field == "when"}
    mentions = [replace(m, when=when[m.id]) if m.id in when else m for m in mentions]
    progress("linking", 3, 4)
    events, event_links = join_events(
        mentions, reports, {r: o.id for r, o in origins.items()}, desk, actors
    )
    write.replace_links(
        record,
        links=_unique([*links, *event_links]),
        origins=[OriginRow(r, o.id, o.reasons) for r, o in sorted(origins.items())],
        linked_times=linked_times,
        events=events,
        settings={
            "linked": hashlib.sha256(json.dumps([r.id for r in reports]).encode()).hexdigest()
        },
    )
    progress("linking", 4, 4)


def _lean(
    statements: Sequence[Statement], mentions: Sequence[Mention], published: dict[str, Time]
) -> list[LinkedTime]:
    """The times in reports that linking dated, worked out again from that date."""
    reason = ("Worked out from the date that linking gave its report.",)
    found = []
    for statement in statements:
        if statement.report in published and statement.made.relative:
            time = _anchored(statement.made, published[statement.report])
            found.append(LinkedTime(statement.id, "made", time, reason))
    for mention in mentions:
        if mention.report in published and mention.when.relative:
            time = _anchored(mention.when, published[mention.report])
            found.append(LinkedTime(mention.id, "when", time, reason))
    return found


def _unique(links: Sequence[Link]) -> list[Link]:
    best: dict[tuple[str, str, str], Link] = {}
    for one in links:
        key = (one.kind, one.a, one.b)
        if key not in best or one.score > best[key].score:
            best[key] = one
    return [best[key] for key in sorted(best)]
