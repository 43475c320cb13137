"""Finding people."""

from social.models import User
from tracks.access import User as Viewer


def person(handle: str, viewer: Viewer) -> User | None:
    """Return the person with this handle, unless their page is closed to the viewer."""
    found: User | None = User.objects.visible_to(viewer).filter(handle=handle).first()
    return found
