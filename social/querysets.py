"""The public vocabulary for finding notes."""

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from social.models import Comment  # noqa: F401


class CommentQuerySet(models.QuerySet["Comment"]):
    """Notes, by who may read them."""
