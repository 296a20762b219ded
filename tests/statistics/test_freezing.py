"""An evaluation is frozen once its period has ended, published for good, and replaced by another but never changed."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cases.models import Case
from cases.statistics.actions import catch_up, discard_evaluation, freeze_evaluation, publish_evaluation
from cases.statistics.frozen import Difference, counts_of, difference, things_of, weights_of
from cases.statistics.indicators import INDICATORS, score
from cases.statistics.measures import MEASURES, STANDING
from cases.statistics.models import CaseFact, CountedUntil, Dimension, Evaluation, Formula, FrozenFact, StageLimit
from cases.statistics.periods import Period
from cases.statistics.querysets import Asked, frozen_counted, published_of
from cases.statistics.sql import AMOUNTS, OF_PERIODS
from citymgmt.people import trail
from citymgmt.people.changes import in_words
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from tests.cases.stories import LATE, case_in, do
from tests.office import District, china
from tests.racing import race
from tests.statistics.freezing import AFTER, MARCH, ON, a_month, frozen, late_case, live, published

BEGINNING = china("2000-01-01 00:00")
ROLES = ("clerk", "officer", "teamleader", "member", "leader", "admin", "secadmin", "auditor")


@pytest.fixture(autouse=True)
def count_from_the_beginning(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing is counted yet, whatever was committed before; nor is anything afterwards."""
    request.getfixturevalue("committed" if "committed" in request.fixturenames else "district")
    CountedUntil.objects.update(as_of=BEGINNING, case_id=0)
    yield
    CountedUntil.objects.update(as_of=BEGINNING, case_id=0)


def facts_of(evaluation: Evaluation) -> dict[int, dict[str, Any]]:
    columns = [field.attname for field in CaseFact._meta.concrete_fields]
    return {row["case_id"]: row for row in evaluation.facts.values(*columns)}


def without_standing(counts: Any) -> dict[str, int]:
    return {code: counts[code] for code in OF_PERIODS}


def test_it_holds_the_figures_of_the_period_by_every_dimension(district: District) -> None:
    a_month(district)
    evaluation = frozen(district)
    for dimension in Dimension:
        told = {key: without_standing(counts) for key, counts in counts_of(evaluation, dimension).items()}
        now = {key: without_standing(counts) for key, counts in live(district, dimension).items()}
        assert told == {key: counts for key, counts in now.items() if any(counts.values())}, dimension
    (whole,) = counts_of(evaluation, Dimension.ALL).values()
    assert (whole["reported"], whole["to_handle"], whole["handled_on_time"], whole["suspended"]) == (4, 2, 1, 1)
    assert whole["ended"] == 3  # that of February was closed in March


def test_it_keeps_the_facts_of_exactly_the_cases_that_count_in_the_period(district: District) -> None:
    month = a_month(district)
    case_in(district, "closed", at="2026-02-25 09:00")
    case_in(district, "reported", at="2026-04-01 09:00")
    evaluation = frozen(district)
    kept = facts_of(evaluation)
    assert set(kept) == {case.pk for case in month.values()}
    names = [field.attname for field in CaseFact._meta.concrete_fields]
    assert kept == {row["case_id"]: row for row in CaseFact.objects.filter(pk__in=kept).values(*names)}


def test_nothing_of_another_office_is_in_it(district: District) -> None:
    case = case_in(district, "closed")
    catch_up(at=AFTER)
    evaluation = freeze_evaluation(by=district.other.leader, at=AFTER, period=MARCH)
    assert (evaluation.sums, evaluation.facts.count(), evaluation.subdistrict) == ({}, 0, district.other.subdistrict)
    assert frozen(district).facts.get().case == case


@pytest.mark.parametrize("dimension", Dimension.values)
def test_every_number_is_the_number_of_its_cases(district: District, dimension: str) -> None:
    a_month(district)
    evaluation = frozen(district)
    counts = counts_of(evaluation, dimension)
    assert [thing.key for thing in things_of(evaluation, dimension) if thing.key not in counts] == []
    for key, told in counts.items():
        for code in OF_PERIODS:
            found = frozen_counted(evaluation, Asked(code, MARCH, dimension, key))
            amount = sum(getattr(fact, code) for fact in found) if code in AMOUNTS else found.count()
            assert told[code] == amount, (dimension, key, code)


