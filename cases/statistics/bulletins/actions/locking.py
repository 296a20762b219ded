"""Rows that the actions on bulletins lock, parent before child: the office, then the bulletin."""

from cases.statistics.bulletins.models import Bulletin
from citymgmt.people.models import SubDistrict
from citymgmt.refusals import NotFound, Stale


def hold_office(pk: int) -> SubDistrict:
    """The sub-district, so that of two who draft or issue at once the second sees what the first did."""
    return SubDistrict.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)


def locked_bulletin(pk: int) -> Bulletin:
    """The bulletin of this id, locked until the transaction ends. Raises: NotFound."""
    rows = Bulletin.objects.filter(pk=pk) if 0 < pk < 2**63 else Bulletin.objects.none()
    found = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotFound
    return found


def check_version(bulletin: Bulletin, version: int) -> None:
    """Raises: Stale unless it is the text that the person saw."""
    if bulletin.version != version:
        raise Stale
