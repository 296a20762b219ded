"""Pages of pest control: levels and indices as a reader sees them, records by their forms, who sees which."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from patrols.pests.actions import check_operation
from patrols.pests.models import BreedingSite, DensityLimit, DensitySurvey, PestOperation
from tests.cases.list_pages import words
from tests.patrols.costs import assert_no_dearer, costs_of
from tests.patrols.pests import Squad
from tests.patrols.teams import NOW, ONE_DAY, TODAY

Get = Callable[..., Any]


pytestmark = pytest.mark.usefixtures("squad", "moment")


def test_levels_of_a_month_with_values_parts_and_limits(squad: Squad, get: Get) -> None:
    second = squad.district.street.communities[1].pk
    squad.survey(sampled=200, positive=10)
    squad.survey("rodent_path", sampled=4000, positive=10)
    squad.survey("cockroach_rooms", community=second, sampled=59, positive=3)
    page = words(get(squad.clerk, "/pests/?month=2026-03"))
    assert "Rodents Level C Every limit known of level C is kept." in page
    assert "Rooms with rodent traces 5.00 % 10 / 200 limit of level C ≤ 5 kept" in page
    assert "Outdoor path index of rodents 5.00 places per 2,000 m 10 / 4000 limit of level C ≤ 5 kept" in page
    assert "Cockroaches no level Above the limits of level C: Rooms with cockroaches." in page
    assert "5.08 % 3 / 59 limit of level C ≤ 5 above" in page
    assert "Flies No level yet. Not surveyed: Rooms with flies, Flies per positive room" in page
    assert "Larvae and pupae per positive ladle – not surveyed limit of level C &lt; 8" in page
    assert "Level C" not in words(get(squad.clerk, "/pests/?month=2026-02"))
    code = squad.district.street.communities[1].code
    narrowed = words(get(squad.clerk, f"/pests/?month=2026-03&community={code}"))
    assert ("3 / 59" in narrowed, "10 / 200" in narrowed) == (True, False)
    of_officer = words(get(squad.district.street.officer, "/pests/"))
    assert ("3 / 59" in of_officer, "10 / 200" in of_officer) == (False, True)


def test_an_index_by_month_and_community_with_its_limits(squad: Squad, get: Get) -> None:
    squad.survey("mosquito_landing", sampled=2, minutes=15, positive=0, counted=3)
    squad.survey("mosquito_landing", on=date(2026, 2, 3), sampled=2, minutes=30, positive=0, counted=3)
    answer = get(squad.clerk, "/pests/indices/mosquito_landing/")
    page = words(answer)
    assert "mosquitoes landed × 30 ÷ (persons observed × minutes each)" in page
    assert "2025-04 – – – " in page  # the first of the twelve
    assert "2026-02 1.50 3 / 60 kept 2026-03 3.00 3 / 30 above" in page
    assert f"{squad.district.street.communities[0].name} 3.00 3 / 30 above" in page
    assert "Level A no limit known No limit could be read." in page
    assert "Level C ≤ 1.5 GB/T 27771-2011 · As a pest-control firm quotes the standard" in page
    chart = answer.context["chart"]
    assert (chart["labels"][0], chart["labels"][-1]) == ("2025-04", "2026-03")
    assert [one["values"][-2:] for one in chart["series"]] == [[1.5, 3.0], [1.5, 1.5]]
    assert chart["series"][0]["values"][:10] == [None] * 10
    get(squad.clerk, "/pests/indices/cats/", 404)


def test_the_team_enters_corrects_and_takes_out_by_forms(squad: Squad, send: Get, get: Get) -> None:
    typed = {"community": squad.place, "place": "榕树公园", "product": "粘鼠板", "method": "trap", "quantity": "20",
             "unit": "piece", "points": "20", "people": [squad.member.pk]}  # fmt: skip
    assert send(squad.member, "/pests/operations/new/", **{**typed, "people": []}).status_code == 422
    assert send(squad.member, "/pests/operations/new/", **typed)["Location"] == "/pests/operations/"
    made = PestOperation.objects.get()
    own = f"/pests/operations/{made.pk}/"
    assert send(squad.member, f"{own}change/", ratio="1:1")["Location"] == own
    assert f"榕树公园 {squad.district.street.communities[0].name} 2026-03-02" in words(
        get(squad.member, "/pests/operations/")
    )
    assert f"{own}check/" not in get(squad.member, own).content.decode()
    assert send(squad.leader, own, f"{own}check/").status_code == 302
    assert "supervisor pestleader 2026-03-02 09:00" in words(get(squad.clerk, own))
    get(squad.member, f"{own}change/", 409)
    survey = {"community": squad.place, "place": "一号院", "sampled": "50", "positive": "51"}
    assert "No more can be positive" in words(send(squad.member, "/pests/surveys/new/rodent_rooms/", **survey))
    assert send(squad.member, "/pests/surveys/new/rodent_rooms/", **{**survey, "positive": "1"}).status_code == 302
    row = DensitySurvey.objects.get()
    assert "rooms inspected 50 rooms with traces 1 pester" in words(get(squad.clerk, "/pests/surveys/"))
    assert send(squad.clerk, f"/pests/surveys/{row.pk}/", positive="2").status_code == 302
    assert DensitySurvey.objects.get().positive == 2
    assert send(squad.clerk, f"/pests/surveys/{row.pk}/", f"/pests/surveys/{row.pk}/remove/").status_code == 302
    assert not DensitySurvey.objects.exists()


def test_sites_are_closed_and_found_again_by_forms(squad: Squad, send: Get, get: Get) -> None:
    typed = {"community": squad.place, "place": "旧轮胎堆", "on": TODAY - 9 * ONE_DAY}
    assert send(squad.member, "/pests/sites/new/", **typed).status_code == 302
    page = f"/pests/sites/{BreedingSite.objects.get().pk}/"
    assert "not cleared 9 days" in words(get(squad.district.street.officer, "/pests/sites/"))
    assert send(squad.member, f"{page}close/", done="").status_code == 422
    assert send(squad.member, f"{page}close/", done="已清除").status_code == 302
    assert "times found 1" in words(get(squad.clerk, page))
    assert send(squad.member, f"{page}again/", note="又有积水").status_code == 302
    assert "times found 2" in words(get(squad.clerk, page))
    assert "found again · pester 又有积水" in words(get(squad.clerk, page))


def test_a_clerk_enters_a_limit(squad: Squad, send: Get, get: Get) -> None:
    page = "/pests/limits/rodent_rooms/B/"
    assert send(squad.clerk, page, most="3", standard="").status_code == 422
    assert send(squad.clerk, page, most="3", standard="GB/T 27770-2011", source="").status_code == 302
    assert DensityLimit.objects.get().level == "B"
    shown = words(get(squad.leader, "/pests/limits/"))
    assert "Rooms with rodent traces rodents % no limit known ≤ 3 GB/T 27770-2011 ≤ 5" in shown
    get(squad.leader, page, 403)
    get(squad.clerk, "/pests/limits/rodent_rooms/D/", 404)
    get(squad.clerk, "/pests/limits/x/B/", 404)


def test_of_several_teams_one_is_named_and_without_any_nothing_is_entered(squad: Squad, get: Get) -> None:
    street = squad.district.street
    squad.team.__class__.objects.create(
        key="pest2", kind="pest_team", name_zh="二队", district_code=squad.team.district_code,
        subdistrict=squad.team.subdistrict,
    )  # fmt: skip
    second = squad.team.__class__.objects.get(key="pest2")
    assert "二队" in words(get(squad.clerk, f"/pests/sites/new/?team={second.pk}"))
    for asked in ("", f"?team={squad.district.street.team.pk}", "?team=x"):
        assert "Choose a team 甲街消杀队 二队" in words(get(squad.clerk, f"/pests/sites/new/{asked}"))
    for page in ("operations/new/", "surveys/new/rodent_rooms/", "sites/new/"):
        assert "No pest-control team" in words(get(street.teamleader, f"/pests/{page}"))
        get(street.leader, f"/pests/{page}", 403)
    assert "No pest-control team" in words(get(street.teamleader, "/pests/"))
    get(squad.clerk, "/pests/surveys/new/x/", 404)


def test_as_many_queries_however_many_records(squad: Squad, client: Client, get: Get) -> None:
    parts = ["", "indices/fly_rooms/", "operations/", "surveys/", "sites/", "operations/new/", "limits/"]
    parts += [f"operations/{squad.operate().pk}/", f"sites/{squad.find().pk}/"]
    squad.survey("fly_rooms", positive=1, counted=1)
    few = costs_of(client, get, squad.clerk, [f"/pests/{part}" for part in parts])
    for n in range(9):
        one = squad.operate(place=str(n), people=(squad.member.pk, squad.leader.pk))
        check_operation(by=squad.clerk, at=NOW, pk=one.pk)
        squad.find(place=str(n), on=TODAY - n * ONE_DAY)
        squad.survey(
            "fly_rooms", place=str(n), positive=1, counted=1, community=squad.district.street.communities[1].pk
        )
    assert_no_dearer(costs_of(client, get, squad.clerk, [*few]), few)
