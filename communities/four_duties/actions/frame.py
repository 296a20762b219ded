"""What the actions on sheets of duties share: the order of `citymgmt.worktime.acting`."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from citymgmt.refusals import WrongState
from citymgmt.worktime.acting import Kind
from communities.four_duties.journal import Journal, settle_batch
from communities.four_duties.lifecycle import STATES
from communities.four_duties.querysets import locked_sheet
from communities.models import DutyAnswer, DutySheet, SheetEvent

SHEET = Kind(Journal, SheetEvent, settle_batch, locked_sheet, lambda pk: DutySheet.objects.filter(pk=pk))


def check_state(sheet: DutySheet, state: str) -> None:
    """Raises: WrongState."""
    if sheet.state != state:
        raise WrongState(_("This sheet is: %(state)s.") % {"state": STATES[sheet.state].label}, state=sheet.state)


def by_ordinal(sheet: DutySheet) -> dict[int, DutyAnswer]:
    """The answers of a locked sheet."""
    answers: Iterable[DutyAnswer] = sheet.answers.order_by("ordinal")
    return {one.ordinal: one for one in answers}
