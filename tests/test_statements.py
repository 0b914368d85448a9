"""Who said what: attributions as spans, and what a statement says of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.lexicon import load
from dateline.model import Actor, ActorMention, Analysis, Span, Statement, Time, words
from dateline.statements import find_attributions, find_statements
from dateline.statements.quotes import find_quotations
from factory import analysed, day, report

BLINKEN = Actor("person:blinken", "Antony Blinken", "person", "USA")
PRICE = Actor("person:price", "Ned Price", "person", "USA")
PARK = Actor("person:park", "Park Jin", "person", "KOR")
NORTH = Actor("state:PRK", "North Korea", "state", "PRK")
SOUTH = Actor("state:KOR", "South Korea", "state", "KOR")
CHINA = Actor("state:CHN", "China", "state", "CHN")
MINISTRY = Actor("body:mofa", "Foreign Ministry", "body", "KOR")

NAMES = {
    "Antony Blinken": BLINKEN,
    "Blinken": BLINKEN,
    "Ned Price": PRICE,
    "Price": PRICE,
    "Park Jin": PARK,
    "Park": PARK,
    "North Korea": NORTH,
    "South Korea": SOUTH,
    "Seoul": SOUTH,
    "China": CHINA,
    "the Foreign Ministry": MINISTRY,
}


def named(text: str) -> list[ActorMention]:
    """Mentions of the names above: the longest at each place."""
    found: list[ActorMention] = []
    at = 0
    while at < len(text):
        name = max((n for n in NAMES if text.startswith(n, at)), key=len, default=None)
        if name is None:
            at += 1
        else:
            found.append(ActorMention(at, at + len(name), NAMES[name], name, "alias"))
            at += len(name)
    return found


def told(text: str, times: Sequence[Time] = ()) -> list[Statement]:
    made, analysis = analysed(text)
    return find_statements(made, analysis, named(text), times)


def only(text: str, times: Sequence[Time] = ()) -> Statement:
    found = told(text, times)
    assert len(found) == 1, [words(text, s.content) for s in found]
    return found[0]


def parts(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each attribution."""
    made, analysis = analysed(text)
    return [
        (words(text, a.source), words(text, a.cue), words(text, a.content))
        for a in find_attributions(made, analysis)
    ]


