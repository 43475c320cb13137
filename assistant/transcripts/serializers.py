"""Transcripts as programs read and write them."""

from typing import Any

from rest_framework import serializers

TIMES = "Milliseconds from the begin of the recording."


class MadeBy(serializers.Serializer[Any]):
    """The machine that heard it."""

    provider = serializers.CharField()
    model = serializers.CharField()
    version = serializers.CharField()


class SegmentTold(serializers.Serializer[Any]):
    """A passage of one speaker."""

    begin_ms = serializers.IntegerField(help_text=TIMES)
    end_ms = serializers.IntegerField()
    speaker = serializers.CharField(help_text="Empty where nobody said who it is.")
    text = serializers.CharField()
    words = serializers.ListField(
        child=serializers.ListField(),
        help_text="[begin_ms, end_ms, text, confidence from 0 to 1 or null] each.",
    )


class TranscriptTold(serializers.Serializer[Any]):
    """What is said and sung in a version of a track."""

    track = serializers.UUIDField()
    version = serializers.UUIDField()
    revision = serializers.IntegerField(help_text="Whoever changes it names this.")
    language = serializers.CharField(help_text="BCP 47, or empty.")
    made_by = MadeBy(allow_null=True)
    edited_at = serializers.DateTimeField(allow_null=True)
    segments = SegmentTold(many=True, help_text="Empty where there are none.")


class TranscriptWords(serializers.Serializer[Any]):
    """What its owner wants it to be; all segments, or nothing of them."""

    revision = serializers.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        help_text="As it was read: 409 if it changed since.",
    )
    language = serializers.CharField(max_length=12, required=False, allow_blank=True)
    segments = serializers.JSONField(
        required=False,
        help_text="Objects with begin_ms, end_ms, speaker and words or text. With text alone, "
        "words that stay keep their times.",
    )
