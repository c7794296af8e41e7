"""Files of an export: written while they are made, known by their hash."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class File(NamedTuple):
    """A file to be written: its name, its parts, and how many records it has once written."""

    name: str
    parts: Iterable[bytes]


class Written(NamedTuple):
    """A file that was written."""

    name: str
    sha256: str
    bytes: int


def write(folder: Path, file: File) -> Written:
    """Write a file; whoever reads meanwhile finds the former one, or none."""
    path, hash, size = folder / file.name, hashlib.sha256(), 0
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with fresh.open("wb") as opened:
        for part in file.parts:
            hash.update(part)
            size += opened.write(part)
    fresh.replace(path)
    return Written(file.name, hash.hexdigest(), size)
