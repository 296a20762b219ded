"""Take in what somebody without a log-in reports, once however often it is sent, and give the secret to follow it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.begin import Matter, log_into, report_case
from cases.intake.models import ApiClient, Report, Topic
from cases.intake.models.reports import digest_of_secret
from cases.intake.questions import faults_of_answers
from cases.intake.secrets import secret_of
from cases.models import Case, CaseEvent, Photo
from citymgmt.people.models import SubDistrict
from citymgmt.photos.actions import Upload
from citymgmt.refusals import Invalid
from communities.models import Community

MOST_PHOTOS = 6
LONGEST_ADDRESS = 200


@dataclass(frozen=True)
class Told:
    """What somebody tells: what, where (at least one of community, point in WGS-84, address), and who, if they like."""

    topic: Topic
    description: str
    community: Community | None = None
    address: str = ""
    longitude: Any = None
    latitude: Any = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    phone: str = ""
    email: str = ""
    is_private: bool = False
    language: str = "zh-hans"


@dataclass(frozen=True)
class Receipt:
    """What the person gets: the report, and the secret by which it is followed, which is kept nowhere."""

    report: Report
    secret: str


def report_matter(
    *,
    subdistrict: SubDistrict,
    told: Told,
    at: datetime,
    form_key: str,
    uploads: Sequence[Upload] = (),
    client: ApiClient | None = None,
) -> Receipt:
    """Make a case of what is told, to be accepted by the office; its photos wait for the worker, nobody is rung.

    `form_key` is a secret of the sender's: a resend gives the first answer again. `client` is the program that sends.
    Raises: Invalid (by fields of `Told`; `topic`: a stop, or none any more), KeyReused.
    """
    _check(told, uploads)
    with transaction.atomic():
        event = report_case(
            subdistrict=subdistrict,
            matter=_matter(told),
            by=None,
            at=at,
            request_key=form_key,
            asked=("public", told.topic, dict(told.answers), *(one.digest for one in uploads)),
        )
        return _receipt(event, told, form_key, uploads, client, is_joined=False)


def join_report(*, target: Case, told: Told, at: datetime, form_key: str, client: ApiClient | None = None) -> Receipt:
    """Say "I see that too" of an open case: one case more with number and secret of its own, merged into that one.

    A resend acts once. Raises: Invalid (the case has ended meanwhile, or as `report_matter`), KeyReused.
    """
    with transaction.atomic():
        event = log_into(
            target=target,
            subdistrict=target.subdistrict,
            matter=_matter(told, category_of=target),
            by=None,
            at=at,
            request_key=form_key,
        )
        return _receipt(event, told, form_key, (), client, is_joined=True)


def _check(told: Told, uploads: Sequence[Upload]) -> None:
    fields: dict[str, Any] = {}
    if told.topic.is_stop or not told.topic.is_active:
        fields["topic"] = _("This cannot be reported here.")
    if told.community is None and told.longitude is None and not told.address.strip():
        fields["address"] = _("Say where it is: by locating, on the map, by address or community.")
    if len(uploads) > MOST_PHOTOS:
        fields["photos"] = _("At most %(most)d photos at once.") % {"most": MOST_PHOTOS}
    fields |= {f"answer_{code}": fault for code, fault in faults_of_answers(told.topic, told.answers).items()}
    if fields:
        raise Invalid(fields=fields)


def _matter(told: Told, category_of: Case | None = None) -> Matter:
    return Matter(
        description=told.description,
        source=Case.Source.CITIZEN,
        community=told.community,
        category=category_of.category if category_of else told.topic.category,
        address=told.address,
        longitude=told.longitude,
        latitude=told.latitude,
        reporter_name=told.name,
        reporter_phone=told.phone,
        reporter_email=told.email,
    )


def _receipt(
    event: CaseEvent, told: Told, form_key: str, uploads: Sequence[Upload], client: ApiClient | None, *, is_joined: bool
) -> Receipt:
    """The report of a case that was just begun; of one that was begun before, its own."""
    secret = secret_of(form_key)
    earlier = Report.objects.filter(case=event.case_id).select_related("case").first()
    if earlier is not None:
        return Receipt(earlier, secret)
    report = Report.objects.create(
        case=event.case,
        topic=told.topic,
        channel=Report.Channel.OPEN311 if client else Report.Channel.FORM,
        client=client,
        is_joined=is_joined,
        is_private=told.is_private,
        digest=digest_of_secret(secret),
        answers=dict(told.answers),
        language=told.language,
    )
    keep_photos(event, uploads)
    return Receipt(report, secret)


def keep_photos(event: CaseEvent, uploads: Sequence[Upload]) -> None:
    """Give what somebody without a log-in sent to the event that it shows; the worker finds it by itself."""
    for number, one in enumerate(uploads, 1):
        Photo.objects.create(
            case=event.case,
            event=event,
            kind=Photo.Kind.BEFORE,
            created_at=event.at,
            upload_sha256=one.digest,
            incoming=one.name,
            request_key=f"{event.pk}.{number}",
        )
