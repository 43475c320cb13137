"""The public vocabulary for finding notes, and what people should hear of."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from tracks import access

if TYPE_CHECKING:
    from social.models import Comment, Notification  # noqa: F401
    from social.viewers import Viewer


class CommentQuerySet(models.QuerySet["Comment"]):
    """Notes, by who may read them."""

    def readable_by(self, viewer: "Viewer") -> "CommentQuerySet":
        """Return the notes this viewer may read: on tracks they may open, and meant for them.

        Notes for the artist and the reviewers are read by these, by whoever came by a valid
        review link, and by who wrote them.
        """
        tracks = apps.get_model("tracks.Track").objects.all()
        return self.filter(_meant_for(viewer), track__in=tracks.opened_by(*viewer.opens))

    def for_list(self) -> "CommentQuerySet":
        """Carry every join that one note in a list needs, and only its columns."""
        return self.select_related(
            "user", "guest", "assigned_to", "version", "resolution__by", "resolution__version"
        ).only(
            *("track", "parent", "at_ms", "until_ms", "body_md", "attribution", "visibility"),
            *("edited_at", "removed_at", "created_at", "version__number"),
            *("user__handle", "user__display_name", "guest__name"),
            *("assigned_to__handle", "assigned_to__display_name"),
            *("resolution__created_at", "resolution__version__number"),
            *("resolution__by__handle", "resolution__by__display_name"),
        )


class NotificationQuerySet(models.QuerySet["Notification"]):
    """What one person should hear of."""

    def heard_by(self, user: Any) -> "NotificationQuerySet":
        """Return this person's news of tracks that are not closed to them by now."""
        tracks = apps.get_model("tracks.Track").objects.filter(
            access.visible(user) | access.by_link(user)
        )
        return self.filter(user_id=user.pk, track__in=tracks)


def _meant_for(viewer: "Viewer") -> Q:
    allowed = Q(visibility="everybody")
    if viewer.user.is_authenticated:
        reviewers = apps.get_model("social.Reviewer").objects.filter(user_id=viewer.user.pk)
        allowed |= Q(track__owner_id=viewer.user.pk) | Q(user_id=viewer.user.pk)
        allowed |= Q(track__in=reviewers.values("track"))
    if viewer.link:
        allowed |= Q(track_id=viewer.link.track_id)
    return allowed
