"""What belongs together is there together: a new role, action or timed thing that lacks a part is told here."""

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Index

from cases.actions import ACTIONS
from cases.conditions import TABLE as CONDITIONS
from cases.demo import names
from cases.forms.acting import MAKERS
from cases.meetings import lifecycle
from cases.meetings.actions.resolving import BODIES
from cases.meetings.notices import TABLE as TOLD
from cases.meetings.resolution_forms import ActForm
from cases.meetings.templatetags.resolutions import EVENT_LOOKS, LOOKS
from cases.workflow import TRANSITIONS
from citymgmt.people.permissions import TABLE
from citymgmt.people.roles import Role
from citymgmt.people.views.home import FIRST_PAGE
from citymgmt.worktime.models import Timed
from citymgmt.worktime.sweep import timed_models
from tests.measuring.source import PACKAGES

OURS = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]


def test_every_role_has_a_first_page_rows_and_somebody_in_the_demo() -> None:
    assert set(FIRST_PAGE) == set(Role)
    assert {role for grants in TABLE.values() for role in grants} == set(Role)
    demo = {person.role for people in names.PEOPLE.values() for person in people}
    assert demo | {Role.LIAISON} == set(Role)


def test_every_action_has_a_row_of_the_permission_table_and_a_field_for_what_it_carries() -> None:
    assert {one.permission for one in TRANSITIONS.values()} <= set(TABLE)
    assert {name for one in TRANSITIONS.values() for name in (*one.carries, *one.may_carry)} <= set(MAKERS)
    assert set(CONDITIONS) <= set(ACTIONS)


def test_every_action_on_resolutions_has_a_row_fields_a_word_and_whom_it_tells() -> None:
    transitions = lifecycle.TRANSITIONS
    assert {one.permission for one in transitions.values()} <= set(TABLE)
    for one in transitions.values():
        form = ActForm(transition=one)
        assert {*one.carries, *one.may_carry, "note"} == set(form.fields) - {"version", "request_key"}
        assert form.fields["note"].required == ("note" in one.carries)
    assert {lifecycle.event_kind(name) for name in transitions} <= set(TOLD) & set(EVENT_LOOKS)
    assert set(EVENT_LOOKS) | set(TOLD) <= set(lifecycle.EVENTS)
    assert {state.tone for state in lifecycle.STATES.values()} == set(LOOKS)
    assert set(BODIES) <= set(transitions)


def test_every_timed_model_is_swept_and_found_by_a_partial_index() -> None:
    timed = [model for model in OURS if issubclass(model, Timed)]
    assert set(timed) <= set(timed_models())
    assert [model.__name__ for model in timed if not any(map(_finds_what_is_due, model._meta.indexes))] == []


def _finds_what_is_due(index: Index) -> bool:
    return index.fields == ["next_check_at"] and index.condition is not None


@pytest.mark.django_db
def test_every_trigger_of_a_model_is_in_the_database() -> None:
    wanted = {trigger.get_pgid(model) for model, trigger in pgtrigger.registered()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger\\_%%'")
        assert {name for (name,) in cursor.fetchall()} == wanted
