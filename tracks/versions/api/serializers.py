"""What the API tells of a version, and takes."""

from typing import Any

from rest_framework import serializers

from config.lib.api.fields import LineField
from media_pipeline.models import Asset, Job, Rendition
from tracks.models import Track

RENDITION_MEMBERS = ["format", "codec", "bitrate", "status", "size_bytes"]
SOURCE_MEMBERS = ["source_type", "source_url", "imported_at"]
JOB_MEMBERS = ["id", "state", "stage", "progress", "seconds_left", "error_code", "error"]
FIGURES = ("duration_ms", "sample_rate", "channels", "loudness_lufs", "true_peak_dbtp", "lra")


class TrackBrief(serializers.ModelSerializer[Track]):
    """The track a version belongs to."""

    url = serializers.CharField()

    class Meta:
        model = Track
        fields = ["id", "slug", "title", "url", "visibility"]


class RenditionState(serializers.ModelSerializer[Rendition]):
    """One encoding of the version."""

    class Meta:
        model = Rendition
        fields = RENDITION_MEMBERS


class JobState(serializers.ModelSerializer[Job]):
    """How far the main job is; `error` is a sentence."""

    class Meta:
        model = Job
        fields = JOB_MEMBERS


class SourceState(serializers.ModelSerializer[Asset]):
    """How an original came here."""

    class Meta:
        model = Asset
        fields = SOURCE_MEMBERS


class VersionState(serializers.Serializer[dict[str, Any]]):
    """A version as it is now. Addresses are null until there is something behind them.

    The schema of what `describe` returns, which is sent as it is.
    """

    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment] # a member, not DRF's own label
    number = serializers.IntegerField()
    note = serializers.CharField(help_text="What changed, in Markdown.")
    created_at = serializers.DateTimeField()
    created_by = serializers.CharField(help_text="Handle")
    hidden = serializers.BooleanField(help_text="Hidden ones are told to their owner only.")
    primary = serializers.BooleanField(help_text="What listeners get first.")
    track = TrackBrief()
    status = serializers.CharField()
    playable = serializers.BooleanField()
    duration_ms = serializers.IntegerField(allow_null=True)
    sample_rate = serializers.IntegerField(allow_null=True)
    channels = serializers.IntegerField(allow_null=True)
    loudness_lufs = serializers.FloatField(allow_null=True)
    true_peak_dbtp = serializers.FloatField(allow_null=True)
    lra = serializers.FloatField(allow_null=True, help_text="Loudness range, LU")
    hls_url = serializers.CharField(allow_null=True)
    lossless_hls_url = serializers.CharField(allow_null=True)
    mp3_url = serializers.CharField(allow_null=True)
    waveform_url = serializers.CharField(allow_null=True)
    cover_url = serializers.CharField(
        allow_null=True, help_text="Of its own file; pages show the cover of the primary version."
    )
    expires_at = serializers.DateTimeField()
    renditions = RenditionState(many=True)
    job = JobState(allow_null=True)
    source = SourceState(  # type: ignore[assignment] # a member, not DRF's own
        allow_null=True, help_text="Told to its owner alone."
    )


class VersionWords(serializers.Serializer[Any]):
    """What a version is called, and what changed in it."""

    label = LineField(  # type: ignore[assignment] # a member, not DRF's own label
        max_length=60, required=False, allow_blank=True
    )
    note = serializers.CharField(max_length=4000, required=False, allow_blank=True)
