"""Mentions: `@` and a name in a note tells a colleague who may see the case, once, and marks the name for good."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cases import workflow
from cases.actions import perform, process_photos, redact_photo, upload_photo
from cases.models import Case, CaseEvent, Mention
from cases.querysets import readers_of
from cases.templatetags.cases import marked_note
from citymgmt.outbox.models import Message
from citymgmt.outbox.wording import subject_of
from citymgmt.people.models import User
from citymgmt.people.permissions import permits
from citymgmt.refusals import Invalid
from tests.cases.stories import MORNING, PATHS, actor, carried, case_in, ready_for
from tests.office import District, china, user
from tests.photos.pictures import photo

AT = china(MORNING)
ON = AT.date()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English here."""
    with translation.override("en"):
        yield


@pytest.fixture
def note(district: District) -> Callable[..., CaseEvent]:
    """A clerk's note on a case that officer1 handles: `note("@officer1 看一下")`."""
    case = case_in(district, "handling")
    Message.objects.all().delete()

    def write(text: str, *, by: Any = None) -> CaseEvent:
        return perform("note", number=case.number, by=by or district.street.clerk, at=AT, note=text)

    return write


def named(event: CaseEvent) -> list[tuple[str, str]]:
    """Who is mentioned, and by which text."""
    people = User.objects.in_bulk([mention.user_id for mention in event.mentions])
    return [(people[one.user_id].username, event.note[one.start : one.end]) for one in event.mentions]


def told(kind: str = "mention") -> set[str]:
    messages = Message.objects.filter(kind=kind)
    return set(messages.values_list("recipient__username", flat=True))


def call(username: str, name: str) -> None:
    User.objects.filter(username=username).update(display_name=name)


@pytest.mark.parametrize("state", sorted(PATHS))
def test_readers_are_those_whom_the_permission_table_lets_see_the_case(district: District, state: str) -> None:
    case = case_in(district, state)
    expected = {one.username for one in User.objects.all() if permits(one, "case.view", case, on=ON)}
    assert set(readers_of(case, ON).values_list("username", flat=True)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@officer1 看一下", [("officer1", "@officer1")]),
        ("请@officer1看一下", [("officer1", "@officer1")]),
        ("＠OFFICER1，@leader1。", [("officer1", "＠OFFICER1"), ("leader1", "@leader1")]),
        ("@officer1.", [("officer1", "@officer1")]),
        ("请@李明看一下", [("officer1", "@李明")]),
        ("请@李明华看一下", [("leader1", "@李明华")]),
        ("@officer1 @officer1", [("officer1", "@officer1"), ("officer1", "@officer1")]),
        ("@Li Wei (x) 和@王", [("teamleader1", "@Li Wei")]),
        ("@officer12 @officer1_x @officer1.com", []),
        ("officer1@example.org 与 a@officer1", []),
        ("@nobody @officer2 @clerk2 @所有人 @ @", []),
        ("officer1", []),
        ("@clerk1 自己", []),
    ],
)
def test_which_names_count(note: Callable[..., CaseEvent], text: str, expected: list[tuple[str, str]]) -> None:
    call("officer1", "李明")
    call("leader1", "李明华")
    call("teamleader1", "Li Wei")
    event = note(text)
    assert named(event) == expected
    assert CaseEvent.objects.get(pk=event.pk).mentions == event.mentions
    assert told() == {username for username, _text in expected}


def test_event_keeps_ids_and_the_note_the_names(district: District, note: Callable[..., CaseEvent]) -> None:
    event = note("  请@officer1看 ")
    assert event.note == "请@officer1看"
    assert event.changes["note"] == {"mentions": [[district.street.officer.pk, 1, 10]]}


def test_message_says_who_where_and_in_the_readers_language(district: District, note: Callable[..., CaseEvent]) -> None:
    call("clerk1", "王芳")
    event = note("@officer1", by=User.objects.get(username="clerk1"))
    message = Message.objects.get()
    assert subject_of(message.kind, message.params) == f"王芳 mentioned you in {event.case.number}"
    assert (message.recipient, message.link) == (district.street.officer, event.case.get_absolute_url())
    assert message.is_urgent is False


def test_mention_takes_the_place_of_the_events_own_message(district: District) -> None:
    case = case_in(district, "handling")
    Message.objects.all().delete()
    perform("urge", number=case.number, by=district.street.clerk, at=AT, note="@officer1 @leader1 快")
    assert (told("urge"), told()) == ({"teamleader1"}, {"officer1", "leader1"})
    urgent = Message.objects.filter(kind="mention", is_urgent=True)
    assert [message.recipient.username for message in urgent] == ["officer1"]


