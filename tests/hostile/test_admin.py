"""The administration site: odd addresses and odd forms get a page with a sentence, and write nothing.

Of a half of its models, of others in each run.
"""

from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from tests.hostile.pages import forms_of
from tests.hostile.probing import URLENCODED, browser, encoded, fault, nothing_written, sent
from tests.hostile.values import ALONE, NUL, PARTS, TOGETHER, quoted
from tests.hostile.world import World, in_turn

QUERIES = ("q", "p", "o", "all", "e", "_popup", "_to_field", "_changelist_filters", "id__exact", "subdistrict__code",
           "no__such__field", "is_active__exact", "kind__exact")  # fmt: skip


def pages_of(model: Any, row: Any) -> list[str]:
    """The list, the form for a new row, and that of an existing one with its history and its deletion."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    own = [] if row is None else [reverse(f"{name}_{page}", args=[row.pk]) for page in ("change", "history", "delete")]
    return [reverse(f"{name}_changelist"), reverse(f"{name}_add"), *own]


def test_nothing_in_an_address_of_the_administration_breaks_it(world: World) -> None:
    web, wrong = browser(world.street.admin), {}
    queries = ["", *("&".join(f"{name}={quoted(raw)}" for name in QUERIES) for raw in (NUL, b"-1", b"x"))]
    queries += [f"{name}={quoted(b'9' * 40)}" for name in QUERIES]
    with nothing_written("administration"):
        for model in in_turn(admin.site._registry):
            pages = pages_of(model, model._default_manager.first())
            hostile = [f"{pages[0]}{quoted(raw)}/{page}/" for raw in PARTS for page in ("change",)]
            asked = [f"{pages[0]}?{query}" for query in queries]
            for address in [*pages, *hostile, *asked]:
                answer = sent(lambda address=address: web.get(address))
                if fault(answer):
                    wrong[address[:160]] = fault(answer)
    assert wrong == {}


def test_no_value_of_a_field_breaks_a_form_of_the_administration(world: World) -> None:
    web, wrong = browser(world.street.admin), {}
    ContentType.objects.clear_cache()
    with nothing_written("forms of the administration"):
        for model in in_turn(admin.site._registry):
            pages = pages_of(model, model._default_manager.first())
            for address in pages[:3]:
                page = sent(lambda address=address: web.get(address))
                for form in forms_of(page.content.decode()) if page.status_code == 200 else []:
                    if form.method == "post" and form.action in ("", address):
                        bodies = [dict.fromkeys(form.fields, raw) for raw in (NUL, *TOGETHER[:3])]
                        bodies += [{**form.fields, name: raw} for name in form.fields for raw in ALONE]
                        for body in bodies:
                            answer = sent(lambda address=address, body=body: web.post(
                                address, encoded(body), content_type=URLENCODED))  # fmt: skip
                            if fault(answer):
                                wrong[address, str(body)[:120]] = fault(answer)
    assert wrong == {}
