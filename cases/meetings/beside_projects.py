"""On the page of a project: the consultations that were called for it, and the call for another one."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.meetings.models import Meeting
from citymgmt.people.models import User
from citymgmt.people.permissions import allows, visible_to
from communities.beside import Figure
from communities.models import Project
from communities.projects import shown
from communities.projects.lifecycle import ENDED
from communities.projects.shown import Action, Shown

MOST = 4


def show(project: Project, user: User, on: date, at: datetime) -> Iterator[Shown]:
    """The latest consultations that the person sees; one query."""
    called = Meeting.objects.filter(called_for_project=project).exclude(state=Meeting.State.CANCELLED)
    rows = visible_to(user, called, on=on).order_by("-starts_at")[:MOST] if allows(user, "meeting.view") else []
    may_call = project.state not in ENDED and allows(user, "meeting.plan")
    address = f"{reverse('meetings:plan')}?project={project.pk}"
    yield Shown(
        tuple(_figure(meeting) for meeting in rows),
        (Action(_("Call a consultation"), address, "people"),) if may_call else (),
    )


def _figure(meeting: Meeting) -> Figure:
    when = timezone.localtime(meeting.starts_at)
    return Figure(
        _("Consultation"), f"{when:%m-%d}", meeting.get_absolute_url(), "people", note=f"{when:%Y-%m-%d %H:%M}"
    )


def register() -> None:
    """Have it shown, when the app is ready."""
    shown.register(show)
