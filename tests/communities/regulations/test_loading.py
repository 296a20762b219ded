"""The shipped laws, and lists that an office brings in."""

from datetime import date
from typing import Any

import pytest

from cases.actions.standards import load_standards
from cases.models import CaseStandard, Citation
from citymgmt.refusals import NotPermitted
from communities.models import Regulation
from communities.regulations.actions import Imported, import_regulations, load_regulations
from communities.regulations.importing import read_regulations
from communities.regulations.querysets import in_force
from tests.communities.boards.boards import NOW
from tests.office import District

HEAD = "名称,文号,类别,发文机关,发布日期,施行日期\n"


def bring(district: District, lines: str, **given: Any) -> Imported:
    rows, errors = read_regulations((HEAD + lines).encode())
    return import_regulations(**{"by": district.street.clerk, "at": NOW, "rows": rows, "errors": errors, **given})


def test_the_shipped_laws_are_there_and_cited(db: None) -> None:
    assert Regulation.objects.filter(subdistrict=None).count() == 12
    noise = Regulation.objects.get(title="中华人民共和国环境噪声污染防治法")
    assert (str(noise.replaced_by), noise.abolished_on) == ("《中华人民共和国噪声污染防治法》", date(2022, 6, 5))
    assert Regulation.objects.filter(in_force(date(2026, 1, 1))).count() == 11
    for standard in CaseStandard.objects.filter(version=1).prefetch_related("citations__regulation"):
        cited = {one.regulation.title.removeprefix("中华人民共和国") for one in standard.citations.all()}
        assert all(f"《{title}》" in standard.legal_basis_zh for title in cited)
        assert bool(cited) == bool(standard.legal_basis_zh)


def test_loading_again_brings_nothing_back_that_was_taken_away(db: None) -> None:
    Citation.objects.all().delete()
    assert load_regulations() == set()
    load_standards()
    assert (Citation.objects.count(), Regulation.objects.count()) == (0, 12)


def test_a_list_is_imported_once(district: District) -> None:
    lines = "《巡查制度》,甲办[2025]1号,管理制度,甲街办,2025年1月2日,2025-02-01\n"
    lines += "条例,,地方性法规,市人大,2020/1/1,2020.5.1\n"
    first, again = (bring(district, lines) for _ in range(2))
    assert (first.added, first.is_written, again.added, again.unchanged) == (2, True, 0, 2)
    kept = Regulation.objects.get(title="巡查制度")
    assert (kept.number, kept.kind, kept.subdistrict) == ("甲办〔2025〕1号", "office", district.street.subdistrict)


def test_each_wrong_row_is_told(district: District, english: None) -> None:
    lines = (
        "甲,,法条,办,2025-01-01,2025-01-01\n甲,,制度,办,2025-13-01,2025-01-01\n甲,,制度,办,x,2025-01-01\n"
        "甲,,制度,,2025-01-01,2025-01-01\n甲,,制度,办,2025-01-02,2025-01-01\n"
        "乙,,制度,办,2025-01-01,2025-01-01\n乙,,制度,办,2025-01-01,2025-01-01\n丙\x07,,制度,办,2025-01-01,2025-01-01\n"
    )
    done = bring(district, lines)
    assert [str(error) for error in done.errors] == [
        "Row 2: “法条” is no known kind of regulation.",
        "Row 3: “2025-13-01” is no day.",
        "Row 4: “x” is no day.",
        "Row 5: Please fill this in.",
        "Row 6: Not before the day on which it was issued.",
        "Row 8: This regulation is entered already with the same first day.",
        "Row 9: It holds characters that cannot be read.",
    ]
    assert (done.added, done.is_written) == (1, False)
    assert bring(district, lines, skip_errors=True).is_written


def test_who_imports_what(district: District) -> None:
    line = "条例,,地方性法规,市人大,2020-01-01,2020-05-01\n"
    for given in ({"by": district.street.officer}, {"is_shared": True}):
        with pytest.raises(NotPermitted):
            bring(district, line, **given)
    bring(district, line, by=district.street.admin, is_shared=True)
    assert Regulation.objects.get(title="条例").subdistrict is None
