-- One batch of 500 cases: the baseline. A table in braces stands for the names of all its columns.
INSERT INTO cases_caseevent ({cases_caseevent})
    SELECT {cases_caseevent} FROM given_caseevent WHERE turn = %(batch)s ORDER BY id;
INSERT INTO cases_escalation ({cases_escalation})
    SELECT {cases_escalation} FROM given_escalation WHERE turn = %(batch)s ORDER BY id;
UPDATE cases_case AS kept SET
    state = given.state, version = given.version, rung = given.rung, rung_at = given.rung_at,
    ladder_code = given.ladder_code, was_escalated = given.was_escalated, urge_count = given.urge_count,
    next_check_at = given.next_check_at
    FROM given_case AS given WHERE given.turn = %(batch)s AND kept.id = given.id;
INSERT INTO outbox_message ({outbox_message})
    SELECT {outbox_message} FROM given_message WHERE turn = %(batch)s ORDER BY id;
