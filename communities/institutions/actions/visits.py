"""Visits are made: what was talked of, which leaflets were left, what was promised; or called off with a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from citymgmt.faults import day_faults, refuse
from citymgmt.people.models import User
from citymgmt.photos.actions import keep_uploads, received
from citymgmt.refusals import KeyReused, WrongState, refusing
from citymgmt.worktime.repeats import scoped_key
from citymgmt.written import faults_of, in_lines
from communities.institutions.actions.frame import MOST_PHOTOS, check_active, earlier, keeping
from communities.institutions.actions.pledges import PledgeTold, make_pledges
from communities.institutions.lifecycle import DROPPED, MADE, VISIT
from communities.institutions.querysets import one_of
from communities.models import InstitutionPhoto, InstitutionVisit
from communities.models.institutions import LONGEST_REASON, LONGEST_TALK, MOST_LEAFLETS


@dataclass(frozen=True)
class VisitTold:
    """A visit as the visitor tells it."""

    on: date
    talk: str
    leaflet_count: int = 0


def record_visit(
    *,
    by: User,
    at: datetime,
    told: VisitTold,
    institution: int = 0,
    visit: int = 0,
    pledges: Sequence[PledgeTold] = (),
    photos: Iterable[bytes] = (),
    request_key: str | None = None,
) -> InstitutionVisit:
    """Note that a planned `visit` was made, or one to an `institution` that nobody had planned, with what was promised
    there. A resend acts once.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (made or called off before; no longer active), Invalid.
    """
    planned = one_of(InstitutionVisit.objects.all(), visit) if visit else None
    where = planned.institution_id if planned else institution
    key = scoped_key(by, request_key)
    elsewhere = refusing(KeyReused(), "communities_institutionvisit_request_key_key")
    writing = keeping(where, "record_visit", permission=VISIT, by=by, at=at)
    with received(photos, MOST_PHOTOS) as uploads, elsewhere, writing as found:
        if (known := earlier(InstitutionVisit, key, institution_id=found.pk, made_on=told.on)) is not None:
            return known
        check_active(found)
        row = InstitutionVisit.objects.get(pk=visit) if visit else InstitutionVisit()
        if visit and not row.is_planned:
            raise WrongState(_("This visit was made or called off already."))
        row.institution, row.request_key = found, key
        _record(row, told, by, at)
        make_pledges(row, pledges, by, at)
        keep_uploads(InstitutionPhoto, uploads, at, institution=found, visit=row, by=by)
        return row


def _record(row: InstitutionVisit, told: VisitTold, by: User, at: datetime) -> None:
    """Write what the visitor tells. Raises: Invalid."""
    talk = in_lines(told.talk)
    faults: dict[str, Any] = {"on": day_faults(told.on, at)}
    faults["talk"] = faults_of(talk, LONGEST_TALK, is_needed=True, is_one_line=False)
    if not 0 <= told.leaflet_count <= MOST_LEAFLETS:
        range_ = {"fewest": 0, "most": MOST_LEAFLETS}
        faults["leaflet_count"] = _("Choose a number from %(fewest)s to %(most)s.") % range_
    refuse(faults)
    row.state, row.made_on, row.made_by = MADE, told.on, by
    row.talk, row.leaflet_count = talk, told.leaflet_count
    row.save()


def drop_visit(*, by: User, at: datetime, pk: int, reason: str) -> InstitutionVisit:
    """Call off a visit that was planned, with a reason. Raises: NotFound, NotPermitted, WrongState, Invalid."""
    institution = one_of(InstitutionVisit.objects.all(), pk).institution_id
    with keeping(institution, "drop_visit", permission=VISIT, by=by, at=at):
        row = InstitutionVisit.objects.get(pk=pk)
        if not row.is_planned:
            raise WrongState(_("This visit was made or called off already."))
        refuse({"reason": faults_of(reason.strip(), LONGEST_REASON, is_needed=True)})
        row.state, row.drop_reason = DROPPED, reason.strip()
        row.save(update_fields=["state", "drop_reason"])
        return row
