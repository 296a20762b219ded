"""The four duties of the demo offices: their list, three months confirmed, one handed in, this month's open."""

from datetime import datetime, timedelta
from random import Random

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role
from communities.boards.drawings import board as drawn
from communities.four_duties import actions
from communities.four_duties.actions import AnswerTold
from communities.four_duties.lifecycle import OPEN
from communities.four_duties.scoring import DONE, NOT_APPLICABLE, NOT_DONE, PARTLY
from communities.models import Duty, DutyAnswer, DutySheet
from communities.querysets import acting_officers

MONTHS = 4
NOTES = {PARTLY: "只完成一部分，下月补齐", NOT_DONE: "因人手不足未开展", NOT_APPLICABLE: "本社区无此项"}


@transaction.atomic
def make_duties(now: datetime, district_code: str) -> int:
    """How many sheets there are then; 0 when there is a list already, or no demo office."""
    streets = list(SubDistrict.objects.filter(district_code=district_code).order_by("code"))
    if Duty.objects.exists() or not streets:
        return 0
    rng = Random(7)
    leaders = {street.pk: _of_role(street, Role.LEADER) for street in streets}
    for street in streets:
        leader = leaders[street.pk]
        if leader is not None:
            actions.make_usual_duties(by=leader, at=now - timedelta(days=150))
    this = timezone.localtime(now).replace(day=1, hour=9, minute=0, second=0, microsecond=0)
    for back in range(MONTHS, -1, -1):
        began = min(this - relativedelta(months=back), now)
        actions.open_sheets(at=began)
        if back:
            _answer(began, leaders, rng, is_confirmed=back > 1)
    return DutySheet.objects.count()


def _of_role(street: SubDistrict, role: Role) -> User | None:
    return User.objects.filter(subdistrict=street, role=role, is_active=True).order_by("pk").first()


def _answer(began: datetime, leaders: dict[int, User | None], rng: Random, *, is_confirmed: bool) -> None:
    """The officers hand the month in on its last day; a leader confirms it the day after."""
    at = began + relativedelta(months=1) - timedelta(hours=16)
    sheets = DutySheet.objects.filter(month_on=timezone.localdate(began), state=OPEN).select_related("community")
    acting = acting_officers([one.community_id for one in sheets], timezone.localdate(at))
    people = User.objects.in_bulk(acting.values())
    for sheet in sheets.order_by("pk"):
        by, leader = people.get(acting.get(sheet.community_id, 0)), leaders[sheet.community.subdistrict_id]
        if by is None or leader is None:
            continue
        told = [_told(answer, rng, sheet.pk) for answer in sheet.answers.order_by("ordinal")]
        actions.fill_in_sheet(by=by, at=at, pk=sheet.pk, answers=told, is_final=True)
        if is_confirmed:
            actions.confirm_sheet(by=leader, at=at + timedelta(days=1), pk=sheet.pk)


def _told(answer: DutyAnswer, rng: Random, number: int) -> AnswerTold:
    (mark,) = rng.choices((DONE, PARTLY, NOT_DONE, NOT_APPLICABLE), (70, 18, 8, 4))
    photos = (drawn(f"{number}-{answer.ordinal}"),) if answer.needs_photo and mark in (DONE, PARTLY) else ()
    return AnswerTold(answer.ordinal, mark, NOTES.get(mark, ""), photos)
