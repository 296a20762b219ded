"""Who is told what of sheets of duties: one table, and the wording of each message.

Steps of the ladder name their recipients in their own rows: "officer" is who acts for the community.
"""

from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule, recipients_of
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import Key, people_behind
from citymgmt.people.models import NoticeGroup, User
from citymgmt.worktime.rules import Rules
from communities.four_duties.lifecycle import CONFIRM, GIVE_BACK, HAND_IN, SUPERVISE, URGE
from communities.models import Community, SheetEvent
from communities.querysets import acting_officer

DEADLINES, ANSWERS = NoticeGroup.DEADLINES, NoticeGroup.ANSWERS
TABLE: Mapping[str, Rule] = {
    HAND_IN: Rule(("clerks",), _("%(community)s has handed in its duties of %(month)s")),
    GIVE_BACK: Rule(("officer",), _("The duties of %(community)s, %(month)s, were given back")),
    CONFIRM: Rule(("officer",), _("The duties of %(community)s, %(month)s, are confirmed"), group=ANSWERS),
    URGE: Rule((), _("The duties of %(community)s, %(month)s, are not handed in"), group=DEADLINES),
    SUPERVISE: Rule((), _("The duties of %(community)s, %(month)s, are still not handed in"), group=DEADLINES),
}


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)


def enqueue(events: Sequence[SheetEvent], rules: Rules) -> None:
    """Insert the outbox rows of these events: a fixed number of queries however many events of a day there are."""
    told = [event for event in events if event.kind in TABLE]
    if not told:
        return
    communities = Community.objects.defer("boundary").in_bulk({event.sheet.community_id for event in told})
    keys = [(event, _keys(event, communities, rules)) for event in told]
    behind = people_behind({key for _event, of_it in keys for key in of_it})
    enqueue_letters(
        _letter(event, person, communities[event.sheet.community_id])
        for event, of_it in keys
        for person in dict.fromkeys(one for key in of_it for one in behind.get(key, []))
        if person.pk != event.by_id
    )


def _keys(event: SheetEvent, communities: Mapping[int, Community], rules: Rules) -> list[Key]:
    """Behind which addresses those stand who are told of an event."""
    place = communities[event.sheet.community_id]
    acting = acting_officer(place.pk, timezone.localdate(event.at))
    names = recipients_of(TABLE[event.kind], event, "sheet", rules)
    found = [("user", acting) if name == "officer" else (name, place.subdistrict_id) for name in names]
    return [key for key in found if key[1] is not None]


def _letter(event: SheetEvent, person: User, community: Community) -> Letter:
    return Letter(
        dedupe=f"duties.{event.sheet_id}.{event.seq}",
        kind=event.kind,
        recipient=person,
        at=event.at,
        params={"community": community.name_zh, "month": f"{event.sheet.month_on:%Y-%m}"},
        link=event.sheet.get_absolute_url(),
        is_urgent=TABLE[event.kind].is_urgent,
    )