# --------------------------------------------------------------------------- spans


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        pytest.param(
            "Blinken said that the talks had failed.",
            "Blinken",
            "said",
            "that the talks had failed",
            id="clause, with its that and without its full stop",
        ),
        pytest.param(
            "The talks had failed, Blinken said on Monday.",
            "Blinken",
            "said",
            "The talks had failed",
            id="content first",
        ),
        pytest.param(
            "“We will wait,” said Park Jin.",
            "Park Jin",
            "said",
            "“We will wait,”",
            id="inversion; the marks and the comma in them belong to the content",
        ),
        pytest.param(
            "“We will wait,” Park said. “There is time.”",
            "Park",
            "said",
            "“We will wait,” … “There is time.”",
            id="split quotation is one",
        ),
        pytest.param(
            "“The launch,” Park said, “was a provocation.”",
            "Park",
            "said",
            "“The launch,” … “was a provocation.”",
            id="quotation interrupted by its speaker",
        ),
        pytest.param(
            '"No date is set. None will be," Price told reporters.',
            "Price",
            "told",
            '"No date is set. None will be,"',
            id="two sentences in straight marks",
        ),
        pytest.param(
            "''We have seen this before,'' the minister said.",
            "the minister",
            "said",
            "''We have seen this before,''",
            id="doubled apostrophes",
        ),
        pytest.param(
            "The launch failed, according to two military officials.",
            "two military officials",
            "according to",
            "The launch failed",
            id="according to, at the end",
        ),
        pytest.param(
            "According to the ministry, the ship left port on Sunday.",
            "the ministry",
            "According to",
            "the ship left port on Sunday",
            id="according to, at the start",
        ),
        pytest.param(
            "Seoul denied that it had sent the drones.",
            "Seoul",
            "denied",
            "that it had sent the drones",
            id="denial",
        ),
        pytest.param(
            "Washington vowed to impose new sanctions on the bank.",
            "Washington",
            "vowed",
            "to impose new sanctions on the bank",
            id="promise with an infinitive",
        ),
        pytest.param(
            "The envoy urged China to use its influence.",
            "The envoy",
            "urged",
            "China to use its influence",
            id="command: the one who is urged belongs to the content",
        ),
        pytest.param(
            "Tokyo condemned the launch as a threat to the region.",
            "Tokyo",
            "condemned",
            "the launch as a threat to the region",
            id="criticism with as",
        ),
        pytest.param(
            "The minister said in Seoul:\n“Here is what we know: nothing.”",
            "The minister",
            "said",
            "“Here is what we know: nothing.”",
            id="colon at a paragraph's end",
        ),
        pytest.param(
            "Mark Kim of Yonhap: “We will wait. It is time.”",
            "Mark Kim of Yonhap",
            ":",
            "“We will wait. It is time.”",
            id="name and colon",
        ),
        pytest.param(
            "“We will wait for you all.”\n\n— Kim Chol, Seoul",
            "Kim Chol",
            "—",
            "“We will wait for you all.”",
            id="signed with a dash",
        ),
    ],
)
def test_one_attribution(text: str, source: str, cue: str, content: str) -> None:
    assert parts(text) == [(source, cue, content)]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        pytest.param(
            "“We will wait,” Park said. “There is time.\n\n“No one is in a hurry.”",
            ["“We will wait,” … “There is time.\n\n“No one is in a hurry.”"],
            id="marks opened again in the next paragraph",
        ),
        pytest.param(
            "“We will wait,” Park said.\n\n“There is time for all of us.”",
            ["“We will wait,” … “There is time for all of us.”"],
            id="a paragraph that is all quotation goes on from the one before",
        ),
        pytest.param(
            "He called the plan “sound. Officials agreed.\n\n“We will wait,” Park said.",
            ["“We will wait,”"],
            id="a forgotten mark costs only its own paragraph",
        ),
        pytest.param(
            "“We will wait,” Park said. Price said: “We will not.”",
            ["“We will wait,”", "“We will not.”"],
            id="two speakers in one paragraph",
        ),
    ],
)
def test_quotations_over_sentences_and_paragraphs(text: str, contents: list[str]) -> None:
    found = [content for _, _, content in parts(text)]
    assert [content for content in found if content[0] in '“"'] == contents


def test_what_is_only_agreed_is_not_said() -> None:
    found = parts("They agreed to talk about the treaty.")
    assert [cue for _, cue, _ in found] == ["agreed"]


def test_a_participle_has_the_source_of_its_sentence() -> None:
    found = parts("Park said the ship had left, adding that no one was hurt.")
    assert [(source, cue) for source, cue, _ in found] == [("Park", "said"), ("Park", "adding")]


def test_a_transcript_is_a_turn_each() -> None:
    text = "QUESTION: When will you meet?\nMR. PRICE: I think next week.\n\nNo date is set.\nQUESTION: Where?"
    assert parts(text) == [
        ("QUESTION", ":", "When will you meet?"),
        ("MR. PRICE", ":", "I think next week.\n\nNo date is set."),
        ("QUESTION", ":", "Where?"),
    ]


def test_a_paper_printed_in_full_is_its_issuers_words() -> None:
    text = (
        "A spokesman for the Foreign Ministry issued the following press statement on Sunday:\n"
        "The drill is a provocation.\nIt will be answered."
    )
    found = told(text)[-1]
    assert words(text, found.content) == "The drill is a provocation.\nIt will be answered."
    assert words(text, found.speaker_words).startswith("A spokesman")
    assert found.mode == "direct"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "The missile flew 600 kilometres and fell into the sea.", id="nobody tells it"
        ),
        pytest.param("The “early warning” data is shared since June.", id="a few quoted words"),
        pytest.param("", id="empty"),
        pytest.param("“", id="a single mark"),
    ],
)
def test_no_attribution(text: str) -> None:
    assert parts(text) == []


