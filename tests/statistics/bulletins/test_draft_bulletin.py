"""A month that has ended is drafted on figures that are frozen for it and never move; one draft a month."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import translation

from cases.statistics.actions import discard_evaluation, publish_evaluation
from cases.statistics.bulletins.actions import draft_bulletin
from cases.statistics.bulletins.snapshots import month_of
from cases.statistics.bulletins.wording import SECTIONS, draw_up
from cases.statistics.frozen import counts_of
from cases.statistics.models import Bulletin, Dimension, Evaluation
from citymgmt.people import trail
from citymgmt.refusals import Invalid, KeyReused, NotPermitted, WrongState
from tests.cases.stories import LATE, case_in, do
from tests.office import District, china
from tests.racing import race
from tests.statistics.bulletins.drafting import AFTER, FIRST, LATER, a_month, drafted, fresh_key, issued, saved
from tests.statistics.freezing import MARCH, ON, frozen, late_case, published
from tests.statistics.test_recurrence import HERE, report

ROLES = ("clerk", "officer", "teamleader", "member", "leader", "admin", "secadmin", "auditor")


def test_it_tells_the_figures_of_the_evaluation_that_is_frozen_for_it(district: District) -> None:
    a_month(district)
    bulletin = Bulletin.objects.get(pk=drafted(district).pk)
    evaluation = Evaluation.objects.get()
    assert (bulletin.evaluation, evaluation.period, evaluation.frozen_by) == (evaluation, MARCH, district.street.clerk)
    assert (bulletin.month, bulletin.version, bulletin.drafted_by) == (FIRST, 1, district.street.clerk)
    assert (bulletin.issuer, bulletin.title) == ("甲街办事处", "2026年3月城市管理工作情况")
    (whole,) = counts_of(evaluation, Dimension.ALL).values()
    month = month_of(bulletin)
    assert month.counts == whole
    assert [section["key"] for section in bulletin.sections] == list(SECTIONS)
    assert [section["text"] for section in bulletin.sections] == [draw_up(key, month) for key in SECTIONS]
    assert "共受理城市管理问题4件，比上月增加3件、上升300.0%" in bulletin.sections[0]["text"]  # one was of February


def test_the_days_add_up_to_the_figures(district: District) -> None:
    a_month(district)
    month = month_of(drafted(district))
    assert [day.on for day in month.days] == [FIRST + timedelta(days=number) for number in range(31)]
    told = {(day.on.day, day.reported, day.ended) for day in month.days if day.reported or day.ended}
    assert told == {(4, 4, 3)}
    assert (month.counts["reported"], month.counts["ended"]) == (4, 3)


def test_nothing_moves_when_cases_do(district: District) -> None:
    case = late_case(district)
    bulletin = drafted(district)
    before = month_of(bulletin)
    do(district, case, "uphold_appeal", china(LATE))
    case_in(district, "reported")
    district.street.communities[0].name_zh = "改名社区"
    district.street.communities[0].save()
    assert month_of(Bulletin.objects.get(pk=bulletin.pk)) == before


def test_it_rests_on_what_waits_else_on_what_is_published(district: District) -> None:
    first = published(district)
    bulletin = drafted(district)
    assert (bulletin.evaluation, Evaluation.objects.count()) == (first, 1)
    bulletin.delete()
    second = frozen(district)
    assert drafted(district).evaluation == second


def test_what_it_rests_on_is_not_discarded(district: District) -> None:
    bulletin = drafted(district)
    with translation.override("en"), pytest.raises(WrongState, match="bulletin"):
        discard_evaluation(by=district.street.leader, at=AFTER, pk=bulletin.evaluation_id)
    publish_evaluation(by=district.street.leader, at=AFTER, pk=bulletin.evaluation_id)
    assert Evaluation.objects.get().published_at == AFTER


def test_the_month_before_is_told_as_it_was_published(district: District) -> None:
    """So that two bulletins agree, and each month was judged as long after its end."""
    case = case_in(district, "handling", at="2026-02-26 09:00")
    issued(district, drafted(district, at=china("2026-03-02 09:00"), month=date(2026, 2, 1)))
    for action in ("report_back", "pass"):
        do(district, case, action, china("2026-03-05 10:00"))
    before = month_of(drafted(district)).before
    assert (before["reported"], before["handled"]) == (1, 0)


def test_open_escalations_and_hot_spots_are_those_of_the_drafting(district: District) -> None:
    early = case_in(district, "escalated", at="2026-03-04 09:00")
    late = case_in(district, "escalated", at="2026-03-05 09:00")
    ended = case_in(district, "escalated", at="2026-03-06 09:00")
    do(district, ended, "acknowledge", china("2026-03-06 15:00"))
    do(district, ended, "reply", china("2026-03-09 15:00"))
    month = month_of(drafted(district))
    assert [one.number for one in month.pending] == [f"{early.number}-D1", f"{late.number}-D1"]
    assert (month.pending_count, sum(month.pending_of.values())) == (2, 2)
    assert {one.department for one in month.pending} <= {unit.name for unit in month.departments}


def test_places_of_three_reports_are_hot(district: District) -> None:
    for day in (4, 5, 6):
        report(district, china(f"2026-03-0{day} 09:00"), point=HERE, address="体育东路1号")
    report(district, china("2026-03-07 09:00"), line=20, point=HERE)
    for day in (3, 4, 5):
        report(district, china(f"2026-02-0{day} 09:00"), line=20, point=HERE)
    month = month_of(drafted(district))
    assert [(spot.place, spot.count) for spot in month.spots] == [("甲街第1社区体育东路1号", 3)]
    assert month.spot_count == 1


@pytest.mark.parametrize("role", ROLES)
def test_clerks_and_leaders_draft(district: District, role: str) -> None:
    by = getattr(district.street, role)
    if role in ("clerk", "leader"):
        assert drafted(district, by=by).drafted_by == by
        return
    with pytest.raises(NotPermitted):
        drafted(district, by=by)
    assert Bulletin.objects.count() == Evaluation.objects.count() == 0


def test_a_liaison_does_not(district: District) -> None:
    with pytest.raises(NotPermitted):
        drafted(district, by=district.liaison)


@pytest.mark.parametrize(
    "wrong",
    [
        {"month": date(2026, 4, 1)},
        {"month": date(2026, 5, 1)},
        {"month": date(1999, 12, 1)},
        {"month": date(1, 1, 1)},
        {"month": date(9999, 12, 31)},
        {"language": "fr"},
        {"language": ""},
    ],
)
def test_refused(district: District, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        drafted(district, **wrong)
    assert Bulletin.objects.count() == Evaluation.objects.count() == 0


def test_one_draft_a_month_and_each_office_for_itself(district: District) -> None:
    drafted(district)
    with translation.override("en"), pytest.raises(Invalid, match="draft"):
        drafted(district, by=district.street.leader)
    drafted(district, by=district.other.clerk)
    drafted(district, month=date(2026, 2, 28))
    assert sorted(Bulletin.objects.values_list("subdistrict__name_zh", "month")) == [
        ("乙街", FIRST), ("甲街", date(2026, 2, 1)), ("甲街", FIRST),
    ]  # fmt: skip


def test_sent_twice_it_is_drafted_once(district: District) -> None:
    key = fresh_key()
    first = drafted(district, request_key=key)
    assert drafted(district, LATER, request_key=key) == first
    assert Bulletin.objects.count() == 1
    for other in ({"month": date(2026, 2, 1)}, {"language": "en"}):
        with pytest.raises(KeyReused):
            drafted(district, request_key=key, **other)
    assert drafted(district, by=district.other.clerk, request_key=key) != first  # a key is of one person only


def test_issuer_and_distribution_are_those_of_the_last_one(district: District) -> None:
    february = drafted(district, at=china("2026-03-02 09:00"), month=date(2026, 2, 1))
    issued(district, saved(district, february, reports_to="区政府", issuer="甲街道办"))
    bulletin = drafted(district)
    assert (bulletin.reports_to, bulletin.issuer, bulletin.sends_to) == ("区政府", "甲街道办", "")
    Bulletin.objects.filter(pk=bulletin.pk).delete()
    assert drafted(district, language="en").issuer == "甲街 Sub-district Office"


def test_it_stands_in_the_audit_trail(district: District) -> None:
    drafted(district)
    rows, _more = trail.entries(district.street.auditor, ON, trail.Wanted(kind="statistics.bulletin"))
    assert [(row.by_id, row.now["title"]) for row in rows] == [(district.street.clerk.pk, "2026年3月城市管理工作情况")]


def test_two_who_draft_at_once_make_one(committed: District) -> None:
    case_in(committed, "closed")
    clerks = (committed.street.clerk, committed.street.clerk2)
    made = race([partial(draft_bulletin, by=clerk, at=AFTER, month=FIRST) for clerk in clerks])
    assert sorted(type(one) is Invalid for one in made) == [False, True]
    assert (Bulletin.objects.count(), Evaluation.objects.count()) == (1, 1)


def test_a_resend_at_once_makes_one(committed: District) -> None:
    asked = partial(draft_bulletin, by=committed.street.clerk, at=AFTER, month=FIRST, request_key=fresh_key())
    first, second = race([asked, asked])
    assert (first, Bulletin.objects.count()) == (second, 1)


def test_drafting_and_discarding_the_evaluation_at_once(committed: District) -> None:
    """Either the draft rests on the evaluation, which stays, or on a new one."""
    evaluation = frozen(committed)
    discard = partial(discard_evaluation, by=committed.street.leader, at=AFTER, pk=evaluation.pk)
    made, _gone = race([partial(draft_bulletin, by=committed.street.clerk, at=AFTER, month=FIRST), discard])
    assert Bulletin.objects.get().evaluation == Evaluation.objects.get()
    assert made == Bulletin.objects.get()
