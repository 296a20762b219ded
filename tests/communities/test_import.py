"""Lists of communities: encodings, workbooks, errors by row, repetition."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from citymgmt.people.models import SubDistrict
from citymgmt.refusals import Invalid, NotPermitted
from communities.actions import import_communities
from communities.importing import read_rows
from communities.models import Community
from tests.office import District

HEADING = "district_code,district,street_code,street,community,urban_rural_class\n"
GOOD = (
    HEADING + "440199,测试区,440199001000,测试街道,东社区,主城区\n440199,测试区,440199001000,测试街道,西社区,主城区\n"
)
pytestmark = pytest.mark.django_db


def bring(content: bytes, tmp_path: Path, *flags: str) -> str:
    path, out = tmp_path / "list", io.StringIO()
    path.write_bytes(content)
    call_command("import_communities", str(path), *flags, stdout=out, stderr=out)
    return out.getvalue()


def codes() -> list[tuple[str, str]]:
    return list(Community.objects.order_by("code").values_list("code", "name_zh"))


TWO = [("440199001001", "东社区"), ("440199001002", "西社区")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_encodings_of_offices(tmp_path: Path, encoding: str) -> None:
    bring(GOOD.encode(encoding), tmp_path)
    assert codes() == TWO
    street = SubDistrict.objects.get()
    assert (street.code, street.name_zh, street.district_code, street.district_name) == (
        "440199001", "测试街道", "440199", "测试区",
    )  # fmt: skip


def test_workbook_with_numbers_as_codes(tmp_path: Path) -> None:
    book, content = Workbook(), io.BytesIO()
    for cells in (["街道代码", "街道", "区", "社区"], [440199001000, "测试街道", "测试区", "东社区"], [],
                  [440199001000.0, "测试街道", "测试区", "西社区"]):  # fmt: skip
        book.active.append(cells)
    book.save(content)
    bring(content.getvalue(), tmp_path)
    assert codes() == TWO


def test_repeating_doubles_nothing(tmp_path: Path) -> None:
    bring(GOOD.encode(), tmp_path)
    said = bring(GOOD.replace("西社区,主城区", "西社区,镇区").encode(), tmp_path)
    assert said == "imported: 0 new sub-districts, 0 new communities, 1 changed, 1 unchanged, 0 wrong rows\n"
    assert codes() == TWO
    assert Community.objects.get(name_zh="西社区").urban_rural_class == "镇区"


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    said = bring(GOOD.encode(), tmp_path, "--dry-run")
    assert said == (
        "not written, would be: 1 new sub-districts, 2 new communities, 0 changed, 0 unchanged, 0 wrong rows\n"
    )
    assert codes() == []


BAD = (
    "street_code,street,district,community,code\n"
    "440199001,测试街道,测试区,东社区,440199001002\n"
    "44019,测试街道,测试区,南社区,\n"
    "440199001,测试街道,测试区,,\n"
    "440199001,测试街道,测试区,东社区,\n"
    "440199001,测试街道,测试区,北社区,440199001002\n"
    "440199001,别名街道,测试区,中社区,\n"
    "440199002,,,上社区,\n"
    "440199001,测试街道,测试区,西社区,440188001003\n"
    "440199001,测试街道,测试区,新社区,\n"
    "440199001,测试街道,测试区,新二社区,\n"
)


def test_errors_name_their_rows_and_nothing_is_written(tmp_path: Path) -> None:
    rows, errors = read_rows(BAD.encode())
    done = import_communities(rows=rows, errors=errors)
    assert [error.line for error in done.errors] == [3, 4, 5, 6, 7, 8, 9]
    assert (done.is_written, codes(), SubDistrict.objects.count()) == (False, [], 0)
    with pytest.raises(CommandError, match=r"7 wrong row\(s\)"):
        bring(BAD.encode(), tmp_path)


@pytest.mark.parametrize(
    ("code", "name", "fault"),
    [
        ("440106001001", "甲街第1社区", None),
        ("", "甲街第1社区", None),
        ("440106001009", "甲街第1社区", "440106001001"),
        ("440106001002", "新社区", "甲街第2社区"),
        ("440106001009", "新社区", None),
    ],
)
def test_a_community_keeps_its_code_and_a_code_its_community(
    district: District, code: str, name: str, fault: str | None
) -> None:
    rows, errors = read_rows(f"street_code,community,code\n440106001,{name},{code}\n".encode())
    done = import_communities(rows=rows, errors=errors)
    assert done.is_written is (fault is None)
    assert [(error.line, fault in error.sentence) for error in done.errors] == ([] if fault is None else [(2, True)])
    written = Community.objects.filter(subdistrict=district.street.subdistrict).order_by("code")
    new = ["440106001009"] if (fault, name) == (None, "新社区") else []
    assert [one.code for one in written] == ["440106001001", "440106001002", *new]


def test_wrong_rows_can_be_left_out_and_given_codes_are_kept_free(tmp_path: Path) -> None:
    bring(BAD.encode(), tmp_path, "--skip-errors")
    assert codes() == [
        ("440199001001", "新社区"),
        ("440199001002", "东社区"),
        ("440199001003", "新二社区"),
    ]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 no workbook", b"\xff\xfe\xff\xff", b"a,b\n1,2\n", b"street_code,community,community\n",
     b'street_code,community\n"44', HEADING.encode() + b"x" * 200_000, b"street_code,community\n1,2\n" * 20_002],
)  # fmt: skip
def test_unreadable_file_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_rows(content)


def test_control_characters_are_an_error_of_their_row() -> None:
    rows, errors = read_rows("street_code,community\n440199001,东\x00社区\n".encode())
    assert (rows, [error.line for error in errors]) == ([], [2])


def test_codes_run_out_with_a_sentence(district: District) -> None:
    street = district.street.subdistrict
    Community.objects.bulk_create(
        Community(code=f"{street.code}{n:03}", name_zh=f"社区{n}", subdistrict=street) for n in range(3, 1000)
    )
    rows, errors = read_rows(f"street_code,community\n{street.code},末社区\n{street.code},再社区\n".encode())
    with pytest.raises(Invalid):
        import_communities(rows=[*rows], errors=errors)


def test_person_imports_into_the_own_sub_district_only(district: District) -> None:
    rows, errors = read_rows(f"street_code,community\n{district.other.subdistrict.code},外社区\n".encode())
    done = import_communities(rows=rows, errors=errors, by=district.street.admin)
    assert ([error.line for error in done.errors], done.is_written) == ([2], False)
    with pytest.raises(NotPermitted):
        import_communities(rows=rows, errors=errors, by=district.street.leader)
