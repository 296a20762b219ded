"""Who is told what of patrol rounds: one table, and the wording of each message.

Steps of the ladder name their recipients in their own rows: "team" is the leader, "on_shift" who had the shift.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule, recipients_of
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import Key, people_behind
from citymgmt.people.models import NoticeGroup, User
from citymgmt.worktime.rules import Rules
from patrols.rounds.lifecycle import event_kind
from patrols.rounds.models import PatrolRound, RoundEvent
from patrols.teams.models import IN_FORCE, Duty

DEADLINES = NoticeGroup.DEADLINES
OnShift = Mapping[tuple[int, date], Sequence[int]]  # ids of people by shift and day

TABLE: Mapping[str, Rule] = {  # steps of the ladder: recipients are data
    event_kind("urge"): Rule((), _("Not walked in its shift: %(route)s, %(day)s"), True, group=DEADLINES),
    event_kind("supervise"): Rule((), _("Still not walked: %(route)s, %(day)s"), True, group=DEADLINES),
    event_kind("miss"): Rule((), _("Missed: %(route)s, %(day)s"), group=DEADLINES),
    event_kind("excuse"): Rule(("on_shift",), _("Excused: %(route)s, %(day)s"), group=NoticeGroup.ANSWERS),
}


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)


def enqueue(events: Sequence[RoundEvent], rules: Rules) -> None:
    """Insert the outbox rows of these events: a fixed number of queries however many events there are."""
    told = [(event, recipients_of(TABLE[event.kind], event, "round", rules)) for event in events if event.kind in TABLE]
    if not told:
        return
    on_shift = _on_shift(event.round for event, names in told if "on_shift" in names)
    keys = [(event, set(_keys(event.round, names, on_shift))) for event, names in told]
    behind = people_behind({key for _event, of_it in keys for key in of_it})
    enqueue_letters(
        _letter(event, person)
        for event, of_it in keys
        for person in {one.pk: one for key in of_it for one in behind.get(key, [])}.values()
        if person.pk != event.by_id
    )


def _keys(round_: PatrolRound, names: Iterable[str], on_shift: OnShift) -> Iterable[Key]:
    for name in names:
        if name == "on_shift":
            yield from (("user", user) for user in on_shift.get((round_.shift_id, round_.on), ()))
        else:
            yield name, round_.team_id if name == "team" else round_.subdistrict_id


def _on_shift(rounds: Iterable[PatrolRound]) -> OnShift:
    """Who had the shifts of these rounds on their days."""
    wanted = {(one.shift_id, one.on) for one in rounds}
    found: dict[tuple[int, date], list[int]] = {one: [] for one in wanted}
    if not wanted:
        return found
    duties = Duty.objects.filter(
        IN_FORCE, shift__in={shift for shift, _day in wanted}, on__in={day for _shift, day in wanted}
    )
    for shift, day, user in duties.values_list("shift_id", "on", "user_id"):
        found.setdefault((shift, day), []).append(user)
    return found


def _letter(event: RoundEvent, person: User) -> Letter:
    round_ = event.round
    return Letter(
        dedupe=f"round.{round_.pk}.{event.seq}",
        kind=event.kind,
        recipient=person,
        at=event.at,
        params={"route": str(round_.route), "day": f"{round_.on:%Y-%m-%d}"},
        link=round_.get_absolute_url(),
        is_urgent=TABLE[event.kind].is_urgent,
    )