def test_nothing_outside_the_paragraphs_is_read() -> None:
    text = "Subscribe, she said.\nPark said the ship left."
    made, analysis = analysed(text, paragraphs=((21, len(text)),))
    assert [words(text, s.content) for s in find_statements(made, analysis)] == ["the ship left"]


# --------------------------------------------------------------------------- marks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("“a b,” he said, “c.”", ["“a b,”", "“c.”"], id="curly"),
        pytest.param('"a b," he said, "c."', ['"a b,"', '"c."'], id="straight"),
        pytest.param("''a b,'' he said.", ["''a b,''"], id="doubled apostrophes"),
        pytest.param("“a “b” c” d", ["“a “b” c”"], id="nested: the outer one"),
        pytest.param("«a b», he said", ["«a b»"], id="guillemets"),
        pytest.param("said Kim. “It flew. It fell.", ["“It flew. It fell."], id="never closed"),
        pytest.param("It's a “half of a thing", [], id="opened in mid-sentence, never closed"),
        pytest.param("a “b” c”, d", ["“b”"], id="closed twice"),
        pytest.param("”a b,” he said.", ["”a b,”"], id="opened with a closing mark"),
        pytest.param("“a b?“ he asked.", ["“a b?“"], id="closed with an opening mark"),
        pytest.param('"a b he said. "c d."', ['"c d."'], id="straight, first one never closed"),
        pytest.param("the ‘very bad’ deal of Kim’s", ["‘very bad’"], id="single, two words"),
        pytest.param("the states' and Kim's men", [], id="apostrophes"),
    ],
)
def test_quotations(text: str, found: list[str]) -> None:
    spans = [(q.start, q.end) for q in find_quotations(text, [(0, len(text))])]
    assert [text[start:end] for start, end in spans] == found


@given(st.text(alphabet="ab .,\n“”\"'‘’«»", max_size=60))
def test_quotations_are_apart_and_inside_their_paragraphs(text: str) -> None:
    paragraphs = report(text).paragraphs
    at = 0
    for q in find_quotations(text, paragraphs):
        start, end = paragraphs[q.paragraph]
        assert max(at, start) <= q.start < q.end <= end
        at = q.end


# --------------------------------------------------------------------------- who


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("Blinken said the talks failed.", BLINKEN, id="the name"),
        pytest.param(
            "Secretary of State Antony Blinken said the talks failed.", BLINKEN, id="title before"
        ),
        pytest.param(
            "U.S. State Department spokesman Ned Price said the talks failed.",
            PRICE,
            id="title of a body before",
        ),
        pytest.param(
            "Park Jin, a former minister, said the talks failed.", PARK, id="words set beside"
        ),
        pytest.param(
            "A spokesman for Blinken said the talks failed.", None, id="another's spokesman"
        ),
        pytest.param("Blinken and Park said the talks failed.", None, id="two are not one"),
        pytest.param("Officials said the talks failed.", None, id="nobody we know"),
        pytest.param("Officials in Seoul said the talks failed.", None, id="place, not speaker"),
        pytest.param(
            "The talks failed, according to Blinken's transcript.",
            None,
            id="a paper he did not issue",
        ),
        pytest.param(
            "A statement by the Foreign Ministry said the talks failed.",
            MINISTRY,
            id="its statement",
        ),
        pytest.param("Blinken, who said the talks failed, left.", BLINKEN, id="a relative pronoun"),
    ],
)
def test_speaker(text: str, speaker: Actor | None) -> None:
    found = only(text)
    assert found.speaker == (speaker.id if speaker else None)
    assert found.speaker_words


