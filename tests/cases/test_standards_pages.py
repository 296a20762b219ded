"""The catalogue: everybody reads it, the administrator gives a condition a new version, the old one stays readable."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.actions.rechecking import recheck_open_cases
from cases.actions.standards import revise_standard
from cases.models import Case, CaseStandard, Category
from citymgmt.people.models import User
from citymgmt.refusals import NotFound
from citymgmt.worktime.actions import remove_rule, save_rule
from citymgmt.worktime.models import CalendarDay, LadderStep
from tests.cases.stories import MORNING, QUICK, case_in
from tests.office import District, china

AT = china(MORNING)
LINE = QUICK
EVERYBODY = ["clerk1", "officer1", "teamleader1", "member1", "leader1", "liaison", "admin1", "secadmin1", "auditor1"]


@pytest.fixture
def browse(district: District, client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The answer to somebody's GET, or POST of `form`."""
    User.objects.update(language="en")
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AT)

    def open_page(username: str, path: str, form: dict[str, Any] | None = None) -> Any:
        client.force_login(User.objects.get(username=username))
        return client.get(path) if form is None else client.post(path, form)

    return open_page


@pytest.fixture
def form(district: District) -> Callable[..., dict[str, Any]]:
    """What the form of a revision sends, with changes."""

    def filled(**changes: Any) -> dict[str, Any]:
        newest = CaseStandard.objects.filter(line=LINE).order_by("-version").first()
        assert newest is not None
        own = {name: getattr(newest, name) for name in ("condition_zh", "closing_zh", "limit_unit", "source")}
        keys = {"request_key": "6f1f0f0e-0000-4000-8000-000000000002", "version": newest.version}
        return {**own, **keys, "limit_value": 4, "on": "2026-04-01", "department_key": "cgj", **changes}

    return filled


def shown(answer: Any) -> list[int]:
    return [standard.line for standard in answer.context["standards"]]


@pytest.mark.parametrize("username", EVERYBODY)
def test_everybody_reads_and_only_the_administrator_revises(username: str, browse: Any) -> None:
    assert browse(username, "/standards/").status_code == 200
    assert browse(username, f"/standards/{LINE}/").status_code == 200
    expected = 200 if username == "admin1" else 403
    assert browse(username, f"/standards/{LINE}/revise/").status_code == expected


@pytest.mark.parametrize("username", sorted(set(EVERYBODY) - {"admin1"}))
def test_nobody_else_makes_a_version(username: str, browse: Any, form: Any) -> None:
    assert browse(username, f"/standards/{LINE}/revise/", form()).status_code == 403
    assert CaseStandard.objects.filter(line=LINE).count() == 1


@pytest.mark.parametrize(
    "words", ["占道经营", "zdjy", "ZDJY", "09006", "0406", "占道 摆摊", "Trading on the public way"]
)
def test_words_pinyin_and_codes_find_a_condition(words: str, browse: Any) -> None:
    assert LINE in shown(browse("clerk1", f"/standards/?q={words}"))


def test_filters_combine(browse: Any) -> None:
    expected = sorted(
        CaseStandard.objects.filter(category__disorder__key="vending", condition_zh__contains="早").values_list(
            "line", flat=True
        )
    )
    assert shown(browse("clerk1", "/standards/?disorder=vending&q=早")) == expected
    assert shown(browse("clerk1", "/standards/?disorder=parking&q=zdjy")) == []


@pytest.mark.parametrize("query", ["disorder=nonsense", f"q={'字' * 101}"])
def test_a_filter_that_cannot_be_is_422(query: str, browse: Any) -> None:
    answer = browse("clerk1", f"/standards/?{query}")
    assert (answer.status_code, shown(answer)) == (422, [])


@pytest.mark.parametrize(
    "path", ["/standards/999999/", "/standards/99999999999999999999/", "/standards/20/revise/?zone=7"]
)
def test_what_is_not_there_is_404(path: str, browse: Any) -> None:
    assert browse("admin1", path).status_code == 404


def test_a_new_version_begins_on_its_day_and_cases_keep_their_copy(browse: Any, form: Any, district: District) -> None:
    case = case_in(district, "handling", line=LINE)
    answer = browse("admin1", f"/standards/{LINE}/revise/", form())
    assert (answer.status_code, answer["Location"]) == (302, f"/standards/{LINE}/")
    old, new = CaseStandard.objects.filter(line=LINE).order_by("version")
    assert (old.validity.upper, old.limit_value) == (date(2026, 4, 1), 2)
    assert (new.validity.lower, new.validity.upper, new.limit_value) == (date(2026, 4, 1), None, 4)
    case.refresh_from_db()
    assert (case.standard, case.limit_value) == (old, 2)


