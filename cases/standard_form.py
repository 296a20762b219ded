"""Shape of a revision: what a new version of a filing condition holds."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions.dispatching import LONGEST_LIMIT
from cases.forms.fields import LongText
from cases.models import CaseStandard
from citymgmt.fields import PlainText
from citymgmt.forms import DateInput, PortalForm
from citymgmt.people.models import Organisation
from citymgmt.worktime.models import UnitChoice
from communities.models import Regulation

BACK, AHEAD = timedelta(days=366), timedelta(days=3660)
HELD = (
    "condition_zh",
    "condition_en",
    "closing_zh",
    "closing_en",
    "limit_value",
    "limit_unit",
    "handled_by",
    "department_key",
    "legal_basis_zh",
    "street_may_penalise",
    "source",
)


class RevisionForm(PortalForm):
    """A new version, filled with the present one; `version` is the one the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=32767)
    on = forms.DateField(label=gettext_lazy("valid from"), widget=DateInput())
    condition_zh = PlainText(label=gettext_lazy("filing condition"), max_length=300)
    condition_en = PlainText(label=gettext_lazy("filing condition (English)"), max_length=300, required=False)
    closing_zh = PlainText(label=gettext_lazy("closing condition"), max_length=200)
    closing_en = PlainText(label=gettext_lazy("closing condition (English)"), max_length=200, required=False)
    limit_value = forms.IntegerField(label=gettext_lazy("limit"), min_value=1, max_value=LONGEST_LIMIT)
    limit_unit = forms.ChoiceField(label=gettext_lazy("unit"), choices=UnitChoice.choices)
    handled_by = PlainText(label=gettext_lazy("handling units"), max_length=120, required=False)
    department_key = forms.ChoiceField(label=gettext_lazy("department for escalation"), required=False)
    legal_basis_zh = LongText(label=gettext_lazy("legal basis"), required=False)
    street_may_penalise = forms.BooleanField(label=gettext_lazy("sub-district may penalise"), required=False)
    source = PlainText(label=gettext_lazy("source"), max_length=200)
    regulations = forms.TypedMultipleChoiceField(
        label=gettext_lazy("regulations cited"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, given: Any, *, newest: CaseStandard, on: date, offered: Sequence[Regulation]) -> None:
        kept: dict[str, Any] = {name: getattr(newest, name) for name in HELD}
        kept["regulations"] = list(newest.citations.values_list("regulation", flat=True))
        super().__init__(given, initial={**kept, "version": newest.version, "on": on + timedelta(days=1)})
        self.fields["regulations"].choices = [(one.pk, str(one)) for one in offered]  # type: ignore[attr-defined]
        self.today = on
        self.fields["department_key"].choices = _departments(newest.department_key)  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """The first day of the new version. Raises: ValidationError for a day too far away."""
        on: date = self.cleaned_data["on"]
        if not self.today - BACK <= on <= self.today + AHEAD:
            raise forms.ValidationError(_("A day at most one year back and ten years ahead."))
        return on

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the new version."""
        return {name: self.cleaned_data[name] for name in HELD}


def _departments(present: str) -> list[tuple[str, str]]:
    """The bodies to which an escalation can go, by key; districts share the keys, the first name stands for all."""
    kinds = (Organisation.Kind.DEPARTMENT, Organisation.Kind.ENTERPRISE, Organisation.Kind.UNIT)
    names: dict[str, str] = {"": "—"}
    for body in Organisation.objects.filter(subdistrict=None, kind__in=kinds).order_by("key", "district_code"):
        names.setdefault(body.key, body.name)
    names.setdefault(present, present)
    return list(names.items())
