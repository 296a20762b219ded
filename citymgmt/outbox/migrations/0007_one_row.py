"""A message to a person is one row: what stood in the inbox and its mail were two."""

from django.db import migrations, models

import citymgmt.tables

OF_PERSON = "recipient_id IS NOT NULL"
ONE = rf"""
    UPDATE outbox_message AS kept
    SET channel = mail.channel, state = mail.state, attempt = mail.attempt, next_at = mail.next_at,
        lease_until = mail.lease_until, delivered_at = mail.delivered_at, batch = mail.batch, error = mail.error
    FROM outbox_message AS mail
    WHERE mail.{OF_PERSON} AND mail.channel = 'email' AND kept.channel = 'in_app'
      AND kept.dedupe_key = regexp_replace(mail.dedupe_key, '\.email\.(\d+)$', '.in_app.\1');
    DELETE FROM outbox_message AS mail USING outbox_message AS kept
    WHERE mail.{OF_PERSON} AND mail.dedupe_key ~ '\.email\.\d+$'
      AND kept.dedupe_key = regexp_replace(mail.dedupe_key, '\.email\.(\d+)$', '.in_app.\1');
    UPDATE outbox_message SET dedupe_key = regexp_replace(dedupe_key, '\.(in_app|email)\.(\d+)$', '.\2')
    WHERE {OF_PERSON};
"""
TWO = rf"""
    UPDATE outbox_message SET dedupe_key = regexp_replace(dedupe_key, '\.(\d+)$', '.in_app.\1') WHERE {OF_PERSON};
    INSERT INTO outbox_message (
        dedupe_key, channel, recipient_id, addressee, kind, params, link, is_urgent, created_at,
        state, attempt, next_at, lease_until, delivered_at, batch, error
    )
    SELECT regexp_replace(dedupe_key, '\.in_app\.(\d+)$', '.email.\1'), channel, recipient_id, addressee, kind, params,
        link, is_urgent, created_at, state, attempt, next_at, lease_until, delivered_at, batch, error
    FROM outbox_message WHERE {OF_PERSON} AND channel = 'email' ORDER BY id;
    UPDATE outbox_message
    SET channel = 'in_app', state = 'delivered', attempt = 0, next_at = NULL, lease_until = NULL,
        delivered_at = created_at, batch = '', error = ''
    WHERE {OF_PERSON} AND dedupe_key ~ '\.in_app\.\d+$';
"""


class Migration(migrations.Migration):
    dependencies = [("outbox", "0006_indexes")]

    operations = [
        migrations.RunSQL(ONE, TWO),
        citymgmt.tables.Together(
            [
                migrations.RemoveIndex(model_name="message", name="message_inbox"),
                migrations.RemoveIndex(model_name="message", name="message_unread"),
                migrations.RemoveIndex(model_name="message", name="message_leaving"),
                migrations.AddIndex(
                    model_name="message",
                    index=models.Index(
                        condition=models.Q(("recipient__isnull", False)),
                        fields=["recipient", "-id"],
                        name="message_inbox",
                    ),
                ),
                migrations.AddIndex(
                    model_name="message",
                    index=models.Index(
                        condition=models.Q(("read_at", None), ("recipient__isnull", False)),
                        fields=["recipient"],
                        name="message_unread",
                    ),
                ),
            ]
        ),
    ]
