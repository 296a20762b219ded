"""Who is told what of sheets of duties: one table, and the wording of each message."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.telling import Rule
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.models import NoticeGroup
from communities.four_duties.lifecycle import CONFIRM, GIVE_BACK, HAND_IN, SUPERVISE, URGE
from communities.telling import Told

DEADLINES, ANSWERS = NoticeGroup.DEADLINES, NoticeGroup.ANSWERS
TABLE: Mapping[str, Rule] = {
    HAND_IN: Rule(("clerks",), _("%(community)s has handed in its duties of %(month)s")),
    GIVE_BACK: Rule(("officer",), _("The duties of %(community)s, %(month)s, were given back")),
    CONFIRM: Rule(("officer",), _("The duties of %(community)s, %(month)s, are confirmed"), group=ANSWERS),
    URGE: Rule((), _("The duties of %(community)s, %(month)s, are not handed in"), group=DEADLINES),
    SUPERVISE: Rule((), _("The duties of %(community)s, %(month)s, are still not handed in"), group=DEADLINES),
}
TOLD = Told(
    TABLE,
    "sheet",
    lambda sheet: int(sheet.community_id),
    lambda sheet, community: {"community": community.name_zh, "month": f"{sheet.month_on:%Y-%m}"},
)


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)
