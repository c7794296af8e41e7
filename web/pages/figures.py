"""Reports by figures: all of them, one with its entries, and the process as it really ran."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from domain.entry import Entry
from domain.subjects import kind_of
from events_store.figures import FIGURES, Asked, Figure, Holds, Value
from web import figure_tables as told
from web import log_files
from web.diagram import diagram
from web.moment import day_of
from web.numbers import number
from web.pages.frame import parts, visitor, when
from web.pages.naming import called, subject_link
from web.units import unit_choices, unit_names
from web.words import figures as words
from web.words import log as log_words
from web.words import sentences
from workflow import auditing

pages = Blueprint("figures", __name__)
PAGE: Final = 100
WIDTHS: Final = 5  # how many widths an arrow has
GROUPS: Final = (
    ("by-stage", "by-unit", "by-kind", "by-priority", "shares", "silence", "unreported"),
    ("monthly", "flows", "passages", "passages-by-unit", "conversion", "waiting"),
    ("waiting-by-unit", "timeliness", "obligations", "returns", "refusals", "corrections"),
    ("recognitions", "titles", "commendations", "adoptions", "movements", "heads", "quotas"),
    ("sessions", "votes", "table-0601", "table-0602", "table-0603"),
)
# What goes by unit first, and else tells the same.
OF_UNIT: Final = {
    "by-stage": "by-unit",
    "waiting": "waiting-by-unit",
    "passages": "passages-by-unit",
}


class Path(NamedTuple):
    """A move that was made: how often, and how long the candidates had been there."""

    before: str
    state: str
    times: int
    p50: int | None


class Shown(NamedTuple):
    """An entry behind a row, as a line."""

    position: int
    day: date
    says: str
    about: str
    href: str


@pages.get("/figures")
def show() -> ResponseReturnValue:
    """Show the process as it ran in a period, and which figures there are."""
    at, what = when(), asked()
    units = unit_names(parts().register, at.on, at.known)
    unit = request.args.get("unit")
    unit = unit if unit in units else None
    paths = _paths(what, unit)
    return render_template(
        "figures/list.html",
        what=what,
        unit=unit,
        units=unit_choices(parts().register, units),
        groups=GROUPS,
        titles=words.TITLES,
        definitions=words.DEFINITIONS,
        drawn=diagram(parts().register.in_force(at.on)),
        moves=sentences.MOVE,
        counts=_counts(what, unit),
        waits=_waits(what, unit),
        paths=paths,
        back=[path for path in paths if _returns(path)],
        widths=_widths(paths),
        kept=kept(),
    )


@pages.get("/figures/<figure>")
def one(figure: str) -> ResponseReturnValue:
    """Show a figure, each of its rows leading to the entries behind it."""
    what = asked()
    return render_template(
        "figures/show.html",
        name=figure,
        table=told.table(parts(), _named(figure).name, what, personal=personal()),
        what=what,
        numbers=(Holds.COUNT, Holds.DAYS),
        kept=kept(),
    )


@pages.get("/figures/<figure>.<any(csv, json):form>")
def file(figure: str, form: str) -> Response:
    """Send a figure as a file."""
    what = asked()
    table = told.table(parts(), _named(figure).name, what, personal=personal())
    if form == "json":
        return Response(told.as_json(table, what), mimetype="application/json")
    answer = Response(log_files.MARK + told.as_csv(table), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{figure}-{what.on}.csv"'
    return answer


@pages.get("/figures/<figure>/entries")
def entries(figure: str) -> ResponseReturnValue:
    """Show the entries behind a row, those that the visitor may read."""
    named, what = _named(figure), asked()
    keys = _keys(named)
    after = number(request.args.get("after", ""))
    start = -1 if after is None else after
    found = parts().ledger.figures.behind(named, what, keys, start, PAGE + 1)
    shown = [_shown(entry) for entry in _readable(found[:PAGE])]
    names = called({line.about for line in shown})
    return render_template(
        "figures/entries.html",
        name=figure,
        title=words.TITLES[figure],
        keys=_in_words(named, keys),
        given_keys=keys,
        lines=[line._replace(about=names.get(line.about, line.about)) for line in shown],
        hidden=len(found[:PAGE]) - len(shown),
        more=found[PAGE - 1] if len(found) > PAGE else None,
        kept=kept(),
    )


def asked() -> Asked:
    """Return what the address asks: the time machine's day and knowledge, a period, the units."""
    first, at = request.args.get("since"), when()
    since = min(day_of("since", first), at.on) if first else None
    return told.asked(parts().register, at, since, mapped=request.args.get("mapped") == "yes")


