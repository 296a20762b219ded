"""The standing facts of a sub-district are kept by its administrator, with boundaries that can be."""

import pytest

from citymgmt.refusals import Invalid, NotFound, NotPermitted
from communities.actions import save_place
from communities.models import KeyPlace
from tests.office import District, china

AT = china("2026-03-04 09:00")
SQUARE = [[113.0, 23.0], [113.1, 23.0], [113.1, 23.1], [113.0, 23.0]]


def test_a_boundary_that_can_be_is_kept_and_one_that_cannot_is_refused(district: District) -> None:
    home, admin = district.street.communities[0], district.street.admin
    home.boundary = {"type": "Polygon", "coordinates": [SQUARE]}
    save_place(place=home, by=admin, at=AT)
    home.boundary = {"type": "Point", "coordinates": [113.0, 23.0]}
    with pytest.raises(Invalid) as refused:
        save_place(place=home, by=admin, at=AT)
    assert list(refused.value.fields) == ["boundary"]
    home.refresh_from_db()
    assert home.boundary == {"type": "Polygon", "coordinates": [SQUARE]}


def test_of_the_own_sub_district_alone(district: District) -> None:
    place = KeyPlace(community=district.street.communities[0], name_zh="市场", kind="market")
    for by, refusal in ((district.other.admin, NotFound), (district.street.clerk, NotPermitted)):
        with pytest.raises(refusal):
            save_place(place=place, by=by, at=AT)
    assert KeyPlace.objects.count() == 0
    save_place(place=place, by=district.street.admin, at=AT)
    assert KeyPlace.objects.get() == place
