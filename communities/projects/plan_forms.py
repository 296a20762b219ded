"""Shape of a project's plan: facts, goals and stages in lines, and the sheet of a public acceptance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from citymgmt.fields import FilesField, KnownChoice, PlainText, known
from citymgmt.forms import PortalForm, VersionField
from citymgmt.people.models import SubDistrict
from communities.models import Community, Project
from communities.models.projects import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_PERSON,
    LONGEST_UNIT,
    LONGEST_WORDS,
    MOST_MEASURE,
    Source,
    Verdict,
)
from communities.projects.actions.planned import MOST_LINES
from communities.projects.forms import PhotosForm, amount, day, text_area
from communities.projects.kinds import ProjectKind
from communities.projects.progress import stages_of
from communities.projects.querysets import bodies_for, staff_of
from communities.projects.showing import plain
from communities.projects.told import AcceptanceTold, GoalTold, ProjectTold, StageTold, VoiceTold

BLANK_GOALS, BLANK_STAGES, MORE_VOICES = 2, 2, 6  # empty lines of a form
SOURCE_FIELDS, COST_FIELDS = ("source",), ("cost_planned", "cost_spent", "funds")
NAMES = (
    "name", "theme", "aim", "first_on", "last_on", "responsible", "lead_unit", "lead_text", "communities", "source",
    "reason", "cost_planned", "cost_spent", "funds", "partners", "participants",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line of the form: its fields, and the ordinal of what it shows."""

    number: int
    ordinal: int
    fields: Sequence[Any]


