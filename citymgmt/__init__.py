"""The ground of the portal: settings and what every app stands on.

It owns no rule of city management; see the README for the map of the rooms.
"""

from citymgmt.celery import app as celery_app

__version__ = "0.1.0"  # as in pyproject.toml
__all__ = ["__version__", "celery_app"]
