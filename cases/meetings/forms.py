"""Shape of what pages of meetings take in; the rules stand in the actions."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.meetings.actions import MeetingPlan, Noted
from cases.meetings.actions.agenda import LONGEST_BACKGROUND, LONGEST_DISCUSSION, LONGEST_TITLE, MOST_ITEMS
from cases.meetings.actions.meetings import LONGEST_PLACE, LONGEST_REASON
from cases.meetings.actions.meetings import LONGEST_TITLE as LONGEST_NAME
from cases.meetings.actions.seats import LONGEST_NAMES
from cases.meetings.models import Meeting, MeetingRule, MemberUnit, Seat
from cases.meetings.querysets import units_offered
from cases.meetings.regular import next_working
from citymgmt.forms import DateInput, DateTimeInput, PortalForm, PortalModelForm, TimeInput, VersionField
from citymgmt.people.models import Organisation, User
from citymgmt.people.roles import Role
from citymgmt.worktime.clock import Calendar
from communities.models import Community

USUAL_START = time(14, 30)
ANSWERING = (Role.LEADER, Role.CLERK)  # who chairs and records


class SomebodyField(forms.TypedChoiceField):
    """Somebody of the office, or nobody yet."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, coerce=int, empty_value=None, required=False)


class UnitsField(forms.TypedMultipleChoiceField):
    """Some of the member units, each ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(label=_("member units"), coerce=int)


class ChangeForm(PortalForm):
    """When, where and with whom a meeting is held."""

    title = forms.CharField(label=_("title"), max_length=LONGEST_NAME)
    starts_at = forms.DateTimeField(label=_("begins at"), widget=DateTimeInput())
    place = forms.CharField(label=_("place"), max_length=LONGEST_PLACE)
    chair = SomebodyField(_("chair"))
    recorder = SomebodyField(_("recorder"))
    units = UnitsField()
    version = VersionField()

    def __init__(self, *args: Any, office: int, seated: Iterable[int] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(one.pk, str(one)) for one in staff_of(office)]
        for name in ("chair", "recorder"):
            self.fields[name].choices = [("", _("nobody yet")), *people]  # type: ignore[attr-defined]
        units = [(one.pk, one.name) for one in units_offered(office, seated)]
        self.fields["units"].choices = units  # type: ignore[attr-defined]

    def plan(self, **told: Any) -> MeetingPlan:
        """What was told, as the actions take it."""
        names = ("title", "starts_at", "place", "units", "chair", "recorder")
        return MeetingPlan(**{name: self.cleaned_data[name] for name in names}, **told)


class PlanForm(ChangeForm):
    """A meeting to be planned; `case` is the number of that for which a consultation is called, `project` the id."""

    kind = forms.ChoiceField(label=_("kind"), choices=Meeting.Kind.choices, initial=Meeting.Kind.REGULAR)
    reason = forms.CharField(
        label=_("reason"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A consultation says why it is called."),
    )
    case = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    project = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)
    version = None  # type: ignore[assignment]
    field_order = ("title", "kind", "starts_at", "place", "chair", "recorder", "units", "reason")


def staff_of(office: int) -> Sequence[User]:
    """Who may chair or record: leaders and clerks of the office, the leaders first."""
    people = User.objects.filter(subdistrict=office, role__in=ANSWERING, is_active=True).order_by("username")
    return sorted(people, key=lambda one: ANSWERING.index(Role(one.role)))


def usual_start(on: date, calendar: Calendar) -> datetime:
    """The afternoon of the next working day after this one."""
    return timezone.make_aware(datetime.combine(next_working(on + timedelta(days=1), calendar), USUAL_START))


class ReasonForm(forms.Form):
    """Why a meeting is called off."""

    reason = forms.CharField(
        label=_("reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who were invited read it."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """Whether a unit comes, and who."""

    answer = forms.ChoiceField(label=_("answer"), choices=Seat.Answer.choices, widget=forms.RadioSelect)
    names = forms.CharField(
        label=_("who comes"), max_length=LONGEST_NAMES, required=False, help_text=_("Names and posts.")
    )


class AttendanceForm(forms.Form):
    """Who came: two fields for each seat, `12-presence` and `12-names`."""

    def __init__(self, *args: Any, seats: Sequence[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = seats
        for seat in seats:
            self.fields[f"{seat.pk}-presence"] = forms.ChoiceField(
                label=_("presence"), choices=Seat.Presence.choices, initial=seat.presence or expected_presence(seat)
            )
            self.fields[f"{seat.pk}-names"] = forms.CharField(
                label=_("names"), max_length=LONGEST_NAMES, required=False, initial=seat.names or expected_names(seat)
            )

    @property
    def noted(self) -> list[Noted]:
        """What was noted, seat by seat."""
        told = self.cleaned_data
        return [Noted(one.pk, told[f"{one.pk}-presence"], told[f"{one.pk}-names"]) for one in self.seats]

    def rows(self) -> Iterator[tuple[Seat, BoundField, BoundField]]:
        """Each seat with its two fields."""
        for seat in self.seats:
            yield seat, self[f"{seat.pk}-presence"], self[f"{seat.pk}-names"]


def expected_presence(seat: Seat) -> str:
    """What a unit's answer lets expect; whoever gave none was not there unless somebody says so."""
    coming = (Seat.Answer.COMING, Seat.Answer.SUBSTITUTE)
    if seat.answer in coming:
        return Seat.Presence.PRESENT
    return Seat.Presence.EXCUSED if seat.answer == Seat.Answer.EXCUSED else Seat.Presence.ABSENT


