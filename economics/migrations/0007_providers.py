import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import config.lib.ids


class Migration(migrations.Migration):
    dependencies = [
        ("economics", "0006_proofs"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProviderEvent",
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
                ("provider", models.CharField(max_length=30)),
                ("event", models.CharField(help_text="The provider's id of it.", max_length=200)),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Which one of this contribution, from 1."
                    ),
                ),
                ("kind", models.CharField(max_length=10)),
                ("contribution", models.UUIDField()),
                ("reference", models.CharField(max_length=200)),
                ("fee", models.BigIntegerField(default=0, help_text="Minor units.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("taken", "Taken"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                (
                    "sentence",
                    models.CharField(blank=True, help_text="Why refused.", max_length=300),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("taken_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["contribution", "number"], name="provider_event_order"),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["received_at"],
                        name="provider_event_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "event"), name="provider_event_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderCall",
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
                (
                    "kind",
                    models.CharField(
                        choices=[("start", "Begin"), ("refund", "Give back")], max_length=6
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=config.lib.ids.token128,
                        help_text="Idempotency.",
                        max_length=22,
                        unique=True,
                    ),
                ),
                ("answer", models.JSONField(default=dict)),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="economics.contribution",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contribution", "kind"), name="provider_call_once_of_a_kind"
                    )
                ],
            },
        ),
    ]
