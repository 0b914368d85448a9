"""A report's text as HTML: every character as it stood, cited spans as elements to link to.

Spans may nest, cross and repeat; elements may only nest. Each distinct span becomes one `<mark>`
with the id `r3-s120-180` where it starts; where spans cross, or a paragraph ends, a mark is closed
and taken up again without an id (`data-of` names the one that it goes on with).
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from dateline.model import Span

# Characters that a reader cannot see and that can make a text look like another one: controls
# but for tab and the line ends, bidirectional marks, lone surrogates, noncharacters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_LINE = re.compile(r"[^\n]+")
_BLANK = re.compile(r"\n[ \t\r\f\v]*\n")

# A text of which no line is longer than this and that has blank lines is one that was wrapped by
# hand: its paragraphs are what stands between blank lines. RFC 5322 asks for lines under 78.
_WRAPPED_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as HTML, and the characters of the report that it shows."""

    start: int
    end: int
    html: Markup
    furniture: bool


def marked_paragraphs(
    text: str,
    prefix: str,
    spans: Mapping[Span, str],
    furniture: Iterable[tuple[int, int, str]] = (),
) -> list[Paragraph]:
    """The paragraphs of `text` with `spans` (each with its CSS class) as marks with ids.

    >>> [p.html for p in marked_paragraphs("Two fell.", "r1", {(0, 9): "ev", (0, 3): "words"})]
    [Markup('<mark id="r1-s0-9" class="ev"><mark id="r1-s0-3" class="words">Two</mark> fell.</mark>')]
    """
    grey = [(start, end, f"furniture f-{kind}") for start, end, kind in furniture]
    wanted = [(s, e, css) for (s, e), css in spans.items() if 0 <= s < e <= len(text)]
    ids = {(s, e): span_id(prefix, (s, e)) for s, e, _ in wanted}
    layers = sorted({*grey, *wanted}, key=lambda layer: (layer[0], -layer[1], layer[2]))
    shown, placed = [], set[str]()
    first = 0
    for start, end in _paragraphs(text):
        while first < len(layers) and layers[first][1] <= start:
            first += 1
        inside = [layer for layer in layers[first:] if layer[0] < end and start < layer[1]]
        html = _marked(text, (start, end), inside, ids, placed)
        greyed = sum(min(e, end) - max(s, start) for s, e, _ in grey if s < end and start < e)
        shown.append(Paragraph(start, end, html, furniture=greyed * 2 > end - start))
    return shown


def span_id(prefix: str, span: Sequence[int]) -> str:
    """The address of a span on the page: "r3-s120-180"."""
    return f"{prefix}-s{span[0]}-{span[1]}"


def visible(text: str) -> str:
    """The text with what cannot be seen written out: "\u202e" becomes "⟨U+202E⟩".

    >>> visible("abc\\x00")
    'abc⟨U+0000⟩'
    """
    return _UNSEEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def _visible_html(text: str) -> str:
    """The text as HTML, what cannot be seen set apart with its name."""

    def written(match: re.Match[str]) -> str:
        name = unicodedata.name(match[0], "a character that cannot be seen")
        return f'<span class="unseen" title="{escape(name)}">⟨U+{ord(match[0]):04X}⟩</span>'

    return _UNSEEN.sub(written, str(escape(text)))


def _paragraphs(text: str) -> list[Span]:
    """The paragraphs: the lines, or what stands between blank lines in a text wrapped by hand."""
    lines = [match.span() for match in _LINE.finditer(text) if match[0].strip()]
    longest = max((end - start for start, end in lines), default=0)
    if longest > _WRAPPED_WIDTH or not _BLANK.search(text):
        return lines
    blocks: list[Span] = []
    for start, end in lines:
        if blocks and text.count("\n", blocks[-1][1], start) == 1:
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
    return blocks


def _marked(
    text: str,
    block: Span,
    layers: Sequence[tuple[int, int, str]],
    ids: Mapping[Span, str],
    placed: set[str],
) -> Markup:
    """One paragraph's HTML: opens and closes the layers in turn so that they only ever nest."""
    start, end = block
    cuts = sorted(
        {start, end}
        | {s for s, _, _ in layers if start < s < end}
        | {e for _, e, _ in layers if start < e < end}
    )
    out: list[str] = []
    open_: list[tuple[int, int, str]] = []
    for here, there in itertools.pairwise(cuts):
        kept = next((i for i, layer in enumerate(open_) if layer[1] <= here), len(open_))
        wanted = [layer for layer in layers if layer[0] <= here < layer[1]]
        # What stays open below the first that ends is left alone; the rest is taken up again.
        while kept and open_[:kept] != wanted[:kept]:
            kept -= 1
        out.append("</mark>" * (len(open_) - kept))
        out.extend(_opening(layer, ids, placed) for layer in wanted[kept:])
        open_ = wanted
        out.append(_visible_html(text[here:there]))
    out.append("</mark>" * len(open_))
    return Markup("".join(out))


def _opening(layer: tuple[int, int, str], ids: Mapping[Span, str], placed: set[str]) -> str:
    start, end, css = layer
    name = ids.get((start, end)) if not css.startswith("furniture") else None
    if name is None:
        return f'<mark class="{escape(css)}">'
    if name in placed:
        return f'<mark data-of="{name}" class="{escape(css)}">'
    placed.add(name)
    return f'<mark id="{name}" class="{escape(css)}">'
