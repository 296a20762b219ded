"""Who is told what, and by which way."""

from datetime import time

import pytest
from psycopg2.extras import DateRange

from cases import notices
from cases.actions.ledger import LedgerRow, import_cases
from cases.models import Case
from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.models import Message
from citymgmt.outbox.querysets import inbox
from citymgmt.people.models import User
from citymgmt.worktime import sweep
from communities.models import OfficerAssignment, OfficerLeave
from tests.cases.stories import MORNING, QUICK, case_in, do, ready_for
from tests.office import china

AT = china(MORNING)
TOLD = {  # the case is handled by officer1 and the first street's team; a clerk, officer or leader acts
    "accept": set(),
    "decline": set(),
    "verify": {"officer1"},
    "confirm": {"clerkb1"},
    "file": set(),
    "dispatch": {"officer1", "teamleader1"},
    "receive": set(),
    "return": {"clerk1", "clerkb1"},
    "assign": {"member1"},
    "report_back": {"clerk1", "clerkb1"},
    "rework": {"officer1", "teamleader1"},
    "pass": {"officer1"},
    "close_special": {"officer1", "clerk1", "clerkb1"},
    "request_extension": {"clerk1", "clerkb1"},
    "request_suspension": {"clerk1", "clerkb1"},
    "review": {"leader1"},
    "approve": {"officer1", "teamleader1"},
    "refuse": {"officer1", "teamleader1"},
    "refuse_review": {"officer1", "teamleader1"},
    "resume": {"officer1"},
    "escalate": {"liaison"},
    "acknowledge": {"clerk1", "clerkb1", "officer1"},
    "reply": {"clerk1", "clerkb1", "officer1", "leader1"},
    "return_escalation": {"clerk1", "clerkb1", "leader1"},
    "take_back": {"liaison", "officer1"},
    "urge": {"officer1", "teamleader1", "liaison"},
    "supervise": {"officer1", "teamleader1", "clerk1", "clerkb1"},
    "answer_supervision": {"leader1"},
    "void": {"officer1", "liaison"},
    "merge": {"officer1"},
    "reopen": {"officer1", "clerkb1"},
    "appeal": {"leader1"},
    "uphold_appeal": {"officer1"},
    "reject_appeal": {"officer1"},
    "note": set(),
    "measure": set(),
    "correct": set(),
}
STEPS = {
    "warn": {"officer1", "teamleader1"},
    "urge_overdue": {"officer1", "teamleader1", "leader1"},
    "escalate_overdue": {"liaison", "clerk1", "clerkb1", "officer1"},
    "supervise_department": {"liaison", "leader1", "clerk1", "clerkb1"},
    "report_to_government": {"supervisor", "leader1", "liaison"},
}


def told(case, kind):
    """The names of those who have this in their inbox."""
    messages = Message.objects.filter(kind=kind, link=case.get_absolute_url())
    return set(messages.values_list("recipient__username", flat=True))


@pytest.mark.parametrize("action", sorted(TOLD))
def test_who_is_told_of_an_action(district, action):
    case, at = ready_for(district, action)
    Message.objects.all().delete()
    do(district, case, action, at)
    assert told(case, action) == TOLD[action]


@pytest.mark.parametrize("looks", [["2026-04-01 09:00"], [f"2026-03-{day:02} 12:00" for day in range(4, 32)]])
def test_who_is_told_of_a_step_whenever_the_sweep_comes(district, looks):
    case = case_in(district, "handling", line=QUICK)
    for look in looks:
        sweep.run(china(look))
    assert {kind: told(case, kind) for kind in STEPS} == STEPS


def test_a_new_report_is_told_to_the_other_clerks(district):
    assert told(case_in(district, "reported"), "report") == {"clerkb1"}


def test_whoever_does_it_is_not_told(district, act):
    case = case_in(district, "handling")
    act("urge", case, by=district.street.leader, at=AT)
    act("supervise", case, by=district.street.leader, at=AT, note="督办")
    act("answer_supervision", case, by=district.street.officer, at=AT, note="已办")
    assert told(case, "supervise") == {"officer1", "teamleader1", "clerk1", "clerkb1"}
    assert told(case, "answer_supervision") == {"leader1"}


def test_the_department_is_not_urged_before_and_after_it_has_the_case(district, act):
    case = case_in(district, "escalated")
    do(district, case, "reply", AT)
    act("urge", case, by=district.street.clerk, at=AT)
    assert told(case, "urge") == {"officer1", "teamleader1"}


def test_the_deputy_is_told_while_the_officer_is_away(district, act):
    case, street = case_in(district, "handling"), district.street
    away = DateRange(AT.date(), china("2026-03-10 09:00").date())
    OfficerLeave.objects.create(user=street.officer, period=away)
    OfficerAssignment.objects.create(
        community=street.communities[0], user=street.officer2, part="deputy", period=DateRange(AT.date(), None)
    )
    act("urge", case, by=street.clerk, at=AT)
    assert told(case, "urge") == {"officerb1", "teamleader1"}
    act("supervise", case, by=street.leader, at=china("2026-03-10 09:00"), note="督办")
    assert told(case, "supervise") == {"officer1", "teamleader1", "clerk1", "clerkb1"}


