"""Named questions about illegal buildings."""

from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from cases.models import Category
from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from patrols.illegal_buildings.lifecycle import STANDING, TIMED
from patrols.illegal_buildings.models import BuildingPaper, BuildingPhoto, IllegalBuilding

CASE_CODES = ("06001", "06003", "08016")  # categories of which illegal buildings are entered (domain.md 2.2)


def visible_building(user: User, pk: int, on: date) -> IllegalBuilding:
    """The building of this id with what stands around it, if the person may see it. Raises: NotFound."""
    rows = IllegalBuilding.objects.select_related("community", "case", "regrown_from", "returned_as", "owner")
    return one_of(visible_to(user, rows, on=on), pk)


def visible_photo(user: User, pk: int, on: date) -> BuildingPhoto:
    """The photo of this id, if the person may see its building. Raises: NotFound."""
    return one_of(visible_to(user, BuildingPhoto.objects.all(), on=on), pk)


def visible_paper(user: User, pk: int, on: date) -> BuildingPaper:
    """The paper of this id with its building, if the person may see that. Raises: NotFound."""
    return one_of(visible_to(user, BuildingPaper.objects.select_related("event__building"), on=on), pk)


def case_categories() -> list[Category]:
    """The categories of cases of illegal buildings that are in use, in the order of their codes."""
    return list(Category.objects.filter(code_2026__in=CASE_CODES, is_active=True).order_by("code_2026", "id"))


def locked_building(pk: int) -> IllegalBuilding:
    """The building of this id, locked until the transaction ends. Raises: NotFound."""
    rows = IllegalBuilding.objects.select_related("community__subdistrict")
    return one_of(rows.select_for_update(of=("self",), no_key=True), pk)


def due_first(rows: QuerySet[IllegalBuilding]) -> QuerySet[IllegalBuilding]:
    """What is due first first, then what is not timed, the latest first."""
    return rows.order_by(F("due_at").asc(nulls_last=True), "-id")


def is_standing() -> Q:
    """Of which something stands."""
    return Q(state__in=STANDING)


def is_overdue(at: datetime) -> Q:
    """Whose next step should have been taken by now."""
    return Q(state__in=sorted(TIMED), due_at__lt=at)