def test_a_pronoun_is_whom_the_actor_stage_says() -> None:
    text = "He said the talks failed."
    made, analysis = analysed(text)
    he = ActorMention(0, 2, BLINKEN, "He", "pronoun")
    assert find_statements(made, analysis, [he])[0].speaker == BLINKEN.id


# --------------------------------------------------------------------------- how


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        pytest.param("“We will wait,” Park said.", "direct", id="all quoted"),
        pytest.param("Park said: We will wait.", "direct", id="after a colon"),
        pytest.param("Park said they would “wait and see.”", "mixed", id="partly quoted"),
        pytest.param("Park said they would wait.", "indirect", id="not quoted"),
    ],
)
def test_mode(text: str, mode: str) -> None:
    assert only(text).mode == mode


@pytest.mark.parametrize(
    ("text", "speech", "negated", "question"),
    [
        pytest.param("Park said talks had begun.", True, False, False, id="said"),
        pytest.param("Park did not say when talks would begin.", True, True, False, id="not said"),
        pytest.param("Park denied that talks had begun.", True, True, False, id="denied"),
        pytest.param(
            "Park declined to say when talks would begin.", True, True, False, id="declined"
        ),
        pytest.param("No official said that talks had begun.", True, True, False, id="no one said"),
        pytest.param("Park asked whether talks had begun.", True, False, True, id="asked"),
        pytest.param("“Why now?” Park said.", True, False, True, id="question mark"),
        pytest.param(
            "Park asked China to begin talks.", True, False, False, id="asked for, not asked"
        ),
        pytest.param("Park believes that talks will begin.", False, False, False, id="belief"),
    ],
)
def test_kind(text: str, speech: bool, negated: bool, question: bool) -> None:
    found = told(text)[0]
    assert (found.speech, found.negated, found.question) == (speech, negated, question)


def time_at(text: str, phrase: str) -> Time:
    start = text.index(phrase)
    known = day("2023-07-21")
    return Time(
        known.edtf, known.earliest, known.latest, basis="stated", words=(start, start + len(phrase))
    )


@pytest.mark.parametrize(
    ("text", "phrase", "known"),
    [
        pytest.param("Park said on Friday that talks had begun.", "Friday", True, id="on the cue"),
        pytest.param("Talks had begun, Park said Friday.", "Friday", True, id="bare day"),
        pytest.param("Park said that talks began on Friday.", "Friday", False, id="in the content"),
        pytest.param("Friday was wet. Park said talks had begun.", "Friday", False, id="elsewhere"),
    ],
)
def test_made(text: str, phrase: str, known: bool) -> None:
    found = told(text, [time_at(text, phrase)])[-1]
    assert (found.made.earliest == "2023-07-21") is known


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(
            "Park said at the Aspen Security Forum that talks had begun.",
            "the Aspen Security Forum",
            id="meeting",
        ),
        pytest.param("Park said in Singapore that talks had begun.", "Singapore", id="city"),
        pytest.param(
            "Park said in a statement that talks had begun.", None, id="a paper is no place"
        ),
        pytest.param("Park said that talks began in Singapore.", None, id="place of the content"),
    ],
)
def test_place(text: str, place: str | None) -> None:
    found = told(text)[0]
    assert found.place == place
    if found.place_words is not None:
        assert words(text, [found.place_words]) == place


@pytest.mark.parametrize(
    ("text", "to", "about"),
    [
        pytest.param(
            "Park told China that North Korea had fired a missile.", [CHINA], [NORTH], id="told"
        ),
        pytest.param("Park urged China to act.", [CHINA], [CHINA], id="urged: to and about"),
        pytest.param(
            "Park called on China to stop.", [CHINA], [CHINA], id="called on, and its content"
        ),
        pytest.param("Park said to China that talks failed.", [CHINA], [], id="said to"),
        pytest.param("Park told reporters that talks failed.", [], [], id="nobody we know"),
        pytest.param(
            "Park told the story of China.", [], [CHINA], id="what is told is not who is told"
        ),
    ],
)
def test_to_and_about(text: str, to: Sequence[Actor], about: Sequence[Actor]) -> None:
    found = told(text)[0]
    assert found.to == tuple(actor.id for actor in to)
    assert found.about == tuple(actor.id for actor in about)


