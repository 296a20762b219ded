"""Who is told what of guard watches: one table, and the wording of each message.

Steps of the ladder name their recipients in their own rows: "team" is the leader, "guard" who has the watch.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule, recipients_of
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import Key, people_behind
from citymgmt.people.models import NoticeGroup, User
from citymgmt.worktime.rules import Rules
from patrols.guards.lifecycle import ABSENCE, ASSIGN, SUPERVISE, URGE
from patrols.guards.models import GuardEvent, GuardPost

DEADLINES, ANSWERS = NoticeGroup.DEADLINES, NoticeGroup.ANSWERS
TABLE: Mapping[str, Rule] = {
    URGE: Rule((), _("Nobody is at the post %(post)s, since %(when)s"), True, group=DEADLINES),
    SUPERVISE: Rule((), _("Still nobody at the post %(post)s, since %(when)s"), True, group=DEADLINES),
    ASSIGN: Rule(("guard",), _("You have the watch at the post %(post)s, %(when)s"), group=ANSWERS),
    ABSENCE: Rule(("team",), _("Absent: the watch at the post %(post)s, %(when)s"), group=ANSWERS),
}


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)


def enqueue(events: Sequence[GuardEvent], rules: Rules) -> None:
    """Insert the outbox rows of these events: a fixed number of queries however many events there are."""
    told = [event for event in events if event.kind in TABLE]
    if not told:
        return
    rows = GuardPost.objects.select_related("community").defer("community__boundary")
    posts = rows.in_bulk({event.guard_watch.post_id for event in told})
    keys = [(event, list(_keys(event, posts, rules))) for event in told]
    behind = people_behind({key for _event, of_it in keys for key in of_it})
    enqueue_letters(
        _letter(event, person, posts)
        for event, of_it in keys
        for person in {one.pk: one for key in of_it for one in behind.get(key, [])}.values()
        if person.pk != event.by_id
    )


def _keys(event: GuardEvent, posts: Mapping[int, GuardPost], rules: Rules) -> Iterable[Key]:
    """Behind which addresses those stand who are told of an event."""
    watch = event.guard_watch
    for name in recipients_of(TABLE[event.kind], event, "guard_watch", rules):
        if name == "guard":
            if watch.user_id is not None:
                yield "user", watch.user_id
        else:
            yield name, watch.team_id if name == "team" else posts[watch.post_id].community.subdistrict_id


def _letter(event: GuardEvent, person: User, posts: Mapping[int, GuardPost]) -> Letter:
    watch = event.guard_watch
    when = f"{timezone.localtime(watch.starts_at):%Y-%m-%d %H:%M}"
    return Letter(
        dedupe=f"guard_watch.{watch.pk}.{event.seq}",
        kind=event.kind,
        recipient=person,
        at=event.at,
        params={"post": posts[watch.post_id].name_zh, "when": when},
        link=watch.get_absolute_url(),
        is_urgent=TABLE[event.kind].is_urgent,
    )
