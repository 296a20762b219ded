"""Publicity of the demo offices: a dozen items with drawn photos, two forums, suggestions in each state.

`manage.py seed_demo` calls `seed`. Everything goes through the actions, at the moments at which it happened.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Category
from cases.publicity import actions
from cases.publicity.actions import ForumTold, ItemTold, SuggestionTold
from cases.publicity.drawings import publicity
from cases.publicity.kinds import KINDS, PHOTO
from cases.publicity.models import Forum, PublicityItem, Suggestion
from citymgmt.outbox.actions import mark_read
from citymgmt.outbox.models import Message
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role
from citymgmt.photos.actions import process_photos
from citymgmt.worktime import sweep
from communities.models import Community, Regulation

DISTRICT_CODE = "440199"  # of the fictional district
COMES_LAST = True  # the office is made by another app's demo
DAY = timedelta(days=1)
WHOLE = -1  # the whole sub-district, among places
LATER = {"out": 1, "down": 2}


@dataclass(frozen=True)
class Story:
    """An item of the demo: where (a place in the list of communities), what, how far it came, planned so many days ago,
    to be taken down so many days after.
    """

    place: int
    kind: str
    theme: str
    ago: int
    state: str = "out"
    stays: int | None = None
    quantity: int = 1
    reached: int | None = None
    address: str = ""
    maker: str = ""
    law: str = ""


STORIES = (
    Story(0, "wall", "垃圾分类，从我做起", 40, "down", 30, 2, 850, "社区居委会公告栏"),
    Story(1, "wall", "门前三包责任上墙公示", 25, "out", 60, 1, 620, "肉菜市场入口宣传栏"),
    Story(0, "banner", "拒绝占道经营，共享畅通街道", 20, "out", 45, 4, 1500, "主干道人行天桥两侧"),
    Story(2, "poster", "清除四害，人人参与", 18, "out", 12, 30, 900, "各楼道口", "街道消杀队"),
    Story(1, "leaflet", "《物业管理条例》一图读懂", 30, "out", None, 800, 800, maker="街道司法所", law="物业管理条例"),
    Story(WHOLE, "online", "城管执法案例：乱堆放怎么处理", 15, "out", None, 1, 3260),
    Story(WHOLE, "online", "本月市容环境“红黑榜”", 6, "out", None, 1, 2180),
    Story(2, "talk", "《城市市容和环境卫生管理条例》进社区", 12, "out", None, 1, 76, "社区文化室",
          "街道司法所", "城市市容和环境卫生管理条例"),
    Story(0, "talk", "养犬登记便民摊位", 9, "out", None, 1, 120, "榕荫广场"),
    Story(3, "leaflet", "致商户的一封信：规范门前经营", 3, "planned", None, 260),
    Story(1, "poster", "文明施工，扬尘治理举报方式", -4, "planned", 40, 12, None, "工地围挡"),
    Story(2, "banner", "节日期间严禁乱挂横幅", 10, "off", 20, 6),
)  # fmt: skip
SUGGESTIONS: tuple[tuple[str, str, str, str], ...] = (  # text, who, telephone, what becomes of it
    ("菜市场门口早市收摊后能不能多冲洗一次路面，现在一股腥味。", "陈婉仪", "13800002231", "done"),
    ("建议在小学门口装防撞栏，上下学时电动车直接冲上人行道。", "", "", "adopted"),
    ("夜间烧烤摊最好划一块地方集中经营，不要赶来赶去。", "何师傅", "", "partly"),
    ("希望把社区公园改成停车场。", "", "", "declined"),
    ("后街 12 号门前的窨井盖松动，晚上走路容易绊倒。", "梁阿姨", "13900004417", "case"),
    ("能不能每月公布一次各社区的巡查情况？", "", "", "open"),
)
ALONE: tuple[tuple[str, str, int, str], ...] = (  # text, how it came, days ago, what becomes of it
    ("楼顶养鸽子影响环境，建议出个管理办法。", "letter", 24, "open"),
    ("公交站旁的共享单车太多，建议画线停放。", "phone", 4, "open"),
)
RECORD = (
    "与会代表对市场周边卫生、学校门口秩序和夜间摊档管理意见较集中。街道对各条意见逐条登记，承诺十个工作日内答复；"
    "能马上办的由社区城管责任人当天落实。"
)


def seed(*, now: datetime, tell: Callable[[str], object], **_others: Any) -> None:
    """Play the publicity of the demo offices, once. Without a demo office nothing happens."""
    count = make_publicity(now)
    if count:
        tell(_("%(count)d demo items of publicity, forums and suggestions.") % {"count": count})


@transaction.atomic
def make_publicity(now: datetime) -> int:
    """How many items, forums and suggestions were entered; 0 when there are some, or no demo office."""
    offices = list(SubDistrict.objects.filter(district_code=DISTRICT_CODE).order_by("code"))
    if not offices or PublicityItem.objects.exists():
        return 0
    before = Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    count = sum(_play(office, now) for office in offices)
    process_photos(now=lambda: now)
    sweep.run(now)
    _read(before, now)
    return count


def _read(after: int, now: datetime) -> None:
    """Messages of long ago were read."""
    old = Message.objects.filter(pk__gt=after, created_at__lt=now - 10 * DAY, read_at=None)
    for user in User.objects.filter(pk__in=old.order_by().values("recipient")).order_by("pk"):
        mark_read(by=user, at=now, ids=list(old.filter(recipient=user).values_list("pk", flat=True)))


def _play(office: SubDistrict, now: datetime) -> int:
    clerk, leader = (_of_role(office, role) for role in (Role.CLERK, Role.LEADER))
    places = list(Community.objects.filter(subdistrict=office, is_active=True).order_by("code"))
    if clerk is None or leader is None or not places:
        return 0
    for story in STORIES:
        _tell(story, places, clerk, now)
    held = _hold(places[0], clerk, now)
    _plan(places[1 % len(places)], clerk, now)
    for number, (text, name, phone, fate) in enumerate(SUGGESTIONS):
        at = held + (10 + 3 * number) * timedelta(minutes=1)
        told = SuggestionTold(text, "forum", forum=_forum_of(places[0]), name=name, phone=phone)
        event = actions.enter_suggestion(by=clerk, at=at, told=told)
        _answer(event.suggestion, fate, clerk, held)
    for text, way, ago, fate in ALONE:
        told = SuggestionTold(text, way, places[-1].pk, received_on=timezone.localdate(now - ago * DAY))
        _answer(actions.enter_suggestion(by=clerk, at=_nine(now, ago), told=told).suggestion, fate, clerk, now)
    return len(STORIES) + 2 + len(SUGGESTIONS) + len(ALONE)


def _of_role(office: SubDistrict, role: Role) -> User | None:
    return User.objects.filter(subdistrict=office, role=role, is_active=True).order_by("pk").first()


def _nine(now: datetime, ago: int) -> datetime:
    """Half past nine in the morning, so many days ago; now for what is still to come."""
    return min(now, timezone.localtime(now - ago * DAY).replace(hour=9, minute=30, second=0, microsecond=0))


def _tell(story: Story, places: list[Community], clerk: User, now: datetime) -> None:
    on = timezone.localdate(now - story.ago * DAY)
    law = Regulation.objects.filter(title__contains=story.law, subdistrict=None).order_by("pk").first()
    told = ItemTold(
        kind=story.kind,
        theme=story.theme,
        planned_on=on,
        quantity=story.quantity,
        until_on=on + story.stays * DAY if story.stays else None,
        address=story.address,
        maker=story.maker,
        regulation=law.pk if story.law and law else None,
    )
    place = None if story.place == WHOLE else places[story.place % len(places)].pk
    began = _nine(now, max(story.ago, 0) + 3)
    pk = actions.plan_items(by=clerk, at=began, told=told, communities=[place]).item_id
    if story.state == "off":
        actions.act_on_item("call_off", pk=pk, by=clerk, at=began + DAY, note="上级统一部署，不再单独悬挂。")
    if story.state not in LATER:
        return
    at = _nine(now, story.ago)
    needs_photo = KINDS[story.kind].evidence == PHOTO
    evidence: Mapping[str, Any] = (
        {"photos": [publicity(story.kind, story.theme)]} if needs_photo else {"web": "https://example.org/publicity"}
    )
    given = {"on": on, "quantity": story.quantity, "reached": story.reached, **evidence}
    actions.act_on_item("put_out", pk=pk, by=clerk, at=at, **given)
    if story.state == "down" and story.stays:
        last = at + (story.stays - 1) * DAY
        actions.act_on_item("take_down", pk=pk, by=clerk, at=last, on=timezone.localdate(last))


def _hold(place: Community, clerk: User, now: datetime) -> datetime:
    """A forum of three weeks ago, recorded; returns when it began."""
    held_at = _nine(now, 21).replace(minute=0)
    told = ForumTold(place.pk, held_at, f"{place.name_zh}党群服务中心", "市场周边环境与夜间摊档", "街道党工委副书记",
                     "市场商户代表、学校、物业公司、区人大代表")  # fmt: skip
    pk = actions.plan_forum(by=clerk, at=held_at - 7 * DAY, told=told).forum_id
    came: dict[str, Any] = {"residents": 24, "merchants": 9, "units": 4, "deputies": 2, "officials": 5}
    photos = [publicity("forum", place.code)]
    actions.act_on_forum("hold", pk=pk, by=clerk, at=held_at + timedelta(hours=2), record=RECORD, photos=photos, **came)
    return held_at


def _plan(place: Community, clerk: User, now: datetime) -> None:
    """A forum of next week."""
    held_at = (timezone.localtime(now) + 6 * DAY).replace(hour=15, minute=0, second=0, microsecond=0)
    told = ForumTold(
        place.pk, held_at, f"{place.name_zh}会议室", "老旧小区物业进驻征求意见", "社区书记", "各栋楼组长、业主代表"
    )
    actions.plan_forum(by=clerk, at=now - 2 * DAY, told=told)


def _forum_of(place: Community) -> int:
    return Forum.objects.filter(community=place).order_by("pk").values_list("pk", flat=True)[0]


def _answer(row: Suggestion, fate: str, clerk: User, since: datetime) -> None:
    """What becomes of a suggestion in the days after it came."""
    at = since + 5 * DAY
    on = timezone.localdate(at)
    told: dict[str, Any] = {"pk": row.pk, "by": clerk, "at": at}
    if fate == "open":
        return
    if fate == "case":
        category = Category.objects.filter(is_active=True, name_zh__contains="井盖").order_by("pk").first()
        category = category or Category.objects.filter(is_active=True).order_by("pk").first()
        assert category is not None  # the catalogue is shipped
        actions.act_on_suggestion("make_case", category=category.pk, **told)
        return
    answer = ANSWERS[fate]
    actions.act_on_suggestion("answer", on=on, by_day=None if fate == "declined" else on + 20 * DAY, **answer, **told)
    if fate == "done":
        later = {**told, "at": at + 3 * DAY}
        photos = [publicity("wall", row.text)]
        done = "保洁队每天 13 时加冲一次，市场方负责清沟。"
        actions.act_on_suggestion("carry_out", on=on + 3 * DAY, done=done, photos=photos, **later)


ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "done": {"decision": "adopted", "answer": "收市后加冲一次路面，纳入保洁队每日作业。"},
    "adopted": {"decision": "adopted", "answer": "已列入学校周边整治计划，由街道与学校共同安装。"},
    "partly": {"decision": "partly", "answer": "先在河涌边试设疏导点，其余路段仍按规定管理。"},
    "declined": {
        "decision": "not",
        "answer": "公园用地不能改作停车场。",
        "reason": "该地块为公共绿地，依法不得改变用途。",
    },
}
