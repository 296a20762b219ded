"""Shape of what pages of projects take in; the rules stand in the actions."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from citymgmt.fields import DayField, FilesField, KnownChoice, PlainText, known
from citymgmt.forms import DateInput, PortalForm, VersionField
from citymgmt.worktime.steps import Step
from communities.models import Community, Project, ProjectPhoto, ProjectStage, ProjectTask
from communities.models.project_tasks import LONGEST_TASK
from communities.models.projects import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_WORDS,
    MOST_MEASURE,
    MOST_MONEY,
    Verdict,
)
from communities.projects.kinds import KINDS
from communities.projects.lifecycle import STATES, TIMED
from communities.projects.querysets import for_community, is_late
from communities.projects.showing import plain
from communities.projects.told import TaskTold

ALL = _("all")
UNDER_WAY, LATE = "under_way", "late"
SHOWS = [one for one in ProjectPhoto.Shows.choices if one[0] != ProjectPhoto.Shows.SHEET]


def day(label: Any, **options: Any) -> DayField:
    """A day, with the browser's own picker."""
    return DayField(label=label, widget=DateInput, **options)


def text_area(label: Any, most: int = LONGEST_TEXT, rows: int = 3, **options: Any) -> PlainText:
    """A text of a few lines."""
    return PlainText(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options)


def amount(label: Any, most: Any = MOST_MONEY, **options: Any) -> forms.DecimalField:
    """An amount with two decimal places."""
    return forms.DecimalField(label=label, min_value=0, max_value=most, decimal_places=2, **options)


