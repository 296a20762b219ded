"""The ground of the portal: settings and what every app stands on.

It owns no rule of city management; see the README for the map of the rooms.
"""

from citymgmt.celery import app as celery_app

__all__ = ["celery_app"]
