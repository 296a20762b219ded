"""What the tests of health share: signs of life that all connections see."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from citymgmt.health import scrape
from citymgmt.health.views import ready
from citymgmt.worktime.actions import beat_heart
from citymgmt.worktime.models import Heartbeat, RunningProcess
from tests.office import District

PARTS = ("worker", "beat", "sweep")
Hearts = Callable[..., None]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Each test asks anew."""
    ready.forget()
    scrape.forget()


@pytest.fixture
def hearts() -> Hearts:
    """Beats of all parts, just now or some seconds ago: `hearts(sweep=200)`."""

    def beat_all(**ages: int) -> None:
        for part in PARTS:
            beat_heart(part=part, at=timezone.now() - timedelta(seconds=ages.get(part, 0)))
        ready.forget()

    return beat_all


@pytest.fixture
def living(committed: District) -> Iterator[Any]:
    """The district, committed; signs of life are removed before the test (of workers of other tests) and after it."""
    Heartbeat.objects.all().delete()
    RunningProcess.objects.all().delete()
    yield committed
    Heartbeat.objects.all().delete()
    RunningProcess.objects.all().delete()