class ProjectFilter(forms.Form):
    """Which projects are listed."""

    q = PlainText(label=_("name, theme or number"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("kind"), required=False)
    state = forms.ChoiceField(label=_("state"), required=False)
    community = KnownChoice(label=_("community"), required=False)
    year = forms.IntegerField(label=_("year"), min_value=2000, max_value=2100, required=False)
    only = forms.ChoiceField(label=_("only"), choices=[("", ALL), (LATE, _("late"))], required=False)

    def __init__(self, *args: Any, at: datetime, communities: Sequence[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        known(self, "community", communities, ALL)
        kinds: Any = self.fields["kind"]
        kinds.choices = [("", ALL), *((key, _t(kind.label)) for key, kind in KINDS.items())]
        states: Any = self.fields["state"]
        under_way = (UNDER_WAY, _("under way or to be accepted"))
        states.choices = [("", ALL), under_way, *((key, _t(stage.label)) for key, stage in STATES.items())]

    def question(self) -> Q:
        """What a valid form asks for."""
        told = self.cleaned_data
        asked = {
            "q": _by_words(told["q"]),
            "kind": Q(kind=told["kind"]),
            "state": Q(state__in=TIMED if told["state"] == UNDER_WAY else [told["state"]]),
            "community": for_community(told["community"].pk) if told["community"] else Q(),
            "year": Q(year=told["year"]),
            "only": is_late(self.at),
        }
        return reduce(and_, (question for name, question in asked.items() if told[name]), Q())

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self[name].data for name in self.fields)


def _by_words(words: str) -> Q:
    year, _dash, number = words.partition("-")
    found = Q(name__icontains=words) | Q(theme__icontains=words) | Q(aim__icontains=words)
    if year.isdecimal() and number.isdecimal() and len(year) == 4 and len(number) <= 4:
        found |= Q(year=int(year), number=int(number))
    return found


class StepForm(PortalForm):
    """What a step of a project carries, by the table."""

    version = VersionField()

    def __init__(self, *args: Any, step: Step, project: Project, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["version"].initial = project.version
        made = {"on": day(_("day of the step"), initial=on), "note": text_area(_("note"))}
        for name in step.carried:
            self.fields[name] = made[name]
            self.fields[name].required = name in step.carries

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes. Call it on a valid form."""
        return {name: self.cleaned_data[name] for name in self.step.carried}


class PhotosForm(PortalForm):
    """A form with photos."""

    @property
    def contents(self) -> Iterator[bytes]:
        """The files, read one after the other."""
        return (file.read() for file in self.cleaned_data["photos"])

    def add_photos(self) -> None:
        """Ask for photos, what they show, and whether everybody may see them."""
        self.fields["photos"] = FilesField()
        during = ProjectPhoto.Shows.DURING.value
        self.fields["shows"] = forms.ChoiceField(label=_("the photos show"), choices=SHOWS, initial=during)
        self.fields["is_public"] = forms.BooleanField(
            label=_("Show these photos to the public"),
            required=False,
            help_text=_("Only where no person can be recognised."),
        )


class ReportForm(PhotosForm):
    """How far a project is: words, the values of its goals, what was spent, photos."""

    version = VersionField()
    on = day(_("day"))
    note = text_area(_("how it goes"), rows=4)

    def __init__(self, *args: Any, project: Project, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial, self.fields["on"].initial = project.version, on
        self.goals = list(project.goals.filter(is_dropped=False).order_by("ordinal"))
        for goal in self.goals:
            label = _("%(measure)s: reached of %(target)s %(unit)s") % {
                "measure": goal.measure, "target": plain(goal.target), "unit": goal.unit,
            }  # fmt: skip
            self.fields[f"achieved_{goal.ordinal}"] = amount(label, MOST_MEASURE, initial=plain(goal.achieved))
        if project.of_kind.tells_cost:
            self.fields["cost_spent"] = amount(_("spent so far in yuan"), initial=project.cost_spent, required=False)
        self.add_photos()

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes. Call it on a valid form."""
        told = self.cleaned_data
        achieved = {one.ordinal: told[f"achieved_{one.ordinal}"] for one in self.goals}
        names = ("on", "note", "shows", "is_public", "version")
        return {**{name: told[name] for name in names}, "achieved": achieved, "cost_spent": told.get("cost_spent")}


class TaskForm(PortalForm):
    """A task of a project."""

    text = PlainText(label=_("what is to be done"), max_length=LONGEST_TASK)
    due_on = day(_("to be done by"))
    owner = KnownChoice(label=_("who is to do it"), required=False)
    community = KnownChoice(
        label=_("community"), required=False, help_text=_("Without a person, its officer is to do it.")
    )
    unit = PlainText(label=_("unit"), max_length=LONGEST_NAME, required=False)
    stage = KnownChoice(label=_("stage"), required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[Any],
        communities: Sequence[Community],
        stages: Sequence[ProjectStage],
        task: ProjectTask | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, things in (("owner", people), ("community", communities), ("stage", stages)):
            known(self, name, things, _("none"))
        if task is not None:
            self.fields["version"] = VersionField()
            self.fields["version"].initial = task.version
            for name in ("text", "due_on", "unit"):
                self.fields[name].initial = getattr(task, name)
            for name in ("owner", "community", "stage"):
                self.fields[name].initial = getattr(task, f"{name}_id")

    def told(self) -> TaskTold:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        ids = {name: told[name].pk if told[name] else None for name in ("owner", "community")}
        stage = told["stage"].ordinal if told["stage"] else None
        return TaskTold(told["text"], told["due_on"], unit=told["unit"], stage=stage, **ids)


class TaskStepForm(PhotosForm):
    """What a step of a task carries; one that was done may show it."""

    version = VersionField()

    def __init__(self, *args: Any, step: Step, task: ProjectTask, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["version"].initial = task.version
        made = {"on": day(_("done on"), initial=on), "note": text_area(_("note"))}
        for name in step.carried:
            self.fields[name] = made[name]
            self.fields[name].required = name in step.carries
        if "on" in step.carries:
            self.add_photos()

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes. Call it on a valid form."""
        told = {name: self.cleaned_data[name] for name in self.step.carried}
        if "photos" not in self.fields:
            return told
        shown = {name: self.cleaned_data[name] for name in ("shows", "is_public")}
        return {**told, "photos": self.contents, "of_photos": shown}


class OpinionForm(PortalForm):
    """What somebody without a log-in says while an acceptance is open."""

    verdict = forms.ChoiceField(label=_("How satisfied are you?"), choices=Verdict.choices, widget=forms.RadioSelect)
    words = text_area(
        _("In a few words"),
        LONGEST_WORDS,
        required=False,
        help_text=_("Please name nobody. The office reads it; it is not published."),
    )
