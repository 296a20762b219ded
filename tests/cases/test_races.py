"""Two people at once: one order wins, the other gets a clear answer; nothing twice, nothing lost, no deadlock."""

from collections import Counter
from datetime import timedelta
from functools import partial
from itertools import combinations
from threading import Event

import pytest

from cases import workflow
from cases.actions import Matter, hand_over_cases, log_case, perform
from cases.actions.begin import next_number
from cases.bulk_seed.copies import multiply
from cases.history import Journal
from cases.models import Case, CaseEvent, CaseNumber, Escalation
from citymgmt.outbox.models import Message
from citymgmt.refusals import Invalid, KeyReused, Refusal, Stale, WrongState
from citymgmt.worktime import sweep
from tests.cases.stories import MORNING, QUICK, actor, carried, case_in, do
from tests.office import china, standard
from tests.racing import race

AT = china(MORNING)
DUE = china("2026-03-04 11:00")
ACTIONS = ["pass", "rework", "void", "reply", "take_back", "urge", "report_back", "approve", "escalate", "return"]


def prepared(district, names):
    """A case on which at least one of the actions is possible."""
    if "reply" in names and set(names) & {"pass", "rework", "approve"}:
        case = case_in(district, "escalated")  # so that the department knows it
        do(district, case, "take_back", AT)
        for action in ["request_extension", "review"] if "approve" in names else ["report_back"]:
            do(district, case, action, AT)
        return case
    if "approve" in names:
        case = case_in(district, "handling")
        do(district, case, "request_extension", AT)
        do(district, case, "review", AT)
        return case
    sources = [workflow.TRANSITIONS[name].sources for name in names if name != "sweep"]
    both = frozenset.intersection(*sources) & {"handling", "reported_back", "escalated"}
    return case_in(district, min(both or sources[0] & {"handling", "reported_back", "escalated"}), line=QUICK)


def runner(district, case, name, at, **more):
    """The action as somebody who may do it, or the sweep."""
    if name == "sweep":
        return partial(sweep.run, at)
    by, given = actor(district, name), carried(district, name, at)
    return partial(perform, name, number=case.number, by=by, at=at, **given, **more)


@pytest.mark.parametrize("names", list(combinations([*ACTIONS, "sweep"], 2)), ids="-".join)
def test_of_two_at_once_one_order_wins(committed, names):
    case = prepared(committed, names)
    at = china("2026-03-05 12:00") if "sweep" in names and "approve" not in names else AT + timedelta(minutes=1)
    outcomes = race([runner(committed, case, name, at) for name in names])
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert {type(refusal) for refusal in refused} <= {Stale, WrongState}, refused
    events = list(CaseEvent.objects.filter(case=case).order_by("seq"))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    done = Counter(event.kind for event in events[case.version :])
    for name, outcome in zip(names, outcomes, strict=True):
        if name != "sweep":
            assert done[name] == (0 if isinstance(outcome, Refusal) else 1)
    assert max(done.values()) == 1


@pytest.mark.parametrize(
    "names", [("pass", "rework"), ("reply", "take_back"), ("void", "report_back"), ("urge", "urge")]
)
def test_of_two_who_saw_the_same_version_one_is_stale(committed, names):
    case = prepared(committed, names)
    outcomes = race([runner(committed, case, name, AT, version=case.version) for name in names])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CaseEvent", "Stale"]
    assert CaseEvent.objects.filter(case=case).count() == case.version + 1


def test_the_same_key_at_once_is_one_event(committed):
    case = case_in(committed, "handling")
    outcomes = race([runner(committed, case, "urge", AT, request_key="k1") for _one in range(6)])
    assert len(set(outcomes)) == 1
    assert CaseEvent.objects.filter(case=case, kind="urge").count() == 1


def test_the_same_key_at_once_on_two_cases_is_one_event_and_a_refusal(committed):
    cases = [case_in(committed, "handling") for _one in range(2)]
    outcomes = race([runner(committed, case, "urge", AT, request_key="k1") for case in cases])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CaseEvent", KeyReused.__name__]
    assert CaseEvent.objects.filter(kind="urge").count() == 1


def logging(district, **more):
    street, rule = district.street, standard(20)
    matter = Matter(description="测试", source="call", community=street.communities[0], category=rule.category)
    return partial(
        log_case, subdistrict=street.subdistrict, matter=matter, standard=rule, by=street.clerk, at=AT, **more
    )


