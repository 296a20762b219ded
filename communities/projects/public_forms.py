"""Shape of what the public list of projects takes in."""

from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from citymgmt.fields import PlainText
from communities.models import Community
from communities.projects.kinds import KINDS
from communities.projects.querysets import for_community


class PublicFilter(forms.Form):
    """Which projects somebody wants to see; a community by its code, as its public board links it."""

    q = PlainText(label=_("name"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("kind"), required=False)
    year = forms.IntegerField(label=_("year"), min_value=2000, max_value=2100, required=False)
    community = forms.RegexField(r"^[0-9]{12}\Z", widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", _("all")), *((key, _t(kind.label)) for key, kind in KINDS.items())]

    def question(self) -> Q:
        """What a valid form asks for."""
        told = self.cleaned_data
        place = Community.objects.filter(code=told["community"])
        asked = {
            "q": Q(name__icontains=told["q"]) | Q(theme__icontains=told["q"]),
            "kind": Q(kind=told["kind"]),
            "year": Q(year=told["year"]),
            "community": Q(subdistrict__in=place.values("subdistrict")) & for_community(place.values("pk")),
        }
        return reduce(and_, (question for name, question in asked.items() if told[name]), Q())
