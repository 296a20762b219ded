import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("outbox", "0001_initial"), ("outbox", "0002_initial"), ("outbox", "0003_digest")]

    initial = True

    dependencies = [
        ("people", "0006_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dedupe_key", models.CharField(max_length=120, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[("in_app", "inbox"), ("email", "e-mail")], max_length=10, verbose_name="channel"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("params", models.JSONField(default=dict)),
                ("link", models.CharField(blank=True, max_length=200)),
                ("is_urgent", models.BooleanField(default=False, verbose_name="urgent")),
                ("created_at", models.DateTimeField(verbose_name="created")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("delivered", "delivered"),
                            ("dead", "given up"),
                            ("read_first", "left out: read in the inbox first"),
                            ("unwanted", "left out: not wanted any more"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered at")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="read at")),
                ("batch", models.CharField(blank=True, default="", max_length=40)),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="error")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["next_at"], name="message_waiting"),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["recipient", "next_at"],
                        name="message_of_person",
                    ),
                    models.Index(
                        condition=models.Q(("channel", "in_app")), fields=["recipient", "-id"], name="message_inbox"
                    ),
                    models.Index(
                        condition=models.Q(("channel", "in_app"), ("read_at", None)),
                        fields=["recipient"],
                        name="message_unread",
                    ),
                    models.Index(condition=models.Q(("state", "dead")), fields=["-id"], name="message_dead"),
                ],
            },
        ),
    ]
