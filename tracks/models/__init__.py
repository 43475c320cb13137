"""Tracks, their versions, and what is made of them."""

from tracks.models.alignment import VersionAlignment
from tracks.models.blind_test import BlindTest
from tracks.models.collaborator import PlaylistCollaborator, PlaylistInvitation
from tracks.models.play_queue import PlayQueue
from tracks.models.release import Playlist, PlaylistItem, Release, ReleaseTrack
from tracks.models.stem import Stem
from tracks.models.track import Track
from tracks.models.version import TrackVersion
from tracks.models.visual import TrackVisual

__all__ = [
    "BlindTest",
    "PlayQueue",
    "Playlist",
    "PlaylistCollaborator",
    "PlaylistInvitation",
    "PlaylistItem",
    "Release",
    "ReleaseTrack",
    "Stem",
    "Track",
    "TrackVersion",
    "TrackVisual",
    "VersionAlignment",
]
