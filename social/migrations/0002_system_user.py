"""The account that acts for automation."""

from django.contrib.auth.hashers import make_password
from django.db import migrations


def make_system(apps, schema_editor):
    user = apps.get_model("social", "User")
    user.objects.get_or_create(
        handle="system",
        defaults={"display_name": "System", "password": make_password(None)},
    )


class Migration(migrations.Migration):
    dependencies = [("social", "0001_initial")]

    operations = [migrations.RunPython(make_system, migrations.RunPython.noop)]
