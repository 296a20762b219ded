"""Named questions about circulars, and the row that actions lock."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from cases.meetings.circulars.models import Circular, CircularReceipt
from cases.meetings.models import MemberUnit
from cases.meetings.querysets import locked_row, next_of_year, visible_row
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to

RELATED = ("subdistrict", "drafted_by", "submitted_by", "issued_by", "corrects")
TEXTS = ("content", "body")  # columns that only the paper itself needs
MOST_CORRECTED = 100  # issued ones that a new one may name, the latest


def circulars_seen(user: User, on: date) -> QuerySet[Circular]:
    """Those that a person may see, without their texts, the latest first."""
    seen = visible_to(user, Circular.objects.all(), on=on).defer(*TEXTS)
    return seen.select_related("drafted_by", "issued_by").order_by("-id")


def visible_circular(user: User, pk: int, on: date) -> Circular:
    """The circular of this id with all that its paper needs, if the person may see it. Raises: NotFound."""
    return visible_row(user, Circular.objects.select_related(*RELATED), pk, on)


def locked_circular(pk: int) -> Circular:
    """The circular, locked until the transaction ends. Raises: NotFound."""
    return locked_row(Circular.objects.all(), pk)


def next_number(subdistrict_id: int, year: int) -> int:
    """The number of the circular that the office issues next in a year."""
    return next_of_year(Circular.objects.filter(subdistrict=subdistrict_id), year)


def issued_of(subdistrict_id: int) -> QuerySet[Circular]:
    """The issued circulars of an office, the latest first."""
    rows = Circular.objects.filter(subdistrict=subdistrict_id, state=Circular.State.ISSUED)
    return rows.defer(*TEXTS).order_by("-issued_at", "-id")


def corrections_seen(user: User, circular: Circular, on: date) -> QuerySet[Circular]:
    """Those that correct a circular, as far as the person may see them, the latest first."""
    return visible_to(user, circular.corrected_by.defer(*TEXTS), on=on).order_by("-id")


def receipts_seen(user: User, circulars: Iterable[Circular], on: date) -> QuerySet[CircularReceipt]:
    """The receipts of these circulars that a person may see, with their units."""
    rows = CircularReceipt.objects.filter(circular__in=[one.pk for one in circulars])
    return visible_to(user, rows, on=on).select_related("unit").order_by("circular", "unit__kind", "unit_id")


def unconfirmed(user: User, on: date) -> Exists:
    """Whether a circular has a receipt that is not confirmed, among those that the person may see."""
    rows = CircularReceipt.objects.filter(circular=OuterRef("pk"), received_at=None)
    return Exists(visible_to(user, rows, on=on))


def in_order(units: Iterable[MemberUnit]) -> list[MemberUnit]:
    """Units in the order in which a paper names them: by kind as the kinds are listed, departments first."""
    kinds = MemberUnit.Kind.values
    return sorted(units, key=lambda unit: (kinds.index(unit.kind), unit.pk))


def receipts_of_unit(unit: MemberUnit) -> QuerySet[CircularReceipt]:
    """Circulars that a unit was sent, those not confirmed first, of each the latest first."""
    rows = CircularReceipt.objects.filter(unit=unit, circular__state=Circular.State.ISSUED).select_related("circular")
    return rows.order_by(F("received_at").asc(nulls_first=True), "-id")
