from django.db import migrations, models

import citymgmt.tables

COHORTS = ("reported", "filed", "verified", "dispatched", "returned", "handled", "inspected", "ended", "suspended")


class Migration(migrations.Migration):
    """The cases of a day in the order in which pages show them, so that of a large day a page reads what it shows."""

    dependencies = [("statistics", "0009_judged")]

    operations = [
        citymgmt.tables.Together(
            [migrations.RemoveIndex(model_name="casefact", name=f"fact_{cohort}") for cohort in COHORTS]
            + [
                migrations.AddIndex(
                    model_name="casefact",
                    index=models.Index(
                        fields=["subdistrict_id", f"{cohort}_on", "case"],
                        condition=models.Q(**{f"{cohort}_on__isnull": False}),
                        name=f"fact_{cohort}",
                    ),
                )
                for cohort in COHORTS
            ]
        ),
    ]
