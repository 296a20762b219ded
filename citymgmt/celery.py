"""The Celery application: the bell. What is due is always found in PostgreSQL, never in a message."""

import os

from celery import Celery

import citymgmt.fsbroker  # noqa: F401  (makes the embedded transport known before the app is made)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citymgmt.settings")

app = Celery("citymgmt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
