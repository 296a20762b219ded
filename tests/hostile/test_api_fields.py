"""Every field of every body that the API takes x what no program should send: a problem with a sentence, or done."""

import json
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator

from cases.models import Case, CaseStandard
from cases.serializers.asked import LogSerializer, act_serializer
from cases.serializers.many import BulkSerializer, StartExportSerializer
from cases.serializers.reporters import LookSerializer
from cases.workflow import TRANSITIONS
from citymgmt.outbox.api import IdsSerializer
from citymgmt.people.api import CredentialsSerializer, PreferencesSerializer
from citymgmt.people.models import Organisation, User
from tests.cases.stories import actor, carried, ready_for
from tests.hostile.probing import browser, fault, nothing_written, sent
from tests.hostile.values import JSON_ALONE, JSON_TOGETHER
from tests.hostile.world import World
from tests.office import District
from tests.photos.pictures import photo

NAMED_BY = {User: "username", Organisation: "key", Case: "number", CaseStandard: "pk"}


def as_json(value: Any) -> Any:
    """As a program sends it."""
    if isinstance(value, Model):
        return getattr(value, NAMED_BY[type(value)])
    return value.isoformat() if isinstance(value, datetime) else value


def faults(
    web: Client, address: str, fields: list[str], valid: dict[str, Any], alone: list[str], ask: Any = None
) -> dict[str, str]:
    """What goes wrong when all fields hold a hostile value, and when one does, the others being valid."""
    bodies = {f"all={value!r:.50}": dict.fromkeys(fields, value) for value in JSON_TOGETHER if alone}
    bodies |= {f"{name}={value!r:.50}": {**valid, name: value} for name in alone for value in JSON_ALONE}
    found = {}
    for what, body in bodies.items():
        answer = sent(lambda body=body, what=what: (ask or web.post)(
            address, json.dumps(body), content_type="application/json",
            headers={"Idempotency-Key": f"k{hash(what)}"}))  # fmt: skip
        is_problem = answer.status_code < 400 or answer["Content-Type"] == "application/problem+json"
        found[f"{address} {what}"] = fault(answer) or ("" if is_problem else f"{answer.status_code}: no problem+json")
    return {what: wrong for what, wrong in found.items() if wrong}


def test_every_body_that_the_api_takes_is_tried_here() -> None:
    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    taking = {path for path, ways in paths.items() for way in ways.values() if "requestBody" in way}
    assert taking == {
        "/api/v1/cases/",
        "/api/v1/cases/bulk/",
        "/api/v1/cases/{number}/actions/{action}/",
        "/api/v1/cases/{number}/reporter/",
        "/api/v1/auth/token/",
        "/api/v1/exports/",
        "/api/v1/inbox/read/",
        "/api/v1/me/",
        "/api/v1/photos/",  # multipart: tests/photos/test_api.py
        "/api/v1/photos/{photo}/",
        "/api/v1/photos/{photo}/redact/",
    }
    assert {way for ways in paths.values() for way in ways} == {"get", "post", "patch", "delete"}


def test_no_value_breaks_bulk_actions_exports_preferences_and_reporters(world: World) -> None:
    web, case = browser(world.street.clerk), {"number": world.things["case"], "version": 1}
    wrong = {}
    with nothing_written("many"):
        for name, serializer, valid in (
            ("api-bulk", BulkSerializer, {"action": "urge", "cases": [case]}),
            ("api-exports", StartExportSerializer, {"kind": "csv"}),
            ("api-case-reporter", LookSerializer, {"purpose": "other", "reason": "x"}),
        ):
            fields = list(serializer().fields)
            wrong |= faults(web, reverse(name, kwargs=world.kwargs(name)), fields, valid, fields)
        fields = list(PreferencesSerializer().fields)
        wrong |= faults(web, reverse("api-me"), fields, {}, fields, ask=web.patch)
    assert wrong == {}


def test_no_value_breaks_marking_and_covering_a_photo(world: World) -> None:
    web, wrong = browser(world.street.clerk), {}
    with nothing_written("photos"):
        mark = reverse("api-photo", kwargs={"photo": world.things["draft"]})
        wrong |= faults(web, mark, ["kind"], {}, ["kind"], ask=web.patch)
        redact, fields = reverse("api-photo-redact", kwargs=world.kwargs("api-photo-redact")), ["boxes", "seen", "note"]
        wrong |= faults(web, redact, fields, {"boxes": [[0.1, 0.1, 0.2, 0.2]], "seen": 0}, fields)
    assert wrong == {}


def test_no_value_of_a_field_breaks_logging_a_case(world: World) -> None:
    fields = list(LogSerializer().fields)
    valid = {"description": "x", "source": "call", "community": world.things["place"], "category": "09006"}
    web = browser(world.street.clerk)
    with nothing_written("logging"):
        wrong = faults(web, reverse("api-cases"), fields, valid, fields)
    assert wrong == {}


def test_no_value_of_a_field_breaks_an_action(district: District, monkeypatch: Any) -> None:
    seen: set[str] = set()
    wrong: dict[str, str] = {}
    for action in TRANSITIONS:
        fields = list(act_serializer(action)().fields)
        alone = [name for name in fields if name not in seen]
        if alone:
            seen |= set(alone)
            case, at = ready_for(district, action)
            monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda at=at: at)
            valid = {name: as_json(value) for name, value in carried(district, action, at).items()}
            web = browser(actor(district, action))
            address = reverse("api-case-act", kwargs={"number": case.number, "action": action})
            with nothing_written(action):
                wrong |= faults(web, address, fields, {"version": case.version, **valid}, alone)
    assert seen >= {"version"} | {name for one in TRANSITIONS.values() for name in (*one.carries, *one.may_carry)}
    assert wrong == {}


def test_no_value_breaks_a_log_in(world: World) -> None:
    fields = list(CredentialsSerializer().fields)
    with nothing_written("token"):
        wrong = faults(browser(), reverse("api-token"), fields, {"username": "clerk2x", "password": "x"}, fields)
    assert wrong == {}


def test_no_value_breaks_marking_as_read(world: World) -> None:
    fields = list(IdsSerializer().fields)
    web = browser(world.street.clerk)
    with nothing_written("read"):
        wrong = faults(web, reverse("api-inbox-read"), fields, {}, fields)
    assert wrong == {}


def upload(web: Client, file: bytes, kind: bytes) -> Any:
    """Send a photo as a program does."""
    body = {"file": SimpleUploadedFile("x.jpg", file), "kind": kind.decode("utf-8", "replace")}
    return web.post(reverse("api-photos"), body, headers={"Idempotency-Key": "photo"})


def test_no_upload_breaks_the_photos(world: World) -> None:
    web, wrong = browser(world.street.clerk), {}
    uploads = {"file": [b"", b"\x00" * 9, b"<svg onload=alert(1)>"], "kind": [b"x", b"\x00", b"\xff", b"9" * 9000]}
    with nothing_written("photos"):
        for name, values in uploads.items():
            for value in values:
                told = {"file": photo(), "kind": b"before", name: value}
                found = fault(sent(lambda told=told: upload(web, told["file"], told["kind"])))
                wrong |= {f"{name}={value!r:.40}": found} if found else {}
    assert wrong == {}
