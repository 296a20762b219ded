"""Messages about what stands in a community: to whom and with which words, the same for each kind of thing.

Steps of the ladder name their recipients in their own rows: "officer" is who acts for the community.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from citymgmt.history import Event
from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule, recipients_of
from citymgmt.people.addressing import Key, people_behind
from citymgmt.people.models import User
from citymgmt.worktime.rules import Rules
from communities.models import Community
from communities.querysets import acting_officer

KeysOf = Callable[[Any], list[Key]]  # behind which addresses those stand who are told of an event
ParamsOf = Callable[[Any], Mapping[str, str]]  # what its wording is filled with


def tell(events: Sequence[Any], table: Mapping[str, Rule], subject: str, keys_of: KeysOf, params_of: ParamsOf) -> None:
    """Insert the outbox rows of events of the table: one letter for each person, none for who did it."""
    keys = [(event, keys_of(event)) for event in events]
    behind = people_behind({key for _event, of_it in keys for key in of_it})
    enqueue_letters(
        _letter(event, person, table[event.kind], subject, params_of(event))
        for event, of_it in keys
        for person in dict.fromkeys(one for key in of_it for one in behind.get(key, []))
        if person.pk != event.by_id
    )


def _letter(event: Any, person: User, rule: Rule, name: str, params: Mapping[str, str]) -> Letter:
    thing = getattr(event, name)
    return Letter(
        dedupe=f"{name}.{thing.pk}.{event.seq}",
        kind=event.kind,
        recipient=person,
        at=event.at,
        params=dict(params),
        link=thing.get_absolute_url(),
        is_urgent=rule.is_urgent,
    )


def _nobody_else(thing: Any) -> Mapping[str, int | None]:
    """What a thing says whose recipients have no names of its own."""
    return {}


@dataclass(frozen=True)
class Told:
    """What is told of a kind of thing: its notice table, its name in events, its community's id, what its wordings are
    filled with, and whom further names of recipients mean. What has no community is of its sub-district.
    """

    table: Mapping[str, Rule]
    subject: str
    community_of: Callable[[Any], int | None]
    params: Callable[[Any, Any], Mapping[str, str]]
    people_of: Callable[[Any], Mapping[str, int | None]] = _nobody_else

    def enqueue(self, events: Sequence[Event], rules: Rules) -> None:
        """Insert the outbox rows of these events: a fixed number of queries however many events of a day there are."""
        told = [event for event in events if event.kind in self.table]
        if not told:
            return
        rows = Community.objects.defer("boundary")
        places = {self.community_of(self._thing(event)) for event in told}
        communities = rows.in_bulk({pk for pk in places if pk is not None})

        def params_of(event: Event) -> Mapping[str, str]:
            thing = self._thing(event)
            return self.params(thing, communities.get(self.community_of(thing) or 0))

        tell(told, self.table, self.subject, lambda event: self._keys(event, communities, rules), params_of)

    def _thing(self, event: Event) -> Any:
        return getattr(event, self.subject)

    def _keys(self, event: Event, communities: Mapping[int, Community], rules: Rules) -> list[Key]:
        """Behind which addresses those stand who are told of an event."""
        thing = self._thing(event)
        place = communities.get(self.community_of(thing) or 0)
        acting = acting_officer(place.pk, timezone.localdate(event.at)) if place else None
        people = {"officer": acting, **self.people_of(thing)}
        names = recipients_of(self.table[event.kind], event, self.subject, rules)
        office = place.subdistrict_id if place else thing.subdistrict_id
        found = [("user", people[name]) if name in people else (name, office) for name in names]
        return [key for key in found if key[1] is not None]
