"""Residential areas in words: what an area lacks for a pilot and what it would gain, what an event says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from communities.areas.forms import criterion_name
from communities.areas.readiness import FULL, Lack, Score, cut, lacks
from communities.models import AreaEvent, Assessment, ResidentialArea

MOST_LACKS = 3  # that an explanation names


def told_of(lack: Lack) -> str:
    """What is lacking of a criterion, and what it would gain."""
    score = lack.score
    told = {
        "name": criterion_name(score.criterion),
        "points": score.points,
        "full": FULL,
        "least": score.criterion.least,
        "gain": cut(lack.gain),
    }
    if score.is_blocking:
        return _("%(name)s: %(points)s of %(full)s points, %(least)s must be reached before a pilot begins.") % told
    if score.is_lacking:
        return _("%(name)s: %(points)s of %(full)s points, %(least)s are needed; in full it adds %(gain)s.") % told
    return _("%(name)s: %(points)s of %(full)s points; in full it adds %(gain)s.") % told


@dataclass(frozen=True)
class Explained:
    """An assessment to read: its scores, how far it is from ready, and what it lacks most."""

    assessment: Assessment
    scores: Sequence[Score]
    verdict: str
    lacks: Sequence[str]


def explained(assessment: Assessment, most: int = MOST_LACKS) -> Explained:
    """An assessment in words."""
    scores = [Score.of(one) for one in assessment.scores]
    found = lacks(scores)
    return Explained(assessment, scores, _verdict(assessment, scores), [told_of(one) for one in found[:most]])


def _verdict(assessment: Assessment, scores: Sequence[Score]) -> str:
    told = {"threshold": assessment.threshold, "missing": max(Decimal(0), assessment.threshold - assessment.total)}
    if assessment.is_ready:
        return _("Ready: it reaches %(threshold)s and nothing blocks.") % told
    if any(one.is_blocking for one in scores):
        return _("Not ready: something that must be met is not.")
    return _("Not ready: %(missing)s points short of %(threshold)s.") % told


def percent(share: Fraction | None) -> str:
    """A share in percent, to one decimal, never more than it is; a dash of nothing."""
    if share is None:
        return "–"
    return f"{Decimal(share.numerator * 1000 // share.denominator) / 10:.1f} %"


def due_for(area: ResidentialArea) -> str:
    """What is due next of an area."""
    contract_first = area.contract_until is not None and area.contract_until == _earlier(area)
    told: Mapping[str, str] = {
        "improve": _("Assess again"),
        "assessed": _("Begin the pilot"),
        "pilot": _("The trial ends"),
        **dict.fromkeys(("contract", "review"), _("The contract ends") if contract_first else _("Review the service")),
    }
    return told.get(area.state, "")


def _earlier(area: ResidentialArea) -> Any:
    return min(day for day in (area.next_review_on, area.contract_until) if day is not None)


def detail_of(event: AreaEvent) -> str:
    """What an event says beside its note: the step of the ladder; or its day, and what it carried."""
    told = event.changes["area"]
    if event.by_id is None:
        return str(told.get("ladder_code", ""))
    parts = [str(told.get("stepped_on") or "")]
    for name, values in event.changes.items():
        kind = name.partition(".")[0]
        if kind in DETAILS:
            parts.append(DETAILS[kind](values))
    return " · ".join(part for part in parts if part)


def _of_pilot(values: Mapping[str, Any]) -> str:
    if "asked" in values:
        return _("%(asked)s asked, %(in_favour)s in favour, %(against)s against") % values
    if "provider" in values:
        return _("%(provider)s, %(let_off_percent)s %% let off, subsidy %(subsidy)s yuan, until %(until_on)s") % values
    return _("until %(until_on)s") % values if "until_on" in values else ""


def _of_contract(values: Mapping[str, Any]) -> str:
    if "provider" not in values:
        return ""
    return _("%(provider)s, %(fee)s yuan per m² and month, %(from_on)s to %(until_on)s") % values


DETAILS: Mapping[str, Any] = {
    "assessment": lambda values: _("score %(total)s") % values,
    "pilot": _of_pilot,
    "contract": _of_contract,
    "review": lambda values: _("score %(score)s, %(complaints)s complaints; %(follow_up)s") % values,
}
