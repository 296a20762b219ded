"""What tests of meetings begin with: units, a meeting, a resolution at some point of its life."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from cases.meetings.actions import MeetingPlan, Wording, act_on_resolution, invite_units, make_resolution, plan_meeting
from cases.meetings.models import Meeting, MemberUnit, Resolution
from cases.meetings.verification import verify_resolutions
from cases.models import Case
from tests.office import District, china

PLANNED = china("2026-03-02 09:00")  # a Monday
BEGINS = china("2026-03-03 14:30")
ENACTED = china("2026-03-04 09:00")  # a Wednesday; ten working days end on Wednesday, 18 March, 09:00


@dataclass
class Gathering:
    """An office, its member units and a meeting to which they are invited."""

    district: District
    department: MemberUnit
    team: MemberUnit
    community: MemberUnit
    school: MemberUnit
    meeting: Meeting

    @property
    def units(self) -> list[MemberUnit]:
        """All of them."""
        return [self.department, self.team, self.community, self.school]

    def wording(self, **changed: Any) -> Wording:
        """What the department is to do within ten working days, with the team's help."""
        told = {"text": "拆除沿街违建雨棚", "lead": self.department.pk, "supporting": [self.team.pk], "limit_days": 10}
        return Wording(**{**told, **changed})

    def resolution(self, state: str = "draft", cases: Sequence[Case] = (), **changed: Any) -> Resolution:
        """A resolution that has come as far as `state`."""
        street = self.district.street
        event = make_resolution(
            by=street.clerk,
            at=BEGINS + timedelta(hours=1),
            meeting=self.meeting.pk,
            wording=self.wording(**changed),
            cases=cases,
        )
        number = event.resolution.number
        if state != "draft":
            act_on_resolution("enact", number=number, by=street.leader, at=ENACTED)
        if state in ("reported", "done"):
            later = ENACTED + timedelta(days=1)
            act_on_resolution("report_done", number=number, by=self.district.liaison, at=later, note="已拆除")
        if state == "done":
            act_on_resolution("agree", number=number, by=street.leader, at=ENACTED + timedelta(days=2))
        return Resolution.objects.get(number=number)


def units_of_every_kind(district: District) -> list[MemberUnit]:
    """A department, a team, a community and a school of the first street."""
    street = district.street
    return [
        MemberUnit.objects.create(subdistrict=street.subdistrict, **told)
        for told in (
            {"kind": "department", "name_zh": "区城管局", "name_en": "Urban management", "organisation": district.cgj},
            {"kind": "team", "name_zh": "执法队", "organisation": street.team},
            {"kind": "community", "name_zh": "第一社区", "community": street.communities[0]},
            {"kind": "institution", "name_zh": "第一小学", "contact_email": "school@example.org"},
        )
    ]


def gather(district: District) -> Gathering:
    """Units of every kind, and a meeting of the first street."""
    street, made = district.street, units_of_every_kind(district)
    plan = MeetingPlan("三月联席会议", BEGINS, "三楼会议室", [unit.pk for unit in made], chair=street.leader.pk)
    meeting = plan_meeting(by=street.clerk, at=PLANNED, plan=plan)
    invite_units(by=street.clerk, at=PLANNED, pk=meeting.pk)
    return Gathering(district, *made, Meeting.objects.get(pk=meeting.pk))


def assert_resolutions_are_true() -> None:
    """Each resolution is what its history says."""
    assert {number: found for number, found in verify_resolutions() if found} == {}
