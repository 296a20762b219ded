"""Cases of residents, reported by the form or by a program, brought to a state by the portal's own actions."""

from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any

from cases.intake.actions.publishing import follow_cases
from cases.intake.actions.reporting import Receipt, Told, join_report, report_matter
from cases.intake.models import ApiClient, Publication, Topic
from cases.intake.models.clients import digest_of_key
from cases.models import Case
from tests.cases.stories import PATHS, do
from tests.office import District, Street, china

MORNING = china("2026-03-04 09:00")  # a Wednesday
KEY = "key-of-the-tests"
_serial = count(1)


def told_of(street: Street, **more: Any) -> Told:
    """What a resident of the first community tells, with a point in it."""
    given: dict[str, Any] = {
        "topic": Topic.objects.get(code="rubbish"),
        "description": "楼下垃圾三天没人清，电话13800001234",
        "community": street.communities[0],
        "address": "幸福路8号3单元",
        "longitude": Decimal("113.3512345"),
        "latitude": Decimal("23.1298765"),
        "name": "王小明",
        "phone": "13800001234",
        "email": "w@example.org",
    }
    return Told(**{**given, **more})


def reported(
    district: District,
    *,
    at: datetime = MORNING,
    client: ApiClient | None = None,
    of: Street | None = None,
    **more: Any,
) -> Case:
    """A resident's report that waits to be accepted."""
    street = of or district.street
    receipt = report_matter(
        subdistrict=street.subdistrict,
        told=told_of(street, **more),
        at=at,
        form_key=f"form-{next(_serial)}",
        client=client,
    )
    if client:
        follow_cases([receipt.report.case_id])
    return receipt.report.case


def joined(district: District, target: Case, at: datetime = MORNING) -> Receipt:
    """Somebody who says "I see that too"."""
    return join_report(target=target, told=told_of(district.street), at=at, form_key=f"join-{next(_serial)}")


def walk(district: District, case: Case, state: str, at: datetime = MORNING) -> Case:
    """Bring a reported case to this state, all at one moment."""
    for action in PATHS[state]:
        do(district, case, action, at)
    assert case.state == state
    return case


def resident_case(district: District, state: str = "accepted", *, at: datetime = MORNING, **more: Any) -> Case:
    """A resident's case in this state."""
    return walk(district, reported(district, at=at, **more), state, at)


def client_of(street: Street, name: str = "小程序", key: str = KEY) -> ApiClient:
    """A program that may report to a street."""
    return ApiClient.objects.create(
        subdistrict=street.subdistrict,
        name=name,
        contact="张工 020-1234",
        digest=digest_of_key(key),
        made_by=street.admin,
        made_at=MORNING,
    )


def shown(case: Case) -> Publication | None:
    """What everybody reads of a case; None when it is nothing."""
    return Publication.objects.filter(case=case).first()
