"""Look at a construction site item by item, and make a case of what was not met."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.models import Case, Category
from citymgmt.faults import refuse
from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from citymgmt.refusals import Invalid, KeyReused, WrongState, refusing
from citymgmt.worktime.repeats import scoped_key
from citymgmt.written import faults_of
from patrols.filing import log_found
from patrols.sites.actions.frame import working_on
from patrols.sites.checklist import ITEMS
from patrols.sites.models import LONGEST_NOTE, CheckedItem, Site, SiteInspection
from patrols.sites.querysets import open_faults


@dataclass(frozen=True)
class Look:
    """What was seen of an item."""

    is_met: bool
    note: str = ""


def inspect_site(
    *,
    by: User,
    at: datetime,
    site: int,
    looks: Mapping[str, Look],
    note: str = "",
    request_key: str | None = None,
) -> SiteInspection:
    """Enter what somebody saw on a site, by item; an item that does not apply is left out. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState (the site is finished), Invalid, KeyReused.
    """
    key = scoped_key(by, request_key)
    at_two_sites_at_once = refusing(KeyReused(), "patrols_siteinspection_request_key_key")
    with at_two_sites_at_once, working_on(site, "inspect_site", permission="site.inspect", by=by, at=at) as found:
        earlier = _earlier(key, found.pk)
        return earlier or _inspect(found, looks, note, by, at, key)


def _earlier(key: str | None, site: int) -> SiteInspection | None:
    found = SiteInspection.objects.filter(request_key=key).first() if key else None
    if found is not None and found.site_id != site:
        raise KeyReused
    return found


def _inspect(
    site: Site, looks: Mapping[str, Look], note: str, by: User, at: datetime, key: str | None
) -> SiteInspection:
    if site.state == Site.State.FINISHED:
        raise WrongState(_("This site is finished."))
    _check_looks(looks, note)
    made = SiteInspection.objects.create(site=site, at=at, by=by, note=note.strip(), request_key=key)
    for code in (code for code in ITEMS if code in looks):
        look = looks[code]
        CheckedItem.objects.create(inspection=made, item=code, is_met=look.is_met, note=look.note.strip())
    return made


def _check_looks(looks: Mapping[str, Look], note: str) -> None:
    wrong: dict[str, Any] = {"note": faults_of(note.strip(), LONGEST_NOTE)}
    for code, look in looks.items():
        if code not in ITEMS:
            raise Invalid(_("There is no such item."))
        wrong[f"note_{code}"] = faults_of(look.note.strip(), LONGEST_NOTE)
    refuse(wrong)
    if not looks:
        raise Invalid(_("Say of at least one item whether it is met."))


def log_fault(*, by: User, at: datetime, pk: int) -> Case:
    """Make a case of an item that was not met when it was last looked at: place, category and description come from the
    site. With the one filing condition of its category it goes to the officer at once, otherwise the desk files it.
    Whoever asks again gets the same case.

    Raises: NotFound, NotPermitted, WrongState (it has been met since).
    """
    on = timezone.localdate(at)
    seen = one_of(visible_to(by, CheckedItem.objects.select_related("inspection"), on=on), pk)
    with working_on(seen.inspection.site_id, "log_fault", permission="site.inspect", by=by, at=at) as site:
        fault = one_of(CheckedItem.objects.select_related("case"), pk)
        if fault.case is None:
            if fault.pk not in {one.pk for one in open_faults([site.pk])[site.pk]}:
                raise WrongState(_("Somebody has looked at this again since. Load the page again."))
            fault.case = _log(site, fault, by, at)
            fault.save(update_fields=["case"])
        return fault.case


def _log(site: Site, fault: CheckedItem, by: User, at: datetime) -> Case:
    code = ITEMS[fault.item].category
    category = Category.objects.filter(code_2026=code, is_active=True).first()
    return log_found(
        site,
        _described(site, fault),
        category,
        by=by,
        at=at,
        key_place=site.key_place,
        request_key=f"site-fault.{fault.pk}",
    )


def _described(site: Site, fault: CheckedItem) -> str:
    """The fault in the office's language, whoever logs it."""
    with override("zh-hans"):
        told = {"site": site.name, "item": _(ITEMS[fault.item].label)}
        text = _("Construction site %(site)s, not met: %(item)s.") % told
    return f"{text} {fault.note}".strip()
