"""A bulletin of the small office's March, and what is done with it."""

import uuid
from datetime import date, timedelta
from typing import Any

from cases.statistics.bulletins.actions import Section, Text, draft_bulletin, issue_bulletin, save_bulletin
from cases.statistics.bulletins.forms import LINES
from cases.statistics.models import Bulletin
from citymgmt.people.models import User
from tests.office import District
from tests.statistics.freezing import AFTER, a_month

__all__ = ["AFTER", "FIRST", "LATER", "a_month", "drafted", "fresh_key", "issued", "saved", "text_of"]

FIRST = date(2026, 3, 1)
LATER = AFTER + timedelta(hours=1)


def fresh_key() -> str:
    """A request key that nobody used."""
    return str(uuid.uuid4())


def drafted(district: District, at: Any = AFTER, by: User | None = None, **more: Any) -> Bulletin:
    """March, drafted by the clerk of the first street."""
    return draft_bulletin(by=by or district.street.clerk, at=at, **{"month": FIRST, **more})


def text_of(bulletin: Bulletin, **changed: Any) -> Text:
    """The text of a bulletin, with some of it changed."""
    told: dict[str, Any] = {name: getattr(bulletin, name) for name in LINES}
    told["sections"] = [Section(**section) for section in bulletin.sections]
    return Text(**{**told, **changed})


def saved(district: District, bulletin: Bulletin, at: Any = LATER, by: User | None = None, **changed: Any) -> Bulletin:
    """The bulletin with a changed text, saved by the clerk who saw the version that is given."""
    text = text_of(bulletin, **changed)
    return save_bulletin(by=by or district.street.clerk, at=at, pk=bulletin.pk, version=bulletin.version, text=text)


def issued(district: District, bulletin: Bulletin | None = None, at: Any = LATER, **more: Any) -> Bulletin:
    """March, issued by the leader as it was drafted."""
    draft = bulletin or drafted(district)
    return issue_bulletin(by=district.street.leader, at=at, pk=draft.pk, **{"version": draft.version, **more})
