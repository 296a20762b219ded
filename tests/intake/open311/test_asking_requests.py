"""Conformance of the lists of requests; the numbers are those of the checks that docs/open311.md lists."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.intake.actions.publishing import release_text, withhold
from cases.intake.models import ApiClient, Publication
from cases.models import Case
from tests.cases.stories import do
from tests.intake.open311.doors import Door
from tests.intake.reported import KEY, client_of, reported, resident_case, walk
from tests.office import District


def ago(**much: float) -> datetime:
    """So long ago, to the second."""
    return (timezone.now() - timedelta(**much)).replace(microsecond=0)


def many(case: Case, count: int) -> None:
    """As many publications as if there were so many such cases. They are rows of the test alone."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        columns = [field.column for field in Publication._meta.concrete_fields if field.name not in ("case", "number")]
        told = ", ".join(columns)
        cursor.execute(
            f"INSERT INTO intake_publication (case_id, number, {told})"
            f" SELECT case_id + n, number || '-' || n, {told} FROM intake_publication, generate_series(1, %s) AS n"
            " WHERE case_id = %s",
            [count, case.pk],
        )


def forget_many(case: Case) -> None:
    """Remove them before their keys are checked."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM intake_publication WHERE case_id > %s", [case.pk])


def test_what_everybody_reads_of_a_request(door: Door, district: District) -> None:
    at = ago(hours=5)
    case = resident_case(district, at=at)
    community = district.street.communities[0]
    told = timezone.localtime(at).isoformat()
    assert door.read("v2/requests") == [
        {
            "service_request_id": case.number,
            "status": "open",
            "status_notes": "已受理",
            "service_name": "垃圾没人清、垃圾桶满了",
            "service_code": "rubbish",
            "description": None,
            "agency_responsible": "甲街",
            "service_notice": None,
            "requested_datetime": told,
            "updated_datetime": told,
            "expected_datetime": None,
            "address": community.name_zh,
            "address_id": community.code,
            "zipcode": None,
            "lat": 23.13,
            "long": 113.351,
            "media_url": None,
        }
    ]
    assert door.read(f"v2/requests/{case.number}") == door.read("v2/requests")


def test_a_released_text_is_the_description(door: Door, district: District) -> None:
    case = resident_case(district, at=ago(hours=1))
    release_text(number=case.number, by=district.street.clerk, at=timezone.now(), text="路口垃圾堆积")
    assert [one["description"] for one in door.read("v2/requests")] == ["路口垃圾堆积"]


def test_36_lists_with_commas(door: Door, district: District) -> None:
    cases = [
        resident_case(district, at=ago(hours=4)),
        resident_case(district, "closed", at=ago(hours=3), topic=topic("noise")),
        resident_case(district, at=ago(hours=2), topic=topic("road")),
    ]
    first, second, third = (case.number for case in cases)
    assert door.requests() == [third, second, first]  # the newest first
    assert door.requests(service_request_id=f"{first}, {third},,") == [third, first]
    assert door.requests(service_code="noise,road") == [third, second]
    assert door.requests(service_code="nothing") == []
    assert door.requests(status="open,closed") == [third, second, first]
    assert door.requests(status="closed") == [second]
    assert door.requests(status="open", service_code="rubbish,noise") == [first]


def topic(code: str) -> Any:
    """The topic of this code."""
    from cases.intake.models import Topic

    return Topic.objects.get(code=code)


def test_37_ids_override_all_else(door: Door, district: District) -> None:
    case = resident_case(district, at=ago(days=200))
    asked = {"status": "closed", "start_date": "2026-01-01", "service_code": "noise", "bbox": "0,0,1,1"}
    assert door.requests(service_request_id=case.number) == [case.number]
    assert door.requests(service_request_id=case.number, **asked) == [case.number]
    assert door.requests(service_request_id=case.number, start_date="x") == [case.number]
    assert door.requests(service_request_id="nothing") == []


def test_38_without_dates_the_last_90_days(door: Door, district: District) -> None:
    resident_case(district, at=ago(days=91))
    new = resident_case(district, at=ago(days=89))
    assert door.requests() == [new.number]


def test_39_at_most_a_thousand_and_pages(door: Door, district: District) -> None:
    case = resident_case(district, at=ago(hours=1))
    many(case, 1000)
    assert len(door.requests()) == 1000
    assert door.requests(page=2) == [case.number]
    assert len(door.requests(page_size=600, page=2)) == 401
    assert door.requests(page_size=2, page=501) == [case.number]
    assert door.requests(page=1000) == []
    forget_many(case)


def test_40_more_than_90_days_is_400_a_side_alone_is_90_days(door: Door, district: District) -> None:
    old, middle, new = (resident_case(district, at=ago(days=days)).number for days in (150, 62, 2))
    day = lambda days: f"{timezone.localdate(ago(days=days))}"  # noqa: E731
    assert door.read("v2/requests", expect=400, start_date=day(100), end_date=day(9)) == [
        {"code": "invalid_end_date", "description": "一次最多查询90天。"}
    ]
    assert door.requests(start_date=day(99), end_date=day(9)) == [middle]
    assert door.requests(start_date=day(151)) == [middle, old]
    assert door.requests(end_date=day(61)) == [middle, old]
    assert door.requests(start_date=day(2), end_date=day(2)) == [new]
    assert door.read("v2/requests", expect=400, start_date=day(2), end_date=day(3))[0]["code"] == "invalid_end_date"


def test_41_a_parameter_sent_empty_was_not_sent(door: Door, district: District) -> None:
    case = resident_case(district, at=ago(hours=1))
    names = ("jurisdiction_id", "service_request_id", "service_code", "start_date", "end_date", "status", "bbox",
             "updated_after", "updated_before", "page", "page_size", "extensions", "api_key")  # fmt: skip
    assert door.requests(**dict.fromkeys(names, "")) == [case.number]


def test_42_a_plus_that_nobody_escaped(door: Door, district: District) -> None:
    case = resident_case(district, at=ago(days=3))
    start = timezone.localtime(ago(days=4)).strftime("%Y-%m-%dT%H:%M:%S")
    answer = door.web.get(f"/open311/v2/requests.json?start_date={start}+08:00")
    assert answer.status_code == 200
    assert case.number in answer.content.decode()


@pytest.mark.parametrize("written", ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d"])
def test_43_without_zone_it_is_local_time(door: Door, district: District, written: str) -> None:
    at = ago(days=3)
    case = resident_case(district, at=at)
    end = timezone.localtime(at + timedelta(minutes=1)).strftime(written)
    before = timezone.localtime(at - timedelta(days=1)).strftime(written)
    assert door.requests(end_date=end) == [case.number]
    assert door.requests(end_date=before) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("start_date", "yesterday"), ("start_date", "2026-13-01"), ("start_date", "1066-01-01"),
        ("end_date", "2026-01-01T25:00:00Z"), ("end_date", "9999-12-31T23:59:59Z"), ("end_date", "2026-W01-1"),
        ("start_date", "20260101"), ("start_date", "2026-01-01Z"), ("updated_after", "x"), ("updated_before", "1"),
        ("status", "solved"), ("status", "open;closed"), ("bbox", "1,2,3"), ("bbox", "1,2,3,nan"), ("bbox", "9,9,1,1"),
        ("bbox", "0,0,181,1"), ("bbox", "0,0,1e3,1"), ("page", "0"), ("page", "-1"), ("page", "1001"), ("page", "x"),
        ("page", "１"), ("page_size", "1001"), ("page_size", "0"), ("extensions", "yes"),
        ("service_code", ",".join(map(str, range(501)))),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(door: Door, district: District, name: str, value: str) -> None:
    assert [one["code"] for one in door.read("v2/requests", expect=400, **{name: value})] == [f"invalid_{name}"]


def test_all_that_is_wrong_comes_back_together(door: Door, district: District) -> None:
    told = door.read("v2/requests", expect=400, page="x", start_date="x", bbox="x")
    assert [one["code"] for one in told] == ["invalid_page", "invalid_start_date", "invalid_bbox"]


@pytest.mark.parametrize("number", ["440106001-20260304-9999", "%E5%9E%83", "%20", "1.json", "0" * 80])
def test_44_an_unknown_id_is_404(door: Door, district: District, number: str) -> None:
    resident_case(district, at=ago(hours=1))
    told = [{"code": "unknown_service_request_id", "description": "没有这个编号的案件。"}]
    assert door.read(f"v2/requests/{number}", expect=404) == told


def test_45_private_withheld_and_unconfirmed_are_absent(door: Door, district: District, log: Any) -> None:
    at = ago(hours=1)
    withheld = resident_case(district, at=at)
    withhold(number=withheld.number, by=district.street.clerk, at=at, reason="涉及隐私")
    hidden = [
        reported(district, at=at),
        resident_case(district, at=at, is_private=True),
        withheld,
        *(resident_case(district, state, at=at) for state in ("declined", "not_filed", "merged", "void")),
        log(at),
    ]
    assert door.requests() == []
    assert door.requests(service_request_id=",".join(case.number for case in hidden)) == []
    assert door.read("v2/servicerequestupdates") == []
    for case in hidden:
        for path in (f"v2/requests/{case.number}", f"v2/tokens/{case.number}"):
            assert door.ask(path).status_code == 404


def test_46_closed_it_was_changed_when_it_was_closed(door: Door, district: District) -> None:
    case, closed = resident_case(district, "reported_back", at=ago(hours=9)), ago(hours=2)
    do(district, case, "pass", closed)
    (told,) = door.read("v2/requests")
    assert (told["status"], told["status_notes"]) == ("closed", "已结案")
    assert told["updated_datetime"] == timezone.localtime(closed).isoformat()
    opened = ago(hours=1)
    do(district, case, "reopen", opened)
    (told,) = door.read("v2/requests")
    assert (told["status"], told["updated_datetime"]) == ("open", timezone.localtime(opened).isoformat())


def test_47_every_time_has_a_zone(door: Door, district: District) -> None:
    resident_case(district, "closed", at=ago(hours=1))
    for told in (*door.read("v2/requests", extensions="true"), *door.read("v2/servicerequestupdates")):
        moments = [value for name, value in told.items() if name.endswith("_datetime") and value]
        assert moments
        assert all(datetime.fromisoformat(one).tzinfo for one in moments)


# --- extensions --------------------------------------------------------------------------------------------------
def test_by_what_changed_since(door: Door, district: District) -> None:
    old = resident_case(district, "reported_back", at=ago(days=120))
    resident_case(district, at=ago(hours=30))
    do(district, old, "pass", ago(hours=3))
    since = ago(hours=4).isoformat()
    assert door.requests(updated_after=since) == [old.number]  # however old it is
    assert door.requests(updated_after=since, start_date=ago(days=80).isoformat()) == []
    assert door.requests(updated_before=since) != [old.number]
    assert door.requests(updated_after=since, updated_before=ago(hours=2).isoformat()) == [old.number]


def test_within_a_box(door: Door, district: District) -> None:
    case = resident_case(district, at=ago(hours=1))
    assert door.requests(bbox="113.3,23.1,113.4,23.2") == [case.number]
    assert door.requests(bbox="113.36,23.1,113.4,23.2") == []


def test_extensions_tell_more(door: Door, district: District) -> None:
    at = ago(hours=1)
    case = resident_case(district, "handling", at=at, answers={"amount": "cart"})
    (told,) = door.read("v2/requests", extensions="true")
    moment = timezone.localtime(at).isoformat()
    assert told["attributes"] == []
    assert told["extended_attributes"] == {
        "jurisdiction_id": district.street.subdistrict.code,
        "state": "handling",
        "closed_datetime": None,
        "is_public": True,
    }
    assert told["notes"] == [{"datetime": moment, "summary": word} for word in ("已收到", "已受理", "处置中")]
    assert door.read(f"v2/requests/{case.number}", extensions="true") == [told]


def test_updates_by_time_and_by_id(door: Door, district: District) -> None:
    case, done = resident_case(district, "handling", at=ago(hours=9)), ago(hours=2)
    do(district, case, "report_back", done)
    do(district, case, "pass", ago(hours=1))
    told = door.read("v2/servicerequestupdates", start_date=ago(hours=3).isoformat())
    assert told[0] == {
        "update_id": f"{case.number}.6",
        "service_request_id": case.number,
        "status": "IN_PROGRESS",
        "updated_datetime": timezone.localtime(done).isoformat(),
        "description": "已处置，核查中",
        "media_url": None,
    }
    assert [one["status"] for one in told] == ["IN_PROGRESS", "FIXED"]
    whole = door.read("v2/servicerequestupdates", service_request_id=case.number)
    assert [one["status"] for one in whole] == ["OPEN", "INVESTIGATING", "IN_PROGRESS", "IN_PROGRESS", "FIXED"]
    assert door.read("v2/servicerequestupdates", page=2, page_size=2) == whole[2:4]
    assert door.read("v2/servicerequestupdates", expect=400, start_date="x")[0]["code"] == "invalid_start_date"


def test_of_one_office_or_of_all(door: Door, district: District) -> None:
    at = ago(hours=1)
    own = resident_case(district, at=at)
    code, other = district.street.subdistrict.code, district.other.subdistrict.code
    for path in ("v2/requests", "v2/servicerequestupdates"):
        assert {one["service_request_id"] for one in door.read(path)} == {own.number}
        assert {one["service_request_id"] for one in door.read(path, jurisdiction_id=code)} == {own.number}
        assert door.read(path, jurisdiction_id=other) == []
    assert door.read(f"v2/requests/{own.number}", expect=404, jurisdiction_id=other)
    assert door.read("v2/services", jurisdiction_id=other)


# --- a program and its own ---------------------------------------------------------------------------------------
def test_a_program_reads_its_own_in_full_and_what_is_public(door: Door, district: District, program: ApiClient) -> None:
    public = resident_case(district, at=ago(hours=3))
    own = reported(district, client=program, at=ago(hours=2), answers={"amount": "cart"})
    reported(district, client=client_of(district.street, "二号", "another-key"), at=ago(hours=1))
    assert door.requests(api_key=KEY) == [own.number, public.number]
    told = door.read("v2/requests", api_key=KEY, extensions="true")
    assert [(one["description"], one["address"], one["long"]) for one in told] == [
        (own.description, "幸福路8号3单元", 113.3512345),
        (None, district.street.communities[0].name_zh, 113.351),
    ]
    assert told[0]["attributes"] == [{"code": "amount", "values": ["cart"]}]
    assert (told[0]["status_notes"], told[0]["extended_attributes"]["is_public"]) == ("已收到", False)
    assert [one["service_request_id"] for one in door.read("v2/servicerequestupdates", api_key=KEY)].count(
        own.number
    ) == 1
    walk(district, own, "declined", ago(minutes=9))
    assert door.read(f"v2/requests/{own.number}", api_key=KEY)[0]["status_notes"] == "不予受理"
    assert door.read(f"v2/requests/{own.number}", expect=404, api_key="another-key")
    assert door.read(f"v2/requests/{own.number}", expect=404)


def test_a_wrong_key_is_refused_where_none_is_needed(door: Door, district: District, program: ApiClient) -> None:
    for path in ("v2/services", "v2/services/wires", "v2/requests", "v2/servicerequestupdates", "v2/requests/x"):
        assert [one["code"] for one in door.read(path, expect=403, api_key="x")] == ["wrong_api_key"]


def test_a_token_is_the_id(door: Door, district: District, program: ApiClient) -> None:
    own = reported(district, client=program)
    assert door.read(f"v2/tokens/{own.number}", api_key=KEY) == [
        {"service_request_id": own.number, "token": own.number}
    ]
    assert door.read(f"v2/tokens/{own.number}", expect=404)[0]["code"] == "unknown_token"
    assert door.read("v2/tokens/x", expect=404, api_key=KEY)[0]["code"] == "unknown_token"


# --- what it costs -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("asked", [{}, {"api_key": KEY}, {"api_key": KEY, "extensions": "true"}])
def test_ten_cost_as_much_as_one(door: Door, district: District, program: ApiClient, asked: dict[str, str]) -> None:
    counts = []
    for more in (1, 9):
        for _number in range(more):
            reported(district, client=program, at=ago(hours=1))
            resident_case(district, at=ago(hours=1))
        door.ask("v2/requests", **asked)
        with CaptureQueriesContext(connection) as queries:
            door.ask("v2/requests", **asked)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
