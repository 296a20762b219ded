"""What every page shows around its content: navigation, office, unread messages.

One table of entries for the whole portal. `citymgmt` imports no app, so an entry names its address and the
action that opens it by their strings; tests/test_navigation.py checks that both exist.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from citymgmt.addresses import path_of
from citymgmt.health.board import broken_parts
from citymgmt.outbox.querysets import unread_count
from citymgmt.people.permissions import allows

WORK, FIGURES = _("Work"), _("Figures")
PLACES, OFFICE = _("Places and rules"), _("Administration")


@dataclass(frozen=True)
class Entry:
    """One line of the navigation, shown to whose role includes one of `actions` (none named: to everyone)."""

    actions: tuple[str, ...]
    url_name: str
    label: Promise | str
    icon: str
    group: Promise | str
    url: str = ""
    is_active: bool = False


NAV: tuple[Entry, ...] = (
    Entry((), "home", _("Home"), "house", WORK),
    Entry(("case.file",), "cases:desk", _("Desk"), "inboxes", WORK),
    Entry(("case.report_back",), "cases:mine", _("My tasks"), "list-check", WORK),
    Entry(("escalation.reply",), "cases:escalations", _("Escalations to us"), "building-up", WORK),
    Entry(("case.view",), "cases:list", _("Cases"), "folder2-open", WORK),
    Entry(("judgement.view",), "intake:to-review", _("Residents"), "chat-heart", WORK),
    Entry(("hotline.view",), "intake:hotline", _("Hotline 12345"), "telephone-inbound", WORK),
    Entry(("case.supervise",), "cases:overdue", _("Overdue"), "alarm", WORK),
    Entry(("request.review", "request.approve"), "cases:approvals", _("Approvals"), "patch-check", WORK),
    Entry(("meeting.view",), "meetings:list", _("Joint meetings"), "people-fill", WORK),
    Entry(("resolution.view",), "meetings:resolutions", _("Resolutions"), "list-check", WORK),
    Entry(("circular.view",), "meetings:circulars", _("Circulars"), "megaphone", WORK),
    Entry(("team.view",), "teams:list", _("Teams"), "people", WORK),
    Entry(("station.view",), "stations:list", _("Stations"), "house-check", WORK),
    Entry(("site.view",), "sites:list", _("Construction sites"), "cone-striped", WORK),
    Entry(("building.view",), "buildings:list", _("Illegal buildings"), "building-exclamation", WORK),
    Entry(("round.view",), "rounds:list", _("Patrol rounds"), "person-walking", WORK),
    Entry(("finding.view",), "findings:list", _("Findings"), "binoculars", WORK),
    Entry(("round.view",), "rounds:routes", _("Routes and plans"), "signpost-split", WORK),
    Entry(("guard.view",), "guards:list", _("Guard posts"), "shield-check", WORK),
    Entry(("project.view",), "projects:list", _("Projects"), "kanban", WORK),
    Entry(("institution.visit",), "institutions:today", _("Visits to institutions"), "door-open", WORK),
    Entry(("publicity.view",), "publicity:items", _("Publicity"), "megaphone", WORK),
    Entry(("suggestion.view",), "publicity:suggestions", _("Forums and suggestions"), "chat-left-text", WORK),
    Entry(("cleanliness.view",), "cleanliness:list", _("Cleanliness"), "stars", WORK),
    Entry(("pest.view",), "pests:list", _("Pest control"), "bug", WORK),
    Entry(("statistics.view",), "statistics:dashboard", _("Dashboard"), "speedometer2", FIGURES),
    Entry(("statistics.view",), "statistics:evaluation", _("Evaluation"), "bar-chart-line", FIGURES),
    Entry(("round.view",), "rounds:figures", _("Rounds in figures"), "speedometer", FIGURES),
    Entry(("bulletin.view",), "statistics:bulletins", _("Monthly bulletins"), "newspaper", FIGURES),
    Entry(("statistics.view",), "statistics:steadiness", _("Steadiness"), "activity", FIGURES),
    Entry(("statistics.view",), "statistics:hot-spots", _("Hot spots"), "fire", FIGURES),
    Entry(("statistics.view",), "statistics:map", _("Map of figures"), "map", FIGURES),
    Entry(("statistics.view",), "statistics:league", _("Departments"), "building-check", FIGURES),
    Entry(("chain.view",), "statistics:chain", _("Who answers"), "diagram-3", FIGURES),
    Entry(("community.view",), "communities:list", _("Communities"), "geo-alt", PLACES),
    Entry(("area.view",), "areas:list", _("Residential areas"), "houses", PLACES),
    Entry(("committee.view",), "committees:list", _("Owners' committees"), "person-check", PLACES),
    Entry(("board.view",), "boards:list", _("Notice boards"), "person-vcard", PLACES),
    Entry(("duties.view",), "four_duties:list", _("Four duties"), "clipboard2-check", PLACES),
    Entry(("institution.view",), "institutions:list", _("Institutions"), "buildings", PLACES),
    Entry(("place.view",), "guards:places", _("Key places"), "pin-map", PLACES),
    Entry(("meeting.register",), "meetings:units", _("Member units"), "buildings", PLACES),
    Entry(("standard.view",), "cases:standards", _("Standards"), "journal-text", PLACES),
    Entry(("regulation.view",), "regulations:list", _("Regulations"), "bookmark-check", PLACES),
    Entry(("calendar.view",), "worktime:calendar", _("Calendar"), "calendar3", PLACES),
    Entry(("user.view",), "people:users", _("Users"), "people", OFFICE),
    Entry(("audit.view",), "people:audit", _("Audit trail"), "shield-check", OFFICE),
    Entry(("reporter.looks",), "cases:reporter-looks", _("Looks at personal data"), "eye", OFFICE),
    Entry(("reporter.looks",), "publicity:looks", _("Looks at who suggested"), "eye", OFFICE),
    Entry(("client.keep",), "office:programs", _("Programs that report"), "plug", OFFICE),
    Entry(("outbox.view",), "outbox:ledger", _("Deliveries"), "send", OFFICE),
    Entry(("operations.view",), "operations", _("Operations"), "activity", OFFICE),
)
TABS_ON_PHONE = 4


def visible_entries(user: Any, path: str) -> list[Entry]:
    """The entries of this person in the order of the table, the one that contains `path` marked."""
    entries = [
        entry
        for entry in _placed_entries(get_script_prefix())
        if not entry.actions or any(allows(user, action) for action in entry.actions)
    ]
    home = path_of("home")
    holding = [e.url for e in entries if path == e.url or (e.url != home and path.startswith(e.url))]
    here = max(holding, key=len, default="")
    return [replace(entry, is_active=True) if entry.url == here else entry for entry in entries]


@cache
def _placed_entries(_prefix: str) -> tuple[Entry, ...]:
    """The table with its addresses, made once: each page asks for all of them."""
    return tuple(replace(entry, url=path_of(entry.url_name)) for entry in NAV)


def written_groups(nav: list[Entry]) -> SafeString:
    """The navigation in its groups as HTML, in the reader's language; it stands on each page twice."""
    return _written_groups(tuple((entry.url_name, entry.url, entry.is_active) for entry in nav), get_language())


