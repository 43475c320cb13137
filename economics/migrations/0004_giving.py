from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

# Who writes down that money has come in: the queue of what was declared is finance's.
ALLOWED = ["view_contribution", "settle_contribution"]


def give_rights(apps, schema_editor):
    """Finance gets its own; doing it again changes nothing."""
    config = installed.get_app_config("economics")
    create_permissions(config, verbosity=0, apps=apps, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    group, _ = Group.objects.get_or_create(name="finance")
    found = Permission.objects.filter(content_type__app_label="economics", codename__in=ALLOWED)
    group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("economics", "0003_charities"),
        ("moderation", "0006_staff"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="contribution",
            options={
                "permissions": [("settle_contribution", "Can say that a contribution has come in")]
            },
        ),
        migrations.AddField(
            model_name="contribution",
            name="country",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Said by the giver, for the receipt; ISO 3166.",
                max_length=2,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="pledge",
            name="country",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Said by the giver, for the receipt; ISO 3166.",
                max_length=2,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(give_rights, migrations.RunPython.noop),
    ]
