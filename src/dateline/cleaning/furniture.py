"""What in a text is not story: the finders, in the order in which they run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from dateline.cleaning.blocks import HEAD, Block, Marks, plain_words
from dateline.cleaning.published import DATE, MONTH, parse_published
from dateline.cleaning.wires import Wires
from dateline.lexicon import load
from dateline.model import UNKNOWN_TIME, Dateline, FurnitureKind, Time


@dataclass(slots=True)
class Found:
    """What the finders learn on the way: a notebook of one call of `clean`."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: Time = UNKNOWN_TIME
    dateline: Dateline | None = None


# --------------------------------------------------------------------------- rules of the lexicon


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    kind: FurnitureKind
    pattern: re.Pattern[str]
    max_words: int
    at: str
    quoted: bool

    def takes(self, text: str) -> bool:
        """Whether a block of this text is the rule's furniture."""
        if len(text.split()) > self.max_words or (not self.quoted and _QUOTED.search(text)):
            return False
        return self.pattern.search(text) is not None


_QUOTED = re.compile(r"[“”\"]|''|``")


@cache
def _rules(table: str) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            name=row["name"],
            kind=row["kind"],
            pattern=re.compile("|".join(f"(?:{p})" for p in row["patterns"]), re.I),
            max_words=row.get("max_words", 40),
            at=row.get("at", "any"),
            quoted=row.get("quoted", True),
        )
        for row in load("furniture")[table]
    )


def _find_by_rules(marks: Marks, found: Found, wires: Wires) -> None:
    for rule in _rules("rule"):
        where = {"head": marks.head, "tail": marks.tail, "any": marks.free}[rule.at]
        for number, block in list(where()):
            if rule.takes(block.text):
                marks.take(number, rule.kind)


def _find_parts(marks: Marks, found: Found, wires: Wires) -> None:
    for _, block in list(marks.free()):
        for rule in _rules("part"):
            if match := rule.pattern.search(block.text):
                marks.mark(block.start + match.start(), block.start + match.end(), rule.kind)


# --------------------------------------------------------------------------- titles, repeats

_TITLE_WORDS = 30
_LONG_BLOCK = 40  # words: mastheads and stated rows come before the first block as long as this
_TITLE_END = re.compile(r"[.;:,][\"”’')\]]*\s*$")
_REPEAT_WORDS = 8  # a shorter line may well stand twice in a story ("What did he say?")


def _find_front_matter(marks: Marks, found: Found, wires: Wires) -> None:
    match = re.match(r"---[ \t]*\r?\n.*?\r?\n---[ \t]*(?=\r?\n|$)", marks.text, re.S)
    if match:
        for number, block in list(marks.free()):
            if block.end <= match.end():
                marks.take(number, "other")


def _find_masthead(marks: Marks, found: Found, wires: Wires) -> None:
    """Reads the outlet's name where it stands alone above the story: "The Harbour Post"."""
    for number, block in list(marks.head()):
        name = block.text.strip("*_ \t")
        is_name = wires.is_outlet(name) or _masthead().fullmatch(name) is not None
        if is_name and number < _MASTHEAD_BLOCKS and name[:1].isalnum():
            found.outlet = found.outlet or name
            marks.take(number, "other")
            return
        if len(block.text.split()) >= _LONG_BLOCK:
            return


_MASTHEAD_BLOCKS = 3  # a row of the date, and one of the title, may stand above it


@cache
def _masthead() -> re.Pattern[str]:
    words = load("furniture")["masthead"]
    return re.compile(
        rf"(?:The )?(?:[A-Z][\w.’'-]* ){{1,3}}(?:{'|'.join(words['last'])})"
        rf"|\w{{1,8}}(?:{'|'.join(words['endings'])})"
    )


def _find_titles(marks: Marks, found: Found, wires: Wires) -> None:
    """Marks the title where it stands in the text; a first line that is one becomes the title."""
    first = next(marks.head(), None)
    if not found.title and first and _is_title(first[1].text) and len(marks.blocks) > first[0] + 1:
        found.title = _HEADING.sub("", first[1].text)
    if found.title:
        for number, block in list(marks.head()):
            if plain_words(block.text) == plain_words(found.title):
                marks.take(number, "title")


