"""What a resident does who follows a report: open it by number and secret, add to it, judge its end."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.actions.frame import once_beside, record_beside
from cases.intake.actions.reporting import MOST_PHOTOS, keep_photos
from cases.intake.models import Addition, Judgement, Report
from cases.intake.models.judging import LONGEST_WORDS
from cases.intake.models.reports import LONGEST_TEXT, digest_of_secret
from cases.intake.querysets import closing_of, target_of
from cases.models import Case, CaseEvent
from citymgmt.photos.actions import Upload
from citymgmt.refusals import Invalid, NotFound, WrongState
from citymgmt.written import faults_of


def report_of_secret(*, number: str, secret: str) -> Report:
    """The report of a number and its secret. Raises: NotFound, which looks the same for a wrong one of either."""
    found = Report.objects.filter(digest=digest_of_secret(secret), case__number=number)
    report = found.select_related("case", "topic").first()
    if report is None:
        raise NotFound
    return report


def add_information(
    *, report: Report, text: str, at: datetime, key: str, uploads: Sequence[Upload] = (), claim: str = ""
) -> CaseEvent:
    """Add words or photos to the case of a report while it is open; joined to another, to that one. `claim` is the
    state that a program says it has, which changes nothing. A resend acts once.

    Raises: WrongState (it has ended), Invalid, KeyReused.
    """
    text = _checked(text, uploads)
    files = [one.digest for one in uploads]
    target = target_of(report)

    def write(case: Case, digest: str) -> CaseEvent:
        if not case.is_open:
            raise WrongState(_("This has ended already. Say below whether it is solved, or report it anew."))
        event = record_beside(case, "add_information", by=None, at=at, note="", key=key, digest=digest)
        Addition.objects.create(report=report, event=event, text=text, claim=claim, at=event.at)
        keep_photos(event, uploads)
        return event

    asked = {"text": hashlib.sha256(text.encode()).hexdigest(), "files": files, **({"claim": claim} if claim else {})}
    return once_beside("add_information", target.number, write, by=None, request_key=key, asked=asked)


def _checked(text: str, uploads: Sequence[Upload]) -> str:
    text = text.strip()
    fields: dict[str, Any] = {}
    if faults := faults_of(text, LONGEST_TEXT, is_needed=not uploads, is_one_line=False):
        fields["text"] = faults
    if len(uploads) > MOST_PHOTOS:
        fields["photos"] = _("At most %(most)d photos at once.") % {"most": MOST_PHOTOS}
    if fields:
        raise Invalid(fields=fields)
    return text


def judge_closing(*, report: Report, is_solved: bool, score: int, words: str, at: datetime, key: str) -> CaseEvent:
    """Say what became of a report that has ended, once for each time it ended. "Not solved" waits for a review.

    A resend acts once. Raises: WrongState (it has not ended, or was judged), Invalid, KeyReused.
    """
    words = checked_words(words)
    if score not in Judgement.Score.values:
        raise Invalid(fields={"score": _("Choose from the list.")})
    target = target_of(report)
    asked = {"solved": is_solved, "score": score, "words": hashlib.sha256(words.encode()).hexdigest()}

    def write(case: Case, digest: str) -> CaseEvent:
        judgement = Judgement(
            case=report.case, way=Judgement.Way.WEB, is_solved=is_solved, score=score, words=words, by=None
        )
        return record_judgement(judgement, case, at=at, key=key, digest=digest)

    return once_beside("judge_closing", target.number, write, by=None, request_key=key, asked=asked)


def checked_words(words: str) -> str:
    """A few words. Raises: Invalid."""
    words = words.strip()
    if faults := faults_of(words, LONGEST_WORDS, is_one_line=False):
        raise Invalid(fields={"words": faults})
    return words


def record_judgement(judgement: Judgement, target: Case, *, at: datetime, key: str | None, digest: str) -> CaseEvent:
    """Write what somebody thinks of how the target ended, within the caller's transaction that locks it.

    Its event tells whether it is solved and whether they are satisfied; score and words stay with the judgement.
    Raises: WrongState (it has not ended, or was judged).
    """
    seq = closing_of(target)
    if seq is None:
        raise WrongState(_("This has not ended yet."))
    if Judgement.objects.filter(case=judgement.case, closing_seq=seq).exists():
        raise WrongState(_("This was judged already."))
    judgement.subdistrict_id, judgement.closing_seq, judgement.at = judgement.case.subdistrict_id, seq, at
    judgement.review = Judgement.Review.NONE if judgement.is_solved else Judgement.Review.PENDING
    judgement.save()
    kind, satisfied = "judge_solved" if judgement.is_solved else "judge_unsolved", judgement.is_satisfied
    return record_beside(target, kind, by=judgement.by, at=at, note="", key=key, digest=digest, is_satisfied=satisfied)
