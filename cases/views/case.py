"""The page of a case, and the page that acts on it."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from cases import workflow
from cases.actions import perform
from cases.actions.frame import wrong_state_sentence
from cases.available import Masked, knows_reporters, masked, open_parts, transitions_for
from cases.beside import beside_case, joined
from cases.conditions import OpenParts
from cases.forms import ActionForm, Setting
from cases.models import Case, CaseEvent, Photo, TimeRequest
from cases.named import Names, kept_names, name_all
from cases.querysets import history_of, readers_of, seen_by
from cases.scopes import may_leave_sight
from cases.views.buttons import button_of, buttons_of
from cases.views.lists.pages import PortalRequest
from cases.views.uploads import say_refused, with_uploads
from citymgmt.addresses import is_own_path
from citymgmt.people.models import in_language
from citymgmt.people.permissions import allows, permits, require_role
from citymgmt.prepared import Prepared
from citymgmt.refusals import Invalid, NotFound, Refusal, mark
from citymgmt.worktime.repeats import scoped_key
from citymgmt.worktime.rules import current_rules
from communities import maps
from communities.models import KeyPlace

EARLIER_SHOWN = 5
BEFORE, AFTER = Photo.Kind.BEFORE, Photo.Kind.AFTER
_shown = Prepared(lambda number: _with_rooms(Case.objects.filter(number=number)), str)
_history = Prepared(history_of, int)
_requests = Prepared(lambda case: TimeRequest.objects.filter(case_id=case), int)
_photos = Prepared(lambda case: Photo.objects.filter(case_id=case).order_by("event_id", "id"), int)


@require_safe
def detail(request: PortalRequest, number: str) -> HttpResponse:
    """Everything about a case that its reader may know, and the buttons for what may be done now."""
    names = kept_names()
    case = _seen_case(request, number, names)
    events = name_all(_history(case.pk), names)
    escalations = name_all(case.escalations.order_by("ordinal"), names) if case.may_have_escalations else []
    requests = name_all(_requests(case.pk), names)
    parts = OpenParts(
        escalation=next((one for one in escalations if one.is_open), None),
        time_request=next((one for one in requests if one.is_pending), None),
    )
    transitions = transitions_for(request.user, case, parts, at=request.at)
    front, more = buttons_of(case, transitions)
    photos = photos_by_event(case)
    context = {
        "case": case,
        "photos": photos,
        "compared": compared([photo for shown in photos.values() for photo in shown]),
        "condition": in_language(case.condition_zh, case.condition_en),
        "closing": in_language(case.closing_zh, case.closing_en),
        "rules": current_rules(),
        "events": events,
        "latest_first": events[::-1],
        "escalations": escalations[::-1],
        "time_request": parts.time_request,
        "past_requests": [one for one in requests if not one.is_pending],
        "front": front,
        "more": more,
        "is_just_logged": "logged" in request.GET,
        "may_log": allows(request.user, "case.log"),
        "drawing": _drawing(case, names),
        "panels": beside_case(case, request.user, request.on, request.at),
        **_reporter_of(request, case),
        **_related_cases(request, case),
    }
    return render(request, "cases/detail.html", context)


@require_safe
def colleagues(request: PortalRequest, number: str) -> JsonResponse:
    """Whom one may mention in a note of this case, for the type-ahead: everybody who may see it but oneself."""
    people = readers_of(_seen_case(request, number, kept_names()), request.on).exclude(pk=request.user.pk)
    rows = [{"username": one.username, "name": str(one), "role": one.get_role_display()} for one in people]
    return JsonResponse({"colleagues": rows})


def _drawing(case: Case, names: Names) -> maps.Drawn | None:
    """The case on the map of its community with the key places there; None when nothing of it is known."""
    community = case.community
    own = [maps.area(community, tone="own")] if community and community.boundary else []
    pin = maps.on_map(case.longitude, case.latitude) if case.longitude is not None else None
    if not own and pin is None:
        return None
    near = [one for one in names[KeyPlace].values() if one.community_id == case.community_id and one.is_active]
    return maps.drawing(areas=own, spots=maps.spots(near), pin=pin)


def photos_by_event(case: Case) -> dict[int, list[Photo]]:
    """The photos of a case under the ids of their events, in one query."""
    found: dict[int, list[Photo]] = {}
    for photo in _photos(case.pk):
        found.setdefault(photo.event_id or 0, []).append(photo)
    return found


def compared(photos: list[Photo]) -> dict[str, list[Photo]]:
    """The photos that show before and after, when there are both."""
    ready = [photo for photo in photos if photo.is_ready]
    sides = {kind.value: [photo for photo in ready if photo.kind == kind] for kind in (BEFORE, AFTER)}
    return sides if all(sides.values()) else {}


def _seen_case(request: PortalRequest, number: str, names: Names) -> Case:
    """The case of this number with all it refers to. Raises: NotFound."""
    if request.user.subdistrict_id is None:  # of the district: no column tells what they see; asked with the row
        found: Iterable[Case] = _with_rooms(seen_by(request.user, request.on).filter(number=number))
    else:
        rows = _shown(number)
        found = [row for row in rows if permits(request.user, "case.view", row, on=request.on, is_fresh=True)]
    for case in name_all(found, names):
        return case
    raise NotFound


def _with_rooms(cases: QuerySet[Case]) -> QuerySet[Case]:
    """With what points to them from elsewhere and is shown on their page."""
    return cases.select_related("reporter", *joined())


def _reporter_of(request: PortalRequest, case: Case) -> dict[str, Masked | bool | None]:
    """Who reported, masked, for those who may know; else only that somebody did."""
    reporter = getattr(case, "reporter", None)
    is_kept, is_open = reporter is not None and reporter.erased_at is None, knows_reporters(request.user)
    shown = masked(reporter) if reporter is not None and is_kept and is_open else None
    return {"reporter": shown, "has_hidden_reporter": is_kept and not is_open}


def _related_cases(request: PortalRequest, case: Case) -> dict[str, list[Case]]:
    """Cases merged into this one, and the earlier ones of the same kind at the same place, in one query."""
    same_place = Q(pk__in=[])
    if case.key_place_id:
        same_place = Q(key_place=case.key_place_id)
    elif case.address and case.community_id:
        same_place = Q(community=case.community_id, address=case.address)
    earlier = same_place & Q(category=case.category_id, created_at__lt=case.created_at) & ~Q(pk=case.pk)
    seen = seen_by(request.user, request.on).filter(Q(merged_into=case) | earlier)
    rows = list(seen.only("number", "state", "merged_into_id").order_by("-created_at", "-id")[:50])
    return {
        "merged": [row for row in rows if row.merged_into_id == case.pk],
        "earlier": [row for row in rows if row.merged_into_id != case.pk][:EARLIER_SHOWN],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: PortalRequest, number: str, action: str) -> HttpResponse:
    """The form of an action, and the action itself: done, 422 with the form, or 409 that says who was faster."""
    transition = workflow.TRANSITIONS.get(action)
    if transition is None:
        raise NotFound
    try:
        case = _seen_case(request, number, kept_names())
        require_role(request.user, transition.permission)  # how far it reaches, `perform` asks
    except Refusal:
        if _was_done(request, number):
            return _go(request, reverse("cases:list"))
        raise
    setting = Setting(transition, case, request.user, request.at, request.on)
    if request.method == "POST":
        return _do(request, setting)
    refusal = _why_not_now(request, setting)
    form = ActionForm(setting, version=_seen_version(request.GET, case))
    return _refused(request, setting, form, refusal, 409) if refusal else _show(request, setting, form)


def _was_done(request: PortalRequest, number: str) -> bool:
    """Whether this very form was sent before: what it did may have taken the case out of the sender's sight."""
    key = scoped_key(request.user, request.POST.get("request_key", ""))
    return key is not None and CaseEvent.objects.filter(request_key=key, case__number=number).exists()


