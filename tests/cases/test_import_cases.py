"""An old ledger comes in once, with its own times; what is wrong in it is said by row and column."""

import io
import json
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import Workbook

from cases.actions import LedgerRow, import_cases
from cases.importing import read_ledger, read_mapping
from cases.models import Case, CaseEvent
from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, NotFound, NotPermitted
from citymgmt.worktime import sweep
from communities.models import Community
from tests.fixtures import assert_history_is_true
from tests.office import china

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HEADING = ["编号", "事项", "地点", "类别", "社区", "受理", "期限", "办结", "状态", "经度", "纬度"]
GOOD = [
    "A1",
    "占道经营",
    "中山路1号",
    "摊",
    "东社区",
    "2018-01-02 09:00",
    "2018-01-02 11:00",
    "2018-01-02 10:00",
    "办结",
    "113.3",
    "23.1",
]
OPEN = ["A2", "死猫", "中山路2号", "尸", "西社区", "2018-01-03 09:00", "2018-01-03 13:00", "", "在办", "", ""]
BARE = ["A3", "其他", "", "别的", "", "2018-01-04 09:00", "", "", "在办", "0", "0"]
MAPPING = {
    "subdistrict": {"code": "440106009", "name": "丙街", "district": "天河区"},
    "time_zone": "Asia/Shanghai",
    "time_formats": ["%Y-%m-%d %H:%M", "%Y-%m-%d"],
    "columns": {
        "external_ref": "编号", "address": "地点", "category": "类别", "community": "社区", "opened": "受理",
        "due": "期限", "closed": "办结", "longitude": "经度", "latitude": "纬度",
    },
    "description": "{事项}（{类别}）",
    "categories": {"摊": "09006", "尸": "06037"},
    "default_category": None,
    "closed": {"column": "状态", "values": ["办结"]},
}  # fmt: skip


def as_csv(*rows, encoding="utf-8"):
    return "\n".join(",".join(row) for row in [HEADING, *rows]).encode(encoding)


def as_xlsx(*rows):
    book, file = Workbook(), io.BytesIO()
    for row in [HEADING, *rows]:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def read(*rows, **changes):
    return read_ledger(as_csv(*rows), read_mapping(json.dumps({**MAPPING, **changes})), now=NOW)


def changed(row, **cells):
    texts = dict(zip(HEADING, row, strict=True)) | cells
    return list(texts.values())


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def bring(tmp_path, capsys):
    """Run the command on a file's content; returns what it printed."""

    def run(content, *flags, mapping=MAPPING):
        file, mapping_file = tmp_path / "ledger", tmp_path / "mapping.json"
        file.write_bytes(content)
        mapping_file.write_text(json.dumps(mapping), "utf-8")
        try:
            call_command("import_cases", file, *flags, mapping=mapping_file, verbosity=0)
        finally:
            run.printed = capsys.readouterr()
        return run.printed.out.strip()

    return run


@pytest.mark.parametrize(
    "content",
    [
        as_csv(GOOD, OPEN, BARE),
        b"\xef\xbb\xbf" + as_csv(GOOD, OPEN, BARE),
        as_csv(GOOD, OPEN, BARE, encoding="gb18030"),
        as_xlsx(GOOD, OPEN, BARE),
    ],
    ids=["UTF-8", "with BOM", "GB18030", "XLSX"],
)
def test_a_ledger_comes_in_with_its_own_times(district, bring, content):
    assert bring(content) == "imported: 3 new cases, 0 there already, 0 wrong rows"
    closed, handled, accepted = Case.objects.filter(external_ref__in=["A1", "A2", "A3"]).order_by("external_ref")
    assert (closed.state, closed.close_kind, closed.closed_at) == ("closed", "normal", china("2018-01-02 10:00"))
    assert (closed.description, closed.category.code) == ("占道经营（摊）", "09006")
    assert (str(closed.longitude), str(closed.latitude)) == ("113.3000000", "23.1000000")
    assert (handled.state, handled.due_at, handled.category.code) == ("handling", china("2018-01-03 13:00"), "06037")
    assert (accepted.state, accepted.due_at, accepted.category, accepted.community) == ("accepted", None, None, None)
    assert closed.number == "440106009-20180102-0001"
    assert list(CaseEvent.objects.filter(case=closed).values_list("kind", "at", "by")) == [
        ("import", china("2018-01-02 10:00"), None)
    ]


