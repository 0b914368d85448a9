"""Dateline reads a pile of news reports and keeps a dated, cited record of who said and did what.

    >>> import dateline
    >>> sorted(dateline.__all__)[:3]
    ['add', 'agreement', 'build']

`build`, `add` and `link` write a record; `open_record` and `contents` read one; `timeline`,
`ledger`, `agreement` and `search` answer questions; `public_objects` gives it in the public
format; `verify` says what is wrong with it. Each is imported when it is first used, so that
`import dateline` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dateline.analysis.agreement import agreement
    from dateline.analysis.ledger import ledger
    from dateline.analysis.timeline import timeline
    from dateline.exports.objects import public_objects
    from dateline.pipeline import add, build, link
    from dateline.store.contents import contents
    from dateline.store.record import open_record
    from dateline.store.search import search
    from dateline.store.verify import verify

__all__ = [
    "add",
    "agreement",
    "build",
    "contents",
    "ledger",
    "link",
    "open_record",
    "public_objects",
    "search",
    "timeline",
    "verify",
]

_HOMES = {
    "add": "dateline.pipeline",
    "agreement": "dateline.analysis.agreement",
    "build": "dateline.pipeline",
    "contents": "dateline.store.contents",
    "ledger": "dateline.analysis.ledger",
    "link": "dateline.pipeline",
    "open_record": "dateline.store.record",
    "public_objects": "dateline.exports.objects",
    "search": "dateline.store.search",
    "timeline": "dateline.analysis.timeline",
    "verify": "dateline.store.verify",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'dateline' has no attribute {name!r}")
