"""The pages with lists: who opens them, what they show, the same cost for one row and for thirty."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from citymgmt.people.models import User
from citymgmt.worktime import sweep
from citymgmt.worktime.models import CalendarYear
from communities.models import OfficerAssignment, OfficerLeave
from tests.cases.list_pages import numbers, words
from tests.cases.stories import LATE, MORNING, QUICK, case_in, do
from tests.office import District, china

AT = china(MORNING)
FIELD = {"officer1", "teamleader1", "member1"}
OPENS = {
    "cases:desk": {"clerk1", "leader1"},
    "cases:mine": FIELD,
    "cases:list": {"clerk1", "leader1", "liaison", "auditor1", *FIELD},
    "cases:overdue": {"clerk1", "leader1"},
    "cases:approvals": {"clerk1", "leader1"},
    "cases:escalations": {"clerk1", "leader1", "liaison", "auditor1", *FIELD},
}
EVERYBODY = {"clerk1", "leader1", "liaison", "auditor1", "admin1", "secadmin1", *FIELD}


@pytest.mark.parametrize("page", OPENS)
@pytest.mark.parametrize("username", sorted(EVERYBODY))
def test_a_page_opens_to_the_roles_of_its_row(page: str, username: str, get: Any) -> None:
    answer = get(page, User.objects.get(username=username))
    assert answer.status_code == (200 if username in OPENS[page] else 403)


def test_cases_of_another_sub_district_are_not_there(district: District, get: Any) -> None:
    for state in ("reported", "accepted", "filed", "dispatched", "reported_back", "escalated"):
        case_in(district, state, line=QUICK)
    others = User.objects.filter(username__in=OF_ANOTHER)
    seen = {(page, one.username): numbers(get(page, one, at=china(LATE))) for page in OPENS for one in others}
    assert seen == {(page, username): [] for page in OPENS for username in OF_ANOTHER}


OF_ANOTHER = ("clerk2", "leader2", "officer2", "teamleader2", "member2", "auditor2", "liaison2")
READERS = {  # who looks at which pages that hold cases in a state, or with a request at a level
    "reported": [("cases:desk", "clerk1"), ("cases:list", "clerk1")],
    "filed": [("cases:desk", "clerk1"), ("cases:list", "clerk1"), ("cases:overdue", "leader1")],
    "dispatched": [("cases:mine", "officer1"), ("cases:mine", "teamleader1"), ("cases:list", "officer1")],
    "escalated": [
        ("cases:desk", "clerk1"),
        ("cases:list", "liaison"),
        ("cases:overdue", "leader1"),
        ("cases:escalations", "liaison"),
        ("cases:escalations", "clerk1"),
    ],
    "asked": [("cases:desk", "clerk1"), ("cases:approvals", "clerk1")],
    "reviewed": [("cases:approvals", "leader1")],
}
THEN = {"escalated": ["escalate"], "asked": ["request_extension"], "reviewed": ["request_extension", "review"]}


@pytest.fixture
def make(district: District, log: Any) -> Callable[[str], None]:
    """Make a case in a state, or with a request at a level, in as few steps as possible."""

    def make_one(state: str) -> None:
        if state == "reported":
            case_in(district, "reported")
            return
        where = {"community": None} if state == "filed" else {}
        case = log(AT, line=QUICK, **where)
        if state == "dispatched":
            do(district, case, "dispatch", AT, team=district.street.team)
        for action in THEN.get(state, []):
            do(district, case, action, AT)

    return make_one


@pytest.mark.parametrize("state", READERS)
def test_ten_rows_cost_what_one_costs(state: str, make: Any, get: Any, client: Client) -> None:
    costs = []
    for count in (1, 9):
        for _turn in range(count):
            make(state)
        costs.append([cost_of(page, username, get, client) for page, username in READERS[state]])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 12


def cost_of(page: str, username: str, get: Any, client: Client) -> int:
    """The queries of a page for somebody who is logged in, when the rules of time have been read once."""
    get(page, User.objects.get(username=username), at=china(LATE))
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(page))
    return len(queries)


# the desk


QUEUED = {
    "reported": "to_accept",
    "accepted": "to_file",
    "verifying": "verifying",
    "filed": "to_dispatch",
    "reported_back": "to_inspect",
    "escalated": "escalated",
}


def test_each_tile_of_the_desk_counts_the_very_list_behind_it(district: District, get: Any) -> None:
    for state in QUEUED:
        case_in(district, state, line=QUICK)
    returned = case_in(district, "handling", line=QUICK)
    do(district, returned, "return", AT, note="不是我的")
    clerk, late = district.street.clerk, china(LATE)
    tiles = {queue.key: count for queue, count in get("cases:desk", clerk, at=late).context["tiles"]}
    assert tiles == {**dict.fromkeys(QUEUED.values(), 1), "returned": 1, "overdue": 3}
    listed = {key: len(numbers(get("cases:list", clerk, f"?queue={key}", at=late))) for key in tiles}
    assert listed == tiles


def test_a_pile_shows_its_eight_oldest_and_their_next_button(district: District, get: Any) -> None:
    made = [case_in(district, "reported").number for _n in range(9)]
    answer = get("cases:desk", district.street.clerk)
    (pile,) = answer.context["piles"]
    assert [row.case.number for row in pile.rows] == made[:8]
    assert {row.button.action for row in pile.rows} == {"accept"}
    assert pile.count == 9


def test_an_empty_desk_says_so(get: Any, district: District) -> None:
    assert "Nothing waits at the desk" in words(get("cases:desk", district.street.clerk))


@pytest.mark.parametrize(
    ("moment", "years"), [("2026-11-30 09:00", []), ("2026-12-01 09:00", [2027]), ("2027-01-05 09:00", [2027])]
)
def test_the_desk_warns_of_a_year_without_calendar(moment: str, years: list[int], district: District, get: Any) -> None:
    CalendarYear.objects.exclude(year=2026).delete()
    answer = get("cases:desk", district.street.clerk, at=china(moment))
    assert answer.context["years_without_calendar"] == years


# what is mine


def test_my_tasks_come_due_first_with_the_next_step(district: District, get: Any) -> None:
    slow, quick = case_in(district, "handling"), case_in(district, "dispatched", line=QUICK)
    rows = get("cases:mine", district.street.officer).context["rows"]
    assert [(row.case.number, row.button.action) for row in rows] == [
        (quick.number, "receive"),
        (slow.number, "report_back"),
    ]


@pytest.mark.parametrize(
    ("tab", "state"),
    [
        ("to_receive", "dispatched"),
        ("at_work", "handling"),
        ("verifying", "verifying"),
        ("to_inspect", "reported_back"),
    ],
)
def test_each_tab_holds_its_own(tab: str, state: str, district: District, get: Any) -> None:
    made = {one: case_in(district, one).number for one in ("dispatched", "handling", "verifying", "reported_back")}
    assert numbers(get("cases:mine", district.street.officer, f"?queue={tab}")) == [made[state]]


def test_one_tap_receives_and_leads_back(district: District, get: Any, client: Client) -> None:
    case = case_in(district, "dispatched")
    button = get("cases:mine", district.street.officer).context["rows"][0].button
    client.post(button.url, {"version": case.version, "request_key": button.request_key})
    case.refresh_from_db()
    assert (button.is_one_tap, case.state) == (True, "handling")


def test_a_deputy_sees_the_tasks_of_who_is_away_and_why(district: District, get: Any) -> None:
    street, case = district.street, case_in(district, "handling")
    OfficerAssignment.objects.create(
        community=street.communities[0], user=street.officer2, part="deputy", period=("2020-01-01", None)
    )
    assert numbers(get("cases:mine", street.officer2)) == []
    OfficerLeave.objects.create(user=street.officer, period=("2026-03-02", "2026-03-09"))
    answer = get("cases:mine", street.officer2)
    assert numbers(answer) == [case.number]
    assert "officer1 is away: today you act for 甲街第1社区." in words(answer)
    assert "You are on leave: officerb1 acts for 甲街第1社区." in words(get("cases:mine", street.officer))


def test_a_member_sees_what_is_the_teams_but_not_what_is_a_colleagues(district: District, get: Any) -> None:
    street = district.street
    free, taken = case_in(district, "handling"), case_in(district, "handling")
    do(district, taken, "assign", AT, handler=street.teamleader)
    assert numbers(get("cases:mine", street.member)) == [free.number]
    assert numbers(get("cases:mine", street.teamleader)) == [free.number, taken.number]


def test_who_has_nothing_is_told_so(district: District, get: Any) -> None:
    assert "Nothing to do here" in words(get("cases:mine", district.street.officer))


# what is late


def test_overdue_cases_stand_on_their_rungs_the_highest_first(district: District, get: Any) -> None:
    urged, escalated = case_in(district, "handling", line=QUICK), case_in(district, "handling", line=QUICK)
    do(district, escalated, "escalate", AT, note="上报")
    sweep.run(china("2026-03-05 10:30"))
    answer = get("cases:overdue", district.street.leader, at=china("2026-03-05 10:40"))
    assert [(rung.code, rung.count) for rung in answer.context["rungs"]] == [("L3", 1), ("L1", 1)]
    assert numbers(answer) == [escalated.number, urged.number]


def test_leaders_urge_and_supervise_clerks_urge(district: District, get: Any) -> None:
    case_in(district, "handling", line=QUICK)
    for who, expected in (("leader", [True, True]), ("clerk", [True, False])):
        (row,) = get("cases:overdue", getattr(district.street, who), at=china(LATE)).context["rows"]
        assert [row.urge is not None, row.supervise is not None] == expected


def test_nothing_overdue_is_said(district: District, get: Any) -> None:
    case_in(district, "handling", line=QUICK)
    assert "Nothing is overdue" in words(get("cases:overdue", district.street.leader))


# what waits for a decision


def test_requests_wait_at_their_level_with_what_a_decision_needs(district: District, get: Any) -> None:
    street, case = district.street, case_in(district, "handling")
    do(district, case, "request_extension", AT)
    (one,) = get("cases:approvals", street.clerk).context["asked"]
    assert ([button.action for button in one.buttons], one.new_due_at) == (
        ["review", "refuse_review"],
        case.due_at + timedelta(days=1),
    )
    assert get("cases:approvals", street.leader).context["asked"] == []
    do(district, case, "review", AT)
    assert get("cases:approvals", street.clerk).context["asked"] == []
    (one,) = get("cases:approvals", street.leader).context["asked"]
    assert [button.action for button in one.buttons] == ["approve", "refuse"]


def test_nobody_reviews_what_they_asked_for(district: District, get: Any, act: Any) -> None:
    street, case = district.street, case_in(district, "handling")
    act("request_extension", case, by=street.clerk, at=AT, extra_value=1, note="延期")
    (one,) = get("cases:approvals", street.clerk).context["asked"]
    assert (one.buttons, one.obstacle) == ([], "Somebody else must decide: you asked for it or reviewed it.")
    (other,) = get("cases:approvals", street.clerk2).context["asked"]
    assert [button.action for button in other.buttons] == ["review", "refuse_review"]


def test_appeals_wait_for_leaders_with_their_words(district: District, get: Any) -> None:
    street, case = district.street, case_in(district, "handling", line=QUICK)
    for action in ("report_back", "pass"):
        do(district, case, action, china(LATE))
    do(district, case, "appeal", china(LATE), note="暴雨停工")
    answer = get("cases:approvals", street.leader, "?show=appeals", at=china(LATE))
    (one,) = answer.context["appeals"]
    assert (one.case, one.event.note) == (case, "暴雨停工")
    assert [button.action for button in one.buttons] == ["uphold_appeal", "reject_appeal"]
    assert get("cases:approvals", street.clerk, "?show=appeals", at=china(LATE)).context["appeals"] == []


# escalations


def test_the_inbox_holds_the_own_department_alone(district: District, get: Any) -> None:
    case = case_in(district, "escalated", line=QUICK)
    assert numbers(get("cases:escalations", district.liaison)) == [case.number]
    assert numbers(get("cases:escalations", district.liaison2)) == []


def test_buttons_follow_what_the_department_still_owes(district: District, get: Any) -> None:
    case = case_in(district, "escalated", line=QUICK)
    (row,) = get("cases:escalations", district.liaison).context["rows"]
    assert [button.action for button in row.buttons] == ["acknowledge", "reply", "return_escalation"]
    do(district, case, "acknowledge", AT)
    (row,) = get("cases:escalations", district.liaison).context["rows"]
    assert [button.action for button in row.buttons] == ["reply", "return_escalation"]
    (row,) = get("cases:escalations", district.street.clerk).context["rows"]
    assert row.buttons == []


def test_what_has_ended_is_under_its_own_tab(district: District, get: Any) -> None:
    case = case_in(district, "escalated", line=QUICK)
    do(district, case, "reply", AT, note="已处理")
    assert numbers(get("cases:escalations", district.liaison)) == []
    answer = get("cases:escalations", district.liaison, "?show=ended")
    assert numbers(answer) == [case.number]
    assert "已处理" in words(answer)


def test_a_silent_department_is_marked(district: District, get: Any) -> None:
    case_in(district, "escalated", line=QUICK)
    sweep.run(china("2026-03-05 10:00"))
    (row,) = get("cases:escalations", district.liaison, at=china("2026-03-05 10:00")).context["rows"]
    assert row.step.code == "L3"
