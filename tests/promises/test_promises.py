"""A kind of timed thing that only the tests know goes through everything the portal has for cases.

Warning, urge and report each once and at their moment, however the sweep is rung; history true and append-only;
people told once; its own rows of the permission table; and no code of `cases` in it.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from citymgmt.outbox import wording
from citymgmt.outbox.models import Message
from citymgmt.outbox.wording import subject_of
from citymgmt.people.models import User
from citymgmt.people.permissions import permits, visible_to
from citymgmt.refusals import KeyReused, NotFound, NotPermitted, WrongState
from citymgmt.worktime import sweep
from citymgmt.worktime.actions import load_ladders, save_rule
from citymgmt.worktime.models import LadderStep
from citymgmt.worktime.querysets import missing_years
from tests.office import District, china
from tests.promises.actions import keep_promise, take_promise
from tests.promises.journal import LADDER, differences
from tests.promises.models import Promise, PromiseEvent
from tests.racing import race

TAKEN = china("2026-03-04 09:00")  # a Wednesday; due in two working days
STEPS = [
    ("promise_warn", china("2026-03-05 09:00")),
    ("promise_urge", china("2026-03-06 09:00")),
    ("promise_report", china("2026-03-09 09:00")),
]
LATE = china("2026-04-01 00:00")
EVERYBODY_TOLD = [
    ("promise_report", "clerk1"), ("promise_report", "clerkb1"), ("promise_report", "leader1"),
    ("promise_urge", "clerk1"), ("promise_urge", "clerkb1"),
    ("promise_warn", "clerk1"), ("promise_warn", "clerkb1"),
]  # fmt: skip


@pytest.fixture
def office(district: District) -> Iterator[District]:
    """The district with the ladder of promises; at the end each promise is what its history says."""
    load_ladders(rows=LADDER)
    yield district
    assert_histories_are_true()


@pytest.fixture
def offices(committed: District) -> Iterator[District]:
    """The same, committed."""
    load_ladders(rows=LADDER)
    try:
        yield committed
        assert_histories_are_true()
    finally:
        LadderStep.objects.filter(ladder="promise").delete()


def assert_histories_are_true() -> None:
    assert {promise.pk: found for promise in Promise.objects.all() if (found := differences(promise))} == {}


def taken(office: District, shop: str = "老王小吃") -> Promise:
    """A promise of two working days, written down by the clerk at TAKEN."""
    street = office.street
    return take_promise(subdistrict=street.subdistrict, shop=shop, limit_days=2, by=street.clerk, at=TAKEN)


def steps(promise: Promise) -> list[tuple[str, Any]]:
    return list(promise.events.filter(by=None).order_by("seq").values_list("kind", "at"))


def told() -> list[tuple[str, str]]:
    """Kind and reader of what lies in the inboxes."""
    found = Message.objects.filter(kind__startswith="promise_")
    return sorted(found.values_list("kind", "recipient__username"))


LOOKS = {
    "one late look": [LATE],
    "a look at each moment": [at for _kind, at in STEPS],
    "each look doubled": [at for _kind, at in STEPS for _twice in range(2)],
    "out of order": [china("2026-03-06 08:59"), TAKEN, LATE, china("2026-03-20 00:00")],
}


@pytest.mark.parametrize("looks", LOOKS.values(), ids=LOOKS)
def test_each_step_comes_once_at_its_moment_however_the_sweep_is_rung(office: District, looks: list[Any]) -> None:
    promise = taken(office)
    for look in looks:
        sweep.run(look)
    promise.refresh_from_db()
    assert steps(promise) == STEPS
    assert (promise.state, promise.version, promise.rung, promise.ladder_code) == ("reported_up", 4, 3, "Q2")
    assert (promise.urge_count, promise.next_check_at) == (1, None)
    assert told() == EVERYBODY_TOLD


@pytest.mark.parametrize("number", [0, 1, 2])
def test_no_step_comes_a_second_early(office: District, number: int) -> None:
    promise, (_kind, at) = taken(office), STEPS[number]
    sweep.run(at.replace(hour=at.hour - 1, minute=59, second=59))
    assert steps(promise) == STEPS[:number]
    assert sweep.run(at)["promises"] == 1
    assert steps(promise) == STEPS[: number + 1]


def test_the_sweep_knows_promises_beside_cases_and_handovers() -> None:
    assert [model.__name__ for model in sweep.timed_models()] == [
        "Handover", "Board", "DutySheet", "ResidentialArea", "OwnersCommittee", "Pledge", "Project", "ProjectTask",
        "Case", "Resolution", "HotlineOrder", "PublicityItem", "Forum", "Suggestion", "PatrolRound", "DailyCheck",
        "IllegalBuilding", "GuardWatch", "Promise",
    ]  # fmt: skip


def test_two_sweeps_at_once_take_each_step_once(offices: District) -> None:
    promises = [taken(offices, f"店{number}") for number in range(12)]
    counts = race([lambda: sweep.run(LATE, batch=2)["promises"]] * 2)
    assert sum(counts) == 12
    assert [steps(promise) for promise in promises] == [STEPS] * 12
    assert told() == sorted(EVERYBODY_TOLD * 12)


def test_a_rollback_leaves_nothing(office: District) -> None:
    promise = taken(office)
    before = Promise.objects.filter(pk=promise.pk).values().get()
    with transaction.atomic():
        sweep.run(LATE)
        assert steps(promise) == STEPS
        transaction.set_rollback(True)
    assert (Promise.objects.filter(pk=promise.pk).values().get(), steps(promise), told()) == (before, [], [])
    sweep.run(LATE)
    assert (steps(promise), told()) == (STEPS, EVERYBODY_TOLD)


def test_a_promise_whose_notices_cannot_be_written_is_not_half_written(
    office: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*_given: object) -> None:
        raise ArithmeticError("torn")

    promise, other = taken(office), taken(office, "小李五金")
    with monkeypatch.context() as broken:
        broken.setattr("tests.promises.journal.enqueue_letters", torn)
        assert sweep.run(LATE)["promises"] == 0
    assert (steps(promise), steps(other), told()) == ([], [], [])
    assert sweep.run(LATE)["promises"] == 2
    assert (steps(promise), steps(other)) == (STEPS, STEPS)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE promises_promiseevent SET note = 'x'",
        "DELETE FROM promises_promiseevent",
        "TRUNCATE promises_promise CASCADE",
    ],
)
def test_its_history_is_append_only(office: District, statement: str) -> None:
    taken(office)
    refused = pytest.raises(DatabaseError, match="The history of promises is append-only")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}")


def test_its_events_are_numbered(office: District) -> None:
    promise = taken(office)
    for seq in (0, 1):
        with pytest.raises(IntegrityError), transaction.atomic():
            PromiseEvent.objects.create(promise=promise, seq=seq, kind="x", at=TAKEN, to_state="open")


@pytest.mark.parametrize(
    ("columns", "finding"),
    [
        ({"urge_count": 2}, "urge_count: row 2, history 1"),
        ({"state": "open"}, "state: row 'open', history 'reported_up'"),
        ({"ladder_code": ""}, "ladder_code: row '', history 'Q2'"),
    ],
)
def test_tampering_with_it_is_found(office: District, columns: dict[str, Any], finding: str) -> None:
    promise = taken(office)
    sweep.run(LATE)
    with transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(**columns)
        assert differences(Promise.objects.get()) == [finding]
        transaction.set_rollback(True)


def test_kept_before_it_is_due_it_climbs_no_further(office: District) -> None:
    promise = taken(office)
    at = china("2026-03-05 10:00")
    event = keep_promise(pk=promise.pk, by=office.street.clerk, at=at)
    sweep.run(LATE)
    promise.refresh_from_db()
    assert (event.from_state, event.to_state, event.seq) == ("open", "kept", 3)
    assert (promise.state, promise.kept_at, promise.next_check_at) == ("kept", at, None)
    assert steps(promise) == STEPS[:1]  # what had fallen due before was recorded first
    assert told() == [("promise_keep", "leader1"), *EVERYBODY_TOLD[5:]]


def test_kept_twice(office: District) -> None:
    promise, clerk, at = taken(office), office.street.clerk, china("2026-03-04 10:00")
    first = keep_promise(pk=promise.pk, by=clerk, at=at, request_key="k1")
    assert keep_promise(pk=promise.pk, by=clerk, at=LATE, request_key="k1") == first
    with pytest.raises(WrongState):
        keep_promise(pk=promise.pk, by=clerk, at=at, request_key="k2")
    with pytest.raises(KeyReused):
        keep_promise(pk=taken(office, "二店").pk, by=clerk, at=at, request_key="k1")


def test_the_same_key_at_once_is_one_event(offices: District) -> None:
    promise, clerk = taken(offices), offices.street.clerk
    runners = [lambda: keep_promise(pk=promise.pk, by=clerk, at=TAKEN, request_key="k1")] * 4
    assert len(set(race(runners))) == 1
    assert PromiseEvent.objects.filter(kind="promise_keep").count() == 1


def test_the_sweep_and_a_person_at_once(offices: District) -> None:
    promise, at = taken(offices), STEPS[1][1]
    keep = lambda: keep_promise(pk=promise.pk, by=offices.street.clerk, at=at)  # noqa: E731
    race([keep, lambda: sweep.run(at)])
    kinds = list(promise.events.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["promise_take", "promise_warn", "promise_urge", "promise_keep"]


MAY = {  # who sees the promise, and who may note that it was kept
    "clerk1": ("seen", "kept"), "clerkb1": ("seen", "kept"), "leader1": ("seen", "403"),
    "officer1": ("403", "404"), "teamleader1": ("403", "404"), "admin1": ("403", "404"), "auditor1": ("403", "404"),
    "clerk2": ("404", "404"), "leader2": ("404", "404"), "liaison": ("403", "404"),
}  # fmt: skip


@pytest.mark.parametrize("name", MAY)
def test_its_rows_of_the_permission_table_hold_for_lists_pages_and_actions(office: District, name: str) -> None:
    promise, person = taken(office), User.objects.get(username=name)
    is_seen = MAY[name][0] == "seen"
    assert list(visible_to(person, Promise.objects.all(), on=TAKEN.date())) == ([promise] if is_seen else [])
    assert permits(person, "promise.view", promise, on=TAKEN.date()) is is_seen
    try:
        outcome = keep_promise(pk=promise.pk, by=person, at=TAKEN).to_state
    except NotPermitted:
        outcome = "403"
    except NotFound:
        outcome = "404"
    assert outcome == MAY[name][1]


@pytest.mark.urls("tests.promises.urls")
@pytest.mark.parametrize(
    ("name", "listed", "page", "keeping"),
    [
        ("clerk1", (200, "老王小吃"), 200, 200),
        ("leader1", (200, "老王小吃"), 200, 403),
        ("clerk2", (200, ""), 404, 404),
        ("officer1", (403, None), 404, 404),
    ],
)
def test_its_pages(office: District, client: Any, name: str, listed: Any, page: int, keeping: int) -> None:
    promise = taken(office)
    client.force_login(User.objects.get(username=name))
    answer = client.get("/promises/")
    assert (answer.status_code, answer.content.decode() if answer.status_code == 200 else None) == listed
    assert client.get(promise.get_absolute_url()).status_code == page
    assert client.post(f"{promise.get_absolute_url()}keep/").status_code == keeping


def test_its_notices_are_worded_urgent_and_mailed_as_people_choose(office: District) -> None:
    User.objects.filter(username="clerkb1").update(mail_choice="none")
    promise = taken(office)
    sweep.run(LATE)
    urge = Message.objects.get(kind="promise_urge", recipient=office.street.clerk)
    assert subject_of(urge.kind, urge.params) == "老王小吃 did not keep its promise"
    assert (urge.is_urgent, urge.link, urge.created_at) == (True, promise.get_absolute_url(), STEPS[1][1])
    assert urge.dedupe_key == f"promise.{promise.pk}.3.{office.street.clerk.pk}"
    mailed = Message.objects.filter(channel="email", kind__startswith="promise_").values_list("kind", "recipient")
    assert ("promise_urge", office.street.clerk.pk) in mailed
    assert not {office.street.clerk2.pk} & {reader for _kind, reader in mailed}


def test_two_kinds_of_things_cannot_word_the_same_message() -> None:
    with pytest.raises(ValueError, match="promise_urge"):
        wording.register("promise_urge", "something else")


def test_a_code_names_one_step_of_all_ladders(office: District) -> None:
    with pytest.raises(IntegrityError, match="ladder_code_unique"), transaction.atomic():
        load_ladders(rows=[{**LADDER[0], "code": "L1", "position": 9}])


def test_a_changed_delay_moves_the_step_ahead(office: District) -> None:
    promise = taken(office)
    sweep.run(STEPS[1][1])
    step = LadderStep.objects.get(code="Q2")
    step.delay_value = 3
    save_rule(by=office.street.admin, rule=step)
    sweep.run(china("2099-01-01 00:00"))  # looks again from the moment of the change, which is the database's own
    assert steps(promise) == [*STEPS[:2], ("promise_report", china("2026-03-11 09:00"))]


def test_its_deadlines_ask_for_the_calendar_of_their_year(office: District) -> None:
    street, day = office.street, TAKEN.date()
    assert missing_years(day, frozenset({2026})) == []
    take_promise(subdistrict=street.subdistrict, shop="x", limit_days=300, by=street.clerk, at=TAKEN)
    assert missing_years(day, frozenset({2026})) == [2027]


def test_it_stands_on_the_ground_alone() -> None:
    imported = {
        (node.module or "").split(".")[0]
        for path in Path(__file__).parent.glob("*.py")
        if path.name != Path(__file__).name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
    }
    assert imported <= {"citymgmt", "collections", "datetime", "django", "tests", "typing"}


def test_the_ground_and_cases_know_nothing_of_it() -> None:
    root = Path(__file__).parents[2]
    files = [path for name in ("citymgmt", "communities", "cases") for path in (root / name).rglob("*.py")]
    assert len(files) > 200
    assert [path.name for path in files if re.search(r"promise_\w|tests\.promises", path.read_text("utf-8"))] == []
