"""What people keep of the list of cases: named views, and the columns they look at."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.columns import COLUMNS
from cases.models import SavedView
from citymgmt.people.models import User
from citymgmt.people.permissions import require, require_role
from citymgmt.refusals import Invalid, NotFound

MOST_VIEWS = 50


def save_view(
    *, by: User, at: datetime, name: str, query: str, columns: Sequence[str], is_shared: bool = False
) -> SavedView:
    """Keep a query string of the list under a name; one's own view of that name is written over.

    Raises: NotPermitted (sharing is the office's), Invalid.
    """
    require_role(by, "view.share" if is_shared else "view.edit")
    name = name.strip()
    if not name:
        raise Invalid(fields={"name": _("Give it a name.")})
    with transaction.atomic():
        _hold(by)
        kept = SavedView.objects.filter(owner=by).exclude(name="")
        if not kept.filter(name=name).exists() and kept.count() >= MOST_VIEWS:
            raise Invalid(_("You have %(count)s saved views. Remove one first.") % {"count": MOST_VIEWS})
        return _write(by, at, name, query, columns, is_shared)


def choose_columns(*, by: User, at: datetime, columns: Sequence[str]) -> SavedView:
    """Keep the columns in which the person looks at the list. Raises: NotPermitted, Invalid."""
    require_role(by, "view.edit")
    with transaction.atomic():
        _hold(by)
        return _write(by, at, "", "", columns, False)


def delete_view(*, by: User, at: datetime, pk: int) -> None:
    """Remove one's own saved view. Raises: NotFound, NotPermitted (a colleague's)."""
    view = SavedView.objects.filter(pk=pk).exclude(name="").first() if 0 < pk < 2**63 else None
    if view is None:
        raise NotFound
    require(by, "view.edit", view, on=timezone.localdate(at))
    view.delete()


def _hold(by: User) -> None:
    """One at a time for a person, so that the most is the most."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)


def _write(by: User, at: datetime, name: str, query: str, columns: Sequence[str], is_shared: bool) -> SavedView:
    unknown = [key for key in columns if key not in COLUMNS]
    if unknown or len(set(columns)) != len(columns):
        raise Invalid(fields={"columns": _("Such a column does not exist.")})
    place = by.subdistrict_id if is_shared else None
    told = {"query": query, "columns": list(columns), "is_shared": is_shared, "subdistrict_id": place, "created_at": at}
    return SavedView.objects.update_or_create(owner=by, name=name, defaults=told)[0]
