"""Odd envelopes: cookies, headers, kinds of content, sizes, encodings."""

import pytest
from django.urls import reverse

from tests.hostile.probing import URLENCODED, browser, fault, nothing_written, sent
from tests.hostile.values import BODIES
from tests.hostile.world import World

COOKIES = ["", '"a\\000b"', '"\\355\\240\\200"', "a" * 5000, "\xe2\x98\x83", "%00"]
HEADERS = {
    "Accept-Language": ["", "x" * 5000, "\x00", "zh-Hans;q=9" + "9" * 400, "*" * 600, "en;q=NaN", "\xff", "../../x"],
    "Accept": ["", "x", "*/*;q=x", "text/html;" * 500, "\xff"],
    "HX-Request": ["true", "x", "\xff"],
    "HX-Current-URL": ["http://[", "\xff", "%00", "x" * 5000, "http://x:99999999"],
    "HX-Target": ["\xff", "%00"],
    "Referer": ["http://[", "\xff", "x" * 5000],
    "X-CSRFToken": ["\xff", "x" * 5000, "%00"],
    "Authorization": ["Token", "Token \xff", "Token a b", "Basic x", "Token " + "a" * 5000, "Token " + "a" * 64],
    "If-Match": ["x", "\xff", "9" * 5000, '"1", "2"'],
    "If-None-Match": ["\xff", "*"],
    "If-Modified-Since": ["x", "Thu, 01 Jan 0000 00:00:00 GMT", "Fri, 31 Dec 99999 23:59:59 GMT"],
    "Range": ["bytes=-1", "x"],
    "X-Forwarded-For": ["\xff", "x" * 5000],
    "X-HTTP-Method-Override": ["DELETE"],
    "Host": ["x y", "[", "localhost:99999999", "evil.example.org"],
    "User-Agent": ["\xff", "x" * 5000],
    "Idempotency-Key": ["\xff", "x" * 81, " ", "\x01"],
}
KINDS = [
    "", "x", "text/plain", "application/json", "application/xml", "multipart/form-data",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=x" + "y" * 500,
    "multipart/form-data; boundary=\xff",
    f"{URLENCODED}; charset=utf-7", f"{URLENCODED}; charset=nothing", f"{URLENCODED}; charset=utf-16",
    "multipart/form-data; boundary=x; charset=utf-16", "multipart/form-data; boundary=x; charset=idna",
]  # fmt: skip
POSTED = ("/login/", "/cases/new/", "/cases/bulk/", "/account/language/", "/i18n/setlang/", "/api/v1/cases/")
PART = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n--x--\r\n'
CONTENTS = {
    "10 MB": b"note=" + b"x" * 10_000_000,
    "many fields": b"&".join(b"f%d=1" % n for n in range(2000)),
    "not UTF-8": b"note=\xff\xfe&\xff=\xff",
    "nothing": b"",
    "part": PART % (b"note", b"", b"\xff\x00"),
    "file": PART % (b"note", b'; filename="\x00../x"', b"x"),
    "odd name": PART % (b"\xff\x00", b"; filename*=utf-99''x", b"x"),
    "half a part": b'--x\r\nContent-Disposition: form-data; name="a"\r\n',
    "base64": b"--x\r\n"
    b'Content-Disposition: form-data; name="note"\r\nContent-Transfer-Encoding: base64\r\n\r\n*\r\n--x--',
}


def test_no_cookie_breaks_a_page(world: World) -> None:
    wrong = {}
    for person in (None, world.street.clerk):
        web = browser(person)
        kept = {name: morsel.value for name, morsel in web.cookies.items()}
        for cookie in ("sessionid", "csrftoken", "messages", "django_language", "x"):
            for value in COOKIES:
                header = "; ".join(f"{name}={text}" for name, text in {**kept, cookie: value}.items())
                for address in ("/login/", "/account/", "/api/v1/me/"):
                    answer = sent(lambda web=web, address=address, header=header: web.get(
                        address, headers={"Cookie": header}))  # fmt: skip
                    if fault(answer):
                        wrong[cookie, value[:40], address] = fault(answer)
    assert wrong == {}


def test_no_header_breaks_a_page_or_the_api(world: World) -> None:
    web, wrong = browser(world.street.clerk), {}
    note = reverse("cases:act", kwargs=world.kwargs("cases:act"))
    api = reverse("api-case-act", kwargs=world.kwargs("api-case-act"))
    asks = (
        lambda h: web.get("/account/", headers=h),
        lambda h: web.get("/api/v1/me/", headers=h),
        lambda h: web.post(note, {"note": ""}, headers=h),
        lambda h: web.post(api, b'{"note": 1}', content_type="application/json", headers=h),
    )
    with nothing_written("headers"):
        for header, values in HEADERS.items():
            for value in values:
                for ask in asks:
                    answer = sent(lambda ask=ask, header=header, value=value: ask({header: value}))
                    if fault(answer):
                        wrong[header, value[:40], answer.request["PATH_INFO"]] = fault(answer)
    assert wrong == {}


@pytest.mark.parametrize("is_strict", [False, True])
def test_no_content_breaks_a_page(world: World, is_strict: bool) -> None:
    """Strict: a browser without the token against forged requests, which reads the form before the view does."""
    web, wrong = browser(world.street.clerk), {}
    web.handler.enforce_csrf_checks = is_strict
    note = reverse("cases:act", kwargs=world.kwargs("cases:act"))
    with nothing_written("contents"):
        for kind in KINDS:
            asked = [(note, name) for name in CONTENTS] + [(address, "part") for address in POSTED]
            for address, name in asked:
                answer = sent(lambda kind=kind, address=address, name=name: web.generic(
                    "POST", address, CONTENTS[name], kind))  # fmt: skip
                if fault(answer):
                    wrong[kind[:60], address, name] = fault(answer)
    assert wrong == {}


def test_no_body_breaks_the_api(world: World) -> None:
    web, wrong = browser(world.street.clerk), {}
    acts = [
        reverse(route, kwargs=world.kwargs(route))
        for route in ("api-case-act", "api-cases", "api-token", "api-inbox-read")
    ]
    with nothing_written("bodies"):
        for name, body in BODIES.items():
            for address in acts:
                answer = sent(lambda address=address, body=body: web.post(
                    address, body, content_type="application/json", headers={"Idempotency-Key": "k"}))  # fmt: skip
                may = (200, 400, 422, 428) if address.endswith("/read/") else (400, 422, 428)
                if fault(answer) or answer.status_code not in may:
                    wrong[name, address] = (answer.status_code, fault(answer))
    assert wrong == {}
