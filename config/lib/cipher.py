"""Secrets of other people that have to be kept and read again: keys of services, addresses.

Fernet (AES-128-CBC and HMAC-SHA256), with the keys of a file, one in each line, the newest first;
without a file, with one made of the site's own secret. The first key writes, all of them read, so a
key is replaced without a moment in which something cannot be read.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


class Unreadable(Exception):
    """It was written with a key that is not here any more, or was changed."""


def seal(text: str) -> str:
    """Return the text as only this site can read it."""
    return _ciphers().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return the text again. Raises Unreadable."""
    try:
        return _ciphers().decrypt(sealed.encode()).decode()
    except (InvalidToken, ValueError):
        raise Unreadable("This cannot be read with the keys that are here.") from None


def rotate(sealed: str) -> str:
    """Return the same, sealed with the newest key. Raises Unreadable."""
    try:
        return _ciphers().rotate(sealed.encode()).decode()
    except (InvalidToken, ValueError):
        raise Unreadable("This cannot be read with the keys that are here.") from None


class SealedField(models.TextField):  # type: ignore[type-arg]
    """A text that the database never sees. It cannot be searched, and is read when it is loaded.

    `lost`: what is read where the key is gone, for rows that matter without their words, too; such
    a row is saved by `update_fields`. Without it `Unreadable` is raised.
    """

    def __init__(self, *words: Any, lost: str = "", **more: Any) -> None:
        super().__init__(*words, **more)
        self.lost = lost

    def get_prep_value(self, value: Any) -> Any:
        """Seal what is written; nothing stays nothing."""
        value = super().get_prep_value(value)
        return seal(value) if value else value

    def from_db_value(self, value: Any, *_args: Any) -> Any:
        """Unseal what is read."""
        try:
            return unseal(value) if value else value
        except Unreadable:
            if self.lost:
                return self.lost
            raise


def signing_keys() -> list[bytes]:
    """Return keys for signatures that are kept for years, the newest first."""
    return [hashlib.sha256(b"nexus.sign." + key).digest() for key in _keys()]


def sealed_fields() -> list[SealedField]:
    """Return every field of the site that is sealed."""
    from django.apps import apps

    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, SealedField)
    ]


def forget_keys() -> None:
    """Read the keys anew."""
    _ciphers.cache_clear()


@cache
def _ciphers() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _keys()])


def _keys() -> list[bytes]:
    if path := settings.NEXUS_KEY_FILE:
        try:
            keys = Path(path).read_text().split()
            for key in keys:
                Fernet(key)
        except (OSError, ValueError) as error:
            raise ImproperlyConfigured(
                f"NEXUS_KEY_FILE ({path}) cannot be read: one Fernet key in each line, the newest "
                "first; `manage.py rotate_keys --new` prints one."
            ) from error
        if keys:
            return [key.encode() for key in keys]
    secret = hashlib.sha256(b"nexus.cipher." + settings.SECRET_KEY.encode()).digest()
    return [base64.urlsafe_b64encode(secret)]
