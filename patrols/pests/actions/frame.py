"""What the actions of pest control share: lock, permit, and what is wrong with what people write."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.people.models import Organisation, User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, NotFound, WrongState
from citymgmt.written import faults_of
from communities.actions.periods import EARLIEST
from communities.models import Community
from patrols.pests.querysets import communities_around
from patrols.teams.actions.frame import working_on
from patrols.teams.models import Team
from patrols.teams.querysets import MOST_ID, one_of

M = TypeVar("M", bound=Model)


@contextmanager
def keeping(team: int, action: str, *, by: User, at: datetime) -> Iterator[Team]:
    """The locked row of a pest team whose records `by` keeps, as `working_on`.

    Raises: NotFound (no pest team either), NotPermitted, WrongState.
    """
    with working_on(team, action, permission="pest.keep", by=by, at=at) as found:
        if found.kind != Organisation.Kind.PEST_TEAM:
            raise NotFound
        yield found


@contextmanager
def changing(rows: type[M], pk: int, action: str, *, permission: str, by: User, at: datetime) -> Iterator[M]:
    """The locked row of this id on which `by` may do this, in a transaction that the audit trail names by the action.

    Raises: NotFound, NotPermitted, WrongState (what the database refuses: the same was entered meanwhile).
    """
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, action=action):
            locked = rows._default_manager.select_for_update(of=("self",), no_key=True)
            found = one_of(locked.order_by("pk"), pk)
            require(by, permission, found, on=timezone.localdate(at))
            yield found
    except IntegrityError as error:
        raise WrongState(_("Somebody has just entered the same. Load the page again.")) from error


def community_of(team: Team, pk: int) -> Community:
    """A community in which the team may work. Raises: Invalid."""
    found = communities_around(team).filter(pk=pk).first() if 0 < pk < MOST_ID else None
    if found is None:
        raise Invalid(fields={"community": _("Choose communities of your sub-district.")})
    return found


def day_faults(on: date, at: datetime) -> list[str]:
    """What is wrong with a day on which something happened."""
    return [] if EARLIEST <= on <= timezone.localdate(at) else [_("Choose a day that is not in the future.")]


def line_faults(told: Any, most: Mapping[str, int], needed: Sequence[str] = ()) -> dict[str, list[str]]:
    """What is wrong with the lines of this name, each with the most characters that it may have."""
    return {
        name: faults_of(getattr(told, name).strip(), length, is_needed=name in needed) for name, length in most.items()
    }


def choice_faults(chosen: str, among: Sequence[str]) -> list[str]:
    """What is wrong with something chosen."""
    return [] if chosen in among else [_("Choose one of these.")]


def number_faults(number: int | None, most: int, fewest: int = 0) -> list[str]:
    """What is wrong with a whole number, where one is given."""
    if number is None or fewest <= number <= most:
        return []
    return [_("Choose a number from %(fewest)s to %(most)s.") % {"fewest": fewest, "most": most}]


def refuse(faults: Mapping[str, list[str]]) -> None:
    """Raises: Invalid (there are faults)."""
    wrong = {name: sentences for name, sentences in faults.items() if sentences}
    if wrong:
        raise Invalid(fields=wrong)


def stripped(told: Any) -> dict[str, Any]:
    """The values of a dataclass, its texts without blanks around them."""
    return {name: value.strip() if isinstance(value, str) else value for name, value in vars(told).items()}
