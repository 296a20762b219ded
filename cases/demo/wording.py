"""What people write in the demo: matters by filing condition, notes by action. Tables only; no real person or place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """A filing condition (line of the catalogue), how often it arises, which team is fit for it, how it is told."""

    line: int
    weight: int
    team: str
    told: tuple[str, ...]


SLOTS: dict[str, tuple[str, ...]] = {
    "goods": ("水果", "蔬菜", "早点", "小百货", "凉茶", "手机配件", "鲜花", "烤红薯", "袜子内衣"),
    "count": ("三", "四", "五", "六"),
    "when": ("早高峰", "中午", "傍晚放学时段", "晚上七点后", "上班时间", "周末"),
    "shop": ("便利店", "水果店", "快餐店", "五金店", "理发店", "奶茶店", "海鲜档"),
    "side": ("东侧", "西侧", "南侧", "北侧", "路口", "人行道"),
    "thing": ("旧沙发", "床垫", "纸箱", "木板", "废旧轮胎", "泡沫箱"),
}
TOPICS: tuple[Topic, ...] = (
    Topic(
        10,
        70,
        "enforcement",
        ("{when}有{count}个流动摊贩推车叫卖{goods}，行人绕行。", "{side}有流动三轮车售卖{goods}，多次劝离后返回。"),
    ),
    Topic(
        20,
        120,
        "enforcement",
        ("{side}有{count}档占道摆卖{goods}，盲道被占。", "{when}有人在人行道铺地摊卖{goods}，影响通行。"),
    ),
    Topic(
        30, 80, "enforcement", ("{shop}把货架摆到门外约两米，占用人行道。", "{shop}店外摆放桌椅揽客，{when}尤为严重。")
    ),
    Topic(40, 20, "enforcement", ("夜市超出划定范围，{side}通道被占。", "早市超过规定时间仍有{count}档未收摊。")),
    Topic(70, 12, "enforcement", ("{shop}在门前搭台促销，占用人行道并派发宣传品。",)),
    Topic(80, 12, "enforcement", ("有人占用道路收购废品，{thing}堆放路边。",)),
    Topic(100, 24, "enforcement", ("{when}有露天烧烤档，油烟扰民。", "{shop}在门外露天烧烤，烟味飘入居民楼。")),
    Topic(
        110,
        14,
        "enforcement",
        ("市场出入口秩序混乱，{count}个档口超范围摆卖。", "市场周边污水横流、档口外溢，群众反映强烈。"),
    ),
    Topic(131, 8, "enforcement", ("早餐车离开指定点位，停在{side}经营。",)),
    Topic(
        150, 34, "enforcement", ("{side}电动自行车乱停，{count}十多辆堵住通道。", "{when}非机动车停放无序，占用盲道。")
    ),
    Topic(160, 26, "enforcement", ("{side}共享单车堆积，未停在划定区域。",)),
    Topic(170, 10, "enforcement", ("{side}有{count}辆共享单车破损、无号牌，长期无人清理。",)),
    Topic(180, 10, "enforcement", ("小区消防通道被私家车占用，消防车无法进入。",)),
    Topic(190, 12, "enforcement", ("有人在公共车位私装地锁{count}个。",)),
    Topic(200, 36, "cleaning", ("{side}堆放{thing}，影响市容和通行。", "楼道口公共位置堆放{thing}等杂物。")),
    Topic(210, 18, "cleaning", ("路边丢弃{thing}多日无人清运。",)),
    Topic(220, 14, "cleaning", ("空地积存装修垃圾约{count}袋，扬尘明显。",)),
    Topic(230, 26, "cleaning", ("垃圾未入桶，{side}散落一地。", "{when}生活垃圾裸露堆放，有异味。")),
    Topic(240, 18, "cleaning", ("垃圾收集点满溢，周边有积水异味。",)),
    Topic(250, 10, "enforcement", ("施工单位把砂石堆在{side}，未围蔽。",)),
    Topic(260, 8, "enforcement", ("施工废弃料堆放在{side}，未及时清运。",)),
    Topic(270, 8, "cleaning", ("修剪后的枝叶遗留在{side}，未清走。",)),
    Topic(290, 8, "enforcement", ("{shop}把污水倒入路边雨水口。",)),
    Topic(320, 10, "enforcement", ("楼顶正在搭建铁皮棚，未见报建公示。",)),
    Topic(330, 10, "enforcement", ("天井内已建成砖混构筑物一处，约{count}平方米。",)),
    Topic(340, 8, "enforcement", ("{shop}未经审批改建门面，敲打承重墙。",)),
    Topic(352, 6, "enforcement", ("{shop}门前修建固定接坡，妨碍行人。",)),
    Topic(420, 20, "cleaning", ("行道树之间拉绳晾晒被褥。", "{side}护栏上挂满衣物。")),
    Topic(440, 18, "enforcement", ("居民从楼上私拉电线给电动车充电。", "{side}有飞线充电，{count}辆车同时充电。")),
    Topic(460, 8, "enforcement", ("{shop}擅自悬挂彩旗、灯饰。",)),
    Topic(480, 14, "enforcement", ("{side}违规悬挂促销横幅{count}条。",)),
    Topic(490, 10, "enforcement", ("通信线缆下垂，离地不足两米。",)),
    Topic(510, 34, "cleaning", ("电线杆、墙面张贴小广告{count}十余张。", "楼道口被喷涂“办证”“通渠”小广告。")),
    Topic(530, 10, "enforcement", ("{shop}违规设置落地灯箱，遮挡通道。",)),
    Topic(540, 8, "enforcement", ("楼顶立柱广告牌未经审批，结构锈蚀。",)),
    Topic(550, 10, "enforcement", ("{shop}招牌超出规定尺寸，边角松动。",)),
    Topic(562, 6, "cleaning", ("临街外墙油污积尘明显。",)),
    Topic(590, 26, "cleaning", ("路面有油污和散落垃圾，需清洗。", "{when}路面落叶、烟头较多。")),
    Topic(600, 12, "cleaning", ("绿化带内有饭盒、塑料袋等垃圾。",)),
    Topic(620, 8, "pest", ("{side}发现动物尸体，请尽快清理消毒。",)),
    Topic(630, 8, "pest", ("居民在天台饲养鸡鸭，气味和噪声扰民。",)),
    Topic(650, 18, "enforcement", ("{shop}高音喇叭叫卖，{when}噪声扰民。",)),
    Topic(660, 12, "enforcement", ("{shop}门前不洁、物品乱放，“门前四包”未落实。",)),
    Topic(670, 10, "enforcement", ("夜间施工噪声扰民，超过规定时段。",)),
    Topic(680, 8, "enforcement", ("工地裸土未覆盖，扬尘大。",)),
    Topic(692, 8, "enforcement", ("工地围挡破损，有缺口约一米。",)),
    Topic(700, 6, "enforcement", ("施工结束后现场未清理，余泥堆在{side}。",)),
    Topic(730, 14, "enforcement", ("路面破损形成坑洞，雨天积水。", "人行道地砖松动缺失，老人易绊倒。")),
    Topic(761, 6, "cleaning", ("排水口堵塞，{side}积水漫上人行道。",)),
)

NOTES: dict[str, tuple[str, ...]] = {
    "accept": ("", "情况属实，予以受理。", "已电话核对地点。"),
    "decline": ("不属于本街道管辖范围，已告知来电人。", "内容与城市管理无关，建议向相关部门反映。"),
    "verify": ("请到现场核实。", "请核实是否仍存在。"),
    "confirm": ("经现场核实，情况属实。", "已到场查看，问题存在，已拍照。"),
    "decline_to_file": ("经核实现场已自行整改，不予立案。", "同一问题已立案处理，不重复立案。"),
    "dispatch": ("", "请按时限处置。", "请到场处置并拍照回报。"),
    "receive": ("", "", "收到，马上到场。"),
    "return": ("地点在相邻社区，不属本责任区。", "需执法队处置，本岗无执法权限。"),
    "assign": ("请到现场处置。", "请今天内处理完毕。"),
    "report_back": (
        "已到场处置完毕，现场恢复原状。",
        "经劝导当事人已自行清理，现场已拍照。",
        "已清理完毕，并向周边商户宣传“门前四包”。",
        "已责令整改，当事人当场改正。",
    ),
    "pass": ("", "现场核查合格。", "照片核查合格，同意结案。"),
    "rework": ("现场仍有遗留，请继续处置。", "照片看不清整改效果，请重新处置并拍照。"),
    "close_special": ("涉及历史遗留问题，已纳入专项整治，特殊结案。",),
    "request_extension": ("当事人外出，需约定时间到场，申请延期。", "需调配吊车拆除，申请延期。"),
    "request_suspension": ("等待法定公告期满，申请挂账。", "等待产权单位施工计划，申请挂账。"),
    "review": ("情况属实，拟同意。", "已核实，请领导审批。"),
    "approve": ("同意。", "同意，抓紧办理。"),
    "refuse_review": ("理由不充分，请按时限处置。",),
    "refuse": ("不同意，请增派力量按期完成。",),
    "resume": ("条件已具备，恢复计时。",),
    "escalate": ("街道无执法权限，提请区职能部门处置。", "当事人拒不整改，提请区职能部门依法查处。"),
    "acknowledge": ("已签收，安排人员跟进。", ""),
    "reply": ("已现场执法并下达整改通知书，请街道跟进复查。", "已立案调查，现场已先行清理。"),
    "return_escalation": ("经研究不属本部门职责，退回街道。",),
    "take_back": ("现场情况变化，街道可自行处置，撤回上报。",),
    "measure": ("已设置警示围挡，安排人员值守。", "已先行劝导并暂扣杂物，防止扩大。"),
    "urge": ("请尽快办理并反馈进度。", "群众再次来电，请抓紧处置。"),
    "supervise": ("群众反映强烈，请今日内书面说明进度。", "列入督办，请明确完成时间。"),
    "answer_supervision": ("已增派人手，预计明日完成。", "已与当事人约谈，正在整改。"),
    "void": ("经核实为重复登记，作废。", "登记错误，作废。"),
    "merge": ("同一地点同一问题，合并办理。",),
    "reopen": ("问题回潮，重新立案处置。", "群众回访不满意，重新处置。"),
    "appeal": ("因台风停工，非责任单位原因，申请不计超期。", "产权单位配合不及时，申请复核超期结论。"),
    "uphold_appeal": ("情况属实，予以采纳。",),
    "reject_appeal": ("理由不成立，维持原结论。",),
}
SURNAMES = "陈李黄张梁林何吴罗郑"
HANDOVER_NOTE = "移交：公示牌1块、巡查手册1本、商户“门前四包”责任书一批；待跟进：综合市场周边摆卖反复。"
