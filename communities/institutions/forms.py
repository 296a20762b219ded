"""The shape of what people give about institutions; the rules stand in the actions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from citymgmt.fields import FilesField
from citymgmt.forms import PortalForm, VersionForm
from citymgmt.people.models import User
from communities.forms import DayField, OfficerChoice, check_readable
from communities.institutions.actions import AgreementTold, InstitutionTold, PledgeTold, VisitTold
from communities.institutions.actions.pledges import MOST_WORKING_DAYS
from communities.institutions.lifecycle import Transition
from communities.institutions.quarters import Quarter, quarter_of, read_quarter
from communities.models import InstitutionKind
from communities.models.institutions import (
    LONGEST_ADDRESS,
    LONGEST_AREA,
    LONGEST_CONTACT,
    LONGEST_NAME,
    LONGEST_PHONE,
    LONGEST_PLEDGE,
    LONGEST_REASON,
    LONGEST_TALK,
    MOST_LEAFLETS,
    MOST_METRES,
    MOST_TIMES,
)


def line(label: Any, most: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, max_length=most, required=required, help_text=hint, validators=[check_readable])


def text(label: Any, most: int, *, required: bool = False, hint: Any = "", rows: int = 3) -> forms.CharField:
    """A few lines."""
    field = line(label, most, required=required, hint=hint)
    field.widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return field


def whole(label: Any, most: int, *, fewest: int = 0, required: bool = False, **options: Any) -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(label=label, min_value=fewest, max_value=most, required=required, **options)


# --- the register --------------------------------------------------------------------------------------------
class InstitutionForm(PortalForm):
    """What is known of an institution."""

    name = line(_("name"), LONGEST_NAME, required=True, hint=_("As on its seal or licence."))
    kind = forms.ChoiceField(label=_("kind"), choices=InstitutionKind.choices)
    credit_code = line(
        _("credit code"), 40, hint=_("Unified social credit code, 18 characters; its check is verified.")
    )
    address = line(_("address"), LONGEST_ADDRESS)
    longitude = forms.DecimalField(
        label=_("longitude"), required=False, min_value=-180, max_value=180, max_digits=10, decimal_places=7
    )
    latitude = forms.DecimalField(
        label=_("latitude"), required=False, min_value=-90, max_value=90, max_digits=9, decimal_places=7
    )
    area_text = text(
        _("responsibility area"),
        LONGEST_AREA,
        hint=_("For example: from the gate to the kerb, between the two bus stops."),
    )
    frontage_m = whole(_("frontage in metres"), MOST_METRES, fewest=1)
    contact_name = line(_("contact person"), LONGEST_CONTACT)
    office_phone = forms.CharField(
        label=_("office phone"),
        max_length=LONGEST_PHONE,
        required=False,
        help_text=_("A number of the institution, never a private mobile."),
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    def told(self) -> InstitutionTold:
        """What was written, as the action takes it."""
        names = InstitutionTold.__dataclass_fields__
        return InstitutionTold(**{name: self.cleaned_data[name] for name in names})


class ChangeForm(InstitutionForm):
    """The same, and whether it is still there."""

    is_active = forms.BooleanField(
        label=_("active"),
        required=False,
        help_text=_("One that is gone keeps what it had; visits that were planned are called off."),
    )


class AgreementForm(PortalForm):
    """An agreement with its signed paper."""

    signed_on = DayField(label=_("signed on"))
    valid_until = DayField(label=_("valid until"))
    paper = forms.FileField(
        label=_("Signed paper as PDF"), required=False, widget=forms.FileInput(attrs={"accept": ".pdf"})
    )
    photos = FilesField(_("Or photos of it: JPEG, PNG, WebP or HEIC, at most six."))

    def told(self) -> AgreementTold:
        """What was written, as the action takes it."""
        return AgreementTold(self.cleaned_data["signed_on"], self.cleaned_data["valid_until"])


class EndAgreementForm(PortalForm):
    """Since when an agreement holds no longer, and why."""

    on = DayField(label=_("first day without it"))
    reason = line(_("reason"), LONGEST_REASON, required=True)


# --- visits --------------------------------------------------------------------------------------------------
class PlanVisitForm(PortalForm):
    """For which day a visit is planned, and who is to go."""

    on = DayField(label=_("day"))
    visitor = OfficerChoice(
        label=_("who is to go"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("whoever acts for the community"),
    )

    def __init__(self, *args: Any, visitors: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visitor"].queryset = visitors  # type: ignore[attr-defined]


class VisitForm(PortalForm):
    """What happened at a visit, with a promise that was made there."""

    on = DayField(label=_("visited on"))
    talk = text(_("what was talked of"), LONGEST_TALK, required=True, rows=4)
    leaflet_count = whole(_("leaflets left"), MOST_LEAFLETS, initial=0)
    text = line(_("what was promised"), LONGEST_PLEDGE, hint=_("Leave empty if nothing was; more can be added later."))
    by_day = DayField(label=_("to be kept by"), required=False)
    working_days = whole(_("or within working days"), MOST_WORKING_DAYS, fewest=1)
    photos = FilesField()

    def told(self) -> VisitTold:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        return VisitTold(told["on"], told["talk"], told["leaflet_count"] or 0)

    def pledges(self) -> list[PledgeTold]:
        """The promise, if there is one."""
        told = self.cleaned_data
        is_empty = not (told["text"] or told["by_day"] or told["working_days"])
        return [] if is_empty else [PledgeTold(told["text"], told["by_day"], told["working_days"])]


class PledgeForm(PortalForm):
    """One more promise."""

    text = line(_("what was promised"), LONGEST_PLEDGE, required=True)
    by_day = DayField(label=_("to be kept by"), required=False)
    working_days = whole(_("or within working days"), MOST_WORKING_DAYS, fewest=1)

    def told(self) -> PledgeTold:
        """What was written, as the action takes it."""
        return PledgeTold(*(self.cleaned_data[name] for name in ("text", "by_day", "working_days")))


class DropForm(PortalForm):
    """Why a visit is called off."""

    reason = line(_("reason"), LONGEST_REASON, required=True)


class ActForm(VersionForm):
    """What an action on a promise carries: the fields that the table names."""

    on = DayField(label=_("kept on"))
    by_day = DayField(label=_("new last day"))
    note = text(_("note"), LONGEST_REASON)
    photos = FilesField()

    def __init__(self, *args: Any, transition: Transition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("on", "by_day", "note", "photos"):
            if name not in transition.asks:
                del self.fields[name]

    def given(self) -> dict[str, Any]:
        """What was written, as the action takes it, but for the photos."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("request_key", "photos")}


# --- planning and importing ----------------------------------------------------------------------------------
class PlanQuarterForm(PortalForm):
    """Which quarter is planned: this one, or the next."""

    quarter = forms.ChoiceField(label=_("quarter"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = quarter_of(on)
        choices = [(str(one), f"{one.first:%Y-%m-%d} – {one.last:%Y-%m-%d}") for one in (now, now.next)]
        self.fields["quarter"].choices = choices  # type: ignore[attr-defined]
        self.fields["quarter"].initial = choices[0][0]

    def chosen(self) -> Quarter:
        """The quarter."""
        found = read_quarter(self.cleaned_data["quarter"])
        assert found is not None  # it is one of the choices
        return found


class VisitRuleForm(PortalForm):
    """How often in a quarter institutions of each kind are visited."""

    def __init__(self, *args: Any, times: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in InstitutionKind.choices:
            self.fields[kind] = whole(label, MOST_TIMES, required=True, initial=times[kind])

    def times(self) -> dict[str, int]:
        """The numbers by kind."""
        return {kind: self.cleaned_data[kind] for kind in InstitutionKind.values}
