"""Who logged the cases that were there before: whoever their first event names."""

from django.db import migrations

FILL = """
    UPDATE cases_case SET logged_by_id = event.by_id FROM cases_caseevent event
    WHERE event.case_id = cases_case.id AND event.seq = 1 AND event.kind = 'report' AND event.by_id IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_who_logged_and_indexes")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
