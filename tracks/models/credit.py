"""Names under which people make music, and what each is credited for. A name is no account."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, TextField, When
from django.db.models.functions import Cast, JSONObject

from config.lib.ids import uuid7
from config.lib.urls import address_of
from tracks import access
from tracks.models import search

NAME_MAX = 120
SHOWN = 80  # credits of one thing that its page tells


class NameQuerySet(models.QuerySet["Name"]):
    """Names, by who may know that they are here."""

    def visible_to(self, user: access.User) -> "NameQuerySet":
        """Return the names credited on music that everybody may find, and this person's own."""
        nobody = AnonymousUser()
        tracks = apps.get_model("tracks.Track").objects.visible_to(nobody).filter(PUBLIC)
        releases = apps.get_model("tracks.Release").objects.visible_to(nobody)
        releases = releases.filter(visibility="public")
        credits: Any = Credit.objects.filter(name=OuterRef("pk"))
        shown = Q(Exists(credits.filter(track__in=tracks.values("pk"))))
        shown |= Q(Exists(credits.filter(release__in=releases.values("pk"))))
        if user.is_authenticated:
            own = Q(track__owner_id=user.pk) | Q(release__owner_id=user.pk)
            shown |= Q(account_id=user.pk) | Q(Exists(credits.filter(own)))
        return self.filter(shown)


PUBLIC = Q(visibility="public", published_at__isnull=False)


class Name(models.Model):
    """A name as it stands on music. Claimed, it leads to an account; many never are."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=90, unique=True)
    name = models.CharField(max_length=NAME_MAX)
    key = models.CharField(
        max_length=NAME_MAX * 2,
        unique=True,
        help_text="The name without case and accents: what has one key is one name.",
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="names",
        help_text="Whose name it is, where somebody has claimed it.",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = NameQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(OpClass("key", name="text_pattern_ops"), name="name_beginnings"),
            GinIndex(search.OF_NAME, name="name_words"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return its page."""
        return address_of("artist", self.slug)


class Credit(models.Model):
    """One name on one track or release, in one role, in the order in which they are read."""

    class Role(models.TextChoices):
        ARTIST = "artist", "Artist"
        WRITER = "writer", "Writer"
        PRODUCER = "producer", "Producer"
        FEATURE = "feature", "Feature"
        MUSICIAN = "musician", "Musician"
        MIXER = "mixer", "Mixing"
        MASTERING = "mastering", "Mastering"
        OTHER = "other", "Other"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    track = models.ForeignKey(
        "tracks.Track", null=True, blank=True, on_delete=models.CASCADE, related_name="credits"
    )
    release = models.ForeignKey(
        "tracks.Release", null=True, blank=True, on_delete=models.CASCADE, related_name="credits"
    )
    name = models.ForeignKey(Name, on_delete=models.PROTECT, related_name="credits")
    credited_as = models.CharField(max_length=NAME_MAX, help_text="The name as it stands there.")
    role = models.CharField(max_length=9, choices=Role)
    detail = models.CharField(max_length=80, blank=True, help_text="Such as the instrument.")
    url = models.URLField(max_length=300, blank=True)
    join_phrase = models.CharField(
        max_length=20, blank=True, help_text="What stands between this artist and the next."
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_unlinked = models.BooleanField(
        default=False, help_text="Whose name it is wants no link from here to their account."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(track=None) ^ Q(release=None), name="credit_of_one_thing"
            ),
        ]
        indexes = [models.Index(fields=["name", "role"], name="credit_name_role")]

    def __str__(self) -> str:
        return f"{self.credited_as}, {self.get_role_display()}"


def credits_beside(**of: Any) -> Any:
    """Return the credits of a thing (`track=OuterRef("pk")`) as a column of JSON.

    `handle` and `account` are there where the name leads to an account that everybody may see.
    """
    people: Any = get_user_model()._default_manager
    open_to_all = people.filter(access.visible_people(AnonymousUser())).values("pk")
    linked = Q(is_unlinked=False, name__account__in=open_to_all)
    handle = Case(When(linked, then=F("name__account__handle")), output_field=TextField())
    account = Case(When(linked, then=Cast("name__account_id", TextField())))
    row = JSONObject(
        id=Cast("pk", TextField()),
        role="role",
        name="credited_as",
        known_as="name__name",
        join="join_phrase",
        detail="detail",
        url="url",
        slug="name__slug",
        handle=handle,
        account=account,
    )
    rows = Credit.objects.filter(**of).order_by("position", "id")
    return ArraySubquery(rows.values(row=row)[:SHOWN])


class NameClaim(models.Model):
    """Somebody says that a name is theirs."""

    class State(models.TextChoices):
        ASKED = "asked", "Asked"
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.ForeignKey(Name, on_delete=models.CASCADE, related_name="claims")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="name_claims"
    )
    words = models.CharField(max_length=500, blank=True, help_text="How one can tell.")
    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "person"], condition=Q(state="asked"), name="name_asked_for_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_id}: {self.state}"
