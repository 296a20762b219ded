"""The columns of a file of the register: heading and cell. Whose building it is, is in none."""

from django.utils.translation import gettext, gettext_lazy

from citymgmt.sheets import Columns
from patrols.illegal_buildings.lifecycle import STATES
from patrols.illegal_buildings.models import IllegalBuilding

COLUMNS: Columns[IllegalBuilding] = (
    (gettext_lazy("building number"), lambda one: one.number),
    (gettext_lazy("state"), lambda one: gettext(STATES[one.state].label)),
    (gettext_lazy("community"), lambda one: one.community),
    (gettext_lazy("address"), lambda one: one.address),
    (gettext_lazy("kind"), lambda one: one.get_origin_display()),
    (gettext_lazy("found on"), lambda one: one.found_on),
    (gettext_lazy("found through"), lambda one: one.get_found_by_display()),
    (gettext_lazy("structure"), lambda one: one.get_structure_display()),
    (gettext_lazy("storeys"), lambda one: one.storeys),
    (gettext_lazy("area in m²"), lambda one: one.area_m2),
    (gettext_lazy("still standing, in m²"), lambda one: one.remaining_m2),
    (gettext_lazy("last step on"), lambda one: one.stepped_on),
    (gettext_lazy("number of the document"), lambda one: one.document),
    (gettext_lazy("last day for the party"), lambda one: one.by_day),
    (gettext_lazy("next step by"), lambda one: one.due_at),
    (gettext_lazy("case"), lambda one: one.case),
    (gettext_lazy("description"), lambda one: one.text),
)
