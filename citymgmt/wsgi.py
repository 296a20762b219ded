"""WSGI entry point for gunicorn."""

import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citymgmt.settings")

logging.captureWarnings(True)  # Python's warnings as lines of the log
application = get_wsgi_application()

from citymgmt.worktime import pulse  # noqa: E402  (its models need the apps)

pulse.start("web")
