"""What Open311 says of services, requests and updates, as mappings that `spark` writes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.intake.models import ApiClient, Publication, PublicUpdate, Question, Report, Topic
from cases.intake.open311.querysets import kept_topics
from cases.intake.open311.spark import Document, Many
from cases.intake.questions import questions_of
from cases.models import CaseEvent, Category
from cases.named import Names, kept_names
from citymgmt.people.models import Organisation, SubDistrict
from communities.models import Community

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-11-01T00:00:00+08:00"  # the last change of what this door takes and gives
FORMATS = ("text/xml", "application/json")
Told = Mapping[str, Any]


def moment(at: datetime | None) -> str | None:
    """A moment in ISO 8601 with its zone."""
    return None if at is None else timezone.localtime(at).isoformat(timespec="seconds")


def degrees(value: Decimal | None) -> float | None:
    """A coordinate as a number."""
    return None if value is None else float(value)


# --- discovery and services --------------------------------------------------------------------------------------
def discovery() -> Document:
    """Where this door is, for programs that look for it."""
    endpoint = {
        "specification": SPECIFICATION,
        "url": f"{settings.PUBLIC_BASE_URL}/open311/v2",
        "changeset": CHANGED,
        "type": settings.OPEN311_TYPE,
        "formats": Many("format", FORMATS),
    }
    content = {
        "changeset": CHANGED,
        "contact": settings.OPEN311_CONTACT or _contact(),
        "key_service": _("Ask the administrator of the sub-district office for a key: it is given for one program."),
        "endpoints": Many("endpoint", [endpoint]),
    }
    return Document("discovery", content)


def _contact() -> str:
    offices = kept_names()[SubDistrict].values()
    served = "、".join(f"{office} ({office.code})" for office in sorted(offices, key=lambda one: one.code))
    return _("The sub-district offices served: %(offices)s") % {"offices": served or "–"}


def services_told(topics: Iterable[Topic]) -> Document:
    """What can be reported."""
    categories = kept_names()[Category]
    return Document("services", Many("service", [_service(topic, categories) for topic in topics]))


def _service(topic: Topic, categories: Mapping[int, Any]) -> Told:
    category = categories.get(topic.category_id or 0)
    return {
        "service_code": topic.code,
        "service_name": topic.name,
        "description": topic.hint or None,
        "metadata": bool(questions_of(topic)),
        "type": "realtime",
        "keywords": ",".join(topic.name.replace("，", "、").replace(", ", "、").split("、")),
        "group": category.disorder.name if category else None,
    }


def definition_told(topic: Topic) -> Document:
    """What is asked beside the description of a service."""
    attributes = [_attribute(place, question) for place, question in enumerate(questions_of(topic), 1)]
    return Document("service_definition", {"service_code": topic.code, "attributes": Many("attribute", attributes)})


def _attribute(place: int, question: Question) -> Told:
    told = {
        "variable": True,
        "code": question.code,
        "datatype": question.datatype,
        "required": question.is_required,
        "datatype_description": question.hint or None,
        "order": place,
        "description": question.name,
    }
    values = [{"key": key, "name": name} for key, name in question.pairs()]
    return {**told, "values": Many("value", values)} if values else told


# --- requests ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Reader:
    """For whom requests are written: a program that reads its own in full, and how much of each."""

    client: ApiClient | None
    is_extended: bool = False

    def requests(self, rows: Sequence[Publication]) -> Document:
        """Requests as this reader may read them, in a fixed number of queries."""
        names, topics = kept_names(), kept_topics()
        own = self._own(rows)
        updates = self._updates(rows) if self.is_extended else {}
        told = [
            {
                **_request(row, topics[row.topic_id], names),
                **(_in_full(own[row.pk]) if row.pk in own else {}),
                **(_extended(row, names, own.get(row.pk), updates.get(row.pk, ())) if self.is_extended else {}),
            }
            for row in rows
        ]
        return Document("service_requests", Many("request", told))

    def _own(self, rows: Iterable[Publication]) -> dict[int, Report]:
        ids = [row.pk for row in rows if self.client is not None and row.client_id == self.client.pk]
        found = Report.objects.filter(case__in=ids).select_related("case") if ids else ()
        return {report.case_id: report for report in found}

    def _updates(self, rows: Iterable[Publication]) -> dict[int, list[PublicUpdate]]:
        found: dict[int, list[PublicUpdate]] = {}
        for update in PublicUpdate.objects.filter(publication__in=[row.pk for row in rows]).order_by("at", "id"):
            found.setdefault(update.publication_id, []).append(update)
        return found


def _request(row: Publication, topic: Topic, names: Names) -> Told:
    community = names[Community].get(row.community_id or 0)
    return {
        "service_request_id": row.number,
        "status": row.status,
        "status_notes": "\n".join(filter(None, [_(row.in_words.label), row.reply])),
        "service_name": topic.name,
        "service_code": topic.code,
        "description": row.text or None,
        "agency_responsible": agency_of(row, names),
        "service_notice": None,
        "requested_datetime": moment(row.requested_at),
        "updated_datetime": moment(row.updated_at),
        "expected_datetime": moment(row.expected_at),
        "address": str(community) if community else None,
        "address_id": community.code if community else None,
        "zipcode": None,
        "lat": degrees(row.latitude),
        "long": degrees(row.longitude),
        "media_url": None,
    }


def agency_of(row: Publication, names: Names) -> str:
    """Who answers for a case: the department it is with, else the office."""
    return str(names[Organisation].get(row.department_id or 0) or names[SubDistrict][row.subdistrict_id])


def _in_full(report: Report) -> Told:
    case = report.case
    place = {"address": case.address} if case.address else {}
    return {
        "description": case.description,
        "lat": degrees(case.latitude),
        "long": degrees(case.longitude),
        **place,
    }


def _extended(row: Publication, names: Names, own: Report | None, updates: Iterable[PublicUpdate]) -> Told:
    answers = own.answers if own else {}
    more = {
        "jurisdiction_id": names[SubDistrict][row.subdistrict_id].code,
        "state": row.stage,
        "closed_datetime": moment(row.closed_at),
        "is_public": row.is_public,
    }
    notes = [{"datetime": moment(one.at), "summary": _(one.in_words.label)} for one in updates]
    return {
        "attributes": Many("attribute", [*_answers(answers)]),
        "extended_attributes": more,
        "notes": Many("note", notes),
    }


def _answers(answers: Mapping[str, Any]) -> Iterator[Told]:
    for code, answer in answers.items():
        yield {"code": code, "values": Many("value", answer if isinstance(answer, list) else [answer])}


def updates_told(updates: Iterable[PublicUpdate]) -> Document:
    """How cases came to their stages."""
    told = [
        {
            "update_id": f"{update.publication.number}.{update.seq}",
            "service_request_id": update.publication.number,
            "status": update.in_words.update_code,
            "updated_datetime": moment(update.at),
            "description": _(update.in_words.label),
            "media_url": None,
        }
        for update in updates
    ]
    return Document("service_request_updates", Many("request_update", told))


# --- answers to what was sent ------------------------------------------------------------------------------------
def received_told(number: str) -> Document:
    """What a program is answered that has reported."""
    notice = _("The office looks at it first; everybody can read of it once it is accepted, without your words.")
    told = {"service_request_id": number, "service_notice": notice, "account_id": None}
    return Document("service_requests", Many("request", [told]))


def update_taken(event: CaseEvent) -> Document:
    """What a program is answered that has added to a request."""
    told = {"update_id": f"{event.case.number}.{event.seq}", "service_request_id": event.case.number}
    return Document("service_request_updates", Many("request_update", [told]))


def token_told(number: str) -> Document:
    """The id behind a token: here the two are the same."""
    return Document("service_requests", Many("request", [{"service_request_id": number, "token": number}]))


def errors_told(faults: Iterable[tuple[str, str | Promise]]) -> Document:
    """What is wrong, by code and sentence."""
    return Document(
        "errors", Many("error", [{"code": code, "description": str(sentence)} for code, sentence in faults])
    )