def test_what_stands_at_a_moment_is_no_part_of_it(district: District) -> None:
    a_month(district)
    told = {code for keys in frozen(district).sums.values() for counts in keys.values() for code in counts}
    assert {code for code in told if MEASURES[code].cohort == STANDING} == set()


def test_what_changed_is_counted_before(district: District) -> None:
    late = case_in(district, "handling", line=20)  # nothing counted it, and its two hours passed
    evaluation = frozen(district)
    assert counts_of(evaluation, Dimension.ALL)[""]["overdue_unhandled"] == 1
    assert "overdue_unhandled" in evaluation.facts.get(case=late).measures


def test_it_says_when_and_by_whom_and_by_which_rules(district: District) -> None:
    case_in(district, "closed")
    evaluation = Evaluation.objects.get(pk=frozen(district, note="三月").pk)
    assert (evaluation.frozen_at, evaluation.frozen_by, evaluation.period) == (AFTER, district.street.leader, MARCH)
    assert (evaluation.note, evaluation.published_at, evaluation.published_by) == ("三月", None, None)
    assert evaluation.limits == {"filing": 30, "dispatching": 15, "verifying": 30, "inspecting": 30}
    formula = Formula.objects.get(is_default=True)
    assert evaluation.formula["code"] == formula.code
    assert [(one.indicator, one.points) for one in weights_of(evaluation)] == [
        (part.indicator, part.points) for part in formula.parts.all()
    ]


def test_as_late_as_another_looked_already_it_says_so(district: District) -> None:
    case_in(district, "handling", line=20)
    catch_up(at=AFTER + timedelta(minutes=1))
    assert frozen(district).frozen_at == AFTER + timedelta(minutes=1)


def test_names_weights_and_limits_stay_as_they_were(district: District) -> None:
    case_in(district, "closed")
    evaluation, place = frozen(district), district.street.communities[0]
    before = (things_of(evaluation, "community"), weights_of(evaluation), dict(evaluation.limits))
    place.name_zh = "改名社区"
    place.save()
    Formula.objects.get(is_default=True).parts.all().delete()
    StageLimit.objects.update(minutes=1)
    again = Evaluation.objects.get(pk=evaluation.pk)
    assert (things_of(again, "community"), weights_of(again), again.limits) == before
    assert [thing.name for thing in before[0]] == ["甲街第1社区"]


def test_without_a_leading_score_there_is_none(district: District) -> None:
    Formula.objects.update(is_default=False)
    evaluation = frozen(district)
    assert (evaluation.formula, weights_of(evaluation)) == ({}, ())


@pytest.mark.parametrize("at", ["2026-03-31 23:59", "2026-03-15 09:00", "2026-02-01 09:00"])
def test_a_period_that_has_not_ended_is_refused(district: District, at: str) -> None:
    with pytest.raises(Invalid, match="2026-04-01"):
        frozen(district, china(at))
    assert Evaluation.objects.count() == 0


def test_it_may_be_frozen_from_the_first_minute_after(district: District) -> None:
    assert frozen(district, china("2026-04-01 00:00")).frozen_at == china("2026-04-01 00:00")


@pytest.mark.parametrize("role", ROLES)
def test_leaders_freeze_publish_and_discard(district: District, role: str) -> None:
    by, evaluation = getattr(district.street, role), frozen(district)
    february = Period(date(2026, 2, 1), date(2026, 2, 28))
    may = role == "leader"
    unseen = NotPermitted if role in ("clerk", "auditor") else NotFound
    assert tried(freeze_evaluation, NotPermitted, by=by, at=AFTER, period=february) is may
    assert tried(publish_evaluation, unseen, by=by, at=AFTER, pk=frozen_again(district, evaluation)) is may
    assert tried(discard_evaluation, unseen, by=by, at=AFTER, pk=frozen_again(district, None)) is may


