"""Which cases something of a meeting is about."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import Invalid


def cases_seen(by: User, cases: Sequence[Case], at: datetime) -> list[Case]:
    """The cases, if the person sees all of them. Raises: Invalid."""
    ids = {case.pk for case in cases}
    found = list(visible_to(by, Case.objects.filter(pk__in=ids), on=timezone.localdate(at)).order_by("id"))
    if len(found) != len(ids):
        raise Invalid(fields={"cases": _("There is no such case.")})
    return found
