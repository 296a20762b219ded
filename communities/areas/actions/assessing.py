"""Assess whether a residential area is ready for property management."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import number_faults, refuse
from citymgmt.people.models import User
from citymgmt.refusals import Stale
from citymgmt.written import faults_of
from communities.areas.actions.frame import perform
from communities.areas.actions.stepping import day_of_step
from communities.areas.journal import Journal, begun
from communities.areas.lifecycle import ASSESS, ASSESSED, IMPROVE
from communities.areas.querysets import rules_of, standard_of
from communities.areas.readiness import FULL, Score, cut, is_ready, total
from communities.areas.seeded import Standard
from communities.models import AreaEvent, Assessment, ResidentialArea
from communities.models.areas import LONGEST_TEXT

LONGEST_EVIDENCE = 200  # characters


@dataclass(frozen=True)
class AssessmentTold:
    """What somebody finds: points and evidence by the key of each criterion, by the version that was looked at."""

    on: date
    standard: int
    points: Mapping[str, int]
    evidence: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def asked(self) -> dict[str, Any]:
        """All that was written, to tell a resend from another request."""
        told = {"points": sorted(self.points.items()), "evidence": sorted(self.evidence.items())}
        return {"on": self.on, "standard": self.standard, "note": self.note, **told}


def assess_area(
    *,
    pk: int,
    by: User,
    at: datetime,
    told: AssessmentTold,
    version: int | None = None,
    request_key: str | None = None,
    photos: Iterable[bytes] = (),
) -> AreaEvent:
    """Keep an assessment with its criteria as they are now: the area is ready for a pilot, or goes on being improved.

    Raises: NotFound, NotPermitted, KeyReused, Stale (also: the criteria have changed), WrongState, Invalid (fields
    named points_… and evidence_… with the key).
    """

    def body(journal: Journal, area: ResidentialArea, moment: datetime) -> dict[str, Any]:
        standard = standard_of(area.community.subdistrict_id)
        if told.standard != standard.number:
            raise Stale(_("The criteria have been changed in the meantime. Load the page again."))
        _check(told, standard)
        day_of_step(area, told.on, timezone.localdate(at))
        return _found(journal, area, told, standard, moment)

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": told.asked, "photos": photos}
    return perform(ASSESS, pk=pk, by=by, at=at, body=body, **asked)


def _found(
    journal: Journal, area: ResidentialArea, told: AssessmentTold, standard: Standard, moment: datetime
) -> dict[str, Any]:
    scores = [Score(one, told.points[one.key], told.evidence.get(one.key, "").strip()) for one in standard.criteria]
    result, ready = cut(total(scores)), is_ready(scores, standard.threshold)
    stage = ASSESSED if ready else IMPROVE
    ordinal = area.assessments.count() + 1
    part = {
        "ordinal": ordinal,
        "on": told.on,
        "standard": standard.number,
        "threshold": standard.threshold,
        "scores": [one.row for one in scores],
        "total": result,
        "is_ready": ready,
    }
    limits = rules_of(area.community.subdistrict_id, told.on)
    changes = {
        "score": result,
        "is_blocked": any(one.is_blocking for one in scores),
        "assessed_on": told.on,
        "stepped_on": told.on,
        **begun(stage, told.on, {}, moment, journal.rules, limits),
    }
    return {"to": stage, "changes": changes, "parts": [(Assessment(ordinal=ordinal), part)]}


def _check(told: AssessmentTold, standard: Standard) -> None:
    faults: dict[str, Any] = {"note": faults_of(told.note.strip(), LONGEST_TEXT, is_one_line=False)}
    for one in standard.criteria:
        points = told.points.get(one.key)
        wrong = [_("Please fill this in.")] if points is None else number_faults(points, FULL)
        faults[f"points_{one.key}"] = wrong
        faults[f"evidence_{one.key}"] = faults_of(told.evidence.get(one.key, "").strip(), LONGEST_EVIDENCE)
    refuse(faults)
