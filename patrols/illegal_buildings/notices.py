"""Who is told what of illegal buildings: one table, and the wording of each message.

Steps of the ladder name their recipients in their own rows.
"""

from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule, recipients_of
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import Key, people_behind
from citymgmt.people.models import NoticeGroup
from citymgmt.worktime.rules import Rules
from communities.placed import enforcement_teams
from communities.querysets import acting_officer
from patrols.illegal_buildings.lifecycle import event_kind
from patrols.illegal_buildings.models import BuildingEvent

DEADLINES = NoticeGroup.DEADLINES
TABLE: Mapping[str, Rule] = {
    event_kind("find"): Rule(("clerks", "team", "officer"), _("Illegal building %(number)s is entered: %(place)s")),
    event_kind("announce"): Rule(
        ("clerks", "team"), _("Illegal building %(number)s: enforced removal is decided and announced")
    ),
    event_kind("regrow"): Rule(
        ("clerks", "team", "leaders"), _("Illegal building %(number)s is being built again"), is_urgent=True
    ),
    # steps of the ladder: recipients are data
    event_kind("warn"): Rule((), _("Illegal building %(number)s: the next step is due soon"), group=DEADLINES),
    event_kind("urge"): Rule((), _("Illegal building %(number)s: the next step is overdue"), True, group=DEADLINES),
    event_kind("supervise"): Rule(
        (), _("Illegal building %(number)s is supervised: the next step is overdue"), True, group=DEADLINES
    ),
}


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)


def enqueue(events: Sequence[BuildingEvent], rules: Rules) -> None:
    """Insert the outbox rows of these events: a number of queries that grows with their communities alone."""
    told = [event for event in events if event.kind in TABLE]
    if not told:
        return
    teams = enforcement_teams({event.building.subdistrict_id for event in told})
    keys = {id(event): _keys(event, teams, rules) for event in told}
    behind = people_behind({key for some in keys.values() for key in some})
    enqueue_letters(
        Letter(
            dedupe=f"building.{event.building_id}.{event.seq}",
            kind=event.kind,
            recipient=person,
            at=event.at,
            params={"number": event.building.number, "place": event.building.address},
            link=event.building.get_absolute_url(),
            is_urgent=TABLE[event.kind].is_urgent,
        )
        for event in told
        for person in dict.fromkeys(one for key in keys[id(event)] for one in behind.get(key, []))
        if person.pk != event.by_id
    )


def _keys(event: BuildingEvent, teams: Mapping[int, Sequence[int]], rules: Rules) -> list[Key]:
    """Behind which addresses those stand who are told of the event."""
    building, found = event.building, list[Key]()
    for name in recipients_of(TABLE[event.kind], event, "building", rules):
        if name == "team":
            found += [("team", pk) for pk in teams[building.subdistrict_id]]
        elif name == "officer":
            found.append(("user", acting_officer(building.community_id, timezone.localdate(event.at))))
        else:
            found.append((name, building.subdistrict_id))
    return found
