"""The form that logs a case: what each role may tell, what is kept when it is refused, what happens afterwards."""

import json
import re
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg2.extras import DateRange

from cases.forms.catalogue import catalogue_on
from cases.models import Case, CaseEvent, CaseStandard, Category, Reporter
from citymgmt.people.models import User
from communities.models import KeyPlace
from tests.office import District, china, standard

MORNING = china("2026-03-04 09:00")  # a Wednesday
HOSTILE = ["\x00", "\ud800", "x" * 120_000, "‮", "-1", "181", "NaN", "1e400", "9" * 40, "é"]


@pytest.fixture(autouse=True)
def english(district: District) -> None:
    """Everybody reads English."""
    User.objects.update(language="en")


@pytest.fixture
def told(district: District) -> dict[str, Any]:
    """What a clerk types for a stall in the first community."""
    return {
        "matter": f"s{standard(20).pk}",
        "description": "A stall on the pavement",
        "community": district.street.communities[0].pk,
        "source": "call",
    }


@pytest.fixture
def send(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """One person's POST of the form: `send(clerk, **told)`."""

    def post(user: User, **given: Any) -> Any:
        monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: MORNING)
        client.force_login(user)
        body = urlencode({"request_key": str(uuid.uuid4()), **given}, errors="surrogatepass")
        return client.post("/cases/new/", body, content_type="application/x-www-form-urlencoded")

    return post


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def chosen(answer: Any, name: str) -> str:
    """The value chosen in a select of the page; empty for none."""
    select = re.search(rf'<select name="{name}".*?</select>', answer.content.decode(), re.DOTALL)
    assert select is not None
    found = re.search(r'<option value="([^"]*)" selected', select[0])
    return found[1] if found else ""


def test_logged_case_is_dispatched_and_shown(district: District, told: Any, send: Any, client: Client) -> None:
    answer = send(district.street.clerk, **told)
    case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.number}/?logged")
    assert (case.state, case.officer, case.due_at) == ("dispatched", district.street.officer, china("2026-03-04 11:00"))
    text = text_of(client.get(answer["Location"]))
    assert f"Case {case.number} was logged. Officer: officer1. Due: 2026-03-04 11:00." in text
    assert "Log another" in text


def test_sent_twice_is_one_case(district: District, told: Any, send: Any) -> None:
    key = str(uuid.uuid4())
    answers = [send(district.street.clerk, request_key=key, **told)["Location"] for _ in range(2)]
    assert (Case.objects.count(), answers[0]) == (1, answers[1])


def test_key_with_another_matter_is_refused(district: District, told: Any, send: Any) -> None:
    key = str(uuid.uuid4())
    send(district.street.clerk, request_key=key, **told)
    answer = send(district.street.clerk, request_key=key, **{**told, "description": "another"})
    assert (answer.status_code, Case.objects.count()) == (422, 1)


def test_everything_is_carried(district: District, told: Any, send: Any) -> None:
    place = KeyPlace.objects.create(community=district.street.communities[0], kind="street", name_zh="大街")
    more = {"key_place": place.pk, "address": "1 Main Street", "longitude": "113.3265", "latitude": "23.1366"}
    who = {"reporter_name": "Zhang San", "reporter_phone": "138 0000 1234"}
    send(district.street.clerk, **{**told, **more, **who, "community": "", "source": "visit", "is_campaign": "on"})
    case, reporter = Case.objects.get(), Reporter.objects.get()
    assert (case.community, case.key_place, case.address) == (district.street.communities[0], place, "1 Main Street")
    assert (str(case.longitude), str(case.latitude)) == ("113.3265000", "23.1366000")
    assert (case.source, case.is_campaign) == ("visit", True)
    assert (reporter.case, reporter.name, reporter.phone) == (case, "Zhang San", "138 0000 1234")
    assert "Zhang" not in json.dumps(list(CaseEvent.objects.values_list("note", "changes")))


@pytest.mark.parametrize(
    ("limit", "state"),
    [({"limit_value": "3", "limit_unit": "wd"}, "dispatched"), ({}, "accepted")],
    ids=["limit by hand", "no limit"],
)
def test_category_without_filing_condition(
    limit: dict[str, str], state: str, district: District, told: Any, send: Any
) -> None:
    bare = Category.objects.filter(standards=None).first()
    assert bare is not None
    send(district.street.clerk, **{**told, "matter": f"c{bare.pk}", **limit})
    case = Case.objects.get()
    assert (case.state, case.category) == (state, bare)


def test_handled_on_the_spot_is_closed(district: District, told: Any, send: Any) -> None:
    send(district.street.officer, **told, is_self_handled="on")
    assert Case.objects.values_list("state", "close_kind").get() == ("closed", "self_handled")


def test_clerk_cannot_have_handled_it_on_the_spot(district: District, told: Any, send: Any, client: Client) -> None:
    send(district.street.clerk, **told, is_self_handled="on")
    assert Case.objects.get().state == "dispatched"


