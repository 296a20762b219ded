"""An issued bulletin has the next number of its year, published figures, and neither it nor its files change."""

import uuid
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from cases.statistics.actions import publish_evaluation
from cases.statistics.bulletins.actions import discard_bulletin, issue_bulletin
from cases.statistics.bulletins.work import make_files
from cases.statistics.models import Bulletin, BulletinFile, BulletinJob, Evaluation
from citymgmt.outbox.models import Message
from citymgmt.refusals import KeyReused, NotFound, NotPermitted, Refusal, Stale, WrongState
from tests.cases.stories import case_in
from tests.office import District, china
from tests.racing import race
from tests.statistics.bulletins.drafting import AFTER, LATER, drafted, fresh_key, issued, saved
from tests.statistics.bulletins.test_draft_bulletin import ROLES
from tests.statistics.freezing import MARCH, frozen

FEBRUARY = {"month": date(2026, 2, 1)}


def test_it_gets_a_number_publishes_its_figures_and_tells_the_office(district: District) -> None:
    bulletin = issued(district)
    found = Bulletin.objects.get()
    assert (found.year, found.number, found.issued_at, found.issued_by) == (2026, 1, LATER, district.street.leader)
    assert (found.version, found.replaces) == (2, None)
    assert Evaluation.objects.get().published_by == district.street.leader
    told = Message.objects.filter(kind="bulletin_issued")
    assert {message.recipient.username for message in told} == {"clerk1", "clerkb1"}  # but not who issued it
    assert {message.link for message in told} == {bulletin.get_absolute_url()}
    job = BulletinJob.objects.get()
    assert (job.version, job.state) == (2, "waiting")


def test_numbers_follow_each_other_in_the_year_of_issue_and_each_office(district: District) -> None:
    december = drafted(district, at=china("2026-01-05 09:00"), month=date(2025, 12, 1))
    issued(district, december, at=china("2026-01-05 10:00"))
    issued(district, drafted(district, **FEBRUARY))
    issued(district, drafted(district))
    theirs = drafted(district, by=district.other.clerk)
    issue_bulletin(by=district.other.leader, at=LATER, pk=theirs.pk, version=1)
    april = drafted(district, at=china("2027-01-04 09:00"), month=date(2026, 4, 1))
    issued(district, april, at=china("2027-01-04 09:00"))
    found = Bulletin.objects.order_by("pk").values_list("month", "year", "number")
    assert list(found) == [
        (date(2025, 12, 1), 2026, 1),
        (date(2026, 2, 1), 2026, 2),
        (date(2026, 3, 1), 2026, 3),
        (date(2026, 3, 1), 2026, 1),
        (date(2026, 4, 1), 2027, 1),
    ]


def test_a_year_begins_at_midnight_in_china(district: District) -> None:
    bulletin = issued(district, at=china("2026-12-31 23:59") + timedelta(minutes=1))
    assert bulletin.year == 2027


@pytest.mark.parametrize("role", ROLES)
def test_leaders_issue(district: District, role: str) -> None:
    bulletin, by = drafted(district), getattr(district.street, role)
    if role == "leader":
        assert issue_bulletin(by=by, at=LATER, pk=bulletin.pk, version=1).number == 1
        return
    with pytest.raises(NotPermitted if role in ("clerk", "auditor") else NotFound):
        issue_bulletin(by=by, at=LATER, pk=bulletin.pk, version=1)
    assert Bulletin.objects.get().is_draft


@pytest.mark.parametrize("pk", [None, 0, -1, 2**63, 10**30])
@pytest.mark.parametrize("what", ["issue", "discard"])
def test_what_does_not_exist_or_is_anothers_is_not_found(district: District, what: str, pk: int | None) -> None:
    theirs = drafted(district, by=district.other.clerk)
    asked: dict[str, Any] = {"by": district.street.leader, "at": LATER, "pk": theirs.pk if pk is None else pk}
    with pytest.raises(NotFound):
        issue_bulletin(**asked, version=1) if what == "issue" else discard_bulletin(**asked)
    assert Bulletin.objects.get().is_draft


def test_only_the_text_that_was_seen_is_issued(district: District) -> None:
    bulletin = drafted(district)
    saved(district, bulletin, title="改")
    with pytest.raises(Stale):
        issued(district, bulletin, version=1)
    assert Bulletin.objects.get().is_draft
    assert issued(district, bulletin, version=2).title == "改"


def test_sent_twice_it_is_issued_once(district: District) -> None:
    bulletin, key = drafted(district), fresh_key()
    for minutes in (0, 1):
        issued(district, bulletin, at=LATER + timedelta(minutes=minutes), version=1, request_key=key)
    assert (Bulletin.objects.get().issued_at, Message.objects.count()) == (LATER, 2)
    for again in (str(uuid.uuid4()), None):
        with pytest.raises(WrongState):
            issued(district, bulletin, request_key=again)
    with pytest.raises(KeyReused):
        issued(district, drafted(district, **FEBRUARY), request_key=key)


def test_a_correction_replaces_the_issued_one_that_its_reader_saw(district: District) -> None:
    first = issued(district)
    second = drafted(district)
    assert second.evaluation == first.evaluation
    for seen in (None, second.pk, first.pk + 1000):
        with pytest.raises(Stale):
            issued(district, second, replaces=seen)
    issued(district, second, replaces=first.pk)
    found = Bulletin.objects.order_by("pk").values_list("number", "replaces_id")
    assert list(found) == [(1, None), (2, first.pk)]


def test_a_correction_may_bring_corrected_figures(district: District) -> None:
    first = issued(district)
    correction = frozen(district)
    second = issued(district, drafted(district), replaces=first.pk)
    correction.refresh_from_db()
    assert (second.evaluation, correction.replaces) == (correction, first.evaluation)


