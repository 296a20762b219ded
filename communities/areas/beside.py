"""What a community's page shows of its residential areas: each with its stage, and its owners' committee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from citymgmt.people.models import User
from citymgmt.people.permissions import visible_to
from communities.areas.lifecycle import STAGES
from communities.areas.querysets import registered
from communities.committees.lifecycle import ENDED
from communities.committees.lifecycle import STAGES as OF_COMMITTEES
from communities.models import Community, OwnersCommittee, ResidentialArea


@dataclass(frozen=True)
class Line:
    """An area with its stage, and the stage of its committee; empty where there is none."""

    name: str
    url: str
    stage: str
    tone: str
    committee: str
    committee_url: str


def with_areas(rows: QuerySet[Community], user: User, on: date) -> QuerySet[Community]:
    """Communities with `areas_beside`: those of their areas that the person sees, in the same query."""
    going = OwnersCommittee.objects.filter(area=OuterRef("pk")).exclude(state__in=ENDED).order_by("pk")
    seen = registered(visible_to(user, ResidentialArea.objects.filter(community=OuterRef("pk")), on=on))
    told = {"committee": Subquery(going.values("pk")[:1]), "committee_state": Subquery(going.values("state")[:1])}
    line = JSONObject(pk="pk", name="name", state="state", **told)
    return rows.annotate(areas_beside=ArraySubquery(seen.order_by("name").values(line=line)))


def panel(found: Sequence[dict[str, Any]]) -> list[Line]:
    """The lines of what was read beside a community."""
    return [_line(one) for one in found]


def _line(one: dict[str, Any]) -> Line:
    stage = STAGES[one["state"]]
    committee = one["committee"]
    return Line(
        one["name"],
        reverse("areas:area", args=[one["pk"]]),
        _(stage.label),
        stage.tone,
        _(OF_COMMITTEES[one["committee_state"]].label) if committee else "",
        reverse("committees:committee", args=[committee]) if committee else "",
    )
