"""What the figures mean: for each part a state, a figure in words, since when, and what to do. All thresholds are here.

`plain` is for programs (`/readyz`): short English whatever the reader's language, never a secret.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from citymgmt.health import figures
from citymgmt.health.figures import Look
from citymgmt.health.registry import job_kinds
from citymgmt.health.wording import lasting
from citymgmt.outbox.models import Message
from citymgmt.worktime import pulse

STARTING_FOR = timedelta(seconds=60)  # until a heartbeat could have come: worker's start, then beat's first ring
SLOW_SILENCE = timedelta(seconds=90)  # three heartbeats
LONGEST_SILENCE = timedelta(minutes=3)
SLOW_LAG = timedelta(minutes=2)  # of the sweep, which runs each minute
BROKEN_LAG = timedelta(minutes=5)
LATE_MESSAGE = timedelta(minutes=3)  # after its time; delivery runs each 20 s
LATE_JOB = timedelta(minutes=10)  # photos and exports that wait
SLOW_QUEUE = 100  # tasks; a healthy queue holds a handful
BROKEN_QUEUE = 1000
SLOW_CONNECTIONS = 0.80  # of max_connections
BROKEN_CONNECTIONS = 0.95
SLOW_TRANSACTION = timedelta(minutes=1)
BROKEN_TRANSACTION = timedelta(minutes=10)
DEAD_SHARE = 0.4  # of a table's rows, before vacuum is called late
DEAD_ROWS = 50_000  # below which nobody cares
SLOW_DISK = 0.15  # free share
BROKEN_DISK = 0.05
SLOW_BACKUP = timedelta(hours=26)  # one a day, with leeway
BROKEN_BACKUP = timedelta(hours=74)


class State(StrEnum):
    """How a part fares."""

    OK = "ok"
    STARTING = "starting"
    SLOW = "slow"
    BROKEN = "broken"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Line:
    """One part of the portal: its state, a figure in words, since when, what to do, and the words for programs."""

    state: State
    figure: str = ""
    since: datetime | None = None
    advice: Any = ""
    plain: str = ""

    def told(self) -> str:
        """For programs: ok, starting, or what is wrong."""
        return self.state.value if self.state in (State.OK, State.STARTING) else self.plain or self.state.value


Judge = Callable[[Look], Line]


def worse_of(value: Any, slow: Any, broken: Any) -> State:
    """OK below `slow`, SLOW below `broken`, else BROKEN."""
    return State.BROKEN if value >= broken else State.SLOW if value >= slow else State.OK


def is_starting(look: Look) -> bool:
    """Whether the portal started so lately that its parts need not have shown life: by its oldest web process."""
    now = look.signs.now
    alive = [one for one in look.signs.processes if one.kind == "web" and now - one.at < SLOW_SILENCE]
    starts = [one.started_at for one in alive] + ([pulse.started_at] if pulse.started_at else [])
    return bool(starts) and now - min(starts) < STARTING_FOR


def _silence(look: Look, part: str, advice: Any) -> Line:
    """By the last heartbeat of a part."""
    at, now = look.signs.hearts.get(part), look.signs.now
    state = State.BROKEN if at is None else worse_of(now - at, SLOW_SILENCE, LONGEST_SILENCE)
    if state is not State.OK and is_starting(look):
        return Line(State.STARTING, gettext("Not heard of yet."), at)
    if at is None:
        return Line(state, gettext("Never heard of."), None, advice, "never seen")
    figure = gettext("Last sign of life %(ago)s ago.") % {"ago": lasting(now - at)}
    return Line(state, figure, at, "" if state is State.OK else advice, f"silent since {at.isoformat()}")


def _processes(look: Look, kind: str, advice: Any) -> Line:
    now = look.signs.now
    alive = [one for one in look.signs.processes if one.kind == kind and now - one.at < SLOW_SILENCE]
    if not alive:
        state = State.STARTING if is_starting(look) else State.UNKNOWN
        return Line(state, gettext("No process shows life."), None, advice, "never seen")
    versions = sorted({one.version for one in alive})
    figure = ngettext(
        "%(count)s process, version %(version)s.", "%(count)s processes, version %(version)s.", len(alive)
    )
    state = State.OK if len(versions) == 1 else State.SLOW
    told = figure % {"count": len(alive), "version": ", ".join(versions)}
    mixed = _("Several versions run at once: restart the older processes.")
    return Line(state, told, min(one.started_at for one in alive), "" if state is State.OK else mixed)


def web(look: Look) -> Line:
    """The processes that answer people."""
    return _processes(
        look, "web", _("Is the portal started by gunicorn with citymgmt.web.Worker? Others show no pulse.")
    )


def worker(look: Look) -> Line:
    """Whoever does the work that waits: by the last heartbeat of any worker, with their number."""
    advice = _("Start the worker again, and read its log (worker.log). Deadlines and e-mails wait meanwhile.")
    heard = _silence(look, "worker", advice)
    if heard.state is not State.OK:
        return heard
    alive = _processes(look, "worker", "")
    return alive if alive.state in (State.OK, State.SLOW) else heard


def beat(look: Look) -> Line:
    """Whoever rings each minute."""
    return _silence(
        look, "beat", _("Start beat again, and read its log (beat.log). If the worker is silent, begin there.")
    )


def broker(look: Look) -> Line:
    """The queue between those who ring and the worker."""
    waiting = figures.queue_length()
    kind = "Redis" if settings.REDIS_URL else gettext("files")
    state = worse_of(waiting, SLOW_QUEUE, BROKEN_QUEUE)
    figure = ngettext("%(count)s task waits (%(kind)s).", "%(count)s tasks wait (%(kind)s).", waiting)
    advice = _("The worker is slower than its work: look at the worker, or start one more.")
    return Line(
        state, figure % {"count": waiting, "kind": kind}, None, "" if state is State.OK else advice,
        f"{waiting} tasks wait",
    )  # fmt: skip


def database(look: Look) -> Line:
    """PostgreSQL: answers, has free connections, and no transaction that stays open."""
    found = look.database
    share = found.connections / found.most_connections
    crowded = worse_of(share, SLOW_CONNECTIONS, BROKEN_CONNECTIONS)
    held = worse_of(found.longest, SLOW_TRANSACTION, BROKEN_TRANSACTION)
    state = max(crowded, held, key=[State.OK, State.SLOW, State.BROKEN].index)
    figure = gettext(
        "PostgreSQL %(version)s, %(size)s; %(used)s of %(most)s connections; longest transaction %(longest)s."
    ) % {
        "version": found.version.split()[0],
        "size": filesizeformat(found.size_bytes),
        "used": found.connections,
        "most": found.most_connections,
        "longest": lasting(found.longest),
    }
    advice = _("Connections run short: raise max_connections, or look who holds them (pg_stat_activity).")
    if state is held:
        advice = _("A transaction stays open and holds up vacuum and locks: look at pg_stat_activity who began it.")
    plain = f"{found.connections} of {found.most_connections} connections, longest transaction {found.longest}"
    return Line(state, figure, found.started_at, "" if state is State.OK else advice, plain)


def replica(look: Look) -> Line:
    """The standby that pages of figures read. Never broken: without it they read the primary."""
    advice = _(
        "Pages of figures read the primary meanwhile. Is the standby started, does it follow, is REPLICA_URL right?"
    )
    try:
        found = figures.replica()
    except (TimeoutError, psycopg2.Error):
        return Line(State.SLOW, gettext("Does not answer."), None, advice, "does not answer")
    if found.as_of is None:
        return Line(State.SLOW, gettext("Follows no primary."), None, advice, found.reason)
    behind = gettext("%(ago)s behind.") % {"ago": lasting(timedelta(seconds=found.lag_seconds))}
    if not found.is_used:
        return Line(State.SLOW, behind, found.as_of, advice, found.reason)
    return Line(State.OK, behind if found.lag_seconds else gettext("Nothing is missing."), found.as_of)


def tables(look: Look) -> Line:
    """The care that PostgreSQL takes of the biggest tables."""
    found = look.database.tables
    late = [one for one in found if one.dead > max(DEAD_ROWS, DEAD_SHARE * one.rows)]
    vacuums = [one.vacuumed_at for one in found if one.vacuumed_at]
    never = gettext("not yet needed")
    figure = ", ".join(
        f"{one.name.partition('_')[2] or one.name}: {one.rows:,} "
        f"({lasting(look.database.now - one.vacuumed_at) if one.vacuumed_at else never})"
        for one in found
    )
    told = gettext("Rows, and time since the last vacuum: %(tables)s.") % {"tables": figure or "0"}
    advice = _("Dead rows pile up: run VACUUM (ANALYZE), and see whether a long transaction is open.")
    state = State.SLOW if late else State.OK
    return Line(state, told, min(vacuums, default=None), advice if late else "", "vacuum is late")


def migrations(look: Look) -> Line:
    """The tables are as the code wants them."""
    found = figures.migrations(look.ask)
    if not found.pending:
        return Line(State.OK, gettext("All applied."), found.last_at)
    told = ngettext("%(count)s step is missing.", "%(count)s steps are missing.", found.pending)
    advice = _("Run manage.py migrate.")
    return Line(State.BROKEN, told % {"count": found.pending}, found.last_at, advice, "pending")


def sweep(look: Look) -> Line:
    """The sweep that settles deadlines: it runs each minute, and leaves nothing due behind."""
    heard = _silence(look, "sweep", _("The sweep does not run: see worker and beat. Nothing is lost, it catches up."))
    if heard.state is not State.OK:
        return heard
    lag = look.signs.lag
    state = worse_of(lag, SLOW_LAG, BROKEN_LAG)
    if state is not State.OK and is_starting(look):
        return Line(State.STARTING, gettext("Catching up with what fell due."), heard.since)
    if state is State.OK:
        on_time = gettext("Nothing is late.")
        return Line(state, f"{heard.figure} {on_time}", heard.since)
    late = gettext("The earliest deadline that is not settled fell due %(ago)s ago.") % {"ago": lasting(lag)}
    advice = _("A row cannot be settled, or there is too much at once: worker.log names the row.")
    return Line(state, f"{heard.figure} {late}", heard.since, advice, f"{int(lag.total_seconds())} s behind")


def outbox(look: Look) -> Line:
    """Messages that should leave: none late."""
    late = sum(one.late for one in look.outbox)
    since = min((one.oldest_at for one in look.outbox if one.oldest_at), default=None)
    told = gettext("%(channel)s: %(waiting)s waiting, %(sent)s sent in the last hour")
    names: dict[str, Any] = dict(Message.Channel.choices)
    parts = [
        told % {"channel": names.get(one.name, one.name), "waiting": one.waiting, "sent": one.sent_last_hour}
        for one in look.outbox
    ]
    figure = "; ".join(parts) or gettext("Nothing waits.")
    if not late:
        return Line(State.OK, figure, since)
    advice = _("Is the mail server reachable (EMAIL_URL)? The error stands with each message under Deliveries.")
    return Line(State.BROKEN, figure, since, advice, f"{late} messages are late")


def dead_letters(look: Look) -> Line:
    """Messages that were given up."""
    count = sum(one.dead for one in look.outbox)
    if not count:
        return Line(State.OK, gettext("None."))
    figure = ngettext("%(count)s message was given up.", "%(count)s messages were given up.", count) % {"count": count}
    advice = _("Mend the address or the mail server, then send them again below.")
    return Line(State.SLOW, figure, None, advice, f"{count} dead")


def job_line(name: str) -> Judge:
    """The judge of one kind of jobs that an app has registered."""

    def judge(look: Look) -> Line:
        found, now = look.jobs[name], look.signs.now
        is_late = found.oldest_at is not None and now - found.oldest_at > LATE_JOB
        state = State.BROKEN if is_late else State.SLOW if found.failed else State.OK
        figure = gettext("%(waiting)s waiting, %(failed)s failed.") % {
            "waiting": found.waiting, "failed": found.failed,
        }  # fmt: skip
        late = _("The worker does not come round to them: see the worker.")
        advice = late if is_late else job_kinds[name].advice if found.failed else ""
        return Line(state, figure, found.oldest_at, advice, f"{found.waiting} waiting, {found.failed} failed")

    return judge


def disk(directory: Callable[[], Path]) -> Judge:
    """The judge of the disk on which a directory lies."""

    def judge(look: Look) -> Line:
        found = figures.disk(directory())
        share = found.free / max(found.total, 1)
        state = State.BROKEN if share < BROKEN_DISK else State.SLOW if share < SLOW_DISK else State.OK
        figure = gettext("%(free)s free of %(total)s (%(percent)s%%).") % {
            "free": filesizeformat(found.free), "total": filesizeformat(found.total), "percent": int(share * 100),
        }  # fmt: skip
        advice = _("Make room: old logs and backups first. A full disk stops the database.")
        return Line(state, figure, None, "" if state is State.OK else advice, f"{share:.0%} free")

    return judge


def backups(look: Look) -> Line:
    """The last backup, as far as somebody tells: the portal itself makes none."""
    at = figures.backed_up_at()
    if at is None:
        advice = _("Have the backup touch a file when it ends well, and name the file in BACKUP_MARKER.")
        return Line(State.UNKNOWN, gettext("Not known."), None, advice)
    age = look.signs.now - at
    state = worse_of(age, SLOW_BACKUP, BROKEN_BACKUP)
    figure = gettext("The last one ended %(ago)s ago.") % {"ago": lasting(age)}
    return Line(state, figure, at, "" if state is State.OK else _("Look at the backup's own log."))


READY: Mapping[str, Judge] = {  # what /readyz tells
    "database": database,
    "migrations": migrations,
    "broker": broker,
    "worker": worker,
    "beat": beat,
    "sweep": sweep,
    "outbox": outbox,
}
WEB_ONLY = ("database", "migrations")  # what a web process needs to answer people: /readyz?only=web


def ready_parts() -> Mapping[str, Judge]:
    """READY, and the read replica where there is one."""
    return {**READY, "replica": replica} if settings.REPLICA_URL else READY
