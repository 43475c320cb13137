"""What moderators decide, and what they looked at for it."""

from moderation.models.evidence import Evidence

__all__ = ["Evidence"]
