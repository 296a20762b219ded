"""Programs of others: given a key, reporting with it, ended."""

import secrets
from collections.abc import Sequence
from datetime import datetime

import pghistory
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.intake.actions.following import add_information
from cases.intake.actions.publishing import follow_cases
from cases.intake.actions.reporting import Told, report_matter
from cases.intake.models import ApiClient, Report
from cases.intake.models.clients import digest_of_key
from cases.models import CaseEvent
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.photos.actions import Upload
from citymgmt.refusals import Invalid, NotFound
from citymgmt.written import faults_of

KEY_BYTES = 32
LONGEST_REFERENCE = 80


@transaction.atomic
def make_client(*, by: User, at: datetime, name: str, contact: str) -> tuple[str, ApiClient]:
    """Let a program report to the own office; returns its key, to be shown once, and the row. A resend finds the name
    taken, so that one press makes one. Raises: NotPermitted, Invalid.
    """
    require_role(by, "client.keep")
    told = {"name": (name.strip(), 60), "contact": (contact.strip(), 120)}
    fields = {field: faults_of(text, most, is_needed=True) for field, (text, most) in told.items()}
    if any(fields.values()):
        raise Invalid(fields={field: faults for field, faults in fields.items() if faults})
    assert by.subdistrict is not None
    key = secrets.token_urlsafe(KEY_BYTES)
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, action="make_client"):
            client = ApiClient.objects.create(
                subdistrict=by.subdistrict,
                name=told["name"][0],
                contact=told["contact"][0],
                digest=digest_of_key(key),
                made_by=by,
                made_at=at,
            )
    except IntegrityError as error:
        raise Invalid(fields={"name": _("A program has this name already, or had it.")}) from error
    return key, client


@transaction.atomic
def end_client(*, by: User, at: datetime, pk: int) -> ApiClient:
    """End a program's key at once; what it reported stays. One that has ended stays as it ended.

    Raises: NotFound, NotPermitted.
    """
    client = ApiClient.objects.filter(pk=pk).select_for_update(of=("self",), no_key=True).first()
    if client is None:
        raise NotFound
    require(by, "client.keep", client, on=timezone.localdate(at))
    if client.ended_at is None:
        client.ended_at = at
        with pghistory.context(user=by.pk, action="end_client"):
            client.save(update_fields=["ended_at"])
    return client


@transaction.atomic
def report_as_client(
    *, client: ApiClient, told: Told, at: datetime, reference: str = "", uploads: Sequence[Upload] = ()
) -> Report:
    """Report for a program to the office that gave it its key. The same reference again gives the first report again.

    Raises: as `report_matter`.
    """
    own = reference or secrets.token_urlsafe(KEY_BYTES)
    receipt = report_matter(
        subdistrict=client.subdistrict,
        told=told,
        at=at,
        form_key=f"open311.{client.pk}.{own}",
        uploads=uploads,
        client=client,
    )
    follow_cases([receipt.report.case_id])
    return receipt.report


def update_as_client(
    *,
    client: ApiClient,
    number: str,
    text: str,
    claim: str,
    reference: str,
    at: datetime,
    uploads: Sequence[Upload] = (),
) -> CaseEvent:
    """Add what a program tells of a request that it reported itself. The same reference again gives the first again.

    Raises: NotFound, and as `add_information`.
    """
    report = Report.objects.filter(client=client, case__number=number).select_related("case").first()
    if report is None:
        raise NotFound
    key = f"open311.{client.pk}.update.{reference}"
    return add_information(report=report, text=text, claim=claim, at=at, key=key, uploads=uploads)
