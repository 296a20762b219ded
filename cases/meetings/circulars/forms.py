"""Shape of what pages of circulars take in; the rules stand in the actions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.db.models import Exists, Q
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from cases.meetings.circulars.actions import CircularText
from cases.meetings.circulars.models import LONGEST_BODY, LONGEST_ISSUER, LONGEST_REASON, LONGEST_TITLE, Circular
from cases.meetings.models import MemberUnit
from cases.meetings.resolution_forms import CasesField, CasesForm
from cases.models import Case
from citymgmt.fields import FIRST_YEAR, LAST_YEAR, DayField, KnownChoice
from citymgmt.forms import DateInput, VersionField, VersionForm

LINES = ("title", "kind", "language", "issuer", "body", "confirm_by", "corrects", "cases")
ALL, NONE, PLACE = "all", "none", "community-"  # what the buttons beside the units choose
Units = Sequence[MemberUnit]


class UnitBoxes(forms.CheckboxSelectMultiple):
    """Boxes that say to which groups their unit belongs (`groups_of`)."""

    groups: Mapping[int, Sequence[str]] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A box with the groups of its unit."""
        made: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        made["attrs"]["data-kind"] = " ".join(self.groups.get(value, ()))
        return made


class CircularForm(CasesForm):
    """All that is written of a circular, but for the version."""

    title = forms.CharField(label=_("title"), max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(label=_("kind"), choices=Circular.Kind.choices, initial=Circular.Kind.INFORMATION)
    language = forms.ChoiceField(
        label=_("language of the paper"), choices=Circular.Language.choices, initial=Circular.Language.CHINESE
    )
    issuer = forms.CharField(
        label=_("issued by"),
        max_length=LONGEST_ISSUER,
        required=False,
        help_text=_("Empty: the name of the office, in the language of the paper."),
    )
    body = forms.CharField(label=_("text"), max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 12}))
    confirm_by = DayField(label=_("confirm receipt by"), required=False, widget=DateInput)
    corrects = KnownChoice(label=_("corrects the circular"), required=False)
    cases = CasesField(
        label=_("cases"),
        help_text=_("Their numbers, apart by blanks or commas. The paper shows place and state of each at the issue."),
    )
    recipients = forms.TypedMultipleChoiceField(
        label=_("recipients"),
        coerce=int,
        widget=UnitBoxes,
        error_messages={"required": _("Choose at least one of the active member units.")},
    )

    def __init__(self, *args: Any, units: Units, issued: Sequence[Circular], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        recipients, corrects = self.fields["recipients"], self.fields["corrects"]
        recipients.choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]
        recipients.widget.groups = {unit.pk: groups_of(unit) for unit in units}
        corrects.know(issued, [("", _("none")), *((one.pk, numbered(one)) for one in issued)])  # type: ignore[attr-defined]

    def boxes(self) -> Iterator[tuple[str, str, list[BoundWidget]]]:
        """The boxes of the units by kind: the kind, in words, and the boxes."""
        by_id = {unit.pk: unit for unit in self.units}
        found: dict[str, list[BoundWidget]] = {}
        for box in self["recipients"].subwidgets:
            found.setdefault(by_id[box.data["value"]].kind, []).append(box)
        for kind, boxes in found.items():
            yield kind, str(MemberUnit.Kind(kind).label), boxes

    def places(self) -> list[tuple[str, str]]:
        """The communities of which institutions are units: what chooses these, and how each is called."""
        of = {unit.institution.community for unit in self.units if unit.institution is not None}
        return [(f"{PLACE}{one.pk}", one.name) for one in sorted(of, key=lambda one: one.code)]

    @property
    def text(self) -> CircularText:
        """What was written; once the form is valid."""
        told = self.cleaned_data
        corrects: Circular | None = told["corrects"]
        names = ("title", "body", "recipients", "kind", "language", "issuer", "cases", "confirm_by")
        return CircularText(**{name: told[name] for name in names}, corrects=corrects.pk if corrects else None)


class EditForm(CircularForm):
    """The same of a draft that the person saw."""

    version = VersionField()


def numbered(circular: Circular) -> str:
    """An issued circular in a select."""
    return f"〔{circular.year}〕{circular.number} {circular.title}"


def groups_of(unit: MemberUnit) -> list[str]:
    """The groups in which a unit can be chosen: its kind, and for an institution those of its community."""
    place = [f"{PLACE}{unit.institution.community_id}"] if unit.institution is not None else []
    return [unit.kind, *place]


def chosen(units: Units, ticked: Iterable[int], choice: str) -> list[int]:
    """Which units are ticked after a button: all, none, or those of a group (`groups_of`) as well; without them, if all
    of the group are ticked already.
    """
    ids = {unit.pk for unit in units}
    if choice in (ALL, NONE):
        return sorted(ids) if choice == ALL else []
    present, of_group = ids & set(ticked), {unit.pk for unit in units if choice in groups_of(unit)}
    return sorted(present - of_group if of_group <= present else present | of_group)


def kept_values(circular: Circular) -> dict[str, Any]:
    """What the form of a draft begins with."""
    columns = ("version", "title", "kind", "language", "issuer", "body", "recipients")
    return {
        **{name: getattr(circular, name) for name in columns},
        "confirm_by": circular.confirm_by.isoformat() if circular.confirm_by else "",
        "corrects": circular.corrects_id or "",
        "cases": " ".join(Case.objects.filter(pk__in=circular.cases).order_by("id").values_list("number", flat=True)),
    }


class SendBackForm(VersionForm):
    """Why a submitted circular goes back."""

    reason = forms.CharField(
        label=_("reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Those who wrote it read this."),
    )


class CircularFilter(forms.Form):
    """Which circulars are listed. Units see issued ones alone, so the state is not asked of them."""

    q = forms.CharField(label=_("Words in title or text"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("kind"), choices=[("", _("all")), *Circular.Kind.choices], required=False)
    state = forms.ChoiceField(label=_("state"), choices=[("", _("all")), *Circular.State.choices], required=False)
    year = forms.IntegerField(label=_("year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    unconfirmed = forms.BooleanField(label=_("not confirmed by all"), required=False)

    def __init__(self, *args: Any, sees_all: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_all:
            del self.fields["state"]
            self.fields["unconfirmed"].label = _("not confirmed yet")

    def question(self, unconfirmed: Exists) -> Q:
        """What a valid form asks for; `unconfirmed` is whether a receipt is missing."""
        told = self.cleaned_data
        words: str = told["q"].strip()
        asked = [Q(**{name: told[name]}) for name in ("kind", "state", "year") if told.get(name)]
        if words:
            asked.append(Q(title__icontains=words) | Q(body__icontains=words))
        if told["unconfirmed"]:
            asked.append(Q(unconfirmed))
        return reduce(and_, asked, Q())

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self[name].data for name in self.fields)


def is_late(confirm_by: date | None, on: date, *, is_missing: bool) -> bool:
    """Whether receipts are missing after the day by which they were wanted."""
    return is_missing and confirm_by is not None and confirm_by < on
