"""The signature of a directory: one HMAC covers everything below it.

It is made over expiry, scope, media, attempt and the media's revocation epoch, so raising the epoch
ends every signature at once and none opens another version, another scope or another attempt.
"""

import base64
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "media_pipeline.delivery.v1"


def sign(*, expiry: int, scope: str, media: UUID, attempt: str, epoch: int) -> str:
    """Return the signature, 43 characters of base64url (HMAC-SHA256)."""
    claim = f"{expiry}/{scope}/{media}/{attempt}/{epoch}"
    digest = salted_hmac(SALT, claim, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def is_valid(
    signature: str, *, expiry: int, scope: str, media: UUID, attempt: str, epoch: int
) -> bool:
    """Tell whether `signature` was made for exactly this; takes the same time either way."""
    wanted = sign(expiry=expiry, scope=scope, media=media, attempt=attempt, epoch=epoch)
    return constant_time_compare(signature, wanted)
