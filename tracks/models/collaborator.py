"""Who works on a playlist beside its owner."""

from django.conf import settings
from django.db import models

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
