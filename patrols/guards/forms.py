"""Shape of what pages of guard posts and key places take in; the rules stand in the actions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Disorder
from citymgmt.fields import KnownChoice, PlainText, known
from citymgmt.forms import DateInput, PortalForm, TimeInput
from citymgmt.people.models import User
from communities.place_forms import PlaceForm
from communities.placed import PlaceTold
from patrols.guards.actions import Arrival, HoursTold, LookTold, PostTold
from patrols.guards.actions.posts import LONGEST
from patrols.guards.condition import FULL, NONE, SERIOUS, SLIGHT
from patrols.guards.models import GuardedPlace, GuardHours, GuardWatch
from patrols.guards.models.posts import LEAST_RADIUS_M, MOST_PERSONS, MOST_RADIUS_M, USUAL_RADIUS_M
from patrols.guards.models.watches import LONGEST_NOTE
from patrols.rounds import walking_forms
from patrols.teams.forms import PersonField
from patrols.teams.models import Team

SEVERITIES = [(NONE, _("none seen")), (SLIGHT, _("slight")), (SERIOUS, _("serious"))]


class PostForm(PlaceForm):
    """A guard post; what is left empty of its place is that of the key place."""

    name_zh = PlainText(label=_("name"), max_length=LONGEST["name_zh"])
    name_en = PlainText(label=_("English name"), max_length=LONGEST["name_en"], required=False)
    team = KnownChoice(label=_("team"))
    key_place = KnownChoice(
        label=_("key place"), required=False, help_text=_("Community, address and point are its own where left empty.")
    )
    radius_m = forms.IntegerField(
        label=_("radius in metres"),
        min_value=LEAST_RADIUS_M,
        max_value=MOST_RADIUS_M,
        initial=USUAL_RADIUS_M,
        help_text=_("Whoever is this near has arrived."),
    )
    from_on = forms.DateField(label=_("from"), widget=DateInput)
    until_on = forms.DateField(label=_("until"), widget=DateInput, required=False)
    field_order = ("name_zh", "name_en", "team", "key_place", "community", "address", "longitude", "latitude")

    def __init__(
        self, *args: Any, teams: Sequence[Team], places: Sequence[GuardedPlace], is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, permission="guard.plan", **kwargs)
        known(self, "team", teams, _("Choose a team"))
        known(self, "key_place", places, _("none"))
        self.fields["community"].required = False
        if not is_new:
            self.fields["team"].help_text = _("The team of a post stays.")

    def told(self) -> PostTold:
        """What was written, as the action takes it."""
        given = self.cleaned_data
        community = given["community"].pk if given["community"] else 0
        key_place = given["key_place"].pk if given["key_place"] else None
        plain = {name: given[name] for name in ("name_zh", "name_en", "radius_m", "from_on", "until_on")}
        place = PlaceTold(community, given["address"], given["longitude"], given["latitude"])
        return PostTold(team=given["team"].pk, place=place, key_place=key_place, **plain)


class HoursForm(PortalForm):
    """Hours at which a post is guarded."""

    days = forms.ChoiceField(label=_("days"), choices=GuardHours.Days.choices)
    starts = forms.TimeField(label=_("starts"), widget=TimeInput())
    ends = forms.TimeField(
        label=_("ends"), widget=TimeInput(), help_text=_("Earlier than the start: it ends on the next day.")
    )
    persons = forms.IntegerField(label=_("persons"), min_value=1, max_value=MOST_PERSONS, initial=1)
    is_active = forms.BooleanField(label=_("in use"), required=False, initial=True)

    def told(self) -> HoursTold:
        """What was written, as the action takes it."""
        return HoursTold(**{name: value for name, value in self.cleaned_data.items() if name != "request_key"})


class NoteField(walking_forms.NoteField):
    """A note of one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": LONGEST_NOTE, "widget": forms.TextInput, **options})


class ArriveForm(walking_forms.SeeForm):
    """An arrival at a post: position or word, note, photos, and whom one relieves."""

    note = NoteField(label=_("note"))
    relieves = forms.TypedChoiceField(label=_("takes over from"), coerce=int, empty_value=None, required=False)
    is_by_word = forms.BooleanField(
        label=_("I am at the post, my position cannot show it"), help_text=_("Write in the note why."), required=False
    )

    def __init__(self, *args: Any, standing: Sequence[GuardWatch], watch: GuardWatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = [one for one in standing if (one.hours_id, one.on) != (watch.hours_id, watch.on)]
        field: Any = self.fields["relieves"]
        field.choices = [("", _("nobody")), *((one.pk, str(one.user)) for one in before)]
        field.initial = next((one.pk for one in before if one.starts_at < watch.starts_at), None)
        if not before:
            del self.fields["relieves"]

    def arrival(self) -> Arrival:
        """What was told. Call it on a valid form. Raises: Invalid."""
        given = self.cleaned_data
        return Arrival(self.position(), given["is_by_word"], given["note"], given.get("relieves"))


class LeaveForm(PortalForm):
    """That one leaves; who leaves early says why."""

    note = NoteField(label=_("note"), help_text=_("Needed when you leave more than ten minutes before the end."))


class AbsenceForm(PortalForm):
    """Why nobody comes to a watch."""

    reason = NoteField(label=_("reason"), required=True, help_text=_("For example: ill, called away, typhoon."))


class AssignForm(PortalForm):
    """To whom a watch is given, and why."""

    user = PersonField(_("person on guard"))
    reason = NoteField(label=_("reason"), required=True)

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.choices = [("", _("choose a person")), *((one.pk, str(one)) for one in people)]


class LookForm(PortalForm):
    """What is seen at a key place: each disorder by its severity, none to begin with."""

    note = NoteField(label=_("note"))

    def __init__(self, *args: Any, disorders: Sequence[Disorder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"seen_{one.key}": one.key for one in disorders}
        for one in disorders:
            self.fields[f"seen_{one.key}"] = forms.ChoiceField(
                label=one.name, choices=SEVERITIES, initial=NONE, widget=forms.RadioSelect
            )

    def choices(self) -> Iterator[Any]:
        """The disorders with their buttons, in their order."""
        return (self[name] for name in self.names)

    def told(self) -> LookTold:
        """What was seen, as the action takes it."""
        seen = {key: self.cleaned_data[name] for name, key in self.names.items()}
        return LookTold(
            {key: severity for key, severity in seen.items() if severity != NONE}, self.cleaned_data["note"]
        )


class DeductionForm(PortalForm):
    """How many points each disorder takes away."""

    def __init__(
        self, *args: Any, disorders: Sequence[Disorder], deductions: Mapping[int, Mapping[str, int]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [one.key for one in disorders]
        for one in disorders:
            for severity, label in SEVERITIES[1:]:
                self.fields[f"{severity}_{one.key}"] = forms.IntegerField(
                    label=_("%(disorder)s, %(severity)s") % {"disorder": one.name, "severity": label},
                    min_value=0,
                    max_value=FULL,
                    initial=deductions[one.pk][severity],
                )

    def told(self) -> dict[str, tuple[int, int]]:
        """What was written, as the action takes it."""
        given = self.cleaned_data
        return {key: (given[f"{SLIGHT}_{key}"], given[f"{SERIOUS}_{key}"]) for key in self.keys}
