"""Stated dates in the forms that sources have."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.cleaning.published import parse_published


@pytest.mark.parametrize(
    ("stated", "edtf", "zone"),
    [
        pytest.param("2023-07-24", "2023-07-24", None, id="day"),
        pytest.param("2023-07-24T09:30:00+09:00", "2023-07-24T09:30:00+09:00", "+09:00", id="iso"),
        pytest.param("2023-07-24T09:30:00.123Z", "2023-07-24T09:30:00Z", "Z", id="fraction"),
        pytest.param("2023-07-24T09:30:00+0000", "2023-07-24T09:30:00+00:00", "+00:00", id="no-colon"),
        pytest.param("2023-07-24 09:30", "2023-07-24T09:30:00", None, id="space-no-zone"),
        pytest.param("2023-07-24 09:30 KST", "2023-07-24T09:30:00+09:00", "+09:00", id="zone-name"),
        pytest.param("2023-07-24 09:30 IST", "2023-07-24T09:30:00", None, id="zone-of-three-countries"),
        pytest.param("Mon, 24 Jul 2023 00:30:00 GMT", "2023-07-24T00:30:00Z", "Z", id="rfc-822"),
        pytest.param("Mon, 24 Jul 2023 09:30:00 +0900", "2023-07-24T09:30:00+09:00", "+09:00", id="mail"),
        pytest.param("July 24, 2023 9:30 PM EDT", "2023-07-24T21:30:00-04:00", "-04:00", id="american"),
        pytest.param("24 July 2023, 21.30", "2023-07-24T21:30:00", None, id="british"),
        pytest.param("24th of July", None, None, id="no-year"),
        pytest.param("24 Jul 2023 08:02 GMT", "2023-07-24T08:02:00Z", "Z", id="day-first"),
        pytest.param("Tue Jul 24 2023 03:05:46 GMT+0000", "2023-07-24T03:05:46+00:00", "+00:00", id="script"),
        pytest.param("Mon Jul 24 03:05:46 UTC 2023", "2023-07-24T03:05:46Z", "Z", id="unix"),
        pytest.param("01:38:07 PM IST Nov 20, 2019", "2019-11-20T13:38:07", None, id="time-first"),
        pytest.param("12:05 a.m. July 24, 2023", "2023-07-24T00:05:00", None, id="midnight"),
        pytest.param("Sept. 1, 2023", "2023-09-01", None, id="full-stop"),
        pytest.param("2023-07", "2023-07", None, id="month"),
        pytest.param("July 2023", "2023-07", None, id="month-in-words"),
        pytest.param("20230724", "2023-07-24", None, id="compact"),
        pytest.param("2023/07/24", "2023-07-24", None, id="slashes-year-first"),
        pytest.param("24/07/2023", "2023-07-24", None, id="cannot-be-month-24"),
        pytest.param("07/24/2023", "2023-07-24", None, id="cannot-be-month-24-either"),
        pytest.param("03/04/2023", None, None, id="two-readings"),
        pytest.param("04/04/2023", "2023-04-04", None, id="both-readings-agree"),
        pytest.param("1690158600", "2023-07-24T00:30:00Z", "Z", id="seconds"),
        pytest.param("1690158600000", "2023-07-24T00:30:00Z", "Z", id="milliseconds"),
        pytest.param("0001-01-01T00:00:00Z", None, None, id="placeholder"),
        pytest.param("2023-02-30", None, None, id="no-such-day"),
        pytest.param("yesterday", None, None, id="relative"),
        pytest.param("", None, None, id="empty"),
        pytest.param("a" * 100_000, None, None, id="endless"),
    ],
)  # fmt: skip
def test_forms(stated: str, edtf: str | None, zone: str | None) -> None:
    time = parse_published(stated)
    assert (time.edtf, time.zone) == (edtf, zone)
    assert time.basis == ("stated" if edtf else "unresolved")


def test_a_month_is_an_interval() -> None:
    time = parse_published("February 2024")
    assert (time.earliest, time.latest) == ("2024-02-01", "2024-02-29")


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_in_every_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%Y%m%d", "%Y/%m/%d"):
        time = parse_published(day.strftime(form))
        assert (time.earliest, time.latest) == (day.isoformat(), day.isoformat())


@given(st.text(max_size=60))
def test_any_text_gives_a_time(stated: str) -> None:
    assert parse_published(stated).basis in ("stated", "unresolved")