def _seen_version(query: QueryDict, case: Case) -> int:
    """The version of the page from which the form was opened; that of now when the address names none."""
    text = query.get("version", "")
    seen = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else case.version
    return seen if 1 <= seen <= case.version else case.version


def _why_not_now(request: PortalRequest, setting: Setting) -> str:
    """Why the form cannot be filled in at all; empty when it can."""
    case, transition = setting.case, setting.transition
    if case.state not in transition.sources:
        return wrong_state_sentence(case, transition)
    has_parts = bool(transition.part) or transition.permission == "request.create"
    parts = open_parts(case) if has_parts else OpenParts(None, None)
    if transition not in transitions_for(request.user, case, parts, at=request.at):
        return _("“%(action)s” is not possible for you in the present state.") % {"action": _(transition.label)}
    return ""


def _do(request: PortalRequest, setting: Setting) -> HttpResponse:
    carries_photos = "photos" in setting.transition.may_carry
    data, refused = with_uploads(request) if carries_photos else (request.POST, [])
    form = ActionForm(setting, data)
    say_refused(form, refused)
    if not form.is_valid():
        return _show(request, setting, form, 422)
    given = form.cleaned_data
    try:
        event = perform(
            setting.transition.action,
            number=setting.case.number,
            by=request.user,
            at=request.at,
            version=given["version"],
            request_key=str(given["request_key"]),
            **form.given,
        )
    except Invalid as invalid:
        mark(form, invalid)
        return _show(request, setting, form, 422)
    except NotFound:
        raise
    except Refusal as refusal:
        return _refused(request, setting, form, str(refusal), refusal.status)
    messages.success(request, _("Done: %(action)s.") % {"action": _(setting.transition.label)})
    return _leave(request, setting.case, event)


def _leave(request: PortalRequest, case: Case, event: CaseEvent) -> HttpResponse:
    """Back to the list from which it was done, else to the case; to all cases when it is out of sight now."""
    back = request.POST.get("next", "")
    if is_own_path(back):
        return _go(request, back)
    is_seen = not may_leave_sight(event) or seen_by(request.user, request.on).filter(pk=case.pk).exists()
    url = case.get_absolute_url() if is_seen else reverse("cases:list")
    return _go(request, url)


def _go(request: PortalRequest, url: str) -> HttpResponse:
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)


def _show(request: PortalRequest, setting: Setting, form: ActionForm, status: int = 200) -> HttpResponse:
    button = button_of(setting.case, setting.transition)
    context = {"case": setting.case, "form": form, "button": button, "rules": current_rules()}
    template = "cases/_act_form.html" if request.htmx else "cases/act.html"
    return render(request, template, context, status=status)


def _refused(request: PortalRequest, setting: Setting, form: ActionForm, reason: str, status: int) -> HttpResponse:
    """Not done: why, who acted last, and the words that were typed, so that they can be used again."""
    context = {
        "case": setting.case,
        "button": button_of(setting.case, setting.transition),
        "reason": reason,
        "last": CaseEvent.objects.filter(case=setting.case).select_related("by").order_by("seq").last(),
        "typed": form.typed if form.is_bound else [],
    }
    template = "cases/_act_refused.html" if request.htmx else "cases/act_refused.html"
    return render(request, template, context, status=status)
