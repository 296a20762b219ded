"""Shape of what an office sets for itself: criteria of readiness, local rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from citymgmt.fields import PlainText
from citymgmt.forms import PortalForm
from communities.actions.rules import RuleTold
from communities.areas.actions.standards import LONGEST_CRITERION
from communities.areas.forms import count, day
from communities.areas.readiness import FULL, MOST_WEIGHT, WHOLE, Criterion
from communities.areas.seeded import Standard
from communities.local_rules import UNITS, Rule
from communities.models.rules import LONGEST_SOURCE

BLANK = 2  # lines for criteria of one's own
NAMES = ("name_zh", "name_en", "weight", "least", "is_must", "source")


class RuleForm(PortalForm):
    """A local rule of an office, in force from a day on."""

    value = forms.IntegerField(label=_("value"))
    unit = forms.ChoiceField(label=_("unit"))
    from_on = day(_("in force from"), required=True)
    source = PlainText(
        label=_("source"), max_length=LONGEST_SOURCE, help_text=_("Law, rule or decision with its article or number.")
    )

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = rule.name
        self.fields["value"] = count(_("value"), rule.most, rule.least, initial=rule.value)
        self.order_fields(["value", "unit", "from_on", "source"])
        unit: Any = self.fields["unit"]
        unit.choices = [(key, _t(UNITS[key])) for key in rule.units]
        unit.initial = rule.unit

    def told(self) -> RuleTold:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        return RuleTold(self.name, told["from_on"], told["value"], told["unit"], told["source"])


class CriteriaForm(PortalForm):
    """The criteria of readiness, each a line; a line whose Chinese name is empty is left out."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=30_000)
    threshold = count(_("Ready from a score of"), WHOLE, 1)

    def __init__(self, *args: Any, standard: Standard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial, self.fields["threshold"].initial = standard.number, standard.threshold
        own = [Criterion(f"own{standard.number + 1}_{number}", "", "", 5, 3) for number in range(1, BLANK + 1)]
        self.lines: Sequence[Criterion] = [*standard.criteria, *own]
        for line, one in enumerate(self.lines, 1):
            self._add(line, one)

    def _add(self, line: int, one: Criterion) -> None:
        made: dict[str, forms.Field] = {
            "name_zh": PlainText(label=_("Chinese name"), max_length=LONGEST_CRITERION, required=False),
            "name_en": PlainText(label=_("English name"), max_length=LONGEST_CRITERION, required=False),
            "weight": count(_("weight"), MOST_WEIGHT, 1),
            "least": count(_("points needed"), FULL),
            "is_must": forms.BooleanField(label=_("must be met"), required=False),
            "source": PlainText(label=_("source"), max_length=LONGEST_CRITERION, required=False),
        }
        for name, field in made.items():
            field.initial, field.label = getattr(one, name), _("%(what)s, line %(line)d") % {
                "what": field.label, "line": line,
            }  # fmt: skip
            self.fields[f"{name}_{one.key}"] = field

    @property
    def rows(self) -> list[list[Any]]:
        """The fields, line by line."""
        return [[self[f"{name}_{one.key}"] for name in NAMES] for one in self.lines]

    def criteria(self) -> list[Criterion]:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        found = [Criterion(one.key, **{name: told[f"{name}_{one.key}"] for name in NAMES}) for one in self.lines]
        return [one for one in found if one.name_zh]