def test_a_team_member_sees_what_was_logged_for_the_officer(
    district: District, told: Any, send: Any, client: Client
) -> None:
    answer = send(district.street.member, **told)
    assert answer["Location"] == f"/cases/{Case.objects.get().number}/?logged"
    assert f"Case {Case.objects.get().number} was logged." in text_of(client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("role", "source", "has_community"),
    [("clerk", "call", False), ("leader", "call", False), ("officer", "patrol", True), ("member", "patrol", False)],
)
def test_form_is_preset_by_role(
    role: str, source: str, has_community: bool, district: District, client: Client
) -> None:
    client.force_login(getattr(district.street, role))
    page = client.get("/cases/new/")
    own = str(district.street.communities[0].pk) if has_community else ""
    assert (chosen(page, "source"), chosen(page, "community")) == (source, own)
    assert ("is_self_handled" in page.content.decode()) == (role in ("officer", "member"))


@pytest.mark.parametrize("role", ["auditor", "admin", "secadmin"])
def test_who_may_not_log(role: str, district: District, told: Any, send: Any, client: Client) -> None:
    assert send(getattr(district.street, role), **told).status_code == 403
    assert client.get("/cases/new/").status_code == 403


def test_liaison_may_not_log(district: District, told: Any, send: Any) -> None:
    assert send(district.liaison, **told).status_code == 403


@pytest.mark.parametrize("role", ["clerk", "officer"])
def test_community_of_others_is_no_choice(role: str, district: District, told: Any, send: Any) -> None:
    foreign = district.street.officer2 if role == "officer" else None
    community = district.street.communities[1] if foreign else district.other.communities[0]
    answer = send(getattr(district.street, role), **{**told, "community": community.pk})
    assert (answer.status_code, "Select a valid choice" in text_of(answer), Case.objects.count()) == (422, True, 0)


def test_standard_out_of_force_is_no_choice(district: District, told: Any, send: Any) -> None:
    CaseStandard.objects.filter(line=20).update(validity=DateRange(None, MORNING.date()))
    answer = send(district.street.clerk, **told)
    assert (answer.status_code, Case.objects.count()) == (422, 0)


def test_refused_form_keeps_everything(district: District, told: Any, send: Any) -> None:
    typed = {**told, "description": "", "address": "1 Main Street", "reporter_name": "Zhang San", "longitude": "200"}
    answer = send(district.street.clerk, **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (chosen(answer, "matter"), chosen(answer, "community")) == (told["matter"], str(told["community"]))
    for kept in ('value="1 Main Street"', 'value="Zhang San"', 'value="200"'):
        assert kept in page
    assert "What is the matter?: This field is required." in text_of(answer)


def test_half_a_point_and_half_a_limit_are_refused(district: District, told: Any, send: Any) -> None:
    point = send(district.street.clerk, **told, longitude="113")
    limit = send(district.street.clerk, **told, limit_value="3")
    assert (point.status_code, "Give both coordinates or none." in text_of(point)) == (422, True)
    assert (limit.status_code, "Give the limit and its unit, or neither." in text_of(limit)) == (422, True)


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text[:8]) for text in HOSTILE])
def test_hostile_text_in_each_field_is_refused(text: str, district: District, told: Any, send: Any) -> None:
    names = ["matter", "community", "key_place", "source", "longitude", "latitude", "limit_value", "limit_unit"]
    names += ["request_key", "reporter_phone"]
    fitting = {("longitude", "-1"), ("reporter_phone", "181")}  # nothing is wrong with these
    for name in names:
        if (name, text) not in fitting:
            assert send(district.street.clerk, **{**told, name: text}).status_code == 422, name
    everything = dict.fromkeys([*names, "description", "address", "reporter_name"], text)
    assert send(district.street.clerk, **everything).status_code == 422
    assert (Case.objects.count(), Reporter.objects.count()) == (0, 0)


def test_script_gets_what_the_type_ahead_searches(district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    page = client.get("/cases/new/").content.decode()
    script = re.search(r'<script id="log-catalogue" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert script is not None
    entry = next(one for one in json.loads(script[1]) if one["value"] == f"s{standard(20).pk}")
    assert (entry["limit"], entry["closing"]) == ("2 urgent hours", "Trading removed")
    assert {"09006", "0406", "zdjy", "占道经营"} <= set(entry["words"].split())
    assert entry["help"].startswith("A fixed shop whose goods spill out")


@pytest.mark.parametrize("count", [1, 30])
def test_form_costs_the_same_however_many_places(count: int, district: District, client: Client) -> None:
    community = district.street.communities[0]
    KeyPlace.objects.bulk_create(
        KeyPlace(community=community, kind="street", name_zh=f"大街{number}") for number in range(count)
    )
    client.force_login(district.street.clerk)
    client.get("/cases/new/")  # reads what is kept
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/cases/new/").status_code == 200
    assert len(asked) <= 12, "\n".join(query["sql"][:300] for query in asked)


def test_the_form_offers_the_catalogue_as_it_is_now(district: District) -> None:
    def offered() -> set[str]:
        return {entry["label"] for entry in catalogue_on(MORNING.date()).entries()}

    before = offered()
    extra = Category.objects.create(
        disorder=standard(20).category.disorder, name_zh="新类", name_en="New", code_2026="99999"
    )
    assert {label.split()[0] for label in offered() - before} == {"99999"}
    extra.delete()
    assert offered() == before
    CaseStandard.objects.filter(pk=standard(20).pk).update(condition_en="Changed", condition_zh="改过")
    assert len(offered() - before) == 1
