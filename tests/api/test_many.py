"""Many at once: pages by cursor, bulk actions with a result for each, exports, views, assignments, preferences."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from cases.actions.keeping import save_view
from cases.export_work import write_exports
from cases.models import Case, CaseEvent, ExportJob
from citymgmt.people.models import User
from communities.models import OfficerAssignment
from tests.api.conftest import Program, problem
from tests.office import china

AT = china("2026-03-04 09:00")


def walk(program, link="next", **query):
    """The numbers of each page, from cursor to cursor."""
    pages = []
    while True:
        body = program.get("cases/", **query).json()
        assert (sorted(body), body["count"]) == (["count", "next", "previous", "results"], None)
        pages.append([row["number"] for row in body["results"]])
        if not body[link]:
            return pages, query
        query = {name: values[0] for name, values in parse_qs(urlsplit(body[link]).query).items()}


@pytest.mark.parametrize("ordering", [None, "due_at", "-created_at", "-closed_at", "state,-number"])
def test_pages_by_cursor_hold_each_case_once_in_the_order_of_the_list(district, log, ordering):
    for minute in range(5):
        log(AT.replace(minute=minute), line=(20, 330)[minute % 2])
    query = {"ordering": ordering} if ordering else {}
    clerk = Program(district.street.clerk)
    listed = [row["number"] for row in clerk.get("cases/", **query).json()["results"]]
    pages, last = walk(clerk, cursor="", page_size="2", **query)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [number for page in pages for number in page] == listed
    back, _last = walk(clerk, link="previous", **last)
    assert back == pages[::-1]


def test_a_case_that_comes_meanwhile_neither_repeats_nor_skips(district, log):
    numbers = [log(AT.replace(minute=minute)).number for minute in range(3)]
    clerk = Program(district.street.clerk)
    first = clerk.get("cases/", cursor="", page_size="2").json()
    log(AT.replace(minute=9))
    rest = clerk.web.get(first["next"], headers=clerk.headers).json()
    assert [row["number"] for row in first["results"] + rest["results"]] == numbers[::-1]


@pytest.fixture
def long_list(district, log, monkeypatch):
    """Five cases, newest first, where three are more than are counted unasked."""
    monkeypatch.setattr("citymgmt.api.MOST_COUNTED", 2)
    return [log(AT.replace(minute=minute)).number for minute in range(5)][::-1]


def test_a_long_list_is_counted_when_that_is_asked_for(district, long_list):
    clerk = Program(district.street.clerk)
    counts = [
        clerk.get("cases/", **query).json()["count"]
        for query in (
            {}, {"count": "exact"}, {"page": "2", "page_size": "2"}, {"page": "last", "page_size": "2"},
            {"cursor": ""}, {"cursor": "", "count": "exact"}, {"created_before": "2026-03-03"},
        )
    ]  # fmt: skip
    assert counts == [None, 5, None, 5, None, 5, 0]
    assert clerk.get("communities/").json()["count"] == 2
    assert problem(clerk.get("cases/", count="estimated")) == (400, "parse_error")
    assert problem(clerk.get("cases/", count="exact", cursor="x")) == (422, "invalid")


def test_a_list_that_is_not_counted_has_pages_to_its_end(district, long_list):
    clerk = Program(district.street.clerk)
    found, url = [], "/api/v1/cases/?page_size=2"
    while url:
        body = clerk.web.get(url, headers=clerk.headers).json()
        found.append([row["number"] for row in body["results"]])
        url = body["next"]
    assert found == [long_list[:2], long_list[2:4], long_list[4:]]
    for page in ("4", "0", "x", "1000000000", "9" * 3999):
        assert problem(clerk.get("cases/", page=page, page_size="2")) == (404, "not_found"), page


@pytest.mark.parametrize(
    ("query", "expected"),
    [({"cursor": "x"}, (422, "invalid")), ({"cursor": "", "page": "1"}, (400, "parse_error")),
     ({"cursor": "", "ordering": "community"}, (422, "invalid")), ({"cursor": "", "ordering": "x"}, (422, "invalid"))],
)  # fmt: skip
def test_a_wrong_cursor_is_refused(district, query, expected):
    assert problem(Program(district.street.clerk).get("cases/", **query)) == expected


def chosen(*cases):
    return [{"number": case.number, "version": case.version} for case in cases]


def test_bulk_urges_each_for_itself_and_says_what_became_of_it(district, log, act):
    now = timezone.now()
    due, stale, closed = (log(now) for _case in range(3))
    act("void", closed, by=district.street.leader, at=now, note="重复")
    clerk = Program(district.street.clerk)
    cases = [
        *chosen(due), {"number": stale.number, "version": 1}, *chosen(closed),
        {"number": "440106001-20990101-0001", "version": 1},
    ]  # fmt: skip
    body = {"action": "urge", "cases": cases, "note": "请尽快"}
    answer = clerk.post("cases/bulk/", body, key="k1")
    assert answer.status_code == 200
    rows = answer.json()["outcomes"]
    assert [(row["number"], row["status"], row["code"], row["version"]) for row in rows] == [
        (due.number, 200, "", due.version + 1),
        (stale.number, 409, "stale", None),
        (closed.number, 409, "wrong_state", None),
        ("440106001-20990101-0001", 404, "not_found", None),
    ]
    assert [bool(row["detail"]) for row in rows] == [False, True, True, True]
    assert answer.json()["done_count"] == 1
    event = CaseEvent.objects.get(case=due, kind="urge")
    assert (event.by, event.note) == (district.street.clerk, "请尽快")
    assert clerk.post("cases/bulk/", body, key="k1").json()["outcomes"][0] == rows[0]
    assert CaseEvent.objects.filter(kind="urge").count() == 1


def test_bulk_is_for_whom_the_table_lets_and_within_their_scope(district, log):
    case = log(timezone.now())
    body = {"action": "urge", "cases": chosen(case)}
    told = {
        name: Program(getattr(district.street, name)).post("cases/bulk/", body).status_code
        for name in ("clerk", "officer", "teamleader", "auditor", "admin")
    }
    assert told == {"clerk": 200, "officer": 403, "teamleader": 403, "auditor": 403, "admin": 403}
    other = Program(district.other.clerk).post("cases/bulk/", body).json()["outcomes"]
    assert [row["status"] for row in other] == [404]


@pytest.mark.parametrize(
    "change",
    [{"action": "void"}, {"cases": []}, {"cases": [{"number": "1", "version": 1}] * 2}, {"cases": [{"number": "1"}]},
     {"cases": [{"number": str(one), "version": 1} for one in range(201)]}, {"x": 1}, {"note": "x" * 2001}],
)  # fmt: skip
def test_a_wrong_bulk_does_nothing(district, log, change):
    case = log(AT)
    answer = Program(district.street.clerk).post("cases/bulk/", {"action": "urge", "cases": chosen(case), **change})
    assert problem(answer) == (422, "invalid")
    assert Case.objects.get(pk=case.pk).version == case.version


def test_an_export_is_started_written_and_fetched_by_its_person_alone(district, log):
    case, clerk = log(AT), Program(district.street.clerk)
    log(AT, line=330)
    body = {"kind": "csv", "query": f"q={case.number}&page=3", "columns": ["clock", "category"]}
    answer = clerk.post("exports/", body, key="e1")
    assert answer.status_code == 202
    told = answer.json()
    assert {name: told[name] for name in ("kind", "query", "columns", "state", "total", "percent", "file_url")} == {
        "kind": "csv", "query": f"q={case.number}", "columns": ["number", "category", "clock"], "state": "waiting",
        "total": 1, "percent": 0, "file_url": None,
    }  # fmt: skip
    assert clerk.post("exports/", body, key="e1").json()["id"] == told["id"]
    assert ExportJob.objects.count() == 1
    file = f"exports/{told['id']}/file/"
    assert problem(clerk.get(file)) == (404, "not_found")
    write_exports(timezone.now)
    job = clerk.get(f"exports/{told['id']}/").json()
    assert (job["state"], job["percent"], job["file_url"]) == ("ready", 100, f"/api/v1/{file}")
    assert clerk.get("exports/").json() == [job]
    answer = clerk.get(file)
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert (len(lines), lines[1].split(",")[0]) == (2, case.number)
    for stranger in (district.street.leader, district.other.clerk):
        program = Program(stranger)
        assert program.get("exports/").json() == []
        assert problem(program.get(f"exports/{told['id']}/")) == (404, "not_found")
        assert problem(program.get(file)) == (404, "not_found")
    assert problem(Program(district.street.admin).get("exports/")) == (403, "not_permitted")


@pytest.mark.parametrize(
    "change", [{"query": "unknown=1"}, {"query": "state=x"}, {"query": "a"}, {"kind": "pdf"}, {"columns": ["x"]}]
)
def test_a_wrong_export_is_refused(district, change):
    answer = Program(district.street.clerk).post("exports/", {"kind": "csv", **change})
    assert problem(answer) == (422, "invalid")
    assert ExportJob.objects.count() == 0


def test_saved_views_of_oneself_and_of_the_office(district):
    clerk, leader = district.street.clerk, district.street.leader
    save_view(by=clerk, at=AT, name="eigen", query="state=handling", columns=["number"])
    save_view(by=leader, at=AT, name="office", query="overdue=true", columns=["clock"], is_shared=True)
    save_view(by=leader, at=AT, name="private", query="", columns=[])
    told = [(view["name"], view["query"], view["is_shared"], view["is_own"]) for view in
            Program(clerk).get("views/").json()]  # fmt: skip
    assert told == [("eigen", "state=handling", False, True), ("office", "overdue=true", True, False)]
    assert Program(district.other.clerk).get("views/").json() == []


def test_assignments_of_a_community_latest_first(district):
    place, clerk = district.street.communities[0], Program(district.street.clerk)
    (kept,) = OfficerAssignment.objects.filter(community=place)
    assert clerk.get(f"communities/{place.code}/assignments/").json()["results"] == [
        {
            "part": "officer",
            "user": {"username": "officer1", "name": str(kept.user)},
            "from_on": kept.from_on.isoformat(),
            "until_on": None,
        }
    ]
    hidden = Program(district.other.clerk).get(f"communities/{place.code}/assignments/")
    assert problem(hidden) == (404, "not_found")
    assert hidden.content == clerk.get("communities/999999999999/assignments/").content


def patch(program, body):
    return program.web.patch("/api/v1/me/", body, content_type="application/json", headers=program.headers)


def test_everyone_changes_the_own_preferences(district):
    for person in (district.street.clerk, district.liaison):
        body = {"language": "en", "email": "a@example.org", "mail_choice": "all", "quiet_from": "22:00",
                "quiet_until": "07:00"}  # fmt: skip
        answer = patch(Program(person), body)
        assert answer.status_code == 200
        told = {name: answer.json()[name] for name in body}
        assert told == {**body, "quiet_from": "22:00:00", "quiet_until": "07:00:00"}
        kept = User.objects.get(pk=person.pk)
        assert (kept.language, kept.mail_choice, str(kept.quiet_from)) == ("en", "all", "22:00:00")
        assert patch(Program(person), {}).json()["email"] == "a@example.org"


@pytest.mark.parametrize(
    ("body", "field"),
    [({"quiet_from": "22:00"}, "quiet_until"), ({"quiet_from": "22:00", "quiet_until": "22:00"}, "quiet_until"),
     ({"mail_choice": "all", "email": ""}, "email"), ({"role": "admin"}, "role"), ({"language": "fr"}, "language")],
)  # fmt: skip
def test_preferences_that_do_not_fit_change_nothing(district, body, field):
    before = User.objects.filter(username="clerk1").values().get()
    answer = patch(Program(district.street.clerk), body)
    assert problem(answer) == (422, "invalid")
    assert list(answer.json()["errors"]) == [field]
    assert User.objects.filter(username="clerk1").values().get() == before
