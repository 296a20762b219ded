"""Note what a team found: handled on the spot, or a case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Category
from citymgmt.faults import refuse, wrong_point
from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.photos.actions import Upload, keep_uploads, received
from citymgmt.photos.stored import photo_store
from citymgmt.refusals import Invalid, KeyReused, WrongState, refusing
from citymgmt.worktime.repeats import digest_of, scoped_key
from citymgmt.worktime.rules import hold_rules
from citymgmt.written import faults_of, in_lines
from communities.models import Community, KeyPlace
from communities.models.places import LONGEST_ADDRESS
from communities.placed import PlaceTold
from communities.places import community_at
from patrols.findings.actions.becoming import become_case
from patrols.findings.models import Finding, FindingPhoto
from patrols.rounds.models import LONGEST_NOTE, PatrolRound, Visit
from patrols.rounds.querysets import has_point
from patrols.teams.models import Team
from patrols.teams.querysets import locked_team

MOST_PHOTOS = 3  # of a finding


@dataclass(frozen=True)
class FindingTold:
    """A finding as a person tells it: ids of the category and of the round, the number of the point on it.

    Without a point a place is needed; its community 0 is the one in which the position lies.
    """

    way: str
    category: int
    note: str = ""
    round: int | None = None
    ordinal: int | None = None
    place: PlaceTold | None = None
    key_place: int | None = None


def note_finding(
    *, by: User, at: datetime, told: FindingTold, photos: Iterable[bytes] = (), request_key: str | None = None
) -> Finding:
    """Note what somebody found for the own team; place and community come from the point of the round, if there is one.

    Raises: NotFound, NotPermitted, KeyReused, WrongState (nobody has begun the round), Invalid (also: handled, with
    neither photo nor note; a place outside the sub-district; too many photos, or one that is none).
    """
    require_role(by, "finding.note")
    key = scoped_key(by, request_key)
    with received(photos, MOST_PHOTOS) as uploads:
        digest = digest_of("note_finding", "", {"told": repr(told), "photos": [one.digest for one in uploads]})
        for_two_teams_at_once = refusing(KeyReused(), "patrols_finding_request_key_key")
        with for_two_teams_at_once, transaction.atomic():
            hold_rules()
            team = locked_team(by.organisation_id or 0)
            require(by, "finding.note", team, on=timezone.localdate(at))
            return _earlier(key, digest) or _note(team, told, uploads, by, at, (key, digest))


def _earlier(key: str | None, digest: str) -> Finding | None:
    found = Finding.objects.filter(request_key=key).select_related("case").first() if key else None
    if found is not None and found.request_digest != digest:
        raise KeyReused
    return found


def _note(
    team: Team, told: FindingTold, uploads: Sequence[Upload], by: User, at: datetime, key: tuple[str | None, str]
) -> Finding:
    round_, visit = _walked(told, by, timezone.localdate(at))
    note = in_lines(told.note)
    _check(told, note, uploads)
    made = Finding(team=team, round=round_, visit=visit, category_id=told.category, note=note, at=at, by=by)
    made.request_key, made.request_digest = key
    for name, value in (_of_point(visit) if visit else _of_place(team, told)).items():
        setattr(made, name, value)
    if told.way == Finding.Way.CASE:
        become_case(made, (photo_store().upload(one.name) for one in uploads), by, at)
        made.save()
        return made
    made.way = told.way
    made.save()
    keep_uploads(FindingPhoto, uploads, at, finding=made, by=by)
    return made


def _walked(told: FindingTold, by: User, on: date) -> tuple[PatrolRound | None, Visit | None]:
    """The round on which it was found, and the point. Raises: NotFound, NotPermitted, WrongState."""
    if told.round is None:
        return None, None
    round_ = one_of(PatrolRound.objects.all(), told.round)
    require(by, "finding.note", round_, on=on)
    if round_.started_at is None:
        raise WrongState(_("Nobody has begun this round: start it first, or note the finding without it."))
    if told.ordinal is None:
        return round_, None
    has_point(round_, told.ordinal)
    points = Visit.objects.select_related("point__community__subdistrict", "point__key_place")
    return round_, points.get(round=round_, ordinal=told.ordinal)


def _check(told: FindingTold, note: str, uploads: Sequence[Upload]) -> None:
    faults: dict[str, Any] = {"note": faults_of(note, LONGEST_NOTE, is_one_line=False)}
    if told.way not in Finding.Way.values:
        faults["way"] = _("Say whether it was handled on the spot or becomes a case.")
    if told.way == Finding.Way.HANDLED and not note and not uploads:
        faults["note"] = _("Take a photo, or write what was done.")
    if not (0 < told.category < 2**31 and Category.objects.filter(pk=told.category, is_active=True).exists()):
        faults["category"] = _("Choose a category.")
    refuse(faults)


def _of_point(visit: Visit) -> dict[str, Any]:
    point = visit.point
    return {
        "community": point.community,
        "key_place": point.key_place,
        "address": _written(point.address, point.name)[:LONGEST_ADDRESS],
        "longitude": point.longitude,
        "latitude": point.latitude,
    }


def _written(address: str, name: str) -> str:
    """Address and name of a point, without saying one of them twice."""
    return address if name in address else name if address in name else f"{address} {name}"


def _of_place(team: Team, told: FindingTold) -> dict[str, Any]:
    """The columns of a place that a person told. Raises: Invalid."""
    place = told.place or PlaceTold(0)
    faults: dict[str, Any] = {"address": faults_of(place.address.strip(), LONGEST_ADDRESS)}
    faults.update(wrong_point(place.longitude, place.latitude))
    refuse(faults)
    community = _community(team, place)
    if community is None:
        raise Invalid(fields={"community": _("Choose the community.")})
    places = KeyPlace.objects.filter(community=community, is_active=True)
    pk = told.key_place or 0
    key_place = places.filter(pk=pk).first() if 0 < pk < 2**31 else None
    if told.key_place is not None and key_place is None:
        raise Invalid(fields={"key_place": _("This place lies in another community.")})
    return {**place.columns, "community": community, "key_place": key_place}


def _community(team: Team, place: PlaceTold) -> Community | None:
    """The community told, or the one in which the position lies; None outside the team's sub-district."""
    pk = place.community
    if not pk and place.longitude is not None:
        pk = community_at(team.subdistrict_id or 0, float(place.longitude), float(place.latitude or 0)) or 0
    active = Community.objects.filter(subdistrict=team.subdistrict_id, is_active=True).select_related("subdistrict")
    return active.filter(pk=pk).first() if 0 < pk < 2**31 else None
