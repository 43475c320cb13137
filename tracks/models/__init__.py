"""Tracks, their versions, and what is made of them."""

from tracks.models.alignment import VersionAlignment
from tracks.models.blind_test import BlindTest
from tracks.models.collaborator import PlaylistCollaborator, PlaylistInvitation
from tracks.models.credit import Credit, Name, NameClaim
from tracks.models.document import ChangedThing, Document, KnownWord
from tracks.models.download import (
    Download,
    DownloadGrant,
    Given,
    ListedListener,
    Parcel,
    PreparedFile,
)
from tracks.models.former_slug import FormerSlug
from tracks.models.label import Label
from tracks.models.lyrics import Lyrics
from tracks.models.play_queue import PlayQueue
from tracks.models.release import Playlist, PlaylistItem, Release, ReleaseTrack
from tracks.models.revision import Revision
from tracks.models.stem import Stem
from tracks.models.tag import Tag, TrackTag
from tracks.models.track import Track
from tracks.models.version import TrackVersion
from tracks.models.visual import TrackVisual

__all__ = [
    "BlindTest",
    "ChangedThing",
    "Credit",
    "Document",
    "Download",
    "DownloadGrant",
    "FormerSlug",
    "Given",
    "KnownWord",
    "Label",
    "ListedListener",
    "Lyrics",
    "Name",
    "NameClaim",
    "Parcel",
    "PlayQueue",
    "Playlist",
    "PlaylistCollaborator",
    "PlaylistInvitation",
    "PlaylistItem",
    "PreparedFile",
    "Release",
    "ReleaseTrack",
    "Revision",
    "Stem",
    "Tag",
    "Track",
    "TrackTag",
    "TrackVersion",
    "TrackVisual",
    "VersionAlignment",
]
