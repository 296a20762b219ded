"""How a record becomes a line: JSON or text, with the bound id, and errors without what the database quotes."""

import json
import logging
import sys
import tomllib
from typing import Any

import pytest
import structlog
from django.db import IntegrityError, transaction

import citymgmt
from citymgmt.logs import formatter, log_format, told_error
from citymgmt.people.models import User
from tests.embedded.running import ROOT
from tests.office import District


def record(message: str, *args: Any, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord("citymgmt.x", logging.WARNING, __file__, 1, message, args, more.pop("exc_info", None))
    made.__dict__.update(more)
    return made


def test_json_line_carries_the_fields_and_the_bound_id() -> None:
    with structlog.contextvars.bound_contextvars(request_id="abc"):
        line = json.loads(formatter("json").format(record("ended %s", 3, fields={"route": "home", "ms": 1.5})))
    assert line.pop("at").endswith("Z")
    assert line == {"event": "ended 3", "request_id": "abc", "logger": "citymgmt.x", "level": "warning",
                    "route": "home", "ms": 1.5}  # fmt: skip


def test_text_line_stays_one_line() -> None:
    line = formatter("text").format(record("a\nforged %s", "b\r", fields={"status": 200}))
    assert line.partition(" ")[2] == "warning citymgmt.x: a\\nforged b\\r  status=200"


def test_chinese_stays_readable() -> None:
    assert "占道经营" in formatter("json").format(record("占道经营"))


@pytest.mark.parametrize(
    ("given", "is_terminal", "style"),
    [("json", True, "json"), ("text", False, "text"), ("TEXT ", False, "text"), ("", True, "text"), ("", False, "json"),
     ("xml", False, "json")],
)  # fmt: skip
def test_which_format(given: str, is_terminal: bool, style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal, raising=False)
    assert log_format({"LOG_FORMAT": given}) == style


def test_error_is_told_with_its_cause() -> None:
    try:
        try:
            int("x")
        except ValueError as cause:
            raise KeyError("missing\nsecond line") from cause
    except KeyError as error:
        told = told_error(error)
    first, second = told.split("\nbecause of\n")
    assert first.endswith("KeyError: 'missing\\nsecond line'")
    assert second.endswith("ValueError: invalid literal for int() with base 10: 'x'")
    assert "test_error_is_told_with_its_cause" in first


def test_the_database_is_not_quoted(district: District) -> None:
    """PostgreSQL repeats the row in its words; the log has the code and the constraint."""
    clerk = district.street.clerk
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        User.objects.create(username=clerk.username)
    assert clerk.username in str(caught.value)
    told = told_error(caught.value)
    assert clerk.username not in told
    assert told.partition("\nbecause of\n")[0].endswith("django.db.utils.IntegrityError")
    assert told.endswith("psycopg2.errors.UniqueViolation 23505 people_user_username_key")


def test_handled_error_stands_under_error() -> None:
    try:
        raise RuntimeError("why")
    except RuntimeError:
        made = record("failed", exc_info=sys.exc_info())
    line = json.loads(formatter("json").format(made))
    assert (line["event"], line["error"].splitlines()[-1]) == ("failed", "RuntimeError: why")
    assert formatter("text").format(made).splitlines()[-1] == "RuntimeError: why"


def test_version_is_told_once() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == citymgmt.__version__
