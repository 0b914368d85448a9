"""A record keeps what it is given, whole or not at all, and says when something is wrong."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from dateline.model import (
    UNKNOWN_TIME,
    Actor,
    ActorMention,
    Count,
    Furniture,
    Mention,
    Place,
    Problem,
    Report,
    Statement,
    Time,
    content_id,
)
from dateline.store import RecordError, open_record, read, write
from dateline.store.rows import Coding
from dateline.store.search import fts_query, search
from dateline.store.values import from_json, to_json
from dateline.store.verify import verify
from factory import report

TEXT = "North Korea fired two missiles on Monday.\nSeoul condemned it, Kim said.\nSubscribe now!"
KIM = Actor("person:kim-min", "Kim Min", "person", "KOR", ("Kim",))
PRK = Actor("state:PRK", "North Korea", "state", "PRK", ("DPRK",))


def sample() -> tuple[Report, bytes, Coding]:
    raw = TEXT.encode()
    found = replace(
        report(TEXT, "2022-01-05"),
        sha256=hashlib.sha256(raw).hexdigest(),
        furniture=(Furniture(TEXT.index("Subscribe"), len(TEXT), "advert"),),
    )
    time = Time("2022-01-03", "2022-01-03", "2022-01-03", None, "published-anchored", (34, 40), "x")
    statement = Statement(
        id=content_id("st", found.id, 1),
        report=found.id,
        content=((42, 60),),
        cue=((66, 70),),
        speaker=KIM.id,
        speaker_words=((62, 65),),
    )
    mention = Mention(
        id=content_id("mn", found.id, 1),
        report=found.id,
        type="ASSAULT",
        trigger=((12, 17),),
        evidence=((0, 41),),
        source=(PRK.id,),
        source_words=((0, 11),),
        when=time,
        counts=(Count("missile", 2.0, 2.0, 2.0, False, (18, 21)),),
        place=Place("Sunan", 39.2, 125.67, 5.0),
    )
    actors = [
        ActorMention(0, 11, PRK, "North Korea", "alias"),
        ActorMention(62, 65, KIM, "Kim", "last-name"),
    ]
    return found, raw, Coding(found, actors, [time], [statement], [mention])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "korea.dateline"


def fill(path: Path) -> Coding:
    found, raw, coding = sample()
    with open_record(path, create=True) as record:
        write.add_report(record, found, raw)
        write.add_coding(record, coding)
    return coding


def test_everything_comes_back_as_it_went_in(path: Path) -> None:
    coding = fill(path)
    with open_record(path) as record, record.reading() as connection:
        assert list(read.reports(connection)) == [coding.report]
        assert read.statements(connection) == list(coding.statements)
        assert read.mentions(connection) == list(coding.mentions)
        assert read.times(connection, coding.report.id) == list(coding.times)
        assert read.actor_mentions(connection, coding.report.id) == list(coding.actors)
        assert read.raw_bytes(connection, coding.report.sha256) == TEXT.encode()


def test_writing_twice_changes_nothing(path: Path) -> None:
    fill(path)
    with open_record(path) as record, record.reading() as connection:
        once = read.counts(connection), list(read.citations(connection))
    fill(path)
    with open_record(path) as record, record.reading() as connection:
        assert (read.counts(connection), list(read.citations(connection))) == once


def test_the_same_report_from_two_places_is_one_with_the_first_place_by_name(path: Path) -> None:
    found, raw, _ = sample()
    with open_record(path, create=True) as record:
        assert write.add_report(record, replace(found, where="b.txt"), raw)
        assert not write.add_report(record, replace(found, where="a.txt"), raw)
        with record.reading() as connection:
            assert [r.where for r in read.reports(connection)] == ["a.txt"]


def test_a_reader_works_while_a_writer_writes(path: Path) -> None:
    fill(path)
    with open_record(path) as record, record.writing() as writer:
        writer.execute(text("DELETE FROM evidence"))
        with record.reading() as reader:
            assert len(list(read.citations(reader))) > 0


def test_healthy_is_silent(path: Path) -> None:
    fill(path)
    with open_record(path) as record, record.reading() as connection:
        assert list(verify(connection)) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        pytest.param(
            "UPDATE evidence SET start = start + 1 WHERE role = 'cue'", "not those at", id="moved"
        ),
        pytest.param(
            "UPDATE evidence SET \"end\" = 9999 WHERE role = 'cue'", "not inside", id="past the end"
        ),
        pytest.param("UPDATE report SET text = 'x' || text", "not those at", id="text changed"),
        pytest.param("UPDATE raw SET compressed = x'00'", "cannot be unpacked", id="bytes broken"),
        pytest.param(
            "UPDATE raw SET compressed = x'789c030000000001'", "now hash to", id="bytes exchanged"
        ),
        pytest.param(
            f'UPDATE evidence SET start = {TEXT.index("Subscribe")}, "end" = {len(TEXT)}, '
            "words = 'Subscribe now!' WHERE role = 'cue'",
            "furniture (advert)",
            id="an advert as evidence",
        ),
        pytest.param("DELETE FROM evidence", "no evidence", id="evidence gone"),
        pytest.param(
            "INSERT INTO report_words(report_words) VALUES ('delete-all')",
            "can be searched",
            id="search index lost",
        ),
    ],
)
def test_verify_finds_damage(path: Path, damage: str, said: str) -> None:
    fill(path)
    with sqlite3.connect(path) as raw:
        raw.execute(damage)
    with open_record(path) as record, record.reading() as connection:
        problems = list(verify(connection))
    assert any(said in p.why for p in problems), problems


@pytest.mark.parametrize(
    ("make", "said"),
    [
        pytest.param(lambda p: None, "no record at", id="missing"),
        pytest.param(lambda p: p.mkdir(), "is a folder", id="a folder"),
        pytest.param(lambda p: p.write_text("hello, this is text"), "not a Dateline", id="text"),
        pytest.param(
            lambda p: sqlite3.connect(p).executescript("CREATE TABLE x(y);"),
            "not a Dateline",
            id="other SQLite",
        ),
    ],
)
def test_what_is_no_record_is_refused_with_advice(path: Path, make: object, said: str) -> None:
    make(path)  # type: ignore[operator]
    with pytest.raises(RecordError, match=said):
        open_record(path)


def test_a_newer_record_is_refused(path: Path) -> None:
    fill(path)
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(RecordError, match="newer Dateline"):
        open_record(path)


@pytest.mark.parametrize(
    ("words", "query"),
    [
        pytest.param("early warning", '("early warning") OR ("early" AND "warning")', id="words"),
        pytest.param('"early warning"', '"early warning"', id="phrase"),
        pytest.param("U.S.", '"U.S."', id="punctuation is no syntax"),
        pytest.param("NEAR(", '"NEAR("', id="an operator is a word"),
        pytest.param('"', "", id="nothing to look for"),
        pytest.param("---", "", id="no letters"),
    ],
)
def test_fts_query(words: str, query: str) -> None:
    assert fts_query(words) == query


def test_search_gives_the_exact_words(path: Path) -> None:
    fill(path)
    with open_record(path) as record, record.reading() as connection:
        (passage,) = search(connection, "missile")  # endings do not matter
        assert TEXT[passage.start : passage.end] == passage.words == "missiles"
        assert search(connection, "submarine") == []


@given(st.text())
def test_any_search_words_are_safe(words: str) -> None:
    from sqlalchemy import create_engine

    query = fts_query(words.replace("\0", ""))
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("CREATE VIRTUAL TABLE t USING fts5(x)"))
        if query:
            connection.execute(text("SELECT * FROM t WHERE t MATCH :q"), {"q": query}).all()


spans = st.tuples(st.integers(0, 50), st.integers(50, 99))
times = st.builds(
    Time,
    edtf=st.none() | st.text(max_size=10),
    earliest=st.none() | st.dates().map(str),
    words=st.none() | spans,
)


@given(
    st.one_of(
        times,
        st.builds(
            Statement,
            id=st.text(),
            report=st.text(),
            content=st.lists(spans).map(tuple),
            made=times,
        ),
        st.builds(Problem, stage=st.text(), where=st.text(), why=st.text()),
        st.builds(
            Actor,
            id=st.text(),
            name=st.text(),
            type=st.just("person"),
            aliases=st.lists(st.text()).map(tuple),
        ),
    )
)
def test_values_survive_the_round_trip(value: object) -> None:
    assert from_json(type(value), to_json(value)) == value


def test_unknown_time_is_all_open() -> None:
    assert from_json(Time, to_json(UNKNOWN_TIME)) == UNKNOWN_TIME
