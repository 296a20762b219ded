"""A machine reads the description, tries what it promises and what it forbids, and holds every answer against it.

schemathesis makes the requests: the examples, the edges of each field, and random ones from a fixed seed; each is sent
as it is and, when the address names a thing, once more with a thing that exists. What a request wrote is undone.
"""

import json
from collections import Counter
from collections.abc import Iterator
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

from citymgmt.people.models import User
from citymgmt.wsgi import application
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


def described() -> Any:
    """The description as a program reads it, answered by the portal itself."""
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
        self.world, self.headers, self.modes = world, Program(person).headers, list(modes)
        self.answers: Counter[tuple[str, int]] = Counter()
        self.wrong: dict[str, str] = {}
        self.turn = 0
        for operation in operations():
            config = HypothesisTestConfig(operation.schema.config, self.modes, SETTINGS, seed=SEED)
            create_test(operation=operation, test_func=self.send, config=config)()

    def send(self, case: schemathesis.Case) -> None:
        """Send a request, three of four with things that exist in its address, and hold the answer against the
        description.
        """
        self.turn += 1
        if self.turn % 4:
            case.path_parameters = {name: self.thing(name) for name in case.path_parameters or {}}
        with transaction.atomic():
            answer = case.call(headers=self.headers)
            transaction.set_rollback(True)
        name = case.operation.label
        self.answers[name, answer.status_code] += 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as failure:
            told = "; ".join(str(one) for one in failure.exceptions)
            self.wrong.setdefault(f"{name} {answer.status_code}", told[:900])

    def thing(self, name: str) -> str:
        """What exists under this part of an address; of an escalation's address its case will do for a refusal."""
        return str(self.world.things[THINGS.get(name, name)])

    def done(self) -> set[str]:
        """The operations that gave what was asked for at least once."""
        return {name for name, status in self.answers if status < 300}


THINGS = {"number": "case", "code": "place"}


def test_as_the_clerk(world: World) -> None:
    fuzz = Fuzz(world, world.street.clerk, *HypothesisTestMode)
    for key, count in sorted(fuzz.answers.items()):
        print(key, count)
    for key, text in fuzz.wrong.items():
        print("=====", key, text)
    assert fuzz.wrong == {}
    assert {one.label for one in operations()} - fuzz.done() == set()


def test_as_an_officer(world: World) -> None:
    fuzz = Fuzz(world, world.street.officer, HypothesisTestMode.EXAMPLES, HypothesisTestMode.FUZZING)
    assert fuzz.wrong == {}
    assert {one.label for one in operations()} - fuzz.done() == set()


def test_without_a_log_in(world: World) -> None:
    fuzz = Fuzz(world, None, HypothesisTestMode.EXAMPLES, HypothesisTestMode.FUZZING)
    assert fuzz.wrong == {}
    assert {status for _name, status in fuzz.answers} == {400, 401}
    assert fuzz.done() == set()
