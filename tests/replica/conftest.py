"""A portal that reads its figures from a real standby."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connections

from citymgmt.health import figures, views
from citymgmt.people.models import User
from citymgmt.replica.condition import remembered
from citymgmt.settings import replica_database
from tests.office import District
from tests.replica.standby import Standby

# One dict for all standbys of this process: each thread that has asked one keeps it, and looks there for the next one's
SETTINGS_OF_REPLICA: dict[str, Any] = {}


@pytest.fixture(scope="module")
def standing_by(django_db_setup: None, django_db_blocker: Any) -> Iterator[Standby]:
    """A standby that follows the tests' server."""
    with django_db_blocker.unblock():
        standby = Standby(Path(tempfile.mkdtemp(prefix="citymgmt-copy-")))
        try:
            standby.copy()
            standby.start()
            yield standby
        finally:
            standby.remove()


@pytest.fixture
def standby(committed: District, standing_by: Standby, settings: LazySettings) -> Iterator[Standby]:
    """The portal's settings as with REPLICA_URL; the standby has the district, and nothing is remembered of it."""
    User.objects.update(language="en")
    settings.REPLICA_URL, settings.REPLICA_MOST_LAG_SECONDS = "postgres://standby", 30.0
    settings.DATABASE_ROUTERS = ["citymgmt.replica.routing.Router"]
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "citymgmt.replica.doors.read_own_writes"]
    primary = connections.settings["default"]
    there = {"HOST": str(standing_by.directory), "NAME": primary["NAME"]}
    SETTINGS_OF_REPLICA.update(replica_database(primary, there))
    connections.settings["replica"] = SETTINGS_OF_REPLICA
    if not standing_by.child or not standing_by.child.is_alive():
        standing_by.start()
    standing_by.follow()
    for asked in (remembered, figures.shared_replica, views.ready):
        asked.forget()
    yield standing_by
    connections["replica"].close()
    del connections["replica"], connections.settings["replica"]
    remembered.forget()
