"""Shape of what pages of teams take in; the rules stand in the actions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from citymgmt.forms import DateInput, PortalForm, TimeInput
from citymgmt.people.models import User
from citymgmt.refusals import Invalid
from communities.models import Community
from patrols.teams.actions import CertificateTold, LeaveTold, Position, ShiftTold
from patrols.teams.actions.certificates import LONGEST_NUMBER
from patrols.teams.actions.setting_up import LONGEST_CYCLE, LONGEST_NAME
from patrols.teams.models import LONGEST_REASON, MOST_PEOPLE, Certificate, Rotation, Shift
from patrols.teams.rotation import OFF

NOT_IN_CYCLE = ""


def _persons(people: Sequence[User]) -> list[tuple[Any, Any]]:
    return [("", _("choose a person")), *((one.pk, str(one)) for one in people)]


class PersonField(forms.TypedChoiceField):
    """One of the members of a team."""

    def __init__(self, label: Any, *, required: bool = True) -> None:
        super().__init__(label=label, coerce=int, empty_value=None, required=required)


class ShiftForm(PortalForm):
    """A shift."""

    name_zh = forms.CharField(label=_("name"), max_length=LONGEST_NAME)
    name_en = forms.CharField(label=_("English name"), max_length=LONGEST_NAME, required=False)
    starts = forms.TimeField(label=_("starts"), widget=TimeInput())
    ends = forms.TimeField(
        label=_("ends"), widget=TimeInput(), help_text=_("Earlier than the start: it ends on the next day.")
    )
    fewest = forms.IntegerField(label=_("fewest people"), min_value=0, max_value=MOST_PEOPLE, initial=1)
    is_active = forms.BooleanField(label=_("active"), required=False, initial=True)

    def told(self) -> ShiftTold:
        """What was written, as the action takes it."""
        return ShiftTold(**{name: value for name, value in self.cleaned_data.items() if name != "request_key"})


class AreaForm(PortalForm):
    """The communities in which a team works, each ticked."""

    communities = forms.TypedMultipleChoiceField(
        label=_("communities"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offered: Sequence[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["communities"].choices = [(one.pk, one.name) for one in offered]  # type: ignore[attr-defined]


class RotationForm(PortalForm):
    """A cycle of at most fourteen days, a shift or a day off on each, and the place of each member in the order."""

    since = forms.DateField(
        label=_("first day of the cycle"), widget=DateInput(), help_text=_("On it the first member begins the cycle.")
    )
    step = forms.IntegerField(
        label=_("days between members"),
        min_value=0,
        max_value=LONGEST_CYCLE,
        help_text=_("Each next member stands so many days further on in the cycle."),
    )

    def __init__(self, *args: Any, shifts: Sequence[Shift], people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(NOT_IN_CYCLE, _("the cycle is over")), (str(OFF), _("off")), *((str(s.pk), s.name) for s in shifts)]
        for day in range(1, LONGEST_CYCLE + 1):
            self.fields[f"day_{day}"] = forms.ChoiceField(
                label=_("day %(number)s") % {"number": day}, choices=choices, required=False
            )
        for one in people:
            self.fields[f"place_{one.pk}"] = forms.IntegerField(
                label=_("place of %(who)s") % {"who": one}, min_value=1, max_value=MOST_PEOPLE, required=False
            )
        self.people = people

    def cycle(self) -> list[int]:
        """The shifts by id, off as 0, until the cycle is over. Raises: Invalid (a day is left out in between)."""
        told = [self.cleaned_data[f"day_{day}"] for day in range(1, LONGEST_CYCLE + 1)]
        length = next((n for n, value in enumerate(told) if value == NOT_IN_CYCLE), len(told))
        if any(value != NOT_IN_CYCLE for value in told[length:]):
            raise Invalid(fields={f"day_{length + 1}": _("The cycle goes on after this day: choose a shift or off.")})
        return [int(value) for value in told[:length]]

    def members(self) -> list[int]:
        """The members that have a place, in the order of their places."""
        places = [(self.cleaned_data[f"place_{one.pk}"], one.pk) for one in self.people]
        return [pk for place, pk in sorted((place, pk) for place, pk in places if place is not None)]


def rotation_as_typed(rotation: Rotation | None, people: Sequence[User], today: date) -> Mapping[str, Any]:
    """The fields of the form for a rotation; without one, everybody takes turns from today on."""
    if rotation is None:
        return {"since": today, "step": 1, **{f"place_{one.pk}": n for n, one in enumerate(people, 1)}}
    days = {f"day_{n}": str(shift) for n, shift in enumerate(rotation.cycle, 1)}
    places = {f"place_{pk}": n for n, pk in enumerate(rotation.members, 1)}
    return {"since": rotation.since, "step": rotation.step, **days, **places}


class DutyForm(PortalForm):
    """Who is on which shift on a day."""

    on = forms.DateField(label=_("day"), widget=DateInput())
    shift = forms.TypedChoiceField(label=_("shift"), coerce=int)
    user = PersonField(_("person"))

    def __init__(self, *args: Any, shifts: Sequence[Shift], people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shift"].choices = [(one.pk, one.name) for one in shifts]  # type: ignore[attr-defined]
        self.fields["user"].choices = _persons(people)  # type: ignore[attr-defined]


class MoveForm(PortalForm):
    """To whom a duty goes."""

    user = PersonField(_("person"))

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = _persons(people)  # type: ignore[attr-defined]


class MemberLeaveForm(PortalForm):
    """Who is away, when, and who stands in."""

    user = PersonField(_("person"))
    from_on = forms.DateField(label=_("first day"), widget=DateInput())
    until_on = forms.DateField(label=_("last day"), widget=DateInput())
    substitute = PersonField(_("stand-in"), required=False)
    reason = forms.CharField(label=_("reason"), max_length=LONGEST_REASON, required=False)

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("user", "substitute"):
            self.fields[name].choices = _persons(people)  # type: ignore[attr-defined]

    def told(self) -> LeaveTold:
        """What was written, as the action takes it."""
        return LeaveTold(**{name: value for name, value in self.cleaned_data.items() if name != "request_key"})


class LastDayForm(PortalForm):
    """The last day of a leave."""

    last_on = forms.DateField(
        label=_("last day away"), widget=DateInput(), help_text=_("A day before its first withdraws the leave.")
    )


class PresenceForm(PortalForm):
    """Why a leader notes that somebody was there."""

    reason = forms.CharField(
        label=_("reason"), max_length=LONGEST_REASON, help_text=_("For example: the telephone was broken.")
    )


class CertificateForm(PortalForm):
    """A certificate of a member."""

    user = PersonField(_("holder"))
    kind = forms.ChoiceField(label=_("kind"), choices=Certificate.Kind.choices)
    number = forms.CharField(label=_("number"), max_length=LONGEST_NUMBER)
    issued_on = forms.DateField(label=_("issued on"), widget=DateInput())
    expires_on = forms.DateField(label=_("expires on"), widget=DateInput())

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = _persons(people)  # type: ignore[attr-defined]

    def told(self) -> CertificateTold:
        """What was written, as the action takes it."""
        return CertificateTold(**{name: value for name, value in self.cleaned_data.items() if name != "request_key"})


class PositionForm(forms.Form):
    """Where a device says that it is; all or nothing of it."""

    longitude = forms.FloatField(min_value=-180, max_value=180, required=False)
    latitude = forms.FloatField(min_value=-90, max_value=90, required=False)
    accuracy_m = forms.FloatField(min_value=0, required=False)

    def position(self) -> Position | None:
        """None where the device says nothing. Raises: Invalid."""
        if not self.is_valid():
            raise Invalid(_("This is no position on the earth."))
        told = [self.cleaned_data[name] for name in ("longitude", "latitude", "accuracy_m")]
        return None if None in told else Position(*told)
