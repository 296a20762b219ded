"""Pages of projects: list, one look, tasks with one button, forms, files; who sees what, and at which cost."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from citymgmt.photos.actions import process_photos
from communities.beside import Figure
from communities.models import Project, ProjectOpinion, ProjectPhoto, ProjectTask
from communities.projects import actions, shown
from communities.projects.shown import Action, Shown
from tests.communities.projects.works import NOW, TODAY, Work, kinds, now_of
from tests.hostile.pages import forms_of
from tests.office import china
from tests.photos.pictures import photo

HOME, MOST = "/projects/", 12


@pytest.fixture(autouse=True)
def present(moment: Callable[[Any], None]) -> None:
    """Wednesday morning."""


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def names(answer: Any) -> list[str]:
    return [one.project.name for one in answer.context["rows"]]


def shot() -> SimpleUploadedFile:
    return SimpleUploadedFile("x.jpg", photo(120, 90), "image/jpeg")


@pytest.fixture
def fill(client: Client) -> Callable[..., Any]:
    """The answer to the form of a page as it stands there, but for what is typed."""

    def answer(who: Any, page: str, **typed: Any) -> Any:
        client.force_login(who)
        form = client.get(page).context["form"]
        stands = {name: form[name].value() for name in form.fields}
        return client.post(page, {name: one for name, one in (stands | typed).items() if one is not None})

    return answer


def test_the_list_is_narrowed(work: Work, get: Callable[..., Any], moment: Callable[[Any], None]) -> None:
    street = work.street
    one, two = (place.pk for place in street.communities)
    work.running(name="甲")
    late = work.running("activity", name="乙", communities=(one,), theme="洁净")
    work.task(late, days=0)
    work.enter("practical", name="丙", source="vote", communities=(two,))
    moment(china("2026-03-05 09:00"))
    for asked, found in (
        ("", ["甲", "乙", "丙"]),
        ("?q=洁", ["乙"]),
        ("?q=2026-03", ["丙"]),
        ("?kind=campaign", ["甲"]),
        ("?state=under_way", ["甲", "乙"]),
        ("?state=draft", ["丙"]),
        (f"?community={one}", ["甲", "乙"]),
        (f"?community={two}&state=under_way", ["甲"]),
        ("?year=2025", []),
        ("?only=late", ["乙"]),
    ):
        assert names(get(street.clerk, HOME + asked)) == found, asked
    assert names(get(street.teamleader, HOME)) == ["甲", "乙", "丙"]
    assert names(get(work.district.other.clerk, HOME)) == []
    get(street.clerk, f"{HOME}?kind=x", 422)
    get(street.admin, HOME, 403)


def test_the_list_is_saved_as_it_is_filtered(work: Work, get: Callable[..., Any]) -> None:
    work.running(name="甲")
    work.enter(name="乙")
    text = b"".join(get(work.street.clerk, f"{HOME}export/csv/?state=running").streaming_content).decode()
    lines = text.splitlines()
    assert (len(lines), "甲" in lines[1], "点位 0/10 处" in lines[1], "the whole sub-district" in lines[1]) == (
        2, True, True, True,
    )  # fmt: skip
    get(work.street.clerk, f"{HOME}export/pdf/", 404)
    get(work.street.clerk, f"{HOME}export/csv/?kind=x", 422)


PLAN = {
    "name": "牛皮癣清理", "aim": "清理小广告", "first_on": "2026-03-10", "last_on": "2026-06-17",
    "measure_1": "清理", "target_1": "500", "unit_1": "处",
}  # fmt: skip


def test_a_campaign_is_planned_in_the_stages_of_its_kind(work: Work, fill: Callable[..., Any]) -> None:
    clerk = work.street.clerk
    page = f"{HOME}new/campaign/"
    answer = fill(clerk, page, **{**PLAN, "measure_2": "x"})
    assert (answer.status_code, "From 0.01 to" in words(answer)) == (422, True)
    answer = fill(clerk, page, **PLAN, communities=str(work.street.communities[0].pk))
    made = Project.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert (made.name, made.responsible, made.is_for_all) == ("牛皮癣清理", clerk, False)
    assert [(one.name, one.from_on, one.until_on) for one in made.stages.all()] == [
        ("Launch and survey", date(2026, 3, 10), date(2026, 3, 24)),
        ("Concentrated effort", date(2026, 3, 25), date(2026, 5, 23)),
        ("Check and make it last", date(2026, 5, 24), date(2026, 6, 17)),
    ]
    stages = {"stage_1": "一", "stage_2": "二", "stage_3": ""}
    assert fill(clerk, page, **{**PLAN, **stages}).status_code == 302
    assert [one.until_on for one in Project.objects.latest("pk").stages.all()] == [date(2026, 4, 28), date(2026, 6, 17)]


def test_a_plan_is_changed_and_copied_to_the_next_year(work: Work, get: Callable[..., Any], fill: Any) -> None:
    clerk, project = work.street.clerk, work.running("practical", source="vote", lead_text="施工队")
    work.task(project)
    page = project.get_absolute_url()
    answer = fill(clerk, f"{page}change/", name="新名", measure_1="")
    assert (answer["Location"], now_of(project).name, project.goals.get().is_dropped) == (page, "新名", True)
    answer = fill(clerk, f"{page}change/", version="1")
    assert (answer.status_code, "Somebody else" in words(answer)) == (409, True)
    like = f"{HOME}new/practical/?like={project.pk}"
    assert "新名" in words(get(clerk, like))
    assert fill(clerk, like).status_code == 302
    new = Project.objects.latest("pk")
    assert (new.name, new.first_on, new.lead_text, new.cost_spent, new.tasks.count(), new.state) == (
        "新名", date(2027, 2, 22), "施工队", None, 1, "draft",
    )  # fmt: skip
    for wrong in (f"{HOME}new/campaign/?like={project.pk}", f"{HOME}new/practical/?like=x", f"{HOME}new/x/"):
        get(clerk, wrong, 404)
    get(work.street.officer, f"{HOME}new/campaign/", 403)


def test_a_project_at_one_look(work: Work, get: Callable[..., Any]) -> None:
    project = work.running(communities=(work.street.communities[0].pk,))
    task = work.task(project, stage=1)
    actions.act_on_task("do", pk=task.pk, by=work.street.clerk, at=NOW, on=TODAY)
    work.task(project, "另一件")
    work.report(project, achieved={1: Decimal(3)}, photos=[photo(120, 90)])
    page = project.get_absolute_url()
    answer = get(work.street.leader, page)
    told = answer.context["told"]
    assert (told.percent, told.time_percent, told.done_tasks, len(told.tasks)) == (30, 18, 1, 2)
    assert [(one.stage.name if one.stage else "", one.state, len(one.tasks)) for one in told.stages] == [
        ("摸底", "met", 1), ("整治", "before", 0), ("", "now", 1),
    ]  # fmt: skip
    assert "2026-03-04 · 点位: 3 处" in words(answer)
    offered = {name: [one.action for one, _label, _url in get(who, page).context["steps"]] for name, who in (
        ("leader", work.street.leader), ("clerk", work.street.clerk), ("officer", work.street.officer),
        ("auditor", work.street.auditor))}  # fmt: skip
    assert offered == {
        "leader": ["complete", "suspend", "publish", "abandon"], "clerk": ["publish"], "officer": [], "auditor": [],
    }  # fmt: skip
    may = {who: get(getattr(work.street, who), page).context["may_report"] for who in ("officer", "officer2", "member")}
    assert may == {"officer": True, "officer2": False, "member": False}
    get(work.district.other.clerk, page, 404)
    get(work.district.liaison, page, 404)


def test_rooms_above_show_themselves(work: Work, get: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "_rooms", [])
    figure = Figure("Cases", 7, "/cases/?campaign=1", "folder", note="marked")
    shown.register(lambda project, user, on, at: [Shown((figure,), (Action("Call a consultation", "/x/", "people"),))])
    text = words(get(work.street.clerk, work.running().get_absolute_url()))
    assert ('href="/cases/?campaign=1"' in text, "Call a consultation" in text) == (True, True)


def test_a_task_is_ticked_off_by_one_button_and_undone(work: Work, client: Client, get: Callable[..., Any]) -> None:
    street, project = work.street, work.running()
    task = work.task(project, owner=None, community=street.communities[0].pk)
    work.task(project, "别人的", owner=street.officer2.pk)
    work.task(project, "以后", days=20, owner=street.officer.pk)
    mine = f"{HOME}tasks/"
    found = get(street.officer, mine)
    assert [[one.task.text for one in found.context[part]] for part in ("late", "soon", "later")] == [
        [], ["清理"], ["以后"],
    ]  # fmt: skip
    form = next(one for one in forms_of(found.content.decode()) if f"/{task.pk}/tick/do/" in one.action)
    told = {name: raw.decode() for name, raw in form.fields.items()}
    assert client.post(form.action, told)["Location"] == mine
    assert client.post(form.action, told).status_code == 302  # a resend acts once
    assert (ProjectTask.objects.get(pk=task.pk).state, kinds(task)[-1]) == ("done", "project_task_do")
    page = project.get_absolute_url()
    forms = forms_of(get(street.officer, page).content.decode())
    undo = next(one for one in forms if f"/{task.pk}/tick/reopen/" in one.action)
    answer = client.post(undo.action, {name: raw.decode() for name, raw in undo.fields.items()})
    assert (answer["Location"], ProjectTask.objects.get(pk=task.pk).state) == (page, "open")
    assert client.post(form.action, {"version": "x"}).status_code == 422
    assert client.post(f"{HOME}tasks/{task.pk}/tick/cancel/").status_code == 404
    others = [one.action for one in forms if "/tick/" in one.action]
    assert len(others) == 2  # not that of the other officer
    get(street.teamleader, mine, 403)


def test_a_task_is_done_with_photos_changed_and_called_off(work: Work, fill: Callable[..., Any], get: Any) -> None:
    clerk, project = work.street.clerk, work.running()
    page = project.get_absolute_url()
    add = {"text": "巡查", "due_on": "2026-03-20", "owner": str(clerk.pk)}
    assert fill(clerk, f"{page}tasks/add/", **{**add, "owner": ""}).status_code == 422
    assert fill(clerk, f"{page}tasks/add/", **add)["Location"] == page
    task = ProjectTask.objects.get()
    at = task.get_absolute_url()
    assert fill(clerk, f"{at}revise/", text="再巡查").status_code == 302
    assert fill(clerk, f"{at}do/", note="好", photos=shot(), shows="after", is_public="on").status_code == 302
    assert ProjectTask.objects.get().text == "再巡查"
    assert list(ProjectPhoto.objects.values_list("shows", "is_public")) == [("after", True)]
    assert [one.action for one, _label, _url in get(clerk, at).context["steps"]] == ["reopen"]
    get(clerk, f"{at}do/", 409)
    get(clerk, f"{at}x/", 404)
    other = work.task(project)
    assert fill(clerk, f"{other.get_absolute_url()}cancel/", note="不用").status_code == 302
    assert "Task added" in words(get(work.street.auditor, other.get_absolute_url()))


def test_steps_and_reports_by_their_forms(work: Work, fill: Callable[..., Any], get: Callable[..., Any]) -> None:
    street, project = work.street, work.enter("practical", source="vote")
    page = project.get_absolute_url()
    assert fill(street.leader, f"{page}start/")["Location"] == page
    answer = fill(street.clerk, f"{page}report/", note="进展", achieved_1="12.5", cost_spent="100", photos=shot())
    assert (answer["Location"], project.goals.get().achieved, now_of(project).cost_spent) == (
        page,
        Decimal("12.5"),
        100,
    )
    assert fill(street.clerk, f"{page}report/", note="").status_code == 422
    assert fill(street.leader, f"{page}suspend/", note="").status_code == 422
    assert fill(street.clerk, f"{page}ask/").status_code == 302
    for person, address, status in (
        (street.clerk, f"{page}ask/", 409), (street.clerk, f"{page}suspend/", 403), (street.leader, f"{page}x/", 404),
        (street.clerk, f"{page}change/", 409), (street.clerk, f"{page}tasks/add/", 409),
        (street.officer, f"{page}judge/", 403),
    ):  # fmt: skip
        get(person, address, status)


def test_an_acceptance_sheet_is_entered_and_names_are_for_few(work: Work, fill: Any, get: Callable[..., Any]) -> None:
    project = work.asked()
    page = project.get_absolute_url()
    lines = {
        f"{name}_{n}": value
        for n in range(1, 8)
        for name, value in (("name", f"王{n}"), ("represents", "楼栋长"), ("verdict", "satisfied"))
    }
    answer = fill(work.street.clerk, f"{page}judge/", place="居委会", **{**lines, "name_7": "", "verdict_7": ""})
    assert (answer.status_code, "7 representatives are needed, 1 is missing" in words(answer)) == (422, True)
    assert fill(work.street.clerk, f"{page}judge/", place="居委会", photos=shot(), **lines)["Location"] == page
    process_photos(now=timezone.now)
    sheet = ProjectPhoto.objects.get()
    for who, sees in ((work.street.clerk, True), (work.street.officer, False), (work.street.auditor, False)):
        text = words(get(who, page))
        assert ("王1" in text, "7 of 7 representatives" in text) == (sees, True)
        get(who, f"{HOME}photos/{sheet.pk}/picture/", 200 if sees else 403)


def test_photos_are_shown_to_the_public_by_a_button(work: Work, send: Callable[..., Any], get: Any) -> None:
    clerk, project = work.street.clerk, work.running()
    work.report(project, photos=[photo(120, 90)])
    get(clerk, f"{HOME}photos/{ProjectPhoto.objects.get().pk}/picture/", 404)  # not developed yet
    process_photos(now=timezone.now)
    page, pk = f"{project.get_absolute_url()}photos/", ProjectPhoto.objects.get().pk
    assert get(work.street.officer, f"{HOME}photos/{pk}/thumbnail/")["Content-Type"] == "image/jpeg"
    for name, is_public in (("show", True), ("hide", False)):
        assert send(clerk, page, f"{HOME}photos/{pk}/public/{name}/")["Location"] == page
        assert ProjectPhoto.objects.get().is_public is is_public
    assert "/public/show/" not in words(get(work.street.officer, page))
    get(work.district.other.clerk, page, 404)


def test_words_of_residents_are_taken_away_by_a_button(work: Work, send: Callable[..., Any], get: Any) -> None:
    project = work.asked()
    one = actions.give_opinion(project=project.pk, at=NOW, verdict="not", words="张三不好", form_key="a")
    page = project.get_absolute_url()
    assert ["张三不好" in words(get(who, page)) for who in (work.street.clerk, work.street.officer)] == [True, False]
    assert send(work.street.clerk, page, f"{HOME}opinions/{one.pk}/erase/")["Location"] == page
    assert ProjectOpinion.objects.get().words == ""


def test_a_community_shows_its_projects(work: Work, get: Callable[..., Any]) -> None:
    one, two = work.street.communities
    work.running(communities=(one.pk,))
    work.running()
    figures = [next(f for f in get(work.street.officer, f"/communities/{place.code}/").context["figures"]
                    if f.label == "Projects") for place in (one, two)]  # fmt: skip
    assert [figure.value for figure in figures] == [2, 1]
    for figure in figures:
        assert len(names(get(work.street.officer, figure.url))) == figure.value


def test_the_office_reads_and_sets_its_own_rules_of_acceptance(work: Work, get: Callable[..., Any], send: Any) -> None:
    assert "Public acceptances" in words(get(work.street.clerk, "/areas/rules/"))
    answer = send(work.street.clerk, "/areas/rules/project_share/", value="90", source="街道办通知")
    assert answer.status_code == 302


@pytest.mark.parametrize("page", ["list", "one", "tasks", "task", "photos", "public list", "public"])
def test_pages_ask_the_same_however_much_there_is(work: Work, client: Client, page: str) -> None:
    place = work.street.communities[0].pk
    project = work.asked(communities=(place,)) if "public" in page or page == "one" else work.running()
    address = {
        "list": HOME, "tasks": f"{HOME}tasks/", "one": project.get_absolute_url(), "public list": "/public/projects/",
        "photos": f"{project.get_absolute_url()}photos/", "public": f"/public/projects/{project.pk}/",
    }  # fmt: skip
    if page == "task":
        address["task"] = work.task(project).get_absolute_url()
    elif project.state == "running":
        work.task(project)
    counts = [count_of(work, client, page, address[page])]
    for number in range(9):
        other = work.running("practical", name=f"{number}", source="vote", communities=(place,))
        work.step(other, "ask", by=work.street.clerk)
        actions.give_opinion(project=project.pk if page in ("one", "public") else other.pk, at=NOW, verdict="not",
                             words="x", form_key=str(number))  # fmt: skip
        if project.state == "running":
            work.task(project, owner=work.street.officer.pk)
            work.report(project, photos=[photo(120, 90)])
    counts.append(count_of(work, client, page, address[page]))
    assert (counts[0] == counts[1], counts[1] <= MOST) == (True, True), counts


def count_of(work: Work, client: Client, page: str, address: str) -> int:
    """The queries of a page, asked a second time: what is kept in memory is there."""
    if page.startswith("public"):
        client.logout()
    else:
        client.force_login(work.street.officer if page == "tasks" else work.street.clerk)
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    return len(queries)
