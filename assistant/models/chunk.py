"""Passages of what is known of a piece, and where each lies among meanings."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now
from pgvector.django import VectorField

from assistant.models.consent import PROVIDER_CHARS
from assistant.models.run import MODEL_CHARS, VERSION_CHARS
from config.lib.ids import uuid7


class Chunk(models.Model):
    """One passage of one piece, with its second where it has one. Gone with the piece."""

    class Source(models.TextChoices):
        TITLE = "title", "Title"
        WORDS = "words", "Description"
        TAGS = "tags", "Tags"
        CREDITS = "credits", "Credits"
        LYRICS = "lyrics", "Lyrics"
        TRANSCRIPT = "transcript", "Transcript"
        NOTES = "notes", "Notes"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey("tracks.Track", on_delete=models.CASCADE, related_name="chunks")
    source = models.CharField(max_length=10, choices=Source)
    source_id = models.UUIDField(null=True, blank=True, help_text="Of the version or the note.")
    place = models.PositiveIntegerField(default=0, help_text="Which passage of its source.")
    at_ms = models.PositiveIntegerField(null=True, blank=True)
    end_ms = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField()
    times = models.JSONField(
        default=list, help_text="`[[letter, ms], …]`: which moment begins at which letter."
    )
    words = SearchVectorField(default="", help_text="Its words without their endings.")
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["track", "source", "source_id", "place"],
                nulls_distinct=False,
                name="one_chunk_per_place",
            )
        ]
        indexes = [
            GinIndex(fields=["words"], name="chunk_words", fastupdate=False),
            models.Index(fields=["source_id"], name="chunk_of_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.place} of {self.track_id}"


class ChangedPiece(models.Model):
    """A piece whose passages are to be made anew; each change is a row of its own."""

    id = models.BigAutoField(primary_key=True)
    track = models.UUIDField()

    def __str__(self) -> str:
        return str(self.track)


class EmbeddingModel(models.Model):
    """A model that makes vectors of one length: those of two models are never compared."""

    class State(models.TextChoices):
        FILLING = "filling", "Being filled"
        SERVING = "serving", "Serving"
        RETIRED = "retired", "Retired"

    provider = models.CharField(max_length=PROVIDER_CHARS)
    model = models.CharField(max_length=MODEL_CHARS)
    version = models.CharField(max_length=VERSION_CHARS, blank=True)
    dimensions = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.FILLING)
    elsewhere = models.BinaryField(
        null=True,
        editable=False,
        help_text="Vectors of sentences about other things: what is no nearer than these is none.",
    )
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "model", "version"], name="embedding_model_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.model}"


class Embedding(models.Model):
    """Where a chunk lies, by one model. Each model has an HNSW index of its own, over its rows."""

    id = models.BigAutoField(primary_key=True)
    chunk = models.ForeignKey(Chunk, on_delete=models.CASCADE, related_name="embeddings")
    model = models.ForeignKey(EmbeddingModel, on_delete=models.CASCADE, related_name="embeddings")
    run = models.ForeignKey(
        "assistant.ModelRun", on_delete=models.CASCADE, null=True, related_name="embeddings"
    )
    vector = VectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chunk", "model"], name="one_vector_per_model")
        ]

    def __str__(self) -> str:
        return f"{self.chunk_id} by {self.model_id}"
