"""The words that stand for actors: tables of sentences, a reason a row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import lexicon
from dateline.actors import find_actors
from dateline.actors.people import slug
from dateline.actors.vocabulary import plain
from dateline.desks import load_desk
from dateline.model import UNKNOWN_TIME, ActorMention, Analysis, Desk, Time
from factory import analysed, report

REPORTS = Path(__file__).parents[2] / "shared" / "data" / "reports"


@pytest.fixture(scope="module")
def desk() -> Desk:
    return load_desk("korea")


def found(desk: Desk, text: str, published: str | None = None) -> list[tuple[str, str]]:
    """The words of each mention with the actor's id."""
    read, analysis = analysed(text, published)
    return [(read.text[m.start : m.end], m.actor.id) for m in find_actors(read, analysis, desk)]


US, PRK, KOR, JPN, CHN = "state:USA", "state:PRK", "state:KOR", "state:JPN", "state:CHN"


STATES = [
    pytest.param("Havana says it did not.", [("Havana", "state:CUB")], id="taken for a person"),
    pytest.param("Will Beijing veto it?", [("Beijing", CHN)], id="a verb taken for a given name"),
    pytest.param("Will Smith met nobody.", [], id="a given name that is one"),
    pytest.param(
        "Islamabad, stung by this, hit back.", [("Islamabad", "state:PAK")], id="no dateline"
    ),
    pytest.param("The USS Kentucky sailed.", [("USS", US)], id="whose ship"),
    pytest.param(
        "Mali told them to leave.", [("Mali", "state:MLI")], id="no other meaning in news"
    ),
    pytest.param(
        "Georgia's president left.",
        [("Georgia's president", "office:GEO:president")],
        id="an office that only states have",
    ),
    pytest.param("Georgia's governor left.", [], id="an office that the other Georgia has"),
    pytest.param(
        "Biden and Xi met.",
        [("Biden", "person:joe-biden"), ("Xi", "person:xi-jinping")],
        id="known by the family name alone",
    ),
    pytest.param("North Korea fired a missile.", [("North Korea", PRK)], id="name"),
    pytest.param("The DPRK fired a missile.", [("DPRK", PRK)], id="short form"),
    pytest.param("The D.P.R.K. said so.", [("D.P.R.K.", PRK)], id="short form with stops"),
    pytest.param("Japan’s answer was quick.", [("Japan", JPN)], id="possessive left out, curly"),
    pytest.param("The Japanese protested.", [("Japanese", JPN)], id="demonym"),
    pytest.param("The South Koreans left.", [("South Koreans", KOR)], id="demonym in the plural"),
    pytest.param("He told us to leave it to us.", [], id="us is not US"),
    pytest.param("The US left.", [("US", US)], id="US is"),
    pytest.param("NORTH KOREA FIRES MISSILE", [("NORTH KOREA", PRK)], id="capitals throughout"),
    pytest.param(
        "The White House and the Kremlin disagreed.",
        [("White House", US), ("Kremlin", "state:RUS")],
        id="seats of government that mean nothing else",
    ),
    pytest.param(
        "The Japanese government protested.", [("Japanese government", JPN)], id="a government"
    ),
    pytest.param(
        "The government of Japan protested.", [("government of Japan", JPN)], id="turned round"
    ),
    pytest.param(
        "The Biden administration finished its review.",
        [("Biden administration", US)],
        id="an administration is its state, not its head",
    ),
    pytest.param(
        "North Korea was silent. The North has not answered.",
        [("North Korea", PRK), ("The North", PRK)],
        id="the North, where the report names North Korea too",
    ),
    pytest.param(
        "Work that [South] Korea and Japan do.",
        [("South] Korea", KOR), ("Japan", JPN)],
        id="an editor's brackets",
    ),
    pytest.param(
        "The two Koreas spoke.", [("two Koreas", "group:KOR+PRK")], id="a group of the desk"
    ),
    pytest.param("Snow fell across the North.", [], id="the North of somewhere else"),
    pytest.param(
        "North Korea sailed the North Atlantic.",
        [("North Korea", PRK)],
        id="the North Atlantic is no state",
    ),
    pytest.param(
        "North Korea and the North American press.",
        [("North Korea", PRK)],
        id="the North American neither",
    ),
    pytest.param("The ship crossed the South China Sea.", [], id="a sea"),
    pytest.param("The missile fell into the Sea of Japan.", [], id="a sea, turned round"),
    pytest.param("He writes for the Washington Post.", [], id="a newspaper"),
    pytest.param("Peace on the Korean Peninsula is far.", [], id="Korean alone does not tell"),
    pytest.param(
        "Cambodia wrote to the Republic of Serbia.",
        [("Cambodia", "state:KHM"), ("Republic of Serbia", "state:SRB")],
        id="the long form of a name",
    ),
    pytest.param("Refugees came to Georgia, a state of plenty.", [], id="Georgia alone"),
    pytest.param(
        "Georgia agreed, officials in Tbilisi said.",
        [("Georgia", "state:GEO")],
        id="Georgia with its capital",
    ),
]


