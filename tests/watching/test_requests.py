"""What is noted of a request: an id that goes everywhere, one line without anything personal, a reference on errors."""

import logging
import re
import uuid
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory
from django.utils.functional import SimpleLazyObject

from cases.models import Case, Reporter
from citymgmt import watching
from citymgmt.mistakes import server_error
from citymgmt.people.models import ApiToken
from tests.office import District, standard
from tests.watching.conftest import Lines

pytestmark = pytest.mark.django_db
MADE = re.compile(r"[0-9a-f]{16}")
NAME, PHONE, WANTED, PASSWORD = "欧阳甲乙丙", "13912345678", "某某小区三号楼", "wrong-password-7"


@pytest.mark.parametrize("given", ["abcd1234", "A.b_c-1234", "x" * 64])
def test_a_sane_id_is_kept(client: Client, lines: Lines, given: str) -> None:
    answer = client.get("/login/", headers={"X-Request-ID": given})
    assert answer.headers["X-Request-ID"] == given
    assert [line["request_id"] for line in lines.of("request")] == [given]


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "-abcdefgh", "abcd 1234", "abcd1234\n", "占道经营占道经营", "a" * 9000]
)
def test_any_other_id_is_made_anew(client: Client, lines: Lines, given: str) -> None:
    answer = client.get("/login/", HTTP_X_REQUEST_ID=given)
    assert MADE.fullmatch(answer.headers["X-Request-ID"])
    assert [line["request_id"] for line in lines.of("request")] == [answer.headers["X-Request-ID"]]


def test_the_line_names_route_method_status_and_number_of_the_person(
    district: District, client: Client, lines: Lines
) -> None:
    client.force_login(district.street.clerk)
    client.get("/cases/nobody-knows/?q=secret")
    line = lines.of("request")[0]
    assert {key: line[key] for key in ("route", "method", "status", "user")} == {
        "route": "cases:detail", "method": "GET", "status": 404, "user": district.street.clerk.pk,
    }  # fmt: skip
    assert (line["queries"] > 0, line["ms"] > line["query_ms"] > 0, "secret" in str(line)) == (True, True, False)


def test_a_stranger_has_no_number_and_costs_no_query(client: Client, lines: Lines) -> None:
    client.get("/login/")
    line = lines.of("request")[0]
    assert (line["user"], line["queries"]) == (None, 0)


def test_a_program_is_named_by_its_number(district: District, client: Client, lines: Lines) -> None:
    _row, token = ApiToken.objects.create(user=district.street.clerk)
    client.get("/api/v1/cases/", headers={"Authorization": f"Token {token}"})
    assert [(line["route"], line["user"]) for line in lines.of("request")] == [("api-cases", district.street.clerk.pk)]


@pytest.mark.parametrize("path", ["/healthz", "/metrics", "/static/css/portal.css"])
def test_probes_and_files_leave_no_line(client: Client, lines: Lines, path: str) -> None:
    answer = client.get(path)
    answer.close()
    assert (answer.status_code, lines.of("request")) == (200, [])


def test_an_unknown_address_has_no_route(client: Client, lines: Lines) -> None:
    client.get("/nowhere/13912345678/")
    assert [line["route"] for line in lines.of("request")] == ["unknown"]
    assert not any(PHONE in text for text in lines.texts)


def break_home(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Let whatever asks for the person's office fail."""

    def fail(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("no such luck")

    monkeypatch.setattr(address, fail)


def test_an_error_of_ours_is_logged_and_gives_a_reference(
    client: Client, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_home(monkeypatch, "django.contrib.auth.forms.AuthenticationForm.__init__")
    client.raise_request_exception = False
    answer = client.get("/login/", headers={"X-Request-ID": "reference-1"})
    assert (answer.status_code, "<code>reference-1</code>" in answer.content.decode()) == (500, True)
    error, request = lines.of("unhandled error")[0], lines.of("request")[0]
    assert (error["route"], error["request_id"], error["level"]) == ("login", "reference-1", "error")
    assert error["error"].endswith("RuntimeError: no such luck")
    assert (request["status"], request["request_id"], request["level"]) == (500, "reference-1", "error")


def test_a_program_gets_the_reference_as_a_problem(rf: RequestFactory) -> None:
    request = rf.get("/api/v1/cases/")
    request.request_id = "reference-2"  # type: ignore[attr-defined]
    answer = server_error(request)
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert b'"reference": "reference-2"' in answer.content


def test_no_personal_data_in_any_record(
    district: District, client: Client, lines: Lines, caplog: pytest.LogCaptureFixture
) -> None:
    """A failed log-in, a log-in, a report with its reporter and a search leave none of their texts, at no level."""
    caplog.set_level(logging.DEBUG)
    clerk = district.street.clerk
    clerk.set_password("right-password-7")
    clerk.save()
    client.post("/login/", {"username": clerk.username, "password": PASSWORD})
    assert client.post("/login/", {"username": clerk.username, "password": "right-password-7"}).status_code == 302
    form = {
        "request_key": str(uuid.uuid4()), "matter": f"s{standard(20).pk}", "source": "call", "address": WANTED,
        "community": district.street.communities[0].pk, "description": f"{NAME}来电", "reporter_name": NAME,
        "reporter_phone": PHONE,
    }  # fmt: skip
    assert client.post("/cases/new/", form).status_code == 302
    assert (Case.objects.count(), Reporter.objects.get().phone) == (1, PHONE)
    assert client.get("/cases/", {"q": WANTED}).status_code == 200
    assert len(lines.of("request")) == 4
    texts = [NAME, PHONE, WANTED, PASSWORD, "right-password-7", clerk.username, clerk.get_full_name() or "no name"]
    assert [text for text in texts for line in lines.texts if text in line] == []


def test_every_failed_log_in_that_locks_out_names_nobody(client: Client, lines: Lines) -> None:
    for _turn in range(7):
        client.post("/login/", {"username": NAME, "password": PASSWORD})
    assert [line["status"] for line in lines.of("request")][-1] == 429
    assert [text for text in (NAME, PASSWORD, "127.0.0.1") for line in lines.texts if text in line] == []


def test_asking_for_the_number_never_asks_the_database(rf: RequestFactory, django_assert_num_queries: Any) -> None:
    request = rf.get("/")
    request.user = SimpleLazyObject(lambda: get_user_model().objects.get(pk=1))
    with django_assert_num_queries(0):
        assert watching.user_id_of(request) is None