@pytest.mark.parametrize(
    "action", sorted(name for name, one in workflow.TRANSITIONS.items() if "note" in (*one.carries, *one.may_carry))
)
def test_every_note_of_an_action_can_mention(district: District, action: str) -> None:
    case, at = ready_for(district, action)
    by = actor(district, action)
    whom = "clerkb1"
    given = {**carried(district, action, at), "note": f"请@{whom}知悉"}
    event = perform(action, number=case.number, by=by, at=at, **given)
    assert named(CaseEvent.objects.get(pk=event.pk)) == [(whom, f"@{whom}")]
    assert Message.objects.filter(kind="mention", recipient__username=whom).count() == 1


def test_whoever_gets_the_case_by_the_action_can_be_mentioned_in_it(district: District) -> None:
    case = case_in(district, "filed")
    given = {"officer": district.street.officer2, "note": "@officerb1 请到场"}
    perform("dispatch", number=case.number, by=district.street.clerk, at=AT, **given)
    case = case_in(district, "handling")
    perform("escalate", number=case.number, by=district.street.clerk, at=AT, note="@liaison 请处置")
    assert told() == {"officerb1", "liaison"}


@pytest.mark.parametrize("name", ["officerb1", "admin1", "secadmin1", "OFFICERB1"])
def test_colleague_who_may_not_see_the_case_is_refused_by_name(note: Callable[..., CaseEvent], name: str) -> None:
    with pytest.raises(Invalid) as refused:
        note(f"@{name} @officer1")
    assert refused.value.fields == {"note": [f"{name} may not see this case and cannot be mentioned."]}
    assert (CaseEvent.objects.filter(kind="note").count(), told()) == (0, set())


def test_people_elsewhere_are_as_unknown_as_nobody(district: District, note: Callable[..., CaseEvent]) -> None:
    """Another street, another department, and one who is locked out."""
    User.objects.filter(username="member1").update(is_active=False)
    assert named(note("@clerk2 @officer2 @liaison @supervisor @member1 @nothing")) == []


def test_liaison_learns_nothing_of_the_office(district: District) -> None:
    case = case_in(district, "escalated")
    user("liaisonb", "liaison", organisation=district.jjdd)
    colleague = user("liaisonc", "liaison", organisation=district.cgj)
    event = perform(
        "note", number=case.number, by=district.liaison, at=AT, note="@admin1 @officerb1 @liaisonb @liaisonc @clerk1"
    )
    assert named(event) == [(colleague.username, "@liaisonc"), ("clerk1", "@clerk1")]


def test_name_that_several_have_is_refused_unless_only_one_may_see_the_case(note: Callable[..., CaseEvent]) -> None:
    call("officer1", "李明")
    call("officerb1", "李明")
    assert named(note("@李明")) == [("officer1", "@李明")]
    call("leader1", "李明")
    with pytest.raises(Invalid) as refused:
        note("@李明")
    assert refused.value.fields == {"note": ["Several colleagues are called 李明: use the log-in name."]}


def test_at_most_twenty_people(district: District, note: Callable[..., CaseEvent]) -> None:
    for number in range(21):
        user(f"more{number}", "clerk", subdistrict=district.street.subdistrict)
    assert len(named(note(" ".join(f"@more{number}" for number in range(20))))) == 20
    with pytest.raises(Invalid) as refused:
        note(" ".join(f"@more{number}" for number in range(21)))
    assert refused.value.fields == {"note": ["Mention at most 20 people."]}


def test_note_of_a_covered_photo_can_mention(district: District) -> None:
    case, by = case_in(district, "handling"), district.street.clerk
    draft = upload_photo(by=by, at=AT, content=photo(), kind="before", request_key="k")
    process_photos(now=lambda: AT)
    perform("note", number=case.number, by=by, at=AT, note="照片", photos=[draft])
    event = redact_photo(by=by, at=AT, pk=draft.pk, boxes=[(0, 0, 0.5, 0.5)], seen=0, note="@officer1 已遮盖")
    assert (named(event), told()) == ([("officer1", "@officer1")], {"officer1"})


def test_resend_tells_nobody_twice(district: District) -> None:
    case = case_in(district, "handling")
    key = str(uuid.uuid4())
    given = {"number": case.number, "by": district.street.clerk, "at": AT, "note": "@officer1", "request_key": key}
    first, second = perform("note", **given), perform("note", **given)
    assert (first.pk, told()) == (second.pk, {"officer1"})


def test_case_of_an_old_ledger_tells_whom_a_note_mentions(district: District) -> None:
    case = case_in(district, "handling")
    Message.objects.all().delete()
    Case.objects.filter(pk=case.pk).update(source="ledger")
    perform("urge", number=case.number, by=district.street.clerk, at=AT, note="@leader1")
    assert set(Message.objects.values_list("kind", "recipient__username")) == {("mention", "leader1")}


