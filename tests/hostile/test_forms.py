"""Every form that a page shows x every field x every hostile value: 4xx with a sentence or done, never half."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.workflow import TRANSITIONS
from tests.cases.stories import actor, ready_for
from tests.hostile.pages import SAMPLE_FILE, Form, forms_of
from tests.hostile.probing import URLENCODED, Typed, browser, encoded, fault, nothing_written, sent
from tests.hostile.values import FEW, TYPED
from tests.hostile.world import PAGES, World
from tests.office import District

FILES = [b"", b"\x00", b"\xff\xfe", b"PK\x03\x04x", b"street_code,community\n" + b"\x00,\x00\n", SAMPLE_FILE * 50_000]
SHOWN = [name for name, page in PAGES.items() if name not in ("cases:act", "people:setup", "outbox:unread")]
MAY_BE_MISSING = frozenset({"photos_files"})  # a file that is no photo hides what is wrong with the other fields
ONCE = frozenset({"people:language", "logout", "set_language"})  # shown on every page, tried below


def forms_shown(web: Client, address: str) -> Iterator[Form]:
    """The forms of a page that write; what stands on every page is left out."""
    page = web.get(address)
    for form in forms_of(page.getvalue().decode(errors="replace")) if page.status_code == 200 else []:
        form.action = form.action or address
        if form.method == "post" and form.action not in {reverse(name) for name in ONCE}:
            yield form


def post(web: Client, form: Form, typed: Typed, files: dict[str, bytes] | None = None) -> Any:
    """Send a form as a browser does."""
    if not form.is_multipart:
        return sent(lambda: web.post(form.action, encoded(typed), content_type=URLENCODED))
    texts = {name: raw.decode("utf-8", "replace") for name, raw in typed.items() if isinstance(raw, bytes)}
    given = {name: SAMPLE_FILE for name in form.files if name not in MAY_BE_MISSING} | (files or {})
    sample = {name: SimpleUploadedFile("x.csv", content) for name, content in given.items()}
    return sent(lambda: web.post(form.action, {**texts, **sample}))


def faults(web: Client, form: Form, raws: Any) -> dict[str, str]:
    """What goes wrong when one field is hostile, missing or comes twice, the others being as they should."""
    found = {}
    for name, value in form.fields.items():
        with nothing_written(f"{form.action} {name}"):
            for raw in [*raws, [value, raws[0]], None]:
                typed = {other: kept for other, kept in form.fields.items() if other != name}
                found[f"{name}={raw!r:.60}"] = fault(
                    post(web, form, {**typed, name: raw} if raw is not None else typed)
                )
    for name in form.files:
        with nothing_written(f"{form.action} {name}"):
            found |= {f"{name}: {raw!r:.60}": fault(post(web, form, form.fields, {name: raw})) for raw in FILES}
    return {what: wrong for what, wrong in found.items() if wrong}


@pytest.mark.parametrize("name", SHOWN)
def test_no_value_of_a_field_breaks_a_form(world: World, name: str) -> None:
    who = {"communities:list": "admin", "people:user": "admin"}.get(name)
    people = [world.people()[who]] if who else [world.somebody(name)]
    if name == "people:user":
        people.append(world.street.secadmin)
    for person in people:
        web, seen = browser(person), set()
        for form in forms_shown(web, reverse(name, kwargs=world.kwargs(name))):
            if form.key not in seen:
                seen.add(form.key)
                assert faults(web, form, TYPED) == {}, form.action


FIRST: dict[str, str] = {}
for _transition in TRANSITIONS.values():
    for _field in (*_transition.carries, *_transition.may_carry):
        FIRST.setdefault(_field, _transition.action)


@pytest.mark.parametrize("action", TRANSITIONS)
def test_no_value_of_a_field_breaks_an_action(district: District, action: str, monkeypatch: Any) -> None:
    case, at = ready_for(district, action)
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: at)
    web = browser(actor(district, action))
    address = reverse("cases:act", kwargs={"number": case.number, "action": action})
    (form,) = forms_shown(web, address)
    carried = {*TRANSITIONS[action].carries, *TRANSITIONS[action].may_carry}
    of_photos = {"photos_kind"} if "photos" in carried else set()
    assert set(form.fields) - carried == {"version", "request_key"} | of_photos
    full = Form(form.action, form.method, form.is_multipart, dict(form.fields))
    assert faults(web, full, FEW) == {}
    for name in carried & set(form.fields):
        if FIRST[name] == action:
            for raw in TYPED:
                assert fault(post(web, form, {**form.fields, name: raw})) == "", (name, raw[:40])


BUTTONS = {
    "login": ("username", "password", "next"),
    "people:language": ("language", "next"),
    "set_language": ("language", "next"),
    "people:set_active": ("is_active",),
    "people:grant": ("role", "organisation", "seen", "request_key"),
    "people:password": ("old_password", "new_password1", "new_password2"),
    "cases:bulk": ("case", "action", "request_key"),
    "cases:start-export": ("kind", "request_key"),
    "cases:delete-view": ("x",),
    "outbox:read_all": ("x",),
    "outbox:retry": ("x",),
    "people:reset_password": ("x",),
}


@pytest.mark.parametrize("name", BUTTONS)
def test_no_value_breaks_a_form_that_stands_on_other_pages(world: World, name: str) -> None:
    person = None if name == "login" else world.somebody(name) if name in PAGES else world.street.clerk
    fields = dict.fromkeys(BUTTONS[name], b"x")
    assert faults(browser(person), Form(reverse(name, kwargs=world.kwargs(name)), "post", False, fields), TYPED) == {}
