"""What can happen to files, for whoever reads events; ids only."""

from media_pipeline.events.registry import register

BYTES_DIFFER = "file.differs"


def register_all() -> None:
    """Say what can happen here."""
    register(BYTES_DIFFER, "A file arrived with other bytes than its sender had announced.")
