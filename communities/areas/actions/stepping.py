"""The steps of a residential area: pilot, contract, review, and back."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from citymgmt.faults import amount_faults, carried_faults, number_faults, refuse
from citymgmt.people.models import User
from citymgmt.refusals import NotFound, WrongState
from citymgmt.worktime.steps import Step
from communities.areas.actions.entering import ContractTold, contract_faults, under_contract
from communities.areas.actions.frame import perform
from communities.areas.journal import Journal, begun
from communities.areas.lifecycle import ASSESS, STEPS
from communities.areas.querysets import latest_of, rules_of
from communities.areas.readiness import WHOLE
from communities.local_rules import AREA_REVIEW, Rule, last_day
from communities.models import AreaEvent, Pilot, PropertyContract, ResidentialArea, ServiceReview
from communities.models.areas import LONGEST_PROVIDER, LONGEST_TEXT, MOST_HOUSEHOLDS, MOST_SUBSIDY

LONGEST_TRIAL = timedelta(days=731)
TEXTS = {"note": LONGEST_TEXT, "services": LONGEST_TEXT, "follow_up": LONGEST_TEXT, "provider": LONGEST_PROVIDER}
NOTHING: dict[str, Any] = {"provider": "", "trial_until": None}  # of an area that is neither tried nor covered
UNCOVERED = {"fee": None, "covered_since": None, "contract_until": None, "next_review_on": None}
Recorded = dict[str, Any]
Doing = Callable[["Doer"], Recorded]


class Doer:
    """One step while it is taken: on which area, in which journal, when, with what."""

    def __init__(
        self, step: Step, journal: Journal, area: ResidentialArea, at: datetime, given: Mapping[str, Any]
    ) -> None:
        self.step, self.journal, self.area, self.at, self.given = step, journal, area, at, given
        self.on: date = given["on"]
        self.limits: Mapping[str, Rule] = rules_of(area.community.subdistrict_id, self.on)

    def stepped(self, **days: Any) -> Recorded:
        """The columns of a step: its day, what it changes, and the deadline of what comes next."""
        stage = self.step.target or self.area.state
        names = ("trial_until", "next_review_on", "contract_until")
        known = {name: getattr(self.area, name) for name in names} | days
        due = begun(stage, self.on, known, self.at, self.journal.rules, self.limits)
        return {"stepped_on": self.on, **days, **due}

    @property
    def contract(self) -> ContractTold:
        """The contract as it was written."""
        return ContractTold(*(self.given[name] for name in ("provider", "fee", "from_on", "until_on")))


def act_on_area(
    name: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    version: int | None = None,
    request_key: str | None = None,
    photos: Iterable[bytes] = (),
    **given: Any,
) -> AreaEvent:
    """Take the step `name` of the table and return its event; a resend acts once. `given` is what the table says that
    the step carries. An assessment has an action of its own.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid.
    """
    step = STEPS.get(name)
    if step is None or step is ASSESS:
        raise NotFound

    def body(journal: Journal, area: ResidentialArea, moment: datetime) -> Recorded:
        refuse(carried_faults(step.carries, step.may_carry, given, TEXTS))
        day_of_step(area, given["on"], timezone.localdate(at))
        return DOINGS[name](Doer(step, journal, area, moment, given))

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": given, "photos": photos}
    return perform(step, pk=pk, by=by, at=at, body=body, **asked)


def day_of_step(area: ResidentialArea, on: date, today: date) -> None:
    """Steps follow each other. Raises: Invalid."""
    if not area.stepped_on <= on <= today:
        days = {"first": area.stepped_on, "last": today}
        refuse({"on": _("A day from %(first)s, the last step, until %(last)s.") % days})


def _begin_pilot(doer: Doer) -> Recorded:
    given, on = doer.given, doer.on
    refuse(
        {
            "let_off_percent": amount_faults(given["let_off_percent"], Decimal(WHOLE)),
            "subsidy": amount_faults(given["subsidy"], MOST_SUBSIDY),
            "until_on": _wrong_trial(on, given["until_on"]),
        }
    )
    ordinal = doer.area.pilots.count() + 1
    names = ("let_off_percent", "subsidy", "until_on")
    texts = {name: given[name].strip() for name in ("provider", "services")}
    part = {"ordinal": ordinal, "began_on": on, **texts, **{name: given[name] for name in names}}
    changes = doer.stepped(provider=texts["provider"], trial_until=given["until_on"])
    return {"changes": changes, "parts": [(Pilot(ordinal=ordinal), part)]}


def _wrong_trial(after: date, until_on: date) -> str:
    is_possible = timedelta() < until_on - after <= LONGEST_TRIAL
    return "" if is_possible else _("A day later than %(day)s, at most two years.") % {"day": after}


def _ask_residents(doer: Doer) -> Recorded:
    given, pilot = doer.given, latest_of(doer.area, "pilots")
    names = ("asked", "in_favour", "against")
    faults: dict[str, Any] = {name: number_faults(given[name], MOST_HOUSEHOLDS) for name in names}
    if not any(faults.values()) and given["in_favour"] + given["against"] > given["asked"]:
        faults["asked"] = _("More are in favour or against than were asked.")
    refuse(faults)
    part = {"opinion_on": doer.on, **{name: given[name] for name in names}}
    return {"changes": {"stepped_on": doer.on}, "parts": [(pilot, part)]}


def _extend_pilot(doer: Doer) -> Recorded:
    until_on, area = doer.given["until_on"], doer.area
    assert area.trial_until is not None  # in a pilot
    refuse({"until_on": _wrong_trial(max(area.trial_until, doer.on), until_on)})
    return {
        "changes": doer.stepped(trial_until=until_on),
        "parts": [(latest_of(area, "pilots"), {"until_on": until_on})],
    }


def _end_pilot(doer: Doer) -> Recorded:
    part = {"ended_on": doer.on, "result": Pilot.Result.ENDED.value}
    return {"changes": doer.stepped(**NOTHING), "parts": [(latest_of(doer.area, "pilots"), part)]}


def _sign(doer: Doer) -> Recorded:
    pilot, told = latest_of(doer.area, "pilots"), doer.contract
    if pilot.opinion_on is None:
        raise WrongState(_("Ask the residents first, and enter what they say of the pilot."))
    faults = contract_faults(told, doer.on)
    if told.from_on < pilot.began_on:
        faults["from_on"] = _("The pilot began on %(day)s.") % {"day": pilot.began_on}
    refuse(faults)
    days = under_contract(told, doer.on, doer.limits, told.from_on)
    ended = {"ended_on": doer.on, "result": Pilot.Result.CONTRACT.value}
    return {"changes": doer.stepped(**days, trial_until=None), "parts": [(pilot, ended), _new_contract(doer)]}


def _new_contract(doer: Doer) -> tuple[PropertyContract, dict[str, Any]]:
    ordinal = doer.area.contracts.count() + 1
    return PropertyContract(ordinal=ordinal), {"ordinal": ordinal, **doer.contract.columns}


def _renew(doer: Doer) -> Recorded:
    before, told = latest_of(doer.area, "contracts"), doer.contract
    faults = contract_faults(told, doer.on)
    if told.from_on < before.from_on:
        faults["from_on"] = _("The contract before began on %(day)s.") % {"day": before.from_on}
    refuse(faults)
    assert doer.area.covered_since is not None  # it is covered
    days = under_contract(told, doer.on, doer.limits, doer.area.covered_since)
    return {"changes": doer.stepped(**days), "parts": [(before, {"ended_on": told.from_on}), _new_contract(doer)]}


def _end_contract(doer: Doer) -> Recorded:
    contract = latest_of(doer.area, "contracts")
    part = {"ended_on": max(doer.on, contract.from_on)}
    return {"changes": doer.stepped(**NOTHING, **UNCOVERED), "parts": [(contract, part)]}


def _review(doer: Doer) -> Recorded:
    given = doer.given
    refuse(
        {
            "score": number_faults(given["score"], WHOLE),
            "complaints": number_faults(given["complaints"], MOST_HOUSEHOLDS),
        }
    )
    ordinal, next_on = doer.area.reviews.count() + 1, last_day(doer.limits[AREA_REVIEW], doer.on)
    part = {
        "ordinal": ordinal,
        "on": doer.on,
        "score": given["score"],
        "complaints": given["complaints"],
        "follow_up": given["follow_up"].strip(),
        "next_on": next_on,
    }
    return {"changes": doer.stepped(next_review_on=next_on), "parts": [(ServiceReview(ordinal=ordinal), part)]}


def _strike(doer: Doer) -> Recorded:
    return {"changes": doer.stepped()}


DOINGS: Mapping[str, Doing] = {
    "begin_pilot": _begin_pilot,
    "ask_residents": _ask_residents,
    "extend_pilot": _extend_pilot,
    "end_pilot": _end_pilot,
    "sign": _sign,
    "review": _review,
    "renew": _renew,
    "end_contract": _end_contract,
    "strike": _strike,
}
