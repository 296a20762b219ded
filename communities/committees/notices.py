"""Who is told what of owners' committees: one table, and the wording of each message."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.telling import Rule
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.models import NoticeGroup
from communities.committees.lifecycle import APPLY, event_kind
from communities.telling import Told

DEADLINES = NoticeGroup.DEADLINES
TABLE: Mapping[str, Rule] = {
    APPLY: Rule(("leaders", "clerks", "officer"), _("Owners of %(name)s apply for an owners' committee")),
    event_kind("accept"): Rule(("clerks", "officer"), _("Owners' committee of %(name)s: the application is accepted")),
    event_kind("file"): Rule(("leaders", "clerks"), _("The owners' committee of %(name)s has filed: check it")),
    event_kind("register"): Rule(("clerks", "officer"), _("The owners' committee of %(name)s is filed")),
    # steps of the ladder: recipients are data
    event_kind("warn"): Rule((), _("Owners' committee of %(name)s: the next step is due soon"), group=DEADLINES),
    event_kind("urge"): Rule((), _("Owners' committee of %(name)s: the next step is overdue"), group=DEADLINES),
    event_kind("supervise"): Rule(
        (), _("Owners' committee of %(name)s is supervised: the next step is overdue"), True, group=DEADLINES
    ),
}
TOLD = Told(
    TABLE,
    "committee",
    lambda committee: int(committee.area.community_id),
    lambda committee, community: {"name": committee.area.name},
)


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)
