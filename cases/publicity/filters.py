"""What lists of items, forums and suggestions can be narrowed to. The question of a list is that of its figure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.publicity.fields import day, translated
from cases.publicity.kinds import KIND_CHOICES
from cases.publicity.lifecycle import DECISIONS, FORUM, ITEM, PLANNED, SUGGESTION, WAYS
from cases.publicity.querysets import (
    answered_in,
    item_late,
    put_out_in,
    received_in,
    suggestion_late,
    suggestion_waiting,
    taken_up,
)
from citymgmt.fields import PlainText
from citymgmt.people.models import User
from communities.models import Community
from communities.placed import communities_for

ALL = _("all")
WHOLE, OFFICE = "0", "-"  # the whole sub-district, among communities; the office itself, among makers
LATE, LAW, OUT = "late", "law", "out"
WAITING, RECEIVED, ANSWERED, TAKEN_UP, CASES, DONE = "waiting", "received", "answered", "taken_up", "cases", "done"


def chosen_from(label: Any) -> forms.ChoiceField:
    """A choice that narrows nothing while it is empty."""
    return forms.ChoiceField(label=label, required=False)


class Filter(forms.Form):
    """What a list can be narrowed to; nothing chosen narrows nothing."""

    q = PlainText(label=_("words"), max_length=60, required=False)
    community = chosen_from(_("community"))

    def __init__(self, *args: Any, at: datetime, places: Iterable[Community], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.offer("community", [(str(one.pk), one.name) for one in places])

    def offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        """Offer these choices beside none."""
        field: Any = self.fields[name]
        field.choices = [("", str(ALL)), *choices]

    def clean(self) -> dict[str, Any]:
        """A period has its days in order."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("from_on") and told.get("until") and told["until"] < told["from_on"]:
            self.add_error("until", _("A day from %(first)s on.") % {"first": told["from_on"]})
        return told

    def answers(self) -> Mapping[str, Q]:
        """What each field that is filled in asks for."""
        raise NotImplementedError

    def question(self) -> Q:
        """What a valid form asks for."""
        told, answers = self.cleaned_data, self.answers()
        return reduce(and_, (question for name, question in answers.items() if told.get(name)), Q())

    @property
    def period(self) -> tuple[date | None, date | None]:
        """The first and the last day; either may be open."""
        return self.cleaned_data["from_on"], self.cleaned_data["until"]

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked for."""
        return any(self[name].data for name in self.fields)


class ItemFilter(Filter):
    """Which items are listed; the days are those on which they were put out, of what was not those planned."""

    kind = chosen_from(_("kind of publicity"))
    state = chosen_from(_("state"))
    maker = chosen_from(_("maker"))
    only = chosen_from(_("only"))
    from_on = day(_("from the day"), required=False)
    until = day(_("until the day"), required=False)

    def __init__(self, *args: Any, makers: Iterable[str], whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["community"]
        if whole:
            places.choices = [*places.choices, (WHOLE, gettext("whole sub-district"))]
        self.offer("kind", translated(KIND_CHOICES))
        self.offer("state", [(key, gettext(stage.label)) for key, stage in ITEM.stages.items()])
        self.offer("maker", [(OFFICE, gettext("the office itself")), *((one, one) for one in makers)])
        only = [(OUT, gettext("put out")), (LATE, gettext("overdue")), (LAW, gettext("put out, for the law"))]
        self.offer("only", only)

    def answers(self) -> Mapping[str, Q]:
        """What each field asks for."""
        told = self.cleaned_data
        words, place, maker = told["q"], told["community"], told["maker"]
        days = put_out_in(*self.period) | (Q(put_on=None) & _planned_in(*self.period))
        only = {OUT: put_out_in(None, None), LATE: item_late(self.at)}
        return {
            "q": Q(theme__icontains=words) | Q(address__icontains=words) | Q(maker__icontains=words),
            "community": Q(community=None) if place == WHOLE else Q(community=place or 0),
            "kind": Q(kind=told["kind"]),
            "state": Q(state=told["state"]),
            "maker": Q(maker="" if maker == OFFICE else maker),
            "only": only.get(told["only"], put_out_in(None, None) & Q(regulation__isnull=False)),
            "from_on": days,
            "until": days,
        }


def _planned_in(first: date | None, last: date | None) -> Q:
    found = Q(planned_on__gte=first) if first else Q()
    return found & Q(planned_on__lte=last) if last else found


class ForumFilter(Filter):
    """Which forums are listed."""

    state = chosen_from(_("state"))
    only = chosen_from(_("only"))
    from_on = day(_("from the day"), required=False)
    until = day(_("until the day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("state", [(key, gettext(stage.label)) for key, stage in FORUM.stages.items()])
        self.offer("only", [(LATE, gettext("record missing"))])

    def answers(self) -> Mapping[str, Q]:
        """What each field asks for."""
        told = self.cleaned_data
        words = told["q"]
        return {
            "q": Q(topic__icontains=words) | Q(place__icontains=words) | Q(record__icontains=words),
            "community": Q(community=told["community"] or 0),
            "state": Q(state=told["state"]),
            "only": Q(state=PLANNED, due_at__lt=self.at),
            "from_on": Q(held_at__date__gte=told["from_on"]),
            "until": Q(held_at__date__lte=told["until"]),
        }


class SuggestionFilter(Filter):
    """Which suggestions are listed. The days are those of what is counted: answered ones count by the day of the
    answer, cases and what was carried out by that day, all others by the day on which they were received.
    """

    state = chosen_from(_("state"))
    decision = chosen_from(_("decision"))
    way = chosen_from(_("how it came"))
    only = chosen_from(_("only"))
    from_on = day(_("from the day"), required=False)
    until = day(_("until the day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("state", [(key, gettext(stage.label)) for key, stage in SUGGESTION.stages.items()])
        self.offer("decision", translated(DECISIONS.items()))
        self.offer("way", translated(WAYS.items()))
        only = [
            (WAITING, gettext("to be answered or carried out")),
            (LATE, gettext("overdue")),
            (RECEIVED, gettext("received")),
            (ANSWERED, gettext("answered with a decision")),
            (TAKEN_UP, gettext("adopted, wholly or partly")),
            (CASES, gettext("turned into a case")),
            (DONE, gettext("carried out")),
        ]
        self.offer("only", only)

    def answers(self) -> Mapping[str, Q]:
        """What each field asks for; the days go with what is counted."""
        told = self.cleaned_data
        words, counted = told["q"], COUNTED.get(told["only"], COUNTED[RECEIVED])
        here = received_in(*self.period)
        now = {LATE: suggestion_late(self.at) & here, WAITING: suggestion_waiting() & here}
        return {
            "q": Q(text__icontains=words) | Q(answer__icontains=words),
            "community": Q(community=told["community"] or 0),
            "state": Q(state=told["state"]),
            "decision": Q(decision=told["decision"]) & answered_in(None, None),
            "way": Q(way=told["way"]),
            "only": now[told["only"]] if told["only"] in now else counted(*self.period),
            **dict.fromkeys(("from_on", "until"), Q() if told["only"] else received_in(*self.period)),
        }


def _taken_up_in(first: date | None, last: date | None) -> Q:
    return answered_in(first, last) & taken_up()


def _ended_in(state: str) -> Any:
    def ended(first: date | None, last: date | None) -> Q:
        found = Q(state=state)
        if first is not None:
            found &= Q(ended_on__gte=first)
        return found & Q(ended_on__lte=last) if last is not None else found

    return ended


COUNTED: Mapping[str, Any] = {  # what is counted in a period, by its name in lists
    RECEIVED: received_in,
    ANSWERED: answered_in,
    TAKEN_UP: _taken_up_in,
    CASES: _ended_in("case"),
    DONE: _ended_in("done"),
}


class PeriodForm(forms.Form):
    """A period to look at; from the first of the year until today, unless somebody says otherwise."""

    from_on = day(_("from the day"))
    until = day(_("until the day"))

    def clean(self) -> dict[str, Any]:
        """The days stand in order."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("from_on") and told.get("until") and told["until"] < told["from_on"]:
            self.add_error("until", _("A day from %(first)s on.") % {"first": told["from_on"]})
        return told


def places_of(user: User, on: date, permission: str) -> list[Community]:
    """The communities that a list can be narrowed to."""
    return list(communities_for(user, permission, on).defer("boundary"))