def kept() -> dict[str, str]:
    """Return what links to other figures keep of this question."""
    return {k: v for k, v in request.args.items() if k in ("since", "mapped") and v}


def personal() -> bool:
    """Return whether the visitor may see who heads a unit: whoever holds an office (R1-1)."""
    return auditing.may_read(visitor().roles, "person")


def _named(name: str) -> Figure:
    found: Figure | None = FIGURES.get(name)
    if found is None:
        abort(404)
    return found


def _keys(figure: Figure) -> dict[str, Value]:
    """Return what the address says of a row; a unit that is none is not found."""
    found: dict[str, Value] = {}
    for column in figure.by:
        text = request.args.get(f"key-{column.name}")
        if text is not None:
            if column.holds is Holds.UNIT and text not in parts().register.units():
                abort(404)
            year = number(text) if column.holds is Holds.YEAR else None
            found[column.name] = year if column.holds is Holds.YEAR else text
    return found


def _in_words(figure: Figure, keys: Mapping[str, Value]) -> list[tuple[str, str]]:
    named = called({str(v) for v in keys.values() if v and ":" in str(v)})
    holds = {column.name: column.holds for column in figure.by}
    return [(words.COLUMNS[k], words.cell(v, holds[k], named)) for k, v in keys.items()]


def _readable(positions: list[int]) -> list[Entry]:
    return [
        e
        for e in parts().ledger.at(positions)
        if auditing.may_read(visitor().roles, kind_of(e.subject))
    ]


def _shown(entry: Entry) -> Shown:
    subject = entry.subject
    says = log_words.said(entry.event)
    return Shown(entry.position, entry.effective_on, says, subject, subject_link(subject))


def _told(name: str, what: Asked, unit: str | None) -> Iterator[dict[str, Value]]:
    """Yield the rows of a figure; of a unit, those of its sister that goes by unit."""
    figures = parts().ledger.figures
    if unit is None:
        return figures.ask((FIGURES[name],), what)[0].told()
    return figures.ask_of(FIGURES[OF_UNIT[name]], what, unit).told()


def _counts(what: Asked, unit: str | None) -> dict[str, int]:
    return {str(r["state"]): int(r["count"] or 0) for r in _told("by-stage", what, unit)}


def _waits(what: Asked, unit: str | None) -> dict[str, Any]:
    return {str(r["state"]): r for r in _told("waiting", what, unit)}


def _paths(what: Asked, unit: str | None) -> list[Path]:
    return [
        Path(str(r["before"]), str(r["state"]), int(r["count"] or 0), r.get("p50"))  # type: ignore[arg-type]
        for r in _told("passages", what, unit)
    ]


def _returns(path: Path) -> bool:
    """Return whether a move leads back to a stage before."""
    stages = ("discover", "nurture", "summarize", "replicate")
    if path.before not in stages or path.state not in stages:
        return False
    return stages.index(path.state) < stages.index(path.before)


def _widths(paths: list[Path]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return for each move how often it was made, and how wide its arrow is."""
    most = max((path.times for path in paths), default=1)
    return {(p.before, p.state): (p.times, 1 + (WIDTHS - 1) * p.times // most) for p in paths}
