"""The columns of a file of the register: heading and cell."""

from django.utils.translation import gettext, gettext_lazy

from citymgmt.sheets import Columns
from communities.areas.lifecycle import STAGES
from communities.models import ResidentialArea

COLUMNS: Columns[ResidentialArea] = (
    (gettext_lazy("name"), lambda one: one.name),
    (gettext_lazy("stage"), lambda one: gettext(STAGES[one.state].label)),
    (gettext_lazy("community"), lambda one: one.community),
    (gettext_lazy("address"), lambda one: one.address),
    (gettext_lazy("kind"), lambda one: one.get_kind_display()),
    (gettext_lazy("year of completion"), lambda one: one.built_year),
    (gettext_lazy("buildings"), lambda one: one.building_count),
    (gettext_lazy("households"), lambda one: one.household_count),
    (gettext_lazy("floor area in m²"), lambda one: one.floor_area_m2),
    (gettext_lazy("readiness"), lambda one: one.score),
    (gettext_lazy("assessed on"), lambda one: one.assessed_on),
    (gettext_lazy("provider"), lambda one: one.provider),
    (gettext_lazy("fee per m² and month, in yuan"), lambda one: one.fee),
    (gettext_lazy("under property management since"), lambda one: one.covered_since),
    (gettext_lazy("contract until"), lambda one: one.contract_until),
    (gettext_lazy("next step by"), lambda one: one.due_at),
)
