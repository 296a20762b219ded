"""Votes of owners in words: what was reached, by both counts, and what is lacking."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.areas.wording import percent
from communities.committees.lifecycle import NOTIFIED
from communities.committees.quorum import ORDINARY, SPECIAL, TAKE_PART, Result, Test
from communities.models import CommitteeEvent, OwnersCommittee

SHARES: Mapping[tuple[Fraction, bool], Any] = {
    (TAKE_PART, False): lambda: _("two thirds"),
    (SPECIAL, False): lambda: _("three quarters"),
    (ORDINARY, True): lambda: _("more than half"),
}


def verdict(result: Result) -> str:
    """What a vote came to, in one sentence."""
    if result.is_passed:
        return _("Passed: enough took part, and enough of them were in favour, by area and by heads.")
    if not result.is_quorate:
        return _("Not valid: too few took part.")
    return _("Not passed: too few were in favour.")


def lines(result: Result) -> list[tuple[str, str, Test, str]]:
    """Each test: what it is about, the share reached, the test, and what is lacking in words."""
    named = (
        (_("took part, by area"), result.part_area, True),
        (_("took part, by heads"), result.part_heads, False),
        (_("in favour, by area"), result.pass_area, True),
        (_("in favour, by heads"), result.pass_heads, False),
    )
    return [(name, percent(test.share), test, told(test, is_area=is_area)) for name, test, is_area in named]


def told(test: Test, *, is_area: bool) -> str:
    """What a test says: reached, or how much is lacking."""
    needed = SHARES[test.needed, test.is_strict]()
    if test.is_met:
        return _("%(needed)s is reached") % {"needed": needed}
    if is_area:
        return _("%(short)s m² short of %(needed)s") % {"short": f"{test.short:,.2f}", "needed": needed}
    short = int(test.short)
    words = ngettext("%(short)s owner short of %(needed)s", "%(short)s owners short of %(needed)s", short)
    return words % {"short": short, "needed": needed}


def detail_of(event: CommitteeEvent) -> str:
    """What an event says beside its note: the step of the ladder; or its day, and what it carried."""
    told_of_it = event.changes["committee"]
    if event.by_id is None:
        return str(told_of_it.get("ladder_code", ""))
    parts = [str(told_of_it.get("stepped_on") or "")]
    if told_of_it.get("meeting_on") and event.to_state == NOTIFIED:
        parts.append(_("assembly on %(meeting_on)s") % told_of_it)
    if told_of_it.get("filing_number"):
        parts.append(_("%(filing_number)s, term until %(term_until)s") % told_of_it)
    for name, values in event.changes.items():
        if name.startswith("vote."):
            parts += [values["title"], _("passed") if values["is_passed"] else _("not passed")]
    return " · ".join(part for part in parts if part)


def shares(committee: OwnersCommittee) -> list[tuple[str, str]]:
    """The two shares of an application."""
    delivered = Fraction(committee.delivered_m2) / Fraction(committee.floor_area_m2)
    applicants = Fraction(committee.applicant_count, committee.owner_count)
    return [(_("Handed-over floor area"), percent(delivered)), (_("Owners who apply"), percent(applicants))]
