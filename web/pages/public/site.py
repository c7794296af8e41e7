"""The public site's room: its one blueprint, what it keeps, and what all its pages share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue

from web.exemplars import Exemplars
from web.kept_pages import KeptPages
from web.languages import _, chosen
from web.open_data import OpenData
from web.pages.frame import clocks, link, parts
from workflow.openness import Known

pages = Blueprint("public", __name__, url_prefix="/public")
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


def id_of(one: Known) -> str:
    """Return how addresses name somebody."""
    return one.subject.partition(":")[2]
