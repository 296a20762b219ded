import uuid

import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import citymgmt.people.models
import citymgmt.tables
import citymgmt.triggers


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_tokens_and_rates"),
        ("people", "0003_notice_choices"),
        ("people", "0004_kept"),
        ("people", "0005_told_of_people"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        citymgmt.tables.CreateTables(
            [
                migrations.CreateModel(
                    name="SubDistrict",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "code",
                            models.CharField(
                                max_length=9,
                                unique=True,
                                validators=[django.core.validators.RegexValidator("^[0-9]{9}\\Z", "Nine digits.")],
                                verbose_name="code",
                            ),
                        ),
                        (
                            "district_code",
                            models.CharField(
                                db_index=True,
                                max_length=6,
                                validators=[django.core.validators.RegexValidator("^[0-9]{6}\\Z", "Six digits.")],
                                verbose_name="district code",
                            ),
                        ),
                        ("district_name", models.CharField(max_length=60, verbose_name="district")),
                    ],
                    options={
                        "verbose_name": "sub-district",
                        "verbose_name_plural": "sub-districts",
                        "ordering": ["code"],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="8efbf09093f87131a3ee6e5285f2fce620185cba",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_3e541",
                                    table="people_subdistrict",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "people_subdistrictevent" ("code", "district_code", "district_name", "id", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."district_code", NEW."district_name", NEW."id", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                                    hash="d10eb9f0a0d0144419e82bbf93dd4de5c3f843c4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_10795",
                                    table="people_subdistrict",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "people_subdistrictevent" ("code", "district_code", "district_name", "id", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."district_code", NEW."district_name", NEW."id", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                                    hash="0301713f077f44629018e1a43de421ae896e6075",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_779b4",
                                    table="people_subdistrict",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "people_subdistrictevent" ("code", "district_code", "district_name", "id", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."district_code", OLD."district_name", OLD."id", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                                    hash="89da4a3e3cc70d6cc754fbde2b2142f17d9eb6f6",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_ca6a3",
                                    table="people_subdistrict",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("office", "sub-district office"),
                                    ("cleaning_team", "cleaning team"),
                                    ("enforcement_team", "enforcement team"),
                                    ("pest_team", "pest-control team"),
                                    ("department", "district department"),
                                    ("enterprise", "utility enterprise"),
                                    ("unit", "specialist unit"),
                                    ("government", "district government"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "key",
                            models.SlugField(
                                help_text="Short code, for example cgj.", max_length=30, verbose_name="key"
                            ),
                        ),
                        ("short_zh", models.CharField(blank=True, max_length=60, verbose_name="short name")),
                        (
                            "district_code",
                            models.CharField(
                                max_length=6,
                                validators=[django.core.validators.RegexValidator("^[0-9]{6}\\Z", "Six digits.")],
                                verbose_name="district code",
                            ),
                        ),
                        (
                            "matters_zh",
                            models.TextField(
                                blank=True, help_text="What this body answers for.", verbose_name="matters"
                            ),
                        ),
                        ("matters_en", models.TextField(blank=True, verbose_name="matters (English)")),
                        (
                            "reply_limit_days",
                            models.PositiveSmallIntegerField(default=5, verbose_name="reply limit in working days"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="people.subdistrict",
                                verbose_name="sub-district",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organisation",
                        "verbose_name_plural": "organisations",
                        "ordering": ["district_code", "key"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("district_code", "key", "subdistrict"),
                                name="organisation_key_unique",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind__in", ["office", "cleaning_team", "enforcement_team", "pest_team"]),
                                        ("subdistrict__isnull", False),
                                    ),
                                    models.Q(
                                        ("kind__in", ["department", "enterprise", "unit", "government"]),
                                        ("subdistrict__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="organisation_kind_fits_place",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="1b249a6ebecaf14fa69a47362d047f01e53f963f",
                                    level="STATEMENT",
                                    operation="INSERT OR UPDATE OR DELETE OR TRUNCATE",
                                    pgid="pgtrigger_tell_version_464d2",
                                    table="people_organisation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "people_organisationevent" ("district_code", "id", "is_active", "key", "kind", "matters_en", "matters_zh", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply_limit_days", "short_zh", "subdistrict_id") VALUES (NEW."district_code", NEW."id", NEW."is_active", NEW."key", NEW."kind", NEW."matters_en", NEW."matters_zh", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reply_limit_days", NEW."short_zh", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="0bc4abc24bfc6250249b3f0f48c6e3c6f9976921",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_d087f",
                                    table="people_organisation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                                    func='INSERT INTO "people_organisationevent" ("district_code", "id", "is_active", "key", "kind", "matters_en", "matters_zh", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply_limit_days", "short_zh", "subdistrict_id") VALUES (NEW."district_code", NEW."id", NEW."is_active", NEW."key", NEW."kind", NEW."matters_en", NEW."matters_zh", NEW."name_en", NEW."name_zh", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reply_limit_days", NEW."short_zh", NEW."subdistrict_id"); RETURN NULL;',
                                    hash="c5fbc33592235f4b393b5bf673fb58999c7d09c7",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_c3fee",
                                    table="people_organisation",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "people_organisationevent" ("district_code", "id", "is_active", "key", "kind", "matters_en", "matters_zh", "name_en", "name_zh", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reply_limit_days", "short_zh", "subdistrict_id") VALUES (OLD."district_code", OLD."id", OLD."is_active", OLD."key", OLD."kind", OLD."matters_en", OLD."matters_zh", OLD."name_en", OLD."name_zh", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reply_limit_days", OLD."short_zh", OLD."subdistrict_id"); RETURN NULL;',
                                    hash="241ed720030192b1c78caf31fdade7f5226a854c",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_637d9",
                                    table="people_organisation",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TableVersion",
                    fields=[
                        ("table", models.CharField(max_length=63, primary_key=True, serialize=False)),
                        ("version", models.UUIDField()),
                    ],
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("clerk", "clerk"),
                                    ("officer", "community officer"),
                                    ("team_leader", "team leader"),
                                    ("team_member", "team member"),
                                    ("leader", "leader"),
                                    ("liaison", "district liaison"),
                                    ("admin", "administrator"),
                                    ("secadmin", "security administrator"),
                                    ("auditor", "auditor"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        ("display_name", models.CharField(blank=True, max_length=60, verbose_name="name")),
                        ("post", models.CharField(blank=True, max_length=60, verbose_name="post")),
                        ("office_phone", models.CharField(blank=True, max_length=30, verbose_name="office phone")),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "中文"), ("en", "English")],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "mail_choice",
                            models.CharField(
                                choices=[
                                    ("none", "no e-mail"),
                                    ("urgent", "urgent matters only"),
                                    ("all", "everything"),
                                ],
                                default="urgent",
                                max_length=10,
                                verbose_name="e-mail",
                            ),
                        ),
                        (
                            "mail_groups",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("work", "new work"),
                                        ("deadlines", "deadlines and urges"),
                                        ("answers", "answers and results"),
                                        ("mentions", "mentions by colleagues"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=citymgmt.people.models.all_groups,
                                size=None,
                                verbose_name="e-mail about",
                            ),
                        ),
                        (
                            "mail_rhythm",
                            models.CharField(
                                choices=[
                                    ("at_once", "at once, each by itself"),
                                    ("hourly", "gathered, every hour"),
                                    ("daily", "gathered, once each working day"),
                                ],
                                default="at_once",
                                max_length=10,
                                verbose_name="rhythm of e-mail",
                            ),
                        ),
                        (
                            "mail_hour",
                            models.PositiveSmallIntegerField(default=9, verbose_name="hour of the gathered e-mail"),
                        ),
                        ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                        ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="people.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="people.subdistrict",
                                verbose_name="sub-district",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "user",
                        "verbose_name_plural": "users",
                        "ordering": ["username"],
                        "indexes": [
                            models.Index(fields=["role", "subdistrict"], name="people_user_role_1dae74_idx"),
                            models.Index(fields=["role", "organisation"], name="people_user_role_73d51e_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "role__in",
                                            [
                                                "admin",
                                                "auditor",
                                                "clerk",
                                                "leader",
                                                "officer",
                                                "secadmin",
                                                "team_leader",
                                                "team_member",
                                            ],
                                        ),
                                        _negated=True,
                                    ),
                                    ("subdistrict__isnull", False),
                                    _connector="OR",
                                ),
                                name="user_role_needs_subdistrict",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role__in", ["liaison", "team_leader", "team_member"]), _negated=True),
                                    ("organisation__isnull", False),
                                    _connector="OR",
                                ),
                                name="user_role_needs_organisation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_superuser", False)), name="user_nobody_is_above_the_table"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mail_hour__range", (0, 23))), name="user_mail_hour_of_a_day"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="tell_version",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='\n            INSERT INTO people_tableversion ("table", version) VALUES (TG_TABLE_NAME, gen_random_uuid())\n            ON CONFLICT ("table") DO UPDATE SET version = excluded.version;\n            RETURN NULL;\n        ',
                                    hash="44c6452bbc1d79f689d96a1d17019a4340f3aa44",
                                    level="STATEMENT",
                                    operation='INSERT OR UPDATE OF "username", "display_name", "role", "subdistrict_id", "organisation_id", "office_phone", "is_active", "password", "is_superuser", "is_staff", "first_name", "last_name", "email", "date_joined", "post", "language", "mail_choice", "mail_groups", "mail_rhythm", "mail_hour", "quiet_from", "quiet_until" OR DELETE OR TRUNCATE',
                                    pgid="pgtrigger_tell_version_62c9a",
                                    table="people_user",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "people_userevent" ("date_joined", "display_name", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "language", "last_name", "mail_choice", "mail_groups", "mail_hour", "mail_rhythm", "office_phone", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "quiet_from", "quiet_until", "role", "subdistrict_id", "username") VALUES (NEW."date_joined", NEW."display_name", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."last_name", NEW."mail_choice", NEW."mail_groups", NEW."mail_hour", NEW."mail_rhythm", NEW."office_phone", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."post", NEW."quiet_from", NEW."quiet_until", NEW."role", NEW."subdistrict_id", NEW."username"); RETURN NULL;',
                                    hash="22e9ea7a03c00e5960a8edb412ff9d86a60f4d99",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_7e9ab",
                                    table="people_user",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."display_name" IS DISTINCT FROM (NEW."display_name") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."mail_choice" IS DISTINCT FROM (NEW."mail_choice") OR OLD."mail_groups" IS DISTINCT FROM (NEW."mail_groups") OR OLD."mail_hour" IS DISTINCT FROM (NEW."mail_hour") OR OLD."mail_rhythm" IS DISTINCT FROM (NEW."mail_rhythm") OR OLD."office_phone" IS DISTINCT FROM (NEW."office_phone") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."post" IS DISTINCT FROM (NEW."post") OR OLD."quiet_from" IS DISTINCT FROM (NEW."quiet_from") OR OLD."quiet_until" IS DISTINCT FROM (NEW."quiet_until") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."subdistrict_id" IS DISTINCT FROM (NEW."subdistrict_id") OR OLD."username" IS DISTINCT FROM (NEW."username"))',
                                    func='INSERT INTO "people_userevent" ("date_joined", "display_name", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "language", "last_name", "mail_choice", "mail_groups", "mail_hour", "mail_rhythm", "office_phone", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "quiet_from", "quiet_until", "role", "subdistrict_id", "username") VALUES (NEW."date_joined", NEW."display_name", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."language", NEW."last_name", NEW."mail_choice", NEW."mail_groups", NEW."mail_hour", NEW."mail_rhythm", NEW."office_phone", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."post", NEW."quiet_from", NEW."quiet_until", NEW."role", NEW."subdistrict_id", NEW."username"); RETURN NULL;',
                                    hash="3bece18df97df1e1cbded2747a0c582c6eb0263c",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_86e64",
                                    table="people_user",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "people_userevent" ("date_joined", "display_name", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "language", "last_name", "mail_choice", "mail_groups", "mail_hour", "mail_rhythm", "office_phone", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post", "quiet_from", "quiet_until", "role", "subdistrict_id", "username") VALUES (OLD."date_joined", OLD."display_name", OLD."email", OLD."first_name", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."language", OLD."last_name", OLD."mail_choice", OLD."mail_groups", OLD."mail_hour", OLD."mail_rhythm", OLD."office_phone", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."post", OLD."quiet_from", OLD."quiet_until", OLD."role", OLD."subdistrict_id", OLD."username"); RETURN NULL;',
                                    hash="e3527d47e9810b2fa191d0aba383c6d2f0452ce6",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_bec80",
                                    table="people_user",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                    managers=[
                        ("objects", citymgmt.people.models.Users()),
                    ],
                ),
                migrations.CreateModel(
                    name="ApiToken",
                    fields=[
                        ("digest", models.CharField(max_length=128, primary_key=True, serialize=False)),
                        ("token_key", models.CharField(db_index=True, max_length=25)),
                        ("created", models.DateTimeField(auto_now_add=True)),
                        ("expiry", models.DateTimeField(blank=True, null=True)),
                        ("number", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(blank=True, max_length=60, verbose_name="name")),
                        ("last_used_on", models.DateField(blank=True, null=True, verbose_name="last used on")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="auth_token_set",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "API token",
                        "verbose_name_plural": "API tokens",
                        "ordering": ["-created", "number"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("expiry__isnull", False)), name="api_token_ends"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                fields=("user", "name"),
                                name="api_token_name_unique",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="insert_insert",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "people_apitokenevent" ("created", "expiry", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."created", NEW."expiry", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."digest", NEW."user_id"); RETURN NULL;',
                                    hash="042a6f0010d137ded554487c292c2be1c80437f4",
                                    operation="INSERT",
                                    pgid="pgtrigger_insert_insert_89aa6",
                                    table="people_apitoken",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    condition='WHEN (OLD."created" IS DISTINCT FROM (NEW."created") OR OLD."expiry" IS DISTINCT FROM (NEW."expiry") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))',
                                    func='INSERT INTO "people_apitokenevent" ("created", "expiry", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."created", NEW."expiry", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."digest", NEW."user_id"); RETURN NULL;',
                                    hash="570a03efbe74d5690839429c96247f5e88a47bba",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_bd2cc",
                                    table="people_apitoken",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="delete_delete",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='INSERT INTO "people_apitokenevent" ("created", "expiry", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."created", OLD."expiry", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."digest", OLD."user_id"); RETURN NULL;',
                                    hash="5b053bdb133aef6a68b8a4075366a51c97bf332b",
                                    operation="DELETE",
                                    pgid="pgtrigger_delete_delete_9a9d9",
                                    table="people_apitoken",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiTokenEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("created", models.DateTimeField(auto_now_add=True)),
                        ("expiry", models.DateTimeField(blank=True, null=True)),
                        ("name", models.CharField(blank=True, max_length=60, verbose_name="name")),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to=settings.KNOX_TOKEN_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="dab5900c05fb254af0d1ead19722d5134e31809b",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f2ca8",
                                    table="people_apitokenevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RateCount",
                    fields=[
                        ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                        ("window_at", models.DateTimeField()),
                        ("count", models.PositiveIntegerField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["window_at"], name="people_rate_window__477df2_idx")],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="rate_count_positive")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("office", "sub-district office"),
                                    ("cleaning_team", "cleaning team"),
                                    ("enforcement_team", "enforcement team"),
                                    ("pest_team", "pest-control team"),
                                    ("department", "district department"),
                                    ("enterprise", "utility enterprise"),
                                    ("unit", "specialist unit"),
                                    ("government", "district government"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "key",
                            models.SlugField(
                                db_index=False,
                                help_text="Short code, for example cgj.",
                                max_length=30,
                                verbose_name="key",
                            ),
                        ),
                        ("short_zh", models.CharField(blank=True, max_length=60, verbose_name="short name")),
                        (
                            "district_code",
                            models.CharField(
                                max_length=6,
                                validators=[django.core.validators.RegexValidator("^[0-9]{6}\\Z", "Six digits.")],
                                verbose_name="district code",
                            ),
                        ),
                        (
                            "matters_zh",
                            models.TextField(
                                blank=True, help_text="What this body answers for.", verbose_name="matters"
                            ),
                        ),
                        ("matters_en", models.TextField(blank=True, verbose_name="matters (English)")),
                        (
                            "reply_limit_days",
                            models.PositiveSmallIntegerField(default=5, verbose_name="reply limit in working days"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="people.organisation",
                            ),
                        ),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.subdistrict",
                                verbose_name="sub-district",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="8da11a354c83f15e5ef964fde62ec1d848564852",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2ea3f",
                                    table="people_organisationevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubDistrictEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name_zh", models.CharField(max_length=120, verbose_name="name")),
                        ("name_en", models.CharField(blank=True, max_length=160, verbose_name="English name")),
                        (
                            "code",
                            models.CharField(
                                max_length=9,
                                validators=[django.core.validators.RegexValidator("^[0-9]{9}\\Z", "Nine digits.")],
                                verbose_name="code",
                            ),
                        ),
                        (
                            "district_code",
                            models.CharField(
                                max_length=6,
                                validators=[django.core.validators.RegexValidator("^[0-9]{6}\\Z", "Six digits.")],
                                verbose_name="district code",
                            ),
                        ),
                        ("district_name", models.CharField(max_length=60, verbose_name="district")),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="people.subdistrict",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d8e6e9b09de1aa70910ec4704cd6e083945bf097",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4bcf9",
                                    table="people_subdistrictevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UserEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("clerk", "clerk"),
                                    ("officer", "community officer"),
                                    ("team_leader", "team leader"),
                                    ("team_member", "team member"),
                                    ("leader", "leader"),
                                    ("liaison", "district liaison"),
                                    ("admin", "administrator"),
                                    ("secadmin", "security administrator"),
                                    ("auditor", "auditor"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        ("display_name", models.CharField(blank=True, max_length=60, verbose_name="name")),
                        ("post", models.CharField(blank=True, max_length=60, verbose_name="post")),
                        ("office_phone", models.CharField(blank=True, max_length=30, verbose_name="office phone")),
                        (
                            "language",
                            models.CharField(
                                choices=[("zh-hans", "中文"), ("en", "English")],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "mail_choice",
                            models.CharField(
                                choices=[
                                    ("none", "no e-mail"),
                                    ("urgent", "urgent matters only"),
                                    ("all", "everything"),
                                ],
                                default="urgent",
                                max_length=10,
                                verbose_name="e-mail",
                            ),
                        ),
                        (
                            "mail_groups",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("work", "new work"),
                                        ("deadlines", "deadlines and urges"),
                                        ("answers", "answers and results"),
                                        ("mentions", "mentions by colleagues"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=citymgmt.people.models.all_groups,
                                size=None,
                                verbose_name="e-mail about",
                            ),
                        ),
                        (
                            "mail_rhythm",
                            models.CharField(
                                choices=[
                                    ("at_once", "at once, each by itself"),
                                    ("hourly", "gathered, every hour"),
                                    ("daily", "gathered, once each working day"),
                                ],
                                default="at_once",
                                max_length=10,
                                verbose_name="rhythm of e-mail",
                            ),
                        ),
                        (
                            "mail_hour",
                            models.PositiveSmallIntegerField(default=9, verbose_name="hour of the gathered e-mail"),
                        ),
                        ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                        ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "subdistrict",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="people.subdistrict",
                                verbose_name="sub-district",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="58c9797304ded816d5f5d9c12355ee086d62bf08",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f5bab",
                                    table="people_userevent",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL(
            sql="ALTER TABLE people_ratecount SET UNLOGGED",
            reverse_sql="ALTER TABLE people_ratecount SET LOGGED",
        ),
        citymgmt.triggers.InstallTriggers(),
    ]
