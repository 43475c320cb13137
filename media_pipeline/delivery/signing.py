"""The signature of a directory: one HMAC covers everything below it.

It is made over expiry, scope, media, attempt and the media's revocation epoch, so raising the epoch
ends every signature at once and none opens another version, another scope or another attempt.
"""

import base64
from dataclasses import dataclass
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "media_pipeline.delivery.v1"


@dataclass(frozen=True)
class Claim:
    """What a signed address says of itself. `expiry` is in Unix seconds."""

    expiry: int
    scope: str
    media: UUID
    attempt: str

    def signature(self, epoch: int) -> str:
        """Return the signature, 43 characters of base64url (HMAC-SHA256)."""
        words = f"{self.expiry}/{self.scope}/{self.media}/{self.attempt}/{epoch}"
        digest = salted_hmac(SALT, words, algorithm="sha256").digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def is_proven_by(self, signature: str, epoch: int) -> bool:
        """Tell whether `signature` was made for exactly this; takes the same time either way."""
        return constant_time_compare(signature, self.signature(epoch))
