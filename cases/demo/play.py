"""Half a year of an office, played through the actions themselves in the order of time, up to the present moment."""

import heapq
import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from cases import workflow
from cases.actions import log_case, perform, report_case
from cases.demo import names
from cases.demo.births import ordinary_courses
from cases.demo.courses import LOOK, Course, Desks, Step
from cases.demo.matters import City
from cases.demo.people import Office, Street, make_office
from cases.demo.pictures import Pictures
from cases.demo.scenes import going_along, set_up
from cases.demo.wording import HANDOVER_NOTE
from cases.models import Case, CaseEvent
from citymgmt.outbox.actions import mark_read
from citymgmt.outbox.models import Message
from citymgmt.people.actions import change_account
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role
from citymgmt.refusals import Refusal
from citymgmt.worktime import sweep
from citymgmt.worktime.rules import current_rules
from communities.actions import write_sheet
from communities.querysets import OFFICER, assignments_on

logger = logging.getLogger(__name__)
SPAN_DAYS = 182
READ_AFTER = timedelta(days=10)  # messages older than this have been read
MAIL_SINCE = timedelta(days=1)  # before that the demo people had no e-mail address
Say = Callable[[float], None]


def prepare(*, passwords: dict[str, str], now: datetime) -> Office:
    """Make the demo office, so that its people can log in; what is there already stays. Raises: Invalid."""
    with transaction.atomic():
        return make_office(passwords=passwords, on=timezone.localdate(now))


def is_played() -> bool:
    """Whether the demo office has cases already. They come all at once or not at all."""
    return Case.objects.filter(subdistrict__district_code=names.DISTRICT_CODE).exists()


@transaction.atomic
def play(office: Office, *, now: datetime, cases: int, seed: int, say: Say = lambda share: None) -> int:
    """Play about `cases` cases of the half year up to `now`; returns how many, 0 when they are there already.

    The same office, moment and seed give the same histories. All in one transaction: a run cut short leaves
    nothing behind, and a second run beside it waits and finds everything done. `say` is told the share done.
    """
    locked = SubDistrict.objects.filter(district_code=names.DISTRICT_CODE).order_by("id").select_for_update()
    if not list(locked) or is_played():
        return 0
    stage = _Stage(office, now, seed)
    stage.plan(cases)
    stage.run(say)
    for line in stage.refused:
        logger.warning("the demo left %s", line)
    sweep.run(now)
    stage.pictures.develop(now)
    _read_old_messages(now)
    return stage.begun


