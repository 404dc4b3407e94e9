"""Charts as Plotly draws them: dicts for static/chart.js, which adds colours and fonts. A mark's customdata is the
address of what it counts.
"""

from typing import Any
from urllib.parse import parse_qsl

from corpus.archive.pivot import Pivot
from web.charts.grid import Grid, Label
from web.charts.months import stretch
from web.links import link
from web.templating import safely

LONGEST = 16
"""Characters of a label beside an axis."""
FEW = 5
"""Up to so many every one has its tick."""
ROOM = 10
"""Times for which there is room side by side; where there are fewer the bars are no wider."""
Figure = dict[str, Any]


def bars(pivot: Pivot, grid: Grid) -> Figure:
    """A pivot of times by something else as stacked bars."""
    times = stretch(pivot.rows.headings)
    row_of = {heading.name: row for row, heading in enumerate(pivot.rows.headings)}
    rows = [row_of.get(time) for time in times]
    data = [
        {
            "type": "bar",
            "name": plain(label.text),
            "x": times,
            "y": [0 if row is None else grid.cells[row][column].count for row in rows],
            "customdata": [None if row is None else _leads_to(grid, row, column) for row in rows],
            "hovertemplate": "%{x} · %{fullData.name} · %{y}<extra></extra>",
        }
        for column, label in enumerate(grid.columns)
    ]
    tallest = max((sum(heights) for heights in zip(*(each["y"] for each in data), strict=True)), default=0)
    return {
        "data": data,
        "layout": {
            "barmode": "stack",
            "bargap": max(0.25, 1 - len(times) / ROOM),
            "xaxis": {"type": "category", "showgrid": False, "tickangle": 0, "nticks": 14},
            "yaxis": {"rangemode": "tozero", "tickformat": ",d"} | _whole(tallest),
            "legend": {"orientation": "h", "y": -0.14, "x": 0, "traceorder": "normal"},
        },
    }


def heat(grid: Grid) -> Figure:
    """A grid as a heat map, the values that are known."""
    rows = [at for at, label in enumerate(grid.rows) if label.kind == "value"]
    columns = [at for at, label in enumerate(grid.columns) if label.kind == "value"]
    across, down = ([_axis(grid.columns[at]) for at in columns], [_axis(grid.rows[at]) for at in rows])
    most = max((grid.cells[row][column].count for row in rows for column in columns), default=0)
    most = max((grid.cells[row][column].count for row in rows for column in columns), default=0)
    data = {
        "type": "heatmap",
        "x": list(range(len(across))),
        "y": list(range(len(down))),
        "z": [[grid.cells[row][column].count for column in columns] for row in rows],
        "customdata": [[grid.cells[row][column].counted for column in columns] for row in rows],
        "text": [[_told(grid, row, column) for column in columns] for row in rows],
        "hovertemplate": "%{text}<extra></extra>",
        "xgap": 1,
        "ygap": 1,
        "zmin": 0,
        "colorbar": {"thickness": 12, "tickformat": ",d"} | _whole(most),
    }
    return {
        "data": [data],
        "layout": {
            "xaxis": _ticks(across) | {"side": "bottom", "tickangle": -45},
            "yaxis": _ticks(down) | {"autorange": "reversed"},
        },
    }


def _leads_to(grid: Grid, row: int, column: int) -> str | None:
    """What a mark counts; of the others, which have no list, all values of its time side by side."""
    counted = grid.rows[row].counted
    if grid.columns[column].kind != "others" or counted is None or not grid.cells[row][column].count:
        return grid.cells[row][column].counted
    asked = parse_qsl(counted.partition("?")[2])
    return link("/pivot", [*asked, ("rows", grid.dimensions[1]), ("columns", grid.dimensions[0]), ("top", 100)])


def plain(text: str) -> str:
    """A text that Plotly takes for nothing but text: it knows tags and entities.

    >>> plain("<b>社区")
    '&lt;b&gt;社区'
    """
    return safely(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _axis(label: Label) -> str:
    text = label.text if len(label.text) <= LONGEST else label.text[: LONGEST - 1] + "…"
    return plain(text)


def _told(grid: Grid, row: int, column: int) -> str:
    return f"{plain(grid.rows[row].text)} · {plain(grid.columns[column].text)} · {grid.cells[row][column].count}"


def _whole(most: int) -> Figure:
    # left alone, an axis of few would have halves, each written as a whole number
    return {"tick0": 0, "dtick": 1} if most <= FEW else {}


def _ticks(texts: list[str]) -> Figure:
    # by number, for two values may be called the same
    return {"tickmode": "array", "tickvals": list(range(len(texts))), "ticktext": texts, "showgrid": False}
