"""Charts as pictures for papers: SVG for PDF, PNG for Word."""

from citymgmt.papers.paper import Chart
from citymgmt.papers.texts import cleaned


def svg(chart: Chart) -> str:
    """The chart as SVG, 156 mm wide; its letters are shapes and need no font. Raises ChineseFontMissing."""
    from citymgmt.papers import drawing  # here, because matplotlib takes web processes half a second and 40 MB

    return drawing.as_svg(cleaned(chart))


def png(chart: Chart) -> bytes:
    """The chart as PNG, 156 mm wide at 200 dots an inch. Raises ChineseFontMissing."""
    from citymgmt.papers import drawing  # as above

    return drawing.as_png(cleaned(chart))
