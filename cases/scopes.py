"""How the scopes of the permission table become queries on cases and their parts."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from cases.models import Case, CaseEvent, Escalation, ExportJob, Photo, ReporterLook, SavedView, TimeRequest
from citymgmt.people.models import User
from citymgmt.people.permissions import Scope, ScopeQuery
from citymgmt.people.permissions import register as register_scope
from communities.querysets import communities_of


def _subdistrict(user: User, on: date) -> Q:
    return Q(subdistrict_id=user.subdistrict_id)


def _community(user: User, on: date) -> Q:
    """The sub-district leads, so that lists enter its index and need not gather all cases of the communities."""
    within = Q(community_id__in=communities_of(user, on)) | Q(officer=user)
    return Q(subdistrict_id=user.subdistrict_id) & within


def _team(user: User, on: date) -> Q:
    return Q(team_id=user.organisation_id)


def _department(user: User, on: date) -> Q:
    return Q(Exists(Escalation.objects.filter(case=OuterRef("pk"), department_id=user.organisation_id)))


def _own(user: User, on: date) -> Q:
    if user.subdistrict_id is None:
        return Q(pk__in=[])
    return Q(logged_by=user, subdistrict_id=user.subdistrict_id)


CASE_QUERIES: dict[Scope, ScopeQuery] = {
    Scope.SUBDISTRICT: _subdistrict,
    Scope.COMMUNITY: _community,
    Scope.TEAM: _team,
    Scope.DEPARTMENT: _department,
    Scope.OWN: _own,
}


_ASKED_ABOUT = frozenset({"subdistrict_id", "community_id", "officer_id", "team_id", "logged_by_id"})


def may_leave_sight(event: CaseEvent) -> bool:
    """Whether an event may have taken its case out of somebody's sight: it changed a column that a scope asks about.
    An escalation, ended or not, stays with its department.
    """
    return not _ASKED_ABOUT.isdisjoint(event.changes["case"])


def _through_case(query: ScopeQuery) -> ScopeQuery:
    """The same scope on a part of a case."""
    return lambda user, on: Q(case__in=Case.objects.filter(query(user, on)))


def _photo_of(query: ScopeQuery) -> ScopeQuery:
    """Photos of the cases in reach, and one's own drafts, which have no case yet."""
    through = _through_case(query)
    return lambda user, on: through(user, on) | Q(case=None, uploaded_by=user)


def _views_of_the_office(user: User, on: date) -> Q:
    """One's own saved views, and those that the office shares."""
    return Q(owner=user) | Q(is_shared=True, subdistrict_id=user.subdistrict_id)


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(Case, view="case.view", queries=CASE_QUERIES)
    parts = {scope: _through_case(query) for scope, query in CASE_QUERIES.items()}
    own = {**parts, Scope.DEPARTMENT: lambda user, on: Q(department_id=user.organisation_id)}
    register_scope(Escalation, view="escalation.view", queries=own)
    register_scope(TimeRequest, view="case.view", queries=parts)
    register_scope(ReporterLook, view="reporter.looks", queries={Scope.SUBDISTRICT: parts[Scope.SUBDISTRICT]})
    photos = {scope: _photo_of(query) for scope, query in CASE_QUERIES.items()}
    register_scope(Photo, view="case.view", queries=photos)
    views = {Scope.SUBDISTRICT: _views_of_the_office, Scope.OWN: lambda user, on: Q(owner=user)}
    register_scope(SavedView, view="view.use", queries=views)
    register_scope(ExportJob, view="export.view", queries={Scope.OWN: lambda user, on: Q(owner=user)})
