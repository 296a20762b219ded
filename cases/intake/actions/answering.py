"""What the office does for residents: answers them, calls back, reviews what they say is not solved."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import perform
from cases.actions.frame import once_beside, record_beside
from cases.intake.actions.following import checked_words, record_judgement
from cases.intake.actions.publishing import follow_cases
from cases.intake.models import CallAttempt, Judgement, Reply, Report
from cases.intake.models.judging import LONGEST_WORDS
from cases.intake.models.reports import LONGEST_TEXT, digest_of_secret
from cases.intake.querysets import closing_of, topic_of
from cases.intake.secrets import secret_of
from cases.models import Case, CaseEvent
from cases.querysets import locked_cases
from citymgmt.people.models import User
from citymgmt.people.permissions import require
from citymgmt.refusals import Invalid, NotFound, WrongState
from citymgmt.worktime.repeats import scoped_key
from citymgmt.written import faults_of


def answer_resident(*, number: str, by: User, at: datetime, text: str, request_key: str | None = None) -> CaseEvent:
    """Tell whoever reported a case (and who joined) something; it stays as it was sent. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState (no resident reported it), Invalid, KeyReused.
    """
    text = text.strip()
    if faults := faults_of(text, LONGEST_TEXT, is_needed=True, is_one_line=False):
        raise Invalid(fields={"text": faults})

    def write(case: Case, digest: str) -> CaseEvent:
        require(by, "resident.reply", case, on=timezone.localdate(at))
        if not Report.objects.filter(case=case).exists():
            raise WrongState(_("Nobody follows this case."))
        return _answer(case, "answer_resident", by, at, text, request_key, digest)

    return once_beside("answer_resident", number, write, by=by, request_key=request_key, asked={"text": text})


def let_follow(
    *, number: str, by: User, at: datetime, form_key: str, request_key: str | None = None
) -> tuple[Report, str]:
    """Let whoever reported a case at the desk follow it: its report, and the secret, which is kept nowhere.

    `form_key` is a secret that only this request knows; a resend gives the same. Raises: NotFound, NotPermitted,
    WrongState (somebody follows it already), KeyReused.
    """
    secret = secret_of(form_key)

    def write(case: Case, digest: str) -> CaseEvent:
        require(by, "resident.reply", case, on=timezone.localdate(at))
        if Report.objects.filter(case=case).exists():
            raise WrongState(_("Somebody follows this case already."))
        Report.objects.create(
            case=case,
            topic=topic_of(case),
            channel=Report.Channel.DESK,
            is_private=True,
            digest=digest_of_secret(secret),
        )
        return record_beside(case, "let_follow", by=by, at=at, note="", key=request_key, digest=digest)

    event = once_beside(
        "let_follow", number, write, by=by, request_key=request_key, asked={"secret": digest_of_secret(secret)}
    )
    return Report.objects.select_related("case", "topic").get(case=event.case_id), secret


def _answer(
    case: Case, kind: str, by: User, at: datetime, text: str, request_key: str | None, digest: str
) -> CaseEvent:
    event = record_beside(case, kind, by=by, at=at, note="", key=request_key, digest=digest)
    Reply.objects.create(case=case, event=event, text=text, by=by, at=event.at)
    follow_cases([case.pk])  # the event came before its answer
    return event


def uphold_closing(*, pk: int, by: User, at: datetime, reason: str, request_key: str | None = None) -> CaseEvent:
    """Let a closing stand that a resident calls unsolved, and tell why; the reason is the answer the resident reads.

    A resend acts once. Raises: NotFound, NotPermitted, WrongState (reviewed already), Invalid, KeyReused.
    """
    reason = _reason(reason)
    number = _target_number(pk)

    def write(case: Case, digest: str) -> CaseEvent:
        judgement = _locked_judgement(pk, by, at)
        _reviewed(judgement, Judgement.Review.UPHELD, by, at, reason)
        return _answer(case, "uphold_closing", by, at, reason, request_key, digest)

    return once_beside(
        "uphold_closing", number, write, by=by, request_key=request_key, asked={"pk": pk, "reason": reason}
    )


def reopen_unsolved(*, pk: int, by: User, at: datetime, reason: str, request_key: str | None = None) -> CaseEvent:
    """Open a case again that a resident calls unsolved. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState (reviewed already, or nothing to open), Invalid, KeyReused.
    """
    reason = _reason(reason)
    number = _target_number(pk)
    with transaction.atomic():
        locked_cases(number)
        judgement = _locked_judgement(pk, by, at)
        is_resend = judgement.review == Judgement.Review.REOPENED
        event = perform("reopen", number=number, by=by, at=at, note=reason, request_key=request_key)
        if not is_resend:
            _reviewed(judgement, Judgement.Review.REOPENED, by, at, reason)
        return event


def _reason(reason: str) -> str:
    reason = reason.strip()
    if faults := faults_of(reason, LONGEST_WORDS, is_needed=True):
        raise Invalid(fields={"reason": faults})
    return reason


def _target_number(pk: int) -> str:
    """The number of the case that a judgement is about. Raises: NotFound."""
    found = Judgement.objects.filter(pk=pk if 0 < pk < 2**63 else 0).select_related("case__merged_into").first()
    if found is None:
        raise NotFound
    return (found.case.merged_into or found.case).number


def _locked_judgement(pk: int, by: User, at: datetime) -> Judgement:
    judgement = Judgement.objects.filter(pk=pk).select_for_update(of=("self",), no_key=True).get()
    require(by, "judgement.review", judgement, on=timezone.localdate(at))
    return judgement


def _reviewed(judgement: Judgement, review: str, by: User, at: datetime, reason: str) -> None:
    if judgement.review != Judgement.Review.PENDING:
        raise WrongState(_("This was reviewed already."))
    judgement.review, judgement.reviewed_by, judgement.reviewed_at, judgement.reason = review, by, at, reason
    judgement.save(update_fields=["review", "reviewed_by", "reviewed_at", "reason"])


def record_call(
    *, number: str, by: User, at: datetime, is_solved: bool, score: int, words: str = "", request_key: str | None = None
) -> CaseEvent:
    """Write what a reporter said on the telephone about a closed case. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState (it has not ended, or was judged), Invalid, KeyReused.
    """
    words = checked_words(words)
    if score not in Judgement.Score.values:
        raise Invalid(fields={"score": _("Choose from the list.")})

    def write(case: Case, digest: str) -> CaseEvent:
        require(by, "judgement.record", case, on=timezone.localdate(at))
        judgement = Judgement(case=case, way=Judgement.Way.PHONE, is_solved=is_solved, score=score, words=words, by=by)
        return record_judgement(judgement, case, at=at, key=request_key, digest=digest)

    asked = {"solved": is_solved, "score": score, "words": words}
    return once_beside("record_call", number, write, by=by, request_key=request_key, asked=asked)


def record_call_in_vain(*, number: str, by: User, at: datetime, outcome: str, request_key: str) -> CallAttempt:
    """Write that nobody was reached, or nobody wants to judge. A resend acts once.

    Raises: NotFound, NotPermitted, WrongState (it has not ended), Invalid.
    """
    if outcome not in CallAttempt.Outcome.values:
        raise Invalid(fields={"outcome": _("Choose from the list.")})
    key = scoped_key(by, request_key) or ""
    with transaction.atomic():
        case = locked_cases(number)[number]
        require(by, "judgement.record", case, on=timezone.localdate(at))
        seq = closing_of(case)
        if seq is None:
            raise WrongState(_("This has not ended yet."))
        told = {"case": case, "closing_seq": seq, "outcome": outcome, "by": by, "at": at}
        return CallAttempt.objects.get_or_create(request_key=key, defaults=told)[0]
