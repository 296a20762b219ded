"""An illegal building becomes a case: everything is filled in, each names the other, once however often it is asked."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cases.models import Case, Category, Photo
from citymgmt.refusals import Invalid, KeyReused, NotFound, NotPermitted, Stale, WrongState
from patrols.illegal_buildings.actions import described, enter_building, log_building_case
from patrols.illegal_buildings.models import BuildingEvent
from patrols.illegal_buildings.verification import verify_buildings
from tests.cases.list_pages import words
from tests.office import District
from tests.patrols.buildings import NOW, act, building_in, go_to, told_of
from tests.photos.pictures import photo

pytestmark = pytest.mark.usefixtures("moment", "english")
Ask = Callable[..., Any]


def category() -> int:
    return Category.objects.get(code_2026="06001").pk


def log(district: District, pk: int, **given: Any) -> BuildingEvent:
    told: dict[str, Any] = {"by": district.street.clerk, "at": NOW, "category": category(), "text": "楼顶加建"}
    return log_building_case(pk=pk, **{**told, **given})


def test_place_photos_and_category_go_along_and_the_entry_names_the_case(district: District, media: Path) -> None:
    clerk = district.street.clerk
    building = enter_building(by=clerk, at=NOW, told=told_of(district), photos=[photo()]).building
    event = log(district, building.pk)
    building.refresh_from_db()
    case = Case.objects.get()
    assert (event.kind, event.note, building.case) == ("building_log_case", case.number, case)
    assert (case.community, case.address, case.description) == (building.community, building.address, "楼顶加建")
    assert (case.category_id, case.source) == (category(), Case.Source.PATROL)
    assert Photo.objects.filter(case=case).count() == 1
    assert dict(verify_buildings()) == {building.number: []}


def test_what_is_refused(district: District) -> None:
    building = building_in(district)
    for changed, fields in (
        ({"text": " "}, {"text"}),
        ({"text": "x" * 501}, {"text"}),
        ({"category": 0}, {"category"}),
        ({"category": Category.objects.exclude(code_2026__startswith="06").first().pk}, {"category"}),  # type: ignore[union-attr]
    ):
        with pytest.raises(Invalid) as refused:
            log(district, building.pk, **changed)
        assert set(refused.value.fields) == fields
    with pytest.raises(Stale):
        log(district, building.pk, version=7)
    with pytest.raises(NotFound):
        log(district, building.pk, by=district.other.clerk)
    with pytest.raises(NotPermitted):
        log(district, building.pk, by=district.street.leader)
    assert Case.objects.count() == 0


def test_one_case_a_building_and_none_of_what_is_gone(district: District) -> None:
    building, gone = building_in(district), building_in(district)
    log(district, building.pk)
    with pytest.raises(WrongState, match="is in case"):
        log(district, building.pk)
    act(district, gone, "remove", area_m2=gone.area_m2, way="owner")
    with pytest.raises(WrongState, match="the building is now in the state"):
        log(district, gone.pk)


def test_a_resend_logs_once(district: District) -> None:
    building = building_in(district)
    event = log(district, building.pk, request_key="k")
    assert log(district, building.pk, request_key="k") == event
    with pytest.raises(KeyReused):
        log(district, building.pk, request_key="k", text="别的")
    assert Case.objects.count() == 1


def test_the_form_is_filled_in_and_the_pages_name_each_other(district: District, get: Ask, send: Ask) -> None:
    building, clerk = building_in(district), district.street.clerk
    address = f"/buildings/{building.pk}/case/"
    assert f'href="{address}"' in get(clerk, building.get_absolute_url()).content.decode()
    page = get(clerk, address).content.decode()
    assert (described(building) in page, f'<option value="{category()}" selected>' in page) == (True, True)
    assert f"违法建设 {building.number}" in described(building)
    assert send(clerk, address)["Location"] == building.get_absolute_url()
    case = Case.objects.get()
    shown = get(clerk, building.get_absolute_url()).content.decode()
    assert (f'href="{address}"' in shown, case.get_absolute_url() in shown) == (False, True)
    assert building.number in words(get(clerk, case.get_absolute_url()))
    assert send(clerk, address).status_code == 409


@pytest.mark.parametrize(
    ("role", "status"), [("clerk", 200), ("officer", 200), ("teamleader", 200), ("member", 200), ("leader", 403)]
)
def test_who_may(district: District, get: Ask, role: str, status: int) -> None:
    building = building_in(district)
    person = getattr(district.street, role)
    get(person, f"/buildings/{building.pk}/case/", status)
    assert ("Log a case" in words(get(person, building.get_absolute_url()))) == (status == 200)


def test_a_lawful_one_is_no_longer_offered(district: District, get: Ask) -> None:
    building = building_in(district)
    go_to(district, building, "refer")
    act(district, building, "legalise", building.stepped_on, document="1")
    assert "Log a case" not in words(get(district.street.clerk, building.get_absolute_url()))
