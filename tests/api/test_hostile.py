"""Whatever is sent: no error of ours, nothing half-written, and what is accepted comes back exactly.

Source: reliability.md M15, T23, T24, T26-T28; all fields, bodies and addresses: tests/hostile.
"""

from urllib.parse import quote

import pytest

from cases.models import Case, CaseEvent, CaseNumber, Reporter
from tests.api.conftest import Program, problem
from tests.office import china

TEXTS = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff x",
    "\u202eabc",
    "\u2066x\u2069",
    "\u200b",
    "\ufeff",
    "\x1b[31m",
    "\x7f",
    "a\r\nSet-Cookie: x=1",
    "１２３",
    "𠮷野家😀",
    "e" + "\u0301" * 500,
    "x" * 10_000,
    "街" * 400_000,
    "'; DROP TABLE x; --",
    '" OR ""="',
    "%00",
    "%",
    "_",
    "\\",
    "../../etc/passwd",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "=1+1",
    "null",
    "NaN",
    "Infinity",
    "-1",
    "0",
    "9" * 5000,
    "1e400",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-14:00",
    "2016-12-31T23:59:60Z",
    "2026-02-29",
    "10000-01-01",
    "2026-03-04T09:00:00",
    "181",
    "-90.00000001",
]
SHORT = [text for text in TEXTS if len(text) <= 5000]  # of what a server takes as an address
OTHERS = [None, True, False, 0, -1, 2**31, 2**63, 10**30, 1e308, 0.1, -0.0, [], [[]], ["x"], {}, {"a": 1}, [None] * 50]


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Case, CaseEvent, Reporter))


@pytest.fixture
def base():
    return {"description": "测试", "source": "call", "community": "440106001001", "category": "09006"}


@pytest.mark.parametrize("field", ["description", "address", "longitude", "category", "limit_value", "reporter_name"])
def test_no_value_of_a_field_breaks_logging(district, base, field):
    clerk = Program(district.street.clerk)
    for value in [*TEXTS, *OTHERS]:
        before = written()
        answer = clerk.post("cases/", {**base, field: value})
        if answer.status_code == 201:
            assert written()[0] == before[0] + 1
            if isinstance(value, str) and field in ("description", "address"):
                assert answer.json()[field] == value.strip()
        else:
            assert problem(answer)[0] in (400, 413, 422), (field, str(value)[:40])
            assert written() == before, (field, str(value)[:40])
    assert CaseNumber.objects.filter(last__gt=Case.objects.count()).count() == 0


def test_a_body_that_is_too_long_is_a_413_and_another_kind_a_415(district, log):
    case, clerk = log(china("2026-03-04 09:00")), Program(district.street.clerk)
    huge = b'{"description": "' + b"x" * 1_100_000 + b'"}'
    for path in ("cases/", f"cases/{case.number}/actions/note/", "inbox/read/", "auth/token/"):
        assert problem(clerk.post(path, raw=huge)) == (413, "too_large"), path
        for kind in (
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/plain",
            "application/xml",
        ):
            answer = clerk.web.post(
                f"/api/v1/{path}",
                b"description=x",
                content_type=kind,
                headers={**clerk.headers, "Idempotency-Key": "k"},
            )
            assert problem(answer) == (415, "unsupported_media_type"), (path, kind)


def test_no_value_of_a_parameter_breaks_a_list(district):
    clerk = Program(district.street.clerk)
    names = {
        "cases/": [
            "state",
            "disorder",
            "category",
            "community",
            "key_place",
            "officer",
            "department",
            "team",
            "overdue",
            "source",
            "ladder",
            "created_after",
            "created_before",
            "q",
            "ordering",
            "page",
            "page_size",
        ],
        "escalations/": ["state", "department", "overdue", "ordering"],
        "standards/": ["disorder", "category", "q", "on"],
        "categories/": ["disorder", "q"],
    }
    asked = [(path, parameters) for path, parameters in names.items()]
    asked += [("cases/", [alone]) for alone in ("q", "created_after", "category", "ordering", "page")]
    for path, parameters in asked:
        for text in SHORT:
            raw = quote(text.encode("utf-8", "surrogatepass"))
            query = "&".join(f"{parameter}={raw}" for parameter in parameters)
            answer = clerk.web.get(f"/api/v1/{path}?{query}", headers=clerk.headers)
            if answer.status_code != 200:
                assert problem(answer)[0] in (400, 404, 422), (path, parameters, text[:40])


def test_no_key_and_no_version_in_a_header_breaks_a_post(district, base, log):
    case, clerk = log(china("2026-03-04 09:00")), Program(district.street.clerk)
    for key in ("x" * 81, "\x01", "\xff" * 10, "é" * 200, "\x7f"):
        assert clerk.post("cases/", base, key=key).status_code in (201, 400, 422), key
    for text in ("x", "0", "-1", "9" * 5000, "1.5", '"1", "2"', "W/", "\xff", "1e3", '""x'):
        answer = clerk.post(f"cases/{case.number}/actions/note/", {"note": "x"}, **{"If-Match": text})
        assert problem(answer)[0] in (409, 422, 428), text


def test_other_methods_and_unknown_addresses_are_problems(district, log):
    case, clerk = log(china("2026-03-04 09:00")), Program(district.street.clerk)
    for path in (
        "cases/",
        f"cases/{case.number}/",
        "communities/",
        "me/",
        "inbox/read/",
        f"cases/{case.number}/actions/note/",
    ):
        for method in {"put", "patch", "delete", "options", "trace"} - ({"patch"} if path == "me/" else set()):
            answer = getattr(clerk.web, method)(f"/api/v1/{path}", headers=clerk.headers)
            assert problem(answer) == (405, "method_not_allowed"), (method, path)
    for path in ("/api/", "/api/v1/", "/api/v2/cases/", "/api/v1/cases", "/api/v1/nothing/", "/api/v1/cases/1/2/3/4/"):
        for who in (clerk, Program(None)):
            for method in ("get", "post", "delete"):
                assert problem(getattr(who.web, method)(path, headers=who.headers)) == (404, "not_found"), path
    html = clerk.web.get("/api/v1/cases/", headers={**clerk.headers, "Accept": "text/html"})
    assert problem(html) == (406, "not_acceptable")