def frozen_again(district: District, evaluation: Evaluation | None) -> int:
    """The one that waits, or another one."""
    waiting = evaluation or Evaluation.objects.filter(published_at=None, starts=MARCH.first).first()
    return (waiting or frozen(district)).pk


def tried(action: Any, refusal: type[Exception], **given: Any) -> bool:
    """Whether it was done; else it was refused as expected."""
    try:
        action(**given)
    except refusal:
        return False
    return True


@pytest.mark.parametrize("action", [publish_evaluation, discard_evaluation])
@pytest.mark.parametrize("pk", [None, 0, -1, 2**63, 10**30])
def test_what_does_not_exist_or_is_anothers_is_not_found(district: District, action: Any, pk: int | None) -> None:
    theirs = freeze_evaluation(by=district.other.leader, at=AFTER, period=MARCH)
    with pytest.raises(NotFound):
        action(by=district.street.leader, at=AFTER, pk=theirs.pk if pk is None else pk)
    assert Evaluation.objects.get().published_at is None


def test_one_waits_at_most_and_each_office_for_itself(district: District) -> None:
    frozen(district)
    with pytest.raises(Invalid, match=r".+"):
        frozen(district)
    freeze_evaluation(by=district.other.leader, at=AFTER, period=MARCH)
    freeze_evaluation(by=district.street.leader, at=AFTER, period=Period(MARCH.first, MARCH.first))
    assert Evaluation.objects.count() == 3


def test_sent_twice_it_is_frozen_once(district: District) -> None:
    key = str(uuid.uuid4())
    first = frozen(district, request_key=key)
    assert frozen(district, AFTER + timedelta(hours=1), request_key=key) == first
    assert (Evaluation.objects.count(), Evaluation.objects.get().frozen_at) == (1, AFTER)
    with pytest.raises(KeyReused):
        frozen(district, request_key=key, note="else")


def test_sent_twice_it_is_published_once(district: District) -> None:
    key, leader, pk = str(uuid.uuid4()), district.street.leader, frozen(district).pk
    for minutes in (0, 1):
        publish_evaluation(by=leader, at=AFTER + timedelta(minutes=minutes), pk=pk, request_key=key)
    assert Evaluation.objects.get().published_at == AFTER
    with pytest.raises(WrongState):
        publish_evaluation(by=leader, at=AFTER, pk=pk, request_key=str(uuid.uuid4()))
    with pytest.raises(WrongState):
        publish_evaluation(by=leader, at=AFTER, pk=pk)
    other = frozen(district)
    with pytest.raises(KeyReused):
        publish_evaluation(by=leader, at=AFTER, pk=other.pk, replaces=pk, request_key=key)


def test_discarded_it_is_gone_with_its_facts_and_may_be_frozen_anew(district: District) -> None:
    case_in(district, "closed")
    discard_evaluation(by=district.street.leader, at=AFTER, pk=frozen(district).pk)
    assert (Evaluation.objects.count(), FrozenFact.objects.count(), Case.objects.count()) == (0, 0, 1)
    assert frozen(district).facts.count() == 1


def test_a_published_one_is_not_discarded(district: District) -> None:
    evaluation = published(district)
    with pytest.raises(WrongState):
        discard_evaluation(by=district.street.leader, at=AFTER, pk=evaluation.pk)
    assert Evaluation.objects.get() == evaluation


def test_a_correction_replaces_the_published_one_that_its_reader_saw(district: District) -> None:
    first = published(district)
    second, leader = frozen(district), district.street.leader
    for seen in (None, second.pk, first.pk + 1000):
        with pytest.raises(Stale):
            publish_evaluation(by=leader, at=AFTER, pk=second.pk, replaces=seen)
    publish_evaluation(by=leader, at=AFTER, pk=second.pk, replaces=first.pk)
    third = published(district, replaces=second.pk)
    assert list(Evaluation.objects.order_by("pk").values_list("replaces_id", flat=True)) == [None, first.pk, second.pk]
    assert published_of(district.street.subdistrict.pk, MARCH) == third


