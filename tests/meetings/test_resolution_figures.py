"""Each figure is the list that it leads to, and says what its definition says."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from cases.meetings.actions import act_on_resolution
from cases.meetings.counting import FIGURES, Days, counts_by_lead, totals
from cases.meetings.models import Resolution
from citymgmt.people.models import User
from tests.meetings.gatherings import ENACTED, Gathering
from tests.office import china

NOW = china("2026-03-20 10:00")
YEAR = Days(date(2026, 1, 1), date(2026, 12, 31))


def act(gathering: Gathering, resolution: Resolution, name: str, at: Any, **given: Any) -> None:
    act_on_resolution(name, number=resolution.number, by=gathering.district.street.leader, at=at, **given)


def varied(gathering: Gathering) -> None:
    """One of each kind: limits of 3 days end on 9 March, of 10 on the 18th, of 40 in April or May."""
    department, team = gathering.department.pk, gathering.team.pk
    gathering.resolution()  # a draft
    gathering.resolution("done", lead=department)  # in time
    late = gathering.resolution("open", lead=team, supporting=[department], limit_days=3)
    act(gathering, late, "report_done", china("2026-03-10 09:00"), note="x")
    act(gathering, late, "agree", china("2026-03-11 09:00"))
    gathering.resolution("open", lead=team, limit_days=10)  # overdue
    gathering.resolution("open", lead=department, limit_days=40)  # due later
    gathering.resolution("reported", lead=department, limit_days=3)  # in time, not decided
    waits = gathering.resolution("open", lead=department, limit_days=3)  # reported late, not decided
    act(gathering, waits, "report_done", china("2026-03-12 09:00"), note="x")
    withdrawn = gathering.resolution("open", lead=team, limit_days=3)
    act(gathering, withdrawn, "withdraw", ENACTED + timedelta(days=1), note="x")


def test_the_figures_by_hand(gathering: Gathering) -> None:
    varied(gathering)
    counts = counts_by_lead(Resolution.objects.all(), YEAR, NOW)
    assert counts[gathering.department.pk] == {
        "made": 5, "in_force": 4, "due": 4, "done": 1, "on_time": 1, "overdue": 1,
    }  # fmt: skip
    assert counts[gathering.team.pk] == {"made": 3, "in_force": 3, "due": 2, "done": 1, "on_time": 0, "overdue": 2}
    assert totals(counts.values()) == {"made": 8, "in_force": 7, "due": 6, "done": 2, "on_time": 1, "overdue": 3}


def test_a_period_begins_and_ends_at_midnight_here(gathering: Gathering) -> None:
    gathering.resolution("open")  # made on 3 March, due on the 18th
    for first, last, made, due in (
        ("2026-03-03", "2026-03-03", 1, 0),
        ("2026-03-04", "2026-03-17", None, None),
        ("2026-03-18", "2026-03-18", 0, 1),
        ("2026-03-19", "2026-03-19", None, None),
    ):
        days = Days(date.fromisoformat(first), date.fromisoformat(last))
        counts = counts_by_lead(Resolution.objects.all(), days, NOW).get(gathering.department.pk)
        assert (counts and (counts["made"], counts["due"])) == (None if made is None else (made, due))


@pytest.mark.parametrize(("first", "last"), [("2026-03-02", "2026-03-01"), ("2020-01-01", "2026-01-01")])
def test_what_is_no_period(first: str, last: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        Days(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("name", "query"),
    [("clerk", ""), ("clerk", "?first=2026-03-12&last=2026-03-31"), ("liaison", "?first=2026-03-03&last=2026-03-10"),
     ("liaison", ""), ("teamleader", ""), ("officer", "?first=2026-03-03&last=2026-03-10")],
)  # fmt: skip
def test_each_figure_is_the_list_it_leads_to(
    gathering: Gathering, client: Client, monkeypatch: pytest.MonkeyPatch, name: str, query: str
) -> None:
    varied(gathering)
    User.objects.update(language="en")
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: NOW)
    district = gathering.district
    client.force_login(getattr(district, name, None) or getattr(district.street, name))
    page = client.get(f"/resolutions/{query}")
    cells = [*page.context["tiles"], *(cell for line in page.context["lines"] for cell in line.cells)]
    assert {cell.key for cell in cells} == set(FIGURES)
    assert [cell.count for cell in cells] == [
        client.get(f"/resolutions/{cell.url}").context["page"].paginator.count for cell in cells
    ]
    html = page.content.decode().replace("&amp;", "&")
    assert all(f'href="{cell.url}"' in html for cell in cells)
    if name == "clerk" and not query:
        assert sum(cell.count for cell in cells) == 2 * (8 + 7 + 6 + 2 + 1 + 3)


def test_the_list_says_what_it_counts(gathering: Gathering, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    varied(gathering)
    User.objects.update(language="en")
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: NOW)
    client.force_login(gathering.district.street.clerk)
    page = client.get(f"/resolutions/?figure=on_time&lead={gathering.department.pk}&first=2026-03-01&last=2026-03-31")
    told = "Counted as “done on time” from 2026-03-01 to 2026-03-31 · Urban management"
    assert told in page.content.decode()
