"""The commands: each says what was asked, lists as JSON, explains itself and its empty answers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli import app, main
from dateline.pipeline import build

EXAMPLE = Path(__file__).parent.parent / "examples" / "korea" / "reports"
COMMANDS = sorted(c.callback.__name__ for c in app.registered_commands if c.callback)


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "korea.dateline"
    build([EXAMPLE], path)
    return path


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def failing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object
) -> str:
    """What the command says on standard error when it exits with 2."""
    monkeypatch.setattr("sys.argv", ["dateline", *map(str, arguments)])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    assert f"Example: dateline {command} " in " ".join(run(command, "--help").split())


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_changelog(command: str) -> None:
    changes = (Path(__file__).parent.parent / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"\b{command}\b", changes)


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        pytest.param(["timeline"], "Which events", id="timeline"),
        pytest.param(["events", "--by", "North Korea"], "North Korea", id="events"),
        pytest.param(["statements", "--by", "Kishida"], "Statements by Fumio Kishida", id="by"),
        pytest.param(["statements", "--unknown"], "speakers who are not told", id="unknown"),
        pytest.param(["reports"], "All reports", id="reports"),
        pytest.param(["problems"], "What could not be read", id="problems"),
    ],
)
def test_the_question_stands_above_the_answer(
    record: Path, arguments: list[str], asked: str
) -> None:
    command, *rest = arguments
    first = run(command, record, *rest).splitlines()[0]
    assert asked in first
    assert re.search(r"\d+ found", first)


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("timeline", "event"),
        ("events", "event"),
        ("statements", "statement"),
        ("reports", "report"),
        ("problems", "problem"),
    ],
)
def test_json_is_the_public_format(record: Path, command: str, kind: str) -> None:
    objects = [json.loads(line) for line in run(command, record, "--json").splitlines()]
    assert objects
    assert {o["kind"] for o in objects} == {kind}


def test_json_of_a_command_is_what_the_export_says(record: Path) -> None:
    exported = {
        o["id"]: o
        for o in map(json.loads, run("export", record).splitlines())
        if o["kind"] in ("report", "statement", "event")
    }
    for command in ("reports", "statements", "events"):
        for line in run(command, record, "--json").splitlines():
            assert json.loads(line) == exported[json.loads(line)["id"]]


def test_search_shows_the_words_and_what_cites_them(record: Path) -> None:
    (found,) = [
        json.loads(line) for line in run("search", record, "wrinkle", "--json").splitlines()
    ]
    assert found["words"] == "wrinkle"
    assert found["claims"]
    assert "wrinkle" in run("search", record, "wrinkle")


def test_show_takes_the_start_of_an_id_and_a_mention(record: Path) -> None:
    events = [json.loads(line) for line in run("events", record, "--json").splitlines()]
    event = max(events, key=lambda e: len(e["mentions"]))
    assert " say of the " in run("show", record, event["id"][:12])
    shown = run("show", record, event["mentions"][0], "--json").splitlines()
    assert json.loads(shown[0])["id"] == event["id"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        pytest.param(["timeline", "--kind", "nothing"], "Kinds it has", id="no such kind"),
        pytest.param(["statements", "--words", "zebra"], "none like that", id="no such words"),
        pytest.param(["search", "zebra"], "Try fewer", id="search"),
    ],
)
def test_an_empty_answer_says_why(record: Path, arguments: list[str], why: str) -> None:
    command, *rest = arguments
    if command == "search":
        assert why in run(command, record, *rest)
    else:
        assert why in run(command, record, *rest)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["timeline", "none.dateline"], "no record at", id="no record"),
        pytest.param(["show", "RECORD", "ev_zzz"], "No event", id="no such event"),
        pytest.param(["statements", "RECORD", "--by", "Zebra"], "goes by 'Zebra'", id="nobody"),
        pytest.param(["build", "x", "-o", "RECORD", "--desk", "mars"], "mars", id="no such desk"),
    ],
)
def test_what_a_user_can_mend_is_said_in_a_line(
    record: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    err = failing(monkeypatch, capsys, *(record if a == "RECORD" else a for a in arguments))
    assert said in err
    assert "Traceback" not in err


def test_export_and_report(record: Path, tmp_path: Path) -> None:
    lines = run("export", record, "--format", "jsonl").splitlines()
    kinds = {json.loads(line)["kind"] for line in lines}
    assert kinds == {"report", "actor", "statement", "mention", "event", "problem"}
    run("export", record, "--format", "csv", "-o", tmp_path / "tables")
    names = {p.name for p in (tmp_path / "tables").iterdir()}
    assert names == {
        f"{t}.csv" for t in ("events", "mentions", "statements", "reports", "problems")
    }
    run("report", record, "-o", tmp_path / "page.html")
    assert "<html" in (tmp_path / "page.html").read_text("utf-8")


def test_verify_is_silent_when_all_is_well(record: Path) -> None:
    assert run("verify", record) == ""


def test_a_missing_input_is_a_problem_and_the_rest_is_built(tmp_path: Path) -> None:
    out = tmp_path / "x.dateline"
    said = run(
        "build", tmp_path / "none.txt", EXAMPLE / "08-island-echo-november-second.txt", "-o", out
    )
    assert "1 report added" in said
    assert "none.txt" in said


def test_every_public_name_is_there_and_costs_nothing_until_used() -> None:
    import subprocess
    import sys

    import dateline

    for name in dateline.__all__:
        assert callable(getattr(dateline, name))
    code = "import sys, dateline; print([m for m in ('spacy', 'sqlalchemy') if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"
