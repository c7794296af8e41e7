"""Numbers of entries as people and programs give them: written in the only way there is.

Where 007 or +7 were read as 7, one number would have many names, and another reader of the same
text might take it for another.
"""

from __future__ import annotations

import re
from typing import Final

from werkzeug.routing import IntegerConverter

WRITTEN: Final = "(?:0|[1-9][0-9]{0,17})"  # below any number that the log could not hold
_WHOLE: Final = re.compile(WRITTEN)


def number(text: str) -> int | None:
    """Return the number that a text is, or None if it is none, or not written as one is."""
    return int(text) if _WHOLE.fullmatch(text) else None


class Number(IntegerConverter):
    """A number within an address; one that should be written otherwise leads nowhere."""

    regex = WRITTEN
