"""SQL of the statistics: the triggers that name what changed, and the statements that sum facts into tallies.

A tally is changed by what is added and taken away, never read and written back, so that its sums stay exact whoever
counts; who counts holds one lock (`actions`), so that each fact is taken away as it was added.
"""

from cases.statistics.measures import ALWAYS, COHORTS, MEASURES, STANDING

TRIGGERS = """
CREATE FUNCTION statistics_mark_stale() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    INSERT INTO statistics_stale (case_id) SELECT id FROM changed;
    RETURN NULL;
END $$;
CREATE TRIGGER statistics_new AFTER INSERT ON cases_case REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION statistics_mark_stale();
CREATE TRIGGER statistics_changed AFTER UPDATE ON cases_case REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION statistics_mark_stale();
"""
DROP = """
DROP TRIGGER IF EXISTS statistics_new ON cases_case;
DROP TRIGGER IF EXISTS statistics_changed ON cases_case;
DROP FUNCTION statistics_mark_stale();
"""

WAITS = (
    "SELECT EXISTS (SELECT FROM statistics_stale) OR EXISTS ("
    "SELECT FROM cases_case AS late, statistics_counteduntil AS until"
    " WHERE late.state = ANY (%(running)s) AND late.due_at < %(at)s AND late.due_at >= until.as_of"
    " AND (late.due_at, late.id) > (until.as_of, until.case_id))"
)
AMOUNTS = {"extensions": "extensions", "reworks": "reworks"}  # measures that count a column, not cases
_KEYS = (
    "(VALUES ('all', ''), ('community', fact.community_id::text), ('disorder', fact.disorder_id::text),"
    " ('category', fact.category_id::text),"
    " ('officer', fact.officer_id::text), ('team', fact.team_id::text), ('source', fact.source),"
    " ('department', fact.department_id::text)) AS keyed(dimension, key)"
)
_DAYS = ", ".join(f"('{code}', fact.{code}_on)" for code in COHORTS) + f", ('{STANDING}', DATE '{ALWAYS.isoformat()}')"


def _sum_of(code: str) -> str:
    amount = f"one.{AMOUNTS[code]}" if code in AMOUNTS else "1"
    return (
        f"coalesce(sum({amount}) FILTER (WHERE one.cohort = '{MEASURES[code].cohort}'"
        f" AND '{code}' = ANY (one.measures)), 0) AS {code}"
    )


SUMS = ", ".join(map(_sum_of, MEASURES))
COLUMNS = ", ".join(MEASURES)


def sums_by_day(facts: str) -> str:
    """A query of the sums of facts by sub-district, dimension, day and key; `facts` is a table or `(SELECT …)`."""
    return (
        f"SELECT one.subdistrict_id, one.dimension, one.key, one.on_day, {SUMS} FROM ("
        " SELECT fact.*, keyed.dimension, keyed.key, dated.cohort, dated.on_day"
        f" FROM {facts} AS fact"
        f" CROSS JOIN LATERAL {_KEYS}"
        f" CROSS JOIN LATERAL (VALUES {_DAYS}) AS dated(cohort, on_day)"
        " WHERE keyed.key IS NOT NULL AND dated.on_day IS NOT NULL"
        ") AS one GROUP BY 1, 2, 3, 4"
    )


def add_statement(sign: str) -> str:
    """INSERT … of what the facts of some cases count, added ("+") to the tallies or taken away ("-")."""
    changed = ", ".join(f"{code} = statistics_tally.{code} + excluded.{code}" for code in MEASURES)
    signed = ", ".join(f"{sign}{code}" for code in MEASURES)
    facts = "(SELECT * FROM statistics_casefact WHERE case_id = ANY (%s::bigint[]))"
    return (
        f'INSERT INTO statistics_tally (subdistrict_id, dimension, key, "on", {COLUMNS})'
        f" SELECT subdistrict_id, dimension, key, on_day, {signed} FROM ({sums_by_day(facts)}) AS summed"
        f' ON CONFLICT (subdistrict_id, dimension, "on", key) DO UPDATE SET {changed}'
    )


FILL_TALLIES = (
    f'INSERT INTO statistics_tally (subdistrict_id, dimension, key, "on", {COLUMNS})'
    f" SELECT * FROM ({sums_by_day('statistics_casefact')}) AS summed"
)
COUNTING_IN_PERIOD = (  # what counts in any cohort on a day of a period
    "subdistrict_id = %(subdistrict)s AND ("
    + " OR ".join(f"{code}_on BETWEEN %(starts)s AND %(ends)s" for code in COHORTS)
    + ")"
)
OF_PERIODS = [code for code, measure in MEASURES.items() if measure.cohort != STANDING]
_SUMMED = ", ".join(f"sum({code})::int" for code in OF_PERIODS)
SUMS_IN_PERIOD = (  # by dimension and key, over the days of a period
    f"SELECT dimension, key, {_SUMMED} FROM ("
    f"{sums_by_day(f'(SELECT * FROM statistics_casefact WHERE {COUNTING_IN_PERIOD})')}) AS summed"
    " WHERE on_day BETWEEN %(starts)s AND %(ends)s GROUP BY 1, 2"
)
WRONG_TALLIES = (
    "SELECT coalesce(kept.subdistrict_id, truth.subdistrict_id), coalesce(kept.dimension, truth.dimension),"
    ' coalesce(kept.key, truth.key), coalesce(kept."on", truth.on_day)'
    f" FROM statistics_tally AS kept FULL JOIN ({sums_by_day('statistics_casefact')}) AS truth"
    ' ON (kept.subdistrict_id, kept.dimension, kept.key, kept."on")'
    " = (truth.subdistrict_id, truth.dimension, truth.key, truth.on_day)"
    f" WHERE ({', '.join(f'coalesce(kept.{code}, 0)' for code in MEASURES)})"
    f" IS DISTINCT FROM ({', '.join(f'coalesce(truth.{code}, 0)' for code in MEASURES)}) LIMIT 100"
)
