"""The desk: accept, decline, verify, confirm, file, decline to file, dispatch."""

import pytest
from psycopg2.extras import DateRange

from cases.models import CaseStandard, Category
from citymgmt.people.models import Organisation, User
from citymgmt.refusals import Invalid
from citymgmt.worktime.models import CalendarYear
from communities.models import OfficerAssignment
from tests.cases.stories import MORNING, case_in, reported
from tests.office import china, standard

AT = china(MORNING)


def test_accept_takes_the_report_in(district, act):
    case = case_in(district, "reported")
    act("accept", case, by=district.street.clerk, at=AT, note=" 受理 ")
    assert (case.state, case.events.get(seq=2).note, case.due_at) == ("accepted", "受理", None)


@pytest.mark.parametrize(("action", "state"), [("decline", "reported"), ("decline_to_file", "accepted")])
def test_to_refuse_ends_the_case_with_a_reason(district, act, action, state):
    case = case_in(district, state)
    with pytest.raises(Invalid) as refusal:
        act(action, case, by=district.street.clerk, at=AT, note="  ")
    assert list(refusal.value.fields) == ["note"]
    act(action, case, by=district.street.clerk, at=AT, note="不在范围")
    ended = {"decline": "declined", "decline_to_file": "not_filed"}[action]
    assert (case.state, case.closed_at, case.close_kind) == (ended, AT, "")


def test_verification_goes_to_the_officer_and_back(district, act):
    case, officer = case_in(district, "accepted"), district.street.officer
    act("verify", case, by=district.street.clerk, at=AT)
    assert (case.state, case.officer) == ("verifying", officer)
    act("confirm", case, by=officer, at=AT, note="属实")
    assert (case.state, case.officer) == ("accepted", officer)


def test_verification_needs_somebody(district, act):
    OfficerAssignment.objects.filter(community=district.street.communities[0]).delete()
    case = case_in(district, "accepted")
    with pytest.raises(Invalid) as refusal:
        act("verify", case, by=district.street.clerk, at=AT)
    assert list(refusal.value.fields) == ["officer"]
    act("verify", case, by=district.street.clerk, at=AT, officer=district.street.officer2)
    assert case.officer == district.street.officer2


def test_filing_fixes_what_applies_and_starts_the_clock(district, act):
    case, rule = (
        case_in(district, "accepted"),
        standard(110),
    )  # 农贸市场秩序: 2 working days, scj (not in this district)
    act("file", case, by=district.street.clerk, at=china("2026-03-06 16:00"), standard=rule)
    assert (case.state, case.standard, case.category, case.department) == ("filed", rule, rule.category, None)
    assert (case.limit_value, case.limit_unit, case.condition_zh) == (2, "wd", rule.condition_zh)
    assert (case.due_at, case.is_due_provisional) == (china("2026-03-10 16:00"), False)


def test_the_golden_example_over_the_spring_festival(district, act):
    case = reported(district, china("2026-02-13 15:00"))
    act("accept", case, by=district.street.clerk, at=china("2026-02-13 15:30"))
    act("file", case, by=district.street.clerk, at=china("2026-02-13 16:00"), standard=standard(110))
    assert case.due_at == china("2026-02-24 16:00")


def test_a_deadline_in_a_year_without_calendar_is_provisional(district, act):
    CalendarYear.objects.filter(year=2026).delete()
    case = case_in(district, "accepted")
    act("file", case, by=district.street.clerk, at=AT, standard=standard(110))
    assert case.is_due_provisional is True


def test_a_case_keeps_its_copy_when_the_condition_changes(district, act):
    case, rule = case_in(district, "filed", line=110), standard(110)
    CaseStandard.objects.filter(pk=rule.pk).update(closing_zh="另一条件", limit_value=9)
    case.refresh_from_db()
    assert (case.closing_zh, case.limit_value) == (rule.closing_zh, 2)
    CaseStandard.objects.filter(pk=rule.pk).update(closing_zh=rule.closing_zh, limit_value=2)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "standard"),
        ({"limit_value": 3}, "standard"),
        ({"limit_value": 3, "limit_unit": "xx"}, "standard"),
        ({"limit_value": 401, "limit_unit": "wd"}, "limit_value"),
        ({"limit_value": -1, "limit_unit": "wd"}, "limit_value"),
    ],
)
def test_filing_needs_a_condition_or_a_sane_limit(district, act, given, field):
    case = reported(district, AT, category=Category.objects.get(code_2026="09003"))
    act("accept", case, by=None, at=AT)
    with pytest.raises(Invalid) as refusal:
        act("file", case, by=district.street.clerk, at=AT, **given)
    assert list(refusal.value.fields) == [field]


