"""Exports hold what the list shows to whom it shows it, and no spreadsheet takes a cell for a formula."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases import export_work
from cases.actions import exports
from cases.actions.exports import ask_export
from cases.models import ExportJob
from citymgmt.jobs import claim, finish, note_progress
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, NotPermitted
from tests.cases.stories import MORNING, QUICK, case_in
from tests.office import District, china

AT = china(MORNING)
KEY = "6f1f0f0e-0000-4000-8000-000000000001"
HEADINGS = ["case number", "reported at", "category", "disorder", "community", "address", "state", "due", "ladder",
            "officer", "team"]  # fmt: skip


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of exports for this test alone."""
    monkeypatch.setattr(exports, "DIRECTORY", tmp_path)
    return tmp_path


@pytest.fixture
def export(client: Client, monkeypatch: pytest.MonkeyPatch, district: District) -> Any:
    """The lines of the CSV that somebody gets for a query string."""
    User.objects.update(language="en")
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AT)

    def lines(user: User, query: str = "", kind: str = "csv") -> list[list[str]]:
        client.force_login(user)
        answer = client.get(f"/cases/export/now/{kind}/?{query}")
        assert answer.status_code == 200
        content = b"".join(answer.streaming_content)
        if kind == "xlsx":
            sheet = openpyxl.load_workbook(io.BytesIO(content)).active
            assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
            return [[str(cell.value or "") for cell in row] for row in sheet]
        assert content.startswith(b"\xef\xbb\xbf")
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))

    return lines


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_holds_rows_order_and_columns_of_the_list(kind: str, district: District, export: Any) -> None:
    first, second = case_in(district, "handling"), case_in(district, "handling", line=QUICK)
    case_in(district, "reported")
    lines = export(district.street.clerk, "state=handling&ordering=number", kind)
    assert lines[0] == HEADINGS
    assert [line[0] for line in lines[1:]] == [first.number, second.number]
    assert lines[1] == [first.number, "2026-03-04 09:00", str(first.category), str(first.category.disorder),
                        "甲街第1社区", "", "being handled", "2026-03-25 09:00", "", "officer1",
                        "甲街执法队"]  # fmt: skip
    chosen = export(district.street.clerk, "columns=description,number&state=handling", kind)
    assert chosen == [
        ["case number", "reported at", "description"],
        [second.number, "2026-03-04 09:00", "测试"],
        [first.number, "2026-03-04 09:00", "测试"],
    ]


