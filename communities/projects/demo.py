"""What the demo office has begun and promised: a campaign, a mass activity, practical matters; one is accepted at the
second try, one is put to residents now, one is late, a campaign waits for approval.

Everything goes through the actions, at the moments at which it happened.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role
from citymgmt.photos.actions import process_photos
from citymgmt.worktime import sweep
from communities.boards.drawings import board as drawn_paper
from communities.boards.drawings import street as drawn_street
from communities.models import Community, Project, ProjectTask
from communities.projects import actions
from communities.projects.actions import AcceptanceTold, GoalTold, ProjectTold, StageTold, TaskTold, VoiceTold
from communities.projects.kinds import ACTIVITY, CAMPAIGN, KINDS, PRACTICAL_MATTER
from communities.projects.progress import stages_of

ONE_DAY, MORNING = timedelta(days=1), time(9, 30)
STAGES = {  # as the office calls them
    CAMPAIGN: ("宣传发动、摸底排查", "集中整治", "检查验收、长效管理"),
    ACTIVITY: ("筹备发动", "组织开展", "总结评比"),
    PRACTICAL_MATTER: ("征求意见、制定方案", "组织实施", "群众验收"),
}
REPRESENTS = ("第一居民小组", "第二居民小组", "楼栋长", "业主委员会", "离退休党员", "沿街商户", "居民议事会")


@transaction.atomic
def make_projects(now: datetime, district_code: str) -> int:
    """How many projects were made; 0 when there are some already, or no demo office."""
    street = SubDistrict.objects.filter(district_code=district_code).order_by("code").first()
    if Project.objects.exists() or street is None:
        return 0
    people = {role: _first(street, role) for role in (Role.CLERK, Role.LEADER)}
    communities = list(Community.objects.filter(subdistrict=street, is_active=True).order_by("code"))
    clerk, leader = people[Role.CLERK], people[Role.LEADER]
    if clerk is None or leader is None or len(communities) < 3:
        return 0
    play = Play(clerk, leader, communities, timezone.localdate(now))
    for part in (play.campaign, play.activity, play.accepted, play.asked, play.late, play.planned):
        part()
    process_photos(now=lambda: now)
    sweep.run(now)
    return Project.objects.filter(subdistrict=street).count()


def _first(street: SubDistrict, role: Role) -> User | None:
    return User.objects.filter(subdistrict=street, role=role, is_active=True).order_by("pk").first()


@dataclass
class Play:
    """The people of the demo office and what they do; days are counted from today."""

    clerk: User
    leader: User
    communities: list[Community]
    today: date
    version: dict[int, int] = field(default_factory=dict)

    def day(self, days: int) -> date:
        """The day that lies so many days from today."""
        return self.today + days * ONE_DAY

    def at(self, days: int, hour: int = 0) -> datetime:
        """In the morning of that day."""
        return timezone.make_aware(datetime.combine(self.day(days), MORNING)) + hour * timedelta(hours=1)

    def plan(self, kind: str, name: str, first: int, last: int, **told: Any) -> Project:
        """A project that was entered by the clerk a week before its first day."""
        days = stages_of(self.day(first), self.day(last), [one.percent for one in KINDS[kind].stages])
        stages = [StageTold(n, label, *span) for n, (label, span) in enumerate(zip(STAGES[kind], days, strict=True))]
        usual = {"responsible": self.clerk.pk, "first_on": self.day(first), "last_on": self.day(last)}
        plan = ProjectTold(name=name, stages=tuple(stages), **{**usual, **told})
        event = actions.enter_project(by=self.clerk, at=self.at(min(first - 7, -8)), kind=kind, told=plan)
        return event.project

    def task(self, project: Project, text: str, due: int, at: int, stage: int = 2, **who: Any) -> ProjectTask:
        """A task of it."""
        told = TaskTold(text, self.day(due), stage=stage, **(who or {"owner": self.clerk.pk}))
        return actions.add_task(project=project.pk, by=self.clerk, at=self.at(at), told=told).task

    def do(self, task: ProjectTask, days: int, note: str = "") -> None:
        """It was done on a day."""
        told: dict[str, Any] = {"on": self.day(days), "note": note}
        actions.act_on_task("do", pk=task.pk, by=self.clerk, at=self.at(days, 6), **told)

    def step(self, project: Project, name: str, days: int, **more: Any) -> None:
        """A step of it, by the leader."""
        actions.act_on_project(name, pk=project.pk, by=self.leader, at=self.at(days, 1), on=self.day(days), **more)

    def report(self, project: Project, days: int, note: str, *achieved: str, shows: str = "", **more: Any) -> None:
        """What was reported on a day, with a photo that everybody may see where `shows` says what it is of."""
        values = {n: Decimal(one) for n, one in enumerate(achieved, 1)}
        photos = [drawn_street(project.name, is_done=shows != "before")] if shows else []
        told: dict[str, Any] = {
            "photos": photos,
            "shows": shows or "during",
            "is_public": bool(shows),
            "achieved": values,
            **more,
        }
        day: dict[str, Any] = {"at": self.at(days, 7), "on": self.day(days)}
        actions.report_progress(pk=project.pk, by=self.clerk, note=note, **day, **told)

    def judged(self, project: Project, days: int, verdicts: str, words: str = "") -> None:
        """The sheet of an acceptance: a letter for each representative, s, f or n."""
        names = {"s": "satisfied", "f": "fairly", "n": "not"}
        voices = tuple(
            VoiceTold(n, f"代表{n}", REPRESENTS[n % len(REPRESENTS)], names[one], words if one == "n" else "")
            for n, one in enumerate(verdicts, 1)
        )
        told = AcceptanceTold(self.day(days), "社区居民议事厅", voices)
        photos = [drawn_paper(f"sheet{project.pk}{days}")]
        actions.record_acceptance(pk=project.pk, by=self.clerk, at=self.at(days, 5), told=told, photos=photos)

    def campaign(self) -> None:
        """A campaign of the whole sub-district, under way; one of its tasks is late."""
        project = self.plan(
            CAMPAIGN, "占道经营专项整治行动", -40, 35,
            theme="还路于民、文明经营",
            aim="主要路段占道经营问题明显减少，商户门前三包责任书签订到位，形成长效管理机制。",
            goals=(GoalTold(1, "整治占道经营点位", "处", Decimal(120)), GoalTold(2, "签订责任书", "份", Decimal(300)),
                   GoalTold(3, "联合执法行动", "次", Decimal(12))),
            partners="派出所、市场监管所、交警中队", participants="城管队员、社区干部、志愿者",
        )  # fmt: skip
        where = [{"community": one.pk} for one in self.communities]
        first = self.task(project, "召开动员部署会，印发整治方案", -36, -45, 1)
        lists = self.task(project, "摸清辖区占道经营底数，建立台账", -30, -45, 1, **where[0])
        self.task(project, "重点路段早晚高峰联合整治", 10, -45, 2, **where[0])
        self.task(project, "市场周边流动摊贩劝导疏导", -3, -45, 2, **where[1])
        self.task(project, "沿街商户逐户签订责任书", 6, -45, 2, **where[2])
        self.task(project, "总结评比，完善长效管理办法", 33, -45, 3)
        self.step(project, "start", -40)
        self.do(first, -37, "已召开，各社区、各队伍到会。")
        self.do(lists, -31, "共排查出 137 处，已建立台账。")
        self.report(project, -28, "完成摸底，进入集中整治阶段。", "18", "64", "2")
        self.report(
            project, -12, "联合交警整治学校周边，劝离流动摊贩，清理店外经营。", "71", "188", "7", shows="during"
        )

    def activity(self) -> None:
        """A mass activity of two communities, under way."""
        project = self.plan(
            ACTIVITY, "“洁净家园”群众性创建活动", -20, 24,
            theme="人人动手、洁净家园", aim="发动居民清洁楼道和公共区域，评选一批洁净楼栋。",
            goals=(GoalTold(1, "参与居民", "人次", Decimal(1500)), GoalTold(2, "评选洁净楼栋", "栋", Decimal(40))),
            communities=tuple(one.pk for one in self.communities[:2]), participants="居民、物业企业、志愿者",
        )  # fmt: skip
        done = self.task(project, "张贴倡议书，社区微信群发动", -15, -22, 1)
        self.task(project, "周末清洁日：清理楼道杂物", 3, -22, 2, community=self.communities[0].pk)
        self.task(project, "周末清洁日：清理绿化带垃圾", 3, -22, 2, community=self.communities[1].pk)
        self.step(project, "start", -20)
        self.do(done, -16)
        self.report(project, -6, "首个清洁日，居民和志愿者共 420 人参加。", "420", "6", shows="during")

    def matter(self, name: str, first: int, last: int, source: str, cost: str, **told: Any) -> Project:
        """A practical matter with its two goals."""
        goals = (GoalTold(1, "完成点位", "处", Decimal(10)), GoalTold(2, "惠及居民", "户", Decimal(600)))
        costs = {"cost_planned": Decimal(cost), "funds": "街道民生实事专项经费", "source": source}
        return self.plan(PRACTICAL_MATTER, name, first, last, goals=goals, **costs, **told)

    def accepted(self) -> None:
        """Residents did not accept it at first; what they said was put right, then they did."""
        project = self.matter(
            "增设电动自行车充电桩", -150, -20, "vote", "480000", reason="居民议事会票决，得票最高。",
            aim="在三个老旧小区增设智能充电桩，解决飞线充电。", communities=(self.communities[0].pk,),
        )  # fmt: skip
        task = self.task(project, "完成选址公示和设备安装", -60, -155)
        self.step(project, "start", -150)
        self.report(project, -140, "现场踏勘，居民仍在飞线充电。", "0", "0", shows="before")
        self.do(task, -62, "十处点位全部通电。")
        self.report(project, -50, "全部点位投入使用。", "10", "640", shows="after", cost_spent=Decimal(462300))
        self.step(project, "ask", -45)
        self.judged(project, -38, "ssfnsfn", "夜间照明不足，充电区看不清")
        for rework in ProjectTask.objects.filter(project=project, state="open"):
            self.do(rework, -30, "已加装感应灯。")
        self.step(project, "ask", -28)
        self.judged(project, -24, "sssfsss")

    def asked(self) -> None:
        """Residents' representatives are to judge it now; on the public page residents say what they think."""
        project = self.matter(
            "背街小巷路面修补", -80, 12, "hotline", "265000", reason="热线反映集中：雨天积水、路面坑洼。",
            aim="修补十条背街小巷路面，疏通排水口。", communities=(self.communities[1].pk,),
        )  # fmt: skip
        task = self.task(project, "分段施工，设置围挡和指引", -12, -85)
        self.step(project, "start", -80)
        self.report(project, -70, "施工前现状。", "0", "0", shows="before")
        self.do(task, -14)
        self.report(project, -10, "十条小巷全部修补完成。", "10", "610", shows="after", cost_spent=Decimal(251800))
        self.step(project, "ask", -5)
        for number, verdict in enumerate(("satisfied", "satisfied", "fairly", "not"), 1):
            words = "井盖还有一处松动。" if verdict == "not" else ""
            told = {"verdict": verdict, "words": words, "form_key": f"demo-{project.pk}-{number}"}
            actions.give_opinion(project=project.pk, at=self.at(-3, number), **told)

    def late(self) -> None:
        """Its last day has passed."""
        project = self.matter(
            "口袋公园改造", -120, -6, "deputies", "730000", reason="区人大代表建议。",
            aim="把两处闲置地改造成口袋公园。", communities=(self.communities[2].pk,), lead_text="区园林绿化管理所",
        )  # fmt: skip
        self.task(project, "完成绿化补种和健身器材安装", -15, -125, community=self.communities[2].pk)
        self.step(project, "start", -120)
        self.report(project, -60, "土建完成，等待苗木进场。", "6", "200", cost_spent=Decimal(310000))

    def planned(self) -> None:
        """It waits for a leader's approval."""
        self.plan(CAMPAIGN, "冬季“牛皮癣”小广告清理行动", 10, 70, aim="集中清理主次干道和楼道小广告，斩断张贴源头。")
