"""What the actions on teams share: lock, permit, and what the database refuses in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid
from citymgmt.written import faults_of
from patrols.clashes import planned_by_another
from patrols.teams.models import LONGEST_REASON, Team
from patrols.teams.querysets import locked_team, members_of

# of one person, whom two teams may plan for at once; whatever is of one team waits for its row
CLASHES = ("duty_once_a_day", "duty_no_two_at_once", "member_one_leave_each_day")


@contextmanager
def working_on(team: int, action: str, *, permission: str, by: User, at: datetime) -> Iterator[Team]:
    """The locked row of a team on which `by` may do this, in a transaction that the audit trail names by the action.

    Raises: NotFound, NotPermitted, WrongState (somebody was planned elsewhere meanwhile).
    """
    with planned_by_another(*CLASHES), transaction.atomic(), pghistory.context(user=by.pk, action=action):
        found = locked_team(team)
        require(by, permission, found, on=timezone.localdate(at))
        yield found


def member_of(team: Team, pk: int, field: str) -> User:
    """Somebody who works in the team now. Raises: Invalid."""
    found = next((one for one in members_of(team) if one.pk == pk), None)
    if found is None:
        raise Invalid(fields={field: _("This person is no member of the team.")})
    return found


def checked_reason(reason: str, *, is_needed: bool) -> str:
    """Raises: Invalid."""
    faults = faults_of(reason.strip(), LONGEST_REASON, is_needed=is_needed)
    if faults:
        raise Invalid(fields={"reason": faults})
    return reason.strip()
