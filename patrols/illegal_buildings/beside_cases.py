"""What a case says of illegal buildings: its entry in the register, or the way to make one."""

from datetime import date, datetime

from cases import beside
from cases.beside import Beside
from cases.models import Case
from citymgmt.people.models import User
from citymgmt.people.permissions import allows
from citymgmt.prepared import Prepared
from patrols.illegal_buildings.models import IllegalBuilding
from patrols.illegal_buildings.querysets import CASE_CODES

_of_case = Prepared(lambda case: IllegalBuilding.objects.filter(case_id=case), int)


def show(case: Case, user: User, on: date, at: datetime) -> Beside | None:
    """The panel of a case of this kind for those who see the register; None for other cases. One query at most."""
    if case.category is None or case.category.code_2026 not in CASE_CODES or not allows(user, "building.view"):
        return None
    building = _of_case.first(case.pk)
    may_enter = building is None and allows(user, "building.record")
    if building is None and not may_enter:
        return None
    return Beside("patrols/buildings/_beside_case.html", {"building": building, "number": case.number})


def register() -> None:
    """Have it shown, when the app is ready."""
    beside.register(show)
