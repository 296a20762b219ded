"""Named questions about what comes from outside."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases import workflow
from cases.intake.models import CallAttempt, Judgement, Report, Topic
from cases.models import Case, CaseEvent
from citymgmt.people.models import SubDistrict

MOST_STEPS = 20  # of merging one case into the next
CALLED_WITHIN = timedelta(days=30)  # after the end; later nobody remembers what it was about


def target_of(report: Report) -> Case:
    """The case in which a report is handled: its own, or the one into which that was merged in the end."""
    case = report.case
    for _step in range(MOST_STEPS):
        if case.merged_into is None:
            return case
        case = case.merged_into
    return case


def open_reports() -> QuerySet[Case]:
    """Cases from residents that others may say they see too: neither joined themselves, nor kept private by the
    resident, nor withheld by the office.
    """
    return Case.objects.filter(report__is_joined=False, report__is_private=False).exclude(disclosure__is_withheld=True)


def closing_of(case: Case) -> int | None:
    """The number of the event by which a case ended, as it stands; None while it is open."""
    if case.is_open:
        return None
    ended = CaseEvent.objects.filter(case=case, to_state__in=workflow.ENDED).exclude(from_state__in=workflow.ENDED)
    return ended.order_by("-seq").values_list("seq", flat=True).first()


def topic_of(case: Case) -> Topic:
    """The topic in whose words a resident speaks of a case: of its category, else of its disorder, else "other"."""
    topics = Topic.objects.filter(is_active=True, emergency_number="").select_related("category")
    known = {topic.category_id: topic for topic in topics}
    disorder = case.category.disorder_id if case.category else 0
    alike = (topic for topic in topics if topic.category and topic.category.disorder_id == disorder)
    return known.get(case.category_id) or next(alike, known[None])


def joined_to(case: Case) -> int:
    """How many others said that they see it too."""
    return Report.objects.filter(case__merged_into=case, is_joined=True).count()


def judgements_to_review(street: SubDistrict) -> QuerySet[Judgement]:
    """Those who say that it is not solved, who waits longest first."""
    rows = Judgement.objects.filter(subdistrict=street, review=Judgement.Review.PENDING)
    return rows.select_related("case", "case__merged_into", "case__category", "case__community").order_by("at", "id")


def cases_to_call_back(street: SubDistrict, at: datetime) -> QuerySet[Case]:
    """Closed cases whose reporters left a telephone and were not asked yet, who waits longest first."""
    closed = Case.objects.filter(subdistrict=street, state="closed", closed_at__gte=at - CALLED_WITHIN)
    reachable = closed.filter(reporter__isnull=False, reporter__erased_at=None).exclude(reporter__phone="")
    judged = Judgement.objects.filter(case=OuterRef("pk"), at__gte=OuterRef("closed_at"))
    given_up = CallAttempt.objects.filter(
        case=OuterRef("pk"), outcome__in=CallAttempt.ENDS, at__gte=OuterRef("closed_at")
    )
    waiting = reachable.filter(~Exists(judged), ~Exists(given_up))
    return waiting.select_related("reporter", "category", "community").order_by("closed_at", "id")


def judged_between(street: SubDistrict, since: datetime, until: datetime) -> QuerySet[Judgement]:
    """The judgements of a period, the newest first."""
    return Judgement.objects.filter(Q(at__gte=since, at__lt=until), subdistrict=street).order_by("-at", "-id")
