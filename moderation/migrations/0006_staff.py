from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

APPS = ("moderation", "tracks")
CLAIMS = ["view_nameclaim", "view_name"]
# Beside what they had: who claims a name, and words by which music is found. Pages that name private
# pieces are for nobody's eyes but an administrator's; a moderator opens such a thing as evidence.
MORE = {
    "moderator": [*CLAIMS, "view_strike"],
    "rights desk": [*CLAIMS, "view_strike"],
    "finance": [],
    "editor": ["view_tag", "change_tag", "view_label"],
}


def give_rights(apps, schema_editor):
    """Each of the four roles its own; doing it again changes nothing."""
    for name in APPS:
        config = installed.get_app_config(name)
        create_permissions(config, verbosity=0, apps=apps, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, allowed in MORE.items():
        group, _ = Group.objects.get_or_create(name=name)
        found = Permission.objects.filter(content_type__app_label__in=APPS, codename__in=allowed)
        group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0005_strikes"),
        ("tracks", "0020_search_beside"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_rights, migrations.RunPython.noop)]
