"""What the demo offices know of their institutions: a register, agreements, visits of this quarter, promises.

Everything goes through the actions, at the moments at which it happened.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role
from citymgmt.photos.actions import process_photos
from citymgmt.worktime import sweep
from communities.boards.drawings import board as drawn_paper
from communities.institutions import actions
from communities.institutions.actions import AgreementTold, InstitutionTold, PledgeTold, VisitTold
from communities.institutions.credit_code import check_character
from communities.institutions.quarters import quarter_of
from communities.models import Community, Institution, InstitutionVisit, Pledge
from communities.querysets import acting_officers

ONE_DAY = timedelta(days=1)
MORNING = time(9, 30)
KINDS = (  # what a community of the demo has: name after that of the community, kind, responsibility area, frontage
    ("中心小学", "school", "校门口至路沿石，两侧至公交站", 85),
    ("卫生服务站", "hospital", "门前台阶至路沿石", 24),
    ("肉菜市场管理公司", "company", "市场四周至路沿石，含卸货区", 140),
    ("锦记酒楼", "shop", "门前至路沿石，含后巷二十米", 18),
    ("供电所", "public", "围墙外至路沿石", 60),
)
TALKS = (
    "讲解门前三包责任：包卫生、包绿化、包秩序；通报近期占道经营案件。",
    "查看门前环境，派发垃圾分类和除四害资料，听取意见。",
    "了解上下班高峰门前停车情况，商定错峰引导办法。",
)
PLEDGES = (
    "每天早晚各清扫门前一次",
    "撤除门前占道灯箱",
    "修补破损的门前地砖",
    "安排专人引导门前停车",
    "清理后巷堆放的杂物",
)
LATE, SKIPPED = 4, 7  # every so many visits: a promise that is late, a visit that was not made


@transaction.atomic
def make_institutions(now: datetime, district_code: str) -> int:
    """How many institutions were entered; 0 when there are some already, or no demo office."""
    streets = list(SubDistrict.objects.filter(district_code=district_code).order_by("code"))
    if Institution.objects.exists() or not streets:
        return 0
    for street in streets:
        _play(street, now)
    process_photos(now=lambda: now)
    sweep.run(now)
    return Institution.objects.filter(community__subdistrict__in=streets).count()


def _play(street: SubDistrict, now: datetime) -> None:
    clerk = User.objects.filter(subdistrict=street, role=Role.CLERK, is_active=True).order_by("pk").first()
    communities = list(Community.objects.filter(subdistrict=street, is_active=True).order_by("code"))
    if clerk is None or not communities:
        return
    quarter = quarter_of(timezone.localdate(now))
    since = _at(quarter.first - 10 * ONE_DAY)
    entered = list(_enter(communities, clerk, since))
    for number, one in enumerate(entered):
        if number % 5 != 4:
            _sign(one, clerk, since, quarter.first + (20 + 45 * (number % 8)) * ONE_DAY, has_photo=number == 0)
    actions.plan_quarter(by=clerk, at=since, quarter=quarter)
    _visit(communities, clerk, now)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))


def _enter(communities: list[Community], clerk: User, at: datetime) -> Iterator[Institution]:
    for place, community in enumerate(communities):
        for number, (name, kind, area, metres) in enumerate(KINDS[: 2 + place % 4]):
            body = f"12{community.subdistrict.district_code}MB{place:04d}{number:03d}"
            told = InstitutionTold(
                name=f"{community.name_zh.removesuffix('社区')}{name}",
                kind=kind,
                credit_code=body + check_character(body),
                address=f"{community.office_address or community.name_zh}旁 {number + 1} 号",
                area_text=area,
                frontage_m=metres,
                contact_name=f"{'陈李黄何梁'[number]}主任",
                office_phone=f"020-8700{place:02d}{number:02d}",
            )
            yield actions.enter_institution(by=clerk, at=at, community=community.pk, told=told)


def _sign(one: Institution, clerk: User, at: datetime, until: date, *, has_photo: bool) -> None:
    """An agreement of last year that ends some time ahead; one is shown as it was photographed."""
    told = AgreementTold(until - 365 * ONE_DAY, until)
    photos = [drawn_paper(f"agreement{one.pk}")] if has_photo else []
    paper = None if has_photo else PAPER
    actions.sign_agreement(by=clerk, at=at, institution=one.pk, told=told, photos=photos, paper=paper)


def _visit(communities: list[Community], clerk: User, now: datetime) -> None:
    """The officers made the visits that were planned before yesterday, but for a few; some brought a promise."""
    today = timezone.localdate(now)
    acting = acting_officers([one.pk for one in communities], today)
    people = User.objects.in_bulk(acting.values())
    rows = InstitutionVisit.objects.filter(institution__community__in=communities, planned_on__lt=today - ONE_DAY)
    for number, visit in enumerate(rows.select_related("institution").order_by("planned_on", "pk")):
        assert visit.planned_on is not None
        if number % SKIPPED == SKIPPED - 1:
            continue
        by = people.get(acting.get(visit.institution.community_id, 0), clerk)
        told = VisitTold(visit.planned_on, TALKS[number % len(TALKS)], 5 * (number % 4))
        pledge = PledgeTold(PLEDGES[number % len(PLEDGES)], working_days=5 + 4 * (number % 3))
        at, pledges = _at(visit.planned_on), [pledge] if number % 2 == 0 else []
        made = actions.record_visit(by=by, at=at, visit=visit.pk, told=told, pledges=pledges)
        for promised in made.pledges.all():
            _keep(promised, number, by, today)


def _keep(pledge: Pledge, number: int, by: User, today: date) -> None:
    """Most promises are kept a day before their last; some are not yet."""
    on = pledge.by_day - ONE_DAY
    if on < today and number % LATE:
        actions.act_on_pledge("keep", pk=pledge.pk, by=by, at=_at(on), on=on, note="现场查看，已落实。")


def _paper() -> bytes:
    """A page of a PDF with nothing on it: the demo shows that papers are kept, not what they say."""
    parts = (
        b"%PDF-1.4\n",
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n",
    )
    return b"".join(parts) + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


PAPER = _paper()
