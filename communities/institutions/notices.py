"""Who is told what of promises: one table, and the wording of each message.

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
from communities.institutions.lifecycle import SUPERVISE, TRANSITIONS, URGE, WARN
from communities.models import Institution, PledgeEvent
from communities.querysets import acting_officer

DEADLINES, ANSWERS = NoticeGroup.DEADLINES, NoticeGroup.ANSWERS
TABLE: Mapping[str, Rule] = {
    WARN: Rule((), _("%(institution)s promised something that is soon due: %(text)s"), group=DEADLINES),
    URGE: Rule((), _("%(institution)s did not keep its promise in time: %(text)s"), group=DEADLINES),
    SUPERVISE: Rule((), _("%(institution)s still did not keep its promise: %(text)s"), group=DEADLINES),
    TRANSITIONS["break"].kind: Rule(
        ("officer", "leaders"), _("%(institution)s did not keep its promise: %(text)s"), group=ANSWERS
    ),
    TRANSITIONS["extend"].kind: Rule(
        ("officer",), _("%(institution)s has more time to keep its promise: %(text)s"), group=ANSWERS
    ),
}


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)


def enqueue(events: Sequence[PledgeEvent], rules: Rules) -> None:
    """Insert the outbox rows of these events: a fixed number of queries however many events of a day there are."""
    told = [event for event in events if event.kind in TABLE]
    if not told:
        return
    rows = Institution.objects.select_related("community").defer("community__boundary")
    institutions = rows.in_bulk({event.pledge.institution_id for event in told})
    keys = [(event, _keys(event, institutions, rules)) for event in told]
    behind = people_behind({key for _event, of_it in keys for key in of_it})
    enqueue_letters(
        _letter(event, person, institutions[event.pledge.institution_id])
        for event, of_it in keys
        for person in dict.fromkeys(one for key in of_it for one in behind.get(key, []))
        if person.pk != event.by_id
    )


def _keys(event: PledgeEvent, institutions: Mapping[int, Institution], rules: Rules) -> list[Key]:
    """Behind which addresses those stand who are told of an event."""
    place = institutions[event.pledge.institution_id].community
    acting = acting_officer(place.pk, timezone.localdate(event.at))
    names = recipients_of(TABLE[event.kind], event, "pledge", rules)
    found = [("user", acting) if name == "officer" else (name, place.subdistrict_id) for name in names]
    return [key for key in found if key[1] is not None]


def _letter(event: PledgeEvent, person: User, institution: Institution) -> Letter:
    return Letter(
        dedupe=f"pledge.{event.pledge_id}.{event.seq}",
        kind=event.kind,
        recipient=person,
        at=event.at,
        params={"institution": institution.name, "text": event.pledge.text},
        link=event.pledge.get_absolute_url(),
        is_urgent=TABLE[event.kind].is_urgent,
    )
