"""What tests of circulars begin with: a circular of the first street to all its units, at some point of its life."""

from typing import Any

from cases.meetings.circulars.actions import CircularText, draft_circular, issue_circular, submit_circular
from cases.meetings.circulars.models import Circular
from tests.meetings.gatherings import Gathering
from tests.office import china

AT = china("2026-03-04 09:00")  # a Wednesday
LATER = china("2026-03-05 10:00")


def text_to(gathering: Gathering, **changed: Any) -> CircularText:
    """A circular to all units of the gathering."""
    told = {"title": "关于市容检查情况的通报", "body": "现将检查情况通报如下。\n发现问题三处。"}
    return CircularText(**{**told, "recipients": [unit.pk for unit in gathering.units], **changed})


def made(gathering: Gathering, state: str = "draft", **changed: Any) -> Circular:
    """A circular that has come as far as `state`: drafted and submitted by the clerk, issued by the leader."""
    street = gathering.district.street
    circular = draft_circular(by=street.clerk, at=AT, text=text_to(gathering, **changed))
    if state != "draft":
        circular = submit_circular(by=street.clerk, at=AT, pk=circular.pk, version=circular.version)
    if state == "issued":
        circular = issue_circular(by=street.leader, at=AT, pk=circular.pk, version=circular.version)
    return Circular.objects.get(pk=circular.pk)
