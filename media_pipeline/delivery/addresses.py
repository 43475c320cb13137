"""Making signed addresses."""

import time
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from django.conf import settings

from media_pipeline.delivery import paths
from media_pipeline.delivery.signing import Claim

STEP_SECONDS = 5 * 60  # so that one page's addresses are alike and caches meet them again
PICTURE_STEP_SECONDS = 24 * 3600
SHORTEST_LIFE_SECONDS = 6 * 3600
PICTURE_LIFE_SECONDS = 24 * 3600


class Signable(Protocol):
    """What an address is signed for: a Media, or as much of one as a list has read."""

    @property
    def pk(self) -> UUID:
        """Return its key."""

    @property
    def epoch(self) -> int:
        """Return its epoch: addresses of an earlier one have ended."""


def expiry_for(*, scope: str = "std", duration_ms: int | None = None) -> int:
    """Return when an address made now ends, in Unix seconds, rounded up to the scope's step.

    Music lives max(6 h, twice its duration): nobody's piece ends while it plays.
    """
    if scope == "img":
        life, step = PICTURE_LIFE_SECONDS, PICTURE_STEP_SECONDS
    else:
        life = max(SHORTEST_LIFE_SECONDS, 2 * (duration_ms or 0) // 1000)
        step = STEP_SECONDS
    return -(-(int(time.time()) + life) // step) * step


def media_url(
    media: Signable, attempt: str, path: str, *, scope: str = "std", duration_ms: int | None = None
) -> str:
    """Return the signed address `[prefix]/m/<expiry>/<scope>/<signature>/<media>/<attempt>/<path>`.

    The signature opens the whole directory in this scope. Pictures (scope `img`) take no attempt.
    Raises ValueError for a path that the scope does not have.
    """
    expiry = expiry_for(scope=scope, duration_ms=duration_ms)
    signed_by = settings.SECRET_KEY, settings.NEXUS_PREFIX
    return _signed(expiry, scope, media.pk, media.epoch, attempt, path, *signed_by)


@lru_cache(8192)
def _signed(
    expiry: int,
    scope: str,
    media: UUID,
    epoch: int,
    attempt: str,
    path: str,
    _secret: str,
    prefix: str,
) -> str:
    """Sign what is asked for again and again: for its step of time an address stays the same."""
    if not paths.is_allowed(scope, path):
        raise ValueError(f"There is no {path!r} in scope {scope!r}.")
    attempt = paths.NO_ATTEMPT if scope == "img" else attempt
    signature = Claim(expiry, scope, media, attempt).signature(epoch)
    return f"{prefix}/m/{expiry}/{scope}/{signature}/{media}/{attempt}/{path}"
