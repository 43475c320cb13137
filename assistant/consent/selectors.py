"""Whether a machine may read a recording: asked before every reading, in one place."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from assistant.models import Consent, ProviderConsent
from assistant.models.consent import Where
from tracks.models import Track

REACH = {Where.NOWHERE: 0, Where.HERE: 1, Where.PROVIDERS: 2}


def readable(tracks: QuerySet[Any], provider: str = "") -> QuerySet[Any]:
    """Return those of these tracks that may be read here, or by a `provider` elsewhere.

    Public pieces go to a provider where their owner or else the instance says so; private and
    unlisted ones only where their owner has let this very provider read them.
    """
    least = REACH[Where.PROVIDERS if provider else Where.HERE]
    said = Consent.objects.filter(track=OuterRef("pk"))
    enough = [where for where, reach in REACH.items() if reach >= least]
    allowed: Any = Q(Exists(said.filter(where__in=enough)))
    if REACH[Where(settings.NEXUS_MACHINES)] >= least:
        allowed |= ~Exists(said)
    rows = tracks.filter(allowed)
    if provider:
        named = ProviderConsent.objects.filter(
            track=OuterRef("pk"), provider=provider, withdrawn_at=None
        )
        rows = rows.filter(Q(visibility="public", published_at__isnull=False) | Exists(named))
    return rows


def may_read(track: UUID, provider: str = "") -> bool:
    """Tell whether this one may be read here, or by a `provider` elsewhere. One query."""
    return readable(Track.objects.filter(pk=track), provider).exists()
