"""Who said what: the statements of a record, as a ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.analysis.asking import acts_for, in_order, name_of
from dateline.model import Actor, Mode, Report, Statement


@dataclass(frozen=True, slots=True)
class Ledger:
    """Statements by their report's date and their place in it."""

    question: str
    items: tuple[Statement, ...]


def ledger(
    statements: Sequence[Statement],
    reports: Mapping[str, Report],
    actors: Mapping[str, Actor],
    *,
    by: str | None = None,
    unknown: bool = False,
    about: str | None = None,
    mode: Mode | None = None,
    with_words: str | None = None,
) -> Ledger:
    """The statements that fit.

    `by` is the id of the speaker: a state stands for itself and its bodies and people. `unknown`
    asks for those whose speaker is not told. `about` is the id of an actor in the content.
    """

    def fits(s: Statement) -> bool:
        return (
            (by is None or (s.speaker is not None and acts_for((s.speaker,), by, actors)))
            and (not unknown or s.speaker is None)
            and (about is None or acts_for(s.about, about, actors))
            and (mode is None or s.mode == mode)
            and (with_words is None or _has(s, with_words, reports))
        )

    found = sorted(
        (s for s in statements if fits(s)),
        key=lambda s: (
            *in_order(reports[s.report].published),
            reports[s.report].where,
            s.content,
            s.id,
        ),
    )
    asked = [
        f"by {name_of(by, actors)}" if by else "",
        "by speakers who are not told" if unknown else "",
        f"about {name_of(about, actors)}" if about else "",
        f"in {mode} speech" if mode else "",
        f"with the words “{with_words}”" if with_words else "",
    ]
    question = " ".join(["Statements", *filter(None, asked)]) if any(asked) else "All statements"
    return Ledger(question, tuple(found))


def _has(statement: Statement, words: str, reports: Mapping[str, Report]) -> bool:
    text = reports[statement.report].text
    said = " ".join(text[start:end] for start, end in statement.content)
    return " ".join(words.split()).casefold() in " ".join(said.split()).casefold()
