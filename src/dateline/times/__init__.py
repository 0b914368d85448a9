"""Report, Analysis -> list[Time]: every expression of time in a report, dated honestly.

`lexer` reads words, `grammar` makes forms of them, `forms` settles a form with an anchor, and
`finding` chooses what each form leans on: the publication, or the story told so far.
"""

from dateline.times.finding import find_times
from dateline.times.forms import resolve

__all__ = ["find_times", "resolve"]
