"""A notice sheet as PDF: one a page, in both sizes, with its pictures, and what is not there is said."""

import io
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import segno

from citymgmt.papers import fonts
from citymgmt.papers.poster import Poster
from citymgmt.papers.poster_pdf import poster_pdf
from citymgmt.papers.posting import TEXT_SIZES, size_of
from tests.photos.pictures import photo

pytestmark = pytest.mark.usefixtures("pango")

CODE = segno.make("https://example.org/report/?community=440106001001", error="q").svg_inline(omitsize=True)
SHEET = Poster(
    title="社区城市管理责任人公示牌",
    issuer="榕树街道办事处",
    place="榕荫社区",
    name="陈志远",
    facts=(("联系电话", "020-80001111"),),
    texts=(("工作职责", "日常巡查"),),
    others=(("监督电话", "12345"),),
    code=CODE.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1),
    code_words=("扫码反映问题",),
    foot="核对码 3F9A1C2B",
)


def opened(pdf: bytes) -> Any:
    return pypdfium2.PdfDocument(io.BytesIO(pdf))


@pytest.mark.parametrize(("size", "width", "height"), [("a4", 595, 842), ("a3", 842, 1191)])
def test_each_sheet_is_a_page_of_its_size(size: str, width: int, height: int) -> None:
    with opened(poster_pdf([SHEET, replace(SHEET, name="林秀英", portrait=photo(90, 120))], size)) as document:
        assert [tuple(map(round, page.get_size())) for page in document] == [(width, height)] * 2
        words = [page.get_textpage().get_text_bounded() for page in document]
    for one in ("社区城市管理责任人公示牌", "榕荫社区", "020-80001111", "日常巡查", "扫码反映问题", "核对码 3F9A1C2B"):
        assert [one in page for page in words] == [True, True]
    assert ["陈志远" in words[0], "林秀英" in words[1]] == [True, True]


def test_the_code_can_be_scanned() -> None:
    """Its picture is drawn black on white at the lower right, with a white border."""
    with opened(poster_pdf([SHEET], "a4")) as document:
        picture = document[0].render(scale=1).to_pil().convert("L")
    box = picture.crop((420, 600, 560, 760))
    dark = sum(box.histogram()[:64])
    assert 0.1 < dark / (box.width * box.height) < 0.5


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert poster_pdf([SHEET], "a4") == poster_pdf([SHEET], "a4")


def test_a_long_text_is_set_smaller() -> None:
    sizes = [size_of(text) for text in ("一", "一\n" * 8, "长" * 300, "长" * 3000)]
    assert sizes == [0, 3, 3, len(TEXT_SIZES) - 1]


def test_what_lacks_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise fonts.ChineseFontMissing

    monkeypatch.setattr(fonts, "chinese_file", fail)
    with pytest.raises(fonts.PaperNotPossible):
        poster_pdf([SHEET], "a4")
