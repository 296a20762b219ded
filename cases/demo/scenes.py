"""Today's scene: cases set up so that at the present moment every state, rung and queue has something to act on.

A scene says how far its case has come: the share of its limit that has passed, or the office hours since the
deadline or since it came in. `last` is the action after which nothing more happens until somebody logs in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from cases.demo.courses import Course
from cases.demo.fates import HOUR, Fate
from cases.demo.matters import City
from cases.demo.people import Street
from cases.demo.wording import Topic
from cases.models import Case, CaseStandard
from citymgmt.worktime import clock
from citymgmt.worktime.clock import Calendar, Unit, duration_of
from communities.models import Community

VACANT = -1  # the last community of the first street has no officer


@dataclass(frozen=True)
class Scene:
    """`count` cases alike, `count2` in the second street. Of share, late and ago (office hours) one is given."""

    count: int
    count2: int
    last: str
    twists: tuple[str, ...] = ()
    share: float | None = None
    late: float | None = None
    ago: float = 0
    begin: str = "log"
    community: int = 0
    least_days: int = 1
    department: str = ""
    team: str = ""
    lateness: float | None = None
    pace: float = 0.3


DUE_SOON, LAST_RECEIVE = 0.93, "receive"
# hours past the deadline at which the portal's own clock has taken a case to this rung (ladder of domain 5.3)
AT_L1, AT_L2, AT_L3, AT_L4 = 3, 12, 20, 66
SCENES: tuple[Scene, ...] = (
    # the officer's day
    Scene(3, 2, "log", share=0.1),
    Scene(3, 3, LAST_RECEIVE, share=0.4),
    Scene(2, 2, LAST_RECEIVE, share=DUE_SOON),
    Scene(3, 2, LAST_RECEIVE, late=AT_L1),
    Scene(1, 1, "rework", ("rework",), share=0.9, least_days=2),
    Scene(1, 1, "supervise", ("supervise",), share=0.6),
    # the clerk's queues
    Scene(3, 3, "report", ago=0.4, begin="report"),
    Scene(2, 2, "accept", ago=2.5, begin="report", community=1),
    Scene(1, 1, "accept", ago=0.5, begin="accept", community=1),
    Scene(2, 2, "verify", ("verify",), ago=3.5, begin="report"),
    Scene(2, 2, "return", ("return",), share=0.5, community=1),
    Scene(2, 0, "log", share=0.2, community=VACANT),
    Scene(4, 3, "report_back", share=0.6, community=1, least_days=2),
    Scene(2, 1, "request_extension", ("extend",), share=0.4, least_days=2),
    Scene(1, 1, "request_suspension", ("suspend",), share=0.4, community=1, least_days=2),
    # the leader's approvals
    Scene(2, 1, "review", ("extend",), share=0.55, least_days=2),
    Scene(1, 1, "review", ("suspend",), share=0.55, least_days=2, community=1),
    Scene(2, 1, "approve", ("suspend",), share=0.7, least_days=2, community=2),
    Scene(2, 1, "appeal", ("appeal",), late=40, lateness=3, community=1),
    # the enforcement team's tasks
    Scene(2, 2, "dispatch", ("team",), share=0.15, team="enforcement", community=1),
    Scene(3, 2, LAST_RECEIVE, ("team",), share=0.5, team="enforcement", community=2),
    Scene(1, 1, "assign", ("team", "assign"), share=0.6, team="enforcement", community=1),
    Scene(1, 1, LAST_RECEIVE, ("team",), share=DUE_SOON, team="enforcement", community=1),
    Scene(1, 1, LAST_RECEIVE, ("team",), late=AT_L1, team="enforcement", community=2),
    # the liaisons' inboxes: by hand, and by the portal's own clock up to each rung
    Scene(3, 1, "escalate", ("escalate",), share=0.3, least_days=2, department="cgj", community=1),
    Scene(3, 1, "acknowledge", ("escalate",), share=0.8, least_days=2, department="cgj", community=1),
    Scene(2, 1, LAST_RECEIVE, late=AT_L2, department="cgj", community=3),
    Scene(2, 1, LAST_RECEIVE, late=AT_L3, department="cgj", community=4),
    Scene(1, 1, LAST_RECEIVE, late=AT_L4, department="cgj", community=2),
    Scene(1, 1, "escalate", ("escalate",), share=0.3, least_days=2, department="zjj", community=3),
    Scene(2, 1, "acknowledge", ("escalate",), share=0.8, least_days=2, department="zjj", community=3),
    Scene(1, 1, LAST_RECEIVE, late=AT_L2, department="zjj", community=3),
    Scene(1, 0, LAST_RECEIVE, late=AT_L3, department="zjj", community=3),
    Scene(1, 1, "merge", ("merge",), share=0.5, community=1),
)
# endings and turns that the half year must show whatever chance brings; `ago` in office hours
PAST: tuple[Scene, ...] = (
    Scene(1, 1, "decline", ("decline",), ago=150, begin="report"),
    Scene(1, 1, "decline_to_file", ("verify", "decline_to_file"), ago=210, begin="report"),
    Scene(2, 1, "self_handle", ago=120, begin="self_handle"),
    Scene(1, 1, "void", ("void",), ago=260),
    Scene(1, 0, "close_special", ("special",), ago=400),
    Scene(1, 0, "", ("reopen",), ago=330),
    Scene(1, 0, "", ("appeal", "uphold"), ago=500, lateness=3),
    Scene(1, 0, "", ("appeal", "reject"), ago=450, lateness=4),
    Scene(1, 0, "", ("suspend",), ago=380, least_days=2),
    Scene(1, 0, "", ("suspend", "resume"), ago=420, least_days=2),
    Scene(1, 0, "", ("extend",), ago=220, least_days=2, pace=0.7),
    Scene(1, 0, "", ("extend", "refuse"), ago=300, least_days=2, pace=0.6),
    Scene(1, 0, "", ("extend", "refuse_review"), ago=280, least_days=2, pace=0.6),
    Scene(1, 0, "", ("escalate", "measure", "urge"), ago=350, least_days=2, department="cgj"),
    Scene(1, 0, "", ("escalate", "return_escalation"), ago=360, least_days=2, department="zjj"),
    Scene(1, 0, "", ("escalate", "take_back"), ago=370, least_days=2, department="cgj"),
    Scene(1, 0, "", ("escalate", "deaf"), ago=480, least_days=2, department="cgj"),
)


def set_up(city: City, streets: list[Street], calendar: Calendar, now: datetime) -> Iterator[tuple[datetime, Course]]:
    """The courses of all scenes, each with the moment at which it begins."""
    for scene in (*SCENES, *PAST):
        for street, count in zip(streets, (scene.count, scene.count2), strict=True):
            for _number in range(count):
                yield _set_up_one(city, street, calendar, now, scene)


def going_along(city: City, street: Street, community: Community) -> Course:
    """A case that takes some working days, so that a handover of the community finds it open."""
    topic = city.topic(lambda topic, standard: standard.limit_unit == Unit.WORKING_DAY and standard.limit_value >= 3)
    return Course(street, community, city.affair(street, topic, community, Case.Source.CALL.value), Fate(0.8))


def _set_up_one(city: City, street: Street, calendar: Calendar, now: datetime, scene: Scene) -> tuple[datetime, Course]:
    topic = city.topic(lambda topic, standard: _fits(scene, topic, standard))
    community = street.communities[scene.community if scene.community < len(street.communities) else 0]
    source = Case.Source.CITIZEN if scene.begin == "report" else _logged_source(city.rng, scene)
    affair = city.affair(street, topic, community, source)
    fate = Fate(scene.pace, scene.lateness * HOUR if scene.lateness else None, set(scene.twists), scene.last)
    limit = duration_of(affair.standard.limit, calendar)
    begins_at = clock.subtract(calendar, now, Unit.WORKING_HOUR, _elapsed(scene, limit, city.rng))
    return begins_at, Course(street, community, affair, fate, scene.begin)


def _fits(scene: Scene, topic: Topic, standard: CaseStandard) -> bool:
    """Limits in working days of at most a week, so that a scene holds still for some hours."""
    return (
        standard.limit_unit == Unit.WORKING_DAY
        and scene.least_days <= standard.limit_value <= 5
        and standard.department_key in (scene.department, standard.department_key if not scene.department else "")
        and (not scene.team or topic.team == scene.team)
    )


def _logged_source(rng: Random, scene: Scene) -> str:
    in_field = scene.begin == "self_handle" or (scene.begin == "log" and rng.random() < 0.4)
    return Case.Source.PATROL.value if in_field else rng.choice((Case.Source.CALL, Case.Source.VISIT)).value


def _elapsed(scene: Scene, limit: timedelta, rng: Random) -> timedelta:
    """The office time since the case came in, with a few minutes of chance so that no two are alike."""
    blur = rng.uniform(0, 0.02)
    if scene.share is not None:
        return limit * (scene.share + blur)
    if scene.late is not None:
        return limit + (scene.late + blur * 50) * HOUR
    return scene.ago * (1 + blur * 5) * HOUR
