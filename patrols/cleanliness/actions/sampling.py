"""Samples of streets: drawn by lot from a seed, looked at point by point."""

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import number_faults, refuse
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, WrongState
from citymgmt.written import faults_of
from patrols.changing import changing
from patrols.cleanliness.actions.frame import in_office
from patrols.cleanliness.checks import ITEMS, score_of
from patrols.cleanliness.models import LONGEST_NOTE, LONGEST_SEED, SampleDraw, SamplePoint, StreetSegment
from patrols.cleanliness.querysets import drawn_again, frame_of
from patrols.cleanliness.sampling import MOST_POINTS


def draw_sample(*, by: User, at: datetime, seed: str, count: int) -> SampleDraw:
    """Draw a sample of this many points from the streets in use of one's own office. The same seed and count again
    give the sample that was drawn.

    Raises: NotPermitted, WrongState, Invalid (also: the seed was used, or there are too few points or streets).
    """
    with in_office("draw_sample", permission="cleanliness.keep", by=by) as office:
        seed = seed.strip()
        refuse({
            "seed": faults_of(seed, LONGEST_SEED, is_needed=True),
            "count": number_faults(count, MOST_POINTS, 1),
        })  # fmt: skip
        drawn = SampleDraw.objects.filter(subdistrict=office, seed=seed).first()
        if drawn is not None:
            if drawn.count == count:
                return drawn
            raise Invalid(fields={"seed": [_("A sample was drawn with this seed already.")]})
        segments = list(StreetSegment.objects.filter(subdistrict=office, is_active=True).order_by("code"))
        if not segments:
            raise Invalid(_("There is no street segment to draw from."))
        draw = SampleDraw(subdistrict=office, seed=seed, count=count, frame=frame_of(segments), at=at, by=by)
        _add_points(draw, {one.code: one for one in segments})
        return draw


def _add_points(draw: SampleDraw, segments: dict[str, StreetSegment]) -> None:
    try:
        points = drawn_again(draw)
    except ValueError as error:
        reason = _("Each class of road needs at least one point, and no more points than it has metres.")
        raise Invalid(fields={"count": [reason]}) from error
    draw.save()
    for one in points:
        where = {"segment": segments[one.code], "code": one.code, "metre": one.metre}
        SamplePoint.objects.create(draw=draw, road_class=one.road_class, ordinal=one.ordinal, **where)


def score_point(*, by: User, at: datetime, pk: int, amiss: Collection[str], note: str = "") -> SamplePoint:
    """Enter what was amiss at a point of a sample. The same again changes nothing; who looked may correct it
    on the day.

    Raises: NotFound, NotPermitted, WrongState (somebody has looked at it already), Invalid.
    """
    with changing(SamplePoint, pk, "score_point", permission="cleanliness.look", by=by, at=at) as point:
        found, note = [code for code in ITEMS if code in amiss], note.strip()
        refuse({
            "amiss": [] if set(amiss) == set(found) else [_("Choose one of these.")],
            "note": faults_of(note, LONGEST_NOTE),
        })  # fmt: skip
        if point.looked_at is not None:
            if (point.amiss, point.note) == (found, note):
                return point
            if point.looked_by_id != by.pk or timezone.localdate(point.looked_at) != timezone.localdate(at):
                raise WrongState(_("This point was looked at already. Who looked may correct it on the same day."))
        point.amiss, point.note, point.score = found, note, score_of(found)
        point.looked_by, point.looked_at = by, at
        point.save()
        return point
