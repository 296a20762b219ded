"""The portal's own settings with a beat that rings each second, for real workers on the test database."""

from citymgmt.settings import *  # noqa: F403
from citymgmt.settings import CELERY_BEAT_SCHEDULE

CELERY_BEAT_SCHEDULE = {
    name: {**entry, "schedule": 1.0, "options": {"expires": 5}} for name, entry in CELERY_BEAT_SCHEDULE.items()
}
