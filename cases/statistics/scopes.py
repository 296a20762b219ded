"""Whose figures a person sees: the office all of its own, a liaison those of the own department."""

from django.db.models import Q

from cases.statistics.models import Answerable, Bulletin, CaseFact, Dimension, Evaluation, Tally
from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope


def register() -> None:
    """Say it once, when the app is ready."""
    office = {Scope.SUBDISTRICT: lambda user, on: Q(subdistrict_id=user.subdistrict_id)}
    department = {Scope.DEPARTMENT: lambda user, on: Q(department_id=user.organisation_id)}
    register_scope(CaseFact, view="statistics.view", queries={**office, **department})
    of_department = {
        Scope.DEPARTMENT: lambda user, on: Q(dimension=Dimension.DEPARTMENT, key=str(user.organisation_id or ""))
    }
    register_scope(Tally, view="statistics.view", queries={**office, **of_department})
    register_scope(Evaluation, view="evaluation.view", queries=office)
    register_scope(Bulletin, view="bulletin.view", queries=office)
    register_scope(Answerable, view="chain.view", queries=office)
