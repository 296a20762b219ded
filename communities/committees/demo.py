"""Owners' committees of the demo office: one on its way to the assembly, one in office."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from citymgmt.people.models import User
from citymgmt.people.roles import Role
from citymgmt.worktime import sweep
from communities.committees import actions
from communities.committees.actions import ApplicationTold, VoteTold
from communities.models import OwnersCommittee, ResidentialArea

DAY = timedelta(days=1)
ONGOING, FILED = "育才小区", "锦绣花园"  # areas of `communities.areas.demo`
Step = tuple[str, int, dict[str, Any]]
TO_ASSEMBLY: tuple[Step, ...] = (
    ("accept", 12, {}),
    ("form_group", 25, {"group_size": 9}),
    ("call", 40, {"meeting_on": 60, "informed_on": 40}),
)
TO_FILING: tuple[Step, ...] = (
    ("elect", 60, {"member_count": 7}),
    ("file", 72, {}),
    ("register", 75, {"filing_number": "街业备〔2025〕1号", "term_until": 60 + 1700}),
)


@transaction.atomic
def make_committees(now: datetime) -> int:
    """How many owners' committees were entered; 0 when there are some, or no demo areas."""
    if OwnersCommittee.objects.exists():
        return 0
    for area in ResidentialArea.objects.filter(name__in=(ONGOING, FILED)).select_related("community").order_by("pk"):
        began = timezone.localtime(now - (48 if area.name == ONGOING else 400) * DAY).replace(hour=9, minute=30)
        _tell(area, began, is_filed=area.name == FILED)
    sweep.run(now)
    return OwnersCommittee.objects.count()


def _tell(area: ResidentialArea, began: datetime, *, is_filed: bool) -> None:
    office = area.community.subdistrict_id
    people = User.objects.filter(subdistrict=office, is_active=True).order_by("pk")
    clerk, leader = (people.filter(role=role).first() for role in (Role.CLERK, Role.LEADER))
    if clerk is None or leader is None:
        return
    on, m2, owners = timezone.localdate(began), area.floor_area_m2, area.household_count
    told = ApplicationTold(on, m2, m2, owners, owners // 8)
    pk = actions.apply_for_committee(area=area.pk, by=clerk, at=began, told=told).committee_id
    for step in TO_ASSEMBLY:
        _take(pk, step, began, clerk, leader)
    if is_filed:
        heads = (owners, owners * 3 // 4, owners * 2 // 3)
        sums = (m2, (m2 * 3 / 4).quantize(Decimal("0.01")), (m2 * 2 / 3).quantize(Decimal("0.01")))
        vote = VoteTold(on + 60 * DAY, 3, "选举第一届业主委员会", *sums, *heads)
        actions.record_vote(pk=pk, by=clerk, at=began + 60 * DAY, told=vote)
        for step in TO_FILING:
            _take(pk, step, began, clerk, leader)


def _take(pk: int, step: Step, began: datetime, clerk: User, leader: User) -> None:
    name, days, given = step
    on = timezone.localdate(began)
    dated = {key: on + value * DAY if key.endswith(("_on", "_until")) else value for key, value in given.items()}
    by = leader if name in ("accept", "register") else clerk
    actions.act_on_committee(name, pk=pk, by=by, at=began + days * DAY, on=on + days * DAY, **dated)
