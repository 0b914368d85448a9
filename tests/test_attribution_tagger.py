"""The trained attribution tagger: windows, decoding, and the model that ships."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import attribution
from dateline.attribution import find_attributions, tag_reports
from dateline.attribution.completing import complete
from dateline.attribution.decoding import (
    LINK_SIZE,
    LINKS,
    TAGS,
    Head,
    Segment,
    allowed_transitions,
    decode,
    find_segments,
    link_segments,
)
from dateline.attribution.tagger import TaggerError, load_tagger
from dateline.attribution.windows import (
    LONGEST_WINDOW,
    cut_windows,
    quoted_characters,
    read_words,
)
from dateline.model import Analysis, Attribution, Report, Token
from factory import analysed, report

MODEL = Path(attribution.__file__).parent / "model"
SOME_TOKEN = Token(0, 1, "x", "x", "X", "XX", "ROOT", 0)
READ = Analysis(tokens=(SOME_TOKEN,), children=((),))

PROSE = st.lists(
    st.text(alphabet="abcS .,\"“”’'é\t-–1𝔘", min_size=1, max_size=90), min_size=1, max_size=40
).map("\n".join)


def head(**tables: list[float]) -> Head:
    zeros = {
        "transitions": np.zeros((7, 7)),
        "opening": np.zeros(7),
        "gaps": np.zeros((3, 14)),
        "paragraphs": np.zeros((3, 2)),
        "between": np.zeros((3, 3)),
        "nobody": np.zeros((3, LINK_SIZE + 1)),
        "trust": np.array([1.0, 0.0]),
    }
    return Head(**{k: np.asarray(tables.get(k, v), np.float32) for k, v in zeros.items()})


def links(words: int) -> np.ndarray:
    return np.zeros((words, len(LINKS) * 4 * LINK_SIZE), np.float32)


# ------------------------------------------------------------------------------------ windows


@pytest.mark.parametrize(
    ("paragraph", "states"),
    [
        pytest.param("a “b” c", "0021200", id="curly marks"),
        pytest.param('a "b" c', "0021200", id="straight marks"),
        pytest.param('"b', "21", id="a paragraph may end inside"),
        pytest.param("“a “b", "21121", id="a second opening mark stays inside"),
        pytest.param('b" c', "0200", id="a closing mark without its opening one"),
        pytest.param("''b'' c", "2212200", id="two apostrophes for a mark"),
        pytest.param('a ("b") c', "000212000", id="opening after a bracket"),
        pytest.param("it's", "0000", id="one apostrophe is none"),
    ],
)
def test_quoted_characters(paragraph: str, states: str) -> None:
    assert "".join(map(str, quoted_characters(paragraph))) == states


@given(text=PROSE, first=st.integers(48, LONGEST_WINDOW))
@settings(max_examples=60, deadline=None)
def test_windows_hold_every_word_once_with_exact_offsets(text: str, first: int) -> None:
    tokenizer = load_tagger().tokenizer
    paragraphs = read_words(text, report(text).paragraphs, tokenizer)
    windows = list(cut_windows(paragraphs, first=first))
    spans = [span for window in windows for span in window.words]
    assert spans == [word.span for words in paragraphs for word in words]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in spans)
    for window in windows:
        assert len(window.pieces) == len(window.features) <= LONGEST_WINDOW
        assert len(window.firsts) == len(window.words) == len(window.paragraphs)


def test_a_paragraph_longer_than_a_window_is_cut_at_a_sentence() -> None:
    text = "The ship left port. " * 120
    tokenizer = load_tagger().tokenizer
    windows = list(cut_windows(read_words(text, [(0, len(text))], tokenizer)))
    assert len(windows) > 1
    assert all(text[w.words[-1][0] : w.words[-1][1]] == "." for w in windows)


# ------------------------------------------------------------------------------------ decoding


def _brute(
    scores: np.ndarray, table: Head, paragraphs: list[int]
) -> tuple[tuple[int, ...], np.ndarray]:
    """The best path and each tag's probability, over all paths one by one."""
    allowed = allowed_transitions()
    weights = {}
    for path in product(range(len(TAGS)), repeat=len(scores)):
        if path[0] in (2, 4, 6):
            continue
        if any(not allowed[a, b] for a, b in pairwise(path)):
            continue
        ends = [i for i in range(1, len(path)) if paragraphs[i] != paragraphs[i - 1]]
        if any(path[i] in (2, 4, 6) for i in ends):
            continue
        score = table.opening[path[0]] + sum(scores[i, tag] for i, tag in enumerate(path))
        weights[path] = score + sum(table.transitions[a, b] for a, b in pairwise(path))
    total = np.logaddexp.reduce(list(weights.values()))
    chances = np.zeros_like(scores)
    for path, score in weights.items():
        for i, tag in enumerate(path):
            chances[i, tag] += np.exp(score - total)
    return max(weights, key=lambda path: weights[path]), chances


