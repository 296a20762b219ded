"""Shape of what is asked and told of resolutions; the rules stand in the actions."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.filters import DayField
from cases.forms.fields import GroupedModelChoice, KnownChoice, LongText, PlainText, place_heading
from cases.meetings import lifecycle
from cases.meetings.actions.resolving import LONGEST_NOTE
from cases.meetings.actions.wording import LONGEST_PLACE, LONGEST_TEXT, Wording
from cases.meetings.counting import FIGURES, Days, overdue, year_of
from cases.meetings.lifecycle import Transition
from cases.meetings.models import AgendaItem, Meeting, MemberUnit, Resolution
from cases.meetings.models.resolution import LONGEST_LIMIT_DAYS
from cases.meetings.querysets import of_unit
from cases.models import Case
from cases.querysets import seen_by
from citymgmt.forms import DAMAGED, DateInput, PortalForm, VersionForm
from citymgmt.people.models import User
from citymgmt.photos.fields import FilesField
from citymgmt.worktime.clock import Limit, Unit, due
from citymgmt.worktime.rules import Rules
from communities.models import KeyPlace

USUAL_LIMIT_DAYS = 10
SHOWN_LIMITS = (5, 10, 15, 20)  # working days, for which the form says the date
MOST_CASES = 20
UNFINISHED = "unfinished"
WITHIN, BY_DAY = "within", "by_day"
Things = Sequence[Any]


class StateFilter(forms.ChoiceField):
    """A state of resolutions; nothing chosen means all."""

    def __init__(self, **options: Any) -> None:
        states = [(key, lazy(gettext, str)(label)) for key, label in lifecycle.STATE_CHOICES]
        super().__init__(choices=[("", _("all")), (UNFINISHED, _("not carried out yet")), *states], **options)


class PeriodForm(forms.Form):
    """The days of which resolutions are counted; this year unless something else is said."""

    first = DayField(label=_("first day"), required=False, widget=DateInput)
    last = DayField(label=_("last day"), required=False, widget=DateInput)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Adds `days`. Raises: ValidationError for days that are no period."""
        found: dict[str, Any] = super().clean() or {}
        usual = year_of(self.on)
        try:
            found["days"] = Days(found.get("first") or usual.first, found.get("last") or usual.last)
        except ValueError as error:
            raise ValidationError(_("The period must end after it begins, at most 3 years later.")) from error
        return found

    @property
    def days(self) -> Days:
        """The days asked for; this year when the form cannot be understood."""
        found: Days | None = self.cleaned_data.get("days") if self.is_valid() else None
        return found or year_of(self.on)


class ResolutionFilter(PeriodForm):
    """Which resolutions are listed. `figure` with `lead` (a unit's id) are those that a figure of the period counts."""

    state = StateFilter(label=_("state"), required=False)
    unit = KnownChoice(label=_("unit, responsible or supporting"), required=False)
    overdue = forms.BooleanField(label=_("overdue"), required=False)
    back = forms.BooleanField(label=_("back to the next meeting"), required=False)
    meeting = KnownChoice(label=_("meeting"), required=False)
    figure = forms.ChoiceField(choices=[(key, "") for key in FIGURES], required=False, widget=forms.HiddenInput)
    lead = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Things, meetings: Things, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "last"):
            self.fields[name].widget = forms.HiddenInput()
        for name, things in (("unit", units), ("meeting", meetings)):
            known: Any = self.fields[name]
            known.know(things, [("", _("all")), *((thing.pk, _label(thing)) for thing in things)])

    def question(self, at: datetime) -> Q:
        """What a valid form asks for at a moment."""
        told = self.cleaned_data
        asked: Mapping[str, Callable[[Any], Q]] = {
            "state": lambda state: Q(state__in=lifecycle.UNFINISHED if state == UNFINISHED else [state]),
            "unit": lambda unit: of_unit(unit.pk),
            "overdue": lambda _yes: overdue(at),
            "back": lambda _yes: Q(is_back=True),
            "meeting": lambda meeting: Q(meeting=meeting),
            "lead": lambda pk: Q(lead=pk),
            "figure": lambda key: FIGURES[key].question(told["days"], at),
        }
        return reduce(and_, (question(told[name]) for name, question in asked.items() if told[name]), Q())

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self[name].data for name in ("state", "unit", "overdue", "back", "meeting", "figure"))


