"""Residents who left an e-mail address are told what happens: ONE table from event to sentence, and where mail goes."""

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import told
from cases.intake.models import Report
from cases.models import CaseEvent, Reporter
from citymgmt.outbox import addressees, wording
from citymgmt.outbox.actions import Letter, enqueue_letters
from citymgmt.outbox.addressees import Addressee, Mailbox
from citymgmt.outbox.models import Message

RESIDENT = "resident"
KIND = "resident_%s"
TABLE: Mapping[str, Promise | str] = {
    "accept": _("Your report %(number)s was taken up"),
    "decline": _("Your report %(number)s was not taken up"),
    "decline_to_file": _("Your report %(number)s is no matter for the office"),
    "pass": _("Your report %(number)s was handled and closed"),
    "close_special": _("Your report %(number)s was closed"),
    "reopen": _("Your report %(number)s was opened again"),
    "answer_resident": _("The office has answered to your report %(number)s"),
    "uphold_closing": _("Your report %(number)s was reviewed"),
}
CLOSING = _("Read more, add something or judge the result with the number and the secret that you were shown.")


def register() -> None:
    """Follow the cases, and say where mail to residents goes, when the app is ready."""
    told.register(tell_residents)
    addressees.register(RESIDENT, addressees.Register(mailbox=_mailbox, path=_path))
    for kind, sentence in TABLE.items():
        wording.register(KIND % kind, sentence, "")


def tell_residents(events: Sequence[CaseEvent]) -> None:
    """Put a letter into the outbox for whoever reported the case of such an event or joined it, and left an address."""
    new = {event.case_id for event in events if event.case._state.adding}  # whom nobody can follow yet
    followed = {event.case_id: event for event in events if event.kind in TABLE and event.case_id not in new}
    if not followed:
        return
    about = Q(case__in=followed) | Q(case__merged_into__in=followed, is_joined=True)
    known = Report.objects.filter(about, case__reporter__isnull=False, case__reporter__erased_at=None)
    reports = known.exclude(case__reporter__email="").select_related("case")
    enqueue_letters(_letter(followed, report) for report in reports)


def _letter(followed: Mapping[int, CaseEvent], report: Report) -> Letter:
    own = report.case
    event = followed.get(own.pk) or followed[own.merged_into_id or 0]
    return Letter(
        dedupe=f"resident.{event.case_id}.{event.seq}",
        kind=KIND % event.kind,
        recipient=Addressee(RESIDENT, report.pk, str(_("resident")), own.subdistrict_id),
        at=event.at,
        params={"number": own.number},
    )


def _mailbox(number: int) -> Mailbox | None:
    """Where mail to a report's sender goes; None when no address is kept any more."""
    report = Report.objects.filter(pk=number).select_related("case").first()
    reporter = Reporter.objects.filter(case=report.case_id, erased_at=None).first() if report else None
    return Mailbox(reporter.email, report.language, CLOSING) if report and reporter and reporter.email else None


def _path(message: Message) -> str:
    return reverse("intake:follow")
