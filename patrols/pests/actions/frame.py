"""What the actions of pest control share: lock, permit, and the communities of a team."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from citymgmt.found import MOST_ID
from citymgmt.people.models import Organisation, User
from citymgmt.refusals import Invalid, NotFound
from communities.models import Community
from patrols.clashes import entered_by_another
from patrols.pests.querysets import communities_around
from patrols.teams.actions.frame import working_on
from patrols.teams.models import Team

M = TypeVar("M", bound=Model)
# whoever corrects one waits for its row, not for that of the team
OPERATION_ONCE, SURVEY_ONCE = "pest_operation_once", "density_survey_once_a_day"


@contextmanager
def keeping(team: int, action: str, *, by: User, at: datetime) -> Iterator[Team]:
    """The locked row of a pest team whose records `by` keeps, as `working_on`.

    Raises: NotFound (no pest team either), NotPermitted, WrongState.
    """
    once = entered_by_another(OPERATION_ONCE, SURVEY_ONCE)
    with once, working_on(team, action, permission="pest.keep", by=by, at=at) as found:
        if found.kind != Organisation.Kind.PEST_TEAM:
            raise NotFound
        yield found


def community_of(team: Team, pk: int) -> Community:
    """A community in which the team may work. Raises: Invalid."""
    found = communities_around(team).filter(pk=pk).first() if 0 < pk < MOST_ID else None
    if found is None:
        raise Invalid(fields={"community": _("Choose communities of your sub-district.")})
    return found
