"""What holds for every format: content decides, `where` is relative, bad input is a Problem."""

from __future__ import annotations

import gzip
import io
import os
import random
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from samples import STORY, page, read_bytes, warc

from dateline.model import Problem, RawItem
from dateline.sources import READERS, opened, read_all
from dateline.sources.opened import Opened

TEXT = "\n".join(STORY)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Strait Courier</title>'
    f"<item><title>Two missiles</title><description>{TEXT}</description></item></channel></rss>"
)
MAIL = (
    "From: Island Echo <desk@echo.example>\nTo: a@b.example\nSubject: Two missiles\n"
    f"Date: Mon, 24 Jul 2023 09:30:00 +0900\n\n{TEXT}\n"
)
EXAMPLES = {
    "warc": warc([page()]),
    "feed": FEED.encode(),
    "html": page().encode(),
    "mail": MAIL.encode(),
    "json": b'{"title": "Two missiles", "text": "Two fell in the sea.", "published": "2024-01-02"}\n',
    "csv": b'headline,body,date\nTwo missiles,"Two fell, in the sea.",2024-01-02\n',
    "text": TEXT.encode(),
}


def test_every_reader_has_an_example() -> None:
    assert [reader.name for reader in READERS] == list(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_content_decides_and_not_the_name(name: str) -> None:
    first = next(reader for reader in READERS if reader.sniff(EXAMPLES[name], "stories.dat"))
    assert first.name == name


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzipped"])
def test_reads_its_report(tmp_path: Path, name: str, packed: bool) -> None:
    data = gzip.compress(EXAMPLES[name]) if packed else EXAMPLES[name]
    items, problems = read_bytes(tmp_path, "input", data)
    assert not problems
    assert len(items) == 1
    item = items[0]
    assert "in the sea" in item.text or "into the sea" in item.text
    assert item.where.split("#")[0] == "input"
    assert item.raw
    assert "\ufffd" not in item.text
    assert (item.captured is None) == (name != "warc")  # only an archive states it


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.95])
def test_cut_short_never_crashes(tmp_path: Path, name: str, share: float) -> None:
    data = EXAMPLES[name]
    items, problems = read_bytes(tmp_path, "input", data[: int(len(data) * share)])
    assert items or problems  # nothing is lost in silence


@given(st.binary(max_size=400))
@example(b"<rss>\0")
@example(b"WARC/1.0\r\n\r\n")
@example(b"\x1f\x8b\x08\0")
@example(b'{"text": NaN}')
@example(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_reports_or_problems(data: bytes) -> None:
    for start in (b"", b"WARC/1.0\r\n", b"<?xml?><rss>", b"<html><p>", b'{"', b"text,date\n"):
        stream = io.BufferedReader(io.BytesIO(start + data))  # type: ignore[arg-type]
        from dateline.sources import read

        assert all(isinstance(found, RawItem | Problem) for found in read(Opened(stream, "x")))


def test_folders_are_read_in_order_and_hidden_files_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.txt", ".hidden.txt", ".git/x.txt", "c.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text('{"text": "One."}\n{"text": "Two."}' if name == "c.jsonl" else name)
    found = list(read_all([tmp_path]))
    assert [item.where for item in found] == [
        "a/1.txt",
        "a/2.txt",
        "b.txt",
        "c.jsonl#1",
        "c.jsonl#2",
    ]


def test_the_same_file_reads_the_same_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    whole, absolute, relative = (list(read_all([p])) for p in (".", tmp_path / "a.txt", "a.txt"))
    assert whole == absolute == relative


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BufferedReader(io.BytesIO(EXAMPLES["json"])))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "stdin", stdin)
    (item,) = read_all(["-"])
    assert isinstance(item, RawItem)
    assert item.where == "-#1"


def test_an_archive_from_a_pipe(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, warc([page()] * 2))
    os.close(writing)
    from dateline.sources import read

    with open(reading, "rb") as stream:
        assert [item.where for item in read(Opened(stream, "-"))] == ["-#1", "-#2"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n\t\n", "empty", id="white-space-only"),
        pytest.param(random.Random(1).randbytes(100_000), "not text", id="random-bytes"),
        pytest.param(
            bytes(b for b in random.Random(2).randbytes(100_000) if b), "not text", id="no-nul"
        ),
        pytest.param(b"a missile\0two missiles" * 9, "not text", id="nul-bytes"),
        pytest.param(b"<html><body></body></html>", "no article", id="empty-page"),
        pytest.param(b"<html>" + b"<div>" * 100_000, "no article", id="html-never-closes"),
        pytest.param(b"a" * (17 << 20), "larger than", id="one-endless-line"),
        pytest.param(b"two missiles " * 100_000, "no report", id="text-of-a-million-characters"),
        pytest.param(b'{"text": "' + b"a" * (17 << 20), "larger than", id="endless-json-line"),
        pytest.param(gzip.compress(b"\0" * (80 << 20)), "larger than", id="gzip-bomb-of-nothing"),
        pytest.param(
            gzip.compress(b'{"text": ""}\n' + b"\n" * (80 << 20)), "gzip bomb", id="gzip-bomb-of-lines"
        ),
        pytest.param(gzip.compress(os.urandom(1 << 16))[:5000], "not text|ends early", id="half-gzip"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_a_problem(tmp_path: Path, data: bytes, why: str) -> None:
    items, problems = read_bytes(tmp_path, "input", data)
    assert not items
    assert any(any(part in problem.why for part in why.split("|")) for problem in problems)
    assert {problem.stage for problem in problems} == {"sources"}


def test_html_that_never_closes_is_read() -> None:
    markup = page().split("</article>")[0]
    stream = io.BufferedReader(io.BytesIO(markup.encode()))  # type: ignore[arg-type]
    from dateline.sources import read

    (item,) = read(Opened(stream, "x"))
    assert isinstance(item, RawItem)
    assert STORY[2] in item.text


def test_total_unpacked_size_is_capped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MAX_UNPACKED", 300_000)
    rows = [b'{"text": "%d"}\n' % number for number in range(100_000)]
    items, problems = read_bytes(tmp_path, "rows.gz", gzip.compress(b"".join(rows)))
    assert 1_000 < len(items) < 30_000  # those before the cap are kept
    assert "unpacks to more" in problems[-1].why


@pytest.mark.parametrize("name", ["missing.txt", "no/such/file"])
def test_missing_files(tmp_path: Path, name: str) -> None:
    (problem,) = read_all([tmp_path / name])
    assert isinstance(problem, Problem)
    assert problem.where == Path(name).name
    assert "No such file" in problem.why


def test_pipes_and_devices_in_a_folder_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (problem,) = read_all([tmp_path])
    assert isinstance(problem, Problem)
    assert problem.why == "not a regular file"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1, max_size=80))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
def test_text_is_kept_character_for_character(tmp_path: Path, words: str) -> None:
    text = f"He said: {words}\r\nAnd more."
    items, _ = read_bytes(tmp_path, "a.txt", text)
    assert [item.text for item in items] == [text]
