"""Finding labels, and what has come out on them."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from config.lib.paging import PAGE_SIZE, Page, read_id_cursor
from tracks import access
from tracks.access import Person, User
from tracks.collections.selectors import with_faces
from tracks.models import Label, Release


def opened(viewer: User) -> QuerySet[Label]:
    """Return the labels whose page this person may open: their own, and those of public releases.

    A label that only drafts name is known to nobody: its name may be a secret yet.
    """
    may = access.undenied(viewer) | access.owner_as_evidence(viewer)
    out = Release.objects.visible_to(AnonymousUser()).filter(visibility="public")
    known = Q(Exists(out.filter(label=OuterRef("pk"))))
    if viewer.is_authenticated:
        known |= Q(owner_id=viewer.pk)
    return Label.objects.filter(may & known | access.owner_as_evidence(viewer)).select_related(
        "owner"
    )


def own(owner: Person) -> QuerySet[Label]:
    """Return everything of this person, by name."""
    return Label.objects.filter(owner=owner).select_related("owner").order_by("name", "pk")


def of_label(label: Label, viewer: User, before: str = "") -> Page[Any]:
    """Return a page of what has come out on a label, as far as the viewer may open it."""
    rows = Release.objects.visible_to(viewer).filter(label=label)
    if label.owner_id != getattr(viewer, "pk", None):
        rows = rows.filter(visibility="public")
    if before:
        rows = rows.filter(pk__lt=read_id_cursor(before))
    return with_faces(
        "release", rows.select_related("owner", "cover").order_by("-pk"), viewer, PAGE_SIZE
    )
