"""SQL of recurrence: what is near a place, which closed case recurred when, and which are to be counted anew."""

from cases.statistics.recurrence import LATER, NEAR_M, cells_around
from citymgmt.coordinates import EARTH_RADIUS_M

_CELLS = ", ".join(f"one.cell + ({offset})" for offset in cells_around(0))
_METRES = (
    f"2 * {EARTH_RADIUS_M} * asin(least(1, sqrt(sin(radians(near.latitude - one.latitude) / 2) ^ 2"
    " + cos(radians(one.latitude)) * cos(radians(near.latitude))"
    " * sin(radians(near.longitude - one.longitude) / 2) ^ 2)))"
)
_ALIKE = (
    "near.subdistrict_id = one.subdistrict_id AND near.disorder_id = one.disorder_id AND near.case_id <> one.case_id"
)
_WITHIN = f"interval '{LATER.days} days'"


def _near(also: str) -> str:
    """The places of the same disorder near that of `one`; `also` bounds them in time."""
    return (
        "LATERAL ("
        f"SELECT near.case_id, near.reported_at FROM statistics_place AS near WHERE {_ALIKE} AND {also}"
        " AND near.key_place_id = one.key_place_id"
        f" UNION SELECT near.case_id, near.reported_at FROM statistics_place AS near WHERE {_ALIKE} AND {also}"
        f" AND near.cell = ANY (ARRAY[{_CELLS}]) AND {_METRES} <= {NEAR_M}"
        ") AS found"
    )


FIRST_RECURRENCES = (
    "SELECT one.case_id, min(found.reported_at) - min(ended.closed_at) FROM statistics_place AS one"
    " JOIN cases_case AS ended ON ended.id = one.case_id AND ended.state = 'closed' CROSS JOIN "
    + _near(f"near.reported_at > ended.closed_at AND near.reported_at <= ended.closed_at + {_WITHIN}")
    + " WHERE one.case_id = ANY (%s) GROUP BY one.case_id"
)
MARK_FOLLOWED = (
    "INSERT INTO statistics_stale (case_id) SELECT DISTINCT found.case_id FROM statistics_place AS one CROSS JOIN "
    + _near("near.reported_at < one.reported_at")
    + " JOIN cases_case AS ended ON ended.id = found.case_id AND ended.state = 'closed'"
    f" AND ended.closed_at < one.reported_at AND ended.closed_at >= one.reported_at - {_WITHIN}"
    " WHERE one.case_id = ANY (%s)"
)
