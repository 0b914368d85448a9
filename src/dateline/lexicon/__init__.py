"""Words as data: TOML files, each saying who it is for. `load` is the one way in."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon `name` ("cues" reads lexicon/cues.toml) as plain dicts and lists.

    Callers must not change what they are given: it is shared.
    """
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
