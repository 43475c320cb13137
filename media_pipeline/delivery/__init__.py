"""Music under signed addresses: who holds one may listen, and nobody looks at a cookie."""

from media_pipeline.delivery.addresses import Signable, expiry_for, media_url

__all__ = ["Signable", "expiry_for", "media_url"]
