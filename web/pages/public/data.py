"""What anybody may take along: the log and how to check it, files, news, days."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, abort, url_for
from flask.typing import ResponseReturnValue

from events_store.checkpoint import base64_of
from web import feeds
from web.languages import _
from web.open_data import NAMED
from web.pages.frame import parts
from web.pages.public.reports import published
from web.pages.public.site import draw, id_of, kept, pages, site
from workflow.dates import dates
from workflow.openness import Known


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


@pages.get("/data")
@kept
def data() -> ResponseReturnValue:
    """Tell which files anybody may take along."""
    return draw("data", formats=NAMED, size=parts().ledger.size())


@pages.get("/data/<name>")
def file(name: str) -> ResponseReturnValue:
    """Give a file as the log has it now."""
    return site().files.file(parts(), name) or abort(404)


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
    for id, (name, found) in published().items():
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
