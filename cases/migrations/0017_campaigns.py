"""Of which campaign a case is work."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_citations"),
        ("communities", "0012_projects"),
        ("people", "0006_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="campaign",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="communities.project",
                verbose_name="campaign",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("campaign__isnull", False)),
                fields=["campaign", "-created_at", "-id"],
                include=("closed_at",),
                name="case_by_campaign_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("campaign__isnull", True), ("is_campaign", True), _connector="OR"),
                name="case_of_campaign_is_campaign_work",
            ),
        ),
    ]
