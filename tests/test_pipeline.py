"""The whole line: the same reports give the same record, however and in what order they are read."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dateline.exports.jsonl import write_jsonl
from dateline.pipeline import add, build, link
from dateline.store import RecordError, open_record, read
from dateline.store.contents import contents
from dateline.store.verify import verify

EXAMPLE = Path(__file__).parent.parent / "examples" / "korea" / "reports"


def exported(path: Path) -> str:
    """The record's JSON Lines, without the times of capture."""
    out = io.StringIO()
    with open_record(path) as record, record.reading() as connection:
        write_jsonl(contents(connection), out)
    lines = []
    for line in out.getvalue().splitlines():
        thing = json.loads(line)
        thing.pop("captured", None)
        lines.append(json.dumps(thing, ensure_ascii=False))
    return "\n".join(lines)


def wrong_with(path: Path) -> list[object]:
    with open_record(path) as record, record.reading() as connection:
        return list(verify(connection))


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The example, built in one go: its record and export."""
    path = tmp_path_factory.mktemp("once") / "korea.dateline"
    build([EXAMPLE], path)
    return path, exported(path)


def test_the_example_is_healthy(once: tuple[Path, str]) -> None:
    assert wrong_with(once[0]) == []


def test_building_twice_changes_nothing(once: tuple[Path, str], tmp_path: Path) -> None:
    path = tmp_path / "korea.dateline"
    shutil.copy(once[0], path)
    summary = build([EXAMPLE], path)
    assert summary.added == 0
    assert exported(path) == once[1]


def test_linking_again_changes_nothing(once: tuple[Path, str], tmp_path: Path) -> None:
    path = tmp_path / "korea.dateline"
    shutil.copy(once[0], path)
    link(path)
    assert exported(path) == once[1]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_reading_leaves_no_trace(
    once: tuple[Path, str], tmp_path: Path, seed: int
) -> None:
    files = sorted(EXAMPLE.iterdir())
    random.Random(seed).shuffle(files)
    path = tmp_path / "korea.dateline"
    build(files, path)
    assert exported(path) == once[1]


def test_half_and_then_the_other_half_is_the_same(once: tuple[Path, str], tmp_path: Path) -> None:
    files = sorted(EXAMPLE.iterdir())
    for name, half in (("odd", files[1::2]), ("even", files[::2])):
        (tmp_path / name).mkdir()
        for file in half:
            shutil.copy(file, tmp_path / name)
    path = tmp_path / "korea.dateline"
    build([tmp_path / "odd"], path)
    add([tmp_path / "even"], path)
    assert exported(path) == once[1]


@pytest.mark.timeout(900)
def test_killed_at_twenty_moments_and_run_again(once: tuple[Path, str], tmp_path: Path) -> None:
    """SIGKILL while it reads, codes and links; then the same command again, and nothing is amiss.

    The process says when it begins to read, so that the moments fall into the work and not into
    the loading of the language pipeline.
    """
    chance = random.Random(20)
    command = [
        sys.executable,
        "-c",
        "import sys; from dateline.language import load_pipeline; from dateline.pipeline import build; "
        "load_pipeline(); print('ready', flush=True); build([sys.argv[1]], sys.argv[2])",
        str(EXAMPLE),
    ]

    def start(path: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen([*command, str(path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    whole = start(tmp_path / "whole.dateline")
    started = time.monotonic()
    assert whole.wait() == 0
    took = time.monotonic() - started
    for moment in range(20):
        path = tmp_path / f"{moment}.dateline"
        process = start(path)
        time.sleep(chance.uniform(0, took))
        process.send_signal(signal.SIGKILL)
        process.wait()
        build([EXAMPLE], path)
        assert exported(path) == once[1], f"killed at moment {moment}"
        assert wrong_with(path) == []


def test_another_desk_is_refused(once: tuple[Path, str], tmp_path: Path) -> None:
    path = tmp_path / "korea.dateline"
    shutil.copy(once[0], path)
    with pytest.raises(RecordError, match="Build a new record"):
        build([EXAMPLE], path, pipeline="another_pipeline")


def test_add_needs_a_record(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no record at"):
        add([EXAMPLE], tmp_path / "none.dateline")


# --------------------------------------------------------------------------- bad input

GOOD = "Published: 2022-01-05\nHarbour Post\n\nNorth Korea fired a ballistic missile on Wednesday, Seoul said.\n"


def _bomb() -> bytes:
    return gzip.compress(b"\0" * 200_000_000, compresslevel=9)


def _cut_warc() -> bytes:
    whole = (EXAMPLE / "28-archive.warc").read_bytes()
    return whole[: len(whole) // 2]


FEED_WITHOUT_DATES = """<?xml version="1.0"?><rss version="2.0"><channel><title>F</title>
<item><title>One thing in Seoul</title><link>https://a.example/1</link>
<description>South Korea said on Monday that it had seen nothing.</description></item>
<item><title>Another thing in Seoul</title><link>https://a.example/2</link>
<description>Japan said on Tuesday that it had seen something.</description></item>
</channel></rss>"""

BAD: list[Any] = [
    pytest.param("empty.txt", lambda: b"", id="an empty file"),
    pytest.param("spaces.txt", lambda: b" \n\t\n" * 100, id="only white space"),
    pytest.param("line.txt", lambda: b"word " * 20_000_000, id="100 MB of one line"),
    pytest.param("random.bin", lambda: random.Random(1).randbytes(200_000), id="random bytes"),
    pytest.param("random.txt", lambda: random.Random(2).randbytes(5_000), id="random .txt"),
    pytest.param("nul.txt", lambda: b"North\0Korea\0" * 50, id="NUL bytes"),
    pytest.param(
        "open.html",
        lambda: b"<html><body><div><p>North Korea " + b"<b>" * 5_000,
        id="HTML never closed",
    ),
    pytest.param("bomb.txt.gz", _bomb, id="a gzip bomb"),
    pytest.param("cut.txt.gz", lambda: gzip.compress(GOOD.encode() * 50)[:60], id="gzip cut"),
    pytest.param("cut.warc", _cut_warc, id="a WARC cut in half"),
    pytest.param("cut.warc.gz", lambda: gzip.compress(_cut_warc())[:-200], id="a .warc.gz cut"),
    pytest.param("bad.jsonl", lambda: b'{"text": "a"}\n{broken\n[1]\n"x"\n', id="bad JSON Lines"),
    pytest.param("bad.xml", lambda: b"<rss><channel><item>", id="a feed never closed"),
    pytest.param("bad.eml", lambda: b"From: x\nSubject: \xff\xfe\n\n\xff\xfe", id="a broken mail"),
    pytest.param("bad.csv", lambda: b'text,date\n"never closed', id="a broken CSV"),
    pytest.param("utf16.txt", lambda: b"\xff\xfe" + b"\xd8\x00" * 99, id="broken UTF-16"),
]


@pytest.mark.parametrize(("name", "make"), BAD)
def test_bad_input_is_a_problem_or_a_report_and_the_rest_is_built(
    tmp_path: Path, name: str, make: Callable[[], bytes]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(make())
    (tmp_path / "in" / "good.txt").write_text(GOOD)
    path = tmp_path / "x.dateline"
    started = time.monotonic()
    build([tmp_path / "in"], path)
    assert time.monotonic() - started < 120  # a hang, not a benchmark
    with open_record(path) as record, record.reading() as connection:
        where = {r.where for r in read.reports(connection)}
        problems = read.problems(connection)
        assert "good.txt" in where
        assert any(w.startswith(name) for w in where) or any(
            p.where.startswith(name) for p in problems
        ), "neither a report nor a problem"
        assert list(verify(connection)) == []


def test_a_feed_without_dates_is_read_and_dates_nothing(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED_WITHOUT_DATES)
    build([tmp_path / "feed.xml"], tmp_path / "x.dateline")
    with open_record(tmp_path / "x.dateline") as record, record.reading() as connection:
        reports = list(read.reports(connection))
        assert len(reports) == 2
        assert all(r.published.edtf is None for r in reports)
        assert all(s.made.earliest is None for s in read.statements(connection))


# --------------------------------------------------------------------------- the clock


@pytest.fixture
def files_of_another_day(tmp_path: Path) -> Path:
    """An undated report whose file says it was changed in 1999."""
    path = tmp_path / "undated.txt"
    path.write_text("North Korea fired a missile on Monday, South Korea said yesterday.\n")
    os.utime(path, (920_000_000, 920_000_000))
    return path


def test_no_date_comes_from_the_clock_or_the_file_system(
    files_of_another_day: Path, tmp_path: Path
) -> None:
    build([files_of_another_day], tmp_path / "x.dateline")
    text = exported(tmp_path / "x.dateline")
    for line in text.splitlines():
        for key in ("published", "made", "when"):
            dated = json.loads(line).get(key) or {}
            assert dated.get("earliest") is None, line
            assert dated.get("latest") is None, line
