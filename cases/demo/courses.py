"""The course of a case: in each state, who does what next and when. What the fate holds is used up on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from cases.demo.fates import HOUR, Fate
from cases.demo.matters import Affair
from cases.demo.people import Street
from cases.demo.wording import NOTES
from cases.models import Case
from citymgmt.people.roles import Role
from citymgmt.worktime import clock
from citymgmt.worktime.clock import Calendar, Unit
from communities.models import Community

MINUTE = timedelta(minutes=1)
LOOK = "look"  # nobody does anything; the portal's own clock has moved on


@dataclass(frozen=True)
class Step:
    """What happens next: an action, its moment, the part of the person, what it carries."""

    action: str
    at: datetime
    part: str = "clerk"
    given: dict[str, Any] = field(default_factory=dict)


@dataclass
class Course:
    """A case on its way. `begin` says how it comes in: log, accept (logged without a standard), self_handle, report."""

    street: Street
    community: Community
    affair: Affair
    fate: Fate
    begin: str = "log"
    case: Case | None = None
    request: str = ""
    was_acknowledged: bool = False
    done: list[str] = field(default_factory=list)

    def take(self, twist: str) -> bool:
        """Whether the fate holds this twist; it is used up."""
        held = twist in self.fate.twists
        self.fate.twists.discard(twist)
        return held

    def note(self, action: str) -> None:
        """Keep what was done."""
        self.done.append(action)
        asks = {"request_extension": "asked", "request_suspension": "asked", "review": "reviewed"}
        self.request = asks.get(action, "")
        self.was_acknowledged = action == "acknowledge" or (self.was_acknowledged and action in ("measure", "urge"))

    @property
    def has_ended(self) -> bool:
        """Nothing more happens."""
        return bool(self.done) and self.done[-1] == self.fate.last


class Desks:
    """Decides the next step of a course. The same generator gives the same steps."""

    def __init__(self, rng: Random, calendar: Calendar) -> None:
        self.rng = rng
        self.calendar = calendar
        self._of_state: dict[str, Callable[[Course, Case, datetime], Step | None]] = {
            "reported": self._reported,
            "accepted": self._accepted,
            "verifying": self._verifying,
            "filed": self._filed,
            "dispatched": self._dispatched,
            "handling": self._handling,
            "escalated": self._escalated,
            "suspended": self._suspended,
            "reported_back": self._reported_back,
            "closed": self._closed,
        }

    def next_step(self, course: Course, at: datetime) -> Step | None:
        """What happens next to the case as it stands; None when nothing does."""
        case = course.case
        assert case is not None
        decide = self._of_state.get(case.state)
        return decide(course, case, at) if decide and not course.has_ended else None

    # moments

    def soon(self, at: datetime, least: float, most: float) -> datetime:
        """Some office minutes after `at`."""
        return clock.add(self.calendar, at, Unit.WORKING_HOUR, self.rng.uniform(least, most) * MINUTE)

    def _share(self, case: Case, share: float, at: datetime) -> datetime:
        """When this share of the time from the start of the watch to the deadline has passed; not before `at`."""
        assert case.watched_from is not None
        assert case.due_at is not None
        unit = Unit(case.limit_unit)
        span = clock.between(self.calendar, case.watched_from, case.due_at, unit)
        moment = clock.add(self.calendar, case.watched_from, unit, max(span, HOUR / 2) * share)
        return max(moment, at + self.rng.uniform(1, 5) * MINUTE)

    def _handled_at(self, course: Course, case: Case, at: datetime) -> datetime:
        assert case.due_at is not None
        if course.fate.lateness is None:
            return self._share(case, course.fate.pace, at)
        moment = clock.add(self.calendar, case.due_at, Unit.WORKING_HOUR, course.fate.lateness)
        return moment if moment > at else self.soon(at, 20, 180)

    def _step(self, action: str, at: datetime, part: str = "clerk", **given: Any) -> Step:
        note = self.rng.choice(NOTES[action]) if action in NOTES else ""
        return Step(action, at, part, {**given, "note": note} if note else given)

    # states

    def _reported(self, course: Course, case: Case, at: datetime) -> Step:
        when = self.soon(at, 3, 60)
        return self._step("decline" if course.take("decline") else "accept", when)

    def _accepted(self, course: Course, case: Case, at: datetime) -> Step:
        when = self.soon(at, 2, 20)
        if course.take("verify") and course.street.acting(course.community.pk, timezone.localdate(at)):
            return self._step("verify", when)
        if course.take("decline_to_file"):
            return self._step("decline_to_file", when)
        return self._step("file", when, standard=course.affair.standard)

    def _verifying(self, course: Course, case: Case, at: datetime) -> Step:
        return self._step("confirm", self.soon(at, 30, 150), "field")

    def _filed(self, course: Course, case: Case, at: datetime) -> Step:
        return self._dispatch(
            course, self.soon(at, 2, 25), to_team=case.return_count > 0 or "team" in course.fate.twists
        )

    def _dispatch(self, course: Course, at: datetime, *, to_team: bool) -> Step:
        """To the officer; to a team when it is for one or nobody answers for the community."""
        course.take("team")
        if to_team or course.street.acting(course.community.pk, timezone.localdate(at)) is None:
            teams = course.street.teams
            return self._step("dispatch", at, team=teams.get(course.affair.team, teams["enforcement"]))
        return self._step("dispatch", at)

    def _dispatched(self, course: Course, case: Case, at: datetime) -> Step:
        if course.take("merge"):
            return self._step("merge", self.soon(at, 5, 60))  # into which one is chosen when the moment has come
        if course.take("return"):
            return self._step("return", self._share(case, self.rng.uniform(0.05, 0.2), at), "field")
        if "team" in course.fate.twists and case.team_id is None:
            return self._dispatch(course, at + self.rng.uniform(1, 8) * MINUTE, to_team=True)
        shortly = at + self.rng.uniform(4, 45) * MINUTE
        return self._step("receive", min(self._share(case, 0.25, at), shortly), "field")

    def _handling(self, course: Course, case: Case, at: datetime) -> Step:
        if course.request:
            return self._request(course, at)
        if course.take("neglect"):
            assert case.due_at is not None
            return Step(LOOK, clock.add(self.calendar, case.due_at, Unit.WORKING_DAY, 8 * HOUR) + MINUTE)
        return self._twist(course, case, at) or self._done(course, case, at)

    def _twist(self, course: Course, case: Case, at: datetime) -> Step | None:
        """What comes between receiving and reporting back, if anything."""
        early, middle = self._share(case, 0.2, at), self._share(case, 0.4, at)
        if course.take("supervise"):
            course.fate.twists.add("answer")
            return self._step("supervise", middle, "leader")
        if course.take("answer"):
            return self._step("answer_supervision", self.soon(at, 30, 180), "field")
        if course.take("urge_officer"):
            return self._step("urge", middle)
        if course.take("void"):
            return self._step("void", early, "leader")
        if course.take("assign") and case.team_id is not None:
            member = course.street.of_team(case.team_id, Role.TEAM_MEMBER)
            return self._step("assign", early, "field", handler=member)
        return self._long_twist(course, case, early)

    def _long_twist(self, course: Course, case: Case, early: datetime) -> Step | None:
        if course.take("extend"):
            extra = max(1, (case.limit_value or 1) // 2)
            return self._step("request_extension", early, "asker", extra_value=extra)
        if course.take("suspend"):
            days = self.rng.uniform(5, 12) + (20 if course.fate.last == "approve" else 0)
            until = early + days * timedelta(days=1)
            return self._step("request_suspension", early, "asker", until=until)
        if course.take("escalate") and case.department_id:
            return self._step("escalate", early)
        return None

    def _request(self, course: Course, at: datetime) -> Step:
        when = self.soon(at, 20, 90)
        if course.request == "asked":
            return self._step("refuse_review" if course.take("refuse_review") else "review", when)
        return self._step("refuse" if course.take("refuse") else "approve", when, "leader")

    def _done(self, course: Course, case: Case, at: datetime) -> Step:
        if course.take("special"):
            return self._step("close_special", self._handled_at(course, case, at), "leader")
        if case.rework_count:
            return self._step("report_back", self.soon(at, 20, 150), "field")
        return self._step("report_back", self._handled_at(course, case, at), "field")

    def _suspended(self, course: Course, case: Case, at: datetime) -> Step:
        assert case.suspended_until is not None
        if course.take("resume"):
            return self._step("resume", at + (case.suspended_until - at) * self.rng.uniform(0.3, 0.8))
        return Step(LOOK, case.suspended_until + MINUTE)

    def _escalated(self, course: Course, case: Case, at: datetime) -> Step:
        if course.was_acknowledged:
            return self._after_acknowledgement(course, at)
        if course.take("measure"):
            return self._step("measure", self.soon(at, 30, 200), "field")
        if course.take("take_back"):
            return self._step("take_back", self.soon(at, 600, 1300))
        hours = (60, 75) if course.take("deaf") else (9, 20) if course.take("silent") else (1, 6)
        return self._step("acknowledge", self.soon(at, hours[0] * 60, hours[1] * 60), "liaison")

    def _after_acknowledgement(self, course: Course, at: datetime) -> Step:
        if course.take("urge"):
            return self._step("urge", self.soon(at, 120, 500))
        if course.take("return_escalation"):
            return self._step("return_escalation", self.soon(at, 240, 720), "liaison")
        hours = (42, 60) if course.take("slow") else (6, 30)
        return self._step("reply", self.soon(at, hours[0] * 60, hours[1] * 60), "liaison")

    def _reported_back(self, course: Course, case: Case, at: datetime) -> Step:
        when = self.soon(at, 20, 240)
        return self._step("rework" if course.take("rework") else "pass", when)

    def _closed(self, course: Course, case: Case, at: datetime) -> Step | None:
        overdue = case.close_kind == Case.CloseKind.OVERDUE
        if case.appeal == Case.Appeal.PENDING:
            verdict = "uphold_appeal" if course.take("uphold") else "reject_appeal"
            return self._step(verdict, self.soon(at, 300, 1500), "leader")
        if overdue and not case.appeal and course.take("appeal"):
            return self._step("appeal", self.soon(at, 200, 900), "asker")
        if case.limit_value and course.take("reopen"):
            course.fate.lateness = None
            return self._step("reopen", self.soon(at, 500, 3000))
        return None
