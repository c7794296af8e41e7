"""Papers to take away: Word, PDF/A and Excel of what a page shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from flask import Blueprint, Response, abort

from domain import candidate, quota, session
from domain.history import as_of
from web.languages import chosen, official
from web.pages import reports
from web.pages.frame import parts, when
from web.pages.naming import called
from web.pages.sessions import minutes_of
from web.pages.timeline import known
from web.reports import shown

pages = Blueprint("papers", __name__)
FORMS: Final = {"docx": "word", "pdf": "portable", "xlsx": "books"}


CALLED: Final = {  # as a file, among others that somebody took away
    "report": "bao-cao",
    "decision": "quyet-dinh",
    "submission": "to-trinh",
    "file": "ho-so",
    "minutes": "bien-ban",
    "delegates": "danh-sach-dai-bieu",
}
NAMES: Final = "any(report, decision, submission, file, minutes, delegates)"


@pages.get(f"/papers/<{NAMES}:name>/<id>.<any(docx, pdf, xlsx):ext>")
def paper(name: str, id: str, ext: str) -> Response:
    """Give a paper as a file."""
    with official():
        made, data = SAID[name](_room("contents"), id)
        return _file_of(f"{CALLED[name]}-{id}", ext, made, data)


def of_report(id: str, ext: str) -> Response:
    """Give a report as a file."""
    with official():
        return _file_of(f"{CALLED['report']}-{id}", ext, *_report(_room("contents"), id))


def _file_of(name: str, ext: str, made: Any, data: bytes | None) -> Response:
    render = _room(FORMS[ext])
    return reports.attached(render.render(made, data), render.KIND, f"{name}.{ext}")


@pages.get("/reports/<id>/<figure>.svg")
def chart(id: str, figure: str) -> Response:
    """Draw one figure of a report."""
    _report, document = reports.found(id)
    drawn = _drawn(document, figure, chosen()) or abort(404)
    return Response(drawn, mimetype="image/svg+xml")


@lru_cache(200)
def _drawn(document: bytes, figure: str, _language: str) -> str | None:
    """Return the picture of a figure in the language of this answer; a report never changes."""
    table = next((one for one in shown.tables(document) if one.name == figure), None)
    charts = _room("charts")
    drawn = charts.drawing(table, charts.PAGE) if table else None
    return drawn.svg if drawn else None


def _room(name: str) -> Any:
    """Return a part of the papers, which need libraries of their own. Raises 501 without."""
    try:
        return import_module(f"web.papers.{name}")
    except ModuleNotFoundError:
        abort(501, "pip install 'exemplar-register[papers]'")


def _report(contents: Any, id: str) -> tuple[Any, bytes | None]:
    report, document = reports.found(id)
    return contents.report(parts(), report, document), document


def _decision(contents: Any, id: str) -> tuple[Any, None]:
    return contents.decision(parts(), _candidate(id), when().on), None


def _submission(contents: Any, id: str) -> tuple[Any, None]:
    every = [_candidate(one) for one in id.split(",")]
    return contents.submission(parts(), every, when().on), None


def _file(contents: Any, id: str) -> tuple[Any, None]:
    return contents.file(parts(), _candidate(id), when().on), None


def _minutes(contents: Any, id: str) -> tuple[Any, None]:
    held = session.fold(as_of(known(f"session:{id}"), when().on))
    if held.held_on is None or held.council is None:
        abort(404)
    return contents.minutes(parts(), held, minutes_of(f"session:{id}", held)), None


def _delegates(contents: Any, id: str) -> tuple[Any, None]:
    state = quota.fold(as_of(known(f"quota:{id}"), when().on))
    if state.name is None:
        abort(404)
    return contents.delegates(parts(), state, lambda one: called([one])[one], when().on), None


def _candidate(id: str) -> candidate.Candidate:
    found = candidate.fold(as_of(known(f"candidate:{id}"), when().on))
    if found.discovered is None:
        abort(404)
    return found


SAID: Final[dict[str, Callable[[Any, str], tuple[Any, bytes | None]]]] = {
    "report": _report,
    "decision": _decision,
    "submission": _submission,
    "file": _file,
    "minutes": _minutes,
    "delegates": _delegates,
}
