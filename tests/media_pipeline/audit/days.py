"""What the tests of the audit do again and again."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from media_pipeline.audit.services.sweep import Swept, sweep
from media_pipeline.models import StorageFinding
from media_pipeline.storage import get_storage

DAY = timedelta(hours=25)


def put(*keys: str, data: bytes = b"12345") -> None:
    """Store the same few bytes under each of these keys."""
    for key in keys:
        get_storage().write(key, data, content_type="application/octet-stream")


def tomorrow() -> datetime:
    """Return a moment at which what was written just now is old enough to be an orphan."""
    return timezone.now() + DAY


def sweep_tomorrow() -> Swept:
    """Sweep when all that is there is older than a day."""
    return sweep(now=tomorrow())


def found(kind: str) -> set[str]:
    """Return the keys of the findings of a kind."""
    return set(StorageFinding.objects.filter(kind=kind).values_list("key", flat=True))


def seen_once() -> None:
    """Let every finding have been found when it was seen last."""
    StorageFinding.objects.update(found_at=F("seen_at"))


def seen_a_day_ago() -> None:
    """Let every finding have been found a day before it was seen last."""
    StorageFinding.objects.update(found_at=F("seen_at") - DAY)
