"""python -m evals.draw RECORD [--seed N] [--number 30]: statements and events to read by eye.

Draws statements and mentions of events at random (by a fixed seed) and prints each with its
fields beside the text that it cites, for docs/errors.md.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from dateline.model import Mention, Span, Statement
from dateline.store import open_record
from dateline.store.contents import Contents, contents

_ROUND = 120  # code points of text shown on either side


def _context(held: Contents, report: str, spans: tuple[Span, ...]) -> str:
    text = held.reports[report].text
    start, end = spans[0][0], spans[-1][1]
    before = text[max(0, start - _ROUND) : start]
    after = text[end : end + _ROUND]
    return " ".join(f"…{before}⟦{text[start:end]}⟧{after}…".split())


def _statement(held: Contents, s: Statement) -> str:
    return (
        f"{s.id} speaker={s.speaker} words={held.cut(s.report, s.speaker_words)!r} "
        f"cue={held.cut(s.report, s.cue)!r} {s.mode} speech={s.speech} "
        f"negated={s.negated} made={s.made.edtf} to={s.to}\n"
        f"  {_context(held, s.report, s.content)}"
    )


def _mention(held: Contents, m: Mention) -> str:
    published = held.reports[m.report].published.edtf
    return (
        f"{m.id} {m.type}/{m.desk_kind} trigger={held.cut(m.report, m.trigger)!r} "
        f"{m.source} -> {m.target} when={m.when.edtf} ({m.when.basis}; report {published}) "
        f"place={m.place.name if m.place else None} "
        f"counts={[(c.value, c.min, c.max, c.what) for c in m.counts]} {m.status}\n"
        f"  {_context(held, m.report, m.evidence)}"
    )


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.draw",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("record", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, default=30)
    given = parser.parse_args()
    with open_record(given.record) as record, record.reading() as connection:
        held = contents(connection)
    chance = random.Random(given.seed)
    print("== statements")
    for number, chosen in enumerate(_some(sorted(held.statements), given.number, chance), 1):
        print(f"{number}. {_statement(held, held.statements[chosen])}\n")
    print("== mentions of events")
    for number, chosen in enumerate(_some(sorted(held.mentions), given.number, chance), 1):
        print(f"{number}. {_mention(held, held.mentions[chosen])}\n")


def _some(ids: list[str], number: int, chance: random.Random) -> list[str]:
    return chance.sample(ids, min(number, len(ids)))


if __name__ == "__main__":
    main()
