"""What the storage is told of receipt files."""

from economics.charities.selectors import FOLDER, known_keys
from media_pipeline.audit.registry import register_keys


def register_all() -> None:
    """Say whose these keys are. They are in every backup, as all that cannot be made again."""
    register_keys("receipts of charity", FOLDER, known_keys)
