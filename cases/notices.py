"""Who is told what: one table from event kind to recipients, and the wording of each message.

Steps of the ladder name their recipients in their own rows (`LadderStep.recipients`), because delays, colours
and recipients are data. `enqueue` turns the events of a journal into outbox rows in the same transaction.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases import workflow
from cases.models import Case, CaseEvent, Category
from cases.named import kept_names
from citymgmt.outbox import wording
from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.telling import Rule, recipients_of
from citymgmt.outbox.telling import register as register_words
from citymgmt.people.addressing import Key, people_behind
from citymgmt.people.models import NoticeGroup, Organisation, User
from citymgmt.worktime.rules import Rules
from communities.querysets import duties_on


class Gathered(Protocol):
    """What the notices need of the journal: ladder rows and departments."""

    rules: Rules

    @property
    def departments(self) -> Mapping[int, Organisation]: ...


DEADLINES, ANSWERS = NoticeGroup.DEADLINES, NoticeGroup.ANSWERS
NO_CATEGORY = {"category": "尚无小类", "category_en": "no category yet"}
MENTION = "mention"  # whom a note mentions, whatever the event; it takes the place of the event's own message


TABLE: Mapping[str, Rule] = {
    "report": Rule(("screeners",), _("%(number)s reported: %(category)s")),
    "verify": Rule(("officer",), _("%(number)s is to be verified")),
    "confirm": Rule(("clerks",), _("%(number)s has been verified")),
    "dispatch": Rule(("officer", "team"), _("%(number)s dispatched to you: %(category)s")),
    "return": Rule(("clerks",), _("%(number)s was returned")),
    "assign": Rule(("handler",), _("%(number)s assigned to you")),
    "report_back": Rule(("clerks",), _("%(number)s is to be inspected")),
    "rework": Rule(("officer", "team"), _("%(number)s must be reworked"), True),
    "pass": Rule(("officer",), _("%(number)s is closed"), group=ANSWERS),
    "close_special": Rule(("officer", "clerks", "liaison"), _("%(number)s was closed specially"), group=ANSWERS),
    "request_extension": Rule(("clerks",), _("%(number)s: an extension is asked for")),
    "request_suspension": Rule(("clerks",), _("%(number)s: a suspension is asked for")),
    "review": Rule(("leaders",), _("%(number)s: a request waits for your approval")),
    "approve": Rule(("officer", "team"), _("%(number)s: your request was approved"), group=ANSWERS),
    "refuse": Rule(("officer", "team"), _("%(number)s: your request was refused"), group=ANSWERS),
    "refuse_review": Rule(("officer", "team"), _("%(number)s: your request was refused"), group=ANSWERS),
    "resume": Rule(("officer",), _("%(number)s runs again")),
    "resume_by_itself": Rule(("officer",), _("%(number)s runs again")),
    "escalate": Rule(("liaison",), _("%(number)s escalated to your department"), True),
    "acknowledge": Rule(("clerks", "officer"), _("%(number)s: the department has acknowledged"), group=ANSWERS),
    "reply": Rule(("clerks", "officer", "leaders"), _("%(number)s: the department has replied"), group=ANSWERS),
    "return_escalation": Rule(("clerks", "leaders"), _("%(number)s: the department returned it"), group=ANSWERS),
    "take_back": Rule(("liaison", "officer"), _("%(number)s was taken back"), group=ANSWERS),
    "urge": Rule(("officer", "team", "liaison"), _("%(number)s: you are urged"), True, group=DEADLINES),
    "supervise": Rule(("officer", "team", "clerks"), _("%(number)s: supervision ordered"), True, group=DEADLINES),
    "answer_supervision": Rule(("leaders",), _("%(number)s: supervision answered"), group=ANSWERS),
    "void": Rule(("officer", "liaison"), _("%(number)s is void"), group=ANSWERS),
    "merge": Rule(("officer",), _("%(number)s was merged into another case"), group=ANSWERS),
    "reopen": Rule(("officer", "clerks"), _("%(number)s was reopened")),
    "appeal": Rule(("leaders",), _("%(number)s: an appeal waits for your decision")),
    "uphold_appeal": Rule(("officer",), _("%(number)s: the appeal was upheld"), group=ANSWERS),
    "reject_appeal": Rule(("officer",), _("%(number)s: the appeal was rejected"), group=ANSWERS),
    "hand_over": Rule(("officer",), _("%(number)s was handed over to you")),
    "recalculate": Rule(("officer", "team"), _("%(number)s: the deadline was recalculated"), group=DEADLINES),
    # what residents do
    "add_information": Rule(("officer", "team", "clerks"), _("%(number)s: the resident added something")),
    "judge_unsolved": Rule(("clerks", "officer"), _("%(number)s: the resident says it is not solved")),
    # steps of the ladder: recipients are data
    "warn": Rule((), _("%(number)s is due soon"), group=DEADLINES),
    "urge_overdue": Rule((), _("%(number)s is overdue"), True, group=DEADLINES),
    "escalate_overdue": Rule((), _("%(number)s is overdue and went to the district"), True, group=DEADLINES),
    "supervise_department": Rule((), _("%(number)s: the department is silent"), True, group=DEADLINES),
    "report_to_government": Rule((), _("%(number)s reported to the district government"), True, group=DEADLINES),
}


def register() -> None:
    """Give the outbox the wording of all kinds, when the app is ready."""
    register_words(TABLE)
    wording.register(MENTION, _("%(who)s mentioned you in %(number)s"), NoticeGroup.MENTIONS.value)


@dataclass(frozen=True)
class Telling:
    """An event to be told: to whom, as keys that one query resolves, and who of them is mentioned in its note."""

    event: CaseEvent
    rule: Rule | None
    keys: frozenset[Key]
    mentioned: frozenset[int]


def enqueue(events: Sequence[CaseEvent], journal: Gathered) -> None:
    """Insert the outbox rows of these events: a fixed number of queries however many events there are."""
    tellings = [telling for event in events if (telling := _telling(event, journal))]
    if not tellings:
        return
    addresses = _Addresses(tellings)
    enqueue_letters(letter for telling in tellings for letter in _letters(telling, addresses))


def _letters(telling: Telling, addresses: "_Addresses") -> Iterator[Letter]:
    """The messages of an event: to who is mentioned that of a mention, else the event's own; each as urgent as the
    event's own would be.
    """
    event, is_urgent = telling.event, telling.rule is not None and telling.rule.is_urgent
    dedupe, link = f"case.{event.case_id}.{event.seq}", event.case.get_absolute_url()
    told = {"number": event.case.number, **addresses.category(event.case)}
    for user, is_told in addresses.of(telling):
        is_mentioned = user.pk in telling.mentioned
        yield Letter(
            dedupe=dedupe,
            kind=MENTION if is_mentioned else event.kind,
            recipient=user,
            at=event.at,
            is_urgent=is_urgent and is_told,
            link=link,
            params={**told, "who": str(event.by)} if is_mentioned else told,
        )


def _telling(event: CaseEvent, journal: Gathered) -> Telling | None:
    """What is told of the event; of an old ledger's case only that somebody is mentioned. None for nothing."""
    rule = TABLE.get(event.kind) if event.case.source != Case.Source.LEDGER else None
    keys = _keys_of(rule, event, journal) if rule else frozenset()
    mentioned = frozenset(mention.user_id for mention in event.mentions)
    return Telling(event, rule, keys, mentioned) if keys or mentioned else None


