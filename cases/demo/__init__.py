"""Demo data: a fictional district and half a year of its city management, made through the actions themselves.

`seed(now, cases, seed, directory, say, tell)` is what `manage.py seed_demo` calls; every app may have such a `demo`.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from cases.demo.logins import kept_passwords
from cases.demo.play import Say, is_played, play, prepare
from communities.demo import DISTRICT_CODE
from communities.projects.demo import make_projects

__all__ = ["is_played", "kept_passwords", "play", "prepare", "seed"]


def seed(*, now: datetime, cases: int, seed: int, directory: Path, say: Say, tell: Callable[[str], None]) -> None:
    """Make the office, its log-ins (`demo-logins.json` in `directory`) and its cases, whatever of it is missing.

    Raises: Invalid when a demo log-in name is taken by somebody else.
    """
    if is_played():
        tell(_("The demo office is here already; nothing was changed."))
        return
    office = prepare(passwords=kept_passwords(directory / "demo-logins.json"), now=now)
    count = make_projects(now, DISTRICT_CODE)  # before the cases, some of which are work of the campaign
    tell(_("%(count)d demo projects: campaigns, mass activities and practical matters.") % {"count": count})
    count = play(office, now=now, cases=cases, seed=seed, say=say)
    tell(_("%(count)d demo cases of half a year were played.") % {"count": count})
