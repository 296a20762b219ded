"""What a resident reads of the history of a case: ONE table, in plain words, without names and internal notes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import CaseEvent

# Only what is named here is told; the second word is the icon, the third the tone of the line
PLAIN: Mapping[str, tuple[Promise | str, str, str]] = {
    "report": (_("Your report has arrived."), "inbox", ""),
    "import": (_("Your report has arrived."), "inbox", ""),
    "accept": (_("The office has taken it up."), "check2", ""),
    "decline": (_("The office did not take it up."), "x-circle", "alert"),
    "verify": (_("Somebody is sent to look."), "eye", ""),
    "confirm": (_("Somebody was there and has looked."), "eye", ""),
    "file": (_("A deadline was set."), "calendar-check", ""),
    "decline_to_file": (_("It is no matter for the office."), "x-circle", "alert"),
    "dispatch": (_("It was given to those who handle it."), "send", ""),
    "receive": (_("Work has begun."), "tools", ""),
    "escalate": (_("It was passed to the district's department."), "building-up", ""),
    "escalate_overdue": (_("It was passed to the district's department."), "building-up", ""),
    "reply": (_("The district's department has answered."), "building-check", ""),
    "take_back": (_("It is with the office again."), "building", ""),
    "return_escalation": (_("It is with the office again."), "building", ""),
    "approve": (_("It takes longer; this was examined and allowed."), "hourglass-split", ""),
    "report_back": (_("It was handled and will be checked."), "clipboard-check", ""),
    "rework": (_("The check was not satisfied: it is handled once more."), "arrow-repeat", ""),
    "pass": (_("Checked and closed."), "check-circle", "done"),
    "close_special": (_("It was closed."), "check-circle", "done"),
    "self_handle": (_("It was handled on the spot."), "check-circle", "done"),
    "merge": (_("It is handled together with an earlier report of the same."), "intersect", ""),
    "void": (_("It was taken off the list."), "x-circle", "alert"),
    "reopen": (_("It was opened again."), "arrow-counterclockwise", ""),
    "add_information": (_("Something was added."), "plus-circle", ""),
    "answer_resident": (_("The office has answered."), "chat-left-text", ""),
    "uphold_closing": (_("It was reviewed; the office considers it solved."), "clipboard-check", ""),
}


@dataclass(frozen=True)
class Line:
    """A line of what happened."""

    at: datetime
    text: Promise | str
    icon: str
    tone: str
    seq: int


def lines_of(events: Iterable[CaseEvent]) -> list[Line]:
    """What happened in plain words, in order; the same said twice running is said once."""
    lines: list[Line] = []
    for event in events:
        told = PLAIN.get(event.kind)
        if told is not None and not (lines and lines[-1].text == told[0]):
            lines.append(Line(event.at, *told, seq=event.seq))
    return lines
