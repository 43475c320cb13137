"""People, their keys, and what they say about the music."""

from social.models.artist import ArtistPage, ArtistPicture, PageSection
from social.models.export import Export, Imported
from social.models.note import CarryOver, Note, Placement, Resolution
from social.models.notification import Notification
from social.models.review import Reviewer, ReviewGuest, ReviewLink, ReviewPolicy
from social.models.signoff import Approver, SignOff, Stage
from social.models.token import ApiToken
from social.models.user import User

__all__ = [
    "ApiToken",
    "Approver",
    "ArtistPage",
    "ArtistPicture",
    "CarryOver",
    "Export",
    "Imported",
    "Note",
    "Notification",
    "PageSection",
    "Placement",
    "Resolution",
    "ReviewGuest",
    "ReviewLink",
    "ReviewPolicy",
    "Reviewer",
    "SignOff",
    "Stage",
    "User",
]
