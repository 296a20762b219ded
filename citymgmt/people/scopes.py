"""How the scopes of the permission table become queries on people and organisations."""

from datetime import date

from django.db.models import Q

from citymgmt.people.models import Organisation, SubDistrict, User
from citymgmt.people.permissions import Scope
from citymgmt.people.permissions import register as register_scope


def _same_district(user: User, on: date) -> Q:
    return Q(subdistrict_id=user.subdistrict_id) | Q(subdistrict=None, organisation__district_code=user.district_code)


def _own_or_of_district(user: User, on: date) -> Q:
    return Q(subdistrict_id=user.subdistrict_id) | Q(subdistrict=None, district_code=user.district_code)


def register() -> None:
    """Say it once, when the app is ready."""
    register_scope(
        User,
        view="user.view",
        queries={Scope.SUBDISTRICT: _same_district, Scope.OWN: lambda user, on: Q(pk=user.pk)},
    )
    register_scope(
        SubDistrict, view="community.view", queries={Scope.SUBDISTRICT: lambda user, on: Q(pk=user.subdistrict_id)}
    )
    register_scope(Organisation, view="organisation.edit", queries={Scope.SUBDISTRICT: _own_or_of_district})
