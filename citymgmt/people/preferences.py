"""What may be chosen together for the own account: ONE rule for the page and the API."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.people.models import User

MAIL_HOURS = range(6, 22)  # offered for the daily e-mail


def preference_faults(values: Mapping[str, Any]) -> dict[str, str]:
    """By field what does not fit: quiet hours have both ends and a length; whoever wants e-mail has an address."""
    faults = {}
    start, end = values.get("quiet_from"), values.get("quiet_until")
    if (start is None) != (end is None):
        faults["quiet_until"] = _("Give both ends of the quiet hours, or none.")
    elif start is not None and start == end:
        faults["quiet_until"] = _("The quiet hours must end at another time than they begin.")
    if values.get("mail_choice") == User.MailChoice.ALL and not values.get("email"):
        faults["email"] = _("Enter the address to which the messages go.")
    return faults
