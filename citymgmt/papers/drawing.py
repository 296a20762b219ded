"""Draws a chart with matplotlib, by its objects alone, so that threads can draw at once. Imported by `charts`.

Every chart can be read in black and white: lines differ in dashes and marks, bars in hatches. The same chart gives
the same bytes.
"""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from citymgmt.papers import fonts
from citymgmt.papers.paper import Chart, Series
from citymgmt.papers.texts import ems, shortened

WIDTH_MM, MOST_HEIGHT_MM, FLAT_HEIGHT_MM = 156, 200, 78
MM = 72 / 25.4  # points in a millimetre
DPI = 200
TEXT_PT, VALUE_PT = 8.5, 7.5
NAME_EMS, LEGEND_EMS = 14, 12
INK, SOFT, GRID = "#16282c", "#4d6166", "#d8e2e4"
# ink, dashes, mark of the line; ground and hatch of the bar. Colours: static/css/portal.css
LINES: tuple[tuple[str, Any, str], ...] = (
    ("#0b6973", "-", "o"),
    ("#b3161b", (0, (5, 2)), "s"),
    ("#1d4f91", (0, (1, 1.5)), "^"),
    ("#8a4b00", (0, (6, 2, 1, 2)), "D"),
    ("#5b3a94", (0, (3, 1)), "v"),
    ("#46585d", (0, (8, 2, 1, 2, 1, 2)), "x"),
)
BARS = (
    ("#0b6973", ""),
    ("#b6dadd", "////"),
    ("#ffffff", "\\\\\\\\"),
    ("#f7cb2d", "xxx"),
    ("#e8eeef", "----"),
    ("#dceff0", "||||"),
)

matplotlib.rcParams["svg.hashsalt"] = "citymgmt"  # names inside the SVG follow from what is drawn
matplotlib.rcParams["svg.fonttype"] = "path"
matplotlib.rcParams["hatch.linewidth"] = 0.6


def as_svg(chart: Chart) -> str:
    """The drawing as SVG. Raises ChineseFontMissing."""
    stream = io.BytesIO()
    FigureCanvasSVG(figure(chart)).print_svg(  # type: ignore[no-untyped-call]
        stream, metadata={"Date": None, "Creator": None}
    )
    return stream.getvalue().decode()


def as_png(chart: Chart) -> bytes:
    """The drawing as PNG. Raises ChineseFontMissing."""
    stream = io.BytesIO()
    FigureCanvasAgg(figure(chart)).print_png(  # type: ignore[no-untyped-call]
        stream, metadata={"Software": None}
    )
    return stream.getvalue()


def figure(chart: Chart) -> Figure:
    """The drawing itself. A kind that is unknown is drawn as columns."""
    pen = Pen(fonts.chinese_file())
    sheet = Sheet.of(chart, pen)
    if not sheet.values:
        _say_nothing(sheet)
    elif chart.kind == "line":
        _draw_lines(sheet)
    elif chart.kind == "bars":
        _draw_bars(sheet)
    else:
        _draw_columns(sheet)
    return sheet.figure


def shown(value: float, decimals: int = 0) -> str:
    """The figure as it stands at a bar or an axis; very large ones in powers of ten."""
    return f"{value:.2e}" if abs(value) >= 1e12 else f"{value:.{decimals}f}"


def decimals_of(values: Sequence[float]) -> int:
    """How many decimals show the values alike: none where all are whole, else one, or more where all are small."""
    if all(value == round(value) for value in values):
        return 0
    biggest = max(abs(value) for value in values)
    return 1 if biggest >= 1 else min(6, 1 - math.floor(math.log10(biggest)))


class Pen:
    """Writes texts with one font. What it lacks becomes 〓, as printers do; nothing is read as a formula."""

    def __init__(self, path: Any) -> None:
        self.font, self.path = get_font(path), path

    def size(self, points: float) -> FontProperties:
        """The font at that size."""
        return FontProperties(fname=self.path, size=points)

    def text(self, text: str, most_ems: float = NAME_EMS) -> str:
        """The text as one short line of what the font has."""
        line = shortened(text, most_ems)
        return "".join(one if self.font.get_char_index(ord(one)) else "〓" for one in line)


