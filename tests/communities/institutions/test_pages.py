"""Pages of institutions: lists, forms, coverage, the officer's day; who sees what, and at which cost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from citymgmt.photos.actions import process_photos
from communities.institutions import actions
from communities.institutions.actions import PledgeTold
from communities.models import Institution, InstitutionVisit, Pledge, VisitRule
from tests.communities.institutions.places import NOW, ONE_DAY, PDF, SWEPT, TODAY, Place, shot

HOME = "/communities/institutions/"
EMPTY = {"credit_code": "", "longitude": "", "latitude": "", "frontage_m": "", "office_phone": ""}
NOTHING = {"text": "", "by_day": "", "working_days": ""}
MOST = 12


@pytest.fixture(autouse=True)
def present(moment: Callable[[Any], None]) -> None:
    """Wednesday morning."""


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def names(answer: Any) -> list[str]:
    return [one.name for one in answer.context["rows"]]


def test_the_register_is_narrowed(place: Place, get: Callable[..., Any]) -> None:
    street = place.street
    place.another("医院", kind="hospital")
    place.another("银行", community=1, kind="company")
    place.sign(days=10)
    place.visit()
    for asked, found in (
        ("", ["第一小学", "医院", "银行"]),
        ("?q=医", ["医院"]),
        ("?q=12440106", ["第一小学"]),
        (f"?community={street.communities[1].pk}", ["银行"]),
        ("?kind=hospital", ["医院"]),
        ("?agreement=in_force", ["第一小学"]),
        ("?agreement=expiring", ["第一小学"]),
        ("?agreement=none", ["医院", "银行"]),
        ("?visited=yes", ["第一小学"]),
        ("?visited=yes&quarter=2025-4", []),
        ("?visited=no&quarter=2026-1&is_active=yes", ["医院", "银行"]),
        ("?is_active=no", []),
    ):
        assert sorted(names(get(street.clerk, HOME + asked))) == sorted(found), asked
    assert names(get(place.officer, HOME)) == ["医院", "第一小学"]
    assert names(get(place.district.other.clerk, HOME)) == []
    assert get(street.clerk, f"{HOME}?kind=x", 422).context["rows"] == []
    get(street.teamleader, HOME, 403)


def test_an_institution_is_entered_changed_and_signed(place: Place, send: Callable[..., Any]) -> None:
    clerk, code = place.street.clerk, place.community.code
    answer = send(
        clerk, f"{HOME}in/{code}/new/", **{**EMPTY, "name": "医院", "kind": "hospital", "office_phone": "020-1234567"}
    )
    made = Institution.objects.get(name="医院")
    page = made.get_absolute_url()
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert send(clerk, f"{HOME}in/{code}/new/", **{**EMPTY, "name": "医院", "kind": "hospital"}).status_code == 422
    assert (
        send(clerk, f"{page}change/", **{**EMPTY, "name": "人民医院", "frontage_m": "30", "is_active": "on"})[
            "Location"
        ]
        == page
    )
    made.refresh_from_db()
    assert (made.name, made.frontage_m, made.is_active) == ("人民医院", 30, True)
    paper = SimpleUploadedFile("x.pdf", PDF, "application/pdf")
    photo = SimpleUploadedFile("x.jpg", shot(), "image/jpeg")
    assert (
        send(clerk, f"{page}agreement/", signed_on="2026-03-04", valid_until="2027-03-03", paper=paper, photos=photo)[
            "Location"
        ]
        == page
    )
    agreement = made.agreements.get()
    answer = send(clerk, f"{HOME}agreements/{agreement.pk}/end/", on="2026-03-04", reason="终止")
    assert (answer["Location"], made.agreements.get().ended_on) == (page, TODAY)


def test_files_are_given_to_who_sees_the_institution(place: Place, get: Callable[..., Any]) -> None:
    made = place.sign(photos=[shot()])
    process_photos(now=timezone.now)
    photo, paper = made.photos.get(), f"{HOME}agreements/{made.pk}/paper/"
    assert get(place.officer, photo.url)["Content-Type"] == "image/jpeg"
    assert (get(place.officer, paper)["Content-Type"], get(place.officer, paper).content) == ("application/pdf", PDF)
    for address in (photo.url, paper):
        get(place.street.officer2, address, 404)
    get(
        place.officer,
        f"{HOME}agreements/{place.sign(signed_on=TODAY - ONE_DAY, paper=None, photos=[shot()]).pk}/paper/",
        404,
    )
    assert photo.thumbnail_url in words(get(place.officer, place.school.get_absolute_url()))


def test_the_officer_s_day(place: Place, get: Callable[..., Any], send: Callable[..., Any]) -> None:
    plan = {"by": place.street.clerk, "at": NOW}
    late = actions.plan_visit(**plan, institution=place.school.pk, on=TODAY)
    soon = actions.plan_visit(**plan, institution=place.another("医院").pk, on=TODAY + 5 * ONE_DAY)
    asked = actions.plan_visit(**plan, institution=place.another("银行").pk, on=TODAY, visitor=place.officer.pk)
    actions.plan_visit(**plan, institution=place.another("酒店", community=1).pk, on=TODAY)
    today = f"{HOME}visits/today/"

    def shown(part: str) -> set[InstitutionVisit]:
        return {row.visit for row in get(place.officer, today).context[part]}

    assert (shown("now"), shown("later")) == ({late, asked}, {soon})
    record = f"{late.get_absolute_url()}record/"
    answer = send(place.officer, record, on="2026-03-04", talk="门前三包", text="每天清扫", by_day="", working_days="2")
    assert answer["Location"] == late.get_absolute_url()
    assert late not in shown("now")
    assert [row.pledge.text for row in get(place.officer, today).context["pledges"]] == ["每天清扫"]
    assert send(place.officer, record, talk="x", **NOTHING).status_code == 409
    assert send(place.officer, f"{soon.get_absolute_url()}call-off/", reason="停业")["Location"] == f"{HOME}visits/"
    assert "停业" in words(get(place.officer, soon.get_absolute_url()))


def test_a_visit_that_nobody_planned_and_promises_that_follow(place: Place, send: Callable[..., Any]) -> None:
    page = place.school.get_absolute_url()
    assert send(place.officer, f"{page}visit/", **NOTHING, talk="").status_code == 422
    answer = send(place.officer, f"{page}visit/", **NOTHING, talk="谈话")
    visit = InstitutionVisit.objects.get()
    assert (answer["Location"], visit.pledges.count()) == (visit.get_absolute_url(), 0)
    add = f"{visit.get_absolute_url()}promise/"
    assert (
        send(place.officer, add, text="清扫", by_day="2026-03-10", working_days="")["Location"]
        == visit.get_absolute_url()
    )
    pledge = Pledge.objects.get()
    keep = f"{pledge.get_absolute_url()}keep/"
    assert send(place.officer, keep, note="").status_code == 422
    assert send(place.officer, keep, note="已见")["Location"] == pledge.get_absolute_url()
    pledge.refresh_from_db()
    assert pledge.state == "kept"


def test_the_page_of_a_promise_offers_what_one_may_do(place: Place, get: Callable[..., Any]) -> None:
    page = place.promised().get_absolute_url()

    def offered(by: Any) -> list[str]:
        return [step.action for step in get(by, page).context["steps"]]

    assert offered(place.officer) == ["keep"]
    assert offered(place.street.clerk) == ["keep", "break", "extend", "withdraw"]
    assert offered(place.street.admin) == []
    get(place.street.officer2, page, 404)
    get(place.street.clerk, f"{page}dance/", 404)
    get(place.officer, f"{page}break/", 403)


def test_planning_and_its_rule(place: Place, send: Callable[..., Any], get: Callable[..., Any]) -> None:
    clerk, visits = place.street.clerk, f"{HOME}visits/"
    assert send(clerk, f"{visits}rule/", school="2")["Location"] == visits
    assert VisitRule.objects.get().times == 2
    answer = send(clerk, f"{visits}plan/", quarter="2026-2")
    assert answer["Location"] == f"{visits}?quarter=2026-2&state=planned"
    assert len(get(clerk, answer["Location"]).context["rows"]) == 2
    assert send(clerk, f"{visits}plan/", quarter="2027-1").status_code == 422
    page = place.school.get_absolute_url()
    assert send(clerk, f"{page}plan/", on="2026-03-05", visitor=str(place.officer.pk))["Location"] == page
    assert names_of(get(clerk, f"{visits}?q=小学&quarter=2026-1&state=planned")) == ["第一小学"]


def names_of(answer: Any) -> list[str]:
    return [row.visit.institution.name for row in answer.context["rows"]]


def test_every_figure_of_coverage_is_the_length_of_its_list(place: Place, get: Callable[..., Any]) -> None:
    clerk = place.street.clerk
    place.another("医院")
    place.another("银行", community=1)
    gone = place.another("旧店", community=1)
    place.visit(institution=gone.pk, by=clerk)
    told = actions.InstitutionTold("旧店", "shop")
    actions.change_institution(by=clerk, at=NOW, pk=gone.pk, told=told, is_active=False)
    place.sign()
    kept = place.promised()
    actions.act_on_pledge("keep", pk=kept.pk, by=clerk, at=NOW, on=TODAY, note="x")
    place.promised(PledgeTold("以后", by_day=date(2026, 4, 2)))
    actions.act_on_pledge("withdraw", pk=place.promised(SWEPT).pk, by=clerk, at=NOW, note="x")
    place.promised(SWEPT)
    shown = get(clerk, f"{HOME}coverage/?quarter=2026-1").context
    lines = [*shown["lines"], shown["together"]]
    figures = [(line.active, line.visited, line.agreed, line.due, line.on_time) for line in lines]
    assert [tuple(one.count for one in line) for line in figures] == [(2, 1, 1, 2, 1), (1, 0, 0, 0, 0), (3, 1, 1, 2, 1)]
    assert [one.percent for one in figures[0]] == [100, 50, 50, 100, 50]
    assert figures[1][4].percent is None
    for figure in (one for line in figures for one in line):
        assert get(clerk, figure.url).context["total"] == figure.count, figure.url
    get(clerk, f"{HOME}coverage/?quarter=x", 422)
    own = get(place.officer, f"{HOME}coverage/").context
    assert [line.active.count for line in own["lines"]] == [2]


def test_the_community_s_page_tells_of_its_institutions(place: Place, get: Callable[..., Any]) -> None:
    place.promised()
    place.another("医院")
    panel = get(place.officer, f"/communities/{place.community.code}/").context["institutions"]
    assert (panel.active, panel.visited, panel.agreed, panel.open_pledges, panel.late_pledges) == (2, 1, 0, 1, 0)
    assert get(place.street.clerk, panel.pledges_url).context["total"] == 1
    assert get(place.street.clerk, f"{panel.list_url}&visited=yes").context["total"] == 1
    assert get(place.street.teamleader, f"/communities/{place.community.code}/").context["institutions"] is None


def test_a_list_is_imported_by_the_page(place: Place, send: Callable[..., Any]) -> None:
    def file() -> SimpleUploadedFile:
        return SimpleUploadedFile("x.csv", "社区,单位名称,单位类型\n甲街第1社区,银行,企业\n".encode())

    address, clerk = f"{HOME}import/", place.street.clerk
    checked = send(clerk, address, file=file(), is_dry_run="on")
    assert (checked.status_code, checked.context["imported"].added, Institution.objects.count()) == (200, 1, 1)
    assert send(clerk, address, file=SimpleUploadedFile("x.csv", b"x\n")).status_code == 422
    wrong = SimpleUploadedFile("x.csv", "社区,单位名称,单位类型\n外,银行,企业\n".encode())
    assert send(clerk, address, file=wrong).status_code == 422
    client_form = send(clerk, address, file=file(), is_dry_run="")
    assert client_form.status_code in (200, 302)


def test_pages_cost_the_same_with_many_rows(place: Place, client: Client) -> None:
    def fill(count: int) -> None:
        for number in range(count):
            one = place.another(f"店 {count} {number}")
            actions.plan_visit(by=place.street.clerk, at=NOW, institution=one.pk, on=TODAY)
            place.visit(SWEPT, institution=one.pk)
            place.visit(SWEPT)
            place.sign(signed_on=TODAY - (count * 20 + number) * ONE_DAY, photos=[shot()])

    def costs() -> dict[str, int]:
        pages = ["", "visits/", "visits/today/", "promises/", "coverage/", f"{place.school.pk}/"]
        found = {}
        for page in [f"{HOME}{one}" for one in pages] + [f"/communities/{place.community.code}/"]:
            client.force_login(place.officer)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            found[page] = len(queries)
        return found

    fill(1)
    few = costs()
    fill(10)
    assert {page for page, count in costs().items() if count > few[page]} == set()
    assert {page: count for page, count in few.items() if count > MOST} == {}
