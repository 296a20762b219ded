"""The addresses of Open311: discovery, services, requests, tokens, updates."""

from contextlib import AbstractContextManager
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from cases.intake.actions.clients import report_as_client, update_as_client
from cases.intake.actions.reporting import MOST_PHOTOS
from cases.intake.models import Publication
from cases.intake.models.reports import LANGUAGES
from cases.intake.open311 import shapes
from cases.intake.open311.asking import read_requests, read_updates
from cases.intake.open311.doors import answers, caller_of, reporting_client, sent_of, written
from cases.intake.open311.faults import NOT_FOUND, Fault, Faulty
from cases.intake.open311.posting import read_report, read_update
from cases.intake.open311.querysets import (
    readable_by,
    requests_asked,
    services,
    updates_asked,
    updates_readable_by,
)
from cases.intake.open311.spark import Document
from citymgmt.photos.actions import Upload, received

UNKNOWN_ADDRESS = Fault(
    "not_found", gettext_lazy("There is nothing under this address. Addresses end in .xml or .json."), NOT_FOUND
)
UNKNOWN_REQUEST = Fault("unknown_service_request_id", gettext_lazy("There is no request of this id."), NOT_FOUND)
UNKNOWN_SERVICE = Fault("unknown_service_code", gettext_lazy("There is no service of this code."), NOT_FOUND)
UNKNOWN_TOKEN = Fault("unknown_token", gettext_lazy("There is no request of this token."), NOT_FOUND)


def _discovery(request: HttpRequest) -> Document:
    """Where this door is, and whom to ask."""
    return shapes.discovery()


def _services(request: HttpRequest) -> Document:
    """What can be reported."""
    caller_of(request)
    return shapes.services_told(services().values())


def _definition(request: HttpRequest, code: str) -> Document:
    """What is asked beside the description of a service. Raises: Faulty."""
    caller_of(request)
    topic = services().get(code)
    if topic is None:
        raise Faulty([UNKNOWN_SERVICE])
    return shapes.definition_told(topic)


def _requests(request: Any) -> Document:
    """Published requests, and those of the program that asks. Raises: Faulty."""
    caller = caller_of(request)
    asked = read_requests(sent_of(request), request.at, timezone.get_current_timezone())
    found = requests_asked(readable_by(caller.client, caller.office), asked)
    rows = list(found[asked.first : asked.first + asked.page_size])
    return shapes.Reader(caller.client, asked.is_extended).requests(rows)


def _request(request: Any, number: str) -> Document:
    """One request. Raises: Faulty."""
    caller = caller_of(request)
    asked = read_requests(sent_of(request), request.at, timezone.get_current_timezone())
    row = readable_by(caller.client, caller.office).filter(number=number).first()
    if row is None:
        raise Faulty([UNKNOWN_REQUEST])
    return shapes.Reader(caller.client, asked.is_extended).requests([row])


def _report(request: Any) -> Document:
    """Report something. Raises: Faulty, Invalid, KeyReused, TooMany."""
    client = reporting_client(request)
    language = get_language() or ""
    told, reference = read_report(
        request.POST,
        client,
        language=language if language in dict(LANGUAGES) else "zh-hans",
        reference=request.headers.get("Idempotency-Key", "").strip(),
    )
    with _media(request) as uploads:
        report = report_as_client(client=client, told=told, at=request.at, reference=reference, uploads=uploads)
    return shapes.received_told(report.case.number)


def _media(request: HttpRequest) -> AbstractContextManager[list[Upload]]:
    files = [*request.FILES.getlist("media"), *request.FILES.getlist("media[]")]
    return received((file.read() for file in files), MOST_PHOTOS)


def _update(request: Any) -> Document:
    """Add to a request that the program reported. Raises: Faulty, NotFound, WrongState, KeyReused, TooMany."""
    client = reporting_client(request)
    told = read_update(request.POST, request.at, reference=request.headers.get("Idempotency-Key", "").strip())
    with _media(request) as uploads:
        event = update_as_client(client=client, at=request.at, uploads=uploads, **told)
    return shapes.update_taken(event)


def _token(request: HttpRequest, token: str) -> Document:
    """The request of a token: nobody is given one here, so it is the id that a program was given. Raises: Faulty."""
    caller = caller_of(request)
    row: Publication | None = readable_by(caller.client, caller.office).filter(number=token).first()
    if row is None:
        raise Faulty([UNKNOWN_TOKEN])
    return shapes.token_told(row.number)


def _updates(request: Any) -> Document:
    """How requests came to their stages. Raises: Faulty."""
    caller = caller_of(request)
    asked = read_updates(sent_of(request), request.at, timezone.get_current_timezone())
    found = updates_asked(updates_readable_by(caller.client, caller.office), asked)
    return shapes.updates_told(found[asked.first : asked.first + asked.page_size])


discovery = answers(get=_discovery)
service_list = answers(get=_services)
definition = answers(get=_definition)
requests = answers(get=_requests, post=_report)
one_request = answers(get=_request)
token = answers(get=_token)
updates = answers(get=_updates, post=_update)


@login_not_required
@csrf_exempt
def unknown(request: HttpRequest) -> HttpResponse:
    """404 for every other address, in the format that all must have."""
    told = [(UNKNOWN_ADDRESS.code, UNKNOWN_ADDRESS.sentence)]
    return written(shapes.errors_told(told), "xml", NOT_FOUND)
