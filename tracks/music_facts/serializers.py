"""Tempo and key, as programs read and write them; parts for the API of tracks."""

from typing import Any

from rest_framework import serializers

from tracks.models import Track
from tracks.music_facts.rules import camelot

SAID = "As measured; null where the owner said it, or nothing is known."


class MusicWords(serializers.Serializer[Any]):
    """What the owner says; one that is left out stays, an empty one is taken as measured."""

    bpm = serializers.CharField(
        max_length=12, required=False, allow_blank=True, help_text="20 to 400: 120 or 129.6."
    )
    music_key = serializers.CharField(
        max_length=20, required=False, allow_blank=True, help_text="F# minor, Bb, Fis-Moll, 8A."
    )


class MusicTold(serializers.Serializer[Any]):
    """What is known of tempo and key."""

    bpm = serializers.FloatField(allow_null=True)
    bpm_confidence = serializers.FloatField(allow_null=True, help_text=f"0 to 5.32. {SAID}")
    music_key = serializers.CharField(help_text="C, F#m, Bb; empty where nothing is known.")
    music_key_confidence = serializers.FloatField(allow_null=True, help_text=f"0 to 1. {SAID}")
    camelot = serializers.CharField(help_text="1A to 12B.")


def told(track: Track) -> dict[str, Any]:
    """Return what is known of a track, as `MusicTold` has it."""
    return {
        "bpm": None if track.bpm is None else float(track.bpm),
        "bpm_confidence": track.bpm_confidence,
        "music_key": track.music_key,
        "music_key_confidence": track.music_key_confidence,
        "camelot": camelot(track.music_key),
    }