class _Stage:
    """The heap of what happens next, and the courses that are on their way."""

    def __init__(self, office: Office, now: datetime, seed: int) -> None:
        calendar, rng = current_rules().calendar, Random(seed)
        self.seed = seed
        self.pictures = Pictures(seed, [])
        self.office = office
        self.now = now
        self.rng = rng
        self.city = City(rng)
        self.desks = Desks(rng, calendar)
        self.calendar = calendar
        self.under_way: dict[int, Course] = {}
        self.begun = 0
        self.refused: list[str] = []
        self._heap: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._pushed = 0

    def plan(self, cases: int) -> None:
        """Put on the heap how every case begins, the handover, and the day on which people got e-mail."""
        scenes = list(set_up(self.city, self.office.streets, self.calendar, self.now))
        self.pictures = Pictures(self.seed, [course for _at, course in scenes])
        ordinary = max(cases - len(scenes), cases // 2)
        births = ordinary_courses(
            self.city, self.office.streets, self.calendar, now=self.now, days=SPAN_DAYS, count=ordinary
        )
        for at, course in (*scenes, *births):
            self._push(at, lambda at, course=course: self._begin(course, at))  # type: ignore[misc]
        self._push(self.now - MAIL_SINCE, _give_addresses)
        handed_over_at = _morning_of_handover(timezone.localdate(self.now))
        self._push(handed_over_at, self._hand_over)
        street = self.office.streets[0]
        first = going_along(self.city, street, street.communities[names.HANDOVER[0]])
        self._push(handed_over_at - timedelta(hours=14), lambda at: self._begin(first, at))

    def run(self, say: Say) -> None:
        """Let everything happen that happens until now."""
        start = self.now - timedelta(days=SPAN_DAYS)
        while self._heap and self._heap[0][0] <= self.now:
            at, _order, happen = heapq.heappop(self._heap)
            happen(at)
            say((at - start) / (self.now - start))
        say(1.0)

    def _push(self, at: datetime, happen: Callable[[datetime], None]) -> None:
        self._pushed += 1
        heapq.heappush(self._heap, (at, self._pushed, happen))

    def _begin(self, course: Course, at: datetime) -> None:
        affair, subdistrict = course.affair, course.street.subdistrict
        if course.begin == "report":
            by = None if affair.matter.source == Case.Source.CITIZEN else self._clerk(course)
            event = report_case(subdistrict=subdistrict, matter=affair.matter, by=by, at=at)
        else:
            logged_by = self._logger(course, at)
            event = log_case(
                subdistrict=subdistrict,
                matter=affair.matter,
                by=logged_by,
                at=at,
                standard=affair.standard if course.begin == "log" else None,
                is_self_handled=course.begin == "self_handle",
                photos=self.pictures.of_the_begin(course, logged_by, at),
            )
        self.begun += 1
        self._follow(course, event, course.begin, at)

    def _follow(self, course: Course, event: CaseEvent, action: str, at: datetime) -> None:
        course.case = event.case
        course.note(action)
        self._go_on(course, at)

    def _go_on(self, course: Course, at: datetime) -> None:
        assert course.case is not None
        if course.case.is_open:
            self.under_way[course.case.pk] = course
        else:
            self.under_way.pop(course.case.pk, None)
        step = self.desks.next_step(course, at)
        if step is not None:
            self._push(step.at, lambda at: self._take(course, step, at))

    def _take(self, course: Course, step: Step, at: datetime) -> None:
        assert course.case is not None
        if self._clock_moved(course.case, at) or step.action == LOOK:
            course.request = course.request if course.case.state in workflow.AT_WORK else ""
            self._go_on(course, at)
            return
        given = {**step.given, "target": self._other_open(course)} if step.action == "merge" else step.given
        try:
            by = self._person(course, step, at)
            photos = self.pictures.of_the_step(course, step.action, by, at)
            event = perform(step.action, number=course.case.number, by=by, at=at, **given, **photos)
        except Refusal as refusal:  # the case stays as it is; a demo must not fail for it
            self.refused.append(f"{course.case.number} {step.action}: {refusal}")
            return
        self._follow(course, event, step.action, at)

    def _clock_moved(self, case: Case, at: datetime) -> bool:
        """Whether the portal's own clock has brought the case to another state meanwhile."""
        if case.next_check_at is None or case.next_check_at > at:
            return False
        if case.state not in ("suspended", "escalated") and (case.due_at is None or at <= case.due_at):
            return False
        before = case.state
        sweep.run(at)
        case.refresh_from_db()
        return case.state != before

    def _clerk(self, course: Course) -> User:
        return self.rng.choice(course.street.of_role(Role.CLERK))

    def _logger(self, course: Course, at: datetime) -> User:
        """A patrol's find is logged by who answers for the community, everything else at the desk."""
        if course.affair.matter.source != Case.Source.PATROL:
            return self._clerk(course)
        acting = course.street.acting(course.community.pk, timezone.localdate(at))
        return acting or course.street.of_role(Role.TEAM_LEADER)[0]

    def _person(self, course: Course, step: Step, at: datetime) -> User | None:
        case, street = course.case, course.street
        assert case is not None
        if step.part == "clerk":
            return self._clerk(course)
        if step.part == "leader":
            return street.of_role(Role.LEADER)[0] if self.rng.random() < 0.7 else street.of_role(Role.LEADER)[-1]
        if step.part == "liaison":
            return self.office.liaisons[case.department_id or 0]
        return _in_field(street, case, step, timezone.localdate(at))

    def _other_open(self, course: Course) -> Case | None:
        """Another open case of the same street into which this one can be merged, if possible nearby."""
        others = [one for one in self.under_way.values() if one.street is course.street and one is not course]
        near = [one for one in others if one.community == course.community]
        found = self.rng.choice(near or others) if others else None
        return found.case if found else None

    def _hand_over(self, at: datetime) -> None:
        """The handover in the past: the open cases go along, and a sheet says so."""
        index, old, _new, _ago = names.HANDOVER
        street = self.office.streets[0]
        community, by = street.communities[index], street.people["leader"]
        duty = assignments_on(timezone.localdate(at)).get(community=community, part=OFFICER)
        write_sheet(duty, before=street.people[old], note=HANDOVER_NOTE, by=by, at=at)


def _in_field(street: Street, case: Case, step: Step, on: date) -> User | None:
    """The team's leader (or the member who was given the case), else who acts for the community."""
    if case.team_id is None:
        return street.acting(case.community_id, on)
    if case.handler_id is not None and step.action == "report_back":
        return street.of_team(case.team_id, Role.TEAM_MEMBER)
    return street.of_team(case.team_id, Role.TEAM_LEADER)


def _morning_of_handover(today: date) -> datetime:
    day = today - timedelta(days=names.HANDOVER[3])
    return timezone.make_aware(datetime(day.year, day.month, day.day, 0, 5))  # noqa: DTZ001 (made aware)


def _give_addresses(at: datetime) -> None:
    """From now on a few people get e-mail; what fell due before is told first, to nobody's mailbox."""
    sweep.run(at)
    logins = [name + tail for name in names.WITH_MAIL for tail in ("", "2")]
    for user in User.objects.filter(username__in=logins, email="").order_by("username"):
        change_account(by=user, at=at, values={"email": f"{user.username}@demo.example"})


def _read_old_messages(now: datetime) -> None:
    """Whatever is older than some days has been read in the meantime."""
    until = now - READ_AFTER
    old = Message.objects.filter(read_at=None, created_at__lt=until)
    readers = User.objects.filter(pk__in=old.values("recipient_id")).order_by("pk")
    for user in readers:
        mark_read(by=user, at=until, ids=old.filter(recipient=user).values_list("pk", flat=True))
