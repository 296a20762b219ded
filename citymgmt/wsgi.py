"""WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citymgmt.settings")

application = get_wsgi_application()

from citymgmt.worktime import pulse  # noqa: E402  (its models need the apps)

pulse.start("web")