def test_the_page_shows_versions_and_who_made_them(browse: Any, form: Any) -> None:
    browse("admin1", f"/standards/{LINE}/revise/", form())
    answer = browse("clerk1", f"/standards/{LINE}/")
    assert [one.version for one in answer.context["versions"]] == [2, 1]
    made = {(one.label, one.version, str(one.by)) for one in answer.context["history"]}
    assert made == {("insert", 1, "None"), ("update", 1, "admin1"), ("insert", 2, "admin1")}
    assert LINE in shown(browse("clerk1", "/standards/"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"on": "2020-01-01"}, "on"),
        ({"on": "0001-01-01"}, "on"),
        ({"on": "9999-12-31"}, "on"),
        ({"on": "soon"}, "on"),
        ({"limit_value": "0"}, "limit_value"),
        ({"limit_value": "401"}, "limit_value"),
        ({"limit_value": "9" * 400}, "limit_value"),
        ({"limit_unit": "years"}, "limit_unit"),
        ({"department_key": "nonsense"}, "department_key"),
        ({"condition_zh": ""}, "condition_zh"),
        ({"condition_zh": "长" * 301}, "condition_zh"),
        ({"closing_zh": "a\x00b"}, "closing_zh"),
        ({"source": "\u202e反"}, "source"),
        ({"legal_basis_zh": "法" * 100_000}, "legal_basis_zh"),
        ({"version": "x"}, "version"),
        ({"request_key": "x"}, "request_key"),
    ],
)
def test_what_cannot_be_is_422_and_nothing_is_written(changes: dict, field: str, browse: Any, form: Any) -> None:
    answer = browse("admin1", f"/standards/{LINE}/revise/", form(**changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert CaseStandard.objects.filter(line=LINE).count() == 1


def test_a_condition_that_is_gone_is_not_found_by_the_action(district: District) -> None:
    gone = CaseStandard(pk=2**31 - 1)
    with pytest.raises(NotFound):
        revise_standard(standard=gone, by=district.street.admin, on=date(2026, 4, 1), values={"limit_value": 4})


def test_a_day_before_the_present_version_is_refused_by_the_action(browse: Any, form: Any) -> None:
    browse("admin1", f"/standards/{LINE}/revise/", form())
    answer = browse("admin1", f"/standards/{LINE}/revise/", form(on="2026-03-10"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["on"])


def test_sending_twice_or_over_anothers_revision_is_409(browse: Any, form: Any) -> None:
    sent = form()
    browse("admin1", f"/standards/{LINE}/revise/", sent)
    assert browse("admin1", f"/standards/{LINE}/revise/", {**sent, "on": "2026-05-01"}).status_code == 409
    assert CaseStandard.objects.filter(line=LINE).count() == 2


@pytest.mark.parametrize("path", ["/standards/", f"/standards/{LINE}/", f"/standards/{LINE}/revise/"])
def test_the_pages_stay_within_twelve_queries(path: str, browse: Any, form: Any, client: Client) -> None:
    costs = []
    for day in (None, "2026-04-01", "2026-05-01"):
        if day:
            browse("admin1", f"/standards/{LINE}/revise/", form(on=day))
        browse("admin1", path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        costs.append(len(queries))
    assert max(costs) <= 12
    assert costs[1] == costs[2]


# set-up


@pytest.mark.parametrize("username", EVERYBODY)
@pytest.mark.parametrize("table", ["disorder", "category"])
def test_only_the_administrator_sets_categories_up(username: str, table: str, browse: Any) -> None:
    answer = browse(username, f"/admin/cases/{table}/")
    assert answer.status_code == (200 if username == "admin1" else 302)


def test_no_set_up_deletes(browse: Any) -> None:
    category = Category.objects.first()
    assert category is not None
    assert browse("admin1", f"/admin/cases/category/{category.pk}/delete/").status_code == 403


# rechecking


def test_a_changed_rule_has_every_running_case_looked_at_again(district: District) -> None:
    running = case_in(district, "handling")
    asleep = [case_in(district, state) for state in ("accepted", "suspended", "reported_back", "closed")]
    before = {one.pk: one.next_check_at for one in asleep}
    save_rule(by=district.street.admin, rule=CalendarDay(on=date(2026, 3, 11), kind="holiday", name_zh="试"))
    running.refresh_from_db()
    assert running.next_check_at is not None
    assert running.next_check_at > AT
    assert {one.pk: Case.objects.get(pk=one.pk).next_check_at for one in asleep} == before


def test_a_removed_rule_too(district: District) -> None:
    day = CalendarDay.objects.create(on=date(2026, 3, 11), kind="holiday", name_zh="试")
    case = case_in(district, "handling")
    due_again = case.next_check_at
    remove_rule(by=district.street.admin, rule=day)
    case.refresh_from_db()
    assert case.next_check_at != due_again


def test_the_next_look_finds_the_steps_of_the_new_ladder(district: District) -> None:
    from citymgmt.worktime import sweep

    case = case_in(district, "handling", line=QUICK)
    LadderStep.objects.filter(code="R0").update(lead_percent=50)
    assert recheck_open_cases(china("2026-03-04 09:30")) == 1
    sweep.run(china("2026-03-04 09:30"))
    case.refresh_from_db()
    assert (case.rung, case.next_check_at) == (0, china("2026-03-04 10:00"))
