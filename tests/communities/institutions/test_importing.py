"""Lists of institutions are read and imported: nothing is doubled, each wrong row is told."""

import io
from typing import Any

import pytest
from openpyxl import Workbook

from citymgmt.refusals import Invalid, NotPermitted
from communities.institutions.actions import Imported, import_institutions
from communities.institutions.importing import read_institutions
from communities.models import Institution
from tests.communities.institutions.places import CODE, NOW, Place

HEAD = "社区,单位名称,单位类型,统一社会信用代码,临街长度(米),联系人,办公电话\n"


def bring(place: Place, content: bytes, **given: Any) -> Imported:
    rows, errors = read_institutions(content)
    return import_institutions(**{"by": place.street.clerk, "at": NOW, "rows": rows, "errors": errors, **given})


def counts(done: Imported) -> tuple[int, int, int, bool]:
    return done.added, done.changed, done.unchanged, done.is_written


def test_a_list_is_imported_and_repeated_at_will(place: Place) -> None:
    lines = f"甲街第1社区,第一小学,学校,,80,,\n440106001002,人民医院,医院,{CODE},,王主任,020-1234567\n"
    for content in ((HEAD + lines).encode(), (HEAD + lines).encode("gb18030")):
        done = bring(place, content)
    assert counts(done) == (0, 0, 2, True)
    kept = Institution.objects.order_by("pk").values_list(
        "community__code", "name", "kind", "frontage_m", "contact_name"
    )
    assert list(kept) == [
        ("440106001001", "第一小学", "school", 80, "李老师"),  # an empty cell leaves what was kept
        ("440106001002", "人民医院", "hospital", None, "王主任"),
    ]


def test_a_workbook_does_as_well(place: Place) -> None:
    book, file = Workbook(), io.BytesIO()
    book.active.append(["community", "name", "kind", "frontage_m"])
    book.active.append(["甲街第1社区", "银行", "company", 12.0])
    book.save(file)
    assert counts(bring(place, file.getvalue())) == (1, 0, 0, True)
    assert Institution.objects.get(name="银行").frontage_m == 12


def test_each_wrong_row_is_told_and_nothing_is_written(place: Place, english: None) -> None:
    lines = (
        "乙街第1社区,外,商户,,,,\n"
        "甲街第1社区,,商户,,,,\n"
        "甲街第1社区,店,帐篷,,,,\n"
        "甲街第1社区,店,商户,,十米,,\n"
        f"甲街第1社区,店,商户,{CODE[:-1]}?,,,\n"
        "甲街第1社区,店,商户,,,,13800138000\n"
        "甲街第1社区,好店,商户,,,,\n"
        "甲街第1社区,好店,商户,,,,\n"
        "甲街第1社区,店\x07,商户,,,,\n"
    )
    done = bring(place, (HEAD + lines).encode())
    assert [str(error) for error in done.errors] == [
        "Row 2: “乙街第1社区” is no community of your sub-district.",
        "Row 3: The institution has no name.",
        "Row 4: “帐篷” is no known kind of institution.",
        "Row 5: The frontage must be a whole number of metres.",
        "Row 6: This is no unified social credit code: its last character does not fit.",
        "Row 7: This is a mobile number. Give a number of the office.",
        "Row 9: This institution stands in the file twice.",
        "Row 10: It holds characters that cannot be read.",
    ]
    assert (counts(done), Institution.objects.count()) == ((1, 0, 0, False), 1)
    assert counts(bring(place, (HEAD + lines).encode(), is_dry_run=True, skip_errors=True)) == (1, 0, 0, False)
    assert counts(bring(place, (HEAD + lines).encode(), skip_errors=True)) == (1, 0, 0, True)


def test_a_file_without_the_columns_is_refused(english: None) -> None:
    with pytest.raises(Invalid) as refused:
        read_institutions("社区,单位名称\n".encode())
    assert str(refused.value) == "The heading has no column “kind”."


@pytest.mark.parametrize("who", ["leader", "officer", "admin"])
def test_who_does_not_import(place: Place, who: str) -> None:
    with pytest.raises(NotPermitted):
        bring(place, HEAD.encode(), by=getattr(place.street, who))
