"""What drawing needs of the system; without it the tests are skipped, and fail where everything is required."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pypdfium2
import pytest

from citymgmt.papers.charts import png
from citymgmt.papers.fonts import PaperNotPossible
from citymgmt.papers.paper import Paper
from citymgmt.papers.pdf import pdf
from citymgmt.papers.word import word
from tests.papers.samples import BULLETIN, CHART, ENGLISH

Opened = Callable[[bytes], "pypdfium2.PdfDocument"]


@pytest.fixture(scope="session")
def chinese_font() -> None:
    """A Chinese font, with which charts are drawn."""
    try:
        png(CHART)
    except PaperNotPossible:
        pytest.skip("needs a Chinese font: apt-get install fonts-noto-cjk")


@pytest.fixture(scope="session")
def pango(chinese_font: None) -> None:
    """The text library of PDF."""
    try:
        pdf(ENGLISH)
    except PaperNotPossible:
        pytest.skip("needs Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")


@pytest.fixture(scope="session")
def bulletin_docx(chinese_font: None) -> bytes:
    return word(BULLETIN)


@pytest.fixture(scope="session")
def bulletin_pdf(pango: None) -> bytes:
    return pdf(BULLETIN)


@pytest.fixture(scope="session")
def draw_pdf(pango: None) -> Callable[[Paper], bytes]:
    return pdf


@contextmanager
def opened(content: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The PDF, closed with all its pages afterwards."""
    document = pypdfium2.PdfDocument(content)
    try:
        yield document
    finally:
        document.close()


def text_of(content: bytes) -> str:
    """All text of the PDF without line ends and blanks, because lines break anywhere."""
    with opened(content) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return "".join("".join(pages).split())
