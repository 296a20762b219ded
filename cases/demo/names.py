"""The names of the demo: a fictional district, its streets, communities, places and people. Tables only.

No person is real; telephone numbers and coordinates are made up.
"""

from dataclasses import dataclass

from citymgmt.people.models import Organisation
from citymgmt.people.roles import Role
from communities.models import KeyPlace

DISTRICT_CODE, DISTRICT_NAME = "440199", "示范区"
KIND, PLACE = Organisation.Kind, KeyPlace.Kind


@dataclass(frozen=True)
class PlaceName:
    """A key place: kind, names, pinyin initials."""

    kind: str
    name_zh: str
    name_en: str
    pinyin: str


@dataclass(frozen=True)
class CommunityName:
    """A community, how many of a hundred matters arise in it, its streets and its key places."""

    name_zh: str
    name_en: str
    share: int
    roads: tuple[str, ...]
    places: tuple[PlaceName, ...]


@dataclass(frozen=True)
class StreetName:
    """A sub-district with its communities and its teams by key; its corner (south-west) on the map."""

    code: str
    name_zh: str
    name_en: str
    corner: tuple[float, float]
    communities: tuple[CommunityName, ...]
    teams: tuple[tuple[str, str, str, str], ...]


BANYAN = StreetName(
    "440199001",
    "榕树街道",
    "Banyan Sub-district",
    (113.331, 23.124),
    (
        CommunityName(
            "榕荫社区",
            "Rongyin",
            28,
            ("榕荫路", "榕荫一街", "旧圩街"),
            (
                PlaceName(PLACE.STREET, "榕荫路步行街", "Rongyin Road", "ryl"),
                PlaceName(PLACE.MARKET, "榕荫肉菜市场", "Rongyin Food Market", "ryrcsc"),
                PlaceName(PLACE.WINDOW, "榕树地铁站广场", "Banyan Metro Square", "rsdtz"),
            ),
        ),
        CommunityName(
            "河涌社区",
            "Hechong",
            20,
            ("河涌北路", "涌边街", "石桥巷"),
            (
                PlaceName(PLACE.STREET, "河涌北路美食街", "Hechong North Road", "hcbl"),
                PlaceName(PLACE.SCHOOL, "河涌小学", "Hechong Primary School", "hcxx"),
            ),
        ),
        CommunityName(
            "东圃里社区",
            "Dongpuli",
            16,
            ("东圃里大街", "圃前路"),
            (
                PlaceName(PLACE.MARKET, "圃前综合市场", "Puqian Market", "pqzhsc"),
                PlaceName(PLACE.STATION, "圃前公交总站", "Puqian Bus Terminus", "pqgjzz"),
            ),
        ),
        CommunityName(
            "南苑社区",
            "Nanyuan",
            14,
            ("南苑路", "南苑三街"),
            (
                PlaceName(PLACE.HOSPITAL, "南苑社区医院", "Nanyuan Hospital", "nysqyy"),
                PlaceName(PLACE.SITE, "南苑旧改工地", "Nanyuan Renewal Site", "nyjggd"),
            ),
        ),
        CommunityName(
            "金穗里社区",
            "Jinsuili",
            13,
            ("金穗里路", "金穗里横街"),
            (PlaceName(PLACE.WINDOW, "金穗里商务广场", "Jinsuili Plaza", "jslswgc"),),
        ),
        CommunityName(
            "新塘尾社区",
            "Xintangwei",
            9,
            ("新塘尾路", "塘尾新村"),
            (PlaceName(PLACE.OTHER, "塘尾旧货集散点", "Tangwei Flea Market", "twjhjsd"),),
        ),
    ),
    (
        (KIND.ENFORCEMENT_TEAM, "enforcement", "榕树街道综合执法队", "Banyan Enforcement Team"),
        (KIND.CLEANING_TEAM, "cleaning", "榕树街道环卫保洁队", "Banyan Cleaning Team"),
        (KIND.PEST_TEAM, "pest", "榕树街道消杀队", "Banyan Pest-control Team"),
    ),
)
KAPOK = StreetName(
    "440199002",
    "木棉街道",
    "Kapok Sub-district",
    (113.349, 23.124),
    (
        CommunityName(
            "红棉社区",
            "Hongmian",
            45,
            ("红棉路", "红棉二街"),
            (PlaceName(PLACE.MARKET, "红棉农贸市场", "Hongmian Food Market", "hmnmsc"),),
        ),
        CommunityName(
            "车站北社区",
            "Chezhan North",
            30,
            ("车站北路", "车站横路"),
            (PlaceName(PLACE.STATION, "木棉客运站", "Kapok Coach Station", "mmkyz"),),
        ),
        CommunityName(
            "水荫里社区",
            "Shuiyinli",
            25,
            ("水荫里大道", "水荫里四街"),
            (PlaceName(PLACE.STREET, "水荫里大道", "Shuiyinli Avenue", "syldd"),),
        ),
    ),
    ((KIND.ENFORCEMENT_TEAM, "enforcement", "木棉街道综合执法队", "Kapok Enforcement Team"),),
)
STREETS = (BANYAN, KAPOK)


