"""The public format: one JSON object a line, `kind` first (see docs/format.md)."""

from __future__ import annotations

import json
from typing import TextIO

from dateline.exports.objects import public_objects
from dateline.store.contents import Contents


def write_jsonl(held: Contents, out: TextIO) -> int:
    """Writes the whole record; returns how many lines. The same record gives the same bytes."""
    lines = 0
    for thing in public_objects(held):
        out.write(json.dumps(thing, ensure_ascii=False, separators=(",", ":")) + "\n")
        lines += 1
    return lines
