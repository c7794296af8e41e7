"""Who is recognised, and what can be learned of them."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from operator import attrgetter
from typing import Final

from flask import abort, request
from flask.typing import ResponseReturnValue

from domain.values import CandidateKind
from web.languages import _
from web.pages.frame import parts, when
from web.pages.public.comments import commented
from web.pages.public.site import draw, id_of, kept, pages, site
from web.pages.register import standing
from web.people import content_of
from web.units import unit_names
from web.words.labels import STATES, label
from workflow import openness
from workflow.openness import METHOD, Known

PAGE: Final = 50


@pages.get("")
@kept
def show() -> ResponseReturnValue:
    """Show how many there are, and where to go on."""
    at = when()
    found = site().exemplars.of(parts(), at)
    newest = nlargest(5, found, key=attrgetter("recognized_on", "entry"))
    crowd = standing()
    states = openness.merged(crowd.states())
    units = unit_names(parts().register, at.on, at.known)
    by_unit = crowd.by_unit().items()
    summed = openness.merged({id: sum(cell.values()) for id, cell in by_unit})
    return draw(
        "home",
        newest=newest,
        count=len(found),
        states=[(state, STATES.get(state, ""), count) for state, count in states.items()],
        units=sorted(
            ((units.get(id, ""), count) for id, count in summed.items()),
            key=lambda pair: (not pair[0], -pair[1]),
        ),
        methods=sum(one.method is not None for one in found),
        comments=len(commented()),
    )


@pages.get("/exemplars")
@kept
def list_() -> ResponseReturnValue:
    """List the recognised exemplars by name, some on a page."""
    asked = request.args
    found = site().exemplars.of(parts(), when(), asked.get("q", "").strip()[:100])
    if (kind := asked.get("kind")) in list(CandidateKind):
        found = [one for one in found if one.kind == kind]
    start = _after(found, asked.get("after"))
    shown, more = found[start : start + PAGE], found[start + PAGE :]
    return draw(
        "exemplars",
        shown=shown,
        found=len(found),
        more=id_of(shown[-1]) if more else None,
        asked=asked,
        kinds=[(str(one), label(one)) for one in CandidateKind],
        id_of=id_of,
    )


@pages.get("/exemplars/<id>")
@kept
def one(id: str) -> ResponseReturnValue:
    """Show what anybody may know of one exemplar."""
    found = next((one for one in site().exemplars.of(parts(), when()) if id_of(one) == id), None)
    if found is None:
        abort(404)
    return draw("exemplar", one=found, method=_method(found))


@pages.get("/methods")
@kept
def methods() -> ResponseReturnValue:
    """Show the methods worth copying, some on a page."""
    found = [one for one in site().exemplars.of(parts(), when()) if one.method]
    start = _after(found, request.args.get("after"))
    shown, more = found[start : start + 20], found[start + 20 :]
    told = [(one, _method(one)) for one in shown]
    return draw("methods", shown=told, more=id_of(shown[-1]) if more else None, id_of=id_of)


def _after(found: Sequence[Known], id: str | None) -> int:
    """Return where it goes on after somebody; at the beginning if nobody of that id is there."""
    if not id:
        return 0
    return next((at for at, one in enumerate(found, 1) if id_of(one) == id), 0)


def _method(one: Known) -> list[tuple[str, str]]:
    """Return the parts of a method with their headings."""
    words = content_of(parts().ledger, one.method)
    told = openness.method(words) if one.method else {}
    return [(heading(key), told[key]) for key in METHOD if key in told]


def heading(key: str) -> str:
    """Return what a part of a method is called."""
    return {
        "problem": _("Vấn đề đặt ra"),
        "action": _("Đã làm gì"),
        "conditions": _("Điều kiện cần có"),
        "costs": _("Chi phí"),
        "outcome": _("Kết quả"),
        "how_to": _("Cách làm theo"),
    }[key]