@dataclass(frozen=True)
class PersonName:
    """A person of a street: log-in, name, role, post, team (by key) if any."""

    username: str
    name_zh: str
    role: Role
    post: str
    team: str = ""


LEAD, MEMBER = Role.TEAM_LEADER, Role.TEAM_MEMBER
PEOPLE: dict[str, tuple[PersonName, ...]] = {
    BANYAN.code: (
        PersonName("clerk", "何静怡", Role.CLERK, "城管科受理员"),
        PersonName("huangxiaolan", "黄晓岚", Role.CLERK, "城管科受理员"),
        PersonName("leader", "叶国栋", Role.LEADER, "分管副主任"),
        PersonName("shenhuimin", "沈慧敏", Role.LEADER, "街道办事处主任"),
        PersonName("officer", "陈志强", Role.OFFICER, "社区城管责任人"),
        PersonName("liangjiaming", "梁家明", Role.OFFICER, "社区城管责任人"),
        PersonName("zhouwenbin", "周文彬", Role.OFFICER, "社区城管责任人"),
        PersonName("xielijun", "谢丽君", Role.OFFICER, "社区城管责任人"),
        PersonName("guoweimin", "郭伟民", Role.OFFICER, "社区城管责任人"),
        PersonName("dengjiaxin", "邓嘉欣", Role.OFFICER, "社区城管责任人"),
        PersonName("xuguohua", "许国华", Role.OFFICER, "社区城管副责任人"),
        PersonName("suminyi", "苏敏仪", Role.OFFICER, "社区城管副责任人"),
        PersonName("teamleader", "罗永康", LEAD, "执法队队长", "enforcement"),
        PersonName("fengxiuzhen", "冯秀珍", LEAD, "保洁队队长", "cleaning"),
        PersonName("panzhenhua", "潘振华", LEAD, "消杀队队长", "pest"),
        PersonName("zhongyuhui", "钟宇辉", MEMBER, "市容监督员", "enforcement"),
        PersonName("lukunlan", "卢坤兰", MEMBER, "保洁员", "cleaning"),
        PersonName("hejunjie", "何俊杰", MEMBER, "消杀员", "pest"),
        PersonName("tangweiqiang", "汤伟强", MEMBER, "执法队员", "enforcement"),
        PersonName("jianmeiyi", "简美仪", MEMBER, "市容监督员", "enforcement"),
        PersonName("shaozhiheng", "邵志恒", MEMBER, "执法队员", "enforcement"),
        PersonName("pengguifen", "彭桂芬", MEMBER, "保洁员", "cleaning"),
        PersonName("ouguiqiang", "区贵强", MEMBER, "保洁员", "cleaning"),
        PersonName("wanxiulan", "万秀兰", MEMBER, "保洁员", "cleaning"),
        PersonName("lujiantao", "陆健涛", MEMBER, "消杀员", "pest"),
        PersonName("yipeishan", "易佩珊", MEMBER, "消杀员", "pest"),
        PersonName("gujinlong", "古锦龙", MEMBER, "消杀员", "pest"),
        PersonName("admin", "曾海峰", Role.ADMIN, "系统管理员"),
        PersonName("secadmin", "袁雪梅", Role.SECADMIN, "安全保密管理员"),
        PersonName("auditor", "蔡明远", Role.AUDITOR, "安全审计员"),
    ),
    KAPOK.code: (
        PersonName("clerk2", "吴思敏", Role.CLERK, "城管科受理员"),
        PersonName("leader2", "严立新", Role.LEADER, "分管副主任"),
        PersonName("officer2", "林秋月", Role.OFFICER, "社区城管责任人"),
        PersonName("kuangdewei", "邝德伟", Role.OFFICER, "社区城管责任人"),
        PersonName("moxiaoyan", "莫晓燕", Role.OFFICER, "社区城管责任人"),
        PersonName("tanzhijian", "谭志坚", Role.OFFICER, "社区城管副责任人"),
        PersonName("teamleader2", "庞剑锋", LEAD, "执法队队长", "enforcement"),
        PersonName("weishaoqing", "韦少卿", MEMBER, "市容监督员", "enforcement"),
        PersonName("qinyonghao", "覃永豪", MEMBER, "执法队员", "enforcement"),
        PersonName("nongxiaoling", "农晓玲", MEMBER, "市容监督员", "enforcement"),
        PersonName("huozhenbang", "霍振邦", MEMBER, "执法队员", "enforcement"),
        PersonName("admin2", "姚启航", Role.ADMIN, "系统管理员"),
        PersonName("secadmin2", "贺晓彤", Role.SECADMIN, "安全保密管理员"),
        PersonName("auditor2", "戴文静", Role.AUDITOR, "安全审计员"),
    ),
}
LIAISONS: dict[str, tuple[str, str]] = {
    "cgj": ("liaison", "江振宇"),
    "zjj": ("liaison2", "方雅琳"),
    "scj": ("tongliwen", "童立文"),
    "jtj": ("qiuhaoran", "邱浩然"),
    "gafj": ("shijianping", "石建平"),
    "xfdd": ("baozhenguo", "鲍振国"),
    "hw": ("leiyanfang", "雷燕芳"),
    "ylj": ("yanqinglin", "颜庆林"),
    "sthj": ("ganlu", "甘璐"),
    "swj": ("jianghailin", "蒋海霖"),
    "sz": ("kongdeming", "孔德明"),
    "ps": ("niexiaobo", "聂小波"),
    "gy_telecom": ("shangjiahao", "尚嘉豪"),
    "gy_power": ("yuzhiyuan", "余致远"),
    "qzf": ("ouyangrui", "欧阳睿"),
}
DEMO_LOGINS = tuple(
    name + tail
    for tail in ("", "2")
    for name in ("clerk", "officer", "teamleader", "leader", "liaison", "admin", "secadmin", "auditor")
)
WITH_MAIL = ("clerk", "officer", "leader", "liaison")  # few, so that the file mail backend is not flooded

# who answers where: (community index, officer, deputy); a community that is not named is a vacancy
DUTIES: dict[str, tuple[tuple[int, str, str], ...]] = {
    BANYAN.code: (
        (0, "officer", "xuguohua"),
        (1, "liangjiaming", "xuguohua"),
        (2, "zhouwenbin", "xuguohua"),
        (3, "guoweimin", "suminyi"),
        (4, "dengjiaxin", "suminyi"),
    ),
    KAPOK.code: (
        (0, "officer2", "tanzhijian"),
        (1, "kuangdewei", "tanzhijian"),
        (2, "moxiaoyan", "tanzhijian"),
    ),
}
HANDOVER = (2, "zhouwenbin", "xielijun", 70)  # community index, from, to, days ago
LEAVE = ("guoweimin", 2, 4)  # who, since days, for so many more days