@lru_cache(maxsize=1000)
def _written_groups(shown: tuple[tuple[str, str, bool], ...], language: str | None) -> SafeString:
    entries = {entry.url_name: entry for entry in NAV}
    nav = [replace(entries[name], url=url, is_active=is_active) for name, url, is_active in shown]
    return render_to_string("components/nav_groups.html", {"nav": nav})


def office_name(user: Any) -> str:
    """The office for which the person works, as the top bar shows it."""
    return str(user.organisation or user.subdistrict or "")


def unread_messages(user: Any) -> Callable[[], int]:
    """The number of unread messages, asked for once and only when a template shows it."""
    return cache(lambda: unread_count(user))


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what templates/base.html shows around a page (`nav_groups` … `has_inbox`)."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        guest = {"is_member": False, "has_inbox": False}
        return {**guest, "nav_groups": "", "nav_tabs": [], "office": "", "unread_count": 0}
    nav = visible_entries(user, request.path)
    return {
        "nav_groups": cache(lambda: written_groups(nav)),
        "nav_tabs": nav[:TABS_ON_PHONE],
        "office": cache(lambda: office_name(user)),
        "unread_count": unread_messages(user),
        "is_member": True,
        "has_inbox": allows(user, "inbox.view"),
        "broken_parts": cache(broken_parts) if allows(user, "operations.view") else [],
    }
