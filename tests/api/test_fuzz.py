"""A machine reads the description, tries what it promises and what it forbids, and holds every answer against it.

schemathesis makes the requests: the examples, the edges of each field, and random ones from a fixed seed; each is sent
as it is and, when the address names a thing, once more with a thing that exists. What a request wrote is undone.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from schemathesis import openapi
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation.hypothesis.builder import HypothesisTestConfig, HypothesisTestMode, create_test
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cases.models import Case
from citymgmt.people.models import User
from citymgmt.wsgi import application
from communities.models import Community
from tests.api.conftest import Program
from tests.hostile.world import World
from tests.office import District

SEED, EXAMPLES = 20261124, 4
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SETTINGS = hypothesis.settings(
    max_examples=EXAMPLES,
    database=None,
    deadline=None,
    derandomize=False,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    suppress_health_check=list(hypothesis.HealthCheck),
)


@pytest.fixture
def world(district: District) -> Iterator[World]:
    """A district in which something stands behind every address, on a connection that requests leave open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield World(district)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@cache
def described() -> Any:
    """The description as a program reads it, answered by the portal itself; read once, it does not change."""
    told = SchemaGenerator().get_schema(request=None, public=True)
    schema = openapi.from_dict(json.loads(json.dumps(told, default=str)))
    schema.app = application
    schema.config.generation.update(with_security_parameters=False)
    schema.config.phases.coverage.unexpected_methods = set()
    return schema


def operations() -> Iterator[Any]:
    """Each operation of the description."""
    for found in described().get_all_operations():
        yield found.ok()


class Fuzz:
    """One person's (or a stranger's) attempts; `answers` counts them by operation and status."""

    def __init__(self, world: World, person: User | None, *modes: HypothesisTestMode) -> None:
        self.world, self.headers = world, Program(person).headers
        self.honest = honest(world)
        self.answers: Counter[tuple[str, int]] = Counter()
        self.tries: Counter[str] = Counter()
        self.wrong: dict[str, str] = {}
        for operation in operations():
            config = HypothesisTestConfig(operation.schema.config, list(modes), SETTINGS, seed=SEED)
            create_test(operation=operation, test_func=self.send, config=config)()
            self.send_honest(operation)

    def send(self, case: schemathesis.Case) -> None:
        """Send what the machine made up, three times of four with things that exist in its address; of the many
        edges of a big body every third one.
        """
        name = case.operation.label
        self.tries[name] += 1
        if self.tries[name] > ALL_OF and self.tries[name] % 3:
            return
        if self.tries[name] % 4:
            case.path_parameters = {part: self.thing(name, part) for part in case.path_parameters or {}}
        self.try_once(case)

    def send_honest(self, operation: Any) -> None:
        """Send what only somebody who knows the office can say; read what exists."""
        name = operation.label
        if name in self.honest or name.startswith("GET"):
            path = {part: self.thing(name, part) for part in re.findall(r"{(\w+)}", operation.path)}
            headers = {"Idempotency-Key": "honest"} if name in KEYED else {}
            self.try_once(operation.Case(path_parameters=path, headers=headers, **self.honest.get(name, {})))

    def try_once(self, case: schemathesis.Case) -> None:
        """Send a request, undo what it did, and hold the answer against the description."""
        with transaction.atomic():
            answer = case.call(headers=self.headers)
            transaction.set_rollback(True)
        key = f"{case.operation.label} {answer.status_code}"
        self.answers[case.operation.label, answer.status_code] += 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as failure:
            self.wrong.setdefault(key, "; ".join(str(one) for one in failure.exceptions)[:900])

    def thing(self, operation: str, part: str) -> str:
        """What exists under this part of an address; who changes a photo changes a draft."""
        is_draft = part == "photo" and operation.startswith(("PATCH", "DELETE"))
        named = "escalation" if "escalations" in operation else THINGS.get(part, part)
        return str(self.world.things["draft" if is_draft else named])

    def undone(self) -> set[str]:
        """The operations that never gave what was asked for."""
        return {one.label for one in operations()} - {name for name, status in self.answers if status < 300}


ALL_OF = 30
THINGS = {"number": "case", "code": "place"}
KEYED = frozenset({"POST /api/v1/cases/{number}/actions/{action}/"})
POINT = {"longitude": "113.3265000", "latitude": "23.1366000"}


def honest(world: World) -> dict[str, dict[str, Any]]:
    """By operation the parts of a request that must succeed as the clerk."""
    case = Case.objects.get(number=world.things["case"])
    return {
        "POST /api/v1/auth/token/": {"body": {"username": "clerk1", "password": "clerk1-secret"}, "media_type": JSON},
        "GET /api/v1/cases/nearby/": {"query": {"category": str(case.category_id), **POINT}},
        "GET /api/v1/communities/locate/": {"query": POINT},
        "POST /api/v1/cases/{number}/actions/{action}/": {
            "body": {"version": case.version, "note": "已电话联系"},
            "media_type": JSON,
        },
    }


JSON = "application/json"
AROUND = [[113.32, 23.13], [113.33, 23.13], [113.33, 23.14], [113.32, 23.14], [113.32, 23.13]]


def test_as_the_clerk(world: World) -> None:
    """Nothing is undocumented, and every operation answers as it should to who asks well."""
    Community.objects.filter(code=world.things["place"]).update(boundary={"type": "Polygon", "coordinates": [AROUND]})
    fuzz = Fuzz(world, world.street.clerk, *HypothesisTestMode)
    assert fuzz.wrong == {}
    assert fuzz.undone() == set()


def test_as_an_officer(world: World) -> None:
    """Nothing is undocumented for whom the table lets in to less; not the officer's are the clerk's files."""
    fuzz = Fuzz(world, world.street.officer, HypothesisTestMode.EXAMPLES, HypothesisTestMode.FUZZING)
    assert fuzz.wrong == {}
    assert {name for name in fuzz.undone() if name.startswith("GET")} == {
        "GET /api/v1/communities/locate/",
        "GET /api/v1/exports/{export}/",
        "GET /api/v1/exports/{export}/file/",
    }


def test_without_a_log_in(world: World) -> None:
    """Whoever has no token learns nothing but that."""
    fuzz = Fuzz(world, None, HypothesisTestMode.EXAMPLES, HypothesisTestMode.FUZZING)
    assert fuzz.wrong == {}
    assert {status for name, status in fuzz.answers if name != "POST /api/v1/auth/token/"} == {400, 401}
