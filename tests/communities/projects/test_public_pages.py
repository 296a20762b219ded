"""What everybody reads of projects: promises, progress, result; nobody's name; opinions while they are asked for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from citymgmt.photos.actions import process_photos
from communities.models import ProjectOpinion, ProjectPhoto
from communities.projects.views import public
from tests.communities.projects.works import Work
from tests.hostile.pages import forms_of
from tests.photos.pictures import photo

HOME = "/public/projects/"


@pytest.fixture(autouse=True)
def present(moment: Callable[[Any], None]) -> None:
    """Wednesday morning."""


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def names(answer: Any) -> list[str]:
    return [one.project.name for one in answer.context["rows"]]


def test_only_what_is_published_and_no_draft(work: Work, get: Callable[..., Any]) -> None:
    one, two = work.street.communities
    matter = work.running("practical", name="修路", source="vote", communities=(one.pk,))
    work.running("activity", name="清洁日", theme="洁净")
    campaign = work.running(name="整治")
    draft = work.enter("practical", name="草稿", source="vote")
    for asked, found in (
        ("", ["修路", "清洁日"]),
        ("?kind=activity", ["清洁日"]),
        ("?q=洁净", ["清洁日"]),
        (f"?community={one.code}", ["修路", "清洁日"]),
        (f"?community={two.code}", ["清洁日"]),
        (f"?community={work.district.other.communities[0].code}", []),
        ("?year=2020", []),
    ):
        assert names(get(None, HOME + asked)) == found, asked
    get(None, f"{HOME}?kind=x", 422)
    for hidden in (campaign, draft):
        get(None, f"{HOME}{hidden.pk}/", 404)
    get(None, f"{HOME}{matter.pk}/")
    work.step(campaign, "publish", on=None)
    get(None, f"{HOME}{campaign.pk}/")


def test_a_page_tells_result_and_progress_and_names_nobody(work: Work, get: Callable[..., Any]) -> None:
    project = work.asked()
    work.judge(project, "ssssssn")
    text = words(get(None, f"{HOME}{project.pk}/"))
    assert "7 名代表中 6 名满意或基本满意（85%）" in text
    assert [one for one in ("代表1", "灯不亮", work.street.clerk.username, "居民小组") if one in text] == []


def test_photos_are_those_that_were_chosen(work: Work, get: Callable[..., Any]) -> None:
    project = work.running("practical", source="vote")
    work.report(project, photos=[photo(120, 90)], shows="before", is_public=True)
    work.report(project, photos=[photo(90, 120)])
    process_photos(now=timezone.now)
    shown, hidden = ProjectPhoto.objects.order_by("pk")
    page = f"{HOME}{project.pk}/"
    assert [one.pk for one in get(None, page).context["photos"]] == [shown.pk]
    assert get(None, f"{page}photos/{shown.pk}/picture/")["Content-Type"] == "image/jpeg"
    get(None, f"{page}photos/{hidden.pk}/picture/", 404)
    get(None, f"{HOME}{work.running('activity').pk}/photos/{shown.pk}/picture/", 404)
    work.step(project, "withhold", on=None)
    get(None, f"{page}photos/{shown.pk}/picture/", 404)


def say(client: Client, page: str, **typed: str) -> Any:
    form = next(one for one in forms_of(client.get(page).content.decode()) if "verdict" in one.fields)
    return client.post(page, {name: raw.decode() for name, raw in form.fields.items()} | typed)


def test_residents_say_what_they_think_while_they_are_asked(work: Work, client: Client, get: Any) -> None:
    project = work.asked()
    page = f"{HOME}{project.pk}/"
    assert say(client, page, verdict="").status_code == 422
    answer = say(client, page, verdict="fairly", words="还行")
    assert (answer.status_code, answer["Location"], ProjectOpinion.objects.get().words) == (302, page, "还行")
    text = words(get(None, page))
    assert ("基本满意 1、" in text, "还行" in text) == (True, False)  # words are for the office
    typed = {"verdict": "not", "words": "", "request_key": "6b3c1f5e-0000-4000-8000-000000000001"}
    work.step(project, "take_back", note="x")
    answer = client.post(page, typed)
    assert (answer.status_code, "意见征集已结束" in words(answer)) == (409, True)


def test_one_network_says_so_often_an_hour(work: Work, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "OPINIONS_AN_HOUR", 2)
    page = f"{HOME}{work.asked().pk}/"
    assert [say(client, page, verdict="not").status_code for _again in range(3)] == [302, 302, 429]
    assert ProjectOpinion.objects.count() == 2


def test_the_board_of_a_community_leads_here(work: Work, get: Callable[..., Any]) -> None:
    place = work.street.communities[0]
    assert f'href="{HOME}?community={place.code}"' in words(get(None, f"/boards/{place.code}/"))
