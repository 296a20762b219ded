"""Leave: days on which an officer is away and the deputy acts."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.people.permissions import require_role, visible_to
from citymgmt.refusals import Invalid, NotFound
from communities.actions.periods import check_person, days, ended
from communities.models import OfficerLeave

LONGEST_DAYS, LONGEST_REASON = 366, 100


@transaction.atomic
def grant_leave(
    *, user: User, from_on: date, until_on: date, reason: str = "", by: User | None, at: datetime
) -> OfficerLeave:
    """Note that an officer is away from the first to the last day; the deputies act meanwhile.

    Asking for the same again changes nothing. Raises: NotFound, NotPermitted, Invalid.
    """
    user = _permitted(user.pk, by, at)
    check_person(user, user.subdistrict_id)
    period = days(from_on, until_on)
    if (until_on - from_on).days >= LONGEST_DAYS:
        raise Invalid(fields={"until_on": _("Longer than a year is no leave: hand the community over.")})
    if len(reason) > LONGEST_REASON:
        raise Invalid(fields={"reason": _("At most %(most)s characters.") % {"most": LONGEST_REASON}})
    other = OfficerLeave.objects.filter(user=user, period__overlap=period).order_by("period").first()
    if other is not None and other.period == period:
        return other
    if other is not None:
        raise Invalid(
            fields={
                "from_on": _("%(who)s is already away from %(from)s until %(until)s.")
                % {"who": user, "from": other.from_on, "until": other.until_on}
            }
        )
    return OfficerLeave.objects.create(user=user, period=period, reason=reason.strip())


@transaction.atomic
def end_leave_early(*, leave: OfficerLeave, last_on: date, by: User | None, at: datetime) -> OfficerLeave | None:
    """Make `last_on` the last day away; with a day before its first the leave is withdrawn (returns None).

    Past days stay as they were. Raises: NotFound, NotPermitted, Invalid.
    """
    _permitted(leave.user_id, by, at)
    found = OfficerLeave.objects.filter(pk=leave.pk).select_related("user").first()
    if found is None:
        raise NotFound
    period = ended(found, last_on, timezone.localdate(at))
    if period is None:
        found.delete()
        return None
    if period != found.period:
        found.period = period
        found.save(update_fields=["period"])
    return found


def _permitted(user_id: int, by: User | None, at: datetime) -> User:
    """The person's row, locked, if `by` may arrange the leave. Raises: NotFound, NotPermitted."""
    user = User.objects.filter(pk=user_id).select_for_update(of=("self",), no_key=True).first()
    if by is not None:
        require_role(by, "assignment.edit")
        reach = visible_to(by, User.objects.filter(pk=user_id), on=timezone.localdate(at), action="assignment.edit")
        user = user if reach.exists() else None
    if user is None:
        raise NotFound
    return user
