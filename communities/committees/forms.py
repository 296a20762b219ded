"""Shape of what pages of owners' committees take in; the rules stand in the actions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from citymgmt.fields import PlainText
from citymgmt.forms import PortalForm, VersionField
from citymgmt.refusals import Invalid
from citymgmt.worktime.steps import Step
from communities.areas.forms import CENT, amount, count, day, text_area
from communities.committees.actions import ApplicationTold, VoteTold
from communities.committees.actions.stepping import LARGEST_GROUP
from communities.committees.quorum import MATTERS
from communities.committees.reading import Counted, read_ballots
from communities.importing import LARGEST_FILE
from communities.models import OwnersCommittee, ResidentialArea
from communities.models.areas import LARGEST_M2
from communities.models.committees import LONGEST_NUMBER, LONGEST_TITLE, MOST_OWNERS

SUMS = ("whole_m2", "part_m2", "favour_m2", "whole_count", "part_count", "favour_count")
SHOWN_ERRORS = 50


class ApplicationForm(PortalForm):
    """An application for a committee, as it was handed in."""

    on = day(_("applied on"))
    floor_area_m2 = amount(_("floor area in m²"), LARGEST_M2, CENT)
    delivered_m2 = amount(_("of it handed over, in m²"), LARGEST_M2)
    owner_count = count(_("owners"), MOST_OWNERS, 1)
    applicant_count = count(_("owners who apply"), MOST_OWNERS, 1)

    def __init__(self, *args: Any, area: ResidentialArea, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = {
            "on": on,
            "floor_area_m2": area.floor_area_m2,
            "delivered_m2": area.floor_area_m2,
            "owner_count": area.household_count,
        }
        for name, value in first.items():
            self.fields[name].initial = value

    def told(self) -> ApplicationTold:
        """What was written, as the action takes it."""
        return ApplicationTold(**{name: value for name, value in self.cleaned_data.items() if name != "request_key"})


class StepForm(PortalForm):
    """What a step carries, by the table."""

    version = VersionField()

    def __init__(self, *args: Any, step: Step, committee: OwnersCommittee, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["version"].initial = committee.version
        for name in step.carried:
            self.fields[name] = _field(name, on)
            self.fields[name].required = name in step.carries

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes. Call it on a valid form."""
        return {name: self.cleaned_data[name] for name in self.step.carried}


def _field(name: str, on: date) -> forms.Field:
    made: Mapping[str, forms.Field] = {
        "on": day(_("day of the step"), initial=on),
        "group_size": count(_("members of the preparatory group"), LARGEST_GROUP, 1),
        "meeting_on": day(_("assembly on"), help_text=_("At least fifteen days after the owners were told.")),
        "informed_on": day(_("residents' committee informed on"), initial=on),
        "member_count": count(_("members"), LARGEST_GROUP, 1, help_text=_("An odd number.")),
        "filing_number": PlainText(label=_("filing number"), max_length=LONGEST_NUMBER),
        "term_until": day(_("term until")),
        "note": text_area(_("note")),
    }
    return made[name]


class VoteForm(PortalForm):
    """A vote: its sums, or a list of units that is counted and not kept."""

    version = VersionField()
    on = day(_("day of the vote"))
    matter = forms.TypedChoiceField(label=_("matter"), coerce=int)
    title = PlainText(label=_("what was voted on"), max_length=LONGEST_TITLE)
    whole_m2 = amount(_("whole floor area in m²"), LARGEST_M2, CENT, required=False)
    part_m2 = amount(_("took part, in m²"), LARGEST_M2, required=False)
    favour_m2 = amount(_("in favour, in m²"), LARGEST_M2, required=False)
    whole_count = count(_("owners"), MOST_OWNERS, 1, required=False)
    part_count = count(_("took part, owners"), MOST_OWNERS, required=False)
    favour_count = count(_("in favour, owners"), MOST_OWNERS, required=False)
    units = forms.FileField(
        label=_("Or a list of units (Excel or CSV)"),
        required=False,
        help_text=_(
            "Columns 房号, 面积, 表决 (同意, 反对, 弃权, or empty), and 同一业主 for several units of one owner."
            " No names; the list is counted and not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, committee: OwnersCommittee, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted: Counted | None = None
        matters: Any = self.fields["matter"]
        matters.choices = [(key, f"{key}. {_t(label)}") for key, label in MATTERS.items()]
        first = {
            "version": committee.version,
            "on": committee.meeting_on if committee.meeting_on and committee.meeting_on <= on else on,
            "matter": 3,
            "whole_m2": committee.floor_area_m2,
            "whole_count": committee.owner_count,
        }
        for name, value in first.items():
            self.fields[name].initial = value

    def clean_units(self) -> Any:
        """Count the list. Raises: ValidationError with what is wrong, by row."""
        file = self.cleaned_data["units"]
        if file is None:
            return None
        try:
            self.counted, errors = read_ballots(file.read(LARGEST_FILE + 1))
        except Invalid as refused:
            raise forms.ValidationError(str(refused)) from refused
        if errors:
            raise forms.ValidationError([str(one) for one in errors[:SHOWN_ERRORS]])
        return file

    def clean(self) -> dict[str, Any]:
        """Without a list all sums are needed."""
        told: dict[str, Any] = super().clean() or {}
        if self.counted is None and "units" not in self.errors:
            for name in SUMS:
                if told.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Please fill this in."))
        return told

    def told(self) -> VoteTold:
        """What was written or counted, as the action takes it."""
        told = self.cleaned_data
        sums: dict[str, Any] = {name: told[name] for name in SUMS}
        if self.counted:
            area, heads = self.counted.area, self.counted.heads
            values = (area.whole, area.took_part, area.in_favour)
            sums = dict(zip(SUMS, (*values, *map(int, (heads.whole, heads.took_part, heads.in_favour))), strict=True))
        digest = self.counted.sha256 if self.counted else ""
        return VoteTold(told["on"], told["matter"], told["title"], **sums, list_sha256=digest)
