"""What a program adds to a request that it reported: kept like what a resident adds; the office alone sets states."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from cases.intake.models import Addition
from cases.models import Case, Photo
from tests.intake.open311.doors import Door
from tests.intake.open311.test_posting import SAFE, upload
from tests.intake.reported import KEY, client_of, walk
from tests.office import District
from tests.photos.pictures import photo

pytestmark = pytest.mark.usefixtures("program")
WHERE = "/open311/v2/servicerequestupdates"


@pytest.fixture
def number(door: Door) -> str:
    """The id of a request that the program reported."""
    return door.report(**SAFE)


def told(number: str, **other: Any) -> dict[str, Any]:
    """An update as it is taken in."""
    at = timezone.now().isoformat()
    return {"api_key": KEY, "service_request_id": number, "update_id": "7", "status": "OPEN", "updated_datetime": at,
            "description": "又堆起来了", **other}  # fmt: skip


def send(door: Door, given: dict[str, Any], suffix: str = "json") -> Any:
    body = urlencode({name: value for name, value in given.items() if value is not None})
    return door.web.post(f"{WHERE}.{suffix}", body, content_type="application/x-www-form-urlencoded")


def codes(answer: Any) -> list[str]:
    return [one["code"] for one in json.loads(answer.content)]


def test_words_state_and_picture_reach_the_desk_and_change_no_state(door: Door, number: str) -> None:
    state = Case.objects.get(number=number).state
    answer = door.web.post(f"{WHERE}.json", {**told(number, status="FIXED"), "media": upload(photo())})
    case = Case.objects.get(number=number)
    assert (answer.status_code, json.loads(answer.content)) == (
        200,
        [{"update_id": f"{number}.{case.version}", "service_request_id": number}],
    )
    assert list(Addition.objects.values_list("report__case__number", "text", "claim")) == [
        (number, "又堆起来了", "FIXED")
    ]
    assert (case.state, Photo.objects.filter(event__case=case).count()) == (state, 1)


def test_a_replay_adds_once_and_another_text_under_its_id_is_refused(door: Door, number: str) -> None:
    given = told(number)
    first, again = (send(door, given) for _time in range(2))
    assert first.content == again.content
    changed = send(door, {**given, "description": "别的"})
    assert (changed.status_code, codes(changed), Addition.objects.count()) == (400, ["key_reused"], 1)


def test_only_the_program_that_reported_it_may_add(door: Door, number: str, district: District) -> None:
    client_of(district.street, name="另一个", key="another-key")
    for asked in (told(number, api_key="another-key"), told("440106001-20260101-0001"), told("x")):
        assert send(door, asked).status_code == 404
    assert send(door, told(number, api_key=None)).status_code == 403
    assert send(door, told(number, api_key="wrong")).status_code == 403
    assert Addition.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("service_request_id", None), ("update_id", None), ("update_id", "a b"), ("update_id", "x" * 81),
        ("status", None), ("status", "open?"), ("updated_datetime", None), ("updated_datetime", "yesterday"),
        ("updated_datetime", "2099-01-01T00:00:00Z"), ("description", "a\x00b"), ("description", "长" * 2001),
        ("media_url", "http://127.0.0.1/"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(door: Door, number: str, name: str, value: str | None) -> None:
    answer = send(door, told(number, **{name: value}))
    assert (answer.status_code, codes(answer)) == (400, [f"invalid_{name}"])
    assert Addition.objects.count() == 0


def test_neither_words_nor_picture_is_refused(door: Door, number: str) -> None:
    answer = send(door, told(number, description=None), "xml")
    assert answer.status_code == 400
    assert Addition.objects.count() == 0


def test_what_has_ended_takes_nothing(door: Door, number: str, district: District) -> None:
    walk(district, Case.objects.get(number=number), "declined", timezone.now())
    answer = send(door, told(number))
    assert (answer.status_code, codes(answer)) == (400, ["wrong_state"])
