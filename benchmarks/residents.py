"""Fifty residents who report as fast as they are answered, for a minute, and what officers feel of it meanwhile.

gunicorn with two workers as `make run` starts it, over the cases of `seed_bulk`; the limits per address are lifted,
since all residents come from one machine. Each resident opens the form, sends it until a receipt comes (429 is waited
out as the answer says), and begins anew. Afterwards every receipt must be a case, and a form sent again must give the
receipt's number again.
"""

import http.client
import re
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.management import call_command

from benchmarks.databases import Databases, enter, leave, seed
from benchmarks.web import Browser, portal_over
from cases.models import Case
from communities.models import Community

DATABASE = "bench_residents"
RESIDENTS, SECONDS, OFFICERS = 50, 60.0, 3
BETWEEN_LOOKS = 0.5  # seconds that an officer reads a page
RESENT = 20  # forms that are sent again afterwards
UNLIMITED = dict.fromkeys(("REPORT_RATE", "REPORT_RATE_UNPROVEN", "REPORT_POST_RATE"), "0")
HIDDEN = re.compile(r'name="(token|csrfmiddlewaretoken)" value="([^"]+)"')
NUMBER = re.compile(r'data-copy-from="number">([0-9-]+)<')
PAGES = ("/cases/mine/", "/cases/?state=handling", "/inbox/")


def measure(databases: Databases, count: int) -> dict[str, Any]:
    """What residents and officers saw of a portal with `count` cases."""
    databases.make(DATABASE)
    enter(DATABASE)
    seed(cases=count)
    call_command("load_standards", verbosity=0)
    databases.settle_down()
    place = Community.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)[0]
    with portal_over(DATABASE, UNLIMITED) as (port, _pid):
        quiet = _looks(port, threading.Event(), rounds=60)
        crowd = [Resident(port, place) for _number in range(RESIDENTS)]
        loaded = _meanwhile(port, crowd)
        repeated = sum(one.send(form) != number for one in crowd[:RESENT] for number, form in one.last())
    numbers = [number for one in crowd for number in one.receipts]
    kept = set(Case.objects.filter(number__in=numbers).values_list("number", flat=True))
    leave()
    answers = Counter(status for one in crowd for status in one.statuses)
    return {
        "cases": count,
        "receipts": len(numbers),
        "receipts_without_case": len(set(numbers) - kept),
        "cases_with_two_receipts": len(numbers) - len(set(numbers)),
        "resent_with_another_number": repeated,
        "answers": {str(status): number for status, number in sorted(answers.items())},
        "resident_ms": _told([took for one in crowd for took in one.took]),
        "officer_quiet_ms": _told(quiet),
        "officer_ms": _told(loaded),
    }


def _told(milliseconds: list[float]) -> dict[str, float]:
    ordered = sorted(milliseconds)
    return {
        "number": len(ordered),
        "median": round(statistics.median(ordered), 1),
        "p95": round(ordered[int(len(ordered) * 0.95)], 1),
        "most": round(ordered[-1], 1),
    }


def _meanwhile(port: int, crowd: list["Resident"]) -> list[float]:
    """Let all residents report, and officers look at their pages; milliseconds of each look."""
    over, end = threading.Event(), time.monotonic() + SECONDS
    with ThreadPoolExecutor(len(crowd) + 1) as pool:
        looking = pool.submit(_looks, port, over)
        reporting = [pool.submit(one.report_until, end) for one in crowd]
        for one in reporting:
            one.result()
        over.set()
        return looking.result()


def _looks(port: int, over: threading.Event, rounds: int = 10**6) -> list[float]:
    took: list[float] = []
    browsers = [Browser(port, f"measured-officer-1-{number}") for number in range(1, 1 + OFFICERS)]
    for turn in range(rounds):
        if over.is_set():
            break
        answer = browsers[turn % OFFICERS].get(PAGES[turn // OFFICERS % len(PAGES)])
        assert answer.status == http.client.OK, answer.status
        took.append(answer.milliseconds)
        over.wait(BETWEEN_LOOKS if rounds == 10**6 else 0)
    return took


@dataclass
class Resident:
    """Somebody who reports again and again."""

    port: int
    place: int
    receipts: list[str] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    def report_until(self, end: float) -> None:
        """Report until that moment; what was begun is brought to its end."""
        while time.monotonic() < end:
            form = self._form()
            start = time.perf_counter()
            self.receipts.append(self.send(form))
            self.took.append((time.perf_counter() - start) * 1000)
            self.sent.append(form)

    def last(self) -> list[tuple[str, tuple[str, str]]]:
        """The last receipt and its form."""
        return [*zip(self.receipts, self.sent, strict=True)][-1:]

    def send(self, form: tuple[str, str]) -> str:
        """Send a form until it is taken in; the number on the receipt."""
        body, _cookie = self._until(http.client.CREATED, lambda: self._ask("POST", *form))
        found = NUMBER.search(body)
        assert found is not None, "the receipt has no number"
        return found[1]

    def _form(self) -> tuple[str, str]:
        body, cookie = self._until(http.client.OK, lambda: self._ask("GET"))
        told = {"topic": "rubbish", "description": "楼道口垃圾堆积", "community": str(self.place), "website": ""}
        fields = {**told, **dict(HIDDEN.findall(body)), "altcha": "", "kept": ""}
        return urlencode(fields), cookie.partition(";")[0]

    def _until(self, wanted: int, ask: Callable[[], Any]) -> tuple[str, str]:
        while True:
            status, body, headers = ask()
            self.statuses.append(status)
            if status == wanted:
                return body, headers.get("Set-Cookie", "")
            assert status == http.client.TOO_MANY_REQUESTS, (status, body[:300])
            time.sleep(float(headers.get("Retry-After", 1)))

    def _ask(self, method: str, body: str = "", cookie: str = "") -> tuple[int, str, Any]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"} if body else {}
        try:
            line.request(method, "/report/", body or None, headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode(), answer.headers
        finally:
            line.close()
