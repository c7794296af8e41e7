"""Comments on those who are proposed: anybody may write, and nobody is asked for a name."""

from __future__ import annotations

from typing import Any, Final

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from domain.candidate import fold
from domain.history import as_of
from domain.publicity import CommentPeriodClosed, CommentPeriodOpened
from domain.values import Private
from web import exemplars
from web.languages import _
from web.pages.frame import parts
from web.pages.public.site import draw, id_of, pages
from web.schemas import CODED, CODES
from workflow import openness
from workflow.case import PUBLIC
from workflow.commands import ReceiveComment
from workflow.openness import Known
from workflow.register import Request

LONGEST: Final = 2000  # characters of a comment


@pages.get("/comments")
def comments() -> ResponseReturnValue:
    """List those on whom anybody may comment today."""
    return draw("comments", shown=commented(), id_of=id_of)


@pages.get("/comments/<id>")
def comment(id: str) -> ResponseReturnValue:
    """Show whom a comment is about, and the form."""
    return draw("comment", **_open(id), said="", problem="")


@pages.post("/comments/<id>")
def send(id: str) -> ResponseReturnValue:
    """Hand a comment in; what it says goes into the vault, and nobody is asked for a name."""
    about, said = _open(id), request.form.get("text", "").strip()
    if request.form.get("website"):  # a field that people do not see
        return redirect(url_for("public.thanks", id=id))
    problem = _(CODED) if CODES.search(said) else ""
    if not said or len(said) > LONGEST:
        problem = _("Cần viết ý kiến, không quá %(most)s ký tự.", most=LONGEST)
    if problem:
        return draw("comment", **about, said=said[:LONGEST], problem=problem), 422
    text = ReceiveComment(Private({"text": said}))
    parts().register.submit(Request(text, PUBLIC, f"candidate:{id}"))
    return redirect(url_for("public.thanks", id=id))


@pages.get("/comments/<id>/thanks")
def thanks(id: str) -> ResponseReturnValue:
    """Say that a comment has arrived, and what becomes of it."""
    return draw("thanks", id=id)


def commented() -> list[tuple[Known, Any]]:
    """Return those on whom anybody may comment today, each with the last day."""
    ledger, today = parts().ledger, parts().register.today()
    told = ledger.entries_of(ledger.pending(CommentPeriodOpened, CommentPeriodClosed))
    found = {id: fold(as_of(entries)) for id, entries in told.items()}
    open_ = {id: one for id, one in found.items() if openness.is_commented(one, today)}
    known = exemplars.described(parts(), open_, told)
    return [(one, open_[one.subject].publicity.until) for one in known]


def _open(id: str) -> dict[str, Any]:
    """Return whom a comment would be about; nobody else is there."""
    found = next((pair for pair in commented() if id_of(pair[0]) == id), None)
    if found is None:
        abort(404)
    return {"one": found[0], "until": found[1], "id": id, "most": LONGEST}
