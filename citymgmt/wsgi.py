"""WSGI entry point for gunicorn."""

import gc
import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citymgmt.settings")
IS_GUNICORN = os.environ.get("SERVER_SOFTWARE", "").startswith("gunicorn")  # its master sets it
if IS_GUNICORN:
    logging.captureWarnings(True)  # Python's warnings as lines of the log

application = get_wsgi_application()

# What is loaded now stays: the collector need not look at it again and again (a tenth of the time of a page)
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 10, 5)

if IS_GUNICORN:  # a test's own server has no pulse
    from citymgmt.worktime import pulse  # its models need the apps

    pulse.start("web")
