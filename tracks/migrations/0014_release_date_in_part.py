"""Release dates of which only the year, or year and month, is known: text instead of a date."""

from django.db import migrations, models

TO_TEXT = """
ALTER TABLE tracks_release
  ALTER COLUMN released_on TYPE varchar(10)
    USING coalesce(to_char(released_on, 'YYYY-MM-DD'), ''),
  ALTER COLUMN released_on SET NOT NULL
"""
TO_DATE = """
ALTER TABLE tracks_release
  ALTER COLUMN released_on DROP NOT NULL,
  ALTER COLUMN released_on TYPE date
    USING (nullif(released_on, '') || substr('-01-01', length(released_on) - 3))::date
"""
FIELD = models.CharField(max_length=10, blank=True)


class Migration(migrations.Migration):
    """What was a whole day stays one."""

    dependencies = [("tracks", "0013_playlists")]

    operations = [
        migrations.RunSQL(
            TO_TEXT,
            TO_DATE,
            state_operations=[migrations.AlterField("release", "released_on", FIELD)],
        ),
        migrations.AddConstraint(
            "release",
            models.CheckConstraint(
                condition=models.Q(released_on__regex=r"^(\d{4}(-\d\d(-\d\d)?)?)?$"),
                name="release_date_in_part",
            ),
        ),
    ]
