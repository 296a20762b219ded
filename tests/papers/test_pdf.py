"""A paper as PDF, read and drawn back by another library: text, fonts, places, colours."""

import itertools
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from PIL import ImageChops, ImageFile

from citymgmt.papers.paper import Chart, Heading, Paper, Paragraph, Picture, Series, Table
from citymgmt.papers.pdf import pdf
from tests.papers.conftest import opened, text_of
from tests.papers.samples import BULLETIN, CHART, COMMUNITIES, ENGLISH, SENTENCE, TABLE, with_blocks

pytestmark = pytest.mark.usefixtures("pango")
MM = 72 / 25.4
PAGE_HEIGHT = 297 * MM


def pages_of(content: bytes) -> list[str]:
    """The text of each page, without blanks."""
    with opened(content) as document:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in document]


def place_of(page: Any, words: str) -> tuple[float, float, float, float]:
    """Where the words stand on the page: left, bottom, right, top in points."""
    textpage = page.get_textpage()
    found = textpage.search(words).get_next()
    assert found is not None, f"{words} is not on the page"
    boxes = [textpage.get_charbox(found[0] + at) for at in range(found[1])]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def boxes_of(page: Any) -> list[tuple[float, float, float, float]]:
    """The places of all characters that are to be seen."""
    textpage = page.get_textpage()
    boxes = [textpage.get_charbox(at) for at in range(textpage.count_chars())]
    return [box for box in boxes if box[2] > box[0]]


def streams(content: bytes) -> Iterator[bytes]:
    """The streams of the file that are packed, unpacked."""
    for part in content.split(b"stream\n")[1:]:
        try:
            yield zlib.decompressobj().decompress(part)
        except zlib.error:
            yield part


def coloured(page: Any, is_wanted: Any) -> set[tuple[int, int]]:
    """The pixels of a page, 72 to the inch, whose colour is wanted."""
    picture = page.render(scale=1).to_pil().convert("RGB")
    pixels = picture.load()
    return {(x, y) for x in range(picture.width) for y in range(picture.height) if is_wanted(*pixels[x, y])}


def is_red(red: int, green: int, blue: int) -> bool:
    return red > 200 and green < 60 and blue < 60


def is_pale_grey(red: int, green: int, blue: int) -> bool:
    return red == green == blue == 0xDD


def test_every_sentence_is_there(bulletin_pdf: bytes) -> None:
    text = text_of(bulletin_pdf)
    wanted = [
        BULLETIN.mark, BULLETIN.number, BULLETIN.issuer, "2026年11月28日", BULLETIN.title, SENTENCE, "（一）分社区情况",
        "出席：张三、李四", "图1两类问题比较", "报：区城市管理委员会", "送：各社区居委会", "2026年11月28日印发",
        *COMMUNITIES,
    ]  # fmt: skip
    assert [sentence for sentence in wanted if "".join(sentence.split()) not in text] == []


def test_half_a_picture_stays_none_for_the_process(bulletin_pdf: bytes) -> None:
    assert not ImageFile.LOAD_TRUNCATED_IMAGES


def test_pages_are_a4_and_numbered_outside(bulletin_pdf: bytes) -> None:
    with opened(bulletin_pdf) as document:
        assert {(round(width), round(height)) for width, height in (page.get_size() for page in document)} == {
            (595, 842)
        }
        assert len(document) >= 3
        for number, page in enumerate(document, 1):
            left, _bottom, right, top = place_of(page, f"— {number} —")
            assert left == pytest.approx(28 * MM + 14, abs=3) or number % 2 == 1
            assert right == pytest.approx((210 - 26) * MM - 14, abs=3) or number % 2 == 0
            assert 35 * MM - 7 * MM - 14 < top < 35 * MM - 7 * MM + 3


def test_text_keeps_to_156_by_225_mm(bulletin_pdf: bytes) -> None:
    with opened(bulletin_pdf) as document:
        for page in document:
            inner = [box for box in boxes_of(page) if box[3] > 35 * MM]
            assert min(box[0] for box in inner) >= 28 * MM - 1
            assert max(box[2] for box in inner) <= 184 * MM + 1
            assert max(box[3] for box in inner) <= PAGE_HEIGHT - 37 * MM + 1


def test_a_page_has_22_lines_of_28_characters() -> None:
    content = pdf(with_blocks(Paragraph("城" * 28 * 60)))
    assert pages_of(content)[1] == "城" * 28 * 22 + "—2—"


