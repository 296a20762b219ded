"""Cases through the API: logged once, seen by who answers for it, acted on with version and key."""

import pytest

from cases.models import Case, CaseEvent, Category, Reporter
from tests.api.conftest import Program, problem
from tests.campaigns import AT, campaign

STALL = {
    "description": "人行道上有人摆摊",
    "source": "call",
    "community": "440106001001",
    "category": "09006",
    "longitude": "113.3265",
    "latitude": 23.1366,
    "reporter_name": "王女士",
    "reporter_phone": "13800000000",
}


@pytest.fixture
def clerk(district):
    return Program(district.street.clerk)


@pytest.fixture
def officer(district):
    return Program(district.street.officer)


def test_a_logged_case_is_filed_dispatched_and_seen_by_its_officer(district, clerk, officer):
    made = clerk.post("cases/", STALL)
    assert made.status_code == 201, made.content
    body = made.json()
    assert made["Location"] == f"/api/v1/cases/{body['number']}/" == body["url"]
    assert made["ETag"] == f'"{body["version"]}"'
    seen = officer.get("cases/").json()["results"]
    assert [(row["number"], row["state"], row["officer"]["username"]) for row in seen] == [
        (body["number"], "dispatched", "officer1")
    ]
    assert (body["category"]["code"], body["limit_value"], body["limit_unit"]) == ("09006", 2, "uh")
    assert body["remaining"] == {"is_overdue": False, "days": 0, "hours": 2, "minutes": 0}
    assert (body["longitude"], body["latitude"]) == ("113.3265000", "23.1366000")
    assert [rung["code"] for rung in body["ladder"]] == ["R0", "L1", "L2", "L3", "L4"]
    assert [rung["reached_at"] for rung in body["ladder"]] == [None] * 5


def test_the_campaign_that_it_is_work_of(district, clerk, monkeypatch):
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AT)
    running, strange = campaign(district.street), campaign(district.other)
    made = clerk.post("cases/", {**STALL, "campaign": str(running.pk)}).json()
    assert (made["campaign"], made["is_campaign"]) == (running.pk, True)
    assert problem(clerk.post("cases/", {**STALL, "campaign": str(strange.pk)})) == (422, "invalid")
    clerk.post("cases/", STALL)
    for query in (f"campaign={running.pk}", "is_campaign=true"):
        assert [one["number"] for one in clerk.get(f"cases/?{query}").json()["results"]] == [made["number"]]


def test_only_who_may_know_sees_the_reporter(district, clerk, officer):
    number = clerk.post("cases/", STALL).json()["number"]
    seen = {
        name: Program(getattr(district.street, name)).get(f"cases/{number}/").json()["reporter"]
        for name in ("clerk", "leader", "officer", "auditor")
    }
    known = {"name": "王**", "phone": "138****0000", "email": ""}
    assert seen == {"clerk": known, "leader": known, "officer": None, "auditor": None}
    assert "王女士" not in officer.get(f"cases/{number}/events/").content.decode()


def test_the_actions_offered_are_those_that_role_and_state_allow(district, clerk, officer):
    number = clerk.post("cases/", STALL).json()["number"]
    offered = {action["name"]: action for action in officer.get(f"cases/{number}/").json()["actions"]}
    assert list(offered) == [
        "receive",
        "return",
        "report_back",
        "request_extension",
        "request_suspension",
        "measure",
        "correct",
        "note",
    ]
    assert offered["report_back"]["carries"] == ["note"]
    assert offered["report_back"]["url"] == f"/api/v1/cases/{number}/actions/report_back/"
    assert Program(district.street.auditor).get(f"cases/{number}/").json()["actions"] == []


