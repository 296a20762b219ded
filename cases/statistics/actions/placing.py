"""Keep where cases lie, and have those counted anew whose recurrence that may change."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from cases.models import Case
from cases.statistics import place_sql
from cases.statistics.models import Place
from cases.statistics.recurrence import cell_of
from cases.workflow import ENDED


def note_places(cases: Iterable[Case], ids: Sequence[int], disorders: Mapping[int, int]) -> None:
    """Make the places of these cases anew; `ids` names them and those that are not there any more.

    Where one comes, goes or moves, closed cases near it are named as stale: they may have recurred, or not any more.
    """
    wanted = places_of(cases, disorders)
    kept = Place.objects.in_bulk(ids)
    changed = [pk for pk in ids if _told(kept.get(pk)) != _told(wanted.get(pk))]
    if not changed:
        return
    _mark_followed(changed)
    Place.objects.filter(pk__in=changed).delete()
    Place.objects.bulk_create([wanted[pk] for pk in changed if pk in wanted])
    _mark_followed(changed)


def renew_places(cases: Iterable[Case], disorders: Mapping[int, int]) -> None:
    """Add the places of cases of which none is kept; for a rebuilding, which counts all anyway."""
    Place.objects.bulk_create(places_of(cases, disorders).values())


def places_of(cases: Iterable[Case], disorders: Mapping[int, int]) -> dict[int, Place]:
    """Where each case lies, by its id: those with a point or key place and a disorder that stand as reports."""
    found = (_place(case, disorders.get(case.category_id or 0)) for case in cases)
    return {place.pk: place for place in found if place is not None}


def _place(case: Case, disorder_id: int | None) -> Place | None:
    has_point = case.longitude is not None and case.latitude is not None
    if disorder_id is None or case.state in REPEATED_OR_NONE or not (has_point or case.key_place_id):
        return None
    point = (float(case.longitude or 0), float(case.latitude or 0)) if has_point else None
    return Place(
        case_id=case.pk,
        subdistrict_id=case.subdistrict_id,
        disorder_id=disorder_id,
        key_place_id=case.key_place_id,
        longitude=point[0] if point else None,
        latitude=point[1] if point else None,
        cell=cell_of(*point) if point else None,
        reported_at=case.created_at,
    )


REPEATED_OR_NONE = ENDED - {"closed"}  # merged, void, declined, not filed: no new matter


def _told(place: Place | None) -> tuple[object, ...] | None:
    return tuple(getattr(place, field.attname) for field in Place._meta.concrete_fields) if place else None


def _mark_followed(ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(place_sql.MARK_FOLLOWED, [list(ids)])
