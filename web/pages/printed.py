"""Papers as pages to print: the minutes of a session."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from domain.history import as_of
from domain.session import fold
from web.pages.frame import when
from web.pages.naming import title
from web.pages.sessions import minutes_of
from web.pages.timeline import known

pages = Blueprint("printed", __name__)


@pages.get("/sessions/<id>/minutes")
def minutes(id: str) -> str:
    """Show what the minutes of a session must say, ready for A4."""
    session = fold(as_of(known(f"session:{id}"), when().on))
    if session.held_on is None or session.council is None:
        abort(404)
    told, named = minutes_of(f"session:{id}", session), title(f"session:{id}", session)
    return render_template("subject/minutes.html", id=id, session=session, told=told, named=named)
