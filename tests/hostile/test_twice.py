"""What is sent twice, as a double click or a reload sends it, makes one row."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from citymgmt.people.models import User
from communities.models import Community, OfficerAssignment, OfficerLeave
from tests.hostile.pages import forms_of
from tests.hostile.probing import browser
from tests.hostile.world import World


def twice(person: User, address: str, action: str = "", **typed: Any) -> list[int]:
    """Fill in the form at the address and send it twice; what was answered."""
    web = browser(person)
    (form,) = [
        one
        for one in forms_of(web.get(address).content.decode())
        if one.method == "post" and one.action in ("", address) and set(typed) <= set(one.fields)
    ]
    filled = {name: raw.decode() for name, raw in form.fields.items()} | typed
    return [web.post(address, filled).status_code for _time in range(2)]


def test_new_user(world: World) -> None:
    count = User.objects.count()
    answers = twice(world.street.admin, "/users/new/", username="new.person", display_name="x")
    assert (answers, User.objects.count()) == ([200, 422], count + 1)


def test_new_community(world: World) -> None:
    count = Community.objects.count()
    place = {"code": f"{world.street.subdistrict.code}077", "name_zh": "新", "subdistrict": world.street.subdistrict.pk}
    answers = twice(world.street.admin, "/admin/communities/community/add/", **place, _save="x", boundary="")
    assert (answers, Community.objects.count()) == ([302, 200], count + 1)


def test_assignment_and_leave(world: World) -> None:
    place, today = world.things["place"], timezone.localdate()
    for page, model, typed in (
        ("assign", OfficerAssignment, {"part": "deputy", "from_on": today, "user": world.street.officer2.pk}),
        ("leave", OfficerLeave, {"from_on": today + timedelta(days=20), "until_on": today + timedelta(days=21)}),
    ):
        count = model.objects.count()
        answers = twice(world.street.leader, f"/communities/{place}/{page}/", **typed)
        assert (answers[0], answers[1] in (302, 422), model.objects.count()) == (302, True, count + 1), page
