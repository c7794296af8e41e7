"""Where tests keep their files: in memory if there is room, for on a disk every commit waits."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

FOLDER, ROOM = Path("/dev/shm"), 4 * 2**30  # bytes that must be free


@cache
def memory() -> Path | None:
    """Return a folder in memory, or None: then files go where temporary files go."""
    fits = os.access(FOLDER, os.W_OK) and shutil.disk_usage(FOLDER).free > ROOM
    return FOLDER if fits else None