def test_an_appeal_upheld_later_changes_the_live_figures_and_a_correction_but_nothing_published(
    district: District,
) -> None:
    case = late_case(district)
    first = published(district)
    before = (facts_of(first), Evaluation.objects.filter(pk=first.pk).values().get())
    do(district, case, "uphold_appeal", china(LATE))
    assert (facts_of(first), Evaluation.objects.filter(pk=first.pk).values().get()) == before

    (then,) = counts_of(first, Dimension.ALL).values()
    (now,) = live(district, Dimension.ALL).values()
    correction = published(district, AFTER + timedelta(days=1), replaces=first.pk)
    (corrected,) = counts_of(correction, Dimension.ALL).values()
    shown = ("to_handle", "to_close", "closed_late", "exempt", "reported")
    assert [then[code] for code in shown] == [1, 1, 1, 0, 1]
    assert [now[code] for code in shown] == [0, 0, 0, 1, 1]
    assert [corrected[code] for code in shown] == [0, 0, 0, 1, 1]
    assert score(weights_of(first), then) != score(weights_of(correction), corrected)

    found = difference(first.facts.get(), case.fact, MARCH)
    assert (found.gained, "closed_late" in found.lost, found.changed, found.moved) == (("exempt",), True, (), ())
    assert not difference(correction.facts.get(), case.fact, MARCH)


def test_a_difference_names_amounts_and_where_a_case_belongs_now(district: District) -> None:
    case = case_in(district, "reported_back")
    evaluation = frozen(district)
    then = evaluation.facts.get()
    now = CaseFact.objects.get(pk=case.pk)
    then.reworks, then.measures = 1, [*then.measures, "reworks"]
    now.reworks, now.measures = 2, [*now.measures, "reworks"]
    now.community_id = district.street.communities[1].pk
    assert difference(then, now, MARCH) == Difference(changed=(("reworks", 1, 2),), moved=("community",))
    now.reported_on = date(2026, 2, 28)
    assert {"reported", "valid"} <= set(difference(then, now, MARCH).lost)


AFTER_PUBLICATION = [
    "UPDATE statistics_evaluation SET note = 'x'",
    "UPDATE statistics_evaluation SET sums = '{}'",
    "UPDATE statistics_evaluation SET published_at = now()",
    "UPDATE statistics_evaluation SET published_at = NULL, published_by_id = NULL, replaces_id = NULL",
    "DELETE FROM statistics_evaluation",
    "TRUNCATE statistics_evaluation CASCADE",
    "UPDATE statistics_frozenfact SET measures = '{}'",
    "DELETE FROM statistics_frozenfact",
    "TRUNCATE statistics_frozenfact",
    "INSERT INTO statistics_frozenfact (evaluation_id, case_id, subdistrict_id, source, is_campaign, measures,"
    " extensions, extension_hours, reworks, overdue_percent) SELECT evaluation_id,"
    " (SELECT id FROM cases_case WHERE state = 'reported'), subdistrict_id, source, is_campaign, measures, extensions,"
    " extension_hours, reworks, overdue_percent FROM statistics_frozenfact",
]


@pytest.mark.parametrize("statement", AFTER_PUBLICATION)
def test_the_database_refuses_to_change_what_is_published(district: District, statement: str) -> None:
    case_in(district, "closed")
    evaluation = published(district)
    case_in(district, "reported", at="2026-04-02 08:00")
    before = (facts_of(evaluation), list(Evaluation.objects.values()))
    with pytest.raises(DatabaseError, match=r"not (change|changed|deleted|emptied)"):
        execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}")
    assert (facts_of(evaluation), list(Evaluation.objects.values())) == before


BEFORE_PUBLICATION = [
    ("UPDATE statistics_evaluation SET sums = '{}'", "figures"),
    ("UPDATE statistics_evaluation SET names = '{\"x\": 1}'", "figures"),
    ("UPDATE statistics_evaluation SET ends = ends + 1", "figures"),
    ("UPDATE statistics_evaluation SET note = 'x'", "figures"),
    ("UPDATE statistics_frozenfact SET reworks = 9", "facts"),
    ("UPDATE statistics_evaluation SET published_at = now()", "evaluation_published_by_somebody"),
    ("UPDATE statistics_evaluation SET published_by_id = frozen_by_id", "evaluation_published_by_somebody"),
    (
        "UPDATE statistics_evaluation SET published_at = now(), published_by_id = frozen_by_id, replaces_id = id",
        "replaces a published one",
    ),
]


