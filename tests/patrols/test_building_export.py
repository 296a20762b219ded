"""The register as a file: exactly what is filtered, in its order, within one's own scope, safe to open."""

from collections.abc import Callable
from csv import reader
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.office import District
from tests.patrols.buildings import act, building_in

pytestmark = pytest.mark.usefixtures("moment")
Ask = Callable[..., Any]


def csv_of(answer: Any) -> list[list[str]]:
    return [*reader(StringIO(answer.getvalue().decode("utf-8-sig")))]


def test_both_kinds_hold_what_is_filtered(district: District, get: Ask) -> None:
    clerk = district.street.clerk
    gone, standing = building_in(district), building_in(district, community=1, text="=1+1")
    act(district, gone, "remove", area_m2=gone.area_m2, way="owner")
    lines = csv_of(get(clerk, "/buildings/export/csv/?only=standing"))
    assert [line[0] for line in lines] == ["building number", standing.number]
    assert lines[1][1:] == [
        "found", str(standing.community), standing.address, "being built", "2026-03-02", "patrol",
        "steel or sheet metal", "1", "120.50", "120.50", "2026-03-02", "", "", "2026-03-04 09:00", "", "'=1+1",
    ]  # fmt: skip
    answer = get(clerk, "/buildings/export/xlsx/?only=standing")
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    assert sheet is not None
    assert [[cell or "" for cell in line] for line in sheet.values] == [lines[0], [*lines[1][:-1], "=1+1"]]
    assert answer["Content-Disposition"] == 'attachment; filename="buildings-20260302-0900.xlsx"'
    listed = get(clerk, "/buildings/?only=standing").content.decode()
    assert 'href="/buildings/export/xlsx/?only=standing"' in listed


def test_the_order_is_that_of_the_list_and_nobody_elses_are_in_it(district: District, get: Ask) -> None:
    gone, standing = building_in(district), building_in(district)
    act(district, gone, "remove", area_m2=gone.area_m2, way="owner")
    building_in(district, community=1)
    lines = csv_of(get(district.street.officer, "/buildings/export/csv/"))
    assert [line[0] for line in lines[1:]] == [standing.number, gone.number]
    assert len(csv_of(get(district.other.clerk, "/buildings/export/csv/"))) == 1


def test_wrong_filters_and_other_kinds(district: District, get: Ask) -> None:
    get(district.street.clerk, "/buildings/export/csv/?state=x", 422)
    get(district.street.clerk, "/buildings/export/pdf/", 404)
    get(
        district.street.liaison if hasattr(district.street, "liaison") else district.liaison,
        "/buildings/export/csv/",
        403,
    )


def test_ten_cost_as_much_as_one(district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    client.get("/buildings/export/csv/")
    counts = []
    for rows in (1, 9):
        for _one in range(rows):
            building_in(district)
        with CaptureQueriesContext(connection) as found:
            client.get("/buildings/export/csv/")
        counts.append(len(found))
    assert counts[0] == counts[1] <= 12
