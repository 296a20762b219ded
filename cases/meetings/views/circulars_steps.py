"""THE table of the steps of a circular, and which of them a person may take."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from cases.meetings.circulars import actions
from cases.meetings.circulars.forms import SendBackForm
from cases.meetings.circulars.models import Circular
from cases.meetings.views.papers import BACK, Step
from citymgmt.people.models import User
from citymgmt.people.permissions import allows

SUBMITTED = Circular.State.SUBMITTED
STEPS: Mapping[str, Step] = {
    "submit": Step(
        _("Submit"), "send", "circular.write", (Circular.State.DRAFT,), actions.submit_circular,
        _("The circular is submitted. A leader can issue it now."),
        (
            _("Its text rests until a leader issues it or sends it back."),
            _("The leaders are told; the one who issues it must be somebody else than who drafted or submitted it."),
        ),
    ),
    "issue": Step(
        _("Issue"), "megaphone", "circular.issue", (SUBMITTED,), actions.issue_circular,
        _("The circular is issued. It never changes from now on."),
        (
            _("The units are told and asked to confirm the receipt."),
            _("The states of the cases are kept as they are now."),
            _("Neither text nor files can be changed or removed afterwards."),
        ),
    ),
    "send-back": Step(
        _("Send back"), BACK, "circular.issue", (SUBMITTED,), actions.send_back_circular,
        _("The circular is a draft again; who wrote it is told why."),
        (_("It becomes a draft again."),), SendBackForm,
    ),
}  # fmt: skip


def is_own(circular: Circular, user: User) -> bool:
    """Whether the person wrote it, so that somebody else must issue it."""
    return user.pk in (circular.drafted_by_id, circular.submitted_by_id)


def steps_of(circular: Circular, user: User) -> list[tuple[str, Step]]:
    """The steps that a person may take now."""
    return [
        (name, step)
        for name, step in STEPS.items()
        if circular.state in step.sources
        and allows(user, step.row)
        and not (step.act is actions.issue_circular and is_own(circular, user))
    ]
