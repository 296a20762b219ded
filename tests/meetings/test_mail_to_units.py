"""A unit that nobody reads for in the portal gets a mail; the link in it opens once and stands nowhere."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection

from cases.meetings.actions import act_on_resolution, cancel_meeting
from cases.meetings.models import MemberUnit, UnitLink
from cases.meetings.outside.actions import LinkGone, open_link, report_as_unit
from citymgmt.outbox.channels import SENDERS
from citymgmt.outbox.delivery import deliver
from citymgmt.outbox.models import Message
from tests.meetings.gatherings import BEGINS, ENACTED, PLANNED, Gathering

SOON = PLANNED + timedelta(minutes=5)


def to_units() -> list[str]:
    """The kinds of the messages to units by mail, as they came up."""
    return list(Message.objects.exclude(addressee="").order_by("pk").values_list("kind", flat=True))


def delivered(at: Any = SOON) -> list[EmailMessage]:
    """The mails to the school."""
    deliver(lambda: at, SENDERS)
    return [letter for letter in mail.outbox if letter.to == ["school@example.org"]]


def secret_in(letter: EmailMessage) -> str:
    found = re.search(r"/unit/open/([\w-]+)/", letter.body)
    assert found is not None
    return found[1]


def test_an_invitation_comes_with_a_calendar_file_and_a_link(gathering: Gathering) -> None:
    (letter,) = delivered()
    assert letter.subject == "会议邀请：三月联席会议，2026-03-03 14:30，三楼会议室"
    ((name, content, kind),) = letter.attachments
    assert (name, kind) == ("meeting-2026-1.ics", "text/calendar")
    assert "SUMMARY:三月联席会议" in content
    assert "STATUS:CONFIRMED" in content


def test_its_link_opens_once_for_this_unit(gathering: Gathering) -> None:
    (letter,) = delivered()
    link = open_link(secret=secret_in(letter), at=SOON)
    assert (link.unit, link.made_by, link.expires_at) == (gathering.school, None, PLANNED + timedelta(days=14))
    assert not UnitLink.objects.filter(opened_at=None).exists()


def test_the_secret_stands_in_no_row(gathering: Gathering) -> None:
    secret = secret_in(*delivered())
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS r WHERE r::text LIKE %s', [f"%{secret}%"])
            assert cursor.fetchone() == (0,), table


def test_a_mail_that_is_sent_again_leads_behind_the_same_link(gathering: Gathering) -> None:
    first = secret_in(*delivered())
    Message.objects.exclude(addressee="").update(state="waiting", next_at=SOON)
    assert {secret_in(letter) for letter in delivered()} == {first}
    assert UnitLink.objects.count() == 1


def test_after_another_secret_key_it_opens_nothing(gathering: Gathering, settings: LazySettings) -> None:
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(LinkGone):
        open_link(secret=secret_in(*delivered()), at=SOON)


def test_units_with_people_in_the_portal_get_no_mail_of_their_own(gathering: Gathering) -> None:
    assert set(Message.objects.exclude(addressee="").values_list("addressee", flat=True)) == {
        f"unit:{gathering.school.pk}"
    }


def test_the_people_of_units_get_the_calendar_file_too(gathering: Gathering) -> None:
    cancel_meeting(by=gathering.district.street.clerk, at=SOON, pk=gathering.meeting.pk, reason="停电")
    delivered()
    mine = [letter for letter in mail.outbox if letter.to == [gathering.district.liaison.email]]
    assert [name for letter in mine for name, _content, _kind in letter.attachments] == ["meeting-2026-1.ics"]


@pytest.mark.parametrize(
    ("contact", "substitute", "to"), [("a@example.org", "b@example.org", "a@example.org"),
                                      ("", "b@example.org", "b@example.org")],
)  # fmt: skip
def test_the_contact_person_before_the_substitute(gathering: Gathering, contact: str, substitute: str, to: str) -> None:
    MemberUnit.objects.filter(pk=gathering.school.pk).update(contact_email=contact, substitute_email=substitute)
    deliver(lambda: SOON, SENDERS)
    assert [to] in [letter.to for letter in mail.outbox]


def test_without_an_address_nothing_is_put_in(gathering: Gathering) -> None:
    MemberUnit.objects.update(contact_email="", substitute_email="")
    before = to_units()
    cancel_meeting(by=gathering.district.street.clerk, at=SOON, pk=gathering.meeting.pk, reason="停电")
    assert to_units() == before


def test_called_off_it_goes_out_of_the_calendar(gathering: Gathering) -> None:
    cancel_meeting(by=gathering.district.street.clerk, at=SOON, pk=gathering.meeting.pk, reason="停电")
    assert to_units() == ["meeting_invite", "meeting_cancel"]
    assert "METHOD:CANCEL" in delivered()[-1].attachments[0][1]


def test_it_is_told_of_its_resolutions_but_not_of_what_it_did_itself(gathering: Gathering) -> None:
    resolution = gathering.resolution("open", lead=gathering.school.pk)
    assert to_units()[1:] == ["resolution_enact"]
    link = open_link(secret=secret_in(delivered(ENACTED)[-1]), at=ENACTED)
    report_as_unit(
        "report_done", link=link, number=resolution.number, at=ENACTED, version=2, note="完成", request_key="1"
    )
    assert to_units()[1:] == ["resolution_enact"]
    act_on_resolution("agree", number=resolution.number, by=gathering.district.street.leader, at=BEGINS + timedelta(3))
    assert to_units()[1:] == ["resolution_enact", "resolution_agree"]
