"""Who is told what of notice boards: one table, and the wording of each message."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.telling import Rule
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.models import NoticeGroup
from communities.boards.lifecycle import OUTDATE, SUPERVISE, URGE
from communities.telling import Told

DEADLINES = NoticeGroup.DEADLINES
TABLE: Mapping[str, Rule] = {
    OUTDATE: Rule(("officer", "clerks"), _("The notice board of %(community)s, %(place)s, is out of date: renew it")),
    URGE: Rule((), _("The notice board of %(community)s, %(place)s, was not renewed in time"), group=DEADLINES),
    SUPERVISE: Rule((), _("The notice board of %(community)s, %(place)s, is still out of date"), group=DEADLINES),
}
TOLD = Told(
    TABLE,
    "board",
    lambda board: int(board.community_id),
    lambda board, community: {"community": community.name_zh, "place": board.place},
)


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)
