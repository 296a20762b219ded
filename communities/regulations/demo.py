"""The demo offices' own rules (管理制度): one of them replaced by a newer one."""

from datetime import date, datetime

from django.db import transaction

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role
from communities.models import Regulation
from communities.regulations import actions
from communities.regulations.actions import RegulationTold

ROUNDS = "城市管理巡查工作制度"
TEXTS = {
    ROUNDS: "第一条 为落实属地管理责任，规范日常巡查，制定本制度。\n"
    "第二条 重点部位每日巡查不少于两次，背街小巷每周不少于三次。\n"
    "第三条 巡查发现的问题应当当场劝导或者立案，不得只记不办。",
    "门前三包责任制实施办法": "第一条 机团单位和沿街商户负责门前包卫生、包绿化、包秩序。\n"
    "第二条 街道与单位签订责任书，期限届满前三十日内续签。\n第三条 社区城管责任人每季度走访不少于一次。",
    "城市管理联席会议制度": "第一条 联席会议每月召开一次，由分管副主任召集。\n"
    "第二条 议定事项明确牵头单位和完成时限，逾期督办。",
}


@transaction.atomic
def make_rules(now: datetime, district_code: str) -> int:
    """How many rules were entered; 0 when there are some already, or no demo office."""
    if Regulation.objects.exclude(subdistrict=None).exists():
        return 0
    for street in SubDistrict.objects.filter(district_code=district_code).order_by("code"):
        leader = User.objects.filter(subdistrict=street, role=Role.LEADER, is_active=True).order_by("pk").first()
        if leader is not None:
            _enter(street, leader, now)
    return Regulation.objects.exclude(subdistrict=None).count()


def _enter(street: SubDistrict, leader: User, now: datetime) -> None:
    old = _publish(street, leader, now, ROUNDS, date(2021, 3, 1), 5)
    made = [_publish(street, leader, now, title, date(2025, 1, 20), number) for number, title in enumerate(TEXTS, 1)]
    actions.replace_regulation(by=leader, at=now, pk=old.pk, by_pk=made[0].pk)


def _publish(street: SubDistrict, leader: User, now: datetime, title: str, day: date, number: int) -> Regulation:
    told = RegulationTold(
        title, "office", street.name_zh, day, day, f"街办〔{day.year}〕{number}号", words=TEXTS[title]
    )
    return actions.publish_regulation(by=leader, at=now, told=told)