@given(seed=st.integers(0, 10_000), paragraphs=st.sampled_from([[0, 0, 0, 0], [0, 0, 1, 1]]))
@settings(max_examples=15, deadline=None)
def test_the_path_is_the_best_of_all_paths(seed: int, paragraphs: list[int]) -> None:
    draw = np.random.default_rng(seed)
    scores = draw.normal(size=(4, 7)) * 3
    table = head(transitions=draw.normal(size=(7, 7)), opening=draw.normal(size=7))
    path, chances = _brute(scores, table, paragraphs)
    expected = []
    for at, tag in enumerate(path):
        if tag in (1, 3, 5):
            expected.append([at, at, [chances[at, tag]]])
        elif tag:
            expected[-1][1] = at
            expected[-1][2].append(chances[at, tag])
    found = find_segments(scores, paragraphs, table)
    assert [(s.first, s.last) for s in found] == [(a, b) for a, b, _ in expected]
    assert [s.certainty for s in found] == pytest.approx([np.mean(c) for _, _, c in expected])


def reluctant(*bias: float) -> Head:
    """A head that chooses "none of these" with the given bias for each kind of link."""
    nobody = np.zeros((3, LINK_SIZE + 1))
    nobody[:, -1] = bias
    return head(nobody=nobody)


@pytest.mark.parametrize(
    ("segments", "nobody", "expected"),
    [
        pytest.param(
            [("cue", 2, 2)], (-5, -5, -5), [], id="a cue without content is no attribution"
        ),
        pytest.param(
            [("content", 0, 1)],
            (-5, -5, -5),
            [((), (), ((0, 1),))],
            id="a content without any cue stands alone",
        ),
        pytest.param(
            [("content", 0, 1), ("source", 3, 3), ("cue", 4, 4), ("content", 6, 8)],
            (-5, -5, -5),
            [(((3, 3),), ((4, 4),), ((0, 1), (6, 8)))],
            id="both halves of a split quotation go to the one cue",
        ),
        pytest.param(
            [("content", 0, 1), ("source", 3, 3), ("cue", 4, 4)],
            (5, -5, -5),
            [(((3, 3),), (), ((0, 1),))],
            id="a content that no cue fits keeps its source",
        ),
        pytest.param(
            [("content", 0, 1), ("source", 3, 3), ("cue", 4, 4)],
            (-5, 5, 5),
            [((), ((4, 4),), ((0, 1),))],
            id="nobody said it where no source fits",
        ),
    ],
)
def test_link_segments(
    segments: list[tuple[str, int, int]], nobody: tuple[float, ...], expected: list[object]
) -> None:
    found = link_segments(
        [Segment(*s, certainty=1.0) for s in segments], links(9), [0] * 9, reluctant(*nobody)
    )
    assert [(f.source, f.cue, f.content) for f in found] == expected


def test_no_words_no_attributions() -> None:
    assert decode(np.zeros((0, 7), np.float32), links(0), [], head()) == []


# ------------------------------------------------------------------------------------ completing


def spans(text: str, *parts: str) -> tuple[tuple[int, int], ...]:
    return tuple((text.index(part), text.index(part) + len(part)) for part in parts)


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        pytest.param(
            "Three officials believe the test failed.",
            "believe",
            "the test failed",
            "Three officials",
            id="the verb's subject",
        ),
        pytest.param(
            "The minister left early and said the talks were useful.",
            "said",
            "the talks were useful",
            "The minister",
            id="the subject shared with the verb before",
        ),
        pytest.param(
            "Nobody explained their refusal to sign the pact.",
            "refusal",
            "to sign the pact",
            "their",
            id="a noun's possessor",
        ),
        pytest.param(
            "The crew is accused of hiding the cargo.",
            "is accused of",
            "hiding the cargo",
            None,
            id="a passive's subject says nothing",
        ),
        pytest.param(
            "There is hope that the pact holds.",
            "hope",
            "that the pact holds",
            None,
            id="nobody in sight",
        ),
    ],
)
def test_grammar_names_a_missing_source(
    text: str, cue: str, content: str, source: str | None
) -> None:
    _, analysis = analysed(text)
    (found,) = complete([Attribution((), spans(text, cue), spans(text, content))], analysis)
    assert [text[a:b] for a, b in found.source] == ([source] if source else [])


