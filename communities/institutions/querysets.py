"""Named questions about institutions, their agreements and visits, and what they promised."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Exists, F, Max, Model, OuterRef, Q, QuerySet

from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import NotFound
from communities.institutions.lifecycle import COUNTED, KEPT, MADE, OPEN, PLANNED
from communities.institutions.quarters import Quarter
from communities.models import (
    Agreement,
    AgreementPaper,
    Community,
    Institution,
    InstitutionKind,
    InstitutionPhoto,
    InstitutionVisit,
    Pledge,
    VisitRule,
)
from communities.querysets import assignments_on

M = TypeVar("M", bound=Model)
SOON = timedelta(days=30)  # before an agreement ends
MOST_ID = 2**63 - 1
USUAL_TIMES = 1  # visits in a quarter where the office says nothing else
COMMUNITY = "institution__community"


def one_of(rows: QuerySet[M], pk: int) -> M:
    """The row of this id among those. Raises: NotFound."""
    row = rows.filter(pk=pk).first() if 0 < pk <= MOST_ID else None
    if row is None:
        raise NotFound
    return row


# --- institutions --------------------------------------------------------------------------------------------
def institutions_seen(user: User, on: date) -> QuerySet[Institution]:
    """The institutions within a person's reach, by community and name."""
    rows = Institution.objects.select_related("community").defer("community__boundary")
    return visible_to(user, rows, on=on).order_by("community__code", "name", "pk")


def visible_institution(user: User, pk: int, on: date) -> Institution:
    """Raises: NotFound."""
    rows = Institution.objects.select_related("community__subdistrict")
    return one_of(visible_to(user, rows, on=on), pk)


def communities_open_to(user: User, action: str, on: date) -> QuerySet[Community]:
    """The active communities in which a person may do this, by code, without their boundaries."""
    rows = visible_to(user, Community.objects.filter(is_active=True), on=on, action=action)
    return rows.defer("boundary").order_by("code")


def locked_institution(pk: int) -> Institution:
    """The row, locked until the transaction ends. Raises: NotFound."""
    rows = Institution.objects.select_related("community__subdistrict")
    return one_of(rows.select_for_update(of=("self",), no_key=True), pk)


def visited_in(quarter: Quarter) -> Q:
    """Institutions that were visited in a quarter."""
    made = InstitutionVisit.objects.filter(state=MADE, made_on__range=(quarter.first, quarter.last))
    return Q(Exists(made.filter(institution=OuterRef("pk"))))


