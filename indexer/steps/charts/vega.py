"""Build bar charts in Vega-Lite and render them as SVG."""

from typing import Any

import altair
import vl_convert

from indexer.steps.charts.svg import INK

# In units of a drawing 320 units wide: the text is 12 pixels high on a phone 360 pixels wide.
WIDTH, FONT_SIZE = 300, 12
ROW_HEIGHT, BAR_HEIGHT = 48, 17  # of a panel of vertical bars, and of one horizontal bar
LABEL_WIDTH, NUMBER_WIDTH = 175, 25  # beside horizontal bars
BAR_OPACITY = 0.6  # a bar has a contrast of 3:1 in both themes, and its number is darker

Row = dict[str, str | int]
Chart = dict[str, Any]  # in Vega-Lite


def to_svg(chart: Chart) -> str:
    """Render a chart as SVG with vl-convert."""
    drawn: str = vl_convert.vegalite_to_svg(chart)
    return drawn


def vertical(rows: list[Row]) -> Chart:
    """Return a chart with one panel of vertical bars per row, and one bar per column."""
    axis = altair.Axis(title=None, grid=False, labelAngle=0, labelExpr="split(datum.label, ' ')")
    baseline = altair.Axis(title=None, values=[0], labels=False)
    base = altair.Chart(altair.Data(values=rows)).encode(
        x=altair.X("column:N", sort=_columns(rows), axis=axis),
        y=altair.Y("number:Q", axis=baseline),
    )
    bars = base.mark_bar()
    numbers = base.mark_text(baseline="bottom", dy=-2).encode(text="text:N")
    return _panels((bars + numbers).properties(width=WIDTH, height=ROW_HEIGHT), rows)


def horizontal(rows: list[Row]) -> Chart:
    """Return a chart with one panel of horizontal bars per row, and one bar per column."""
    scale = altair.Scale(range=[LABEL_WIDTH, WIDTH - NUMBER_WIDTH])
    base = altair.Chart(altair.Data(values=rows)).encode(
        y=altair.Y("column:N", sort=_columns(rows), axis=None),
        x=altair.X("number:Q", axis=None, scale=scale),
    )
    bars = base.mark_bar()
    numbers = base.mark_text(align="left", dx=3).encode(text="number:Q")
    labels = base.mark_text(align="left").encode(x=altair.value(0), text="column:N")
    group = (bars + numbers + labels).properties(width=WIDTH, height=altair.Step(BAR_HEIGHT))
    return _panels(group, rows)


def _columns(rows: list[Row]) -> list[str | int]:
    return list(dict.fromkeys(row["column"] for row in rows))


def _panels(panel: Any, rows: list[Row]) -> Chart:
    """Stack one panel per row, each with the row's name above it."""
    names = list(dict.fromkeys(row["row"] for row in rows))
    header = altair.Header(
        title=None, labelAnchor="start", labelFontSize=FONT_SIZE + 1, labelFontWeight="bold"
    )
    facet = altair.Facet("row:N", sort=names, header=header)
    chart = panel.facet(facet=facet, columns=1, spacing=10)
    made: Chart = (
        chart.configure(padding=2, background="transparent")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=FONT_SIZE, ticks=False, domain=False)
        .configure_bar(color=INK, opacity=BAR_OPACITY)
        .configure_text(color=INK, fontSize=FONT_SIZE)
        .to_dict()
    )
    return made
