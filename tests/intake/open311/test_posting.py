"""Conformance of reporting; the numbers are those of the checks that docs/open311.md lists."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.intake.models import ApiClient, Report, Topic
from cases.models import Case, Photo, Reporter
from communities.models import Community
from tests.intake.open311.doors import TOLD, Door
from tests.intake.reported import KEY, client_of, walk
from tests.office import District
from tests.photos.pictures import photo
from tests.places.test_boundaries import square

SAFE = {**TOLD, "service_code": "other"}
HERE = square(113.30, 23.10, 113.40, 23.20)
pytestmark = pytest.mark.usefixtures("program")


def upload(content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile("IMG_0001.jpg", content, "image/jpeg")


def said(answer: Any) -> list[dict[str, str]]:
    """The errors of an answer."""
    found: list[dict[str, str]] = json.loads(answer.content)
    return found


@pytest.mark.parametrize(("key", "code"), [(None, "missing_api_key"), ("", "missing_api_key"), ("x", "wrong_api_key"),
                                           (f"{KEY} {KEY}", "wrong_api_key")])  # fmt: skip
def test_18_19_without_a_right_key_it_is_403_whatever_else_is_wrong(door: Door, key: str | None, code: str) -> None:
    assert door.refused(403, key=key, **SAFE) == [code]
    assert door.refused(403, key=key) == [code]
    assert Case.objects.count() == 0


def test_a_key_that_has_ended_is_wrong(door: Door, program: ApiClient) -> None:
    ApiClient.objects.update(ended_at=program.made_at)
    assert door.refused(403, **SAFE) == ["wrong_api_key"]


def test_the_key_may_stand_in_the_address(door: Door) -> None:
    answer = door.web.post(f"/open311/v2/requests.json?api_key={KEY}", SAFE)
    assert answer.status_code == 200


def test_20_no_service_is_400(door: Door) -> None:
    assert door.refused(400, **{**SAFE, "service_code": None}) == ["missing_service_code"]
    assert door.refused(400, **{**SAFE, "service_code": " "}) == ["missing_service_code"]


def test_21_an_unknown_service_is_404(door: Door) -> None:
    for code in ("nothing", "danger_fire"):  # who calls 119 must not wait for a form
        assert door.refused(404, **{**SAFE, "service_code": code}) == ["unknown_service_code"]


def test_22_23_no_or_half_a_location_is_400(door: Door) -> None:
    nowhere = {"lat": None, "long": None}
    assert door.refused(400, **{**SAFE, **nowhere}) == ["missing_location"]
    assert door.refused(400, **{**SAFE, "lat": "", "long": " ", "address_string": " "}) == ["missing_location"]
    for half in ("lat", "long"):
        assert door.refused(400, **{**SAFE, half: None}) == ["half_location"]


def test_24_each_location_alone_will_do(door: Door, district: District) -> None:
    community = district.street.communities[1]
    nowhere = {"lat": None, "long": None}
    point = door.report(**SAFE)
    text = door.report(**{**SAFE, **nowhere}, address_string="幸福路8号")
    code = door.report(**{**SAFE, **nowhere}, address_id=community.code)
    cases = {case.number: case for case in Case.objects.all()}
    assert (cases[point].longitude, cases[point].latitude) == (Decimal("113.3512345"), Decimal("23.1298765"))
    assert (cases[text].address, cases[text].community) == ("幸福路8号", None)
    assert cases[code].community == community


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lat", "91"), ("lat", "x"), ("lat", "NaN"), ("lat", "1e999"), ("lat", "Infinity"), ("lat", "9" * 400),
        ("long", "-181"), ("long", "1,2"), ("address_id", "440106001099"), ("address_id", "x"),
        ("address_string", "号" * 201), ("address_string", "a\x00b"), ("email", "nobody"), ("email", "a@" + "b" * 100),
        ("phone", "call me"), ("first_name", "名" * 31), ("last_name", "a\x01"), ("description", "a\x0bb"),
        ("client_reference", "x" * 81), ("client_reference", "a b"), ("media_url", "http://127.0.0.1/secret"),
        ("media_url", "file:///etc/passwd"), ("media_url", "x"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(door: Door, name: str, value: str) -> None:
    assert door.refused(400, **{**SAFE, name: value}) == [f"invalid_{name}"]
    assert Case.objects.count() == 0


def test_25_a_missing_required_attribute_is_400_and_named(door: Door) -> None:
    answer = door.send(**{**TOLD, "service_code": "wires"})
    assert answer.status_code == 400
    assert said(answer) == [{"code": "missing_attribute", "description": "attribute[height]: 请填写此项。"}]


def test_26_attributes_are_stored_single_and_many(door: Door) -> None:
    door.report(service_code="wires", **{"attribute[height]": "reach"})
    for name in ("attribute[when][]", "attribute[when]"):
        door.report(service_code="noise", **{name: ["evening", "night"]})
    door.report(service_code="noise", **{"attribute[when]": "day"})
    door.report(service_code="vending", **{"attribute[blocks]": "", "attribute[hours]": "七点以后"})
    assert list(Report.objects.order_by("pk").values_list("answers", flat=True)) == [
        {"height": "reach"},
        {"when": ["evening", "night"]},
        {"when": ["evening", "night"]},
        {"when": ["day"]},
        {"hours": "七点以后"},
    ]


@pytest.mark.parametrize(
    "attributes",
    [
        {"attribute[height]": "sky"},
        {"attribute[height][]": ["high", "reach"]},
        {"attribute[height]": "high", "attribute[colour]": "red"},
    ],
)
def test_27_a_value_outside_the_list_is_400(door: Door, attributes: dict[str, Any]) -> None:
    assert door.refused(400, **{**TOLD, "service_code": "wires", **attributes}) == ["invalid_attribute"]


def test_28_a_description_has_at_most_4000_characters(door: Door) -> None:
    door.report(**{**SAFE, "description": "字" * 4000})
    assert Case.objects.get().description == "字" * 4000
    assert door.refused(400, **{**SAFE, "description": "字" * 4001}) == ["invalid_description"]


def test_without_description_it_says_what_it_is_about(door: Door) -> None:
    door.report(**{**SAFE, "description": None})
    assert Case.objects.get().description == "其他问题"


def test_29_html_is_text(door: Door, district: District, client: Any) -> None:
    number = door.report(**{**SAFE, "description": "<script>alert(1)</script>&lt;b&gt;"})
    assert Case.objects.get().description == "<script>alert(1)</script>&lt;b&gt;"
    client.force_login(district.street.clerk)
    assert "<script>alert(1)" not in client.get(f"/cases/{number}/").content.decode()


def test_30_chinese_comes_back_as_it_was_sent(door: Door) -> None:
    words = "路口“垃圾”堆积㐂𠮷👍🏽 é & < > ]]>\n第二行"
    number = door.report(**{**SAFE, "description": words})
    assert [one["description"] for one in door.read(f"v2/requests/{number}", api_key=KEY)] == [words]
    for suffix in ("json", "xml"):
        whole = door.ask(f"v2/requests/{number}", suffix=suffix, api_key=KEY).content
        assert "路口“垃圾”堆积㐂𠮷👍🏽 é".encode() in whole


def test_31_an_id_and_no_token_in_both_formats(door: Door) -> None:
    for suffix in ("json", "xml"):
        answer = door.send(suffix=suffix, **SAFE)
        assert answer.status_code == 200
        text = answer.content.decode()
        assert Case.objects.latest("pk").number in text
        assert "token" not in text


def test_32_what_was_posted_is_there_at_once_for_who_posted_it(door: Door) -> None:
    number = door.report(**SAFE)
    (told,) = door.read("v2/requests", api_key=KEY)
    assert (told["service_request_id"], told["service_code"]) == (number, "other")
    assert (told["lat"], told["long"]) == (23.1298765, 113.3512345)
    assert told["requested_datetime"].endswith("+08:00")
    assert told["description"] == TOLD["description"]
    assert door.requests() == []


def test_33_who_reported_is_in_no_answer(door: Door, district: District) -> None:
    who = {"first_name": "小明", "last_name": "王", "phone": "13800001234", "email": "w@example.org"}
    number = door.report(**SAFE, **who, device_id="d-77", account_id="a-88")
    kept = Reporter.objects.get()
    assert (kept.name, kept.phone, kept.email) == ("王小明", "13800001234", "w@example.org")
    walk(district, Case.objects.get(), "accepted", Case.objects.get().created_at)
    asks = ["v2/requests", f"v2/requests/{number}", "v2/servicerequestupdates", f"v2/tokens/{number}"]
    for path in asks:
        for key in ({}, {"api_key": KEY}):
            for suffix in ("json", "xml"):
                text = door.ask(path, suffix=suffix, extensions="true", **key).content.decode()
                assert not [
                    one for one in ("小明", "王小", "13800001234", "example.org", "d-77", "a-88") if one in text
                ]


def test_a_name_in_the_order_of_its_language(door: Door) -> None:
    door.report(**SAFE, first_name="Ann", last_name="Lee")
    assert Reporter.objects.get().name == "Ann Lee"


def test_34_all_that_is_wrong_comes_back_together(door: Door) -> None:
    wrong = {"service_code": "wires", "lat": "91", "email": "x", "media_url": "http://x"}
    assert door.refused(400, **wrong) == ["invalid_lat", "invalid_email", "invalid_media_url", "missing_attribute"]
    assert door.refused(400, service_code="nothing") == ["unknown_service_code", "missing_location"]


@pytest.mark.parametrize("way", ["header", "parameter"])
def test_35_the_same_reference_makes_one_case(door: Door, way: str) -> None:
    told = {**SAFE} if way == "header" else {**SAFE, "client_reference": "ref-1"}
    headers = {"Idempotency-Key": "ref-1"} if way == "header" else None
    first, again = (door.send(headers=headers, **told) for _turn in range(2))
    assert first.content == again.content
    assert Case.objects.count() == 1
    assert [one["code"] for one in said(door.send(headers=headers, **{**told, "description": "另一件"}))] == [
        "key_reused"
    ]
    door.report(**SAFE)  # without a reference it is another one
    assert Case.objects.count() == 2


def test_a_reference_belongs_to_its_program(door: Door, district: District) -> None:
    client_of(district.street, "二号", "another-key")
    numbers = [
        said(door.send(key=key, headers={"Idempotency-Key": "ref-1"}, **SAFE))[0]["service_request_id"]
        for key in (KEY, "another-key")
    ]
    assert numbers == list(Case.objects.order_by("pk").values_list("number", flat=True))
    assert len(set(numbers)) == 2


def test_a_place_tells_its_community(door: Door, district: District) -> None:
    community = district.street.communities[1]
    Community.objects.filter(pk=community.pk).update(boundary=HERE)
    door.report(**SAFE)
    assert Case.objects.get().community == community


def test_a_place_of_another_office_is_refused_with_its_code(door: Door, district: District) -> None:
    other = district.other
    Community.objects.filter(pk=other.communities[0].pk).update(boundary=HERE)
    answer = door.send(**SAFE)
    assert answer.status_code == 400
    assert [one["code"] for one in said(answer)] == ["other_jurisdiction"]
    assert other.subdistrict.code in said(answer)[0]["description"]
    elsewhere = {"lat": None, "long": None, "address_id": other.communities[0].code}
    assert door.refused(400, **{**SAFE, **elsewhere}) == ["other_jurisdiction"]


def test_the_office_of_the_key_is_meant_and_another_refused(door: Door, district: District) -> None:
    door.report(**SAFE, jurisdiction_id=district.street.subdistrict.code)
    assert door.refused(403, **SAFE, jurisdiction_id=district.other.subdistrict.code) == ["other_jurisdiction"]
    assert door.refused(404, **SAFE, jurisdiction_id="440106999") == ["unknown_jurisdiction_id"]


def test_pictures_come_as_files(door: Door, media: Any) -> None:
    sent = {**SAFE, "api_key": KEY, "media": [upload(photo(64, 64)), upload(photo(32, 32))]}
    answer = door.web.post("/open311/v2/requests.json", sent)
    assert answer.status_code == 200
    assert Photo.objects.filter(case=Case.objects.get()).count() == 2
    for files, code in (([b"no photo"], "invalid_photos"), ([photo(8, 8)] * 7, "invalid_photos")):
        answer = door.web.post("/open311/v2/requests.json", {**sent, "media": [upload(one) for one in files]})
        assert answer.status_code == 400
        assert {one["code"] for one in said(answer)} == {code}


def test_the_language_of_the_program_is_kept(door: Door) -> None:
    door.send(headers={"Accept-Language": "en"}, **SAFE)
    door.send(headers={"Accept-Language": "fr"}, **SAFE)
    assert list(Report.objects.order_by("pk").values_list("language", flat=True)) == ["en", "zh-hans"]


def test_a_topic_without_category_waits_for_the_desk(door: Door) -> None:
    door.report(**SAFE)
    case = Case.objects.get()
    assert (case.state, case.category, case.source) == ("reported", None, "citizen")
    assert Report.objects.get().topic == Topic.objects.get(code="other")