def test_an_action_answers_with_the_case_as_it_now_is(district, clerk, officer):
    case = Case.objects.get(number=clerk.post("cases/", STALL).json()["number"])
    done = officer.act(case, "report_back", note="已劝离")
    assert done.status_code == 200
    assert (done.json()["state"], done.json()["version"]) == ("reported_back", case.version + 1)
    assert done["ETag"] == f'"{case.version + 1}"'
    events = officer.get(f"cases/{case.number}/events/").json()["results"]
    assert [event["kind"] for event in events] == ["report", "accept", "file", "dispatch", "report_back"]
    assert events[-1]["by"] == {"username": "officer1", "name": "officer1"}
    assert (events[-1]["from_state"], events[-1]["to_state"], events[-1]["note"]) == (
        "dispatched",
        "reported_back",
        "已劝离",
    )


def test_a_resend_gives_the_first_answer_and_writes_nothing(district, clerk):
    first, again = clerk.post("cases/", STALL, key="k1"), clerk.post("cases/", STALL, key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json()["number"] == first.json()["number"]
    assert ("Idempotent-Replayed" in first, again["Idempotent-Replayed"]) == (False, "true")
    assert Case.objects.count() == 1
    assert problem(clerk.post("cases/", {**STALL, "description": "别的"}, key="k1")) == (422, "key_reused")
    assert Case.objects.count() == 1


def test_a_resent_action_is_answered_even_when_the_case_has_left_ones_hands(district, clerk):
    case = Case.objects.get(number=clerk.post("cases/", STALL).json()["number"])
    clerk.act(case, "dispatch", team="team")
    case.refresh_from_db()
    member, path = Program(district.street.member), f"cases/{case.number}/actions/return/"
    body = {"version": case.version, "note": "不属本队"}
    first, again = member.post(path, body, key="k"), member.post(path, body, key="k")
    assert (first.status_code, again.status_code) == (200, 200), again.content
    assert first.json()["version"] == again.json()["version"] == case.version + 1
    assert CaseEvent.objects.filter(case=case, kind="return").count() == 1
    assert problem(member.post(path, body)) == (404, "not_found")


def test_the_key_of_one_person_says_nothing_to_another(district, clerk):
    number = clerk.post("cases/", STALL, key="same").json()["number"]
    other = Program(district.street.clerk2).post("cases/", STALL, key="same")
    assert other.status_code == 201
    assert other.json()["number"] != number


def test_a_post_without_key_or_version_or_with_an_old_version_is_refused(district, clerk, officer):
    assert problem(clerk.post("cases/", STALL, key=None)) == (400, "key_missing")
    case = Case.objects.get(number=clerk.post("cases/", STALL).json()["number"])
    path = f"cases/{case.number}/actions/receive/"
    assert problem(officer.post(path, {}, key=None)) == (400, "key_missing")
    assert problem(officer.post(path, {})) == (428, "version_missing")
    assert problem(officer.post(path, {}, **{"If-Match": "*"})) == (428, "version_missing")
    assert problem(officer.post(path, {"version": case.version}, **{"If-Match": '"1"'})) == (422, "invalid")
    stale = officer.post(path, {}, **{"If-Match": '"1"'})
    assert problem(stale) == (409, "stale")
    assert stale.json()["version"] == case.version
    assert officer.post(path, {}, **{"If-Match": f'"{case.version}"'}).status_code == 200
    assert problem(officer.post(path, {"version": case.version + 1})) == (409, "wrong_state")


def test_no_field_reaches_the_case_that_was_not_asked_for(district, clerk, officer):
    for name in ("state", "number", "version", "officer", "due_at", "subdistrict", "created_at", "by", "close_kind"):
        refused = clerk.post("cases/", {**STALL, name: "x"})
        assert problem(refused) == (422, "invalid"), name
        assert list(refused.json()["errors"]) == [name]
    assert Case.objects.count() == 0
    case = Case.objects.get(number=clerk.post("cases/", STALL).json()["number"])
    for name in ("state", "officer", "due_at", "limit_value", "by", "at", "request_key", "number"):
        assert problem(officer.act(case, "receive", **{name: "x"})) == (422, "invalid"), name
    case.refresh_from_db()
    assert (case.state, case.version) == ("dispatched", 4)


def test_what_follows_from_the_category(district, clerk):
    one = Category.objects.get(code_2026="09006")
    by_id = clerk.post("cases/", {**STALL, "category": one.pk}).json()
    assert by_id["category"]["code"] == "09006"
    none = clerk.post("cases/", {"description": "车", "source": "visit", "category": "06034"})
    assert (none.status_code, none.json()["state"]) == (201, "accepted")
    limit = {"description": "车", "source": "visit", "category": "06034", "limit_value": 3, "limit_unit": "wd"}
    by_hand = clerk.post("cases/", limit)
    assert (by_hand.json()["state"], by_hand.json()["limit_value"]) == ("filed", 3)
    assert problem(clerk.post("cases/", {**limit, "limit_unit": "xx"})) == (422, "invalid")
    assert problem(clerk.post("cases/", {**STALL, "standard": by_id["standard"], "category": "06034"})) == (
        422,
        "invalid",
    )
    self_handled = clerk.post("cases/", {**STALL, "self_handled": True}).json()
    assert (self_handled["state"], self_handled["close_kind"]) == ("closed", "self_handled")
    assert Reporter.objects.count() == 2


def test_a_dispatched_case_goes_all_the_way(district, clerk, officer):
    leader = Program(district.street.leader)
    number = clerk.post("cases/", STALL).json()["number"]

    def act(who, action, **body):
        case = Case.objects.get(number=number)
        answer = who.act(case, action, **body)
        assert answer.status_code == 200, (action, answer.content.decode())
        return answer.json()

    act(officer, "receive")
    assert act(officer, "request_extension", extra_value=1, note="下雨")["time_request"]["state"] == "asked"
    act(clerk, "review")
    assert act(leader, "approve")["extension_count"] == 1
    escalated = act(clerk, "escalate", note="本街无力解决", department="cgj")
    assert escalated["escalation"]["department"] == {"key": "cgj", "name": "cgj"}
    liaison = Program(district.liaison)
    assert [row["case"] for row in liaison.get("escalations/").json()["results"]] == [number]
    assert liaison.get(f"escalations/{escalated['escalation']['number']}/").json()["state"] == "sent"
    assert "acknowledge" in [action["name"] for action in liaison.get(f"cases/{number}/").json()["actions"]]
    act(liaison, "acknowledge")
    act(liaison, "reply", note="已派员处理")
    act(officer, "report_back", note="已处理")
    assert act(clerk, "pass", closing_note="取缔")["close_kind"] == "normal"


def test_a_suspension_needs_an_aware_moment_in_this_century(district, clerk, officer):
    case = Case.objects.get(number=clerk.post("cases/", STALL).json()["number"])
    for until in (
        "2026-12-01T09:00:00",
        "0001-01-01T00:00:00+00:00",
        "9999-12-31T23:59:59-12:00",
        "tomorrow",
        5,
        None,
        "2101-01-01T00:00:00+08:00",
        "2026-02-30T00:00:00+08:00",
        "10000-01-01T00:00:00Z",
        True,
        [],
        {},
    ):
        assert problem(officer.act(case, "request_suspension", until=until, note="等")) == (422, "invalid"), until
    case.refresh_from_db()
    assert case.version == 4


def test_many_cases_cost_as_many_queries_as_one(district, clerk, log, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.office import china

    def cost(path):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert clerk.get(path).status_code == 200
        return len(queries)

    case = log(china("2026-03-04 09:00"))
    paths = ("cases/", f"cases/{case.number}/", f"cases/{case.number}/events/", "communities/", "standards/", "inbox/")
    one = {path: min(cost(path), cost(path)) for path in paths}  # the first also reads rules that are then kept
    for minute in range(30):
        log(china(f"2026-03-04 10:{minute:02}"))
    assert {path: cost(path) for path in paths} == one
    assert max(one.values()) <= 12, one
