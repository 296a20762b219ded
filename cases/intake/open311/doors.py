"""The doors of Open311: format, method, how often, who, and each refusal as errors in the format that was asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from cases.intake.models import ApiClient
from cases.intake.open311 import spark
from cases.intake.open311.faults import FORBIDDEN, NOT_FOUND, Fault, Faulty
from cases.intake.open311.querysets import client_of
from cases.intake.open311.shapes import errors_told
from cases.intake.open311.spark import Document
from cases.intake.places import offices_served
from citymgmt.people.log_in import address_of
from citymgmt.people.models import SubDistrict
from citymgmt.people.rates import count_request
from citymgmt.people.turns import turn_of
from citymgmt.refusals import Invalid, Refusal

WRITERS: Mapping[str, tuple[Callable[[Document], bytes], str]] = {
    "xml": (spark.as_xml, "text/xml; charset=utf-8"),
    "json": (spark.as_json, "application/json; charset=utf-8"),
}
UNREADABLE = (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError)
REPEATED = "attribute["  # what may come more than once
KEPT_SECONDS = 60  # by caches, of what everybody may read
Methods = Mapping[str, Callable[..., Document]]


@dataclass(frozen=True)
class Caller:
    """Who asks, and about which office: None is everybody, and all offices."""

    client: ApiClient | None
    office: SubDistrict | None


def answers(**methods: Callable[..., Document]) -> Callable[..., HttpResponse]:
    """A view that answers these methods with documents, in the format of its address; `get` answers HEAD as well."""

    @login_not_required
    @csrf_exempt
    @wraps(next(iter(methods.values())))
    def view(request: Any, suffix: str, **parts: str) -> HttpResponse:
        try:
            count_request(kind="open311", who=address_of(request), limit=settings.OPEN311_RATE, at=request.at)
            with turn_of(request):
                return _kept(request, written(_method(request, methods)(request, **parts), suffix))
        except Faulty as faulty:
            return _refused(suffix, faulty)
        except Refusal as refusal:
            return _refused(suffix, faulty_of(refusal))
        except UNREADABLE:
            return _refused(suffix, Faulty([Fault("unreadable", gettext_lazy("What was sent cannot be read."))]))

    return view


def _method(request: HttpRequest, methods: Methods) -> Callable[..., Document]:
    name = "get" if request.method == "HEAD" else str(request.method).lower()
    if name not in methods:
        allowed = ", ".join([*(["GET", "HEAD"] if "get" in methods else []), *(["POST"] if "post" in methods else [])])
        fault = Fault("method_not_allowed", gettext_lazy("This address does not answer this method."), 405)
        raise Faulty([fault], {"Allow": allowed})
    return methods[name]


def written(document: Document, suffix: str, status: int = 200) -> HttpResponse:
    """A document in a format."""
    write, content_type = WRITERS[suffix]
    return HttpResponse(write(document), status=status, content_type=content_type)


def _refused(suffix: str, faulty: Faulty) -> HttpResponse:
    document = errors_told((fault.code, _(str(fault.sentence)) % fault.told) for fault in faulty.faults)
    response = written(document, suffix, faulty.status)
    for name, value in {"Cache-Control": "no-store", **faulty.headers}.items():
        response[name] = value
    return response


def faulty_of(refusal: Refusal) -> Faulty:
    """What an action refuses, as the standard says it: 400 for nearly all."""
    if isinstance(refusal, Invalid) and refusal.fields:
        faults = [
            Fault(f"invalid_{name}", "%(why)s", told={"why": str(why)})
            for name, sentences in refusal.fields.items()
            for why in sentences
        ]
        return Faulty(faults)
    status = refusal.status if refusal.status in (FORBIDDEN, NOT_FOUND, 429) else 400
    return Faulty([Fault(refusal.code, "%(why)s", status, {"why": str(refusal)})], refusal.headers)


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Kept by caches for a minute where everybody may read it; a program that has it already is told so."""
    is_open = request.method in ("GET", "HEAD") and not key_of(request)
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}" if is_open else "private, no-store"
    if not is_open:
        return response
    response["Access-Control-Allow-Origin"] = "*"  # pages of others may read what everybody may
    response["ETag"] = f'"{salted_hmac("citymgmt.etag", response.content).hexdigest()[:32]}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


# --- who asks ----------------------------------------------------------------------------------------------------
def sent_of(request: HttpRequest) -> Mapping[str, str]:
    """The parameters of address and body. Raises: Faulty when one comes twice: who is right could be read two ways."""
    found: dict[str, str] = {}
    for name, values in (*request.GET.lists(), *request.POST.lists()):
        value, *others = map(str, values)
        if not name.startswith(REPEATED) and (others or found.get(name, value) != value):
            raise Faulty([Fault("sent_twice", gettext_lazy("%(name)s was sent twice."), told={"name": name[:60]})])
        found[name] = value
    return found


def key_of(request: HttpRequest) -> str:
    """The key that a program sent; empty when it sent none."""
    return sent_of(request).get("api_key", "").strip()


def caller_of(request: HttpRequest) -> Caller:
    """Who asks for what may be read; a key is not needed, a wrong one is refused. Raises: Faulty."""
    key = key_of(request)
    client = client_of(key) if key else None
    if key and client is None:
        raise Faulty([WRONG_KEY])
    return Caller(client, _office(request))


def reporting_client(request: Any) -> ApiClient:
    """The program that reports. Raises: Faulty (no key, a wrong one, another office), TooMany."""
    key = key_of(request)
    client = client_of(key) if key else None
    if client is None:
        raise Faulty([WRONG_KEY if key else NO_KEY])
    count_request(kind="open311-client", who=client.pk, limit=settings.OPEN311_WRITE_RATE, at=request.at)
    office = _office(request)
    if office is not None and office.pk != client.subdistrict_id:
        raise Faulty([OTHER_OFFICE])
    return client


def _office(request: HttpRequest) -> SubDistrict | None:
    code = sent_of(request).get("jurisdiction_id", "").strip()
    if not code:
        return None
    for office in offices_served():
        if office.code == code:
            return office
    raise Faulty([Fault("unknown_jurisdiction_id", gettext_lazy("No office of this code is served here."), NOT_FOUND)])


NO_KEY = Fault("missing_api_key", gettext_lazy("api_key is missing."), FORBIDDEN)
WRONG_KEY = Fault("wrong_api_key", gettext_lazy("This api_key is unknown, or it has ended."), FORBIDDEN)
OTHER_OFFICE = Fault("other_jurisdiction", gettext_lazy("This api_key is for another office."), FORBIDDEN)