def test_note_without_at_costs_nothing_and_with_one_the_same_for_many_people(
    district: District, note: Callable[..., CaseEvent]
) -> None:
    counts = []
    for text in ("看", "@officer1", "@officer1 @leader1 @clerkb1 @teamleader1"):
        with CaptureQueriesContext(connection) as queries:
            note(text)
        counts.append(sum("people_user" in query["sql"] for query in queries))
    assert (counts[1] == counts[2], counts[0] < counts[1]) == (True, True)


def test_marked_note_is_escaped() -> None:
    event = CaseEvent(note="<i>@x</i>\n{0}", changes={})
    event.mentions = [Mention(7, 3, 5)]
    assert marked_note(event) == '&lt;i&gt;<mark class="mention" title="">@x</mark>&lt;/i&gt;\n{0}'
    event.mentioned = {"7": {"username": "x", "name": '<b>"', "role": "officer"}}
    with translation.override("en"):
        assert marked_note(event) == (
            '&lt;i&gt;<mark class="mention" title="&lt;b&gt;&quot; · community officer">@x</mark>&lt;/i&gt;\n{0}'
        )


# --- doors ---------------------------------------------------------------------------------------------------
@pytest.fixture
def english(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody reads English, and it is that morning."""
    User.objects.update(language="en")
    monkeypatch.setattr("citymgmt.middleware.timezone.now", lambda: AT)


def test_page_refuses_with_a_sentence_and_marks_the_name(
    district: District, english: None, client: Client, note: Callable[..., CaseEvent]
) -> None:
    case = Case.objects.get(pk=note("看").case_id)
    client.force_login(district.street.clerk)
    form = {"version": case.version, "request_key": str(uuid.uuid4()), "note": "@officerb1 看"}
    answer = client.post(f"/cases/{case.number}/do/note/", form)
    assert (answer.status_code, dict(answer.context["form"].errors)) == (
        422, {"note": ["officerb1 may not see this case and cannot be mentioned."]},
    )  # fmt: skip
    assert client.post(f"/cases/{case.number}/do/note/", {**form, "note": "请@officer1\n看<b>"}).status_code == 302
    page = client.get(case.get_absolute_url()).content.decode()
    marked = '请<mark class="mention" title="officer1 · community officer">@officer1</mark><br>看&lt;b&gt;'
    assert marked in page


def test_page_takes_the_same_queries_for_many_mentions(
    district: District, client: Client, note: Callable[..., CaseEvent]
) -> None:
    client.force_login(district.street.clerk)
    counts = []
    for _number in range(2):
        case = note("@officer1 @leader1 @clerkb1").case
        note("@teamleader1 @officer1")
        client.get(case.get_absolute_url())  # reads what is kept
        with CaptureQueriesContext(connection) as queries:
            assert client.get(case.get_absolute_url()).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_api_refuses_with_the_field(
    district: District, english: None, client: Client, note: Callable[..., CaseEvent]
) -> None:
    case = Case.objects.get(pk=note("看").case_id)
    client.force_login(district.street.clerk)
    address = f"/api/v1/cases/{case.number}/actions/note/"
    body = {"version": case.version, "note": "@officerb1"}
    headers = {"Idempotency-Key": "k", "Accept-Language": "en"}
    answer = client.post(address, body, content_type="application/json", headers=headers)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["note"])
    answer = client.post(address, {**body, "note": "@officer1"}, content_type="application/json", headers=headers)
    assert (answer.status_code, told()) == (200, {"officer1"})
    events = client.get(f"/api/v1/cases/{case.number}/events/").json()["results"]
    assert [event["mentions"] for event in events[-2:]] == [[], [{"username": "officer1", "name": "officer1"}]]


def test_type_ahead_offers_those_who_may_see_the_case(
    district: District, english: None, client: Client, note: Callable[..., CaseEvent]
) -> None:
    case = note("看").case
    client.force_login(district.street.clerk)
    with CaptureQueriesContext(connection) as queries:
        rows = client.get(f"/cases/{case.number}/colleagues/").json()["colleagues"]
    assert [row["username"] for row in rows] == [
        "auditor1", "clerkb1", "leader1", "member1", "officer1", "teamleader1",
    ]  # fmt: skip
    assert rows[4] == {"username": "officer1", "name": "officer1", "role": "community officer"}
    assert len(queries) <= 12
    client.force_login(district.other.clerk)
    assert client.get(f"/cases/{case.number}/colleagues/").status_code == 404
