"""Breeding sites: found, closed with what was done, and open anew when something breeds there again."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from citymgmt.faults import choice_faults, day_faults, line_faults, refuse
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, WrongState
from citymgmt.written import faults_of
from patrols.changing import changing
from patrols.pests.actions.frame import community_of, keeping
from patrols.pests.indices import PESTS
from patrols.pests.models import LONGEST_LINE, LONGEST_TEXT, BreedingSite, BreedingStep

STEP = BreedingStep.Kind


@dataclass(frozen=True)
class SiteTold:
    """A breeding site as a person writes it; `community` is an id."""

    community: int
    place: str
    kind: str
    pest: str
    on: date
    note: str = ""


def find_site(*, by: User, at: datetime, team: int, told: SiteTold) -> BreedingSite:
    """Enter a breeding site that was found. Saving the same again changes nothing.

    Raises: NotFound, NotPermitted, WrongState, Invalid (also: the place is known already).
    """
    with keeping(team, "find_site", by=by, at=at) as found:
        faults = {
            **line_faults(told, {"place": LONGEST_LINE, "note": LONGEST_TEXT}, ("place",)),
            "kind": choice_faults(told.kind, BreedingSite.Kind.values),
            "pest": choice_faults(told.pest, list(PESTS)),
            "on": day_faults(told.on, at),
        }
        refuse(faults)
        place = {"community": community_of(found, told.community), "place": told.place.strip(), "kind": told.kind}
        there = BreedingSite.objects.filter(team=found, **place).first()
        if there is not None:
            if there.is_open and (there.pest, there.open_since) == (told.pest, told.on):
                return there
            raise Invalid(fields={"place": _("This place is known. Open its page and note that it was found again.")})
        site = BreedingSite.objects.create(team=found, **place, pest=told.pest, open_since=told.on)
        _note(site, STEP.FOUND, told.on, by, told.note)
        return site


def _note(site: BreedingSite, kind: str, on: date, by: User, note: str) -> None:
    BreedingStep.objects.create(site=site, kind=kind, on=on, by=by, note=note.strip())


def close_site(*, by: User, at: datetime, pk: int, on: date, done: str) -> BreedingSite:
    """Close a breeding site and say what was done. Doing the same again changes nothing.

    Raises: NotFound, NotPermitted, WrongState (closed already), Invalid.
    """
    with changing(BreedingSite, pk, "close_site", permission="pest.keep", by=by, at=at) as site:
        if _is_told_again(site, STEP.CLOSED, on, done):
            return site
        if not site.is_open:
            raise WrongState(_("This breeding site is cleared already."))
        _check_step(site.open_since, on, done, at, "done")
        site.closed_on = on
        site.save(update_fields=["closed_on"])
        _note(site, STEP.CLOSED, on, by, done)
        return site


def find_again(*, by: User, at: datetime, pk: int, on: date, note: str) -> BreedingSite:
    """Open a closed breeding site anew because something breeds there again. Doing the same again changes nothing.

    Raises: NotFound, NotPermitted, WrongState (open already), Invalid.
    """
    with changing(BreedingSite, pk, "find_again", permission="pest.keep", by=by, at=at) as site:
        if _is_told_again(site, STEP.FOUND_AGAIN, on, note):
            return site
        if site.closed_on is None:
            raise WrongState(_("This breeding site is not cleared yet."))
        _check_step(site.closed_on, on, note, at, "note")
        site.open_since, site.closed_on = on, None
        site.save(update_fields=["open_since", "closed_on"])
        _note(site, STEP.FOUND_AGAIN, on, by, note)
        return site


def _is_told_again(site: BreedingSite, kind: str, on: date, note: str) -> bool:
    last = site.steps.order_by("id").last()
    return last is not None and (last.kind, last.on, last.note) == (kind, on, note.strip())


def _check_step(since: date, on: date, note: str, at: datetime, field: str) -> None:
    """A step comes no earlier than the one before it, and says something. Raises: Invalid."""
    faults = {"on": day_faults(on, at), field: faults_of(note.strip(), LONGEST_TEXT, is_needed=True)}
    if on < since:
        faults["on"] = [_("Choose a day no earlier than %(day)s.") % {"day": since}]
    refuse(faults)
