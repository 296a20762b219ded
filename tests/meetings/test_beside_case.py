"""The page of a case says for which resolution it waits, to whom it may say so, and costs one query more."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.meetings.actions import act_on_resolution, link_cases
from cases.meetings.models import Resolution
from cases.models import Case
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from tests.cases.list_pages import words
from tests.meetings.gatherings import ENACTED, Gathering

Get = Callable[..., Any]


@pytest.fixture
def get(gathering: Gathering, client: Client, monkeypatch: pytest.MonkeyPatch) -> Get:
    User.objects.update(language="en")
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: ENACTED)

    def answer(user: User, case: Case) -> Any:
        client.force_login(user)
        return client.get(f"/cases/{case.number}/")

    return answer


def test_the_case_says_for_what_it_waits(gathering: Gathering, log: Any, get: Get) -> None:
    case, clerk = log(ENACTED), gathering.district.street.clerk
    resolution = gathering.resolution("open", cases=[case])
    page = get(clerk, case)
    assert (
        f"Waits for resolution {resolution.number} Urban management, due 2026-03-18 09:00, being carried out"
        in words(page)
    )
    assert f'href="{resolution.get_absolute_url()}"' in page.content.decode()
    act_on_resolution("withdraw", number=resolution.number, by=gathering.district.street.leader, at=ENACTED, note="x")
    told = words(get(clerk, case))
    assert "Waits for resolution" not in told
    assert f"Resolution {resolution.number} Urban management, withdrawn" in told


def test_who_sees_the_case_reads_for_what_it_waits_and_no_draft(gathering: Gathering, log: Any, get: Get) -> None:
    case, street = log(ENACTED), gathering.district.street
    draft = gathering.resolution(cases=[case])
    resolution = gathering.resolution("open", cases=[case])
    for user, sees_draft, opens in (
        (street.clerk, True, True),
        (street.auditor, True, True),
        (street.officer, False, False),
    ):
        html = get(user, case).content.decode()
        assert resolution.number in html
        assert (draft.number in html) == sees_draft
        assert (f'href="{resolution.get_absolute_url()}"' in html) == opens


def test_an_officer_whose_community_has_it_opens_it(gathering: Gathering, log: Any, get: Get) -> None:
    case = log(ENACTED)
    resolution = gathering.resolution("open", cases=[case], supporting=[gathering.community.pk])
    html = get(gathering.district.street.officer, case).content.decode()
    assert f'href="{resolution.get_absolute_url()}"' in html


def test_a_case_that_is_left_out_waits_no_longer(gathering: Gathering, log: Any, get: Get) -> None:
    case, clerk = log(ENACTED), gathering.district.street.clerk
    resolution = gathering.resolution("open", cases=[case])
    link_cases(number=resolution.number, by=clerk, at=ENACTED, cases=[])
    assert resolution.number not in get(clerk, case).content.decode()


def test_a_consultation_is_called_from_an_open_case_by_whoever_plans(
    gathering: Gathering, log: Any, act: Any, get: Get
) -> None:
    case, street = log(ENACTED), gathering.district.street
    call = f'href="/meetings/plan/?case={case.number}"'
    for name in ("clerk", "leader"):
        assert call in get(getattr(street, name), case).content.decode()
    for name in ("officer", "auditor"):
        assert 'id="meetings-title"' not in get(getattr(street, name), case).content.decode()
    act("void", case, by=street.leader, at=ENACTED, note="x")
    assert call not in get(street.clerk, case).content.decode()


@pytest.mark.parametrize("name", ["clerk", "officer", "auditor", "liaison"])
def test_it_costs_one_query_found_by_an_index(
    gathering: Gathering, log: Any, act: Any, get: Get, client: Client, name: str
) -> None:
    case, district = log(ENACTED), gathering.district
    act("escalate", case, by=district.street.clerk, at=ENACTED, note="x", department=district.cgj)
    user = getattr(district, name, None) or getattr(district.street, name)
    get(user, case)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/cases/{case.number}/")
    own = [one["sql"] for one in queries if "meetings_" in one["sql"]]
    assert len(own) == 1
    assert len(queries) <= 12
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {own[0]}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on meetings_resolutioncase" not in plan
    before = len(queries)
    for _count in range(3):
        gathering.resolution("open", cases=[case], supporting=[gathering.community.pk])
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/cases/{case.number}/")
    assert len(queries) == before


@pytest.mark.parametrize("name", ["clerk", "auditor", "officer", "teamleader", "member", "liaison"])
def test_it_opens_what_the_scope_says(gathering: Gathering, log: Any, act: Any, get: Get, name: str) -> None:
    case, district = log(ENACTED), gathering.district
    act("escalate", case, by=district.street.clerk, at=ENACTED, note="x", department=district.cgj)
    Case.objects.filter(pk=case.pk).update(team=district.street.team)
    for unit in gathering.units:
        for state in ("draft", "open"):
            gathering.resolution(state, cases=[case], lead=unit.pk, supporting=[])
            gathering.resolution(state, cases=[case], lead=gathering.school.pk, supporting=[unit.pk])
    user = getattr(district, name, None) or getattr(district.street, name)
    html = get(user, case).content.decode()
    seen = set(visible_to(user, Resolution.objects.all(), on=ENACTED.date()).values_list("number", flat=True))
    assert set(re.findall(r'href="/resolutions/([^/"]+)/"', html)) == seen
    Case.objects.filter(pk=case.pk).update(team=None)