_HEADING = re.compile(r"^#{1,6}[ \t]+|[ \t]+#+$")


# A first line that opens with a place and an agency, or a place in capitals and a dash
_OPENS_DATELINE = re.compile(
    r"[^()]{0,60}\([A-Z][\w ]{1,30}\) ?(?:-|–|—)|[A-Z][A-Z ,.]{2,40}(?:--|–|—)"
)


def _is_title(text: str) -> bool:
    return (
        2 <= len(text.split()) <= _TITLE_WORDS
        and not _TITLE_END.search(text)
        and not _OPENS_DATELINE.match(text)
        and not text.lower().startswith("by ")
        and text[:1] not in "-*•–—"
    )


def _find_repeats(marks: Marks, found: Found, wires: Wires) -> None:
    """Marks what stands twice: of a standfirst and the lead it repeats, the standfirst."""
    blocks = [(number, plain_words(block.text)) for number, block in marks.free()]
    seen: dict[str, int] = {}
    for number, content in blocks:
        if len(content.split()) >= _REPEAT_WORDS and content in seen:
            earlier = seen[content]
            marks.take(*((earlier, "title") if earlier < HEAD else (number, "other")))
        seen.setdefault(content, number)
    for number, block in list(marks.head()):
        content = plain_words(block.text)
        if len(content.split()) >= _REPEAT_WORDS and any(
            other > number and longer.startswith(content + " ") for other, longer in blocks
        ):
            marks.take(number, "title")


# --------------------------------------------------------------------------- stated rows


@cache
def _stated_row() -> re.Pattern[str]:
    """A row's key, as the lexicon has it, longest first: "Published on", "date", "Source:"."""
    rows = load("furniture")["stated"]
    keys = "|".join(
        f"(?P<{field}>{'|'.join(sorted(names, key=len, reverse=True))})"
        for field, names in rows.items()
    )
    return re.compile(rf"\W{{0,3}}(?:{keys})(?P<colon> ?:)?[ \t]+", re.I)


def _find_stated(marks: Marks, found: Found, wires: Wires) -> None:
    """Reads rows such as "Published: 24 July 2023", and "date 2023-07-23" before a story.

    A bare date, or one of an update, is furniture, but not when the report was published.
    """
    for number, block in list(marks.head()):
        row = _stated_row().match(block.text)
        field = _field(row)
        date = DATE.match(block.text, row.end() if row and field in _DATES else 0)
        if date and _row_ends(block.text, date.end()):
            _take_date(found, field, block, date)
            marks.take(number, "other")
        elif date and number == 0 and field in _DATES and _ISO_DAY.search(date.group()):
            _take_date(found, field, block, date)
            marks.mark(block.start, block.start + date.end(), "other")
        elif (
            row and row["colon"] and field in _ROW_KINDS and len(block.text.split()) <= _TITLE_WORDS
        ):
            value = block.text[row.end() :].strip()
            if field != "url" and getattr(found, field) is None:
                setattr(found, field, value)
            marks.take(number, _ROW_KINDS[field])
        elif len(block.text.split()) >= _LONG_BLOCK:
            return


def _field(row: re.Match[str] | None) -> str:
    """What a row states: the name of the group that its key matched, "" where none did."""
    groups = row.groupdict() if row else {}
    return next((name for name, key in groups.items() if key and name != "colon"), "")


_DATES = ("published", "updated")
_ROW_KINDS: Mapping[str, FurnitureKind] = {
    "title": "title",
    "byline": "byline",
    "outlet": "other",
    "url": "other",
}
_ISO_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def _take_date(found: Found, field: str, block: Block, date: re.Match[str]) -> None:
    if field != "published" or found.published != UNKNOWN_TIME:
        return
    stated = date.group().strip(" :,\t")
    time = parse_published(stated)
    if time.edtf is not None:
        start = block.start + block.text.index(stated, date.start())
        found.published = replace(time, words=(start, start + len(stated)))


