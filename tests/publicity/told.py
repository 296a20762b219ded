"""What tests of publicity begin with."""

from datetime import date, timedelta
from typing import Any

from cases.publicity.actions import (
    ForumTold,
    ItemTold,
    SuggestionTold,
    act_on_forum,
    act_on_item,
    act_on_suggestion,
    enter_suggestion,
    plan_forum,
    plan_items,
)
from cases.publicity.models import Forum, PublicityItem, Suggestion
from tests.office import District, china
from tests.photos.pictures import photo

NOW = china("2026-03-04 09:00")  # a Wednesday
TODAY = date(2026, 3, 4)
DAY = timedelta(days=1)
HELD = china("2026-03-04 15:00")
CAME = {"residents": 12, "merchants": 3, "units": 1, "deputies": 0, "officials": 2}


def item_told(kind: str = "wall", **changed: Any) -> ItemTold:
    """An item as a person plans it: a wall poster of today for four weeks."""
    until = TODAY + 28 * DAY if kind in ("wall", "poster", "banner") else None
    told = {"theme": "垃圾分类", "planned_on": TODAY, "quantity": 2, "until_on": until, "address": "公告栏", **changed}
    return ItemTold(kind=kind, **told)


def planned(district: District, kind: str = "wall", *, place: int | None = 0, **changed: Any) -> PublicityItem:
    """The same, planned by the clerk; `place` None is the whole sub-district."""
    at, by = changed.pop("at", NOW), changed.pop("by", district.street.clerk)
    where = [None if place is None else district.street.communities[place].pk]
    return plan_items(by=by, at=at, told=item_told(kind, **changed), communities=where).item


def act(district: District, item: PublicityItem, name: str, **given: Any) -> Any:
    """Take a step with an item, at nine on a day unless another moment is said."""
    at, by = given.pop("at", NOW), given.pop("by", district.street.clerk)
    event = act_on_item(name, pk=item.pk, by=by, at=at, **given)
    item.refresh_from_db()
    return event


def put_out(district: District, item: PublicityItem, **given: Any) -> Any:
    """Put it out with the evidence that its kind asks for."""
    evidence: dict[str, Any] = (
        {"web": "https://example.org/1"} if item.kind == "online" else {"photos": [photo(120, 90)]}
    )
    told = {"on": TODAY, "quantity": item.quantity, "reached": 100, **evidence, **given}
    return act(district, item, "put_out", **told)


def forum_told(district: District, place: int = 0, **changed: Any) -> ForumTold:
    """A forum of this afternoon as a person plans it."""
    told = {"held_at": HELD, "place": "居委会", "topic": "市场周边", "chair": "王书记", "invited": "商户", **changed}
    return ForumTold(district.street.communities[place].pk, **told)


def forum_in(district: District, place: int = 0, **changed: Any) -> Forum:
    """The same, planned by the clerk."""
    return plan_forum(by=district.street.clerk, at=NOW, told=forum_told(district, place, **changed)).forum


def held(district: District, forum: Forum, **given: Any) -> Any:
    """Record it in the evening."""
    at, by = given.pop("at", HELD + DAY / 8), given.pop("by", district.street.clerk)
    event = act_on_forum("hold", pk=forum.pk, by=by, at=at, **{**CAME, "record": "意见集中在市场。", **given})
    forum.refresh_from_db()
    return event


def suggested(district: District, place: int = 0, **changed: Any) -> Suggestion:
    """A suggestion that somebody telephoned, entered by the clerk."""
    at, by, key = changed.pop("at", NOW), changed.pop("by", district.street.clerk), changed.pop("request_key", None)
    told = {
        "text": "早市后多冲洗一次路面",
        "way": "phone",
        "community": district.street.communities[place].pk,
        **changed,
    }
    return enter_suggestion(by=by, at=at, told=SuggestionTold(**told), request_key=key).suggestion


def decide(district: District, row: Suggestion, name: str, **given: Any) -> Any:
    """Take a step with a suggestion."""
    at, by = given.pop("at", NOW), given.pop("by", district.street.clerk)
    event = act_on_suggestion(name, pk=row.pk, by=by, at=at, **given)
    row.refresh_from_db()
    return event


def answered(district: District, row: Suggestion, verdict: str, **given: Any) -> Any:
    """Answer it with a decision, and with what that asks for."""
    more = {"reason": "地块为绿地"} if verdict == "not" else {"by_day": TODAY + 30 * DAY}
    return decide(district, row, "answer", **{"on": TODAY, "decision": verdict, "answer": "收到", **more, **given})
