"""What Prometheus scrapes: closed to the world, counts of all processes, labels that nobody outside can multiply."""

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from django.conf import LazySettings
from django.conf import settings as portal_settings
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from cases.models import Case
from citymgmt.health import guard, registry, scrape
from citymgmt.outbox.models import Message
from tests.embedded.running import ROOT, clean_environment
from tests.health.conftest import Hearts
from tests.office import District, china

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def scraped(client: Client, **extra: Any) -> Samples:
    """Every sample by name and labels."""
    answer = client.get("/metrics", **extra)
    assert answer.status_code == 200
    families = list(text_string_to_metric_families(answer.content.decode()))
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for family in families for one in family.samples}


def value(samples: Samples, name: str, **labels: str) -> float:
    return samples.get((name, tuple(sorted(labels.items()))), 0.0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "status"),
    [({"REMOTE_ADDR": "127.0.0.1"}, 200), ({"REMOTE_ADDR": "::1"}, 200), ({"REMOTE_ADDR": "10.0.0.9"}, 404),
     ({"REMOTE_ADDR": ""}, 404), ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.0.9"}, 404),
     ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=x"}, 404),
     ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https"}, 404)],
)  # fmt: skip
def test_only_the_machine_itself_may_scrape(client: Client, given: dict[str, str], status: int) -> None:
    assert client.get("/metrics", **given).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "status"),
    [("Bearer sesame", 200), ("Bearer sesam", 404), ("bearer sesame", 404), ("sesame", 404), ("Bearer ", 404),
     ("Bearer 芝麻", 404), ("", 404)],
)  # fmt: skip
def test_a_token_opens_from_afar(client: Client, settings: LazySettings, header: str, status: int) -> None:
    settings.METRICS_TOKEN = "sesame"
    answer = client.get("/metrics", REMOTE_ADDR="10.0.0.9", HTTP_AUTHORIZATION=header)
    assert answer.status_code == status


@pytest.mark.django_db
def test_no_token_set_opens_to_no_token(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="10.0.0.9", HTTP_AUTHORIZATION="Bearer ").status_code == 404


@pytest.mark.django_db
def test_behind_a_proxy_the_loopback_is_no_key(client: Client, settings: LazySettings) -> None:
    settings.BEHIND_PROXY = True
    assert client.get("/metrics").status_code == 404
    settings.BEHIND_PROXY, settings.METRICS_ALLOW = False, ["10.1.0.0/16"]
    assert [client.get("/metrics", REMOTE_ADDR=one).status_code for one in ("10.1.2.3", "127.0.0.1")] == [200, 404]


@pytest.mark.django_db
def test_a_refused_scrape_looks_as_an_unknown_address(client: Client) -> None:
    refused, unknown = (
        re.sub(
            rb'"X-CSRFToken": "\w+"|csrfmiddlewaretoken" value="\w+"',
            b"",
            client.get(path, REMOTE_ADDR="10.0.0.9").content,
        )
        for path in ("/metrics", "/metricz")
    )
    assert refused.replace(b"/metrics", b"/metricz") == unknown


@pytest.mark.django_db
def test_requests_are_counted_by_route_method_and_status(client: Client) -> None:
    before = scraped(client)
    client.get("/login/")
    client.get("/login/")
    client.post("/login/", {})
    client.get("/cases/X-1/")
    after = scraped(client)

    def more(name: str, **labels: str) -> float:
        return value(after, name, **labels) - value(before, name, **labels)

    assert more("citymgmt_requests_total", route="login", method="GET", status="200") == 2
    assert more("citymgmt_requests_total", route="login", method="POST", status="200") == 1
    assert more("citymgmt_requests_total", route="cases:detail", method="GET", status="302") == 1
    assert more("citymgmt_request_seconds_count", route="login", method="GET") == 2
    assert not any("X-1" in str(key) for key in after)


@pytest.mark.django_db
def test_nobody_outside_can_multiply_labels(client: Client) -> None:
    client.generic("BREW", "/nowhere/")
    scraped(client)  # which is counted as well
    before = set(scraped(client))
    for number in range(20):
        client.generic(f"BREW{number}", f"/nowhere/{number}/?q={number}")
    assert set(scraped(client)) - before == set()
    assert ("citymgmt_requests_total", (("method", "OTHER"), ("route", "unknown"), ("status", "404"))) in before


