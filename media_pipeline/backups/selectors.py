"""What is known of backups here."""

from datetime import datetime
from typing import Any

import psycopg
from django.contrib.auth import get_user_model
from django.utils import timezone

from media_pipeline.models import Backup


def newest(kind: str) -> Backup | None:
    """Return the newest backup, or drill, that went well."""
    found = Backup.objects.filter(kind=kind, state=Backup.State.SUCCEEDED)
    return found.order_by("-finished_at").first()


def newest_at(kind: str) -> datetime | None:
    """Return when the newest one that went well ended."""
    found = newest(kind)
    return found.finished_at if found else None


def failed_drill() -> Backup | None:
    """Return the last drill, where it went wrong."""
    ended = Backup.objects.filter(kind=Backup.Kind.DRILL).exclude(state=Backup.State.RUNNING)
    last = ended.order_by("-finished_at").first()
    return last if last and last.state == Backup.State.FAILED else None


def site_since() -> datetime:
    """Return when this site began: with its first account, or now."""
    people = get_user_model()._default_manager.order_by("date_joined")
    return people.values_list("date_joined", flat=True).first() or timezone.now()


def site() -> str:
    """Return what this site is called in its backups: the id of its first account, for ever."""
    people = get_user_model()._default_manager.order_by("date_joined", "pk")
    return str(people.values_list("pk", flat=True).first() or "")


def applied(rows: psycopg.Connection[Any]) -> dict[str, list[str]]:
    """Return the migrations of each app that the database has."""
    found: dict[str, list[str]] = {}
    for app, name in rows.execute("SELECT app, name FROM django_migrations ORDER BY app, name"):
        found.setdefault(app, []).append(name)
    return found
