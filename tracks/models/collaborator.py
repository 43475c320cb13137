"""Who works on a playlist beside its owner."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce, JSONObject, NullIf

from config.lib.ids import token128


class PlaylistCollaborator(models.Model):
    """Somebody who adds, moves and takes out on another's playlist, once they have accepted."""

    playlist = models.ForeignKey(
        "tracks.Playlist", on_delete=models.CASCADE, related_name="collaborators"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="collaborations"
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["invited_at"]
        constraints = [
            models.UniqueConstraint(fields=["playlist", "person"], name="collaborator_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.playlist_id}"


class PlaylistInvitation(models.Model):
    """The link by which one becomes a collaborator; it ends when its row goes."""

    playlist = models.OneToOneField(
        "tracks.Playlist", on_delete=models.CASCADE, related_name="invitation"
    )
    token = models.CharField(max_length=22, unique=True, default=token128)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"a link to {self.playlist_id}"


def those_beside(playlist: Any) -> Any:
    """Return who works on a playlist beside its owner as a column of JSON: id, handle, name.

    Whose page is closed is not named.
    """
    people: Any = get_user_model()._default_manager
    named = PlaylistCollaborator.objects.filter(
        playlist=playlist,
        accepted_at__isnull=False,
        person__in=people.visible_to(AnonymousUser()),
    )
    name = Coalesce(NullIf("person__display_name", Value("")), "person__handle")
    words = JSONObject(id="person_id", handle="person__handle", name=name)
    return ArraySubquery(named.order_by("invited_at").values(words=words))
