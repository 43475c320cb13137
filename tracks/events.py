"""What can happen to music, for whoever reads events; ids only."""

from media_pipeline.events.registry import register

TRACK_PUBLISHED = "track.published"
TRACK_CLOSED = "track.closed"
TRACK_DELETED = "track.deleted"
VERSION_ADDED = "version.added"
VERSION_MADE_PRIMARY = "version.made_primary"
RELEASE_PUBLISHED = "release.published"
PLAYLIST_INVITED = "playlist.invited"
PLAYLIST_JOINED = "playlist.joined"


def register_all() -> None:
    """Say what can happen here."""
    register(TRACK_PUBLISHED, "Everybody can find and hear a track for the first time.", "owner")
    register(TRACK_CLOSED, "Fewer people may open a track than before.", "owner")
    register(TRACK_DELETED, "A track was deleted with all its versions.", "owner")
    register(VERSION_ADDED, "A track has one more version, which is being made.", "track")
    register(VERSION_MADE_PRIMARY, "Listeners get another version of a track first.", "track")
    register(RELEASE_PUBLISHED, "A release became public.", "owner")
    register(PLAYLIST_INVITED, "Somebody was asked to work on a playlist.", "person")
    register(PLAYLIST_JOINED, "Somebody works on a playlist from now on.", "person")
