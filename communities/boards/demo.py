"""What the demo offices tell the public: cards of their officers, some with a portrait, and boards, some out of date.

Everything goes through the actions, at the moments at which it happened.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role
from citymgmt.photos.actions import process_photos
from citymgmt.worktime import sweep
from communities.boards import actions
from communities.boards.actions import BoardTold, CardTold, PortraitTold
from communities.boards.drawings import board as drawn_board
from communities.boards.drawings import portrait as drawn_portrait
from communities.boards.lifecycle import RENEW
from communities.boards.querysets import contents_on, open_communities
from communities.models import Board, Community, PublicCard
from communities.querysets import acting_officers, officers_of

ONE_DAY = timedelta(days=1)
BEHIND, LATE, FRESH = 60 * ONE_DAY, 12 * ONE_DAY, ONE_DAY  # how long ago it began, and what changed in an office
PLACES = ("社区服务站门口", "小区南门宣传栏", "菜市场入口")
DUTIES = (
    "联系走访：每周走访沿街商户和居民小组\n畅通渠道：受理投诉，当日回应\n普法宣传：讲解市容环境卫生责任区制度\n"
    "意见征集：每月听取居民意见\n社区共治：组织门前三包和志愿服务",
    "日常巡查：每日巡查主次干道和背街小巷\n受理投诉：当日登记、限时办结\n普法宣传：讲解市容环境卫生管理规定\n"
    "协调联动：联系执法、环卫、消杀队伍",
)
HOURS = ("周一至周五 8:30–12:00、14:00–17:30", "周一至周五 9:00–12:00；周三晚 19:00–20:30")
OFFICE_HOURS = "周一至周五 8:30–12:00、14:00–17:30"


@transaction.atomic
def make_boards(now: datetime, district_code: str) -> int:
    """How many boards were entered; 0 when there are cards already, or no demo office."""
    streets = list(SubDistrict.objects.filter(district_code=district_code).order_by("code"))
    if PublicCard.objects.exists() or not streets:
        return 0
    for number, street in enumerate(streets):
        _play(street, number, now)
    sweep.run(now)
    return Board.objects.filter(community__subdistrict__in=streets).count()


def _play(street: SubDistrict, number: int, now: datetime) -> None:
    leader = _of_role(street, Role.LEADER)
    clerk = _of_role(street, Role.CLERK)
    officers = list(officers_of(street.pk).order_by("pk"))
    communities = list(Community.objects.filter(subdistrict=street, is_active=True).order_by("code"))
    if leader is None or clerk is None or not officers or not communities:
        return
    since = _morning(now - BEHIND)
    actions.save_office(by=leader, at=since, phone=f"020-8000{8000 + number:04d}", hours=OFFICE_HOURS)
    for one, person in enumerate(officers):
        _tell_of(person, one, leader, since)
    process_photos(now=lambda: now)
    for one, community in enumerate(communities):
        for place in PLACES[: 1 + one % 2]:
            actions.put_up_board(by=clerk, at=since, community=community.pk, told=BoardTold(place))
    _confirm(communities, clerk, since + ONE_DAY)
    _change(officers[0], leader, _morning(now - (FRESH if number else LATE)))
    process_photos(now=lambda: now)


def _of_role(street: SubDistrict, role: Role) -> User | None:
    return User.objects.filter(subdistrict=street, role=role, is_active=True).order_by("pk").first()


def _morning(at: datetime) -> datetime:
    return timezone.localtime(at).replace(hour=9, minute=30, second=0, microsecond=0)


def _card(person: User, number: int) -> CardTold:
    badge = f"粤A-{person.pk % 10_000:04d}"
    return CardTold(person.office_phone, badge, DUTIES[number % len(DUTIES)], HOURS[number % len(HOURS)])


def _tell_of(person: User, number: int, by: User, at: datetime) -> None:
    """The card of a person; one of three did not consent to a portrait."""
    picture = PortraitTold(drawn_portrait(person.username), timezone.localdate(at)) if number % 3 != 2 else None
    actions.save_card(by=by, at=at, username=person.username, told=_card(person, number), portrait=picture)


def _change(person: User, by: User, at: datetime) -> None:
    """A person gets another office phone."""
    told = replace(_card(person, 0), phone=person.office_phone.replace("-80001", "-80002"))
    actions.save_card(by=by, at=at, username=person.username, told=told)


def _confirm(communities: Sequence[Community], clerk: User, at: datetime) -> None:
    """Whoever acts for a community confirms its boards that wait; where nobody does, the clerk."""
    day = timezone.localdate(at)
    contents = contents_on(open_communities().filter(pk__in=[one.pk for one in communities]), day)
    acting = acting_officers(contents, day)
    people = User.objects.in_bulk(acting.values())
    for board in Board.objects.filter(community__in=contents, state=RENEW).order_by("pk"):
        by = people.get(acting.get(board.community_id, 0), clerk)
        seen, shot = contents[board.community_id].digest, drawn_board(f"{board.pk}")
        actions.confirm_board(by=by, at=at, pk=board.pk, seen=seen, photo=shot, note="已更换张贴")
