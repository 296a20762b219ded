"""SQL of the statistics: the triggers that name what changed, and the statements that sum facts into tallies.

Facts and tallies change in one statement: a tally by the difference of what the facts were and are, never read and
written back. Who counts holds one lock (`actions`), so that each fact is taken away as it was added.
"""

from collections.abc import Sequence

from cases import workflow
from cases.statistics.measures import ALWAYS, COHORTS, MEASURES, STANDING

TRIGGERS = """
CREATE FUNCTION statistics_mark_stale() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF coalesce(current_setting('citymgmt.copies', true), '') <> 'on' THEN  -- copies bring their facts with them
        INSERT INTO statistics_stale (case_id) SELECT id FROM changed;
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION statistics_mark_category() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    INSERT INTO statistics_stale (case_id) SELECT id FROM cases_case WHERE category_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER statistics_new AFTER INSERT ON cases_case REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION statistics_mark_stale();
CREATE TRIGGER statistics_changed AFTER UPDATE ON cases_case REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION statistics_mark_stale();
CREATE TRIGGER statistics_moved AFTER UPDATE OF disorder_id ON cases_category FOR EACH ROW
    WHEN (OLD.disorder_id IS DISTINCT FROM NEW.disorder_id) EXECUTE FUNCTION statistics_mark_category();
"""
DROP = """
DROP TRIGGER IF EXISTS statistics_new ON cases_case;
DROP TRIGGER IF EXISTS statistics_changed ON cases_case;
DROP TRIGGER IF EXISTS statistics_moved ON cases_category;
DROP FUNCTION statistics_mark_stale(), statistics_mark_category();
"""

# By which rules a fact is judged: `lives` reads the limits of stages, the days of the calendar and the office hours
RULE_TRIGGERS = """
CREATE FUNCTION statistics_note_rule() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    INSERT INTO statistics_ruleschanged (what) VALUES (TG_TABLE_NAME);
    RETURN NULL;
END $$;
CREATE FUNCTION statistics_note_day() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    INSERT INTO statistics_ruleschanged (what, first_on, last_on)
    VALUES (TG_TABLE_NAME, least(OLD."on", NEW."on"), greatest(OLD."on", NEW."on"));
    RETURN NULL;
END $$;
CREATE TRIGGER statistics_rule AFTER INSERT OR DELETE OR TRUNCATE ON statistics_stagelimit FOR EACH STATEMENT
    EXECUTE FUNCTION statistics_note_rule();
CREATE TRIGGER statistics_rule_differs AFTER UPDATE ON statistics_stagelimit FOR EACH ROW
    WHEN ((OLD.stage, OLD.minutes) IS DISTINCT FROM (NEW.stage, NEW.minutes)) EXECUTE FUNCTION statistics_note_rule();
CREATE TRIGGER statistics_rule AFTER INSERT OR DELETE OR TRUNCATE ON worktime_officeshift FOR EACH STATEMENT
    EXECUTE FUNCTION statistics_note_rule();
CREATE TRIGGER statistics_rule_differs AFTER UPDATE ON worktime_officeshift FOR EACH ROW
    WHEN ((OLD.starts, OLD.ends) IS DISTINCT FROM (NEW.starts, NEW.ends)) EXECUTE FUNCTION statistics_note_rule();
CREATE TRIGGER statistics_rule AFTER TRUNCATE ON worktime_calendarday FOR EACH STATEMENT
    EXECUTE FUNCTION statistics_note_rule();
CREATE TRIGGER statistics_day AFTER INSERT OR DELETE ON worktime_calendarday FOR EACH ROW
    EXECUTE FUNCTION statistics_note_day();
CREATE TRIGGER statistics_day_differs AFTER UPDATE ON worktime_calendarday FOR EACH ROW
    WHEN ((OLD."on", OLD.kind) IS DISTINCT FROM (NEW."on", NEW.kind)) EXECUTE FUNCTION statistics_note_day();
"""
DROP_RULE_TRIGGERS = """
DROP TRIGGER IF EXISTS statistics_rule ON statistics_stagelimit;
DROP TRIGGER IF EXISTS statistics_rule_differs ON statistics_stagelimit;
DROP TRIGGER IF EXISTS statistics_rule ON worktime_officeshift;
DROP TRIGGER IF EXISTS statistics_rule_differs ON worktime_officeshift;
DROP TRIGGER IF EXISTS statistics_rule ON worktime_calendarday;
DROP TRIGGER IF EXISTS statistics_day ON worktime_calendarday;
DROP TRIGGER IF EXISTS statistics_day_differs ON worktime_calendarday;
DROP FUNCTION statistics_note_rule(), statistics_note_day();
"""
# Whether a change of the rules waits, and of the counting anew how many cases are done and how many there are
ANEW = (
    "EXISTS (SELECT FROM statistics_ruleschanged), (SELECT done FROM statistics_countinganew),"
    " (SELECT total FROM statistics_countinganew)"
)

