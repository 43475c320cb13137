"""What a machine has read, and what it may read."""

from assistant.models.call import ProviderCall
from assistant.models.chunk import ChangedPiece, Chunk, Embedding, EmbeddingModel
from assistant.models.consent import Consent, ProviderConsent
from assistant.models.run import ModelRun
from assistant.models.suggestion import Suggestion
from assistant.models.transcript import NoTranscript, Transcript

__all__ = [
    "ChangedPiece",
    "Chunk",
    "Consent",
    "Embedding",
    "EmbeddingModel",
    "ModelRun",
    "NoTranscript",
    "ProviderCall",
    "ProviderConsent",
    "Suggestion",
    "Transcript",
]
