"""WSGI entry point for gunicorn."""

import logging
import os

from django.core.wsgi import get_wsgi_application

from citymgmt.collecting import spare_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citymgmt.settings")
if os.environ.get("SERVER_SOFTWARE", "").startswith("gunicorn"):  # its master sets it
    logging.captureWarnings(True)  # Python's warnings as lines of the log

application = get_wsgi_application()

spare_what_is_loaded()
