"""Pages to keep records: segments, samples, points, blind spots."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citymgmt.form_pages import ASKING, form_page, sent
from citymgmt.found import one_of
from citymgmt.people.permissions import require, require_role
from communities.placed import communities_for
from patrols.cleanliness import actions
from patrols.cleanliness.forms import CLEAN, DrawForm, LookForm, PointForm, SegmentForm, SpotForm
from patrols.cleanliness.models import BlindSpot, SamplePoint, StreetSegment
from patrols.cleanliness.querysets import points_seen, segments_seen, spots_seen

SEGMENT_FIELDS = ("code", "name", "road_class", "length_m", "is_active")


@require_http_methods(ASKING)
def new_segment(request: Any) -> HttpResponse:
    """Enter a street segment. Raises: NotPermitted."""
    require_role(request.user, "cleanliness.keep")
    return _segment_page(request, None)


@require_http_methods(ASKING)
def segment(request: Any, pk: int) -> HttpResponse:
    """Change a street segment. Raises: NotFound, NotPermitted."""
    row = one_of(segments_seen(request.user, request.on), pk)
    require(request.user, "cleanliness.keep", row, on=request.on)
    return _segment_page(request, row)


def _segment_page(request: Any, row: StreetSegment | None) -> HttpResponse:
    kept = {name: getattr(row, name) for name in SEGMENT_FIELDS} | {"community": row.community_id} if row else None
    places = list(communities_for(request.user, "cleanliness.keep", request.on))
    form = SegmentForm(sent(request), communities=places, initial=kept)

    def act(_told: dict[str, Any]) -> None:
        actions.save_segment(by=request.user, at=request.at, told=form.told(), pk=row.pk if row else None)

    words = {"title": row.name if row else _("New street segment"), "button": _("Save")}
    back_url = reverse("cleanliness:segments")
    return form_page(
        request, form, act, about=_("Street segments"), done=_("The segment is saved."), back_url=back_url, **words
    )


@require_http_methods(ASKING)
def new_draw(request: Any) -> HttpResponse:
    """Draw a sample. Raises: NotPermitted."""
    require_role(request.user, "cleanliness.keep")
    form = DrawForm(sent(request))

    def act(told: dict[str, Any]) -> None:
        actions.draw_sample(by=request.user, at=request.at, seed=told["seed"], count=told["count"])

    return form_page(
        request,
        form,
        act,
        about=_("Samples"),
        title=_("Draw a sample"),
        lead=_(
            "Points are shared out by class and length of the streets; the seed decides which metres are looked at."
        ),
        button=_("Draw"),
        done=_("The sample is drawn."),
        back_url=reverse("cleanliness:draws"),
    )


@require_http_methods(ASKING)
def point(request: Any, pk: int) -> HttpResponse:
    """Enter what was amiss at a point of a sample. Raises: NotFound, NotPermitted."""
    row: SamplePoint = one_of(points_seen(request.user, request.on), pk)
    require(request.user, "cleanliness.look", row, on=request.on)
    form = PointForm(sent(request), initial={"amiss": row.amiss, "note": row.note})

    def act(told: dict[str, Any]) -> None:
        given = {"amiss": told["amiss"], "note": told["note"]}
        actions.score_point(by=request.user, at=request.at, pk=row.pk, **given)

    return form_page(
        request,
        form,
        act,
        about=row.draw.seed,
        title=_("Look at %(street)s, at metre %(metre)s") % {"street": row.segment.name, "metre": row.metre},
        lead=row.segment.community.name,
        button=_("Save the look"),
        done=_("The look is saved."),
        back_url=reverse("cleanliness:draw", args=[row.draw_id]),
    )


@require_http_methods(ASKING)
def new_spot(request: Any) -> HttpResponse:
    """Enter a blind spot. Raises: NotPermitted."""
    require_role(request.user, "cleanliness.look")
    asked = {"user": request.user, "permission": "cleanliness.look", "on": request.on}
    form = SpotForm(sent(request), initial={"found_on": request.on}, **asked)

    def act(_told: dict[str, Any]) -> None:
        actions.find_spot(by=request.user, at=request.at, told=form.told())

    words = {"title": _("New blind spot"), "button": _("Save"), "done": _("The blind spot is entered.")}
    return form_page(request, form, act, about=_("Blind spots"), back_url=reverse("cleanliness:spots"), **words)


@require_http_methods(ASKING)
def look_at_spot(request: Any, pk: int) -> HttpResponse:
    """Enter what somebody saw at a blind spot today. Raises: NotFound, NotPermitted."""
    row: BlindSpot = one_of(spots_seen(request.user, request.on), pk)
    require(request.user, "cleanliness.look", row, on=request.on)
    form = LookForm(sent(request))

    def act(told: dict[str, Any]) -> None:
        given = {"is_clean": told["found"] == CLEAN, "note": told["note"]}
        actions.look_at_spot(by=request.user, at=request.at, pk=row.pk, **given)

    words = {"title": _("Look at the blind spot"), "button": _("Save the look"), "done": _("The look is saved.")}
    back_url = reverse("cleanliness:spot", args=[row.pk])
    return form_page(request, form, act, about=row.name, back_url=back_url, **words)
