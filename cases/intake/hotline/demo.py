"""The hotline of the demo office: orders of its cases, some replied and sent back, and the sheets of today."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.actions import perform
from cases.demo import names
from cases.intake.hotline.actions import import_sheet, keep_sheet, note_order, reply_to_hotline, send_back_replies
from cases.intake.hotline.limits import Kind, Urgency
from cases.intake.hotline.models import HotlineOrder
from cases.intake.hotline.proposing import proposed_reply
from cases.intake.hotline.told import OrderTold
from cases.intake.secrets import new_key
from cases.models import Case
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role

ENDED, OPEN = 9, 4  # cases of each office
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
USUAL_REPLY = "经核实，已安排人员到现场处理完毕，并已告知来电人。"
INTERIM_REPLY = "已派人现场核实，正在协调处理，办结后另行答复。"
HEADINGS = "工单编号,来电时间,来电人,联系电话,诉求类型,紧急程度,标题,诉求内容,地址,社区,办结时限"
YESTERDAY = (  # hours since the call, hours until the hotline's limit (None: it sets none), kind, urgency, …
    (75, -6, "投诉", "一般", "小区门口流动摊贩", "每天早晚高峰有十多档流动摊贩占用人行道", "榕荫路2号", "何女士"),
    (52, 3, "投诉", "紧急", "餐饮店排污", "餐饮店把污水直接倒进雨水井，路面油腻湿滑", "木棉街11号", "曾先生"),
    (44, 5, "求助", "一般", "树枝压电线", "台风后树枝压在电线上，担心下雨时漏电", "榕荫路60号", "苏女士"),
    (30, None, "投诉", "一般", "建筑垃圾堆放", "装修垃圾堆在楼道口一个星期没人清", "木棉街3号", "温先生"),
)
TODAY = (
    (
        9,
        120,
        "投诉",
        "一般",
        "夜间烧烤油烟扰民",
        "楼下烧烤档每晚营业，油烟直接排到窗口",
        "榕荫路18号",
        "何女士",
    ),
    (
        7,
        None,
        "求助",
        "紧急",
        "井盖缺失",
        "人行道井盖缺失，晚上担心有人掉下去",
        "榕荫路与木棉街交叉口",
        "郑先生",
    ),
    (4, None, "咨询", "一般", "如何申请户外招牌", "想了解小店门头招牌更换需要办理什么手续", "", "谢先生"),
)
LATER = (
    (
        2,
        None,
        "建议",
        "一般",
        "增设垃圾分类投放点",
        "建议在小区西门增设一处投放点",
        "木棉街6号小区",
        "",
    ),
    (1, None, "表扬", "一般", "感谢环卫工人", "", "", ""),  # no kind that an order can have
)


@transaction.atomic
def make_orders(now: datetime) -> int:
    """The orders of each demo office, once; returns how many there are. Without a demo office nothing happens."""
    if not HotlineOrder.objects.exists():
        for office in SubDistrict.objects.filter(district_code=names.DISTRICT_CODE).order_by("id"):
            clerk = User.objects.filter(subdistrict=office, role=Role.CLERK).order_by("id").first()
            if clerk is not None:
                _Hotline(office, clerk, now).play()
    return HotlineOrder.objects.count()


class _Hotline:
    """The orders of one office."""

    def __init__(self, office: SubDistrict, clerk: User, now: datetime) -> None:
        self.office, self.clerk, self.now = office, clerk, now
        self.rng = Random(f"12345 {office.code}")
        self.places = list(office.communities.filter(is_active=True).order_by("code"))
        self.serial = self.rng.randint(100, 400)

    def play(self) -> None:
        """Orders of cases that were logged by hand, replies to them, and the sheets of today."""
        own = Case.objects.filter(subdistrict=self.office, source=Case.Source.HOTLINE)
        ended = sorted(own.filter(state="closed").order_by("-closed_at")[:ENDED], key=lambda case: case.pk)
        for number, case in enumerate(ended):
            order = self._order(case)
            if number < ENDED - 2:  # the others wait to be replied
                self._reply(order)
            if number == ENDED - 5:
                send_back_replies(by=self.clerk, at=self.now - 20 * HOUR, request_key=new_key())
        for case in own.filter(closed_at=None).order_by("-created_at")[:OPEN]:
            self._order(case)
        self._sheets()

    def _order(self, case: Case) -> HotlineOrder:
        called_at = case.created_at - self.rng.randint(5, 50) * MINUTE
        kind = self.rng.choice([Kind.COMPLAINT, Kind.COMPLAINT, Kind.HELP, Kind.SUGGESTION])
        urgency = self.rng.choice([Urgency.NORMAL] * 6 + [Urgency.URGENT])
        told = OrderTold(self._number(called_at), kind.value, urgency.value, case.description[:24], called_at)
        note_order(number=case.number, told=told, by=self.clerk, at=case.created_at)
        return HotlineOrder.objects.select_related("case__merged_into").get(case=case)

    def _reply(self, order: HotlineOrder) -> None:
        at = min((order.case.closed_at or self.now) + self.rng.randint(1, 20) * HOUR, self.now)
        text, is_solved = proposed_reply(order) or USUAL_REPLY, self.rng.random() < 0.9
        reply_to_hotline(pk=order.pk, by=self.clerk, at=at, text=text, is_final=True, is_solved=is_solved)

    def _number(self, at: datetime) -> str:
        self.serial += 1
        return f"GZ{timezone.localtime(at):%y%m%d}{self.serial:06d}"

    def _sheets(self) -> None:
        """Two sheets are taken in; another one, which repeats rows of the second, waits to be looked at."""
        yesterday, earlier = self.now - 26 * HOUR, self.now - 2 * HOUR
        self._take_in("12345工单-昨日.csv", [self._row(row) for row in YESTERDAY], yesterday)
        for number, order in enumerate(HotlineOrder.objects.filter(subdistrict=self.office, case__state="reported")):
            perform("accept", number=order.case.number, by=self.clerk, at=yesterday + HOUR)
            if number == 0:
                reply_to_hotline(pk=order.pk, by=self.clerk, at=self.now, text=INTERIM_REPLY, is_final=False)
        today = [self._row(row) for row in TODAY]
        self._take_in("12345工单-上午.csv", today, earlier)
        self._keep("12345工单-下午.csv", [*today[:2], *(self._row(row) for row in LATER)], self.now)

    def _row(self, told: tuple[Any, ...]) -> str:
        hours, due_hours, kind, urgency, title, words, address, caller = told
        called_at = self.now - hours * HOUR
        due = "" if due_hours is None else _written(self.now + due_hours * HOUR)
        phone = f"1200000{self.rng.randint(0, 9999):04d}" if caller else ""
        place = self.rng.choice(self.places).name_zh
        number = self._number(called_at)
        told = (number, _written(called_at), caller, phone, kind, urgency, title, words, address, place, due)
        return ",".join(told)

    def _take_in(self, name: str, rows: list[str], at: datetime) -> None:
        import_sheet(pk=self._keep(name, rows, at), by=self.clerk, at=at)

    def _keep(self, name: str, rows: list[str], at: datetime) -> int:
        content = "\n".join([HEADINGS, *rows]).encode()
        return keep_sheet(by=self.clerk, at=at, content=content, name=name, request_key=new_key()).pk


def _written(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
