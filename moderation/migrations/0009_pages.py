import django.db.models.deletion
from django.apps import apps as installed
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import config.lib.ids


def let_editors_write(apps, schema_editor):
    """Editors change the site's pages."""
    using = schema_editor.connection.alias
    create_permissions(installed.get_app_config("moderation"), verbosity=0, apps=apps, using=using)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    editors, _ = Group.objects.get_or_create(name="editor")
    wanted = ("add_pagetext", "view_pagetext")
    found = Permission.objects.filter(content_type__app_label="moderation", codename__in=wanted)
    editors.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0003_decisions_only_grow"),
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PageText",
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
                    "page",
                    models.CharField(
                        choices=[("terms", "Terms"), ("contact", "Contact")], max_length=7
                    ),
                ),
                ("number", models.PositiveIntegerField(editable=False)),
                ("words", models.TextField(help_text="In Markdown.", max_length=60000)),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("page", "number"), name="page_text_number"),
                    models.CheckConstraint(
                        condition=models.Q(("words__regex", "\\S")), name="page_text_has_words"
                    ),
                ],
            },
        ),
        migrations.RunPython(let_editors_write, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["scope", "target_id"], name="decision_about"),
        ),
    ]