def test_failed_log_ins_are_counted_by_door(district: District, client: Client) -> None:
    before = scraped(client)
    client.post("/login/", {"username": "clerk1", "password": "wrong"})
    client.post("/api/v1/auth/token/", {"username": "clerk1", "password": "wrong"}, content_type="application/json")
    after = scraped(client)
    name = "citymgmt_log_in_failures_total"
    more = [value(after, name, door=door) - value(before, name, door=door) for door in ("page", "api", "admin")]
    assert more == [1, 1, 0]


def test_figures_of_the_database(living: District, hearts: Hearts, client: Client) -> None:
    hearts(sweep=50)
    for key, state in (("a", "dead"), ("b", "dead"), ("c", "waiting")):
        Message.objects.create(dedupe_key=key, recipient=living.street.clerk, created_at=china("2026-03-04 09:00"),
                               kind="pass", channel="email", state=state,
                               next_at=china("2026-03-04 09:00") if state == "waiting" else None)  # fmt: skip
    samples = scraped(client)
    assert value(samples, "citymgmt_database_up") == 1
    assert 50 <= value(samples, "citymgmt_heartbeat_age_seconds", part="sweep") < 60
    assert value(samples, "citymgmt_outbox_dead", channel="email") == 2
    assert value(samples, "citymgmt_outbox_waiting", channel="email") == 1
    assert value(samples, "citymgmt_outbox_oldest_seconds", channel="email") > 86400
    assert value(samples, "citymgmt_migrations_pending") == 0
    assert value(samples, "citymgmt_jobs_waiting", kind="photos") == 0


def test_open_cases_by_rung(living: District, client: Client) -> None:
    from cases.actions import Matter, log_case
    from tests.office import standard

    street, rule = living.street, standard(20)
    matter = Matter(description="测试", source="call", community=street.communities[0], category=rule.category)
    for _turn in range(2):
        log_case(subdistrict=street.subdistrict, matter=matter, standard=rule, by=street.clerk,
                 at=china("2026-03-04 09:00"))  # fmt: skip
    assert set(Case.objects.values_list("rung", flat=True)) == {0}
    samples = scraped(client)
    assert value(samples, "citymgmt_cases_open", rung="0", overdue="yes") == 2
    assert value(samples, "citymgmt_cases_open", rung="0", overdue="no") == 0


def test_a_figure_that_fails_takes_no_other_along(
    living: District, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(ask: Any) -> dict[tuple[str, ...], float]:
        ask("SELECT 1 / 0")
        return {}

    monkeypatch.setitem(registry.gauges, "citymgmt_cases_open", registry.Gauge("x", "x", [], slow))
    samples = scraped(client)
    assert (value(samples, "citymgmt_database_up"), ("citymgmt_sweep_lag_seconds", ()) in samples) == (1, True)


@pytest.mark.django_db
def test_without_the_database_it_tells_so_and_what_was_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/login/")
    monkeypatch.setattr(scrape, "short_parameters", lambda: {"host": "127.0.0.1", "port": 1, "dbname": "x"})
    samples = scraped(client)
    assert (value(samples, "citymgmt_database_up"), ("citymgmt_sweep_lag_seconds", ()) in samples) == (0, False)
    assert value(samples, "citymgmt_requests_total", route="login", method="GET", status="200") >= 1


COUNTING = """
import django; django.setup()
from citymgmt import metrics
metrics.TASKS.labels("of.another.process", "success").inc(7)
"""


@pytest.mark.django_db
def test_counts_of_other_processes_are_added(client: Client) -> None:
    environ = clean_environment(
        DJANGO_SETTINGS_MODULE="citymgmt.settings", VAR_DIR=str(portal_settings.VAR_DIR),
        DATABASE_URL=os.environ["DATABASE_URL"],
    )  # fmt: skip
    subprocess.run([sys.executable, "-c", COUNTING], check=True, cwd=ROOT, env=environ, timeout=60)
    assert value(scraped(client), "citymgmt_tasks_total", task="of.another.process", outcome="success") == 7


def test_own_connections_are_short_tempered(db: None) -> None:
    parameters = guard.short_parameters()
    assert (parameters["connect_timeout"], "statement_timeout=1500" in parameters["options"]) == (2, True)