@pytest.mark.parametrize(
    ("tagged", "ruled", "expected"),
    [
        pytest.param(
            ((), (), ((0, 10),)),
            (((20, 25),), ((26, 30),), ((0, 9),)),
            ((20, 25),),
            id="fills both",
        ),
        pytest.param(
            ((), (), ((0, 10),)), (((20, 25),), ((26, 30),), ((8, 19),)), None, id="other content"
        ),
        pytest.param(
            ((), ((31, 35),), ((0, 10),)),
            (((20, 25),), ((26, 30),), ((0, 9),)),
            None,
            id="other cue",
        ),
        pytest.param(
            (((40, 44),), (), ((0, 10),)),
            (((20, 25),), ((26, 30),), ((0, 10),)),
            ((40, 44),),
            id="what the tagger found stays",
        ),
    ],
)
def test_rules_fill_what_is_missing(tagged: tuple, ruled: tuple, expected: object) -> None:
    (found,) = complete([Attribution(*tagged)], Analysis(), [Attribution(*ruled)])
    assert found.source == (expected or ())


# ------------------------------------------------------------------------------------ the model


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        pytest.param(
            "“We will answer in kind,” the foreign minister said on Friday.",
            "the foreign minister",
            "said on Friday",
            ["“We will answer in kind,”"],
            id="direct, cue behind",
        ),
        pytest.param(
            "The foreign minister said that the drill would end next week.",
            "The foreign minister",
            "said",
            ["that the drill would end next week"],
            id="indirect",
        ),
        pytest.param(
            "The missile flew 600 kilometers, according to the Defense Ministry.",
            "the Defense Ministry",
            "according to",
            ["The missile flew 600 kilometers"],
            id="according to",
        ),
        pytest.param(
            "“The ships are late,” said Anna Berg. “They will come on Monday.”",
            "Anna Berg",
            "said",
            ["“The ships are late,”", "“They will come on Monday.”"],
            id="split quotation",
        ),
    ],
)
def test_shipped_model_reads_plain_cases(
    text: str, source: str, cue: str, content: list[str]
) -> None:
    (found,) = find_attributions(report(text), READ)
    assert [text[a:b] for a, b in found.source] == [source]
    assert text[found.cue[0][0] : found.cue[0][1]] in (cue, cue.split(" on ")[0])
    assert [text[a:b].strip("“”,") for a, b in found.content] == [c.strip("“”,") for c in content]


def test_an_odd_number_of_marks_spoils_no_other_paragraph() -> None:
    kept = "“We will answer in kind,” the foreign minister said."
    text = f'A "broken line has one mark.\n{kept}'
    (found,) = [
        a for a in find_attributions(report(text), READ) if a.content[0][0] > text.index("\n")
    ]
    assert text[found.source[0][0] : found.source[0][1]] == "the foreign minister"


def test_a_report_reads_alike_alone_and_among_others() -> None:
    texts = [
        "“We will wait,” Mary Lee said.",
        "Officials said the ship had left. “It is at sea,” one of them added.",
        "Nothing was said here at all. " * 60,
    ]
    reports = [report(text) for text in texts]
    together = [found for _, found in tag_reports(reports)]
    assert together == [next(tag_reports([r]))[1] for r in reports]
    assert [r.id for r, _ in tag_reports(reversed(reports))] == [r.id for r in reports[::-1]]


@given(text=PROSE)
@settings(max_examples=25, deadline=None)
def test_every_span_lies_in_a_paragraph_and_is_not_blank(text: str) -> None:
    r = report(text)
    for found in find_attributions(r, READ):
        assert found.content
        for start, end in (*found.source, *found.cue, *found.content):
            assert any(a <= start < end <= b for a, b in r.paragraphs)
            assert text[start:end].strip()


def test_a_report_that_was_not_analysed_has_none() -> None:
    assert find_attributions(report("“Nein”, sagte er."), Analysis()) == []
    assert find_attributions(Report("rep_1", "a.txt", "", ""), READ) == []


def test_the_model_is_small_and_has_its_card() -> None:
    assert (MODEL / "attribution.onnx").stat().st_size < 30_000_000
    card = (MODEL / "MODEL_CARD.md").read_text("utf-8")
    assert all(word in card for word in ("PolNeAR", "Apache-2.0", "training.attribution", "bad at"))


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TaggerError, match=r"training\.attribution"):
        load_tagger(tmp_path)


TOLD = "They discussed shared concerns, Price said."


@pytest.mark.parametrize(
    ("confidence", "cue", "added"),
    [
        pytest.param(
            0.9, ((38, 42),), True, id="the tags have what was discussed, not who said so"
        ),
        pytest.param(0.5, ((38, 42),), False, id="the rule is not sure"),
        pytest.param(0.9, ((5, 14),), False, id="the tags have that cue"),
    ],
)
def test_a_frame_round_a_tagged_attribution_is_added(
    confidence: float, cue: tuple[tuple[int, int], ...], added: bool
) -> None:
    tagged = Attribution(source=((0, 4),), cue=((5, 14),), content=((15, 30),), confidence=0.4)
    ruled = Attribution(source=((32, 37),), cue=cue, content=((0, 30),), confidence=confidence)
    found = complete([tagged], Analysis(), [ruled])
    assert (ruled in found) == added
    assert tagged in found