@pytest.mark.parametrize("begin", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_is_a_formula(begin: str, kind: str, district: District, export: Any, log: Any) -> None:
    case = log(AT, description="x", address="", line=330)
    type(case).objects.filter(pk=case.pk).update(description=begin)
    lines = export(district.street.clerk, "columns=description", kind)
    assert lines[1][2] == ("'" + begin if kind == "csv" else begin)


def test_everybody_gets_what_they_see_and_no_reporter(district: District, export: Any, log: Any) -> None:
    log(AT, reporter_name="王小明", reporter_phone="13800000000", line=330)
    for who, count in {"clerk": 1, "officer": 1, "officer2": 0, "auditor": 1}.items():
        assert len(export(getattr(district.street, who))) == 1 + count
    assert len(export(district.other.clerk)) == 1
    everything = export(district.street.clerk, "columns=" + ",".join(["description", "number", "who", "place"]))
    assert "王小明" not in str(everything)


@pytest.mark.parametrize("address", ["/cases/export/", "/cases/export/jobs/", "/cases/export/now/csv/"])
def test_who_has_no_cases_has_no_export(address: str, district: District, client: Client) -> None:
    client.force_login(district.street.admin)
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("query", ["state=nonsense", "category=x", "ordering=description"])
def test_wrong_filters_are_422(query: str, district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    for address in ("/cases/export/", "/cases/export/now/csv/"):
        assert client.get(f"{address}?{query}").status_code == 422
    assert client.get("/cases/export/now/pdf/").status_code == 404


def test_ten_rows_cost_what_one_costs(district: District, export: Any, client: Client) -> None:
    costs = []
    for count in (1, 9):
        for _turn in range(count):
            case_in(district, "handling")
        export(district.street.clerk)
        with CaptureQueriesContext(connection) as queries:
            b"".join(client.get("/cases/export/now/csv/").streaming_content)
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= 12


# long ones


def ask(user: User, **changed: Any) -> ExportJob:
    given = {"kind": "csv", "query": "", "columns": [], "total": 2, "request_key": KEY, **changed}
    return ask_export(by=user, at=AT, **given)


def test_a_long_list_is_written_by_the_worker(
    district: District, client: Client, monkeypatch: pytest.MonkeyPatch, directory: Path
) -> None:
    User.objects.update(language="en")
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AT)
    monkeypatch.setattr("cases.views.lists.exports.AT_ONCE", 1)
    cases = [case_in(district, "handling"), case_in(district, "handling")]
    case_in(district, "reported")
    client.force_login(district.street.clerk)
    assert client.get("/cases/export/now/csv/").status_code == 422
    page = client.get("/cases/export/?state=handling")
    assert (page.status_code, page.context["is_short"]) == (200, False)
    for _twice in range(2):
        answer = client.post(page.context["start_url"], {"kind": "csv", "request_key": KEY})
        assert (answer.status_code, answer["Location"]) == (302, "/cases/export/?state=handling")
    job = ExportJob.objects.get()
    assert "0 of 2 cases written (0 %)" in client.get("/cases/export/jobs/").content.decode()
    assert client.get(f"/cases/export/{job.pk}/").status_code == 404
    assert export_work.write_exports(lambda: AT) == 1
    job.refresh_from_db()
    assert (job.state, job.done, job.percent) == ("ready", 2, 100)
    content = b"".join(client.get(f"/cases/export/{job.pk}/").streaming_content).decode("utf-8-sig")
    assert [line[0] for line in csv.reader(io.StringIO(content))] == ["case number", *(c.number for c in cases[::-1])]
    for other in (district.street.clerk2, district.street.leader, district.other.clerk):
        client.force_login(other)
        assert client.get(f"/cases/export/{job.pk}/").status_code == 404
        assert "My files" not in client.get("/cases/export/jobs/").content.decode()


def test_excel_is_written_too(district: District, directory: Path) -> None:
    case_in(district, "handling")
    job = ask(district.street.clerk, kind="xlsx", columns=["number"])
    assert export_work.write_exports(lambda: AT) == 1
    assert openpyxl.load_workbook(directory / job.file_name).active.max_row == 2
    assert [path.name for path in directory.iterdir()] == [job.file_name]


def test_a_lease_that_ran_out_is_taken_over_and_the_first_loses(district: District) -> None:
    ask(district.street.clerk)
    first = claim(ExportJob.objects.all(), AT)
    assert (first is not None, claim(ExportJob.objects.all(), AT)) == (True, None)
    second = claim(ExportJob.objects.all(), AT + timedelta(minutes=6))
    assert second is not None
    assert (note_progress(first, 1, AT), finish(first, 2)) == (False, False)
    assert (note_progress(second, 1, AT), finish(second, 2)) == (True, True)
    assert claim(ExportJob.objects.all(), AT + timedelta(hours=1)) is None


def test_what_failed_three_times_is_given_up(district: District) -> None:
    job = ask(district.street.clerk)
    for hour in range(4):
        claim(ExportJob.objects.all(), AT + timedelta(hours=hour))
    job.refresh_from_db()
    assert job.state == "failed"


def test_a_query_that_the_list_takes_no_more_is_given_up_at_once(district: District, directory: Path) -> None:
    job = ask(district.street.clerk, query="state=no-such-state")
    assert export_work.write_exports(lambda: AT) == 0
    job.refresh_from_db()
    assert (job.state, job.attempt, job.lease_until, list(directory.iterdir())) == ("failed", 1, None, [])


def test_files_are_removed_after_a_week(district: District, directory: Path) -> None:
    case_in(district, "handling")
    ask(district.street.clerk)
    export_work.write_exports(lambda: AT)
    assert len(list(directory.iterdir())) == 1
    export_work.write_exports(lambda: AT + timedelta(days=8))
    assert (list(directory.iterdir()), ExportJob.objects.count()) == ([], 0)


def test_limits_of_what_can_be_asked(district: District) -> None:
    with pytest.raises(Invalid, match="200000"):
        ask(district.street.clerk, total=200_001)
    with pytest.raises(NotPermitted):
        ask(district.street.admin)
    for number in range(3):
        ask(district.street.clerk, request_key=str(number))
    with pytest.raises(Invalid):
        ask(district.street.clerk, request_key="4")
    assert ask(district.street.clerk, request_key="0").pk == ExportJob.objects.earliest("id").pk
