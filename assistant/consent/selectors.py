"""Whether a machine may read a recording: asked before every reading, in one place."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from assistant.models import Consent, ProviderConsent
from assistant.models.consent import Mining, Where
from config.lib.headers import is_reserved
from tracks.findable import findable
from tracks.models import Track

TOLD_MOST = 1000  # pieces that one file names
REACH = {Where.NOWHERE: 0, Where.HERE: 1, Where.PROVIDERS: 2}


@dataclass(frozen=True)
class Choice:
    """What counts for one piece: `said` by its owner (empty: nothing), and what follows from it."""

    said: str
    where: Where
    mining_said: str
    is_reserved: bool
    providers: tuple[str, ...]
    log: tuple[ProviderConsent, ...]


def readable(tracks: QuerySet[Any], provider: str = "") -> QuerySet[Any]:
    """Return those of these tracks that may be read here, or by a `provider` elsewhere.

    A provider reads what its owner has let this very provider read. Where an owner has said nothing
    and the site lets providers read, they read public pieces: private and unlisted ones never.
    """
    least = REACH[Where.PROVIDERS if provider else Where.HERE]
    said = Consent.objects.filter(track=OuterRef("pk")).exclude(where="")
    enough = [where for where, reach in REACH.items() if reach >= least]
    allowed: Any = Exists(said.filter(where__in=enough))
    unsaid: Any = ~Exists(said)
    if provider:
        named = ProviderConsent.objects.filter(
            track=OuterRef("pk"), provider=provider, withdrawn_at=None
        )
        allowed = Q(allowed, Exists(named))
        unsaid = Q(unsaid, visibility="public", published_at__isnull=False)
    if REACH[Where(settings.NEXUS_MACHINES)] < least:
        return tracks.filter(allowed)
    return tracks.filter(Q(allowed) | Q(unsaid))


def may_read(track: UUID, provider: str = "") -> bool:
    """Tell whether this one may be read here, or by a `provider` elsewhere. One query."""
    return readable(Track.objects.filter(pk=track), provider).exists()


def may_keep(track: UUID, provider: str = "") -> bool:
    """Tell, as `may_read` does, whether what a machine has read meanwhile may be kept.

    Locks the track, so that no word of its owner's comes in between: whoever keeps what a machine
    has made asks in the transaction that keeps it.
    """
    locked = Track.objects.select_for_update(of=("self",), no_key=True).filter(pk=track)
    return locked.first() is not None and may_read(track, provider)


def choice_of(track: UUID) -> Choice:
    """Return what counts for a piece, with the whole log, the newest first. Two queries."""
    row = Consent.objects.filter(track=track).first()
    said, mining = (row.where, row.mining) if row else ("", "")
    log = ProviderConsent.objects.filter(track=track).order_by("-pk")
    rows = tuple(log)
    return Choice(
        said=said,
        where=Where(said or settings.NEXUS_MACHINES),
        mining_said=mining,
        is_reserved=mining == Mining.RESERVED if mining else is_reserved(),
        providers=tuple(sorted(one.provider for one in rows if one.withdrawn_at is None)),
        log=rows,
    )


def said_otherwise() -> list[Track]:
    """Return what everybody may find and whose owner says otherwise of mining than the site.

    The newest of them, 1,000 at most. One query.
    """
    other = Mining.OPEN if is_reserved() else Mining.RESERVED
    public = findable(Track.objects.visible_to(AnonymousUser())).published()
    return list(public.filter(consent__mining=other).only("slug", "visibility")[:TOLD_MOST])