def _row_ends(text: str, at: int) -> bool:
    return not any(map(str.isalnum, text[at:]))


# --------------------------------------------------------------------------- datelines

_DAY = rf"(?i:{MONTH} \d{{1,2}}(?:,? (?:19|20)\d\d)?|\d{{1,2}} {MONTH}(?:,? (?:19|20)\d\d)?)"
_CAPITALISED = r"[A-Z][\w.'’]*(?:[-/][A-Z]?[\w.'’]+)*"
_PLACE = rf"{_CAPITALISED}(?: (?:{_CAPITALISED}|of|the|de|al|el)){{0,4}}"
# "SEOUL, South Korea, July 24 (AP) —", "Pyongyang, December 24 (KCNA) --", "(CNN) --", "SEOUL —"
_DATELINE = re.compile(
    rf"(?:(?P<place>{_PLACE})(?P<region>(?:, (?!(?i:{MONTH} ?\d)){_PLACE}){{0,2}})(?:,? \(?(?P<date>{_DAY})\)?)?,? ?)?"
    r"(?:\((?P<wire>[A-Z][^()\d]{1,40})\))?"
    r" ?(?P<dash>--+|[–—]|- |:(?= ))?\s*"
)


def _find_dateline(marks: Marks, found: Found, wires: Wires) -> None:
    """Marks "SEOUL, July 24 (AP) —" where the story begins, and keeps what it says."""
    for number, block in list(marks.head())[:4]:
        at = marks.story_start(number) - block.start
        lead = _BYLINE_LEAD.match(block.text, at)
        for start in (at, lead.end() if lead else at):
            match = _DATELINE.match(block.text, start)
            if match and _is_dateline(match, wires):
                if start > at:
                    found.byline = found.byline or block.text[at:start].strip()
                    marks.mark(block.start + at, block.start + start, "byline")
                found.dateline = _dateline(match, block.start, wires)
                marks.mark(found.dateline.start, found.dateline.end, "dateline")
                _date_from_dateline(found, marks.text)
                return


# "By HYUNG-JIN KIM, Associated Press SEOUL, South Korea (AP) — ..." run together by a crawler
_BYLINE_LEAD = re.compile(
    r"(?:By|BY) [A-Z][^.!?()]{3,80}?(?= [A-Z][A-Z]{2,}[ ,A-Za-z.]{0,40}\([A-Z])[\s]*"
)


def _is_dateline(match: re.Match[str], wires: Wires) -> bool:
    place, wire, dash = match["place"], match["wire"], match["dash"]
    if wire is not None:
        known = wires.short(wire) is not None
        return dash is not None and dash != ":" if not known else bool(dash or place)
    if place is None or dash is None or _row_ends(match.string, match.end()):
        return False
    return _is_upper(place) and (dash != ":" or match["date"] is not None)


def _is_upper(place: str) -> bool:
    return place == place.upper() and sum(map(str.isalpha, place)) >= 3


def _dateline(match: re.Match[str], offset: int, wires: Wires) -> Dateline:
    place = match["place"]
    if place is not None:
        place = _title_case(place) + ", ".join(
            ["", *(_title_case(r) for r in (match["region"] or "").split(", ") if r)]
        )
    date = match["date"] and (offset + match.start("date"), offset + match.end("date"))
    return Dateline(
        start=offset + match.start(),
        end=offset + len(match.string[: match.end()].rstrip()),
        place=place,
        date_words=date or None,
        # An agency that the desk does not know goes by the name it is credited with.
        wire=(wires.short(match["wire"]) or match["wire"].strip()) if match["wire"] else None,
    )


def _title_case(place: str) -> str:
    if not _is_upper(place) or "." in place:
        return place
    return re.sub(r"[A-Z]+", lambda m: m.group().capitalize(), place)


def _date_from_dateline(found: Found, text: str) -> None:
    """A dateline's date is the report's where it has a year and nothing else is stated."""
    span = found.dateline.date_words if found.dateline else None
    if span and found.published == UNKNOWN_TIME and re.search(r"(?:19|20)\d\d", text[slice(*span)]):
        found.published = replace(parse_published(text[slice(*span)]), words=span)


