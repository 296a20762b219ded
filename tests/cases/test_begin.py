"""How a case begins: reported, logged in one go, handled on the spot; its number; a resend."""

from datetime import timedelta

import pytest
from psycopg2.extras import DateRange

from cases.actions import Matter, log_case, report_case
from cases.actions.begin import next_number
from cases.models import Case, CaseEvent, CaseStandard, Category, Reporter
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted
from communities.models import KeyPlace, OfficerAssignment, OfficerLeave
from tests.office import china, standard

AT = china("2026-03-04 09:00")


@pytest.fixture
def begin(district):
    """Log at the desk: `begin(by=clerk, description=..., standard=...)`; what is a matter's goes into the matter."""
    street = district.street

    def begin_one(action=log_case, **given):
        told = {"description": "测试", "source": "call", "community": street.communities[0]}
        told.update({name: given.pop(name) for name in list(given) if name in Matter.__dataclass_fields__})
        given = {"subdistrict": street.subdistrict, "by": street.clerk, "at": AT, **given}
        return action(matter=Matter(**told), **given)

    return begin_one


def test_a_report_waits_to_be_accepted(district, begin, kinds):
    event = begin(
        report_case, description=" 占道经营 ", address=" 天河路1号 ", source="hotline",
        longitude=113.25, latitude=23.125, reporter_name=" 陈先生 ", reporter_phone="020-1",
    )  # fmt: skip
    case = Case.objects.get(pk=event.case_id)
    assert (case.number, case.state, case.version) == ("440106001-20260304-0001", "reported", 1)
    assert (case.description, case.address, case.source) == ("占道经营", "天河路1号", "hotline")
    assert (case.created_at, case.due_at, case.next_check_at, case.officer) == (AT, None, None, None)
    assert (float(case.longitude), float(case.latitude)) == (113.25, 23.125)
    reporter = Reporter.objects.get(case=case)
    assert (reporter.name, reporter.phone) == ("陈先生", "020-1")
    assert kinds(case) == ["report"]
    assert event.changes == {
        "case": {
            "community_id": district.street.communities[0].pk, "key_place_id": None, "category_id": None,
            "state": "reported", "version": 1,
        }
    }  # fmt: skip


def test_personal_data_is_not_in_the_history(begin):
    event = begin(report_case, reporter_name="陈先生", reporter_phone="020-1", description="陈先生说")
    assert "陈先生" not in f"{event.changes}{event.note}"


def test_a_key_place_tells_its_community(district, begin):
    home = district.street.communities[1]
    market = KeyPlace.objects.create(community=home, name_zh="市场", kind="market")
    case = Case.objects.get(pk=begin(community=None, key_place=market).case_id)
    assert (case.community, case.key_place) == (home, market)


def test_without_reporter_no_row_is_kept(begin):
    assert not Reporter.objects.filter(case=begin(report_case).case_id).exists()


def test_logging_with_a_filing_condition_dispatches_at_once(district, begin, kinds):
    rule = standard(20)
    case = Case.objects.get(pk=begin(category=rule.category, standard=rule).case_id)
    assert kinds(case) == ["report", "accept", "file", "dispatch"]
    assert (case.state, case.officer, case.team) == ("dispatched", district.street.officer, None)
    assert (case.standard, case.category, case.department) == (rule, rule.category, district.cgj)
    assert (case.condition_zh, case.closing_zh) == (rule.condition_zh, rule.closing_zh)
    assert (case.limit_value, case.limit_unit, case.round) == (2, "uh", 1)
    assert (case.filed_at, case.due_at, case.watched_from) == (AT, china("2026-03-04 11:00"), AT)
    assert (case.is_due_provisional, case.next_check_at) == (False, china("2026-03-04 10:30"))


def test_logging_in_a_community_without_officer_leaves_it_to_be_dispatched(district, begin):
    OfficerAssignment.objects.filter(community=district.street.communities[0]).delete()
    case = Case.objects.get(pk=begin(standard=standard(20)).case_id)
    assert (case.state, case.officer) == ("filed", None)


def test_logging_without_community_leaves_it_to_be_dispatched(begin):
    assert begin(standard=standard(20), community=None).case.state == "filed"


def test_the_deputy_gets_it_while_the_officer_is_away(district, begin):
    street = district.street
    OfficerLeave.objects.create(user=street.officer, period=DateRange(AT.date(), None))
    OfficerAssignment.objects.create(
        community=street.communities[0], user=street.officer2, part="deputy", period=DateRange(AT.date(), None)
    )
    assert Case.objects.get(pk=begin(standard=standard(20)).case_id).officer == street.officer2


def test_logging_without_condition_is_accepted_only(begin, kinds):
    case = Case.objects.get(pk=begin().case_id)
    assert (case.state, kinds(case)) == ("accepted", ["report", "accept"])


def test_logging_with_a_limit_by_hand_where_the_category_has_no_condition(begin):
    category = Category.objects.get(code_2026="09003")
    case = Case.objects.get(pk=begin(category=category, limit_value=3, limit_unit="nd").case_id)
    assert (case.state, case.standard, case.category) == ("dispatched", None, category)
    assert (case.limit_value, case.limit_unit, case.due_at) == (3, "nd", AT + timedelta(days=3))
    assert case.closing_zh == ""


