"""Projects of the first street, for tests: Wednesday morning."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from communities.models import Project, ProjectTask
from communities.projects import actions
from communities.projects.actions import AcceptanceTold, GoalTold, ProjectTold, StageTold, TaskTold, VoiceTold
from tests.office import District, Street, china

NOW = china("2026-03-04 09:00")  # a Wednesday
TODAY = date(2026, 3, 4)
ONE_DAY = timedelta(days=1)
VERDICTS = {"s": "satisfied", "f": "fairly", "n": "not"}


def voices(letters: str, words: str = "灯不亮") -> tuple[VoiceTold, ...]:
    """Representatives, each with a letter for the verdict; who is not satisfied says why."""
    return tuple(
        VoiceTold(n, f"代表{n}", f"第{n}居民小组", VERDICTS[one], f"{words}{n}" if one == "n" else "")
        for n, one in enumerate(letters, 1)
    )


@dataclass
class Work:
    """The street and what is begun in it; `at` is now, `today` its day."""

    district: District
    at: datetime = NOW
    today: date = TODAY

    @property
    def street(self) -> Street:
        return self.district.street

    def day(self, days: int) -> date:
        return self.today + days * ONE_DAY

    def told(self, **told: Any) -> ProjectTold:
        """The plan of a project of sixty days with a goal of ten and two stages, which the clerk answers for."""
        first, last = self.day(-10), self.day(49)
        usual = {
            "name": "占道经营整治",
            "aim": "道路畅通",
            "responsible": self.street.clerk.pk,
            "first_on": first,
            "last_on": last,
            "goals": (GoalTold(1, "点位", "处", Decimal(10)),),
            "stages": (
                StageTold(1, "摸底", first, first + 19 * ONE_DAY),
                StageTold(2, "整治", first + 20 * ONE_DAY, last),
            ),
        }
        return ProjectTold(**{**usual, **told})

    def enter(self, kind: str = "campaign", *, by: Any = None, request_key: str | None = None, **told: Any) -> Project:
        """A draft."""
        asked = {"by": by or self.street.clerk, "at": self.at, "kind": kind, "request_key": request_key}
        return actions.enter_project(**asked, told=self.told(**told)).project

    def step(self, project: Project, name: str, **given: Any) -> Any:
        """A step, by the leader, today."""
        usual = {"by": self.street.leader, "at": self.at, "on": self.today}
        return actions.act_on_project(name, pk=project.pk, **{**usual, **given})

    def running(self, kind: str = "campaign", **told: Any) -> Project:
        """One that was started."""
        project = self.enter(kind, **told)
        self.step(project, "start")
        return now_of(project)

    def asked(self, **told: Any) -> Project:
        """A practical matter that residents are to accept."""
        project = self.running("practical", **{"name": "修路", "source": "hotline", **told})
        self.step(project, "ask", by=self.street.clerk)
        return now_of(project)

    def task(self, project: Project, text: str = "清理", days: int = 5, **told: Any) -> ProjectTask:
        """A task of the clerk."""
        usual = {"owner": self.street.clerk.pk}
        told_ = TaskTold(text, self.day(days), **{**usual, **told})
        return actions.add_task(project=project.pk, by=self.street.clerk, at=self.at, told=told_).task

    def report(self, project: Project, **given: Any) -> Any:
        """A report of the clerk."""
        usual = {"by": self.street.clerk, "at": self.at, "on": self.today, "note": "完成一半"}
        return actions.report_progress(pk=project.pk, **{**usual, **given})

    def judge(self, project: Project, letters: str, **given: Any) -> Any:
        """An acceptance sheet."""
        told = AcceptanceTold(self.today, "居委会", voices(letters))
        usual = {"by": self.street.clerk, "at": self.at, "told": told}
        return actions.record_acceptance(pk=project.pk, **{**usual, **given})


def now_of(project: Project) -> Project:
    """As it lies in the database."""
    return Project.objects.get(pk=project.pk)


def work_of(district: District, **when: Any) -> Work:
    """The street's work."""
    return Work(district, **when)


def kinds(thing: Any) -> list[str]:
    """What happened to a project or a task."""
    return list(thing.events.order_by("seq").values_list("kind", flat=True))