def test_communities_get_codes_in_the_order_in_which_they_appear(district, bring):
    bring(as_csv(GOOD, OPEN, changed(GOOD, 编号="A4")))
    made = Community.objects.filter(subdistrict__code="440106009").order_by("code")
    assert [(one.code, one.name_zh) for one in made] == [("440106009001", "东社区"), ("440106009002", "西社区")]


def test_open_cases_climb_no_ladder_and_nobody_is_told(district, bring):
    bring(as_csv(OPEN))
    case = Case.objects.get(external_ref="A2")
    sweep.run(china("2026-03-04 09:00"))
    case.refresh_from_db()
    assert (case.watched_from, case.next_check_at, case.rung, case.version) == (None, None, 0, 1)
    assert Message.objects.count() == 0


def test_a_repeat_brings_in_only_what_is_new(district, bring):
    bring(as_csv(GOOD))
    assert bring(as_csv(GOOD, OPEN)) == "imported: 1 new cases, 1 there already, 0 wrong rows"
    assert Case.objects.filter(subdistrict__code="440106009").count() == 2


def test_a_wrong_row_stops_everything_before_it_is_written(district, bring):
    with pytest.raises(CommandError, match=r"1 wrong row\(s\); nothing was written"):
        bring(as_csv(GOOD, changed(OPEN, 受理="gestern")))
    assert "Row 3, column “受理”: “gestern” is no time in a known format." in bring.printed.err
    assert Case.objects.count() == 0


def test_wrong_rows_can_be_left_out(district, bring):
    printed = bring(as_csv(GOOD, changed(OPEN, 受理="gestern")), "--skip-errors")
    assert printed == "imported: 1 new cases, 0 there already, 1 wrong rows"


def test_a_dry_run_writes_nothing(district, bring):
    printed = bring(as_csv(GOOD, OPEN), "--dry-run")
    assert printed == "not written, would be: 2 cases (1 closed, 1 open) in 2 communities, 0 wrong rows"
    assert (Case.objects.count(), Community.objects.filter(subdistrict__code="440106009").count()) == (0, 0)


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"办结": "2018-01-02 08:59"}, "办结", "It was closed before it was opened."),
        ({"期限": "2018-01-01 09:00"}, "期限", "The deadline lies before the opening."),
        ({"受理": ""}, "受理", "The time is missing."),
        ({"受理": "9999-01-01"}, "受理", "The year must lie between 1970 and 2100."),
        ({"受理": "2027-01-01"}, "受理", "This time lies in the future."),
        ({"编号": ""}, "编号", "The number is missing."),
        ({"编号": "9" * 61}, "编号", "The number is longer than 60 characters."),
        ({"状态": "在办"}, "状态", "It does not agree with the column “办结”."),
        ({"办结": ""}, "状态", "It does not agree with the column “办结”."),
        ({"事项": "\x00"}, "事项", "It holds characters that cannot be read."),
    ],
)
def test_errors_name_row_and_column(db, cells, column, sentence):
    rows, findings = read(changed(GOOD, **cells))
    assert rows == []
    assert [(one.line, one.column, one.sentence, one.is_warning) for one in findings] == [(2, column, sentence, False)]


def test_a_number_that_comes_twice_is_an_error(db):
    rows, findings = read(GOOD, OPEN, GOOD)
    assert [row.case.external_ref for row in rows] == ["A1", "A2"]
    assert [str(one) for one in findings] == ["Row 4, column “编号”: The same number stands in row 2 already."]


def test_a_category_that_the_mapping_does_not_know_is_an_error_without_default(db):
    mapping = {name: value for name, value in MAPPING.items() if name != "default_category"}
    _rows, findings = read_ledger(as_csv(BARE), read_mapping(json.dumps(mapping)), now=NOW)
    assert [str(one) for one in findings] == ["Row 2, column “类别”: The mapping does not know “别的”."]


@pytest.mark.parametrize("point", [("0", "0"), ("200", "23"), ("113", ""), ("nan", "23"), ("1e400", "1")])
def test_a_point_off_the_earth_is_left_out_with_a_warning(db, point):
    rows, findings = read(changed(GOOD, 经度=point[0], 纬度=point[1]))
    assert (rows[0].case.longitude, rows[0].case.latitude) == (None, None)
    assert [(one.column, one.is_warning) for one in findings] == [("经度", True)]


