"""A note is called a note. Tables and columns keep their names, so no row is touched."""

from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ACTS = ("add", "change", "delete", "view")


def _rename(apps: Apps, old: str, new: str) -> None:
    """Let whoever may do something with the old name do it with the new one."""
    permissions: Any = apps.get_model("auth", "Permission").objects
    for act in ACTS:
        rows = permissions.filter(content_type__app_label="social", codename=f"{act}_{old}")
        rows.update(codename=f"{act}_{new}", name=f"Can {act} {new}")


def to_note(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    _rename(apps, "comment", "note")


def to_comment(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    _rename(apps, "note", "comment")


CASCADE = django.db.models.deletion.CASCADE
# What Django knows of the fields; the columns stay as they are.
STATE = [
    migrations.RemoveConstraint(model_name="placement", name="placement_once"),
    migrations.AlterField(
        model_name="notification",
        name="comment",
        field=models.ForeignKey(
            blank=True,
            db_column="comment_id",
            null=True,
            on_delete=CASCADE,
            related_name="+",
            to="social.note",
        ),
    ),
    migrations.RenameField(model_name="notification", old_name="comment", new_name="note"),
    migrations.AlterField(
        model_name="placement",
        name="comment",
        field=models.ForeignKey(
            db_column="comment_id", on_delete=CASCADE, related_name="placements", to="social.note"
        ),
    ),
    migrations.RenameField(model_name="placement", old_name="comment", new_name="note"),
    migrations.AlterField(
        model_name="resolution",
        name="comment",
        field=models.OneToOneField(
            db_column="comment_id", on_delete=CASCADE, related_name="resolution", to="social.note"
        ),
    ),
    migrations.RenameField(model_name="resolution", old_name="comment", new_name="note"),
    migrations.AlterField(
        model_name="note",
        name="guest",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=CASCADE,
            related_name="notes",
            to="social.reviewguest",
        ),
    ),
    migrations.AlterField(
        model_name="note",
        name="track",
        field=models.ForeignKey(on_delete=CASCADE, related_name="notes", to="tracks.track"),
    ),
    migrations.AlterField(
        model_name="note",
        name="user",
        field=models.ForeignKey(
            blank=True,
            null=True,
            on_delete=CASCADE,
            related_name="notes",
            to=settings.AUTH_USER_MODEL,
        ),
    ),
    migrations.AlterField(
        model_name="note",
        name="version",
        field=models.ForeignKey(on_delete=CASCADE, related_name="notes", to="tracks.trackversion"),
    ),
    migrations.AddConstraint(
        model_name="placement",
        constraint=models.UniqueConstraint(fields=("note", "version"), name="placement_once"),
    ),
    migrations.AlterField(
        model_name="note",
        name="attribution",
        field=models.CharField(
            blank=True,
            help_text="Who wrote it, by the file it was imported with.",
            max_length=80,
        ),
    ),
    migrations.AlterField(
        model_name="notification",
        name="kind",
        field=models.CharField(
            choices=[
                ("answered", "resolved your note"),
                ("replied", "replied to your note"),
                ("noted", "wrote a note on your piece"),
                ("assigned", "gave you a note to see to"),
                ("invited", "asked you to review a piece"),
                ("approver", "asked you to sign off a piece"),
                ("signed", "signed off your piece"),
                ("declined", "asked for changes to your piece"),
            ],
            max_length=10,
        ),
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("social", "0006_email_confirmed_once"),
        ("tracks", "0003_search_and_queue"),
    ]

    operations = [
        migrations.AlterModelTable(name="comment", table="social_comment"),
        migrations.RenameModel(old_name="Comment", new_name="Note"),
        migrations.RunPython(to_note, to_comment),
        migrations.SeparateDatabaseAndState(state_operations=STATE),
    ]
