"""Fixtures of residents: somebody without a log-in who reports, follows and judges."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from cases.actions import perform
from cases.intake.actions.reporting import Receipt, Told, report_matter
from cases.intake.guests import FormKey
from cases.intake.models import Report, Topic
from cases.intake.secrets import new_key
from cases.models import Case
from tests.office import District, china, standard

AT = china("2026-03-04 09:00")
Reports = Callable[..., Receipt]


@pytest.fixture
def topic(district: District) -> Topic:
    """Stalls in the way: with two questions, of which none must be answered."""
    return Topic.objects.get(code="vending")


@pytest.fixture
def reports(district: District, topic: Topic) -> Reports:
    """Report something: `reports(description=…, at=…)`; what is the action's own goes to the action."""

    def report_one(**given: Any) -> Receipt:
        own = {name: given.pop(name) for name in ("at", "form_key", "uploads", "client") if name in given}
        told = {"topic": topic, "description": "路口有人摆摊", "community": district.street.communities[0], **given}
        action = {"at": AT, "form_key": new_key(), **own}
        return report_matter(subdistrict=district.street.subdistrict, told=Told(**told), **action)

    return report_one


@pytest.fixture
def closed(district: District) -> Callable[[Case], Case]:
    """Carry a reported case to its end: accepted, filed, handled, inspected."""

    def close_it(case: Case, at: datetime = AT) -> Case:
        street = district.street
        perform("accept", number=case.number, by=street.clerk, at=at)
        perform("file", number=case.number, by=street.clerk, at=at, standard=standard(20))
        perform("dispatch", number=case.number, by=street.clerk, at=at, officer=street.officer)
        perform("report_back", number=case.number, by=street.officer, at=at, note="内部备注")
        perform("pass", number=case.number, by=street.clerk, at=at)
        case.refresh_from_db()
        return case

    return close_it


@pytest.fixture
def english() -> Iterator[None]:
    """Sentences in English."""
    with override("en"):
        yield


@pytest.fixture
def guest(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser of somebody without a log-in, at AT."""
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AT)
    return Client(headers={"accept-language": "en"})


def token(at: datetime = AT) -> str:
    """What a form of the portal carries, made at a moment."""
    return FormKey(new_key(), at).signed


def form_of(district: District, **given: Any) -> dict[str, Any]:
    """What a browser sends that fills in the public form."""
    told = {"topic": "vending", "description": "路口有人摆摊", "community": district.street.communities[0].pk}
    return {"token": token(), "altcha": "", "kept": "", "website": "", **told, **given}


def secret_shown(answer: Any) -> str:
    """The secret on a receipt."""
    found = re.search(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){7}", answer.content.decode())
    assert found is not None
    return found[0]


def follow(guest: Client, receipt: Receipt) -> Any:
    """Open a report by number and secret; the page that follows."""
    told = {"number": receipt.report.case.number, "secret": receipt.secret}
    return guest.post("/follow/", told, follow=True)


def the_report() -> Report:
    """The one report there is."""
    return Report.objects.select_related("case").get()
