"""Rules of time in words: when a step of the ladder comes, for whom, on which condition."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from citymgmt.worktime.clock import Unit
from citymgmt.worktime.models import LadderStep

LADDERS: Mapping[str, Any] = {
    "case": gettext_lazy("cases"),
    "escalation": gettext_lazy("escalations to the district"),
    "resolution": gettext_lazy("resolutions of joint meetings"),
    "check": gettext_lazy("daily checks of stations"),
    "round": gettext_lazy("patrol rounds"),
    "building": gettext_lazy("illegal buildings"),
    "guard": gettext_lazy("watches at guard posts"),
    "board": gettext_lazy("notice boards"),
    "area": gettext_lazy("residential areas"),
    "committee": gettext_lazy("owners' committees"),
    "pledge": gettext_lazy("promises of institutions"),
    "duties": gettext_lazy("duties of communities"),
    "hotline": gettext_lazy("orders of the hotline"),
    "project": gettext_lazy("projects"),
    "task": gettext_lazy("tasks of projects"),
    "publicity": gettext_lazy("publicity items"),
    "forum": gettext_lazy("records of forums"),
    "answer": gettext_lazy("answers to suggestions"),
    "adopted": gettext_lazy("adopted suggestions"),
}
RECIPIENTS: Mapping[str, Any] = {
    "officer": gettext_lazy("community officer"),
    "team": gettext_lazy("team leader"),
    "handler": gettext_lazy("assigned member"),
    "members": gettext_lazy("members of the team"),
    "clerks": gettext_lazy("clerks"),
    "leaders": gettext_lazy("leaders"),
    "liaison": gettext_lazy("department's liaison"),
    "government": gettext_lazy("district government"),
    "lead": gettext_lazy("responsible unit"),
    "supporting": gettext_lazy("supporting units"),
    "on_shift": gettext_lazy("those on the shift"),
    "guard": gettext_lazy("who has the watch"),
    "responsible": gettext_lazy("responsible person"),
    "owner": gettext_lazy("who is to do it"),
}
CONDITIONS: Mapping[str, Any] = {
    "has_department": gettext_lazy("a department answers for the matter"),
    "not_escalated": gettext_lazy("it is not with the district yet"),
}


def limit_in_words(value: int, unit: str) -> str:
    """A length of time in its unit, for example 2 working days."""
    texts = {
        Unit.URGENT_HOUR: ngettext("%(value)s urgent hour", "%(value)s urgent hours", value),
        Unit.URGENT_DAY: ngettext("%(value)s urgent day", "%(value)s urgent days", value),
        Unit.WORKING_HOUR: ngettext("%(value)s working hour", "%(value)s working hours", value),
        Unit.WORKING_DAY: ngettext("%(value)s working day", "%(value)s working days", value),
        Unit.NATURAL_DAY: ngettext("%(value)s calendar day", "%(value)s calendar days", value),
    }
    return texts[Unit(unit)] % {"value": value}


def moment_of(step: LadderStep) -> str:
    """When a step comes."""
    if step.lead_percent or step.lead_value:
        return "; ".join(_leads(step))
    from_step_before = step.anchor == LadderStep.Anchor.PREVIOUS
    if not step.delay_value:
        return _("with the step before") if from_step_before else _("at the deadline")
    length = {"length": limit_in_words(step.delay_value, step.delay_unit)}
    return (_("%(length)s after the step before") if from_step_before else _("%(length)s after the deadline")) % length


def _leads(step: LadderStep) -> list[str]:
    found = []
    if step.lead_percent:
        found.append(_("%(percent)s %% of the limit before the deadline") % {"percent": step.lead_percent})
    if step.lead_value:
        lead = limit_in_words(step.lead_value, Unit.WORKING_DAY)
        at_least = limit_in_words(step.lead_from_value, Unit.WORKING_DAY)
        found.append(
            _("for limits of %(limit)s or more %(lead)s before it") % {"limit": at_least, "lead": lead}
            if step.lead_from_value
            else _("%(lead)s before the deadline") % {"lead": lead}
        )
    return found


def in_words(codes: list[str], words: Mapping[str, Any]) -> str:
    """Codes in words, one after the other; a code without words stands for itself."""
    return _(", ").join(str(words.get(code, code)) for code in codes)
