"""Files of open data for the public site: made once for each size of the log, when asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from typing import Final
from weakref import finalize

from flask import Response, send_file

from web import exports
from web.exports import files
from web.exports.source import Level, Source
from web.exports.tables import TABLES
from web.parts import Parts

TABLE_NAMES: Final = [*(table.name for table in TABLES if table.public), "dictionary"]
NAMED: Final = (
    ("csv", [f"{name}.csv" for name in TABLE_NAMES]),
    ("json", [f"{name}.json" for name in TABLE_NAMES]),
    ("ocds", ["releases.json", "records.json"]),
    ("xes", ["log.xes"]),
    ("ocel", ["log.jsonocel"]),
    ("cloudevents", ["events.jsonl"]),
    ("manifest", [exports.MANIFEST]),
)
KIND_OF: Final = {name: kind for kind, names in NAMED for name in names}


class OpenData:
    """The files of one size; they are thrown away when the log has grown."""

    def __init__(self) -> None:
        """Make nothing yet."""
        self._size, self._lock, self._folder = -1, Lock(), Path()
        self._throw_away: Callable[[], object] = lambda: None

    def file(self, parts: Parts, name: str) -> Response | None:
        """Return a file below the newest seal; None if there is none, or no such file."""
        last = parts.sealer.last()
        if last is None or name not in KIND_OF:
            return None
        with self._lock:
            path = self._place(last.point.size) / name
            if not path.exists():
                source = Source(parts, last.point.size, Level.PUBLIC, last.point.origin)
                files.write(path.parent, _made(source, name))
            answer = send_file(path, as_attachment=True, download_name=name)
        answer.headers["Cache-Control"] = "no-cache"
        return answer

    def _place(self, size: int) -> Path:
        if size != self._size:
            self._throw_away()
            self._folder, self._size = Path(mkdtemp(prefix="open-data-")), size
            self._throw_away = finalize(self, rmtree, self._folder, ignore_errors=True)
        return self._folder


def _made(source: Source, name: str) -> files.File:
    """Return one file; the others of its format are not read."""
    if name == exports.MANIFEST:
        return exports.manifest(source)
    return next(file for file in exports.FORMATS[KIND_OF[name]](source) if file.name == name)
