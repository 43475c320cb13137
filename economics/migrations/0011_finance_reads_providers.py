from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

ALLOWED = ["view_providerevent", "view_providercall"]


def give_rights(apps, schema_editor):
    """Finance reads what providers were asked and tell; doing it again changes nothing."""
    config = installed.get_app_config("economics")
    create_permissions(config, verbosity=0, apps=apps, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    group, _ = Group.objects.get_or_create(name="finance")
    found = Permission.objects.filter(content_type__app_label="economics", codename__in=ALLOWED)
    group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [("economics", "0010_finance_reads")]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
