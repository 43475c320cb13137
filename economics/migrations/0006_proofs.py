import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

GUARD = """
CREATE TRIGGER batch_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE
    ON economics_batch FOR EACH STATEMENT EXECUTE FUNCTION nexus_ledger_guard();
CREATE TRIGGER leaf_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE
    ON economics_leaf FOR EACH STATEMENT EXECUTE FUNCTION nexus_ledger_guard();

-- What was published names charities by their slug.
CREATE FUNCTION nexus_charity_keeps_slug() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM economics_ledgeraccount WHERE party = OLD.id::text) THEN
        RAISE EXCEPTION 'a charity that the ledger names keeps its slug'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER charity_keeps_slug BEFORE UPDATE OF slug ON economics_charity
    FOR EACH ROW WHEN (OLD.slug IS DISTINCT FROM NEW.slug)
    EXECUTE FUNCTION nexus_charity_keeps_slug();
"""
UNGUARD = """
DROP TRIGGER charity_keeps_slug ON economics_charity;
DROP FUNCTION nexus_charity_keeps_slug();
DROP TRIGGER leaf_only_grows ON economics_leaf;
DROP TRIGGER batch_only_grows ON economics_batch;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("economics", "0005_payouts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="From 1, without a gap.", primary_key=True, serialize=False
                    ),
                ),
                ("count", models.PositiveIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("sums", models.JSONField(help_text="Minor units by line.")),
                (
                    "previous",
                    models.CharField(blank=True, help_text="The head before it.", max_length=64),
                ),
                ("head", models.CharField(max_length=64)),
                (
                    "closed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "batches",
            },
        ),
        migrations.AlterField(
            model_name="ledgeraccount",
            name="kind",
            field=models.CharField(
                choices=[
                    ("provider_clearing", "With a payment provider"),
                    ("provider_fees", "Fees of payment providers"),
                    ("artist_payable", "Owed to an artist"),
                    ("charity_payable", "Owed to a charity"),
                    ("charity_disbursed", "Sent to a charity"),
                    ("artist_disbursed", "Sent to an artist"),
                    ("platform_revenue", "Given to this site"),
                    ("refund_loss", "Lost in refunds and disputes"),
                    ("disputes_clearing", "In dispute"),
                    ("operator_funding", "Put in by the operator"),
                    ("tax_payable", "Tax owed, for each rate"),
                    ("rounding", "Rounding: always zero"),
                    ("unallocated", "Not anybody's any more"),
                    ("giver_payable", "To be given back to a giver"),
                    ("memo_given", "Memo: declared as given to others directly"),
                    ("memo_artist", "Memo: an artist's own, not held here"),
                    ("memo_charity", "Memo: a charity's own, not held here"),
                    ("memo_platform", "Memo: this site's own, not held here"),
                    ("memo_sent", "Memo: the other side of what was sent on"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                (
                    "transaction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="leaf",
                        serialize=False,
                        to="economics.ledgertransaction",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("lines", models.JSONField(help_text="Minor units by line, as they were hashed.")),
                ("nonce", models.CharField(max_length=64)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaves",
                        to="economics.batch",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "leaves",
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "position"), name="leaf_position")
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