# --------------------------------------------------------------------------- bylines, notes, appeals

_NAME = r"[A-Z][\w.'’-]+(?: (?:[A-Z][\w.'’-]*|de|van|von|bin|al|el|der)){1,3}"
_BYLINE = re.compile(
    r"^(?:By|BY|by|Written by|WRITTEN BY|Story by|Analysis by):? +(?P<names>.+)$", re.S
)
_BYLINE_WORDS = 25
_AUTHOR = re.compile(
    rf"^(?P<name>{_NAME})(?:, .{{3,200}}?,)? (?:is|was|are|were|has been) (?:also )?(?:an?|the|currently|[a-z-]+)\b",
    re.S,
)


def _find_bylines(marks: Marks, found: Found, wires: Wires) -> None:
    for number, block in list(marks.head()) + list(marks.tail()):
        match = _BYLINE.match(block.text)
        stated = found.byline is not None and plain_words(block.text) in (
            plain_words(found.byline),
            "by " + plain_words(found.byline),
        )
        if stated or (match and _are_names(match["names"], wires)):
            marks.take(number, "byline")
            found.byline = found.byline or (match["names"].strip() if match else block.text)
        if wires.is_credit(block.text):
            marks.take(number, "byline")


def _are_names(text: str, wires: Wires) -> bool:
    """Whether all words of a row are capitalised or of those that stand in bylines."""
    words = re.findall(r"[^\W\d_][\w.'’-]*", text)
    allowed = load("furniture")["byline"]["after_name"]
    return (
        1 <= len(words) <= _BYLINE_WORDS
        and not text.rstrip().endswith(("?", "!"))
        and all(word[0].isupper() or word.lower() in allowed or len(word) == 1 for word in words)
    )


def _find_authors(marks: Marks, found: Found, wires: Wires) -> None:
    """Marks "Jane Roe, a staff writer at ..., is ..." near the end."""
    jobs = load("furniture")["author"]["jobs"]
    is_job = re.compile(
        rf"\b(?:{'|'.join(jobs)})s?\b(?: \w+)? (?:for|at|with|of|in|on|covering|and|who|based)\b|\b(?:{'|'.join(jobs)})s?\W*$",
        re.I,
    )
    for number, block in list(marks.tail()):
        match = _AUTHOR.match(block.text)
        if (
            match
            and is_job.search(block.text)
            and not _QUOTED.search(block.text)
            and not _SAID.search(block.text)
        ):
            marks.take(number, "note")


_SAID = re.compile(
    r"\b(?:said|says|told|added|announced|accused|warned|killed|fired|launched|according)\b", re.I
)


def _find_appeals(marks: Marks, found: Found, wires: Wires) -> None:
    """Marks what speaks for its outlet and asks for support, and what stands between two such."""
    words = load("furniture")["appeal"]
    own = re.compile(rf"\b(?:{'|'.join(words['first_or_second_person'])})\b", re.I)
    appeal = re.compile(rf"\b(?:{'|'.join(words['words'])})\b", re.I)
    rule = next(rule for rule in _rules("rule") if rule.name == "appeal")
    speaking = [
        number
        for number, block in enumerate(marks.blocks)
        if len(block.text.split()) <= words["max_words"]
        and own.search(block.text)
        and not _QUOTED.search(block.text)
    ]
    asking = {
        number
        for number in speaking
        if rule.takes(marks.blocks[number].text)
        or len({w.lower() for w in appeal.findall(marks.blocks[number].text)})
        >= words["words_needed"]
    }
    for number, _ in list(marks.free(speaking)):
        if number in asking or {number - 1, number + 1} <= asking:
            marks.take(number, "advert")


FINDERS = (
    _find_front_matter,
    _find_stated,
    _find_masthead,
    _find_bylines,
    _find_titles,
    _find_dateline,
    _find_by_rules,
    _find_appeals,
    _find_authors,
    _find_repeats,
    _find_parts,
)
