"""Photos of reports and files of minutes that wait or failed stand where operations look."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from cases.meetings.actions import act_on_resolution
from cases.meetings.circulars.actions import ask_circular_files
from cases.meetings.minutes.actions import ask_files
from cases.meetings.models import CircularJob, Evidence, MinutesJob
from citymgmt.database_clock import database_now
from citymgmt.health import judging, scrape
from citymgmt.health.figures import Look
from citymgmt.health.guard import asking
from citymgmt.health.judging import LATE_MESSAGE, State
from citymgmt.jobs import Job
from tests.health.test_metrics import scraped, value
from tests.meetings.circulating import made as circular_made
from tests.meetings.gatherings import ENACTED, Gathering
from tests.meetings.minutes.conftest import held, made
from tests.photos.pictures import photo

FRESH, OLD, LAST_WEEK = timedelta(minutes=1), timedelta(minutes=11), timedelta(days=8)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "media")
    monkeypatch.setattr("cases.meetings.evidence.actions.ring", lambda: None)


def line(kind: str) -> tuple[State, int, int]:
    """The line of the operations page: its state, how many wait, how many failed."""
    with connection.cursor() as cursor:
        look = Look(asking(cursor), LATE_MESSAGE)
        return judging.job_line(kind)(look).state, look.jobs[kind].waiting, look.jobs[kind].failed


def a_report(gathering: Gathering) -> None:
    told = {"by": gathering.district.liaison, "at": ENACTED, "note": "已拆除一半"}
    act_on_resolution("progress", number=gathering.resolution("open").number, photos=[photo()], **told)


def test_photos_of_reports(gathering: Gathering) -> None:
    assert line("evidence") == (State.OK, 0, 0)
    a_report(gathering)
    Evidence.objects.update(created_at=database_now() - FRESH)
    assert line("evidence") == (State.OK, 1, 0)
    Evidence.objects.update(created_at=database_now() - OLD)
    assert line("evidence") == (State.BROKEN, 1, 0)
    Evidence.objects.update(state="refused", incoming="", reason="stuck")
    assert line("evidence") == (State.SLOW, 0, 1)
    Evidence.objects.update(created_at=database_now() - LAST_WEEK)
    assert line("evidence") == (State.OK, 0, 0)


def test_a_picture_that_is_none_is_no_fault_of_the_portals(gathering: Gathering) -> None:
    a_report(gathering)
    Evidence.objects.update(state="refused", incoming="", reason="damaged", created_at=database_now())
    assert line("evidence") == (State.OK, 0, 0)


def is_told_of(kind: str, jobs: Any, ask: Callable[[], Any]) -> None:
    """The line follows the jobs of a kind of paper: nothing, waits, waits long, failed, lacks something, is there."""
    assert line(kind) == (State.OK, 0, 0)
    ask()
    assert line(kind) == (State.OK, 1, 0)
    jobs.update(created_at=database_now() - OLD)
    assert line(kind) == (State.BROKEN, 1, 0)
    jobs.update(state=Job.State.FAILED)
    assert line(kind) == (State.SLOW, 0, 1)
    jobs.update(state=Job.State.READY, trouble="no_font")
    assert line(kind) == (State.SLOW, 0, 1)
    jobs.update(trouble="")
    assert line(kind) == (State.OK, 0, 0)


def test_files_of_minutes(gathering: Gathering) -> None:
    minutes, clerk = made(held(gathering), "draft"), gathering.district.street.clerk
    is_told_of("minutes", MinutesJob.objects.all(), lambda: ask_files(by=clerk, at=database_now(), pk=minutes.pk))


def test_files_of_circulars(gathering: Gathering) -> None:
    circular, clerk = circular_made(gathering, "draft"), gathering.district.street.clerk
    is_told_of(
        "circulars", CircularJob.objects.all(), lambda: ask_circular_files(by=clerk, at=database_now(), pk=circular.pk)
    )


def test_prometheus_is_told(gathered: Gathering, client: Client) -> None:
    scrape.forget()
    a_report(gathered)
    ask_files(by=gathered.district.street.clerk, at=database_now(), pk=made(held(gathered), "draft").pk)
    samples = scraped(client)
    assert value(samples, "citymgmt_jobs_waiting", kind="evidence") == 1
    assert value(samples, "citymgmt_jobs_waiting", kind="minutes") == 1
