"""Suggestions are received, answered with a decision, turned into a case, and followed until they are carried out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import Matter, log_case
from cases.models import Case, CaseStandard, Category
from cases.publicity.actions.frame import FARTHEST, SUGGESTIONS, perform
from cases.publicity.journal import NOTHING_DUE, answer_due
from cases.publicity.lifecycle import CASE as AS_CASE
from cases.publicity.lifecycle import DECISIONS, DECLINED, ENTER, MISTAKE, NOT_ADOPTED, SUGGESTION, WAYS
from cases.publicity.models import Forum, Suggester, Suggestion, SuggestionEvent
from cases.publicity.models.items import LONGEST_NOTE
from cases.publicity.models.suggestions import LONGEST_ANSWER, LONGEST_NAME, LONGEST_PHONE, LONGEST_TEXT
from cases.publicity.querysets import communities_to_suggest
from citymgmt.faults import carried_faults, choice_faults, day_faults, refuse
from citymgmt.people.models import User
from citymgmt.people.permissions import require_role, visible_to
from citymgmt.refusals import Invalid, NotFound
from citymgmt.worktime.repeats import Request, digest_of
from citymgmt.worktime.rules import Rules, current_rules
from citymgmt.worktime.terms import begun_anew, due_on
from citymgmt.written import PHONE, faults_of, in_lines

TEXTS = {"note": LONGEST_NOTE, "answer": LONGEST_ANSWER, "reason": LONGEST_ANSWER, "done": LONGEST_ANSWER}
SOURCE_OF: Mapping[str, Any] = {  # how a case came that was a suggestion
    "forum": Case.Source.VISIT,
    "visit": Case.Source.VISIT,
    "letter": Case.Source.PAPER,
    "phone": Case.Source.CALL,
    "online": Case.Source.MEDIA,
}
Given = Mapping[str, Any]
Recorded = dict[str, Any]


@dataclass(frozen=True)
class SuggestionTold:
    """A suggestion as a person writes it down; forum and community are ids. One of a forum is of its community and day,
    unless another day is said.
    """

    text: str
    way: str
    community: int = 0
    forum: int | None = None
    received_on: date | None = None
    name: str = ""
    phone: str = ""


def enter_suggestion(
    *, by: User, at: datetime, told: SuggestionTold, request_key: str | None = None
) -> SuggestionEvent:
    """Write down a suggestion; who made it is kept apart, sealed. A resend acts once.

    Raises: NotPermitted, KeyReused, Invalid.
    """
    require_role(by, ENTER)
    request = Request(SuggestionEvent, by, request_key, digest_of(SUGGESTION.kind("enter"), "", dict(vars(told))))

    def act() -> SuggestionEvent:
        if (earlier := request.answer()) is not None:
            return earlier
        columns = _checked(told, by, at)
        row = SUGGESTIONS.new(at, subdistrict=by.subdistrict, **columns)
        journal = SUGGESTIONS.kind.journal([row], current_rules())
        due = answer_due(row.received_on, at, journal.rules)
        event: SuggestionEvent = journal.record(
            row, SUGGESTION.kind("enter"), at=at, by=by, changes=due, **request.keys
        )
        journal.write()
        name, phone = told.name.strip(), told.phone.strip()
        if name or phone:
            Suggester.objects.create(suggestion=row, name=name, phone=phone)
        return event

    return request.once(act)


def _checked(told: SuggestionTold, by: User, at: datetime) -> Recorded:
    """The columns of a suggestion that are facts. Raises: Invalid."""
    today, forum = timezone.localdate(at), _forum_of(told, by, at)
    community = forum.community_id if forum else told.community
    on = told.received_on or (min(today, timezone.localdate(forum.held_at)) if forum else today)
    text, phone = in_lines(told.text), told.phone.strip()
    faults: dict[str, Any] = {
        "text": faults_of(text, LONGEST_TEXT, is_needed=True, is_one_line=False),
        "way": choice_faults(told.way, list(WAYS)),
        "received_on": day_faults(on, at),
        "name": faults_of(told.name.strip(), LONGEST_NAME),
        "phone": faults_of(phone, LONGEST_PHONE),
    }
    if phone and not faults["phone"] and not PHONE.match(phone):
        faults["phone"] = _("This is no telephone number.")
    if (told.way == "forum") is (forum is None):
        faults["way"] = _("Of a forum is what is entered on its page.")
    if not (0 < community < 2**31 and communities_to_suggest(by, today).filter(pk=community).exists()):
        faults["community"] = _("Choose one of these.")
    refuse(faults)
    return {"text": text, "way": told.way, "received_on": on, "forum": forum, "community_id": community}


def _forum_of(told: SuggestionTold, by: User, at: datetime) -> Forum | None:
    if told.forum is None:
        return None
    rows = visible_to(by, Forum.objects.all(), on=timezone.localdate(at))
    return rows.filter(pk=told.forum).first() if 0 < told.forum < 2**31 else None


class Doer:
    """One step while it is taken: on which suggestion, by whom, when, with what."""

    def __init__(self, row: Suggestion, by: User, at: datetime, rules: Rules, given: Given) -> None:
        self.row, self.by, self.at, self.rules, self.given = row, by, at, rules, given
        self.today = timezone.localdate(at)

    def ended(self, on: date | None = None) -> Recorded:
        """The columns of a suggestion with which nothing is to be done any more."""
        return {**NOTHING_DUE, "ended_on": on or self.today}

    def to_do(self, by_day: date) -> Recorded:
        """The columns of one that is to be carried out by a day, its ladder begun anew."""
        return {"by_day": by_day, **due_on(by_day, self.rules), **begun_anew(self.at)}


def act_on_suggestion(
    name: str,
    *,
    pk: int,
    by: User,
    at: datetime,
    version: int | None = None,
    request_key: str | None = None,
    photos: Iterable[bytes] = (),
    **given: Any,
) -> SuggestionEvent:
    """Take the step `name` of the table and return its event; a resend acts once. `given` is what the table says that
    the step carries; `category` and `standard` are the ids under which a case is filed.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid, and as `log_case`.
    """
    step = SUGGESTION.steps.get(name)
    if step is None:
        raise NotFound

    def body(journal: Any, row: Suggestion, moment: datetime) -> Recorded:
        refuse(carried_faults(step.carries, step.may_carry, given, TEXTS))
        if "on" in step.carries:
            refuse({"on": day_faults(given["on"], at)})
        return DOINGS[name](Doer(row, by, moment, journal.rules, given))

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": given, "photos": photos}
    event: SuggestionEvent = perform(SUGGESTIONS, step, pk=pk, by=by, at=at, body=body, **asked)
    return event


def _answer(doer: Doer) -> Recorded:
    given, on = doer.given, doer.given["on"]
    decision, reason = given["decision"], str(given.get("reason") or "").strip()
    faults: dict[str, Any] = {"decision": choice_faults(decision, list(DECISIONS))}
    if on < doer.row.received_on:
        faults["on"] = _("It was received on %(day)s.") % {"day": doer.row.received_on}
    if decision == NOT_ADOPTED and not reason:
        faults["reason"] = _("Say why it is not adopted.")
    if decision != NOT_ADOPTED:
        faults["by_day"] = _wrong_day(given.get("by_day"), doer.today)
    refuse(faults)
    told = {"decision": decision, "answer": in_lines(given["answer"]), "reason": in_lines(reason), "answered_on": on}
    if decision == NOT_ADOPTED:
        return {"to": DECLINED, "changes": {**told, **doer.ended(on)}}
    return {"changes": {**told, **doer.to_do(given["by_day"])}}


def _wrong_day(by_day: date | None, today: date) -> str:
    """What is wrong with the day by which something is carried out."""
    if by_day is None:
        return _("Say by which day it is carried out.")
    return "" if today <= by_day <= today + FARTHEST else _("A day from today on, at most two years ahead.")


def _filed_under(doer: Doer) -> tuple[Category, CaseStandard | None]:
    """The category of a case, and its filing condition where one was chosen. Raises: Invalid."""
    pk, chosen = doer.given["category"], doer.given.get("standard")
    category = Category.objects.filter(pk=pk, is_active=True).first() if 0 < pk < 2**31 else None
    standards = CaseStandard.objects.filter(category=category, validity__contains=doer.today)
    standard = standards.filter(pk=chosen).first() if chosen is not None and 0 < chosen < 2**31 else None
    if category is None or (chosen is not None and standard is None):
        raise Invalid(fields={"category": _("Choose a category.")})
    return category, standard


def _make_case(doer: Doer) -> Recorded:
    row, category, standard = doer.row, *_filed_under(doer)
    suggester = Suggester.objects.filter(suggestion=row, erased_at=None).first()
    matter = Matter(
        description=row.text,
        source=SOURCE_OF[row.way],
        community=row.community,
        category=category,
        reporter_name=suggester.name if suggester else "",
        reporter_phone=suggester.phone if suggester else "",
    )
    case = log_case(subdistrict=row.subdistrict, matter=matter, by=doer.by, at=doer.at, standard=standard).case
    return {"to": AS_CASE, "changes": {"case_id": case.pk, **doer.ended()}}


def _carry_out(doer: Doer) -> Recorded:
    on = doer.given["on"]
    assert doer.row.answered_on is not None  # it was adopted
    if on < doer.row.answered_on:
        refuse({"on": _("It was adopted on %(day)s.") % {"day": doer.row.answered_on}})
    return {"changes": {"done": in_lines(doer.given["done"]), "done_on": on, **doer.ended(on)}}


def _extend(doer: Doer) -> Recorded:
    refuse({"by_day": _wrong_day(doer.given["by_day"], doer.today)})
    return {"changes": doer.to_do(doer.given["by_day"])}


def _withdraw(doer: Doer) -> Recorded:
    return {"to": MISTAKE, "changes": doer.ended()}


DOINGS: Mapping[str, Callable[[Doer], Recorded]] = {
    "answer": _answer,
    "make_case": _make_case,
    "carry_out": _carry_out,
    "extend": _extend,
    "withdraw": _withdraw,
}
