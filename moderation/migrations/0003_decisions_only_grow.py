from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

GUARD = """
CREATE FUNCTION nexus_decision_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'decisions only grow' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER decisions_only_grow BEFORE UPDATE OR DELETE ON moderation_decision
    FOR EACH ROW EXECUTE FUNCTION nexus_decision_guard();
"""
UNGUARD = """
DROP TRIGGER decisions_only_grow ON moderation_decision;
DROP FUNCTION nexus_decision_guard();
"""
APPS = ("moderation", "media_pipeline")
BENCH = [
    "view_case",
    "view_casenote",
    "view_report",
    "view_decision",
    "view_appeal",
    "view_walk",
    "view_evidence",
    "add_evidence",
    "view_sealedentry",
]
GROUPS = {
    "moderator": [*BENCH, "add_decision"],
    "rights desk": [*BENCH, "decide_copyright"],
    "finance": [],
    "editor": [],
}


def make_groups(apps, schema_editor):
    """Four roles of staff. Permissions are made here, as Django makes them after all migrations."""
    for name in APPS:
        config = installed.get_app_config(name)
        create_permissions(config, verbosity=0, apps=apps, using=schema_editor.connection.alias)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, allowed in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        found = Permission.objects.filter(content_type__app_label__in=APPS, codename__in=allowed)
        group.permissions.add(*found)


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0002_cases"),
        ("media_pipeline", "0012_descriptor"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunSQL(GUARD, UNGUARD),
        migrations.RunPython(make_groups, remove_groups),
    ]
