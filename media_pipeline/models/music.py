"""What a machine heard of the music in a file."""

from django.db import models
from pgvector.django import HalfVectorField, HnswIndex


class MusicFacts(models.Model):
    """Tempo and key of an asset, as measured; null where there was too little to measure.

    `bpm_confidence` is that of RhythmExtractor2013, 0 to 5.32: below 1.5 it is a guess
    (essentia.upf.edu/reference/std_RhythmExtractor2013.html). `key_confidence` is from 0 to 1.
    """

    asset = models.OneToOneField(
        "media_pipeline.Asset", primary_key=True, on_delete=models.CASCADE, related_name="music"
    )
    bpm = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    bpm_confidence = models.FloatField(null=True, blank=True)
    key = models.CharField(max_length=4, blank=True, help_text="C, F#m, Bb; m is minor.")
    key_confidence = models.FloatField(null=True, blank=True)
    measured_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "music facts"

    def __str__(self) -> str:
        return f"{self.bpm or 'no tempo'}, {self.key or 'no key'}"


class Descriptor(models.Model):
    """How an asset sounds, see ``steps/descriptor.py``; null for silence, or where it is too short.

    Those of one `version` can be compared: 1 − cosine is from 0, the same, to 2.
    """

    asset = models.OneToOneField(
        "media_pipeline.Asset",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="descriptor",
    )
    vector = HalfVectorField(dimensions=91, null=True)
    version = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [
            HnswIndex(
                name="descriptor_by_cosine",
                fields=["vector"],
                m=16,
                ef_construction=64,
                opclasses=["halfvec_cosine_ops"],
            )
        ]

    def __str__(self) -> str:
        return f"version {self.version}" if self.vector is not None else "nothing to hear"
