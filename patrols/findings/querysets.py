"""Named questions about findings."""

from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet

from citymgmt.found import one_of
from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from patrols.findings.models import Finding, FindingPhoto
from patrols.rounds.models import PatrolRound
from patrols.teams.models import Team

USUAL_DAYS = timedelta(days=90)
MOST_USUAL = 8
AROUND = ("team", "round__route", "category__disorder", "community", "key_place", "by", "case", "case_by")


def visible_finding(user: User, pk: int, on: date) -> Finding:
    """The finding of this id with the names around it, if the person may see it. Raises: NotFound."""
    return one_of(visible_to(user, Finding.objects.select_related(*AROUND, "visit__point"), on=on), pk)


def visible_photo(user: User, pk: int, on: date) -> FindingPhoto:
    """The photo of this id, if the person may see its finding. Raises: NotFound."""
    return one_of(visible_to(user, FindingPhoto.objects.all(), on=on), pk)


def locked_finding(pk: int) -> Finding:
    """The finding of this id, locked until the transaction ends. Raises: NotFound."""
    rows = Finding.objects.select_related("team__subdistrict", "category", "community", "key_place")
    return one_of(rows.select_for_update(of=("self",), no_key=True), pk)


def with_names(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Findings with what a list names, the latest first."""
    return findings.select_related(*AROUND).order_by("-at", "-id")


def findings_on(round_: PatrolRound, user: User, on: date) -> QuerySet[Finding]:
    """What was found on a round, as far as the person sees it, in the order of the walk."""
    rows = visible_to(user, Finding.objects.filter(round=round_), on=on)
    return rows.select_related("category", "visit__point", "case").order_by("at", "id")


def counted(findings: QuerySet[Finding]) -> tuple[int, int]:
    """How many were handled on the spot, and how many are cases: two figures that are never added up."""
    told = findings.order_by().aggregate(
        handled=Count("pk", filter=Q(way=Finding.Way.HANDLED)), cases=Count("pk", filter=Q(way=Finding.Way.CASE))
    )
    return told["handled"], told["cases"]


def usual_categories(team: Team | None, on: date) -> list[int]:
    """The ids of the categories that the team found most in the last ninety days, the most frequent first."""
    rows = Finding.objects.filter(team=team, at__date__gte=on - USUAL_DAYS).values("category_id")
    often = rows.annotate(times=Count("pk"), last=Max("at")).order_by("-times", "-last", "category_id")
    return [row["category_id"] for row in often[:MOST_USUAL]]