def expected_names(seat: Seat) -> str:
    """Who probably came: the contact person, or the substitute that was announced."""
    if seat.answer == Seat.Answer.SUBSTITUTE:
        return seat.unit.substitute_name
    return seat.unit.contact_name if seat.answer == Seat.Answer.COMING else ""


class ItemForm(forms.Form):
    """An item that is put on the agenda by hand."""

    title = forms.CharField(label=_("title"), max_length=LONGEST_TITLE)
    background = forms.CharField(
        label=_("background"), max_length=LONGEST_BACKGROUND, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class MoveForm(forms.Form):
    """To which position of the agenda an item goes."""

    to = forms.IntegerField(min_value=1, max_value=MOST_ITEMS)


class TextForm(forms.Form):
    """What was said of an item, on top of the version that the person saw."""

    version = VersionField()
    text = forms.CharField(
        label=_("discussion"), max_length=LONGEST_DISCUSSION, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class UnitForm(PortalModelForm):
    """A member unit with its contact person and the substitute."""

    class Meta:
        model = MemberUnit
        fields = (
            "name_zh", "name_en", "kind", "organisation", "community", "contact_name", "contact_phone", "contact_email",
            "substitute_name", "substitute_phone", "substitute_email", "is_active",
        )  # fmt: skip
        help_texts = {
            "organisation": _("Its people see meetings and resolutions of the unit when they log in."),
            "community": _("Of a unit of the kind community: its officer sees them."),
            "contact_email": _("Where nobody of the unit logs in, news goes here, with a link that opens once."),
            "is_active": _("Only active units are invited to new meetings."),
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_office = Organisation.objects.filter(subdistrict=by.subdistrict_id)
        of_district = Organisation.objects.filter(subdistrict=None, district_code=by.district_code)
        places = Community.objects.filter(subdistrict=by.subdistrict_id).order_by("code")
        self.fields["organisation"].queryset = (of_office | of_district).order_by("kind", "key")  # type: ignore[attr-defined]
        self.fields["community"].queryset = places  # type: ignore[attr-defined]


class RuleForm(PortalModelForm):
    """A regular meeting with the units that it invites."""

    units = UnitsField()

    class Meta:
        model = MeetingRule
        fields = ("title", "ordinal", "weekday", "every_months", "since", "starts", "place", "is_active")
        widgets = {"since": DateInput(), "starts": TimeInput()}
        help_texts = {
            "every_months": _("1: every month, 3: every quarter; counted from the month of the first day."),
            "is_active": _("The next one is planned by itself two weeks ahead."),
        }

    field_order = ("title", "ordinal", "weekday", "every_months", "since", "starts", "place", "units", "is_active")

    def __init__(self, *args: Any, office: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].label = capfirst(self.fields["units"].label)  # as those of the model are
        self.fields["units"].choices = [(one.pk, one.name) for one in units_offered(office)]  # type: ignore[attr-defined]
