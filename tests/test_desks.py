"""Desks: what the packaged one holds, and what a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import lexicon
from dateline.desks import DeskDataError, DeskNotFoundError, load_desk
from dateline.model import Actor, Desk


@pytest.fixture(scope="module")
def korea() -> Desk:
    return load_desk("korea")


def by_id(desk: Desk, actor: str) -> Actor:
    return next(a for a in desk.actors if a.id == actor)


def write(folder: Path, **texts: str) -> str:
    """A desk's folder with the given files; `desk.toml` is there unless given."""
    folder.mkdir(exist_ok=True)
    texts = {"desk": 'name = "own"\ntitle = "Our own"\n'} | texts
    for name, text in texts.items():
        folder.joinpath(f"{name}.toml").write_text(text, "utf-8")
    return str(folder)


# --------------------------------------------------------------------------- the Korea desk


def test_the_world_has_197_states() -> None:
    codes = [state["code"] for state in lexicon.load("states")["states"]]
    assert len(codes) == len(set(codes)) == 197


def test_states_have_names_demonyms_and_seats(korea: Desk) -> None:
    north = by_id(korea, "state:PRK")
    assert {"North Korea", "DPRK", "the North", "North Koreans"} <= set(north.aliases)
    assert "Pyongyang" in north.seats
    assert "Pyongyang" not in north.aliases


def test_every_office_says_where_it_can_be_checked(korea: Desk) -> None:
    offices = [office for actor in korea.actors for office in actor.offices]
    assert len(offices) > 150
    assert all(office.source and office.source.startswith("https://") for office in offices)


@pytest.mark.parametrize(
    ("title", "state"),
    [
        pytest.param(title, state, id=f"{state} {title}")
        for title in ("foreign minister", "defense minister")
        for state in ("USA", "PRK", "KOR", "JPN", "CHN")
    ],
)
def test_no_two_hold_one_office_for_a_whole_year(korea: Desk, title: str, state: str) -> None:
    for year in range(2017, 2026):
        held = {
            actor.id
            for actor in korea.actors
            for office in actor.offices
            if office.of == f"state:{state}"
            and korea.titles.get(office.title.lower()) == title
            and (office.start or "") < f"{year}-01-01"
            and (office.end is None or office.end > f"{year}-12-31")
        }
        assert len(held) <= 1, (year, held)


def test_wires_are_credited_by_all_their_names(korea: Desk) -> None:
    assert {"AP", "Associated Press", "The Associated Press"} <= set(korea.wires["AP"])
    assert {"AFP", "Reuters", "Yonhap", "Kyodo", "KCNA", "Xinhua", "TASS", "UPI", "dpa"} <= set(
        korea.wires
    )


def test_kcna_speaks_for_its_state(korea: Desk) -> None:
    kcna = next(o for o in korea.outlets if o.wire == "KCNA")
    assert (kcna.state, kcna.voice) == ("PRK", "body:kcna")


def test_a_title_has_one_meaning_whatever_its_words(korea: Desk) -> None:
    assert korea.titles["secretary of state"] == korea.titles["foreign minister"]
    assert all(word == word.lower() for word in korea.titles)


# --------------------------------------------------------------------------- loading


def test_a_folder_anywhere_is_a_desk(tmp_path: Path) -> None:
    actors = (
        '[[bodies]]\nid = "body:guild"\nname = "The Guild"\n'
        '[[people]]\nid = "person:mary-ellison"\nname = "Mary Ellison"\nstate = "CAN"\n'
        'pronoun = "she"\naliases = ["Ellison"]\n'
        'offices = [{title = "warden", of = "body:guild", start = "2020", source = "https://x"}]\n'
    )
    kinds = (
        '[[kinds]]\nid = "parade"\nname = "parade"\ntype = "DEMONSTRATE"\ntriggers = ["march"]\n'
    )
    places = '[[places]]\nname = "Port"\nlat = 1\nlon = 2.5\nradius_km = 3\nstate = "CAN"\n'
    desk = load_desk(write(tmp_path / "own", actors=actors, kinds=kinds, places=places))
    mary = by_id(desk, "person:mary-ellison")
    assert (mary.pronoun, mary.offices[0].of, mary.offices[0].start) == (
        "she",
        "body:guild",
        "2020",
    )
    assert desk.kinds[0].triggers == ("march",)
    assert desk.places[0].lat == 1.0
    assert desk.titles["warden"] == "warden"


