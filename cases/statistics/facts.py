"""The facts of cases, read from their rows and histories."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from cases.models import Case, CaseEvent, Category, Escalation, TimeRequest
from cases.statistics.lives import Life, Rules, StageLimits, Step
from cases.statistics.measures import COHORTS, counted, days_of
from cases.statistics.models import CaseFact, Place, StageLimit
from cases.statistics.place_sql import FIRST_RECURRENCES
from cases.statistics.sql import AMOUNTS
from citymgmt.people.kept import Kept
from citymgmt.worktime.clock import Limit, Unit
from citymgmt.worktime.rules import current_rules

OF_LIFE = ("state", "created_at", "filed_at", "due_at", "handled_at", "closed_at", "close_kind", "source")
OF_COUNT = ("rework_count", "extension_count", "appeal")
OF_PLACE = ("subdistrict_id", "community_id", "category_id", "officer_id", "team_id", "source", "is_campaign")
OF_POINT = ("key_place_id", "longitude", "latitude")
OF_STEP = ("kind", "at", "from_state", "to_state", CaseEvent.IS_SATISFIED)  # of an event
NEEDED = (*OF_LIFE, *OF_COUNT, *OF_PLACE, *OF_POINT, "limit_value", "limit_unit")  # of a case, to say what it counts as


def stage_rules() -> Rules:
    """The office hours and the limits of the stages that hold now."""
    return Rules(current_rules().calendar, _kept_limits())


def _read_limits() -> StageLimits:
    minutes = dict(StageLimit.objects.values_list("stage", "minutes"))
    return StageLimits(**{stage.value: timedelta(minutes=minutes[stage]) for stage in StageLimit.Stage})


_kept_limits = Kept(_read_limits, StageLimit)


def lives_of(cases: Iterable[Case], as_of: datetime, rules: Rules) -> dict[int, Life]:
    """The lives of cases, by id, in a query for each kind of thing around them."""
    known = {case.pk: case for case in cases}
    steps: dict[int, list[Step]] = defaultdict(list)
    events = CaseEvent.objects.filter(case_id__in=list(known)).order_by("case_id", "seq")
    for pk, *values in events.values_list("case_id", *OF_STEP):
        steps[pk].append(Step(*values))
    granted = _granted(case for case in known.values() if case.extension_count)
    spots = _spots(list(known))
    return {pk: life_of(case, steps[pk], granted[pk], spots[pk], as_of, rules) for pk, case in known.items()}


Spot = dict[str, Any]  # whether a place is known, and after what time the case recurred there


def _spots(ids: list[int]) -> dict[int, Spot]:
    """What is known of the places of cases, by their ids; nothing of any other."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_RECURRENCES, [ids])
        recurred = dict(cursor.fetchall())
    placed = Place.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
    return defaultdict(dict, {pk: {"has_place": True, "recurs_after": recurred.get(pk)} for pk in placed})


def _granted(cases: Iterable[Case]) -> dict[int, list[Limit]]:
    """What approved extensions added to each case, by its id; none for any other."""
    found: dict[int, list[Limit]] = defaultdict(list)
    requests = TimeRequest.objects.filter(
        case_id__in=[case.pk for case in cases], kind=TimeRequest.Kind.EXTENSION, state=TimeRequest.State.APPROVED
    ).order_by("case_id", "ordinal")
    for pk, value, unit in requests.values_list("case_id", "extra_value", "extra_unit"):
        if value is not None:  # an extension has one
            found[pk].append(Limit(value, Unit(unit)))
    return found


def life_of(
    case: Case, steps: Sequence[Step], granted: Sequence[Limit], spot: Spot, as_of: datetime, rules: Rules
) -> Life:
    """The life of a case with these steps and extensions, at this spot."""
    told: dict[str, Any] = {name: getattr(case, name) for name in (*OF_LIFE, *OF_COUNT, "is_campaign")}
    return Life(steps=steps, as_of=as_of, rules=rules, limit=case.limit, granted=granted, **told, **spot)


def facts_of(cases: Iterable[Case], as_of: datetime, rules: Rules) -> list[CaseFact]:
    """What the cases count as, as new rows, in the order of the cases."""
    told = list(cases)
    lives, escalated, disorders = lives_of(told, as_of, rules), _departments(told), disorders_of(told)
    return [_fact(case, lives[case.pk], escalated.get(case.pk), disorders.get(case.category_id or 0)) for case in told]


def _fact(case: Case, life: Life, department_id: int | None, disorder_id: int | None) -> CaseFact:
    amounts = dict(counted(life))
    days = days_of(life)
    return CaseFact(
        case_id=case.pk,
        disorder_id=disorder_id,
        department_id=department_id,
        measures=list(amounts),
        minutes_to_handle=life.minutes_to_handle,
        **{name: getattr(case, name) for name in OF_PLACE},
        **{code: amounts.get(code, 0) for code in AMOUNTS},
        **{f"{code}_on": days[code] for code in COHORTS},
    )


def disorders_of(cases: Iterable[Case]) -> dict[int, int]:
    """The disorder of each category of the cases."""
    wanted = {case.category_id for case in cases if case.category_id is not None}
    categories = Category.objects.filter(pk__in=wanted).order_by("pk")
    return dict(categories.values_list("pk", "disorder_id"))


def _departments(cases: Sequence[Case]) -> dict[int, int]:
    """The department to which each case was escalated last, by the case's id."""
    escalations = Escalation.objects.filter(case_id__in=[case.pk for case in cases]).order_by("case_id", "ordinal")
    return dict(escalations.values_list("case_id", "department_id"))