def test_the_first_person_in_a_paper_is_its_issuer() -> None:
    text = "The Foreign Ministry issued the following statement:\nWe reject the report entirely."
    made, analysis = analysed(text)
    found = find_statements(made, analysis, [ActorMention(0, 20, MINISTRY, "", "alias")])
    assert {words(text, s.cue): s.speaker for s in found} == {
        "issued": MINISTRY.id,
        "reject": MINISTRY.id,
    }


REPORTS = Path(__file__).parents[1] / "../shared/data/reports"


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the five web reports are not there")
@pytest.mark.parametrize(
    ("name", "speaker", "at_least"),
    [
        pytest.param("001_2239be1e6e10759f.txt", BLINKEN, 4, id="Blinken at Aspen"),
        pytest.param("002_0e752958c49aefef.txt", BLINKEN, 3, id="Blinken at a briefing"),
        pytest.param("004_20eb63e1e1c12ea2.txt", PRICE, 2, id="the spokesman"),
    ],
)
def test_quotations_of_the_five_reports(name: str, speaker: Actor, at_least: int) -> None:
    text = (REPORTS / name).read_text("utf-8")
    made, analysis = analysed(text)
    he = [
        ActorMention(m.start(), m.end(), BLINKEN, "he", "pronoun")
        for m in re.finditer(r"\bhe\b", text)
    ]
    found = find_statements(made, analysis, [*named(text), *he])
    quoted = [s for s in found if "“" in words(text, s.content) and "said" in words(text, s.cue)]
    assert len(quoted) >= at_least
    assert {s.speaker for s in quoted} == {speaker.id}


# --------------------------------------------------------------------------- shape


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            [
                "Park said",
                "“We will wait,”",
                "”",
                "“",
                '"',
                ". ",
                ", ",
                "that it flew",
                "\n",
                "'",
                " he added ",
                "(",
                ":",
                "according to Seoul",
                " — ",
            ]
        ),
        max_size=14,
    )
)
def test_spans_are_exact_and_apart(pieces: list[str]) -> None:
    text = " ".join(pieces)
    made, analysis = analysed(text)
    for statement in find_statements(made, analysis, named(text)):
        assert statement.content
        for spans in (statement.content, statement.cue, statement.speaker_words):
            assert_spans(text, spans, made.paragraphs)
        assert not overlaps(statement.content, statement.cue)


def assert_spans(text: str, spans: Sequence[Span], paragraphs: Sequence[Span]) -> None:
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert any(first <= start < last for first, last in paragraphs)
        at = end


def overlaps(one: Sequence[Span], other: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def test_an_empty_analysis_has_no_statements() -> None:
    assert find_statements(report("한국어 보도"), Analysis()) == []


def test_ids_are_of_content_and_repeat() -> None:
    text = "Park said the ship left. Park said the ship left."
    one, two = told(text), told(text)
    assert [s.id for s in one] == [s.id for s in two]
    assert len({s.id for s in one}) == len(one) == 2


def test_the_lexicon_is_well_formed() -> None:
    classes = load("cues")["classes"]
    listed = [word for ws in classes.values() for word in ws]
    assert len(listed) == len(set(listed)), "a word stands in two classes"
    assert all(word == word.lower() for word in listed)
    frames = load("cue_frames")
    assert all(0 <= share <= 1 for table in frames["frames"].values() for share in table.values())
    assert set(frames["frames"]) <= set(listed)
    assert {name.removesuffix("-nouns") for name in frames["classes"]} <= set(classes)
