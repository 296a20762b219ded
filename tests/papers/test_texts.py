"""What of a text is printed, and the few words that the layout writes."""

from datetime import date

import pytest

from citymgmt.papers.paper import Heading, Paper, Table
from citymgmt.papers.texts import cleaned, day_of, mark_size, printable, printed_on, shares, shortened, squared


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("街道 A & B <b>", "街道 A & B <b>"),
        ("a\x00b\x07c\x1b[0m", "abc[0m"),
        ("坏\ud800的\ufffe\uffff", "坏的"),
        ("a\r\nb\rc\x0bd\x0ce\u2028f\x85g", "a\nb\nc\nd\ne\nf\ng"),
        ("a\tb", "a b"),
        ("甲\u202e乙\u2066丙", "甲乙丙"),
        ("𠮷😀", "𠮷😀"),
        ("", ""),
    ],
)
def test_printable(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_cleaned_reaches_every_text_of_a_paper() -> None:
    table = Table("c\x00", ("h\x00",), (("x\x00",),), (1,))
    paper = Paper(
        "m\x00", "n\x00", "i\x00", None, "t\x00", (Heading("h\x00", 2), table), (("报\x00", "y\x00"),), "p\x00", "d\x00"
    )
    clean = Table("c", ("h",), (("x",),), (1,))
    assert cleaned(paper) == Paper("m", "n", "i", None, "t", (Heading("h", 2), clean), (("报", "y"),), "p", "d")


@pytest.mark.parametrize(
    ("on", "language", "day", "printed"),
    [
        (date(2026, 3, 5), "zh-hans", "2026年3月5日", "2026年3月5日印发"),
        (date(2026, 12, 31), "en", "31 December 2026", "Printed on 31 December 2026"),
        (date(2026, 3, 5), "fr", "2026年3月5日", "2026年3月5日印发"),
        (None, "zh-hans", "", ""),
        (None, "en", "", ""),
    ],
)
def test_days(on: date | None, language: str, day: str, printed: str) -> None:
    assert (day_of(on, language), printed_on(on, language)) == (day, printed)


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("东风社区", 4, "东风社区"),
        ("东风社区居委会", 4, "东风社…"),
        ("a\nb", 4, "a b"),
        ("abcdefg", 4, "abcdefg"),
        ("城" * 9999, 4, "城城城…"),
    ],
)
def test_shortened(text: str, most: float, short: str) -> None:
    assert shortened(text, most) == short


def test_rows_have_as_many_cells_as_headings() -> None:
    assert squared((("a",), ("a", "b", "c"), ()), 2) == [("a", ""), ("a", "b"), ("", "")]


@pytest.mark.parametrize(
    ("widths", "columns", "parts"),
    [((1, 3), 2, [0.25, 0.75]), ((1,), 2, [0.5, 0.5]), ((0, 1), 2, [0.5, 0.5]), ((), 1, [1.0]), ((), 0, [])],
)
def test_shares_of_the_line(widths: tuple[int, ...], columns: int, parts: list[float]) -> None:
    assert shares(widths, columns) == parts


@pytest.mark.parametrize(
    ("mark", "points"),
    [("简报", 56), ("城市管理工作简报", 54), ("", 56), ("长" * 99, 22), ("City Management Bulletin", 33)],
)
def test_mark_fits_one_line_where_it_can(mark: str, points: float) -> None:
    assert mark_size(mark) == points
