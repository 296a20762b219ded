"""Examples of what the API answers about cases, as an office could have written them; a test checks them."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

NUMBER = "440106001-20260304-0001"
CLERK = {"username": "clerk", "name": "陈晓敏"}
OFFICER = {"username": "officer", "name": "李志强"}
DISORDER = {"key": "vending", "name": "乱摆卖", "is_six_disorder": True}
CATEGORY = {"id": 67, "code": "09006", "name": "占道经营"}
DEPARTMENT = {"key": "cgj", "name": "区城市管理和综合执法局"}
CASE: dict[str, Any] = {
    "number": NUMBER,
    "version": 4,
    "url": f"/api/v1/cases/{NUMBER}/",
    "state": "dispatched",
    "state_label": "已派遣",
    "description": "人行道上有人摆摊卖水果",
    "address": "体育东路 12 号门前",
    "longitude": "113.3265000",
    "latitude": "23.1366000",
    "source": "call",
    "is_campaign": False,
    "campaign": None,
    "disorder": DISORDER,
    "category": CATEGORY,
    "community": {"code": "440106001001", "name": "体育东社区"},
    "officer": OFFICER,
    "team": None,
    "department": None,
    "created_at": "2026-03-04T09:00:00+08:00",
    "filed_at": "2026-03-04T09:00:00+08:00",
    "due_at": "2026-03-04T11:00:00+08:00",
    "is_overdue": False,
    "handled_at": None,
    "closed_at": None,
    "close_kind": "",
    "ladder_code": "",
}
PHOTO: dict[str, Any] = {
    "id": 12,
    "url": "/api/v1/photos/12/",
    "case": NUMBER,
    "event": 5,
    "kind": "before",
    "state": "ready",
    "told": "",
    "width": 1920,
    "height": 1080,
    "taken_at": "2026-03-04T08:58:10+08:00",
    "created_at": "2026-03-04T09:01:00+08:00",
    "uploaded_by": CLERK,
    "redactions": 0,
    "picture_url": "/api/v1/photos/12/picture/",
    "thumbnail_url": "/api/v1/photos/12/thumbnail/",
    "point": None,
}
DRAFT = {
    **PHOTO, "case": None, "event": None, "state": "waiting", "width": 0, "height": 0, "taken_at": None,
    "picture_url": None, "thumbnail_url": None, "point": None,
}  # fmt: skip
ESCALATION: dict[str, Any] = {
    "number": f"{NUMBER}-D1",
    "case": NUMBER,
    "case_version": 9,
    "description": "人行道上有人摆摊卖水果",
    "department": DEPARTMENT,
    "state": "sent",
    "is_automatic": True,
    "reason": "超过处置时限 1 个工作日未办结",
    "sent_at": "2026-03-05T11:00:00+08:00",
    "acknowledged_at": None,
    "due_at": "2026-03-06T11:00:00+08:00",
    "reply_due_at": "2026-03-12T18:00:00+08:00",
    "ended_at": None,
    "reply": "",
    "urge_count": 0,
    "rung": 0,
    "is_overdue": False,
}
_STEPS = {"R0": "预警", "L1": "催办", "L2": "上报区职能部门", "L3": "再次催办、督办", "L4": "报区政府"}
CASE_WITH_ALL: dict[str, Any] = {
    **CASE,
    "subdistrict": "440106001",
    "external_ref": "",
    "key_place": {"id": 3, "name": "体育东路地铁站 A 口"},
    "handler": None,
    "standard": 2,
    "condition_zh": "占用道路、桥梁、广场等公共场所摆摊经营的",
    "condition_en": "A road, bridge or square is occupied for selling",
    "closing_zh": "取缔",
    "closing_en": "Trading removed",
    "limit_value": 2,
    "limit_unit": "uh",
    "is_due_provisional": False,
    "remaining": {"is_overdue": False, "days": 0, "hours": 1, "minutes": 40},
    "suspended_until": None,
    "closing_note": "",
    "round": 1,
    "suspension_count": 0,
    "extension_count": 0,
    "rework_count": 0,
    "return_count": 0,
    "urge_count": 0,
    "supervision_count": 0,
    "was_escalated": False,
    "merged_into": None,
    "appeal": "",
    "ladder": [
        {"code": code, "label": label, "reached_at": None, "is_current": False} for code, label in _STEPS.items()
    ],
    "reporter": {"name": "王**", "phone": "138****0000", "email": ""},
    "escalation": None,
    "time_request": None,
    "photos": [PHOTO],
    "actions": [
        {
            "name": "urge",
            "label": "催办",
            "carries": [],
            "may_carry": ["note"],
            "url": f"/api/v1/cases/{NUMBER}/actions/urge/",
        }
    ],
}
EVENT = {
    "seq": 5,
    "kind": "urge",
    "label": "催办",
    "by": CLERK,
    "at": "2026-03-04T10:30:00+08:00",
    "from_state": "dispatched",
    "to_state": "dispatched",
    "note": "请尽快处理",
    "mentions": [],
}
STANDARD = {
    "id": 2,
    "label": "2",
    "version": 1,
    "zone": 0,
    "category": CATEGORY,
    "disorder": "vending",
    "condition": "占用道路、桥梁、广场等公共场所摆摊经营的",
    "closing": "取缔",
    "limit_value": 2,
    "limit_unit": "uh",
    "handled_by": "J",
    "department_key": "cgj",
    "legal_basis_zh": "《城市市容和环境卫生管理条例》第14条、第36条第（二）项",
    "street_may_penalise": False,
    "valid_from": "2020-01-01",
    "valid_before": None,
}
CATEGORY_WITH_ALL = {
    **CATEGORY,
    "code_2026": "09006",
    "code_2013": "0406",
    "disorder": DISORDER,
    "help": "",
    "department_key": "cgj",
}
ORGANISATION = {
    "id": 7,
    **DEPARTMENT,
    "kind": "department",
    "matters": "市容环境卫生、户外广告、违法建设查处",
    "reply_limit_days": 5,
    "is_own": False,
}


def answer(name: str, value: Any) -> list[OpenApiExample]:
    """An example of an answer, for `extend_schema_serializer`."""
    return [OpenApiExample(name, value=value, response_only=True, status_codes=["200", "201", "202"])]
