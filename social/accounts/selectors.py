"""Finding people."""

from social.models import User
from tracks.access import User as Viewer


def person(handle: str, viewer: Viewer) -> User | None:
    """Return the person with this handle, unless their page is closed to the viewer.

    What they have made of their page comes along (`artist_page`).
    """
    rows = User.objects.visible_to(viewer).select_related("artist_page__header")
    found: User | None = rows.filter(handle=handle).first()
    return found