def test_a_desk_may_drop_a_name_of_the_lexicon(tmp_path: Path) -> None:
    actors = '[[states]]\ncode = "USA"\nwithout = ["America"]\n'
    desk = load_desk(write(tmp_path / "own", actors=actors))
    assert "America" not in by_id(desk, "state:USA").aliases


@pytest.mark.parametrize("name", ["no_such_desk", "./no/such/folder"])
def test_a_desk_that_is_not_there(name: str) -> None:
    with pytest.raises(DeskNotFoundError, match="korea"):
        load_desk(name)


PERSON = '[[people]]\nid = "person:a"\nname = "Anna Alder"\n'
OFFICE = PERSON + "offices = [{{title = {}, of = {}, source = 'https://x'{}}}]\n"
WRONG = [
    pytest.param({"desk": 'name = "own"'}, "title is missing", id="no title"),
    pytest.param({"desk": 'name = "own"\ntitle = "O"\nfeed = []'}, "unknown key 'feed'", id="key"),
    pytest.param({"actors": "[[bodies]\n"}, "not TOML", id="not TOML"),
    pytest.param({"actors": "[[bodie]]\n"}, "unknown key 'bodie'", id="unknown table"),
    pytest.param(
        {"actors": PERSON + 'nickname = "A"\n'}, "unknown key 'nickname'", id="unknown key in a row"
    ),
    pytest.param({"actors": '[[bodies]]\nid = "body:a"\n'}, "name is missing", id="missing key"),
    pytest.param({"actors": PERSON + "state = 7\n"}, "not of the right type", id="wrong type"),
    pytest.param({"actors": PERSON + 'pronoun = "it"\n'}, "not of the right type", id="pronoun"),
    pytest.param({"actors": PERSON + 'state = "ENG"\n'}, "'ENG' is not the ISO", id="state code"),
    pytest.param({"actors": PERSON + PERSON}, "stands there twice", id="the same id twice"),
    pytest.param(
        {"actors": PERSON + PERSON.replace("person:a", "person:b")},
        "'Anna Alder' is given to both person:a and person:b",
        id="an alias of two actors",
    ),
    pytest.param(
        {"actors": '[[bodies]]\nid = "guild"\nname = "Guild"\n'}, "must begin with 'body:'", id="id"
    ),
    pytest.param(
        {"actors": '[[groups]]\nid = "group:a"\nname = "A"\nmembers = ["state:XX"]\n'},
        "the member 'state:XX'",
        id="a member that nobody is",
    ),
    pytest.param(
        {"actors": OFFICE.format("'chief'", "'body:none'", "")}, "neither a state's", id="whose?"
    ),
    pytest.param(
        {"actors": OFFICE.format("'chief'", "'CAN'", ", start = '2021-05', end = '2020'")},
        "ends .* before it starts",
        id="an office that ends before it starts",
    ),
    pytest.param(
        {"actors": OFFICE.format("'chief'", "'CAN'", ", start = 'May 2021'")},
        "not an ISO day",
        id="a day that is none",
    ),
    pytest.param(
        {"actors": OFFICE.format("'chief'", "'CAN'", ", start = '2021-02-30'")},
        "not an ISO day",
        id="a day that no month has",
    ),
    pytest.param(
        {"actors": PERSON + "offices = [{title = 'chief', of = 'CAN'}]\n"},
        "source is missing",
        id="an office without a source",
    ),
    pytest.param(
        {"outlets": '[[outlets]]\nname = "Post"\nvoice = "body:none"\n'},
        "no actor's id",
        id="voice",
    ),
    pytest.param(
        {"places": '[[places]]\nname = "Port"\nstate = "XX"\n'},
        "is not the ISO",
        id="place's state",
    ),
    pytest.param(
        {"kinds": '[[kinds]]\nid = "a"\nname = "a"\ntype = "FIGHT"\ntrigers = ["x"]\n'},
        "unknown key 'trigers'",
        id="a misspelt key of a kind",
    ),
    pytest.param({"kinds": '[kinds]\nid = "a"\n'}, "array of tables", id="a table, not an array"),
]


@pytest.mark.parametrize(("texts", "message"), WRONG)
def test_a_wrong_desk_says_what_is_wrong(
    tmp_path: Path, texts: dict[str, str], message: str
) -> None:
    with pytest.raises(DeskDataError, match=message):
        load_desk(write(tmp_path / "own", **texts))
