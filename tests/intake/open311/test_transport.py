"""Conformance of what every answer is: format, method, jurisdiction, caches, how often, whatever hostile comes."""

import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from cases.intake.actions.publishing import release_text
from cases.intake.models import ApiClient
from cases.models import Case
from tests.hostile.probing import rows
from tests.hostile.test_requests import CONTENTS, KINDS
from tests.intake.open311.doors import KINDS as FORMATS
from tests.intake.open311.doors import TOLD, Door
from tests.intake.reported import KEY, resident_case
from tests.office import District

GETS = ("discovery", "v2/services", "v2/services/wires", "v2/requests", "v2/requests/{number}", "v2/tokens/{number}",
        "v2/servicerequestupdates")  # fmt: skip


def paths(number: str) -> list[str]:
    """All that can be asked for, of a request."""
    return [path.format(number=number) for path in GETS]


@pytest.fixture
def number(district: District, program: ApiClient) -> str:
    """The id of a published request."""
    return resident_case(district, at=timezone.now()).number


def test_48_the_content_type_tells_the_charset(door: Door, number: str) -> None:
    for path in (*paths(number), "v2/requests/x", "v2/services/x"):
        for suffix, kind in FORMATS.items():
            assert door.ask(path, suffix=suffix)["Content-Type"] == kind


def test_49_xml_is_well_formed_whatever_stands_in_a_text(door: Door, district: District, number: str) -> None:
    release_text(number=number, by=district.street.clerk, at=timezone.now(), text="a & b < c ]]> 👍🏽 “x”\r\n'y'")
    Case.objects.filter(number=number)
    answer = door.ask("v2/requests", suffix="xml")
    assert answer.content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    found = ElementTree.fromstring(answer.content.decode())
    assert found.findtext("request/description") == "a & b < c ]]> 👍🏽 “x”\n'y'"


def test_50_a_list_of_one_is_a_list(door: Door, number: str) -> None:
    for path, asked in (("v2/requests", {}), (f"v2/requests/{number}", {}), ("v2/requests/x", {})):
        assert isinstance(json.loads(door.ask(path, **asked).content), list)
    assert isinstance(door.read("v2/services/wires")["attributes"], list)
    assert isinstance(door.read("discovery")["endpoints"][0]["formats"], list)


@pytest.mark.parametrize(
    "path", ["", "v2", "v2/", "v2/services", "v2/services.html", "v2/services.XML", "v2/requests", "v2/requests.json/",
             "v2/requests.yaml", "v2/nothing.xml", "v1/services.xml", "discovery", "v2/requests/.xml",
             "v2/requests/a/b.xml", f"v2/requests/{'9' * 81}.json", "v2/services.xml%0A", "v2/services/x.xml%0a"],
)  # fmt: skip
def test_51_other_addresses_are_404_as_errors(door: Door, district: District, path: str) -> None:
    answer = door.web.get(f"/open311/{path}")
    assert answer.status_code in (400, 404)
    if answer.status_code == 404:
        assert ElementTree.fromstring(answer.content.decode()).findtext("error/code") == "not_found"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_52_a_wrong_method_is_405_and_told(door: Door, number: str, method: str) -> None:
    for path in paths(number):
        answer = door.web.generic(method, f"/open311/{path}.json", b"x=1", content_type="text/plain")
        takes_posts = path in ("v2/requests", "v2/servicerequestupdates")
        if method == "POST" and takes_posts:
            assert answer.status_code == 403
            continue
        assert answer.status_code == 405
        assert answer["Allow"] == ("GET, HEAD, POST" if takes_posts else "GET, HEAD")
        assert json.loads(answer.content)[0]["code"] == "method_not_allowed"


def test_53_an_unknown_jurisdiction_is_404(door: Door, number: str) -> None:
    for path in (one for one in paths(number) if one != "discovery"):
        told = door.read(path, expect=404, jurisdiction_id="440106999")
        assert [one["code"] for one in told] == ["unknown_jurisdiction_id"]


def test_head_is_get_without_its_body(door: Door, number: str) -> None:
    answer = door.web.head("/open311/v2/requests.json")
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Type"] == FORMATS["json"]


