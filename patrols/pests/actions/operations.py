"""Operations against pests: entered by the team or a clerk, corrected until a supervisor has checked them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.faults import choice_faults, day_faults, line_faults, number_faults, refuse, stripped
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, WrongState
from patrols.changing import changing
from patrols.pests.actions.frame import OPERATION_ONCE, community_of, keeping
from patrols.pests.indices import PESTS
from patrols.pests.models import (
    LONGEST_CODE,
    LONGEST_LINE,
    LONGEST_TEXT,
    MOST_AREA_M2,
    MOST_SAMPLED,
    OperationPerson,
    PestOperation,
)
from patrols.teams.models import MOST_PEOPLE, Team
from patrols.teams.querysets import members_of

LEAST, MOST_QUANTITY = Decimal("0.01"), Decimal("999999.99")
LINES = {
    "place": LONGEST_LINE,
    "product": LONGEST_LINE,
    "ingredient": LONGEST_LINE,
    "batch": LONGEST_CODE,
    "registration": LONGEST_CODE,
    "ratio": LONGEST_CODE,
}
TEXTS = {"before": LONGEST_TEXT, "after": LONGEST_TEXT}
OF_CHEMICALS = ("ingredient", "batch", "registration")  # what must be known of a pesticide


@dataclass(frozen=True)
class OperationTold:
    """An operation as a person writes it; `community` and `people` are ids. Source of the fields: domain 9.1."""

    community: int
    place: str
    place_kind: str
    on: date
    pest: str
    method: str
    product: str
    quantity: Decimal
    unit: str
    weather: str
    people: tuple[int, ...]
    ingredient: str = ""
    batch: str = ""
    registration: str = ""
    ratio: str = ""
    area_m2: int | None = None
    points: int | None = None
    before: str = ""
    after: str = ""
    is_notice_posted: bool = False


def save_operation(*, by: User, at: datetime, team: int, told: OperationTold, pk: int | None = None) -> PestOperation:
    """Enter an operation of a pest team, or correct one that nobody has checked. Saving the same again changes nothing.

    Raises: NotFound, NotPermitted, WrongState (checked already), Invalid.
    """
    if pk is not None:
        once = OPERATION_ONCE
        with changing(PestOperation, pk, "save_operation", permission="pest.keep", by=by, at=at, once=once) as row:
            if row.checked_at is not None:
                raise WrongState(_("This treatment was checked. It stays as it is."))
            return _write(row, row.team, told, at)
    with keeping(team, "save_operation", by=by, at=at) as found:
        return _write(PestOperation(team=found), found, told, at)


def _write(row: PestOperation, team: Team, told: OperationTold, at: datetime) -> PestOperation:
    values = _checked(row, team, told, at)
    key = ("on", "community", "place", "pest", "method", "product")
    same = PestOperation.objects.filter(team=team, **{name: values[name] for name in key}).exclude(pk=row.pk).first()
    if same is not None:
        if row.pk is None and _is_as_told(same, values, told.people):
            return same
        raise Invalid(fields={"place": _("This is entered already for that day and place.")})
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    row.parts.exclude(user__in=told.people).delete()
    there = set(row.parts.values_list("user_id", flat=True))
    for person in sorted(set(told.people) - there):
        OperationPerson.objects.create(operation=row, user_id=person)
    return row


def _is_as_told(row: PestOperation, values: dict[str, Any], people: tuple[int, ...]) -> bool:
    there = set(row.parts.values_list("user_id", flat=True))
    return there == set(people) and all(getattr(row, name) == value for name, value in values.items())


def _checked(row: PestOperation, team: Team, told: OperationTold, at: datetime) -> dict[str, Any]:
    """The columns but for the people. Raises: Invalid."""
    model = PestOperation
    faults: dict[str, list[str]] = {
        **line_faults(told, LINES, ("place", "product")),
        **line_faults(told, TEXTS),
        "on": day_faults(told.on, at),
        "place_kind": choice_faults(told.place_kind, model.PlaceKind.values),
        "pest": choice_faults(told.pest, list(PESTS)),
        "method": choice_faults(told.method, model.Method.values),
        "unit": choice_faults(told.unit, model.Unit.values),
        "weather": choice_faults(told.weather, model.Weather.values),
        "area_m2": number_faults(told.area_m2, MOST_AREA_M2, 1),
        "points": number_faults(told.points, MOST_SAMPLED, 1),
        "quantity": [] if LEAST <= told.quantity <= MOST_QUANTITY else [_("Choose a quantity above nothing.")],
        "people": _people_faults(row, team, told.people),
    }
    if told.area_m2 is None and told.points is None:
        faults["area_m2"] = [_("Say the area or the number of points.")]
    if told.method in model.CHEMICAL:
        for name in OF_CHEMICALS:
            faults[name] = faults[name] or ([] if getattr(told, name).strip() else [_("A pesticide needs this.")])
    refuse(faults)
    columns = {name: value for name, value in stripped(told).items() if name != "people"}
    return {**columns, "community": community_of(team, told.community)}


def _people_faults(row: PestOperation, team: Team, people: tuple[int, ...]) -> list[str]:
    """Who took part works in the team, or stood in the record before."""
    known = {one.pk for one in members_of(team)}
    there = set(row.parts.values_list("user_id", flat=True)) if row.pk else set()
    if not people or len(people) > MOST_PEOPLE:
        return [_("Choose who took part.")]
    return [] if set(people) <= known | there else [_("This person is no member of the team.")]


def check_operation(*, by: User, at: datetime, pk: int) -> PestOperation:
    """Say as a supervisor that an operation was done as written; only the first time counts.

    Raises: NotFound, NotPermitted, WrongState (who took part does not check).
    """
    with changing(PestOperation, pk, "check_operation", permission="pest.check", by=by, at=at) as row:
        if row.checked_at is None:
            if row.parts.filter(user=by).exists():
                raise WrongState(_("Who took part does not check it."))
            row.checked_by, row.checked_at = by, at
            row.save(update_fields=["checked_by", "checked_at"])
        return row
