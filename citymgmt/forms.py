"""How every form looks: the renderer, its bound field with Bootstrap classes, and the portal's form bases.

`{{ form }}` gives error summary and fields; `{{ form.name.as_field_group }}` one field. Django's admin keeps
its own templates and only gains class names, which its style sheet ignores.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import starmap
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Widget
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from citymgmt.html import joined, written

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class PortalBoundField(BoundField):
    """A bound field that knows its Bootstrap classes and how its template lays it out."""

    @property
    def layout(self) -> str:
        """How the field template lays the field out: choices, check, group or plain."""
        widget = self.field.widget
        if isinstance(widget, CHOICES):
            return "choices"
        if isinstance(widget, forms.CheckboxInput):
            return "check"
        return "group" if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget) else "plain"

    @property
    def is_wide(self) -> bool:
        """Whether the field takes the whole row of a form in columns."""
        return self.layout == "choices" or isinstance(self.field.widget, forms.Textarea | forms.FileInput)

    @property
    def use_fieldset(self) -> bool:
        """Whether the parts of the field stand in a fieldset. A file field is one control and needs none."""
        return self.layout in ("choices", "group")

    def css_classes(self, extra_classes: Any = None) -> str:
        """The classes of the element around the field."""
        own = ["field", *(["field-wide"] if self.is_wide else []), *(["has-error"] if self.errors else [])]
        return " ".join([*own, super().css_classes(extra_classes)]).strip()

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Django's attributes with the Bootstrap classes added to those of the widget."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        classes = [widget.attrs.get("class", ""), attrs.get("class", ""), bootstrap_class(widget)]
        if self.errors and not widget.is_hidden:
            classes.append("is-invalid")
        joined = " ".join(filter(None, classes))
        if self.layout == "group":
            built["aria-label"] = str(self.label)
        return {**built, "class": joined} if joined else built


def bootstrap_class(widget: Widget) -> str:
    """The Bootstrap class of a control."""
    if widget.is_hidden:
        return ""
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    if isinstance(widget, forms.Select | forms.SelectDateWidget):
        return "form-select"
    return "form-control"


class PortalRenderer(TemplatesSetting):
    """Renders forms and fields with the portal's templates; widgets keep Django's, but for the plain ones."""

    form_template_name = "django/forms/portal_form.html"
    field_template_name = "django/forms/portal_field.html"
    notes_template_name = "django/forms/portal_field_notes.html"
    bound_field_class = PortalBoundField

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The HTML of a form, a field or a control."""
        if template_name == self.field_template_name and context["field"].layout == "plain":
            return self._plain_field(context["field"])
        write = WRITERS.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)

    def _plain_field(self, field: PortalBoundField) -> SafeString:
        """A control under its label, with what stands below it."""
        mark = REQUIRED if field.field.required else ""
        notes = self.render(self.notes_template_name, {"field": field}) if field.errors or field.help_text else ""
        return written(LABELLED, field.id_for_label, field.label, mark, field, SafeString(notes))


LABELLED = '<label class="form-label" for="{}">{}{}</label>\n{}{}'
REQUIRED = SafeString(' <span class="required-mark" aria-hidden="true">*</span>')


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    told = "" if value is None else written(' value="{}"', value)
    return written('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], told, _attributes(widget))


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = joined(_group(name, options) for name, options, _number in widget["optgroups"])
    return written('<select name="{}"{}>{}</select>', widget["name"], _attributes(widget), groups)


def _group(name: Any, options: Iterable[Mapping[str, Any]]) -> SafeString:
    inner = joined(map(_option, options))
    return inner if name is None else written('<optgroup label="{}">{}</optgroup>', name, inner)


def _option(option: Mapping[str, Any]) -> SafeString:
    attributes = _attributes(option) if option["attrs"] else SafeString()
    return written('<option value="{}"{}>{}</option>', option["value"], attributes, option["label"])


def _attributes(widget: Mapping[str, Any]) -> SafeString:
    return joined(_attribute(*one) for one in widget["attrs"].items())


def _attribute(name: str, value: Any) -> SafeString:
    """As `flatatt` writes it: nothing for False and None, the bare name for True."""
    if value is None or value is False:
        return SafeString()
    return written(" {}", name) if value is True else written(' {}="{}"', name, value)


_INPUTS = (
    "input",
    "text",
    "number",
    "email",
    "url",
    "password",
    "hidden",
    "file",
    "date",
    "datetime",
    "time",
    "search",
    "tel",
)
WRITERS: Mapping[str, Callable[[Mapping[str, Any]], SafeString]] = {  # Django's HTML without a template for each option
    "django/forms/widgets/select.html": _select,
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
}


class KeptChoices(BaseChoiceIterator):
    """Choices in one language that all forms share: neither checked nor copied nor written anew for each of them."""

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        self._pairs = tuple(pairs)

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self._pairs)

    def __copy__(self) -> "KeptChoices":
        return self

    def __deepcopy__(self, memo: Any) -> "KeptChoices":
        return self

    @cached_property
    def written(self) -> SafeString:
        """The options, none of them chosen."""
        return joined(starmap(_entry, self._pairs))


def _entry(code: Any, label: Any) -> SafeString:
    if isinstance(label, list | tuple):
        return written('<optgroup label="{}">{}</optgroup>', code, joined(starmap(_entry, label)))
    return written('<option value="{}">{}</option>', code, label)


class LongSelect(forms.Select):
    """A select over `KeptChoices`, written at once."""

    choices: KeptChoices

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The control; of several values the first is chosen."""
        options = str(self.choices.written)
        for chosen in self.format_value(value)[:1]:
            option = written('<option value="{}"', chosen)
            options = options.replace(f"{option}>", f"{option} selected>", 1)
        own = {"attrs": self.build_attrs(self.attrs, attrs)}
        return written('<select name="{}"{}>{}</select>', name, _attributes(own), SafeString(options))


class DateInput(forms.DateInput):
    """A date with the browser's own picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day with the browser's own picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """A date and time with the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def new_request_key() -> str:
    """A fresh idempotency key."""
    return str(uuid.uuid4())


DAMAGED = _("The form was damaged. Load the page again.")
MOST_VERSIONS = 2**31 - 1


class PortalForm(forms.Form):
    """A form that leads to an action; its hidden `request_key` makes sending twice the same as once."""

    request_key = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=new_request_key,
        error_messages={
            "required": _("The form was incomplete. Load the page again."),
            "invalid": DAMAGED,
        },
    )


class VersionField(forms.IntegerField):
    """Which version of a thing a person saw and acts upon."""

    def __init__(self) -> None:
        within = [MinValueValidator(1, DAMAGED), MaxValueValidator(MOST_VERSIONS, DAMAGED)]
        told = {"required": DAMAGED, "invalid": DAMAGED}
        super().__init__(widget=forms.HiddenInput, validators=within, error_messages=told)


class VersionForm(PortalForm):
    """A form that acts upon what a person saw."""

    version = VersionField()


def errors_at_the_head(form: forms.Form) -> list[str]:
    """What is wrong with a form as a whole or with its hidden fields, for a page that lays the fields out by hand."""
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    return [str(error) for error in (*form.non_field_errors(), *hidden)]


class PortalModelForm(PortalForm, forms.ModelForm):
    """The same for a model."""
