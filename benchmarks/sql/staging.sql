-- What the portal wrote beyond what was there before, by batch of the sweep, lying ready in ordinary tables.
CREATE TABLE due AS
    SELECT id AS case_id, (row_number() OVER (ORDER BY next_check_at, id) - 1) / 500 AS turn
    FROM cases_case WHERE next_check_at <= '2026-09-16T10:00:00+08:00';
ALTER TABLE due ADD PRIMARY KEY (case_id);

CREATE TABLE given_case AS
    SELECT due.turn, staged.* FROM staged_cases_case AS staged JOIN due ON due.case_id = staged.id
    ORDER BY due.turn, staged.id;
CREATE TABLE given_caseevent AS
    SELECT due.turn, staged.* FROM staged_cases_caseevent AS staged JOIN due USING (case_id)
    WHERE NOT EXISTS (SELECT FROM cases_caseevent AS old WHERE old.id = staged.id)
    ORDER BY due.turn, staged.id;
CREATE TABLE given_escalation AS
    SELECT due.turn, staged.* FROM staged_cases_escalation AS staged JOIN due USING (case_id)
    WHERE NOT EXISTS (SELECT FROM cases_escalation AS old WHERE old.id = staged.id)
    ORDER BY due.turn, staged.id;
CREATE TABLE given_message AS
    SELECT due.turn, staged.* FROM staged_outbox_message AS staged
    JOIN due ON due.case_id = split_part(staged.dedupe_key, '.', 2)::bigint
    WHERE NOT EXISTS (SELECT FROM outbox_message AS old WHERE old.id = staged.id)
    ORDER BY due.turn, staged.id;

CREATE INDEX ON given_case (turn);
CREATE INDEX ON given_caseevent (turn);
CREATE INDEX ON given_escalation (turn);
CREATE INDEX ON given_message (turn);
DROP TABLE staged_cases_case, staged_cases_caseevent, staged_cases_escalation, staged_outbox_message;
