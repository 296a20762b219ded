"""Prototypes: cases whose histories the portal's own actions and its ladder have written."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction

from cases import deadlines, settling
from cases.actions import Matter, log_case, perform, report_case
from cases.bulk_seed.office import MeasuredDistrict, MeasuredStreet
from cases.models import Case, CaseStandard
from citymgmt.people.models import User
from citymgmt.worktime.clock import SHANGHAI
from citymgmt.worktime.rules import current_rules
from communities.models import Community

SEED = 20180101
HOUSE = "12号"  # the house of every prototype; each copy gets one of its own
NEARBY = "其他问题"  # what else a prototype's caller saw; each copy's caller names something
RECENT_SHARE, RECENT_DAYS = 0.15, 2.0
QUARTER = timedelta(minutes=15)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Timeframe:
    """The moment up to which cases are laid out, and how many days before it they begin."""

    at: datetime
    days: int

    def some_moment(self, chance: random.Random) -> datetime:
        """A moment in office hours of the time frame; some are recent, so that they are open still."""
        days = RECENT_DAYS if chance.random() < RECENT_SHARE else float(self.days)
        day = (self.at - timedelta(days=chance.uniform(0, min(days, self.days)))).astimezone(SHANGHAI)
        moment = day.replace(hour=chance.randint(8, 17), minute=chance.randint(0, 59), second=0, microsecond=0)
        return min(moment, self.at - timedelta(minutes=chance.randint(1, 90)))


@dataclass(frozen=True)
class Deed:
    """An action, who does it, and when: at a share of the way from filing to the deadline, and hours later."""

    action: str
    actor: str
    share: float
    note: str = ""
    hours: float = 0


CLOSED_ON_TIME = (
    Deed("receive", "officer", 0.1),
    Deed("report_back", "officer", 0.6, "已处理"),
    Deed("pass", "clerk", 0.9),
)
CLOSED_LATE = (
    Deed("receive", "officer", 0.5),
    Deed("report_back", "officer", 1, "已处理", hours=1),
    Deed("pass", "clerk", 1, hours=2),
)
BY_THE_DISTRICT = (  # two weeks after the deadline the ladder has reached the district, whatever the holidays
    Deed("acknowledge", "liaison", 1, hours=336),
    Deed("reply", "liaison", 1, "已转有关单位处置", hours=340),
    Deed("report_back", "officer", 1, "已处理", hours=345),
    Deed("pass", "clerk", 1, hours=350),
)
TO_INSPECT = CLOSED_ON_TIME[:2]
LEFT_ALONE: tuple[Deed, ...] = ()
STORIES = (*[CLOSED_ON_TIME] * 11, *[CLOSED_LATE] * 3, *[BY_THE_DISTRICT] * 2, TO_INSPECT, LEFT_ALONE)
BEGINNINGS = ("filed",) * 8 + ("reported", "declined", "self_handled")


@dataclass(frozen=True)
class Scene:
    """Where a prototype happens and who acts."""

    district: MeasuredDistrict
    street: MeasuredStreet
    community: Community
    officer: User
    standard: CaseStandard

    def actor(self, name: str, case: Case) -> User:
        """Who does a deed on the case."""
        if name == "liaison":
            return self.district.liaisons[case.department_id or 0]
        return self.officer if name == "officer" else self.street.clerk

    def matter(self) -> Matter:
        """What is reported."""
        return Matter(
            description=f"{self.standard.condition_zh}，请处理。附近还有{NEARBY}",
            source=Case.Source.CALL,
            community=self.community,
            category=self.standard.category,
            address=f"{self.community.name_zh}中山路{HOUSE}",
        )


def _scene(district: MeasuredDistrict, chance: random.Random, standards: list[CaseStandard]) -> Scene:
    street = chance.choice(district.streets)
    community, officer = chance.choice(street.communities)
    return Scene(district, street, community, officer, chance.choice(standards))


def settled_prototypes(district: MeasuredDistrict, frame: Timeframe, count: int) -> list[int]:
    """Ids of new cases in all states, by the moment they were reported; nothing is due for them at `frame.at`."""
    chance = random.Random(SEED)
    moments = sorted(frame.some_moment(chance) for _number in range(count))
    ids = []
    for moment in moments:
        case = _begin(_scene(district, chance, district.standards), moment, chance, frame.at)
        _settle(case, frame.at)
        ids.append(case.pk)
    return ids


def _begin(scene: Scene, at: datetime, chance: random.Random, until: datetime) -> Case:
    beginning = chance.choice(BEGINNINGS)
    if beginning in ("reported", "declined"):
        case = _reported(scene, at)
        if beginning == "declined":
            perform("decline", number=case.number, by=scene.street.clerk, at=at + QUARTER, note="不属本街道职责")
        return case
    case = _logged(scene, at, is_self_handled=beginning == "self_handled")
    if beginning == "filed":
        _play(case, scene, chance.choice(STORIES), until)
    return case


def _reported(scene: Scene, at: datetime) -> Case:
    return report_case(subdistrict=scene.street.subdistrict, matter=scene.matter(), by=None, at=at).case


def _logged(scene: Scene, at: datetime, *, is_self_handled: bool = False) -> Case:
    event = log_case(
        subdistrict=scene.street.subdistrict,
        matter=scene.matter(),
        standard=scene.standard,
        is_self_handled=is_self_handled,
        by=scene.street.clerk,
        at=at,
    )
    return event.case


def _play(case: Case, scene: Scene, story: tuple[Deed, ...], until: datetime) -> None:
    """Do the deeds of a story that lie before `until`."""
    assert case.due_at is not None
    allowed = case.due_at - case.created_at
    for deed in story:
        at = case.created_at + allowed * deed.share + timedelta(hours=deed.hours)
        if at > until:
            return
        _settle(case, at)
        given: dict[str, Any] = {"note": deed.note} if deed.note else {}
        perform(deed.action, number=case.number, by=scene.actor(deed.actor, case), at=at, **given)


def _settle(case: Case, at: datetime) -> None:
    with transaction.atomic():
        settling.settle_batch(list(Case.objects.filter(pk=case.pk).select_for_update(no_key=True)), at, current_rules())


def due_prototypes(district: MeasuredDistrict, frame: Timeframe, step: str, count: int) -> list[int]:
    """Ids of new cases for which exactly the step "urge" or "escalate" is due at `frame.at`, and nothing more."""
    chance = random.Random(SEED + 1)
    standards = [standard for standard in district.standards if standard.limit_unit == "uh"]
    ids = []
    for moment in islice(_moments_before(standards[0], frame.at, step), count):
        case = _logged(_scene(district, chance, [standards[0]]), moment)
        _settle(case, _step_at(standards[0], moment, step) - SECOND)
        ids.append(case.pk)
    return sorted(ids)


def _moments_before(standard: CaseStandard, at: datetime, step: str) -> Iterator[datetime]:
    """Moments of filing, latest first, after which the step falls due not later than `at`."""
    moment = at
    while True:
        moment -= QUARTER
        if _step_at(standard, moment, step) <= at:
            yield moment


def _step_at(standard: CaseStandard, filed_at: datetime, step: str) -> datetime:
    """When the shipped ladder takes the step on a case filed then: at the deadline, or a working day later."""
    calendar = current_rules().calendar
    due_at, _is_provisional = deadlines.deadline(calendar, filed_at, standard.limit)
    return due_at if step == "urge" else deadlines.deadline(calendar, due_at, deadlines.ACKNOWLEDGE_LIMIT)[0]