def _label(thing: MemberUnit | Meeting) -> str:
    if isinstance(thing, MemberUnit):
        return str(thing)
    return f"{timezone.localtime(thing.starts_at):%Y-%m-%d} {thing.title}"


NOTE_LABELS: Mapping[str, Any] = {
    "progress": _("What has been done"),
    "report_done": _("What has been done"),
    "go_on": _("What is still missing"),
    "prolong": _("Reason"),
    "withdraw": _("Reason"),
}


class ActForm(VersionForm):
    """What an action on a resolution carries."""

    def __init__(self, *args: Any, transition: Transition, dates: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "limit_days" in transition.carries:
            label = _("More working days, counted from now")
            self.fields["limit_days"] = limit_field(label, help_text=dates)
        label = NOTE_LABELS.get(transition.action, _("Note"))
        is_needed = "note" in transition.carries
        self.fields["note"] = LongText(label=label, max_length=LONGEST_NOTE, required=is_needed)
        if "photos" in transition.may_carry:
            self.fields["photos"] = FilesField()

    def clean(self) -> dict[str, Any]:
        """A browser does not keep files: when the form comes back, it says so at their field."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("photos") and self.errors:
            self.add_error("photos", gettext("Please choose the photos once more."))
        return found

    @property
    def contents(self) -> Iterator[bytes]:
        """The files of a valid form, read one by one."""
        return (file.read() for file in self.cleaned_data.get("photos") or ())

    @property
    def given(self) -> dict[str, Any]:
        """What the action carries; what was left empty is left out."""
        told = {name: self.cleaned_data.get(name) for name in ("limit_days", "note")}
        return {name: value for name, value in told.items() if value not in (None, "")}

    @property
    def typed(self) -> list[tuple[Any, str]]:
        """What a person has typed, with its label, so that a refusal loses nothing."""
        text = str(self["note"].data or "")[: 2 * LONGEST_NOTE]
        return [(self.fields["note"].label, text)] if text.strip() else []


def limit_field(label: Any, **options: Any) -> forms.IntegerField:
    """A number of working days."""
    return forms.IntegerField(label=label, min_value=1, max_value=LONGEST_LIMIT_DAYS, **options)


def dates_given(rules: Rules, at: datetime, days: Iterable[int] = SHOWN_LIMITS) -> str:
    """For some limits in working days, in words, the local day on which each ends when it is counted from a moment."""
    ends = ((count, due(rules.calendar, at, Limit(count, Unit.WORKING_DAY))) for count in days)
    told = gettext("%(days)s working days end on %(day)s")
    words = [told % {"days": count, "day": timezone.localdate(end)} for count, end in ends]
    return gettext("Counted from now: %(dates)s.") % {"dates": gettext("; ").join(words)}


class WordingForm(PortalForm):
    """What a meeting resolves. `by_when` says which of the two limits counts."""

    text = LongText(label=_("what was resolved"), max_length=LONGEST_TEXT, rows=5)
    lead = KnownChoice(label=_("responsible unit"))
    supporting = forms.TypedMultipleChoiceField(
        label=_("supporting units"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    by_when = forms.ChoiceField(
        label=_("by when"),
        choices=[(WITHIN, _("within working days from its coming into force")), (BY_DAY, _("by the end of a day"))],
        initial=WITHIN,
        widget=forms.RadioSelect,
    )
    limit_days = limit_field(_("working days"), required=False, initial=USUAL_LIMIT_DAYS)
    due_on = DayField(label=_("day"), required=False, widget=DateInput)
    item = KnownChoice(label=_("agenda item"), required=False)
    key_place = GroupedModelChoice(
        KeyPlace.objects.none(), group_of=place_heading, label=_("key place"), required=False, empty_label=_("none")
    )
    place = PlainText(label=_("place"), max_length=LONGEST_PLACE, required=False)

    def __init__(
        self, *args: Any, meeting: Meeting, units: Things, items: Things, dates: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["limit_days"].help_text = dates
        lead, supporting, item, places = (self.fields[name] for name in ("lead", "supporting", "item", "key_place"))
        lead.know(units, [("", _("Choose a unit")), *((unit.pk, str(unit)) for unit in units)])  # type: ignore[attr-defined]
        supporting.choices = [(unit.pk, str(unit)) for unit in units]  # type: ignore[attr-defined]
        item.know(items, [("", _("none")), *((one.pk, f"{one.position}. {one}") for one in items)])  # type: ignore[attr-defined]
        own = KeyPlace.objects.filter(community__subdistrict=meeting.subdistrict_id, is_active=True)
        places.queryset = own.select_related("community").order_by("community__code", "name_zh")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Leaves of the two limits the one that counts. Raises: ValidationError when it is missing."""
        found: dict[str, Any] = super().clean() or {}
        counts, other = ("due_on", "limit_days") if found.get("by_when") == BY_DAY else ("limit_days", "due_on")
        found[other] = None
        self.errors.pop(other, None)
        if found.get(counts) is None and counts not in self.errors:
            self.add_error(counts, _("Please fill this in."))
        return found

    @property
    def wording(self) -> Wording:
        """What the action takes."""
        told = self.cleaned_data
        item, place = told["item"], told["key_place"]
        return Wording(
            text=told["text"],
            lead=told["lead"].pk,
            supporting=told["supporting"],
            limit_days=told["limit_days"],
            due_on=told["due_on"],
            item=item.pk if item else None,
            key_place_id=place.pk if place else None,
            place=told["place"],
        )


class CasesField(PlainText):
    """Numbers of cases, apart by blanks, commas or line ends; gives the cases, which the person must see."""

    def __init__(self, **options: Any) -> None:
        area = forms.Textarea(attrs={"rows": 2})
        super().__init__(**{"required": False, "max_length": 50 * MOST_CASES, "widget": area, **options})
        self.help_text = self.help_text or _("Their numbers, apart by blanks or commas. They wait for the resolution.")

    def seen(self, text: str, user: User, on: date) -> list[Case]:
        """The cases of these numbers. Raises: ValidationError for too many, or one that the person does not see."""
        numbers = list(dict.fromkeys(filter(None, re.split(r"[\s,;，、；]+", text))))
        if len(numbers) > MOST_CASES:
            raise ValidationError(gettext("At most %(most)s cases.") % {"most": MOST_CASES})
        found = {case.number: case for case in seen_by(user, on).filter(number__in=numbers)} if numbers else {}
        missing = [number for number in numbers if number not in found]
        if missing:
            raise ValidationError(gettext("There is no case with the number %(number)s.") % {"number": missing[0]})
        return [found[number] for number in numbers]


class CasesForm(PortalForm):
    """The cases that something is about, as far as the person sees them."""

    cases = CasesField(label=_("cases"))

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        self.user, self.on = user, on
        super().__init__(*args, **kwargs)

    def clean_cases(self) -> list[Case]:
        """The cases. Raises: ValidationError."""
        field: Any = self.fields["cases"]
        return field.seen(self.cleaned_data["cases"], self.user, self.on)


class NewForm(CasesForm, WordingForm):
    """A new resolution, with the cases that it is about."""


class ReviseForm(WordingForm, VersionForm):
    """The wording of a draft."""


class LinkForm(CasesForm, VersionForm):
    """The cases that a resolution is about."""


class EnactForm(PortalForm):
    """The drafts of a meeting that a leader saw: number and version of each, as `R1:1,R2:3`."""

    drafts = forms.CharField(
        widget=forms.HiddenInput, max_length=10_000, error_messages={"required": DAMAGED, "max_length": DAMAGED}
    )

    def clean_drafts(self) -> dict[str, int]:
        """Version by number. Raises: ValidationError."""
        pairs = [one.rpartition(":")[::2] for one in self.cleaned_data["drafts"].split(",")]
        if not all(number and re.fullmatch(r"[0-9]{1,9}", version) for number, version in pairs):
            raise ValidationError(DAMAGED)
        return {number: int(version) for number, version in pairs}


def kept_wording(resolution: Resolution) -> dict[str, Any]:
    """The wording of a resolution as initial values."""
    return {
        "text": resolution.text,
        "lead": resolution.lead_id,
        "supporting": resolution.supporting,
        "by_when": BY_DAY if resolution.due_on else WITHIN,
        "limit_days": resolution.limit_days,
        "due_on": resolution.due_on,
        "item": resolution.item_id,
        "key_place": resolution.key_place_id,
        "place": resolution.place,
        "version": resolution.version,
    }


def units_offered(meeting: Meeting) -> list[MemberUnit]:
    """The member units that can lead or support."""
    return list(MemberUnit.objects.filter(subdistrict=meeting.subdistrict_id, is_active=True).order_by("kind", "id"))


def items_offered(meeting: Meeting) -> list[AgendaItem]:
    """The items of the meeting's agenda."""
    return list(meeting.items.select_related("case").order_by("position"))
