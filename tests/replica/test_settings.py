"""REPLICA_URL alone switches the replica on; how far behind it may be is a number of seconds."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from citymgmt.checks import replica_may_be_behind_for_a_while
from citymgmt.replica.condition import NEVER_FOLLOWED, NO_STANDBY, Condition, measure
from tests.embedded.running import clean_environment
from tests.office import china

ASKED = """
import json
from citymgmt import settings as told
chosen = {name: getattr(told, name, None) for name in ("DATABASES", "DATABASE_ROUTERS", "REPLICA_MOST_LAG_SECONDS")}
print(json.dumps({**chosen, "last": told.MIDDLEWARE[-1]}))
"""
PRIMARY = "postgres://portal:one@db.example.org:5432/city"
NOW = china("2026-03-04 09:00")


def read_settings(tmp_path: Path, **given: str) -> dict[str, Any]:
    environ = clean_environment(VAR_DIR=str(tmp_path), DATABASE_URL=PRIMARY, **given)
    answer = subprocess.run([sys.executable, "-c", ASKED], env=environ, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def test_without_it_there_is_one_database_and_no_router(tmp_path: Path) -> None:
    told = read_settings(tmp_path, REPLICA_URL="")
    assert (list(told["DATABASES"]), told["DATABASE_ROUTERS"]) == (["default"], None)
    assert told["last"] == "axes.middleware.AxesMiddleware"


def test_with_it_there_is_a_second_that_only_reads(tmp_path: Path) -> None:
    there = "postgres://reader:two@copy.example.org:6432/city"
    told = read_settings(tmp_path, REPLICA_URL=there, REPLICA_MOST_LAG_SECONDS="12.5")
    primary, copy = told["DATABASES"]["default"], told["DATABASES"]["replica"]
    assert [copy[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "reader", "two", "copy.example.org", 6432, "city",
    ]  # fmt: skip
    assert copy["OPTIONS"].pop("options") == f"{primary['OPTIONS'].pop('options')} -c default_transaction_read_only=on"
    assert copy["OPTIONS"] == {"connect_timeout": 2, "tcp_user_timeout": 2000, "application_name": "citymgmt-replica"}
    assert (copy["ENGINE"], copy["TEST"]) == ("django.db.backends.postgresql", {"MIRROR": "default"})
    assert told["DATABASE_ROUTERS"] == ["citymgmt.replica.routing.Router"]
    assert told["REPLICA_MOST_LAG_SECONDS"] == 12.5
    assert told["last"] == "citymgmt.replica.doors.read_own_writes"
    assert (primary["HOST"], primary["OPTIONS"]["application_name"]) == ("db.example.org", "citymgmt")


@pytest.mark.parametrize(("seconds", "is_wrong"), [(0.9, True), (1, False), (3600, False), (3600.1, True)])
def test_the_most_lag_is_within_an_hour(settings: LazySettings, seconds: float, is_wrong: bool) -> None:
    settings.REPLICA_MOST_LAG_SECONDS = seconds
    assert [one.id for one in replica_may_be_behind_for_a_while(None)] == ["citymgmt.E013"] * is_wrong


# how far behind, as literal rows


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ([(True, True, None)], Condition(NOW)),
        ([(True, False, None), (True, True, china("2026-03-04 08:00"))], Condition(NOW)),  # at the second look
        ([(False, False, None)], NO_STANDBY),
        ([(True, False, None)] * 5, NEVER_FOLLOWED),
        ([(True, False, china("2026-03-04 08:59:30"))] * 5, Condition(china("2026-03-04 08:59:30"), 30.0)),
        (
            [(True, False, china("2026-03-04 08:59:29"))] * 5,
            Condition(china("2026-03-04 08:59:29"), 31.0, "is 31 s behind"),
        ),
        ([(True, False, china("2026-03-04 09:00:01"))] * 5, Condition(china("2026-03-04 09:00:01"))),  # clocks differ
    ],
)
def test_how_far_behind(settings: LazySettings, answers: list[tuple[Any, ...]], found: Condition) -> None:
    """What the copy lacks of what the primary had on its disk at NOW; asked again until it has it, five times."""
    settings.REPLICA_MOST_LAG_SECONDS = 30.0
    left = iter(answers)
    assert measure(lambda sql: [(NOW, "0/1")], lambda sql, values: [next(left)]) == found
    assert list(left) == []
