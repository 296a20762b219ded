"""The form of an action, built from what its row of the workflow table must and may carry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import deadlines
from cases.actions.dispatching import LONGEST_LIMIT
from cases.forms.fields import GroupedModelChoice, LongText, place_heading, standard_heading, standard_label
from cases.forms.photos import PhotosField
from cases.models import Case, CaseStandard
from cases.querysets import seen_by
from cases.templatetags.cases import limit_text
from cases.workflow import Transition
from citymgmt.fields import PlainText
from citymgmt.forms import DateTimeInput, PortalForm
from citymgmt.people.models import Organisation, User, in_language
from citymgmt.people.permissions import visible_to
from citymgmt.people.roles import TEAM_ROLES, Role
from citymgmt.worktime.clock import Limit, Unit
from citymgmt.worktime.models import UnitChoice
from communities.models import Community, KeyPlace
from communities.querysets import acting_officer

DAMAGED = gettext_lazy("The form was damaged. Load the page again.")
TEAMS = (
    Organisation.Kind.CLEANING_TEAM,
    Organisation.Kind.ENFORCEMENT_TEAM,
    Organisation.Kind.PEST_TEAM,
)
BODIES = (Organisation.Kind.DEPARTMENT, Organisation.Kind.ENTERPRISE, Organisation.Kind.UNIT)
NOTE_LABELS: Mapping[str, Any] = {
    "decline": gettext_lazy("Reason"),
    "decline_to_file": gettext_lazy("Reason"),
    "confirm": gettext_lazy("What was found"),
    "return": gettext_lazy("Reason"),
    "report_back": gettext_lazy("What was done"),
    "rework": gettext_lazy("What is still wrong"),
    "close_special": gettext_lazy("Reason"),
    "request_extension": gettext_lazy("Reason"),
    "request_suspension": gettext_lazy("Reason"),
    "refuse_review": gettext_lazy("Reason"),
    "refuse": gettext_lazy("Reason"),
    "escalate": gettext_lazy("Reason"),
    "reply": gettext_lazy("Reply"),
    "return_escalation": gettext_lazy("Reason"),
    "take_back": gettext_lazy("Reason"),
    "measure": gettext_lazy("Measure"),
    "supervise": gettext_lazy("Requirement"),
    "answer_supervision": gettext_lazy("Answer"),
    "self_handle": gettext_lazy("What was done"),
    "void": gettext_lazy("Reason"),
    "reopen": gettext_lazy("Reason"),
    "appeal": gettext_lazy("Reason"),
    "uphold_appeal": gettext_lazy("Reason"),
    "reject_appeal": gettext_lazy("Reason"),
}


@dataclass(frozen=True)
class Setting:
    """For what and whom a form is built: the action, the case, the person, the moment and its local day."""

    transition: Transition
    case: Case
    user: User
    at: datetime
    on: date

    def must(self, name: str) -> bool:
        """Whether the action must carry it."""
        return name in self.transition.carries


def _note(setting: Setting) -> forms.Field:
    label = NOTE_LABELS.get(setting.transition.action, gettext_lazy("Note"))
    hints = [_("@ and a name tells a colleague.")]
    closing = in_language(setting.case.closing_zh, setting.case.closing_en)
    if setting.transition.action == "report_back" and closing:
        hints.insert(0, _("Closing condition: %(condition)s") % {"condition": closing})
    field = LongText(required=setting.must("note"), label=label, help_text=format_html_join(" ", "{}", zip(hints)))
    people = reverse("cases:colleagues", args=[setting.case.number])
    field.widget.attrs |= {"data-mention": people, "data-mention-label": _("Colleagues")}
    return field


def _officer(setting: Setting) -> forms.Field:
    officers = User.objects.filter(role=Role.OFFICER, subdistrict_id=setting.case.subdistrict_id, is_active=True)
    community_id = setting.case.community_id
    acting_id = acting_officer(community_id, setting.on) if community_id else None
    acting = next((officer for officer in officers if officer.pk == acting_id), None)
    nobody = _("the community has none: choose")
    return forms.ModelChoiceField(
        officers,
        required=False,
        label=_("Officer"),
        empty_label=_("the community's officer: %(name)s") % {"name": acting} if acting else nobody,
    )


def _team(setting: Setting) -> forms.Field:
    teams = Organisation.objects.filter(subdistrict_id=setting.case.subdistrict_id, kind__in=TEAMS, is_active=True)
    return forms.ModelChoiceField(teams, required=False, label=_("Team"), empty_label=_("no team"))


def _handler(setting: Setting) -> forms.Field:
    members = User.objects.filter(role__in=TEAM_ROLES, is_active=True, organisation_id=setting.case.team_id or 0)
    return forms.ModelChoiceField(members, label=_("Member"))


def _department(setting: Setting) -> forms.Field:
    district = setting.case.subdistrict.district_code
    bodies = Organisation.objects.filter(district_code=district, subdistrict=None, kind__in=BODIES, is_active=True)
    return forms.ModelChoiceField(
        bodies, required=setting.case.department_id is None, label=_("Department"), initial=setting.case.department_id
    )


def standards_on(on: date) -> Any:
    """The filing conditions in force on a day, in the order of the catalogue."""
    return CaseStandard.objects.filter(validity__contains=on, category__is_active=True).select_related("category")


def _of_its_category(setting: Setting) -> Any:
    """The filing conditions of the case's category on that day; none when it has no category or no condition."""
    return standards_on(setting.on).filter(category_id=setting.case.category_id)


