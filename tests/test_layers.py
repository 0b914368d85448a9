"""Data goes one way: no file imports what stands beneath it, and nothing imports in a circle."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "dateline"

# From the top: a part may import itself and what stands in a row above it. Parts in one row do
# not know each other: the stages share `model`.
ROWS: tuple[tuple[str, ...], ...] = (
    ("model",),
    ("lexicon",),
    ("desks",),
    (
        "sources",
        "cleaning",
        "language",
        "times",
        "actors",
        "attribution",
        "statements",
        "events",
    ),
    ("linking",),
    ("store",),
    ("pipeline",),
    ("exports",),
    ("analysis",),
    ("cli", "web", "mcp"),
)
RANK = {part: number for number, row in enumerate(ROWS) for part in row}


def module_name(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(SOURCE.rglob("*.py"))}


def imports(path: Path) -> set[str]:
    """The modules of ours that a file imports anywhere in it, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where things come from"
            base = node.module or ""
            found |= {
                f"{base}.{a.name}" if f"{base}.{a.name}" in MODULES else base for a in node.names
            }
    return {name for name in found if name in MODULES and name != "dateline"}


def part(module: str) -> str:
    return module.split(".")[1]


@pytest.mark.parametrize("module", [m for m in MODULES if m != "dateline"])
def test_imports_only_what_stands_above(module: str) -> None:
    assert part(module) in RANK, f"{module}: say in ROWS where {part(module)} stands"
    for other in imports(MODULES[module]):
        same = part(other) == part(module)
        assert same or RANK[part(other)] < RANK[part(module)], f"{module} imports {other}"


def test_no_circles() -> None:
    graph = {m: imports(p) - {m} for m, p in MODULES.items() if m != "dateline"}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"circular import: {' -> '.join(error.args[1])}")


def test_only_language_imports_spacy() -> None:
    for module, path in MODULES.items():
        text = path.read_text("utf-8")
        if module != "dateline.language":
            assert "import spacy" not in text, module
            assert "from spacy" not in text, module


def test_no_clock_or_chance_below_the_pipeline() -> None:
    below = RANK["pipeline"]
    for module, path in MODULES.items():
        if module == "dateline" or RANK[part(module)] >= below:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("now", "today", "utcnow"), f"{module}: reads the clock"
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {a.name for a in node.names} | {getattr(node, "module", "")}
                assert "random" not in names, f"{module}: leaves something to chance"
