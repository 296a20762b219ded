"""Take an order of the hotline in as a case, or note it to a case that the desk logged before its sheet came."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.begin import Matter, report_case
from cases.actions.frame import once_beside, record_beside
from cases.intake.hotline.actions.reminding import watch
from cases.intake.hotline.limits import TABLE, Kind, Urgency, end_of
from cases.intake.hotline.models import HotlineOrder
from cases.intake.hotline.told import OrderTold
from cases.models import Case, CaseEvent
from cases.named import kept_names
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid, NotFound, WrongState
from citymgmt.worktime.rules import current_rules
from communities.models import Community

ENDINGS = ("社区居委会", "居委会", "社区")  # with or without them a community is the same


def take_in_order(*, subdistrict: SubDistrict, told: OrderTold, by: User | None, at: datetime) -> HotlineOrder | None:
    """Make a case of an order, to be accepted by the office; None when its number is known: then nothing changes.

    The number is the key: whoever takes the same order in at the same time makes one case. There is no request key,
    because its digest would let a telephone number be tried out. `by` None is the portal.
    Raises: NotPermitted, NotFound (another sub-district), Invalid.
    """
    if by is not None:
        require_role(by, "hotline.import")
        if by.subdistrict_id != subdistrict.pk:
            raise NotFound
    known = HotlineOrder.objects.filter(subdistrict=subdistrict, number=told.number)
    if known.exists():
        return None
    try:
        with transaction.atomic():
            event = report_case(subdistrict=subdistrict, matter=_matter(subdistrict, told), by=by, at=at)
            return _keep(event.case, told, at)
    except IntegrityError:
        if known.exists():
            return None
        raise


def note_order(*, number: str, told: OrderTold, by: User, at: datetime, request_key: str | None = None) -> CaseEvent:
    """Note the hotline's order to a case from the hotline that was logged by hand; its sheet then changes nothing.

    A resend acts once. Raises: NotFound, NotPermitted, WrongState (it has an order, or is not from the hotline),
    Invalid (the number belongs to another case, or a moment cannot be), KeyReused.
    """
    _check_moments(told, at)

    def write(case: Case, digest: str) -> CaseEvent:
        require(by, "hotline.import", case, on=timezone.localdate(at))
        if case.source != Case.Source.HOTLINE:
            raise WrongState(_("This case does not come from the hotline."))
        if HotlineOrder.objects.filter(case=case).exists():
            raise WrongState(_("This case has an order of the hotline already."))
        if HotlineOrder.objects.filter(subdistrict=case.subdistrict, number=told.number).exists():
            raise Invalid(fields={"number": _("Another case has this number.")})
        event = record_beside(case, "note_hotline_order", by=by, at=at, note="", key=request_key, digest=digest)
        _keep(case, told, at)
        return event

    asked = {"number": told.number, "kind": told.kind, "urgency": told.urgency, "called": told.called_at}
    return once_beside("note_hotline_order", number, write, by=by, request_key=request_key, asked=asked)


def _check_moments(told: OrderTold, at: datetime) -> None:
    fields = {}
    if told.called_at > at:
        fields["called_at"] = _("The call lies in the future.")
    if told.finish_due_at is not None and told.finish_due_at < told.called_at:
        fields["finish_due_at"] = _("A limit lies before the call.")
    if fields:
        raise Invalid(fields=fields)


def _keep(case: Case, told: OrderTold, at: datetime) -> HotlineOrder:
    """The order of a case, with the hotline's limits where it sets them, else with ours."""
    calendar, start = current_rules().calendar, told.sent_at or told.called_at
    terms = TABLE[Kind(told.kind), Urgency(told.urgency)]
    order = HotlineOrder(
        subdistrict=case.subdistrict,
        case=case,
        number=told.number,
        kind=told.kind,
        urgency=told.urgency,
        title=told.title,
        called_at=told.called_at,
        sent_at=told.sent_at,
        accept_due_at=told.accept_due_at or end_of(calendar, start, terms.accept),
        finish_due_at=told.finish_due_at or end_of(calendar, start, terms.finish),
        is_finish_ours=told.finish_due_at is None,
    )
    watch(order, at)
    order.save()
    return order


def _matter(subdistrict: SubDistrict, told: OrderTold) -> Matter:
    community = community_named(subdistrict, told.community)
    named_only = "" if community else told.community
    return Matter(
        description=told.description,
        source=Case.Source.HOTLINE,
        community=community,
        address=" ".join(filter(None, [named_only, told.address])),
        reporter_name=told.caller,
        reporter_phone=told.phone,
    )


def community_named(subdistrict: SubDistrict, name: str) -> Community | None:
    """The active community of a sub-district that a sheet calls so; None when there is none."""
    wanted = _stem(name)
    own = (one for one in kept_names()[Community].values() if one.subdistrict_id == subdistrict.pk and one.is_active)
    return next((one for one in own if wanted and _stem(one.name_zh) == wanted), None)


def _stem(name: str) -> str:
    plain = "".join(name.split())
    return next((plain.removesuffix(ending) for ending in ENDINGS if plain.endswith(ending)), plain)
