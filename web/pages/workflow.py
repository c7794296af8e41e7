"""The workflow: the machine of the rules, how many stand where, and how long they have waited."""

from __future__ import annotations

from flask import Blueprint, render_template

from events_store.figures import FIGURES, Asked
from web.diagram import diagram
from web.lifeline import activity
from web.pages.frame import parts, when
from web.words import sentences

pages = Blueprint("workflow", __name__)


@pages.get("/workflow")
def show() -> str:
    """Show the machine in force on the day asked about."""
    at, ledger = when(), parts().ledger
    rules = parts().register.in_force(at.on)
    (waited,) = ledger.figures.ask((FIGURES["waiting"],), Asked(at.on, at.known))
    waits = {row["state"]: row for row in waited.told()}
    return render_template(
        "workflow.html",
        rules=rules,
        drawn=diagram(rules),
        moves=sentences.MOVE,
        words=sentences,
        counts={state: wait["count"] for state, wait in waits.items()},
        waits=waits,
        life=activity(ledger.figures.months(at.known), at.on, parts().register.today()),
    )
