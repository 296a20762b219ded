"""Construction sites of the demo office: their permits, weeks of inspections, faults of which some became cases."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.demo import names
from cases.demo.people import spot_in
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.roles import Role
from communities.models import Community
from communities.placed import PlaceTold
from patrols.sites import actions
from patrols.sites.actions import Look, PermitTold, SiteTold
from patrols.sites.checklist import ITEMS
from patrols.sites.models import Site

DAY = timedelta(days=1)
WEEKS = 6  # of inspections
STATE = Site.State
SITES = (  # name, builder, contractor, state, days since the first and until the last day
    ("东苑小区改造工程", "街道建设办", "示范区第一建筑公司", STATE.BUILDING, 120, 240),
    ("综合市场升级改造", "市场经营公司", "宏业建设集团", STATE.BUILDING, 60, 90),
    ("污水管网改造二标段", "区水务局", "示范市政工程公司", STATE.BUILDING, 30, 60),
    ("社区卫生服务中心", "区卫生健康局", "城南建筑公司", STATE.BUILDING, 200, 150),
    ("商业广场二期", "恒远置业公司", "恒远建筑公司", STATE.STOPPED, 300, 100),
    ("老旧电梯更新工程", "社区居委会", "安捷机电公司", STATE.FINISHED, 150, -10),
    ("学校综合楼", "区教育局", "宏业建设集团", STATE.PLANNED, -30, 400),
    ("道路黑化工程", "区住房建设局", "示范市政工程公司", STATE.BUILDING, 20, 25),
)
FAULTS = (  # which item of which site (by its place in the table) was not met in which week, and why
    (0, "washing", 1, "出入口洗车槽停用"),
    (1, "hoarding", 0, "东侧围挡破损约三米"),
    (1, "covering", 3, "沙堆未覆盖"),
    (2, "wetting", 0, "开挖时未喷淋"),
    (7, "closed_lorries", 2, "一辆渣土车未盖密"),
)
AS_CASES = (1, 2)  # of the sites, those whose faults of this week became cases


@transaction.atomic
def make_sites(now: datetime) -> int:
    """How many construction sites were entered; 0 when there are some, or no demo office."""
    offices = SubDistrict.objects.filter(district_code=names.DISTRICT_CODE).order_by("code")
    if Site.objects.filter(community__subdistrict__in=offices).exists():
        return 0
    count = sum(_play(office, now) for office in offices)
    if count:
        actions.tell_of_permits(at=now)
    return count


def _play(office: SubDistrict, now: datetime) -> int:
    clerk = User.objects.filter(subdistrict=office, role=Role.CLERK, is_active=True).order_by("pk").first()
    places = list(Community.objects.filter(subdistrict=office, is_active=True).order_by("code"))
    if clerk is None or not places:
        return 0
    sites = [_enter(n, places[n % len(places)], clerk, now) for n in range(len(SITES))]
    for week in range(WEEKS, -1, -1):
        _inspect(sites, week, clerk, now - week * 7 * DAY)
    return len(sites)


def _enter(n: int, place: Community, clerk: User, now: datetime) -> Site:
    name, builder, contractor, state, since, until = SITES[n]
    today = timezone.localdate(now)
    told = SiteTold(
        place=PlaceTold(place.pk, f"{place.name_zh}建设路{n * 6 + 2}号", *spot_in(place, n)),
        name=name,
        builder=builder,
        contractor=contractor,
        contact_phone=f"020-0000{n:04d}",
        state=STATE.BUILDING if state == STATE.FINISHED else state,
        from_on=today - since * DAY,
        until_on=today + until * DAY,
    )
    before = now - (WEEKS * 7 + 1) * DAY
    site = actions.save_site(by=clerk, at=before, told=told)
    for kind, days in (("building", until + 30), ("muck", 12 - 9 * (n % 3))):
        permit = PermitTold(kind, f"{today.year}-{kind[:1].upper()}{n + 1:03d}", today + days * DAY)
        actions.save_permit(by=clerk, at=before, site=site.pk, told=permit)
    return site


def _inspect(sites: list[Site], week: int, clerk: User, at: datetime) -> None:
    """A look at each site where work goes on; in the last week one is finished, and open faults become cases."""
    for n, site in enumerate(sites):
        state = SITES[n][3]
        if state == STATE.PLANNED or (state == STATE.FINISHED and not week):
            continue
        notes = {item: note for of_site, item, in_week, note in FAULTS if (of_site, in_week) == (n, week)}
        looks = {code: Look(code not in notes, notes.get(code, "")) for code in ITEMS}
        made = actions.inspect_site(by=clerk, at=at, site=site.pk, looks=looks)
        for fault in made.items.filter(is_met=False) if n in AS_CASES and not week else ():
            actions.log_fault(by=clerk, at=at, pk=fault.pk)
    if not week:
        _finish(sites, clerk, at)


def _finish(sites: list[Site], clerk: User, at: datetime) -> None:
    for n, site in enumerate(sites):
        if SITES[n][3] == STATE.FINISHED:
            kept: dict[str, Any] = {name: getattr(site, name) for name in ("name", "builder", "contractor")}
            days: dict[str, Any] = {
                "from_on": site.from_on,
                "until_on": site.until_on,
                "contact_phone": site.contact_phone,
            }
            place = PlaceTold(site.community_id, site.address, site.longitude, site.latitude)
            told = SiteTold(place=place, state=STATE.FINISHED, **kept, **days)
            actions.save_site(by=clerk, at=at, told=told, pk=site.pk)