def in_force(on: date) -> Q:
    """Agreements that hold on a day."""
    return Q(signed_on__lte=on, valid_until__gte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def under_agreement(on: date) -> Q:
    """Institutions with an agreement in force on a day."""
    return Q(Exists(Agreement.objects.filter(in_force(on), institution=OuterRef("pk"))))


def expiring(on: date) -> Q:
    """Institutions whose agreement is in force on a day and no longer thirty days later, for none follows it."""
    return under_agreement(on) & ~under_agreement(on + SOON)


# --- agreements and photos -----------------------------------------------------------------------------------
def visible_agreement(user: User, pk: int, on: date) -> Agreement:
    """Raises: NotFound."""
    return one_of(visible_to(user, Agreement.objects.select_related("institution__community"), on=on), pk)


def visible_paper(user: User, pk: int, on: date) -> AgreementPaper:
    """The paper of the agreement of this id. Raises: NotFound."""
    agreement = one_of(visible_to(user, Agreement.objects.filter(paper__isnull=False), on=on), pk)
    return AgreementPaper.objects.select_related("agreement").get(agreement=agreement)


def visible_photo(user: User, pk: int, on: date) -> InstitutionPhoto:
    """Raises: NotFound."""
    return one_of(visible_to(user, InstitutionPhoto.objects.all(), on=on), pk)


# --- visits --------------------------------------------------------------------------------------------------
def visits_seen(user: User, on: date) -> QuerySet[InstitutionVisit]:
    """The visits within a person's reach, with what a list shows of them."""
    rows = InstitutionVisit.objects.select_related(COMMUNITY, "visitor", "made_by")
    return visible_to(user, rows, on=on).defer(f"{COMMUNITY}__boundary")


def to_make(rows: QuerySet[InstitutionVisit], until: date) -> QuerySet[InstitutionVisit]:
    """Visits that wait and are planned for a day until this one, the oldest first."""
    return rows.filter(state=PLANNED, planned_on__lte=until).order_by("planned_on", "institution__name", "pk")


def for_whom(user: User, acts_in: Iterable[int]) -> Q:
    """Visits that a person is to make: asked by name, or nobody is and the person acts for the community."""
    return Q(visitor=user) | Q(visitor=None, institution__community__in=list(acts_in))


def visitors_of(institution: Institution, on: date) -> QuerySet[User]:
    """The people who can be asked to visit an institution: officer and deputy of its community on a day."""
    posts = assignments_on(on).filter(community=institution.community_id)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("display_name", "username")


def visible_visit(user: User, pk: int, on: date) -> InstitutionVisit:
    """Raises: NotFound."""
    return one_of(visits_seen(user, on), pk)


def visits_by_institution(quarter: Quarter, institutions: Iterable[int]) -> Mapping[int, list[InstitutionVisit]]:
    """Of each institution the visits that were made in a quarter or wait in it."""
    made = Q(state=MADE, made_on__range=(quarter.first, quarter.last))
    waits = Q(state=PLANNED, planned_on__range=(quarter.first, quarter.last))
    rows = InstitutionVisit.objects.filter(made | waits, institution__in=institutions).order_by("pk")
    found: dict[int, list[InstitutionVisit]] = {}
    for visit in rows:
        found.setdefault(visit.institution_id, []).append(visit)
    return found


def last_visits(institutions: Iterable[int]) -> Mapping[int, date]:
    """The day of the last visit of each institution that had one."""
    rows = InstitutionVisit.objects.filter(state=MADE, institution__in=institutions).order_by()
    return dict(rows.values("institution").annotate(last=Max("made_on")).values_list("institution", "last"))


def times_of(subdistrict_id: int | None) -> dict[str, int]:
    """How often in a quarter an office visits its institutions, by kind."""
    kept = dict(VisitRule.objects.filter(subdistrict=subdistrict_id or 0).values_list("kind", "times"))
    return {kind: kept.get(kind, USUAL_TIMES) for kind in InstitutionKind.values}


# --- promises ------------------------------------------------------------------------------------------------
def pledges_seen(user: User, on: date) -> QuerySet[Pledge]:
    """The promises within a person's reach; those to be kept first, what is due first before."""
    rows = visible_to(user, Pledge.objects.select_related(COMMUNITY), on=on).defer(f"{COMMUNITY}__boundary")
    return rows.order_by(F("due_at").asc(nulls_last=True), "-by_day", "-pk")


def visible_pledge(user: User, pk: int, on: date) -> Pledge:
    """Raises: NotFound."""
    return one_of(pledges_seen(user, on).select_related("visit"), pk)


def locked_pledge(pk: int) -> Pledge:
    """A promise, locked after its institution. Raises: NotFound."""
    found = one_of(Pledge.objects.all(), pk)
    institution = locked_institution(found.institution_id)
    pledge = Pledge.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    pledge.institution = institution
    return pledge


def due_in(quarter: Quarter) -> Q:
    """Promises that were to be kept in a quarter."""
    return Q(state__in=COUNTED, by_day__range=(quarter.first, quarter.last))


def kept_on_time() -> Q:
    """Promises that were kept by their day."""
    return Q(state=KEPT, done_on__lte=F("by_day"))


def is_late(at: datetime) -> Q:
    """Promises that should have been kept by now."""
    return Q(state=OPEN, due_at__lte=at)
