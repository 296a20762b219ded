"""What everybody may read of residents' cases: it follows the cases, and the office withholds it or releases a text."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pghistory
from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.intake import publishing
from cases.intake.models import Disclosure, Publication, PublicUpdate, Reply, Report
from cases.intake.models.publications import LONGEST_RELEASED, LONGEST_WHY
from cases.models import Case, CaseEvent
from cases.models.catalogue import Category
from cases.named import kept_names
from cases.querysets import locked_cases
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, NotFound
from citymgmt.written import faults_of, in_lines

BATCH = 500
KEYS = ("case",)
FOLLOWING = [field.name for field in Publication._meta.concrete_fields if field.name not in KEYS]


@dataclass(frozen=True)
class Step:
    """What an event of a case's history says to everybody: when, from which state to which."""

    case_id: int
    seq: int
    at: datetime
    source: str
    target: str

    @property
    def is_update(self) -> bool:
        """Whether the case came to another stage by it; it begins at its first."""
        return self.seq == 1 or publishing.STAGE_OF.get(self.source) != publishing.STAGE_OF[self.target]


def follow_events(events: Sequence[CaseEvent]) -> None:
    """Let publications follow from events that are about to be written, whose cases are as they leave them."""
    cases = {event.case_id: event.case for event in events if event.case.source == Case.Source.CITIZEN}
    if cases:
        _follow(cases.values(), [_step(event) for event in events if event.case_id in cases and _is_read(event)])


def follow_cases(case_ids: Collection[int]) -> int:
    """Let publications follow from cases as they lie in the database; returns how many are public. Repeating it changes
    nothing. The caller holds the rows of the cases, or nobody changes them.
    """
    return _follow(Case.objects.filter(pk__in=case_ids).order_by("pk"))


def _is_read(event: CaseEvent) -> bool:
    return event.from_state != event.to_state or bool(publishing.FOLLOWED & event.changes.get("case", {}).keys())


def _step(event: CaseEvent) -> Step:
    return Step(event.case_id, event.seq, event.at, event.from_state, event.to_state)


def _written_steps(case_ids: Collection[int]) -> Iterator[Step]:
    """What the histories of these cases say to everybody, in order."""
    is_read = ~Q(from_state=F("to_state")) | Q(changes__case__has_any_keys=sorted(publishing.FOLLOWED)) | Q(seq=1)
    events = CaseEvent.objects.filter(is_read, case_id__in=case_ids).order_by("case_id", "seq")
    for row in events.values_list("case_id", "seq", "at", "from_state", "to_state"):
        yield Step(*row)


def _reports(case_ids: Collection[int]) -> dict[int, Report]:
    """The reports of these cases that may be published, each with the office's decision and its last answer."""
    replies = Reply.objects.filter(case=OuterRef("case")).order_by("-id").values("text")[:1]
    found = Report.objects.filter(case_id__in=case_ids, is_joined=False).annotate(
        is_withheld=F("case__disclosure__is_withheld"),
        decided_at=F("case__disclosure__at"),
        released=F("case__disclosure__text"),
        reply=Subquery(replies),
        replied_at=Subquery(replies.values("at")),
    )
    return {report.case_id: report for report in found}


def _follow(cases: Iterable[Case], coming: Sequence[Step] = ()) -> int:
    by_id = {case.pk: case for case in cases}
    reports = _reports(by_id)
    if not reports:
        return 0
    steps: dict[int, list[Step]] = {pk: [] for pk in reports}
    for step in (*_written_steps(reports), *(one for one in coming if one.case_id in reports)):
        steps[step.case_id].append(step)
    categories = kept_names()[Category]
    rows = [_publication(by_id[pk], report, steps[pk], categories) for pk, report in reports.items()]
    kept = [row for row in rows if row.is_public or row.client_id]
    Publication.every.filter(pk__in=reports.keys() - {row.pk for row in kept}).delete()
    Publication.every.bulk_create(kept, update_conflicts=True, unique_fields=[*KEYS], update_fields=FOLLOWING)
    PublicUpdate.objects.bulk_create(
        [update for row in kept for update in _updates(row, steps[row.pk])], ignore_conflicts=True
    )
    return sum(row.is_public for row in kept)


