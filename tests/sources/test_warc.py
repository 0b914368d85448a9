"""WARC archives, whole and broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import page, read_bytes, warc

PAGES = [page(headline=f"Missile number {number}") for number in (1, 2, 3)]


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzipped"])
def test_records(tmp_path: Path, packed: bool) -> None:
    items, problems = read_bytes(tmp_path, "a.warc", warc(PAGES, packed))
    assert not problems
    assert [(i.where, i.title, i.url, i.captured) for i in items] == [
        ("a.warc#1", "Missile number 1", "https://harbour.example/1", "2024-03-01T06:00:00Z"),
        ("a.warc#2", "Missile number 2", "https://harbour.example/2", "2024-03-02T06:00:00Z"),
        ("a.warc#3", "Missile number 3", "https://harbour.example/3", "2024-03-03T06:00:00Z"),
    ]  # fmt: skip


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzipped"])
def test_cut_anywhere(tmp_path: Path, packed: bool) -> None:
    whole = warc(PAGES, packed)
    ends = [len(warc(PAGES[:count], packed)) for count in range(4)]
    for cut in range(8, len(whole) - 4, 37):
        items, problems = read_bytes(tmp_path, "a.warc", whole[:cut])
        full = sum(end <= cut for end in ends[1:])
        # A record whose last line breaks alone are cut off is whole, and still read.
        assert full <= len(items) <= full + 1
        assert problems or len(items) == full + 1 or cut in ends, cut


def test_other_kinds_of_content_are_passed_over(tmp_path: Path) -> None:
    archive = warc(PAGES).replace(b"Content-Type: text/html", b"Content-Type: image/gif", 1)
    items, problems = read_bytes(tmp_path, "a.warc", archive)
    assert [item.where for item in items] == ["a.warc#2", "a.warc#3"]
    assert not problems


def test_damage_inside(tmp_path: Path) -> None:
    whole = bytearray(warc(PAGES))
    at = len(warc(PAGES[:1]))
    whole[at : at + 12] = b"?" * 12
    items, problems = read_bytes(tmp_path, "a.warc", bytes(whole))
    assert [item.where for item in items][:1] == ["a.warc#1"]
    assert problems
