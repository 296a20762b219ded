"""Who is told what of daily checks: the wording of each message; steps of the ladder name their recipients."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule, recipients_of
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import Key, people_behind
from citymgmt.people.models import NoticeGroup, User
from citymgmt.people.roles import Role
from citymgmt.worktime.rules import Rules
from patrols.stations.lifecycle import SUPERVISE, URGE
from patrols.stations.models import CheckEvent, Station

DEADLINES = NoticeGroup.DEADLINES
TABLE: Mapping[str, Rule] = {
    URGE: Rule((), _("%(station)s was not checked on %(on)s: make the check up or say why"), group=DEADLINES),
    SUPERVISE: Rule((), _("%(station)s was not checked on %(on)s, and nobody has said why"), group=DEADLINES),
}
MEMBERS, OF_TEAM = "members", frozenset({"team", "members"})


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)


def enqueue(events: Sequence[CheckEvent], rules: Rules) -> None:
    """Insert the outbox rows of these events: a fixed number of queries however many events there are."""
    told = [event for event in events if event.kind in TABLE]
    if not told:
        return
    stations = Station.objects.in_bulk({event.daily_check.station_id for event in told})
    addressed = [(event, _keys(event, stations, rules)) for event in told]
    every = {key for _event, keys in addressed for key in keys}
    behind = {**people_behind({key for key in every if key[0] != MEMBERS}), **_members(every)}
    enqueue_letters(
        _letter(event, person, stations)
        for event, keys in addressed
        for person in dict.fromkeys(person for key in keys for person in behind.get(key, []))
    )


def _keys(event: CheckEvent, stations: Mapping[int, Station], rules: Rules) -> list[Key]:
    """Behind which addresses those stand who are told of an event."""
    check = event.daily_check
    place = stations[check.station_id].subdistrict_id
    names = recipients_of(TABLE[event.kind], event, "daily_check", rules)
    return [(name, check.team_id if name in OF_TEAM else place) for name in names]


def _members(keys: Iterable[Key]) -> dict[Key, list[User]]:
    """The members of the teams among these addresses, by log-in."""
    teams = {number for name, number in keys if name == MEMBERS}
    found: dict[Key, list[User]] = {}
    rows = User.objects.filter(organisation__in=teams, role=Role.TEAM_MEMBER, is_active=True)
    for person in rows.order_by("username") if teams else ():
        found.setdefault((MEMBERS, person.organisation_id), []).append(person)
    return found


def _letter(event: CheckEvent, person: User, stations: Mapping[int, Station]) -> Letter:
    check = event.daily_check
    return Letter(
        dedupe=f"daily_check.{check.pk}.{event.seq}",
        kind=event.kind,
        recipient=person,
        at=event.at,
        params={"station": stations[check.station_id].name_zh, "on": str(check.on)},
        link=check.get_absolute_url(),
        is_urgent=TABLE[event.kind].is_urgent,
    )
