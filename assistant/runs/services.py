"""Writing down what made an output."""

import hashlib
from uuid import UUID

from assistant.models import ModelRun
from assistant.providers.registry import Machine


def record(
    task: str,
    machine: Machine,
    *,
    read: bytes,
    track: UUID | None = None,
    took_ms: int | None = None,
    **parameters: object,
) -> ModelRun:
    """Return a kept run of this machine over these bytes. Runs in the caller's transaction."""
    run: ModelRun = ModelRun.objects.create(
        task=task,
        provider=machine.name,
        model=machine.model,
        version=machine.version,
        parameters=parameters,
        input_sha256=hashlib.sha256(read).hexdigest(),
        track_id=track,
        took_ms=took_ms,
    )
    return run
