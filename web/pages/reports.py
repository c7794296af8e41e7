"""Reports: drafted here, looked at with what has changed since, and printed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple, cast

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from domain.history import as_of
from domain.report import Report, ReportDrafted, ReportKind, fold
from events_store.figures import FIGURES
from web import receipts
from web.languages import _, chosen
from web.pages import lists
from web.pages.allowed import offered, only_looks, permitted, possible
from web.pages.doing import command_id
from web.pages.frame import actor, clocks, link, may, parts
from web.pages.naming import title
from web.pages.timeline import known, missing, timeline
from web.reports import changes, document, shown
from web.reports.document import Spec
from web.reports.headlines import headlines
from web.reports.remade import Remaker
from web.words import figures as figure_words
from web.words import report as words
from web.words import sentences
from web.words.days import number
from web.words.labels import COMMANDS, labels
from workflow.refusals import InvalidCommand
from workflow.register import Request

pages = Blueprint("report", __name__)
FIGURE: Final = "FIGURE"  # in an address, where the name of one comes


class Told(NamedTuple):
    """A change in words, with the entries that caused it."""

    figure: str
    row: str
    was: str
    now: str
    causes: tuple[int, ...]


@pages.route("/reports/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Ask for a period, and draft a report of it."""
    if clocks().set or only_looks() or not may("draft-report"):
        abort(403)
    today = parts().register.today()
    if request.method == "GET":
        return _form({}, _periods(today))
    told = {name: request.form.get(name, "").strip() for name in ("kind", "begins", "ends", "on")}
    try:
        days = [date.fromisoformat(told[name]) for name in ("begins", "ends")]
        on = date.fromisoformat(told["on"]) if told["on"] else days[1]
        size = parts().ledger.size()
        spec = Spec(ReportKind(told["kind"]), days[0], days[1], min(on, today), size, size)
        command = document.draft(parts().ledger, parts().register, spec)
        receipt = parts().register.submit(Request(command, actor(), command_id=command_id()))
    except ValueError:
        return _form(told, _periods(today), _("Cần hai ngày có thật và loại báo cáo.")), 422
    except InvalidCommand as refusal:
        return _form(told, _periods(today), sentences.problem_of(str(refusal.facts[1]))), 422
    seal = receipts.in_words(parts(), receipt)
    told_of = "; ".join(filter(None, (f"#{number(receipt.last)}", seal)))
    name = COMMANDS["draft-report"]
    flash(_("Đã ghi vào sổ: %(name)s (%(receipt)s).", name=name, receipt=told_of), "success")
    return redirect(link("report.show", id=receipt.subject.partition(":")[2]), 303)


def _form(told: dict[str, str], periods: list[Any], wrong: str = "") -> str:
    kinds = labels(ReportKind)
    return render_template("report/new.html", told=told, kinds=kinds, periods=periods, wrong=wrong)


def _periods(today: date) -> list[tuple[str, ReportKind, date, date]]:
    """Return the periods that reports are usually on, the latest first."""
    found = []
    for year in (today.year, today.year - 1):
        spans = (
            (ReportKind.YEAR, date(year, 1, 1), date(year, 12, 31)),
            (ReportKind.HALF_YEAR, date(year, 7, 1), date(year, 12, 31)),
            (ReportKind.HALF_YEAR, date(year, 1, 1), date(year, 6, 30)),
        )
        found += [(words.name(*span), *span) for span in spans if span[1] <= today]
    return found


@pages.get("/reports/<id>")
def show(id: str) -> ResponseReturnValue:
    """Show a report, how far it has come, and what would be told otherwise today."""
    subject, told = f"report:{id}", known(f"report:{id}")
    report = fold(as_of(told))
    if report.draft is None:
        return missing(subject)
    made, differing = document.kept(parts().ledger, report), None
    if again():
        remaker()(report.draft)
    if remade := remaker().seen(report.draft):
        differing = [sentences.lack(one) for one in remade.differing]
    return render_template(
        "report/show.html",
        id=id,
        subject=subject,
        name=title(subject, report),
        report=report,
        status=words.status(report),
        figures=cards(made, "papers.chart", id),
        **opening(made),
        changes=_changes(report.draft, made),
        remade=remade,
        differing=differing,
        history=timeline(told),
        commands=possible(subject, permitted(offered("report"))),
        replaced_by=_replaced_by(subject),
        tabs=lists.tabs("report"),
    )


def cards(made: bytes, endpoint: str, id: str) -> Markup:
    """Return the figures of a report's document, each a card; their charts are at an endpoint."""
    chart = link(endpoint, id=id, figure=FIGURE)
    return _figures("report/_cards.html", made, chosen(), chart)


def opening(made: bytes) -> dict[str, Markup]:
    """Return what leads to the figures of a document: its headlines, and its contents."""
    told = ("headlines", "contents")
    return {name: _figures(f"report/_{name}.html", made, chosen()) for name in told}


@lru_cache(maxsize=48)
def _figures(template: str, made: bytes, _language: str, chart: str = "") -> Markup:
    """Return the figures of a document as a page shows them; they never change."""
    tables = [(table, shown.pivoted(table)) for table in shown.tables(made)]
    told = {"headlines": headlines(made), "chart": chart, "FIGURE": FIGURE}
    return Markup(render_template(template, tables=tables, **told))


def _replaced_by(subject: str) -> list[str]:
    every = parts().register.all("report").items()
    return [id for id, r in every if r.draft and r.draft.replaces == subject and r.published]


def remaker() -> Remaker:
    """Return who makes reports again, and remembers what was found."""
    return cast(Remaker, parts().register.remade)


def again() -> bool:
    """Return whether the visitor asks for what takes seconds: figures made again and compared."""
    return request.args.get("again") == "yes"


def changes_of(spec: Spec) -> list[changes.Change] | None:
    """Return what the log tells otherwise now, if that is known or asked for."""
    return remaker().changes(spec) if again() else remaker().changes_seen(spec)


def _changes(draft: ReportDrafted, made: bytes) -> list[Told] | None:
    found = changes_of(document.spec_of(draft))
    if found is None:
        return None
    names = document.read(made)[1]["names"]
    now = {id: unit.name or "" for id, unit in parts().register.units().items()}
    return [_told(change, {**now, **names}) for change in found]


def _told(change: changes.Change, names: dict[str, str]) -> Told:
    figure = FIGURES[change.figure]
    cells = [shown.cell(k, c.holds, names) for k, c in zip(change.keys, figure.by, strict=True)]
    was, now = (", ".join(map(str, side)) if side else "0" for side in (change.was, change.now))
    row = " · ".join(map(str, cells))
    return Told(figure_words.TITLES[change.figure], row, was, now, change.causes)


@pages.get("/reports/<id>/print")
def printed(id: str) -> str:
    """Show a report ready for A4; the page holds the document, so that it can be verified."""
    report, made = found(id)
    return render_template(
        "report/print.html",
        id=id,
        name=title(f"report:{id}", report),
        report=report,
        figures=_figures("report/_sections.html", made, chosen()),
        document=made.decode(),
    )


@pages.get("/reports/<id>/report.json")
def as_json(id: str) -> Response:
    """Give the document itself, byte for byte."""
    _report, made = found(id)
    return attached(made, "application/json", f"report-{id}.json")


def attached(content: bytes, kind: str, name: str) -> Response:
    """Return a file to keep."""
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def found(id: str) -> tuple[Report, bytes]:
    """Return a report and its document, or 404."""
    report = fold(as_of(known(f"report:{id}")))
    if report.draft is None:
        abort(404)
    return report, document.kept(parts().ledger, report)
