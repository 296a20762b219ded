"""Pages of regulations: found by words, kept by forms; who sees what; what cites them; at which cost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.actions.standards import revise_standard
from cases.models import CaseStandard
from communities.models import Regulation
from communities.regulations import actions
from communities.regulations.actions import RegulationTold
from tests.cases.stories import case_in
from tests.communities.boards.boards import NOW
from tests.office import District

HOME = "/regulations/"
MOST = 12
OWN = RegulationTold("街道巡查制度", "office", "甲街", date(2025, 1, 2), date(2025, 2, 1), words="第一条 每日巡查。")


@pytest.fixture(autouse=True)
def present(moment: Callable[[Any], None]) -> None:
    """Wednesday morning."""


@pytest.fixture
def own(district: District) -> Regulation:
    """A rule of the first street."""
    return actions.publish_regulation(by=district.street.leader, at=NOW, told=OWN, file=b"x")


def titles(answer: Any) -> list[str]:
    return [row.regulation.title for row in answer.context["rows"]]


def test_the_list_is_searched_and_narrowed(district: District, own: Regulation, get: Callable[..., Any]) -> None:
    clerk = district.street.clerk
    for asked, found in (
        ("?q=每日巡查", ["街道巡查制度"]),
        ("?q=国务院令 198", ["城市道路管理条例"]),
        ("?kind=office", ["街道巡查制度"]),
        ("?whose=own", ["街道巡查制度"]),
        ("?state=gone", ["中华人民共和国环境噪声污染防治法"]),
        ("?state=coming", []),
        ("?q=噪声&on=2021-01-01", ["中华人民共和国环境噪声污染防治法"]),
        ("?q=噪声&state=now", ["中华人民共和国噪声污染防治法"]),
    ):
        assert titles(get(clerk, HOME + asked)) == found, asked
    assert get(clerk, HOME).context["total"] == 13
    assert get(district.other.clerk, HOME).context["total"] == 12
    assert get(district.liaison, HOME).context["total"] == 12
    get(clerk, f"{HOME}?kind=x", 422)
    get(district.other.clerk, own.get_absolute_url(), 404)
    get(clerk, f"{HOME}files/{own.files.get().pk}/")
    get(district.other.clerk, f"{HOME}files/{own.files.get().pk}/", 404)


def test_a_regulation_is_entered_corrected_and_replaced(district: District, send: Callable[..., Any]) -> None:
    clerk = district.street.clerk
    told = {"title": "值班制度", "number": "甲[2025]1号", "kind": "office", "issuer": "甲街", "source": "", "words": ""}
    days = {"issued_on": "2025-01-01", "effective_on": "2025-01-01"}
    file = SimpleUploadedFile("x.txt", "第一条".encode())
    answer = send(clerk, f"{HOME}new/", **told, **days, file=file)
    made = Regulation.objects.get(title="值班制度")
    page = made.get_absolute_url()
    assert (answer["Location"], made.words, made.number) == (page, "第一条", "甲〔2025〕1号")
    assert send(clerk, f"{HOME}new/", **told, **days).status_code == 422
    assert send(clerk, f"{page}change/", **{**told, **days, "number": ""})["Location"] == page
    later = {**days, "effective_on": "2026-01-01"}
    send(clerk, f"{HOME}new/", **told, **later)
    new = Regulation.objects.get(title="值班制度", effective_on=date(2026, 1, 1))
    assert send(clerk, f"{page}replace/", replaced_by=str(new.pk), on="")["Location"] == page
    made.refresh_from_db()
    assert (made.replaced_by, made.abolished_on) == (new, date(2026, 1, 1))
    assert send(clerk, f"{new.get_absolute_url()}abolish/", on="2026-03-01")["Location"] == new.get_absolute_url()
    assert send(clerk, f"{page}abolish/", on="2026-03-01").status_code == 409


def test_the_history_says_who_did_what(district: District, own: Regulation, get: Callable[..., Any]) -> None:
    actions.abolish_regulation(by=district.street.clerk, at=NOW, pk=own.pk, on=date(2026, 1, 1))
    shown = get(district.street.officer, own.get_absolute_url()).context
    assert [(one.label, one.by) for one in shown["history"]] == [
        ("Abolished", district.street.clerk), ("Entered", district.street.leader)
    ]  # fmt: skip
    assert (shown["may_keep"], shown["row"].label) == (False, "abolished")


def test_a_list_is_imported_by_the_page(district: District, send: Callable[..., Any]) -> None:
    def file(kind: str = "制度") -> SimpleUploadedFile:
        text = f"名称,类别,发文机关,发布日期,施行日期\n甲,{kind},办,2025-01-01,2025-01-01\n"
        return SimpleUploadedFile("x.csv", text.encode())

    address, clerk = f"{HOME}import/", district.street.clerk
    assert send(clerk, address, file=file(), is_dry_run="on").status_code == 200
    assert send(clerk, address, file=file("x")).status_code == 422
    assert send(clerk, address, file=SimpleUploadedFile("x.csv", b"x\n")).status_code == 422


def test_standards_cite_by_version_and_warn(
    district: District, get: Callable[..., Any], send: Callable[..., Any]
) -> None:
    admin = district.street.admin
    standard = CaseStandard.objects.filter(citations__regulation__title="中华人民共和国噪声污染防治法").first()
    assert standard is not None
    page, law = f"/standards/{standard.line}/", standard.citations.get().regulation
    assert get(admin, page).context["is_outdated"] is False
    new = revise_standard(standard=standard, by=admin, on=date(2026, 3, 1), values={"limit_value": 9})
    assert [one.regulation for one in new.citations.all()] == [law]
    other = Regulation.objects.get(title="城市绿化条例")
    newer = revise_standard(
        standard=new, by=admin, on=date(2026, 3, 3), values={"limit_value": 8}, regulations=[law.pk, other.pk]
    )
    assert {one.regulation for one in newer.citations.all()} == {law, other}
    assert [one.regulation for one in standard.citations.all()] == [law]
    actions.abolish_regulation(by=admin, at=NOW, pk=law.pk, on=date(2026, 3, 2))
    shown = get(admin, page)
    assert (shown.context["is_outdated"], "no longer in force" in shown.content.decode()) == (True, True)
    assert [one.is_in_force for one in shown.context["cited"][newer.pk]] == [False, True]
    form = get(admin, f"{page}revise/").context["form"]
    assert sorted(form.initial["regulations"]) == sorted([law.pk, other.pk])


def test_a_case_and_a_law_lead_to_each_other(district: District, get: Callable[..., Any]) -> None:
    case = case_in(district, "dispatched")
    clerk = district.street.clerk
    cited = [
        panel.shown["cited"]
        for panel in get(clerk, case.get_absolute_url()).context["panels"]
        if "cited" in panel.shown
    ]
    law = cited[0][0].regulation
    panel = get(clerk, law.get_absolute_url()).context["beside"][0].shown
    mine = next(one for one in panel["categories"] if one.category.pk == case.category_id)
    assert (mine.case_count, case.standard in mine.standards) == (1, True)
    assert case.number in get(clerk, mine.cases_url).content.decode()
    assert get(district.street.admin, law.get_absolute_url()).context["beside"][0].shown["sees_cases"] is False


def test_pages_cost_the_same_with_many_rows(district: District, own: Regulation, client: Client) -> None:
    law = Regulation.objects.get(title="城市市容和环境卫生管理条例")
    pages = [HOME, own.get_absolute_url(), law.get_absolute_url(), f"{HOME}?q=巡查"]

    def costs() -> dict[str, int]:
        found = {}
        for page in pages:
            client.force_login(district.street.clerk)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            found[page] = len(queries)
        return found

    few = costs()
    for number in range(10):
        told = RegulationTold(f"制度{number}", "office", "甲街", date(2024, 1, 1), date(2024, 1, 1))
        old = actions.publish_regulation(by=district.street.leader, at=NOW, told=told)
        actions.replace_regulation(by=district.street.leader, at=NOW, pk=old.pk, by_pk=own.pk)
    many = costs()
    assert ({page for page in pages if many[page] > few[page]}, max(many.values()) <= MOST) == (set(), True)
