"""Who is told what of residential areas: one table, and the wording of each message."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.telling import Rule
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.models import NoticeGroup
from communities.areas.lifecycle import event_kind
from communities.telling import Told

DEADLINES = NoticeGroup.DEADLINES
TABLE: Mapping[str, Rule] = {
    event_kind("begin_pilot"): Rule(("officer", "clerks"), _("Residential area %(name)s: a pilot begins")),
    event_kind("sign"): Rule(("officer", "clerks"), _("Residential area %(name)s is under contract")),
    event_kind("end_pilot"): Rule(
        ("officer", "clerks"), _("Residential area %(name)s: the pilot ended without a contract")
    ),
    event_kind("end_contract"): Rule(
        ("officer", "clerks"), _("Residential area %(name)s: the contract ended; it is without property management")
    ),
    # steps of the ladder: recipients are data
    event_kind("warn"): Rule((), _("Residential area %(name)s: the next step is due soon"), group=DEADLINES),
    event_kind("urge"): Rule((), _("Residential area %(name)s: the next step is overdue"), group=DEADLINES),
    event_kind("supervise"): Rule(
        (), _("Residential area %(name)s is supervised: the next step is overdue"), True, group=DEADLINES
    ),
}
TOLD = Told(TABLE, "area", lambda area: int(area.community_id), lambda area, community: {"name": area.name})


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)
