"""Notifications follow events; what was told until now was told by the deeds themselves."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat

CASCADE = django.db.models.deletion.CASCADE
TEXT = models.CharField()


def begin_after_what_was_told(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Let the reader begin behind all events there are, those without a number included."""
    event = apps.get_model("media_pipeline", "Event")
    last = event.objects.aggregate(last=models.Max("number"))["last"] or 0
    waiting = event.objects.filter(number=None).count()
    reader = apps.get_model("media_pipeline", "EventReader")
    reader.objects.get_or_create(name="notifications", defaults={"read": last + waiting})


def name_subjects(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("social", "Notification").objects.filter(subject="")
    for prefix, column, found in (
        ("social.note:", "note_id", rows.filter(note__isnull=False)),
        ("tracks.track:", "track_id", rows.filter(note=None, track__isnull=False)),
    ):
        found.update(subject=Concat(Value(prefix), Cast(F(column), TEXT), output_field=TEXT))


class Migration(migrations.Migration):
    dependencies = [
        ("social", "0007_notes_renamed"),
        ("tracks", "0004_published_at_their_hour"),
        ("media_pipeline", "0009_any_job"),
    ]

    operations = [
        migrations.AddField(
            "notification",
            "count",
            models.PositiveIntegerField(default=1, help_text="How many are told as this one."),
        ),
        migrations.AddField(
            "notification",
            "event",
            models.UUIDField(null=True, help_text="The event it tells of, which is kept 30 days."),
        ),
        migrations.AddField(
            "notification",
            "key",
            models.CharField(
                max_length=120,
                blank=True,
                help_text="What has the same key is told as one, until read.",
            ),
        ),
        migrations.AddField(
            "notification",
            "subject",
            models.CharField(max_length=120, blank=True, help_text="app.model:id"),
        ),
        migrations.AlterField(
            "notification",
            "kind",
            models.CharField(max_length=40, help_text="One of those that apps have registered."),
        ),
        migrations.AlterField(
            "notification",
            "track",
            models.ForeignKey(
                "tracks.Track",
                CASCADE,
                null=True,
                blank=True,
                related_name="notifications",
            ),
        ),
        migrations.AddConstraint(
            "notification",
            models.UniqueConstraint(
                fields=["user", "key"],
                condition=Q(read_at=None) & ~Q(key=""),
                name="notification_one_per_key",
            ),
        ),
        migrations.RunPython(begin_after_what_was_told, migrations.RunPython.noop),
        migrations.RunPython(name_subjects, migrations.RunPython.noop),
    ]
