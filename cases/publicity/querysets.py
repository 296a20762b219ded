"""Named questions about publicity: items, forums, suggestions."""

from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from cases.publicity.lifecycle import ADOPTED, DECLINED, DONE, ENTER, KEEP, OPEN, OUT, PARTLY, PLANNED, SHOWN, TO_DO
from cases.publicity.models import Forum, PublicityItem, PublicityPhoto, Suggestion
from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import TABLE, Scope, visible_to
from communities.models import Community
from communities.placed import communities_for

PLACE = ("community", "subdistrict")


def acts_for_the_office(user: User, permission: str) -> bool:
    """Whether a person may do this for the whole sub-district."""
    return TABLE[permission].get(user.role) is Scope.SUBDISTRICT


def people_of(subdistrict_id: int | None) -> QuerySet[User]:
    """Who can answer for an item in an office."""
    rows = User.objects.filter(subdistrict=subdistrict_id or 0, is_active=True, role__in=TABLE[KEEP])
    return rows.order_by("display_name", "username")


# --- publicity items -----------------------------------------------------------------------------------------
def items_seen(user: User, on: date) -> QuerySet[PublicityItem]:
    """The items within a person's reach, with what a list shows of them; the latest day first."""
    rows = PublicityItem.objects.select_related("community", "responsible", "regulation")
    rows = rows.defer("community__boundary", "regulation__words", "regulation__folded")
    return visible_to(user, rows, on=on).order_by("-planned_on", "-pk")


def visible_item(user: User, pk: int, on: date) -> PublicityItem:
    """Raises: NotFound."""
    rows = PublicityItem.objects.select_related(*PLACE, "responsible", "regulation", "institution")
    return one_of(visible_to(user, rows.defer("regulation__words", "regulation__folded"), on=on), pk)


def locked_item(pk: int) -> PublicityItem:
    """The row, locked until the transaction ends. Raises: NotFound."""
    rows = PublicityItem.objects.select_related(*PLACE)
    return one_of(rows.select_for_update(of=("self",), no_key=True), pk)


def put_out_in(first: date | None, last: date | None) -> Q:
    """Items that were put out in a period, whose ends may be open."""
    return Q(state__in=SHOWN) & _within("put_on", first, last)


def item_late(at: datetime) -> Q:
    """Items that should have been put out, or taken down, by now."""
    return Q(state__in=(PLANNED, OUT), due_at__lt=at)


def _within(name: str, first: date | None, last: date | None) -> Q:
    found = Q()
    if first is not None:
        found &= Q(**{f"{name}__gte": first})
    return found & Q(**{f"{name}__lte": last}) if last is not None else found


# --- forums --------------------------------------------------------------------------------------------------
def forums_seen(user: User, on: date) -> QuerySet[Forum]:
    """The forums within a person's reach, the latest first."""
    rows = Forum.objects.select_related("community").defer("community__boundary")
    return visible_to(user, rows, on=on).order_by("-held_at", "-pk")


def visible_forum(user: User, pk: int, on: date) -> Forum:
    """Raises: NotFound."""
    return one_of(visible_to(user, Forum.objects.select_related(*PLACE), on=on), pk)


def locked_forum(pk: int) -> Forum:
    """The row, locked until the transaction ends. Raises: NotFound."""
    return one_of(Forum.objects.select_related(*PLACE).select_for_update(of=("self",), no_key=True), pk)


# --- suggestions ---------------------------------------------------------------------------------------------
def suggestions_seen(user: User, on: date) -> QuerySet[Suggestion]:
    """The suggestions within a person's reach; what is due first first, then the latest."""
    rows = Suggestion.objects.select_related("community", "forum", "case").defer("community__boundary")
    return visible_to(user, rows, on=on).order_by(F("due_at").asc(nulls_last=True), "-received_on", "-pk")


def visible_suggestion(user: User, pk: int, on: date) -> Suggestion:
    """Raises: NotFound."""
    rows = Suggestion.objects.select_related(*PLACE, "forum", "case", "suggester")
    return one_of(visible_to(user, rows, on=on), pk)


def locked_suggestion(pk: int) -> Suggestion:
    """The row, locked until the transaction ends. Raises: NotFound."""
    return one_of(Suggestion.objects.select_related(*PLACE).select_for_update(of=("self",), no_key=True), pk)


def suggestion_late(at: datetime) -> Q:
    """Suggestions that should have been answered, or carried out, by now."""
    return Q(state__in=(OPEN, TO_DO), due_at__lt=at)


def suggestion_waiting() -> Q:
    """Suggestions that are to be answered, or carried out."""
    return Q(state__in=(OPEN, TO_DO))


def answered_in(first: date | None, last: date | None) -> Q:
    """Suggestions that were answered with a decision in a period, whose ends may be open."""
    return Q(state__in=(TO_DO, DONE, DECLINED)) & _within("answered_on", first, last)


def received_in(first: date | None, last: date | None) -> Q:
    """Suggestions that were received in a period, without those entered by mistake."""
    return ~Q(state="mistake") & _within("received_on", first, last)


def taken_up() -> Q:
    """Suggestions that were adopted, wholly or partly."""
    return Q(decision__in=(ADOPTED, PARTLY))


def communities_to_suggest(user: User, on: date) -> QuerySet[Community]:
    """The communities for which a person enters suggestions, without their boundaries."""
    return communities_for(user, ENTER, on).defer("boundary")


# --- photos --------------------------------------------------------------------------------------------------
def visible_photo(user: User, pk: int, on: date) -> PublicityPhoto:
    """Raises: NotFound."""
    return one_of(visible_to(user, PublicityPhoto.objects.all(), on=on), pk)
