"""What is kept, for how long, and what was forgotten last, as one table."""

from typing import NamedTuple

from django.apps import apps

from config.lib.kept import KEPT, RULES
from media_pipeline.models import Retention


class KeptRow(NamedTuple):
    """One model with a person in it; `ran` are its rules as they went the last time."""

    name: str
    model: str
    purpose: str
    fate: str
    lives: str
    words: str
    ran: list[Retention]


def table() -> list[KeptRow]:
    """Return every model of the registry, by name. One query."""
    ran = {row.rule: row for row in Retention.objects.all()}
    by_model: dict[str, list[Retention]] = {}
    for rule in RULES.values():
        for model in rule.models:
            by_model.setdefault(model, []).append(ran.get(rule.name) or Retention(rule=rule.name))
    rows = [
        KeptRow(
            str(apps.get_model(kept.model)._meta.verbose_name_plural),
            kept.model,
            kept.purpose,
            kept.fate.value,
            kept.lives,
            kept.words,
            by_model.get(kept.model, []),
        )
        for kept in KEPT.values()
    ]
    return sorted(rows, key=lambda row: row.model)