def test_figures_that_were_replaced_meanwhile_are_not_issued(district: District) -> None:
    draft = drafted(district)
    leader = district.street.leader
    publish_evaluation(by=leader, at=AFTER, pk=draft.evaluation_id)
    publish_evaluation(by=leader, at=AFTER, pk=frozen(district).pk, replaces=draft.evaluation_id)
    with translation.override("en"), pytest.raises(WrongState, match="replaced"):
        issued(district, draft)
    assert Bulletin.objects.get().is_draft


def test_a_draft_is_discarded_and_its_evaluation_stays(district: District) -> None:
    bulletin = drafted(district)
    for by, refusal in ((district.street.auditor, NotPermitted), (district.other.clerk, NotFound)):
        with pytest.raises(refusal):
            discard_bulletin(by=by, at=LATER, pk=bulletin.pk)
    discard_bulletin(by=district.street.clerk, at=LATER, pk=bulletin.pk)
    assert (Bulletin.objects.count(), Evaluation.objects.get().period) == (0, MARCH)
    drafted(district)


def test_an_issued_one_is_not_discarded(district: District) -> None:
    bulletin = issued(district)
    with pytest.raises(WrongState):
        discard_bulletin(by=district.street.leader, at=LATER, pk=bulletin.pk)


def test_two_issued_at_once_get_a_number_each(committed: District) -> None:
    case_in(committed, "closed")
    drafts = [drafted(committed), drafted(committed, **FEBRUARY)]
    for draft in drafts:  # so that no lock of publishing holds one back
        publish_evaluation(by=committed.street.leader, at=AFTER, pk=draft.evaluation_id)
    race([partial(issued, committed, draft) for draft in drafts])
    assert sorted(Bulletin.objects.values_list("number", flat=True)) == [1, 2]


def test_the_same_issued_twice_at_once_is_issued_once(committed: District) -> None:
    made = race([partial(issued, committed, drafted(committed), request_key=fresh_key())] * 2)
    assert [one.number for one in made] == [1, 1]
    assert BulletinJob.objects.count() == 1


def test_issued_while_another_saves(committed: District) -> None:
    """Whoever comes first wins: what is issued is what the leader saw, or nothing is issued."""
    bulletin = drafted(committed)
    made = race([partial(issued, committed, bulletin), partial(saved, committed, bulletin, title="改")])
    found = Bulletin.objects.get()
    assert sum(isinstance(one, Refusal) for one in made) == 1
    assert (found.is_draft, found.title) in [(True, "改"), (False, bulletin.title)]


AFTER_ISSUE = [
    "UPDATE statistics_bulletin SET title = 'x'",
    "UPDATE statistics_bulletin SET sections = '[]'",
    "UPDATE statistics_bulletin SET snapshot = '{}'",
    "UPDATE statistics_bulletin SET number = 7",
    "UPDATE statistics_bulletin SET version = version + 1",
    "UPDATE statistics_bulletin SET issued_at = NULL, issued_by_id = NULL, year = NULL, number = NULL",
    "DELETE FROM statistics_bulletin",
    "TRUNCATE statistics_bulletin CASCADE",
    "UPDATE statistics_bulletinfile SET content = 'x'",
    "DELETE FROM statistics_bulletinfile",
    "TRUNCATE statistics_bulletinfile",
    "INSERT INTO statistics_bulletinfile (bulletin_id, kind, version, content, sha256, made_at)"
    " SELECT id, 'pdf', version - 1, 'x', 'x', now() FROM statistics_bulletin",
]


def test_the_database_refuses_to_change_what_is_issued(district: District) -> None:
    issued(district)
    make_files(lambda: LATER)
    before = (list(Bulletin.objects.values()), list(BulletinFile.objects.values("kind", "sha256")))
    assert len(before[1]) == 3
    for statement in AFTER_ISSUE:
        with pytest.raises(DatabaseError, match=r"not (change|deleted|emptied)|last text"):
            execute(statement)
        now = (list(Bulletin.objects.values()), list(BulletinFile.objects.values("kind", "sha256")))
        assert now == before, statement


BEFORE_ISSUE = [
    ("UPDATE statistics_bulletin SET snapshot = '{}'", "figures"),
    ("UPDATE statistics_bulletin SET month = '2026-02-01'", "figures"),
    ("UPDATE statistics_bulletin SET language = 'en'", "figures"),
    ("UPDATE statistics_bulletin SET drafted_at = now()", "figures"),
    ("UPDATE statistics_bulletin SET issued_at = now(), issued_by_id = drafted_by_id, year = 2026, number = 1",
     "published evaluation"),
    ("UPDATE statistics_bulletin SET number = 1", "bulletin_issued_with_number"),
    ("UPDATE statistics_bulletin SET replaces_id = id", "replaces an issued one"),
]  # fmt: skip


def test_the_database_keeps_the_figures_of_a_draft(district: District) -> None:
    drafted(district)
    for statement, reason in BEFORE_ISSUE:
        with pytest.raises(DatabaseError, match=reason):
            execute(statement)


def test_the_database_refuses_a_bulletin_of_another_month_or_office(district: District) -> None:
    bulletin = drafted(district)
    for wrong in ({"month": date(2026, 2, 1)}, {"subdistrict": district.other.subdistrict}):
        copy = Bulletin.objects.get(pk=bulletin.pk)
        copy.pk = copy.request_key = None
        for name, value in wrong.items():
            setattr(copy, name, value)
        with pytest.raises(DatabaseError, match="own office and month"), transaction.atomic():
            copy.save(force_insert=True)


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}")
