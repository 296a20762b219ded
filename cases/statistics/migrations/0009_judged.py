"""What residents were answered and judged is counted. Where cases were counted before, the worker counts them anew."""

from django.db import migrations, models

import citymgmt.tables

NEW = ("from_residents", "responded", "judged", "judged_solved", "rated", "rated_satisfied")
COUNT_ANEW = """
INSERT INTO statistics_ruleschanged (what) SELECT 'statistics_tally' WHERE EXISTS (SELECT FROM statistics_casefact)
"""
FORGET = f"""
UPDATE statistics_casefact
SET measures = ARRAY (SELECT code FROM unnest(measures) AS code WHERE code NOT IN {NEW})
WHERE measures && ARRAY['judged', 'from_residents']::varchar[]
"""


class Migration(migrations.Migration):
    dependencies = [
        ("statistics", "0008_begin"),
    ]

    operations = [
        citymgmt.tables.Together(
            [
                migrations.AddField(
                    model_name="tally",
                    name="from_residents",
                    field=models.IntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="tally",
                    name="responded",
                    field=models.IntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="tally",
                    name="judged",
                    field=models.IntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="tally",
                    name="judged_solved",
                    field=models.IntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="tally",
                    name="rated",
                    field=models.IntegerField(default=0),
                ),
                migrations.AddField(
                    model_name="tally",
                    name="rated_satisfied",
                    field=models.IntegerField(default=0),
                ),
                migrations.AlterField(
                    model_name="formulapart",
                    name="indicator",
                    field=models.CharField(
                        choices=[
                            ("valid_report_rate", "Valid report rate"),
                            ("filing_rate", "Filing rate"),
                            ("open_rate", "Open rate"),
                            ("filing_on_time_rate", "On-time filing rate"),
                            ("correct_filing_rate", "Correct filing rate"),
                            ("verifying_on_time_rate", "On-time verification rate"),
                            ("dispatch_on_time_rate", "On-time dispatch rate"),
                            ("correct_dispatch_rate", "Correct dispatch rate"),
                            ("handling_rate", "Handling rate"),
                            ("handling_on_time_rate", "On-time handling rate"),
                            ("overdue_unhandled_rate", "Overdue unhandled rate"),
                            ("overdue_multiple", "Overdue multiple"),
                            ("extension_rate", "Extension rate"),
                            ("rework_rate", "Rework rate"),
                            ("closing_rate", "Closing rate"),
                            ("closing_on_time_rate", "On-time closing rate"),
                            ("closing_late_rate", "Late closing rate"),
                            ("inspection_on_time_rate", "On-time inspection rate"),
                            ("recurrence_rate_7", "Recurrence rate, 7 days"),
                            ("recurrence_rate_30", "Recurrence rate, 30 days"),
                            ("response_rate", "Response rate"),
                            ("solved_rate", "Solved rate"),
                            ("satisfaction_rate", "Satisfaction rate"),
                        ],
                        max_length=30,
                        verbose_name="indicator",
                    ),
                ),
            ]
        ),
        migrations.RunSQL(COUNT_ANEW, FORGET),
    ]
