"""What figures count of judgements: from the history alone, and as the page of judgements says where both speak of the
same cases.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.actions import perform
from cases.actions.frame import record_beside
from cases.intake.actions.answering import record_call
from cases.intake.actions.following import judge_closing
from cases.intake.actions.reporting import Told, join_report
from cases.intake.models import Judgement, Topic
from cases.models import Case
from cases.querysets import locked_cases
from cases.statistics.actions import catch_up
from cases.statistics.models import CaseFact
from citymgmt.people.models import User
from tests.cases.list_pages import numbers
from tests.intake.conftest import AT, Reports
from tests.office import District
from tests.statistics.counting import assert_counted

Closed = Callable[[Case], Case]
WHO = {"name": "王小明", "phone": "13800001234"}
OF_JUDGING = ("judged", "judged_solved", "rated", "rated_satisfied")
HOUR = timedelta(hours=1)


@pytest.fixture
def judged(reports: Reports, closed: Closed) -> Callable[..., Case]:
    """A case that was reported, closed and judged by its resident: `judged(solved=False, score=1)`."""

    def judge(*, solved: bool = True, score: int = 5, **told: Any) -> Case:
        report = reports(**told).report
        case = closed(report.case)
        judge_closing(report=report, is_solved=solved, score=score, words="", at=AT, key=case.number)
        return case

    return judge


def counted(case: Case, at: datetime = AT) -> set[str]:
    """In which measures of judging a case counts, once all is counted and compared with a recount."""
    catch_up(at=at)
    assert_counted()
    return set(OF_JUDGING) & set(CaseFact.objects.get(pk=case.pk).measures)


# --- what the event tells ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("score", "is_satisfied"), [(5, True), (4, True), (3, True), (2, False), (1, False)])
def test_the_event_tells_who_is_satisfied_but_neither_score_nor_words(
    score: int, is_satisfied: bool, reports: Reports, closed: Closed, district: District
) -> None:
    report = reports().report
    called = closed(reports(**WHO).report.case)
    closed(report.case)
    given: dict[str, Any] = {"is_solved": False, "score": score, "words": "还在那里", "at": AT}
    events = [
        judge_closing(report=report, key="one", **given),
        record_call(number=called.number, by=district.street.clerk, **given),
    ]
    for event in events:
        event.refresh_from_db()
        assert (event.kind, event.is_satisfied, event.note) == ("judge_unsolved", is_satisfied, "")
        assert event.changes["note"] == {"is_satisfied": is_satisfied}


def test_no_other_event_tells_it(reports: Reports) -> None:
    assert {event.is_satisfied for event in reports().report.case.events.all()} == {None}


# --- what counts -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("solved", "score", "expected"),
    [
        (True, 3, {"judged", "judged_solved", "rated", "rated_satisfied"}),
        (True, 2, {"judged", "judged_solved", "rated"}),
        (False, 4, {"judged", "rated", "rated_satisfied"}),
        (False, 1, {"judged", "rated"}),
    ],
)
def test_the_measures(solved: bool, score: int, expected: set[str], judged: Any) -> None:
    assert counted(judged(solved=solved, score=score)) == expected


def test_an_older_judgement_tells_only_whether_it_is_solved(reports: Reports, closed: Closed) -> None:
    case = closed(reports().report.case)
    with transaction.atomic():
        locked = locked_cases(case.number)[case.number]
        record_beside(locked, "judge_solved", by=None, at=AT, note="", key="one", digest="")
    assert counted(case) == {"judged", "judged_solved"}


def test_only_the_last_closing_counts(judged: Any, district: District) -> None:
    case, street = judged(solved=False, score=1), district.street
    assert counted(case) == {"judged", "rated"}
    perform("reopen", number=case.number, by=street.clerk, at=AT, note="x")
    assert counted(case) == set()
    perform("close_special", number=case.number, by=street.leader, at=AT + HOUR, note="x")
    assert counted(case, AT + HOUR) == set()
    record_call(number=case.number, by=street.clerk, at=AT + HOUR, is_solved=True, score=4)
    assert counted(case, AT + HOUR) == set(OF_JUDGING)


def test_of_several_who_reported_the_same_one_who_says_no_is_enough(
    reports: Reports, topic: Topic, closed: Closed
) -> None:
    first = reports().report
    second = join_report(target=first.case, told=Told(topic, "x"), at=AT, form_key="two").report
    case = closed(first.case)
    second.case.refresh_from_db()
    judge_closing(report=first, is_solved=True, score=5, words="", at=AT, key="one")
    assert counted(case) == set(OF_JUDGING)
    judge_closing(report=second, is_solved=False, score=5, words="", at=AT, key="three")
    assert counted(case) == {"judged", "rated", "rated_satisfied"}
    assert counted(second.case) == set()  # the case in which it is handled counts


# --- both pages --------------------------------------------------------------------------------------------------
SAID = ((True, 5), (True, 3), (True, 2), (False, 3), (False, 1))


@pytest.fixture
def leader(guest: Client, district: District) -> Client:
    """The leader's browser, at AT, in English; several communities were judged, each case once."""
    User.objects.update(language="en")
    guest.force_login(district.street.leader)
    return guest


def test_the_evaluation_agrees_with_the_page_of_judgements(leader: Client, judged: Any, district: District) -> None:
    first, second = district.street.communities
    for turn, (solved, score) in enumerate(SAID):
        judged(solved=solved, score=score, community=second if turn % 3 == 0 else first)
    said = leader.get(reverse("intake:judged"))
    told = {str(name): rates for name, rates in said.context["by_community"]}
    shown = leader.get(reverse("statistics:evaluation"), {"first": "2026-03-01", "last": "2026-03-31"})
    place = [indicator.code for indicator, _label, _definition in shown.context["indicators"]].index
    assert told.keys() == {row.name for row in shown.context["rows"]} == {str(first), str(second)}
    for row in shown.context["rows"]:
        for rate, code in (("solved", "solved_rate"), ("satisfied", "satisfaction_rate")):
            cell = row.cells[place(code)]
            assert (cell.numerator, cell.denominator) == (told[row.name][rate].count, told[row.name][rate].of)
            assert cell.rate == told[row.name][rate].share


def test_the_figure_leads_to_its_very_cases(leader: Client, judged: Any) -> None:
    cases = [judged(solved=solved, score=score) for solved, score in SAID]
    shown = leader.get(reverse("statistics:evaluation"), {"first": "2026-03-01", "last": "2026-03-31"})
    place = [indicator.code for indicator, _label, _definition in shown.context["indicators"]].index
    (row,) = shown.context["rows"]
    satisfied, solved = row.cells[place("satisfaction_rate")], row.cells[place("solved_rate")]
    assert numbers(leader.get(satisfied.numerator_url)) == [cases[turn].number for turn in (3, 1, 0)]
    assert numbers(leader.get(solved.numerator_url)) == [cases[turn].number for turn in (2, 1, 0)]
    assert len(numbers(leader.get(solved.denominator_url))) == Judgement.objects.count() == len(SAID)
