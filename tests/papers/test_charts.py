"""Charts: what is drawn, that nothing overlaps, and that the same chart is the same picture."""

import io
import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PIL import Image

from citymgmt.papers import drawing
from citymgmt.papers.charts import png, svg
from citymgmt.papers.paper import Chart, Series
from tests.papers.samples import CHART, COMMUNITIES

pytestmark = pytest.mark.usefixtures("chinese_font")
DAYS = tuple(f"3-{day}" for day in range(1, 32))
MANY = tuple(float(1000 + 37 * at % 800) for at in range(31))
KINDS = ("line", "bars", "columns")


def drawn(chart: Chart) -> Any:
    """The figure after it was drawn, so that texts have their places."""
    figure = drawing.figure(chart)
    FigureCanvasAgg(figure).draw()
    return figure


def texts(figure: Any) -> list[Any]:
    """All visible texts of a figure: unit, ticks, figures at bars."""
    (axes,) = figure.axes
    ticks = [*axes.get_xticklabels(), *axes.get_yticklabels()]
    return [text for text in (*figure.texts, *ticks, *axes.texts) if text.get_text()]


def written(chart: Chart) -> list[str]:
    return [text.get_text() for text in texts(drawn(chart))]


def overlaps(boxes: list[Any]) -> int:
    inner = [box.padded(-1) for box in boxes]
    return sum(one.overlaps(other) for at, one in enumerate(inner) for other in inner[:at])


@pytest.mark.parametrize(
    "chart",
    [
        Chart("columns", DAYS, (Series("收案", MANY),), "件"),
        Chart("line", DAYS, (Series("收案", MANY), Series("结案", MANY[::-1])), "件"),
        Chart("bars", COMMUNITIES, (Series("收案", tuple(range(36))),), "件"),
        Chart("bars", COMMUNITIES, (Series("甲", tuple(range(36))), Series("乙", tuple(range(36)))), "件"),
        Chart("columns", tuple(f"名称很长的第{at}社区" for at in range(12)), (Series("收案", tuple(range(12))),)),
    ],
)
def test_texts_lie_apart_and_inside(chart: Chart) -> None:
    figure = drawn(chart)
    boxes = [text.get_window_extent() for text in texts(figure)]
    assert overlaps(boxes) == 0
    assert all(box.x0 >= 0 and box.x1 <= figure.bbox.x1 + 1 and box.y1 <= figure.bbox.y1 + 1 for box in boxes)


@pytest.mark.parametrize(("kind", "labels"), [("bars", COMMUNITIES), ("columns", DAYS), ("line", COMMUNITIES[:7])])
def test_every_label_is_there(kind: str, labels: tuple[str, ...]) -> None:
    chart = Chart(kind, labels, (Series("收案", (1,) * len(labels)),))
    assert [text for text in written(chart) if text in labels] == list(labels)


def test_dates_of_a_line_are_thinned_evenly() -> None:
    found = [text for text in written(Chart("line", DAYS, (Series("收案", MANY),))) if text in DAYS]
    assert found == list(DAYS[::2])


def test_values_stand_at_bars_with_like_decimals() -> None:
    (axes,) = drawn(Chart("bars", ("甲", "乙", "丙"), (Series("率", (91, 74.72, None)),))).axes
    assert [text.get_text() for text in axes.texts] == ["91.0", "74.7"]


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [(5, 0, "5"), (0.25, 2, "0.25"), (1e15, 0, "1.00e+15"), (-3.14, 1, "-3.1")]
)
def test_shown(value: float, decimals: int, text: str) -> None:
    assert drawing.shown(value, decimals) == text


@pytest.mark.parametrize(
    ("values", "decimals"), [([1, 2], 0), ([1.5, 200], 1), ([0.02, 0.5], 2), ([0.003], 4), ([0], 0), ([1e-9], 6)]
)
def test_decimals(values: list[float], decimals: int) -> None:
    assert drawing.decimals_of(values) == decimals


def test_line_has_a_gap_where_no_value_is() -> None:
    (axes,) = drawn(Chart("line", ("1", "2", "3"), (Series("收案", (4, None, 6)),))).axes
    (line,) = axes.get_lines()
    assert [None if math.isnan(value) else value for value in line.get_ydata()] == [4, None, 6]