def _publication(case: Case, report: Any, steps: Sequence[Step], categories: Mapping[int, Any]) -> Publication:
    category = categories.get(case.category_id or 0)
    decimals = settings.PUBLIC_POINT_DECIMALS
    stage = publishing.stage_of(case.state)
    changes = [*(step.at for step in steps), report.decided_at, report.replied_at]
    return Publication(
        case_id=case.pk,
        number=case.number,
        subdistrict_id=case.subdistrict_id,
        community_id=case.community_id,
        topic_id=report.topic_id,
        disorder_id=category.disorder_id if category else None,
        client_id=report.client_id,
        is_public=publishing.is_public(case.state, is_private=report.is_private, is_withheld=bool(report.is_withheld)),
        status=publishing.status_of(case.state),
        stage=stage.code,
        requested_at=case.created_at,
        updated_at=case.closed_at or max(moment for moment in changes if moment),
        closed_at=case.closed_at,
        expected_at=case.due_at,
        department_id=case.department_id if stage.code == "district" else None,
        longitude=publishing.rounded(case.longitude, decimals),
        latitude=publishing.rounded(case.latitude, decimals),
        text=report.released or "",
        reply=report.reply or "",
    )


def _updates(row: Publication, steps: Sequence[Step]) -> Iterator[PublicUpdate]:
    for step in steps:
        if step.is_update:
            yield PublicUpdate(publication=row, seq=step.seq, at=step.at, stage=publishing.STAGE_OF[step.target])


def republish(*, progress: Callable[[int], object] = lambda count: None) -> int:
    """Make all publications anew from cases and reports, in batches; returns how many are public."""
    count, after = 0, 0
    while batch := list(
        Report.objects.filter(case_id__gt=after).order_by("case_id").values_list("case_id", flat=True)[:BATCH]
    ):
        count += _republish(batch)
        after = batch[-1]
        progress(len(batch))
    return count


@transaction.atomic
def _republish(case_ids: Sequence[int]) -> int:
    held = Case.objects.filter(pk__in=case_ids).order_by("pk").select_for_update(of=("self",), no_key=True)
    ids = [case.pk for case in held]
    PublicUpdate.objects.filter(publication__in=ids).delete()
    Publication.every.filter(pk__in=ids).delete()
    return follow_cases(ids)


# --- what the office decides -----------------------------------------------------------------------------------
def withhold(*, number: str, by: User, at: datetime, reason: str) -> Disclosure:
    """Keep a resident's case from everybody, with the reason. Once more changes the reason alone.

    Raises: NotFound (also when it is no resident's report), NotPermitted, Invalid.
    """
    return _decide(number, by, at, is_withheld=True, reason=_checked("reason", reason, LONGEST_WHY))


def show_again(*, number: str, by: User, at: datetime, reason: str) -> Disclosure:
    """Let everybody read again what was withheld, with the reason. Raises: as `withhold`."""
    return _decide(number, by, at, is_withheld=False, reason=_checked("reason", reason, LONGEST_WHY))


def release_text(*, number: str, by: User, at: datetime, text: str) -> Disclosure:
    """Publish this text beside a resident's case, in which nobody can be recognised; an empty one takes it back.

    Raises: as `withhold`.
    """
    return _decide(number, by, at, text=_checked("text", text, LONGEST_RELEASED, is_text=True))


def _checked(name: str, text: str, most: int, *, is_text: bool = False) -> str:
    told = in_lines(text)
    if faults := faults_of(told, most, is_needed=not is_text, is_one_line=not is_text):
        raise Invalid(fields={name: faults})
    return told


@transaction.atomic
def _decide(number: str, by: User, at: datetime, **decided: Any) -> Disclosure:
    case = locked_cases(number)[number]
    require(by, "publication.edit", case, on=timezone.localdate(at))
    if not Report.objects.filter(case=case, is_joined=False).exists():
        raise NotFound(_("This is no resident's report."))
    with pghistory.context(user=by.pk, action="publication"):
        found, _is_new = Disclosure.objects.update_or_create(case=case, defaults={**decided, "by": by, "at": at})
    follow_cases([case.pk])
    return found
