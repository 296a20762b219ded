"""Named questions about what boards show, and about the boards themselves."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from django.conf import settings
from django.db.models import Case, Exists, F, Model, OuterRef, Q, QuerySet, Value, When

from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound
from communities.boards.content import Content, Person
from communities.boards.lifecycle import DOWN, RENEW
from communities.models import (
    Board,
    BoardPhoto,
    Community,
    KeyPlace,
    OfficerAssignment,
    Portrait,
    PublicCard,
    PublicOffice,
)
from communities.querysets import DEPUTY, OFFICER, assignments_on, officers_of

M = TypeVar("M", bound=Model)
SHOWN = ("user__public_card", "user__portrait")
People = dict[tuple[int, str], User]  # by community and part


# --- what is shown -------------------------------------------------------------------------------------------
def report_url(code: str) -> str:
    """Where the public reports something in the community of this code: what the code on a board holds."""
    return settings.PUBLIC_BASE_URL.rstrip("/") + report_path(code)


def report_path(code: str) -> str:
    """The address of the public form of reports, for the community of this code."""
    return f"/report/?community={code}"


def open_communities() -> QuerySet[Community]:
    """The communities of which the public is told, by sub-district and code."""
    rows = Community.objects.filter(is_active=True).select_related("subdistrict").defer("boundary")
    return rows.order_by("subdistrict__code", "code")


def open_community(code: str) -> Community:
    """The community of this code, for anybody. Raises: NotFound."""
    return _found(open_communities().filter(code=code))


def people_on(communities: Iterable[int], on: date) -> People:
    """Who holds which post on a day, away or not, with what the public may know; nobody whose account has ended."""
    rows = assignments_on(on).filter(community__in=communities, user__is_active=True)
    found: Iterator[OfficerAssignment] = rows.select_related(*SHOWN).order_by("community").iterator()
    return {(one.community_id, one.part): one.user for one in found}


def offices_of(subdistricts: Iterable[int]) -> Mapping[int, PublicOffice]:
    """How the public reaches these sub-districts' offices, by sub-district."""
    return {one.subdistrict_id: one for one in PublicOffice.objects.filter(subdistrict__in=subdistricts)}


def contents_on(communities: Iterable[Community], on: date) -> dict[int, Content]:
    """What a board of each of these communities shows on a day, by community; two queries."""
    rows = list(communities)
    people = people_on([one.pk for one in rows], on)
    offices = offices_of({one.subdistrict_id for one in rows})
    return {one.pk: content_of(one, people, offices.get(one.subdistrict_id)) for one in rows}


def content_of(community: Community, people: Mapping[tuple[int, str], User], office: PublicOffice | None) -> Content:
    """What a board of a community shows, of what was read."""
    officer, deputy = people.get((community.pk, OFFICER)), people.get((community.pk, DEPUTY))
    return Content(
        code=community.code,
        community=community.name_zh,
        office=community.subdistrict.name_zh,
        officer=person_of(officer) if officer else None,
        deputy=deputy_of(deputy) if deputy else None,
        address=community.office_address,
        phone=community.office_phone,
        supervision_phone=office.phone if office else "",
        supervision_hours=office.hours if office else "",
        report_url=report_url(community.code),
    )


def person_of(user: User) -> Person:
    """What the public may know of somebody; never a log-in name."""
    card, portrait = card_of(user), portrait_of(user)
    return Person(
        name=user.display_name,
        badge=card.badge_number if card else "",
        phone=card.phone if card else "",
        duties=card.duties if card else "",
        hours=card.hours if card else "",
        portrait=portrait.sha256 if portrait else "",
    )


def card_of(user: User) -> PublicCard | None:
    """The public card of somebody, if there is one."""
    found: PublicCard | None = getattr(user, "public_card", None)
    return found


def portrait_of(user: User) -> Portrait | None:
    """The portrait of somebody, if there is one."""
    found: Portrait | None = getattr(user, "portrait", None)
    return found


def deputy_of(user: User) -> Person:
    """What a board shows of a deputy: whom to call while the officer is away."""
    shown = person_of(user)
    return Person(shown.name, shown.badge, shown.phone)


def matching(words: str) -> Q:
    """Communities whose name, code or address, or the name or address of whose key places, holds these words."""
    place = KeyPlace.objects.filter(Q(name_zh__icontains=words) | Q(address__icontains=words), is_active=True)
    named = Q(name_zh__icontains=words) | Q(name_en__icontains=words) | Q(code=words)
    return named | Q(office_address__icontains=words) | Q(Exists(place.filter(community=OuterRef("pk"))))


# --- boards --------------------------------------------------------------------------------------------------
def boards_seen(user: User, on: date) -> QuerySet[Board]:
    """The boards that stand within a person's reach: those to be renewed first, the longest due before."""
    rows = visible_to(user, Board.objects.exclude(state=DOWN), on=on)
    waits = Case(When(state=RENEW, then=Value(0)), default=Value(1))
    with_place = rows.select_related("community__subdistrict").defer("community__boundary")
    return with_place.order_by(waits, F("due_at").asc(nulls_last=True), "community__code", "place", "pk")


def boards_of(community: Community) -> QuerySet[Board]:
    """The boards that stand in a community."""
    return Board.objects.filter(community=community).exclude(state=DOWN).order_by("place", "pk")


def visible_board(user: User, pk: int, on: date) -> Board:
    """Raises: NotFound."""
    rows = Board.objects.filter(pk=pk).select_related("community__subdistrict").defer("community__boundary")
    return _found(visible_to(user, rows, on=on))


def visible_board_photo(user: User, pk: int, on: date) -> BoardPhoto:
    """Raises: NotFound."""
    seen = visible_to(user, Board.objects.all(), on=on)
    return _found(BoardPhoto.objects.filter(pk=pk, event__board__in=seen))


def communities_with_boards() -> QuerySet[Community]:
    """The communities in which a board stands."""
    standing = Board.objects.filter(community=OuterRef("pk")).exclude(state=DOWN)
    rows = Community.objects.filter(Exists(standing)).select_related("subdistrict").defer("boundary")
    return rows.order_by("pk")


def turns_between(community_id: int, after: date, until: date) -> list[date]:
    """The days after the one and until the other, in order, on which somebody began or ceased to hold a post."""
    rows = OfficerAssignment.objects.filter(community=community_id).order_by("period").values_list("period", flat=True)
    ends = {day for period in rows for day in (period.lower, period.upper) if day}
    return sorted(day for day in ends if after < day <= until)


# --- people and offices --------------------------------------------------------------------------------------
def officers_with_cards(subdistrict_id: int | None) -> QuerySet[User]:
    """Those who can answer for a community of a sub-district, with what the public may know of them."""
    rows = officers_of(subdistrict_id or 0).select_related("public_card", "portrait")
    return rows.order_by("display_name", "username")


def officer_named(subdistrict_id: int | None, username: str) -> User:
    """The officer of this log-in name in a sub-district. Raises: NotFound."""
    return _found(officers_with_cards(subdistrict_id).filter(username=username))


def _found(rows: QuerySet[M]) -> M:
    row = rows.first()
    if row is None:
        raise NotFound
    return row
