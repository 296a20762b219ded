"""Who is told of bulletins."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cases.statistics.bulletins.models import Bulletin
from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import people_behind
from citymgmt.people.models import NoticeGroup

ISSUED = "bulletin_issued"
TABLE: Mapping[str, Rule] = {
    ISSUED: Rule(
        ("clerks", "leaders"), _("Monthly bulletin No. %(number)s of %(year)s was issued"), group=NoticeGroup.ANSWERS
    ),
}


def register() -> None:
    """Give the outbox the wording, when the app is ready."""
    register_words(TABLE)


def tell_issued(bulletin: Bulletin, at: datetime) -> None:
    """Tell clerks and leaders of the office, but not who issued it, within the caller's transaction."""
    behind = people_behind((name, bulletin.subdistrict_id) for name in TABLE[ISSUED].recipients)
    people = {user.pk: user for users in behind.values() for user in users}
    people.pop(bulletin.issued_by_id or 0, None)
    told = {"number": bulletin.number, "year": bulletin.year}
    enqueue_letters(
        Letter(
            dedupe=f"bulletin.{bulletin.pk}",
            kind=ISSUED,
            recipient=user,
            at=at,
            params=told,
            link=bulletin.get_absolute_url(),
        )
        for user in people.values()
    )
