"""The public vocabulary for finding notes, and what people should hear of."""

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, UUIDField
from django.db.models.functions import Coalesce

from tracks import access

if TYPE_CHECKING:
    from social.models import Comment, Notification  # noqa: F401
    from social.viewers import Viewer


class CommentQuerySet(models.QuerySet["Comment"]):
    """Notes, by who may read them."""

    def readable_by(self, viewer: "Viewer") -> "CommentQuerySet":
        """Return the notes this viewer may read: on tracks they may open, and meant for them.

        Notes for the artist and the reviewers are read by these, by whoever came by a valid
        review link, and by who wrote them. What stands in hidden versions only is the owner's.
        """
        tracks = apps.get_model("tracks.Track").objects.all()
        by_link = Q(track_id=viewer.link.track_id) if viewer.link else Q(pk__in=[])
        meant = (_meant_for(viewer.user) | by_link) & _stands_before(viewer.user)
        return self.filter(meant, track__in=tracks.opened_by(*viewer.opens))

    def meant_for(self, user: access.User) -> "CommentQuerySet":
        """Return the notes this person may read where the track is open to them."""
        return self.filter(_meant_for(user) & _stands_before(user))

    def for_list(self) -> "CommentQuerySet":
        """Carry every join that one note in a list needs, and only its columns."""
        return self.select_related(
            "user", "guest", "assigned_to", "version", "resolution__by", "resolution__version"
        ).only(
            *("track", "parent", "at_ms", "until_ms", "body_md", "attribution", "visibility"),
            *("edited_at", "removed_at", "created_at"),
            *("version__number", "version__hidden_at"),
            *("user__handle", "user__display_name", "guest__name"),
            *("assigned_to__handle", "assigned_to__display_name"),
            *("resolution__created_at", "resolution__version__number"),
            *("resolution__by__handle", "resolution__by__display_name"),
        )


class NotificationQuerySet(models.QuerySet["Notification"]):
    """What one person should hear of."""

    def heard_by(self, user: Any) -> "NotificationQuerySet":
        """Return this person's news of tracks and notes that are not closed to them by now."""
        tracks = apps.get_model("tracks.Track").objects.filter(
            access.visible(user) | access.by_link(user)
        )
        notes = apps.get_model("social.Comment").objects.meant_for(user)
        told = Q(comment=None) | Exists(notes.filter(pk=OuterRef("comment")))
        return self.filter(told, user_id=user.pk, track__in=tracks)


def _meant_for(user: access.User) -> Q:
    allowed = Q(visibility="everybody")
    if user.is_authenticated:
        reviewers = apps.get_model("social.Reviewer").objects.filter(user_id=user.pk)
        allowed |= Q(track__owner_id=user.pk) | Q(user_id=user.pk)
        allowed |= Q(track__in=reviewers.values("track"))
    return allowed


def _stands_before(user: access.User) -> Q:
    """The note's thread stands in a version that is shown; a hidden one is its owner's alone."""
    thread = Coalesce(OuterRef("parent_id"), OuterRef("pk"), output_field=UUIDField())
    placements = apps.get_model("social.Placement").objects.all()
    allowed = Q(Exists(placements.filter(comment_id=thread, version__hidden_at=None)))
    return allowed | Q(track__owner_id=user.pk) if user.is_authenticated else allowed
