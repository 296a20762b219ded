"""Programs of others: who lets them in and ends them, their keys, and reporting with one once."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from cases.intake.actions.clients import end_client, make_client, report_as_client
from cases.intake.models import ApiClient, Publication, Report
from cases.intake.open311.querysets import client_of as program_of
from cases.models import Case
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted
from tests.intake.reported import MORNING, client_of, told_of
from tests.office import POSTS, District
from tests.racing import race

LATER = MORNING + timedelta(days=1)
TOLD = {"name": "便民小程序", "contact": "张工 020-1234"}


def test_a_key_is_given_once_and_kept_as_a_hash(district: District) -> None:
    admin = district.street.admin
    key, client = make_client(by=admin, at=MORNING, name=" 便民小程序 ", contact="张工 020-1234")
    assert (client.subdistrict, client.name, client.made_by, client.made_at) == (
        district.street.subdistrict, "便民小程序", admin, MORNING)  # fmt: skip
    assert len(key) >= 40
    assert key not in str(ApiClient.objects.values().get())
    assert program_of(key) == client
    assert program_of(key + "x") is None


@pytest.mark.parametrize("who", sorted(set(POSTS) - {"admin"}))
def test_nobody_but_the_administrator_keeps_programs(district: District, who: str) -> None:
    client = client_of(district.street)
    by = getattr(district.street, who)
    for act in (
        lambda: make_client(by=by, at=MORNING, **TOLD),
        lambda: end_client(by=by, at=MORNING, pk=client.pk),
    ):
        with pytest.raises((NotPermitted, NotFound)):
            act()
    assert ApiClient.objects.values_list("ended_at").get() == (None,)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"name": " "}, {"name": ["Please fill this in."]}),
        ({"name": "x" * 61}, {"name": ["At most 60 characters."]}),
        ({"name": "a\nb"}, {"name": ["This holds characters that no paper can show."]}),
        ({"contact": ""}, {"contact": ["Please fill this in."]}),
        (
            {"contact": "x" * 121, "name": ""},
            {"name": ["Please fill this in."], "contact": ["At most 120 characters."]},
        ),
        ({"name": "小程序"}, {"name": ["A program has this name already, or had it."]}),
    ],
)
def test_what_a_program_needs(district: District, told: dict[str, str], wrong: Any, english: None) -> None:
    client_of(district.street)
    with pytest.raises(Invalid) as refused:
        make_client(by=district.street.admin, at=MORNING, **{**TOLD, **told})
    assert refused.value.fields == wrong


def test_two_offices_may_use_the_same_name(district: District) -> None:
    for street in (district.street, district.other):
        make_client(by=street.admin, at=MORNING, **TOLD)


def test_ended_it_is_shut_out_and_stays_so(district: District) -> None:
    admin = district.street.admin
    key, client = make_client(by=admin, at=MORNING, **TOLD)
    for at in (LATER, LATER + timedelta(days=1)):
        assert end_client(by=admin, at=at, pk=client.pk).ended_at == LATER
    assert program_of(key) is None
    for by, pk in ((district.other.admin, client.pk), (admin, client.pk + 1)):
        with pytest.raises(NotFound):
            end_client(by=by, at=LATER, pk=pk)


def test_the_audit_knows_who_and_no_key(district: District) -> None:
    _key, client = make_client(by=district.street.admin, at=MORNING, **TOLD)
    end_client(by=district.street.admin, at=LATER, pk=client.pk)
    kept = apps.get_model("intake", "ApiClientEvent").objects.filter(pgh_obj_id=client.pk).order_by("pgh_id")
    assert list(kept.values_list("name", "ended_at")) == [("便民小程序", None), ("便民小程序", LATER)]
    assert "digest" not in {field.name for field in kept.model._meta.get_fields()}


def test_of_two_who_take_a_name_at_once_one_gets_it(committed: District) -> None:
    found = race([lambda: make_client(by=committed.street.admin, at=MORNING, **TOLD)] * 2)
    assert sorted(type(one).__name__ for one in found) == ["Invalid", "tuple"]


# --- reporting ---------------------------------------------------------------------------------------------------
def test_a_report_of_a_program_is_readable_for_it_at_once(district: District) -> None:
    client = client_of(district.street)
    report = report_as_client(client=client, told=told_of(district.street), at=MORNING)
    assert (report.channel, report.client, report.case.state) == ("open311", client, "reported")
    assert Publication.every.get().client == client


def test_a_replay_acts_once_another_content_is_refused(district: District) -> None:
    client, told = client_of(district.street), told_of(district.street)
    first, again = (report_as_client(client=client, told=told, at=at, reference="r") for at in (MORNING, LATER))
    assert first == again
    with pytest.raises(KeyReused):
        report_as_client(client=client, told=told_of(district.street, description="另"), at=MORNING, reference="r")
    assert Report.objects.count() == 1


def test_without_a_reference_each_is_one_of_its_own(district: District) -> None:
    client, told = client_of(district.street), told_of(district.street)
    for _turn in range(2):
        report_as_client(client=client, told=told, at=MORNING)
    assert Report.objects.count() == 2


def test_two_replays_at_once_make_one_case(committed: District) -> None:
    client, told = client_of(committed.street), told_of(committed.street)
    found = race([lambda: report_as_client(client=client, told=told, at=MORNING, reference="r")] * 2)
    assert found[0] == found[1]
    assert Case.objects.count() == Publication.every.count() == 1
