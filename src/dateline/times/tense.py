"""The tense of the verb on which words hang, and what is a month and what is a Mrs May."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, Literal

from dateline import lexicon
from dateline.model import Analysis, Span
from dateline.times.lexer import ABBREVIATED, AMBIGUOUS, CLASSES, NOTHING, Word, classes_of

Tense = Literal["past", "present", "future"]

_CUES: Final = {name: frozenset(words) for name, words in lexicon.load("times")["tense"].items()}
# Nouns between the words and the verb: "will attend Monday's talks" is of next Monday, but "will
# help the survivors of Tuesday's earthquake" says nothing of Tuesday.
_MOST_NOUNS: Final = 1
_LONGEST_CLIMB: Final = 12  # heads above the words: a deeper tree is a parser's mistake
_LONG_PLANS: Final = tuple(sorted(plan for plan in _CUES["plans"] if len(plan) > len("set")))
_LONGEST_LOOK: Final = 25  # words, where there is no parse
# Parts of speech after which "a year" is a rate: "$5 million a year", "two nights a week".
_RATED: Final = frozenset(("NOUN", "PROPN", "NUM", "SYM"))


def _tense_of_words(words: Sequence[Word], at: int) -> Tense | None:
    """The tense that the nearest telling word before the place says, or the nearest after it."""
    back = range(at - 1, max(at - _LONGEST_LOOK, 0) - 1, -1)
    ahead = range(at + 1, min(at + _LONGEST_LOOK, len(words)))
    for indices in (back, ahead):
        for index in indices:
            if words[index].lower in (".", ";", "?", "!"):
                break
            if tense := _tense_of_word(words, index):
                return tense
    return None


def _tense_of_word(words: Sequence[Word], index: int) -> Tense | None:
    lower = words[index].lower
    near = {word.lower for word in words[max(index - 3, 0) : index]}
    if lower in _CUES["modals"] and words[index].text != "May":
        following = words[index + 1].lower if index + 1 < len(words) else ""
        return "past" if following == "have" else "future"
    if lower == "to" and any(word.startswith(plan) for word in near for plan in _LONG_PLANS):
        return "past" if "had" in near else "future"
    if lower in _CUES["past_forms"] or (lower.endswith("ed") and len(lower) > len("need")):
        return "past"
    return "present" if lower in _CUES["present_forms"] else None


class Grammar:
    """What the language stage says of a report, asked by place."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens
        self._starts = [token.start for token in analysis.tokens]
        people = [
            token
            for entity in analysis.entities
            if entity.label == "PERSON"
            for token in analysis.tokens[entity.first : entity.last]
        ]
        self._people = {token.start for token in people}
        self._surnames = {token.text.lower() for token in people}

    def is_rate(self, span: Span) -> bool:
        """Whether "a year" at that span follows what is counted by it."""
        index = bisect_left(self._starts, span[0]) - 1
        return index >= 0 and self._tokens[index].pos in _RATED

    def is_adverb(self, span: Span) -> bool:
        """Whether the word at that span is an adverb."""
        index = bisect_right(self._starts, span[0]) - 1
        return index >= 0 and self._tokens[index].pos == "ADV"

    def is_object(self, span: Span, preposition: Word, after: str) -> bool:
        """Whether the preposition governs the words: not so in "after Monday's launch"."""
        if not self._tokens:
            return after[:1] not in ("'", "’")
        first = bisect_left(self._starts, span[0])
        last = bisect_left(self._starts, span[1])
        heads = (self._tokens[token.head] for token in self._tokens[first:last])
        return any(head.start == preposition.start for head in heads)

    # ----------------------------------------------------------------------- tense

    def tense(self, span: Span, words: Sequence[Word], at: int) -> Tense | None:
        """The tense of the verb on which `words[at]` and its span hang, or what stands before it.

        "Will meet on Monday", "plans to meet on Monday" and "due Monday" are future; "met",
        "had planned to meet" and "may have met" are past. Without a parse the nearest word of
        the sentence that tells a tense stands for the verb.
        """
        before = words[at - 1].lower if at else ""
        if before in _CUES["future"]:
            return "future"
        if before in _CUES["past"]:
            return "past"
        if not self._tokens:
            return _tense_of_words(words, at)
        index = self._top(span)
        nouns = 0
        while index is not None and nouns <= _MOST_NOUNS:
            if self._tokens[index].pos in ("VERB", "AUX"):
                return self._tense_of_verb(index)
            above = self._above(index)
            if above is not None and self._tokens[above].pos in ("NOUN", "PROPN"):
                nouns += 1
            index = above
        return None

    def _top(self, span: Span) -> int | None:
        """The token in the span whose head is outside it, which the others hang on."""
        first = bisect_left(self._starts, span[0])
        last = bisect_left(self._starts, span[1])
        for index in range(first, last):
            head = self._tokens[index].head
            if not first <= head < last or head == index:
                return index
        return first if first < last else None

    def _above(self, index: int) -> int | None:
        head = self._tokens[index].head
        return None if head == index else head

    def _tense_of_verb(self, index: int, depth: int = 0) -> Tense | None:
        token = self._tokens[index]
        children = [self._tokens[c] for c in self._analysis.children[index]]
        helpers = [c for c in children if c.dep in ("aux", "auxpass")]
        lowers = {helper.text.lower() for helper in helpers}
        head = self._above(index)
        if lowers & _CUES["modals"]:
            return "past" if "have" in lowers else "future"
        if "to" in lowers:
            return None if head is None else self._tense_under_to(head, depth)
        if token.tag in ("VBD", "VBN") or any(h.tag == "VBD" for h in helpers):
            return "past"
        if token.tag in ("VBZ", "VBP") or any(h.tag in ("VBZ", "VBP") for h in helpers):
            return "present"
        if head is not None and token.dep in ("conj", "advcl", "xcomp", "pcomp"):
            return self._tense_of_head(head, depth)
        return None

    def _tense_of_head(self, head: int, depth: int) -> Tense | None:
        if depth >= _LONGEST_CLIMB or self._tokens[head].pos not in ("VERB", "AUX"):
            return None
        return self._tense_of_verb(head, depth + 1)

    def _tense_under_to(self, head: int, depth: int) -> Tense | None:
        """ "Plans to meet", "is due to meet": future, but past where it "had planned to"."""
        if self._tokens[head].lemma not in _CUES["plans"]:
            return self._tense_of_head(head, depth)
        above = self._above(head)
        around = [
            *self._analysis.children[head],
            *(self._analysis.children[above] if above else ()),
        ]
        return "past" if any(self._tokens[c].text.lower() == "had" for c in around) else "future"

    # ----------------------------------------------------------------------- names

    def without_names(self, words: Sequence[Word], classes: str) -> str:
        """The class string with months and weekdays that are names or verbs here taken out."""
        chars = list(classes)
        for at, word in enumerate(words):
            if word.lower in AMBIGUOUS and not self._is_time(words, classes, at):
                chars[at] = NOTHING
        return "".join(chars)

    def _is_time(self, words: Sequence[Word], classes: str, at: int) -> bool:
        """Whether "May", "March", "Sun" or "June" there is a time: what stands beside it tells."""
        word = words[at]
        before = classes_of(classes[at - 1 : at])
        after = classes_of(classes[at + 1 : at + 2])
        second = classes_of(classes[at + 2 : at + 3])
        if not word.text[0].isupper():
            return False
        if word.text.endswith(".") or after & {"dayno", "year"}:
            return True
        if word.lower in ABBREVIATED:
            return "comma" in after and bool(second & {"dayno", "month"})
        if ("comma" in after and "year" in second) or before & {"dayno", "month", "ordinal"}:
            return True
        if word.start in self._people:
            return False
        if word.lower in CLASSES["person_names"] or before & CLASSES["before_month"]:
            return True
        return bool(before & CLASSES["before_month_and_noun"]) and word.lower not in self._surnames
