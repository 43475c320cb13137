"""What one pass over an asset leaves behind."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Rendition(models.Model):
    """One encoding of an asset that a listener can play."""

    class Format(models.TextChoices):
        HLS_OPUS = "hls_opus"
        HLS_OPUS64 = "hls_opus64"
        HLS_AAC = "hls_aac"
        HLS_FLAC = "hls_flac"
        HLS_ALAC = "hls_alac"
        MP3_320 = "mp3_320"

    class Status(models.TextChoices):
        GROWING = "growing"
        READY = "ready"

    asset = models.ForeignKey(
        "media_pipeline.Asset", on_delete=models.CASCADE, related_name="renditions"
    )
    format = models.CharField(max_length=12, choices=Format)
    attempt = models.CharField(max_length=40)
    path = models.CharField(max_length=60, help_text="Below the attempt's directory.")
    codec = models.CharField(max_length=20)
    bitrate = models.PositiveIntegerField(default=0, help_text="Bits per second, measured.")
    size_bytes = models.PositiveBigIntegerField(default=0)
    status = models.CharField(max_length=8, choices=Status, default=Status.GROWING)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asset", "format"], name="rendition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.status}"


FORMAT_NAMES = {"vorbis": "Ogg Vorbis", "opus": "Opus", "mov": "QuickTime"}


class AudioFacts(models.Model):
    """Figures of the sound. `measured` turns true when they come from what was decoded."""

    asset = models.OneToOneField(
        "media_pipeline.Asset", on_delete=models.CASCADE, related_name="facts"
    )
    measured = models.BooleanField(default=False)
    duration_ms = models.PositiveBigIntegerField()
    sample_rate = models.PositiveIntegerField(help_text="Hz")
    channels = models.PositiveSmallIntegerField()
    bit_depth = models.PositiveSmallIntegerField(null=True, blank=True)
    bitrate = models.PositiveIntegerField(null=True, blank=True, help_text="Bits per second")
    container = models.CharField(max_length=20)
    codec = models.CharField(max_length=40)
    loudness_lufs = models.FloatField(null=True, blank=True, help_text="EBU R128 integrated")
    true_peak_dbtp = models.FloatField(null=True, blank=True)
    lra = models.FloatField(null=True, blank=True, help_text="Loudness range, LU")
    loudness_curve = ArrayField(
        models.FloatField(null=True),
        default=list,
        blank=True,
        help_text="Short-term LUFS, each second",
    )
    tags = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "audio facts"

    def __str__(self) -> str:
        return f"{self.codec} {self.sample_rate} Hz"

    @property
    def format_name(self) -> str:
        """What musicians call such a file: WAV or AIFF where the samples are plain PCM."""
        name = self.container if self.codec.startswith("pcm_") else self.codec
        return FORMAT_NAMES.get(name, name.upper())


class Waveform(models.Model):
    """Peaks to be seen at once: an overview with the page, a picture, the JSON that tools read.

    Those for zooming lie in the attempt's directory (`services.peaks`).
    """

    asset = models.OneToOneField(
        "media_pipeline.Asset", on_delete=models.CASCADE, related_name="waveform"
    )
    json_key = models.CharField(max_length=200)
    png_key = models.CharField(max_length=200)
    spectral_key = models.CharField(max_length=200, blank=True)
    overview = ArrayField(
        models.SmallIntegerField(), help_text="1,000 pairs of minimum and maximum, −128…127"
    )

    def __str__(self) -> str:
        return self.json_key


class Artwork(models.Model):
    """The cover: embedded in the file, or drawn from the waveform."""

    class Origin(models.TextChoices):
        EMBEDDED = "embedded"
        DRAWN = "drawn"

    asset = models.OneToOneField(
        "media_pipeline.Asset", on_delete=models.CASCADE, related_name="artwork"
    )
    full_key = models.CharField(max_length=200)
    thumb_key = models.CharField(max_length=200)
    origin = models.CharField(max_length=8, choices=Origin)
    accent = models.CharField(max_length=6, help_text="rrggbb")

    def __str__(self) -> str:
        return self.full_key


class Fingerprint(models.Model):
    """Chromaprint of the sound; empty for clips too short to have one (under 3 s)."""

    asset = models.OneToOneField(
        "media_pipeline.Asset", on_delete=models.CASCADE, related_name="fingerprint"
    )
    chromaprint = ArrayField(models.BigIntegerField(), default=list)
    words = ArrayField(
        models.IntegerField(), default=list, help_text="Distinct masked words, for look-up."
    )
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["hash"], name="fingerprint_hash"),
            GinIndex(fields=["words"], name="fingerprint_words"),
        ]

    def __str__(self) -> str:
        return self.hash or "no fingerprint"
