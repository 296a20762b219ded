"""Conformance of discovery and of the services; the numbers are those of the checks that docs/open311.md lists."""

from datetime import datetime

import pytest
from django.utils import timezone

from cases.intake.models import Question, Topic
from tests.intake.open311.doors import Door
from tests.office import District

DATATYPES = {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"}
pytestmark = pytest.mark.usefixtures("district")


def test_01_to_03_discovery_answers_in_both_formats_with_the_same(door: Door, district: District) -> None:
    told = door.read("discovery")  # which compares the two
    assert [*told] == ["changeset", "contact", "key_service", "endpoints"]
    assert all(told.values())
    assert district.street.subdistrict.code in told["contact"]
    endpoint = told["endpoints"][0]
    assert all(endpoint.values())


def test_04_changesets_are_past_moments_with_zone(door: Door) -> None:
    told = door.read("discovery")
    for changeset in (told["changeset"], told["endpoints"][0]["changeset"]):
        moment = datetime.fromisoformat(changeset)
        assert moment.tzinfo is not None
        assert moment < timezone.now()


def test_05_to_07_the_endpoint_is_there(door: Door) -> None:
    endpoint = door.read("discovery")["endpoints"][0]
    assert endpoint == {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": "http://localhost:8000/open311/v2",
        "changeset": "2026-11-01T00:00:00+08:00",
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    assert door.web.get(endpoint["url"].removeprefix("http://localhost:8000") + "/services.xml").status_code == 200


def test_08_to_12_services_are_the_topics_that_can_be_reported(door: Door) -> None:
    told = door.read("v2/services")
    codes = [one["service_code"] for one in told]
    reportable = Topic.objects.filter(emergency_number="", is_active=True).order_by("position", "code")
    assert codes == list(reportable.values_list("code", flat=True)) != []
    assert len(set(codes)) == len(codes)
    assert {one["type"] for one in told} == {"realtime"}
    asked = set(Question.objects.values_list("topic__code", flat=True))
    assert {one["service_code"] for one in told if one["metadata"] is True} == asked
    assert {one["service_code"] for one in told if one["metadata"] is False} == set(codes) - asked


def test_what_a_service_says(door: Door) -> None:
    told = {one["service_code"]: one for one in door.read("v2/services")}
    assert told["rubbish"] == {
        "service_code": "rubbish",
        "service_name": "垃圾没人清、垃圾桶满了",
        "description": "散落的生活垃圾、满溢的垃圾桶",
        "metadata": True,
        "type": "realtime",
        "keywords": "垃圾没人清,垃圾桶满了",
        "group": told["rubbish"]["group"],
    }
    assert told["rubbish"]["group"]
    assert told["other"]["group"] is None


def test_in_english_for_who_asks_in_english(door: Door) -> None:
    answer = door.ask("v2/services", headers={"Accept-Language": "en"})
    assert "Rubbish lying about, bins overflowing" in answer.content.decode()


def test_13_to_16_definitions_of_all_that_have_one(door: Door) -> None:
    for service in (one for one in door.read("v2/services") if one["metadata"]):
        told = door.read(f"v2/services/{service['service_code']}")
        assert told["service_code"] == service["service_code"]
        attributes = told["attributes"]
        assert {one["datatype"] for one in attributes} <= DATATYPES
        assert [one["order"] for one in attributes] == [*range(1, len(attributes) + 1)]
        for one in attributes:
            keys = [value["key"] for value in one.get("values", [])]
            assert len(set(keys)) == len(keys)
            assert bool(keys) is (one["datatype"] in ("singlevaluelist", "multivaluelist"))


def test_what_a_definition_says(door: Door) -> None:
    assert door.read("v2/services/wires") == {
        "service_code": "wires",
        "attributes": [
            {
                "variable": True,
                "code": "height",
                "datatype": "singlevaluelist",
                "required": True,
                "datatype_description": None,
                "order": 1,
                "description": "垂到多高？",
                "values": [
                    {"key": "high", "name": "高过头顶"},
                    {"key": "reach", "name": "伸手能碰到"},
                    {"key": "ground", "name": "已落地"},
                ],
            }
        ],
    }
    assert door.read("v2/services/other") == {"service_code": "other", "attributes": []}


def test_17_an_unknown_service_is_404(door: Door) -> None:
    told = [{"code": "unknown_service_code", "description": "没有这个编码的服务。"}]
    for code in ("nothing", "danger_fire", "%E5%9E%83", "%20"):
        assert door.read(f"v2/services/{code}", expect=404) == told
    Topic.objects.filter(code="wires").update(is_active=False)
    assert door.read("v2/services/wires", expect=404) == told


def test_a_service_that_ends_is_no_service_any_more(door: Door) -> None:
    Topic.objects.filter(code="wires").update(is_active=False)
    assert "wires" not in {one["service_code"] for one in door.read("v2/services")}
