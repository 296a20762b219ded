"""Cases that are work of a campaign: which campaign may be named, and how they are told from routine work."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.actions import Matter, log_case
from cases.models import Case
from citymgmt.refusals import Invalid
from tests.campaigns import AT, campaign, step
from tests.office import District, Street, standard


@pytest.fixture
def at_nine(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are looked at when the cases are logged."""
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AT)


def log(street: Street, at: datetime = AT, **told: Any) -> Case:
    """A case as the clerk logs it."""
    matter = Matter("x", "patrol", street.communities[0], standard(20).category, **told)
    event = log_case(subdistrict=street.subdistrict, matter=matter, by=street.clerk, at=at, standard=standard(20))
    return Case.objects.get(pk=event.case_id)


def test_a_case_of_a_campaign_is_campaign_work(district: District) -> None:
    made = campaign(district.street)
    case = log(district.street, campaign=made)
    assert (case.campaign, case.is_campaign) == (made, True)


def test_campaign_work_need_not_name_a_campaign(district: District) -> None:
    case = log(district.street, is_campaign=True)
    assert (case.campaign, case.is_campaign) == (None, True)


@pytest.mark.parametrize("action", ["suspend", "complete", "abandon"])
def test_a_campaign_that_does_not_run_is_refused(district: District, action: str) -> None:
    made = campaign(district.street)
    step(made, district.street, action)
    with pytest.raises(Invalid) as refused:
        log(district.street, campaign=made)
    assert list(refused.value.fields) == ["campaign"]
    assert not Case.objects.exists()


def test_a_campaign_runs_from_its_first_day_in_its_communities(district: District) -> None:
    street = district.street
    here, there = (community.pk for community in street.communities)
    made, elsewhere = campaign(street, communities=(here,)), campaign(street, communities=(there,))
    assert log(street, campaign=made).campaign == made
    for wrong in ({"campaign": elsewhere}, {"campaign": made, "at": AT - timedelta(days=1)}):
        with pytest.raises(Invalid):
            log(street, **wrong)


def test_another_offices_campaign_and_an_activity_are_refused(district: District) -> None:
    for wrong in (campaign(district.other), campaign(district.street, "activity")):
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


def test_the_page_of_a_campaign_leads_to_its_cases(district: District, client: Client, at_nine: None) -> None:
    street, made = district.street, campaign(district.street)
    log(street, campaign=made)
    log(street)
    client.force_login(street.clerk)
    client.get(made.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        page = client.get(made.get_absolute_url()).content.decode()
    assert len(queries) <= 12
    for address in (f"/cases/?campaign={made.pk}", f"/cases/new/?campaign={made.pk}", f"plan/?project={made.pk}"):
        assert f'href="{address}' in page or address in page
    form = client.get(f"/cases/new/?campaign={made.pk}").content.decode()
    assert f'<option value="{made.pk}" selected' in form
