"""One self-contained HTML page from the public JSON Lines objects: the record as a research note.

The page needs no network and no script: script only adds a filter and keys. Nothing that a report
says is ever run or fetched: all text is escaped, characters that cannot be seen are written out,
and the page's own policy allows nothing but its own style and script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dateline.exports import wording
from dateline.exports.marking import visible
from dateline.exports.views import page_view
from dateline.exports.views.fields import anchor

# Tellings shown of one event, and statements of one speaker, before the rest is folded away.
_TELLINGS_OPEN = 2
_STATEMENTS_OPEN = 12


def render_page(objects: Iterable[Mapping[str, Any]], *, title: str, question: str) -> str:
    """The page as HTML: timeline, events, statements, reports with evidence marked, problems.

    `objects` are those of the public JSON Lines format, in any order; unknown kinds and keys are
    passed over, and what an object lacks is shown as not told. `question` is the sentence that
    says what was asked for.
    """
    folder = files("dateline.exports").joinpath("templates")
    style = folder.joinpath("report.css").read_text("utf-8")
    script = folder.joinpath("report.js").read_text("utf-8")
    environment = Environment(
        loader=PackageLoader("dateline.exports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    return environment.get_template("report.html.j2").render(
        title=title,
        question=question,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        plural=wording.plural,
        anchor=anchor,
        statements_open=_STATEMENTS_OPEN,
        tellings_open=_TELLINGS_OPEN,
        page=page_view(objects),
    )


def _policy(style: str, script: str) -> str:
    """The content security policy: this style and this script, and nothing else."""

    def hashed(text: str) -> str:
        return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

    return (
        f"default-src 'none'; style-src 'sha256-{hashed(style)}'; "
        f"script-src 'sha256-{hashed(script)}'; base-uri 'none'; form-action 'none'"
    )