def test_caches_keep_what_everybody_reads(door: Door, number: str) -> None:
    answer = door.ask("v2/requests")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer
    again = door.ask("v2/requests", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for own in (door.ask("v2/requests", api_key=KEY), door.send(**TOLD), door.ask("v2/requests/x")):
        assert "no-store" in own["Cache-Control"]
        assert "Access-Control-Allow-Origin" not in own


def test_who_asks_too_often_is_told_when_to_come_back(door: Door, number: str, settings: Any) -> None:
    settings.OPEN311_RATE = 2
    answers = [door.ask("v2/services", suffix="xml") for _turn in range(4)]
    assert sorted(answer.status_code for answer in answers)[-1] == 429
    last = next(answer for answer in answers if answer.status_code == 429)
    assert 0 < int(last["Retry-After"]) <= 60
    assert ElementTree.fromstring(last.content.decode()).findtext("error/code") == "too_many_requests"


def test_a_program_reports_only_so_often(door: Door, program: ApiClient, settings: Any) -> None:
    settings.OPEN311_WRITE_RATE = 1
    told = {**TOLD, "service_code": "other"}
    assert 429 in [door.send(**told).status_code for _turn in range(3)]
    assert Case.objects.count() <= 2  # a minute may begin in between


def test_a_get_writes_nothing(door: Door, number: str) -> None:
    before = rows()
    for path in paths(number):
        door.read(path)
        door.read(path, api_key=KEY, **({"extensions": "true"} if path == "v2/requests" else {}))
    assert rows() == before


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_body_breaks_it(door: Door, program: ApiClient, kind: str) -> None:
    for body in (*CONTENTS.values(), b"api_key=" + KEY.encode() + b"&service_code=other&lat=%00&long=1"):
        answer = door.web.generic("POST", "/open311/v2/requests.json", body, content_type=kind)
        assert 400 <= answer.status_code < 500, (kind, body[:60])
    assert Case.objects.count() == 0


def test_a_body_that_cannot_be_read_is_400_in_the_format(door: Door, program: ApiClient) -> None:
    answer = door.web.generic(
        "POST", "/open311/v2/requests.xml", CONTENTS["many fields"], content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 400
    assert ElementTree.fromstring(answer.content.decode()).findtext("error/code") == "unreadable"


@pytest.mark.parametrize("query", ["status=open&status=closed", "api_key=&api_key=x", "page=1&page=1"])
def test_what_comes_twice_is_refused(door: Door, number: str, query: str) -> None:
    answer = door.web.get(f"/open311/v2/requests.json?{query}")
    assert (answer.status_code, json.loads(answer.content)[0]["code"]) == (400, "sent_twice")
    assert door.web.get(f"/open311/discovery.json?{query}").status_code == 400


def test_address_and_body_may_not_differ(door: Door, program: ApiClient) -> None:
    told = {**TOLD, "service_code": "other"}
    for key, status in ((KEY, 200), ("x", 400)):
        assert door.web.post(f"/open311/v2/requests.json?api_key={KEY}", {**told, "api_key": key}).status_code == status
    assert door.refused(400, **{**told, "lat": ["1", "2"]}) == ["sent_twice"]


def test_what_is_hidden_changes_no_byte(door: Door, district: District, number: str) -> None:
    asks = ("v2/requests", f"v2/requests/{number}", "v2/servicerequestupdates")
    before = [door.ask(path, extensions="true" if "updates" not in path else "").content for path in asks]
    resident_case(district, at=timezone.now(), is_private=True)
    resident_case(district, "declined", at=timezone.now())
    assert [door.ask(path, extensions="true" if "updates" not in path else "").content for path in asks] == before


def test_a_session_or_a_cookie_changes_nothing(door: Door, district: District, number: str) -> None:
    told = door.read("v2/requests")
    door.web.force_login(district.street.leader)
    assert door.read("v2/requests") == told
    answer = door.send(**{**TOLD, "service_code": "other"})  # without a token against forgery: the key is in the form
    assert answer.status_code == 200
