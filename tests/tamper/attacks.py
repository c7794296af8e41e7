"""All attacks, in the order in which the page tells them."""

from __future__ import annotations

import on_entries
import on_other_rows
import on_structure
import with_copies
from attempts import ATTEMPTS

ROOMS = (on_entries, on_other_rows, on_structure, with_copies)  # to import them lists theirs
__all__ = ["ATTEMPTS", "ROOMS"]