@pytest.mark.parametrize("kind", ["bars", "columns"])
def test_no_bar_where_no_value_is(kind: str) -> None:
    (axes,) = drawn(Chart(kind, ("1", "2", "3"), (Series("收案", (4, None, 0)), Series("结案", (None, 1))))).axes
    assert [text.get_text() for text in axes.texts] == ["4", "0", "1"]
    assert len(axes.patches) == 3


def test_negative_values_reach_below_zero() -> None:
    (axes,) = drawn(Chart("columns", ("1", "2"), (Series("变化", (-5, 3)),))).axes
    low, high = axes.get_ylim()
    assert low < -5
    assert high > 3


def test_zero_is_on_the_axis() -> None:
    (axes,) = drawn(Chart("line", ("1", "2"), (Series("收案", (90, 95)),))).axes
    assert axes.get_ylim()[0] == 0


@pytest.mark.parametrize(
    "chart",
    [
        Chart("line", (), ()),
        Chart("bars", ("甲",), ()),
        Chart("columns", ("甲", "乙"), (Series("收案", (None, None)),)),
        Chart("line", (), (Series("收案", (1, 2)),)),
        Chart("bars", ("甲",), (Series("收案", (math.nan,)), Series("结案", (math.inf,)))),
    ],
)
def test_nothing_to_show_is_said(chart: Chart) -> None:
    figure = drawn(chart)
    assert ([text.get_text() for text in figure.texts], figure.axes) == (["–"], [])


@pytest.mark.parametrize("kind", KINDS)
def test_one_point_can_be_seen(kind: str) -> None:
    figure = drawn(Chart(kind, ("3月",), (Series("收案", (5,)),)))
    (axes,) = figure.axes
    assert len(axes.patches) == 1 or axes.get_lines()[0].get_marker() == "o"


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_are_texts(kind: str) -> None:
    labels = (r"$\frac{1}{0}$", "_甲", "a\x00\x0bb", "😀", "<script>&", "城" * 500, "\ud800")
    series = (Series("_内部", (1,) * 7), Series("$x^2$", (2,) * 7))
    figure = drawn(Chart(kind, labels, series, "$件"))
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["_内部", "$x^2$"]
    kept = {r"$\frac{1}{0}$", "〓", "$件"} | ({"_甲", "<script>&"} if kind != "line" else set())  # lines thin them out
    assert kept <= {text.get_text() for text in texts(figure)}
    assert "<script>" not in svg(Chart(kind, labels, series))


def test_series_differ_without_colour() -> None:
    looks = [drawing._line_look(at) for at in range(len(drawing.LINES))]
    assert len({(str(look["ls"]), look["marker"]) for look in looks}) == len(looks)
    assert len({drawing._bar_look(at)["hatch"] for at in range(len(drawing.BARS))}) == len(drawing.BARS)
    values = tuple(Series(f"系列{at}", (at, 5)) for at in range(9))
    assert len(drawn(Chart("line", ("1", "2"), values)).axes[0].get_lines()) == 9


def test_colours_are_the_portals() -> None:
    look = (Path(settings.BASE_DIR) / "static/css/portal.css").read_text("utf-8")
    colours = {line[0] for line in drawing.LINES} | {bar[0] for bar in drawing.BARS} - {"#ffffff"}
    assert [colour for colour in colours if f": {colour};" not in look] == []


@pytest.mark.parametrize("kind", KINDS)
def test_same_chart_same_bytes_also_in_threads(kind: str) -> None:
    chart = Chart(kind, DAYS[:8], (Series("收案", MANY[:8]), Series("结案", MANY[8:16])), "件")
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(svg, [chart] * 6)) == {svg(chart)}
        assert set(pool.map(png, [chart] * 6)) == {png(chart)}


def test_png_fills_the_line_of_a_paper() -> None:
    with Image.open(io.BytesIO(png(CHART))) as picture:
        assert (picture.width, round(picture.info["dpi"][0])) == (1228, 200)


def test_svg_needs_no_font() -> None:
    assert "<text" not in svg(CHART)


def test_many_bars_fit_a_page() -> None:
    chart = Chart("bars", tuple(map(str, range(300))), (Series("收案", tuple(range(300))),))
    with Image.open(io.BytesIO(png(chart))) as picture:
        assert picture.height <= 201 / 25.4 * 200
