"""Shape of what pages of publicity take in; the rules stand in the actions."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.catalogue import catalogue_on
from cases.publicity.actions import ForumTold, ItemTold, SuggestionTold
from cases.publicity.fields import StepForm, day, text_area, translated, whole
from cases.publicity.kinds import KIND_CHOICES
from cases.publicity.lifecycle import DECISIONS, ENTER, FORUM_KEEP, GROUPS, KEEP, WAYS
from cases.publicity.models import Forum, PublicityItem, Suggestion
from cases.publicity.models.forums import (
    LONGEST_INVITED,
    LONGEST_PERSON,
    LONGEST_PLACE,
    LONGEST_RECORD,
    LONGEST_TOPIC,
    MOST_PEOPLE,
)
from cases.publicity.models.items import (
    LONGEST_MAKER,
    LONGEST_NOTE,
    LONGEST_THEME,
    LONGEST_UNIT,
    LONGEST_WEB,
    MOST_QUANTITY,
    MOST_REACHED,
)
from cases.publicity.models.suggestions import LONGEST_ANSWER, LONGEST_NAME, LONGEST_PHONE, LONGEST_TEXT
from cases.publicity.querysets import acts_for_the_office, people_of
from citymgmt.fields import KnownChoice, PlainText, known
from citymgmt.forms import DateTimeInput, PortalForm, VersionField, errors_at_the_head
from citymgmt.people.models import User
from communities.institutions.querysets import institutions_seen
from communities.models import Community
from communities.models.places import LONGEST_ADDRESS
from communities.placed import communities_for
from communities.regulations.querysets import in_force, regulations_seen

WHOLE = "0"  # the whole sub-district, among communities
DEGREES: dict[str, Any] = {"decimal_places": 7, "required": False}


# --- publicity items -----------------------------------------------------------------------------------------
class ItemForm(PortalForm):
    """What is planned."""

    kind = forms.ChoiceField(label=_("kind of publicity"))
    theme = PlainText(label=_("theme"), max_length=LONGEST_THEME)
    communities = forms.MultipleChoiceField(
        label=_("communities"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One item is planned for each that is ticked."),
    )
    planned_on = day(_("planned for"))
    until_on = day(
        _("to be taken down by"), required=False, help_text=_("For wall posters, posters and banners alone.")
    )
    quantity = whole(_("how many (for each community)"), MOST_QUANTITY, 1, initial=1)
    unit = PlainText(
        label=_("unit of quantity"),
        max_length=LONGEST_UNIT,
        required=False,
        help_text=_("Left empty: the usual one of its kind."),
    )
    address = PlainText(
        label=_("place"),
        max_length=LONGEST_ADDRESS,
        required=False,
        help_text=_("In words; it can also be said when it is put out."),
    )
    regulation = KnownChoice(
        label=_("regulation publicised"), required=False, help_text=_("Then it counts as publicity for the law.")
    )
    institution = KnownChoice(label=_("made by an institution"), required=False)
    maker = PlainText(
        label=_("or by somebody else"),
        max_length=LONGEST_MAKER,
        required=False,
        help_text=_("Left empty: by the office itself."),
    )
    responsible = KnownChoice(label=_("who answers for it"), required=False)

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: dict[str, Any] = self.fields
        offered["kind"].choices = translated(KIND_CHOICES)
        self._offer_places(user, on)
        laws = list(regulations_seen(user, on).filter(in_force(on)))
        makers = list(institutions_seen(user, on).filter(is_active=True))
        known(self, "regulation", laws, _("none"))
        known(self, "institution", makers, _("none"))
        known(self, "responsible", list(people_of(user.subdistrict_id)), _("myself"))

    def _offer_places(self, user: User, on: date) -> None:
        self.fields["communities"].choices = place_choices(user, on)  # type: ignore[attr-defined]

    def told(self) -> ItemTold:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        names = ("kind", "theme", "planned_on", "until_on", "quantity", "unit", "address", "maker")
        ids: dict[str, Any] = {
            name: told[name].pk if told[name] else None for name in ("regulation", "institution", "responsible")
        }
        return ItemTold(**{name: told[name] for name in names}, **ids, **self.point)

    @property
    def point(self) -> dict[str, Any]:
        """Where it stands on the map, on a form that asks for it."""
        return {name: self.cleaned_data.get(name) for name in ("longitude", "latitude")}

    @property
    def places(self) -> list[int | None]:
        """The communities; None is the whole sub-district."""
        return [_place(one) for one in self.cleaned_data["communities"]]


def place_choices(user: User, on: date) -> list[tuple[str, str]]:
    """The communities in which a person plans publicity, and the whole sub-district for whom it is open."""
    found = [(str(one.pk), one.name) for one in communities_for(user, KEEP, on).defer("boundary")]
    return [(WHOLE, gettext("whole sub-district")), *found] if acts_for_the_office(user, KEEP) else found


def _place(chosen: str) -> int | None:
    return None if chosen == WHOLE else int(chosen)


class RevisionForm(ItemForm):
    """One item to change, with its point."""

    community = forms.ChoiceField(label=_("community"))
    longitude = forms.DecimalField(label=_("longitude"), min_value=-180, max_value=180, max_digits=10, **DEGREES)
    latitude = forms.DecimalField(label=_("latitude"), min_value=-90, max_value=90, max_digits=9, **DEGREES)
    version = VersionField()
    field_order = ("kind", "theme", "community")

    def _offer_places(self, user: User, on: date) -> None:
        del self.fields["communities"]
        self.fields["quantity"].label = _("how many")
        self.fields["community"].choices = place_choices(user, on)  # type: ignore[attr-defined]

    @property
    def place(self) -> int | None:
        """The community; None is the whole sub-district."""
        return _place(self.cleaned_data["community"])


class ItemStepForm(StepForm):
    """What a step of an item carries."""

    def made(self, thing: PublicityItem) -> dict[str, forms.Field]:
        """The fields."""
        on = {"put_out": _("put out on"), "take_down": _("taken down on")}.get(self.step.action, "")
        made: dict[str, forms.Field] = {"on": day(on), "until_on": day(_("to be taken down by"))}
        if self.step.action != "put_out" or thing.told_kind.has_place:
            made["address"] = PlainText(label=_("place"), max_length=LONGEST_ADDRESS, initial=thing.address)
        made["quantity"] = whole(_("how many"), MOST_QUANTITY, 1, initial=thing.quantity)
        made["reached"] = whole(_("people reached"), MOST_REACHED, initial=thing.reached)
        made["web"] = PlainText(
            label=_("web address"), max_length=LONGEST_WEB, widget=forms.URLInput, initial=thing.web
        )
        return {**made, "note": text_area(_("note"), LONGEST_NOTE)}


# --- forums --------------------------------------------------------------------------------------------------
class ForumForm(PortalForm):
    """A forum to plan."""

    community = KnownChoice(label=_("community"))
    topic = PlainText(label=_("topic of the forum"), max_length=LONGEST_TOPIC)
    held_at = forms.DateTimeField(label=_("day and time"), widget=DateTimeInput())
    place = PlainText(label=_("place"), max_length=LONGEST_PLACE)
    chair = PlainText(label=_("chair"), max_length=LONGEST_PERSON)
    invited = text_area(_("who is invited"), LONGEST_INVITED, 2, required=False)

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_communities(self, list(communities_for(user, FORUM_KEEP, on).defer("boundary")))

    def told(self) -> ForumTold:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        names = ("held_at", "place", "topic", "chair")
        invited = " ".join(told["invited"].split())
        return ForumTold(told["community"].pk, **{name: told[name] for name in names}, invited=invited)


class ForumRevisionForm(ForumForm):
    """The same, to change it."""

    version = VersionField()


def _offer_communities(form: forms.Form, communities: Sequence[Community]) -> None:
    """Offer these; the only one is chosen already."""
    known(form, "community", communities, _("Choose a community"))
    if len(communities) == 1:
        form.fields["community"].initial = communities[0].pk


class ForumStepForm(StepForm):
    """What a step of a forum carries."""

    def made(self, thing: Forum) -> dict[str, forms.Field]:
        """The fields."""
        groups: dict[str, forms.Field] = {
            name: whole(gettext(label), MOST_PEOPLE, initial=getattr(thing, name) or 0)
            for name, label in GROUPS.items()
        }
        record = text_area(_("record"), LONGEST_RECORD, 8, initial=thing.record)
        return {**groups, "record": record, "note": text_area(_("note"), LONGEST_NOTE)}


# --- suggestions ---------------------------------------------------------------------------------------------
class SuggestForm(PortalForm):
    """A suggestion made at a forum: one line, so that Enter sends it and the next can be typed."""

    text = PlainText(label=_("suggestion"), max_length=LONGEST_TEXT)
    name = PlainText(label=_("name (optional)"), max_length=LONGEST_NAME, required=False)
    phone = PlainText(
        label=_("telephone (optional)"),
        max_length=LONGEST_PHONE,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("text", "name", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    @property
    def top_errors(self) -> list[str]:
        """What is wrong with the form as a whole, for a page that lays the fields out by hand."""
        return errors_at_the_head(self)

    def told(self, **where: Any) -> SuggestionTold:
        """What was written, as the action takes it."""
        return SuggestionTold(**{name: self.cleaned_data[name] for name in ("text", "name", "phone")}, **where)


class SuggestionForm(SuggestForm):
    """A suggestion that came by itself."""

    text = text_area(_("suggestion"), LONGEST_TEXT)
    way = forms.ChoiceField(label=_("how it came"))
    community = KnownChoice(label=_("community"))
    received_on = day(_("received on"))
    field_order = ("text", "community", "way", "received_on")

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways: Any = self.fields["way"]
        ways.choices = translated((key, label) for key, label in WAYS.items() if key != "forum")
        self.fields["received_on"].initial = on
        _offer_communities(self, list(communities_for(user, ENTER, on).defer("boundary")))

    def told(self, **where: Any) -> SuggestionTold:
        """What was written, as the action takes it."""
        told = self.cleaned_data
        came = {"way": told["way"], "community": told["community"].pk, "received_on": told["received_on"]}
        return super().told(**came, **where)


class SuggestionStepForm(StepForm):
    """What a step of a suggestion carries; a case is chosen as where cases are logged."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        self.catalogue = catalogue_on(on)
        super().__init__(*args, **kwargs)

    def made(self, thing: Suggestion) -> dict[str, forms.Field]:
        """The fields."""
        on = _("carried out on") if self.step.action == "carry_out" else _("answered on")
        decision = forms.ChoiceField(
            label=_("decision"), choices=translated(DECISIONS.items()), widget=forms.RadioSelect
        )
        return {
            "decision": decision,
            "answer": text_area(_("answer"), LONGEST_ANSWER, 4),
            "reason": text_area(
                _("why it is not adopted"), LONGEST_ANSWER, help_text=_("Needed where it is not adopted.")
            ),
            "by_day": day(_("to be carried out by"), help_text=_("Needed where it is adopted.")),
            "on": day(on),
            "done": text_area(_("what was done about it"), LONGEST_ANSWER),
            "category": forms.ChoiceField(label=_("Category and filing condition"), choices=self.catalogue.choices()),
            "note": text_area(_("note"), LONGEST_NOTE),
        }

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes: the ids of category and filing condition for what was chosen."""
        told = super().given
        if "category" in told:
            standard, category = self.catalogue.split(told["category"])
            told |= {"category": category.pk, "standard": standard.pk if standard else None}
        return told
