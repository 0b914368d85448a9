"""The command line: parse, call one library function, show.

What is slow to import is imported by the command that needs it, so that --help is quick.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

if TYPE_CHECKING:
    from dateline.pipeline import Summary
    from dateline.store.contents import Contents

app = typer.Typer(
    help="Reads a pile of news reports and keeps a dated, cited record of who said and did what.",
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)

RecordPath = Annotated[Path, typer.Argument(help="The record, one file.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="JSON Lines in the public format.")]
Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders, http(s) addresses, or - for standard input.", show_default=False
    ),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(help="For CSV and JSON Lines: FIELD=COLUMN, as often as needed."),
]
AllowPrivate = Annotated[bool, typer.Option(help="Fetch from private and loopback addresses too.")]
By = Annotated[str | None, typer.Option(help="An actor: a name, an alias or an id.")]
Kind = Annotated[str | None, typer.Option(help="A desk kind or a PLOVER type.")]
Since = Annotated[str | None, typer.Option(help="An ISO date, or the start of one.")]
Until = Annotated[str | None, typer.Option(help="An ISO date, or the start of one.")]
Origins = Annotated[int, typer.Option(help="Only what so many origins tell.")]


class Mode(StrEnum):
    """How a statement is told."""

    direct = "direct"
    indirect = "indirect"
    mixed = "mixed"


class Format(StrEnum):
    """What a record can be exported as."""

    jsonl = "jsonl"
    csv = "csv"


class Status(StrEnum):
    """What the reports say of an event."""

    occurred = "occurred"
    ongoing = "ongoing"
    planned = "planned"
    conditional = "conditional"
    called_for = "called-for"
    denied = "denied"
    alleged = "alleged"


def main() -> None:
    """The `dateline` command: what a user can mend is said in one line, without a traceback."""
    from dateline.model import DatelineError

    try:
        app()
    except DatelineError as error:
        print(f"dateline: {error}", file=sys.stderr)
        raise SystemExit(2) from None
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        raise SystemExit(0) from None


@app.command()
def build(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("-o", "--out", help="The record to make, or to go on with.")],
    desk: Annotated[str, typer.Option(help="A desk's name, or the folder of one.")] = "korea",
    pipeline: Annotated[
        str | None, typer.Option(help="Another spaCy pipeline: a package's name or a folder.")
    ] = None,
    column: Columns = None,
    allow_private: AllowPrivate = False,
    as_json: AsJson = False,
) -> None:
    """Read reports into a record, and link it.

    Example: dateline build reports/ feed.xml -o korea.dateline
    """
    from dateline.language import DEFAULT_PIPELINE
    from dateline.pipeline import build as run

    with _progress() as progress:
        summary = run(
            inputs,
            out,
            desk=desk,
            pipeline=pipeline or DEFAULT_PIPELINE,
            mapping=_mapping(column),
            allow_private=allow_private,
            now=_now(),
            progress=progress,
        )
    _show_summary(summary, out, as_json)


@app.command()
def add(
    record: RecordPath,
    inputs: Inputs,
    column: Columns = None,
    allow_private: AllowPrivate = False,
    as_json: AsJson = False,
) -> None:
    """Add reports: the same as having built with them.

    Example: dateline add korea.dateline more/
    """
    from dateline.pipeline import add as run

    with _progress() as progress:
        summary = run(
            inputs,
            record,
            mapping=_mapping(column),
            allow_private=allow_private,
            now=_now(),
            progress=progress,
        )
    _show_summary(summary, record, as_json)


@app.command()
def link(record: RecordPath, as_json: AsJson = False) -> None:
    """Finish a build that was cut short, and make all links again.

    Example: dateline link korea.dateline
    """
    from dateline.pipeline import link as run

    with _progress() as progress:
        summary = run(record, progress=progress)
    _show_summary(summary, record, as_json)


@app.command()
def timeline(
    record: RecordPath,
    by: By = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    status: Annotated[Status | None, typer.Option(help="What reports say of it.")] = None,
    origins: Origins = 1,
    as_json: AsJson = False,
) -> None:
    """Dated events, each with its origins and a quote; those without a date last.

    Example: dateline timeline korea.dateline --kind ballistic-missile-launch --since 2022
    """
    from dateline.cli import drawing
    from dateline.exports.objects import event_object

    with _contents(record) as held:
        answer = _timeline(held, by, kind, since, until, status, origins)
        if as_json:
            _print_json(event_object(e) for e in answer.items)
        else:
            drawing.timeline(answer, held)


@app.command()
def events(
    record: RecordPath,
    by: By = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    status: Annotated[Status | None, typer.Option(help="What reports say of it.")] = None,
    origins: Origins = 1,
    as_json: AsJson = False,
) -> None:
    """The same events as a table: when, who, what, to whom, how many, how many origins.

    Example: dateline events korea.dateline --by "North Korea"
    """
    from dateline.cli import drawing
    from dateline.exports.objects import event_object

    with _contents(record) as held:
        answer = _timeline(held, by, kind, since, until, status, origins)
        if as_json:
            _print_json(event_object(e) for e in answer.items)
        else:
            drawing.event_table(answer, held)


@app.command()
def statements(
    record: RecordPath,
    by: By = None,
    unknown: Annotated[
        bool, typer.Option(help="Only those whose speaker the reports do not tell.")
    ] = False,
    about: Annotated[str | None, typer.Option(help="An actor that the words are about.")] = None,
    mode: Annotated[Mode | None, typer.Option(help="How it is told.")] = None,
    words: Annotated[str | None, typer.Option(help="Words that were said.")] = None,
    as_json: AsJson = False,
) -> None:
    """Who said what, when and where, with the words.

    Example: dateline statements korea.dateline --by Blinken
    """
    from dateline.analysis.ledger import ledger
    from dateline.analysis.who import find_actor
    from dateline.cli import drawing
    from dateline.exports.objects import statement_objects

    with _contents(record) as held:
        answer = ledger(
            list(held.statements.values()),
            held.reports,
            held.actors,
            by=find_actor(by, held.actors) if by else None,
            unknown=unknown,
            about=find_actor(about, held.actors) if about else None,
            mode=mode.value if mode else None,
            with_words=words,
        )
        if as_json:
            _print_json(statement_objects(held, answer.items))
        else:
            drawing.statements(answer, held)


@app.command()
def show(
    record: RecordPath,
    event: Annotated[
        str, typer.Argument(help="The id of an event or of one of its mentions, or its start.")
    ],
    as_json: AsJson = False,
) -> None:
    """Who says what about an event, side by side, with the evidence.

    Example: dateline show korea.dateline ev_3f2a
    """
    from dateline.analysis.agreement import agreement
    from dateline.cli import drawing
    from dateline.exports.objects import event_object, mention_object

    with _contents(record) as held:
        found = held.events[_event_id(held, event)]
        mentions = [held.mentions[m] for m in found.mentions]
        if as_json:
            _print_json([event_object(found), *(mention_object(held, m) for m in mentions)])
            return
        origins = {report: origin.id for report, origin in held.origins.items()}
        drawing.event(found, agreement(found, mentions, origins, held.actors), held)


@app.command()
def search(
    record: RecordPath,
    words: Annotated[str, typer.Argument(help="Words; in quotation marks, a phrase.")],
    limit: Annotated[int, typer.Option(help="How many reports at the most.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Passages that hold the words, and the claims that cite them.

    Example: dateline search korea.dateline "early warning"
    """
    from dateline.cli import drawing
    from dateline.store import open_record, read
    from dateline.store.contents import contents
    from dateline.store.search import search as find

    with open_record(record) as opened, opened.reading() as connection:
        passages = find(connection, words, limit)
        claims = [
            sorted({c.owner for c in read.citing(connection, p.report, (p.start, p.end))})
            for p in passages
        ]
        if as_json:
            _print_json(
                {
                    "kind": "passage",
                    "report": p.report,
                    "span": [p.start, p.end],
                    "before": p.before,
                    "words": p.words,
                    "after": p.after,
                    "claims": cited,
                }
                for p, cited in zip(passages, claims, strict=True)
            )
        else:
            drawing.passages(words, list(zip(passages, claims, strict=True)), contents(connection))


