"""The table of open data: its columns, its lines, safe to open, how often."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases.intake.actions.publishing import release_text
from tests.intake.reported import resident_case
from tests.office import District

COLUMNS = ["service_request_id", "requested_datetime", "updated_datetime", "closed_date", "status_description",
           "status_notes", "source", "service_name", "service_subtype", "description", "agency_responsible", "address",
           "lat", "long"]  # fmt: skip


def table(query: str = "", **headers: str) -> list[list[str]]:
    """The table as a spreadsheet reads it."""
    answer = Client(headers=headers).get(f"/public/cases.csv{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="cases.csv"'
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_a_line_for_each_case_in_the_columns_of_georeport_bulk(district: District) -> None:
    at = timezone.now().replace(microsecond=0)
    old = resident_case(district, at=at - timedelta(hours=2), topic=topic_of("noise"))
    case = resident_case(district, "closed", at=at)
    moment = timezone.localtime(at).isoformat()
    category = topic_of("rubbish").category
    assert table() == [
        COLUMNS,
        [case.number, *[moment] * 3, "closed", "已结案", "市民上报", "垃圾没人清、垃圾桶满了", category.name_zh,
         "", "甲街", "甲街第1社区", "23.13", "113.351"],
        [old.number, *[timezone.localtime(at - timedelta(hours=2)).isoformat()] * 2, "", "open", "已受理", "市民上报",
         "噪声扰民", *table()[2][8:10], "甲街", "甲街第1社区", "23.13", "113.351"],
    ]  # fmt: skip


def topic_of(code: str) -> Any:
    """The topic of this code."""
    from cases.intake.models import Topic

    return Topic.objects.get(code=code)


def test_filtered_as_the_list_and_in_the_language_asked_for(district: District) -> None:
    at = timezone.now()
    case = resident_case(district, at=at)
    resident_case(district, "closed", at=at)
    english = {"Accept-Language": "en"}
    assert [line[:1] for line in table("?status=open")[1:]] == [[case.number]]
    assert [(line[5], line[7]) for line in table("?status=open", **english)[1:]] == [
        ("accepted", "Rubbish lying about, bins overflowing")
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_is_a_formula(district: District, text: str) -> None:
    case = resident_case(district, at=timezone.now())
    release_text(number=case.number, by=district.street.clerk, at=timezone.now(), text=text)
    assert table()[1][9].startswith("'")


def test_only_so_many_tables_a_minute(district: District, settings: Any) -> None:
    settings.PUBLIC_FILE_RATE = 1
    assert 429 in [Client().get("/public/cases.csv").status_code for _turn in range(3)]
