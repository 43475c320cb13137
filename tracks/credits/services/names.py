"""Names, found or made; and forgotten once nothing has them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from config.lib.problems import Problem
from tracks.access import Person
from tracks.keys_of_words import key_of
from tracks.models import Credit, Name
from tracks.models.slugs import new_slug_of

TRIES = 4
UNUSED_KEPT = timedelta(days=30)


def names_for(texts: Iterable[str], *, by: Person) -> dict[str, Name]:
    """Return the name of each text by its key; what nobody was called yet is made."""
    wanted = {key_of(text): text for text in texts}
    found = {name.key: name for name in Name.objects.filter(key__in=wanted)}
    # In one order, so that two who make the same names at once do not wait for each other for ever.
    for key, text in sorted(wanted.items()):
        if key not in found:
            found[key] = _made(key, text, by)
    return found


def _made(key: str, text: str, by: Person) -> Name:
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                slug = new_slug_of(Name, text, blank="artist")
                made, _ = Name.objects.get_or_create(
                    key=key, defaults={"name": text, "slug": slug, "created_by": by}
                )
                return made
        except IntegrityError:  # somebody took the slug in between
            continue
    raise Problem("busy", "Too many get this name at once. Try again.", status=503)


def forget_unused(now: datetime, most: int) -> int:
    """Forget up to `most` names that are on nothing any more and belong to nobody."""
    used = Credit.objects.filter(name=OuterRef("pk"))
    unused = Name.objects.filter(~Exists(used), account=None, created_at__lt=now - UNUSED_KEPT)
    keys = list(unused.order_by().values_list("pk", flat=True)[:most])
    Name.objects.filter(pk__in=keys).delete()
    return len(keys)
