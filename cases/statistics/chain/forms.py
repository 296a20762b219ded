"""Shape of what is asked and told about who answers; the rules stand in the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Disorder
from cases.statistics.chain.actions import For
from cases.statistics.chain.models import LONGEST_POST, Answerable
from cases.statistics.models import Dimension
from citymgmt.fields import DayField as DayAsked
from citymgmt.forms import DateInput, PortalForm
from citymgmt.people.models import Organisation, SubDistrict, User
from communities.forms import DayField, check_readable
from communities.models import Community

LONGEST_KEY = 20


class ChainForm(forms.Form):
    """The day, and for what the chain is asked, if for one thing."""

    on = DayAsked(label=_("Day"), required=False, widget=DateInput)
    by = forms.ChoiceField(choices=Dimension.choices, required=False, widget=forms.HiddenInput)
    key = forms.CharField(max_length=LONGEST_KEY, required=False, widget=forms.HiddenInput)


class AppointForm(PortalForm):
    """Who answers at which level, in which post, for what, from when on."""

    user = forms.ModelChoiceField(label=_("person"), queryset=User.objects.none(), empty_label=_("Choose a person"))
    level = forms.TypedChoiceField(label=_("level"), choices=Answerable.Level.choices, coerce=int)
    post_zh = forms.CharField(label=_("post"), max_length=LONGEST_POST, validators=[check_readable])
    post_en = forms.CharField(
        label=_("post in English"), max_length=LONGEST_POST, required=False, validators=[check_readable]
    )
    community = forms.ModelChoiceField(
        label=_("community"),
        queryset=Community.objects.none(),
        required=False,
        empty_label=_("all"),
        help_text=_("Choose one community, one disorder or one team; none of them: the whole office."),
    )
    disorder = forms.ModelChoiceField(
        label=_("disorder"), queryset=Disorder.objects.none(), required=False, empty_label=_("all")
    )
    team = forms.ModelChoiceField(
        label=_("team"), queryset=Organisation.objects.none(), required=False, empty_label=_("all")
    )
    from_on = DayField(label=_("first day"))
    until_on = DayField(label=_("last day"), required=False, help_text=_("Leave empty while no end is known."))

    def __init__(self, *args: Any, subdistrict: SubDistrict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {"subdistrict": subdistrict, "is_active": True}
        offered = {
            "user": User.objects.filter(**own).order_by("display_name", "username"),
            "community": Community.objects.filter(**own).order_by("code"),
            "disorder": Disorder.objects.order_by("sort_order", "key"),
            "team": Organisation.objects.filter(**own).exclude(kind=Organisation.Kind.OFFICE).order_by("key"),
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        """What the action takes."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "request_key"}
        scope = {name: found.pop(name) for name in ("community", "disorder", "team")}
        return {**found, "answers_for": For(**scope)}
