"""What rarely changes is read once and kept, and never stale: the database itself tells that it has changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from cases.named import kept_names, named
from citymgmt.people.kept import MOST_KEPT, Kept, versions_once
from citymgmt.people.models import SHOWN_OF_USERS, TOLD_OF_USERS, Organisation, SubDistrict, User
from tests.office import District
from tests.racing import race

MORNING = datetime(2026, 3, 4, 1, 0, tzinfo=UTC)


@pytest.fixture
def reads() -> list[Any]:
    """What was read anew, in order."""
    return []


@pytest.fixture
def names(reads: list[Any]) -> Kept[list[str]]:
    """The names of the bodies of a district, in order, kept."""

    def read(district_code: str) -> list[str]:
        reads.append(district_code)
        return list(Organisation.objects.filter(district_code=district_code).values_list("name_zh", flat=True))

    return Kept(read, Organisation)


def test_read_once_for_each_key(district: District, names: Kept[list[str]], reads: list[Any]) -> None:
    code = district.street.subdistrict.district_code
    assert names(code) == names(code) != names("000000") == names("000000")
    assert reads == [code, "000000"]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Organisation.objects.filter(key="cgj").update(name_zh="改名"),
        lambda: Organisation.objects.bulk_update(
            [Organisation(pk=one.pk, name_zh="又改名") for one in Organisation.objects.all()], ["name_zh"]
        ),
        lambda: Organisation.objects.create(kind="unit", key="new", district_code="440106", name_zh="新单位"),
        lambda: Organisation.objects.filter(kind="unit", user=None).delete(),
        lambda: connection.cursor().execute("UPDATE people_organisation SET matters_zh = matters_zh || '。'"),
    ],
    ids=["update", "bulk update", "insert", "delete", "SQL"],
)
def test_read_again_after_each_change_by_whatever_way(
    change: Callable[[], object], district: District, names: Kept[list[str]], reads: list[Any]
) -> None:
    Organisation.objects.create(kind="unit", key="gone", district_code="440106", name_zh="撤销的单位")
    names("440106")
    change()
    kept = names("440106")
    assert (len(reads), kept) == (
        2,
        list(Organisation.objects.filter(district_code="440106").values_list("name_zh", flat=True)),
    )


def test_a_change_that_is_rolled_back_is_forgotten(district: District, names: Kept[list[str]]) -> None:
    before = names("440106")
    with transaction.atomic():
        Organisation.objects.filter(district_code="440106").update(name_zh="临时")
        assert set(names("440106")) == {"临时"}
        transaction.set_rollback(True)
    assert names("440106") == before


def test_every_change_of_people_is_told_but_their_log_in(district: District) -> None:
    columns = {field.attname for field in User._meta.concrete_fields}
    assert columns - set(TOLD_OF_USERS) == {"id", "last_login"}
    people: Kept[int] = Kept(User.objects.count, User)
    version = people._version()
    User.objects.filter(pk=district.street.clerk.pk).update(last_login=None)
    assert people._version() == version
    User.objects.filter(pk=district.street.clerk.pk).update(mail_hour=8)
    assert people._version() != version


def test_keys_without_end_do_not_fill_the_memory(db: None, reads: list[Any]) -> None:
    squares: Kept[int] = Kept(lambda number: reads.append(number) or number**2, SubDistrict)
    assert [squares(number) for number in range(MOST_KEPT + 1)] == [number**2 for number in range(MOST_KEPT + 1)]
    assert (len(squares._answers[1]), len(reads)) == (1, MOST_KEPT + 1)


def test_named_rows_are_those_that_joins_give(district: District, log: Callable[..., Case]) -> None:
    case = log(MORNING)
    joined = Case.objects.select_related("category__disorder", "community", "officer", "subdistrict").get(pk=case.pk)
    row = named(Case.objects.filter(pk=case.pk)).get()
    told = [(one.category.disorder, one.community, one.officer, one.subdistrict, one.team) for one in (joined, row)]
    assert told[0] == told[1]
    assert {"category", "community", "officer", "subdistrict"} <= set(row._state.fields_cache)


def test_pages_ask_kept_people_for_no_more_than_is_in_memory(
    district: District, client: Client, log: Callable[..., Case]
) -> None:
    case = log(MORNING)
    client.force_login(district.street.clerk)
    page = f"/cases/{case.number}/"
    for address in ("/cases/", page, "/cases/new/", "/cases/views/", f"/api/v1{page}"):
        assert client.get(address).status_code == 200
    people = kept_names()[User].values()
    columns = {field.attname for field in User._meta.concrete_fields}
    assert {frozenset(one.get_deferred_fields()) for one in people} == {frozenset(columns - {"id", *SHOWN_OF_USERS})}


def test_a_renamed_community_is_renamed_in_the_next_list(district: District, log: Callable[..., Case]) -> None:
    case = log(MORNING)
    rows = named(Case.objects.filter(pk=case.pk))
    assert str(rows.get().community) == case.community.name_zh  # type: ignore[union-attr]
    type(case.community).objects.filter(pk=case.community_id).update(name_zh="改名社区")  # type: ignore[union-attr]
    assert str(named(Case.objects.filter(pk=case.pk)).get().community) == "改名社区"


def test_what_another_process_committed_is_seen_at_once(committed: District) -> None:
    names: Kept[str] = Kept(lambda: SubDistrict.objects.order_by("code")[0].name_zh, SubDistrict)
    first = SubDistrict.objects.order_by("code")[0]
    assert names() == first.name_zh
    race([lambda: SubDistrict.objects.filter(pk=first.pk).update(name_zh="改名街道")])
    assert names() == "改名街道"


def who(client: Client) -> str:
    return str(client.get("/account/").context["request"].user)


@pytest.mark.parametrize(
    ("change", "status"),
    [({"is_active": False}, 302), ({"password": "unusable"}, 302), ({"role": "auditor"}, 403), ({"post": "科员"}, 200)],
)
def test_who_a_session_belongs_to_is_never_stale(
    district: District, client: Client, change: dict[str, Any], status: int
) -> None:
    client.force_login(district.street.clerk)
    assert client.get("/cases/new/").status_code == 200
    User.objects.filter(pk=district.street.clerk.pk).update(**change)
    assert client.get("/cases/new/").status_code == status


def test_a_page_may_change_its_person_without_another_seeing_it(district: District, client: Client) -> None:
    client.force_login(district.street.clerk)
    client.get("/account/").context["request"].user.display_name = "nur hier"
    assert who(client) == district.street.clerk.display_name


def test_a_request_that_reads_asks_for_versions_once(
    district: District, client: Client, log: Callable[..., Case]
) -> None:
    log(MORNING)
    client.force_login(district.street.clerk)
    client.get("/cases/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/cases/")
    assert sum("people_tableversion" in query["sql"] for query in queries) == 1


@pytest.mark.parametrize(
    ("between", "seen"),
    [
        ("SELECT 1", ["旧名", "旧名"]),
        ("SELECT pg_advisory_xact_lock(1)", ["旧名", "新名"]),
        ("SELECT 1 FROM people_organisation FOR NO KEY UPDATE", ["旧名", "新名"]),
        ("UPDATE people_user SET post = post WHERE false", ["旧名", "新名"]),
        ("UPDATE cases_case SET address = address WHERE false", ["旧名", "旧名"]),
        ("DELETE FROM cases_case WHERE false", ["旧名", "新名"]),
    ],
)
def test_what_others_change_meanwhile(
    committed: District, names: Kept[list[str]], rf: RequestFactory, between: str, seen: list[str]
) -> None:
    body = Organisation.objects.get(key="cgj")
    Organisation.objects.filter(pk=body.pk).update(name_zh="旧名")

    def view(request: HttpRequest) -> Any:
        first = "旧名" if "旧名" in names(body.district_code) else "新名"
        race([lambda: Organisation.objects.filter(pk=body.pk).update(name_zh="新名")])
        with connection.cursor() as cursor:
            cursor.execute(between)
        return [first, "新名" if "新名" in names(body.district_code) else "旧名"]

    assert versions_once(view)(rf.post("/")) == seen
    assert "新名" in names(body.district_code)


def test_a_request_that_writes_sees_what_it_wrote_and_what_it_took_back(
    district: District, names: Kept[list[str]], rf: RequestFactory
) -> None:
    def view(request: HttpRequest) -> Any:
        seen = [set(names("440106"))]
        with transaction.atomic():
            Organisation.objects.filter(district_code="440106").update(name_zh="临时")
            seen.append(set(names("440106")))
            transaction.set_rollback(True)
        return [*seen, set(names("440106"))]

    before, during, after = versions_once(view)(rf.get("/"))  # type: ignore[misc, arg-type]
    assert (during, after) == ({"临时"}, before)
