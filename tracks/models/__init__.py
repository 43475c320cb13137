"""Tracks and their versions."""

from tracks.models.track import Track
from tracks.models.version import TrackVersion

__all__ = ["Track", "TrackVersion"]