def _keys_of(rule: Rule, event: CaseEvent, journal: Gathered) -> frozenset[Key]:
    case, names = event.case, recipients_of(rule, event, "case", journal.rules)
    found: Mapping[str, Key | None] = {
        "officer": ("officer", (case.officer_id, case.community_id)),
        "team": ("team", case.team_id),
        "handler": ("user", case.handler_id),
        "clerks": ("clerks", case.subdistrict_id),
        "screeners": ("clerks", case.subdistrict_id) if case.merged_into_id is None else None,  # else it is looked at
        "leaders": ("leaders", case.subdistrict_id),
        "liaison": ("liaison", case.department_id) if _is_with_district(event) else None,
        "government": _government_key(case, journal) if "government" in names else None,
    }
    keys = (found[name] for name in names)
    return frozenset(key for key in keys if key and key[1])


def _government_key(case: Case, journal: Gathered) -> Key | None:
    department = journal.departments.get(case.department_id or 0)
    return ("government", department.district_code) if department else None


def _is_with_district(event: CaseEvent) -> bool:
    """The department is told what happens while it has the case, and that it has it no longer."""
    return not workflow.WITH_DISTRICT.isdisjoint({event.from_state, event.to_state})


class _Addresses:
    """Who stands behind the keys of some tellings, found in few queries."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        mentioned = {("user", pk) for telling in tellings for pk in telling.mentioned}
        self.keys = frozenset(key for telling in tellings for key in telling.keys) | mentioned
        on = timezone.localdate(max(telling.event.at for telling in tellings))
        duties = duties_on(on)
        self.away = duties.away
        self.acting = {pk: duties.acting[pk] for _officer, pk in self._ids("officer") if pk in duties.acting}
        self._of = people_behind({*self.keys, *(("user", pk) for pk in (*self.acting.values(), *self._officers()))})
        self._categories = kept_names()[Category]
        self._groups: dict[tuple[frozenset[Key], frozenset[int]], list[tuple[User, bool]]] = {}

    def _ids(self, name: str) -> list[Any]:
        return [number for key, number in self.keys if key == name]

    def _officers(self) -> list[int]:
        return [officer for officer, _community in self._ids("officer") if officer]

    def _acting(self, officer_id: int | None, community_id: int | None) -> int | None:
        """The case's officer; while there is none, or the officer is away, who acts for the community."""
        acting = self.acting.get(community_id or 0)
        return officer_id if officer_id and (officer_id not in self.away or acting is None) else acting

    def of(self, telling: Telling) -> Iterator[tuple[User, bool]]:
        """The people to tell, once each, without whoever did it; whether the table names them, mentioned or not."""
        group = telling.keys, telling.mentioned
        if group not in self._groups:
            self._groups[group] = list(self._group(*group))
        return ((user, is_told) for user, is_told in self._groups[group] if user.pk != telling.event.by_id)

    def _group(self, keys: frozenset[Key], mentioned: frozenset[int]) -> Iterator[tuple[User, bool]]:
        told = {user.pk for key in keys for user in self._behind(key)}
        everybody = sorted(keys | {("user", pk) for pk in mentioned}, key=str)
        people = {user.pk: user for key in everybody for user in self._behind(key)}
        return ((user, pk in told) for pk, user in people.items())

    def _behind(self, key: Key) -> list[User]:
        name, thing = key
        return self._of.get(("user", self._acting(*thing)) if name == "officer" else key, [])

    def category(self, case: Case) -> dict[str, str]:
        """The category's names in both languages, as parameters; before it is known, words that say so."""
        found = self._categories.get(case.category_id or 0)
        return {"category": found.name_zh, "category_en": found.name_en} if found else NO_CATEGORY