def test_too_long_texts_are_cut_with_a_warning(db):
    rows, findings = read(changed(GOOD, 事项="乱" * 2001, 地点="路" * 201))
    assert (len(rows[0].case.description), len(rows[0].case.address)) == (2000, 200)
    assert [one.is_warning for one in findings] == [True, True]


def test_the_hour_that_a_clock_goes_through_twice(db):
    row = changed(GOOD, 受理="2018-11-04 01:50", 期限="", 办结="2018-11-04 01:10")
    rows, findings = read(row, time_zone="America/New_York")
    case = rows[0].case
    assert findings == []
    assert (case.opened_at, case.closed_at) == (
        datetime(2018, 11, 4, 5, 50, tzinfo=UTC),
        datetime(2018, 11, 4, 6, 10, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"time_zone": "Mars/Olympus"}, "The time zone “Mars/Olympus” is not known."),
        ({"categories": {"摊": "00000"}}, "There is no category with the code “00000”."),
        ({"colums": {}}, "The mapping does not know “colums”."),
        ({"columns": {"opened": "受理"}}, "The column “external_ref” is missing in the mapping."),
        (
            {"columns": {"external_ref": "编号", "opened": 1}},
            "“columns” is not written as it should be in the mapping.",
        ),
        ({"description": "{事项.__class__}"}, "The file has no column “事项.__class__”."),
        ({"description": "{事项:>9999999}"}, "“description” is not written as it should be in the mapping."),
        ({"subdistrict": {"code": "1"}}, "“subdistrict” is not written as it should be in the mapping."),
        ({"time_formats": []}, "“time_formats” is not written as it should be in the mapping."),
    ],
)
def test_a_wrong_mapping_is_refused(db, changes, sentence):
    with pytest.raises(Invalid) as refused:
        read(GOOD, **changes)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xff\xfe\xff"])
def test_a_file_that_is_no_ledger_is_refused(db, content):
    with pytest.raises(Invalid):
        read_ledger(content, read_mapping(json.dumps(MAPPING)), now=NOW)


def test_the_shipped_mapping_can_be_read(db):
    from cases import importing

    path = importing.__path__[0] + "/mappings/boston311.json"
    with open(path, encoding="utf-8") as file:
        assert read_mapping(file.read()).zone.key == "America/New_York"


def row_of(**columns):
    given = {"external_ref": "B1", "description": "乱堆物料", "opened_at": china("2018-05-02 09:00"), **columns}
    return LedgerRow(**given)


def test_only_an_administrator_of_the_sub_district_imports(district):
    street = district.street
    with pytest.raises(NotPermitted):
        import_cases(subdistrict=street.subdistrict, rows=[row_of()], by=street.clerk)
    with pytest.raises(NotFound):
        import_cases(subdistrict=street.subdistrict, rows=[row_of()], by=district.other.admin)
    assert import_cases(subdistrict=street.subdistrict, rows=[row_of()], by=street.admin) == 1
    assert list(CaseEvent.objects.values_list("kind", "by")) == [("import", street.admin.pk)]


@pytest.mark.parametrize("columns", [{"closed_at": china("2018-05-01 09:00")}, {"description": " "}])
def test_the_action_itself_refuses_what_cannot_be(district, columns):
    with pytest.raises(Invalid):
        import_cases(subdistrict=district.street.subdistrict, rows=[row_of(), row_of(**columns)], by=None)
    assert Case.objects.count() == 0


def test_a_community_of_another_sub_district_is_refused(district):
    rows = [row_of(), row_of(community=district.other.communities[0])]
    with pytest.raises(Invalid, match="another sub-district"), translation.override("en"):
        import_cases(subdistrict=district.street.subdistrict, rows=rows, by=None)
    assert Case.objects.count() == 0


def test_late_closing_is_overdue(district):
    row = row_of(due_at=china("2018-05-02 11:00"), closed_at=china("2018-05-02 12:00"))
    import_cases(subdistrict=district.street.subdistrict, rows=[row], by=None)
    assert Case.objects.get().close_kind == "overdue"


def test_numbers_of_one_day_follow_each_other(district):
    rows = [row_of(external_ref=f"B{number}") for number in range(3)]
    import_cases(subdistrict=district.street.subdistrict, rows=rows, by=None)
    assert list(Case.objects.order_by("id").values_list("external_ref", "number")) == [
        ("B0", "440106001-20180502-0001"),
        ("B1", "440106001-20180502-0002"),
        ("B2", "440106001-20180502-0003"),
    ]
    assert_history_is_true()