def test_a_limit_by_hand_is_for_a_category_without_condition(district, act):
    clerk, known = district.street.clerk, standard(20).category
    for category in (known, None):
        case = reported(district, AT, category=category)
        act("accept", case, by=clerk, at=AT)
        with pytest.raises(Invalid) as refusal:
            act("file", case, by=clerk, at=AT, limit_value=2, limit_unit="wd")
        assert list(refusal.value.fields) == ["standard"]
    case = reported(district, AT, category=Category.objects.get(code_2026="09003"))
    act("accept", case, by=clerk, at=AT)
    act("file", case, by=clerk, at=AT, limit_value=2, limit_unit="wd")
    assert (case.state, case.due_at, case.department, case.standard) == ("filed", china("2026-03-06 09:00"), None, None)


def test_the_department_is_that_of_the_case_s_own_district(district, act):
    elsewhere = Organisation.objects.create(key="scj", kind="department", name_zh="scj", district_code="440105")
    here = Organisation.objects.create(key="scj", kind="department", name_zh="scj", district_code="440106")
    case = case_in(district, "filed", line=110)
    assert (case.department, case.department == elsewhere) == (here, False)


def test_dispatch_goes_to_the_acting_officer(district, act):
    case = case_in(district, "filed")
    act("dispatch", case, by=district.street.clerk, at=AT)
    assert (case.state, case.officer, case.team, case.handler) == ("dispatched", district.street.officer, None, None)


def test_dispatch_again_to_somebody_else(district, act):
    case = case_in(district, "handling")
    act("assign", case, by=district.street.teamleader, at=AT, handler=district.street.member)
    act("dispatch", case, by=district.street.clerk, at=AT, officer=district.street.officer2)
    assert (case.state, case.officer, case.team, case.handler) == ("dispatched", district.street.officer2, None, None)


def test_dispatch_to_a_team_alone_where_the_post_is_vacant(district, act):
    OfficerAssignment.objects.filter(community=district.street.communities[0]).delete()
    case = case_in(district, "filed")
    with pytest.raises(Invalid) as refusal:
        act("dispatch", case, by=district.street.clerk, at=AT)
    assert list(refusal.value.fields) == ["officer"]
    act("dispatch", case, by=district.street.clerk, at=AT, team=district.street.team)
    assert (case.officer, case.team) == (None, district.street.team)


@pytest.mark.parametrize("wrong", ["clerk", "leader", "teamleader", "stranger", "gone"])
def test_only_an_active_officer_of_the_own_sub_district_gets_a_case(district, act, wrong):
    street = district.street
    User.objects.filter(pk=street.officer2.pk).update(is_active=False)
    street.officer2.refresh_from_db()
    people = {"stranger": district.other.officer, "gone": street.officer2}
    case = case_in(district, "filed")
    with pytest.raises(Invalid) as refusal:
        act("dispatch", case, by=street.clerk, at=AT, officer=people.get(wrong) or getattr(street, wrong))
    assert list(refusal.value.fields) == ["officer"]


def test_only_an_active_team_of_the_own_sub_district_gets_a_case(district, act):
    case = case_in(district, "filed")
    own = district.street.team
    Organisation.objects.filter(pk=own.pk).update(is_active=False)
    own.refresh_from_db()
    for team in (own, district.other.team, district.cgj):
        with pytest.raises(Invalid) as refusal:
            act("dispatch", case, by=district.street.clerk, at=AT, team=team)
        assert list(refusal.value.fields) == ["team"]


def test_who_acts_is_who_acts_on_that_day(district, act):
    street = district.street
    OfficerAssignment.objects.filter(community=street.communities[0]).update(
        period=DateRange(china("2020-01-01 00:00").date(), china("2026-03-05 12:00").date())
    )
    OfficerAssignment.objects.create(
        community=street.communities[0], user=street.officer2, period=DateRange(china("2026-03-05 12:00").date(), None)
    )
    today, tomorrow = case_in(district, "filed"), case_in(district, "filed")
    act("dispatch", today, by=street.clerk, at=AT)
    act("dispatch", tomorrow, by=street.clerk, at=china("2026-03-05 00:00"))
    assert (today.officer, tomorrow.officer) == (street.officer, street.officer2)
