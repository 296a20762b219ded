"""The audit trail: what happened, by whom, from what to what; only within the auditor's reach."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from citymgmt.people import actions, trail
from citymgmt.people.changes import Entry, in_words
from citymgmt.people.models import Organisation
from citymgmt.refusals import NotPermitted
from citymgmt.worktime.actions import save_rule
from citymgmt.worktime.models import CalendarDay
from communities.models import Community
from tests.office import District, china

NOW = china("2026-03-04 09:00")
ON = date(2026, 3, 4)


def read(auditor: Any, **wanted: Any) -> list[Entry]:
    rows, _further = trail.entries(auditor, ON, trail.Wanted(**wanted))
    return in_words(rows)


def test_grant_shows_who_and_from_to(district: District) -> None:
    street = district.street
    actions.grant_role(by=street.secadmin, at=NOW, user=street.clerk2, role="leader")
    entry = read(street.auditor, kind="people.user", person=street.secadmin)[0]
    assert (entry.by, entry.title, entry.verb) == (
        street.secadmin,
        "clerkb1",
        "修改" if entry.verb == "修改" else entry.verb,
    )
    assert [(change.old != change.new) for change in entry.changes] == [True]


def test_password_reset_is_recorded_without_the_password(district: District) -> None:
    street = district.street
    actions.reset_password(by=street.admin, at=NOW, user=street.clerk)
    rows, _further = trail.entries(street.auditor, ON, trail.Wanted(person=street.admin))
    assert [(row.label, row.by_id, "password" in row.now) for row in rows] == [("password", street.admin.pk, False)]
    assert in_words(rows)[0].changes == []


def test_only_what_is_in_reach(district: District) -> None:
    district.other.subdistrict.save()
    for community in (district.street.communities[0], district.other.communities[0]):
        community.office_phone = "020-1"
        community.save()
    titles = {entry.title for entry in read(district.street.auditor)}
    assert "甲街第1社区" in titles
    assert not {title for title in titles if "乙街" in title or (title.endswith("2") and title.startswith("clerk"))}


def test_calendar_is_seen_by_all_auditors(district: District) -> None:
    save_rule(by=district.other.admin, rule=CalendarDay(on=date(2027, 1, 1), kind="holiday", name_zh="元旦"))
    entry = read(district.street.auditor, kind="worktime.calendarday", person=district.other.admin)[0]
    assert (entry.title, entry.by, entry.is_new) == ("元旦", district.other.admin, True)


def test_boundary_is_told_but_not_shown(district: District) -> None:
    community = district.street.communities[0]
    Community.objects.filter(pk=community.pk).update(boundary={"type": "Polygon", "coordinates": [[[1, 2]] * 500]})
    rows, _further = trail.entries(district.street.auditor, ON, trail.Wanted(kind="communities.community"))
    assert len(rows[0].now["boundary"]) == 32
    assert [change.old for change in in_words(rows)[0].changes] == [""]


def test_pages_join_without_gap_or_repeat(district: District) -> None:
    for number in range(95):
        Organisation.objects.create(key=f"u{number}", kind="unit", name_zh=f"{number}", district_code="440106")
    seen: list[trail.Key] = []
    after: trail.Key | None = None
    while True:
        rows, after = trail.entries(district.street.auditor, ON, trail.Wanted(), after)
        seen += [row.key for row in rows]
        if after is None:
            break
    assert len(seen) == len(set(seen))
    assert seen == sorted(seen, key=lambda key: (-key.at.timestamp(), key.table, -key.pk))
    organisations = [key for key in seen if trail.event_models()[key.table].pgh_tracked_model is Organisation]
    assert len(organisations) == 95 + 4


def test_day_filter_ends_at_local_midnight(district: District) -> None:
    today = timezone.localdate()
    assert read(district.street.auditor, kind="people.subdistrict", day=today) != []
    assert read(district.street.auditor, kind="people.subdistrict", day=today - timedelta(days=1)) == []


@pytest.mark.parametrize("role", ["clerk", "officer", "leader", "admin", "secadmin"])
def test_only_auditors_read(district: District, role: str, client: Client) -> None:
    with pytest.raises(NotPermitted):
        trail.entries(getattr(district.street, role), ON, trail.Wanted())
    client.force_login(getattr(district.street, role))
    assert [client.get(path).status_code for path in ("/audit/", "/audit/log-ins/")] == [403, 403]


@pytest.mark.parametrize("text", ["", "x", "1,2", "2026-01-01,0,1", "2026-01-01T00:00+00:00,-1,0",
                                  "9999-01-01T00:00+00:00,0,1", "2026-01-01T00:00+00:00,0,9999999999"])  # fmt: skip
def test_damaged_key_is_no_key(text: str) -> None:
    assert trail.Key.read(text) is None


def test_page_takes_the_same_queries_for_many_rows(district: District, client: Client) -> None:
    actions.reset_password(by=district.street.admin, at=NOW, user=district.street.clerk)
    client.force_login(district.street.auditor)
    counts = []
    for more in (0, 20):
        for number in range(more):
            Organisation.objects.create(key=f"v{number}", kind="unit", name_zh="x", district_code="440106")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get("/audit/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("query", ["?day=x", "?kind=nope", "?person=clerk2", "?day=9999-12-31", "?day=0001-01-01"])
def test_filter_that_fits_nothing_is_refused_in_words(district: District, client: Client, query: str) -> None:
    client.force_login(district.street.auditor)
    assert client.get(f"/audit/{query}").status_code == 422
