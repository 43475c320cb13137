"""Finding releases and playlists, by who may open them."""

from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from tracks import access
from tracks.models.collaborator import PlaylistCollaborator


class CollectionQuerySet(models.QuerySet[Any]):
    """Releases and playlists. What is in them is found through the tracks' own `visible_to`."""

    def visible_to(self, user: access.User) -> "CollectionQuerySet":
        """Return what this person may open without holding a link."""
        allowed = self._open_to_all() | self._arranged(user)
        return self.filter((allowed & self._undenied(user)) | access.owner_as_evidence(user))

    def opened_by_token(self, token: str, user: access.User | None = None) -> "CollectionQuerySet":
        """Return the unlisted one that this key opens, unless it is closed to this person."""
        open_to = self._undenied(user or AnonymousUser())
        return self.filter(open_to, visibility="unlisted", token=token)

    def arranged_by(self, user: access.User) -> "CollectionQuerySet":
        """Return those whose order this person may change: their own, and what they work on."""
        return self.filter(self._arranged(user), self._undenied(user))

    def _undenied(self, user: access.User) -> Q:
        kind = self.model._meta.model_name or ""
        return access.undenied(user) & access.undenied_thing(kind, user)

    def _open_to_all(self) -> Q:
        return Q(visibility="public")

    def _arranged(self, user: access.User) -> Q:
        if not user.is_authenticated:
            return Q(pk__in=[])
        if self.model._meta.model_name != "playlist":
            return Q(owner_id=user.pk)
        taken = PlaylistCollaborator.objects.filter(person_id=user.pk, accepted_at__isnull=False)
        return Q(owner_id=user.pk) | Q(pk__in=taken.values("playlist"))


_Manager = models.Manager.from_queryset(CollectionQuerySet)


class CollectionManager(_Manager[Any]):
    """Releases or playlists that are not deleted."""

    def get_queryset(self) -> CollectionQuerySet:
        """Return what is not deleted."""
        return cast(CollectionQuerySet, super().get_queryset().filter(deleted_at=None))


class ReleaseQuerySet(CollectionQuerySet):
    """Releases: one whose hour is to come is seen by its owner alone, and announced to others."""

    def announced(self, user: access.User) -> "ReleaseQuerySet":
        """Return those that open at an hour to come, as far as no denial closes them."""
        return self.filter(self._undenied(user), _TO_COME)

    def _open_to_all(self) -> Q:
        return Q(visibility="public") & ~_TO_COME


# By the clock of the database, as access._public.
_TO_COME = Q(visibility="public", release_at__isnull=False, release_at__gt=Now())
_ReleaseManager = models.Manager.from_queryset(ReleaseQuerySet)


class ReleaseManager(_ReleaseManager[Any]):
    """Releases that are not deleted."""

    def get_queryset(self) -> ReleaseQuerySet:
        """Return what is not deleted."""
        return cast(ReleaseQuerySet, super().get_queryset().filter(deleted_at=None))
