"""Named questions about pest control."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth

from citymgmt.people.models import Organisation, User
from citymgmt.people.permissions import visible_to
from communities.models import Community
from patrols.pests.indices import NOTHING, Counts
from patrols.pests.limits import SEEDED, Limits
from patrols.pests.models import BreedingSite, DensityLimit, DensitySurvey, PestOperation
from patrols.teams.models import Team


def pest_teams(user: User, action: str, on: date) -> list[Team]:
    """The pest teams of which a person may do this, in a fixed order."""
    rows = visible_to(user, Team.objects.filter(kind=Organisation.Kind.PEST_TEAM), on=on, action=action)
    return list(rows.select_related("subdistrict").order_by("key", "id"))


def communities_around(team: Team) -> QuerySet[Community]:
    """The communities in which a team may work: those of its sub-district."""
    return Community.objects.filter(subdistrict=team.subdistrict_id, is_active=True).order_by("code")


def communities_seen(user: User, on: date) -> list[Community]:
    """The communities by which a person may look at figures: of the office, of the team, or those of an officer."""
    own = visible_to(user, Community.objects.filter(is_active=True), on=on, action="pest.view")
    around = {team.subdistrict_id for team in pest_teams(user, "pest.view", on)}
    rows = own | Community.objects.filter(is_active=True, subdistrict__in=around)
    return list(rows.order_by("code"))


def surveys_seen(user: User, on: date) -> QuerySet[DensitySurvey]:
    """The surveys that a person sees, the latest first."""
    rows = visible_to(user, DensitySurvey.objects.select_related("community", "surveyor"), on=on)
    return rows.order_by("-on", "-id")


def operations_seen(user: User, on: date) -> QuerySet[PestOperation]:
    """The operations that a person sees, the latest first."""
    rows = visible_to(user, PestOperation.objects.select_related("community", "checked_by"), on=on)
    return rows.order_by("-on", "-id")


def sites_seen(user: User, on: date) -> QuerySet[BreedingSite]:
    """The breeding sites that a person sees, those that are open for longest first, the closed ones last."""
    rows = visible_to(user, BreedingSite.objects.select_related("community"), on=on)
    return rows.order_by(F("closed_on").desc(nulls_first=True), "open_since", "id")


def limits_of(subdistrict: int | None) -> Limits:
    """The limits that hold in a sub-district: its own, and what the portal comes with where it has none."""
    own = DensityLimit.objects.filter(subdistrict=subdistrict).order_by("id")
    return {**SEEDED, **{(one.index, one.level): one.limit for one in own}}


@dataclass
class Tally:
    """Counts of surveys by method, month (its first day) and community."""

    found: dict[tuple[str, date, int], Counts] = field(default_factory=dict)

    def of(self, *, months: Sequence[date], community: int | None = None) -> Mapping[str, Counts]:
        """The counts by method of these months, of one community or of all."""
        summed: dict[str, Counts] = {}
        for (method, month, place), counts in self.found.items():
            if month in months and community in (None, place):
                summed[method] = summed.get(method, NOTHING) + counts
        return summed


def tally(rows: QuerySet[DensitySurvey], first: date, last: date) -> Tally:
    """What the surveys of these days found, in one query."""
    named = rows.order_by().filter(on__range=(first, last)).annotate(month=TruncMonth("on"))
    found = Tally()
    for row in named.values("method", "month", "community_id").annotate(
        effort=Sum(F("sampled") * Coalesce(F("minutes"), 1)), positives=Sum("positive"), animals=Sum("counted")
    ):
        key = (row["method"], row["month"], row["community_id"])
        found.found[key] = Counts(row["effort"], row["positives"], row["animals"])
    return found
