"""An illegal building becomes a case too, with place and photos of its entry; each names the other."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.models import Category
from citymgmt.faults import refuse
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, WrongState
from citymgmt.written import faults_of
from patrols.filing import contents_of, log_found
from patrols.illegal_buildings.actions.frame import MOST_PHOTOS, perform
from patrols.illegal_buildings.journal import Journal
from patrols.illegal_buildings.lifecycle import LOG_CASE
from patrols.illegal_buildings.models import LONGEST_TEXT, BuildingEvent, BuildingPhoto, IllegalBuilding
from patrols.illegal_buildings.querysets import case_categories


def log_building_case(
    *,
    pk: int,
    by: User,
    at: datetime,
    category: int,
    text: str,
    version: int | None = None,
    request_key: str | None = None,
) -> BuildingEvent:
    """Log a case of a building that has none, with its place, its photos and this text. With the one filing condition
    of its category it goes to the officer at once, with several the desk chooses. A resend acts once.

    Raises: NotFound, NotPermitted (also: no case), KeyReused, Stale, WrongState, Invalid, and as `log_case`.
    """

    def body(journal: Journal, building: IllegalBuilding, moment: datetime) -> dict[str, object]:
        if building.case is not None:  # read now: what was joined while another waited for the lock would be old
            raise WrongState(_("This building is in case %(number)s already.") % {"number": building.case.number})
        refuse({"text": faults_of(text.strip(), LONGEST_TEXT, is_needed=True, is_one_line=False)})
        photos = BuildingPhoto.objects.filter(event__building=building).order_by("pk")[:MOST_PHOTOS]
        case = log_found(building, text.strip(), _known(category), by=by, at=moment, contents=contents_of(list(photos)))
        return {"note": case.number, "changes": {"case_id": case.pk}}

    given = {"category": category, "text": text}
    return perform(LOG_CASE, pk=pk, by=by, at=at, version=version, request_key=request_key, given=given, body=body)


def _known(category: int) -> Category:
    """Raises: Invalid."""
    found = next((one for one in case_categories() if one.pk == category), None)
    if found is None:
        raise Invalid(fields={"category": _("Choose one of these.")})
    return found


def described(building: IllegalBuilding) -> str:
    """What a case says of a building, as the office writes it: cases are kept in Chinese."""
    with override("zh-hans"):
        told = {
            "number": building.number,
            "kind": building.get_origin_display(),
            "structure": building.get_structure_display(),
            "area": f"{building.area_m2:,.2f}",
        }
        text = _("Illegal building %(number)s: %(kind)s, %(structure)s, %(area)s m².") % told
    return f"{text} {building.text}".strip()[:LONGEST_TEXT]
