"""The socket of a release that is being made: how many of its files are still to be read."""

import json
from typing import Any
from uuid import UUID

from tracks.models import Release
from tracks.processing.asset_consumer import AssetConsumer, Word
from tracks.releases.services import drafts


class ReleaseConsumer(AssetConsumer):
    """Sends its owner, and nobody else, a word whenever something of the release was read."""

    def find(self) -> Release | None:
        """Return the owner's."""
        release_id: UUID = self.scope["url_route"]["kwargs"]["release_id"]
        user = self.scope["user"]
        rows = Release.objects.visible_to(user)  # what was removed is its owner's no more
        found: Any = rows.filter(pk=release_id, owner_id=user.pk).first()
        return found if isinstance(found, Release) else None

    def groups_of(self, found: Any) -> list[str]:
        """Return that of the release: its files come and go."""
        return [drafts.group_of(found.pk)]

    def word_on(self, found: Any) -> Word:
        """Return how many files are unread, and what changes with the page."""
        return Word(json.dumps(drafts.state_of(found)), is_last=False)
