"""Words of time -> readings: all the rules over a paragraph, and which readings stand.

Where two readings overlap the longer one stands, then the one of the earlier rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dateline.times import amounts, clocks, dates
from dateline.times.lexer import Word, pattern
from dateline.times.reading import PART, Match, Reading, with_part

RULES: Final = (*dates.RULES, *amounts.RULES, *clocks.RULES)
_COMPILED: Final = tuple(
    (pattern(f"{PART}(?:{rule})" if takes_part else rule), make, takes_part)
    for rule, make, takes_part in RULES
)


def readings(words: Sequence[Word], classes: str) -> list[Reading]:
    """The readings of a paragraph's words, in order, none overlapping another."""
    found: list[Reading] = []
    for rule, make, takes_part in _COMPILED:
        for regex_match in rule.finditer(classes):
            match = Match(words, regex_match)
            reading = make(match)
            if reading is not None:
                found.append(with_part(match, reading) if takes_part else reading)
    found.sort(key=lambda r: r.first - r.last)  # stable: the earlier rule first among equals
    taken = bytearray(len(words))
    chosen = []
    for reading in found:
        if not any(taken[reading.first : reading.last]):
            taken[reading.first : reading.last] = b"\x01" * (reading.last - reading.first)
            chosen.append(reading)
    return sorted(chosen, key=lambda r: r.first)
