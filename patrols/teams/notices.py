"""Who is told what of teams: one table, and the wording of each message."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import people_behind
from citymgmt.people.models import NoticeGroup, User
from patrols.teams.models import Certificate, MemberLeave

AWAY, STANDING_IN, EXPIRING, EXPIRED = "team_away", "team_stand_in", "certificate_expiring", "certificate_expired"
DEADLINES = NoticeGroup.DEADLINES
TABLE: Mapping[str, Rule] = {
    AWAY: Rule(
        ("leaders of the team",),
        _("%(who)s is away from %(from)s until %(until)s: %(handed)s duties handed over, %(gaps)s without anybody"),
    ),
    STANDING_IN: Rule(("substitute",), _("You stand in for %(who)s from %(from)s until %(until)s: %(handed)s duties")),
    EXPIRING: Rule(("leaders of the team", "holder"), _("A certificate of %(who)s expires on %(on)s"), group=DEADLINES),
    EXPIRED: Rule(
        ("leaders of the team", "holder"), _("A certificate of %(who)s has expired on %(on)s"), group=DEADLINES
    ),
}


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)


def tell_of_leave(leave: MemberLeave, handed: int, gaps: int, at: datetime) -> None:
    """Tell the leaders of the team of a leave, and the substitute of duties taken over, in the caller's transaction."""
    params = {
        "who": str(leave.user),
        "from": str(leave.from_on),
        "until": str(leave.until_on),
        "handed": handed,
        "gaps": gaps,
    }
    told = {AWAY: leaders_of([leave.team_id]).get(leave.team_id, [])}
    if leave.substitute is not None and handed:
        told[STANDING_IN] = [leave.substitute]
    link = f"{reverse('teams:calendar', args=[leave.team_id])}?month={leave.from_on:%Y-%m}"
    _post(told, f"team_leave.{leave.pk}", params, link, at)


def tell_of_expiry(kind: str, certificates: Iterable[Certificate], at: datetime) -> None:
    """Tell holders and leaders of these certificates, once for each day of expiry; repeating it tells nobody again."""
    found = list(certificates)
    leaders = leaders_of({one.team_id for one in found})
    for one in found:
        people = dict.fromkeys([*leaders.get(one.team_id, []), one.user])
        link = reverse("teams:certificates", args=[one.team_id])
        params = {"who": str(one.user), "on": str(one.expires_on)}
        _post({kind: list(people)}, f"certificate.{one.pk}.{one.expires_on}", params, link, at)


def leaders_of(teams: Iterable[int]) -> dict[int, list[User]]:
    """The leaders of teams by id of the team."""
    behind = people_behind({("team", pk) for pk in teams})  # which names each person by other keys as well
    return {pk: list(people) for (name, pk), people in behind.items() if name == "team"}


def _post(told: Mapping[str, Sequence[User]], dedupe: str, params: Mapping[str, Any], link: str, at: datetime) -> None:
    enqueue_letters(
        Letter(f"{dedupe}.{kind}", kind, person, at, params, link=link, is_urgent=TABLE[kind].is_urgent)
        for kind, people in told.items()
        for person in people
    )
