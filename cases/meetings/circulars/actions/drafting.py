"""Draft a circular, write it, throw a draft away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pghistory
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cases.meetings.actions.about import cases_seen
from cases.meetings.circulars.models import LONGEST_BODY, LONGEST_ISSUER, LONGEST_TITLE, Circular
from cases.meetings.circulars.querysets import issued_of, locked_circular
from cases.meetings.phrases import office_named
from cases.meetings.querysets import MOST_ID, hold_office, units_of
from cases.models import Case
from citymgmt.paperwork.actions import write_step
from citymgmt.people.models import SubDistrict, User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid, KeyReused, Stale, WrongState
from citymgmt.worktime.repeats import scoped_key
from citymgmt.written import faults_of, in_lines


@dataclass(frozen=True)
class CircularText:
    """All that people write of a circular. `recipients` are ids of member units, `corrects` that of an issued circular;
    without an `issuer` the office signs by its name.
    """

    title: str
    body: str
    recipients: Sequence[int]
    kind: str = Circular.Kind.INFORMATION
    language: str = Circular.Language.CHINESE
    issuer: str = ""
    cases: Sequence[Case] = ()
    confirm_by: date | None = None
    corrects: int | None = None

    def columns(self, office: SubDistrict, by: User, at: datetime) -> dict[str, Any]:
        """The columns, for an office. Raises: Invalid."""
        title, issuer, body = self.title.strip(), self.issuer.strip(), in_lines(self.body)
        faults: dict[str, Any] = {
            "title": faults_of(title, LONGEST_TITLE, is_needed=True),
            "issuer": faults_of(issuer, LONGEST_ISSUER),
            "body": faults_of(body, LONGEST_BODY, is_needed=True, is_one_line=False),
            **self._wrong_choices(office, at),
        }
        wrong = {name: found for name, found in faults.items() if found}
        if wrong:
            raise Invalid(fields=wrong)
        return {
            "kind": self.kind,
            "language": self.language,
            "title": title,
            "issuer": issuer or _usual_issuer(office, self.language),
            "body": body,
            "recipients": sorted(set(self.recipients)),
            "cases": [case.pk for case in cases_seen(by, self.cases, at)],
            "confirm_by": self.confirm_by,
            "corrects_id": self.corrects,
        }

    def _wrong_choices(self, office: SubDistrict, at: datetime) -> dict[str, str]:
        known = {unit.pk for unit in units_of(office.pk, self.recipients)}
        found = {}
        if self.kind not in Circular.Kind.values:
            found["kind"] = _("There is no such kind.")
        if self.language not in Circular.Language.values:
            found["language"] = _("There is no such language.")
        if not known or not set(self.recipients) <= known:
            found["recipients"] = _("Choose at least one of the active member units.")
        if self.confirm_by is not None and self.confirm_by < timezone.localdate(at):
            found["confirm_by"] = _("This day is over.")
        if self.corrects is not None and not _is_issued(office, self.corrects):
            found["corrects"] = _("Choose one of the issued circulars of the office.")
        return found


def _is_issued(office: SubDistrict, pk: int) -> bool:
    return 0 < pk < MOST_ID and issued_of(office.pk).filter(pk=pk).exists()


def _usual_issuer(office: SubDistrict, language: str) -> str:
    with translation.override(language):
        return office_named(office.name, language)[:LONGEST_ISSUER]


def draft_circular(*, by: User, at: datetime, text: CircularText, request_key: str | None = None) -> Circular:
    """Draft a circular of the person's office. A resend acts once. Raises: NotPermitted, Invalid, KeyReused."""
    require_role(by, "circular.write")
    assert by.subdistrict_id is not None  # whoever may write works for one
    key = scoped_key(by, request_key)
    with transaction.atomic(), pghistory.context(user=by.pk, action="draft_circular"):
        office = hold_office(by.subdistrict_id)
        earlier = Circular.objects.filter(request_key=key).first() if key else None
        if earlier is not None:
            if earlier.title != text.title.strip():
                raise KeyReused
            return earlier
        columns = text.columns(office, by, at)
        circular = Circular(subdistrict=office, drafted_at=at, drafted_by=by, request_key=key, **columns)
        circular.save(force_insert=True)
        return circular


def save_circular(*, by: User, at: datetime, pk: int, version: int, text: CircularText) -> Circular:
    """Keep the text of a draft in place of that which the person saw. The same text again is no new version, so no
    request key is needed.

    Raises: NotFound, NotPermitted, WrongState, Stale (somebody else saved meanwhile), Invalid.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, action="save_circular"):
        circular = locked_draft(by, at, pk)
        columns = text.columns(circular.subdistrict, by, at)
        if all(getattr(circular, name) == value for name, value in columns.items()):
            return circular
        if circular.version != version:
            raise Stale(version=circular.version)
        write_step(circular, at, **columns)
        return circular


def discard_circular(*, by: User, at: datetime, pk: int) -> None:
    """Throw a draft away. Raises: NotFound, NotPermitted, WrongState."""
    with transaction.atomic(), pghistory.context(user=by.pk, action="discard_circular"):
        locked_draft(by, at, pk).delete()


def locked_draft(by: User, at: datetime, pk: int) -> Circular:
    """A circular whose text can change. Raises: NotFound, NotPermitted, WrongState."""
    circular = locked_circular(pk)
    require(by, "circular.write", circular, on=timezone.localdate(at))
    if not circular.is_draft:
        raise WrongState(_("This circular is no draft any more."))
    return circular