# Asked office by office, so that the index of what runs, by office and deadline, leads to the first that is late
LATE = """
    FROM people_subdistrict AS office
    CROSS JOIN (SELECT as_of, case_id FROM statistics_counteduntil WHERE id = 1) AS until
    CROSS JOIN LATERAL (
        SELECT due_at FROM cases_case
        WHERE subdistrict_id = office.id AND state IN ({running}) AND due_at >= until.as_of AND due_at < {at}
          AND (due_at, cases_case.id) > (until.as_of, until.case_id)
        ORDER BY due_at, cases_case.id LIMIT {most}
    ) AS late
"""
RUNNING = ", ".join(f"'{state}'" for state in sorted(workflow.RUNNING))
WAITS = (
    "SELECT EXISTS (SELECT FROM statistics_stale) OR EXISTS (SELECT"
    f" {LATE.format(running=RUNNING, at='%(at)s', most=1)}), {ANEW}"
)
AMOUNTS = ("extensions", "extension_hours", "reworks", "overdue_percent")  # measures that count their column, not cases
_KEYS = {
    "all": "''",
    "community": "community_id::text",
    "disorder": "disorder_id::text",
    "category": "category_id::text",
    "officer": "officer_id::text",
    "team": "team_id::text",
    "source": "source",
    "department": "department_id::text",
}
_PAIRS = ", ".join(f"('{name}', {key})" for name, key in _KEYS.items())
_KEYED = f"(VALUES {_PAIRS}) AS keyed(dimension, key)"
PLACES = (
    *("subdistrict_id", "community_id", "disorder_id", "category_id", "officer_id", "team_id", "source"),
    "department_id",
)
COLUMNS = ", ".join(MEASURES)


def sums_by_day(facts: str, codes: Sequence[str] = tuple(MEASURES), sign: str = "1") -> str:
    """A query of the sums of these measures by sub-district, dimension, key and day, where they are not all 0.

    `facts` is a table or a name of WITH; each fact counts `sign` times. What a fact counts is asked once for each
    cohort, before the fact is repeated for each dimension.
    """
    wanted = {MEASURES[code].cohort for code in codes}
    cohorts = " UNION ALL ".join(
        _sums_of_cohort(facts, cohort, codes, sign) for cohort in (*COHORTS, STANDING) if cohort in wanted
    )
    sums = ", ".join(f"sum({code})::int AS {code}" for code in codes)
    return (
        "SELECT * FROM (SELECT subdistrict_id, dimension, key, on_day,"
        f" {sums} FROM ({cohorts}) AS of_cohorts GROUP BY 1, 2, 3, 4) AS summed"
        f" WHERE ({', '.join(codes)}) <> ({', '.join('0' for _code in codes)})"
    )


def _sums_of_cohort(facts: str, cohort: str, codes: Sequence[str], sign: str) -> str:
    own = [code for code in codes if MEASURES[code].cohort == cohort]
    day = f"DATE '{ALWAYS.isoformat()}'" if cohort == STANDING else f"{cohort}_on"
    amounts = ", ".join(f"({sign} * {_amount(code)}) AS {code}" for code in own)
    sums = ", ".join(f"sum({code})::int AS {code}" if code in own else f"0 AS {code}" for code in codes)
    once = f"SELECT {', '.join(PLACES)}, {day} AS on_day, {amounts} FROM {facts} WHERE {day} IS NOT NULL OFFSET 0"
    return (
        f"SELECT subdistrict_id, dimension, key, on_day, {sums} FROM ({once}) AS one"
        f" CROSS JOIN LATERAL {_KEYED} WHERE key IS NOT NULL GROUP BY 1, 2, 3, 4"
    )


def _amount(code: str) -> str:
    amount = code if code in AMOUNTS else "1"
    return f"({amount} * ('{code}' = ANY (measures))::int)"


def change_statement(codes: Sequence[str]) -> str:
    """The facts of some cases (`ids`) become those given (`facts`, JSON); the tallies of these measures, the only ones
    in which the cases count otherwise than before, change by the difference.

    A case without a given fact has none afterwards. Whatever was a moment before is read from the same snapshot.
    """
    renewed = ", ".join(f"{name} = excluded.{name}" for name in FACT_COLUMNS if name != "case_id")
    summed = ", ".join(f"{code} = statistics_tally.{code} + excluded.{code}" for code in codes)
    others = [code for code in MEASURES if code not in codes]
    names = ", ".join(FACT_COLUMNS)
    return (
        "WITH given AS (SELECT * FROM jsonb_populate_recordset(NULL::statistics_casefact, %(facts)s::jsonb)),"
        f" written AS (INSERT INTO statistics_casefact ({names}) SELECT {names} FROM given ORDER BY case_id"
        f" ON CONFLICT (case_id) DO UPDATE SET {renewed}),"
        " gone AS (DELETE FROM statistics_casefact WHERE case_id = ANY (%(ids)s::bigint[])"
        " AND case_id NOT IN (SELECT case_id FROM given)),"
        f" changed AS (SELECT 1 AS sign, {names} FROM given UNION ALL"
        f" SELECT -1, {names} FROM statistics_casefact WHERE case_id = ANY (%(ids)s::bigint[]))"
        f' INSERT INTO statistics_tally (subdistrict_id, dimension, key, "on", {", ".join([*codes, *others])})'
        f" SELECT {', '.join(['changes.*', *('0' for _code in others)])}"
        f" FROM ({sums_by_day('changed', codes, 'sign')}) AS changes"
        f' ON CONFLICT (subdistrict_id, dimension, "on", key) DO UPDATE SET {summed}'
    )


# In the order of the columns of CaseFact, which `actions` hands on
FACT_COLUMNS = (
    *(*PLACES, "is_campaign", *(f"{cohort}_on" for cohort in COHORTS)),
    *("measures", *AMOUNTS, "minutes_to_handle", "case_id"),
)
ADD_FACTS = (
    f"INSERT INTO statistics_casefact ({', '.join(FACT_COLUMNS)}) SELECT {', '.join(FACT_COLUMNS)}"
    " FROM jsonb_populate_recordset(NULL::statistics_casefact, %(facts)s::jsonb)"
)
FILL_TALLIES = (
    f'INSERT INTO statistics_tally (subdistrict_id, dimension, key, "on", {COLUMNS})'
    f" {sums_by_day('statistics_casefact')}"
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
    f" <> ({', '.join(f'coalesce(truth.{code}, 0)' for code in MEASURES)}) LIMIT 100"
)
