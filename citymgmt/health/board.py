"""The board of the operations page: every part with its label, in the order in which one looks for a fault."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citymgmt.health import judging
from citymgmt.health.figures import Look
from citymgmt.health.guard import asking
from citymgmt.health.judging import LATE_MESSAGE, READY, Judge, Line, State
from citymgmt.health.registry import job_kinds

LABELS: Mapping[State, Any] = {
    State.OK: _("works"),
    State.STARTING: _("starting"),
    State.SLOW: _("needs a look"),
    State.BROKEN: _("broken"),
    State.UNKNOWN: _("not known"),
}
TONES: Mapping[State, str] = {
    State.OK: "done",
    State.STARTING: "active",
    State.SLOW: "waiting",
    State.BROKEN: "alert",
    State.UNKNOWN: "stopped",
}
ICONS: Mapping[State, str] = {
    State.OK: "check-circle",
    State.STARTING: "hourglass-split",
    State.SLOW: "exclamation-triangle",
    State.BROKEN: "x-octagon",
    State.UNKNOWN: "question-circle",
}


@dataclass(frozen=True)
class Row:
    """A line of the page."""

    part: str
    label: Any
    line: Line

    @property
    def state_label(self) -> Any:
        """The state in words."""
        return LABELS[self.line.state]

    @property
    def tone(self) -> str:
        """Its colour (components/badge_state.html)."""
        return TONES[self.line.state]

    @property
    def icon(self) -> str:
        """Its icon."""
        return ICONS[self.line.state]


def parts() -> Iterator[tuple[str, Any, Judge]]:
    """Every part: name, label, judge."""
    yield "web", _("Web processes"), judging.web
    yield "worker", _("Workers"), judging.worker
    yield "beat", _("Beat (rings each minute)"), judging.beat
    yield "broker", _("Queue of tasks"), judging.broker
    yield "database", _("Database"), judging.database
    if settings.REPLICA_URL:
        yield "replica", _("Read replica"), judging.replica
    yield "tables", _("Biggest tables"), judging.tables
    yield "migrations", _("Migrations"), judging.migrations
    yield "sweep", _("Deadlines (sweep)"), judging.sweep
    yield "outbox", _("E-mails that wait"), judging.outbox
    yield "dead", _("Messages given up"), judging.dead_letters
    for name, kind in job_kinds.items():
        yield name, kind.label, judging.job_line(name)
    yield "data-disk", _("Disk of the data"), judging.disk(lambda: Path(settings.VAR_DIR))
    yield "media-disk", _("Disk of the photos"), judging.disk(lambda: Path(settings.MEDIA_ROOT))
    yield "backups", _("Backups"), judging.backups


def judged(look: Look, judge: Judge) -> Line:
    """What the judge says; BROKEN with the kind of error, never its words, when it cannot ask."""
    try:
        return judge(look)
    except Exception as error:
        kind = type(error).__name__
        told = gettext("Does not answer (%(kind)s).") % {"kind": kind}
        return Line(State.BROKEN, told, None, _("Is it started, and is its address right?"), kind)


def board() -> list[Row]:
    """All lines, asked for on the request's own connection."""
    with connection.cursor() as cursor:
        look = Look(asking(cursor), LATE_MESSAGE)
        return [Row(part, label, judged(look, judge)) for part, label, judge in parts()]


def broken_parts() -> list[Any]:
    """The labels of what is broken among the parts of /readyz, for the administrator's first page."""
    labels = {part: label for part, label, _judge in parts()}
    try:
        with connection.cursor() as cursor:
            look = Look(asking(cursor), LATE_MESSAGE)
            return [labels[part] for part, judge in READY.items() if judged(look, judge).state is State.BROKEN]
    except Error:
        return [labels["database"]]


def verdict(rows: list[Row]) -> Row:
    """The whole portal in one row: as bad as its worst part; what is not known counts for nothing."""
    order = [State.UNKNOWN, State.OK, State.STARTING, State.SLOW, State.BROKEN]
    worst = max((row.line.state for row in rows), key=order.index, default=State.OK)
    sentences = {
        State.SLOW: _("The portal works; something needs a look."),
        State.BROKEN: _("Something is broken. The red lines say what to do."),
        State.STARTING: _("The portal is starting. In a minute it is known whether everything works."),
    }
    return Row("portal", sentences.get(worst, _("Everything works.")), Line(worst))
