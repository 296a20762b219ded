"""How the scopes of the permission table become queries on what comes from outside."""

from django.db.models import Q

from cases.intake.models import (
    ApiClient,
    Disclosure,
    HotlineExport,
    HotlineOrder,
    HotlineSheet,
    Judgement,
    Report,
)
from cases.models import Case
from cases.scopes import CASE_QUERIES
from citymgmt.people.permissions import Scope, ScopeQuery
from citymgmt.people.permissions import register as register_scope


def _through_case(query: ScopeQuery) -> ScopeQuery:
    """The same scope on what belongs to a case."""
    return lambda user, on: Q(case__in=Case.objects.filter(query(user, on)))


def register() -> None:
    """Say it once, when the app is ready."""
    own = {Scope.SUBDISTRICT: lambda user, on: Q(subdistrict_id=user.subdistrict_id)}
    through = {scope: _through_case(one) for scope, one in CASE_QUERIES.items()}
    register_scope(Report, view="case.view", queries=through)
    register_scope(Disclosure, view="case.view", queries=through)
    register_scope(Judgement, view="judgement.view", queries=own)
    register_scope(ApiClient, view="client.keep", queries=own)
    register_scope(HotlineOrder, view="hotline.view", queries=own)
    register_scope(HotlineExport, view="hotline.view", queries=own)
    register_scope(HotlineSheet, view="hotline.import", queries=own)
