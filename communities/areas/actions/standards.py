"""By which criteria an office assesses readiness: saved as a new version, what was assessed stays as it was."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from citymgmt.faults import number_faults, refuse
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Stale
from citymgmt.written import faults_of
from communities.areas.querysets import standard_of
from communities.areas.readiness import FULL, MOST_WEIGHT, WHOLE, Criterion
from communities.areas.seeded import Standard
from communities.models import ReadinessStandard
from communities.querysets import locked_office

RULES = "area.rules"
LONGEST_CRITERION, MOST_CRITERIA = 100, 30


@transaction.atomic
def save_standard(*, by: User, at: datetime, seen: int, threshold: int, criteria: Sequence[Criterion]) -> Standard:
    """Save the criteria of one's own office as a new version; saving the same again changes nothing. `seen` is the
    number of the version that was changed.

    Raises: NotFound, NotPermitted, Stale, Invalid (fields name_zh_…, weight_… and so on with the key).
    """
    require_role(by, RULES)
    office = locked_office(by.subdistrict_id)
    present = standard_of(office.pk)
    wanted = tuple(criteria)
    if (threshold, wanted) == (present.threshold, present.criteria):
        return present
    if seen != present.number:
        raise Stale(_("The criteria have been changed in the meantime. Load the page again."))
    _check(threshold, wanted)
    number = present.number + 1
    rows = [asdict(one) for one in wanted]
    told: dict[str, Any] = {"number": number, "threshold": threshold, "criteria": rows}
    ReadinessStandard.objects.create(subdistrict=office, by=by, made_at=at, **told)
    return Standard(number, threshold, wanted)


def _check(threshold: int, criteria: Sequence[Criterion]) -> None:
    faults: dict[str, Any] = {"threshold": number_faults(threshold, WHOLE, 1)}
    for one in criteria:
        texts = {"name_zh": one.name_zh, "name_en": one.name_en, "source": one.source}
        for name, text in texts.items():
            is_needed = name == "name_zh"
            faults[f"{name}_{one.key}"] = faults_of(text.strip(), LONGEST_CRITERION, is_needed=is_needed)
        faults[f"weight_{one.key}"] = number_faults(one.weight, MOST_WEIGHT, 1)
        faults[f"least_{one.key}"] = number_faults(one.least, FULL)
    refuse(faults)
    if not 0 < len(criteria) <= MOST_CRITERIA or len({one.key for one in criteria}) < len(criteria):
        refuse({"threshold": _("From one to %(most)d criteria, each once.") % {"most": MOST_CRITERIA}})