@app.command()
def reports(record: RecordPath, as_json: AsJson = False) -> None:
    """The reports: outlet, date and what that leans on, origin, what was found.

    Example: dateline reports korea.dateline
    """
    from dateline.cli import drawing
    from dateline.exports.objects import report_objects

    with _contents(record) as held:
        if as_json:
            _print_json(report_objects(held, held.reports.values()))
        else:
            drawing.reports(held)


@app.command()
def problems(record: RecordPath, as_json: AsJson = False) -> None:
    """What could not be read or coded, and why.

    Example: dateline problems korea.dateline
    """
    from dateline.cli import drawing
    from dateline.exports.objects import problem_object

    with _contents(record) as held:
        if as_json:
            _print_json(problem_object(p) for p in held.problems)
        else:
            drawing.problems(held)


@app.command()
def report(
    record: RecordPath,
    out: Annotated[Path, typer.Option("-o", "--out", help="The HTML file to write.")],
    title: Annotated[str | None, typer.Option(help="The page's heading.")] = None,
) -> None:
    """One self-contained page to mail: timeline, events, statements, the texts with evidence.

    Example: dateline report korea.dateline -o korea.html
    """
    from dateline.exports.objects import public_objects
    from dateline.exports.page import render_page

    with _contents(record) as held:
        page = render_page(
            public_objects(held),
            title=title or record.stem,
            question=f"All that the record {record.name} holds",
        )
    out.write_text(page, encoding="utf-8")
    _say(f"Wrote {out}: one file that needs no network. Open it in any browser.")


