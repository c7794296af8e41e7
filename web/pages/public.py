"""The public site: exemplars, methods worth copying, comments, the log, open data. No account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from heapq import nlargest
from operator import attrgetter
from typing import Any, Final

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from domain.candidate import fold
from domain.history import as_of
from domain.publicity import CommentPeriodClosed, CommentPeriodOpened
from domain.report import Report
from domain.values import CandidateKind, Private
from events_store.checkpoint import base64_of
from web import exemplars, feeds
from web.exemplars import Exemplars
from web.kept_pages import KeptPages
from web.languages import _, chosen
from web.open_data import NAMED, OpenData
from web.pages import papers
from web.pages import reports as report_pages
from web.pages.frame import clocks, link, parts, when
from web.pages.naming import title
from web.pages.register import standing
from web.people import content_of
from web.reports import document, shown
from web.units import unit_names
from web.words.labels import STATES, label
from workflow import openness
from workflow.case import PUBLIC
from workflow.commands import ReceiveComment
from workflow.dates import dates
from workflow.openness import METHOD, Known
from workflow.register import Request

pages = Blueprint("public", __name__, url_prefix="/public")
PAGE: Final = 50
LONGEST: Final = 2000  # characters of a comment
View = Callable[..., ResponseReturnValue]


class Site:
    """What the public site keeps in this process: exemplars, drawn pages, files."""

    def __init__(self) -> None:
        """Begin empty; everything is made when first asked for."""
        self.exemplars, self.pages, self.files = Exemplars(), KeptPages(), OpenData()


def site() -> Site:
    """Return what this application keeps."""
    kept: Site = current_app.extensions.setdefault("public-site", Site())
    return kept


def gather(app: Flask) -> None:
    """Make what takes seconds before anybody asks: templates, sums of the log, the exemplars."""
    assert app.jinja_loader, "the application has templates"
    for template in app.jinja_loader.list_templates():
        app.jinja_env.get_template(template)
    with app.app_context():
        app.extensions["parts"].ledger.prepare()
        site().exemplars.of(app.extensions["parts"])


def kept(view: View) -> View:
    """Draw a page once for each size of the log, each day, language and address."""

    @wraps(view)
    def shown(**values: Any) -> ResponseReturnValue:
        size, today = parts().ledger.size(), parts().register.today()
        key = (request.full_path, chosen(), today.isoformat())
        return site().pages.answer(size, key, lambda: current_app.make_response(view(**values)))

    return shown


def draw(template: str, **values: Any) -> str:
    """Return a page that is the same for whoever looks."""
    return render_template(f"public/{template}.html", **shared(), **values)


def shared() -> dict[str, Any]:
    """Return what every page of the site knows: nobody is signed in on it."""
    return {"me": None, "time": None, "shown_at": clocks(), "places": places()}


def places() -> list[tuple[str, str, bool]]:
    """Return where the site can be gone through: address, words, and whether this is it."""
    told = {
        "show": _("Trang chính"),
        "list_": _("Điển hình"),
        "methods": _("Cách làm hay"),
        "comments": _("Góp ý"),
        "reports": _("Báo cáo"),
        "data": _("Dữ liệu mở"),
        "log": _("Tự kiểm tra"),
    }
    here = (request.endpoint or "").removeprefix("public.")
    here = {
        "one": "list_",
        "comment": "comments",
        "send": "comments",
        "thanks": "comments",
        "report": "reports",
    }.get(here, here)
    return [(link(f"public.{name}"), words, name == here) for name, words in told.items()]


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
        comments=len(_commented()),
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


@pages.get("/log")
@kept
def log() -> ResponseReturnValue:
    """Show the newest seal, and how to check the log and a figure."""
    last = parts().sealer.last()
    keys = parts().sealer.keys.verifiers() if last else []
    return draw(
        "log",
        point=last.point if last else None,
        root=base64_of(last.point.root) if last else "",
        note=last.note.decode() if last else "",
        key=keys[-1] if keys else None,
    )


@pages.get("/reports")
@kept
def reports() -> ResponseReturnValue:
    """List the reports that were published, the latest first."""
    return draw("reports", reports=_published())


@pages.get("/reports/<id>")
@kept
def report(id: str) -> ResponseReturnValue:
    """Show a published report, and what the log tells otherwise by now."""
    name, found = _published().get(id) or abort(404)
    made = document.kept(parts().ledger, found)
    changed = report_pages.changes_of(document.read(made)[0])
    return draw(
        "report",
        id=id,
        name=name,
        report=found,
        tables=[(table, shown.pivoted(table)) for table in shown.tables(made)],
        changed=None if changed is None else len(changed),
    )


@pages.get("/reports/<id>.<any(json, pdf):ext>")
def report_file(id: str, ext: str) -> ResponseReturnValue:
    """Give a published report as it was drafted, or as a paper that holds it."""
    if id not in _published():
        abort(404)
    if ext == "json":
        return report_pages.as_json(id)
    size = parts().ledger.size()  # typesetting is dear, and anybody may ask
    return site().pages.answer(size, request.path, lambda: papers.of_report(id, ext))


@pages.get("/reports/<id>/<figure>.svg")
@kept
def report_chart(id: str, figure: str) -> ResponseReturnValue:
    """Draw a figure of a published report."""
    return papers.chart(id, figure) if id in _published() else abort(404)


@pages.get("/data")
@kept
def data() -> ResponseReturnValue:
    """Tell which files anybody may take along."""
    return draw("data", formats=NAMED, size=parts().ledger.size())


@pages.get("/data/<name>")
def file(name: str) -> ResponseReturnValue:
    """Give a file as the log has it now."""
    return site().files.file(parts(), name) or abort(404)


@pages.get("/comments")
def comments() -> ResponseReturnValue:
    """List those on whom anybody may comment today."""
    return draw("comments", shown=_commented(), id_of=id_of)


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
    if not said or len(said) > LONGEST:
        problem = _("Cần viết ý kiến, không quá %(most)s ký tự.", most=LONGEST)
        return draw("comment", **about, said=said[:LONGEST], problem=problem), 422
    text = ReceiveComment(Private({"text": said}))
    parts().register.submit(Request(text, PUBLIC, f"candidate:{id}"))
    return redirect(url_for("public.thanks", id=id))


@pages.get("/comments/<id>/thanks")
def thanks(id: str) -> ResponseReturnValue:
    """Say that a comment has arrived, and what becomes of it."""
    return draw("thanks", id=id)


@pages.get("/feed.atom")
@kept
def feed() -> ResponseReturnValue:
    """Give what is new: recognitions, and where exemplars were made known."""
    found = site().exemplars.of(parts())

    def address(one: Known) -> str:
        return url_for("public.one", id=id_of(one), _external=True)

    home = url_for("public.show", _external=True)
    told = feeds.atom(
        feeds.news(found, address, _news_of_reports()),
        _("Điển hình mới được công nhận"),
        home,
        url_for("public.feed", _external=True),
    )
    return Response(told, content_type="application/atom+xml; charset=utf-8")


def _news_of_reports() -> Iterator[feeds.News]:
    for id, (name, found) in _published().items():
        assert found.published, "it is published"
        on, _by, entry = found.published
        href = url_for("public.report", id=id, _external=True)
        yield feeds.News(name, found.number or "", on, entry, href)


@pages.get("/calendar.ics")
@kept
def calendar() -> ResponseReturnValue:
    """Give the milestones, the sessions and the movements; not who is discussed."""
    days = dates(parts().register, parts().ledger, parts().register.today())
    told = feeds.calendar((d for d in days if d.falls in feeds.OPEN), {}, _("Sổ Điển hình"))
    return Response(told, content_type="text/calendar; charset=utf-8")


def _after(found: Sequence[Known], id: str | None) -> int:
    """Return where it goes on after somebody; at the beginning if nobody of that id is there."""
    if not id:
        return 0
    return next((at for at, one in enumerate(found, 1) if id_of(one) == id), 0)


def id_of(one: Known) -> str:
    """Return how addresses name somebody."""
    return one.subject.partition(":")[2]


def _method(one: Known) -> list[tuple[str, str]]:
    """Return the parts of a method with their headings."""
    words = content_of(parts().ledger, one.method)
    told = openness.method(words) if one.method else {}
    return [(heading(key), told[key]) for key in METHOD if key in told]


def _published() -> dict[str, tuple[str, Report]]:
    """Return the published reports with their names, by the end of their ids, the latest first."""
    at = when()
    every = parts().register.all("report", at.on, at.known)
    told = {id: one for id, one in every.items() if one.published and one.published.on <= at.on}
    newest = sorted(told, key=lambda id: told[id].published, reverse=True)
    return {id.partition(":")[2]: (title(id, told[id]), told[id]) for id in newest}


def _commented() -> list[tuple[Known, Any]]:
    """Return those on whom anybody may comment today, each with the last day."""
    ledger, today = parts().ledger, parts().register.today()
    told = ledger.entries_of(ledger.pending(CommentPeriodOpened, CommentPeriodClosed))
    found = {id: fold(as_of(entries)) for id, entries in told.items()}
    open_ = {id: one for id, one in found.items() if openness.is_commented(one, today)}
    known = exemplars.described(parts(), open_, told)
    return [(one, open_[one.subject].publicity.until) for one in known]


def _open(id: str) -> dict[str, Any]:
    """Return whom a comment would be about; nobody else is there."""
    found = next((pair for pair in _commented() if id_of(pair[0]) == id), None)
    if found is None:
        abort(404)
    return {"one": found[0], "until": found[1], "id": id, "most": LONGEST}


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
