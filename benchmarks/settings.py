"""The portal's own settings on the benchmark's server, but for static files, which need no manifest here."""

from citymgmt.settings import *  # noqa: F403
from citymgmt.settings import STORAGES

ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
