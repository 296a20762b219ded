"""Who is told what: one table from event kind to recipients, and the wording of each message.

Steps of the ladder name their recipients in their own rows (`LadderStep.recipients`), because delays, colours
and recipients are data. `enqueue` turns the events of a journal into outbox rows in the same transaction.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import workflow
from cases.models import Case, CaseEvent, Category
from citymgmt.outbox import wording
from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.people.models import Organisation, User
from citymgmt.people.roles import Role
from citymgmt.worktime.rules import Rules
from communities.querysets import acting_officers, on_leave


class Gathered(Protocol):
    """What the notices need of the journal: ladder rows and departments."""

    rules: Rules

    @property
    def departments(self) -> Mapping[int, Organisation]: ...


@dataclass(frozen=True)
class Rule:
    """Who is told of an event, how it is worded, and whether it may break the quiet hours."""

    recipients: tuple[str, ...]
    subject: Any
    is_urgent: bool = False


TABLE: Mapping[str, Rule] = {
    "report": Rule(("clerks",), _("%(number)s reported: %(category)s")),
    "verify": Rule(("officer",), _("%(number)s is to be verified")),
    "confirm": Rule(("clerks",), _("%(number)s has been verified")),
    "dispatch": Rule(("officer", "team"), _("%(number)s dispatched to you: %(category)s")),
    "return": Rule(("clerks",), _("%(number)s was returned")),
    "assign": Rule(("handler",), _("%(number)s assigned to you")),
    "report_back": Rule(("clerks",), _("%(number)s is to be inspected")),
    "rework": Rule(("officer", "team"), _("%(number)s must be reworked"), True),
    "pass": Rule(("officer",), _("%(number)s is closed")),
    "close_special": Rule(("officer", "clerks", "liaison"), _("%(number)s was closed specially")),
    "request_extension": Rule(("clerks",), _("%(number)s: an extension is asked for")),
    "request_suspension": Rule(("clerks",), _("%(number)s: a suspension is asked for")),
    "review": Rule(("leaders",), _("%(number)s: a request waits for your approval")),
    "approve": Rule(("officer", "team"), _("%(number)s: your request was approved")),
    "refuse": Rule(("officer", "team"), _("%(number)s: your request was refused")),
    "refuse_review": Rule(("officer", "team"), _("%(number)s: your request was refused")),
    "resume": Rule(("officer",), _("%(number)s runs again")),
    "resume_by_itself": Rule(("officer",), _("%(number)s runs again")),
    "escalate": Rule(("liaison",), _("%(number)s escalated to your department"), True),
    "acknowledge": Rule(("clerks", "officer"), _("%(number)s: the department has acknowledged")),
    "reply": Rule(("clerks", "officer", "leaders"), _("%(number)s: the department has replied")),
    "return_escalation": Rule(("clerks", "leaders"), _("%(number)s: the department returned it")),
    "take_back": Rule(("liaison", "officer"), _("%(number)s was taken back")),
    "urge": Rule(("officer", "team", "liaison"), _("%(number)s: you are urged"), True),
    "supervise": Rule(("officer", "team", "clerks"), _("%(number)s: supervision ordered"), True),
    "answer_supervision": Rule(("leaders",), _("%(number)s: supervision answered")),
    "void": Rule(("officer", "liaison"), _("%(number)s is void")),
    "merge": Rule(("officer",), _("%(number)s was merged into another case")),
    "reopen": Rule(("officer", "clerks"), _("%(number)s was reopened")),
    "appeal": Rule(("leaders",), _("%(number)s: an appeal waits for your decision")),
    "uphold_appeal": Rule(("officer",), _("%(number)s: the appeal was upheld")),
    "reject_appeal": Rule(("officer",), _("%(number)s: the appeal was rejected")),
    "hand_over": Rule(("officer",), _("%(number)s was handed over to you")),
    "recalculate": Rule(("officer", "team"), _("%(number)s: the deadline was recalculated")),
    # steps of the ladder: recipients are data
    "warn": Rule((), _("%(number)s is due soon")),
    "urge_overdue": Rule((), _("%(number)s is overdue"), True),
    "escalate_overdue": Rule((), _("%(number)s is overdue and went to the district"), True),
    "supervise_department": Rule((), _("%(number)s: the department is silent"), True),
    "report_to_government": Rule((), _("%(number)s reported to the district government"), True),
}


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    for kind, rule in TABLE.items():
        wording.register(kind, rule.subject)


Key = tuple[str, Any]


@dataclass(frozen=True)
class Telling:
    """An event to be told: to whom, as keys that one query resolves."""

    event: CaseEvent
    rule: Rule
    keys: frozenset[Key]


def enqueue(events: Sequence[CaseEvent], journal: Gathered) -> None:
    """Insert the outbox rows of these events: three queries however many events there are."""
    tellings = [telling for event in events if (telling := _telling(event, journal))]
    if not tellings:
        return
    addresses = _Addresses(tellings)
    enqueue_letters(
        Letter(
            dedupe=f"case.{telling.event.case_id}.{telling.event.seq}",
            kind=telling.event.kind,
            recipient=user,
            at=telling.event.at,
            is_urgent=telling.rule.is_urgent,
            link=telling.event.case.get_absolute_url(),
            params={"number": telling.event.case.number, "category": addresses.category(telling.event.case)},
        )
        for telling in tellings
        for user in addresses.of(telling)
    )


def _telling(event: CaseEvent, journal: Gathered) -> Telling | None:
    rule = TABLE.get(event.kind)
    if rule is None or event.case.source == Case.Source.LEDGER:
        return None
    row = journal.rules.rows.get(event.changes["case"].get("ladder_code", ""))
    recipients = rule.recipients or (tuple(row.recipients) if row else ())
    keys = frozenset(key for name in recipients for key in _keys(name, event, journal))
    return Telling(event, rule, keys) if keys else None


def _keys(name: str, event: CaseEvent, journal: Gathered) -> Iterable[Key]:
    case = event.case
    found: Mapping[str, Key | None] = {
        "officer": ("officer", (case.officer_id, case.community_id)),
        "team": ("team", case.team_id),
        "handler": ("user", case.handler_id),
        "clerks": ("clerks", case.subdistrict_id),
        "leaders": ("leaders", case.subdistrict_id),
        "liaison": ("liaison", case.department_id) if _is_with_district(event) else None,
        "government": _government_key(case, journal) if name == "government" else None,
    }
    key = found[name]
    return (key,) if key and key[1] else ()


def _government_key(case: Case, journal: Gathered) -> Key | None:
    department = journal.departments.get(case.department_id or 0)
    return ("government", department.district_code) if department else None


def _is_with_district(event: CaseEvent) -> bool:
    """The department is told what happens while it has the case, and that it has it no longer."""
    return not workflow.WITH_DISTRICT.isdisjoint({event.from_state, event.to_state})


class _Addresses:
    """Who stands behind the keys of some tellings, found in few queries."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self.keys = frozenset(key for telling in tellings for key in telling.keys)
        on = timezone.localdate(max(telling.event.at for telling in tellings))
        self.acting = acting_officers([community for _officer, community in self._ids("officer") if community], on)
        self.away = set(on_leave(on).filter(user__in=self._officers()).values_list("user_id", flat=True))
        self._of: dict[Key, list[User]] = defaultdict(list)
        for user in User.objects.filter(self._query(), is_active=True).select_related("organisation"):
            self._sort_in(user)
        categories = {telling.event.case.category_id or 0 for telling in tellings}
        self._categories = {row.pk: row.name_zh for row in Category.objects.filter(pk__in=categories)}

    def _ids(self, name: str) -> list[Any]:
        return [number for key, number in self.keys if key == name]

    def _officers(self) -> list[int]:
        return [officer for officer, _community in self._ids("officer") if officer]

    def _acting(self, officer_id: int | None, community_id: int | None) -> int | None:
        """The case's officer; while there is none, or the officer is away, who acts for the community."""
        acting = self.acting.get(community_id or 0)
        return officer_id if officer_id and (officer_id not in self.away or acting is None) else acting

    def _query(self) -> Q:
        districts = self._ids("government")
        return (
            Q(pk__in=[*self.acting.values(), *self._officers(), *self._ids("user")])
            | Q(role=Role.CLERK, subdistrict_id__in=self._ids("clerks"))
            | Q(role=Role.LEADER, subdistrict_id__in=self._ids("leaders"))
            | Q(role=Role.TEAM_LEADER, organisation_id__in=self._ids("team"))
            | Q(role=Role.LIAISON, organisation_id__in=self._ids("liaison"))
            | Q(
                role=Role.LIAISON,
                organisation__kind=Organisation.Kind.GOVERNMENT,
                organisation__district_code__in=districts,
            )
        )

    def _sort_in(self, user: User) -> None:
        self._of["user", user.pk].append(user)
        by_role: Mapping[str, tuple[str, int | None]] = {
            Role.CLERK: ("clerks", user.subdistrict_id),
            Role.LEADER: ("leaders", user.subdistrict_id),
            Role.TEAM_LEADER: ("team", user.organisation_id),
            Role.LIAISON: ("liaison", user.organisation_id),
        }
        name, number = by_role.get(user.role, ("", None))
        if number:
            self._of[name, number].append(user)
        if user.organisation is not None and user.organisation.kind == Organisation.Kind.GOVERNMENT:
            self._of["government", user.organisation.district_code].append(user)

    def of(self, telling: Telling) -> list[User]:
        """The people to tell, once each, without whoever did it."""
        people = {user.pk: user for key in sorted(telling.keys, key=str) for user in self._behind(key)}
        people.pop(telling.event.by_id or 0, None)
        return list(people.values())

    def _behind(self, key: Key) -> list[User]:
        name, thing = key
        return self._of["user", self._acting(*thing)] if name == "officer" else self._of[key]

    def category(self, case: Case) -> str:
        """The category's Chinese name; empty before it is known."""
        return self._categories.get(case.category_id or 0, "")
