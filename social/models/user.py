"""A person."""

import re
from typing import Any, ClassVar, cast

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from config.lib.ids import uuid7
from config.lib.urls import address_of
from tracks import access
from tracks.models import search

HANDLE_PATTERN = r"^[a-z0-9](?:[a-z0-9_-]{0,28}[a-z0-9])$"
# What those are called who have left: nobody may take such a handle, so it alone tells.
GONE = re.compile(r"gone-[0-9a-f]{12}")


class PersonQuerySet(models.QuerySet["User"]):
    """People, by who may see them."""

    def visible_to(self, user: Any) -> "PersonQuerySet":
        """Return the people whose page this person may open."""
        return self.filter(access.visible_people(user))


People: Any = cast(Any, BaseUserManager).from_queryset(PersonQuerySet)


class UserManager(People):
    """Makes people, with handles in one canonical form."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find by handle, in any case."""
        found: User = self.get(handle=(username or "").lower())
        return found

    def create_user(
        self, handle: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        """Make an ordinary account; without a password it cannot sign in by one."""
        fields.setdefault("display_name", handle)
        user: User = self.model(handle=handle.lower(), email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, handle: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        """Make an administrator."""
        return self.create_user(handle, email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in: artist, listener, moderator; or `system`, who acts for automation."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    handle = models.CharField(
        max_length=30,
        unique=True,
        validators=[
            RegexValidator(
                HANDLE_PATTERN,
                "Use 2 to 30 small letters, digits, hyphens or underscores, "
                "beginning and ending with a letter or digit.",
            )
        ],
        error_messages={"unique": "Somebody has this name already."},
    )
    display_name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_banned = models.BooleanField(default=False)
    leaves_at = models.DateTimeField(
        null=True, blank=True, help_text="When the account is removed, as its owner asked."
    )
    left_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was: what is left here is somebody's."
    )
    # Follows from the rows of the room above that verifies (moderation.verification).
    verified_as = models.CharField(
        max_length=200, blank=True, editable=False, help_text="What was verified, as all read it."
    )
    verified_until = models.DateTimeField(null=True, blank=True, editable=False)
    # Follows from the rows of the room above that knows where artists are paid (economics).
    is_payable = models.BooleanField(
        default=False, db_default=False, editable=False, help_text="Whether they say where."
    )
    date_joined = models.DateTimeField(default=timezone.now)
    sessions_ended = models.PositiveIntegerField(
        default=0, help_text="How often all sessions were ended; part of what each is proven by."
    )

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        # Several may claim an address; whose it is decides a confirmed one (allauth's table).
        indexes = [
            GinIndex(search.OF_PERSON, name="user_words"),
            models.Index(fields=["email"], name="user_email"),
            models.Index(
                fields=["leaves_at"],
                condition=models.Q(leaves_at__isnull=False),
                name="user_leaves",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(handle__regex=HANDLE_PATTERN), name="user_handle_canonical"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What others read: the display name, or else the handle."""
        return self.display_name or self.handle

    @property
    def verified(self) -> str:
        """Return what was verified and still holds, `example.org`; empty for nothing."""
        holds = self.verified_until is not None and self.verified_until > timezone.now()
        return self.verified_as if holds else ""

    @property
    def is_gone(self) -> bool:
        """Tell whether they have left: then they have no page, and no name but “somebody”."""
        return GONE.fullmatch(self.handle) is not None

    @cached_property
    def acts_as_staff(self) -> bool:
        """Tell whether they may do what staff do: only who has a second factor may.

        Whoever has one has shown it in every session (`social.staff`).
        """
        factors = self.authenticator_set.filter(type="totp")  # type: ignore[attr-defined]
        return self.is_staff and self.is_active and factors.exists()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        found: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return f"{found}.{self.sessions_ended}" if self.sessions_ended else found

    def get_absolute_url(self) -> str:
        """Return the person's public page; empty for who has left."""
        return "" if self.is_gone else address_of("profile", self.handle)
