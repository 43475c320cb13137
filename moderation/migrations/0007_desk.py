import django.db.models.deletion
from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import config.lib.cipher
import config.lib.ids

# What an act about a source says never changes; the names in it go when their accounts do.
GUARD = """
CREATE FUNCTION nexus_mute_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.kind, NEW.person_id, NEW.source, NEW.facts, NEW.until, NEW.undoes_id)
        IS DISTINCT FROM
       (OLD.id, OLD.kind, OLD.person_id, OLD.source, OLD.facts, OLD.until, OLD.undoes_id) THEN
        RAISE EXCEPTION 'mutes only grow' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER mutes_only_grow BEFORE UPDATE ON moderation_mute
    FOR EACH ROW EXECUTE FUNCTION nexus_mute_guard();
"""
UNGUARD = """
DROP TRIGGER mutes_only_grow ON moderation_mute;
DROP FUNCTION nexus_mute_guard();
"""
LOOK = ["view_mute", "view_suggestion", "view_custody"]
WRITTEN = ["wording", "watchedword"]
WORDS = [f"{act}_{name}" for name in WRITTEN for act in ("view", "add", "change", "delete")]
# `open_custody` is given by hand: few should look into what is kept apart.
GROUPS = {"moderator": [*LOOK, *WORDS, "add_custody"], "rights desk": LOOK}


def give_rights(apps, schema_editor):
    """Permissions are made here, as Django makes them after all migrations."""
    config = installed.get_app_config("moderation")
    create_permissions(config, verbosity=0, apps=apps, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, allowed in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        found = Permission.objects.filter(
            content_type__app_label="moderation", codename__in=allowed
        )
        group.permissions.add(*found)


def leave_rights(apps, schema_editor):
    """The groups go with the migration that made them."""


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0006_staff"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WatchedWord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=config.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "phrase",
                    models.CharField(
                        help_text="Whole words; case and accents are one.",
                        max_length=80,
                        unique=True,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("minors", "Sexual content with minors, or a danger to a child"),
                            ("violence", "Threats or violence"),
                            ("sexual", "Sexual content where it should not be"),
                            ("hate", "Hate against a group of people"),
                            ("harassment", "Harassment of somebody"),
                            ("privacy", "Somebody’s private life or data"),
                            ("copyright", "Copyright: this is somebody else’s work"),
                            ("impersonation", "Somebody pretends to be another"),
                            ("spam", "Spam or deception"),
                            ("other", "Something else"),
                        ],
                        default="other",
                        max_length=13,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["phrase"],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=config.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("statement", "What was found, in a decision"),
                            ("message", "A message"),
                        ],
                        default="message",
                        max_length=9,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("minors", "Sexual content with minors, or a danger to a child"),
                            ("violence", "Threats or violence"),
                            ("sexual", "Sexual content where it should not be"),
                            ("hate", "Hate against a group of people"),
                            ("harassment", "Harassment of somebody"),
                            ("privacy", "Somebody’s private life or data"),
                            ("copyright", "Copyright: this is somebody else’s work"),
                            ("impersonation", "Somebody pretends to be another"),
                            ("spam", "Spam or deception"),
                            ("other", "Something else"),
                        ],
                        help_text="Empty: for cases of every reason.",
                        max_length=13,
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        help_text="{title}, {reason} and {clause} stand for those of the case.",
                        max_length=4000,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="report",
            name="is_muted",
            field=models.BooleanField(
                default=False,
                help_text="From a source that was muted then: it opens no case by itself.",
            ),
        ),
        migrations.CreateModel(
            name="Talk",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=config.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "key",
                    models.CharField(default=config.lib.ids.token128, max_length=22, unique=True),
                ),
                (
                    "waits",
                    models.BooleanField(
                        default=False, help_text="Whether moderators have to answer."
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="talks",
                        to="moderation.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.OneToOneField(
                        help_text="Empty: with the person the case is about.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="talk",
                        to="moderation.report",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=config.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("by_moderators", models.BooleanField()),
                ("words", models.TextField(max_length=4000)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "moderator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="moderation.talk",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Custody",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=config.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("reason", models.TextField(max_length=1000)),
                ("authority", models.CharField(help_text="Who is told of it.", max_length=200)),
                (
                    "until",
                    models.DateTimeField(help_text="By when to look whether it is still needed."),
                ),
                (
                    "track_id",
                    models.UUIDField(help_text="The piece whose files are in it.", null=True),
                ),
                ("secret", config.lib.cipher.SealedField(blank=True)),
                (
                    "digest",
                    models.CharField(
                        blank=True, help_text="SHA-256 of what is sealed.", max_length=64
                    ),
                ),
                ("size_bytes", models.BigIntegerField(null=True)),
                (
                    "made_at",
                    models.DateTimeField(help_text="When the bundle was whole.", null=True),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("release_reason", models.TextField(blank=True, max_length=1000)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custodies",
                        to="moderation.case",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="moderation.decision",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "custody",
                "permissions": [("open_custody", "Can open what is kept apart")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("released_at", None)),
                        fields=("case",),
                        name="custody_once_a_case",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_at", None), ("release_reason__regex", "\\S"), _connector="OR"
                        ),
                        name="custody_is_released_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mute",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=config.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("warn", "Warning"), ("mute", "Mute"), ("lift", "End of a mute")],
                        max_length=4,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="A pseudonym of an address.", max_length=24
                    ),
                ),
                ("facts", models.TextField(max_length=4000)),
                ("until", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        help_text="Before which it was decided.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="mutes",
                        to="moderation.report",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undone_by",
                        to="moderation.mute",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-id"], name="mute_person"),
                    models.Index(fields=["source", "-id"], name="mute_source"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("facts__regex", "\\S")), name="mute_says_its_facts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "mute"), ("until__isnull", False)),
                            models.Q(models.Q(("kind", "mute"), _negated=True), ("until", None)),
                            _connector="OR",
                        ),
                        name="mute_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "lift"), ("undoes__isnull", False)),
                            models.Q(models.Q(("kind", "lift"), _negated=True), ("undoes", None)),
                            _connector="OR",
                        ),
                        name="mute_is_lifted_by_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=config.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("query", models.CharField(max_length=200)),
                (
                    "moderator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("moderator", "name"), name="saved_filter_name")
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=config.lib.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("suggester", models.CharField(max_length=40)),
                (
                    "digest",
                    models.CharField(
                        help_text="Of what was found: it is said once.", max_length=24
                    ),
                ),
                (
                    "opened_it",
                    models.BooleanField(
                        default=False, help_text="Whether the case is there by it."
                    ),
                ),
                ("words", models.CharField(help_text="What was found, and where.", max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("dismissed_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="moderation.case",
                    ),
                ),
                (
                    "dismissed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "id"], name="suggestion_order"),
                    models.Index(fields=["digest"], name="suggestion_once"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="talk",
            index=models.Index(
                condition=models.Q(("waits", True)), fields=["case"], name="talk_waits"
            ),
        ),
        migrations.AddIndex(
            model_name="talk",
            index=models.Index(fields=["person", "-id"], name="talk_person"),
        ),
        migrations.AddConstraint(
            model_name="talk",
            constraint=models.UniqueConstraint(
                condition=models.Q(("report", None)),
                fields=("case",),
                name="talk_once_with_a_person",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["talk", "id"], name="message_order"),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunPython(give_rights, leave_rights),
    ]
