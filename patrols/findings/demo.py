"""Findings of the demo teams: on the rounds that they walked, most handled on the spot, some a case."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from cases.actions import process_photos
from cases.demo import names
from cases.demo.drawings import SUBJECTS, draw
from cases.models import CaseStandard
from patrols.findings.actions import FindingTold, make_case, note_finding
from patrols.findings.models import Finding
from patrols.rounds.models import Visit

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
EVERY = 5  # of so many points seen something is found at one
MOST_PICTURED = 12  # findings with a photo
FOUND = {  # by kind of the team: lines of the standards, and what was done
    "cleaning_team": ((590, "已清扫干净"), (240, "已清运"), (210, "已通知业主搬离并复查")),
    "enforcement_team": ((20, "已劝离，恢复通行"), (30, "商户已收回店内"), (510, "已清除"), (150, "已扶正摆放")),
    "pest_team": ((230, "已清除垃圾"), (600, "已清理绿地并投药")),
}


@transaction.atomic
def make_findings(now: datetime) -> int:
    """How many findings the demo teams noted; 0 when there are some, or no round was walked."""
    seen = Visit.objects.filter(round__team__district_code=names.DISTRICT_CODE, state=Visit.State.SEEN)
    if Finding.objects.filter(team__district_code=names.DISTRICT_CODE).exists():
        return 0
    rows = seen.select_related("round__team", "round__walker", "point").order_by("at", "pk")
    found = [_note(n, visit, now) for n, visit in enumerate(list(rows)[::EVERY])]
    if found:
        process_photos(now=lambda: now)
        first = next(one for one in found if one.is_handled)
        make_case(by=first.by, at=min(now, first.at + DAY), pk=first.pk)
    return len(found)


def _note(n: int, visit: Visit, now: datetime) -> Finding:
    assert visit.at is not None  # it was seen
    assert visit.round.walker is not None
    choices = FOUND[visit.round.team.kind]
    line, done = choices[n % len(choices)]
    standard = CaseStandard.objects.filter(line=line).order_by("-version").select_related("category")[0]
    is_case = n % 4 == 2 and visit.at > now - 2 * DAY
    photos = [draw(SUBJECTS[line], seed=f"finding.{n}", is_after=False)] if line in SUBJECTS else []
    told = FindingTold(
        "case" if is_case else "handled",
        standard.category_id,
        "" if is_case else done,
        visit.round_id,
        visit.ordinal,
    )
    given: dict[str, Any] = {"by": visit.round.walker, "at": min(now, visit.at + MINUTE), "told": told}
    return note_finding(**given, photos=photos if n < MOST_PICTURED * EVERY else ())
