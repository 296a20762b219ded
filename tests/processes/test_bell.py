"""Celery is the bell and PostgreSQL the truth: whatever is killed or lost, each step is recorded once."""

import random
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from cases.actions import Matter, log_case
from cases.bulk_seed.copies import multiply
from cases.models import Case, Escalation
from citymgmt.outbox.models import Message
from citymgmt.people.models import User
from citymgmt.worktime.models import Heartbeat
from tests.cases.test_ladder_day import FILED, STEPS
from tests.embedded.running import wait_for
from tests.office import District, china, standard
from tests.processes.bell import Bell

pytestmark = pytest.mark.processes

BATCH = 600  # cases that fall due in each round: enough that a worker takes a second process
TOLD = {  # how many people are told of each step
    "warn": 1, "urge_overdue": 2, "escalate_overdue": 4, "supervise_department": 4, "report_to_government": 3,
}  # fmt: skip


def sleeping_case(district: District) -> int:
    """A case of long ago of which nobody took care, hidden from the sweep so that it can be copied as it is."""
    User.objects.update(mail_choice="none")
    street, rule = district.street, standard(20)
    matter = Matter(description="测试", source="call", community=street.communities[0], category=rule.category)
    event = log_case(subdistrict=street.subdistrict, matter=matter, standard=rule, by=street.clerk, at=china(FILED))
    Case.objects.update(next_check_at=None)
    return int(event.case_id)


def add_due_cases(sleeping: int) -> None:
    """Let many copies of the case fall due at once, each as late as it is."""
    multiply([sleeping], BATCH, lambda size: None)
    Case.objects.filter(version=4).exclude(pk=sleeping).update(next_check_at=china(STEPS[0][1]))


def waiting() -> int:
    """How many cases the sweep has not reached."""
    return Case.objects.filter(next_check_at__isnull=False).count()


def histories() -> Counter[tuple[tuple[str, object], ...]]:
    """How many cases have which history."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(kind::text ORDER BY seq), array_agg(at ORDER BY seq), count(*) = max(seq)"
            " FROM cases_caseevent GROUP BY case_id"
        )
        rows = cursor.fetchall()
    assert all(is_gapless for _kinds, _moments, is_gapless in rows)
    return Counter(tuple(zip(kinds, moments, strict=True)) for kinds, moments, _gapless in rows)


def assert_each_step_once(count: int) -> None:
    """Every case has exactly the history, the escalation and the messages that one sweep gives."""
    begun = [(kind, china(FILED)) for kind in ("report", "accept", "file", "dispatch")]
    assert histories() == {tuple([*begun, *((kind, china(at)) for kind, at in STEPS)]): count}
    assert Escalation.objects.filter(urge_count=2, rung=2).count() == Escalation.objects.count() == count
    told = Counter(Message.objects.exclude(kind__in=["dispatch", "report"]).values_list("kind", flat=True))
    assert told == {kind: people * count for kind, people in TOLD.items()}


@pytest.mark.parametrize(("broker", "kills"), [("files", 3), ("redis", 3)])
def test_what_is_due_is_settled_whatever_is_killed(
    committed: District, tmp_path: Path, request: pytest.FixtureRequest, broker: str, kills: int
) -> None:
    url = request.getfixturevalue("redis_url") if broker == "redis" else ""
    chance, sleeping = random.Random(), sleeping_case(committed)
    with Bell(tmp_path, url) as bell:
        for turn in range(kills):
            bell.start_worker()  # the next one, while the last one works
            wait_for(lambda: not waiting(), 60)
            add_due_cases(sleeping)
            time.sleep(chance.uniform(0.0, 1.5))
            bell.kill_worker()
            if turn % 2:
                bell.restart_beat()
                bell.lose_messages()
        Case.objects.filter(pk=sleeping).update(next_check_at=china(STEPS[0][1]))
        wait_for(lambda: not waiting(), 60)
        wait_for(lambda: Heartbeat.objects.filter(part__in=["sweep", "worker", "beat"]).count() == 3, 60)
    assert_each_step_once(kills * BATCH + 1)
