"""Answers on a terminal: the sentence of what was asked, then what was found."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.analysis.agreement import Agreement
from dateline.analysis.asking import in_order, plural, what
from dateline.analysis.ledger import Ledger
from dateline.analysis.timeline import Timeline
from dateline.linking.consensus import count_words
from dateline.model import Count, Event, Statement, Time
from dateline.pipeline import Summary
from dateline.store.contents import Contents
from dateline.store.search import Passage

_MOST_PROBLEMS = 10  # shown after a build; `dateline problems` has them all
_WIDE = 180  # columns where there is no terminal to fit


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False, markup=False)


def _ask(console: Console, question: str, found: int, why_empty: str) -> None:
    console.print(Text(f"{question} {'' if question.endswith('?') else '· '}{found} found", "bold"))
    if not found:
        console.print(why_empty)


def when(time: Time) -> str:
    """A time in as few words as are honest.

    >>> when(Time(earliest="2022-01-05", latest="2022-01-05"))
    '2022-01-05'
    >>> when(Time(latest="2022-01-05"))
    'by 2022-01-05'
    """
    earliest, latest = time.earliest, time.latest
    if earliest is None and latest is None:
        return "no date"
    if earliest is None:
        return f"by {(latest or '')[:10]}"
    if latest is None:
        return f"from {earliest[:10]}"
    if earliest[:10] == latest[:10]:
        return earliest[:10]
    return f"{earliest[:10]} to {latest[:10]}"


def _counts(counts: tuple[Count, ...]) -> str:
    return ", ".join(count_words(c) for c in counts)


def _names(held: Contents, ids: tuple[str, ...]) -> str:
    return ", ".join(held.name(i) for i in ids)


def _headline(held: Contents, event: Event) -> str:
    target = f" → {_names(held, event.target)}" if event.target else ""
    extras = [_counts(event.counts), event.place.name if event.place else ""]
    extra = "; ".join(filter(None, extras))
    status = "" if event.status == "occurred" else f" [{event.status}]"
    who = _names(held, event.source) or "someone"
    return f"{who}{target}: {what(event)}{f' ({extra})' if extra else ''}{status}"


def _told_by(event: Event) -> str:
    told = f"{plural(len(event.reports), 'report')}, {plural(event.origins, 'origin')}"
    differ = ", ".join(d.field for d in event.disagreements)
    return f"{told}; they differ on {differ}" if differ else told


def _no_events(held: Contents) -> str:
    if not held.events:
        return "The record holds no events: are its reports in English, and about the desk's beat?"
    kinds = ", ".join(sorted({e.desk_kind or e.type for e in held.events.values()}))
    return f"The record holds {len(held.events)} events, none like that. Kinds it has: {kinds}."


def timeline(answer: Timeline, held: Contents) -> None:
    """Each event in a line, with its best evidence beneath."""
    console = _console()
    _ask(console, answer.question, len(answer.items), _no_events(held))
    for heading, found in _parts(answer):
        if heading:
            console.print(Text(heading, "bold"))
        for event in found:
            line = Text.assemble(
                (f"{when(event.when):<24}", "bold"),
                f" {_headline(held, event)} ",
                (f"({_told_by(event)}) {event.id}", "dim"),
            )
            console.print(line, soft_wrap=True)
            mention = held.mentions[event.mentions[0]]
            start, end = mention.evidence[0][0], mention.evidence[-1][1]
            cited = (
                f"“{held.cut(mention.report, mention.evidence)}” "
                f"{held.outlet(mention.report)} [{start}, {end}]"
            )
            console.print(Padding(Text(cited, style="italic"), (0, 0, 0, 25)))


def _parts(answer: Timeline) -> list[tuple[str, tuple[Event, ...]]]:
    return [
        ("", answer.dated),
        (
            f"{len(answer.open_ended)} more may have been then: one end of their dates is not known"
            if answer.open_ended
            else "",
            answer.open_ended,
        ),
        (f"{len(answer.undated)} without any date" if answer.undated else "", answer.undated),
    ]


def event_table(answer: Timeline, held: Contents) -> None:
    """Events in rows."""
    console = _console()
    _ask(console, answer.question, len(answer.items), _no_events(held))
    for heading, found in _parts(answer):
        if not found:
            continue
        if heading:
            console.print(Text(heading, "bold"))
        table = Table(box=None, pad_edge=False)
        for name in ("when", "who", "what", "to whom", "how many", "status", "origins", "id"):
            table.add_column(name, no_wrap=name in ("when", "id"))
        for e in found:
            table.add_row(
                when(e.when),
                _names(held, e.source),
                what(e),
                _names(held, e.target),
                _counts(e.counts),
                e.status,
                str(e.origins),
                e.id,
            )
        console.print(table)


def statements(answer: Ledger, held: Contents) -> None:
    """Each statement with its words, and the same words in other reports beneath."""
    console = _console()
    why = f"The record holds {len(held.statements)} statements, none like that."
    _ask(console, answer.question, len(answer.items), why)
    same = held.same_words()
    for s in answer.items:
        head = Text.assemble(
            (held.name(s.speaker), "bold"),
            f" {held.cut(s.report, s.cue)}" if s.cue else "",
            " (not said, or denied)" if s.negated else "",
            (f"  {_said(held, s)} {s.id}", "dim"),
        )
        console.print(head, soft_wrap=True)
        console.print(Padding(Text(held.cut(s.report, s.content), "italic"), (0, 0, 0, 4)))
        for other in sorted(other for other, _ in same.get(s.id, ())):
            found = held.statements[other]
            line = f"= {held.outlet(found.report)}: {held.cut(found.report, found.content)}"
            console.print(Padding(Text(line, "dim"), (0, 0, 0, 4)))


def _said(held: Contents, s: Statement) -> str:
    made = f"said {when(s.made)}; " if s.made.earliest or s.made.latest else ""
    published = when(held.reports[s.report].published)
    return f"{made}{s.mode}; {held.outlet(s.report)}, {published}"


def event(found: Event, said: Agreement, held: Contents) -> None:
    """One event: its sentence, why it was joined, fields down and origins across, the evidence."""
    console = _console()
    console.print(Text(f"{when(found.when)}  {_headline(held, found)}", "bold"))
    console.print(f"{said.question} {_told_by(found).capitalize()}.")
    for reason in found.reasons:
        console.print(f"  because {reason}")
    table = Table(show_lines=True)
    table.add_column("")
    for origin in said.origins:
        outlets = sorted({held.outlet(r) for r in found.reports if held.origins[r].id == origin})
        table.add_column("\n".join(outlets))
    for row in said.rows:
        name = f"{row.field} (they differ)" if row.differs else row.field
        table.add_row(name, *("\n".join(cell.values) or "says nothing" for cell in row.cells))
    console.print(table)
    for mention_id in found.mentions:
        m = held.mentions[mention_id]
        place = f"{held.outlet(m.report)} ({when(held.reports[m.report].published)})"
        spans = " ".join(f"[{start}, {end}]" for start, end in m.evidence)
        console.print(Text(f"{place}  {m.report} {spans} {m.id}", "dim"), soft_wrap=True)
        console.print(Padding(Text(f"“{held.cut(m.report, m.evidence)}”", "italic"), (0, 0, 0, 4)))


def passages(words: str, found: list[tuple[Passage, list[str]]], held: Contents) -> None:
    """Passages with the words set off, and the claims that cite them."""
    console = _console()
    why = "No report holds all of these words. Try fewer; their endings do not matter."
    _ask(console, f"Passages that hold: {words}", len(found), why)
    for p, claims in found:
        place = f"{held.outlet(p.report)} ({when(held.reports[p.report].published)})"
        console.print(Text(f"{place}  {p.report} [{p.start}, {p.end}]", "dim"), soft_wrap=True)
        shown = Text.assemble(
            f"…{' '.join(p.before.split())} ".replace("… ", ""),
            (" ".join(p.words.split()), "bold"),
            f" {' '.join(p.after.split())}…",
        )
        console.print(Padding(shown, (0, 0, 0, 4)))
        if claims:
            console.print(Text(f"    cited by {', '.join(claims)}", "dim"))


def reports(held: Contents) -> None:
    """Reports by date, with what was found in each."""
    console = _console()
    _ask(console, "All reports", len(held.reports), "The record holds no reports.")
    said = Counter(s.report for s in held.statements.values())
    told = Counter(m.report for m in held.mentions.values())
    table = Table(box=None, pad_edge=False)
    for heading in ("published", "leans on", "outlet", "title", "said", "told", "origin"):
        table.add_column(heading, no_wrap=heading == "published")
    for r in sorted(held.reports.values(), key=lambda r: (*in_order(r.published), r.where)):
        table.add_row(
            when(r.published),
            r.published.basis,
            held.outlet(r.id),
            r.title or "",
            str(said[r.id]),
            str(told[r.id]),
            held.origins[r.id].id if r.id in held.origins else "",
        )
    console.print(table)


def problems(held: Contents) -> None:
    """A line a problem."""
    console = _console()
    why = "Everything was read and coded."
    _ask(console, "What could not be read or coded", len(held.problems), why)
    for p in held.problems:
        where = held.reports[p.where].where if p.where in held.reports else p.where
        console.print(f"{p.stage}: {where}: {p.why}", soft_wrap=True)


def summary(made: Summary, path: Path) -> None:
    """What a build did, in one sentence, and the first problems."""
    console = _console()
    counts = made.counts
    known = f" ({made.known} were there already)" if made.known else ""
    console.print(
        f"{path}: {plural(made.added, 'report')} added{known}. It holds "
        f"{plural(counts['reports'], 'report')} from {plural(counts['origins'], 'origin')}, "
        f"{plural(counts['statements'], 'statement')} and {plural(counts['events'], 'event')} "
        f"(told {plural(counts['mentions'], 'time')}).",
        soft_wrap=True,
    )
    if made.problems:
        console.print(f"{plural(len(made.problems), 'problem')}:")
    for p in made.problems[:_MOST_PROBLEMS]:
        console.print(f"  {p.stage}: {p.where}: {p.why}", soft_wrap=True)
    if len(made.problems) > _MOST_PROBLEMS:
        console.print(
            f"  … and {len(made.problems) - _MOST_PROBLEMS} more: dateline problems {path}"
        )
