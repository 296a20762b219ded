"""How forms are drawn: classes, errors tied to their fields, groups, and the admin left alone."""

import re
from datetime import UTC, datetime

import pytest
from django import forms

from citymgmt.forms import DateInput, DateTimeInput, PortalForm, PortalModelForm, TimeInput
from citymgmt.people.models import SubDistrict


class Sample(forms.Form):
    place = forms.CharField(help_text="Where?")
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.Select(attrs={"class": "own"}))
    source = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    teams = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple, required=False)
    urgent = forms.BooleanField(required=False)
    note = forms.CharField(widget=forms.Textarea, required=False)
    photo = forms.FileField(required=False)
    at = forms.SplitDateTimeField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def tag(html: str, field_id: str) -> str:
    found = re.search(rf'<(?:input|select|textarea)[^>]*\bid="{field_id}"[^>]*>', html)
    assert found, field_id
    return found.group()


@pytest.mark.parametrize(
    ("field_id", "classes"),
    [("id_place", "form-control"), ("id_kind", "own form-select"), ("id_source_0", "form-check-input"),
     ("id_teams_0", "form-check-input"), ("id_urgent", "form-check-input"), ("id_note", "form-control"),
     ("id_photo", "form-control"), ("id_at_0", "form-control"), ("id_at_1", "form-control")],
)  # fmt: skip
def test_control_has_its_class(field_id: str, classes: str) -> None:
    assert f'class="{classes}"' in tag(str(Sample()), field_id)


def test_hidden_field_has_none() -> None:
    assert "class=" not in tag(str(Sample()), "id_secret")


def test_every_id_is_unique() -> None:
    for form in (Sample(), Sample({})):
        ids = re.findall(r'\sid="([^"]+)"', str(form))
        assert sorted(ids) == sorted(set(ids))


def test_wrong_field_is_tied_to_its_error() -> None:
    html = str(Sample({"kind": "a", "source": "a"}))
    control = tag(html, "id_place")
    assert 'class="form-control is-invalid"' in control
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_place_helptext id_place_error"' in control
    assert {'id="id_place_helptext"', 'id="id_place_error"'} <= set(re.findall(r'id="id_place_[a-z]+"', html))
    assert '<a href="#id_place">' in html


def test_wrong_group_is_tied_to_its_error() -> None:
    html = str(Sample({"kind": "a", "place": "here"}))
    assert '<fieldset id="id_source" tabindex="-1" aria-describedby="id_source_error">' in html
    assert '<a href="#id_source">' in html


def test_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in str(Sample())


def test_text_of_a_person_is_escaped() -> None:
    html = str(Sample({"place": '"><b>', "kind": "<i>"}))
    assert "<b>" not in html
    assert "<i>" not in html


def test_key_is_fresh_for_each_form_and_kept_on_a_second_try() -> None:
    first, second = PortalForm(), PortalForm()
    assert first["request_key"].value() != second["request_key"].value()
    again = PortalForm({"request_key": first["request_key"].value()})
    assert again["request_key"].value() == first["request_key"].value()


def test_model_form_has_the_key_and_the_look() -> None:
    class SubDistrictForm(PortalModelForm):
        class Meta:
            model = SubDistrict
            fields = ["code"]

    html = str(SubDistrictForm())
    assert 'class="form-control"' in tag(html, "id_code")
    assert 'type="hidden"' in tag(html, "id_request_key")


@pytest.mark.parametrize(
    ("widget", "type_", "value"),
    [(DateInput(), "date", "2026-06-13"), (TimeInput(), "time", "08:05"),
     (DateTimeInput(), "datetime-local", "2026-06-13T08:05")],
)  # fmt: skip
def test_browser_pickers_get_the_form_they_understand(widget: forms.Widget, type_: str, value: str) -> None:
    html = widget.render("at", datetime(2026, 6, 13, 8, 5, tzinfo=UTC))
    assert f'type="{type_}"' in html
    assert f'value="{value}"' in html