@pytest.mark.parametrize(("statement", "told"), BEFORE_PUBLICATION)
def test_the_database_keeps_the_figures_of_what_waits(district: District, statement: str, told: str) -> None:
    case_in(district, "closed")
    frozen(district)
    with pytest.raises(DatabaseError, match=told):
        execute(statement)


def test_the_database_keeps_one_waiting_and_one_published_of_a_period(district: District) -> None:
    evaluation = frozen(district)
    told = Evaluation.objects.filter(pk=evaluation.pk).values().get()
    for more, constraint in (
        ({}, "evaluation_one_waits"),
        ({"starts": date(2026, 4, 1)}, "evaluation_ends_after_start"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Evaluation.objects.create(**{**told, "id": None, **more})
    publish_evaluation(by=district.street.leader, at=AFTER, pk=evaluation.pk)
    waiting = frozen(district)
    with pytest.raises(IntegrityError, match="evaluation_one_published"), transaction.atomic():
        Evaluation.objects.filter(pk=waiting.pk).update(published_at=AFTER, published_by=district.street.leader)


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_audit_trail_tells_who_froze_and_who_published(district: District) -> None:
    case_in(district, "closed")
    published(district)
    rows, _further = trail.entries(district.street.auditor, ON, trail.Wanted(kind="statistics.evaluation"))
    entries = in_words(rows)
    leader = district.street.leader
    assert [(entry.title, entry.by, row.label) for entry, row in zip(entries, rows, strict=True)] == [
        ("2026-03-01 · 2026-03-31", leader, "update"),
        ("2026-03-01 · 2026-03-31", leader, "insert"),
    ]
    assert {change.label for change in entries[0].changes} == {
        str(Evaluation._meta.get_field(name).verbose_name) for name in ("published_at", "published_by")
    }
    assert trail.entries(district.other.auditor, ON, trail.Wanted(kind="statistics.evaluation"))[0] == []


@pytest.mark.parametrize("keys", [("a", "b"), ("a", "a")], ids=["two", "resent"])
def test_of_two_freezes_at_once_one_is_kept(committed: District, keys: tuple[str, str]) -> None:
    case_in(committed, "closed")
    outcomes = race([partial(frozen, committed, request_key=key) for key in keys])
    kept = Evaluation.objects.get()
    refused = [outcome for outcome in outcomes if outcome != kept]
    assert [type(one) for one in refused] == ([] if keys[0] == keys[1] else [Invalid])
    assert kept.facts.count() == 1


def test_of_two_publications_at_once_one_is_kept(committed: District) -> None:
    evaluation = frozen(committed)
    leader = committed.street.leader
    publishing = [
        partial(publish_evaluation, by=leader, at=AFTER + timedelta(minutes=minute), pk=evaluation.pk, request_key=key)
        for minute, key in enumerate(("a", "b"))
    ]
    outcomes = race(publishing)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Evaluation", "WrongState"]
    (done,) = [outcome for outcome in outcomes if isinstance(outcome, Evaluation)]
    assert Evaluation.objects.get().published_at == done.published_at


def test_of_publishing_and_discarding_at_once_one_happens(committed: District) -> None:
    case_in(committed, "closed")
    leader, pk = committed.street.leader, frozen(committed).pk
    actions = (publish_evaluation, discard_evaluation)
    outcomes = race([partial(action, by=leader, at=AFTER, pk=pk) for action in actions])
    kept = Evaluation.objects.first()
    expected = [Evaluation, WrongState] if kept else [NotFound, type(None)]
    assert [type(outcome) for outcome in outcomes] == expected
    assert FrozenFact.objects.count() == (1 if kept else 0)


def test_every_indicator_of_the_formula_can_be_read_back(district: District) -> None:
    assert {weight.indicator for weight in weights_of(frozen(district))} <= set(INDICATORS)