@app.command()
def export(
    record: RecordPath,
    format_: Annotated[Format, typer.Option("--format", help="The form.")] = Format.jsonl,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", help="A file; for csv without --table, a folder."),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(help="For csv: events, mentions, statements, reports or problems alone."),
    ] = None,
) -> None:
    """The record in other forms.

    Example: dateline export korea.dateline --format jsonl > korea.jsonl
    """
    from dateline.exports.jsonl import write_jsonl
    from dateline.exports.objects import public_objects
    from dateline.exports.tables import TABLES, write_table, write_tables

    if table and table not in TABLES:
        raise typer.BadParameter(f"{table!r} is not a table: give one of {', '.join(TABLES)}.")
    with _contents(record) as held:
        if format_ == Format.csv and out is not None and not table:
            written = write_tables(public_objects(held), out)
            _say(f"Wrote {', '.join(f'{n} ({rows})' for n, rows in written.items())} in {out}.")
            return
        with _output(out) as stream:
            if format_ == Format.jsonl:
                write_jsonl(held, stream)
            else:
                write_table(public_objects(held), table or "events", stream)


@app.command()
def verify(record: RecordPath, as_json: AsJson = False) -> None:
    """Hash every report and cut every citation again. Silent means healthy.

    Example: dateline verify korea.dateline
    """
    from dateline.exports.objects import problem_object
    from dateline.store import open_record
    from dateline.store.verify import verify as check

    with open_record(record) as opened, opened.reading() as connection:
        found = list(check(connection))
    if as_json:
        _print_json(problem_object(p) for p in found)
    else:
        for problem in found:
            print(f"{problem.where}: {problem.why}")
    if found:
        raise typer.Exit(1)


# --------------------------------------------------------------------------- shared by commands


@contextmanager
def _contents(record: Path) -> Iterator[Contents]:
    from dateline.store import open_record
    from dateline.store.contents import contents

    with open_record(record) as opened, opened.reading() as connection:
        yield contents(connection)


def _timeline(
    held: Contents,
    by: str | None,
    kind: str | None,
    since: str | None,
    until: str | None,
    status: Status | None,
    origins: int,
) -> Any:
    from dateline.analysis.timeline import timeline
    from dateline.analysis.who import find_actor

    return timeline(
        list(held.events.values()),
        held.actors,
        actor=find_actor(by, held.actors) if by else None,
        kind=kind,
        since=since,
        until=until,
        status=status.value if status else None,
        origins=origins,
    )


def _event_id(held: Contents, wanted: str) -> str:
    from dateline.model import DatelineError

    found = {e for e in held.events if e.startswith(wanted)}
    found |= {held.event_of[m] for m in held.mentions if m.startswith(wanted)}
    if len(found) == 1:
        return found.pop()
    if found:
        raise DatelineError(f"{len(found)} events begin with {wanted!r}: give more of the id.")
    raise DatelineError(f"No event {wanted!r}. `dateline timeline RECORD` shows each event's id.")


def _print_json(objects: Iterable[dict[str, Any]]) -> None:
    for thing in objects:
        print(json.dumps(thing, ensure_ascii=False))


@contextmanager
def _output(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
        yield sys.stdout
    else:
        with out.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _mapping(columns: list[str] | None) -> dict[str, str] | None:
    if not columns:
        return None
    pairs = [c.partition("=") for c in columns]
    if any(not column for _, _, column in pairs):
        raise typer.BadParameter("--column takes FIELD=COLUMN, such as text=body.")
    return {field: column for field, _, column in pairs}


def _now() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).isoformat(timespec="seconds")


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar with counts and time left on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as bars:
        tasks: dict[str, Any] = {}

        def advance(phase: str, done: int, total: int | None) -> None:
            if phase not in tasks:
                tasks[phase] = bars.add_task(phase.ljust(8), total=total)
            bars.update(tasks[phase], completed=done, total=total)

        yield advance


def _show_summary(summary: Summary, path: Path, as_json: bool) -> None:
    from dateline.cli import drawing
    from dateline.exports.objects import problem_object

    if as_json:
        new = [problem_object(p) for p in summary.problems]
        made = {"added": summary.added, "known": summary.known, **summary.counts}
        _print_json([{**made, "new_problems": new}])
    else:
        drawing.summary(summary, path)
