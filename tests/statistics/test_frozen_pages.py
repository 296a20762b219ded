"""Pages of frozen evaluations: they show what was kept, each number leads to its cases, and only leaders press."""

import io
import re
import uuid
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from cases.statistics.figures import percent, points
from cases.statistics.frozen import counts_of, weights_of
from cases.statistics.indicators import INDICATORS, score
from cases.statistics.models import CountedUntil, Dimension, Evaluation
from cases.statistics.sql import AMOUNTS
from cases.statistics.wording import NONE
from citymgmt.people.models import User
from tests.cases.list_pages import cursor_of, numbers, words
from tests.cases.stories import LATE, case_in, do
from tests.hostile.pages import Form, forms_of
from tests.office import District, china
from tests.statistics.freezing import AFTER, a_month, frozen, late_case, published
from tests.statistics.reading import measure_of

LIST = "/statistics/evaluations/"
EVALUATION = "/statistics/evaluation/?first=2026-03-01&last=2026-03-31"
SEE = ("clerk", "leader", "auditor")
SEE_NOT = ("officer", "teamleader", "member", "admin", "secadmin")
NUMBER_LINK = re.compile(r'href="([^"]*/cases/\?measure=[^"]*)">(\d+)</a>')


@pytest.fixture(autouse=True)
def after_march(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is April, everybody reads English, and nothing is counted yet, whatever was committed before."""
    User.objects.update(language="en")
    CountedUntil.objects.update(as_of=china("2000-01-01 00:00"), case_id=0)
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AFTER)


Get = Callable[..., Any]


@pytest.fixture
def get(client: Client) -> Get:
    def answer(user: User, address: str, status: int = 200) -> Any:
        client.force_login(user)
        found = client.get(address)
        assert found.status_code == status
        return found

    return answer


@pytest.fixture
def press(client: Client) -> Get:
    """The answer to a form of a page, sent as it stands there."""

    def answer(user: User, page: str, action: str, **typed: str) -> Any:
        client.force_login(user)
        (form,) = [one for one in forms_of(client.get(page).content.decode()) if one.action == action]
        return client.post(action, {name: raw.decode() for name, raw in form.fields.items()} | typed)

    return answer


def address(evaluation: Evaluation, part: str = "") -> str:
    return f"{LIST}{evaluation.pk}/{part}"


def buttons(answer: Any) -> list[str]:
    """Where the forms of a page lead, but for those on every page."""
    found: list[Form] = forms_of(answer.content.decode())
    return [form.action for form in found if form.action.startswith(LIST)]


def test_a_leader_freezes_publishes_and_everybody_of_the_office_sees_it(
    district: District, get: Get, press: Get
) -> None:
    a_month(district)
    leader = district.street.leader
    answer = press(leader, EVALUATION, f"{LIST}freeze/", note="三月")
    evaluation = Evaluation.objects.get()
    assert (answer.status_code, answer.url) == (302, address(evaluation))
    assert (str(evaluation), evaluation.note) == ("2026-03-01 – 2026-03-31", "三月")
    assert buttons(get(leader, answer.url)) == [address(evaluation, "discard/"), address(evaluation, "publish/")]

    answer = press(leader, address(evaluation), address(evaluation, "publish/"))
    assert (answer.status_code, answer.url) == (302, address(evaluation))
    assert "published 2026-04-02 09:00 leader1" in words(get(leader, address(evaluation)))
    for name in SEE:
        assert buttons(get(getattr(district.street, name), address(evaluation))) == []
        assert "published" in words(get(getattr(district.street, name), LIST))


def test_a_leader_discards(district: District, press: Get, get: Get) -> None:
    evaluation = frozen(district)
    answer = press(district.street.leader, address(evaluation), address(evaluation, "discard/"))
    assert (answer.status_code, answer.url, Evaluation.objects.count()) == (302, LIST, 0)
    assert "Nothing is frozen yet" in words(get(district.street.leader, LIST))


def test_the_button_is_there_for_leaders_once_the_period_has_ended(district: District, get: Get) -> None:
    running = "/statistics/evaluation/?first=2026-04-01&last=2026-04-30"
    assert buttons(get(district.street.leader, EVALUATION)) == [f"{LIST}freeze/"]
    assert buttons(get(district.street.leader, running)) == []
    assert "once it has ended" in words(get(district.street.leader, running))
    for name in ("clerk", "auditor"):
        page = get(getattr(district.street, name), EVALUATION)
        assert (buttons(page), f'href="{LIST}"' in page.content.decode()) == ([], True)
    assert f'href="{LIST}"' not in get(district.liaison, EVALUATION).content.decode()


def test_sent_twice_it_is_frozen_once_and_a_second_form_is_refused(district: District, client: Client) -> None:
    client.force_login(district.street.leader)
    sent = {"first": "2026-03-01", "last": "2026-03-31", "note": "", "request_key": str(uuid.uuid4())}
    assert [client.post(f"{LIST}freeze/", sent).status_code for _time in range(2)] == [302, 302]
    answer = client.post(f"{LIST}freeze/", {**sent, "request_key": str(uuid.uuid4())})
    assert (answer.status_code, Evaluation.objects.count()) == (422, 1)
    assert "frozen already" in words(answer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": ""},
        {"last": "x"},
        {"last": "2026-02-01"},
        {"last": "2026-04-02"},
        {"first": "2020-01-01"},
        {"first": "9" * 5000},
        {"note": "x" * 201},
        {"note": "\x00"},
        {"request_key": ""},
        {"request_key": "'; DROP TABLE x"},
    ],
)
def test_a_damaged_form_freezes_nothing(district: District, client: Client, wrong: dict[str, str]) -> None:
    client.force_login(district.street.leader)
    sent = {"first": "2026-03-01", "last": "2026-03-31", "note": "", "request_key": str(uuid.uuid4())}
    assert client.post(f"{LIST}freeze/", {**sent, **wrong}).status_code == 422
    assert Evaluation.objects.count() == 0


@pytest.mark.parametrize("replaces", ["x", "-1", "0", "9" * 30, "1.5", "\x00"])
def test_a_damaged_form_publishes_nothing(district: District, client: Client, replaces: str) -> None:
    evaluation = frozen(district)
    client.force_login(district.street.leader)
    answer = client.post(address(evaluation, "publish/"), {"replaces": replaces, "request_key": str(uuid.uuid4())})
    assert (answer.status_code, Evaluation.objects.get().published_at) == (422, None)


def test_of_a_page_that_has_become_stale_nothing_is_published(district: District, client: Client) -> None:
    first = published(district)
    second = frozen(district)
    client.force_login(district.street.leader)
    answer = client.post(address(second, "publish/"), {"replaces": "", "request_key": str(uuid.uuid4())})
    assert answer.status_code == 409
    answer = client.post(address(second, "publish/"), {"replaces": first.pk, "request_key": str(uuid.uuid4())})
    assert (answer.status_code, Evaluation.objects.get(pk=second.pk).replaces) == (302, first)


def test_one_that_replaces_and_the_replaced_lead_to_each_other(district: District, get: Get, press: Get) -> None:
    first = published(district)
    second = frozen(district)
    leader = district.street.leader
    assert "will replace the one published 2026-04-02 09:00" in words(get(leader, address(second)))
    press(leader, address(second), address(second, "publish/"))
    assert f'href="{address(first)}"' in get(leader, address(second)).content.decode()
    page = get(leader, address(first))
    assert f'href="{address(second)}"' in page.content.decode()
    assert "state replaced" in words(page)
    assert [state for state in ("published", "replaced") if f"{state} 2026" in words(get(leader, LIST))] == [
        "published",
        "replaced",
    ]


@pytest.mark.parametrize("part", ["", "cases/?measure=handled", "excel/"])
def test_who_sees_it(district: District, get: Get, part: str) -> None:
    evaluation = published(district)
    for name in SEE:
        get(getattr(district.street, name), address(evaluation, part))
        get(getattr(district.other, name), address(evaluation, part), 404)
    for name in SEE_NOT:
        get(getattr(district.street, name), address(evaluation, part), 404)
    get(district.liaison, address(evaluation, part), 404)


def test_who_sees_the_list_and_only_the_own_office(district: District, get: Get) -> None:
    evaluation = published(district)
    for name in SEE:
        assert address(evaluation) in get(getattr(district.street, name), LIST).content.decode()
        assert address(evaluation) not in get(getattr(district.other, name), LIST).content.decode()
    for name in SEE_NOT:
        get(getattr(district.street, name), LIST, 403)
    get(district.liaison, LIST, 403)


@pytest.mark.parametrize("part", ["publish/", "discard/"])
def test_who_may_press(district: District, client: Client, part: str) -> None:
    evaluation = frozen(district)
    sent = {"request_key": str(uuid.uuid4())}
    for street, names, status in (
        (district.street, ("clerk", "auditor"), 403),
        (district.street, SEE_NOT, 404),
        (district.other, ("leader",), 404),
    ):
        for name in names:
            client.force_login(getattr(street, name))
            assert client.post(address(evaluation, part), sent).status_code == status, name
    client.force_login(district.street.leader)
    assert client.get(address(evaluation, part)).status_code == 405
    assert client.post(address(evaluation, part)).status_code == 422
    assert Evaluation.objects.get().published_at is None


@pytest.mark.parametrize("pk", ["0", str(2**63), "9" * 400, "x", "-1"])
@pytest.mark.parametrize("part", ["", "cases/?measure=handled", "excel/"])
def test_an_address_of_nothing_is_404(district: District, get: Get, pk: str, part: str) -> None:
    get(district.street.leader, f"{LIST}{pk}/{part}", 404)


@pytest.mark.parametrize(
    "query",
    ["measure=", "measure=x", "measure=open_now", "measure=handled&by=x", "measure=handled&by=team&key=x", "",
     "measure=handled&by=team&key=" + "9" * 20, "measure=handled&by=officer&key=%27"],
)  # fmt: skip
def test_an_address_of_no_figure_is_422(district: District, get: Get, query: str) -> None:
    answer = get(district.street.leader, address(frozen(district), f"cases/?{query}"), 422)
    assert "There is no such figure" in words(answer)


def test_a_damaged_cursor_or_dimension_is_422(district: District, get: Get) -> None:
    evaluation = frozen(district)
    get(district.street.leader, address(evaluation, "?by=x"), 422)
    for cursor in ("x", cursor_of(">", "-number", 1), cursor_of(">", "-case__created_at", 1, 2)):
        get(district.street.leader, address(evaluation, f"cases/?measure=handled&cursor={cursor}"), 422)


@pytest.mark.parametrize("dimension", Dimension.values)
def test_every_number_leads_to_its_cases_as_they_counted_then(district: District, get: Get, dimension: str) -> None:
    month = a_month(district)
    evaluation, leader = published(district), district.street.leader
    do(district, month["late"], "uphold_appeal", china(LATE))  # which counts no more as it did
    links = NUMBER_LINK.findall(get(leader, address(evaluation, f"?by={dimension}")).content.decode())
    assert dimension == "department" or len(links) > len(INDICATORS)
    for place, (link, number) in enumerate(links):
        if measure_of(link) not in AMOUNTS and (number != "0" or place % 5 == 0):
            answer = get(leader, link.replace("&amp;", "&"))
            assert (len(numbers(answer)), answer.context["count"]) == (int(number), int(number)), link


def test_the_list_says_which_cases_count_differently_today_and_why(district: District, get: Get) -> None:
    late, good = late_case(district), case_in(district, "closed")
    evaluation, leader = published(district), district.street.leader
    link = address(evaluation, "cases/?measure=to_close")
    assert rows(get(leader, link)) == {late.number: "as then", good.number: "as then"}
    do(district, late, "uphold_appeal", china(LATE))
    told = rows(get(leader, link))
    assert told[good.number] == "as then"
    assert "now also: exempt by appeal" in told[late.number]
    assert "no longer: closed late" in told[late.number]


def rows(answer: Any) -> dict[str, str]:
    """What the list says of each case in its last column."""
    body = answer.content.decode().split("<tbody>")[1]
    found = {}
    for row in body.split("<tr")[1:]:
        number = re.search(r"/cases/([0-9-]+)/", row)
        assert number is not None
        cell = row.split('data-label="counts today"')[1]
        found[number[1]] = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", f"<td {cell}".split("</td>")[0])).strip()
    return found


def test_a_page_shows_what_was_kept(district: District, get: Get) -> None:
    a_month(district)
    evaluation = frozen(district)
    told = counts_of(evaluation, Dimension.COMMUNITY)
    text = words(get(district.street.leader, address(evaluation)))
    for key, counts in told.items():
        assert points(score(weights_of(evaluation), counts)) in text, key
        for indicator in INDICATORS.values():
            whole = counts[indicator.denominator]
            parts = f" {counts[indicator.numerator]} ÷ {whole}" if whole else ""  # of nothing there is only the dash
            assert f"{percent(indicator.of(counts))}{parts}" in text, indicator.code


def test_names_are_those_of_then(district: District, get: Get) -> None:
    case_in(district, "closed")
    evaluation, place = frozen(district), district.street.communities[0]
    place.name_zh = "改名社区"
    place.save()
    page = words(get(district.street.leader, address(evaluation)))
    cases = words(
        get(district.street.leader, address(evaluation, f"cases/?measure=closed&by=community&key={place.pk}"))
    )
    assert ("甲街第1社区" in page, "改名社区" in page) == (True, False)
    assert "甲街第1社区: cases closed" in cases


def test_the_excel_file_holds_every_dimension_and_the_definitions(district: District, get: Get) -> None:
    a_month(district)
    place = district.street.communities[0]
    place.name_zh = "=1+1"
    place.save()
    evaluation = published(district)
    answer = get(district.street.clerk, address(evaluation, "excel/"))
    assert 'filename="evaluation-20260301-20260331.xlsx"' in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheetnames == [*(str(one.label) for one in Dimension), "Definitions"]
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}  # none is a formula
    sheet = book["community"]
    assert [cell.value for cell in sheet[1]][:6] == ["place", "community", "score", "Valid report rate", "numerator",
                                                      "denominator"]  # fmt: skip
    (counts,) = counts_of(evaluation, Dimension.COMMUNITY).values()
    (line,) = sheet.iter_rows(min_row=2, values_only=True)
    assert line[:3] == (1, "=1+1", float(points(score(weights_of(evaluation), counts))))
    for place_of, indicator in enumerate(INDICATORS.values()):
        rate, numerator, denominator = line[3 + 3 * place_of : 6 + 3 * place_of]
        assert (numerator, denominator) == (counts[indicator.numerator], counts[indicator.denominator])
        shown = percent(indicator.of(counts))
        wanted = NONE if shown == NONE else pytest.approx(float(shown[:-2]) / 100, abs=0.0006)
        assert rate == wanted, indicator.code
    assert line[-4:] == tuple(counts[code] for code in ("extensions", "reworks", "suspended", "exempt"))
    definitions = {row[0]: row[1] for row in book["Definitions"].iter_rows(values_only=True)}
    assert definitions["published"] == "2026-04-02 09:00 leader1"
    assert definitions["Handling rate"].startswith("handled ÷ to be handled")
    assert definitions["Handling rate"].endswith("Definitions of the score board of Jinniu district, Chengdu city")


@pytest.mark.parametrize("part", ["", "?by=officer", "cases/?measure=reported", "excel/"])
def test_pages_cost_few_queries_however_many_cases(district: District, client: Client, part: str) -> None:
    for _count in range(12):
        case_in(district, "reported")
    evaluation = published(district)
    client.force_login(district.street.leader)
    client.get(address(evaluation, part))
    with CaptureQueriesContext(connection) as queries:
        client.get(address(evaluation, part))
    assert len(queries) <= 12, [one["sql"][:150] for one in queries]


def test_the_list_costs_few_queries_however_many_there_are(district: District, client: Client) -> None:
    client.force_login(district.street.leader)
    counts: list[int] = []
    holding: Evaluation | None = None
    for _round in range(2):
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
        for _count in range(5):
            holding = published(district, replaces=holding and holding.pk)
    assert counts[0] <= 12
    assert counts[1] - counts[0] <= 1  # the count of the pages


def test_a_long_list_of_cases_has_pages(district: District, get: Get) -> None:
    made = [case_in(district, "reported", at=f"2026-03-04 09:{minute:02d}").number for minute in range(30)]
    link = address(frozen(district), "cases/?measure=reported")
    first = get(district.street.leader, link)
    assert (numbers(first), first.context["count"]) == (made[:4:-1], 30)
    second = get(district.street.leader, f"{link}&cursor={first.context['page'].next_cursor}")
    assert numbers(second) == made[4::-1]
    assert Case.objects.count() == 30
