"""A program asks who reported a case: masked with the case, in full for a reason that is kept."""

from typing import Any

from cases.models import ReporterLook
from tests.api.conftest import Program
from tests.office import District, china

AT = china("2026-03-04 09:00")


def test_a_reason_is_kept_before_anybody_is_named(district: District, log: Any) -> None:
    number = log(AT, reporter_name="王小明", reporter_phone="13800001234").number
    asked: list[Any] = [{}, {"purpose": "other"}, {"purpose": "answer"}]
    clerk = Program(district.street.clerk)
    answers: list[Any] = [clerk.post(f"cases/{number}/reporter/", told) for told in asked]
    assert [answer.status_code for answer in answers] == [422, 422, 200]
    assert answers[2].json() == {"name": "王小明", "phone": "13800001234", "email": ""}
    assert list(ReporterLook.objects.values_list("purpose", flat=True)) == ["answer"]


def test_who_may_not_know_is_refused(district: District, log: Any) -> None:
    path = f"cases/{log(AT, reporter_name='王小明').number}/reporter/"
    people = (district.street.officer, district.other.clerk)
    assert [Program(one).post(path, {"purpose": "answer"}).status_code for one in people] == [403, 404]
    assert not ReporterLook.objects.exists()
