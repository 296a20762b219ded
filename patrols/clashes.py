"""Somebody else was faster: the constraints of the database that say so, in words. Any other error of it goes on."""

from contextlib import AbstractContextManager

from django.utils.translation import gettext as _

from citymgmt.refusals import WrongState, refusing


def planned_by_another(*constraints: str) -> AbstractContextManager[None]:
    """Where somebody can be in one place only at a time. Raises: WrongState."""
    return refusing(
        WrongState(_("Somebody has just planned something else at that time. Load the page again.")), *constraints
    )


def entered_by_another(*constraints: str) -> AbstractContextManager[None]:
    """Where the same is kept once. Raises: WrongState."""
    return refusing(WrongState(_("Somebody has just entered the same. Load the page again.")), *constraints)
