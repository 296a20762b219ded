"""The demo office has held two meetings: resolutions in every state, and a consultation about what is overdue."""

import pytest

from cases.demo import prepare
from cases.meetings import lifecycle
from cases.meetings.demo import make_meetings
from cases.meetings.models import AgendaItem, Evidence, Meeting, MemberUnit, Resolution
from citymgmt.outbox.models import Message
from tests.meetings.gatherings import assert_resolutions_are_true
from tests.office import china


@pytest.mark.parametrize("now", ["2026-11-24 10:30", "2026-10-08 07:00", "2027-03-02 23:00"])
def test_two_meetings_a_month_apart_and_resolutions_in_every_state(db: None, now: str) -> None:
    moment = china(now)
    prepare(passwords={}, now=moment)
    assert make_meetings(moment) == 8
    held = list(Meeting.objects.filter(state="held").order_by("starts_at"))
    assert len(held) == 2
    assert 20 <= (held[1].starts_at - held[0].starts_at).days <= 40
    assert set(Resolution.objects.values_list("state", flat=True)) == set(lifecycle.STATES)
    late = Resolution.objects.filter(state="open", due_at__lt=moment).order_by("id")
    assert [one.is_back for one in late] == [False, True]
    consultation = Meeting.objects.get(kind="consultation")
    assert [item.resolution for item in AgendaItem.objects.filter(meeting=consultation)] == [late[0]]
    assert consultation.state == "invited"
    assert not Message.objects.filter(kind="resolution_enact", read_at=None, created_at__lt=held[0].starts_at).exists()
    assert set(Evidence.objects.values_list("event__resolution__state", "state")) == {("done", "ready")}
    assert_resolutions_are_true()
    units = MemberUnit.objects.count()
    assert (make_meetings(moment), MemberUnit.objects.count()) == (0, units)


def test_without_the_demo_office_there_is_none(db: None) -> None:
    assert make_meetings(china("2026-11-24 10:30")) == 0