@dataclass(frozen=True)
class Sheet:
    """A figure with the space for legend and unit at its top already set aside; all lengths in points."""

    chart: Chart
    pen: Pen
    figure: Figure
    top: float
    labels: list[str]
    series: list[list[float]]
    values: list[float]  # all that are there, finite

    @classmethod
    def of(cls, chart: Chart, pen: Pen) -> "Sheet":
        """An empty sheet for the chart, with its legend."""
        series = [_numbers(one, len(chart.labels)) for one in chart.series]
        values = [value for one in series for value in one if math.isfinite(value)]
        names = [pen.text(one.name, LEGEND_EMS) for one in chart.series]
        rows, columns = _legend_shape(names)
        top = 6.0 + 12 * rows + (12 if chart.unit else 0)
        height = _height(chart, top) if values else FLAT_HEIGHT_MM * MM / 2
        paper = Figure(figsize=(WIDTH_MM * MM / 72, height / 72), dpi=DPI, facecolor="white")
        if rows:
            _legend(paper, chart, names, columns, pen)
        return cls(chart, pen, paper, top, [pen.text(label) for label in chart.labels], series, values)

    def axes(self, left: float, bottom: float, right: float = 6) -> Axes:
        """Bare axes, so far from the edges of the sheet."""
        width, height = (72 * float(inches) for inches in self.figure.get_size_inches())
        place = (left / width, bottom / height, (width - left - right) / width, (height - bottom - self.top) / height)
        axes = self.figure.add_axes(place)
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(SOFT)
        axes.tick_params(length=2, width=0.6, color=SOFT, pad=2)
        axes.set_axisbelow(True)
        return axes

    def write(self, x: float, y: float, text: str, **how: Any) -> None:
        """Write at a point of the sheet, counted from its lower left corner."""
        width, height = (72 * float(inches) for inches in self.figure.get_size_inches())
        font = self.pen.size(TEXT_PT)
        self.figure.text(x / width, y / height, text, fontproperties=font, color=SOFT, parse_math=False, **how)

    @property
    def height(self) -> float:
        """Of the sheet."""
        return 72 * float(self.figure.get_size_inches()[1])


def _numbers(series: Series, count: int) -> list[float]:
    found = [math.nan if value is None or not abs(value) < 1e100 else float(value) for value in series.values[:count]]
    return found + [math.nan] * (count - len(found))


def _height(chart: Chart, top: float) -> float:
    if chart.kind != "bars":
        return FLAT_HEIGHT_MM * MM
    row = max(12.5, 9.5 * len(chart.series) + 4)
    return min(top + 22 + row * len(chart.labels), MOST_HEIGHT_MM * MM)


def _legend_shape(names: Sequence[str]) -> tuple[int, int]:
    if len(names) < 2:
        return 0, 0
    widest = max(ems(name) for name in names) * TEXT_PT + 40
    columns = max(1, min(len(names), int(WIDTH_MM * MM / widest)))
    return math.ceil(len(names) / columns), columns


def _legend(paper: Figure, chart: Chart, names: list[str], columns: int, pen: Pen) -> None:
    if chart.kind == "line":
        drawn: list[Any] = [Line2D([], [], **_line_look(at)) for at in range(len(names))]
    else:
        drawn = [Patch(**_bar_look(at)) for at in range(len(names))]
    legend = paper.legend(
        drawn, names, loc="upper center", bbox_to_anchor=(0.5, 1), ncols=columns, frameon=False, prop=pen.size(TEXT_PT),
        handlelength=2.6, columnspacing=1.6, labelspacing=0.25, borderaxespad=0.1, borderpad=0.1,
    )  # fmt: skip
    for text in legend.get_texts():
        text.set_parse_math(False)
        text.set_color(INK)


def _line_look(at: int) -> dict[str, Any]:
    colour, dashes, mark = LINES[at % len(LINES)]
    face = colour if at < len(LINES) else "white"
    return {"color": colour, "ls": dashes, "lw": 1.5, "marker": mark, "ms": 3.4, "mfc": face, "mew": 0.8}


def _bar_look(at: int) -> dict[str, Any]:
    ground, hatch = BARS[at % len(BARS)]
    return {"facecolor": ground, "hatch": hatch, "edgecolor": "#062f36", "linewidth": 0.6}


def _say_nothing(sheet: Sheet) -> None:
    sheet.write(WIDTH_MM * MM / 2, (sheet.height - sheet.top) / 2, "–", ha="center")


