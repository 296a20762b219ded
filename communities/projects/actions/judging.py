"""Residents' representatives judge what was done; what they do not accept comes back as tasks, in their words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citymgmt.faults import refuse
from citymgmt.people.models import User
from citymgmt.written import faults_of
from communities.local_rules import REWORK, SHARE, VOICES, Rule, last_day
from communities.models import AcceptanceVoice, Project, ProjectAcceptance, ProjectEvent, ProjectPhoto
from communities.models.project_tasks import LONGEST_TASK
from communities.models.projects import (
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_PERSON,
    LONGEST_TEXT,
    LONGEST_WORDS,
)
from communities.projects.acceptance import NOT, VERDICTS, counted, is_accepted, missing
from communities.projects.actions.frame import perform
from communities.projects.actions.stepping import check_day
from communities.projects.actions.tasks import write_tasks
from communities.projects.journal import RESTING, Journal, timed_anew
from communities.projects.lifecycle import COMPLETED, JUDGE, RUNNING, SEND_BACK, event_kind
from communities.projects.querysets import rules_of
from communities.projects.told import AcceptanceTold, VoiceTold

MOST_VOICES = 99


def record_acceptance(
    *,
    pk: int,
    by: User,
    at: datetime,
    told: AcceptanceTold,
    photos: Iterable[bytes] = (),
    version: int | None = None,
    request_key: str | None = None,
) -> ProjectEvent:
    """Enter the sheet of a public acceptance: the project is completed, or goes on with what was not accepted as tasks
    of the responsible person, due by the local rule. Names are sealed and stay out of the history.

    Raises: NotFound, NotPermitted, KeyReused, Stale, WrongState, Invalid (also: too few representatives; fields of
    lines named name_…, verdict_…, words_… with the line).
    """

    def body(journal: Journal, project: Project, moment: datetime) -> Mapping[str, Any]:
        limits = rules_of(project.subdistrict_id, told.on)
        refuse(_faults(told, limits))
        check_day(project, told.on, at)
        return _judged(journal, project, moment, told, limits)

    def then(event: ProjectEvent) -> None:
        _write_voices(event, told)
        if event.to_state == RUNNING:
            _write_rework(event, told, by, at)

    asked: dict[str, Any] = {"version": version, "request_key": request_key, "given": told.asked, "photos": photos}
    shows = {"shows": ProjectPhoto.Shows.SHEET}
    return perform(JUDGE, pk=pk, by=by, at=at, body=body, of_photos=shows, then=then, **asked)


def _judged(
    journal: Journal, project: Project, moment: datetime, told: AcceptanceTold, limits: Mapping[str, Rule]
) -> Mapping[str, Any]:
    count, ordinal = counted(one.verdict for one in told.voices), project.acceptances.count() + 1
    accepted = is_accepted(count, limits[VOICES].value, limits[SHARE].value)
    part = {
        "ordinal": ordinal,
        "on": told.on,
        "place": told.place.strip(),
        "needed_voices": limits[VOICES].value,
        "needed_percent": limits[SHARE].value,
        "satisfied": count.satisfied,
        "fairly": count.fairly,
        "dissatisfied": count.dissatisfied,
        "is_accepted": accepted,
    }
    if accepted:
        days: dict[str, Any] = {**RESTING, "ended_on": told.on}
    else:
        until = max(project.last_on, rework_day(limits, timezone.localdate(moment)))
        days = timed_anew(until, moment, journal.rules)
    return {
        "kind": event_kind(JUDGE.action) if accepted else SEND_BACK,
        "to": COMPLETED if accepted else RUNNING,
        "changes": {**days, "stepped_on": told.on},
        "parts": [(ProjectAcceptance(ordinal=ordinal), part)],
    }


def rework_day(limits: Mapping[str, Rule], on: date) -> date:
    """By when is put right what was not accepted on a day."""
    return last_day(limits[REWORK], on)


def _faults(told: AcceptanceTold, limits: Mapping[str, Rule]) -> dict[str, Any]:
    faults: dict[str, Any] = {
        "place": faults_of(told.place.strip(), LONGEST_LINE, is_needed=True),
        "note": faults_of(told.note.strip(), LONGEST_TEXT, is_one_line=False),
    }
    for one in told.voices:
        faults |= _faults_of_voice(one)
    needed = limits[VOICES].value
    lacking = missing(counted(one.verdict for one in told.voices), needed)
    if lacking:
        sentence = ngettext(
            "%(needed)d representatives are needed, %(lacking)d is missing.",
            "%(needed)d representatives are needed, %(lacking)d are missing.",
            lacking,
        )
        faults["voices"] = sentence % {"needed": needed, "lacking": lacking}
    elif len(told.voices) > MOST_VOICES:
        faults["voices"] = _("At most %(most)d of them.") % {"most": MOST_VOICES}
    return faults


def _faults_of_voice(told: VoiceTold) -> dict[str, Any]:
    words = faults_of(told.words.strip(), LONGEST_WORDS)
    if told.verdict == NOT and not told.words.strip():
        words = [_("Say what is not good enough: it becomes a task.")]
    return {
        f"name_{told.line}": faults_of(told.name.strip(), LONGEST_PERSON, is_needed=True),
        f"represents_{told.line}": faults_of(told.represents.strip(), LONGEST_NAME, is_needed=True),
        f"verdict_{told.line}": [] if told.verdict in VERDICTS else [_("Choose one of these.")],
        f"words_{told.line}": words,
    }


def _write_voices(event: ProjectEvent, told: AcceptanceTold) -> None:
    acceptance = ProjectAcceptance.objects.filter(project=event.project_id).latest("ordinal")
    for one in told.voices:
        texts = {"name": one.name.strip(), "represents": one.represents.strip(), "words": one.words.strip()}
        AcceptanceVoice.objects.create(acceptance=acceptance, verdict=one.verdict, **texts)


def _write_rework(event: ProjectEvent, told: AcceptanceTold, by: User, at: datetime) -> None:
    """What was not good enough becomes tasks of whoever answers for the project."""
    project = event.project
    limits = rules_of(project.subdistrict_id, told.on)
    due_on = rework_day(limits, timezone.localdate(at))
    texts = dict.fromkeys(cut(one.words.strip()) for one in told.voices if one.verdict == NOT)
    columns = [{"text": text, "owner_id": project.responsible_id, "due_on": due_on} for text in texts]
    write_tasks(project, columns, by, at)


def cut(words: str) -> str:
    """The words, short enough for a task."""
    return words if len(words) <= LONGEST_TASK else f"{words[: LONGEST_TASK - 1]}…"
