"""Jobs for anything: without an asset, later, again; and when what comes round is due."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Now

QUEUES = {"process": "fast", "extras": "slow", "visual": "visual"}


def fill(apps, schema_editor):
    """Give the rows that are there their queue and their time."""
    Job = apps.get_model("media_pipeline", "Job")
    whens = [When(kind=kind, then=Value(queue)) for kind, queue in QUEUES.items()]
    Job.objects.update(
        queue=Case(*whens, default=Value("general")),
        run_after=Coalesce(F("woken_at"), F("created_at")),
    )


class Migration(migrations.Migration):
    dependencies = [("media_pipeline", "0008_events")]

    operations = [
        migrations.AlterField("job", "kind", models.CharField(max_length=60)),
        migrations.AddField(
            "job",
            "queue",
            models.CharField(
                default="", help_text="Which workers do it: its kind says so.", max_length=20
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            "job",
            "asset",
            models.ForeignKey(
                blank=True,
                help_text="What is encoded, if anything is.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="jobs",
                to="media_pipeline.asset",
            ),
        ),
        migrations.AddField(
            "job",
            "subject_type",
            models.CharField(
                blank=True, default="", help_text="Such as tracks.Track.", max_length=60
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "job",
            "subject_id",
            models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            "job",
            "payload",
            models.JSONField(blank=True, default=dict, help_text="Up to 4 KB of JSON."),
        ),
        migrations.AlterField("job", "dedupe_key", models.CharField(max_length=160)),
        migrations.AddField(
            "job",
            "asked_again",
            models.BooleanField(
                default=False,
                help_text="Wanted once more while it ran, of a kind that catches up.",
            ),
        ),
        migrations.AddField("job", "run_after", models.DateTimeField(db_default=Now())),
        migrations.AddField("job", "max_attempts", models.PositiveSmallIntegerField(default=8)),
        migrations.AddField(
            "job",
            "failures",
            models.PositiveSmallIntegerField(
                default=0, help_text="Errors in a row of the kind that passes by itself."
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField("job", "woken_at"),
        migrations.AddIndex(
            "job",
            models.Index(
                condition=Q(state="pending"), fields=["queue", "run_after"], name="job_waiting"
            ),
        ),
        migrations.AddIndex(
            "job", models.Index(fields=["subject_type", "subject_id"], name="job_subject")
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                ("kind", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("next_at", models.DateTimeField(db_default=Now())),
                (
                    "last_at",
                    models.DateTimeField(
                        blank=True, help_text="When it was queued last.", null=True
                    ),
                ),
            ],
        ),
    ]