def _scale(sheet: Sheet, headroom: float) -> tuple[float, float, list[float]]:
    """Ends of the axis of values, and its ticks; 0 is always on it. `headroom`: a share more for figures at bars."""
    low, high = min(0.0, *sheet.values), max(0.0, *sheet.values)
    whole = all(value == round(value) for value in sheet.values)
    reach = (high - low) or 1.0
    low -= headroom * reach if low < 0 else 0
    high += headroom * reach if high > 0 or low == 0 else 0
    ticks = MaxNLocator(nbins=5, integer=whole, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return low, high, [float(tick) for tick in ticks if low <= tick <= high]


def _written(values: Sequence[float]) -> list[str]:
    return [shown(value, decimals_of(values)) for value in values]


def _upright_axes(sheet: Sheet, headroom: float) -> tuple[Axes, float]:
    """Axes for lines and columns with their scale and labels, and the width of one label's place."""
    low, high, ticks = _scale(sheet, headroom)
    written = _written(ticks)
    left = 10 + TEXT_PT * max(ems(one) for one in written)
    place = (WIDTH_MM * MM - left - 6) / len(sheet.labels)
    widest = max(ems(label) for label in sheet.labels) * TEXT_PT
    turned = sheet.chart.kind != "line" and widest + 4 > place
    step = max(1, math.ceil((TEXT_PT * 1.25 if turned else widest + 6) / place))
    axes = sheet.axes(left, 10 + widest if turned else 20)
    axes.set_xlim(-0.5, len(sheet.labels) - 0.5)
    axes.set_ylim(low, high)
    font = sheet.pen.size(TEXT_PT)
    axes.set_yticks(ticks, written, fontproperties=font, color=INK)
    at = range(0, len(sheet.labels), step)
    kept = [sheet.labels[number] for number in at]
    axes.set_xticks(
        list(at), kept, fontproperties=font, color=INK, rotation=90 if turned else 0, ha="center", parse_math=False
    )
    axes.grid(axis="y", color=GRID, linewidth=0.6)
    if low < 0:
        axes.axhline(0, color=SOFT, linewidth=0.8)
    sheet.write(4, sheet.height - sheet.top + 6, sheet.pen.text(sheet.chart.unit, 30))
    return axes, place


def _draw_lines(sheet: Sheet) -> None:
    axes, _place = _upright_axes(sheet, 0.06)
    for at, values in enumerate(sheet.series):
        axes.plot(range(len(values)), values, clip_on=False, zorder=3, **_line_look(at))


def _draw_columns(sheet: Sheet) -> None:
    count = len(sheet.series)
    widest = max(ems(one) for one in _written(sheet.values)) * VALUE_PT
    room = (WIDTH_MM * MM - 40) / len(sheet.labels) * 0.8 / count
    turned = widest + 1.5 > room
    axes, place = _upright_axes(sheet, (widest + 6) / 130 if turned else 0.1)
    font = sheet.pen.size(min(VALUE_PT, place * 0.8 / count))
    for at in range(count):
        there, values = _bars_of(sheet, at)
        axes.bar(there, values, 0.76 / count, **_bar_look(at))
        for middle, value in zip(there, values, strict=True):
            lie = {"ha": "center", "va": "bottom" if value >= 0 else "top", "rotation": 90 if turned else 0}
            away = 2 if value >= 0 else -2
            _figure_at(axes, sheet, value, (middle, value), (0, away), fontproperties=font, **lie)


def _draw_bars(sheet: Sheet) -> None:
    names, count = len(sheet.labels), len(sheet.series)
    widest = max(ems(one) for one in _written(sheet.values)) * VALUE_PT
    low, high, ticks = _scale(sheet, (widest + 8) / 330)
    pitch = (sheet.height - sheet.top - 22) / names
    size = min(TEXT_PT, pitch * 0.8)
    axes = sheet.axes(8 + size * max(ems(label) for label in sheet.labels), 18, right=12)
    axes.set_xlim(low, high)
    axes.set_ylim(names - 0.5, -0.5)
    axes.set_xticks(ticks, _written(ticks), fontproperties=sheet.pen.size(TEXT_PT), color=INK)
    axes.set_yticks(range(names), sheet.labels, fontproperties=sheet.pen.size(size), color=INK, parse_math=False)
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    font = sheet.pen.size(min(VALUE_PT, pitch * 0.8 / count))
    for at in range(count):
        there, values = _bars_of(sheet, at)
        axes.barh(there, values, 0.76 / count, **_bar_look(at))
        for middle, value in zip(there, values, strict=True):
            lie = {"ha": "left" if value >= 0 else "right", "va": "center_baseline"}
            away = 2 if value >= 0 else -2
            _figure_at(axes, sheet, value, (value, middle), (away, 0), fontproperties=font, **lie)
    sheet.write(4, sheet.height - sheet.top + 5, sheet.pen.text(sheet.chart.unit, 30))


def _bars_of(sheet: Sheet, at: int) -> tuple[list[float], list[float]]:
    """Where the bars of one series stand beside the others, and their values; without what is not there."""
    offset = -0.4 + 0.8 * (at + 0.5) / len(sheet.series)
    there = [(number + offset, value) for number, value in enumerate(sheet.series[at]) if math.isfinite(value)]
    return [place for place, _value in there], [value for _place, value in there]


def _figure_at(
    axes: Axes, sheet: Sheet, value: float, end: tuple[float, float], away: tuple[float, float], **look: Any
) -> None:
    """Write the value of a bar just beyond its end."""
    written = shown(value, decimals_of(sheet.values))
    axes.annotate(written, end, away, textcoords="offset points", color=INK, annotation_clip=False, **look)