def test_one_key_eight_times_at_once_is_one_case(committed):
    outcomes = race([logging(committed, request_key="k1") for _one in range(8)])
    assert len(set(outcomes)) == 1
    assert (Case.objects.count(), CaseEvent.objects.count()) == (1, 4)
    serial = int(Case.objects.get().number[-4:])
    assert (
        serial <= CaseNumber.objects.get().last <= 8
    )  # numbers of the others may be missing, but no number comes twice


def test_eight_cases_at_once_have_eight_numbers_without_a_gap(committed):
    outcomes = race([logging(committed) for _one in range(8)])
    numbers = sorted(outcome.case.number for outcome in outcomes)
    assert numbers == [f"440106001-20260304-{serial:04}" for serial in range(1, 9)]


@pytest.mark.parametrize("later", [False, True], ids=["the last of its day", "a later one went out"])
def test_the_number_of_a_refused_case_is_given_out_again_if_it_is_the_last(committed, later, monkeypatch):
    def refuse(*_given):
        race([partial(next_number, committed.street.subdistrict, AT)] * later or [lambda: None])
        raise Invalid

    with monkeypatch.context() as patch:
        patch.setattr("cases.actions.begin.filing_changes", refuse)
        with pytest.raises(Invalid):
            logging(committed)()
    assert logging(committed)().case.number[-4:] == ("0003" if later else "0001")


def test_nobody_waits_for_a_number_until_anothers_case_is_written(committed, monkeypatch):
    write, held, go_on = Journal.write, Event(), Event()

    def wait_before(journal):
        if not held.is_set():
            held.set()
            assert go_on.wait(10)
        write(journal)

    monkeypatch.setattr(Journal, "write", wait_before)

    def log_meanwhile():
        assert held.wait(10)
        try:
            return logging(committed)()
        finally:
            go_on.set()

    slow, quick = race([logging(committed), log_meanwhile])
    assert (slow.case.number[-4:], quick.case.number[-4:]) == ("0001", "0002")
    assert CaseEvent.objects.filter(case=quick.case).exists()


def test_two_cases_cannot_vanish_into_each_other(committed):
    first, second = case_in(committed, "handling"), case_in(committed, "handling")

    def merging(case, target):
        return partial(perform, "merge", number=case.number, by=committed.street.clerk, at=AT, target=target)

    outcomes = race([merging(first, second), merging(second, first)])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CaseEvent", "Invalid"]
    assert sorted(Case.objects.values_list("state", flat=True)) == ["handling", "merged"]


def test_sweeps_at_once_take_each_step_once(committed):
    street, rule = committed.street, standard(20)
    event = log_case(
        subdistrict=street.subdistrict, by=street.clerk, at=AT, standard=rule,
        matter=Matter(description="测试", source="call", community=street.communities[0]),
    )  # fmt: skip
    multiply([event.case_id], 199, lambda count: None)
    settled = race([partial(sweep.run, china("2026-03-05 11:00"), batch=20) for _one in range(3)])
    assert sum(counts["cases"] for counts in settled) == 200
    kinds = Counter(CaseEvent.objects.filter(by=None).values_list("kind", flat=True))
    assert kinds == {"warn": 200, "urge_overdue": 200, "escalate_overdue": 200}
    assert Escalation.objects.count() == 200
    keys = list(Message.objects.values_list("dedupe_key", flat=True))
    assert len(keys) == len(set(keys))
    assert Message.objects.filter(kind="escalate_overdue", recipient=committed.liaison).count() == 200


def test_a_handover_and_actions_at_once(committed):
    cases = [case_in(committed, "handling", line=QUICK) for _one in range(6)]
    street, at = committed.street, china("2026-03-04 11:30")
    give = partial(hand_over_cases, community=street.communities[0], to_user=street.officer2, by=street.leader, at=at)
    outcomes = race([give, partial(sweep.run, at), *[runner(committed, case, "urge", at) for case in reversed(cases)]])
    assert outcomes[0] == [case.number for case in cases]
    assert [outcome for outcome in outcomes if isinstance(outcome, Refusal)] == []
    assert set(Case.objects.values_list("officer__username", flat=True)) == {"officerb1"}
    kinds = Counter(CaseEvent.objects.filter(at__gte=DUE - timedelta(minutes=30)).values_list("kind", flat=True))
    assert kinds == {"warn": 6, "urge_overdue": 6, "urge": 6, "hand_over": 6}
