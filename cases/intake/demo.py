"""Residents of the demo office: they follow their reports, see what others see, add, judge, and are called back.

`manage.py seed_demo` calls `seed`. Everything goes through the actions, at the moments at which it could have happened.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions import perform
from cases.demo import names
from cases.intake.actions.answering import answer_resident, let_follow, record_call, uphold_closing
from cases.intake.actions.following import add_information, judge_closing
from cases.intake.actions.reporting import Told, join_report, report_matter
from cases.intake.hotline.demo import make_orders
from cases.intake.models import Judgement, Report, Topic
from cases.intake.secrets import new_key
from cases.models import Case
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role

FOLLOWED, CALLED = 40, 12  # at most so many of each office
HOUR = timedelta(hours=1)
PRAISE = ("处理得很快，谢谢", "比以前好多了", "", "", "当天就清走了", "")
COMPLAINT = ("晚上又摆出来了", "只清了一半", "过两天又堆上了")
FRESH = (  # topic, words, hours ago, name, telephone
    ("rubbish", "小区北门两个垃圾桶满了两天，味道很大", 3, "陈女士", "13800000101"),
    ("parking_bikes", "地铁口共享单车堆到盲道上，轮椅过不去", 2, "", ""),
    ("wires", "巷口电线垂下来，伸手能碰到", 1, "林先生", "13800000102"),
)


def seed(*, now: datetime, tell: Callable[[str], object], **_others: Any) -> None:
    """Play the residents of the demo office, once. Without a demo office nothing happens."""
    count = make_residents(now)
    if count:
        tell(_("%(count)d demo residents follow their reports.") % {"count": count})
    make_orders(now)


@transaction.atomic
def make_residents(now: datetime) -> int:
    """Reports that are followed, judged and called back, and some that came this morning; returns how many."""
    if Report.objects.exists():
        return 0
    for office in SubDistrict.objects.filter(district_code=names.DISTRICT_CODE).order_by("id"):
        clerk = User.objects.filter(subdistrict=office, role=Role.CLERK).order_by("id").first()
        if clerk is not None:
            _Residents(office, clerk, now).play()
    return Report.objects.count()


class _Residents:
    """The residents of one office."""

    def __init__(self, office: SubDistrict, clerk: User, now: datetime) -> None:
        self.office, self.clerk, self.now = office, clerk, now
        self.rng = Random(office.code)
        self.leader = User.objects.filter(subdistrict=office, role=Role.LEADER).order_by("id").first()

    def play(self) -> None:
        """Old reports are followed and judged, some are called back, new ones come."""
        own = Case.objects.filter(subdistrict=self.office, source=Case.Source.CITIZEN).exclude(state="merged")
        for case in own.order_by("-created_at")[:FOLLOWED]:
            self._follow(case)
        closed = Case.objects.filter(subdistrict=self.office, source=Case.Source.CALL, state="closed")
        for case in closed.filter(reporter__isnull=False).order_by("-closed_at")[CALLED : CALLED * 2]:
            self._call(case)
        self._review()
        self._report()

    def _follow(self, case: Case) -> None:
        report, _secret = let_follow(number=case.number, by=self.clerk, at=case.created_at, form_key=new_key())
        if case.state == "closed" and case.closed_at is not None and self.rng.random() < 0.7:
            self._judge(report, min(case.closed_at + self.rng.randint(2, 40) * HOUR, self.now))
        elif case.is_open and self.rng.random() < 0.4:
            at = min(case.created_at + 5 * HOUR, self.now)
            add_information(report=report, text="今天早上又看到了，照片稍后补充", at=at, key=new_key())
            answer = "已安排人员到现场核实，有结果会第一时间告知您。"
            answer_resident(number=case.number, by=self.clerk, at=min(at + HOUR, self.now), text=answer)

    def _judge(self, report: Report, at: datetime) -> None:
        is_solved = self.rng.random() < 0.85
        score = self.rng.choice((5, 5, 4, 4, 3)) if is_solved else self.rng.choice((1, 2))
        words = self.rng.choice(PRAISE if is_solved else COMPLAINT)
        judge_closing(report=report, is_solved=is_solved, score=score, words=words, at=at, key=new_key())

    def _call(self, case: Case) -> None:
        is_solved = self.rng.random() < 0.9
        at = min((case.closed_at or self.now) + 30 * HOUR, self.now)
        score = self.rng.choice((5, 4, 4, 3)) if is_solved else 2
        record_call(number=case.number, by=self.clerk, at=at, is_solved=is_solved, score=score)

    def _review(self) -> None:
        """Of those who are not content the oldest are told why the closing stands; the others wait."""
        waiting = Judgement.objects.filter(subdistrict=self.office, review=Judgement.Review.PENDING)
        for one in waiting.order_by("at")[2:]:
            reason = "复查时现场整洁，夜间摆卖已列入每晚巡查。"
            uphold_closing(pk=one.pk, by=self.leader or self.clerk, at=min(one.at + 20 * HOUR, self.now), reason=reason)

    def _report(self) -> None:
        """What came by the public form this morning; one sees what another saw."""
        places = list(self.office.communities.filter(is_active=True).order_by("code"))
        for number, (code, words, hours, name, phone) in enumerate(FRESH):
            at = self.now - hours * HOUR
            topic, place = Topic.objects.get(code=code), places[number % len(places)]
            answers = {"height": "reach"} if code == "wires" else {}
            told = Told(topic, words, community=place, address="榕荫路口", name=name, phone=phone, answers=answers)
            receipt = report_matter(subdistrict=self.office, told=told, at=at, form_key=new_key())
            if number < len(FRESH) - 1:  # the newest waits for the desk
                accepted_at = at + timedelta(minutes=30)
                perform("accept", number=receipt.report.case.number, by=self.clerk, at=accepted_at)
            if number == 0:
                told = Told(topic, "我也看到了", community=place)
                join_report(target=receipt.report.case, told=told, at=at + HOUR, form_key=new_key())
