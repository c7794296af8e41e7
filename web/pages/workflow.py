"""The workflow: the machine of the rules, how many stand where, and how long they have waited."""

from __future__ import annotations

from flask import Blueprint, render_template

from events_store import figures
from web.diagram import diagram
from web.lifeline import activity
from web.pages.frame import parts, when
from web.words import sentences

pages = Blueprint("workflow", __name__)


@pages.get("/workflow")
def show() -> str:
    """Show the machine in force on the day asked about."""
    at, db = when(), parts().ledger.db
    rules = parts().register.in_force(at.on)
    return render_template(
        "workflow.html",
        rules=rules,
        drawn=diagram(rules),
        moves=sentences.MOVE,
        words=sentences,
        counts=figures.counts(db, at.on, at.known),
        waits=figures.waiting(db, at.on, at.known),
        life=activity(figures.months(db, at.known), at.on, parts().register.today()),
    )