def test_away_without_deputy_the_officer_is_told_all_the_same(district, act):
    case, street = case_in(district, "handling"), district.street
    OfficerLeave.objects.create(user=street.officer, period=DateRange(AT.date(), None))
    act("urge", case, by=street.clerk, at=AT)
    assert told(case, "urge") == {"officer1", "teamleader1"}


def test_the_officer_of_the_case_is_told_and_not_that_of_the_community(district, act):
    case, street = case_in(district, "filed"), district.street
    act("dispatch", case, by=street.clerk, at=AT, officer=street.officer2)
    assert told(case, "dispatch") == {"officerb1"}


def test_where_nobody_has_the_case_the_acting_officer_is_told(district):
    case = case_in(district, "filed", line=QUICK)
    sweep.run(china("2026-03-04 10:30"))
    assert told(case, "warn") == {"officer1"}


def test_nobody_inactive_is_told(district, act):
    case = case_in(district, "handling")
    User.objects.filter(username__in=["officer1", "clerkb1"]).update(is_active=False)
    act("supervise", case, by=district.street.leader, at=AT, note="督办")
    assert told(case, "supervise") == {"teamleader1", "clerk1"}


def test_a_message_says_which_case_and_where(district, act):
    case = case_in(district, "handling", line=QUICK)
    event = act("urge", case, by=district.street.clerk, at=AT)
    message = Message.objects.get(kind="urge", recipient=district.street.officer)
    names = {"category": case.category.name_zh, "category_en": case.category.name_en}
    assert message.params == {"number": case.number, **names}
    assert (message.link, message.is_urgent, message.created_at) == (case.get_absolute_url(), True, AT)
    assert (message.channel, message.state, message.next_at) == ("email", "waiting", AT)
    assert message.dedupe_key == f"case.{case.pk}.{event.seq}.{district.street.officer.pk}"


@pytest.mark.parametrize(("choice", "kinds"), [("none", []), ("urgent", ["rework"]), ("all", ["approve", "rework"])])
def test_everybody_chooses_what_comes_by_mail(district, act, choice, kinds):
    User.objects.filter(pk=district.street.teamleader.pk).update(mail_choice=choice)
    case = case_in(district, "handling")
    for action in ("request_extension", "review", "approve", "report_back", "rework"):
        do(district, case, action, AT)
    mails = Message.objects.filter(channel="email", recipient=district.street.teamleader)
    assert [kind for kind in mails.order_by("id").values_list("kind", flat=True) if kind != "dispatch"] == kinds


def test_no_mail_without_an_address(district, act):
    User.objects.update(email="", mail_choice="all")
    do(district, case_in(district, "handling"), "urge", AT)
    assert Message.objects.filter(channel="email").count() == 0
    told = Message.objects.filter(kind="urge").values_list("state", "next_at", "delivered_at")
    assert set(told) == {("delivered", None, AT)}


@pytest.mark.parametrize(
    ("at", "is_urgent", "next_at"),
    [
        ("2026-03-04 21:59", False, "2026-03-04 21:59"),
        ("2026-03-04 22:00", False, "2026-03-05 07:30"),
        ("2026-03-05 03:00", False, "2026-03-05 07:30"),
        ("2026-03-05 07:30", False, "2026-03-05 07:30"),
        ("2026-03-04 23:00", True, "2026-03-04 23:00"),
    ],
)
def test_quiet_hours_hold_what_is_not_urgent(district, at, is_urgent, next_at):
    person = district.street.officer
    person.quiet_from, person.quiet_until, person.mail_choice = time(22), time(7, 30), "all"
    enqueue_letters([Letter("d", "news", person, china(at), {}, is_urgent=is_urgent)])
    mail = Message.objects.get(channel="email")
    assert (mail.state, mail.next_at, mail.delivered_at) == ("waiting", china(next_at), None)
    assert (mail.created_at, [*inbox(person)]) == (china(at), [mail])


def test_quiet_hours_of_an_afternoon_and_none_at_all(district):
    person = district.street.officer
    person.mail_choice = "all"
    enqueue_letters([Letter("a", "news", person, china("2026-03-04 13:00"), {})])
    person.quiet_from, person.quiet_until = time(12), time(14)
    enqueue_letters([Letter("b", "news", person, china("2026-03-04 13:00"), {})])
    found = Message.objects.filter(channel="email").order_by("dedupe_key").values_list("next_at", flat=True)
    assert list(found) == [china("2026-03-04 13:00"), china("2026-03-04 14:00")]


def test_the_same_letter_twice_is_one_message(district):
    letter = Letter("d", "news", district.street.officer, AT, {})
    enqueue_letters([letter, letter])
    enqueue_letters([letter])
    assert Message.objects.count() == 1


def test_what_comes_from_an_old_ledger_is_told_to_nobody(district, act):
    row = LedgerRow(external_ref="1", description="旧案", opened_at=AT, community=district.street.communities[0])
    import_cases(subdistrict=district.street.subdistrict, rows=[row], by=None)
    act("note", Case.objects.get(), by=district.street.clerk, at=AT, note="x")
    assert Message.objects.count() == 0


def test_every_kind_has_a_wording():
    for kind, rule in notices.TABLE.items():
        assert str(rule.subject) % {"number": "N", "category": "C"}, kind
        assert rule.recipients or kind in STEPS, kind


def test_a_case_without_category_says_so(district):
    case_in(district, "reported")
    params = Message.objects.filter(kind="report").first().params
    assert (params["category"], params["category_en"]) == ("尚无小类", "no category yet")