class PlanForm(PortalForm):
    """The plan of a project; lines whose first field is empty are left out."""

    name = PlainText(label=_("name"), max_length=LONGEST_NAME)
    theme = PlainText(label=_("theme"), max_length=LONGEST_LINE, required=False)
    aim = text_area(_("what is to be reached"))
    first_on = day(_("first planned day"))
    last_on = day(_("last planned day"))
    responsible = KnownChoice(label=_("responsible person"))
    lead_unit = KnownChoice(label=_("lead unit"), required=False)
    lead_text = PlainText(label=_("lead unit that is not in the list"), max_length=LONGEST_LINE, required=False)
    communities = forms.MultipleChoiceField(
        label=_("communities"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: the whole sub-district."),
    )
    source = forms.ChoiceField(label=_("where it came from"), required=False)
    reason = text_area(_("why, in words"), required=False)
    cost_planned = amount(_("planned cost in yuan"), required=False)
    cost_spent = amount(_("spent so far in yuan"), required=False)
    funds = PlainText(label=_("source of funds"), max_length=LONGEST_LINE, required=False)
    partners = PlainText(label=_("partners"), max_length=LONGEST_LINE, required=False)
    participants = PlainText(label=_("participants"), max_length=LONGEST_LINE, required=False)

    def __init__(self, *args: Any, kind: ProjectKind, office: SubDistrict, first: "Planned", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        known(self, "responsible", list(staff_of(office.pk)), _("choose"))
        known(self, "lead_unit", list(bodies_for(office)), _("none"))
        where: Any = self.fields["communities"]
        rows = Community.objects.filter(subdistrict=office, is_active=True).defer("boundary").order_by("code")
        where.choices = [(str(one.pk), one.name) for one in rows]
        source: Any = self.fields["source"]
        source.choices = [("", _("choose")), *Source.choices]
        for name in (*(() if kind.tells_source else SOURCE_FIELDS), *(() if kind.tells_cost else COST_FIELDS)):
            del self.fields[name]
        for name, value in first.values.items():
            if name in self.fields:
                self.fields[name].initial = value
        self.goals = [self._goal(number, one) for number, one in enumerate(_lines(first.goals, BLANK_GOALS), 1)]
        self.stages = [self._stage(number, one) for number, one in enumerate(_lines(first.stages, BLANK_STAGES), 1)]

    @property
    def plain(self) -> list[Any]:
        """The fields above the lines."""
        return [self[name] for name in NAMES if name in self.fields]

    def _goal(self, number: int, one: Mapping[str, Any]) -> Line:
        made = {
            "measure": PlainText(label=_t("measure"), max_length=LONGEST_NAME, required=False),
            "target": amount(_t("target"), MOST_MEASURE, required=False),
            "unit": PlainText(label=_t("unit of the measure"), max_length=LONGEST_UNIT, required=False),
        }
        return self._line("goal", number, one, made)

    def _stage(self, number: int, one: Mapping[str, Any]) -> Line:
        made = {
            "stage": PlainText(label=_t("stage"), max_length=LONGEST_NAME, required=False),
            "from": day(_t("first day"), required=False),
            "until": day(_t("last day"), required=False),
        }
        return self._line("stage", number, one, made)

    def _line(self, what: str, number: int, one: Mapping[str, Any], made: Mapping[str, forms.Field]) -> Line:
        """Add the fields of a line, with what stands in it."""
        names = []
        for name, field in made.items():
            field.label = _("%(what)s, line %(line)d") % {"what": field.label, "line": number}
            field.initial = one.get(name)
            names.append(f"{name}_{number}")
            self.fields[names[-1]] = field
        hidden = forms.IntegerField(
            widget=forms.HiddenInput, min_value=0, max_value=30_000, required=False, initial=one.get("ordinal", 0)
        )
        self.fields[f"{what}_ordinal_{number}"] = hidden
        return Line(number, one.get("ordinal", 0), [self[name] for name in names])

    def told(self) -> ProjectTold:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        names = ("name", "theme", "aim", "first_on", "last_on", "source", "reason", "lead_text", "partners",
                 "participants", "cost_planned", "cost_spent", "funds")  # fmt: skip
        return ProjectTold(
            **{name: told[name] for name in names if name in told},
            responsible=told["responsible"].pk,
            lead_unit=told["lead_unit"].pk if told["lead_unit"] else None,
            communities=tuple(int(one) for one in told["communities"]),
            goals=tuple(self._goals()),
            stages=tuple(self._stages()),
        )

    def _goals(self) -> list[GoalTold]:
        told = self.cleaned_data
        return [
            GoalTold(
                n, told[f"measure_{n}"], told[f"unit_{n}"], told[f"target_{n}"] or Decimal(0), self._ordinal("goal", n)
            )
            for n in (line.number for line in self.goals)
            if told[f"measure_{n}"]
        ]

    def _stages(self) -> list[StageTold]:
        """The stages; where none has days, they are spread over the whole time as the kind proposes."""
        told = self.cleaned_data
        lines = [line.number for line in self.stages if told[f"stage_{line.number}"]]
        first, last = told["first_on"], told["last_on"]
        days = [(told[f"from_{n}"] or first, told[f"until_{n}"] or last) for n in lines]
        if lines and first <= last and not any(told[f"{name}_{n}"] for n in lines for name in ("from", "until")):
            proposed = [one.percent for one in self.kind.stages]
            percents = proposed if len(proposed) == len(lines) else [100 // len(lines)] * len(lines)
            days = stages_of(first, last, percents)
        return [
            StageTold(n, told[f"stage_{n}"], *span, self._ordinal("stage", n))
            for n, span in zip(lines, days, strict=True)
        ]

    def _ordinal(self, what: str, number: int) -> int:
        return self.cleaned_data[f"{what}_ordinal_{number}"] or 0


class RevisionForm(PlanForm):
    """The plan of a project that is there, to change it."""

    version = VersionField()


def _lines(told: Sequence[Mapping[str, Any]], blank: int) -> list[Mapping[str, Any]]:
    room = max(0, MOST_LINES - len(told))
    return [*told, *[{} for _line in range(min(blank, room))]]


@dataclass(frozen=True)
class Planned:
    """What a plan form begins with."""

    values: Mapping[str, Any]
    goals: Sequence[Mapping[str, Any]] = ()
    stages: Sequence[Mapping[str, Any]] = ()

    @classmethod
    def new(cls, kind: ProjectKind, on: date, by: int) -> "Planned":
        """What is proposed for a new project: until the end of the year, in the stages of its kind."""
        values = {"first_on": on, "last_on": date(on.year, 12, 31), "responsible": by}
        return cls(values, stages=[{"stage": _t(one.label)} for one in kind.stages])

    @classmethod
    def of(cls, project: Project, move: Any = None) -> "Planned":
        """What is planned already; with `move`, which moves a day, as the beginning of another project."""
        moved = move or (lambda day_: day_)
        names = [
            name for name in NAMES if name not in ("communities", "responsible", "lead_unit", "first_on", "last_on")
        ]
        values = {name: getattr(project, name) for name in names}
        values |= {"first_on": moved(project.first_on), "last_on": moved(project.last_on)}
        values |= {"responsible": project.responsible_id, "lead_unit": project.lead_unit_id}
        places = project.places.filter(is_dropped=False)
        values["communities"] = [str(one.community_id) for one in places]
        if move:
            values["cost_spent"] = None
        else:
            values["version"] = project.version
        goals = [
            {"measure": one.measure, "target": plain(one.target), "unit": one.unit,
             "ordinal": 0 if move else one.ordinal}
            for one in project.goals.filter(is_dropped=False)
        ]  # fmt: skip
        stages = [
            {"stage": one.name, "from": moved(one.from_on), "until": moved(one.until_on),
             "ordinal": 0 if move else one.ordinal}
            for one in project.stages.filter(is_dropped=False)
        ]  # fmt: skip
        return cls(values, goals, stages)


class AcceptanceForm(PhotosForm):
    """The sheet of a public acceptance, a line for each representative."""

    version = VersionField()
    on = day(_("day"))
    place = PlainText(label=_("place"), max_length=LONGEST_LINE)
    note = text_area(_("note"), required=False)

    def __init__(self, *args: Any, project: Project, needed: int, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial, self.fields["on"].initial = project.version, on
        self.lines = [self._line(number) for number in range(1, needed + MORE_VOICES + 1)]
        self.fields["photos"] = FilesField()

    def _line(self, number: int) -> Line:
        made: Mapping[str, forms.Field] = {
            "name": PlainText(label=_("name of the representative"), max_length=LONGEST_PERSON, required=False),
            "represents": PlainText(label=_("whom the person represents"), max_length=LONGEST_NAME, required=False),
            "verdict": forms.ChoiceField(label=_("verdict"), choices=[("", "–"), *Verdict.choices], required=False),
            "words": PlainText(label=_("what the person said"), max_length=LONGEST_WORDS, required=False),
        }
        for name, field in made.items():
            field.label = _("%(what)s, line %(line)d") % {"what": field.label, "line": number}
            self.fields[f"{name}_{number}"] = field
        return Line(number, 0, [self[f"{name}_{number}"] for name in made])

    def told(self) -> AcceptanceTold:
        """What was written, as the action takes it; lines without name and verdict are left out."""
        told = self.cleaned_data
        voices = tuple(
            VoiceTold(n, *(told[f"{name}_{n}"] for name in ("name", "represents", "verdict", "words")))
            for n in (line.number for line in self.lines)
            if told[f"name_{n}"] or told[f"verdict_{n}"]
        )
        return AcceptanceTold(told["on"], told["place"], voices, told["note"])
