"""Joint meetings of the demo office: two held a month apart, one to come, resolutions in every state; circulars.

`manage.py seed_demo` calls `seed`. Everything goes through the actions, at the moments at which it happened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import process_photos
from cases.demo import names
from cases.demo.drawings import draw
from cases.meetings import actions
from cases.meetings.actions import MeetingPlan, Wording
from cases.meetings.circulars.demo import play_circulars
from cases.meetings.minutes import actions as of_minutes
from cases.meetings.models import Meeting, MeetingRule, MemberUnit, Resolution
from cases.meetings.regular import Rhythm, meeting_days, next_working
from cases.models import Case
from citymgmt.outbox.actions import mark_read
from citymgmt.outbox.models import Message
from citymgmt.people.models import Organisation, SubDistrict, User
from citymgmt.worktime import sweep
from citymgmt.worktime.rules import current_rules
from communities.models import Community, KeyPlace

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
STARTS, PLACE = time(14, 30), "街道办三楼会议室"
READ_AFTER = 10 * DAY  # as the messages of the demo cases
KIND = MemberUnit.Kind
REPORTS_TO, COPIES_TO = "区城市管理委员会", "各成员单位"


@dataclass(frozen=True)
class UnitName:
    """A member unit: kind, name, and the key of its body in the portal (`community`: the index of a community)."""

    kind: str
    name_zh: str
    name_en: str
    body: str = ""
    community: int | None = None
    contact: str = ""


UNITS: dict[str, UnitName] = {
    "cgj": UnitName(KIND.DEPARTMENT, "区城管执法局", "Urban management bureau", "cgj", contact="江振宇"),
    "zjj": UnitName(KIND.DEPARTMENT, "区住建局", "Housing bureau", "zjj", contact="方雅琳"),
    "jtj": UnitName(KIND.DEPARTMENT, "区交通局", "Transport bureau", "jtj", contact="邱浩然"),
    "market": UnitName(KIND.MARKET, "榕树市场监管所", "Banyan market supervision", "scj", contact="童立文"),
    "police": UnitName(KIND.POLICE, "榕树派出所", "Banyan police station", "gafj", contact="石建平"),
    "school": UnitName(KIND.INSTITUTION, "河涌小学", "Hechong Primary School", contact="关绮雯"),
    "enforcement": UnitName(KIND.TEAM, "综合执法队", "Enforcement team", "enforcement", contact="罗永康"),
    "cleaning": UnitName(KIND.TEAM, "环卫保洁队", "Cleaning team", "cleaning", contact="冯秀珍"),
    "rongyin": UnitName(KIND.COMMUNITY, "榕荫社区", "Rongyin community", community=0, contact="陈志强"),
    "office": UnitName(KIND.OFFICE, "街道应急办", "Emergency section", "office", contact="程伯安"),
}


@dataclass(frozen=True)
class Step:
    """What is done with a resolution: so many days after it came into force, by whom (a log-in), saying what, and what
    its photos show, before and after.
    """

    action: str
    days: int
    by: str
    note: str = ""
    shows: str = ""


@dataclass(frozen=True)
class Told:
    """A resolution: of which item (from 1), what, who, within how many working days, where, and what came of it."""

    item: int
    text: str
    lead: str
    supporting: tuple[str, ...]
    limit_days: int
    place: str = ""
    steps: tuple[Step, ...] = ()
    is_enacted: bool = True
    about_case: bool = False


@dataclass(frozen=True)
class Held:
    """A meeting that was held: its title, its items with what was said, what it resolved."""

    title: str
    items: tuple[tuple[str, str], ...]
    resolutions: tuple[Told, ...]


FIRST = Held(
    "城市管理联席会议（月度例会）",
    (
        (
            "榕荫路步行街占道经营整治",
            "会议听取了执法队关于榕荫路夜间占道经营的情况汇报。市场监管所建议与商户签订责任书。",
        ),
        ("渣土车运输撒漏与夜间扰民", "会议认为，渣土运输线路须避开学校和居民楼，由交通部门核定线路。"),
        ("河涌北路违建雨棚", "会议听取了区城管执法局的意见，现场共有雨棚二十三处。"),
    ),
    (
        Told(
            1,
            "对榕荫路步行街占道经营开展联合整治，与沿街商户签订市容责任书。",
            "cgj",
            ("enforcement", "market"),
            10,
            "榕荫路步行街",
            (
                Step("progress", 2, "liaison", "已会同执法队清理流动摊档十七处，签订责任书四十份。", "stall"),
                Step("report_done", 6, "liaison", "整治完成，责任书全部签订。"),
                Step("agree", 7, "leader", "同意。"),
            ),
        ),
        Told(
            1,
            "每日二十二时至次日零时安排保洁力量清理步行街垃圾。",
            "cleaning",
            ("rongyin",),
            3,
            "榕荫路步行街",
            (
                Step("report_done", 9, "fengxiuzhen", "夜间保洁班组已到位。", "waste"),
                Step("agree", 10, "shenhuimin", "同意，注意长期保持。"),
            ),
        ),
        Told(
            2,
            "核定渣土运输线路，避开河涌小学周边，并在路口设置限行标志。",
            "jtj",
            ("police", "school"),
            5,
            "河涌北路",
            (
                Step("progress", 3, "qiuhaoran", "线路方案已拟定，正征求学校意见。"),
                Step("urge", 8, "clerk", "请尽快完成线路核定。"),
            ),
            about_case=True,
        ),
        Told(2, "对工地出入口开展联合检查，落实冲洗设施。", "zjj", ("enforcement",), 5, "南苑旧改工地"),
        Told(
            3,
            "拆除河涌北路临街违建雨棚。",
            "enforcement",
            ("cgj",),
            15,
            "河涌北路美食街",
            (Step("withdraw", 4, "leader", "该路段已列入区级改造项目，由区统一拆除。"),),
        ),
    ),
)
SECOND = Held(
    "城市管理联席会议（月度例会）",
    (
        ("肉菜市场周边环境", "会议听取了榕荫社区关于榕荫肉菜市场周边积水和垃圾的汇报。"),
        ("楼道电动自行车停放", "会议要求应急办牵头排查消防通道。"),
    ),
    (
        Told(
            1,
            "疏通榕荫肉菜市场周边排水沟，增设垃圾收集点两处。",
            "cleaning",
            ("market", "rongyin"),
            30,
            "榕荫肉菜市场",
            (Step("progress", 1, "fengxiuzhen", "排水沟已勘察，材料进场。"),),
        ),
        Told(
            1,
            "检查市场内熟食档口的证照和卫生。",
            "market",
            ("enforcement",),
            8,
            "榕荫肉菜市场",
            (Step("report_done", 1, "tongliwen", "已检查档口三十一个，责令改正四个。"),),
        ),
        Told(2, "排查楼道电动自行车违规停放，建立台账。", "office", ("rongyin", "police"), 15, is_enacted=False),
    ),
)


def seed(*, now: datetime, tell: Callable[[str], None], **_given: Any) -> None:
    """Make what is missing of it."""
    made = make_meetings(now)
    if made:
        tell(_("%(count)d resolutions of joint meetings of the demo office are there.") % {"count": made})


@transaction.atomic
def make_meetings(now: datetime) -> int:
    """Hold the meetings of the demo office; returns how many resolutions were made, none when there is a unit."""
    office = SubDistrict.objects.filter(code=names.BANYAN.code).first()
    people = {user.username: user for user in User.objects.filter(is_active=True)}
    if office is None or MemberUnit.objects.filter(subdistrict=office).exists() or not _has_people(office, people):
        return 0
    stage = _Stage(office, people, now)
    first, second = _days_of_meetings(timezone.localdate(now))
    stage.hold(FIRST, first)
    stage.hold(SECOND, second)
    sweep.run(now)
    stage.call_consultation()
    process_photos(now=lambda: now)
    play_circulars(office, stage.clerk, stage.leader, now, current_rules().calendar)
    _read_old_messages(now)
    return Resolution.objects.filter(subdistrict=office).count()


def _has_people(office: SubDistrict, people: dict[str, User]) -> bool:
    """Whether those who act here are people of the demo office, and not others of the same names."""
    staff = [people.get(name) for name in ("clerk", "leader")]
    return all(one is not None and one.subdistrict_id == office.pk for one in staff)


def _days_of_meetings(today: date) -> list[date]:
    """The last two first Tuesdays before yesterday, off holidays."""
    rhythm = Rhythm(1, 2, 1, (today - 100 * DAY).replace(day=1))
    days = meeting_days(rhythm, today - 100 * DAY, current_rules().calendar)
    return list(takewhile(lambda day: day < today - DAY, days))[-2:]


def _read_old_messages(now: datetime) -> None:
    old = Message.objects.filter(
        kind__regex="^(circular|meeting|resolution)_", created_at__lt=now - READ_AFTER, read_at=None
    )
    for user in User.objects.filter(pk__in=old.order_by().values("recipient")).order_by("pk"):
        mark_read(by=user, at=now, ids=list(old.filter(recipient=user).values_list("pk", flat=True)))


class _Stage:
    """The demo office while its meetings are played."""

    def __init__(self, office: SubDistrict, people: dict[str, User], now: datetime) -> None:
        self.office, self.people, self.now = office, people, now
        self.clerk, self.leader = people["clerk"], people["leader"]
        self.units = {key: self._unit(name, now - 120 * DAY) for key, name in UNITS.items()}
        rule = MeetingRule(title="城市管理联席会议", starts=STARTS, place=PLACE, since=timezone.localdate(now))
        actions.save_rule(by=self.clerk, at=now, rule=rule, units=[unit.pk for unit in self.units.values()])

    def _unit(self, name: UnitName, at: datetime) -> MemberUnit:
        bodies = Organisation.objects.filter(key=name.body, district_code=names.DISTRICT_CODE)
        body = (bodies.filter(subdistrict=self.office) | bodies.filter(subdistrict=None)).first() if name.body else None
        told = names.BANYAN.communities[name.community].name_zh if name.community is not None else ""
        unit = MemberUnit(
            kind=name.kind,
            name_zh=name.name_zh,
            name_en=name.name_en,
            organisation=body,
            community=Community.objects.filter(subdistrict=self.office, name_zh=told).first() if told else None,
            contact_name=name.contact,
            contact_phone="020-0000 0000",
        )
        return actions.save_unit(by=self.clerk, at=at, unit=unit)

    def hold(self, held: Held, on: date) -> None:
        """Plan, invite, hold and write down a meeting on a day."""
        starts_at = timezone.make_aware(datetime.combine(on, STARTS))
        units = [unit.pk for unit in self.units.values()]
        plan = MeetingPlan(held.title, starts_at, PLACE, units, chair=self.leader.pk, recorder=self.clerk.pk)
        meeting = actions.plan_meeting(by=self.clerk, at=starts_at - 10 * DAY, plan=plan)
        actions.invite_units(by=self.clerk, at=starts_at - 9 * DAY, pk=meeting.pk)
        self._seats(meeting, starts_at)
        actions.hold_meeting(by=self.clerk, at=starts_at + HOUR, pk=meeting.pk)
        items = [self._item(meeting, title, text, starts_at) for title, text in held.items]
        for told in held.resolutions:
            self._resolve(meeting, items[told.item - 1], told, starts_at + 2 * HOUR)
        self._minutes(meeting, starts_at + DAY, is_issued=all(told.is_enacted for told in held.resolutions))

    def _minutes(self, meeting: Meeting, at: datetime, *, is_issued: bool) -> None:
        """Draft the minutes, with whom they go to; check, sign and issue them where all resolutions are in force."""
        draft = of_minutes.draft_minutes(by=self.clerk, at=at, meeting=meeting.pk)
        lines = of_minutes.Lines(draft.title, draft.issuer, draft.opening, REPORTS_TO, "", COPIES_TO)
        found = of_minutes.save_minutes(by=self.clerk, at=at, pk=draft.pk, version=draft.version, lines=lines)
        if not is_issued:
            return
        steps = ((of_minutes.check_minutes, self.clerk), (of_minutes.sign_minutes, self.leader))
        for act, by in (*steps, (of_minutes.issue_minutes, self.clerk)):
            found = act(by=by, at=at, pk=found.pk, version=found.version)
        for receipt in found.receipts.order_by("pk")[:6]:
            of_minutes.confirm_receipt(by=self.clerk, at=at + DAY, pk=receipt.pk)

    def _seats(self, meeting: Meeting, starts_at: datetime) -> None:
        for seat in meeting.seats.select_related("unit").order_by("pk"):
            contact = seat.unit.contact_name
            given: dict[str, Any] = {"by": self.clerk, "pk": meeting.pk, "seat": seat.pk, "names": contact}
            actions.answer_invitation(at=starts_at - 3 * DAY, answer="coming", **given)
            presence = "observing" if seat.unit.kind == KIND.INSTITUTION else "present"
            actions.note_presence(at=starts_at + HOUR / 4, presence=presence, **given)

    def _item(self, meeting: Meeting, title: str, text: str, starts_at: datetime) -> int:
        item = actions.add_item(by=self.clerk, at=starts_at - DAY, pk=meeting.pk, title=title)
        actions.save_discussion(
            by=self.clerk, at=starts_at + HOUR, pk=meeting.pk, item=item.pk, version=item.version, text=text
        )
        return item.pk

    def _resolve(self, meeting: Meeting, item: int, told: Told, at: datetime) -> None:
        place = KeyPlace.objects.filter(community__subdistrict=self.office, name_zh=told.place).first()
        wording = Wording(
            told.text,
            self.units[told.lead].pk,
            [self.units[key].pk for key in told.supporting],
            told.limit_days,
            item=item,
            key_place_id=place.pk if place else None,
            place="" if place else told.place,
        )
        cases = self._stuck_case() if told.about_case else []
        event = actions.make_resolution(by=self.clerk, at=at, meeting=meeting.pk, wording=wording, cases=cases)
        if told.is_enacted:
            number = event.resolution.number
            actions.act_on_resolution("enact", number=number, by=self.leader, at=at + HOUR)
            for step in told.steps:
                self._do(step, number, at + HOUR)

    def _do(self, step: Step, number: str, since: datetime) -> None:
        moment = min(since + step.days * DAY, self.now)
        carried: dict[str, Any] = {"note": step.note} if step.note else {}
        photos = [draw(step.shows, seed=number, is_after=is_after) for is_after in (False, True) if step.shows]
        actions.act_on_resolution(
            step.action, number=number, by=self.people[step.by], at=moment, photos=photos, **carried
        )

    def _stuck_case(self) -> list[Case]:
        """A case that lies with a department; none when there is none."""
        return list(Case.objects.filter(subdistrict=self.office, state="escalated").order_by("due_at", "id")[:1])

    def call_consultation(self) -> None:
        """Call a meeting in which the department says why its resolution is overdue."""
        late = Resolution.objects.filter(subdistrict=self.office, is_back=True).order_by("id").first()
        if late is None:
            return
        calendar = current_rules().calendar
        on = next_working(timezone.localdate(self.now) + 4 * DAY, calendar)
        case = Case.objects.filter(resolutions__resolution=late).first()
        plan = MeetingPlan(
            "渣土运输线路协商会议",
            timezone.make_aware(datetime.combine(on, STARTS)),
            PLACE,
            [late.lead_id, *late.supporting],
            chair=self.leader.pk,
            recorder=self.clerk.pk,
            kind=Meeting.Kind.CONSULTATION,
            case=case,
            reason="议定事项逾期未办结，需当面说明原因并重新明确时限。",
        )
        meeting = actions.plan_meeting(by=self.clerk, at=self.now, plan=plan)
        actions.add_proposals(by=self.clerk, at=self.now, pk=meeting.pk, keys=[f"resolution:{late.pk}"])
        actions.invite_units(by=self.clerk, at=self.now, pk=meeting.pk)