def test_handled_on_the_spot_closes_at_once_and_apart(district, begin, kinds):
    case = Case.objects.get(pk=begin(is_self_handled=True, by=district.street.officer).case_id)
    assert kinds(case) == ["report", "self_handle"]
    assert (case.state, case.close_kind, case.closed_at, case.handled_at) == ("closed", "self_handled", AT, AT)
    assert (case.due_at, case.next_check_at) == (None, None)


def test_who_may_not_handle_may_not_log_it_as_handled(district, begin):
    with pytest.raises(NotPermitted):
        begin(is_self_handled=True, by=district.street.leader)
    assert begin(is_self_handled=True, by=None).case.state == "closed"


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"description": "  "}, ["description"]),
        ({"longitude": 113.2}, ["longitude"]),
        ({"latitude": 23.1}, ["longitude"]),
        ({"longitude": 181, "latitude": 0}, ["longitude"]),
        ({"longitude": 0, "latitude": -91}, ["longitude"]),
        ({"limit_value": 3, "limit_unit": "wd"}, ["standard"]),
    ],
)
def test_what_cannot_be_logged(begin, given, fields):
    with pytest.raises(Invalid) as refusal:
        begin(**given)
    assert (refusal.value.code, list(refusal.value.fields)) == ("invalid", fields)
    assert Case.objects.count() == 0


def test_a_place_must_lie_in_the_community_and_that_in_the_sub_district(district, begin):
    first, second = district.street.communities
    place = KeyPlace.objects.create(community=first, name_zh="市场", kind="market")
    with pytest.raises(Invalid) as refusal:
        begin(community=second, key_place=place)
    assert list(refusal.value.fields) == ["key_place"]
    with pytest.raises(Invalid) as refusal:
        begin(community=district.other.communities[0])
    assert list(refusal.value.fields) == ["community"]
    assert begin(community=first, key_place=place).changes["case"]["key_place_id"] == place.pk


@pytest.mark.parametrize("role", ["auditor", "admin", "secadmin"])
def test_who_may_not_log(district, begin, role):
    with pytest.raises(NotPermitted):
        begin(by=getattr(district.street, role))


@pytest.mark.parametrize("role", ["clerk", "leader", "officer", "teamleader", "member"])
def test_who_may_log(district, begin, role):
    assert begin(by=getattr(district.street, role)).by == getattr(district.street, role)


def test_nobody_logs_for_another_sub_district(district, begin):
    with pytest.raises(NotFound):
        begin(by=district.other.clerk)
    with pytest.raises(NotPermitted):
        begin(by=district.liaison)


def test_an_officer_logs_in_own_communities_only(district, begin):
    officer = district.street.officer
    with pytest.raises((NotFound, NotPermitted)):
        begin(by=officer, community=district.street.communities[1])
    with pytest.raises(Invalid) as refusal:
        begin(by=officer, community=None)
    assert list(refusal.value.fields) == ["community"]
    assert Case.objects.count() == 0


def test_a_condition_out_of_force_is_refused(begin):
    old = standard(20)
    CaseStandard.objects.filter(pk=old.pk).update(validity=DateRange(china("2020-01-01 00:00").date(), AT.date()))
    with pytest.raises(Invalid) as refusal:
        begin(standard=standard(20))
    assert list(refusal.value.fields) == ["standard"]


def test_a_resend_gives_the_first_event_and_changes_nothing(begin):
    first = begin(standard=standard(20), request_key="k1")
    assert begin(standard=standard(20), request_key="k1") == first
    assert (Case.objects.count(), CaseEvent.objects.count()) == (1, 4)
    with pytest.raises(KeyReused):
        begin(standard=standard(20), request_key="k1", description="另一件")


def test_the_same_key_of_two_people_are_two_requests(district, begin):
    first = begin(request_key="k1")
    second = begin(request_key="k1", by=district.street.clerk2)
    assert first.case_id != second.case_id


def test_a_key_used_for_an_action_cannot_log(district, begin, act):
    case = begin(report_case).case
    act("accept", case, by=district.street.clerk, at=AT, request_key="k1")
    with pytest.raises(KeyReused):
        begin(request_key="k1")


def test_numbers_count_by_sub_district_and_local_day(district, begin):
    late, next_day = china("2026-03-04 23:59"), china("2026-03-05 00:00")
    numbers = [begin(at=at).case.number for at in (AT, late, next_day)]
    assert numbers == ["440106001-20260304-0001", "440106001-20260304-0002", "440106001-20260305-0001"]
    other = begin(subdistrict=district.other.subdistrict, by=district.other.clerk, community=None)
    assert other.case.number == "440106002-20260304-0001"


def test_numbers_in_a_row_and_past_9999(district):
    subdistrict = district.street.subdistrict
    assert next_number(subdistrict, AT, 9998) == "440106001-20260304-0001"
    assert [next_number(subdistrict, AT)[-5:], next_number(subdistrict, AT)[-5:]] == ["-9999", "10000"]
