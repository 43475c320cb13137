"""The live state of one version, for the socket and for those who have to poll."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string

from tracks import access
from tracks.models import TrackVersion
from tracks.processing import selectors


def find_version(
    user: access.User, version_id: UUID, token: str = "", session: Any = None
) -> TrackVersion | None:
    """Return the version if this person may open its track, by right or by the link's key."""
    versions = TrackVersion.objects.opened_by(user, token, session).filter(pk=version_id)
    return versions.select_related("track__owner", "media__asset").first()


def job_fragment(request: HttpRequest, version: TrackVersion) -> tuple[str, bool]:
    """Return the HTML of how far the version is, and whether that will change by itself."""
    job = selectors.main_job(version)
    context: dict[str, Any] = {
        "version": version,
        "track": version.track,
        "job": job,
        "can_edit": request.user.pk == version.track.owner_id,
    }
    html = render_to_string("tracks/processing/_job_progress.html", context, request=request)
    return html, bool(job and job.is_live)
