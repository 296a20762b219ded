"""Whoever reports stays unnamed: after a whole life of a report neither name nor number nor secret stands anywhere in
the clear, in no table, log line, task, address, or subject of a mail.
"""

import logging
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from cases.actions import perform
from cases.actions.reporters import look_at_reporter
from cases.intake.models import Judgement
from citymgmt.outbox.channels import SENDERS
from citymgmt.outbox.delivery import deliver
from tests.intake.conftest import AT, form_of, secret_shown, the_report, token
from tests.office import District

NAME, PHONE, EMAIL = "金丝雀", "13912345678", "canary@example.org"


def tables() -> dict[str, str]:
    """Everything the database holds, by table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f"SELECT coalesce(string_agg(one::text, chr(10)), '') FROM \"{name}\" AS one")
            found[name] = cursor.fetchone()[0]
    return found


def test_nothing_tells_who_reported(
    guest: Client, district: District, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    tasks: list[Any] = []
    monkeypatch.setattr("celery.app.base.Celery.send_task", lambda *given, **named: tasks.append((given[1:], named)))
    street, addresses = district.street, ["/report/"]

    sent = form_of(district, name=NAME, phone=PHONE, email=EMAIL)
    secret = secret_shown(guest.post("/report/", sent))
    number = the_report().case.number
    opened = guest.post("/follow/", {"number": number, "secret": secret}, follow=True)
    addresses += [url for url, _status in opened.redirect_chain]
    common = {"website": "", "altcha": ""}
    guest.post("/follow/report/add/", {"token": token(), "text": "又来了", **common})
    perform("accept", number=number, by=street.clerk, at=AT)
    look_at_reporter(number=number, by=street.clerk, at=AT, purpose="ask_back")
    perform("decline_to_file", number=number, by=street.clerk, at=AT, note="不属实")
    judged = {"token": token(), "is_solved": "no", "score": "1", "words": "", **common}
    guest.post("/follow/report/judge/", judged)
    deliver(lambda: AT, SENDERS)

    assert Judgement.objects.count() == 1
    letters = [letter for letter in mail.outbox if EMAIL in letter.to]
    assert len(letters) == 2  # taken up, and no matter for the office
    assert not [one.subject for one in mail.outbox if NAME in one.subject or EMAIL in one.subject or secret in one.body]
    canaries = (NAME, PHONE, EMAIL, secret, secret.replace("-", ""))
    told = {"log": caplog.text, "tasks": repr(tasks), "addresses": " ".join(addresses), **tables()}
    assert {where: one for where, text in told.items() for one in canaries if one in text} == {}
    assert "citymgmt.requests" in caplog.text
