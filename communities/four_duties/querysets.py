"""Named questions about duties and their sheets."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from citymgmt.found import MOST_ID, one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound
from communities.four_duties.lifecycle import CONFIRMED
from communities.models import Community, Duty, DutyAnswer, DutyPhoto, DutySheet
from communities.models.four_duties import Rhythm

QUARTER_ENDS = (3, 6, 9, 12)


def duties_asked(subdistrict_id: int, month_on: date) -> list[Duty]:
    """What an office asks of its communities in a month, by area and place in the order."""
    rows = Duty.objects.filter(subdistrict=subdistrict_id, is_active=True)
    if month_on.month not in QUARTER_ENDS:
        rows = rows.filter(rhythm=Rhythm.MONTH)
    return list(rows.order_by("position", "id"))


def without_sheet(month_on: date) -> QuerySet[Community]:
    """The active communities whose office asks something and that have no sheet of the month yet."""
    sheets = DutySheet.objects.filter(community=OuterRef("pk"), month_on=month_on)
    asked = Duty.objects.filter(subdistrict=OuterRef("subdistrict"), is_active=True)
    if month_on.month not in QUARTER_ENDS:
        asked = asked.filter(rhythm=Rhythm.MONTH)
    return Community.objects.filter(Exists(asked), ~Exists(sheets), is_active=True).order_by("pk")


def sheets_seen(user: User, on: date) -> QuerySet[DutySheet]:
    """The sheets that a person sees."""
    rows = visible_to(user, DutySheet.objects.all(), on=on)
    return rows.select_related("community").defer("community__boundary")


def sheets_of_month(user: User, month_on: date, on: date) -> list[DutySheet]:
    """The sheets of a month that a person sees, with their answers, by community."""
    answers = Prefetch("answers", DutyAnswer.objects.order_by("ordinal"))
    return list(sheets_seen(user, on).filter(month_on=month_on).order_by("community__code").prefetch_related(answers))


def visible_sheet(user: User, pk: int, on: date) -> DutySheet:
    """Raises: NotFound."""
    return one_of(sheets_seen(user, on).select_related("handed_in_by"), pk)


def answers_of(sheet: DutySheet) -> list[DutyAnswer]:
    """The answers of a sheet in their order, with their photos."""
    photos = Prefetch("photos", DutyPhoto.objects.order_by("id"))
    return list(sheet.answers.order_by("ordinal").prefetch_related(photos))


def visible_duty_photo(user: User, pk: int, on: date) -> DutyPhoto:
    """The photo of this id, if the person may see its sheet. Raises: NotFound."""
    seen = visible_to(user, DutySheet.objects.all(), on=on)
    return one_of(DutyPhoto.objects.filter(answer__sheet__in=seen), pk)


def locked_sheet(pk: int) -> DutySheet:
    """A sheet, locked. Raises: NotFound."""
    if not 0 < pk < MOST_ID:
        raise NotFound
    return one_of(DutySheet.objects.select_for_update(of=("self",), no_key=True), pk)


def scores_since(communities: Sequence[int], first: date) -> Mapping[int, dict[date, DutySheet]]:
    """The confirmed sheets of these communities from a month on, by community and month."""
    rows = DutySheet.objects.filter(community__in=communities, month_on__gte=first, state=CONFIRMED)
    found: dict[int, dict[date, DutySheet]] = {}
    for sheet in rows.order_by("month_on"):
        found.setdefault(sheet.community_id, {})[sheet.month_on] = sheet
    return found


def latest_of(community: Community, on: date) -> list[DutySheet]:
    """The newest sheets of a community, the newest first: this month's and the one before."""
    return list(DutySheet.objects.filter(community=community, month_on__lte=on).order_by("-month_on")[:2])
