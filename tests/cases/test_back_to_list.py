"""After a one-tap action from a list, the list; never an address of somebody else's choosing."""

import uuid
from typing import Any

import pytest
from django.test import Client

from cases.models import Case
from tests.cases.stories import MORNING, case_in
from tests.office import District, china

LIST = "/cases/mine/?queue=to_receive&page=2"


@pytest.fixture
def receive(district: District, client: Client, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: china(MORNING))
    client.force_login(district.street.officer)

    def press(case: Case, **more: str) -> Any:
        sent = {"version": case.version, "request_key": str(uuid.uuid4()), **more}
        return client.post(f"{case.get_absolute_url()}do/receive/", sent)

    return press


def test_list_is_shown_again_after_a_press(district: District, receive: Any) -> None:
    case = case_in(district, "dispatched")
    answer = receive(case, next=LIST)
    case.refresh_from_db()
    assert (answer.status_code, answer["Location"], case.state) == (302, LIST, "handling")


def test_list_names_itself_in_its_buttons(district: District, client: Client) -> None:
    case_in(district, "dispatched")
    client.force_login(district.street.officer)
    page = client.get("/cases/mine/?queue=to_receive").content.decode()
    assert page.count('name="next" value="/cases/mine/?queue=to_receive"') == 2  # the card, and the language switch


@pytest.mark.parametrize(
    "elsewhere",
    ["", "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
     "javascript:alert(1)", "cases/", "/a\x00b", "/a\r\nSet-Cookie: x=1", "/" + "x" * 1_000_000],
    ids=lambda text: ascii(text[:20]),
)  # fmt: skip
def test_other_addresses_lead_to_the_case(district: District, receive: Any, elsewhere: str) -> None:
    case = case_in(district, "dispatched")
    answer = receive(case, next=elsewhere)
    assert (answer.status_code, answer["Location"]) == (302, case.get_absolute_url())
