"""What the actions on construction sites share: lock, permit, name the action for the audit trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pghistory
from django.db import transaction
from django.utils import timezone

from citymgmt.people.models import User
from citymgmt.people.permissions import require
from patrols.sites.models import Site
from patrols.sites.querysets import locked_site


@contextmanager
def working_on(site: int, action: str, *, permission: str, by: User, at: datetime) -> Iterator[Site]:
    """The locked row of a site on which `by` may do this, in a transaction. Raises: NotFound, NotPermitted."""
    with transaction.atomic(), pghistory.context(user=by.pk, action=action):
        found = locked_site(site)
        require(by, permission, found, on=timezone.localdate(at))
        yield found
