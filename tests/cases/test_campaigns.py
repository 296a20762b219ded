"""Cases that are work of a campaign: which campaign may be named, and how they are told from routine work."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from cases.actions import Matter, log_case
from cases.models import Case
from citymgmt.refusals import Invalid
from communities.models import Project
from tests.campaigns import AT, TODAY, campaign
from tests.office import District, Street, standard


@pytest.fixture
def at_nine(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are looked at when the cases are logged."""
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AT)


def log(street: Street, **told: Any) -> Case:
    """A case as the clerk logs it."""
    matter = Matter("x", "patrol", street.communities[0], standard(20).category, **told)
    event = log_case(subdistrict=street.subdistrict, matter=matter, by=street.clerk, at=AT, standard=standard(20))
    return Case.objects.get(pk=event.case_id)


def test_a_case_of_a_campaign_is_campaign_work(district: District) -> None:
    made = campaign(district.street)
    case = log(district.street, campaign=made)
    assert (case.campaign, case.is_campaign) == (made, True)


def test_campaign_work_need_not_name_a_campaign(district: District) -> None:
    case = log(district.street, is_campaign=True)
    assert (case.campaign, case.is_campaign) == (None, True)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "suspended", "due_at": None},
        {"state": "completed", "due_at": None, "ended_on": TODAY},
        {"started_on": TODAY + timedelta(days=1)},
        {"is_for_all": False},
    ],
    ids=["suspended", "ended", "begins tomorrow", "for no community of these"],
)
def test_a_campaign_that_does_not_run_here_today_is_refused(district: District, change: dict[str, Any]) -> None:
    made = campaign(district.street)
    Project.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(Invalid) as refused:
        log(district.street, campaign=made)
    assert list(refused.value.fields) == ["campaign"]
    assert not Case.objects.exists()


def test_another_offices_campaign_and_an_activity_are_refused(district: District) -> None:
    for wrong in (campaign(district.other), campaign(district.street, kind="activity", number=2)):
        with pytest.raises(Invalid):
            log(district.street, campaign=wrong)


def test_the_database_keeps_no_case_of_a_campaign_as_routine_work(district: District) -> None:
    case = log(district.street, campaign=campaign(district.street))
    with pytest.raises(IntegrityError, match="case_of_campaign_is_campaign_work"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(is_campaign=False)


def test_the_form_offers_what_runs_and_the_page_names_it(district: District, client: Client, at_nine: None) -> None:
    street = district.street
    made, case_of = campaign(street), "新增占道摊点"
    campaign(district.other)
    client.force_login(street.clerk)
    page = client.get("/cases/new/").content.decode()
    options = page.partition('name="campaign"')[2].partition("</select>")[0]
    assert options.count("<option") == 2
    assert made.name in options
    told = {"matter": f"s{standard(20).pk}", "description": case_of, "community": street.communities[0].pk}
    key = page.partition('name="request_key" value="')[2].partition('"')[0]
    answer = client.post("/cases/new/", {**told, "source": "patrol", "campaign": made.pk, "request_key": key})
    case = Case.objects.get()
    assert (answer.status_code, case.campaign) == (302, made)
    assert made.name in client.get(case.get_absolute_url()).content.decode()


def test_lists_tell_campaign_from_routine_work(district: District, client: Client, at_nine: None) -> None:
    street, made = district.street, campaign(district.street)
    named, unnamed, routine = log(street, campaign=made), log(street, is_campaign=True), log(street)
    client.force_login(street.clerk)

    def listed(query: str) -> set[str]:
        page = client.get(f"/cases/?{query}")
        assert page.status_code == 200
        return {case.number for case in (named, unnamed, routine) if case.number in page.content.decode()}

    assert listed(f"campaign={made.pk}") == {named.number}
    assert listed("is_campaign=true") == {named.number, unnamed.number}
    assert listed("is_campaign=false") == {routine.number}
    for strange in ("x", "999999", campaign(district.other).pk):
        assert client.get(f"/cases/?campaign={strange}").status_code == 422
