"""Saved views and columns: one's own, shared within the office, checked against the filters."""

from typing import Any

import pytest
from django.test import Client

from cases.actions.keeping import MOST_VIEWS, choose_columns, delete_view, save_view
from cases.models import SavedView
from citymgmt.people.models import User
from citymgmt.refusals import Invalid, NotFound, NotPermitted
from tests.cases.list_pages import numbers
from tests.cases.stories import MORNING, case_in
from tests.office import District, china

AT = china(MORNING)
KEY = "6f1f0f0e-0000-4000-8000-000000000001"
PEOPLE = ("clerk", "clerk2", "officer", "teamleader", "member", "leader", "auditor", "admin", "secadmin")


def save(user: User, **changed: Any) -> SavedView:
    given = {"name": "夜市", "query": "state=handling", "columns": ["number", "state"], **changed}
    return save_view(by=user, at=AT, **given)


def test_a_view_brings_back_filters_order_and_columns(district: District, get: Any, client: Client) -> None:
    wanted = case_in(district, "handling")
    case_in(district, "reported")
    clerk = district.street.clerk
    get("cases:views", clerk, "?state=handling&ordering=number&cursor=x&page=3")
    told = {"name": " 在办 ", "query": "state=handling&ordering=number&page=3", "request_key": KEY}
    answer = client.post("/cases/views/save/?columns=number,description", told)
    view = SavedView.objects.get()
    assert (view.name, view.query, view.columns, view.is_shared) == (
        "在办", "state=handling&ordering=number", ["number", "description"], False,
    )  # fmt: skip
    assert answer["Location"] == view.get_absolute_url()
    shown = client.get(view.get_absolute_url())
    assert numbers(shown) == [wanted.number]
    assert [heading.column.key for heading in shown.context["columns"]] == ["number", "description"]
    assert [one.name for one in shown.context["views"]] == ["在办"]


@pytest.mark.parametrize("query", ["state=nonsense", "nonsense=1", "ordering=description", "officer=officer2",
                                   "%00=1", "q=%00", "x" * 3000,
                                   "category=99999999999", "created_after=0001-01-01"])  # fmt: skip
def test_a_query_that_the_list_refuses_is_not_saved(query: str, district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    answer = client.post("/cases/views/save/", {"name": "x", "query": query, "request_key": KEY})
    assert (answer.status_code, SavedView.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["", " ", "x" * 41, "a\x00", "\u202e"])
def test_a_name_is_a_name(name: str, district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    answer = client.post("/cases/views/save/", {"name": name, "query": "", "request_key": KEY})
    assert (answer.status_code, SavedView.objects.count()) == (422, 0)


def test_a_blank_name_is_refused_by_the_action_too(district: District) -> None:
    with pytest.raises(Invalid) as refused:
        save(district.street.clerk, name=" ")
    assert (list(refused.value.fields), SavedView.objects.count()) == (["name"], 0)


def outcome(act: Any, *args: Any, **given: Any) -> str:
    try:
        act(*args, **given)
    except NotPermitted:
        return "403"
    except NotFound:
        return "404"
    return "done"


def test_who_saves_and_who_shares(district: District) -> None:
    street = district.street
    own = {who: outcome(save, getattr(street, who)) for who in PEOPLE}
    assert own == {**dict.fromkeys(PEOPLE, "done"), "admin": "403", "secadmin": "403"}
    shared = {who: outcome(save, getattr(street, who), name="共", is_shared=True) for who in PEOPLE}
    assert shared == {**dict.fromkeys(PEOPLE, "403"), "clerk": "done", "clerk2": "done", "leader": "done"}
    assert (outcome(save, district.liaison), outcome(save, district.liaison, is_shared=True)) == ("done", "403")


def test_shared_views_are_seen_in_the_office_and_removed_by_their_owner(district: District, get: Any) -> None:
    street = district.street
    private, shared = save(street.clerk, name="私"), save(street.clerk, name="共", is_shared=True)
    seen = {who: [one.name for one in get("cases:list", getattr(street, who)).context["views"]] for who in
            ("clerk", "clerk2", "officer", "auditor")}  # fmt: skip
    assert seen == {"clerk": ["共", "私"], "clerk2": ["共"], "officer": ["共"], "auditor": ["共"]}
    assert get("cases:list", district.other.clerk).context["views"] == []
    assert get("cases:list", district.liaison).context["views"] == []
    found = {
        name: [outcome(delete_view, by=by, at=AT, pk=view.pk) for view in (private, shared)]
        for name, by in (("clerk2", street.clerk2), ("admin", street.admin), ("other", district.other.clerk))
    }
    assert found == {"clerk2": ["404", "403"], "admin": ["404", "404"], "other": ["404", "404"]}
    assert [outcome(delete_view, by=street.clerk, at=AT, pk=view.pk) for view in (private, shared)] == ["done", "done"]
    assert outcome(delete_view, by=street.clerk, at=AT, pk=2**70) == "404"


def test_the_same_name_is_written_over_and_fifty_are_the_most(district: District) -> None:
    clerk = district.street.clerk
    for number in range(MOST_VIEWS):
        save(clerk, name=str(number))
    with pytest.raises(Invalid, match="50"):
        save(clerk, name="one more")
    save(clerk, name="7", query="state=filed")
    assert (SavedView.objects.count(), SavedView.objects.get(name="7").query) == (MOST_VIEWS, "state=filed")
    choose_columns(by=clerk, at=AT, columns=["state"])
    with pytest.raises(Invalid):
        choose_columns(by=clerk, at=AT, columns=["nonsense"])


def test_chosen_columns_stay(district: District, get: Any, client: Client) -> None:
    case_in(district, "handling")
    clerk = district.street.clerk
    get("cases:views", clerk)
    told = {"columns": ["filed_at", "department"], "query": "state=handling", "request_key": KEY}
    answer = client.post("/cases/views/columns/", told)
    assert answer["Location"] == "/cases/?state=handling"
    shown = get("cases:list", clerk)
    assert [heading.column.key for heading in shown.context["columns"]] == ["number", "department", "filed_at"]
    assert shown.context["views"] == []
    usual = get("cases:list", district.street.leader)
    assert [heading.column.key for heading in usual.context["columns"]] == [
        "number", "category", "place", "state", "clock", "who",
    ]  # fmt: skip
    assert client.post("/cases/views/columns/", {**told, "columns": ["nonsense"]}).status_code == 422


def test_a_press_removes(district: District, client: Client) -> None:
    view = save(district.street.clerk)
    client.force_login(district.street.clerk)
    assert client.get(f"/cases/views/{view.pk}/delete/").status_code == 405
    assert client.post(f"/cases/views/{view.pk}/delete/")["Location"] == "/cases/views/"
    assert SavedView.objects.count() == 0
