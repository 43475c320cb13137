import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import config.lib.ids

# Whom a ban keeps out follows from decisions. Both are looked at when the transaction ends, for the
# row and its decision come one after the other; what was so before stays as it is.
GUARD_PEOPLE = """
CREATE FUNCTION nexus_ban_in_force(person uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM moderation_decision decided
        WHERE decided.scope = 'person' AND decided.kind = 'ban' AND decided.target_id = person
        AND (decided.until IS NULL OR decided.until > clock_timestamp())
        AND NOT EXISTS (
            SELECT FROM moderation_decision undoing WHERE undoing.undoes_id = decided.id
        )
    )
$$;
CREATE FUNCTION nexus_ban_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    banned boolean;
BEGIN
    SELECT is_banned INTO banned FROM social_user WHERE id = NEW.id;
    IF FOUND AND banned AND NOT nexus_ban_in_force(NEW.id) THEN
        RAISE EXCEPTION 'nobody is banned without a decision'
            USING ERRCODE = 'integrity_constraint_violation';
    ELSIF FOUND AND NOT banned AND nexus_ban_in_force(NEW.id) THEN
        RAISE EXCEPTION 'a ban ends by a decision'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER person_is_banned_by_a_decision
    AFTER UPDATE OF is_banned ON social_user DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.is_banned IS DISTINCT FROM NEW.is_banned)
    EXECUTE FUNCTION nexus_ban_guard();
CREATE CONSTRAINT TRIGGER person_comes_banned_by_a_decision
    AFTER INSERT ON social_user DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.is_banned) EXECUTE FUNCTION nexus_ban_guard();
CREATE FUNCTION nexus_active_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    person record;
BEGIN
    SELECT is_active, left_at INTO person FROM social_user WHERE id = NEW.id;
    IF FOUND AND NOT person.is_active AND person.left_at IS NULL THEN
        RAISE EXCEPTION 'only who has left is inactive: a ban is a decision'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER person_is_inactive_when_gone
    AFTER UPDATE OF is_active ON social_user DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active)
    EXECUTE FUNCTION nexus_active_guard();
CREATE CONSTRAINT TRIGGER person_comes_inactive_when_gone
    AFTER INSERT ON social_user DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NOT NEW.is_active) EXECUTE FUNCTION nexus_active_guard();
"""
UNGUARD_PEOPLE = """
DROP TRIGGER person_is_banned_by_a_decision ON social_user;
DROP TRIGGER person_comes_banned_by_a_decision ON social_user;
DROP TRIGGER person_is_inactive_when_gone ON social_user;
DROP TRIGGER person_comes_inactive_when_gone ON social_user;
DROP FUNCTION nexus_ban_guard();
DROP FUNCTION nexus_active_guard();
DROP FUNCTION nexus_ban_in_force(uuid);
"""
GUARD_STRIKES = """
CREATE FUNCTION nexus_strike_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT FROM moderation_decision decided WHERE decided.id = NEW.decision_id
            AND decided.person_id = NEW.person_id AND decided.kind NOT IN ('restore', 'no_action')
        ) THEN
            RAISE EXCEPTION 'a strike rests on a decision about the same person'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL AND (
        NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at
        OR NEW.why_withdrawn IS DISTINCT FROM OLD.why_withdrawn
    ) OR NEW.id <> OLD.id OR NEW.decision_id <> OLD.decision_id OR NEW.person_id <> OLD.person_id
        OR NEW.created_at <> OLD.created_at
        OR NEW.report_id IS NOT NULL AND NEW.report_id IS DISTINCT FROM OLD.report_id
    THEN
        RAISE EXCEPTION 'strikes are only withdrawn' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER strikes_are_only_withdrawn BEFORE INSERT OR UPDATE OR DELETE ON moderation_strike
    FOR EACH ROW EXECUTE FUNCTION nexus_strike_guard();
"""
UNGUARD_STRIKES = """
DROP TRIGGER strikes_are_only_withdrawn ON moderation_strike;
DROP FUNCTION nexus_strike_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0004_effects"),
        ("social", "0012_artist_page_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="decision", name="decision_restricts"),
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("warn", "Warn"),
                    ("limit", "Limit how it is found"),
                    ("hide", "Hide: closed to all but its owner"),
                    ("remove", "Remove: closed to its owner too"),
                    ("suspend_uploads", "Suspend uploads"),
                    ("hold", "Hold: until a person has looked at it"),
                    ("ban", "Ban: close the account"),
                    ("restore", "Restore: undo a decision"),
                    ("no_action", "No action"),
                ],
                max_length=15,
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                condition=models.Q(
                    (
                        "kind__in",
                        ["limit", "hide", "remove", "suspend_uploads", "hold", "ban"],
                    )
                ),
                fields=["scope", "target_id"],
                name="decision_restricts",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "hold"),
                    _negated=True,
                )
                | models.Q(("automated", True), ("until", None)),
                name="decision_holds_until_a_person_decides",
            ),
        ),
        migrations.CreateModel(
            name="Strike",
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
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("why_withdrawn", models.TextField(blank=True, max_length=1000)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="strike",
                        to="moderation.decision",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        help_text="The notice that led to it; empty where there was none, or it "
                        "was forgotten.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="moderation.report",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-id"], name="strike_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why_withdrawn", ""), ("withdrawn_at", None))
                        | models.Q(
                            ("why_withdrawn__regex", "\\S"), ("withdrawn_at__isnull", False)
                        ),
                        name="strike_is_withdrawn_in_words",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD_STRIKES, UNGUARD_STRIKES),
        migrations.RunSQL(GUARD_PEOPLE, UNGUARD_PEOPLE),
    ]
