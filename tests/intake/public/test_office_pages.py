"""The pages of the office about what goes out: a publication decided about, programs let in and shut out."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.intake.models import ApiClient, Disclosure, Publication
from cases.intake.models.clients import digest_of_key
from citymgmt.people.models import User
from tests.intake.reported import client_of, joined, reported, resident_case
from tests.office import District

AT = timezone.now() - timedelta(hours=1)
KEY = {"request_key": "00000000-0000-4000-8000-000000000001"}


@pytest.fixture
def clerk(district: District, client: Client) -> Client:
    """The clerk's browser, in English."""
    return logged_in(client, district.street.clerk)


def logged_in(client: Client, person: User) -> Client:
    """The browser of a person who reads English."""
    User.objects.filter(pk=person.pk).update(language="en")
    client.force_login(person)
    return client


# --- publications ------------------------------------------------------------------------------------------------
def test_the_page_says_what_everybody_reads(district: District, clerk: Client) -> None:
    case = resident_case(district, at=AT)
    text = clerk.get(f"/cases/{case.number}/publication/").content.decode()
    assert f'href="/public/{case.number}/"' in text
    assert case.description in text  # proposed
    for other, why in (
        (reported(district, at=AT), "public from its acceptance on"),
        (resident_case(district, at=AT, is_private=True), "does not want it in the public list"),
    ):
        assert why in clerk.get(f"/cases/{other.number}/publication/").content.decode()


def test_the_office_decides_on_the_page(district: District, clerk: Client) -> None:
    case = resident_case(district, at=AT)
    address = f"/cases/{case.number}/publication/"
    for told in (
        {"act": "release", "text": "路口垃圾堆积"},
        {"act": "withhold", "reason": "涉及隐私"},
        {"act": "show", "reason": "核实可公开"},
    ):
        answer = clerk.post(address, {**told, **KEY})
        assert (answer.status_code, answer["Location"]) == (302, address)
        text = clerk.get(address).content.decode()
        assert ("The office withholds it." in text) is (told["act"] == "withhold")
    assert Publication.objects.get().text == "路口垃圾堆积"
    assert Disclosure.objects.get().reason == "核实可公开"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"act": "withhold", "reason": ""}, 422), ({"act": "withhold", "reason": "a\nb"}, 422),
        ({"act": "show", "reason": "x" * 301}, 422), ({"act": "release", "text": "x" * 2001}, 422),
        ({"act": "release", "text": "a\x00"}, 422), ({"act": "x"}, 404), ({}, 404),
    ],
)  # fmt: skip
def test_what_is_wrong_comes_back(district: District, clerk: Client, told: dict[str, str], status: int) -> None:
    case = resident_case(district, at=AT)
    assert clerk.post(f"/cases/{case.number}/publication/", {**told, **KEY}).status_code == status
    assert Disclosure.objects.count() == 0


def test_who_opens_the_page(district: District, client: Client, log: Any) -> None:
    case = resident_case(district, "handling", at=AT)
    street = district.street
    for person, status in (
        (street.clerk, 200), (street.leader, 200), (street.officer, 403), (street.auditor, 403), (street.admin, 404),
        (district.other.clerk, 404), (district.liaison, 404),
    ):  # fmt: skip
        client.force_login(person)
        assert client.get(f"/cases/{case.number}/publication/").status_code == status
    client.force_login(street.clerk)
    for other in (log(AT), joined(district, case, AT).report.case):
        assert client.get(f"/cases/{other.number}/publication/").status_code == 404


def test_the_page_of_the_case_leads_there(district: District, clerk: Client, log: Any) -> None:
    case, office = resident_case(district, at=AT), log(AT)
    link = f"/cases/{case.number}/publication/"
    assert link in clerk.get(f"/cases/{case.number}/").content.decode()
    assert "/publication/" not in clerk.get(f"/cases/{office.number}/").content.decode()
    clerk.force_login(district.street.officer)
    assert link not in clerk.get(f"/cases/{case.number}/").content.decode()
    clerk.force_login(district.street.clerk)
    clerk.get(link)
    with CaptureQueriesContext(connection) as queries:
        clerk.get(link)
    assert len(queries) <= 12


# --- programs ----------------------------------------------------------------------------------------------------
def test_a_program_is_let_in_and_its_key_shown_once(district: District, client: Client) -> None:
    admin = logged_in(client, district.street.admin)
    answer = admin.post("/residents/programs/", {"name": "便民小程序", "contact": "张工", **KEY})
    found = re.search(r'id="shown-once">([^<]+)<', answer.content.decode())
    assert found is not None
    assert ApiClient.objects.get().digest == digest_of_key(found[1])
    text = admin.get("/residents/programs/").content.decode()
    assert "便民小程序" in text
    assert found[1] not in text
    again = admin.post("/residents/programs/", {"name": "便民小程序", "contact": "张工", **KEY})
    assert again.status_code == 422
    assert "A program has this name already" in again.content.decode()
    assert admin.post("/residents/programs/", {"name": "", **KEY}).status_code == 422


def test_a_program_is_shut_out(district: District, client: Client) -> None:
    program = client_of(district.street)
    admin = logged_in(client, district.street.admin)
    answer = admin.post(f"/residents/programs/{program.pk}/end/")
    assert (answer.status_code, answer["Location"]) == (302, "/residents/programs/")
    assert ApiClient.objects.get().ended_at is not None
    client.force_login(district.other.admin)
    assert client.post(f"/residents/programs/{program.pk}/end/").status_code == 404
    assert "张工" not in client.get("/residents/programs/").content.decode()


def test_the_list_costs_the_same_for_many(district: District, client: Client) -> None:
    admin = logged_in(client, district.street.admin)
    counts = []
    for more in (range(1), range(1, 10)):
        for number in more:
            reported(district, at=AT, client=client_of(district.street, f"程序{number}", f"key-{number}"))
        admin.get("/residents/programs/")
        with CaptureQueriesContext(connection) as queries:
            admin.get("/residents/programs/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
