"""Charts: drawn once, as SVG, for page, PDF and Word; a table always stands beside."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import altair
import vl_convert

from domain.values import Outcome, Stage
from events_store.figures.figure import Holds
from web.papers import portable
from web.papers.paper import Drawing
from web.reports.shown import Table, cell

WIDTH: Final = 420
COLOURS: Final = ["#4263eb", "#2f9e44", "#e67700", "#9c36b5", "#868e96", "#c92a2a", "#0c8599"]
ROOM: Final = {"left": 40, "right": 20, "top": 5, "bottom": 5}  # other faces are wider
PAPER: Final = "Tinos"
PAGE: Final = "sans-serif"
OF_STATES: Final[Mapping[str, str]] = {
    **{Stage.DISCOVER: "#4263eb", Stage.NURTURE: "#2f9e44", Stage.SUMMARIZE: "#e67700"},
    **{Stage.REPLICATE: "#9c36b5", Outcome.COMPLETED: "#0c8599", Outcome.DECLINED: "#868e96"},
    **{Outcome.WITHDRAWN: "#adb5bd", Outcome.REVOKED: "#c92a2a"},
}
NUMBERS: Final = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đ"]}


def drawing(table: Table, face: str = PAPER) -> Drawing | None:
    """Return the chart of a figure, or None where a table says it better."""
    return Drawing(table.title, svg(_spec(table, face))) if table.drawn else None


def svg(spec: Any) -> str:
    """Return the picture of a specification."""
    _faces()
    return str(vl_convert.vegalite_to_svg(spec.to_dict(), format_locale=NUMBERS))


def png(drawn: str) -> bytes:
    """Return the same picture in pixels, for Word."""
    _faces()
    return bytes(vl_convert.svg_to_png(drawn, scale=2))


@cache
def _faces() -> None:
    vl_convert.register_font_directory(str(portable.FONTS))


def _spec(table: Table, face: str) -> Any:
    rows = [
        {"key": str(row[0]), "part": str(row[-2]), "count": row[-1], "at": at}
        for at, row in enumerate(table.apart)
    ]
    data = {"values": rows}
    along = altair.X("count:Q", title=table.columns[-1], stack="zero")
    down = altair.Y("key:N", sort=None, title=None)
    chart: Any = altair.Chart.from_dict({"data": data, "mark": "bar"})
    if table.holds[0] is Holds.MONTH:
        across = altair.X("key:O", title=table.columns[0], sort=None)
        up = altair.Y("count:Q", title=table.columns[-1], stack="zero")
        chart = chart.mark_bar().encode(x=across, y=up)
    else:
        chart = chart.mark_bar().encode(x=along, y=down)
    chart = chart.encode(color=_colour(table, [str(row["part"]) for row in rows]))
    if table.keys > 1:
        chart = chart.encode(order=altair.Order("at:Q"))
    chart = chart.properties(width=WIDTH, background="transparent", padding=ROOM)
    grey = "#6b7280"
    chart = chart.configure(font=face).configure_view(stroke=None)
    return (
        chart.configure_axis(
            labelColor=grey,
            titleColor=grey,
            labelFontSize=12,
            labelLimit=220,
            gridColor=grey,
            gridOpacity=0.3,
            domainColor=grey,
            tickColor=grey,
        )
        .configure_legend(
            labelColor=grey, titleColor=grey, labelFontSize=12, orient="bottom", columns=4
        )
        .configure_title(color=grey)
    )


def _colour(table: Table, parts: list[str]) -> Any:
    """Return how bars are coloured: a state as everywhere, other parts by their order."""
    if table.holds[table.keys - 1] is Holds.STATE:
        known = {str(cell(state, Holds.STATE, {})): one for state, one in OF_STATES.items()}
        there = [part for part in known if part in parts]
        scale = altair.Scale(domain=there, range=[known[part] for part in there])
    elif table.keys == 1:
        return altair.value(COLOURS[0])
    else:
        scale = altair.Scale(range=COLOURS)
    # Where a bar is named beside itself, no legend has to name it again.
    legend = {"legend": None} if table.keys == 1 else {"title": table.columns[1]}
    return altair.Color("part:N", sort=None, scale=scale, **legend)
