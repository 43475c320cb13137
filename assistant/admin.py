"""What machines have read, for administrators."""

from assistant.meaning.admin import EmbeddingModelAdmin

__all__ = ["EmbeddingModelAdmin"]  # registered where their topics are
