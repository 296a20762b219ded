"""The legal steps of an owners' committee, from the answer to its filing, its term and its re-election."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import carried_faults, number_faults, refuse
from citymgmt.people.models import User
from citymgmt.refusals import NotFound, WrongState
from citymgmt.worktime.steps import Step
from communities.areas.querysets import rules_of
from communities.committees.actions.frame import day_of_step, perform
from communities.committees.journal import Journal, begun
from communities.committees.lifecycle import PREPARING, REELECTING, STEPS
from communities.committees.querysets import has_elected
from communities.committees.quorum import reaches
from communities.local_rules import (
    APPLICANTS,
    ASSEMBLY,
    DELIVERED,
    MEMBERS_LEAST,
    MEMBERS_MOST,
    NOTICE,
    TERM,
    Rule,
    last_day,
)
from communities.models import CommitteeEvent, OwnersCommittee
from communities.models.areas import LONGEST_TEXT
from communities.models.committees import LONGEST_NUMBER

LARGEST_GROUP, LATEST_MEETING = 99, timedelta(days=366)
TEXTS = {"note": LONGEST_TEXT, "filing_number": LONGEST_NUMBER}
Recorded = dict[str, Any]
Doing = Callable[["Doer"], Recorded]


class Doer:
    """One step while it is taken: on which committee, in which journal, when, with what."""

    def __init__(
        self, step: Step, journal: Journal, committee: OwnersCommittee, at: datetime, given: Mapping[str, Any]
    ) -> None:
        self.step, self.journal, self.committee, self.at, self.given = step, journal, committee, at, given
        self.on: date = given["on"]
        self.limits: Mapping[str, Rule] = rules_of(committee.area.community.subdistrict_id, self.on)

    def stepped(self, stage: str = "", **changed: Any) -> Recorded:
        """What a step records: its day, what it changes, and the deadline of what comes next."""
        to = stage or str(self.step.target)
        known = {name: getattr(self.committee, name) for name in ("meeting_by", "term_until")} | changed
        due = begun(to, self.on, known, self.at, self.journal.rules, self.limits)
        return {"to": to, "changes": {"stepped_on": self.on, **changed, **due}}


def act_on_committee(
    name: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    version: int | None = None,
    request_key: str | None = None,
    **given: Any,
) -> CommitteeEvent:
    """Take the step `name` of the table and return its event; a resend acts once. `given` is what the table says that
    the step carries.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """
    step = STEPS.get(name)
    if step is None:
        raise NotFound

    def body(journal: Journal, committee: OwnersCommittee, moment: datetime) -> Recorded:
        refuse(carried_faults(step.carries, step.may_carry, given, TEXTS))
        day_of_step(committee, given["on"], timezone.localdate(at))
        return DOINGS.get(name, Doer.stepped)(Doer(step, journal, committee, moment, given))

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": given}
    return perform(step, pk=pk, by=by, at=at, body=body, **asked)


def _accept(doer: Doer) -> Recorded:
    one, delivered, applicants = doer.committee, doer.limits[DELIVERED], doer.limits[APPLICANTS]
    lacking = []
    if not reaches(one.delivered_m2, one.floor_area_m2, delivered.value):
        lacking.append(_("less than %(percent)s %% of the floor area is handed over") % {"percent": delivered.value})
    if not reaches(one.applicant_count, one.owner_count, applicants.value):
        lacking.append(_("fewer than %(percent)s %% of the owners apply") % {"percent": applicants.value})
    if lacking:
        raise WrongState(_("The conditions are not met: %(what)s.") % {"what": _(", ").join(lacking)})
    return doer.stepped()


def _form_group(doer: Doer) -> Recorded:
    size = doer.given["group_size"]
    refuse({"group_size": number_faults(size, LARGEST_GROUP, 1)})
    return doer.stepped(group_size=size, meeting_by=_meeting_by(doer))


def _meeting_by(doer: Doer) -> date | None:
    """By when the assembly is to be held; None where that is counted in working days, by the clock alone."""
    rule = doer.limits[ASSEMBLY]
    return last_day(rule, doer.on) if rule.unit != "wd" else None


def _call(doer: Doer) -> Recorded:
    given, on, ahead = doer.given, doer.on, doer.limits[NOTICE]
    faults: dict[str, Any] = {}
    if not last_day(ahead, on) <= given["meeting_on"] <= on + LATEST_MEETING:
        told = {"days": ahead.value, "first": last_day(ahead, on)}
        faults["meeting_on"] = _("At least %(days)s days after the owners were told: from %(first)s on.") % told
    if not on <= given["informed_on"] <= min(given["meeting_on"], timezone.localdate(doer.at)):
        faults["informed_on"] = _("The residents' committee is informed together with the owners.")
    refuse(faults)
    by_day = doer.committee.meeting_by or doer.committee.term_until or given["meeting_on"]
    return doer.stepped(meeting_on=given["meeting_on"], informed_on=given["informed_on"], meeting_by=by_day)


def _call_off(doer: Doer) -> Recorded:
    """It is called anew: the first time within the rule, before a re-election until the term ends."""
    cleared = {"meeting_on": None, "informed_on": None}
    if doer.committee.term:
        return doer.stepped(REELECTING, **cleared)
    return doer.stepped(PREPARING, **cleared, meeting_by=_meeting_by(doer))


def _elect(doer: Doer) -> Recorded:
    committee, members = doer.committee, doer.given["member_count"]
    if not has_elected(committee):
        raise WrongState(_("Record the vote on the election first: none has passed in this assembly."))
    least, most = doer.limits[MEMBERS_LEAST].value, doer.limits[MEMBERS_MOST].value
    faults: Any = number_faults(members, most, least)
    if not faults and members % 2 == 0:
        faults = _("An odd number (Guiding Rules on Owners' Assemblies, Art. 31).")
    refuse({"member_count": faults})
    return doer.stepped(member_count=members, elected_on=doer.on)


def _register(doer: Doer) -> Recorded:
    term_until, committee = doer.given["term_until"], doer.committee
    assert committee.elected_on is not None  # it was elected
    latest = last_day(doer.limits[TERM], committee.elected_on)
    if not doer.on < term_until <= latest:
        told = {"day": latest, "years": doer.limits[TERM].value}
        refuse({"term_until": _("Until %(day)s at the latest: a term lasts at most %(years)s years.") % told})
    number = doer.given["filing_number"].strip()
    return doer.stepped(filing_number=number, term=committee.term + 1, term_until=term_until, meeting_by=None)


DOINGS: Mapping[str, Doing] = {  # the others are a step alone
    "accept": _accept,
    "form_group": _form_group,
    "call": _call,
    "call_off": _call_off,
    "elect": _elect,
    "register": _register,
}
