"""A wrong setting of what watches is refused at the start."""

import pytest
from django.conf import LazySettings

from citymgmt.checks import watching_is_set_up


def found() -> list[str]:
    return [one.id for one in watching_is_set_up(None)]


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [("METRICS_ALLOW", ["10.0.0.0/8", "::1", "10.1.2.3/8"], []), ("METRICS_ALLOW", [], []),
     ("METRICS_ALLOW", ["localhost"], ["citymgmt.E010"]), ("METRICS_ALLOW", [""], ["citymgmt.E010"]),
     ("METRICS_TOKEN", "x" * 15, ["citymgmt.E011"]), ("METRICS_TOKEN", "x" * 16, [])],
)  # fmt: skip
def test_settings_of_the_scrape(settings: LazySettings, name: str, value: object, wrong: list[str]) -> None:
    setattr(settings, name, value)
    assert found() == wrong


@pytest.mark.parametrize(("style", "wrong"), [("text", []), ("JSON", []), ("", []), ("xml", ["citymgmt.E012"])])
def test_format_of_the_log(monkeypatch: pytest.MonkeyPatch, style: str, wrong: list[str]) -> None:
    monkeypatch.setenv("LOG_FORMAT", style)
    assert found() == wrong
