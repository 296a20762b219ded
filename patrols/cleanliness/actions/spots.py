"""Blind spots: entered when found, looked at until clean three times running; dirty again, they are watched again."""

from dataclasses import dataclass
from datetime import date, datetime

import pghistory
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import day_faults, line_faults, refuse
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role
from citymgmt.refusals import Invalid, WrongState
from citymgmt.written import faults_of
from communities.placed import PlaceTold, faults_of_place
from patrols.changing import changing
from patrols.clashes import entered_by_another
from patrols.cleanliness.models import LONGEST_NAME, LONGEST_NOTE, BlindSpot, SpotLook
from patrols.cleanliness.rates import clean_running, is_watched


@dataclass(frozen=True)
class SpotTold:
    """A blind spot as a person writes it."""

    place: PlaceTold
    name: str
    found_on: date
    note: str = ""


def find_spot(*, by: User, at: datetime, told: SpotTold) -> BlindSpot:
    """Enter a blind spot that was found. Saving the same again changes nothing.

    Raises: NotPermitted, WrongState, Invalid (also: the place is known already).
    """
    require_role(by, "cleanliness.look")
    faults = line_faults(told, {"name": LONGEST_NAME, "note": LONGEST_NOTE}, ("name",))
    place = faults_of_place(told.place, by, "cleanliness.look", timezone.localdate(at))
    refuse({**faults, **place, "found_on": day_faults(told.found_on, at)})
    name, where = told.name.strip(), told.place.columns
    values = {**where, "found_on": told.found_on, "note": told.note.strip()}
    once = entered_by_another("blind_spot_once")
    with once, transaction.atomic(), pghistory.context(user=by.pk, action="find_spot"):
        there = BlindSpot.objects.filter(community=where["community_id"], name=name).first()
        if there is None:
            return BlindSpot.objects.create(name=name, **values)
    if all(getattr(there, column) == value for column, value in values.items()):
        return there
    raise Invalid(fields={"name": [_("This place is known. Open its page and enter what you saw.")]})


def look_at_spot(*, by: User, at: datetime, pk: int, is_clean: bool, note: str = "") -> BlindSpot:
    """Enter what somebody saw at a blind spot today. The same again changes nothing; one look counts for a day, and who
    looked may correct it on that day.

    Raises: NotFound, NotPermitted, WrongState (somebody else has looked today), Invalid.
    """
    with changing(BlindSpot, pk, "look_at_spot", permission="cleanliness.look", by=by, at=at) as spot:
        refuse({"note": faults_of(note.strip(), LONGEST_NOTE)})
        today = timezone.localdate(at)
        look = spot.looks.filter(on=today).first() or SpotLook(spot=spot, on=today, by=by)
        if look.by_id != by.pk:
            if (look.is_clean, look.note) == (is_clean, note.strip()):
                return spot
            raise WrongState(_("Somebody else has looked at it today."))
        look.at, look.is_clean, look.note = at, is_clean, note.strip()
        look.save()
        seen = list(spot.looks.order_by("on").values_list("is_clean", flat=True))
        spot.clean_count, spot.is_watched = clean_running(seen), is_watched(seen)
        spot.save(update_fields=["clean_count", "is_watched"])
        return spot
