"""The portal's own settings for real processes on the test database: a beat that rings each second, and static files by
their plain names, since nobody has collected them.
"""

from citymgmt.settings import *  # noqa: F403
from citymgmt.settings import CELERY_BEAT_SCHEDULE, STORAGES

CELERY_BEAT_SCHEDULE = {
    name: {**entry, "schedule": 1.0, "options": {"expires": 5}} for name, entry in CELERY_BEAT_SCHEDULE.items()
}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
