"""Whatever is sent: no error of ours, nothing half-written, and what is accepted comes back exactly.

Source: reliability.md M15, T23, T24, T26-T28.
"""

import json
from urllib.parse import quote

import pytest
from django.utils import timezone

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
LOG_FIELDS = [
    "description",
    "source",
    "community",
    "category",
    "standard",
    "limit_value",
    "limit_unit",
    "key_place",
    "address",
    "longitude",
    "latitude",
    "is_campaign",
    "reporter_name",
    "reporter_phone",
    "self_handled",
]
ACT_FIELDS = {
    "note": "note",
    "team": "dispatch",
    "standard": "file",
    "until": "request_suspension",
    "target": "merge",
    "key_place": "correct",
    "version": "receive",
}
BODIES = {
    "nothing": b"",
    "not UTF-8": b"\xff\xfe",
    "half": b'{"a": ',
    "text": b'"x"',
    "number": b"1",
    "list": b"[]",
    "null": b"null",
    "deep": b"[" * 100_000,
    "deep objects": b'{"a":' * 5000,
    "twice": b'{"description": "a", "description": "b"}',
    "NaN": b'{"limit_value": NaN}',
    "Infinity": b'{"longitude": -Infinity}',
    "5,000 digits": b'{"limit_value": ' + b"9" * 5000 + b"}",
    "NUL key": b'{"\\u0000": 1}',
    "NUL value": b'{"description": "\\u0000"}',
    "surrogate": b'{"description": "\\ud800"}',
    "surrogate key": b'{"\\udfff": 1}',
    "BOM": b"\xef\xbb\xbf{}",
    "overlong": b'{"description": "\xc0\x80"}',
    "prototype": b'{"__proto__": {"x": 1}, "constructor": 1}',
    "comment": b"{/* */}",
    "single quotes": b"{'a': 1}",
    "UTF-16": '{"description": "x"}'.encode("utf-16"),
    "many keys": json.dumps({str(n): n for n in range(20_000)}).encode(),
}


def written() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Case, CaseEvent, Reporter))


@pytest.fixture
def base():
    return {"description": "测试", "source": "call", "community": "440106001001", "category": "09006"}


def test_no_value_in_all_fields_at_once_breaks_logging(district):
    clerk, before = Program(district.street.clerk), written()
    for value in [*TEXTS, *OTHERS]:
        answer = clerk.post("cases/", dict.fromkeys(LOG_FIELDS, value))
        assert problem(answer)[0] in (400, 413, 422), str(value)[:40]
    assert written() == before


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


@pytest.mark.parametrize("field", ["note", "until", "target", "standard", "team", "key_place", "version"])
def test_no_value_of_a_field_breaks_an_action(district, log, field):
    action, case, person = ACT_FIELDS[field], log(timezone.now()), district.street.clerk
    if action in ("assign", "receive"):
        person = district.street.officer if action == "receive" else district.street.teamleader
    program = Program(person)
    for value in [*TEXTS, *OTHERS]:
        case.refresh_from_db()
        before = written()
        answer = program.post(
            f"cases/{case.number}/actions/{action}/", {"version": case.version, "note": "x", field: value}
        )
        if answer.status_code == 200:
            assert answer.json()["version"] > case.version
        else:
            assert problem(answer)[0] in (400, 404, 409, 413, 422, 428), (field, str(value)[:40])
            assert written() == before


@pytest.mark.parametrize("name", sorted(BODIES))
def test_no_body_breaks_a_post(district, log, name):
    case, clerk = log(china("2026-03-04 09:00")), Program(district.street.clerk)
    before = written()
    for path in ("cases/", f"cases/{case.number}/actions/note/", "inbox/read/"):
        answer = clerk.post(path, raw=BODIES[name])
        if not (path == "inbox/read/" and answer.status_code == 200):
            assert problem(answer)[0] in (400, 422, 428), (name, path)
    assert problem(Program(None).post("auth/token/", raw=BODIES[name]))[0] in (400, 422), name
    assert written() == before


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


def test_no_address_breaks_the_portal(district):
    clerk = Program(district.street.clerk)
    for text in SHORT:
        if not text.strip(" ./"):
            continue
        raw = quote(text.encode("utf-8", "surrogatepass"), safe="")
        for path in ("cases/{}/", "cases/{}/events/", "escalations/{}/", "communities/{}/", "{}/", "cases/{}/x/y/z"):
            answer = clerk.web.get("/api/v1/" + path.format(raw), headers=clerk.headers)
            assert problem(answer)[0] in (400, 404), (path, text[:40])
        answer = clerk.post(f"cases/{raw}/actions/note/", {"version": 1, "note": "x"})
        assert problem(answer)[0] in (400, 404), text[:40]


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
        for method in ("put", "patch", "delete", "options", "trace"):
            answer = getattr(clerk.web, method)(f"/api/v1/{path}", headers=clerk.headers)
            assert problem(answer) == (405, "method_not_allowed"), (method, path)
    for path in ("/api/", "/api/v1/", "/api/v2/cases/", "/api/v1/cases", "/api/v1/nothing/", "/api/v1/cases/1/2/3/4/"):
        for who in (clerk, Program(None)):
            for method in ("get", "post", "delete"):
                assert problem(getattr(who.web, method)(path, headers=who.headers)) == (404, "not_found"), path
    html = clerk.web.get("/api/v1/cases/", headers={**clerk.headers, "Accept": "text/html"})
    assert problem(html) == (406, "not_acceptable")


def test_no_password_breaks_the_log_in(district):
    stranger = Program(None)
    for value in [*TEXTS, *OTHERS]:
        for body in ({"username": value, "password": "x"}, {"username": "clerk2x", "password": value}):
            assert problem(stranger.post("auth/token/", body))[0] in (400, 401, 413, 422, 429), str(value)[:40]
