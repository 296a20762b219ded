"""The OpenAPI description: valid, without warnings, with examples, reachable when logged in, complete."""

import io

import jsonschema_rs
import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver

from cases import workflow
from tests.api.conftest import Program


@pytest.fixture(scope="module")
def schema():
    out = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    return yaml.safe_load(out.getvalue())


def test_every_address_of_the_api_is_described(schema):
    def addresses(patterns, prefix=""):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern))
            else:
                yield prefix + str(pattern.pattern).replace("<str:", "{").replace(">", "}")

    found = {f"/{path}" for path in addresses(get_resolver().url_patterns) if path.startswith("api/v1/")}
    assert set(schema["paths"]) == found - {"/api/v1/schema/", "/api/v1/docs/"}


def test_logging_and_acting_come_with_examples_and_keys(schema):
    for path in ("/api/v1/cases/", "/api/v1/cases/{number}/actions/{action}/"):
        post = schema["paths"][path]["post"]
        assert post["requestBody"]["content"]["application/json"]["examples"]
        keys = [one for one in post["parameters"] if one["name"] == "Idempotency-Key"]
        assert [(key["in"], key["required"]) for key in keys] == [("header", True)]
    act = schema["paths"]["/api/v1/cases/{number}/actions/{action}/"]["post"]
    action = next(one for one in act["parameters"] if one["name"] == "action")
    assert sorted(action["schema"]["enum"]) == sorted(workflow.TRANSITIONS)
    assert all(f"`{name}`" in act["description"] for name in workflow.TRANSITIONS)


def bodies(schema):
    """Each body that the API takes or gives: where, and its content."""
    for path, ways in schema["paths"].items():
        for way, operation in ways.items():
            if "requestBody" in operation:
                yield f"{way} {path}", operation["requestBody"]["content"]
            for code, answer in operation["responses"].items():
                if code < "300" and "content" in answer:
                    yield f"{way} {path} {code}", answer["content"]


def as_json_schema(node):
    """The part of a description in the words of JSON Schema."""
    if isinstance(node, list):
        return [as_json_schema(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {key: as_json_schema(value) for key, value in node.items() if key not in ("nullable", "format")}
    return {"anyOf": [kept, {"type": "null"}]} if node.get("nullable") is True else kept


def test_every_body_has_a_chinese_example_that_its_schema_allows(schema):
    wrong, components = {}, as_json_schema(schema["components"])
    for where, content in bodies(schema):
        for kind, told in content.items():
            if kind in BINARY:
                continue
            values = [example["value"] for example in told.get("examples", {}).values()]
            checker = jsonschema_rs.validator_for({**as_json_schema(told["schema"]), "components": components})
            faults = [error.message[:200] for value in values for error in checker.iter_errors(value)]
            if not values or faults:
                wrong[where] = faults or "no example"
    assert wrong == {}


BINARY = frozenset({"image/jpeg", "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})


def test_every_operation_tells_its_refusals_with_their_shape(schema):
    for path, ways in schema["paths"].items():
        for way, operation in ways.items():
            refusals = {code: answer for code, answer in operation["responses"].items() if code >= "400"}
            assert {"400", "401", "406", "429", "503"} <= set(refusals), (way, path)
            assert {"404"} <= set(refusals) or "{" not in path, (way, path)
            for answer in refusals.values():
                assert list(answer["content"]) == ["application/problem+json"], (way, path)
                assert answer["content"]["application/problem+json"]["schema"] == {
                    "$ref": "#/components/schemas/Problem"
                }, (way, path)


def test_the_filters_are_described(schema):
    names = [one["name"] for one in schema["paths"]["/api/v1/cases/"]["get"]["parameters"]]
    assert names == [
        "campaign",
        "category",
        "community",
        "count",
        "created_after",
        "created_before",
        "cursor",
        "department",
        "disorder",
        "is_campaign",
        "key_place",
        "ladder",
        "officer",
        "ordering",
        "overdue",
        "page",
        "page_size",
        "q",
        "source",
        "state",
        "team",
    ]


def test_the_description_opens_by_token_and_by_session_the_pages_by_session(district):
    program = Program(district.street.clerk)
    assert program.get("schema/").status_code == 200
    assert program.get("schema/", format="json").json()["openapi"].startswith("3.")
    browser = Client()
    assert browser.get("/api/v1/docs/").status_code == 302
    browser.force_login(district.street.clerk)
    assert browser.get("/api/v1/schema/").status_code == 200
    assert browser.get("/api/v1/docs/").status_code == 200
