"""What is to be published later is not published yet."""

from django.db import migrations
from django.db.models.functions import Now


def wait_for_the_hour(apps, _editor):
    """Take back a date that lies ahead: it is set when its hour has come."""
    tracks = apps.get_model("tracks", "Track").objects
    tracks.filter(published_at__gt=Now()).update(published_at=None)


class Migration(migrations.Migration):
    dependencies = [("tracks", "0003_search_and_queue")]
    operations = [migrations.RunPython(wait_for_the_hour, migrations.RunPython.noop)]
