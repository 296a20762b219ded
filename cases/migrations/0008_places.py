"""Open cases by point, by key place and by address: what a new report may repeat."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_photos"),
        ("communities", "0003_handover_due"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at", None)), fields=["longitude", "latitude"], name="case_open_by_point"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at", None), ("key_place__isnull", False)),
                fields=["key_place"],
                name="case_open_by_key_place",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("address", ""), _negated=True),
                fields=["community", "address"],
                name="case_by_address",
            ),
        ),
    ]
