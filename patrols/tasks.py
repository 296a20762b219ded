"""Celery entry points of patrols. They only ring: what is due is found in PostgreSQL."""

from celery import shared_task

from citymgmt.database_clock import database_now
from patrols.sites.actions import tell_of_permits
from patrols.stations.actions import plan_checks
from patrols.teams.actions import tell_of_certificates


@shared_task(name="teams.certificates")
def tell_of_expiring_certificates() -> None:
    """Tell of certificates that expire soon or have expired."""
    tell_of_certificates(at=database_now())


@shared_task(name="stations.plan")
def plan_checks_of_today() -> None:
    """Plan the checks of stations for today."""
    plan_checks(at=database_now())


@shared_task(name="sites.permits")
def tell_of_expiring_permits() -> None:
    """Tell of permits of construction sites that expire soon or have expired."""
    tell_of_permits(at=database_now())
