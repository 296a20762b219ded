"""Who answers in the demo offices: tables, and their making through the actions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cases.demo import names
from cases.models import Disorder
from cases.statistics.chain.actions import For, appoint_answerable
from cases.statistics.chain.models import Answerable
from citymgmt.people.actions import create_user
from citymgmt.people.models import Organisation, SubDistrict, User
from communities.models import Community

DAY = timedelta(days=1)
LONG_AGO = 800  # days, as the officers of the demo
SECRETARY, DIRECTOR, DEPUTY, HEAD = Answerable.Level
WORDS = {
    "secretary": ("党工委书记", "Secretary of the Party working committee"),
    "director": ("办事处主任", "Director of the office"),
    "deputy": ("分管副主任", "Deputy director in charge"),
    "head": ("城管科科长", "Head of the city management section"),
    "hygiene": ("爱卫办主任", "Head of the public health office"),
}


@dataclass(frozen=True)
class Newcomer:
    """Somebody who answers and has no rights in the portal: log-in name, name, post."""

    username: str
    name_zh: str
    post: str


NEWCOMERS: dict[str, tuple[Newcomer, ...]] = {
    names.BANYAN.code: (
        Newcomer("fanghongyi", "方宏毅", "党工委书记"),
        Newcomer("luoshaohua", "骆少华", "城管科科长"),
        Newcomer("jiansiqi", "简思琪", "爱卫办主任"),
        Newcomer("mobaiming", "莫柏明", "分管副主任"),
    ),
    names.KAPOK.code: (
        Newcomer("huoyongjian", "霍永健", "党工委书记"),
        Newcomer("bichunlei", "毕春雷", "城管科科长"),
    ),
}


@dataclass(frozen=True)
class Post:
    """Who, at which level, in which post (WORDS), from how many days ago until how many, for what (a key)."""

    username: str
    level: int
    words: str
    since: int = LONG_AGO
    until: int | None = None
    community: int | None = None  # the index in the table of names
    disorder: str = ""
    team: str = ""


POSTS: dict[str, tuple[Post, ...]] = {
    names.BANYAN.code: (
        Post("fanghongyi", SECRETARY, "secretary"),
        Post("shenhuimin", DIRECTOR, "director"),
        Post("mobaiming", DEPUTY, "deputy", until=91),
        Post("leader", DEPUTY, "deputy", since=90),
        Post("luoshaohua", HEAD, "head"),
        Post("jiansiqi", HEAD, "hygiene", team="pest"),
        Post("mobaiming", DEPUTY, "deputy", since=90, community=5),
    ),
    names.KAPOK.code: (
        Post("huoyongjian", SECRETARY, "secretary"),
        Post("leader2", DEPUTY, "deputy"),
        Post("bichunlei", HEAD, "head"),
    ),
}


@transaction.atomic
def make_chains(now: datetime) -> int:
    """Appoint who is missing of the demo offices; returns how many were appointed. What is there already stays."""
    before = Answerable.objects.count()
    for street in names.STREETS:
        office = SubDistrict.objects.filter(code=street.code).first()
        if office is not None and not Answerable.objects.filter(subdistrict=office).exists():
            _people(office, now)
            for post in POSTS[street.code]:
                _appoint(office, street, post, now)
    return Answerable.objects.count() - before


def _people(office: SubDistrict, now: datetime) -> None:
    known = set(User.objects.values_list("username", flat=True))
    admin = User.objects.filter(subdistrict=office, role="admin").order_by("username").first()
    for one in NEWCOMERS[office.code]:
        if admin is not None and one.username not in known:
            create_user(by=admin, at=now, username=one.username, display_name=one.name_zh, post=one.post)


def _appoint(office: SubDistrict, street: names.StreetName, post: Post, now: datetime) -> None:
    user = User.objects.filter(username=post.username, subdistrict=office).first()
    if user is None:
        return
    today = timezone.localdate(now)
    post_zh, post_en = WORDS[post.words]
    appoint_answerable(
        subdistrict=office,
        user=user,
        level=post.level,
        post_zh=post_zh,
        post_en=post_en,
        answers_for=_scope(office, street, post),
        from_on=today - post.since * DAY,
        until_on=_day(today, post.until),
        by=None,
        at=now,
    )


def _day(today: date, ago: int | None) -> date | None:
    return None if ago is None else today - ago * DAY


def _scope(office: SubDistrict, street: names.StreetName, post: Post) -> For:
    name = street.communities[post.community].name_zh if post.community is not None else ""
    return For(
        community=Community.objects.filter(subdistrict=office, name_zh=name).first() if name else None,
        disorder=Disorder.objects.filter(key=post.disorder).first() if post.disorder else None,
        team=Organisation.objects.filter(subdistrict=office, key=post.team).first() if post.team else None,
    )
