"""Bulletins of the demo office: two issued, and the draft of the month that ended last."""

from datetime import datetime

from django.db.models import Min
from django.utils import timezone

from cases.demo import names
from cases.models import Case
from cases.statistics.bulletins.actions import ask_files, draft_bulletin, issue_bulletin, save_bulletin
from cases.statistics.bulletins.actions.editing import Section, Text
from cases.statistics.bulletins.models import Bulletin
from cases.statistics.periods import Period, last_month
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role

MONTHS = 3
REPORTS_TO, SENDS_TO = "区城市管理委员会", "区城市管理和综合执法局、区住房建设和园林局、市生态环境局区分局"
COPIES_TO = "各社区居民委员会，环卫保洁队、执法队、消杀队"


def make_bulletins(now: datetime) -> int:
    """Draft and issue what is missing; returns how many were drafted. A demo of less than three months gets none."""
    office = SubDistrict.objects.filter(code=names.BANYAN.code).first()
    if office is None or Bulletin.objects.filter(subdistrict=office).exists():
        return 0
    clerk, leader = (_person(office, role) for role in (Role.CLERK, Role.LEADER))
    months = _months(office, now)
    if clerk is None or leader is None or len(months) < MONTHS:
        return 0
    for month in months:
        bulletin = _draft(clerk, month, now)
        if month != months[-1]:
            issue_bulletin(by=leader, at=now, pk=bulletin.pk, version=bulletin.version)
    ask_files(by=clerk, at=now, pk=bulletin.pk)
    return len(months)


def _person(office: SubDistrict, role: Role) -> User | None:
    return User.objects.filter(subdistrict=office, role=role, is_active=True).order_by("username").first()


def _months(office: SubDistrict, now: datetime) -> list[Period]:
    """The last months that the demo fills from their first day on, the earliest first."""
    begun = Case.objects.filter(subdistrict=office).aggregate(first=Min("created_at"))["first"]
    if begun is None:
        return []
    first_on, month = timezone.localdate(begun), last_month(timezone.localdate(now))
    months: list[Period] = []
    while len(months) < MONTHS and month.first >= first_on:
        months.insert(0, month)
        month = month.before()
    return months


def _draft(clerk: User, month: Period, now: datetime) -> Bulletin:
    """The draft with its distribution, as the clerk saves it."""
    bulletin = draft_bulletin(by=clerk, at=now, month=month.first)
    text = Text(
        title=bulletin.title,
        issuer=bulletin.issuer,
        sections=[Section(**section) for section in bulletin.sections],
        reports_to=REPORTS_TO,
        sends_to=SENDS_TO,
        copies_to=COPIES_TO,
    )
    return save_bulletin(by=clerk, at=now, pk=bulletin.pk, version=bulletin.version, text=text)
