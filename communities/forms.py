"""The shape of what people give about communities and their officers; the rules stand in the actions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from citymgmt.forms import DateInput, PortalForm
from citymgmt.middleware import is_hostile
from citymgmt.people.models import User
from communities.actions.assigning import LONGEST_NOTE
from communities.actions.leaves import LONGEST_REASON
from communities.models import Community, OfficerAssignment
from communities.querysets import officers_of


def check_readable(text: str) -> None:
    """Refuse characters that no person types. Raises: ValidationError."""
    if is_hostile([text]):
        raise ValidationError(_("It holds characters that cannot be read."))


class DayField(forms.DateField):
    """One day, with the browser's own picker."""

    widget = DateInput

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)


class OfficerChoice(forms.ModelChoiceField):
    """One of the people who can answer for a community."""

    def label_from_instance(self, person: Any) -> str:
        """Name and office phone."""
        return " · ".join(filter(None, [str(person), person.office_phone]))


class AssignForm(PortalForm):
    """Who gets which post of the community, from when on."""

    part = forms.ChoiceField(
        label=_("part"), choices=OfficerAssignment.Part.choices, widget=forms.RadioSelect, initial="officer"
    )
    user = OfficerChoice(label=_("person"), queryset=User.objects.none(), empty_label=_("Choose a person"))
    from_on = DayField(label=_("first day"))
    until_on = DayField(label=_("last day"), required=False, help_text=_("Leave empty while no end is known."))

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = officers_of(community.subdistrict_id)  # type: ignore[attr-defined]


class HandOverForm(PortalForm):
    """To whom the community goes, from when on, and what goes along besides the cases."""

    to_user = OfficerChoice(label=_("new officer"), queryset=User.objects.none(), empty_label=_("Choose a person"))
    on = DayField(
        label=_("first day of the new officer"),
        help_text=_("Today: the open cases move at once. Later: they move as the day begins."),
    )
    note = forms.CharField(
        label=_("promises, keys, boards"),
        required=False,
        max_length=LONGEST_NOTE,
        validators=[check_readable],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What was promised to residents, which keys go along, which notice boards must be changed."),
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_user"].queryset = officers_of(community.subdistrict_id)  # type: ignore[attr-defined]


class LeaveForm(PortalForm):
    """Who is away, and when. Only those who answer for the community are offered."""

    user = OfficerChoice(label=_("person"), queryset=User.objects.none(), empty_label=_("Choose a person"))
    from_on = DayField(label=_("first day away"))
    until_on = DayField(label=_("last day away"))
    reason = forms.CharField(
        label=_("reason"),
        required=False,
        max_length=LONGEST_REASON,
        validators=[check_readable],
        help_text=_("Shown only to those who arrange leaves."),
    )

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        serving = OfficerAssignment.objects.filter(community=community).values("user")
        self.fields["user"].queryset = officers_of(community.subdistrict_id).filter(pk__in=serving)  # type: ignore[attr-defined]


class EndForm(PortalForm):
    """The last day of something that has begun."""

    last_on = DayField(label=_("last day"), help_text=_("Yesterday or later."))


class WithdrawForm(PortalForm):
    """Nothing but the wish to withdraw what has not begun."""


class CommunityFilter(forms.Form):
    """What a list of communities can be narrowed to."""

    ANY, VACANT, AWAY = "", "vacant", "away"
    q = forms.CharField(label=_("Search"), required=False, max_length=60, validators=[check_readable])
    post = forms.ChoiceField(
        label=_("Officer"),
        required=False,
        choices=[(ANY, _("all communities")), (VACANT, _("post vacant")), (AWAY, _("officer away"))],
    )


class DayForm(forms.Form):
    """A day to look at."""

    on = DayField(label=_("Day"))
