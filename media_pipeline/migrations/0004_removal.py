import django.contrib.postgres.fields
from django.db import migrations, models

import config.lib.ids


class Migration(migrations.Migration):
    dependencies = [("media_pipeline", "0003_vector")]

    operations = [
        migrations.CreateModel(
            name="Removal",
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
                ("asset_id", models.UUIDField()),
                (
                    "original_key",
                    models.CharField(
                        help_text="Removed only when no other asset shares it.", max_length=200
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                (
                    "prefixes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
