"""Rows -> panels of bars with their numbers, in Vega-Lite's grammar, and from there to SVG."""

from typing import Any

import altair
import vl_convert

from indexer.steps.charts.svg import INK

# In units of a drawing 320 wide, so that letters stay 12 pixels high on a phone of 360.
WIDTH, LETTERS = 300, 12
ROW, BAR = 48, 17  # the height of a row of upright bars, and of one bar that lies
LABELS, NUMBER = 175, 25  # of the width, for the names and numbers of bars that lie
FAINT = 0.6  # of the ink: a bar stays 3 to 1 against both themes, and its number stands out

Row = dict[str, str | int]
Chart = dict[str, Any]  # in Vega-Lite


def to_svg(chart: Chart) -> str:
    """The chart as vl-convert draws it."""
    drawn: str = vl_convert.vegalite_to_svg(chart)
    return drawn


def upright(rows: list[Row]) -> Chart:
    """One row of upright bars for each row, over the columns from left to right."""
    axis = altair.Axis(title=None, grid=False, labelAngle=0, labelExpr="split(datum.label, ' ')")
    ground = altair.Axis(title=None, values=[0], labels=False)
    base = altair.Chart(altair.Data(values=rows)).encode(
        x=altair.X("column:N", sort=_columns(rows), axis=axis),
        y=altair.Y("number:Q", axis=ground),
    )
    bars = base.mark_bar()
    numbers = base.mark_text(baseline="bottom", dy=-2).encode(text="text:N")
    return _panels((bars + numbers).properties(width=WIDTH, height=ROW), rows)


def lying(rows: list[Row]) -> Chart:
    """One group of bars that lie for each row, its columns from top to bottom."""
    scale = altair.Scale(range=[LABELS, WIDTH - NUMBER])
    base = altair.Chart(altair.Data(values=rows)).encode(
        y=altair.Y("column:N", sort=_columns(rows), axis=None),
        x=altair.X("number:Q", axis=None, scale=scale),
    )
    bars = base.mark_bar()
    numbers = base.mark_text(align="left", dx=3).encode(text="number:Q")
    labels = base.mark_text(align="left").encode(x=altair.value(0), text="column:N")
    group = (bars + numbers + labels).properties(width=WIDTH, height=altair.Step(BAR))
    return _panels(group, rows)


def _columns(rows: list[Row]) -> list[str | int]:
    return list(dict.fromkeys(row["column"] for row in rows))


def _panels(panel: Any, rows: list[Row]) -> Chart:
    """The same panel for each row, one below the other, its name above it."""
    names = list(dict.fromkeys(row["row"] for row in rows))
    header = altair.Header(
        title=None, labelAnchor="start", labelFontSize=LETTERS + 1, labelFontWeight="bold"
    )
    facet = altair.Facet("row:N", sort=names, header=header)
    chart = panel.facet(facet=facet, columns=1, spacing=10)
    made: Chart = (
        chart.configure(padding=2, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=LETTERS, ticks=False, domain=False)
        .configure_bar(color=INK, opacity=FAINT)
        .configure_text(color=INK, fontSize=LETTERS)
        .to_dict()
    )
    return made
