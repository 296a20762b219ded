"""A campaign that runs, for tests of the rooms above that name one."""

from datetime import date, timedelta
from typing import Any

from communities.models import Project
from tests.office import Street, china

AT = china("2026-03-04 09:00")
TODAY = date(2026, 3, 4)


def campaign(street: Street, **given: Any) -> Project:
    """A campaign of an office that runs from the first of March on."""
    told: dict[str, Any] = {"is_for_all": True, "number": 1, "kind": "campaign", **given}
    made = Project.objects.create(
        subdistrict=street.subdistrict,
        year=2026,
        made_at=AT,
        state="draft",
        name="占道经营专项整治",
        aim="x",
        responsible=street.leader,
        first_on=date(2026, 3, 1),
        last_on=date(2026, 3, 31),
        stepped_on=date(2026, 3, 1),
        **told,
    )
    running = {"state": "running", "started_on": date(2026, 3, 1), "due_at": AT + timedelta(days=27)}
    Project.objects.filter(pk=made.pk).update(**running)
    return made