@pytest.mark.parametrize(("text", "expected"), STATES)
def test_states(desk: Desk, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(desk, text) == expected


CAPITALS = [
    pytest.param("Pyongyang said it would answer.", [("Pyongyang", PRK)], id="subject of saying"),
    pytest.param("China should use Beijing's role.", [("China", CHN), ("Beijing", CHN)], id="owns"),
    pytest.param("They began talks with Pyongyang.", [("Pyongyang", PRK)], id="with"),
    pytest.param("The envoy urged Beijing to help.", [("Beijing", CHN)], id="object of urging"),
    pytest.param(
        "Ties between Seoul and Tokyo improved.", [("Seoul", KOR), ("Tokyo", JPN)], id="between"
    ),
    pytest.param("He sent a message to Tehran.", [("Tehran", "state:IRN")], id="a message to"),
    pytest.param("They met in Washington on Monday.", [], id="a place of meeting"),
    pytest.param("She flew to Tokyo.", [], id="a place to go"),
    pytest.param("Seoul is a city of ten million.", [], id="what a place is"),
    pytest.param("Tokyo was shaken by a strong earthquake.", [], id="what befalls a place"),
    pytest.param("Seoul's airport closed.", [], id="what a city owns"),
    pytest.param("The Seoul-based group said nothing.", [], id="where a group is"),
]


@pytest.mark.parametrize(("text", "expected"), CAPITALS)
def test_a_capital_is_a_government_only_where_it_acts(
    desk: Desk, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(desk, text) == expected


BODIES = [
    pytest.param(
        "The UN Security Council met.",
        [("UN Security Council", "body:un-security-council")],
        id="longest name wins",
    ),
    pytest.param(
        "Japan's defense ministry said so.",
        [("Japan's defense ministry", "body:jpn-defense-ministry")],
        id="a state's ministry",
    ),
    pytest.param(
        "The foreign ministry of France said so.",
        [("foreign ministry of France", "body:fra-foreign-ministry")],
        id="a ministry that the desk does not list",
    ),
    pytest.param(
        "South Korea's Joint Chiefs of Staff said so. The Joint Chiefs of Staff waited.",
        [
            ("South Korea's Joint Chiefs of Staff", "body:kor-joint-chiefs-of-staff"),
            ("Joint Chiefs of Staff", "body:kor-joint-chiefs-of-staff"),
        ],
        id="the only one of its kind in the report",
    ),
    pytest.param(
        "Seoul's Joint Chiefs of Staff and the U.S. Joint Chiefs of Staff met. "
        "The Joint Chiefs of Staff waited.",
        [
            ("Seoul's Joint Chiefs of Staff", "body:kor-joint-chiefs-of-staff"),
            ("U.S. Joint Chiefs of Staff", "body:usa-joint-chiefs-of-staff"),
        ],
        id="two of a kind: bare words left out",
    ),
    pytest.param("The ministry said so.", [], id="nobody's ministry"),
    pytest.param(
        "Mexico's Congress voted.",
        [("Mexico's Congress", "body:mex-congress")],
        id="another state's body of the same name",
    ),
    pytest.param("The party held its Eighth Congress.", [], id="a congress is not the Congress"),
]


@pytest.mark.parametrize(("text", "expected"), BODIES)
def test_bodies(desk: Desk, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(desk, text) == expected


MINISTER = "South Korea's foreign minister spoke."
OFFICES = [
    pytest.param(
        MINISTER, "2021-05-05",
        [("South Korea's foreign minister", "person:chung-eui-yong")], id="holder in 2021",
    ),
    pytest.param(
        MINISTER, "2024-03-20",
        [("South Korea's foreign minister", "person:cho-tae-yul")], id="holder in 2024",
    ),
    pytest.param(
        MINISTER, None,
        [("South Korea's foreign minister", "office:KOR:foreign-minister")],
        id="day unknown: the office itself",
    ),
    pytest.param(
        MINISTER, "2024-01-10",
        [("South Korea's foreign minister", "office:KOR:foreign-minister")],
        id="two holders on the day of the change",
    ),
    pytest.param(
        MINISTER, "2025-07-15",
        [("South Korea's foreign minister", "office:KOR:foreign-minister")],
        id="two holders in a month known to the month alone",
    ),
    pytest.param(
        "The U.S. secretary of state spoke.", "2022-01-01",
        [("U.S. secretary of state", "person:antony-blinken")], id="another word for the office",
    ),
    pytest.param(
        "The prime minister of Japan spoke.", "2023-01-01",
        [("prime minister of Japan", "person:fumio-kishida")], id="turned round",
    ),
    pytest.param(
        "The prime minister of Norway spoke.", "2023-01-01",
        [("prime minister of Norway", "office:NOR:prime-minister")], id="no row in the desk",
    ),
    pytest.param(
        "A South Korean foreign minister cannot.", "2021-05-05",
        [("South Korean foreign minister", "office:KOR:foreign-minister")],
        id="any holder, no holder",
    ),
    pytest.param(
        "The former South Korean foreign minister spoke.", "2021-05-05",
        [("former South Korean foreign minister", "office:KOR:former-foreign-minister")],
        id="not in office",
    ),
    pytest.param(
        "Secretary of State Antony Blinken arrived. The secretary of state then left.", None,
        [
            ("Secretary of State Antony Blinken", "person:antony-blinken"),
            ("secretary of state", "person:antony-blinken"),
        ],
        id="day unknown, but the report names the holder",
    ),
    pytest.param(
        "President Joe Biden met President Yoon Suk Yeol. The president then left.", "2023-04-26",
        [
            ("President Joe Biden", "person:joe-biden"),
            ("President Yoon Suk Yeol", "person:yoon-suk-yeol"),
        ],
        id="two presidents: the president is neither",
    ),
    pytest.param("The president left.", "2023-04-26", [], id="whose president?"),
    pytest.param(
        "A State Department spokesman declined to comment.", "2022-01-01",
        [("State Department spokesman", "office:us-state-department:spokesperson")],
        id="one spokesman of several",
    ),
    pytest.param(
        "A spokesman for the Foreign Ministry of the DPRK warned.", "2024-08-06",
        [
            (
                "spokesman for the Foreign Ministry of the DPRK",
                "office:prk-foreign-ministry:spokesperson",
            )
        ],
        id="spokesman for a body of a state",
    ),
    pytest.param(
        "A senior U.S. official said so.", None,
        [("senior U.S. official", "office:USA:official")], id="an official without a name",
    ),
    pytest.param("Japan's general election was close.", None, [("Japan", JPN)], id="general election"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published", "expected"), OFFICES)
def test_offices(
    desk: Desk, text: str, published: str | None, expected: list[tuple[str, str]]
) -> None:
    assert found(desk, text, published) == expected


def test_an_interval_resolves_an_office_where_one_holder_spans_it(desk: Desk) -> None:
    spring = Time(earliest="2023-03-01", latest="2023-05-31", basis="linked")
    years = Time(earliest="2021-01-01", latest="2023-05-31", basis="linked")
    for published, actor in ((spring, "person:park-jin"), (years, "office:KOR:foreign-minister")):
        read, analysis = analysed(MINISTER)
        read = replace(read, published=published)
        assert [m.actor.id for m in find_actors(read, analysis, desk)] == [actor]


PEOPLE = [
    pytest.param(
        "South Korean Foreign Minister Cho Tae-yul met Blinken. Cho smiled.",
        [
            ("South Korean Foreign Minister Cho Tae-yul", "person:cho-tae-yul"),
            ("Blinken", "person:antony-blinken"),
            ("Cho", "person:cho-tae-yul"),
        ],
        id="family name first",
    ),
    pytest.param(
        "Tony Blinken spoke. Mr. Blinken left. Secretary Blinken rested.",
        [
            ("Tony Blinken", "person:antony-blinken"),
            ("Mr. Blinken", "person:antony-blinken"),
            ("Secretary Blinken", "person:antony-blinken"),
        ],
        id="short given name and titles",
    ),
    pytest.param(
        "Choe Son-hui spoke. Choe Son Hui left.",
        [("Choe Son-hui", "person:choe-son-hui"), ("Choe Son Hui", "person:choe-son-hui")],
        id="hyphen or space",
    ),
    pytest.param(
        "Motegi Toshimitsu and Toshimitsu Motegi are one.",
        [
            ("Motegi Toshimitsu", "person:toshimitsu-motegi"),
            ("Toshimitsu Motegi", "person:toshimitsu-motegi"),
        ],
        id="either order",
    ),
    pytest.param(
        "Kim Jong Un and Kim Yo Jong came. Kim left.",
        [("Kim Jong Un", "person:kim-jong-un"), ("Kim Yo Jong", "person:kim-yo-jong")],
        id="two Kims: bare Kim is neither",
    ),
    pytest.param(
        "Kim Jong Un came. Kim left.",
        [("Kim Jong Un", "person:kim-jong-un"), ("Kim", "person:kim-jong-un")],
        id="one Kim",
    ),
    pytest.param(
        "President Yoon welcomed the guests.",
        [("President Yoon", "person:yoon-suk-yeol")],
        id="title and family name that the desk knows",
    ),
    pytest.param(
        "Ned Price, a State Department spokesman, said so.",
        [("Ned Price", "person:ned-price"), ("State Department spokesman", "person:ned-price")],
        id="the office beside the name",
    ),
    pytest.param("Prices rose and the price of rice fell.", [], id="a name that is a common word"),
    pytest.param(
        "Mary Ellison, a Canadian diplomat, spoke. Ellison then left.",
        [
            ("Mary Ellison", "person:mary-ellison"),
            ("Canadian diplomat", "person:mary-ellison"),
            ("Ellison", "person:mary-ellison"),
        ],
        id="somebody whom the desk does not know",
    ),
    pytest.param(
        "Robert Ellison spoke. Bob Ellison left.",
        [("Robert Ellison", "person:robert-ellison"), ("Bob Ellison", "person:robert-ellison")],
        id="short form of a given name",
    ),
    pytest.param(
        "Mary Ellison and Robert Ellison came. Mrs. Ellison spoke.",
        [
            ("Mary Ellison", "person:mary-ellison"),
            ("Robert Ellison", "person:robert-ellison"),
            ("Mrs. Ellison", "person:mary-ellison"),
        ],
        id="Mrs. chooses between two",
    ),
    pytest.param(
        "Hunter Biden spoke. President Biden listened.",
        [("Hunter Biden", "person:hunter-biden"), ("President Biden", "person:joe-biden")],
        id="a title points past the namesake in the report",
    ),
    pytest.param("Workers at Kim Il Sung Square cheered.", [], id="a square named after somebody"),
    pytest.param(
        "The respected ComradeKim Jong Unin person met them.",
        [("ComradeKim Jong Un", "person:kim-jong-un")],
        id="a leader's name run together with its neighbours",
    ),
    pytest.param(
        "They thanked HEKim Jong Un.", [("Kim Jong Un", "person:kim-jong-un")], id="and after HE"
    ),
    pytest.param(
        "Vladimir Vladimirovich Putin came.",
        [("Vladimir Vladimirovich Putin", "person:vladimir-putin")],
        id="a name between given and family name",
    ),
]


@pytest.mark.parametrize(("text", "expected"), PEOPLE)
def test_people(desk: Desk, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(desk, text) == expected


def test_a_lone_family_name_is_known_in_its_report_alone(desk: Desk) -> None:
    text = "Gen. Ellison inspected the troops."
    read, analysis = analysed(text)
    (mention,) = find_actors(read, analysis, desk)
    assert mention.actor.id == f"person:ellison@{read.id.rpartition('_')[2][:8]}"


STATE_OF = [
    pytest.param("U.S. soldier Private Travis King ran.", "USA", id="a title before the name"),
    pytest.param("Canadian Sgt. Mary Ellison ran.", "CAN", id="a rank before the name"),
    pytest.param("Mary Ellison, Canada's defense minister, ran.", "CAN", id="beside the name"),
    pytest.param("Former Canadian minister Mary Ellison ran.", None, id="not in office any more"),
    pytest.param("Canadian singer Mary Ellison ran.", None, id="a singer acts for no state"),
]


@pytest.mark.parametrize(("text", "state"), STATE_OF)
def test_the_state_that_a_person_acts_for(desk: Desk, text: str, state: str | None) -> None:
    read, analysis = analysed(text)
    people = [m for m in find_actors(read, analysis, desk) if m.actor.id.startswith("person:")]
    assert {m.actor.state for m in people} == {state}


GROUPS = [
    pytest.param(
        "The United States, Japan and South Korea met. The three countries agreed.",
        ("The three countries", {US, JPN, KOR}),
        id="the list before",
    ),
    pytest.param(
        "Japan and South Korea met. Both countries agreed.",
        ("Both countries", {JPN, KOR}),
        id="both",
    ),
    pytest.param(
        "Joe Biden and Yoon Suk Yeol met. The two leaders agreed.",
        ("The two leaders", {"person:joe-biden", "person:yoon-suk-yeol"}),
        id="people",
    ),
    pytest.param(
        "Japan and South Korea's two rivals met. The three countries agreed.",
        None,
        id="no list of three: left out",
    ),
    pytest.param(
        "Japan and South Korea met. China and Russia met. France spoke of it at length. "
        "Germany did too. Italy came later. Spain was last. The two countries agreed.",
        None,
        id="two lists, both far away: left out",
    ),
    pytest.param(
        "Japanese and South Korean officials met.",
        ("Japanese and South Korean officials", {JPN, KOR}),
        id="officials of two states",
    ),
]


@pytest.mark.parametrize(("text", "expected"), GROUPS)
def test_groups(desk: Desk, text: str, expected: tuple[str, set[str]] | None) -> None:
    read, analysis = analysed(text)
    groups = [
        (read.text[m.start : m.end], set(m.actor.members))
        for m in find_actors(read, analysis, desk)
        if m.actor.type == "group"
    ]
    assert groups == ([] if expected is None else [expected])


def test_counterparts_hold_the_same_office(desk: Desk) -> None:
    text = "Secretary of State Antony Blinken met his Japanese and South Korean counterparts."
    read, analysis = analysed(text, "2021-05-05")
    mention = find_actors(read, analysis, desk)[-1]
    assert mention.actor.members == ("person:chung-eui-yong", "person:toshimitsu-motegi")


PRONOUNS = [
    pytest.param(
        "Blinken arrived. He spoke.", [("He", "person:antony-blinken")], id="one person fits"
    ),
    pytest.param("Joe Biden met Yoon Suk Yeol. He spoke.", [], id="two fit: left out"),
    pytest.param(
        "Joe Biden met Wendy Sherman. She spoke.",
        [("She", "person:wendy-sherman")],
        id="only one of them is she",
    ),
    pytest.param(
        "Joe Biden answered a reporter. He laughed.", [], id="a person without a name may be meant"
    ),
    pytest.param(
        "Yoon Suk Yeol came. Joe Biden said that he would leave.",
        [("he", "person:joe-biden")],
        id="the subject of the clause above",
    ),
    pytest.param("Japan waited. He spoke.", [], id="a state is not he"),
    pytest.param(
        "Kim Jong Un's sister, Kim Yo Jong, agreed. She spoke.",
        [("She", "person:kim-yo-jong")],
        id="a sister whose name stands beside",
    ),
    pytest.param(
        "He met Joe Biden. He left.", [], id="somebody else was he in the sentence before"
    ),
    pytest.param(
        "Mary Ellison and Robert Ellison met Joe Biden. Ellison spoke. He left.",
        [],
        id="a name that two bear may be meant",
    ),
    pytest.param(
        "Blinken, Toshimitsu Motegi and Chung Eui-yong met. They agreed.",
        [("They", "group:antony-blinken+chung-eui-yong+toshimitsu-motegi")],
        id="they are the people listed before",
    ),
    pytest.param(
        "He spoke. Blinken listened. He left.", [("He", "person:antony-blinken")], id="order"
    ),
]


@pytest.mark.parametrize(("text", "expected"), PRONOUNS)
def test_pronouns(desk: Desk, text: str, expected: list[tuple[str, str]]) -> None:
    read, analysis = analysed(text)
    pronouns = [m for m in find_actors(read, analysis, desk) if m.how == "pronoun"]
    assert [(read.text[m.start : m.end], m.actor.id) for m in pronouns] == expected


def test_every_match_says_which_words_made_it_and_how(desk: Desk) -> None:
    read, analysis = analysed(
        "U.S. Secretary of State Tony Blinken met Cho. He left.", "2024-03-20"
    )
    mentions = find_actors(read, analysis, desk)
    assert [(m.alias, m.how, m.office) for m in mentions][:1] == [
        ("Tony Blinken", "alias", "foreign minister")
    ]


def test_a_report_that_is_not_coded_has_no_mentions(desk: Desk) -> None:
    assert find_actors(report("North Korea said so."), Analysis(), desk) == []


def test_an_empty_desk_still_finds_people() -> None:
    read, analysis = analysed("Mary Ellison came.")
    assert [m.actor.id for m in find_actors(read, analysis, Desk("none", "none"))] == [
        "person:mary-ellison"
    ]


_WORDS = st.sampled_from(
    [
        "the",
        "The",
        "North",
        "South",
        "Korea",
        "Korean",
        "U.S.",
        "Japan",
        "Seoul",
        "Pyongyang's",
        "president",
        "foreign",
        "minister",
        "ministers",
        "of",
        "Blinken",
        "Kim",
        "Jong",
        "Un",
        "Cho",
        "Tae-yul",
        "Mr.",
        "he",
        "she",
        "they",
        "and",
        ",",
        ".",
        "said",
        "met",
        "three",
        "two",
        "both",
        "countries",
        "officials",
        "counterparts",
        "his",
        "[",
        "]",
        "“",
        "”",
        "-",
        "former",
        "State",
        "Department’s",
        "spokesman",
        "for",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=40), st.sampled_from([None, "2021-05-05"]))
def test_mentions_are_spans_of_the_story_in_order_and_apart(
    desk: Desk, words: list[str], published: str | None
) -> None:
    read, analysis = analysed(" ".join(words), published)
    mentions = find_actors(read, analysis, desk)
    assert mentions == find_actors(read, analysis, desk)
    ends = [0] + [m.end for m in mentions]
    for mention, end in zip(mentions, ends, strict=False):
        assert end <= mention.start < mention.end <= len(read.text)
        assert any(s <= mention.start and mention.end <= e for s, e in read.paragraphs)


@given(st.text())
def test_plain_text_keeps_its_length(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text())
def test_a_slug_is_never_empty(text: str) -> None:
    assert slug(text)


# --------------------------------------------------------------------------- words as data


@pytest.mark.parametrize("table", ["titles", "roles", "bodies", "honorifics", "pronouns"])
def test_titles_are_lower_case_and_stand_once(table: str) -> None:
    words = [word for row in lexicon.load("titles")[table].values() for word in row]
    assert [word for word in words if word != word.lower()] == []
    assert [word for word in words if words.count(word) > 1] == []


def test_a_given_name_tells_one_pronoun_at_most() -> None:
    given = lexicon.load("names")["given"]
    assert set(given["he"]) & set(given["she"]) == set()


def test_ambiguous_names_are_names_of_states(desk: Desk) -> None:
    names = {alias for actor in desk.actors for alias in (*actor.aliases, *actor.seats)}
    states = lexicon.load("states")
    assert {*states["ambiguous"], *states["shared"]} - names == set()


# --------------------------------------------------------------------------- the five real reports


@pytest.fixture(scope="module")
def real(desk: Desk) -> dict[str, list[tuple[str, ActorMention]]]:
    if not REPORTS.is_dir():
        pytest.skip("the shared reports are not beside this checkout")
    out: dict[str, list[tuple[str, ActorMention]]] = {}
    for path in sorted(REPORTS.glob("*.txt")):
        read, analysis = analysed(path.read_text("utf-8"))
        assert read.published == UNKNOWN_TIME
        found = find_actors(read, analysis, desk)
        out[path.name[:3]] = [(read.text[m.start : m.end], m) for m in found]
    return out


REAL = [
    pytest.param("000", "He", "person:antony-blinken", id="he is Blinken throughout"),
    pytest.param("001", "Secretary Blinken", "person:antony-blinken", id="title, family name"),
    pytest.param("002", "Tony Blinken", "person:antony-blinken", id="short name in the headline"),
    pytest.param("003", "Cho", "person:cho-tae-yul", id="a Korean family name"),
    pytest.param("004", "Price", "person:ned-price", id="the spokesman's family name"),
    pytest.param("004", "the North", PRK, id="the North"),
]


@pytest.mark.parametrize(("name", "words", "actor"), REAL)
def test_real_reports(
    real: dict[str, list[tuple[str, ActorMention]]], name: str, words: str, actor: str
) -> None:
    ids = {m.actor.id for text, m in real[name] if text == words}
    assert ids == {actor}
