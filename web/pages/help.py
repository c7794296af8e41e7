"""Help: a short guide for each office, and a tour of the demo."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, render_template
from flask_security import current_user

from web.pages.frame import visitor
from web.words.guides import GUIDES, TOUR

pages = Blueprint("help", __name__, url_prefix="/help")


@pages.get("")
def show() -> str:
    """Show every guide, those for the visitor's own offices first and open."""
    roles = visitor().roles if current_user.is_authenticated else frozenset()
    own = [code for code, guide in GUIDES.items() if roles.intersection(guide.roles)]
    others = [code for code in GUIDES if code not in own]
    if not roles:
        others.sort(key=lambda code: bool(GUIDES[code].roles))  # the public first
        own = others[:1]
        others = others[1:]
    return render_template(
        "help/show.html", guides=[(code, GUIDES[code]) for code in (*own, *others)], own=own
    )


@pages.get("/tour")
def tour() -> str:
    """Lead through the demo, where there is one."""
    if not current_app.extensions["settings"].demo:
        abort(404)
    return render_template("help/tour.html", stops=TOUR)