def _standard(setting: Setting) -> forms.Field:
    own = _of_its_category(setting)
    is_required = own.exists()
    return GroupedModelChoice(
        own if is_required else standards_on(setting.on),
        group_of=standard_heading,
        label_of=standard_label,
        required=is_required,
        label=_("Filing condition"),
        empty_label="—" if is_required else _("none: the limit is given by hand"),
    )


def _limit_value(setting: Setting) -> forms.Field | None:
    if _of_its_category(setting).exists():
        return None
    return forms.IntegerField(required=False, min_value=1, max_value=LONGEST_LIMIT, label=_("Limit by hand"))


def _limit_unit(setting: Setting) -> forms.Field | None:
    if _of_its_category(setting).exists():
        return None
    choices = [("", "—"), *UnitChoice.choices]
    return forms.ChoiceField(required=False, choices=choices, label=_("Unit of the limit"))


def _extra_value(setting: Setting) -> forms.Field:
    limit = setting.case.limit or Limit(1, Unit.WORKING_DAY)
    return forms.IntegerField(
        min_value=1,
        max_value=limit.value,
        initial=limit.value,
        label=_("More time (%(unit)s)") % {"unit": UnitChoice(limit.unit.value).label},
        help_text=_("At most as much as the original limit: %(limit)s.") % {"limit": limit_text(limit)},
    )


def _until(setting: Setting) -> forms.Field:
    def check(until: datetime) -> None:
        if not setting.at < until <= deadlines.a_year_after(setting.at):
            raise ValidationError(_("A moment in the future, at most a year ahead."))

    return forms.DateTimeField(
        widget=DateTimeInput(),
        validators=[check],
        label=_("Suspended until"),
        help_text=_("In the future, at most a year ahead; a case is suspended once at most."),
    )


def _target(setting: Setting) -> forms.Field:
    return PlainText(
        max_length=30,
        label=_("Number of the other case"),
        help_text=_("An open case of your sub-district; this one is added to it."),
    )


def _closing_note(setting: Setting) -> forms.Field:
    closing = in_language(setting.case.closing_zh, setting.case.closing_en)
    return PlainText(required=not closing, max_length=300, initial=closing, label=_("Closing condition met"))


def _with_error(setting: Setting) -> forms.Field:
    return forms.BooleanField(required=False, label=_("Close with error: something remains that cannot be put right"))


def _description(setting: Setting) -> forms.Field:
    return LongText(initial=setting.case.description, label=_("Description"))


def _address(setting: Setting) -> forms.Field:
    return PlainText(required=False, max_length=200, initial=setting.case.address, label=_("Address"))


def _community(setting: Setting) -> forms.Field:
    communities = visible_to(setting.user, Community.objects.all(), on=setting.on, action=setting.transition.permission)
    return forms.ModelChoiceField(
        communities.filter(subdistrict_id=setting.case.subdistrict_id),
        required=False,
        initial=setting.case.community_id,
        label=_("Community"),
        empty_label=_("as it is"),
    )


def _key_place(setting: Setting) -> forms.Field:
    places = KeyPlace.objects.filter(community__subdistrict_id=setting.case.subdistrict_id, is_active=True)
    return GroupedModelChoice(
        places.select_related("community"),
        group_of=place_heading,
        required=False,
        initial=setting.case.key_place_id,
        label=_("Key place"),
        empty_label=_("as it is"),
    )


def _photos(setting: Setting) -> forms.Field:
    return PhotosField(setting.user, setting.transition.action)


MAKERS: Mapping[str, Callable[[Setting], forms.Field | None]] = {
    "standard": _standard,
    "limit_value": _limit_value,
    "limit_unit": _limit_unit,
    "officer": _officer,
    "team": _team,
    "handler": _handler,
    "department": _department,
    "extra_value": _extra_value,
    "until": _until,
    "target": _target,
    "closing_note": _closing_note,
    "with_error": _with_error,
    "description": _description,
    "address": _address,
    "community": _community,
    "key_place": _key_place,
    "note": _note,
    "photos": _photos,
}


class ActionForm(PortalForm):
    """What an action carries. `version` is what the person saw when the form was opened."""

    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), DAMAGED),
    )

    def __init__(self, setting: Setting, data: Any = None, *, version: int | None = None) -> None:
        super().__init__(data, initial={"version": version or setting.case.version}, auto_id="act_%s")
        self.setting = setting
        carried = {*setting.transition.carries, *setting.transition.may_carry}
        made = {name: make(setting) for name, make in MAKERS.items() if name in carried}
        self.fields.update({name: field for name, field in made.items() if field is not None})

    def clean_target(self) -> Case:
        """The other case. Raises: ValidationError when the person sees none of this number."""
        number = self.cleaned_data["target"].strip()
        found = seen_by(self.setting.user, self.setting.on).filter(number=number).first()
        if found is None:
            raise ValidationError(_("There is no case with this number."))
        return found

    @property
    def given(self) -> dict[str, Any]:
        """What the action carries, as Python values; what was left empty is left out."""
        own = {name: value for name, value in self.cleaned_data.items() if name in MAKERS}
        return {name: value for name, value in own.items() if value not in (None, "", False, []) or name == "address"}

    @property
    def typed(self) -> list[tuple[Any, str]]:
        """The texts a person has typed, with their labels, so that a refusal loses nothing."""
        texts = [(field.label, str(field.data or "")) for field in self.visible_fields() if _is_text(field.field)]
        return [(label, text[: 2 * 2000]) for label, text in texts if text.strip()]


def _is_text(field: forms.Field) -> bool:
    return isinstance(field, PlainText)
