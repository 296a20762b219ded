"""Named questions about regulations."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from citymgmt.people.models import User
from citymgmt.people.permissions import permits, visible_to
from citymgmt.refusals import NotFound
from citymgmt.written import folded
from communities.models import Regulation, RegulationFile

KEEP, SHARE, MOST_WORDS, MOST_ID = "regulation.keep", "regulation.share", 8, 2**63 - 1


def keeps(regulation: Regulation) -> str:
    """The row of the permission table by which a regulation is kept."""
    return SHARE if regulation.is_shared else KEEP


def may_keep(user: User, regulation: Regulation, on: date) -> bool:
    """Whether a person keeps this one."""
    return permits(user, keeps(regulation), regulation, on=on)


def in_force(on: date) -> Q:
    """Regulations that hold on a day."""
    return Q(effective_on__lte=on) & (Q(abolished_on=None) | Q(abolished_on__gt=on))


def regulations_seen(user: User, on: date) -> QuerySet[Regulation]:
    """The regulations within a person's reach, without their texts; by title, the latest first."""
    rows = visible_to(user, Regulation.objects.select_related("replaced_by"), on=on)
    texts = ("words", "folded", "replaced_by__words", "replaced_by__folded")
    return rows.defer(*texts).order_by("title", "-effective_on", "pk")


def holding(words: str) -> Q:
    """Regulations that hold each of these words, Chinese or not, in title, number, issuer or text."""
    found = Q()
    for word in folded(words).split()[:MOST_WORDS]:
        found &= Q(folded__contains=word)
    return found


def visible_regulation(user: User, pk: int, on: date) -> Regulation:
    """Raises: NotFound."""
    return _one_of(visible_to(user, Regulation.objects.select_related("replaced_by", "subdistrict"), on=on), pk)


def visible_file(user: User, pk: int, on: date) -> RegulationFile:
    """Raises: NotFound."""
    seen = visible_to(user, Regulation.objects.all(), on=on)
    row = RegulationFile.objects.filter(pk=min(pk, MOST_ID), regulation__in=seen).select_related("regulation").first()
    if row is None:
        raise NotFound
    return row


def locked_regulations(pks: Iterable[int]) -> dict[int, Regulation]:
    """The rows of these ids, locked until the transaction ends, the lower ids first. Raises: NotFound."""
    wanted = {pk for pk in pks if 0 < pk <= MOST_ID}
    rows = Regulation.objects.filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",), no_key=True)
    found = {row.pk: row for row in rows}
    if len(found) != len(set(pks)):
        raise NotFound
    return found


def later_ones(user: User, regulation: Regulation, on: date) -> QuerySet[Regulation]:
    """The regulations that can replace one: they took effect later, and everybody who sees it sees them."""
    rows = regulations_seen(user, on).filter(effective_on__gt=regulation.effective_on).exclude(pk=regulation.pk)
    return rows.filter(Q(subdistrict=None) | Q(subdistrict_id=regulation.subdistrict_id or 0))


def _one_of(rows: QuerySet[Regulation], pk: int) -> Regulation:
    row = rows.filter(pk=pk).first() if 0 < pk <= MOST_ID else None
    if row is None:
        raise NotFound
    return row
