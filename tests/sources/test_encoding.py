"""Which encoding bytes are in, and whether they are text."""

from __future__ import annotations

import pytest

from dateline.sources.encoding import decode

GERMAN = "Der Außenminister sagte, Nordkorea habe Raketen über das Meer geschossen. " * 5
KOREAN = "북한이 월요일 동해로 미사일 두 발을 발사했다고 합동참모본부가 밝혔다. " * 5


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        pytest.param(KOREAN.encode(), None, KOREAN, id="utf-8"),
        pytest.param(b"\xef\xbb\xbfTwo missiles", None, "Two missiles", id="byte-order-mark-goes"),
        pytest.param("Two — fell".encode("utf-16"), None, "Two — fell", id="utf-16-with-mark"),
        pytest.param("Two — fell".encode("utf-16-le"), "utf-16-le", "Two — fell", id="utf-16-told"),
        pytest.param(KOREAN.encode("euc-kr"), "euc-kr", KOREAN, id="declared"),
        pytest.param(KOREAN.encode("euc-kr"), None, KOREAN, id="korean-found"),
        pytest.param(GERMAN.encode("latin-1"), None, GERMAN, id="latin-1-found"),
        pytest.param("“Two”".encode("cp1252"), "iso-8859-1", "“Two”", id="latin-1-means-cp1252"),
        pytest.param(KOREAN.encode(), "euc-kr", KOREAN, id="declared-wrongly"),
        pytest.param(b"Two missiles", "no-such-charset", "Two missiles", id="declared-nonsense"),
    ],
)
def test_decode(data: bytes, declared: str | None, text: str) -> None:
    decoded = decode(data, declared)
    assert decoded is not None
    assert decoded.text == text
    assert decoded.broken == 0


def test_a_few_broken_bytes_are_counted() -> None:
    decoded = decode("Two missiles fell — ".encode() * 200 + b"\xe2\x80")
    assert decoded is not None
    assert decoded.broken == 1


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\r", b"\xff\xfe\x00", b"\x07\x08\x01" * 99]
)
def test_no_text(data: bytes) -> None:
    assert decode(data) is None
