"""What can happen to music, for whoever reads events; ids only."""

from media_pipeline.events.registry import register

TRACK_PUBLISHED = "track.published"
TRACK_CLOSED = "track.closed"
TRACK_EDITED = "track.edited"
TRACK_DELETED = "track.deleted"
TRACK_RESTORED = "track.restored"
TRACK_REMOVED = "track.removed"
VERSION_ADDED = "version.added"
VERSION_MADE_PRIMARY = "version.made_primary"
RELEASE_SCHEDULED = "release.scheduled"
RELEASE_PUBLISHED = "release.published"
RELEASE_DELETED = "release.deleted"
RELEASE_RESTORED = "release.restored"
RELEASE_REMOVED = "release.removed"
CREDIT_GIVEN = "credit.given"
NAME_CLAIMED = "name.claimed"
NAME_CLAIM_DECIDED = "name.claim_decided"
DOWNLOAD_GIVEN = "download.given"
DOWNLOAD_GRANTED = "download.granted"
LISTENER_LISTED = "listener.listed"
PLAYLIST_INVITED = "playlist.invited"
PLAYLIST_JOINED = "playlist.joined"
PLAYLIST_DELETED = "playlist.deleted"
PLAYLIST_RESTORED = "playlist.restored"
PLAYLIST_REMOVED = "playlist.removed"


def register_all() -> None:
    """Say what can happen here."""
    register(TRACK_PUBLISHED, "Everybody can find and hear a track for the first time.", "owner")
    register(TRACK_CLOSED, "Fewer people may open a track than before.", "owner")
    register(TRACK_EDITED, "Something else is said of a track than before.", "owner")
    register(TRACK_DELETED, "A track was deleted, and closed to everybody for now.", "owner")
    register(TRACK_RESTORED, "A deleted track was brought back.", "owner")
    register(TRACK_REMOVED, "A track is gone for good with all its versions.", "owner")
    register(VERSION_ADDED, "A track has one more version, which is being made.", "track")
    register(VERSION_MADE_PRIMARY, "Listeners get another version of a track first.", "track")
    register(RELEASE_SCHEDULED, "An hour was chosen at which a release comes out.", "owner")
    register(RELEASE_PUBLISHED, "A release became public.", "owner")
    register(RELEASE_DELETED, "A release was deleted; its tracks stay.", "owner")
    register(RELEASE_RESTORED, "A deleted release was brought back.", "owner")
    register(RELEASE_REMOVED, "A release is gone for good; its tracks stay.", "owner")
    register(CREDIT_GIVEN, "Somebody with an account is credited on music.", "person")
    register(NAME_CLAIMED, "Somebody says that an artist’s name is theirs.", "person")
    register(NAME_CLAIM_DECIDED, "Whether a name is theirs was decided.", "person")
    register(DOWNLOAD_GIVEN, "Somebody has taken a file or a release to keep.", "owner")
    register(DOWNLOAD_GRANTED, "An artist lets somebody keep a track or a release.", "owner")
    register(LISTENER_LISTED, "An artist has put somebody on the list of listeners.", "owner")
    register(PLAYLIST_INVITED, "Somebody was asked to work on a playlist.", "person")
    register(PLAYLIST_JOINED, "Somebody works on a playlist from now on.", "person")
    register(PLAYLIST_DELETED, "A playlist was deleted; its tracks stay.", "owner")
    register(PLAYLIST_RESTORED, "A deleted playlist was brought back.", "owner")
    register(PLAYLIST_REMOVED, "A playlist is gone for good; its tracks stay.", "owner")
