"""Who is told what of notice boards: one table, and the wording of each message.

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
from communities.boards.lifecycle import OUTDATE, SUPERVISE, URGE
from communities.models import BoardEvent, Community
from communities.querysets import acting_officer

DEADLINES = NoticeGroup.DEADLINES
TABLE: Mapping[str, Rule] = {
    OUTDATE: Rule(("officer", "clerks"), _("The notice board of %(community)s, %(place)s, is out of date: renew it")),
    URGE: Rule((), _("The notice board of %(community)s, %(place)s, was not renewed in time"), group=DEADLINES),
    SUPERVISE: Rule((), _("The notice board of %(community)s, %(place)s, is still out of date"), group=DEADLINES),
}


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)


def enqueue(events: Sequence[BoardEvent], rules: Rules) -> None:
    """Insert the outbox rows of these events: a fixed number of queries however many events of a day there are."""
    told = [event for event in events if event.kind in TABLE]
    if not told:
        return
    rows = Community.objects.defer("boundary")
    communities = rows.in_bulk({event.board.community_id for event in told})
    keys = [(event, _keys(event, communities, rules)) for event in told]
    behind = people_behind({key for _event, of_it in keys for key in of_it})
    enqueue_letters(
        _letter(event, person, communities[event.board.community_id])
        for event, of_it in keys
        for person in dict.fromkeys(one for key in of_it for one in behind.get(key, []))
        if person.pk != event.by_id
    )


def _keys(event: BoardEvent, communities: Mapping[int, Community], rules: Rules) -> list[Key]:
    """Behind which addresses those stand who are told of an event."""
    place = communities[event.board.community_id]
    acting = acting_officer(place.pk, timezone.localdate(event.at))
    names = recipients_of(TABLE[event.kind], event, "board", rules)
    found = [("user", acting) if name == "officer" else (name, place.subdistrict_id) for name in names]
    return [key for key in found if key[1] is not None]


def _letter(event: BoardEvent, person: User, community: Community) -> Letter:
    return Letter(
        dedupe=f"board.{event.board_id}.{event.seq}",
        kind=event.kind,
        recipient=person,
        at=event.at,
        params={"community": community.name_zh, "place": event.board.place},
        link=event.board.get_absolute_url(),
        is_urgent=TABLE[event.kind].is_urgent,
    )
