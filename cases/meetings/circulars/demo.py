"""Circulars of the demo office: a commendation and a criticism that were issued, and a draft."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from cases.meetings.circulars import actions
from cases.meetings.circulars.actions import CircularText
from cases.meetings.circulars.models import Circular
from cases.meetings.models import MemberUnit
from cases.models import Case
from citymgmt.people.models import SubDistrict, User
from citymgmt.worktime.clock import Calendar

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MORNING = time(9, 30)


@dataclass(frozen=True)
class Told:
    """A circular of the demo: what it says, how many days ago it was drafted, within how many days after that receipts
    are wanted, how many units have confirmed; `is_issued` or still a draft, with `cases` many closed ones.
    """

    kind: str
    title: str
    body: str
    days_ago: int
    confirm_days: int | None = None
    confirmed: int = 0
    cases: int = 0
    is_issued: bool = True


CIRCULARS = (
    Told(
        Circular.Kind.COMMENDATION,
        "关于表扬河涌小学护学岗志愿服务的通报",
        "开学以来，河涌小学组织教师和家长在上下学时段维持校门口秩序，协助执法队劝离流动摊贩，"
        "校门口占道经营问题明显减少。\n为此，街道办事处对河涌小学予以通报表扬。"
        "希望各成员单位学习借鉴，共同维护校园周边环境。",
        24,
        7,
        10,
    ),
    Told(
        Circular.Kind.CRITICISM,
        "关于南苑片区市容问题整改不力的通报",
        "近期检查发现，南苑片区部分市容问题整改不到位，同类问题反复出现。有关单位主动巡查不够，"
        "发现问题后处置不及时。\n请各成员单位引以为戒，对照本通报所列案件举一反三，"
        "于收到通报后三个工作日内报送整改情况。",
        8,
        5,
        6,
        3,
    ),
    Told(
        Circular.Kind.INFORMATION,
        "关于近期城市管理工作情况的通报",
        "现将近期城市管理工作有关情况通报如下。\n各成员单位按照联席会议议定事项推进整治，"
        "榕荫路步行街、榕荫肉菜市场周边环境有所改善。\n下一步，请继续做好节日期间的市容保障。",
        1,
        is_issued=False,
    ),
)


def play_circulars(office: SubDistrict, clerk: User, leader: User, now: datetime, calendar: Calendar) -> None:
    """Write them in the name of the clerk, issue them in that of the leader, confirm some receipts."""
    units = [unit.pk for unit in MemberUnit.objects.filter(subdistrict=office, is_active=True).order_by("id")]
    for told in CIRCULARS:
        _play(told, office, units, (clerk, leader), _morning(now - told.days_ago * DAY, calendar))


def _morning(at: datetime, calendar: Calendar) -> datetime:
    """The morning of the last working day up to that of a moment."""
    on = timezone.localdate(at)
    while not calendar.is_working(on):
        on -= DAY
    return timezone.make_aware(datetime.combine(on, MORNING))


def _play(told: Told, office: SubDistrict, units: list[int], people: tuple[User, User], at: datetime) -> None:
    clerk, leader = people
    wanted = timezone.localdate(at) + told.confirm_days * DAY if told.confirm_days is not None else None
    cases = Case.objects.filter(subdistrict=office, created_at__lt=at).exclude(address="").order_by("-id")[: told.cases]
    text = CircularText(told.title, told.body, units, kind=told.kind, cases=list(cases), confirm_by=wanted)
    made = actions.draft_circular(by=clerk, at=at, text=text)
    if not told.is_issued:
        return
    made = actions.submit_circular(by=clerk, at=at + HOUR, pk=made.pk, version=made.version)
    made = actions.issue_circular(by=leader, at=at + 2 * HOUR, pk=made.pk, version=made.version)
    for receipt in made.receipts.order_by("pk")[: told.confirmed]:
        actions.confirm_circular_receipt(by=clerk, at=at + DAY, pk=receipt.pk)