def test_fonts_are_chinese_and_inside(bulletin_pdf: bytes) -> None:
    with opened(bulletin_pdf) as document:
        objects = [one for page in document for one in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
        fonts = {(one.get_font().get_base_name(), one.get_font().is_embedded) for one in objects}
    assert all(embedded for _name, embedded in fonts)
    chinese = ("CJK", "Song", "Hei", "Kai", "SC", "WenQuanYi", "UMing", "UKai", "Sun")
    assert [name for name, _embedded in fonts if not any(part in name for part in chinese)] == []


def test_characters_are_drawn_not_boxes() -> None:
    with opened(pdf(with_blocks(Paragraph("驻蠹囊")))) as document:
        drawn = document[0].render(scale=4).to_pil().convert("L")
        glyphs = []
        for words in "驻蠹囊":
            left, _bottom, _right, top = place_of(document[0], words)
            x, y = round(left * 4), round((PAGE_HEIGHT - top) * 4)
            glyphs.append(drawn.crop((x, y, x + 60, y + 60)))
    assert all(glyph.getextrema()[0] < 100 for glyph in glyphs)
    black = [sum(pixel < 128 for pixel in glyph.tobytes()) for glyph in glyphs]
    assert black[1] > 1.3 * black[0]  # 24 strokes and 8: a box would have as many for both
    differences = [ImageChops.difference(one, other).getbbox() for one, other in itertools.pairwise(glyphs)]
    assert None not in differences


def test_mark_and_line_are_red_and_nothing_else(bulletin_pdf: bytes) -> None:
    with opened(bulletin_pdf) as document:
        red = coloured(document[0], is_red)
        left, bottom, right, top = place_of(document[0], BULLETIN.mark)
        line = [y for y in range(842) if sum((x, y) in red for x in range(90, 510)) > 400]
        assert coloured(document[1], is_red) == set()
    assert 1 <= len(line) <= 3
    mark = {(x, y) for x, y in red if y < min(line) - 2}
    assert len(mark) > 1000
    assert left - 2 <= min(x for x, _y in mark) <= max(x for x, _y in mark) <= right + 2
    assert PAGE_HEIGHT - top - 2 <= min(y for _x, y in mark) <= max(y for _x, y in mark) <= PAGE_HEIGHT - bottom + 2
    assert min(y for _x, y in mark) == pytest.approx((37 + 35) * MM, abs=20)


@pytest.mark.parametrize("draft", ["草稿", "DRAFT & <b>"])
def test_draft_is_across_every_page_of_a_draft_alone(draft: str) -> None:
    paper = with_blocks(Paragraph(SENTENCE * 12))
    with opened(pdf(replace(paper, draft=draft))) as written, opened(pdf(paper)) as final:
        assert len(written) == len(final) >= 2
        assert [len(coloured(page, is_pale_grey)) > 1000 for page in written] == [True] * len(written)
        assert [len(coloured(page, is_pale_grey)) < 500 for page in final] == [True] * len(final)


def test_table_head_stands_on_each_page(bulletin_pdf: bytes) -> None:
    holding = [page for page in pages_of(bulletin_pdf) if any(name in page for name in COMMUNITIES)]
    assert len(holding) >= 2
    assert all("".join(TABLE.headings) in page for page in holding)
    assert "合计" in holding[-1]
    assert COMMUNITIES[-1] in holding[-1]


def test_numbers_stand_at_the_right(bulletin_pdf: bytes) -> None:
    with opened(bulletin_pdf) as document:
        page = next(page for page in document if "第36社区" in page.get_textpage().get_text_bounded())
        assert place_of(page, "136")[2] == pytest.approx(place_of(page, "1286")[2], abs=0.5)


def test_foot_ends_the_text_of_the_last_page(bulletin_pdf: bytes) -> None:
    with opened(bulletin_pdf) as document:
        _left, bottom, right, _top = place_of(document[len(document) - 1], "2026年11月28日印发")
        assert 35 * MM < bottom < 35 * MM + 14
        assert right == pytest.approx(184 * MM - 14, abs=2)
    assert ["印发" in page for page in pages_of(bulletin_pdf)] == [False] * (len(pages_of(bulletin_pdf)) - 1) + [True]


@pytest.mark.parametrize("lines", range(26, 40, 2))
def test_foot_never_lies_on_the_text(lines: int) -> None:
    with opened(pdf(with_blocks(Paragraph("城" * 28 * lines)))) as document:
        last = document[len(document) - 1]
        _left, _bottom, _right, top = place_of(last, "报：")
        textpage = last.get_textpage()
        text = textpage.get_text_range()
        lowest = [textpage.get_charbox(at)[1] for at, one in enumerate(text) if one == "城" and text[at + 1] != "市"]
        assert min(lowest, default=999) > top


def test_file_is_named_tagged_and_navigable(bulletin_pdf: bytes) -> None:
    with opened(bulletin_pdf) as document:
        about = document.get_metadata_dict()
        outline = [(one.level, one.get_title()) for one in document.get_toc()]
        assert document.is_tagged()
    assert (about["Title"], about["Author"], about["Keywords"]) == (BULLETIN.title, BULLETIN.issuer, "城市管理, 简报")
    assert outline == [(0, BULLETIN.title), (1, "一、总体情况"), (2, "（一）分社区情况"), (3, "1.占道经营")]
    unpacked = b"".join(streams(bulletin_pdf))
    assert b"/Lang (zh-CN)" in unpacked
    assert b'pdfaid:part="2" pdfaid:conformance="A"' in unpacked


def test_picture_is_told(bulletin_pdf: bytes) -> None:
    told = "占道经营由100件增加到120件。".encode("utf-16-be").hex().encode()
    assert any(told in stream.lower() for stream in streams(bulletin_pdf))


def test_english() -> None:
    content = pdf(ENGLISH)
    text = text_of(content)
    wanted = ("28November2026", "I.Overview", "Present:ZhangSan", "Printedon28November2026")
    assert [words for words in wanted if words not in text] == []
    assert b"/Lang (en-GB)" in b"".join(streams(content))


def test_texts_are_shown_as_they_are() -> None:
    nasty = "坏\x00\x1f\ud800\ufffe字<script>alert(1)</script>&amp;{{x}}\"'"
    shown = "坏字<script>alert(1)</script>&amp;{{x}}\"'"
    blocks = (
        Heading(nasty),
        Paragraph(nasty, nasty),
        Table(nasty, (nasty,), ((nasty,),), (1,)),
        Picture(CHART, nasty, nasty),
    )
    content = pdf(Paper(nasty, nasty, nasty, None, nasty, blocks, ((nasty, nasty),), nasty, "", "zh-hans", (nasty,)))
    assert text_of(content).count(shown) == 4 + 1 + 2 + 3 + 1 + 3


@pytest.mark.parametrize(
    "text",
    ['<img src="file:///etc/hostname">', '<link rel=stylesheet href="http://example.org/x.css">', "url(/etc/hosts)"],
)
def test_nothing_is_fetched(text: str, caplog: pytest.LogCaptureFixture) -> None:
    pdf(replace(with_blocks(Heading(text), Paragraph(text)), title=text, draft=text))
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://example.org/", "data:text/plain,x", "paper:9.svg"])
def test_unknown_addresses_are_refused(address: str) -> None:
    from citymgmt.papers.rendering import Known

    with pytest.raises(ValueError, match="opens no address"):
        Known({"paper:0.svg": "<svg/>"}).fetch(address)


def test_empty_paper_and_chart_without_words(caplog: pytest.LogCaptureFixture) -> None:
    assert pages_of(pdf(Paper("", "", "", None, "题", (Picture(Chart("line", (), (Series("", ()),)), "", ""),)))) == [
        "题—1—"
    ]
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


def test_long_words_break_in_paragraph_and_cell() -> None:
    table = Table("", ("甲", "乙"), (("A" * 300, "1" * 100),), (1, 1))
    with opened(pdf(with_blocks(Paragraph("B" * 300), table))) as document:
        for page in document:
            assert max(box[2] for box in boxes_of(page)) <= 184 * MM + 1


def test_much_is_drawn_in_time() -> None:
    rows = tuple((str(at), "第一社区") for at in range(500))
    began = time.process_time()
    content = pdf(with_blocks(Table("", ("序号", "社区"), rows, (1, 5), 2), Paragraph("城" * 10_000)))
    assert time.process_time() - began < 30
    assert text_of(content).count("第一社区") == 500


def test_same_paper_same_bytes(bulletin_pdf: bytes) -> None:
    assert pdf(BULLETIN) == bulletin_pdf
