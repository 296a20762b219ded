"""Every form that a page shows x every field x every hostile value: 4xx with a sentence or done, never half.

The forms of a half of the pages, of others in each run.
"""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.workflow import TRANSITIONS
from citymgmt.people.models import User
from tests.cases.stories import actor, ready_for
from tests.hostile.pages import SAMPLE_FILE, Form, forms_of
from tests.hostile.probing import URLENCODED, Typed, browser, encoded, fault, nothing_written, sent
from tests.hostile.values import ALONE, DIGITS, LONG, NUL, TOGETHER
from tests.hostile.world import PAGES, World, in_turn
from tests.office import District

FILES = [b"", b"\x00", b"\xff\xfe", b"PK\x03\x04x", b"street_code,community\n" + b"\x00,\x00\n", SAMPLE_FILE * 50_000]
SHOWN = [name for name, page in PAGES.items() if name not in ("cases:act", "people:setup", "outbox:unread")]
TURNS = len(ALONE) + 2  # twice, each value alone, missing
MAY_BE_MISSING = frozenset(
    {"photos_files", "photos"}
)  # a file that is no photo hides what is wrong with the other fields
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


def faults(web: Client, form: Form, alone: list[str] | None = None) -> dict[str, str]:
    """What goes wrong when all fields are hostile, and when one is (or missing, or twice), the others being valid.

    What is tried of a field alone takes turns over the fields, other turns in each run.
    """
    found = {}
    for raw in (NUL, *TOGETHER) if alone is None or alone else (NUL, DIGITS):
        found[f"all={raw!r:.60}"] = fault(post(web, form, dict.fromkeys(form.fields, raw)))
    for name in list(form.fields)[-1:]:
        found[f"long {name}"] = fault(post(web, form, {**form.fields, name: LONG}))
    turn = random.randrange(TURNS)
    for place, name in enumerate(form.fields if alone is None else alone, turn):
        others = {other: kept for other, kept in form.fields.items() if other != name}
        tries: list[Typed] = [{name: raw} for raw in ([form.fields[name], NUL], *ALONE)]
        typed = [*tries, {}][place % TURNS]
        found[f"{name}={typed.get(name)!r:.60}"] = fault(post(web, form, {**others, **typed}))
    for name in form.files:
        found |= {f"{name}: {raw!r:.60}": fault(post(web, form, form.fields, {name: raw})) for raw in FILES}
    return {f"{form.action} {what}": wrong for what, wrong in found.items() if wrong}


@pytest.mark.parametrize("names", [SHOWN[0::2], SHOWN[1::2]], ids=["even", "odd"])
def test_no_value_of_a_field_breaks_a_form(world: World, names: list[str]) -> None:
    wrong, seen = {}, set()
    for name in in_turn(names):
        who = ("admin", "secadmin") if name in ("people:user", "communities:list") else ()
        for person in [world.people()[one] for one in who] or [world.somebody(name)]:
            web = browser(person)
            for form in forms_shown(web, reverse(name, kwargs=world.kwargs(name))):
                if (web.session["_auth_user_id"], *form.key) not in seen:
                    seen.add((web.session["_auth_user_id"], *form.key))
                    with nothing_written(f"{name} {form.action}"):
                        wrong |= faults(web, form)
    assert wrong == {}


FIRST: dict[str, str] = {}  # the action with which a field is tried alone
for _transition in TRANSITIONS.values():
    for _field in (*_transition.carries, *_transition.may_carry, "version", "request_key"):
        FIRST.setdefault(_field, _transition.action)


@pytest.mark.parametrize("actions", [[*TRANSITIONS][0::2], [*TRANSITIONS][1::2]], ids=["even", "odd"])
def test_no_value_of_a_field_breaks_an_action(district: District, actions: list[str], monkeypatch: Any) -> None:
    User.objects.update(language="en")
    wrong = {}
    for action in actions:
        case, at = ready_for(district, action)
        monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda at=at: at)
        web = browser(actor(district, action))
        (form,) = forms_shown(web, reverse("cases:act", kwargs={"number": case.number, "action": action}))
        carried = {*TRANSITIONS[action].carries, *TRANSITIONS[action].may_carry}
        assert set(form.fields) - carried <= {"version", "request_key", "next", "photos_kind"}, action
        with nothing_written(action):
            wrong |= faults(web, form, [name for name in form.fields if FIRST.get(name) == action])
    assert wrong == {}


CIRCULAR = (  # without the buttons that tick units, which keep the form from being sent
    "title", "kind", "language", "issuer", "body", "confirm_by", "corrects", "cases", "recipients", "request_key",
)  # fmt: skip
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
    "statistics:freeze": ("first", "last", "note", "request_key"),
    "statistics:publish": ("replaces", "request_key"),
    "statistics:discard": ("request_key",),
    "statistics:draft-bulletin": ("month", "language", "request_key"),
    "statistics:make-bulletin": ("request_key",),
    "meetings:invite": ("x",),
    "meetings:hold": ("x",),
    "meetings:move-item": ("to",),
    "meetings:remove-item": ("x",),
    "meetings:enact-resolutions": ("drafts", "request_key"),
    "meetings:draft-minutes": ("language", "reason", "request_key"),
    "meetings:make-minutes": ("request_key",),
    "meetings:receive-minutes": ("request_key",),
    "meetings:new-circular": CIRCULAR,
    "meetings:edit-circular": (*CIRCULAR, "version"),
    "meetings:make-circular": ("request_key",),
    "meetings:remind-circular": ("request_key",),
    "meetings:receive-circular": ("request_key",),
    "meetings:end-links": ("x",),
    "meetings:enter": ("secret",),
    "teams:plan": ("month",),
    "teams:usual-shifts": ("x",),
    "teams:remove-duty": ("x",),
    "teams:check-in": ("longitude", "latitude", "accuracy_m"),
    "teams:check-out": ("x",),
    "stations:usual-items": ("x",),
    "stations:log-case": ("x",),
    "sites:fault-case": ("x",),
    "rounds:start": ("request_key",),
    "findings:case": ("x",),
    "rounds:renew-code": ("x",),
    "rounds:add-hot-spot": ("x",),
    "rounds:usual-classes": ("x",),
    "guards:plan": ("month",),
    "guards:arrive": ("request_key", "longitude", "latitude", "accuracy_m", "note", "relieves", "is_by_word"),
    "guards:leave": ("request_key", "note"),
    "pests:check-operation": ("x",),
    "pests:remove-survey": ("x",),
    "outbox:read_all": ("x",),
    "outbox:retry": ("x",),
    "people:reset_password": ("x",),
}


def test_no_value_breaks_a_form_that_stands_on_other_pages(world: World) -> None:
    wrong = {}
    for name, fields in BUTTONS.items():
        person = None if name == "login" else world.somebody(name) if name in PAGES else world.street.clerk
        web = browser(person)
        with nothing_written(name):
            form = Form(reverse(name, kwargs=world.kwargs(name)), "post", False, dict.fromkeys(fields, b"x"))
            wrong |= faults(web, form)
    assert wrong == {}
