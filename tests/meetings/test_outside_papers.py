"""Papers behind a unit's link: its own are read, saved and confirmed, no others are there."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.meetings.circulars.work import make_circular_files
from cases.meetings.models import CircularReceipt
from cases.meetings.outside.actions import make_link
from citymgmt.papers import pdf
from tests.meetings.circulating import LATER, made
from tests.meetings.gatherings import ENACTED, Gathering


@pytest.fixture
def guest(gathering: Gathering, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser in which the school's link was opened."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    secret, _link = make_link(by=gathering.district.street.clerk, at=ENACTED, unit=gathering.school.pk)
    client.post(reverse("meetings:enter"), {"secret": secret})
    return client


def test_a_circular_is_read_and_its_receipt_confirmed(guest: Client, gathering: Gathering) -> None:
    circular = made(gathering, "issued")
    address = f"/unit/papers/circulars/{circular.pk}/"
    assert address in guest.get("/unit/").text
    assert "发现问题三处" in guest.get(address).text
    assert guest.post(address).status_code == 302
    receipt = CircularReceipt.objects.get(circular=circular, unit=gathering.school)
    assert (receipt.received_at, receipt.received_by, receipt.is_by_link) == (LATER, None, True)
    assert CircularReceipt.objects.exclude(received_at=None).count() == 1
    assert guest.post(address).status_code == 302


def test_its_file_is_offered_once_it_is_there(
    guest: Client, gathering: Gathering, monkeypatch: pytest.MonkeyPatch
) -> None:
    circular = made(gathering, "issued")
    address = f"/unit/papers/circulars/{circular.pk}/"
    assert f"{address}pdf/" not in guest.get(address).text
    assert guest.get(f"{address}pdf/").status_code == 404
    monkeypatch.setattr(pdf, "pdf", lambda paper: b"%PDF-1.7")
    make_circular_files(lambda: LATER)
    assert f"{address}pdf/" in guest.get(address).text
    assert guest.get(f"{address}pdf/").getvalue() == b"%PDF-1.7"
    assert guest.get(f"{address}xlsx/").status_code == 404


@pytest.mark.parametrize(
    ("state", "changed"), [("submitted", {}), ("issued", {"recipients": None})], ids=["not issued", "sent to others"]
)
def test_what_it_was_not_sent_is_not_there(
    guest: Client, gathering: Gathering, state: str, changed: dict[str, Any]
) -> None:
    others = {"recipients": [gathering.team.pk]} if changed else {}
    circular = made(gathering, state, **others)
    address = f"/unit/papers/circulars/{circular.pk}/"
    answers = [guest.get(address), guest.post(address), guest.get(f"{address}docx/")]
    assert {one.status_code for one in answers} == {404}
    assert circular.title not in guest.get("/unit/").text


@pytest.mark.parametrize("address", ["circulars/0", f"circulars/{2**63}", "minutes/1", "letters/1"])
def test_what_does_not_exist_is_not_there(guest: Client, address: str) -> None:
    assert guest.get(f"/unit/papers/{address}/").status_code == 404


def test_its_pages_cost_few_queries_however_much_it_was_sent(guest: Client, gathering: Gathering) -> None:
    def costs() -> list[int]:
        found = []
        for address in ("/unit/", f"/unit/papers/circulars/{first.pk}/"):
            guest.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert guest.get(address).status_code == 200
            found.append(len(asked))
        return found

    first = made(gathering, "issued")
    one = costs()
    for number in range(4):
        made(gathering, "issued", title=f"通报{number}")
        gathering.resolution("open", lead=gathering.school.pk)
    assert costs() == one
    assert max(one) <= 12
