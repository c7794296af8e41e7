"""The published reports."""

from __future__ import annotations

from flask import abort, request
from flask.typing import ResponseReturnValue

from domain.report import Report
from web.pages import papers
from web.pages import reports as report_pages
from web.pages.frame import parts, when
from web.pages.naming import title
from web.pages.public.site import draw, kept, pages, site
from web.reports import document


@pages.get("/reports")
@kept
def reports() -> ResponseReturnValue:
    """List the reports that were published, the latest first."""
    return draw("reports", reports=published())


@pages.get("/reports/<id>")
@kept
def report(id: str) -> ResponseReturnValue:
    """Show a published report, and what the log tells otherwise by now."""
    name, found = published().get(id) or abort(404)
    made = document.kept(parts().ledger, found)
    changed = report_pages.changes_of(document.read(made)[0])
    return draw(
        "report",
        id=id,
        name=name,
        report=found,
        figures=report_pages.cards(made, "public.report_chart", id),
        **report_pages.opening(made),
        changed=None if changed is None else len(changed),
    )


@pages.get("/reports/<id>.<any(json, pdf):ext>")
def report_file(id: str, ext: str) -> ResponseReturnValue:
    """Give a published report as it was drafted, or as a paper that holds it."""
    if id not in published():
        abort(404)
    if ext == "json":
        return report_pages.as_json(id)
    size = parts().ledger.size()  # typesetting is dear, and anybody may ask
    return site().pages.answer(size, request.path, lambda: papers.of_report(id, ext))


@pages.get("/reports/<id>/<figure>.svg")
@kept
def report_chart(id: str, figure: str) -> ResponseReturnValue:
    """Draw a figure of a published report."""
    return papers.chart(id, figure) if id in published() else abort(404)


def published() -> dict[str, tuple[str, Report]]:
    """Return the published reports with their names, by the end of their ids, the latest first."""
    at = when()
    every = parts().register.all("report", at.on, at.known)
    told = {id: one for id, one in every.items() if one.published and one.published.on <= at.on}
    newest = sorted(told, key=lambda id: told[id].published, reverse=True)
    return {id.partition(":")[2]: (title(id, told[id]), told[id]) for id in newest}
