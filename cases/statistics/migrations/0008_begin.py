"""The triggers that name what changed, the shipped limits and the shipped score."""

from decimal import Decimal

from django.db import migrations

from cases.statistics.sql import DROP, DROP_RULE_TRIGGERS, RULE_TRIGGERS, TRIGGERS

# Source: domain.md 3.6 (Yuncheng: accept 15 min and file, dispatch 15 min, verify and inspect 30 min)
MINUTES = {"filing": 30, "dispatching": 15, "verifying": 30, "inspecting": 30}
# Source: domain.md 4.3, Jinniu district of Chengdu, 100 points
JINNIU = {
    "handling_rate": 30,
    "handling_on_time_rate": 20,
    "rework_rate": 20,
    "overdue_unhandled_rate": 20,
    "extension_rate": 10,
}


def begin(apps, schema_editor):
    apps.get_model("statistics", "CountedUntil").objects.create(pk=1, as_of="2000-01-01T00:00:00+08:00")
    limits = apps.get_model("statistics", "StageLimit").objects
    for stage, minutes in MINUTES.items():
        limits.create(stage=stage, minutes=minutes)
    formula = apps.get_model("statistics", "Formula").objects.create(
        code="jinniu",
        name_zh="数字城管综合评分(金牛)",
        name_en="Digital city management score (Jinniu)",
        source="S26",
        is_default=True,
    )
    for indicator, points in JINNIU.items():
        formula.parts.create(indicator=indicator, points=Decimal(points))


def end(apps, schema_editor):
    for name in ("CountedUntil", "StageLimit", "FormulaPart", "Formula"):
        apps.get_model("statistics", name).objects.all().delete()


class Migration(migrations.Migration):
    replaces = [("statistics", name) for name in ("0004_standing_indexes", "0005_rules_changed", "0006_bulletins")]
    dependencies = [("statistics", "0007_tables"), ("cases", "0014_tables"), ("worktime", "0005_tables")]

    operations = [
        migrations.RunSQL(TRIGGERS, DROP),
        migrations.RunPython(begin, end),
        migrations.RunSQL(RULE_TRIGGERS, DROP_RULE_TRIGGERS),
    ]
