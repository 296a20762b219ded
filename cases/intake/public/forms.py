"""Which published cases somebody wants to see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.forms.fields import grouped
from cases.intake.models import Publication, Topic
from cases.intake.open311.querysets import services
from cases.intake.places import communities_served, offices_served
from cases.intake.publishing import CLOSED, OPEN
from communities.models import Community

PERIODS: Mapping[str, tuple[Any, int | None]] = {  # code: wording, days
    "30": (gettext_lazy("the last 30 days"), 30),
    "90": (gettext_lazy("the last 90 days"), 90),
    "365": (gettext_lazy("the last year"), 365),
    "all": (gettext_lazy("since the beginning"), None),
}
USUAL = "90"
STATUSES = [("", gettext_lazy("all")), (OPEN, gettext_lazy("not closed yet")), (CLOSED, gettext_lazy("closed"))]


@dataclass(frozen=True)
class Wanted:
    """Which published cases: of a topic, a community, a status, since a moment; nothing said is all."""

    topic: Topic | None = None
    community: Community | None = None
    status: str = ""
    since: datetime | None = None

    def among(self, rows: QuerySet[Publication]) -> QuerySet[Publication]:
        """Those of the rows."""
        told = {"topic": self.topic, "community": self.community, "status": self.status or None}
        found = rows.filter(**{name: value for name, value in told.items() if value is not None})
        return found if self.since is None else found.filter(requested_at__gte=self.since)


class PublicFilter(forms.Form):
    """The filters of the public list; what nobody offers is as if it had not been asked for."""

    topic = forms.ChoiceField(required=False, label=gettext_lazy("What it is about"))
    community = forms.ChoiceField(required=False, label=gettext_lazy("Community"))
    status = forms.ChoiceField(required=False, choices=STATUSES, label=gettext_lazy("Status"))
    period = forms.ChoiceField(
        required=False,
        choices=[(code, words) for code, (words, _days) in PERIODS.items()],
        label=gettext_lazy("Reported in"),
    )

    def __init__(self, asked: Mapping[str, Any]) -> None:
        super().__init__({**asked, "period": asked.get("period") if asked.get("period") in PERIODS else USUAL})
        self.topics, communities = services(), communities_served()
        self.communities = {one.code: one for one in communities}
        by_office = grouped((str(one.subdistrict), (one.code, str(one))) for one in communities)
        own = by_office if len(offices_served()) > 1 else [pair for _office, pairs in by_office for pair in pairs]
        fields: Any = self.fields
        fields["topic"].choices = [("", _("all")), *((code, topic.name) for code, topic in self.topics.items())]
        fields["community"].choices = [("", _("all")), *own]
        self.full_clean()

    def wanted(self, at: datetime) -> Wanted:
        """What is asked for, at this moment."""
        told = self.cleaned_data
        days = PERIODS[told["period"]][1]
        return Wanted(
            topic=self.topics.get(told.get("topic", "")),
            community=self.communities.get(told.get("community", "")),
            status=told.get("status", ""),
            since=None if days is None else at - timedelta(days=days),
        )

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the usual is asked for."""
        told = self.cleaned_data
        return told["period"] != USUAL or any(told.get(name) for name in ("topic", "community", "status"))

    @property
    def period_in_words(self) -> str:
        """The period that is shown."""
        return str(PERIODS[self.cleaned_data["period"]][0])
