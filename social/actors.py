"""Doors for the workers. Wake them by name: `config.lib.queue.send`."""

from uuid import UUID

import dramatiq

from social.notes.services.carry_over import carry


@dramatiq.actor(queue_name="fast")
def carry_notes(version_id: str) -> None:
    """Bring the notes of the version before over to this one."""
    carry(version_id=UUID(version_id))
